"""Rows that do not fit together once they are joined, and are taken from one side as a whole.

A merge is tried before it is kept. Where the work of both sides breaks a law, the rows that
broke it become one question, and come as the side has them that somebody chose.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from workbench.project.merging.planned import At, Kind, State, Trouble
from workbench.project.merging.rules import Row
from workbench.store.places import unique

Columns = tuple[str, ...]

CITING = ("statement_evidence", "link_evidence", "finding_evidence")
OF_TYPOLOGY = ("dimension", "case_type", "placement")
OF_VERSION = ("category_version", "code_version", "step", "adoption")
MOST = 6
"""How often the rows of one bundle are added to before it is given up."""


@dataclass(slots=True)
class Bundle:
    """Rows that come from one side together."""

    kind: Kind
    table: str
    row_id: str
    rows: dict[At, Columns] = field(default_factory=dict)
    """Row → its columns that are taken from the side; none where it is the whole row."""
    tried: int = 0

    def grow(self, trouble: Trouble, mine: State, theirs: State) -> bool:
        """Add the rows that a trouble is made of; whether any was not in it."""
        before = dict(self.rows)
        both = _Both(mine, theirs)
        for at, columns in both.rows_of(trouble, wide=self.tried > 0):
            if both.has(at):
                self.rows[at] = columns if self.rows.get(at, columns) else ()
        self.tried += 1
        return self.rows != before or self.tried < 2


def add_to(
    bundles: dict[At, Bundle], troubles: Iterable[Trouble], mine: State, theirs: State
) -> bool:
    """Put the rows of troubles into bundles; whether there is any hope in trying again."""
    grew = False
    for one in troubles:
        of = (one.kind, f"{one.table}:{one.row_id}")
        bundle = bundles.setdefault(of, Bundle(one.kind, one.table, one.row_id))
        grew |= bundle.tried < MOST and bundle.grow(one, mine, theirs)
    return grew


class _Both:
    """The rows that either side touched."""

    def __init__(self, mine: State, theirs: State) -> None:
        self.mine, self.theirs = mine, theirs

    def has(self, at: At) -> bool:
        table, row_id = at
        return any(row_id in side.get(table, {}) for side in (self.mine, self.theirs))

    def rows_of(self, trouble: Trouble, *, wide: bool) -> Iterator[tuple[At, Columns]]:
        table, row_id = trouble.table, trouble.row_id
        if trouble.kind == "type":
            yield (table, row_id), ("type",)
        elif trouble.kind == "levels":
            yield from self._edges(trouble.rows)
            return
        elif trouble.kind == "typology":
            yield from self._whole(OF_TYPOLOGY, "typology_id", row_id)
        elif trouble.kind == "version":
            yield (table, row_id), ()
            yield from self._whole(OF_VERSION, "framework_version_id", row_id)
        elif trouble.kind == "evidence":
            yield from self._cited_by(trouble, wide)
            return
        elif trouble.kind == "words":
            yield from self._words(table, row_id, wide)
        yield from ((at, ()) for at in trouble.rows)

    def _edges(self, edges: Iterable[At]) -> Iterator[tuple[At, Columns]]:
        for at in edges:
            yield at, ()
            for row in self._rows(*at):
                for end in ("child_id", "parent_id"):
                    yield ("node", str(row[end])), ("level",)

    def _cited_by(self, trouble: Trouble, wide: bool) -> Iterator[tuple[At, Columns]]:
        _, table, row_id, cited, _ = trouble
        yield (table, row_id), ()
        evidence = list(self._where(f"{table}_evidence", f"{table}_id", row_id))
        yield from ((at, ()) for at, _ in evidence)
        cited = *cited, *(("coding", str(row["coding_id"])) for _, row in evidence)
        for at in dict.fromkeys(cited):
            yield at, () if wide else ("withdrawn",)
            if wide:
                yield from self._words(*at, wide=False)
        if wide and table == "statement":
            for cell in (r["cell_id"] for r in self._rows(table, row_id)):
                for row in self._rows("cell", str(cell)):
                    yield from self._whole(("case_span",), "case_id", str(row["case_id"]))

    def _words(self, table: str, row_id: str, wide: bool) -> Iterator[tuple[At, Columns]]:
        """Yield a coding, or the words of a case, with what says whose words they are."""
        if table == "case":
            yield from self._whole(("case_span",), "case_id", row_id)
            return
        yield (table, row_id), ()
        for row in self._rows(table, row_id):
            text = str(row["transcript_version_id"])
            yield from self._whole(("case_span",), "transcript_version_id", text)
        if wide:
            yield from self._whole(CITING, "coding_id", row_id)

    def _whole(
        self, tables: Iterable[str], column: str, value: str
    ) -> Iterator[tuple[At, Columns]]:
        for table in tables:
            for at, _ in self._where(table, column, value):
                yield at, ()

    def _where(self, table: str, column: str, value: str) -> Iterator[tuple[At, Row]]:
        for side in (self.mine, self.theirs):
            for row_id, row in side.get(table, {}).items():
                if row[column] == value:
                    yield (table, row_id), row

    def _rows(self, table: str, row_id: str) -> Iterator[Row]:
        for side in (self.mine, self.theirs):
            if row_id in side.get(table, {}):
                yield side[table][row_id]


def collisions(final: State) -> Iterator[Trouble]:
    """Yield the rows that would have the place, or the name, that another one has.

    Of rows that nobody touched only the place in their list is known; they clash with none.
    """
    for table, rows in final.items():
        key = unique(table)
        held: dict[tuple[object, ...], str] = {}
        for row_id, row in rows.items() if key else ():
            if "withdrawn" not in row or row["withdrawn"]:
                continue
            twin = held.setdefault(tuple(row[c] for c in key), row_id)
            if twin != row_id:
                yield _double(table, row, (table, twin))


def _double(table: str, row: Row, twin: At) -> Trouble:
    if table in OF_TYPOLOGY:
        return Trouble("typology", "typology", row["typology_id"])
    if table in OF_VERSION:
        return Trouble("version", "framework_version", row["framework_version_id"])
    return Trouble("place", *twin, rows=(twin, (table, row["id"])))
