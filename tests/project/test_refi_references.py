"""Links, values and references to what nothing here is like go out as they came."""

import shutil
from pathlib import Path

import builders
import pytest
from lxml import etree
from refi_files import ANE, BO, USERS, code, codes, coding, g, qde, qdpx, selection
from refi_references import BODY, FILES, link, note, picture, ref, value

from workbench.formats.refi import checker
from workbench.project import edits, imports, refi_out
from workbench.project.door import Project, create, open_project
from workbench.project.merging.telling import Choices


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
        "changes": {_name(e): e.get(_AT) for e in root.iter(_MARKED, "Note") if e.get(_AT)},
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


_MARKED, _AT = "PlainTextSelection", "modifiedDateTime"


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
        ("yard", (("How", "a scan"), ("Years", "7")), ("we",)),
    },
    "changes": {"words full": "2020-03-05T10:00:00Z"},
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
    out = checker.opened(tmp_path / "out.qdpx")
    assert [link for link in out.each("Link") if not link.get("name")] == []


def test_a_note_is_a_memo_for_each_thing_here_that_it_is_about(brought) -> None:
    found = builders.rows(brought, "memo", "title", "anchor")
    assert sorted(found) == [
        ("Comment", "transcript_version"),
        ("Comment", "transcript_version"),
        ("folder", "project"),
        ("gate", "project"),
        ("links", "project"),
        ("twice", "case"),
        ("twice", "code"),
        ("we", "transcript_version"),
        ("years", "project"),
    ]


def test_people_of_whom_nothing_came_in_go_out_unless_one_of_that_name_is_here(
    brought, tmp_path
) -> None:
    def users(path: Path) -> list[str]:
        refi_out.export(brought, path)
        return sorted(user.get("name") for user in checker.opened(path).each("User"))

    assert users(tmp_path / "out.qdpx") == ["Ane", "Bo", "unknown"]
    assert "Bo" not in {handle for (handle,) in builders.rows(brought, "person", "handle")}
    edits.add_person(brought, "bo")
    assert users(tmp_path / "later.qdpx") == ["Ane", "bo", "unknown"]


def test_a_case_of_two_files_refers_to_the_pictures_of_both(tmp_path) -> None:
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        for number, name in ((60, "gate"), (70, "yard")):
            body = f'<Cases><Case guid="{g(number + 9)}" name="Kari">{ref("Source", number)}'
            body += f'</Case></Cases><Sources><PictureSource guid="{g(number)}" name="{name}"/>'
            one = qdpx(tmp_path / f"{name}.qdpx", qde(f"{body}</Sources>"))
            imports.import_files(project, [one])
        refi_out.export(project, tmp_path / "out.qdpx")
    out = checker.opened(tmp_path / "out.qdpx")
    (case,) = out.each("Case")
    assert [e.get("targetGUID") for e in case.iter("{*}SourceRef")] == [g(60), g(70)]


def test_two_versions_of_a_picture_go_out_as_two(tmp_path) -> None:
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        for name in ("gate", "gate in May"):
            body = f'{USERS}{codes(code(1, "Room"))}<Cases><Case guid="{g(50)}" name="Kari">'
            body += f"{ref('Source', 60)}{ref('Selection', 61)}</Case></Cases><Sources>"
            body += f"{picture(60, name, coding(64, 1, ANE))}</Sources>"
            files = {f"sources/{name}.txt": b"The gate."}
            one = qdpx(tmp_path / f"{name}.qdpx", qde(body, name=name), files)
            imports.import_files(project, [one])
        found, _ = written(project, tmp_path / "out.qdpx", framework="gate@1")
    assert {name for name, *_ in found["pictures"]} == {"gate", "gate in May"}
    assert found["cases"] == {("Kari", (), (), ("gate", "part of gate"))}


