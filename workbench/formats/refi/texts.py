"""The texts of a project: which elements have one, and where it is."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from workbench.errors import BinaryFile, BrokenFile
from workbench.formats import docx, textfile
from workbench.formats.refi.elements import child, children, inside, local, named, own, words
from workbench.formats.refi.offsets import RawText
from workbench.formats.refi.package import MAX_XML, Exchange
from workbench.formats.refi.project import SourceKind
from workbench.model.report import ImportReport

KINDS: dict[str, SourceKind] = {
    "TextSource": "text",
    "PDFSource": "PDF",
    "AudioSource": "audio",
    "VideoSource": "video",
}
"""The elements that can have a text, and what they are called."""

_NO_TEXT = "the file names no text of it"
_FORMATTED = "the formatted text was read, as there is no plain one"


@dataclass(frozen=True, slots=True)
class Bearer:
    """A source, and the element that has its text and the positions in it.

    They are one for a text; a PDF has a representation, a recording its transcripts.
    """

    source: etree._Element
    element: etree._Element
    kind: SourceKind
    guid: str
    name: str

    @property
    def path(self) -> str:
        """Return where the plain text is, as the file writes it."""
        return str(self.element.get("plainTextPath", "")).strip()


@dataclass(frozen=True, slots=True)
class Text:
    """A text that was found, as it stood in its file, with the bytes that it came from."""

    raw: RawText
    content: bytes
    filename: str
    encoding: str
    formatted: bool = False
    """Whether it is that of the formatted document, over which nobody counted."""


def bearers(root: etree._Element) -> Iterator[Bearer]:
    """Yield every element that should have a text, under its source."""
    for source in inside(root, "Sources", *KINDS):
        kind, name = KINDS[local(source)], named(source) or "source without a name"
        if kind == "text":
            yield Bearer(source, source, kind, own(source), name)
        pages = list(children(source, "Representation"))
        if kind == "PDF" and not pages:
            yield Bearer(source, source, kind, own(source), name)
        for element in pages:
            yield Bearer(source, element, kind, own(source), name)
        transcripts = list(children(source, "Transcript"))
        for number, element in enumerate(transcripts, 1):
            called = named(element) or (name if len(transcripts) == 1 else f"{name} ({number})")
            yield Bearer(source, element, kind, own(element) or own(source), called)


def text_of(bearer: Bearer, exchange: Exchange, report: ImportReport) -> Text | str:
    """Return the text of an element, or why there is none.

    Raises:
        BadFile: the archive has it, and is made so that nobody should read it.
    """
    content = child(bearer.element, "PlainTextContent")
    found = exchange.part(bearer.path) if bearer.path else None
    if found is not None:
        return _plain(*found, bearer.name, report)
    if content is not None:
        raw = words(bearer.element, "PlainTextContent")
        return _some(Text(RawText(raw, line_ends_lost=True), raw.encode(), bearer.name, "XML"))
    rich = bearer.element.get("richTextPath", "").strip()
    held = exchange.part(rich) if rich else None
    if held is not None and held[0].casefold().endswith(".docx"):
        return _formatted(*held, bearer.name, report)
    if not bearer.path:
        return _NO_TEXT
    if is_outside(bearer.path):
        return "the words lie outside the file"
    return "the words are not in the file"


def is_outside(path: str) -> bool:
    """Tell whether a path leads to a place outside the archive, on the machine that wrote it."""
    return path.strip().casefold().startswith(("relative:", "absolute:"))


def _plain(entry: str, content: bytes, name: str, report: ImportReport) -> Text | str:
    try:
        letters = textfile.letters(content, entry)
        raw, encoding, _ = textfile.decoded(content, entry)
    except (BinaryFile, BrokenFile) as error:
        problem = error.problem.rstrip(".")
        return f"nobody can read its text: {problem}"
    for guess in letters.guesses:
        report.guess(guess.rstrip("."), "", "likely", name)
    marked = any(content.startswith(mark) for mark, _, _ in textfile.MARKS)
    return _some(Text(RawText("\ufeff" + raw if marked else raw), content, entry, encoding))


def _formatted(entry: str, content: bytes, name: str, report: ImportReport) -> Text | str:
    try:
        letters = docx.letters(content, entry, MAX_XML)
    except BrokenFile as error:
        problem = error.problem.rstrip(".")
        return f"nobody can read its text: {problem}"
    report.guess(_FORMATTED, "the file has nothing else of it", "unsure", name)
    report.notes += [f"{name}: {told}" for told in (*letters.guesses, *letters.left_out)]
    return _some(Text(RawText(letters.text), content, entry, letters.encoding, formatted=True))


def _some(text: Text) -> Text | str:
    return text if text.raw.text.strip() else "its text is empty"
