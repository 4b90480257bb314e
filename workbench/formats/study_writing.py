"""Study folders out: tables and study.yaml as `study` reads them back.

Tables are comma-separated, in UTF-8 with a byte order mark, because Excel takes a file
without one for the old encoding of the machine. Rows end in a line feed.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from workbench.errors import BadTable, CannotWrite
from workbench.formats import table_rows, tables, yaml_writing
from workbench.formats.published import CELL_COLUMNS
from workbench.formats.tables import COLUMNS, OPEN, Kind, Row, Table
from workbench.model.published import PublishedCell
from workbench.model.report import ImportReport

Values = Mapping[str, str]
"""One row: column → text."""

AS_THEY_STAND = ("quote", "before", "after", "text")
"""Columns whose blanks at the ends are kept by the readers."""


def columns(kind: Kind, rows: Iterable[Values] = (), *, every: bool = False) -> list[str]:
    """Return the columns of a table in the order in which they are written.

    A ref comes first. Without `every`, optional columns that no row uses are left out.
    """
    known, used = COLUMNS[kind], {c for row in rows for c, said in row.items() if said}
    needed = {*known.required, *(known.one_of[0] if known.one_of else ())}
    named = sorted(known.known, key=lambda c: c != "ref")
    own = [c for row in rows for c in row if c not in known.known] if kind in OPEN else []
    return [c for c in [*named, *dict.fromkeys(own)] if every or c in needed | used]


def as_text(header: Sequence[str], rows: Iterable[Values]) -> str:
    """Return a table as the text of a csv file."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows([row.get(c, "") for c in header] for row in rows)
    return stream.getvalue()


def table_text(kind: Kind, rows: Sequence[Values], *, every: bool = False) -> str:
    """Return the csv file of one kind of table."""
    return as_text(columns(kind, rows, every=every), rows)


def published_text(cells: Iterable[PublishedCell], *, every: bool = False) -> str:
    """Return the csv file of printed cells."""
    rows = [
        {
            **{c: str(getattr(cell, c)) for c in CELL_COLUMNS.known if c not in ("of", "register")},
            "of": "; ".join(f"{key}={said}".replace(";", ";;") for key, said in cell.of),
            "register": "; ".join(cell.register),
        }
        for cell in cells
    ]
    used = {*CELL_COLUMNS.required, *(c for row in rows for c, said in row.items() if said)}
    return as_text([c for c in CELL_COLUMNS.known if every or c in used], rows)


def yaml_text(data: Mapping[str, object]) -> str:
    """Return study.yaml; fields that say nothing are left out."""
    return yaml_writing.dumps({k: v for k, v in data.items() if v not in ("", [], {}, None)})


def read_back(kind: Kind, column: str, said: str) -> str:
    """Return what the readers make of one field: LF ends its lines, names are trimmed.

    >>> read_back("memos", "title", " Gate"), read_back("memos", "text", " a\\r\\nb")
    ('Gate', ' a\\nb')
    """
    plain = said.replace("\r\n", "\n").replace("\r", "\n")
    return plain if column in AS_THEY_STAND else plain.strip()


def problem(kind: Kind, values: Values) -> str:
    """Return why a row cannot be taken as it is; nothing when it can."""
    if any(len(said) > tables.MAX_FIELD for said in values.values()):
        return f"a field has more than {tables.MAX_FIELD:,} characters"
    names = {" ".join(c.split()).casefold(): c for c in values}
    row = Row(2, {name: values[c] for name, c in names.items()})
    table = Table(f"{kind}.csv", kind, names, (row,), ImportReport(kind))
    try:
        table_rows.rows(table)
    except BadTable as error:
        return error.problem.rstrip(".")
    return ""


def write(home: Path, files: Mapping[str, str | bytes]) -> None:
    """Write the files of a study, named by their paths in it; csv gets a byte order mark.

    Raises:
        CannotWrite: the system refuses one.
    """
    for name, content in files.items():
        path = home / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else _encoded(name, content))
        except (OSError, ValueError) as error:
            raise CannotWrite(path, getattr(error, "strerror", "") or str(error)) from error


def _encoded(name: str, text: str) -> bytes:
    return text.encode("utf-8-sig" if name.endswith(".csv") else "utf-8")
