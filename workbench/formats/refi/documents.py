"""How texts and notes are laid out: PDFs with areas of their pages, formatted documents.

Their words come in; the rest is kept for the way out, with who changed what last. An area that
is a selection of the text too has given that what it held (see `areas`): its place is kept.
"""

from collections.abc import Container, Iterator, Mapping
from copy import deepcopy

from lxml import etree

from workbench.formats.refi.elements import (
    child,
    children,
    guid,
    inside,
    local,
    moment,
    named,
    own,
    parent_of,
)
from workbench.formats.refi.kept_xml import text_of
from workbench.formats.refi.parts import KINDS, Files, put_words, sound, tell_what_is_not_sound
from workbench.formats.refi.project import RefiChange, RefiDocument
from workbench.model.framework import stable_id
from workbench.model.report import ImportReport

_CAME_IN = ("Description", "Coding", "NoteRef")
"""What an area gives to the selection of the text that it is."""


def read(
    root: etree._Element,
    files: Files,
    same_source: Mapping[str, str],
    selections: Container[str],
    notes: Container[str],
    report: ImportReport,
) -> tuple[RefiDocument, ...]:
    """Return the documents of the texts and notes that came in, with their files.

    `same_source` leads from elements with a text to the source that it came in as;
    `selections` and `notes` are the identifiers of those that came in.

    Raises:
        BadFile: a file is made so that nobody should read it.
    """
    found: dict[tuple[str, str], RefiDocument] = {}
    for pdf in inside(root, "Sources", "PDFSource"):
        of = same_source.get(own(pdf)) if own(pdf) else ""
        if of:
            areas = _areas(pdf, selections, files, report)
            file = files.taken(pdf.get("path", ""))
            if areas or file[1]:
                found.setdefault(("pages", of), RefiDocument("pages", of, named(pdf), areas, *file))
    for element in root.xpath("//*[@richTextPath != '']"):
        of = _laid_out(element, same_source, notes)
        filename, content = files.taken(element.get("richTextPath")) if of else ("", b"")
        if content:
            said = RefiDocument("formatted", of, named(element), "", filename, content)
            found.setdefault(("formatted", of), said)
    return tuple(found.values())


def _laid_out(
    element: etree._Element, same_source: Mapping[str, str], notes: Container[str]
) -> str:
    """Return the source or note of which an element has the text; nothing where it did not come."""
    if local(element) == "Note":
        return own(element) if own(element) in notes else ""
    if local(element) == "TextSource" or parent_of(element).endswith("Source"):
        named_by = filter(None, (own(element), own(element.getparent())))
        return next(filter(None, map(same_source.get, named_by)), "")
    return ""


def _areas(
    pdf: etree._Element, selections: Container[str], files: Files, report: ImportReport
) -> str:
    """Return the areas of a PDF as they are kept; nothing where it has none."""
    held, seen = etree.Element("PDFSource"), set[str]()
    for area in children(pdf, "PDFSelection"):
        copied = deepcopy(area)
        if own(area) in selections:
            for came_in in list(children(copied, *_CAME_IN)):
                copied.remove(came_in)
        if own(area) in seen:
            copied.set("guid", stable_id("refi-qda", "area", f"{own(area)} {len(held)}"))
        seen.add(own(area))
        put_words(child(copied, "Representation"), files)
        made = sound(copied)
        tell_what_is_not_sound(copied, made, named(pdf), report)
        if made is not None:
            held.append(made)
    return text_of(held) if len(held) else ""


def changes(root: etree._Element, same_source: Mapping[str, str]) -> tuple[RefiChange, ...]:
    """Return who changed sources, selections and notes last, one change for each of them."""
    found: dict[str, RefiChange] = {}
    for element in changed(root, same_source):
        of = same_source.get(own(element)) or own(element)
        user, at = guid(element.get("modifyingUser")), moment(element.get("modifiedDateTime"))
        if of and (user or at):
            found.setdefault(of, RefiChange(of, user, at))
    return tuple(found.values())


def changed(root: etree._Element, same_source: Mapping[str, str]) -> Iterator[etree._Element]:
    """Yield the elements that say who changed them or when, but for those kept as XML."""
    said = "@modifyingUser != '' or @modifiedDateTime != ''"
    for element in root.xpath(f"/*//*[{said}]"):
        if not _is_kept(element, same_source):
            yield element


def _is_kept(element: etree._Element, same_source: Mapping[str, str]) -> bool:
    """Tell whether an element is part of what is kept as it stands in the XML."""
    for above in (element, *element.iterancestors()):
        name = local(above)
        if name == "Transcript" or (name, parent_of(above)) == ("Representation", "PDFSource"):
            return False
        if name == "PDFSource":
            return own(above) not in same_source
        if name in KINDS or name == "PDFSelection":
            return True
    return False
