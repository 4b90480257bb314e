"""Links, values and references to what nothing here is like go out as they came."""

from pathlib import Path

import builders
import pytest
from lxml import etree
from refi_files import ANE, BO, USERS, code, codes, coding, g, qde, qdpx, selection, text

from workbench.formats.refi import checker
from workbench.project import edits, imports, refi_out
from workbench.project.door import Project, create

WORDS = "The shed is full. Nobody has a key. We went home."
CORNERS = 'firstX="1" firstY="2" secondX="3" secondY="4"'


def value(of: int, kind: str, said: str) -> str:
    held = f"<{kind}Value>{said}</{kind}Value>"
    return f'<VariableValue><VariableRef targetGUID="{g(of)}"/>{held}</VariableValue>'


def picture(number: int, name: str, inside: str, more: str = "") -> str:
    part = f'<PictureSelection guid="{g(number + 1)}" name="part of {name}" {CORNERS}>{inside}'
    start = f'<PictureSource guid="{g(number)}" name="{name}">'
    about = f'<TextDescription guid="{g(number + 2)}" plainTextPath="internal://{name}.txt">'
    about += selection(number + 3, 7, 12, coding(number + 4, 1, ANE), "the 👩 ")
    about += f"{value(41, 'Text', 'by phone')}</TextDescription>"
    return f"{start}{about}{part}</PictureSelection>{more}</PictureSource>"


def note(number: int, name: str, inside: str = "") -> str:
    words = f"<PlainTextContent>About {name}.</PlainTextContent>"
    return f'<Note guid="{g(number)}" name="{name}" creatingUser="{ANE}">{words}{inside}</Note>'


def link(number: int, origin: int, target: int, more: str, inside: str = "") -> str:
    ends = f'originGUID="{g(origin)}" targetGUID="{g(target)}"'
    return f'<Link guid="{g(number)}" {ends} {more}>{inside}</Link>'


def ref(kind: str, number: int) -> str:
    return f'<{kind}Ref targetGUID="{g(number)}"/>'


COMMENT = "<Description>So?</Description>"
BODY = (
    USERS
    + codes(code(3, "Sheds", ref("Note", 80) + code(1, "Room"), "false") + code(2, "Keys"))
    + f'<Variables><Variable guid="{g(40)}" name="Years" typeOfVariable="Integer"/>'
    + f'<Variable guid="{g(41)}" name="How" typeOfVariable="Text"/></Variables>'
    + f'<Cases><Case guid="{g(50)}" name="Kari">{ref("Code", 2)}{value(40, "Integer", "12")}'
    + f"{ref('Source', 6)}{ref('Source', 60)}{ref('Selection', 61)}</Case>"
    + f'<Case guid="{g(51)}" name="Ola"></Case></Cases><Sources>'
    + text(
        6,
        "shed",
        WORDS,
        selection(7, 4, 8, coding(8, 1, ANE), "shed")
        + selection(9, 12, 16, COMMENT, "full")
        + selection(10, 25, 28, COMMENT, "has")
        + selection(11, 36, 38, ref("Note", 81), "We"),
    )
    + picture(60, "gate", ref("Note", 82), value(41, "Text", "a print"))
    + picture(70, "yard", "", value(41, "Text", "a scan") + value(40, "Integer", "7"))
    + f"</Sources><Notes>{note(80, 'folder')}{note(81, 'we')}{note(82, 'gate')}"
    + note(83, "years", value(40, "Integer", "3") + value(41, "Text", "on paper"))
    + f"{note(84, 'links')}{note(85, 'twice')}</Notes><Links>"
    + link(90, 83, 84, 'name="goes with" direction="Bidirectional" color="#00aaff"')
    + link(91, 82, 71, 'name="Memo-Quotation Relation" direction="OneWay" color="#000000"')
    + link(92, 9, 10, 'name="contradicts" direction="OneWay"', ref("Note", 84))
    + link(93, 11, 7, 'name="explains" direction="Associative"')
    + link(94, 85, 2, 'name="of keys"')
    + link(95, 50, 85, 'name="of Kari" direction="OneWay"')
    + "</Links>"
)
FILES = {f"sources/{name}.txt": "a\r\nof\rthe 👩 gate".encode() for name in ("gate", "yard")}


