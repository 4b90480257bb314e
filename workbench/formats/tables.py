"""Tables written by hand (csv, tsv, xlsx) as rows of text with their line.

The reader finds the separator and the encoding and says what it found; what a row
means, and whether its values can be taken, is the matter of `rows`.
"""

import csv
import datetime
import functools
import io
import itertools
import lzma
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from workbench.errors import BadFile, BadTable, BinaryFile, EncryptedFile
from workbench.formats import contents, textfile
from workbench.model.report import Guess, ImportReport, LeftOut

if TYPE_CHECKING:
    import openpyxl

Kind = Literal[
    "codings",
    "statements",
    "cells",
    "cases",
    "spans",
    "ladder",
    "links",
    "facets",
    "placements",
    "memos",
    "readings",
    "decisions",
    "meetings",
    "quotations",
    "counts",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

MAX_BYTES = 50_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 500
MAX_FIELD = 131_072
"""Characters in one field: the standard library's own limit."""

_LOOKED_AT = 500
"""Rows that are enough to tell what a table is."""

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab"}
_ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError)
_UNPACKED = 8
"""A workbook may unpack to this many times `MAX_BYTES`."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one kind of table; the required ones tell the kind."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    one_of: tuple[tuple[str, ...], ...] = ()
    """Groups of columns of which one whole group must be there."""

    @property
    def known(self) -> tuple[str, ...]:
        """Return every column that has a meaning."""
        return self.required + tuple(c for g in self.one_of for c in g) + self.optional

    def missing(self, header: Iterable[str]) -> str:
        """Return in words what a header lacks; nothing when it lacks nothing."""
        there = set(header)
        lacks = [f"“{c}”" for c in self.required if c not in there]
        if self.one_of and not any(there.issuperset(g) for g in self.one_of):
            lacks.append(", or ".join(" and ".join(f"“{c}”" for c in g) for g in self.one_of))
        return ", ".join(lacks)


COLUMNS: dict[Kind, Columns] = {
    "codings": Columns(
        ("transcript", "code"),
        ("ref", "before", "after", "coder", "run", "uncertain"),
        (("quote",), ("start", "stop")),
    ),
    "statements": Columns(("case", "code", "kind", "text"), ("ref", "framework", "evidence")),
    "cells": Columns(("case", "code", "mark"), ("framework",)),
    "links": Columns(
        ("source", "target", "sign", "basis"),
        ("ref", "relation", "groups", "for", "against", "note"),
    ),
    "placements": Columns(("typology", "case", "type"), ("reason",)),
    "facets": Columns(("node", "scheme", "value"), ("basis",)),
    "ladder": Columns(("level", "label"), ("ref", "ladder", "parents", "statements", "note")),
    "readings": Columns(("person", "transcript", "how"), ("date", "note")),
    "quotations": Columns(
        ("number", "coding"), ("report", "node", "speaker", "participant", "note")
    ),
    "decisions": Columns(("coding", "outcome", "reason"), ("run", "person", "result")),
    "meetings": Columns(("title", "present"), ("date", "stage", "text")),
    "counts": Columns(("series", "count")),
    "memos": Columns(("kind", "text"), ("title", "person", "anchor", "start", "stop")),
    "spans": Columns(("case", "transcript", "start", "stop")),
    "cases": Columns(("case",), ("transcript", "speaker")),
}
"""In the order in which a header is compared: the more telling kinds first."""

OPEN: tuple[Kind, ...] = ("cases", "counts")
"""Kinds whose further columns have names of the writer's own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: column name → text; `line` is where it begins in the file, from 1."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in a file.

    `columns` maps the name by which a column is known (lower case, trimmed) to its
    spelling in the file. Values are as they stand there; LF ends their lines.
    """

    path: str
    kind: Kind | None
    columns: Mapping[str, str]
    rows: tuple[Row, ...]
    report: ImportReport

    def refused(self, row: Row, column: str, problem: str, remedy: str = "") -> BadTable:
        """Return the error for one field."""
        return BadTable(self.path, f"line {row.line}, column {column}", problem, remedy)


def kind(header: Iterable[str]) -> Kind | None:
    """Tell by its columns what a table holds; none when they fit no kind.

    >>> kind(["Case", "Code", "Mark"]), kind(["name", "age"])
    ('cells', None)
    """
    names = {_known_as(h) for h in header}
    found = next((k for k, c in COLUMNS.items() if not c.missing(names)), None)
    return None if found == "cases" and names & {"code", "typology"} else found


def read(path: Path | str, wanted: Kind | None = None) -> Table:
    """Return the table in a csv, tsv or xlsx file.

    `wanted` says what it must hold; without it the columns tell. Rows without any
    text are passed over. Columns without a meaning are left out and reported; in
    `cases` every column has one.

    Raises:
        BadTable: a column is missing or stands twice, a quotation mark is open, a row
            is longer than the header, or there are too many rows or columns.
        BadFile: the file cannot be read at all.
    """
    report = ImportReport(str(path))
    return _table(records_of(path, report), str(path), wanted, report)


def read_as(path: Path | str, columns: Columns, called: str) -> Table:
    """Return a table that is of no kind, with columns of its own; raises as `read`."""
    report = ImportReport(str(path))
    return _table(records_of(path, report), str(path), None, report, (called, columns))


def records_of(
    path: Path | str, report: ImportReport, most: int | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the fields of each row as they stand, the first as any other.

    What was concluded on the way is noted in `report`; `most` stops after so many rows.
    Raises as `read`.
    """
    data = contents.of(path, MAX_BYTES)
    if data.startswith(b"PK\x03\x04"):
        return _workbook(data, str(path), report, most)
    if not data.startswith(b"\xd0\xcf\x11\xe0"):
        return itertools.islice(_separated(data, str(path), report), most)
    if "xlsx" in Path(path).suffix:
        raise EncryptedFile(path)
    problem = "this is a workbook of an old Excel."
    raise BadTable(path, "the file", problem, "Save it as xlsx or csv.")


