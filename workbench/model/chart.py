"""The chart: cells, their statements, and the kinds of silence (law 7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

StatementKind = Literal["summary", "verbatim", "comment"]
STATEMENT_KINDS: tuple[StatementKind, ...] = ("summary", "verbatim", "comment")

Mark = Literal["not asked", "nothing said"]
MARKS: tuple[Mark, ...] = ("not asked", "nothing said")
"""What a person says about a cell that holds no statement."""

NOT_INDEXED = "not indexed"
NOTHING_SAID = "nothing said"
NOT_ASKED = "not asked"
NOT_CHARTED = "indexed, not charted"
CHARTED = "charted"
STALE = "stale"
REVIEWED = "reviewed"
STATES = (NOT_INDEXED, NOTHING_SAID, NOT_ASKED, NOT_CHARTED, CHARTED, STALE, REVIEWED)


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of a cell: the analyst's summary, the person's words, or a comment."""

    statement_id: str
    kind: StatementKind
    text: str
    evidence: tuple[str, ...] = ()
    """Ids of the codings it rests on; a comment may have none."""


Seen = tuple[str, int, int]
"""A coding as a cell's writer saw it: id, and where its words in the case start and stop."""


def seen_text(codings: Iterable[Seen]) -> str:
    """Return the codings that a cell was written from as one text, in a fixed order.

    >>> seen_text([("b", 7, 9), ("a", 0, 4)])
    'a:0:4 b:7:9'
    """
    return " ".join(f"{coding}:{start}:{stop}" for coding, start, stop in sorted(codings))


def seen_codings(text: str) -> list[Seen]:
    """Return what `seen_text` wrote down.

    >>> seen_codings("a:0:4 b:7:9")
    [('a', 0, 4), ('b', 7, 9)]
    """
    parts = (one.rsplit(":", 2) for one in text.split())
    return [(coding, int(start), int(stop)) for coding, start, stop in parts]