def facts(path: Path) -> dict[str, object]:
    """Return what the XML of a file says of all that this is about, with names of identifiers."""
    root = checker.opened(path).root
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    names = {e.get("guid").lower(): _name(e) for e in root.iter(etree.Element) if e.get("guid")}

    def led(element: etree._Element, *kinds: str) -> tuple[str, ...]:
        found = (e for e in element if e.tag in kinds)
        return tuple(sorted(names[e.get("targetGUID").lower()] for e in found))

    def values(element: etree._Element) -> tuple[tuple[str, ...], ...]:
        found = (v for v in element if v.tag == "VariableValue")
        return tuple(sorted((names[v[0].get("targetGUID").lower()], v[1].text) for v in found))

    return {
        "links": {
            (
                e.get("name"),
                e.get("direction"),
                e.get("color"),
                names[e.get("originGUID").lower()],
                names[e.get("targetGUID").lower()],
                led(e, "NoteRef"),
            )
            for e in root.iter("Link")
            if e.get("name")
        },
        "cases": {
            (e.get("name"), values(e), led(e, "CodeRef"), led(e, "SourceRef", "SelectionRef"))
            for e in root.iter("Case")
        },
        "notes": {(e.get("name"), values(e)) for e in root.iter("Note") if values(e)},
        "folders": {e.get("name"): led(e, "NoteRef") for e in root.iter("Code")},
        "pictures": {
            (e.get("name"), values(e), led(e.find("PictureSelection"), "NoteRef"))
            for e in root.iter("PictureSource")
        },
        "about": {
            (
                e.getparent().get("name"),
                e.findtext("PlainTextContent"),
                values(e),
                *((s.get("startPosition"), s.get("endPosition")) for s in e.iter(_MARKED)),
            )
            for e in root.iter("TextDescription")
        },
    }


_MARKED = "PlainTextSelection"


def _name(element: etree._Element) -> str:
    kind = "words " if element.tag == _MARKED else ""
    return f"{kind}{element.get('name')}"


def about(name: str) -> tuple[object, ...]:
    return name, "a\r\nof\rthe 👩 gate", (("How", "by phone"),), ("7", "12")


WANTED = {
    "links": {
        ("goes with", "Bidirectional", "#00aaff", "years", "links", ()),
        ("Memo-Quotation Relation", "OneWay", "#000000", "gate", "part of yard", ()),
        ("contradicts", "OneWay", None, "words full", "words has", ("links",)),
        ("explains", "Associative", None, "words We", "words shed", ()),
        ("of keys", None, None, "twice", "Keys", ()),
        ("of Kari", "OneWay", None, "Kari", "twice", ()),
    },
    "cases": {
        (
            "Kari",
            (("How", "a print"), ("Years", "12")),
            ("Keys",),
            ("gate", "part of gate", "shed"),
        ),
        ("Ola", (), (), ()),
    },
    "notes": {("years", (("How", "on paper"), ("Years", "3")))},
    "folders": {"Sheds": ("folder",), "Room": (), "Keys": ("twice",)},
    "pictures": {
        ("gate", (), ("gate",)),
        ("yard", (("How", "a scan"), ("Years", "7")), ()),
    },
    "about": {about("gate"), about("yard")},
}
"""By hand. The value of the picture that is Kari's is hers now; a link to a code is told twice."""


@pytest.fixture
def path(tmp_path):
    return qdpx(tmp_path / "told.qdpx", qde(BODY), FILES)


@pytest.fixture
def brought(tmp_path, path):
    """A project that brought it in."""
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        imports.import_files(project, [path])
        yield project


def written(project: Project, path: Path, **options) -> tuple[dict[str, object], dict[str, int]]:
    report = refi_out.export(project, path, **options)
    assert checker.faults(checker.opened(path)) == []
    return facts(path), {o.what: o.count for o in report.left_out}


def test_they_go_out_as_they_came(brought, tmp_path) -> None:
    found, lost = written(brought, tmp_path / "out.qdpx")
    assert found == WANTED
    assert lost == {"original files": 1}
    assert brought.check() == []
    users = checker.opened(tmp_path / "out.qdpx").each("User")
    assert sorted(user.get("name") for user in users) == ["Ane", "Bo", "unknown"]
    assert "Bo" not in {handle for (handle,) in builders.rows(brought, "person", "handle")}


