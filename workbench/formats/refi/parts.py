"""Pictures, recordings, videos and graphs: nothing here is like them, and they go out again.

They are kept as XML of the standard's own elements without a namespace, with no more than the
standard allows, so that what is written of them is valid whatever was read. Identifiers are in
lower case and without braces; attributes that name files or users' folders are left away.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from pathlib import PurePosixPath

from lxml import etree

from workbench.formats.refi import schema
from workbench.formats.refi.elements import guid, inside, local, named, own
from workbench.formats.refi.nodes import Identifiers, Node, clean, one_line
from workbench.formats.refi.package import Exchange
from workbench.formats.refi.project import PartKind, RefiPart
from workbench.model.report import ImportReport

MOST_BYTES = 200_000_000
"""Bytes of all files of pictures and recordings that are kept of one project."""

KINDS: Mapping[str, PartKind] = {
    "PictureSource": "picture",
    "AudioSource": "recording",
    "VideoSource": "video",
    "Graph": "graph",
}
_LEFT = ("Transcript", "VariableValue")
"""Elements that come in otherwise, or are told."""
_PATHS = ("path", "currentPath", "plainTextPath", "richTextPath")
_KEPT = "kept "
"""What stands before the sort of a thing whose identifier is another's of that sort too."""
_USERS = ("creatingUser", "modifyingUser")
_CODING = "codings of pictures and recordings"
_NOTE, _VERTEX, _EDGE = (
    "notes beside pictures and recordings",
    "things in graphs",
    "lines in graphs",
)


def read(root: etree._Element, exchange: Exchange, report: ImportReport) -> tuple[RefiPart, ...]:
    """Return the parts of a project that are kept, with the files that belong to them.

    Raises:
        BadFile: a file is made so that nobody should read it.
    """
    media = inside(root, "Sources", *(name for name in KINDS if name != "Graph"))
    found, left = [], MOST_BYTES
    for element in (*media, *inside(root, "Graphs", "Graph")):
        sound = _sound(element)
        _tell_what_is_not_sound(element, sound, report)
        if sound is None:
            continue
        filename, content = _file(element, exchange)
        if len(content) > left:
            why = f"files of more than {MOST_BYTES // 1_000_000} MB together are not kept"
            report.leave_out("files of pictures and recordings", why, filename)
            filename, content = "", b""
        left -= len(content)
        kind = KINDS[local(element)]
        found.append(RefiPart(kind, own(element), named(element), _text(sound), filename, content))
    return tuple(found)


def _tell_what_is_not_sound(
    element: etree._Element, sound: etree._Element | None, report: ImportReport
) -> None:
    """Note how many elements of a picture, recording or graph cannot be kept."""
    kept = 0 if sound is None else sum(1 for _ in sound.iter())
    above = ((e, *e.iterancestors()) for e in element.iter(etree.Element))
    lost = sum(not any(local(a) in _LEFT for a in line) for line in above) - kept
    if lost:
        why = "they leave the standard, so that they cannot go out again"
        report.leave_out("elements of what is kept", why, named(element) or report.source, lost)


def _file(element: etree._Element, exchange: Exchange) -> tuple[str, bytes]:
    """Return the name and bytes of the file of a picture or recording; nothing where it is not."""
    path = element.get("path", "").strip()
    found = exchange.part(path) if path else None
    return (PurePosixPath(found[0]).name, found[1]) if found else ("", b"")


def _sound(element: etree._Element) -> etree._Element | None:
    """Return an element with what the standard allows of it; None where it lacks what it must."""
    rule = schema.PROJECT[local(element)]
    sound = etree.Element(local(element))
    if rule.value is not None:
        sound.text = clean("".join(str(t) for t in element.itertext()))
        return sound
    for name, needed in rule.attributes.items():
        value = _value(name, element.get(name, ""))
        if value and name not in _PATHS:
            sound.set(name, value)
        elif needed:
            return None
    for allowed in rule.children:
        kids = [e for e in element if local(e) == allowed.name and allowed.name not in _LEFT]
        good = [k for k in map(_sound, kids if allowed.many else kids[:1]) if k is not None]
        if len(good) < allowed.least:
            return None
        sound.extend(good)
    return sound


def _value(name: str, written: str) -> str:
    """Return the value of an attribute; nothing where it is none of its kind."""
    kind = schema.VALUE_OF.get(name)
    if kind is None:
        return one_line(written)
    said = guid(written) if kind == "GUID" else written.strip()
    return said if schema.fits(kind, said) else ""


