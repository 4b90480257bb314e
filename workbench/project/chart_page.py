"""A whole chart as a page reads it: once after each act, then a category or a row at a time."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.engine import Connection

from workbench.errors import AmbiguousName, UnknownName
from workbench.model import frames
from workbench.model.chart import FILLED, STALE
from workbench.project.material import Material
from workbench.project.opening import Project
from workbench.stages.charting import coverage
from workbench.stages.charting.axes import attribute_label, attribute_rank
from workbench.store import history

Said = tuple[str, str, str, str]
"""A statement: its id, kind and words, and its column before that was merged with others."""


class ChartCode(NamedTuple):
    """One column."""

    code_id: str
    number: str
    name: str
    category_id: str
    category: str


class ChartCase(NamedTuple):
    """One row, with the values of all attributes in their order."""

    case_id: str
    label: str
    values: tuple[str, ...]


class ChartCell(NamedTuple):
    """What stands in one cell; `codings` counts distinct ones."""

    state: str
    reason: str
    codings: int
    statements: tuple[Said, ...]


class OpenCell(NamedTuple):
    """A cell that waits for somebody, and why."""

    case_id: str
    code_id: str
    state: str
    reason: str
    codings: int


class Group(NamedTuple):
    """Rows that stand together, by their numbers; without a heading they are all rows."""

    heading: str
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WholeChart:
    """The chart of one framework version after the act `act`."""

    act: str
    reference: str
    runs: tuple[str, ...]
    attributes: tuple[str, ...]
    cases: tuple[ChartCase, ...]
    codes: tuple[ChartCode, ...]
    state: Sequence[str]
    """The state of every cell, row by row; `reason` says why one is stale."""
    reason: Sequence[str]
    codings: Mapping[tuple[str, str], int]
    statements: Mapping[tuple[str, str], tuple[Said, ...]]
    bare: frozenset[str]
    """Ids of summaries and verbatim statements whose evidence is gone."""
    ranks: Mapping[str, tuple[tuple[int, float, str], ...]]
    """For each attribute where the value of each row stands among the values."""

    def cell(self, case: int, code: int) -> ChartCell:
        """Return the cell of a row and a column, given by their numbers."""
        at = case * len(self.codes) + code
        key = (self.cases[case].case_id, self.codes[code].code_id)
        return ChartCell(
            self.state[at],
            self.reason[at],
            self.codings.get(key, 0),
            self.statements.get(key, ()),
        )

    def columns(self, category_id: str | None) -> list[int]:
        """Return the numbers of the columns of a category, or of all."""
        return [
            n
            for n, c in enumerate(self.codes)
            if category_id is None or c.category_id == category_id
        ]

    def categories(self) -> dict[str, str]:
        """Return the categories that have codes, id → name, in the framework's order."""
        return {c.category_id: c.category for c in self.codes}

    def grouped(self, attribute: str | None) -> list[Group]:
        """Return the rows by the values of an attribute, or all of them in their order."""
        if attribute is None:
            return [Group("", tuple(range(len(self.cases))))]
        at, rank = self.attributes.index(attribute), self.ranks[attribute]
        of: dict[str, list[int]] = {}
        for n in sorted(range(len(self.cases)), key=rank.__getitem__):
            of.setdefault(self.cases[n].values[at], []).append(n)
        return [Group(heading, tuple(rows)) for heading, rows in of.items()]

    def case_number(self, name: str) -> int:
        """Return the row of a case given by its label or id.

        Raises:
            UnknownName: there is no such case.
        """
        for n, case in enumerate(self.cases):
            if name in (case.case_id, case.label):
                return n
        raise UnknownName("case", name, [c.label for c in self.cases])

    def code_number(self, name: str) -> int:
        """Return the column of a code given by its number, name or id.

        Raises:
            UnknownName, AmbiguousName: no code is called so, or several are.
        """
        found = [n for n, c in enumerate(self.codes) if name in (c.code_id, c.number, c.name)]
        if not found:
            raise UnknownName("code", name, [c.name for c in self.codes])
        if len(found) > 1:
            raise AmbiguousName("code", name, [_called(self.codes[n]) for n in found])
        return found[0]

    def open_cells(self) -> list[OpenCell]:
        """Return the stale cells, then those with codings and no statement, in chart order."""
        open_ = [cell for cell in map(self._listed, range(len(self.state))) if _waits(cell)]
        return sorted(open_, key=lambda cell: cell.state != STALE)

    def _listed(self, at: int) -> OpenCell:
        row, column = divmod(at, len(self.codes))
        key = (self.cases[row].case_id, self.codes[column].code_id)
        return OpenCell(*key, self.state[at], self.reason[at], self.codings.get(key, 0))

    def counted(self, columns: Sequence[int]) -> Counter[str]:
        """Return how many cells of some columns are in each state that occurs."""
        many = len(self.codes)
        return Counter(
            self.state[row * many + n] for row in range(len(self.cases)) for n in columns
        )


def _waits(cell: OpenCell) -> bool:
    """Whether somebody has to look at a cell: it is stale, or coded and not charted."""
    return cell.state == STALE or (cell.codings > 0 and cell.state not in FILLED)


def whole_chart(project: Project, reference: str, held: WholeChart | None = None) -> WholeChart:
    """Return the chart of a framework version; `held` again, where nothing was done since.

    Raises:
        UnknownName: there is no such version.
    """
    with project.reading() as connection:
        act = history.newest(connection)
        if held is not None and (held.act, held.reference) == (act, reference):
            return held
        return _read(connection, reference, act)


def _read(connection: Connection, reference: str, act: str) -> WholeChart:
    m = Material(connection, reference)
    attributes = [c for c in m.cases.columns if c not in frames.CASES]
    shown = [[attribute_label(v) for v in m.cases[a]] for a in attributes]
    ranks = {a: tuple(attribute_rank(v) for v in m.cases[a]) for a in attributes}
    pairs = m.case_codings[["case_id", "code_id", "coding_id"]].drop_duplicates()
    counts = Counter((case, code) for case, code, _ in pairs.itertuples(index=False))
    statements: dict[tuple[str, str], list[Said]] = {}
    columns = ["case_id", "code_id", "statement_id", "kind", "text", "label"]
    for case, code, *said in m.statements[columns].itertuples(index=False):
        statements.setdefault((case, code), []).append((said[0], said[1], said[2], said[3]))
    bare = coverage.without_evidence(m.statements, m.evidence)["statement_id"]
    return WholeChart(
        act,
        m.reference,
        tuple(m.run_names),
        tuple(attributes),
        tuple(
            ChartCase(case_id, label, tuple(of[n] for of in shown))
            for n, (case_id, label) in enumerate(
                zip(m.cases["case_id"], m.cases["case"], strict=True)
            )
        ),
        tuple(
            ChartCode(*row)
            for row in m.codes[["code_id", "number", "code", "category_id", "category"]].itertuples(
                index=False
            )
        ),
        m.states["state"].tolist(),
        m.states["reason"].tolist(),
        counts,
        {key: tuple(of) for key, of in statements.items()},
        frozenset(bare),
        ranks,
    )


def _called(code: ChartCode) -> str:
    return f"{code.number} {code.name}".strip()
