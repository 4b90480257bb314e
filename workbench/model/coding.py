"""Codings and the runs they are made in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

RunKind = Literal["independent", "consensus", "final"]
RUN_KINDS: tuple[RunKind, ...] = ("independent", "consensus", "final")
Outcome = Literal["kept", "dropped", "changed"]
OUTCOMES: tuple[Outcome, ...] = ("kept", "dropped", "changed")
Choice = Literal["A", "B", "both", "neither", "other"]
CHOICES: tuple[Choice, ...] = ("A", "B", "both", "neither", "other")
OUTCOMES_OF: Mapping[Choice, tuple[Outcome, Outcome]] = {
    "A": ("kept", "dropped"),
    "B": ("dropped", "kept"),
    "both": ("kept", "kept"),
    "neither": ("dropped", "dropped"),
    "other": ("changed", "changed"),
}
"""Choice → what becomes of the codings of the first side, and of the second."""
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


def choice_of(first: Sequence[str], second: Sequence[str]) -> Choice | None:
    """Return the choice that outcomes of two sides' codings stand for; None where it is none.

    Where one side has no coding, its being right is that those of the other are dropped.

    >>> choice_of(["kept"], ["dropped", "dropped"]), choice_of(["dropped"], []), choice_of([], [])
    ('A', 'B', None)
    """
    said = (set(first), set(second))
    for choice, outcomes in OUTCOMES_OF.items():
        alike = all(not own or own == {one} for own, one in zip(said, outcomes, strict=True))
        if any(said) and alike:
            return choice
    return None
