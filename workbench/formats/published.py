"""The printed tables of a study: published/*.csv and register.csv.

Each row of a table is one printed cell, each row of the register one contradiction
inside or between papers. See `model.published` for what the columns mean.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from workbench.errors import BadTable
from workbench.formats import study_files, tables
from workbench.formats.tables import Columns, Row, Table
from workbench.model.published import (
    ENTRY_KINDS,
    Printed,
    PublishedCell,
    RegisterEntry,
    is_cell_name,
)

CELL_COLUMNS = Columns(
    ("cell", "row", "column", "value"), ("figure", "of", "where", "note", "register", "evidence")
)
ENTRY_COLUMNS = Columns(("id", "what", "kind", "holds"), ("explains", "treatment"))


def read(home: Path) -> Printed:
    """Return what the folder of a study prints, in the order of the files and their rows.

    Raises:
        BadTable: a column is missing or not known, a cell or entry has no name or one that
            stands twice, the register could not name a cell, or `of` is not a list like
            “group=GP; sex=woman”. Two semicolons there are one of a value.
    """
    cells: list[PublishedCell] = []
    for file in study_files.published(home):
        cells += _cells(_table(file, CELL_COLUMNS, "printed cells"), file.stem)
    register = study_files.register(home)
    entries = tuple(_entries(_table(register, ENTRY_COLUMNS, "the register"))) if register else ()
    _once("cell", [(c.cell, f"{c.table}, line {c.line}") for c in cells], home)
    _once("register entry", [(e.entry, f"register, line {e.line}") for e in entries], home)
    return Printed(tuple(cells), entries)


def _table(file: Path, columns: Columns, called: str) -> Table:
    """Return a table all of whose columns have a meaning: a slip in “evidence” unseals it."""
    table = tables.read_as(file, columns, called)
    for left in table.report.left_out:
        raise BadTable(file, "the first row", f"{left.why}.", "Rename or remove the column.")
    return table


def _once(what: str, named: list[tuple[str, str]], home: Path) -> None:
    first: dict[str, str] = {}
    for name, where in named:
        if name in first:
            problem = f"the {what} “{name}” stands in {first[name]} already."
            raise BadTable(home, where, problem, "Rename one.")
        first[name] = where


def _cells(table: Table, name: str) -> Iterator[PublishedCell]:
    for row in table.rows:
        yield PublishedCell(
            cell=_cell_name(table, row),
            table=name,
            row=_said(row, "row"),
            column=_said(row, "column"),
            value=_needed(table, row, "value"),
            figure=_said(row, "figure"),
            of=_of(table, row),
            where=_said(row, "where"),
            note=_said(row, "note"),
            register=_list(row, "register"),
            evidence=_said(row, "evidence"),
            line=row.line,
        )


def _entries(table: Table) -> Iterator[RegisterEntry]:
    for row in table.rows:
        kind = next((k for k in ENTRY_KINDS if k == _said(row, "kind").casefold()), None)
        if kind is None:
            said = _said(row, "kind")
            raise table.refused(row, "kind", f"“{said}” is not one of {', '.join(ENTRY_KINDS)}.")
        yield RegisterEntry(
            entry=_needed(table, row, "id"),
            what=_needed(table, row, "what"),
            kind=kind,
            holds=_needed(table, row, "holds"),
            explains=_list(row, "explains"),
            treatment=_said(row, "treatment"),
            line=row.line,
        )


def _cell_name(table: Table, row: Row) -> str:
    name = _needed(table, row, "cell")
    if not is_cell_name(name):
        problem = f"the register could not name a cell “{name}”."
        remedy = "Begin with a letter and use letters, digits, hyphens and points: p23-cases."
        raise table.refused(row, "cell", problem, remedy)
    return name


def _of(table: Table, row: Row) -> tuple[tuple[str, str], ...]:
    pairs = tuple(_pairs(table, row))
    keys = [key for key, _ in pairs]
    if twice := [key for key in dict.fromkeys(keys) if keys.count(key) > 1]:
        raise table.refused(row, "of", f"“{twice[0]}” stands there twice.", "Say it once.")
    return pairs


def _pairs(table: Table, row: Row) -> Iterator[tuple[str, str]]:
    for part in re.findall("(?:;;|[^;])+", _said(row, "of")):
        if not part.strip():
            continue
        key, equals, value = (p.strip() for p in part.replace(";;", ";").partition("="))
        if not equals or not key:
            problem = f"“{part}” does not say what is what."
            raise table.refused(row, "of", problem, "Write it like group=GP; sex=woman.")
        yield key, value


def _said(row: Row, column: str) -> str:
    return row.values.get(column, "").strip()


def _needed(table: Table, row: Row, column: str) -> str:
    if not _said(row, column):
        raise table.refused(row, column, "this must not be empty.")
    return _said(row, column)


def _list(row: Row, column: str) -> tuple[str, ...]:
    return tuple(p.strip() for p in row.values.get(column, "").split(";") if p.strip())
