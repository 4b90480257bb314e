"""What one row of each hand-written table says, its values checked.

Names, numbers and references are trimmed; quotations and texts stay as they stand.
Lists in one field are separated by semicolons. `ref` is a name of the writer's own
by which other tables of the same study mean the row; it stands once in its table.
"""

import re
from collections.abc import Callable, Mapping

from workbench.errors import BadTable
from workbench.formats.row_fields import Fields, each, once
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
    SpanRow,
    StatementRow,
)
from workbench.formats.rows_beside import (
    ANCHOR_NAMES,
    counts,
    decisions,
    meetings,
    memos,
    quotations,
    readings,
)
from workbench.formats.tables import Kind, Table
from workbench.model.chart import STATEMENT_KINDS
from workbench.model.ladder import FIRST_LEVEL, LAST_LEVEL, TEMPLATES, LadderTemplate
from workbench.model.link import BASES, SIGNS, sign

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


def codings(table: Table) -> tuple[CodingRow, ...]:
    """Return the codings of a table.

    Raises:
        BadTable: a value cannot be taken, or a row has neither a quote nor positions.
    """
    return once(table, each(table, _coding), lambda row: row.ref)


def _coding(f: Fields) -> CodingRow:
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
    return once(table, each(table, _statement), lambda row: row.ref)


def _statement(f: Fields) -> StatementRow:
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
    return each(table, _cell)


def _cell(f: Fields) -> CellRow:
    return CellRow(
        f.row.line,
        f.name("framework"),
        f.needed_name("case"),
        f.needed_name("code"),
        f.one_of("mark", CELL_MARKS),
    )


ID_OF_A_CASE = "case_id"
"""A column of every table of cases that is written here; cases go by their names."""


def cases(table: Table) -> tuple[CaseRow, ...]:
    """Return the cases of a table, every further column an attribute.

    Raises:
        BadTable: a case has no name, or the same name stands twice.
    """
    return once(table, each(table, _case), lambda row: row.case, "case")


def _case(f: Fields) -> CaseRow:
    plain = ("case", ID_OF_A_CASE, "transcript", "speaker")
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
    return each(table, _span)


def _span(f: Fields) -> SpanRow:
    case, transcript = f.needed_name("case"), f.needed_name("transcript")
    start, stop = f.stretch()
    if start is None or stop is None:
        raise f.refused("start", "this must not be empty.")
    return SpanRow(f.row.line, case, transcript, start, stop)


def ladder(
    table: Table,
    template: LadderTemplate | None = None,
    own: Mapping[str, LadderTemplate] | None = None,
) -> tuple[LadderRow, ...]:
    """Return the nodes of a table.

    A level is a number or a level's name in the template of the row's ladder, where `own`
    has one (under "" that of rows that name no ladder), else in `template`; where that
    lacks the name, or is none, in any.

    Raises:
        BadTable: a level is not one on which nodes stand, or a value cannot be taken.
    """
    usual = _level_names(template)
    levels = {name: _level_names(template, one) for name, one in (own or {}).items()}
    rows = each(table, lambda f: _node(f, levels.get(f.name("ladder"), usual)))
    return once(table, rows, lambda row: row.ref)


def _level_names(*known: LadderTemplate | None) -> dict[str, int]:
    """Return the levels by their names; a template goes before those to its left."""
    templates = [*TEMPLATES.values(), *(t for t in known if t)]
    return {name.casefold(): n for t in templates for n, name in enumerate(t.levels)}


def _node(f: Fields, levels: dict[str, int]) -> LadderRow:
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


def _level(f: Fields, levels: dict[str, int]) -> int | None:
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
    return once(table, each(table, _link), lambda row: row.ref)


def _link(f: Fields) -> LinkRow:
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
    return each(table, _facet)


def _facet(f: Fields) -> FacetRow:
    node, scheme, value = (f.needed_name(c) for c in ("node", "scheme", "value"))
    return FacetRow(f.row.line, node, scheme, value, f.name("basis"))


def placements(table: Table) -> tuple[PlacementRow, ...]:
    """Return the placements of a table; raises BadTable."""
    return each(table, _placement)


def _placement(f: Fields) -> PlacementRow:
    typology, case, type_ = (f.needed_name(c) for c in ("typology", "case", "type"))
    return PlacementRow(f.row.line, typology, case, type_, f.words("reason").strip())


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
