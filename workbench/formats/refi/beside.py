"""What stands beside the codings of a project: notes with what they are about, links, sets."""

from collections import Counter
from collections.abc import Mapping

from lxml import etree

from workbench.errors import BinaryFile, BrokenFile
from workbench.formats import docx, textfile
from workbench.formats.refi.cases import values_of
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
    user_of,
    words,
)
from workbench.formats.refi.package import MAX_XML, Exchange
from workbench.formats.refi.project import Anchor, AnchorKind, RefiLink, RefiNote, RefiSet
from workbench.formats.refi.schema import COLOUR
from workbench.model.report import ImportReport

_PATHS = ("plainTextPath", "richTextPath")
_PLACES = ("code", "case", "source", "selection")
"""Where a memo can be, so that a link from it says nothing more."""
_MORE = ("Associative", "Bidirectional")
"""Directions of links that do not lead from what a note is about to the note, or back."""
_SOURCES = frozenset(
    ("TextSource", "PDFSource", "AudioSource", "VideoSource", "Representation", "Transcript")
)


class Anchors:
    """What each identifier in a project is, for notes that are about it."""

    def __init__(
        self, root: etree._Element, same_source: Mapping[str, str], selections: set[str]
    ) -> None:
        self.kinds: dict[str, Anchor] = {}
        self._same, self._selections = same_source, selections
        self.of_notes: dict[str, list[Anchor]] = {}
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

    def _add(self, note: str, about: Anchor) -> None:
        held = self.of_notes.setdefault(note, [])
        if about not in held:
            held.append(about)

    def _kind(self, element: etree._Element) -> Anchor:
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
        above: Anchor = ("project", "") if parent is None else self._kind(parent)
        return above if parent is None or above[0] != "project" else ("other", "")


def notes(
    root: etree._Element,
    exchange: Exchange,
    anchors: Anchors,
    variables: set[str],
    report: ImportReport,
) -> tuple[RefiNote, ...]:
    """Return the notes that have words, in the order of the file, with values of `variables`.

    Raises:
        BadFile: the text of one is made so that nobody should read it.
    """
    found = []
    for element in inside(root, "Notes", "Note"):
        text = _text(element, exchange)
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
                user_of(element),
                moment(element.get("creationDateTime")),
                tuple(anchors.of_notes.get(own(element), ())),
                values_of(element, variables, ImportReport(report.source)),
            )
        )
    _tell_what_is_in_notes(root, report)
    return tuple(found)


def _tell_what_is_in_notes(root: etree._Element, report: ImportReport) -> None:
    """Note what stands in notes as in texts: nothing here is selected in them."""
    for note in inside(root, "Notes", "Note"):
        held = Counter(local(e) for e in note.iter(etree.Element))
        comments = sum(bool(description(e)) for e in children(note, "PlainTextSelection"))
        for what, number in (
            ("codings", held["Coding"]),
            ("selections", held["PlainTextSelection"]),
            ("comments", comments),
        ):
            if number:
                report.leave_out(what, "they are of notes", report.source, number)


def _text(element: etree._Element, exchange: Exchange) -> str | None:
    """Return the words of a note; None when the file that has them is not here."""
    if child(element, "PlainTextContent") is not None:
        return textfile.stored(words(element, "PlainTextContent")).strip()
    paths = [p for p in (element.get(a, "").strip() for a in _PATHS) if p]
    for entry, content in filter(None, map(exchange.part, paths)):
        try:
            if entry.casefold().endswith(".docx"):
                return docx.letters(content, entry, MAX_XML).text.strip()
            return textfile.letters(content, entry).text.strip()
        except (BinaryFile, BrokenFile):
            continue
    return None if paths else ""


def links(root: etree._Element, anchors: Anchors, known_notes: set[str]) -> tuple[RefiLink, ...]:
    """Return the links, but for those that say no more than what a note is about."""
    found = []
    for element in inside(root, "Links", "Link"):
        ends = guid(element.get("originGUID")), guid(element.get("targetGUID"))
        others = [end for end in ends if end not in known_notes]
        link = RefiLink(
            own(element),
            named(element),
            element.get("direction", "").strip(),
            *ends,
            _colour(element.get("color", "").strip()),
            targets(element, "NoteRef"),
            anchors.kinds.get(others[0]) if len(others) == 1 else None,
        )
        is_place = link.about is not None and link.about[0] in _PLACES
        if not is_place or link.name or link.colour or link.notes or link.direction in _MORE:
            found.append(link)
    return tuple(found)


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
