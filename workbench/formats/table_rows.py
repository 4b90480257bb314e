"""What one row of each hand-written table says, its values checked.

Names, numbers and references are trimmed; quotations and texts stay as they stand.
Lists in one field are separated by semicolons. `ref` is a name of the writer's own
by which other tables of the same study mean the row; it stands once in its table.
"""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar, get_args

from workbench.errors import BadTable, BadValue
from workbench.formats.row_types import (
    CELL_MARKS,
    AnyRow,
    CaseRow,
    CellRow,
    CodingRow,
    CountRow,
    DecisionRow,
    FacetRow,
    LadderRow,
    LinkRow,
    MeetingRow,
    MemoRow,
    PlacementRow,
    QuotationRow,
    ReadingRow,
    ReadingWay,
    SpanRow,
    StatementRow,
)
from workbench.formats.tables import Kind, Row, Table
from workbench.model.case import attribute_value
from workbench.model.chart import STATEMENT_KINDS
from workbench.model.coding import OUTCOMES
from workbench.model.ladder import FIRST_LEVEL, LAST_LEVEL, TEMPLATES, LadderTemplate
from workbench.model.link import BASES, SIGNS, sign
from workbench.model.memo import ANCHORS, MEMO_KINDS
from workbench.model.method import STEPS

__all__ = [
    "ANCHOR_NAMES",
    "CELL_MARKS",
    "AnyRow",
    "CaseRow",
    "CellRow",
    "CodingRow",
    "CountRow",
    "DecisionRow",
    "FacetRow",
    "LadderRow",
    "LinkRow",
    "MeetingRow",
    "MemoRow",
    "PlacementRow",
    "QuotationRow",
    "ReadingRow",
    "SpanRow",
    "StatementRow",
    "cases",
    "cells",
    "codings",
    "counts",
    "decisions",
    "facets",
    "ladder",
    "links",
    "meetings",
    "memos",
    "placements",
    "quotations",
    "readings",
    "rows",
    "spans",
    "statements",
]

ANCHOR_NAMES = {
    "transcript": "transcript_version",
    "framework": "framework_version",
    **{a: a for a in ANCHORS},
}
"""What may stand before the colon of an anchor → what it is anchored to."""

_Word = TypeVar("_Word", bound=str)
_RowType = TypeVar("_RowType")


class _Fields:
    """The fields of one row, read with an error that names line and column."""

    def __init__(self, table: Table, row: Row) -> None:
        self.table, self.row = table, row

    def refused(self, column: str, problem: str, remedy: str = "") -> BadTable:
        return self.table.refused(self.row, column, problem, remedy)

    def words(self, column: str) -> str:
        return self.row.values.get(column, "")

    def name(self, column: str) -> str:
        return self.words(column).strip()

    def needed(self, column: str) -> str:
        """Return a text that must not be blank, as it stands."""
        if not self.name(column):
            raise self.refused(column, "this must not be empty.")
        return self.words(column)

    def needed_name(self, column: str) -> str:
        return self.needed(column).strip()

    def several(self, column: str, separators: str = ";") -> tuple[str, ...]:
        parts = re.split(f"[{separators}]", self.words(column))
        return tuple(p.strip() for p in parts if p.strip())

    def one_of(self, column: str, choices: Sequence[_Word]) -> _Word:
        return self.choice(column, self.needed_name(column), choices)

    def choice(self, column: str, said: str, choices: Sequence[_Word]) -> _Word:
        for word in choices:
            if word == " ".join(said.casefold().split()):
                return word
        raise self.refused(column, f"“{said}” is not one of {', '.join(choices)}.")

    def position(self, column: str) -> int | None:
        said = self.name(column)
        if not said:
            return None
        if not re.fullmatch(r"[0-9]{1,12}", said):
            raise self.refused(column, f"“{said}” is not a number of characters, such as 120.")
        return int(said)

    def stretch(self) -> tuple[int | None, int | None]:
        """Return the positions of a row that may have some: both, or neither."""
        start, stop = self.position("start"), self.position("stop")
        if (start is None) != (stop is None):
            raise self.refused("stop" if stop is None else "start", "start and stop go together.")
        if start is not None and stop is not None and start >= stop:
            raise self.refused("stop", f"{stop} is not after the start, {start}.")
        return start, stop

    def whole(self, column: str) -> int:
        """Return a whole number from 0 that must be given."""
        said = self.needed_name(column)
        if not re.fullmatch(r"[0-9]{1,9}", said):
            raise self.refused(column, f"“{said}” is not a whole number, such as 12.")
        return int(said)

    def yes(self, column: str) -> bool:
        said = self.name(column)
        try:
            return bool(said) and bool(attribute_value(column, "boolean", said))
        except BadValue as error:
            raise self.refused(column, f"“{said}” is neither yes nor no.") from error

    def date(self, column: str) -> str:
        said = self.name(column)
        try:
            return str(attribute_value(column, "date", said)) if said else ""
        except BadValue as error:
            raise self.refused(column, f"“{said}” is not a date like 2021-02-28.") from error