def beginning(path: Path | str) -> tuple[tuple[int, list[str]], ...]:
    """Return the first rows as they stand, some hundreds at most, to tell what a table is.

    Several look at one file, which is read once for all of them. Raises as `read`.
    """
    size = contents.measured(path, MAX_BYTES)
    try:
        changed = Path(path).stat().st_mtime_ns
    except OSError as error:
        raise contents.unreadable(path, error) from error
    return _beginning(str(path), changed, size)


@functools.lru_cache(maxsize=2)
def _beginning(path: str, _changed: int, _size: int) -> tuple[tuple[int, list[str]], ...]:
    return tuple(records_of(path, ImportReport(path), _LOOKED_AT))


def opened(text: str) -> tuple[str, str, str]:
    r"""Return Excel's line that names the separator, the rest of a text, and the separator.

    >>> opened("sep=;\na;b\n"), opened("case,code\n")[2]
    (('sep=;\n', 'a;b\n', ';'), ',')
    """
    rest, _, stated = _without_separator_line(text)
    return text[: len(text) - len(rest)], rest, stated or _delimiter(rest)


def _known_as(name: str) -> str:
    return " ".join(name.split()).casefold()


def _table(
    records: Iterator[tuple[int, list[str]]],
    path: str,
    wanted: Kind | None,
    report: ImportReport,
    own: tuple[str, Columns] | None = None,
) -> Table:
    first = next((r for r in records if any(f.strip() for f in r[1])), None)
    if first is None:
        raise BadTable(path, "the file", "it has no rows.", "Write the column names first.")
    names = _names(path, *first)
    found = None if own else wanted or kind(names.values())
    called, columns = own or (found or "", COLUMNS[found] if found else Columns(()))
    if lacks := columns.missing(names.values()):
        raise BadTable(
            path,
            f"line {first[0]}",
            f"the columns of {called} lack {lacks}.",
            f"Columns here: {', '.join(n for n in names.values())}.",
        )
    if columns.known and found not in OPEN:
        names = _kept(names, called, columns, report)
    rows = tuple(_rows(records, path, len(first[1]), names))
    report.count(f"rows of {called}" if called else "rows", len(rows))
    spelling = {name: " ".join(first[1][i].split()) for i, name in names.items()}
    return Table(path, found, spelling, rows, report)


def _names(path: str, line: int, header: list[str]) -> dict[int, str]:
    """Return place → name of the columns that have a name."""
    names = {i: _known_as(h) for i, h in enumerate(header) if h.strip()}
    twice = {n for n in names.values() if list(names.values()).count(n) > 1}
    if twice:
        said = ", ".join(f"“{n}”" for n in sorted(twice))
        raise BadTable(path, f"line {line}", f"the column {said} stands twice.", "Rename one.")
    if len(header) > MAX_COLUMNS:
        raise BadTable(path, f"line {line}", f"there are more than {MAX_COLUMNS} columns.")
    return names


def _kept(
    names: dict[int, str], called: str, columns: Columns, report: ImportReport
) -> dict[int, str]:
    known = columns.known
    unknown = [n for n in names.values() if n not in known]
    if unknown:
        said = ", ".join(f"“{n}”" for n in unknown)
        why = f"{said} has no meaning in {called}; known are {', '.join(known)}"
        report.left_out.append(LeftOut("columns", why, len(unknown)))
    return {i: n for i, n in names.items() if n in known}


def _rows(
    records: Iterable[tuple[int, list[str]]], path: str, width: int, kept: dict[int, str]
) -> Iterator[Row]:
    for number, (line, fields) in enumerate(records):
        if number >= MAX_ROWS:
            raise BadTable(path, f"line {line}", f"there are more than {MAX_ROWS:,} rows.")
        if any(f.strip() for f in fields[width:]):
            raise BadTable(
                path,
                f"line {line}",
                f"there are {len(fields)} fields, and the first row names {width}.",
                "Put a text that has the separator in it between quotation marks.",
            )
        if any(f.strip() for f in fields):
            yield Row(line, {n: fields[i] if i < len(fields) else "" for i, n in kept.items()})


