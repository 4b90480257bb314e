"""What a plan of a merge is made of: rows to write, and questions with both their sides."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from workbench.project.merging.rules import Row

Rows = dict[str, Row]
State = dict[str, Rows]
"""Table → id → row."""
Side = Literal["mine", "theirs"]
Kind = Literal[
    "changed",
    "withdrawn",
    "name",
    "order",
    "text",
    "type",
    "evidence",
    "levels",
    "typology",
    "version",
    "words",
    "cell",
    "place",
]

TAKEN_TOGETHER = ("type", "evidence", "levels", "typology", "version", "words", "cell", "place")
"""Kinds of questions about rows that come from one side as a whole."""
SIDES = ("mine", "theirs")
NAMES = ("one", "two")
"""Answers to whether two new things of one name are one thing or two."""


@dataclass(frozen=True, slots=True)
class Question:
    """Something that a person has to say: what is asked of which row, and both sides of it.

    Of rows that are taken together, a side is `rows`: (table, row) of those that differ.
    """

    kind: Kind
    table: str
    row_id: str
    columns: tuple[str, ...]
    mine: Row
    theirs: Row

    @property
    def key(self) -> str:
        """What tells the question from others, today and tomorrow."""
        return ":".join((self.kind, self.table, self.row_id, *self.columns))

    @property
    def choices(self) -> tuple[str, ...]:
        """What can be answered: a framework version that is released here never changes."""
        if self.kind == "name":
            return NAMES
        return SIDES[:1] if self.released else SIDES

    @property
    def released(self) -> bool:
        """Whether it would change a framework version that is released here, or take it away."""
        return self.kind in ("version", "place") and any(
            table == "framework_version" and row["state"] == "released"
            for table, row in self.mine["rows"]
        )


At = tuple[str, str]
"""Table and id of a row."""


class Trouble(NamedTuple):
    """What does not stand when two copies are joined: of which kind, and of which thing."""

    kind: Kind
    table: str
    row_id: str
    rows: tuple[At, ...] = ()
    """Rows that are part of it, where the thing does not tell."""
    sentence: str = ""
    """What a law says of it."""


Answer = Callable[[Question], str | None]
"""Says what a person answered to a question, if anything."""


@dataclass(slots=True)
class Plan:
    """What a merge would write here, and what has to be said before."""

    inserts: State = field(default_factory=lambda: defaultdict(dict))
    updates: State = field(default_factory=lambda: defaultdict(dict))
    """Table → id → the columns that change, with their new values."""
    questions: list[Question] = field(default_factory=list)
    """All of them, the answered ones too."""
    unanswered: list[Question] = field(default_factory=list)
    same_things: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """Table → id there → id here of what was made apart and is one thing."""
    renamed: list[tuple[str, str, str]] = field(default_factory=list)
    """Table, name and new name of what came under another name than it had there."""
    drafts: set[str] = field(default_factory=set)
    """Framework versions that both sides drafted: their steps are to be told anew."""
    troubles: list[Trouble] = field(default_factory=list)
    """What cannot be as the rows come out one by one."""
    theirs: State = field(default_factory=dict)
    """The rows of the other side, those of the same things with the ids that they have here."""
    alike: int = 0
    """How many rows both sides made or changed in the same way."""