def codings(table: Table) -> tuple[CodingRow, ...]:
    """Return the codings of a table.

    Raises:
        BadTable: a value cannot be taken, or a row has neither a quote nor positions.
    """
    return _once(table, _each(table, _coding), lambda row: row.ref)


def _coding(f: _Fields) -> CodingRow:
    start, stop = f.stretch()
    if start is None and not f.name("quote"):
        raise f.refused("quote", "give the words, or start and stop.")
    return CodingRow(
        f.row.line,
        f.name("ref"),
        f.needed_name("transcript"),
        f.needed_name("code"),
        f.words("quote"),
        f.words("before"),
        f.words("after"),
        start,
        stop,
        f.name("coder"),
        f.name("run"),
        f.yes("uncertain"),
    )


def statements(table: Table) -> tuple[StatementRow, ...]:
    """Return the statements of a table; raises BadTable."""
    return _once(table, _each(table, _statement), lambda row: row.ref)


def _statement(f: _Fields) -> StatementRow:
    return StatementRow(
        f.row.line,
        f.name("ref"),
        f.name("framework"),
        f.needed_name("case"),
        f.needed_name("code"),
        f.one_of("kind", STATEMENT_KINDS),
        f.needed("text"),
        f.several("evidence"),
    )


def cells(table: Table) -> tuple[CellRow, ...]:
    """Return the marks of a table; raises BadTable."""
    return _each(table, _cell)


def _cell(f: _Fields) -> CellRow:
    return CellRow(
        f.row.line,
        f.name("framework"),
        f.needed_name("case"),
        f.needed_name("code"),
        f.one_of("mark", CELL_MARKS),
    )


def cases(table: Table) -> tuple[CaseRow, ...]:
    """Return the cases of a table, every further column an attribute.

    Raises:
        BadTable: a case has no name, or the same name stands twice.
    """
    return _once(table, _each(table, _case), lambda row: row.case, "case")


def _case(f: _Fields) -> CaseRow:
    plain = ("case", "transcript", "speaker")
    attributes = [(told, name) for name, told in f.table.columns.items() if name not in plain]
    return CaseRow(
        f.row.line,
        f.needed_name("case"),
        f.several("transcript"),
        f.name("speaker"),
        tuple((told, f.name(name)) for told, name in attributes),
    )


def spans(table: Table) -> tuple[SpanRow, ...]:
    """Return the stretches of cases in a table; raises BadTable."""
    return _each(table, _span)


def _span(f: _Fields) -> SpanRow:
    case, transcript = f.needed_name("case"), f.needed_name("transcript")
    start, stop = f.stretch()
    if start is None or stop is None:
        raise f.refused("start", "this must not be empty.")
    return SpanRow(f.row.line, case, transcript, start, stop)


def ladder(table: Table, template: LadderTemplate | None = None) -> tuple[LadderRow, ...]:
    """Return the nodes of a table.

    A level is a number or a level's name in the template; without a template, or
    where it lacks the name, in any.

    Raises:
        BadTable: a level is not one on which nodes stand, or a value cannot be taken.
    """
    levels = _level_names(template)
    rows = _each(table, lambda f: _node(f, levels))
    return _once(table, rows, lambda row: row.ref)


