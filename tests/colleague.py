"""What a colleague does to a chart in a spreadsheet program."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.cell.rich_text import TextBlock
from openpyxl.cell.text import InlineFont


def rewrite(path: Path, cells: Mapping[tuple[str, str], Any]) -> None:
    """Write into cells of a workbook, each named by its sheet and its place there."""
    book = openpyxl.load_workbook(path, rich_text=True)
    for (sheet, place), value in cells.items():
        book[sheet][place] = value
    book.save(path)


def italic(text: str) -> TextBlock:
    """Return a run of italic text for a cell of several runs."""
    return TextBlock(InlineFont(i=True), text)
