"""The rules of REFI-QDA 1.0 for the elements of its XML, and where a file breaks them.

The rules are those of the two schemas of the standard, as tables: which attributes an element
has, which children, in which order, and what a value may look like. What no schema tells is
here too: identifiers that stand twice, that nothing has, and positions the wrong way round.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NewType

from lxml import etree

from workbench.formats.refi.elements import Kind, guid, local, parent_of
from workbench.model.report import ImportReport

Value = Literal[
    "string",
    "GUID",
    "colour",
    "integer",
    "decimal",
    "boolean",
    "date",
    "dateTime",
    "direction",
    "type of a variable",
    "shape",
    "line style",
]

NAMESPACES: dict[Kind, str] = {
    "project": "urn:QDA-XML:project:1.0",
    "codebook": "urn:QDA-XML:codebook:1.0",
}
_MOST_TOLD = 8
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"
_FREE = {f"{_XSI}schemaLocation", f"{_XSI}noNamespaceSchemaLocation", f"{_XSI}type", f"{_XSI}nil"}

_HEX = "[0-9a-fA-F]"
_GUID = f"{_HEX}{{8}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{4}}-{_HEX}{{12}}"
GUID = re.compile(rf"\{{{_GUID}\}}|{_GUID}")
COLOUR = re.compile(rf"#({_HEX}{{6}}|{_HEX}{{3}})")
_DAY = r"-?\d{4,}-\d\d-\d\d"
_ZONE = r"(Z|[+-]\d\d:\d\d)?"
_PATTERNS: Mapping[Value, re.Pattern[str]] = {
    "GUID": GUID,
    "colour": COLOUR,
    "integer": re.compile(r"[+-]?[0-9]+"),
    "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    "boolean": re.compile("true|false|1|0"),
    "date": re.compile(_DAY + _ZONE, re.A),
    "dateTime": re.compile(rf"{_DAY}T\d\d:\d\d:\d\d(\.\d+)?{_ZONE}", re.A),
    "direction": re.compile("Associative|OneWay|Bidirectional"),
    "type of a variable": re.compile("Text|Boolean|Integer|Float|Date|DateTime"),
    "shape": re.compile(
        "Person|Oval|Rectangle|RoundedRectangle|Star|(Left|Right|Up|Down)Triangle|Note"
    ),
    "line style": re.compile("dotted|dashed|solid"),
}

VALUE_OF: Mapping[str, Value] = {
    **dict.fromkeys(("firstX", "firstY", "secondX", "secondY", "page", "begin", "end"), "integer"),
    **dict.fromkeys(("startPosition", "endPosition", "position", "timeStamp"), "integer"),
    **dict.fromkeys(("creationDateTime", "modifiedDateTime"), "dateTime"),
    **dict.fromkeys(("creatingUser", "modifyingUser", "creatingUserGUID"), "GUID"),
    **dict.fromkeys(("guid", "targetGUID", "originGUID", "modifyingUserGUID"), "GUID"),
    **dict.fromkeys(("representedGUID", "sourceVertex", "targetVertex"), "GUID"),
    **dict.fromkeys(("fromSyncPoint", "toSyncPoint"), "GUID"),
    "color": "colour",
    "isCodable": "boolean",
    "direction": "direction",
    "typeOfVariable": "type of a variable",
    "shape": "shape",
    "lineStyle": "line style",
}
"""What the attributes hold that are no text; an attribute holds the same wherever it stands."""


Fault = NewType("Fault", str)
"""Where a file leaves the standard, as half a sentence."""


@dataclass(frozen=True, slots=True)
class Child:
    """An element inside another: how often at least, and whether more than once."""

    name: str
    least: int
    many: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """What one element holds: children in their order, or in `any_order`, or a `value`."""

    children: tuple[Child, ...] = ()
    attributes: Mapping[str, bool] = None  # type: ignore[assignment]  # filled by `_rule`
    any_order: bool = False
    value: Value | None = None


def _rule(attributes: str = "", children: str = "", value: Value | None = None) -> Rule:
    """Read a rule: “guid! name” and “Description? Coding* CodeRef”, or “(A B)+” in any order."""
    any_order = children.startswith("(")
    names = (children.strip("()+") if any_order else children).split()
    return Rule(
        tuple(
            Child(n.rstrip("?*+"), int(not any_order and n[-1] not in "?*"), n[-1] in "*+")
            for n in names
        ),
        {a.rstrip("!"): a.endswith("!") for a in attributes.split()},
        any_order,
        value,
    )


_MADE = "creatingUser creationDateTime modifyingUser modifiedDateTime"
_TEXT_IS = f"guid! name richTextPath plainTextPath {_MADE}"
_MEDIA_IS = f"guid! name path currentPath {_MADE}"
_MARKED = "Description? Coding* NoteRef*"
_TEXT = _rule(
    _TEXT_IS,
    "Description? PlainTextContent? PlainTextSelection* Coding* NoteRef* VariableValue*",
)
_REF = _rule("targetGUID!")
_STRING = _rule(value="string")
_CORNERS = "firstX! firstY! secondX! secondY!"

_VALUES = {
    "TextValue": _STRING,
    "BooleanValue": _rule(value="boolean"),
    "IntegerValue": _rule(value="integer"),
    "FloatValue": _rule(value="decimal"),
    "DateValue": _rule(value="date"),
    "DateTimeValue": _rule(value="dateTime"),
}

PROJECT: Mapping[str, Rule] = {
    "Project": _rule(
        "name! origin creatingUserGUID creationDateTime modifyingUserGUID modifiedDateTime "
        "basePath",
        "Users? CodeBook? Variables? Cases? Sources? Notes? Links? Sets? Graphs? Description? "
        "NoteRef*",
    ),
    "Users": _rule(children="User+"),
    "User": _rule("guid! name id"),
    "CodeBook": _rule(children="Codes"),
    "Codes": _rule(children="Code+"),
    "Code": _rule("guid! name! isCodable! color", "Description? NoteRef* Code*"),
    "Variables": _rule(children="Variable+"),
    "Variable": _rule("guid! name! typeOfVariable!", "Description?"),
    "Cases": _rule(children="Case+"),
    "Case": _rule("guid! name", "Description? CodeRef* VariableValue* SourceRef* SelectionRef*"),
    "VariableValue": _rule(children="VariableRef " + " ".join(f"{v}?" for v in _VALUES)),
    **_VALUES,
    "Sources": _rule(children="(TextSource PictureSource PDFSource AudioSource VideoSource)+"),
    **dict.fromkeys(("TextSource", "TextDescription", "Representation", "Note"), _TEXT),
    "PlainTextSelection": _rule(f"guid! name startPosition! endPosition! {_MADE}", _MARKED),
    "PictureSource": _rule(
        _MEDIA_IS,
        "Description? TextDescription? PictureSelection* Coding* NoteRef* VariableValue*",
    ),
    "PictureSelection": _rule(f"guid! name {_CORNERS} {_MADE}", _MARKED),
    "PDFSource": _rule(
        _MEDIA_IS, "Description? PDFSelection* Representation? Coding* NoteRef* VariableValue*"
    ),
    "PDFSelection": _rule(
        f"guid! name page! {_CORNERS} {_MADE}", "Description? Representation? Coding* NoteRef*"
    ),
    "AudioSource": _rule(
        _MEDIA_IS, "Description? Transcript* AudioSelection* Coding* NoteRef* VariableValue*"
    ),
    "VideoSource": _rule(
        _MEDIA_IS, "Description? Transcript* VideoSelection* Coding* NoteRef* VariableValue*"
    ),
    **dict.fromkeys(
        ("AudioSelection", "VideoSelection"), _rule(f"guid! name begin! end! {_MADE}", _MARKED)
    ),
    "Transcript": _rule(
        _TEXT_IS, "Description? PlainTextContent? SyncPoint* TranscriptSelection* NoteRef*"
    ),
    "TranscriptSelection": _rule(f"guid! name fromSyncPoint toSyncPoint {_MADE}", _MARKED),
    "SyncPoint": _rule("guid! timeStamp position"),
    "Coding": _rule("guid! creatingUser creationDateTime", "CodeRef NoteRef*"),
    "Notes": _rule(children="Note+"),
    "Links": _rule(children="Link+"),
    "Link": _rule("guid! name direction color originGUID targetGUID", "NoteRef*"),
    "Sets": _rule(children="Set+"),
    "Set": _rule("guid! name!", "Description? MemberCode* MemberSource* MemberNote*"),
    "Graphs": _rule(children="Graph+"),
    "Graph": _rule("guid! name", "Vertex* Edge*"),
    "Vertex": _rule("guid! representedGUID name firstX! firstY! secondX secondY shape color"),
    "Edge": _rule(
        "guid! representedGUID name sourceVertex! targetVertex! color direction lineStyle"
    ),
    **dict.fromkeys(("NoteRef", "CodeRef", "SourceRef", "SelectionRef", "VariableRef"), _REF),
    **dict.fromkeys(("MemberCode", "MemberSource", "MemberNote"), _REF),
    **dict.fromkeys(("Description", "PlainTextContent"), _STRING),
}
"""Every element of a project."""

CODEBOOK: Mapping[str, Rule] = {
    "CodeBook": _rule("origin", "Codes Sets?"),
    "Codes": _rule(children="Code+"),
    "Code": _rule("guid! name! isCodable! color", "Description? Code*"),
    "Sets": _rule(children="Set+"),
    "Set": _rule("guid! name!", "Description? MemberCode*"),
    "MemberCode": _rule("guid!"),
    "Description": _STRING,
}
"""Every element of a codebook in a file of its own."""

RULES: dict[Kind, Mapping[str, Rule]] = {"project": PROJECT, "codebook": CODEBOOK}


def note_departures(root: etree._Element, kind: Kind, report: ImportReport) -> None:
    """Note what is not as the standard says, a sentence for each kind of fault."""
    found = faults(root, kind) + loose_ends(root)
    for what, n in found.most_common(_MOST_TOLD):
        report.notes.append(f"Not as the standard says ({n}×): {what}.")
    others = len(found) - _MOST_TOLD
    if others > 0:
        report.notes.append(f"Not as the standard says in other ways: {others}.")


def faults(root: etree._Element, kind: Kind) -> Counter[Fault]:
    """Return where an XML leaves the schema, with the number of elements for each half sentence."""
    found: Counter[Fault] = Counter()
    for element in root.iter(etree.Element):
        found.update(set(_faults_of(element, RULES[kind], NAMESPACES[kind])))
    return found


def _faults_of(element: etree._Element, rules: Mapping[str, Rule], space: str) -> Iterator[Fault]:
    name = local(element)
    rule = rules.get(name)
    if rule is None:
        if parent_of(element) in rules:
            yield Fault(f"“{name}” is no element of the standard")
        return
    if element.tag != f"{{{space}}}{name}":
        yield Fault(f"elements have the namespace “{etree.QName(element).namespace or ''}”")
    yield from _faults_of_attributes(element, name, rule)
    yield from _faults_of_children(element, name, rule)
    words = "".join([element.text or "", *(child.tail or "" for child in element)])
    if rule.value is None:
        if words.strip():
            yield Fault(f"words stand in “{name}” where only elements should")
    elif rule.value != "string" and not fits(rule.value, words):
        yield Fault(f"“{name}” holds no {rule.value}")


def _faults_of_attributes(element: etree._Element, name: str, rule: Rule) -> Iterator[Fault]:
    for own, value in element.attrib.items():
        if own in rule.attributes:
            if not fits(VALUE_OF.get(own, "string"), value):
                yield Fault(f"“{own}” of “{name}” is no {VALUE_OF[own]}")
        elif own not in _FREE:
            yield Fault(f"“{name}” has the attribute “{etree.QName(own).localname}”")
    for own, needed in rule.attributes.items():
        if needed and own not in element.attrib:
            yield Fault(f"“{name}” lacks the attribute “{own}”")


def _faults_of_children(element: etree._Element, name: str, rule: Rule) -> Iterator[Fault]:
    place = {child.name: n for n, child in enumerate(rule.children)}
    held = [local(child) for child in element]
    last, seen = 0, Counter(held)
    for child in held:
        if child not in place:
            yield Fault(f"“{child}” stands in “{name}”")
        elif not rule.any_order and place[child] < last:
            yield Fault(f"“{child}” stands after “{rule.children[last].name}” in “{name}”")
        else:
            last = place[child]
    if rule.any_order and not held:
        yield Fault(f"“{name}” is empty")
    for wanted in rule.children:
        if seen[wanted.name] < wanted.least:
            yield Fault(f"“{name}” has no “{wanted.name}”")
        elif seen[wanted.name] > 1 and not wanted.many and not rule.any_order:
            yield Fault(f"“{name}” has several “{wanted.name}”")
    if name == "VariableValue" and sum(seen[value] for value in _VALUES) > 1:
        yield Fault("“VariableValue” has several values")


def fits(value: Value, written: str) -> bool:
    """Tell whether a value is written as its kind is; blanks around it do not count.

    >>> fits("colour", "#aabbcc"), fits("colour", "#aabbccdd"), fits("date", "2024-02-30")
    (True, False, False)
    """
    if value == "string":
        return True
    said = written.strip(" \t\r\n")
    if not _PATTERNS[value].fullmatch(said):
        return False
    return _is_day(said[:10]) if value in ("date", "dateTime") and said[4:5] == "-" else True


def _is_day(said: str) -> bool:
    try:
        date.fromisoformat(said)
    except ValueError:
        return False
    return True


_USERS = frozenset(("creatingUser", "modifyingUser", "creatingUserGUID", "modifyingUserGUID"))
POINTS = _USERS | {"targetGUID", "originGUID", "representedGUID", "sourceVertex", "targetVertex"}
POINTS |= {"fromSyncPoint", "toSyncPoint"}
"""Attributes that name something else."""


def loose_ends(root: etree._Element) -> Counter[Fault]:
    """Return what the schema does not see: identifiers twice or of nothing, ends before starts.

    A PDF's selection of text has the identifier of its area, as ATLAS.ti writes it; a code
    that of its case, as NVivo does: neither is a fault.
    """
    found: Counter[Fault] = Counter()
    own: Counter[str] = Counter()
    kinds: dict[str, set[str]] = {}
    for element in root.iter(etree.Element):
        if element.get("guid") and local(element) != "MemberCode":
            own[guid(element.get("guid"))] += 1
            kinds.setdefault(guid(element.get("guid")), set()).add(local(element))
        if local(element) == "PlainTextSelection":
            found[Fault("“PlainTextSelection” ends before it starts")] += _reversed(element)
    pairs = ({"PDFSelection", "PlainTextSelection"}, {"Code", "Case"})
    twice = sum(n > 1 and not (n == 2 and kinds[g] in pairs) for g, n in own.items())
    found[Fault("an identifier stands more than once")] = twice
    for element in root.iter(etree.Element):
        for name in POINTS.intersection(element.attrib):
            if guid(element.get(name)) not in own:
                said = f"“{name}” of “{local(element)}” names what is not in the file"
                found[Fault(said)] += 1
    return +found


def _reversed(selection: etree._Element) -> bool:
    start, stop = selection.get("startPosition", ""), selection.get("endPosition", "")
    if not (fits("integer", start) and fits("integer", stop)) or max(len(start), len(stop)) > 20:
        return True
    return int(start) < 0 or int(stop) < int(start)
