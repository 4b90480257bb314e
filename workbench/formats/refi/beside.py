"""What stands beside the codings of a project: notes with what they are about, links, sets."""

from collections.abc import Mapping

from lxml import etree

from workbench.errors import BinaryFile, BrokenFile
from workbench.formats import textfile
from workbench.formats.refi.elements import (
    child,
    children,
    description,
    guid,
    inside,
    local,
    moment,
    named,
    own,
    targets,
    words,
)
from workbench.formats.refi.package import Exchange
from workbench.formats.refi.project import AnchorKind, RefiLink, RefiNote, RefiSet
from workbench.formats.refi.schema import COLOUR
from workbench.model.report import ImportReport

_SOURCES = frozenset(
    ("TextSource", "PDFSource", "AudioSource", "VideoSource", "Representation", "Transcript")
)


class Anchors:
    """What each identifier in a project is, for notes that are about it."""

    def __init__(
        self, root: etree._Element, same_source: Mapping[str, str], selections: set[str]
    ) -> None:
        self.kinds: dict[str, tuple[AnchorKind, str]] = {}
        self._same, self._selections = same_source, selections
        self.of_notes: dict[str, list[tuple[AnchorKind, str]]] = {}
        for element in root.iter(etree.Element):
            if element.get("guid") is not None:
                self.kinds.setdefault(own(element), self._kind(element))
        for element in root.iter(etree.Element):
            if local(element) == "NoteRef":
                self._add(guid(element.get("targetGUID")), self._kind(element.getparent()))
        for link in inside(root, "Links", "Link"):
            first, last = guid(link.get("originGUID")), guid(link.get("targetGUID"))
            for note, other in ((first, last), (last, first)):
                if self.kinds.get(note, ("",))[0] == "note" and other in self.kinds:
                    self._add(note, self.kinds[other])

    def _add(self, note: str, about: tuple[AnchorKind, str]) -> None:
        held = self.of_notes.setdefault(note, [])
        if about not in held:
            held.append(about)

    def _kind(self, element: etree._Element) -> tuple[AnchorKind, str]:
        """Return what an element is, or what it stands in that came in."""
        name = local(element)
        simple: dict[str, AnchorKind] = {"Code": "code", "Case": "case", "Note": "note"}
        if name in simple:
            return simple[name], own(element)
        if name in _SOURCES and own(element) in self._same:
            return "source", self._same[own(element)]
        if own(element) in self._selections and name.endswith("Selection"):
            return "selection", own(element)
        parent = element.getparent()
        return ("project", "") if parent is None else self._kind(parent)


def notes(
    root: etree._Element, exchange: Exchange, anchors: Anchors, report: ImportReport
) -> tuple[RefiNote, ...]:
    """Return the notes that have words, in the order of the file.

    Raises:
        BadFile: the text of one is made so that nobody should read it.
    """
    found, inner = [], 0
    for element in inside(root, "Notes", "Note"):
        text = _text(element, exchange)
        inner += sum(1 for e in element.iter(etree.Element) if local(e) == "Coding")
        if not text and not description(element):
            why = "they have no words" if text == "" else "their text is not in the file"
            report.leave_out("notes", why, named(element) or report.source)
            continue
        found.append(
            RefiNote(
                own(element),
                named(element),
                text or "",
                description(element),
                guid(element.get("creatingUser")) or guid(element.get("modifyingUser")),
                moment(element.get("creationDateTime")),
                tuple(anchors.of_notes.get(own(element), ())),
            )
        )
    if inner:
        report.leave_out("codings", "they are of notes", report.source, inner)
    return tuple(found)


def _text(element: etree._Element, exchange: Exchange) -> str | None:
    """Return the words of a note; None when the file that has them is not here."""
    if child(element, "PlainTextContent") is not None:
        return textfile.stored(words(element, "PlainTextContent")).strip()
    path = element.get("plainTextPath", "").strip()
    found = exchange.part(path) if path else None
    if found is None:
        return None if path or element.get("richTextPath") else ""
    entry, content = found
    try:
        return textfile.letters(content, entry).text.strip()
    except (BinaryFile, BrokenFile):
        return None


def links(root: etree._Element, known_notes: set[str]) -> tuple[RefiLink, ...]:
    """Return the links, but for those that say what a note is about."""
    return tuple(
        RefiLink(
            own(element),
            named(element),
            element.get("direction", "").strip(),
            guid(element.get("originGUID")),
            guid(element.get("targetGUID")),
            _colour(element.get("color", "").strip()),
        )
        for element in inside(root, "Links", "Link")
        if not known_notes & {guid(element.get("originGUID")), guid(element.get("targetGUID"))}
    )


def _colour(written: str) -> str:
    return written if COLOUR.fullmatch(written) else ""


def sets(root: etree._Element) -> tuple[RefiSet, ...]:
    """Return the sets, in a project or beside a codebook."""
    containers = [root, *children(root, "CodeBook")]
    return tuple(
        RefiSet(
            own(element),
            named(element),
            description(element),
            targets(element, "MemberCode"),
            targets(element, "MemberSource"),
            targets(element, "MemberNote"),
        )
        for held in containers
        for element in inside(held, "Sets", "Set")
    )
