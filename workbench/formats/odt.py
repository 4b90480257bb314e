"""odt: the words of an OpenDocument text in reading order.

Tables and lists are kept; text that tracked changes have deleted is stored apart in
this format and stays out; annotations, notes and page headers are counted and left out.
"""

import re
from collections import Counter

from lxml import etree

from workbench.errors import BrokenFile, EncryptedFile
from workbench.formats.flow import Flow
from workbench.formats.package import Package
from workbench.formats.sentences import counted
from workbench.formats.textfile import Letters, stored

_OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
_OFFICE = _OASIS + "office:1.0}"
_MOST_SPACES = 1000
_LEFT_OUT = {
    "annotation": "comment",
    "note": "footnote or endnote",
    "image": "picture",
    "object": "embedded object",
}
_SKIPPED = frozenset(("svg title", "svg desc", "forms", "binary-data", "script", "event-listeners"))
_SPACES = ("text", "table", "drawing", "office")


def letters(data: bytes, name: str, max_bytes: int) -> Letters:
    """Return the text of an odt file.

    Raises:
        EncryptedFile: the document is saved with a password.
        BrokenFile, FileTooLarge: as `Package` says.
    """
    package = Package(data, name, max_bytes)
    if _locked(package):
        raise EncryptedFile(name)
    body = package.xml("content.xml").find(f"{_OFFICE}body/{_OFFICE}text")
    if body is None:
        raise BrokenFile(name, "the OpenDocument file in it is not a text.")
    reader = _Reader()
    reader.read(body)
    reader.count["page header or footer"] = _headers(package)
    text = reader.flow.text()
    as_it_is = stored(text) == text
    return Letters(
        stored(text),
        "odt",
        left_out=counted(reader.count),
        rows=reader.flow.rows() if as_it_is else (),
        headings=reader.flow.headings() if as_it_is else (),
    )


def _locked(package: Package) -> bool:
    if "encrypted-package" in package.parts:
        return True
    manifest = "META-INF/manifest.xml"
    return manifest in package.parts and b"encryption-data" in package.bytes(manifest)


def _headers(package: Package) -> int:
    """Count page headers and footers that hold words."""
    if "styles.xml" not in package.parts:
        return 0
    found = re.findall(
        rb"<style:(?:header|footer)(?:-left|-first)?>(.{0,2000})", package.bytes("styles.xml"), re.S
    )
    return sum(
        re.search(rb">[^<\s]", content.partition(b"</style:")[0]) is not None for content in found
    )


def _local(tag: object) -> str:
    """Return the name of an element of OpenDocument, “” for any other."""
    if not isinstance(tag, str) or not tag.startswith(_OASIS):
        return ""
    space, _, local = tag[len(_OASIS) :].partition("}")
    space = space.partition(":")[0]
    if space == "svg-compatible":
        return f"svg {local}"
    return local if space in _SPACES else ""


class _Reader:
    """One walk through a document body."""

    def __init__(self) -> None:
        self.flow = Flow()
        self.count: Counter[str] = Counter()
        self._after_space = True

    def read(self, body: etree._Element) -> None:
        walk = etree.iterwalk(body, events=("start", "end"))
        names: dict[object, str] = {}
        for event, element in walk:
            tag = element.tag
            local = names.get(tag)
            if local is None:
                local = names[tag] = _local(tag)
            if event == "end":
                self._end(local)
                self._words(element.tail)
            elif self._start(local, element):
                walk.skip_subtree()
            else:
                self._words(element.text)

    def _words(self, words: str | None) -> None:
        """Write a stretch of text; a run of white space in the XML is one space, or none
        at the beginning of a paragraph (ODF 1.3, part 3, 6.1.2)."""
        if words and self.flow.in_paragraph:
            words = re.sub(r"[ \t\r\n]+", " ", words)
            if self._after_space:
                words = words.removeprefix(" ")
            if words:
                self.flow.write(words)
                self._after_space = words[-1] == " "

    def _start(self, local: str, element: etree._Element) -> bool:
        """Take an element as it opens; return whether to pass over what is in it."""
        match local:
            case "p" | "h":
                self.flow.open_paragraph()
                self._after_space = True
                if local == "h":
                    self.flow.mark_heading(_number(element, "outline-level"))
            case "s":
                self.flow.write(" " * _spaces(element))
            case "tab":
                self.flow.write("\t")
            case "line-break":
                self.flow.write("\n")
            case "table-cell" | "covered-table-cell" | "text-box":
                self.flow.open_container()
            case "table-row":
                self.flow.open_row()
            case "list-item":
                self.count["list number or bullet"] += 1
            case "tracked-changes":
                self.count["tracked deletion"] += sum(
                    _local(inner.tag) == "deletion" for inner in element.iter()
                )
                return True
            case _ if local in _LEFT_OUT:
                self.count[_LEFT_OUT[local]] += 1
                return True
        return local in _SKIPPED or local.endswith("-source")

    def _end(self, local: str) -> None:
        match local:
            case "p" | "h":
                self.flow.close_paragraph()
            case "table-cell" | "covered-table-cell":
                self.flow.close_cell()
            case "table-row":
                self.flow.close_row()
            case "text-box":
                self.flow.close_box()


def _spaces(element: etree._Element) -> int:
    """Return how many spaces `text:s` stands for, at most a thousand."""
    return min(_number(element, "c"), _MOST_SPACES)


def _number(element: etree._Element, name: str) -> int:
    """Return an attribute that is a number, 1 where it is none."""
    number = str(element.get(f"{_OASIS}text:1.0}}{name}", "1"))
    return int(number) if re.fullmatch(r"[0-9]{1,9}", number) else 1