def _level_names(template: LadderTemplate | None) -> dict[str, int]:
    templates = [*TEMPLATES.values(), *([template] if template else [])]
    return {name.casefold(): n for t in templates for n, name in enumerate(t.levels)}


def _node(f: _Fields, levels: dict[str, int]) -> LadderRow:
    return LadderRow(
        f.row.line,
        f.name("ref"),
        f.name("ladder"),
        _level(f, levels),
        f.needed_name("label"),
        f.several("parents"),
        f.several("statements"),
        f.words("note").strip(),
    )


def _level(f: _Fields, levels: dict[str, int]) -> int | None:
    said = f.name("level").casefold()
    if not said:
        return None
    level = int(said) if re.fullmatch("[0-9]{1,3}", said) else levels.get(said)
    nodes = {name: n for name, n in levels.items() if FIRST_LEVEL <= n <= LAST_LEVEL}
    if level not in nodes.values():
        raise f.refused(
            "level",
            f"nodes do not stand on “{f.name('level')}”.",
            f"Give a number from {FIRST_LEVEL} to {LAST_LEVEL}, or one of "
            f"{', '.join(sorted(nodes, key=lambda n: (nodes[n], n)))}.",
        )
    return level


def links(table: Table) -> tuple[LinkRow, ...]:
    """Return the links of a table; raises BadTable."""
    return _once(table, _each(table, _link), lambda row: row.ref)


def _link(f: _Fields) -> LinkRow:
    understood = sign(f.needed_name("sign"))
    if understood is None:
        said = f.name("sign")
        raise f.refused("sign", f"“{said}” is not one of {', '.join(SIGNS)}.", "Also - and ~.")
    basis = tuple(f.choice("basis", b, BASES) for b in f.several("basis", ";,"))
    if not basis:
        raise f.refused("basis", f"say on whose word: {', '.join(BASES)}.")
    return LinkRow(
        f.row.line,
        f.name("ref"),
        f.needed_name("source"),
        f.needed_name("target"),
        understood,
        basis,
        f.name("relation"),
        f.several("groups"),
        f.several("for"),
        f.several("against"),
        f.words("note").strip(),
    )


def facets(table: Table) -> tuple[FacetRow, ...]:
    """Return the facets of a table; raises BadTable."""
    return _each(table, _facet)


def _facet(f: _Fields) -> FacetRow:
    node, scheme, value = (f.needed_name(c) for c in ("node", "scheme", "value"))
    return FacetRow(f.row.line, node, scheme, value, f.name("basis"))


def placements(table: Table) -> tuple[PlacementRow, ...]:
    """Return the placements of a table; raises BadTable."""
    return _each(table, _placement)


def _placement(f: _Fields) -> PlacementRow:
    typology, case, type_ = (f.needed_name(c) for c in ("typology", "case", "type"))
    return PlacementRow(f.row.line, typology, case, type_, f.words("reason").strip())


def memos(table: Table) -> tuple[MemoRow, ...]:
    """Return the memos of a table; raises BadTable."""
    return _each(table, _memo)


def _memo(f: _Fields) -> MemoRow:
    return MemoRow(
        f.row.line,
        f.one_of("kind", MEMO_KINDS),
        f.name("title"),
        f.needed("text"),
        f.name("person"),
        _anchor(f),
        *f.stretch(),
    )


def _anchor(f: _Fields) -> tuple[str, str] | None:
    said = f.name("anchor")
    if not said or said.casefold() == "project":
        return None
    what, colon, name = (part.strip() for part in said.partition(":"))
    if what.casefold() not in ANCHOR_NAMES or not colon or not name:
        raise f.refused(
            "anchor",
            f"“{said}” is not an anchor such as case:Anna.",
            f"Before the colon stands one of {', '.join(ANCHOR_NAMES)}.",
        )
    return ANCHOR_NAMES[what.casefold()], name


def readings(table: Table) -> tuple[ReadingRow, ...]:
    """Return the reading log of a table; raises BadTable."""
    return _each(table, _reading)


def _reading(f: _Fields) -> ReadingRow:
    ways: tuple[ReadingWay, ...] = get_args(ReadingWay)
    return ReadingRow(
        f.row.line,
        f.needed_name("person"),
        f.needed_name("transcript"),
        f.one_of("how", ways),
        f.date("date"),
        f.words("note").strip(),
    )


