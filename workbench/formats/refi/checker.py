"""What a .qdpx keeps to so that other tools take it as it is meant: a function for each rule.

The first two rules are the standard's own; the others are no rules of the standard. They are
what the importers of other tools stumble over, as far as their files and sources show it.
"""

import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from workbench.formats.refi import schema
from workbench.formats.refi.elements import (
    child,
    children,
    inside,
    local,
    named,
    own,
    parent_of,
    words,
)
from workbench.formats.refi.elements import guid as plain
from workbench.formats.refi.nodes import LONGEST_NAME
from workbench.formats.refi.places import OWN_FOLDER, SOURCES, XML

_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Written:
    """An archive as it was written: its files, and its XML."""

    files: Mapping[str, bytes]
    root: etree._Element

    def each(self, *names: str) -> Iterator[etree._Element]:
        """Yield the elements of these names in the order of the file."""
        for element in self.root.iter(etree.Element):
            if local(element) in names:
                yield element

    def texts(self) -> Iterator[etree._Element]:
        """Yield the elements with the text of a source: texts, and those of PDFs."""
        for element in self.each("TextSource", "Representation"):
            if local(element) == "TextSource" or parent_of(element) == "PDFSource":
                yield element

    def text_of(self, source: etree._Element) -> str:
        """Return the words of a text; nothing where its file is not here."""
        path = source.get("plainTextPath", "")
        content = self.files.get(f"{SOURCES}/{path.removeprefix('internal://')}", b"")
        return content.decode("utf-8", "replace") if path else words(source, "PlainTextContent")


Check = Callable[[Written], Iterator[str]]


def opened(path: Path) -> Written:
    """Return what an archive holds; for files of our own, as it is not read with caution."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return Written(files, etree.fromstring(files[XML]))


def faults(written: Written) -> list[str]:
    """Return every breach of every rule, as half a sentence."""
    return [said for check in CHECKS for said in check(written)]


def keeps_the_schema(written: Written) -> Iterator[str]:
    """Elements, their order, attributes, values and colours; nothing is empty that may not be.

    ATLAS.ti refuses a file whose elements stand in another order.
    """
    yield from schema.faults(written.root, "project")


def nothing_dangles(written: Written) -> Iterator[str]:
    """Each identifier stands once, and what refers to something refers to what is there."""
    yield from schema.loose_ends(written.root)


def positions_are_in_the_text(written: Written) -> Iterator[str]:
    """Selections begin before they end, in the text: MAXQDA makes odd things of empty ones."""
    for source in written.texts():
        length = len(written.text_of(source))
        for one in children(source, "PlainTextSelection"):
            start, end = int(one.get("startPosition", "")), int(one.get("endPosition", ""))
            if not 0 <= start < end <= length:
                yield f"{start} to {end} is not in a text of {length}"


def names_are_the_words(written: Written) -> Iterator[str]:
    """A selection is called as it begins, so that anybody can tell how positions are counted.

    A hundred letters do: QualCoder wrote whole quotes there, line ends and all.
    """
    for source in written.texts():
        text = written.text_of(source)
        for one in children(source, "PlainTextSelection"):
            quote = text[int(one.get("startPosition", "")) : int(one.get("endPosition", ""))]
            name = one.get("name", "")
            cut = name.removesuffix("…") if len(name) < len(quote) or name != quote else name
            if not "".join(quote.split()).startswith("".join(cut.split())) or not cut:
                yield f"“{name}” is not what “{quote[:100]}” begins with"
            if len(name) > LONGEST_NAME:
                yield f"a name has {len(name)} letters"


def the_archive_is_laid_out(written: Written) -> Iterator[str]:
    """project.qde stands alone at the root, texts in one flat folder in small letters.

    ATLAS.ti refuses “Sources”, and names its own XML after the project.
    """
    for name in written.files:
        folder, _, file = name.rpartition("/")
        if name != XML and not name.startswith(OWN_FOLDER) and (folder != SOURCES or not file):
            yield f"“{name}” has no place in the archive"


def paths_lead_to_files(written: Written) -> Iterator[str]:
    """Texts are named by internal:// and their file, and each file is named so.

    QualCoder breaks down over a path without a scheme.
    """
    named_files = set()
    for element in written.root.iter(etree.Element):
        for attribute in ("plainTextPath", "richTextPath", "path"):
            path = element.get(attribute)
            if path is None:
                continue
            file = f"{SOURCES}/{path.removeprefix('internal://')}"
            named_files.add(file)
            if not path.startswith("internal://") or file not in written.files:
                yield f"“{path}” leads to no file of the archive"
    for name in written.files:
        if name.startswith(f"{SOURCES}/") and name not in named_files:
            yield f"“{name}” is the file of nothing"


def texts_are_plain(written: Written) -> Iterator[str]:
    """Texts are UTF-8 without a byte order mark, and each line end is one letter.

    NVivo, MAXQDA and ATLAS.ti count a CR LF differently, and marks too.
    """
    for name, content in written.files.items():
        if name.startswith(f"{SOURCES}/") and name.endswith(".txt"):
            if content.startswith(_MARK):
                yield f"“{name}” has a byte order mark"
            if b"\r" in content:
                yield f"“{name}” has line ends of two letters"
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                yield f"“{name}” is not UTF-8"


def the_xml_is_plain(written: Written) -> Iterator[str]:
    """The XML says that it is UTF-8, and neither a mark nor anything else stands before that.

    QualCoder wrote a byte order mark there, and others refused its files.
    """
    head = written.files[XML][:100].lower()
    if not head.startswith(b"<?xml ") or b"utf-8" not in head:
        yield "the XML does not begin with its declaration"
    if written.root.getroottree().docinfo.doctype:
        yield "the XML declares a document type"


def identifiers_are_capitals(written: Written) -> Iterator[str]:
    """Identifiers are in capitals and without braces: ATLAS.ti and MAXQDA are said to want that."""
    for element in written.root.iter(etree.Element):
        for name, value in element.attrib.items():
            is_one = schema.VALUE_OF.get(str(name)) == "GUID"
            if is_one and (value != value.upper() or value.startswith("{")):
                yield f"“{value}” is not in capitals"


def somebody_made_each_coding(written: Written) -> Iterator[str]:
    """Codings and their selections say by whom and when: QualCoder breaks down over no date."""
    for element in written.each("Coding", "PlainTextSelection"):
        if local(element) == "Coding" or child(element, "Coding") is not None:
            for wanted in ("creatingUser", "creationDateTime"):
                if not element.get(wanted):
                    yield f"a “{local(element)}” has no “{wanted}”"


def a_selection_is_of_one_coder(written: Written) -> Iterator[str]:
    """Codings are by whom their selection is by: QualCoder takes the coder from there."""
    for selection in written.each("PlainTextSelection"):
        for coding in children(selection, "Coding"):
            if coding.get("creatingUser") != selection.get("creatingUser"):
                yield "a coding is by another coder than its selection"


def a_coder_gives_a_code_once(written: Written) -> Iterator[str]:
    """One coder gives one code to one selection once: the second is lost in QualCoder."""
    for selection in written.each("PlainTextSelection"):
        given = Counter(
            (coding.get("creatingUser"), ref.get("targetGUID"))
            for coding in children(selection, "Coding")
            for ref in children(coding, "CodeRef")
        )
        yield from ("a selection has a code twice" for n in given.values() if n > 1)


def cases_hold_their_values(written: Written) -> Iterator[str]:
    """Values of attributes stand in cases, as NVivo and QualCoder read them, not in texts.

    A picture of no case, or a note, has nowhere else to have its values.
    """
    for value in written.each("VariableValue"):
        above = value.getparent()
        texts = {"TextSource", "Representation", "Transcript"} & {local(above), *map(local, above)}
        if texts:
            yield f"a value stands in a “{local(above)}”"


def everything_is_named(written: Written) -> Iterator[str]:
    """Users, codes, attributes, cases and texts have names: MAXQDA's cases without are lost."""
    for element in written.each("User", "Code", "Variable", "Case", "TextSource", "PDFSource"):
        if not named(element):
            yield f"a “{local(element)}” has no name"


