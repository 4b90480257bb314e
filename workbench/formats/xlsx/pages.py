"""The workbook while it is being written: its looks, its sheets, and the cells on them."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import xlsxwriter
from xlsxwriter.exceptions import XlsxWriterException

from workbench.errors import CannotWrite
from workbench.formats import files
from workbench.formats.xlsx import text
from workbench.formats.xlsx.names import SheetNames
from workbench.formats.xlsx.shown_only import row_print
from workbench.formats.xlsx.written import Limits, WrittenSheet

FONT = {"font_name": "Arial", "font_size": 10}
LINE = 12.9
"""Height of a line of that font, in points."""
GRID, INK, FAINT = "#C9D1D6", "#1B2A33", "#6B7880"
FILLS = {"header": "#DDE7EC", "label": "#F4F7F8", "stale": "#FBE3B5", "reviewed": "#E3F1E3"}
FILLS |= {"warning": "#F6C6BD"}
A4, A3 = 9, 8
A4_HOLDS, A3_HOLDS = 200, 330
"""How many digits wide a sheet may be to stay legible on one page."""

Look = Literal["plain", "italic", "grey", "bold", "link"]
Run = tuple[str, Look]
_LOOKS: dict[Look, dict[str, object]] = {
    "plain": {},
    "italic": {"italic": True},
    "bold": {"bold": True},
    "grey": {"font_color": FAINT},
    "link": {"font_color": "#0B5394", "underline": 1, "font_size": 9},
}


@dataclass(frozen=True, slots=True)
class Place:
    """A row of a sheet that a link leads to, counted from 0."""

    sheet: str
    row: int

    def url(self) -> str:
        """Return the place as XlsxWriter wants it."""
        return f"internal:'{self.sheet.replace(chr(39), chr(39) * 2)}'!A{self.row + 1}"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: runs of text, or a number or truth value instead."""

    runs: tuple[Run, ...] = ()
    value: float | bool | None = None
    look: Look = "plain"
    """How a value looks; runs of text have each their own."""
    fill: str = ""
    note: str = ""
    to: Place | None = None

    @property
    def text(self) -> str:
        """Return the text of all runs."""
        return "".join(run for run, _ in self.runs)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a sheet is laid out: its header row, widths in digits, and what stands still."""

    header: tuple[Cell, ...]
    widths: tuple[float, ...]
    holds: str
    frozen_columns: int = 1
    colour: str = ""
    hidden: int = 0
    """How many of the last columns do not show."""


class OpenBook:
    """A workbook being written: formats, names and the tally of what went in."""

    def __init__(self, workbook: Any, limits: Limits, title: str) -> None:  # XlsxWriter: no types
        self.workbook, self.limits, self.title = workbook, limits, title
        self.names = SheetNames()
        self.tally: Counter[str] = Counter()
        self.sheets: list[WrittenSheet] = []
        self.kept: dict[str, list[str]] | None = None
        """If that is to be known later: sheet → short hashes of the rows of its table."""
        self.odd: set[str] = set()
        self.cut: set[str] = set()
        self._formats: dict[tuple[tuple[str, object], ...], Any] = {}
        self._links: Counter[str] = Counter()

    def format(self, **properties: object) -> Any:
        """Return the format of these properties; equal ones are one format."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({**FONT, "font_color": INK, **properties})
        return self._formats[key]

    def boxed(self, look: Look = "plain", fill: str = "", **properties: object) -> Any:
        """Return the format of a wrapped cell in the grid."""
        look_of_all = {"border": 1, "border_color": GRID, "text_wrap": True, "valign": "top"}
        filled = {"bg_color": FILLS.get(fill, fill)} if fill else {}
        return self.format(**(look_of_all | filled | _LOOKS[look] | properties))

    def run(self, look: Look) -> Any:
        """Return the font of a run of text inside a cell."""
        return self.format(**_LOOKS[look])

    def put(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        """Write one cell with its link and note."""
        if cell.value is None:
            shown = self.boxed(_only_look(cell.runs), cell.fill)
        else:
            shown = self.boxed(cell.look, cell.fill, align="center")
        if cell.to is not None and self.may_link(sheet.name):
            # what stands in the cell is written over the name that write_url puts there
            name = cell.to.sheet
            sheet.write_url(row, column, cell.to.url(), shown, name, f"Go to {name}")
        if isinstance(cell.value, bool):
            sheet.write_boolean(row, column, cell.value, shown)
        elif cell.value is not None:
            sheet.write_number(row, column, cell.value, shown)
        else:
            self.put_runs(sheet, row, column, cell.runs, shown)
        if cell.note:
            self.put_note(sheet, row, column, cell.note)

    def put_runs(self, sheet: Any, row: int, column: int, runs: Sequence[Run], shown: Any) -> None:
        """Write text as text, whatever it looks like."""
        pieces = [(f, look) for said, look in runs for f in text.fragments(self.shown(said)) if f]
        if not pieces:
            sheet.write_blank(row, column, None, shown)
        elif len(pieces) == 1:
            sheet.write_string(row, column, pieces[0][0], shown)
        else:
            tokens = [t for f, look in pieces for t in (self.run(look), f)]
            sheet.write_rich_string(row, column, *tokens, *([] if shown is None else [shown]))

    def put_note(self, sheet: Any, row: int, column: int, note: str) -> None:
        """Write the note of a cell, in a box that fits it as far as a screen allows."""
        fit = self.shown(note)
        tall = text.lines(fit, 52) * 15 + 16
        sheet.write_comment(
            row,
            column,
            fit,
            {"width": 330, "height": min(tall, 360), "font_name": "Arial", "font_size": 9},
        )
        self.tally["notes"] += 1

    def keep(self, sheet: str, values: Sequence[object]) -> None:
        """Note what a row of a table says, if that is to be known later."""
        if self.kept is not None:
            self.kept.setdefault(sheet, []).append(row_print(values))

    def shown(self, said: str) -> str:
        """Return the text as a cell can hold it, and remember the texts that had to change."""
        fit = text.visible(said)
        if fit != said:
            self.odd.add(said)
        return fit

    def label(self, said: str) -> str:
        """Return a label, which cannot go on in another row, cut to what a cell can hold."""
        whole = self.shown(said)
        fit = text.shortened(whole, self.limits.characters)
        if fit != whole:
            self.cut.add(whole)
        return fit

    def say_of_itself(self, properties: Mapping[str, str]) -> None:
        """Put down what the file says of itself, where Excel keeps a file's own properties."""
        for name, value in properties.items():
            self.workbook.set_custom_property(name, text.visible(value)[:255], "text")

    def may_link(self, sheet: str) -> bool:
        """Count one link on a sheet; once the sheet is full, say no and count that."""
        full = self._links[sheet] >= self.limits.links
        self.tally["links not made" if full else "links"] += 1
        self._links[sheet] += not full
        return not full


class Pages:
    """A table that goes on in a further sheet, with its header, when one is full."""

    def __init__(self, book: OpenBook, names: Iterator[str], layout: Layout) -> None:
        self._book, self._names, self._layout = book, names, layout
        self._room = max(1, book.limits.rows - 1)
        self._sheet: Any = None
        self._row = 0
        self._name = ""

    def next_row(self) -> tuple[Any, int]:
        """Return the sheet and number of the next free row."""
        if self._sheet is None:
            self._open()
        elif self._row == self._room:
            self.close()
            self._open()
        self._row += 1
        return self._sheet, self._row

    def put(self, cells: Sequence[Cell]) -> str:
        """Write one row of cells as high as its text needs, and return the name of its sheet."""
        sheet, row = self.next_row()
        sheet.set_row(row, self.height([c.text for c in cells]))
        for column, cell in enumerate(cells):
            self._book.put(sheet, row, column, cell)
        return self._name

    def leave_room(self, rows: int) -> None:
        """Open a sheet for so many rows, which are put in once the workbook is closed."""
        self._open()
        self._row = rows

    def height(self, texts: Sequence[str]) -> float:
        """Return the height in points that shows all the texts of a row, if a row can."""
        most = max(
            (text.lines(t, w) for t, w in zip(texts, self._layout.widths, strict=True) if t),
            default=1,
        )
        return min(most * LINE + 4, self._book.limits.points)

    def close(self) -> None:
        """Finish the sheet: the filter needs to know the last row. No rows leave the header."""
        if self._sheet is None:
            self._open()
        self._sheet.autofilter(0, 0, self._row, max(0, len(self._layout.header) - 1))
        self._book.sheets.append(WrittenSheet(self._name, self._layout.holds, self._row))

    def _open(self) -> None:
        self._name = next(self._names)
        self._sheet = sheet = self._book.workbook.add_worksheet(self._name)
        self._row = 0
        layout = self._layout
        for column, width in enumerate(layout.widths):
            hidden = column >= len(layout.widths) - layout.hidden
            sheet.set_column(column, column, width, None, {"hidden": hidden})
        # one line more, so that the button of the filter hides no word
        height = self.height([c.text for c in layout.header]) + LINE
        sheet.set_row(0, min(height, self._book.limits.points))
        for column, cell in enumerate(layout.header):
            self._book.put(sheet, 0, column, cell)
        self._book.keep(self._name, [cell.text for cell in layout.header])
        sheet.freeze_panes(1, layout.frozen_columns)
        set_up_print(sheet, sum(layout.widths), self._book.title)
        sheet.repeat_rows(0)
        if layout.frozen_columns:
            sheet.repeat_columns(0, layout.frozen_columns - 1)
        if layout.colour:
            sheet.set_tab_color(layout.colour)


def set_up_print(sheet: Any, width: float, title: str) -> None:
    """Set landscape pages as wide as the sheet, larger or several where it is wide."""
    sheet.set_landscape()
    sheet.set_paper(A4 if width <= A4_HOLDS else A3)
    sheet.fit_to_pages(max(1, math.ceil(width / A3_HOLDS)), 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    # a lone & starts a print code
    said = text.visible(title).replace("&", "＆").replace("\n", " ")[:100]
    sheet.set_footer(f"&L&8{' ' if said[:1].isdigit() else ''}{said}&C&8&A&R&8&P / &N")
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})


