"""The cover: what the workbook is, what it holds, how to read it, what to know of it."""

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from workbench.formats.xlsx import text
from workbench.formats.xlsx.pages import (
    FAINT,
    FILLS,
    LINE,
    Cell,
    OpenBook,
    Place,
    set_up_print,
)

if TYPE_CHECKING:
    from workbench.formats.xlsx.book import ChartBook

WIDTHS = (35.0, 84.0, 12.0)

_KINDS: tuple[tuple[Cell, str], ...] = (
    (Cell((("The analyst’s words", "plain"),)), "a summary of what the case says"),
    (
        Cell((("“The person’s words”", "plain"),)),
        "verbatim, as in the transcript; the quotation marks are added here",
    ),
    (Cell((("A remark", "italic"),)), "a comment of the researcher, not of the case"),
)
_LEGEND = (
    *_KINDS,
    (Cell((("not asked", "grey"),)), "the subject was not raised with this case"),
    (Cell((("nothing said", "grey"),)), "looked for in the whole transcript and not found"),
    (
        Cell((("indexed, not charted (3 codings)", "grey"),)),
        "coded in the transcripts, and no statement written yet",
    ),
    (Cell(), "not indexed: nobody has looked yet"),
    (
        Cell((("Amber", "plain"),), fill="stale"),
        "stale: the evidence or the code’s definition changed since; the note says which",
    ),
    (Cell((("Green", "plain"),), fill="reviewed"), "reviewed, and nothing has changed since"),
)
_HOW = (
    "The note of a cell lists its codings, and {link} leads to the first of them on the sheet "
    "Evidence. The note of a column’s head is the definition of its code."
)
_BACK = (
    "Statements may be changed, added (a line of its own in the cell) and taken out here, in Excel "
    "or LibreOffice, and taken back with “workbench import PROJECT FILE”. Rows may be moved and "
    "sorted; leave the headings and the hidden column of ids as they are. A hidden sheet keeps "
    "every statement as it was exported: delete it before you black words out and pass this on."
)
_LINK = {"beside": "the number beside it", "inside": "a click on the cell"}


class Cover:
    """The first sheet, filled from the top down once the others are written."""

    def __init__(self, book: OpenBook, sheet: Any) -> None:
        self._book, self._sheet, self._row = book, sheet, 0
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        set_up_print(sheet, sum(WIDTHS), book.title)
        sheet.set_portrait()

    def line(self, *cells: Cell) -> None:
        """Write one row of cells from the left."""
        most = max(text.lines(c.text, w) for c, w in zip(cells, WIDTHS, strict=False))
        self._sheet.set_row(self._row, min(most * LINE + 5, self._book.limits.points))
        for column, cell in enumerate(cells):
            self._book.put(self._sheet, self._row, column, cell)
        self._row += 1

    def heading(self, said: str, size: int = 12) -> None:
        """Write a heading below a gap."""
        self._row += self._row > 0
        self._across(self._book.label(said), size * 1.9 / LINE, bold=True, font_size=size)

    def paragraph(self, said: str, **properties: object) -> None:
        """Write a text over the whole width."""
        shown = self._book.label(said)
        self._across(shown, text.lines(shown, sum(WIDTHS)), **properties)

    def _across(self, shown: str, lines: float, **properties: object) -> None:
        wide = self._book.format(text_wrap=True, valign="vcenter", **properties)
        self._sheet.set_row(self._row, min(lines * LINE + 8, self._book.limits.points))
        self._sheet.merge_range(self._row, 0, self._row, len(WIDTHS) - 1, "", wide)
        self._book.put_runs(self._sheet, self._row, 0, ((shown, "plain"),), wide)
        self._row += 1

    def sheets(self, left_out: Sequence[str]) -> None:
        """Write which sheets there are, each a link, and which were left out."""
        self.heading("Sheets")
        for written in self._book.sheets:
            self.line(
                Cell(((written.name, "link"),), to=Place(written.name, 0)),
                Cell(((written.holds, "plain"),)),
                Cell(((f"{written.rows:,} row{'s' * (written.rows != 1)}", "grey"),)),
            )
        if left_out:
            self.paragraph(f"Left out, because there are no rows: {', '.join(left_out)}.")

    def pair(self, what: str, about: str) -> None:
        """Write one fact: what it is about, and what is so."""
        self.line(
            Cell(((self._book.label(what), "bold"),), fill="label"),
            Cell(((self._book.label(about), "plain"),)),
        )