# --- csv and tsv -------------------------------------------------------------------


def _separated(data: bytes, path: str, report: ImportReport) -> Iterator[tuple[int, list[str]]]:
    try:
        letters = textfile.letters(data, path)
    except BinaryFile as error:
        raise BadTable(path, "the file", "this is not a text.", "Save it as csv.") from error
    for said in letters.guesses:
        because = said[0].lower() + said[1:].rstrip(".")
        report.guesses.append(Guess(f"encoding {letters.encoding}", because, "likely"))
    text, skipped, stated = _without_separator_line(letters.text)
    delimiter = stated or _delimiter(text)
    if delimiter != ",":
        report.notes.append(f"{path}: the columns are separated by {_DELIMITERS[delimiter]}.")
    return _records(text, path, delimiter, skipped)


def _without_separator_line(text: str) -> tuple[str, int, str]:
    """Return the text, the lines taken off, and the separator of Excel's line “sep=;”."""
    found = re.match(r"sep=([,;\t])\r?\n", text)
    return (text[found.end() :], 1, found[1]) if found else (text, 0, "")


def _delimiter(text: str) -> str:
    """Return the separator under which the first row has most known names, then most fields.

    One that stands first, behind an empty field, is it.
    """
    if first := re.match('\n*(?:"")?([,;\t])', text):
        return first[1]
    known = {name for columns in COLUMNS.values() for name in columns.known}
    line = text.lstrip("\n").split("\n", 1)[0]

    def worth(delimiter: str) -> tuple[int, int]:
        names = [_known_as(n.strip('" ')) for n in line.split(delimiter)]
        return sum(n in known for n in names), len(names)

    return max(_DELIMITERS, key=worth)


def _records(text: str, path: str, delimiter: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            fields = next(reader, None)
        except csv.Error as error:
            raise BadTable(path, f"line {line}", *_quoting(str(error))) from error
        if fields is None:
            return
        yield line, fields


def _quoting(said: str) -> tuple[str, str]:
    if "field limit" in said:
        return f"a field has more than {MAX_FIELD:,} characters.", "Is a quotation mark left open?"
    if "unexpected end" in said:
        return "a quotation mark opens here and never closes.", "Close it."
    return (
        "text follows a closing quotation mark.",
        'Write each " inside a field twice: "".',
    )


# --- xlsx ----------------------------------------------------------------------------


def _workbook(
    data: bytes, path: str, report: ImportReport, most: int | None
) -> Iterator[tuple[int, list[str]]]:
    import openpyxl  # it brings NumPy along, which an import of transcripts does without

    guard_archive(data, path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles it does not know
            book = openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
            sheet = book.worksheets[0]
            rows = list(itertools.islice(_cells(sheet, path), most))
    except BadFile:
        raise
    except Exception as error:  # openpyxl lets any error of a broken part through
        raise BadTable(path, "the file", "the workbook is damaged.", "Save it again.") from error
    if len(book.worksheets) > 1:
        others = ", ".join(f"“{s.title}”" for s in book.worksheets[1:])
        why = f"only the first sheet, “{sheet.title}”, is read ({others})"
        report.left_out.append(LeftOut("sheets", why, len(book.worksheets) - 1))
    report.notes.append(f"Read from the sheet “{sheet.title}”.")
    return iter(rows)


def _cells(
    sheet: "openpyxl.worksheet._read_only.ReadOnlyWorksheet", path: str
) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # a stated size may be false
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MAX_ROWS or len(row) > MAX_COLUMNS:
            raise BadTable(
                path,
                f"line {number}",
                f"there are more than {MAX_ROWS:,} rows or {MAX_COLUMNS} columns.",
                "Delete what stands far below or to the right.",
            )
        yield number, [_cell(value) for value in row]


def _cell(value: object) -> str:
    """Return the text of a cell as a person would write it into a csv file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        midnight = value.time() == datetime.time()
        return (value.date() if midnight else value).isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


def guard_archive(data: bytes, path: str) -> None:
    """Refuse an archive that unpacks to too much, or declares XML entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(i.file_size for i in infos) > _UNPACKED * MAX_BYTES:
                raise BadTable(path, "the file", "the workbook unpacks to too much.")
            if any(i.flag_bits & 0x1 for i in infos):
                raise EncryptedFile(path)
            for info in infos:
                with archive.open(info) as part:
                    if b"<!DOCTYPE" in part.read(4096).replace(b"\0", b""):
                        raise BadTable(path, "the file", "the workbook declares XML entities.")
    except (*_ZIP_FAULTS, OSError, EOFError, ValueError, NotImplementedError) as error:
        raise BadTable(path, "the file", "the workbook is damaged.", "Save it again.") from error
