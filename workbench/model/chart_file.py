"""A chart that went out as a file and comes back: what it said then, and what it says now."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

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