def test_a_file_of_our_own_keeps_them_too(brought, tmp_path) -> None:
    refi_out.export(brought, tmp_path / "first.qdpx")
    with create(tmp_path / "second.fwb", who="bo") as second:
        imports.import_files(second, [tmp_path / "first.qdpx"])
        assert written(second, tmp_path / "second.qdpx")[0] == WANTED
        columns = "title", "text", "anchor"
        once, again = (sorted(builders.rows(p, "memo", *columns)) for p in (brought, second))
        assert once == again


def test_the_report_lists_what_is_kept_and_what_memos_cannot_be_about(tmp_path, path) -> None:
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        report = imports.import_files(project, [path])
        left = {(o.what, o.why): (o.count, o.where) for o in report.left_out}
    (kept,) = (note for note in report.notes if "Kept in the project" in note)
    listed = kept.removesuffix(".").partition("REFI-QDA: ")[2].split(", ")
    assert sorted(listed) == [
        "1 anchor of notes",
        "1 person",
        "2 pictures",
        "3 references of cases",
        "6 links",
        "6 values",
    ]
    why = "nothing here is like what they are about"
    assert left["anchors of notes", why] == (5, ("folder", "gate", "years", "links"))
    assert {what: n for (what, _), (n, _) in left.items() if what.endswith("of cases")} == {
        "codes of cases": 1,
        "sources of cases": 1,
        "selections of cases": 1,
    }


def test_what_leads_to_what_is_gone_is_told_and_not_written(brought, tmp_path) -> None:
    memos = {title: own for own, title in builders.rows(brought, "memo", "id", "title")}
    for title in ("folder", "years", "links"):
        edits.withdraw_memo(brought, memos[title])
    found, lost = written(brought, tmp_path / "out.qdpx")
    assert lost == {
        "original files": 1,
        "links": 1,
        "values": 2,
        "anchors of notes": 1,
        "notes beside links": 1,
    }
    assert {name: of for name, *_, of in found["links"]} == {
        name: () for name, *_ in WANTED["links"] if name != "goes with"
    }
    assert (found["notes"], found["folders"]["Sheds"]) == (set(), ())
    assert found["cases"] == WANTED["cases"]


def test_a_note_that_became_two_memos_keeps_its_links_apart(tmp_path) -> None:
    body = USERS + codes(code(1, "Room") + code(2, "Keys")) + f"<Notes>{note(80, 'both')}</Notes>"
    two = [link(90, 80, 1, 'name="a"'), link(91, 80, 2, 'name="b"')]
    body += f"<Links>{''.join(two)}</Links>"
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        imports.import_files(project, [qdpx(tmp_path / "a.qdpx", qde(body))])
        refi_out.export(project, tmp_path / "out.qdpx")
        with create(tmp_path / "second.fwb", who="bo") as second:
            imports.import_files(second, [tmp_path / "out.qdpx"])
            assert len(builders.rows(project, "memo", "id")) == 2
            assert len(builders.rows(second, "memo", "id")) == 2


def test_who_coded_the_words_about_a_picture_is_told_apart(tmp_path) -> None:
    """Other tools take who made a coding from its selection."""
    marks = selection(65, 0, 5, coding(66, 1, ANE) + coding(67, 1, BO) + coding(68, 2))
    marks += selection(69, 6, 8, coding(70, 2) + coding(71, 1, BO))
    body = USERS + codes(code(1, "Room") + code(2, "Keys"))
    body += f'<Sources><PictureSource guid="{g(60)}" name="gate"><TextDescription guid="{g(62)}">'
    body += f"<PlainTextContent>The gate.</PlainTextContent>{marks}</TextDescription>"
    path = qdpx(tmp_path / "a.qdpx", qde(f"{body}</PictureSource></Sources>"))
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        imports.import_files(project, [path])
        refi_out.export(project, tmp_path / "out.qdpx")
    out = checker.opened(tmp_path / "out.qdpx")
    assert checker.faults(out) == []
    names = {e.get("guid"): e.get("name") for e in out.each("User", "Code")}
    assert [
        (e.get("startPosition"), names[e.get("creatingUser")], [names[g] for g in given(e)])
        for e in out.each("PlainTextSelection")
    ] == [
        ("0", "Ane", ["Room"]),
        ("0", "Bo", ["Room"]),
        ("0", "unknown", ["Keys"]),
        ("6", "unknown", ["Keys"]),
        ("6", "Bo", ["Room"]),
    ]


def given(selection: etree._Element) -> list[str]:
    return [ref.get("targetGUID") for ref in selection.iter("{*}CodeRef")]
