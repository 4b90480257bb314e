"""The table of names that a person edits: what is replaced, by what, and where."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from workbench.errors import BadTable
from workbench.formats import csv_rows, tables
from workbench.formats.row_fields import Fields

HEADS = ("name", "kind", "replacement", "where", "hits", "context")
_COLUMNS = tables.Columns(("name",), HEADS[1:])


class NameRow(NamedTuple):
    """One row; `where` is empty where nothing is said of places."""

    name: str
    kind: str = ""
    replacement: str = ""
    where: tuple[str, ...] = ()
    hits: str = ""
    """How often the name stands where, for the reader."""
    context: str = ""
    number: int = 0
    """How often it stands anywhere; not in the file."""


def write(rows: Iterable[NameRow], path: Path) -> int:
    """Write the table as csv, which Excel runs nothing of, and return how many rows.

    Raises:
        CannotWrite: the file cannot be written; what stood there stays.
    """
    said = ((*row[:3], "; ".join(row.where), *row[4:6]) for row in rows)
    return csv_rows.write_rows(HEADS, said, path, safe_for_excel=True)


def read(path: Path) -> list[NameRow]:
    """Return the rows of a table of names (csv, tsv or xlsx); only the names must be there.

    Raises:
        BadFile: it cannot be read, a name is missing, or stands twice.
    """
    table = tables.read_as(path, _COLUMNS, "names")
    found: dict[str, NameRow] = {}
    for row in table.rows:
        fields = Fields(table, row)
        name = _as_written(" ".join(fields.needed_name("name").split()))
        if name in found:
            raise BadTable(path, f"line {row.line}", f"“{name}” stands twice.", "Keep one row.")
        found[name] = NameRow(
            name,
            _as_written(fields.name("kind")),
            _as_written(fields.name("replacement")),
            fields.several("where"),
        )
    return list(found.values())


def _as_written(said: str) -> str:
    """Return a field without the apostrophe that keeps Excel from running it.

    >>> _as_written("'+47 90"), _as_written("'t Hooft")
    ('+47 90', "'t Hooft")
    """
    return said[1:] if said[:1] == "'" and said[1:].startswith(csv_rows.FORMULA) else said
