"""Agreement of coders as a workbook: its settings, the numbers, each two sides, differences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from workbench.formats.xlsx.cover import Cover, notes_of
from workbench.formats.xlsx.pages import FAINT, FILLS, Cell, OpenBook, opened
from workbench.formats.xlsx.table import TableLook, write_frame
from workbench.formats.xlsx.written import EXCEL, WrittenBook

_TABS = "#5B7C8D", "#9DB2BD"
_WIDEST = 64.0
CLOSING = (
    "The numbers help to find where to talk. They are no verdict, and one number over all codes "
    "hides what each code shows."
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of the workbook, and what it holds."""

    name: str
    frame: pd.DataFrame
    holds: str


@dataclass(frozen=True, slots=True)
class AgreementBook:
    """What the workbook shows; `settings` are told on the cover: what, and what is so."""

    title: str
    settings: Sequence[tuple[str, str]]
    sheets: Sequence[Sheet]
    columns: Sequence[tuple[str, str]] = ()
    """What the columns of the numbers say."""
    cautions: Sequence[str] = ()
    synthetic: str = ""
    closing: str = CLOSING
    """What the cover says last."""


def write(book: AgreementBook, path: Path | str, properties: Mapping[str, str]) -> WrittenBook:
    """Write the workbook, the cover first; text stays text, whatever it begins with.

    A table without rows is left out and told on the cover.

    Raises:
        CannotWrite: the file cannot be written; what stood there stays.
    """
    left_out = tuple(sheet.name for sheet in book.sheets if not len(sheet.frame))
    with opened(path, EXCEL, book.title) as open_book:
        front = open_book.workbook.add_worksheet(open_book.names.take("Cover"))
        open_book.say_of_itself(properties)
        for number, sheet in enumerate(book.sheets):
            if len(sheet.frame):
                look = TableLook(sheet.holds, _TABS[number > 0], _WIDEST)
                write_frame(open_book, open_book.names.series(sheet.name), sheet.frame, look)
        notes = notes_of(open_book, None)
        _write_cover(open_book, Cover(open_book, front), book, left_out, notes)
        return WrittenBook(Path(path), tuple(open_book.sheets), {}, left_out, tuple(notes))


def _write_cover(
    open_book: OpenBook,
    cover: Cover,
    book: AgreementBook,
    left_out: Sequence[str],
    notes: Sequence[str],
) -> None:
    cover.heading(book.title, 18)
    if book.synthetic:
        cover.paragraph(f"INVENTED: {book.synthetic}", bold=True, bg_color=FILLS["warning"])
    for what, about in book.settings:
        cover.pair(what, about)
    if book.cautions or notes:
        cover.heading("What to know")
        for said in (*book.cautions, *notes):
            cover.paragraph(said)
    cover.sheets(left_out)
    if book.columns:
        cover.heading("The columns")
        for name, said in book.columns:
            cover.line(Cell(((name, "bold"),), fill="label"), Cell(((said, "plain"),)))
    cover.paragraph(book.closing, font_color=FAINT)
