"""Codings and the runs they are made in."""

from dataclasses import dataclass
from typing import Literal

RunKind = Literal["independent", "consensus", "final"]
RUN_KINDS: tuple[RunKind, ...] = ("independent", "consensus", "final")
Outcome = Literal["kept", "dropped", "changed"]
OUTCOMES: tuple[Outcome, ...] = ("kept", "dropped", "changed")
DifferenceKind = Literal["borders", "other code", "one-sided"]
DIFFERENCE_KINDS: tuple[DifferenceKind, ...] = ("borders", "other code", "one-sided")


@dataclass(frozen=True, slots=True)
class Coding:
    """One coder gave one code to one segment, in one run.

    `quote` is the text of the segment when it was coded; law 1 holds it against
    `start:stop` (code points, half-open) of the transcript version.
    """

    coding_id: str
    transcript_version_id: str
    code_id: str
    run_id: str
    coder: str
    start: int
    stop: int
    quote: str
    uncertain: bool = False