def decisions(table: Table) -> tuple[DecisionRow, ...]:
    """Return the decisions on codings of a table; raises BadTable."""
    return _each(table, _decision)


def _decision(f: _Fields) -> DecisionRow:
    return DecisionRow(
        f.row.line,
        f.name("run"),
        f.needed_name("coding"),
        f.one_of("outcome", OUTCOMES),
        f.needed("reason").strip(),
        f.name("person"),
        f.name("result"),
    )


def meetings(table: Table) -> tuple[MeetingRow, ...]:
    """Return the decisions of the team in a table; raises BadTable."""
    return _each(table, _meeting)


def _meeting(f: _Fields) -> MeetingRow:
    return MeetingRow(
        f.row.line,
        f.needed_name("title"),
        f.several("present"),
        f.date("date"),
        f.one_of("stage", STEPS) if f.name("stage") else "",
        f.words("text").strip(),
    )


def quotations(table: Table) -> tuple[QuotationRow, ...]:
    """Return the quotations of a table.

    Raises:
        BadTable: a value cannot be taken, or a number stands twice in a report.
    """
    rows = _each(table, _quotation)
    return _once(table, rows, lambda row: f"{row.report} {row.number}".strip(), "number")


def _quotation(f: _Fields) -> QuotationRow:
    return QuotationRow(
        f.row.line,
        f.name("report"),
        f.whole("number"),
        f.needed_name("coding"),
        f.name("node"),
        f.name("speaker"),
        f.name("participant"),
        f.words("note").strip(),
    )


def counts(table: Table) -> tuple[CountRow, ...]:
    """Return the counts of a table, every further column a label.

    Raises:
        BadTable: a count is not a whole number from 0, or stands there twice.
    """
    rows = _each(table, _count)
    named = (", ".join((r.series, *(f"{k}={v}" for k, v in r.labels))) for r in rows)
    names = dict(zip((r.line for r in rows), named, strict=True))
    return _once(table, rows, lambda row: names[row.line], "count")


def _count(f: _Fields) -> CountRow:
    labels = [(told, name) for name, told in f.table.columns.items() if name not in _COUNTED]
    return CountRow(
        f.row.line,
        f.needed_name("series"),
        tuple((told, f.name(name)) for told, name in labels if f.name(name)),
        f.whole("count"),
    )


_COUNTED = ("series", "count")

_BY_KIND: dict[Kind, Callable[[Table], tuple[AnyRow, ...]]] = {
    "codings": codings,
    "statements": statements,
    "cells": cells,
    "cases": cases,
    "spans": spans,
    "ladder": ladder,
    "links": links,
    "facets": facets,
    "placements": placements,
    "memos": memos,
    "readings": readings,
    "decisions": decisions,
    "meetings": meetings,
    "quotations": quotations,
    "counts": counts,
}


def rows(table: Table) -> tuple[AnyRow, ...]:
    """Return the rows of a table of any kind; raises BadTable.

    A table whose columns fit no kind is refused, with the columns of each.
    """
    if table.kind is None:
        raise BadTable(
            table.path,
            "line 1",
            f"no kind of table has the columns {', '.join(table.columns.values())}.",
            f"Kinds are {', '.join(_BY_KIND)}; the manual gives the columns of each.",
        )
    return _BY_KIND[table.kind](table)


def _each(table: Table, read: Callable[[_Fields], _RowType]) -> tuple[_RowType, ...]:
    return tuple(read(_Fields(table, row)) for row in table.rows)


def _once(
    table: Table,
    found: tuple[_RowType, ...],
    name: Callable[[_RowType], str],
    column: str = "ref",
) -> tuple[_RowType, ...]:
    """Return the rows, once no two of them have one name; empty names are none."""
    first: dict[str, int] = {}
    for row, typed in zip(table.rows, found, strict=True):
        if name(typed) and first.setdefault(name(typed), row.line) != row.line:
            raise table.refused(
                row, column, f"“{name(typed)}” stands on line {first[name(typed)]} already."
            )
    return found
