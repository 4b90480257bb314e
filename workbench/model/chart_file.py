"""A chart that went out as a file and comes back: what it said then, and what it says now."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, get_args

from workbench.model.chart import StatementKind

CellAt = tuple[str, str]
"""A cell: case id, code id."""

OPENING, CLOSING = "“", "”"
"""Between these a verbatim statement stands in a file."""


class Held(NamedTuple):
    """A statement as it stands, or stood, in its cell."""

    statement_id: str
    kind: StatementKind
    text: str
    label: str = ""
    """The column in which it stood before that was merged with others."""


class BaseCell(NamedTuple):
    """A cell when the file was written: the words for its state, or its statements."""

    words: str = ""
    statements: tuple[Held, ...] = ()
    codings: int = 0
    """How many codings the file shows beside it."""


class BaseSheet(NamedTuple):
    """A sheet when the file was written: the headings of its codes, and the rows by their mark."""

    codes: tuple[tuple[str, str], ...]
    """Heading and code id, from the left."""
    others: tuple[str, ...]
    """The headings of the other columns."""
    rows: tuple[str, ...]
    """A row's mark is the case id; rows that it goes on in have a number behind it."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a chart comes from."""

    project_id: str
    """The id of the project's first act, which copies of it share."""
    act_id: str
    """The newest act that the chart knows of."""
    version_id: str
    """The framework version."""


@dataclass(slots=True)
class ChartBase:
    """All that a chart in a file said when it was written."""

    origin: Origin
    framework: str
    """name@version."""
    framework_hash: str
    cases: dict[str, str] = field(default_factory=dict)
    """Case id → its label in the file."""
    sheets: dict[str, BaseSheet] = field(default_factory=dict)
    cells: dict[CellAt, BaseCell] = field(default_factory=dict)
    """Only cells in which something stood."""
    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Case id → what stood in the columns between its label and the codes."""
    tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The sheets that are only shown → short hashes of their rows, the headings first."""


LineLook = Literal["plain", "italic", "mixed"]


class Line(NamedTuple):
    """One line of a cell, and whether its letters are italic: none, all or some."""

    text: str
    look: LineLook = "plain"


class CellBack(NamedTuple):
    """What stands in a cell of the file now, and where."""

    place: str
    lines: tuple[Line, ...]


class NotRead(NamedTuple):
    """Something in the file that cannot be taken: of what kind, where, and why."""

    what: str
    place: str
    why: str


@dataclass(frozen=True, slots=True)
class ChartBack:
    """A chart as a file brings it back, beside what it said when it was written."""

    source: str
    base: ChartBase
    cells: Mapping[CellAt, CellBack]
    not_read: tuple[NotRead, ...]


Answer = Literal["mine", "theirs", "both"]
"""Which of two texts stands: the project's, the file's, or both as two statements."""
ANSWERS: tuple[Answer, ...] = get_args(Answer)

What = Literal["conflict", "new", "changed", "withdrawn", "changed here"]
"""What became of a statement on the two sides: all but the last say what the file did."""


class Wording(NamedTuple):
    """What a statement says on one side."""

    kind: StatementKind
    text: str


class Compared(NamedTuple):
    """One statement of a chart that came back, as it was, is here and is in the file."""

    what: What
    statement_id: str
    """Empty where the statement is new in the file."""
    case: str
    code: str
    place: str
    """The sheet and the cell in the file."""
    was: Wording | None
    here: Wording | None
    """None where it is not there (any more)."""
    file: Wording | None
    answer: Answer | None = None
    """What was answered to a conflict."""

    def as_dict(self) -> dict[str, str]:
        """Return the statement as plain data; sides on which it is not there are empty."""
        sides = {"was": self.was, "here": self.here, "file": self.file}
        return {
            "statement": self.statement_id,
            "what": self.what,
            "case": self.case,
            "code": self.code,
            "place": self.place,
            **{
                name: said
                for side, one in sides.items()
                for name, said in (
                    (side, one.text if one else ""),
                    (f"{side}_kind", one.kind if one else ""),
                )
            },
            "answer": self.answer or "",
        }


@dataclass(slots=True)
class Comparison:
    """A chart that came back beside what it was and what is here, statement by statement."""

    rows: list[Compared] = field(default_factory=list)
    """All statements in which the three are not the same."""
    same: int = 0
    """How many statements of the file nobody changed, or both in the same way."""

    @property
    def conflicts(self) -> list[Compared]:
        """What both sides changed, each in its way; answered or not."""
        return [row for row in self.rows if row.what == "conflict"]

    @property
    def unanswered(self) -> list[Compared]:
        """The conflicts to which nothing was answered."""
        return [row for row in self.conflicts if row.answer is None]


_ADDITIONS = uuid.UUID("3f0b9a52-6d0e-5c57-9a43-5d1f0b9f7a11")


def addition_id(
    origin: Origin, at: CellAt, said: Wording, number: int = 1, beside: str = ""
) -> str:
    """Return the id of a statement that was added in a file.

    It is the same whenever and wherever the same chart is taken back, so that an addition
    is known again, whatever it says since. `number` tells equal additions of a cell apart;
    `beside` is the statement of the project beside which a changed one is kept.
    """
    whence = (origin.project_id, origin.act_id, origin.version_id)
    parts = (*whence, *at, *said, str(number), beside)
    return str(uuid.uuid5(_ADDITIONS, "\x1f".join(parts)))


def row_mark(case_id: str, part: int) -> str:
    """Return what tells a row of the file, however it is moved.

    >>> row_mark("c1", 0), row_mark("c1", 1)
    ('c1', 'c1 2')
    """
    return case_id if part == 0 else f"{case_id} {part + 1}"


def row_of(mark: str) -> tuple[str, int]:
    """Return the case id and the part that a mark stands for.

    >>> row_of("c1 2")
    ('c1', 1)
    """
    case_id, _, number = mark.partition(" ")
    return case_id, int(number) - 1 if number.isdecimal() else 0
