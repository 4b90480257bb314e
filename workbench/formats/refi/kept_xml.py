"""XML that is kept as another tool wrote it: what it refers to, on the way in and out again."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath

from lxml import etree

from workbench.formats.refi import schema
from workbench.formats.refi.elements import local, own
from workbench.formats.refi.nodes import Identifiers, Node
from workbench.formats.refi.project import RefiPart
from workbench.model.framework import stable_id

_KEPT = "kept "
"""What stands before the sort of a thing whose identifier is another's of that sort too."""
_USERS = ("creatingUser", "modifyingUser")
_CODING = "codings of pictures, recordings and pages"
_NOTE, _VERTEX, _EDGE, _VALUE = (
    "notes beside pictures, recordings and pages",
    "things in graphs",
    "lines in graphs",
    "values",
)
_WITH_WHAT_HOLDS_THEM = ("CodeRef", "VariableRef")
"""References without which what they stand in means nothing."""


def text_of(element: etree._Element) -> str:
    """Return an element as it is kept."""
    return str(etree.tostring(element, encoding="unicode"))


def tree(xml: str) -> etree._Element:
    """Return the root of what is kept."""
    return etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True))


def _references(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Yield each attribute that names something else, with its element."""
    for element in root.iter(etree.Element):
        for name in schema.POINTS.intersection(map(str, element.attrib)):
            yield element, name


def led(xml: str, to: Callable[[str], str]) -> str:
    """Return a part that refers to what identifiers lead `to`; to themselves where to nothing."""
    root = tree(xml)
    for element, name in _references(root):
        said = element.get(name, "")
        element.set(name, to(said) or said)
    return text_of(root)


def renamed(xml: str, to: Callable[[str], str]) -> str:
    """Return a part in which what stands in its root has the identifiers that theirs lead to."""
    root = tree(xml)
    for element in root:
        element.set("guid", to(own(element)))
    return text_of(root)


def filled(xml: str, attribute: str, value: Callable[[], str]) -> str:
    """Return a part in which each coding says who made it, or when: as what it is of, or `value`.

    Other tools break down over codings that do not say.
    """
    root = tree(xml)
    for selection in root.iter("PlainTextSelection"):
        if selection.find("Coding") is not None and not selection.get(attribute):
            selection.set(attribute, value())
    for coding in root.iter("Coding"):
        above = coding.getparent()
        if not coding.get(attribute):
            own_of_it = above.get(attribute) if above is not None else ""
            coding.set(attribute, own_of_it or value())
    return text_of(root)


def of_one_coder(xml: str) -> str:
    """Return a part in which a selection of a text is by whom its codings are by.

    Codings of others stand in a selection of theirs at the same words: other tools take who
    made a coding from there.
    """
    root = tree(xml)
    for selection in list(root.iter("PlainTextSelection")):
        own_of_it = selection.get("creatingUser", "")
        by_coder: dict[str, list[etree._Element]] = {}
        for coding in selection.findall("Coding"):
            by_coder.setdefault(coding.get("creatingUser") or own_of_it, []).append(coding)
        first, *others = by_coder or [own_of_it]
        if first:
            selection.set("creatingUser", first)
        for coder in reversed(others):
            more = etree.Element("PlainTextSelection", selection.attrib)
            more.set("guid", stable_id("refi-qda", "selection", f"{own(selection)} {coder}"))
            more.set("creatingUser", coder)
            more.extend(by_coder[coder])
            selection.addnext(more)
    return text_of(root)


def users(xml: str) -> Iterator[str]:
    """Yield the identifier of everybody who made or changed something in a part."""
    for element in tree(xml).iter(etree.Element):
        yield from (str(user) for name in _USERS if (user := element.get(name)))


def identifiers(xml: str) -> Iterator[str]:
    """Yield the identifier of everything in a part."""
    return (own(e) for e in tree(xml).iter(etree.Element) if e.get("guid"))


def values(xml: str) -> int:
    """Return how many values of attributes stand in a part."""
    return sum(1 for _ in tree(xml).iter("VariableValue"))


def apart(xml: str, seen: set[str]) -> str:
    """Return a part in which nothing has an identifier that is `seen`; all of it is seen then.

    Two versions of a file have the same thing twice; what refers to it leads to the first.
    """
    root = tree(xml)
    for element in root.iter(etree.Element):
        if own(element) in seen:
            another = stable_id("refi-qda", "again", f"{own(element)} {len(seen)}")
            element.set("guid", another)
        if element.get("guid"):
            seen.add(own(element))
    return text_of(root)


def identifier(xml: str) -> str:
    """Return the identifier of the root of what is kept."""
    return own(tree(xml))


def allot(xml: str, ids: Identifiers, *, sharing: str = "") -> None:
    """Give everything in a part its identifier in the file, under which others may name it.

    Elements called `sharing` have that of what is there already of their sort.
    """
    for element in tree(xml).iter(etree.Element):
        sort = _sort(element)
        is_there = bool(ids.held(sort, own(element)))
        if element.get("guid") and not (is_there and local(element) == sharing):
            ids.allot(f"{_KEPT}{sort}" if is_there else sort, own(element))


def _sort(element: etree._Element) -> str:
    """Return as what sort of thing an element is known to others of its file."""
    name = local(element)
    for ending in ("source", "selection"):
        if name.casefold().endswith(ending):
            return ending
    return "graph" if name == "Graph" else name.casefold()


def pruned(xml: str, known: Callable[[str], bool]) -> tuple[str, Counter[str]]:
    """Return a part without what refers to nothing that is known, and what that was, counted."""
    root, lost = tree(xml), Counter[str]()
    for element, name in list(_references(root)):
        if known(element.get(name, "")):
            continue
        if name in _USERS:
            del element.attrib[name]
        elif name == "representedGUID":
            del element.attrib[name]
            lost[_VERTEX] += local(element) == "Vertex"
        else:
            gone = element.getparent() if local(element) in _WITH_WHAT_HOLDS_THEM else element
            said = {"Coding": _CODING, "NoteRef": _NOTE, "Edge": _EDGE, "VariableValue": _VALUE}
            if gone is not None and (above := gone.getparent()) is not None:
                lost[said.get(local(gone), _NOTE)] += 1
                above.remove(gone)
    return text_of(root), +lost


def node(part: RefiPart, ids: Identifiers, anything: Callable[[str], str]) -> Node:
    """Return a part as an element to write, without what refers to nothing in the file."""
    xml, _ = pruned(part.xml, lambda named: bool(anything(named)))
    found = _node(tree(xml), ids, anything)
    if not part.content:
        return found
    path = {"path": f"internal://{filed(part, ids)}"}
    return Node(found.name, {**found.attributes, **path}, found.inside)


def inside(xml: str, ids: Identifiers, anything: Callable[[str], str]) -> Iterator[Node]:
    """Yield what stands in the root of what is kept, as `node` returns it."""
    if xml:
        known, _ = pruned(xml, lambda named: bool(anything(named)))
        yield from (_node(kid, ids, anything) for kid in tree(known))


def filed(part: RefiPart, ids: Identifiers) -> str:
    """Return what the file of a part is called in the archive."""
    return f"{_held(ids, 'source', part.guid)}{ending(part.filename)}"


def ending(filename: str) -> str:
    """Return the ending of a file's name as it can stand in an archive; nothing where it cannot.

    >>> ending("The gate.PNG"), ending("gate.p/g")
    ('.png', '')
    """
    found = PurePosixPath(filename).suffix
    return found.lower() if found[1:].isascii() and found[1:].isalnum() else ""


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
