"""Seals on the words behind printed cells, written into the tables where they stand.

Only the column `evidence` changes: other columns, known or not, the separator, the line
ends and the byte order mark stay as they are.
"""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from workbench.errors import BadTable
from workbench.formats import contents, files, study_files, tables

_MARK = b"\xef\xbb\xbf"


def write(home: Path, seals: Mapping[str, str]) -> int:
    """Write the seal of each cell into the printed tables of a study; return how many changed.

    Cells that are not named keep what they have.

    Raises:
        BadTable: a table that needs one is a workbook, or its encoding is not UTF-8.
        CannotWrite: a file cannot be written; those before it are.
    """
    changed = 0
    for file in study_files.published(home):
        text, number = _sealed(file, seals)
        if number:
            changed += number
            with files.replacing(file) as beside:
                beside.write_bytes(text)
    return changed


def _sealed(file: Path, seals: Mapping[str, str]) -> tuple[bytes, int]:
    """Return the bytes of one table with its seals, and how many cells have another than before."""
    data = contents.of(file, tables.MAX_BYTES)
    if data.startswith(b"PK\x03\x04"):
        raise BadTable(file, "the file", "seals cannot be written into a workbook.", "Save as csv.")
    try:
        text = data.removeprefix(_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadTable(file, "the file", "it is not in UTF-8.", "Save it as UTF-8.") from error
    first, rest, delimiter = tables.opened(text)
    rows = list(csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter))
    changed = _seal(rows, seals)
    ends = "\r\n" if "\r\n" in text else "\n"
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=ends).writerows(rows)
    mark = _MARK if data.startswith(_MARK) else b""
    return mark + (first + stream.getvalue()).encode(), changed


def _seal(rows: list[list[str]], seals: Mapping[str, str]) -> int:
    """Put the seals into rows of which the first with text has the names; return how many."""
    head = next((n for n, row in enumerate(rows) if any(f.strip() for f in row)), None)
    if head is None:
        return 0
    names = [" ".join(name.split()).casefold() for name in rows[head]]
    if "evidence" not in names:
        rows[head].append("evidence")
        names.append("evidence")
    cell, at, changed = names.index("cell"), names.index("evidence"), 0
    for row in rows[head + 1 :]:
        name = row[cell].strip() if len(row) > cell else ""
        if name in seals:
            row += [""] * (at + 1 - len(row))
            changed += row[at].strip() != seals[name]
            row[at] = seals[name]
    return changed
