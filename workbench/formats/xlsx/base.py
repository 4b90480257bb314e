"""The hidden sheet of a chart: what it said when it was written, to be held against later."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple
from typing import TYPE_CHECKING, Any

from workbench.errors import BrokenFile
from workbench.formats.xlsx.pages import Cell, OpenBook
from workbench.formats.xlsx.records import Value
from workbench.formats.xlsx.shown_only import words
from workbench.model.chart_file import BaseCell, BaseSheet, ChartBase, Held, Origin

if TYPE_CHECKING:
    from workbench.formats.xlsx.book import ChartBook
    from workbench.formats.xlsx.cells import Contents

MAGIC = "Framework Workbench: a chart as it was written, format 1"
"""What stands first on the sheet; its hash and the pieces of one JSON text stand below."""
ID_HEADING, ID_WIDTH = "id, do not change", 12.0
ID_HEAD = Cell(
    ((ID_HEADING, "bold"),),
    fill="header",
    note="Tells the row of each case when the chart is taken back, however rows are moved.",
)
COUNT_HEADING = "n"
_PIECE = 8_000


class Base:
    """The base of a chart while its sheets are written."""

    def __init__(self, book: "ChartBook", heads: Sequence[str]) -> None:
        if book.origin is None:
            raise ValueError("the chart has no origin")
        self._held = ChartBase(book.origin, book.framework, book.framework_hash)
        self._others = (*heads, COUNT_HEADING, ID_HEADING)
        self._rows: dict[str, list[str]] = {}

    def row(self, sheet: str, codes: Sequence[tuple[str, str]], mark: str) -> None:
        """Note a row of a sheet, whose columns are codes: their ids and headings."""
        if sheet not in self._rows:
            headed = tuple((heading, code) for code, heading in codes)
            self._held.sheets[sheet] = BaseSheet(headed, self._others, ())
        self._rows.setdefault(sheet, []).append(mark)

    def case(
        self,
        case_id: str,
        labels: Sequence[Value],
        known: "Contents",
        cells: Iterable[tuple[tuple[str, str], Cell, Cell]],
    ) -> None:
        """Note what stands in the row of a case: label and attributes, cells, their numbers."""
        self._held.cases[case_id] = words(labels[0])
        self._held.attributes[case_id] = tuple(map(words, labels[1:]))
        for (code_id, _), cell, count in cells:
            said = known.statements.get((case_id, code_id), ())
            held = tuple(
                Held(s.statement_id, s.kind, s.text, s.label)  # type: ignore[arg-type]  # a kind
                for s in said
            )
            if held or cell.text:
                state = "" if held else cell.text
                codings = int(count.value or 0)
                self._held.cells[case_id, code_id] = BaseCell(state, held, codings)

    def write(self, book: OpenBook) -> None:
        """Write the base on a sheet that no program shows."""
        for name, marks in self._rows.items():
            self._held.sheets[name] = self._held.sheets[name]._replace(rows=tuple(marks))
        kept = (book.kept or {}).items()
        self._held.tables |= {n: tuple(r) for n, r in kept if n not in self._held.sheets}
        sheet = book.workbook.add_worksheet(book.names.take("Base"))
        sheet.very_hidden()
        sheet.protect()
        text = dumped(self._held)
        pieces = [text[at : at + _PIECE] for at in range(0, len(text), _PIECE)]
        for row, piece in enumerate([MAGIC, _hash(text), *pieces]):
            sheet.write_string(row, 0, piece)


def dumped(base: ChartBase) -> str:
    """Return a base as a text of plain letters that every spreadsheet keeps as it is."""
    data = {
        "origin": astuple(base.origin),
        "framework": base.framework,
        "hash": base.framework_hash,
        "cases": base.cases,
        "sheets": base.sheets,
        "cells": [[*at, *cell] for at, cell in base.cells.items()],
        "attributes": base.attributes,
        "tables": base.tables,
    }
    # spreadsheets read _x0041_ and < in their own way
    return json.dumps(data).replace("_", "\\u005f").replace("<", "\\u003c")


def loaded(path: object, rows: Sequence[str]) -> ChartBase:
    """Return the base from the rows of its sheet, the first aside.

    Raises:
        BrokenFile: they are not as they were written.
    """
    text = "".join(rows[1:])
    if not rows or rows[0] != _hash(text):
        raise BrokenFile(
            path,
            "the hidden sheet that says what the chart was when it was exported was changed, so "
            "nobody can tell what is new.",
        )
    data: Mapping[str, Any] = json.loads(text)
    return ChartBase(
        Origin(*data["origin"]),
        data["framework"],
        data["hash"],
        data["cases"],
        {
            name: BaseSheet(tuple((h, c) for h, c in codes), tuple(others), tuple(rows))
            for name, (codes, others, rows) in data["sheets"].items()
        },
        {
            (case, code): BaseCell(state, tuple(Held(*s) for s in held), codings)
            for case, code, state, held, codings in data["cells"]
        },
        {case: tuple(said) for case, said in data["attributes"].items()},
        {name: tuple(rows) for name, rows in data["tables"].items()},
    )


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
