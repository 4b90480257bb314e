"""One plain table as a workbook, row by row, in constant memory.

XlsxWriter makes the workbook with everything but the values; their cells are put into its
sheets afterwards. A call of it for each cell would take ten times as long as to write one.
"""

import re
import shutil
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from io import TextIOWrapper
from itertools import chain, islice
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name

from workbench.formats import files
from workbench.formats.xlsx import text
from workbench.formats.xlsx.cover import notes_of
from workbench.formats.xlsx.pages import Cell, Layout, OpenBook, Pages, begun
from workbench.formats.xlsx.records import (
    SAMPLE,
    WIDEST,
    Record,
    Value,
    blocks,
    physical_rows,
    width,
)
from workbench.formats.xlsx.written import EXCEL, Limits, WrittenBook

_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"/>')
_MARKUP = re.compile("[&<>]|_x")


@dataclass(slots=True)
class _Part:
    """The rows of one sheet, as XML in a file of their own."""

    columns: Sequence[int]
    letters: Sequence[str]
    path: Path
    stream: TextIOWrapper
    rows: int = 0


@dataclass(slots=True)
class _Block:
    """The columns of a table that stand side by side, and the sheets they go on in."""

    columns: Sequence[int]
    parts: list[_Part] = field(default_factory=list)


def write_rows(
    heads: Sequence[str],
    records: Iterable[Record],
    path: Path | str,
    sheet: str = "Table",
    limits: Limits = EXCEL,
    properties: Callable[[], Mapping[str, str]] = dict,
) -> WrittenBook:
    """Write records under their heads as a workbook of one sheet, or more where one is full.

    Text is not wrapped and stays text; None and empty texts are empty cells. `properties`,
    asked for once all records have gone by, go where Excel keeps a file's own properties.

    Raises:
        CannotWrite: the file cannot be written; what stood there stays.
    """
    with (
        files.replacing(path) as beside,
        TemporaryDirectory() as scratch,
        ExitStack() as streams,
    ):
        bare = Path(scratch) / "bare.xlsx"
        with begun(bare, scratch, path, limits, sheet) as book:
            shown = ([_shown(book, v) for v in record] for record in records)
            sample = list(islice(shown, SAMPLE))
            each = [_Block(chosen) for chosen in blocks(len(heads), 1, limits.columns)]
            new = _Parts(Path(scratch), streams)
            for record in chain(sample, shown):
                _write_record(book, each, record, new)
            parts = [part for block in each for part in block.parts or [new.part(block.columns)]]
            _lay_out(book, [book.label(h) for h in heads], sample, parts, sheet)
            book.say_of_itself(properties())
        streams.close()
        _fill(bare, beside, parts)
        return WrittenBook(Path(path), tuple(book.sheets), _counts(book), (), tuple(_notes(book)))


def _shown(book: OpenBook, value: Value) -> Value:
    return book.shown(value) or None if isinstance(value, str) else value


def _counts(book: OpenBook) -> dict[str, int]:
    return {what: n for what, n in book.tally.items() if n}


def _notes(book: OpenBook) -> list[str]:
    return notes_of(book, None)


class _Parts:
    """Makes the files that the rows of each sheet go to."""

    def __init__(self, folder: Path, streams: ExitStack) -> None:
        self._folder, self._streams, self._made = folder, streams, 0

    def part(self, columns: Sequence[int]) -> _Part:
        """Return a part without rows."""
        self._made += 1
        path = self._folder / f"{self._made}.xml"
        stream = self._streams.enter_context(path.open("w", encoding="utf-8", newline="\n"))
        letters = [xl_col_to_name(i) for i in range(len(columns))]
        return _Part(columns, letters, path, stream)


def _write_record(book: OpenBook, each: Sequence[_Block], record: Record, new: _Parts) -> None:
    """Write one record to the last sheet of each block, or to a new one when it is full."""
    room = max(1, book.limits.rows - 1)
    for block in each:
        own = record if len(each) == 1 else [record[i] for i in block.columns]
        for number, fields in enumerate(physical_rows(own, book.limits)):
            if not block.parts or block.parts[-1].rows == room:
                block.parts.append(new.part(block.columns))
            part = block.parts[-1]
            part.rows += 1
            part.stream.write(_row(part.letters, part.rows + 1, fields))
            book.tally["continued rows"] += number > 0


def _row(letters: Sequence[str], row: int, fields: Record) -> str:
    cells = [
        _cell(f"{letter}{row}", value)
        for letter, value in zip(letters, fields, strict=True)
        if value is not None
    ]
    return f'<row r="{row}">{"".join(cells)}</row>'


def _cell(place: str, value: Value) -> str:
    """Return a cell as Office Open XML writes it: text stands in it, not in a table of texts.

    >>> _cell("A2", "a < b"), _cell("B2", 3), _cell("C2", True)  # doctest: +NORMALIZE_WHITESPACE
    ('<c r="A2" t="inlineStr"><is><t xml:space="preserve">a &lt; b</t></is></c>',
     '<c r="B2"><v>3</v></c>', '<c r="C2" t="b"><v>1</v></c>')
    """
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is>{_text(value)}</is></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def _text(said: str) -> str:
    """Return a text as XML; in runs where it would be read as code (see `text.fragments`)."""
    if not _MARKUP.search(said):
        return f'<t xml:space="preserve">{said}</t>'
    runs = [f'<t xml:space="preserve">{escape(f)}</t>' for f in text.fragments(said) if f]
    return runs[0] if len(runs) == 1 else "".join(f"<r>{run}</r>" for run in runs)


def _lay_out(
    book: OpenBook,
    heads: Sequence[str],
    sample: Sequence[Record],
    parts: Sequence[_Part],
    sheet: str,
) -> None:
    """Make the sheets with their header rows, in the order of the parts."""
    names: Iterator[str] = book.names.series(sheet)
    widths = [width(head, [r[i] for r in sample], WIDEST) for i, head in enumerate(heads)]
    for part in parts:
        header = tuple(Cell(((heads[i], "bold"),), fill="header") for i in part.columns)
        pages = Pages(book, names, Layout(header, tuple(widths[i] for i in part.columns), ""))
        pages.leave_room(part.rows)
        pages.close()


def _fill(bare: Path, target: Path, parts: Sequence[_Part]) -> None:
    """Copy a workbook, each sheet with the rows of its part below the header."""
    with (
        zipfile.ZipFile(bare) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as filled,
    ):
        for info in source.infolist():
            content, found = source.read(info), _SHEET.fullmatch(info.filename)
            with filled.open(info, "w", force_zip64=found is not None) as stream:
                if found is None:
                    stream.write(content)
                    continue
                part = parts[int(found[1]) - 1]
                head, end, tail = content.partition(b"</sheetData>")
                stream.write(_DIMENSION.sub(_dimension(part), head, count=1))
                with part.path.open("rb") as rows:
                    shutil.copyfileobj(rows, stream)
                stream.write(end + tail)


def _dimension(part: _Part) -> bytes:
    last = part.letters[-1] if part.letters else "A"
    return f'<dimension ref="A1:{last}{part.rows + 1}"/>'.encode()
