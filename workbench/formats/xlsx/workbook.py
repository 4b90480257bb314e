"""Writing a chart, or one table, as an Excel workbook."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pandas as pd

from workbench.formats.flat import flat
from workbench.formats.xlsx import beside
from workbench.formats.xlsx.book import ChartBook, LinksStand
from workbench.formats.xlsx.cells import Contents, contents
from workbench.formats.xlsx.chart import write_charts
from workbench.formats.xlsx.cover import notes_of, utc, write_cover
from workbench.formats.xlsx.pages import OpenBook, Place, opened
from workbench.formats.xlsx.plain import write_rows
from workbench.formats.xlsx.records import WIDEST, Value
from workbench.formats.xlsx.table import TableLook, places, plain_value, values, write_frame
from workbench.formats.xlsx.written import EXCEL, Limits, WrittenBook

_LINKED = ("coding_id", "coding_ids", "codings", "evidence", "dissent")
"""Columns of the tables beside the chart that hold coding ids."""
_FIRST_TAB, _TAB = "#5B7C8D", "#9DB2BD"
_STATE_WIDTH = 24.0
_EVIDENCE_HOLDS = "one row a coding: the words, where they stand, their code and case"


def write(
    book: ChartBook,
    path: Path | str,
    limits: Limits = EXCEL,
    properties: Mapping[str, str] | None = None,
) -> WrittenBook:
    """Write a chart with its cover, evidence and tables as an xlsx workbook.

    No text is cut: what a sheet cannot hold goes on in further rows, columns or
    sheets. What is not as expected is told on the cover and in the result. `properties` go
    where Excel keeps a file's own properties.

    Raises:
        CannotWrite: the file cannot be written; what stood there stays.
        FrameMismatch: a frame lacks a column.
    """
    book.check()
    known = contents(book)
    with opened(path, limits, book.title) as open_book:
        open_book.kept = {} if book.returns else None
        front = open_book.workbook.add_worksheet(open_book.names.take("Cover"))
        _set_properties(open_book, book)
        open_book.say_of_itself(properties or {})
        left_out = _write_sheets(open_book, book, known)
        notes = notes_of(open_book, book)
        write_cover(open_book, front, book, left_out, notes)
        return _written(open_book, path, left_out, notes)


def write_table(
    frame: pd.DataFrame,
    path: Path | str,
    sheet: str = "Table",
    limits: Limits = EXCEL,
    properties: Mapping[str, str] | None = None,
) -> WrittenBook:
    """Write one frame as a workbook of one sheet, in constant memory.

    Text is not wrapped; moments are text (2026-03-01 10:22:05), lists of ids joined by
    “; ”. A labelled index comes first.

    Raises:
        CannotWrite: the file cannot be written; what stood there stays.
    """
    table = flat(frame)
    columns = ([plain_value(v) for v in table.iloc[:, i].tolist()] for i in range(table.shape[1]))
    heads = [str(c) for c in table.columns]
    rows = zip(*columns, strict=True)
    return write_rows(heads, rows, path, sheet, limits, lambda: properties or {})


def _set_properties(open_book: OpenBook, book: ChartBook) -> None:
    made = utc(book.made).replace(tzinfo=None)
    open_book.workbook.set_properties({"title": open_book.label(book.title), "created": made})


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The table of codings, ready to be written, and where each will stand."""

    table: pd.DataFrame
    columns: Sequence[Sequence[Value]]
    names: Iterator[str]
    at: Mapping[str, Place]


def _write_sheets(open_book: OpenBook, book: ChartBook, known: Contents) -> tuple[str, ...]:
    """Write all sheets but the cover, in the order of their tabs; return those without rows."""
    evidence = _evidence(open_book, book)
    tables = _tables(book, known)
    series = [_reserved(open_book, name) for name, _, _ in tables]
    attributes = _reserved(open_book, "Cases")
    base = write_charts(open_book, book, known, evidence.at) if len(book.cases) else None
    if len(evidence.table):
        look = TableLook(_EVIDENCE_HOLDS, _FIRST_TAB)
        write_frame(open_book, evidence.names, evidence.table, look, evidence.columns)
    for names, (name, frame, holds) in zip(series, tables, strict=True):
        if frame is not None and len(frame):
            shown, leads = _with_links(frame, evidence.at, book.links_stand)
            widest = _STATE_WIDTH if name == "States" else WIDEST
            look = TableLook(holds, _TAB, widest, frozenset({"Colour"}), leads)
            write_frame(open_book, names, shown, look)
    if open_book.tally["attributes apart"]:
        cases = book.cases.drop(columns="case_id")
        look = TableLook("the cases and their attributes", _TAB)
        write_frame(open_book, attributes, cases, look)
    if base:
        base.write(open_book)
    given = [("Charts", book.cases), ("Evidence", evidence.table), *((n, f) for n, f, _ in tables)]
    return tuple(name for name, frame in given if frame is None or not len(frame))


def _tables(book: ChartBook, known: Contents) -> list[tuple[str, pd.DataFrame | None, str]]:
    """Return the tables after the evidence: name, rows, and what they hold."""
    return [
        ("Framework", beside.framework(book), "the codes, and when to use them"),
        ("Ladder", book.ladder, "the climb from statements to themes"),
        ("Themes", book.themes, "the themes and what stands under them"),
        ("Links", book.links, "what acts on what, and on whose word"),
        ("States", beside.states(book, known), "every cell’s state in words: case × code"),
        *((name, frame, "") for name, frame in book.further),
    ]


def _evidence(open_book: OpenBook, book: ChartBook) -> _Evidence:
    series = open_book.names.series("Evidence")
    table = beside.evidence(book)
    columns = values(open_book, flat(table))
    at, names = places(list(book.quotes["coding_id"]), columns, open_book.limits, series)
    return _Evidence(table, columns, chain(names, series), at)


def _reserved(open_book: OpenBook, name: str) -> Iterator[str]:
    """Return the names for a table, the first of them kept free for it from now on."""
    series = open_book.names.series(name)
    return chain([next(series)], series)


def _with_links(
    frame: pd.DataFrame, at: Mapping[str, Place], stand: LinksStand
) -> tuple[pd.DataFrame, dict[int, Sequence[Place | None]]]:
    """Return the table with the number of codings beside each column of ids, and the links.

    The links are by position of the column: on the number, or on the ids themselves.
    """
    shown = flat(frame)
    leads: dict[int, Sequence[Place | None]] = {}
    for name in [c for c in shown.columns if c in _LINKED]:
        position = list(shown.columns).index(name)
        ids = [_ids(v) for v in shown.iloc[:, position].tolist()]
        if stand == "beside":
            position += 1
            shown.insert(position, f"{name}, n", [len(i) for i in ids], allow_duplicates=True)
        leads[position] = [next((at[i] for i in own if i in at), None) for own in ids]
    return shown, leads


def _ids(value: object) -> tuple[str, ...]:
    if isinstance(value, tuple | list):
        return tuple(map(str, value))
    return (value,) if isinstance(value, str) and value else ()


def _written(
    open_book: OpenBook, path: Path | str, left_out: tuple[str, ...], notes: list[str]
) -> WrittenBook:
    counts = {k: n for k, n in open_book.tally.items() if n}
    return WrittenBook(Path(path), tuple(open_book.sheets), counts, left_out, tuple(notes))