def write_cover(
    open_book: OpenBook,
    sheet: Any,
    book: "ChartBook",
    left_out: Sequence[str],
    notes: Sequence[str],
) -> None:
    """Write the cover; last, because it tells what was written."""
    cover = Cover(open_book, sheet)
    cover.heading(book.title, 18)
    if book.synthetic:
        cover.paragraph(f"INVENTED: {book.synthetic}", bold=True, bg_color=FILLS["warning"])
    for what, about in (*_facts(open_book, book), *book.cover):
        cover.pair(what, about)
    if notes:
        cover.heading("What to know")
        for note in notes:
            cover.paragraph(note)
    cover.sheets(left_out)
    cover.heading("How to read a cell")
    for sample, meaning in _LEGEND[len(_KINDS) if book.figures is not None else 0 :]:
        cover.line(sample, Cell(((meaning, "plain"),)))
    link = "a click on the number" if book.figures is not None else _LINK[book.links_stand]
    cover.paragraph(_HOW.format(link=link), font_color=FAINT)
    if book.returns:
        cover.paragraph(_BACK, font_color=FAINT)


def _facts(open_book: OpenBook, book: "ChartBook") -> list[tuple[str, str]]:
    tally = open_book.tally
    facts = [
        ("Framework", book.framework),
        ("Hash of the framework", book.framework_hash or "none: a draft"),
        ("Made", f"{utc(book.made):%Y-%m-%d %H:%M} UTC"),
        (
            "Cells show",
            book.figures_are or ("figures" if book.figures is not None else "statements"),
        ),
        ("Cases", f"{len(book.cases):,}"),
        ("Codes", f"{len(book.codes):,}"),
        ("Codings", f"{len(book.quotes):,}"),
    ]
    if book.figures is None:
        in_cells = f"{tally['statements']:,} in {tally['charted cells']:,} cells"
        facts.insert(6, ("Statements", in_cells))
    return facts


def utc(moment: datetime.datetime) -> datetime.datetime:
    """Return a moment in UTC; one without a zone is in UTC already."""
    return moment.astimezone(datetime.UTC) if moment.tzinfo else moment


def notes_of(open_book: OpenBook, book: "ChartBook | None") -> list[str]:
    """Return a sentence for everything that is not as a reader would expect it."""
    counted = _of_writing(open_book) + (_of_chart(open_book, book) if book else [])
    return [sentence.replace("{n}", f"{n:,}") for n, sentence in counted if n > 0]


def _of_writing(open_book: OpenBook) -> list[tuple[int, str]]:
    tally, limits = open_book.tally, open_book.limits
    return [
        (
            tally["continued rows"],
            "Rows that go on from the row above: {n}. A cell held more than a row can show or "
            f"hold; look for “{text.CONTINUED}”.",
        ),
        (
            tally["links not made"],
            f"Cells without a link: {{n}}. A sheet holds {limits.links:,} links at most; the notes "
            "name the codings.",
        ),
        (
            tally["rows at the greatest height"],
            "Rows with more text than a spreadsheet can show at once: {n}. Select a cell there to "
            "read all of it.",
        ),
        (
            len(open_book.odd),
            "Texts with characters that a spreadsheet cannot hold: {n}. These are shown as "
            "pictures such as ␀, or as \ufffd.",
        ),
        (len(open_book.cut), "Labels longer than a cell holds: {n}. They end in “…”."),
    ]


def _of_chart(open_book: OpenBook, book: "ChartBook") -> list[tuple[int, str]]:
    tally = open_book.tally
    shown = book.statements if book.figures is None else book.figures["value"].dropna()
    return [
        (
            len(shown) - tally["statements"] - tally["figures"],
            "Statements or figures of cases or codes that are not in this chart: {n}. They are "
            "not shown.",
        ),
        (
            tally["attributes apart"],
            "Attributes of cases that do not fit beside the codes: {n}. They stand on the sheet "
            "Cases.",
        ),
        (
            len(set(book.evidence["coding_id"]) - set(book.quotes["coding_id"])),
            "Codings on which statements rest and that are not among the evidence here: {n}. "
            "They were withdrawn, or not given.",
        ),
    ]
