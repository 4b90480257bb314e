"""Nothing of a project is passed over in silence: it comes in, is kept, or is told.

A project with every element of the standard is read with and without each element, and with
and without each attribute. Where both readings are alike, what was taken away had been lost.
"""

import itertools

import pytest
from lxml import etree
from refi_files import ANE, BO, code, g, qde, qdpx, selection

from workbench.formats.refi import reading, schema
from workbench.formats.refi.elements import local
from workbench.formats.refi.project import RefiProject

WORDS = "We waited in the hall."
TYPES = {
    "Text": "old",
    "Boolean": "true",
    "Integer": "41",
    "Float": "1.5",
    "Date": "2020-02-29",
    "DateTime": "2020-02-29T10:00:00",
}
FILES = {
    f"sources/{name}": name.encode()
    for name in ("a.docx", "b.jpg", "b.docx", "c.pdf", "d.mp3", "e.mp4", "n.docx", "t.docx")
}


NUMBERS = itertools.count(1000)
NOTES: list[str] = []
VARIABLES: list[str] = []
"""Those of `about` and `value`."""


def ref(name: str, number: int) -> str:
    return f'<{name} targetGUID="{g(number)}"/>'


def about() -> str:
    """Return a reference to a note of its own: of two that say the same, one could go."""
    number = next(NUMBERS)
    words = f"Note {number}."
    NOTES.append(f'<Note guid="{g(number)}" name="N{number}">{content(words)}</Note>')
    return ref("NoteRef", number)


def made(day: int) -> str:
    return (
        f'creatingUser="{BO}" creationDateTime="2020-03-{day:02d}T10:00:00Z" '
        f'modifyingUser="{ANE}" modifiedDateTime="2020-03-{day + 1:02d}T10:00:00Z"'
    )


def said(words: str) -> str:
    return f"<Description>{words}</Description>"


def content(words: str) -> str:
    return f"<PlainTextContent>{words}</PlainTextContent>"


def value(kind: str = "Integer") -> str:
    """Return a value of an attribute of its own."""
    number = next(NUMBERS)
    given = f'guid="{g(number)}" name="V{number}" typeOfVariable="{kind}"'
    VARIABLES.append(f"<Variable {given}>{said('v')}</Variable>")
    inside = f"{ref('VariableRef', number)}<{kind}Value>{TYPES[kind]}</{kind}Value>"
    return f"<VariableValue>{inside}</VariableValue>"


def noted(number: int, day: int) -> str:
    """Return a coding with a date and a note."""
    by = f'creatingUser="{ANE}" creationDateTime="2020-02-{day:02d}T10:00:00Z"'
    return f'<Coding guid="{g(number)}" {by}>{ref("CodeRef", 2)}{about()}</Coding>'


def inside_of(number: int, what: str) -> str:
    """Return what stands in a selection of any kind."""
    return said(what) + noted(number, 3) + about()


def area(name: str, number: int, at: str, more: str = "") -> str:
    inside = said(name) + more + noted(number + 1, 4) + about()
    return f'<{name} guid="{g(number)}" name="{name} one" {at} {made(5)}>{inside}</{name}>'


def medium(name: str, number: int, file: str, *inside: str) -> str:
    given = f'guid="{g(number)}" name="The {name}" path="internal://{file}" currentPath="/h/{file}"'
    after = noted(number + 1, 6) + about() + value()
    return f"<{name} {given} {made(7)}>{said(name)}{''.join(inside)}{after}</{name}>"


