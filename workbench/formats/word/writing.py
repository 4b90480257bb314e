"""A document of blocks as a Word file."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx.oxml.ns import qn

from workbench.formats.files import replacing
from workbench.formats.word import looks
from workbench.formats.word.drawing import drawing
from workbench.formats.word.letters import element, paragraph, run
from workbench.formats.word.properties import set_properties
from workbench.model.document import (
    Block,
    Document,
    Heading,
    Line,
    Lines,
    Paragraph,
    Picture,
    Quotation,
    Said,
    Table,
    Turned,
)

_STYLES = {"body": "Normal", "note": "Note", "definition": "Definition", "item": "Item"}
_LOOKS = {"plain": "", "strong": "Strong", "emphasis": "Emphasis", "faint": "Faint"}
_HOW = (
    "A number in brackets after a figure or a statement leads here: to the codings that it rests "
    "on, each with its place and the end of its id. The same letters stand after every quotation. "
    "“workbench trace PROJECT ID” takes them, and shows the words with who coded them and when."
)


def write(
    document: Document,
    path: Path,
    *,
    template: Path | None = None,
    properties: Mapping[str, str] | None = None,
) -> None:
    """Write a document as a Word file, set in the styles of a template.

    What numbers rest on stands at the end, under “Evidence”. `properties` go where Word
    keeps a document's own properties.

    Raises:
        BadValue: the template is no Word document.
        CannotWrite: the file cannot be written; what stood there stays.
    """
    word = looks.opened(template)
    setter = _Setter(looks.style_ids(word), word.element.body, document.citations)
    setter.blocks(document.blocks)
    setter.evidence()
    set_properties(word, document.title, properties or {})
    with replacing(path) as beside:
        word.save(str(beside))


def ends(ids: Iterable[str], least: int = 8) -> dict[str, str]:
    """Return the end of each id, as long as is needed for all of them to differ.

    >>> ends(["0a-11112222", "0b-33332222"])
    {'0a-11112222': '11112222', '0b-33332222': '33332222'}
    """
    known = list(dict.fromkeys(ids))
    for length in range(least, max(map(len, known), default=least) + 1):
        cut = {i: i[-length:] for i in known}
        if len(set(cut.values())) == len(known):
            return cut
    return {i: i for i in known}


class _Setter:
    """Sets blocks into the body of a document, from the top down."""

    def __init__(self, ids: Mapping[str, str], body: Any, citations: Mapping[str, str]) -> None:
        self._ids, self._body, self._citations = ids, body, citations
        self._page = body.sectPr
        self._ends = ends(citations)
        self._notes: dict[tuple[str, ...], int] = {}
        self._pictures = 0
        self._turned = False

    def blocks(self, blocks: Sequence[Block]) -> None:
        """Set blocks one after the other."""
        for block in blocks:
            match block:
                case Heading():
                    style = "Title" if block.level == 0 else f"Heading {min(block.level, 4)}"
                    self._put(self._paragraph(style, run(block.text), block.text))
                case Paragraph():
                    style = _STYLES[block.style]
                    self._put(self._paragraph(style, *self._line(block.line), block.line))
                case Quotation():
                    self._quotation(block)
                case Table():
                    self._table(block)
                case Picture():
                    self._picture(block)
                case Turned():
                    self._turn(block)

    def evidence(self) -> None:
        """Set the list of what each number rests on, if there is any."""
        if not self._notes:
            return
        self.blocks([Heading("Evidence", 1), Paragraph((Said(_HOW),), "note")])
        for ids, number in self._notes.items():
            mark = element("w:bookmarkStart", id=number, name=_anchor(number))
            told: list[Any] = [mark, run(f"[{number}]  "), element("w:bookmarkEnd", id=number)]
            for n, coding in enumerate(ids):
                where = self._citations.get(coding, "")
                told.append(run(("; " if n else "") + where + " "))
                told.append(self._reference(coding))
            self._put(self._paragraph("Evidence", *told))

    def _put(self, made: Any) -> None:
        self._page.addprevious(made)

    def _paragraph(self, style: str, *runs: Any, keep: bool = False) -> Any:
        """Return a paragraph of runs; what is no run (a text, a line) says how it is read."""
        first = ""
        if runs and isinstance(runs[-1], str | tuple):
            *runs_, said = runs
            runs = tuple(runs_)
            first = said if isinstance(said, str) else "".join(s.text for s in said)
        return paragraph(self._ids[style], *runs, first=first, keep=keep)

    def _line(self, line: Line) -> list[Any]:
        out = []
        for said in line:
            style = _LOOKS[said.look]
            if said.text:
                out.append(run(said.text, self._ids[style] if style else ""))
            if said.evidence:
                out.append(self._note(said.evidence))
        return out

    def _note(self, ids: tuple[str, ...]) -> Any:
        """Return a number that leads to what stands behind, in the list at the end."""
        number = self._notes.setdefault(ids, len(self._notes) + 1)
        told = run(f"[{number}]", self._ids["Reference"])
        return element("w:hyperlink", told, anchor=_anchor(number))

    def _reference(self, coding: str) -> Any:
        return run(f"[{self._ends.get(coding, coding)}]", self._ids["Reference"])

    def _quotation(self, said: Quotation) -> None:
        self._put(
            self._paragraph(
                "Quotation",
                run(f"“{said.words}”"),
                run(" — "),
                run(said.citation, self._ids["Citation"]),
                run(f" ({said.about}) " if said.about else " ", self._ids["Faint"]),
                self._reference(said.coding_id),
                said.words,
            )
        )

    def _table(self, table: Table) -> None:
        if table.caption:
            self._put(self._paragraph("Caption", run(table.caption), table.caption, keep=True))
        columns, width = len(table.head), self._width()
        shares = table.widths or (1.0,) * columns
        each = [int(width * share / sum(shares)) for share in shares]
        look = element("w:tblLook", val="0420", firstRow=1, lastRow=0, firstColumn=0, noVBand=1)
        out = element(
            "w:tbl",
            element(
                "w:tblPr",
                element("w:tblStyle", val=self._ids[looks.TABLE]),
                element("w:tblW", w=sum(each), type="dxa"),
                element("w:tblLayout", type="fixed"),
                look,
            ),
            element("w:tblGrid", *(element("w:gridCol", w=w) for w in each)),
        )
        heads = zip(table.head, each, strict=True)
        head = [self._cell(((Said(h),),), w, "Table Head") for h, w in heads]
        repeated = element("w:trPr", element("w:cantSplit"), element("w:tblHeader"))
        out.append(element("w:tr", repeated, *head))
        for row in table.rows:
            cells = [self._cell(c, w, "Table Text") for c, w in zip(row, each, strict=True)]
            out.append(element("w:tr", *cells))
        self._put(out)
        self._put(self._paragraph("Note"))

    def _cell(self, lines: Lines, width: int, style: str) -> Any:
        held = [self._paragraph(style, *self._line(one), one) for one in lines]
        return element(
            "w:tc",
            element("w:tcPr", element("w:tcW", w=width, type="dxa")),
            *(held or [self._paragraph(style)]),
        )

    def _width(self) -> int:
        """Return the width between the margins, in twentieths of a point."""
        size, margins = self._page.find(qn("w:pgSz")), self._page.find(qn("w:pgMar"))
        across, up = _number(size, "w", 11906), _number(size, "h", 16838)
        if self._turned:
            across = max(across, up)
        return across - _number(margins, "left", 1304) - _number(margins, "right", 1304)

    def _height(self) -> int:
        size, margins = self._page.find(qn("w:pgSz")), self._page.find(qn("w:pgMar"))
        across, up = _number(size, "w", 11906), _number(size, "h", 16838)
        if self._turned:
            up = min(across, up)
        return up - _number(margins, "top", 1247) - _number(margins, "bottom", 1247)

    def _picture(self, picture: Picture) -> None:
        self._pictures += 1
        box = (self._width() * 635, int(self._height() * 635 * 0.8))
        shown = drawing(picture, self._pictures * 10_000, box, self._ids)
        self._put(self._paragraph("Caption", run(picture.caption), picture.caption, keep=True))
        self._put(self._paragraph("Normal", element("w:r", shown)))

    def _turn(self, turned: Turned) -> None:
        """Set blocks on pages of their own that lie on their side."""
        self._end_pages(deepcopy(self._page))
        self._turned = True
        self.blocks(turned.blocks)
        self._turned = False
        own = deepcopy(self._page)
        size = own.get_or_add_pgSz()
        across, up = _number(size, "w", 11906), _number(size, "h", 16838)
        size.set(qn("w:w"), str(max(across, up)))
        size.set(qn("w:h"), str(min(across, up)))
        size.set(qn("w:orient"), "landscape")
        self._end_pages(own)

    def _end_pages(self, properties: Any) -> None:
        """End the pages so far; `properties` say how they lie."""
        last = self._paragraph("Break")
        last.pPr.append(properties)
        self._put(last)


def _anchor(number: int) -> str:
    return f"evidence_{number}"


def _number(found: Any, name: str, otherwise: int) -> int:
    value = None if found is None else found.get(qn(f"w:{name}"))
    try:
        return int(float(value)) if value else otherwise
    except ValueError:
        return otherwise