@contextmanager
def opened(path: Path | str, limits: Limits, title: str) -> Iterator[OpenBook]:
    """Open a workbook for writing row by row; it stands at `path` once all went well.

    Raises:
        CannotWrite: the file cannot be written.
    """
    with (
        files.replacing(path) as beside,
        TemporaryDirectory() as scratch,
        begun(beside, scratch, path, limits, title) as book,
    ):
        yield book


@contextmanager
def begun(
    file: Path, scratch: str, path: Path | str, limits: Limits, title: str
) -> Iterator[OpenBook]:
    """Open a workbook for writing at `file`; errors speak of `path`, where it is to stand."""
    workbook = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "tmpdir": scratch,
            "use_zip64": True,
            # programs measure columns in digits of this font: one that all have
            "default_format_properties": FONT,
            "default_row_height": 17,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    try:
        try:
            yield OpenBook(workbook, limits, title)
        finally:
            workbook.close()
    except XlsxWriterException as error:
        cause = error.args[0] if error.args else error
        said = files.why(cause) if isinstance(cause, OSError) else str(error)
        raise CannotWrite(path, said) from error


def _only_look(runs: Sequence[Run]) -> Look:
    """Return the look that all runs share; a cell of several looks is plain itself."""
    looks = {look for _, look in runs}
    return looks.pop() if len(looks) == 1 else "plain"
