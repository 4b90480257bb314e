"""The chart: cells, their statements, and the kinds of silence (law 7)."""

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
