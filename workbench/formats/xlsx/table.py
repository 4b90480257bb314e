"""A frame as a sheet: numbers as numbers, text as text, every row and column of it."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from numbers import Real
from typing import Any

import pandas as pd

from workbench.formats.flat import flat, missing, one_text
from workbench.formats.xlsx.pages import INK, Cell, Layout, Look, OpenBook, Pages, Place
from workbench.formats.xlsx.records import (
    WIDEST,
    Record,
    Value,
    blocks,
    physical_rows,
    width,
)
from workbench.formats.xlsx.written import Limits

_EXACT = 2**53
"""A spreadsheet's numbers are doubles: whole numbers from here on would be rounded."""
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True, slots=True)
class TableLook:
    """What a table's sheet shows beyond its values."""

    holds: str = ""
    colour: str = ""
    widest: float = WIDEST
    swatches: frozenset[str] = frozenset()
    """Columns whose #rrggbb values are painted in that colour."""
    leads: Mapping[int, Sequence[Place | None]] = field(default_factory=dict)
    """Where the values of a column lead to, by its position."""


@dataclass(frozen=True, slots=True)
class Block:
    """The columns of a table that stand on one sheet, or on one and those it goes on in."""

    columns: Sequence[Sequence[Value]]
    leads: Mapping[int, Sequence[Place | None]]
    swatches: frozenset[int]
    formats: Sequence[tuple[Any, Any]]
    """For each column, how its text and how its numbers look."""


def write_frame(
    book: OpenBook,
    names: Iterator[str],
    frame: pd.DataFrame,
    look: TableLook,
    known: Sequence[Sequence[Value]] | None = None,
) -> None:
    """Write a frame on one sheet, or on several where it is longer or wider than one.

    `known` is what `values` made of the frame, where that was needed before.
    """
    table = flat(frame)
    columns = values(book, table) if known is None else known
    heads = [book.label(str(c)) for c in table.columns]
    for chosen in blocks(len(columns), 1, book.limits.columns):
        layout = Layout(
            tuple(Cell(((heads[i], "bold"),), fill="header") for i in chosen),
            tuple(width(heads[i], columns[i], look.widest) for i in chosen),
            look.holds,
            colour=look.colour,
        )
        block = Block(
            [columns[i] for i in chosen],
            {n: look.leads[i] for n, i in enumerate(chosen) if i in look.leads},
            frozenset(n for n, i in enumerate(chosen) if table.columns[i] in look.swatches),
            [_formats(book, linked=i in look.leads) for i in chosen],
        )
        _write_block(book, Pages(book, names, layout), block)


def _formats(book: OpenBook, *, linked: bool) -> tuple[Any, Any]:
    shown: Look = "link" if linked else "plain"
    return book.boxed(shown), book.boxed(shown, align="right", indent=1)


def _write_block(book: OpenBook, pages: Pages, block: Block) -> None:
    for number, record in enumerate(zip(*block.columns, strict=True)):
        for part, fields in enumerate(physical_rows(record, book.limits)):
            sheet, row = pages.next_row()
            _set_height(book, pages, sheet, row, fields)
            if part == 0:
                _write_links(book, sheet, row, block, number)
            _write_fields(book, sheet, row, fields, block)
            book.keep(sheet.name, fields)
            book.tally["continued rows"] += part > 0
    pages.close()


def _set_height(book: OpenBook, pages: Pages, sheet: Any, row: int, fields: Record) -> None:
    height = pages.height([v if isinstance(v, str) else "" for v in fields])
    book.tally["rows at the greatest height"] += height >= book.limits.points
    sheet.set_row(row, height)


def _write_links(book: OpenBook, sheet: Any, row: int, block: Block, number: int) -> None:
    """Write the links of a record; what its cells show is written over them."""
    for column, targets in block.leads.items():
        place = targets[number]
        if place is not None and book.may_link(sheet.name):
            sheet.write_url(row, column, place.url(), block.formats[column][0], place.sheet)


def _write_fields(book: OpenBook, sheet: Any, row: int, fields: Record, block: Block) -> None:
    for column, value in enumerate(fields):
        for_text, for_numbers = block.formats[column]
        if isinstance(value, str):
            if "_x" in value or value.startswith("<r>"):
                book.put_runs(sheet, row, column, ((value, "plain"),), for_text)
            else:
                sheet.write_string(row, column, value, for_text)
            if column in block.swatches:
                _paint(book, sheet, row, column, value)
        elif value is None:
            sheet.write_blank(row, column, None, for_text)
        elif isinstance(value, bool):
            sheet.write_boolean(row, column, value, for_text)
        else:
            sheet.write_number(row, column, value, for_numbers)


def _paint(book: OpenBook, sheet: Any, row: int, column: int, value: str) -> None:
    if _COLOUR.fullmatch(value):
        dark = sum(int(value[i : i + 2], 16) for i in (1, 3, 5)) < 380
        ink = "#FFFFFF" if dark else INK
        painted = book.boxed(fill=value, font_color=ink)
        sheet.write_string(row, column, value, painted)


def values(book: OpenBook, table: pd.DataFrame) -> list[list[Value]]:
    """Return the columns of a table as what cells can hold."""
    return [[_value(book, v) for v in table.iloc[:, i].tolist()] for i in range(len(table.columns))]


def _value(book: OpenBook, value: object) -> Value:
    plain = plain_value(value)
    return book.shown(plain) or None if isinstance(plain, str) else plain


def plain_value(value: object) -> Value:
    """Return a value as text, number or truth value; missing ones are empty text."""
    if isinstance(value, str | bool):
        return value
    if isinstance(value, Real) and not missing(value):
        number = float(value)
        return number if math.isfinite(number) and abs(number) < _EXACT else str(value)
    return one_text(value)


def places(
    ids: Sequence[str], columns: Sequence[Sequence[Value]], limits: Limits, series: Iterator[str]
) -> tuple[dict[str, Place], list[str]]:
    """Return on which row of which sheet each record will stand, and the sheets' names."""
    room = max(1, limits.rows - 1)
    at: dict[str, Place] = {}
    names: list[str] = []
    offset = 0
    for key, record in zip(ids, zip(*columns, strict=True), strict=True):
        while len(names) <= offset // room:
            names.append(next(series))
        at.setdefault(key, Place(names[offset // room], offset % room + 1))
        offset += len(physical_rows(record, limits))
    names += islice(series, max(0, math.ceil(offset / room) - len(names)))
    return at, names