CORNERS = 'firstX="1" firstY="2" secondX="3" secondY="4"'
POINTS = "".join(
    f'<SyncPoint guid="{g(150 + n)}" timeStamp="{n * 1000}" position="{at}"/>'
    for n, at in enumerate((0, 3, 9))
)
SPOKEN = (
    f'<TranscriptSelection guid="{g(154)}" name="spoken" fromSyncPoint="{g(151)}" '
    f'toSyncPoint="{g(152)}" {made(8)}>{inside_of(155, "spoken")}</TranscriptSelection>'
)
TRANSCRIPT = (
    f'<Transcript guid="{g(153)}" name="Talk" richTextPath="internal://t.docx" {made(9)}>'
    f"{said('talk')}{content(WORDS)}{POINTS}{SPOKEN}{about()}</Transcript>"
)
PICTURE_TEXT = (
    f'<TextDescription guid="{g(113)}" name="seen" richTextPath="internal://b.docx" {made(3)}>'
    f"{said('t')}{content('a gate')}{selection(114, 0, 1, inside_of(115, 'a'), 'a', made(2))}"
    f"{noted(116, 2)}{about()}{value()}</TextDescription>"
)
PAGE_TEXT = (
    f'<Representation guid="{g(125)}" name="page" {made(3)}>{said("r")}{content(WORDS)}'
    f"{selection(126, 3, 9, inside_of(127, 'page'), 'waited', made(2))}"
    f"{noted(128, 2)}{about()}{value()}</Representation>"
)
AREA_TEXT = f'<Representation guid="{g(129)}" name="area">{content("the hall")}</Representation>'
TEXT = (
    f'<TextSource guid="{g(5)}" name="P1" richTextPath="internal://a.docx" {made(9)}>'
    f"{said('one')}{content(WORDS)}{selection(6, 3, 9, inside_of(7, 'why'), 'the wait', made(4))}"
    f"{noted(8, 9)}{about()}{value()}</TextSource>"
)
NOTE = (
    f'<Note guid="{g(91)}" name="Two" richTextPath="internal://n.docx" {made(2)}>{said("n")}'
    f"{content('Ask again.')}{selection(95, 0, 3, inside_of(96, 'ask'), 'Ask', made(2))}"
    f"{noted(97, 2)}{about()}{value()}</Note>"
)
CASE = (
    f'<Case guid="{g(4)}" name="Kari">{said("k")}{ref("CodeRef", 1)}'
    f"{''.join(map(value, TYPES))}"
    f"{ref('SourceRef', 5)}{ref('SelectionRef', 126)}</Case>"
)
GRAPH = (
    f'<Graph guid="{g(70)}" name="Map"><Vertex guid="{g(71)}" representedGUID="{g(1)}" name="v" '
    f'{CORNERS} shape="Star" color="#aabbcc"/><Vertex guid="{g(72)}" firstX="1" firstY="2"/>'
    f'<Edge guid="{g(73)}" representedGUID="{g(60)}" name="e" sourceVertex="{g(71)}" '
    f'targetVertex="{g(72)}" color="#aabbcc" direction="OneWay" lineStyle="solid"/></Graph>'
)
SOURCES = (
    TEXT
    + medium("PictureSource", 110, "b.jpg", PICTURE_TEXT, area("PictureSelection", 117, CORNERS))
    + medium(
        "PDFSource",
        120,
        "c.pdf",
        area("PDFSelection", 122, f'page="0" {CORNERS}', AREA_TEXT),
        PAGE_TEXT,
    )
    + medium(
        "AudioSource", 140, "d.mp3", TRANSCRIPT, area("AudioSelection", 142, 'begin="0" end="9"')
    )
    + medium("VideoSource", 160, "e.mp4", area("VideoSelection", 162, 'begin="0" end="9"'))
)
BOOK = code(1, "Wait", said("c") + about() + code(2, "Queue"), "false", 'color="#0af"')
LINKS = (
    f'<Link guid="{g(60)}" name="l" direction="OneWay" color="#0af" originGUID="{g(6)}" '
    f'targetGUID="{g(5)}">{about()}</Link><Link guid="{g(61)}" name="about" direction="OneWay" '
    f'color="#0af" originGUID="{g(90)}" targetGUID="{g(4)}"/>'
)
MEMBERS = ref("MemberCode", 1) + ref("MemberSource", 5) + ref("MemberNote", 90)
END = said("All of it.") + about()
BODY = (
    f'<Users><User guid="{ANE}" name="Ane" id="an"/><User guid="{BO}" name="Bo" id="bo"/></Users>'
    f"<CodeBook><Codes>{BOOK}</Codes></CodeBook><Variables>{''.join(VARIABLES)}</Variables>"
    f"<Cases>{CASE}</Cases><Sources>{SOURCES}</Sources><Notes>"
    f'<Note guid="{g(90)}" name="One" {made(3)}>{content("Hm.")}</Note>{NOTE}{"".join(NOTES)}'
    f'</Notes><Links>{LINKS}</Links><Sets><Set guid="{g(65)}" name="s">{said("s")}{MEMBERS}'
    f"</Set></Sets><Graphs>{GRAPH}</Graphs>{END}"
)
PROJECT = {
    "origin": "Tool",
    "creatingUserGUID": ANE,
    "creationDateTime": "2020-01-01T10:00:00Z",
    "modifyingUserGUID": BO,
    "modifiedDateTime": "2020-01-02T10:00:00Z",
    "basePath": "/home/ane",
}
XML = qde(BODY, **PROJECT)


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Read a project, without what is said of how it keeps to the standard."""
    monkeypatch.setattr(schema, "note_departures", lambda *_: None)

    def reader(root: etree._Element) -> RefiProject:
        return reading.read(qdpx(tmp_path / "p.qdpx", etree.tostring(root), FILES))

    return reader


def parsed() -> etree._Element:
    return etree.fromstring(XML.encode())


def place(element: etree._Element) -> str:
    """Return what an element is and stands in, from the root on."""
    return "/".join(reversed([local(e) for e in (element, *element.iterancestors())]))


def kinds() -> dict[str, int]:
    """Return where elements stand → the number of the first that stands so."""
    found: dict[str, int] = {}
    for number, element in enumerate(parsed().iter(etree.Element)):
        found.setdefault(place(element), number)
    return found


def at(root: etree._Element, number: int) -> etree._Element:
    return list(root.iter(etree.Element))[number]


def test_the_project_has_every_element_and_attribute_of_the_standard() -> None:
    root = parsed()
    assert schema.faults(root, "project") == schema.loose_ends(root) == {}
    assert {local(e) for e in root.iter(etree.Element)} == set(schema.PROJECT)
    there = {(local(e), str(a)) for e in root.iter(etree.Element) for a in e.attrib}
    wanted = {(name, a) for name, rule in schema.PROJECT.items() for a in rule.attributes}
    assert {(name, a) for name, a in wanted - there if not a.endswith("TextPath")} == set()


def test_an_element_that_is_taken_away_is_missed(read) -> None:
    whole, silent = read(parsed()), set()
    for kind, number in kinds().items():
        if number:
            one = parsed()
            gone = at(one, number)
            gone.getparent().remove(gone)
            if read(one) == whole:
                silent.add(kind)
    assert silent == set()


OF_THE_MACHINE = {"basePath", "currentPath", "id", "creatingUserGUID", "modifyingUserGUID"}
"""Where files were and who saved the project: nothing of the research."""
TOLD_TOGETHER = {"modifyingUser", "modifiedDateTime"}
BY_DEFAULT = {"isCodable", "typeOfVariable"}
"""Codes can be given, and attributes are texts, unless they say otherwise."""
WHOLE = ("PDFSource/PDFSelection", "Representation", "Notes/Note/", "TextDescription/")
"""Elements that are counted, whatever their attributes say."""


def test_an_attribute_that_is_taken_away_is_missed(read) -> None:
    whole, silent = read(parsed()), set()
    for kind, number in kinds().items():
        for name in map(str, at(parsed(), number).attrib):
            one = parsed()
            del at(one, number).attrib[name]
            if read(one) == whole:
                silent.add((kind, name))
    unlike = {
        (kind, name)
        for kind, name in silent - {(k, "guid") for k in kinds()}
        if name not in OF_THE_MACHINE | TOLD_TOGETHER | BY_DEFAULT
        and not any(whole_one in kind for whole_one in WHOLE)
    }
    assert unlike == set()
