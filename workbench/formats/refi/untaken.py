"""What of a project is nothing that comes in: counted, so that nobody misses it unawares.

Pictures, recordings, PDFs, formatted texts and graphs are kept besides (see `parts` and
`documents`). What is told where it is read (texts, selections, codings, values) is not told
again here.
"""

from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath

from lxml import etree

from workbench.formats.refi import documents
from workbench.formats.refi.elements import child, children, inside, local, named, parent_of
from workbench.formats.refi.package import Exchange
from workbench.formats.refi.schema import GUID
from workbench.formats.refi.texts import is_outside
from workbench.model.report import ImportReport, LeftOut

_MEDIA = {"PictureSource": "pictures", "AudioSource": "recordings", "VideoSource": "videos"}
_MARKS = {
    "PictureSelection": "parts of pictures",
    "AudioSelection": "stretches of recordings",
    "VideoSelection": "stretches of videos",
}
_READ = frozenset(("TextSource", "Representation", "Transcript", "Note"))
"""Elements whose plain text comes in, or is told where it is looked for."""
_PATHS = ("path", "plainTextPath", "richTextPath")


def tell(
    root: etree._Element, exchange: Exchange, same_source: Mapping[str, str], report: ImportReport
) -> None:
    """Note what does not come in, with how many of each there are.

    `same_source` leads from elements with a text to the source that it came in as.
    """
    _tell_of_media(root, report)
    _tell_of_files(root, exchange, report)
    changed = sum(1 for _ in documents.changed(root, same_source))
    _tell_of_elements(root, changed, report)


def _tell_of_media(root: etree._Element, report: ImportReport) -> None:
    """Note pictures, recordings and videos, and what is selected in them."""
    for source in inside(root, "Sources", *_MEDIA):
        report.leave_out(_MEDIA[local(source)], "only texts come in", named(source))
        marks = Counter(local(e) for e in children(source, *_MARKS))
        for mark, number in marks.items():
            report.leave_out(_MARKS[mark], "only texts come in", named(source), number)


def _tell_of_elements(root: etree._Element, changed: int, report: ImportReport) -> None:
    """Note elements that are nothing here, wherever they stand."""
    held = Counter(map(local, root.iter(etree.Element)))
    values = sum(parent_of(e) in ("TextDescription", "Note") for e in _all(root, "VariableValue"))
    of_areas = sum(parent_of(e) == "PDFSelection" for e in _all(root, "Representation"))
    _tell(report, "codings", "they are of pictures or recordings", _codings_of_media(root))
    why = "who made something is taken over, not who changed it last"
    _tell(report, "last changes", why, changed)
    _tell(report, "values", "they are of notes or of texts about pictures", values)
    why = "the text of the whole PDF comes in"
    _tell(report, "texts of areas of PDF pages", why, of_areas)
    _tell(report, "graphs", "drawings of other tools are not taken over", held["Graph"])


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    """Return the elements of a name, whatever their namespace: XPath is quick in large files."""
    return list(root.xpath("//*[local-name() = $name]", name=name))


def _having(root: etree._Element, *attributes: str) -> list[etree._Element]:
    """Return the elements that say something in one of these attributes."""
    return list(root.xpath("//*[" + " or ".join(f"@{a} != ''" for a in attributes) + "]"))


def _tell(report: ImportReport, what: str, why: str, number: int) -> None:
    if number:
        report.left_out.append(LeftOut(what, why, number))


def _codings_of_media(root: etree._Element) -> int:
    """Return how many codings pictures, and stretches of recordings and videos, have."""
    number = 0
    for source in inside(root, "Sources", *_MEDIA):
        held = [source] if local(source) == "PictureSource" else children(source, *_MARKS)
        number += sum(local(e) == "Coding" for h in held for e in h.iter(etree.Element))
    return number


def _tell_of_files(root: etree._Element, exchange: Exchange, report: ImportReport) -> None:
    """Note files that the project names and nobody reads, and those that it does not name."""
    known = set()
    for element in _having(root, *_PATHS):
        for attribute in _PATHS:
            path = element.get(attribute, "").strip()
            if path:
                known.add(exchange.entry(path))
                _tell_of_file(element, attribute, exchange, report)
    for entry in exchange.files:
        if entry not in known:
            report.leave_out("files", "nothing in the project names them", _called(entry))


def _tell_of_file(
    element: etree._Element, attribute: str, exchange: Exchange, report: ImportReport
) -> None:
    """Note a file that an element names, unless it is read, kept or told elsewhere."""
    path = element.get(attribute, "").strip()
    entry = exchange.entry(path)
    is_text = attribute == "plainTextPath" and local(element) in _READ
    if entry is None:
        why = "they lie outside the file" if is_outside(path) else "they are not in the file"
        if not is_text or parent_of(element) == "PDFSelection":
            report.leave_out("files", why, _of(element, path))
        return
    if is_outside(path):
        what = "a file of that name inside was taken for one that lies outside"
        report.guess(what, "the project names that one", "likely", _of(element, path))
    if attribute == "richTextPath" and _has_plain(element, exchange):
        report.leave_out("formatted texts", "their plain text comes in", _of(element, path))
    elif local(element) == "PDFSource":
        report.leave_out("PDF files", "only their text comes in", _of(element, path))
    elif local(element) == "TextDescription" or parent_of(element) == "PDFSelection":
        why = "they are texts about parts of a page or picture"
        report.leave_out("files", why, _of(element, path))


def _has_plain(element: etree._Element, exchange: Exchange) -> bool:
    path = element.get("plainTextPath", "").strip()
    inside_xml = child(element, "PlainTextContent") is not None
    return inside_xml or bool(path and exchange.entry(path))


def _called(path: str) -> str:
    """Return what a file is called, without its folders, which may tell of a machine."""
    return PurePosixPath(path.strip().replace("\\", "/")).name or path


def _of(element: etree._Element, path: str) -> str:
    """Return what a file is called; of one that has an identifier for a name, what it is of."""
    called = _called(path)
    if not GUID.fullmatch(called.partition(".")[0]):
        return called
    return next(filter(None, map(named, (element, *element.iterancestors()))), called)
