"""What was held against printed tables, as a workbook: each table, the cells, the register."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.formats.xlsx.pages import Cell, Layout, OpenBook, Pages, Run, opened
from workbench.formats.xlsx.table import TableLook, write_frame
from workbench.formats.xlsx.written import EXCEL

_FILLS = {"equal": "reviewed", "explained": "stale", "stated": "label"}
_LEGEND = (
    ("equal", "the rebuilt figure is the printed one"),
    (
        "explained",
        "what was rebuilt [in brackets] differs, and an entry of the register that "
        "still holds says why",
    ),
    ("stated", "no project can compute it; the register speaks of it"),
    ("differs", "what was rebuilt [in brackets] differs, or the words behind it changed"),
    ("not rebuilt", "nothing could be held against it [?]"),
)


Told = tuple[str, str, bool, Sequence[str], pd.DataFrame, pd.DataFrame, pd.DataFrame]
"""A study: its name, title, whether it was reproduced, problems, tables, cells, register."""


def write(
    studies: Sequence[Told], path: Path | str, properties: Mapping[str, str] | None = None
) -> None:
    """Write studies, each with a sheet for every table it prints.

    The frames are those of `project.reproducing.Reproduction`. A cell's fill is its
    verdict, and what was rebuilt stands behind what is printed where the two differ; its
    note has the figure too, where the paper prints the cell, and why. `properties` go where
    Excel keeps a file's own.

    Raises:
        CannotWrite: the file cannot be written.
    """
    seen = [str(table) for _, _, _, _, tables, _, _ in studies for table in tables["table"]]
    with opened(path, EXCEL, "Published tables, rebuilt") as book:
        book.say_of_itself(properties or {})
        _write_front(book, studies)
        for name, _, _, _, tables, told, register in studies:
            cells = told.copy(deep=False)
            cells.attrs = {}  # ids of codings, which pandas would copy with each part of the frame
            for table in map(str, tables["table"]):
                sheet = f"{table} {name}" if seen.count(table) > 1 else table
                _write_table(book, sheet, cells.loc[cells["table"] == table])
            look = TableLook("one row a printed cell")
            write_frame(book, book.names.series(f"Cells {name}"), cells, look)
            if len(register):
                look = TableLook("one row a contradiction that the papers hold")
                write_frame(book, book.names.series(f"Register {name}"), register, look)


def _write_front(book: OpenBook, studies: Iterable[Told]) -> None:
    header = ("study", "table", "cells", *(v for v, _ in _LEGEND))
    layout = Layout(
        tuple(Cell(((h, "bold"),), fill="header") for h in header),
        (26.0, 48.0, *[12.0] * 6),
        "how many cells of each printed table came to each verdict",
        colour="#5B7C8D",
    )
    pages = Pages(book, book.names.series("Summary"), layout)
    for name, title, reproduced, problems, tables, _, _ in studies:
        said = f"{name}: {'reproduced' if reproduced else 'NOT reproduced'}"
        fill = "label" if reproduced else "warning"
        pages.put([Cell(((said, "bold"),), fill=fill), Cell(((title, "grey"),)), *[Cell()] * 6])
        for row in tables.to_dict("records"):
            numbers = [Cell(value=int(row[h])) for h in header[2:]]
            pages.put([Cell(), Cell(((str(row["table"]), "plain"),)), *numbers])
        for problem in problems:
            pages.put([Cell(), Cell(((problem, "plain"),), fill="warning"), *[Cell()] * 6])
    pages.put([Cell(fill="header")] * 8)
    for verdict, meaning in _LEGEND:
        fill = _FILLS.get(verdict, "warning")
        pages.put(
            [Cell(((verdict, "plain"),), fill=fill), Cell(((meaning, "plain"),)), *[Cell()] * 6]
        )
    pages.close()


def _write_table(book: OpenBook, name: str, cells: pd.DataFrame) -> None:
    """Write a printed table as it is printed, rows by columns, where each place has one cell."""
    rows, columns = list(dict.fromkeys(cells["row"])), list(dict.fromkeys(cells["column"]))
    of = {(c["row"], c["column"]): c for c in cells.to_dict("records")}
    if len(of) < len(cells) or len(columns) + 1 > book.limits.columns:
        write_frame(book, book.names.series(name), cells, TableLook("one row a printed cell"))
        return
    layout = Layout(
        tuple(Cell(((str(h), "bold"),), fill="header") for h in ("", *columns)),
        (
            _wide(rows, 48),
            *(_wide([c, *(_told(of[r, c]) for r in rows if (r, c) in of)], 32) for c in columns),
        ),
        "a printed table; the fill of a cell is its verdict",
    )
    pages = Pages(book, book.names.series(name), layout)
    for row in rows:
        found = (of.get((row, column)) for column in columns)
        pages.put([Cell(((row, "bold"),), fill="label"), *map(_cell, found)])
    pages.close()


def _cell(cell: Mapping[Hashable, Any] | None) -> Cell:
    if cell is None:
        return Cell()
    said = [
        f"{k}: {cell[k]}" for k in ("verdict", "rebuilt", "why", "where", "register") if cell[k]
    ]
    if cell["codings"]:
        said.append(f"codings behind it: {cell['codings']}")
    fill = _FILLS.get(str(cell["verdict"]), "warning")
    runs: tuple[Run, ...] = ((str(cell["published"]), "plain"),)
    if behind := _told(cell).removeprefix(str(cell["published"])):
        runs += ((behind, "grey"),)
    return Cell(runs, fill=fill, note="\n".join(said))


def _told(cell: Mapping[Hashable, Any]) -> str:
    """Return what is printed, with what was rebuilt behind it where that is another thing."""
    if cell["verdict"] in ("explained", "differs"):
        return f"{cell['published']} [{cell['rebuilt']}]"
    return str(cell["published"]) + (" [?]" if cell["verdict"] == "not rebuilt" else "")


def _wide(texts: Sequence[str], most: float) -> float:
    return min(most, max([9.0, *(len(t) * 1.1 + 2 for t in texts)]))