def _text(element: etree._Element) -> str:
    return str(etree.tostring(element, encoding="unicode"))


def _tree(xml: str) -> etree._Element:
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _references(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield each attribute that names something else, with its element."""
    for element in root.iter(etree.Element):
        for name in schema.POINTS.intersection(map(str, element.attrib)):
            yield element, name


def led(xml: str, to: Callable[[str], str]) -> str:
    """Return a part that refers to what identifiers lead `to`; to themselves where to nothing."""
    root = _tree(xml)
    for element, name in _references(root):
        said = element.get(name, "")
        element.set(name, to(said) or said)
    return _text(root)


def filled(xml: str, attribute: str, value: Callable[[], str]) -> str:
    """Return a part in which each coding says who made it, or when: as what it is of, or `value`.

    Other tools break down over codings that do not say.
    """
    root = _tree(xml)
    for coding in root.iter("Coding"):
        above = coding.getparent()
        if not coding.get(attribute):
            own_of_it = above.get(attribute) if above is not None else ""
            coding.set(attribute, own_of_it or value())
    return _text(root)


def users(xml: str) -> Iterator[str]:
    """Yield the identifier of everybody who made something in a part."""
    return (user for e in _tree(xml).iter(etree.Element) if (user := _user(e)))


def _user(element: etree._Element) -> str:
    return str(element.get("creatingUser") or element.get("modifyingUser") or "")


def identifiers(xml: str) -> Iterator[str]:
    """Yield the identifier of everything in a part."""
    return (own(e) for e in _tree(xml).iter(etree.Element) if e.get("guid"))


def allot(part: RefiPart, ids: Identifiers) -> None:
    """Give everything in a part its identifier in the file, under which others may name it."""
    for element in _tree(part.xml).iter(etree.Element):
        sort = _sort(element)
        if element.get("guid"):
            ids.allot(f"{_KEPT}{sort}" if ids.held(sort, own(element)) else sort, own(element))


def _sort(element: etree._Element) -> str:
    """Return as what sort of thing an element is known to others of its file."""
    name = local(element)
    for ending in ("source", "selection"):
        if name.casefold().endswith(ending):
            return ending
    return "graph" if name == "Graph" else name.casefold()


def pruned(xml: str, known: Callable[[str], bool]) -> tuple[str, Counter[str]]:
    """Return a part without what refers to nothing that is known, and what that was, counted."""
    root, lost = _tree(xml), Counter[str]()
    for element, name in list(_references(root)):
        if known(element.get(name, "")):
            continue
        if name in _USERS:
            del element.attrib[name]
        elif name == "representedGUID":
            del element.attrib[name]
            lost[_VERTEX] += local(element) == "Vertex"
        else:
            gone = element.getparent() if local(element) == "CodeRef" else element
            said = {"Coding": _CODING, "NoteRef": _NOTE, "Edge": _EDGE}
            if gone is not None and (above := gone.getparent()) is not None:
                lost[said.get(local(gone), _NOTE)] += 1
                above.remove(gone)
    return _text(root), +lost


def node(part: RefiPart, ids: Identifiers, anything: Callable[[str], str]) -> Node:
    """Return a part as an element to write, without what refers to nothing in the file."""
    xml, _ = pruned(part.xml, lambda named: bool(anything(named)))
    found = _node(_tree(xml), ids, anything)
    if not part.content:
        return found
    path = {"path": f"internal://{filed(part, ids)}"}
    return Node(found.name, {**found.attributes, **path}, found.inside)


def filed(part: RefiPart, ids: Identifiers) -> str:
    """Return what the file of a part is called in the archive."""
    ending = PurePosixPath(part.filename).suffix
    plain = ending.lower() if ending[1:].isascii() and ending[1:].isalnum() else ""
    return f"{_held(ids, 'source', part.guid)}{plain}"


def _held(ids: Identifiers, sort: str, guid_: str) -> str:
    return ids.held(f"{_KEPT}{sort}", guid_) or ids.held(sort, guid_)


def _node(element: etree._Element, ids: Identifiers, anything: Callable[[str], str]) -> Node:
    given = {}
    for name, value in element.attrib.items():
        if name == "guid":
            given["guid"] = _held(ids, _sort(element), str(value))
        else:
            given[str(name)] = anything(str(value)) if name in schema.POINTS else str(value)
    if schema.PROJECT[local(element)].value is not None:
        return Node(local(element), given, element.text or "")
    return Node(local(element), given, [_node(kid, ids, anything) for kid in element])
