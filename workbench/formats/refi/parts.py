"""Pictures, recordings, videos, graphs and PDFs without a text: they go out again as they came.

They are kept as XML of the standard's own elements without a namespace, with no more than the
standard allows, so that what is written of them is valid whatever was read. Identifiers are in
lower case and without braces; attributes that name files or users' folders are left away.
"""

from collections.abc import Container, Mapping
from copy import deepcopy
from pathlib import PurePosixPath

from lxml import etree

from workbench.errors import BinaryFile, BrokenFile
from workbench.formats import textfile
from workbench.formats.refi import schema
from workbench.formats.refi.elements import child, children, guid, inside, local, named, own
from workbench.formats.refi.kept_xml import text_of
from workbench.formats.refi.nodes import clean, one_line
from workbench.formats.refi.package import Exchange
from workbench.formats.refi.project import PartKind, RefiPart
from workbench.model.report import ImportReport

MOST_BYTES = 200_000_000
"""Bytes of all files of pictures and recordings that are kept of one project."""

KINDS: Mapping[str, PartKind] = {
    "PictureSource": "picture",
    "AudioSource": "recording",
    "VideoSource": "video",
    "PDFSource": "PDF",
    "Graph": "graph",
}
LEFT = ("Transcript",)
"""Elements that come in otherwise, or are told."""
_PATHS = ("path", "currentPath", "plainTextPath", "richTextPath")


class Files:
    """The files of an archive, taken as long as they are not too much together."""

    def __init__(self, exchange: Exchange, report: ImportReport) -> None:
        self.exchange, self._report, self._left = exchange, report, MOST_BYTES

    def taken(self, path: str) -> tuple[str, bytes]:
        """Return the name and bytes of a file; nothing where it is not in the archive.

        Raises:
            BadFile: it is made so that nobody should read it.
        """
        found = self.exchange.part(path.strip()) if path.strip() else None
        if found is None:
            return "", b""
        filename, content = PurePosixPath(found[0]).name, found[1]
        if len(content) > self._left:
            why = f"files of more than {MOST_BYTES // 1_000_000} MB together are not kept"
            self._report.leave_out("files of pictures, recordings and documents", why, filename)
            return "", b""
        self._left -= len(content)
        return filename, content


def read(
    root: etree._Element,
    files: Files,
    texts: Container[str],
    of_cases: Container[str],
    report: ImportReport,
) -> tuple[RefiPart, ...]:
    """Return the parts of a project that are kept, with the files that belong to them.

    `texts` are the identifiers of sources of which a text came in: PDFs among them are not kept
    as parts (see `documents`). `of_cases` are those whose values cases have.

    Raises:
        BadFile: a file is made so that nobody should read it.
    """
    media = inside(root, "Sources", *(name for name in KINDS if name != "Graph"))
    found = []
    for element in (*media, *inside(root, "Graphs", "Graph")):
        kind = KINDS[local(element)]
        if kind == "PDF" and own(element) in texts:
            continue
        whole = deepcopy(element)
        put_words(child(whole, "TextDescription"), files)
        elsewhere = ["Representation"] if kind == "PDF" else []
        elsewhere += ["VariableValue"] if own(element) in of_cases else []
        for came_in in list(children(whole, *elsewhere)):
            whole.remove(came_in)
        made = sound(whole)
        tell_what_is_not_sound(whole, made, named(element), report)
        if made is not None:
            file = files.taken(element.get("path", ""))
            found.append(RefiPart(kind, own(element), named(element), text_of(made), *file))
    return tuple(found)


def put_words(text: etree._Element | None, files: Files) -> None:
    """Put words into the XML that stand in a file of their own, where it has some.

    Line ends stay as they are, so that positions in the words do.
    """
    path = "" if text is None else text.get("plainTextPath", "")
    if text is None or not path or child(text, "PlainTextContent") is not None:
        return
    filename, content = files.taken(path)
    try:
        textfile.letters(content, filename)
        words, _, _ = textfile.decoded(content, filename)
    except (BinaryFile, BrokenFile):
        return
    if words.strip():
        space = etree.QName(text).namespace
        there = etree.Element(f"{{{space}}}PlainTextContent" if space else "PlainTextContent")
        there.text = clean(words)
        text.insert(0, there)


def tell_what_is_not_sound(
    element: etree._Element, sound: etree._Element | None, name: str, report: ImportReport
) -> None:
    """Note how many elements of a picture, recording, PDF or graph cannot be kept."""
    kept = 0 if sound is None else sum(1 for _ in sound.iter())
    above = ((e, *e.iterancestors()) for e in element.iter(etree.Element))
    lost = sum(not any(local(a) in LEFT for a in line) for line in above) - kept
    if lost:
        why = "they leave the standard, so that they cannot go out again"
        report.leave_out("elements of what is kept", why, name or report.source, lost)


def sound(element: etree._Element) -> etree._Element | None:
    """Return an element with what the standard allows of it; None where it lacks what it must."""
    rule = schema.PROJECT[local(element)]
    made = etree.Element(local(element))
    if rule.value is not None:
        made.text = clean("".join(str(t) for t in element.itertext()))
        return made if schema.fits(rule.value, made.text) else None
    for name, needed in rule.attributes.items():
        value = _value(name, element.get(name, ""))
        if value and name not in _PATHS:
            made.set(name, value)
        elif needed:
            return None
    for allowed in rule.children:
        kids = [e for e in element if local(e) == allowed.name and allowed.name not in LEFT]
        good = [k for k in map(sound, kids if allowed.many else kids[:1]) if k is not None]
        if len(good) < allowed.least:
            return None
        made.extend(good)
    for one_too_many in made[2:] if made.tag == "VariableValue" else ():
        made.remove(one_too_many)
    return made


def _value(name: str, written: str) -> str:
    """Return the value of an attribute; nothing where it is none of its kind."""
    kind = schema.VALUE_OF.get(name)
    if kind is None:
        return one_line(written)
    said = guid(written) if kind == "GUID" else written.strip()
    return said if schema.fits(kind, said) else ""