def test_a_value_of_no_attribute_is_told_and_not_written(tmp_path) -> None:
    body = f'<Sources><PictureSource guid="{g(60)}" name="gate">{value(40, "Text", "old")}'
    path = qdpx(tmp_path / "a.qdpx", qde(f"{body}</PictureSource></Sources>"))
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        imports.import_files(project, [path])
        report = refi_out.export(project, tmp_path / "out.qdpx")
    assert checker.faults(checker.opened(tmp_path / "out.qdpx")) == []
    assert {o.what: o.count for o in report.left_out} == {"values": 1}


@pytest.mark.parametrize(
    ("held", "kept"),
    [
        ("<IntegerValue>seven</IntegerValue>", []),
        ("<FloatValue></FloatValue>", []),
        ("<TextValue>a</TextValue><IntegerValue>7</IntegerValue>", ["a"]),
        ("<DateValue>2024-02-30</DateValue><TextValue>May</TextValue>", ["May"]),
    ],
)
def test_a_value_that_leaves_the_standard_is_told_and_not_written(tmp_path, held, kept) -> None:
    body = f'<Variables><Variable guid="{g(40)}" name="How" typeOfVariable="Text"/></Variables>'
    body += f'<Sources><PictureSource guid="{g(60)}" name="gate"><VariableValue>'
    body += f'<VariableRef targetGUID="{g(40)}"/>{held}</VariableValue></PictureSource></Sources>'
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        report = imports.import_files(project, [qdpx(tmp_path / "a.qdpx", qde(body))])
        refi_out.export(project, tmp_path / "out.qdpx")
    out = checker.opened(tmp_path / "out.qdpx")
    assert checker.faults(out) == []
    assert "elements of what is kept" in {o.what for o in report.left_out}
    values = out.each("TextValue", "IntegerValue", "FloatValue", "DateValue")
    assert [value.text for value in values] == kept


def test_a_pdf_of_which_only_areas_are_kept_is_not_counted_as_a_file(tmp_path) -> None:
    words = "<Representation><PlainTextContent>The plan.</PlainTextContent></Representation>"
    area = f'<PDFSelection guid="{g(61)}" page="0" firstX="0" firstY="0" secondX="1" secondY="1"/>'
    body = f'<Sources><PDFSource guid="{g(60)}" name="Plan">{area}{words}</PDFSource></Sources>'
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        report = imports.import_files(project, [qdpx(tmp_path / "a.qdpx", qde(body))])
    assert any("REFI-QDA: 1 PDF without a file." in note for note in report.notes)


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
        "1 last change",
        "1 person",
        "2 pictures",
        "3 references of cases",
        "6 links",
        "6 values",
    ]
    why = "nothing here is like what they are about"
    assert left["anchors of notes", why] == (6, ("folder", "we", "gate", "years", "links"))
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


def test_two_copies_that_brought_it_in_have_it_once_when_they_are_merged(tmp_path, path) -> None:
    with create(tmp_path / "mine.fwb", who="zoe") as mine:
        edits.add_memo(mine, "We begin.")
    shutil.copy(tmp_path / "mine.fwb", tmp_path / "theirs.fwb")
    with (
        open_project(tmp_path / "mine.fwb", who="zoe") as mine,
        open_project(tmp_path / "theirs.fwb", who="bo") as theirs,
    ):
        for copy in (mine, theirs):
            imports.import_files(copy, [path])
        edits.merge(mine, theirs, Choices(prefer="mine", same_names="one"))
        found, _ = written(mine, tmp_path / "out.qdpx", framework="waiting@1")
        assert mine.check() == []
    folders = {name: set(notes) for name, notes in found["folders"].items()}
    assert folders == {name: set(notes) for name, notes in WANTED["folders"].items()}
    assert {**found, "folders": None} == {**WANTED, "folders": None}
    links = checker.opened(tmp_path / "out.qdpx").each("Link")
    assert len([link for link in links if link.get("name")]) == len(WANTED["links"])
