"""The rows of the hand-written tables: one class a kind of table.

`line` is where the row begins in its file. Names and references stand as written;
what they name is looked up where the rows are brought in.
"""

from dataclasses import dataclass
from typing import Literal

from workbench.model.chart import MARKS, Mark, StatementKind
from workbench.model.coding import Outcome
from workbench.model.link import Basis, Sign
from workbench.model.memo import MemoKind

CellMark = Mark | Literal["reviewed"]
CELL_MARKS: tuple[CellMark, ...] = (*MARKS, "reviewed")
ReadingWay = Literal["read", "listened"]


@dataclass(frozen=True, slots=True)
class CodingRow:
    """One coding: the segment by its words (`quote`) or by its positions, or by both.

    `before` and `after` are words around the quote, for one that stands there twice.
    """

    line: int
    ref: str
    transcript: str
    code: str
    quote: str
    before: str
    after: str
    start: int | None
    stop: int | None
    coder: str
    run: str
    uncertain: bool


@dataclass(frozen=True, slots=True)
class StatementRow:
    """One statement of a cell; `evidence` names codings by their ref or id."""

    line: int
    ref: str
    framework: str
    case: str
    code: str
    kind: StatementKind
    text: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellRow:
    """What somebody says about one cell."""

    line: int
    framework: str
    case: str
    code: str
    mark: CellMark


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case; its attributes as text, in the order and spelling of the columns.

    `transcripts` belong to the case whole, or only the turns of `speaker` in them.
    """

    line: int
    case: str
    transcripts: tuple[str, ...]
    speaker: str
    attributes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SpanRow:
    """One stretch of a transcript that is a case's, by its positions."""

    line: int
    case: str
    transcript: str
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class LadderRow:
    """One node; `level` is none for a free concept. `parents` are refs or labels."""

    line: int
    ref: str
    ladder: str
    level: int | None
    label: str
    parents: tuple[str, ...]
    statements: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link; `speaks_for` and `speaks_against` name codings by their ref or id."""

    line: int
    ref: str
    source: str
    target: str
    sign: Sign
    basis: tuple[Basis, ...]
    relation: str
    groups: tuple[str, ...]
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class FacetRow:
    """The value of one node in a second classification."""

    line: int
    node: str
    scheme: str
    value: str
    basis: str


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """The type of one case in a typology."""

    line: int
    typology: str
    case: str
    type: str
    reason: str


@dataclass(frozen=True, slots=True)
class MemoRow:
    """One memo. `anchor` is (one of `memo.ANCHORS`, name); none is the project.

    `start:stop` is a range of the text where that is a transcript.
    """

    line: int
    kind: MemoKind
    title: str
    text: str
    person: str
    anchor: tuple[str, str] | None
    start: int | None = None
    stop: int | None = None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One person read, or listened to, one transcript."""

    line: int
    person: str
    transcript: str
    how: ReadingWay
    date: str
    note: str


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What became of one coding in a consensus run; `result` is the coding it became."""

    line: int
    run: str
    coding: str
    outcome: Outcome
    reason: str
    person: str
    result: str


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """One decision of the team; `present` are the people who were there."""

    line: int
    title: str
    present: tuple[str, ...]
    date: str
    stage: str
    text: str


@dataclass(frozen=True, slots=True)
class QuotationRow:
    """One quotation in a report: the coding that holds its words, and the node it stands under."""

    line: int
    report: str
    number: int
    coding: str
    node: str
    speaker: str
    participant: str
    note: str


@dataclass(frozen=True, slots=True)
class CountRow:
    """One count of a series; `labels` says of what, in the order of the columns."""

    line: int
    series: str
    labels: tuple[tuple[str, str], ...]
    count: int


AnyRow = (
    CodingRow
    | StatementRow
    | CellRow
    | CaseRow
    | SpanRow
    | LadderRow
    | LinkRow
    | FacetRow
    | PlacementRow
    | MemoRow
    | ReadingRow
    | DecisionRow
    | MeetingRow
    | QuotationRow
    | CountRow
)