def names_of_texts_differ(written: Written) -> Iterator[str]:
    """No two texts, users, cases or attributes are of one name: QualCoder drops the second."""
    texts = [e if local(e) == "TextSource" else e.getparent() for e in written.texts()]
    others = {kind: list(written.each(kind)) for kind in ("User", "Variable", "Case")}
    for kind, elements in {**others, "TextSource": texts}.items():
        known = Counter(named(e).casefold() for e in elements)
        yield from (f"{n} of “{kind}” are called “{name}”" for name, n in known.items() if n > 1)


def names_are_one_line(written: Written) -> Iterator[str]:
    """Names have no line ends or tabs, which attributes lose."""
    for element in written.root.iter(etree.Element):
        if any(letter in element.get("name", "") for letter in "\n\r\t"):
            yield f"the name of a “{local(element)}” has several lines"


def codes_can_be_given(written: Written) -> Iterator[str]:
    """No coding gives a folder: requal passes over codes that are not codable."""
    codable = {own(c) for c in written.each("Code") if c.get("isCodable") == "true"}
    for ref in written.each("CodeRef"):
        if parent_of(ref) == "Coding" and plain(ref.get("targetGUID")) not in codable:
            yield "a coding gives a folder of codes"


def notes_have_words(written: Written) -> Iterator[str]:
    """Notes stand in the list of the project and have words: ATLAS.ti keeps no others."""
    for note in inside(written.root, "Notes", "Note"):
        if not (words(note, "PlainTextContent").strip() or note.get("plainTextPath")):
            yield f"the note “{named(note)}” has no words"


def nothing_tells_of_the_machine(written: Written) -> Iterator[str]:
    """No path of the machine is in the file: basePath has told the names of users."""
    for element in written.root.iter(etree.Element):
        for name, value in element.attrib.items():
            if name in ("basePath", "currentPath") or "absolute://" in value:
                yield f"“{value}” tells of the machine"


CHECKS: tuple[Check, ...] = (
    keeps_the_schema,
    nothing_dangles,
    positions_are_in_the_text,
    names_are_the_words,
    the_archive_is_laid_out,
    paths_lead_to_files,
    texts_are_plain,
    the_xml_is_plain,
    identifiers_are_capitals,
    somebody_made_each_coding,
    a_selection_is_of_one_coder,
    a_coder_gives_a_code_once,
    cases_hold_their_values,
    everything_is_named,
    names_of_texts_differ,
    names_are_one_line,
    codes_can_be_given,
    notes_have_words,
    nothing_tells_of_the_machine,
)
