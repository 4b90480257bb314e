"""docx: the words of a Word document in reading order.

Tracked insertions are kept and deletions dropped, as if all changes were accepted;
content controls, text boxes, hyperlinks and tables are kept. What stands outside the
running text (footnotes, comments, page headers) is counted and left out.
"""

import re
from collections import Counter

from lxml import etree

from workbench.errors import BrokenFile
from workbench.formats.flow import Flow
from workbench.formats.package import Package
from workbench.formats.sentences import counted, number_of
from workbench.formats.textfile import Letters, stored

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

_LETTERS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_LEFT_OUT = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
    "altChunk": "embedded document",
    "drawing": "picture",
    "pict": "picture",
    "object": "embedded object",
}
_HEADING = re.compile(r"(?i)^(?:heading|overskrift|\w?berschrift|titre|rubrik|kop)[ _-]?([1-9])$")
"""The identifiers of Word's headings, in the languages whose Word translates them."""
_SKIPPED = frozenset(("trPr", "tblPr", "tcPr", "sdtPr", "sectPr", "instrText", "delText"))


def letters(data: bytes, name: str, max_bytes: int) -> Letters:
    """Return the text of a docx file.

    Raises:
        BrokenFile, EncryptedFile, FileTooLarge: as `Package` says.
    """
    package = Package(data, name, max_bytes)
    body = _body(package.xml(_main_part(package)))
    if body is None:
        raise BrokenFile(name, "the Word document in it has no body.")
    reader = _Reader()
    reader.read(body)
    reader.count["page header or footer"] = _headers(package)
    text = reader.flow.text()
    as_it_is = stored(text) == text
    return Letters(
        stored(text),
        "docx",
        guesses=_kept(reader.kept),
        left_out=counted(reader.count),
        rows=reader.flow.rows() if as_it_is else (),
        headings=reader.flow.headings() if as_it_is else (),
    )


def _main_part(package: Package) -> str:
    """Return the name of the part with the words; nearly always the first asked for."""
    if "word/document.xml" in package.parts or "_rels/.rels" not in package.parts:
        return "word/document.xml"
    for relation in package.xml("_rels/.rels").iter(_RELATIONSHIPS + "Relationship"):
        if relation.get("Type", "").endswith("/officeDocument"):
            return str(relation.get("Target", "")).lstrip("/")
    return "word/document.xml"


def _body(root: etree._Element) -> etree._Element | None:
    body = root.find(_W + "body")
    return root.find(_STRICT + "body") if body is None else body


def _headers(package: Package) -> int:
    """Count page headers and footers that hold words."""
    return sum(
        re.search(rb"<w:t[ >]", package.bytes(part)) is not None
        for part in package.parts
        if re.match(r"word/(header|footer)\d*\.xml$", part)
    )


def _kept(kept: Counter[str]) -> tuple[str, ...]:
    return tuple(f"{number_of(n, what)} came in with the text." for what, n in kept.items() if n)


def _local(tag: object) -> str:
    """Return the name of an element of Word, “” for any other."""
    if not isinstance(tag, str):
        return ""
    for space in (_W, _STRICT):
        if tag.startswith(space):
            return tag[len(space) :]
    return {_MATH + "t": "t", _MC + "Fallback": "Fallback"}.get(tag, "")


class _Reader:
    """One walk through a document body."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.count: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()

    def read(self, body: etree._Element) -> None:
        walk = etree.iterwalk(body, events=("start", "end"))
        names: dict[object, str] = {}
        for event, element in walk:
            tag = element.tag
            local = names.get(tag)
            if local is None:
                local = names[tag] = _local(tag)
            if event == "end":
                self._end(local, element)
            elif self._start(local, element):
                walk.skip_subtree()

    def _start(self, local: str, element: etree._Element) -> bool:
        """Take an element as it opens; return whether to pass over what is in it."""
        match local:
            case "t":
                self.flow.write(element.text or "")
            case "p":
                self.flow.open_paragraph()
            case "pPr":
                self._properties(element)
                return True
            case "tc" | "txbxContent":
                self.flow.open_container()
            case "tr":
                self.flow.open_row()
                return self._row_deleted(element)
            case "tab" | "cr" | "noBreakHyphen" | "softHyphen":
                self.flow.write(_LETTERS[local])
            case "br":
                self._break(element)
            case "sym":
                self.flow.write(_symbol(element))
            case "Fallback":
                return element.getprevious() is not None
            case "rPr":
                self.kept["stretch of hidden text"] += _is_on(element, "vanish")
                return True
            case "del" | "moveFrom":
                self.count["tracked deletion"] += 1
                return True
            case _ if local in _LEFT_OUT:
                self._set_aside(local, element)
                return local not in ("drawing", "pict", "object")
        return local in _SKIPPED

    def _end(self, local: str, element: etree._Element) -> None:
        match local:
            case "p":
                self.flow.close_paragraph(mark_deleted=_mark_deleted(element))
            case "tc":
                self.flow.close_cell(_columns(element))
            case "txbxContent":
                self.flow.close_box()
            case "tr":
                self.flow.close_row()

    def _break(self, element: etree._Element) -> None:
        kind = element.get(_W + "type") or element.get(_STRICT + "type")
        if kind not in ("page", "column"):
            self.flow.write("\n")

    def _properties(self, element: etree._Element) -> None:
        self.count["list number or bullet"] += any(
            _local(child.tag) == "numPr" for child in element
        )
        for child in element:
            if _local(child.tag) == "pStyle" and (found := _HEADING.search(_value(child))):
                self.flow.mark_heading(int(found.group(1)))

    def _row_deleted(self, row: etree._Element) -> bool:
        deleted = any(
            _local(child.tag) == "trPr" and any(_local(mark.tag) == "del" for mark in child)
            for child in row
        )
        self.count["tracked deletion"] += deleted
        return deleted

    def _set_aside(self, local: str, element: etree._Element) -> None:
        if not any(_local(inner.tag) == "txbxContent" for inner in element.iter()):
            self.count[_LEFT_OUT[local]] += 1


def _value(element: etree._Element) -> str:
    return str(element.get(_W + "val") or element.get(_STRICT + "val") or "")


def _columns(cell: etree._Element) -> int:
    """Return how many columns of its table a cell takes."""
    if len(cell) and _local(cell[0].tag) == "tcPr":
        for child in cell[0]:
            if _local(child.tag) == "gridSpan" and re.fullmatch("[0-9]{1,3}", _value(child)):
                return max(1, int(_value(child)))
    return 1


def _is_on(properties: etree._Element, name: str) -> bool:
    for child in properties:
        if _local(child.tag) == name:
            value = child.get(_W + "val") or child.get(_STRICT + "val")
            return value not in ("0", "false", "off")
    return False


def _mark_deleted(paragraph: etree._Element) -> bool:
    """Say whether a tracked deletion takes the end of the paragraph away."""
    if not len(paragraph) or _local(paragraph[0].tag) != "pPr":
        return False
    marks = [mark for run in paragraph[0] if _local(run.tag) == "rPr" for mark in run]
    return any(_local(mark.tag) in ("del", "moveFrom") for mark in marks)


def _symbol(element: etree._Element) -> str:
    code = element.get(_W + "char") or element.get(_STRICT + "char") or ""
    if not re.fullmatch(r"[0-9A-Fa-f]{1,5}", code):
        return "\ufffd"
    letter = chr(int(code, 16))
    return letter if letter.isprintable() or 0xE000 <= ord(letter) < 0xF900 else "\ufffd"
