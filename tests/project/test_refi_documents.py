"""PDFs with their areas, formatted documents, last changes: kept, and out again as they came."""

import shutil
from pathlib import Path

import builders
import pytest
from lxml import etree
from refi_documents import BODY, DATED, DOCX, FILES, NOTE_DOCX, PDF, WORDS, area, pdf
from refi_files import ANE, BO, SPOKEN, USERS, code, codes, coding, g, qde, qdpx, selection, text

from workbench.formats.refi import checker, reading
from workbench.formats.refi.project import RefiProject
from workbench.project import edits, imports, refi_out
from workbench.project.door import create, open_project
from workbench.project.merging.telling import Choices


@pytest.fixture
def path(tmp_path):
    return qdpx(tmp_path / "told.qdpx", qde(BODY), FILES)


@pytest.fixture
def brought(tmp_path, path):
    """A project that brought it in."""
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        imports.import_files(project, [path])
        yield project


def again(project, path, **options) -> tuple[RefiProject, dict[str, int]]:
    report = refi_out.export(project, path, **options)
    assert checker.faults(checker.opened(path)) == []
    return reading.read(path), {o.what: o.count for o in report.left_out}


def told(held: RefiProject) -> dict[str, object]:
    """Return what a project holds beside, with names for identifiers."""
    users = {user.guid: user.name for user in held.users}
    names = {x.guid: x.name for of in (held.sources, held.notes) for x in of}
    names |= {s.guid: s.quote for s in held.selections}
    given = {code.guid: code.name for code in held.codes}
    documents = {(d.kind, names[d.of]): (d.content, areas(d.areas, given)) for d in held.documents}
    return {
        "documents": documents,
        "sources": {(s.name, s.kind, s.text) for s in held.sources},
        "marks": {
            (s.quote, users.get(s.author, ""), *(given[c.code] for c in s.codings))
            for s in held.selections
        },
        "changes": {(names[c.of], users[c.user], c.moment) for c in held.changes},
        "descriptions": {v.name: v.description for v in held.variables},
        "of sets": [[names[member] for member in s.sources] for s in held.sets],
    }


def areas(xml: str, given: dict[str, str]) -> list[tuple[object, ...]]:
    """Return name and page of each area, its codes, and the words of its text."""
    return [
        (
            one.get("name"),
            one.get("page"),
            [given[ref.get("targetGUID").lower()] for ref in one.iter("CodeRef")],
            [words.text for words in one.iter("PlainTextContent")],
        )
        for one in (etree.fromstring(xml) if xml else ())
    ]


WANTED = {
    "documents": {
        ("pages", "The hall"): (
            PDF,
            [("area 21", "0", [], []), ("area 23", "3", ["Rooms"], ["Table 1: rooms"])],
        ),
        ("formatted", "shed"): (DOCX, []),
        ("formatted", "Idea"): (NOTE_DOCX, []),
    },
    "sources": {("The hall", "PDF", WORDS), ("shed", "text", "The shed is full.")},
    "marks": {("waited", "Ane", "Waiting"), ("shed", "Bo"), ("is", "Ane", "Waiting")},
    "changes": {(of, "Bo", "2020-03-05T10:00:00+00:00") for of in ("waited", "shed", "Idea")},
    "descriptions": {"Years": "At work."},
    "of sets": [["The hall"]],
}


def test_they_are_read_with_what_belongs_to_them(path) -> None:
    found = told(reading.read(path))
    assert found["marks"] == {("waited", "Ane", "Waiting"), ("shed", "Bo"), ("is", "", "Waiting")}
    assert {**found, "marks": WANTED["marks"]} == WANTED


def test_they_go_out_as_they_came(brought, path, tmp_path) -> None:
    held, lost = again(brought, tmp_path / "out.qdpx")
    assert told(held) == WANTED
    assert lost == {"original files": 2}
    assert brought.check() == []
    shared_by = [s.guid for s in held.selections if s.quote == "waited"]
    written = checker.opened(tmp_path / "out.qdpx")
    assert shared_by == [
        e.get("guid").lower() for e in written.each("PDFSelection") if e.get("page") == "0"
    ]
    (link,) = held.links
    ends = {s.guid: s.quote for s in held.selections}
    ends |= {e.get("guid").lower(): e.get("name") for e in written.each("PDFSelection")}
    assert (ends[link.origin], ends[link.target]) == ("area 23", "shed")


def test_a_file_of_our_own_keeps_them_too(brought, tmp_path) -> None:
    refi_out.export(brought, tmp_path / "first.qdpx")
    with create(tmp_path / "second.fwb", who="bo") as second:
        imports.import_files(second, [tmp_path / "first.qdpx"])
        assert told(again(second, tmp_path / "second.qdpx")[0]) == WANTED
        assert second.check() == []


def test_the_report_lists_what_is_kept(tmp_path, path) -> None:
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        report = imports.import_files(project, [path])
    kept = "1 set, 1 link, 1 PDF file, 2 formatted texts, 1 selection, 3 last changes"
    kept += ", 1 description of attributes"
    assert f"Kept in the project for a later export to REFI-QDA: {kept}." in report.notes
    left = {o.what: (o.count, o.why) for o in report.left_out}
    assert left["PDF files"] == (1, "only their text comes in")
    assert left["formatted texts"] == (2, "their plain text comes in")
    assert left["last changes"][0] == 3
    assert left["areas of PDF pages"][0] == 1


def test_they_go_out_once_and_undo_takes_them_out(brought, path, tmp_path) -> None:
    kinds = sorted(kind for (kind,) in builders.rows(brought, "kept_part", "kind"))
    wanted = ["changes", "dates", "descriptions", "formatted", "formatted", "link", "pages"]
    assert kinds == [*wanted, "selections", "set"]
    imports.import_files(brought, [path])
    held, _ = again(brought, tmp_path / "out.qdpx", framework="waiting@1")
    assert told(held)["documents"].keys() == WANTED["documents"].keys()
    assert len(held.documents) == 3
    brought.undo()
    brought.undo()
    assert builders.rows(brought, "kept_part", "kind") == []


def test_documents_of_words_that_were_changed_here_stay_here(brought, tmp_path) -> None:
    """A name that was replaced in the text must not go out in its PDF."""
    for name, words in (("The hall", WORDS.replace("hall", "room")), ("shed", "The shop is full.")):
        edits.correct_transcript(brought, name, builders.incoming(name, words))
    ((memo,),) = builders.rows(brought, "memo", "id")
    edits.change_memo(brought, memo, text="Never ask again.")
    held, lost = again(brought, tmp_path / "out.qdpx")
    assert (held.documents, held.changes) == ((), ())
    assert {source.kind for source in held.sources} == {"text"}
    assert {what: lost[what] for what in ("PDF files", "formatted texts", "selections")} == {
        "PDF files": 1,
        "formatted texts": 2,
        "selections": 1,
    }
    assert lost["last changes"] == 3
    assert brought.check() == []
    for _ in range(3):
        brought.undo()
    back = told(again(brought, tmp_path / "back.qdpx")[0])
    assert {**back, "changes": WANTED["changes"]} == WANTED


def test_the_area_of_a_withdrawn_coding_goes_out_by_itself(brought, tmp_path) -> None:
    quotes = dict(builders.rows(brought, "coding", "quote", "id"))
    edits.withdraw_coding(brought, quotes["waited"])
    held, _ = again(brought, tmp_path / "out.qdpx")
    (pages,) = (d for d in held.documents if d.kind == "pages")
    given = {code.guid: code.name for code in held.codes}
    found = [(name, of) for name, _, of, _ in areas(pages.areas, given)]
    assert found == [("area 21", []), ("area 23", ["Rooms"])]
    assert {s.quote for s in held.selections} == {"shed", "is"}


def test_several_areas_of_one_selection_are_told_apart(tmp_path) -> None:
    """A selection over two pages has two areas of one identifier."""
    body = USERS + codes(code(1, "Waiting")) + "<Sources>"
    marked = selection(21, 3, 9, coding(25, 1, ANE))
    body += pdf(20, area(21, 0) + area(21, 1), marked) + "</Sources>"
    path = qdpx(tmp_path / "a.qdpx", qde(body), {"sources/hall.pdf": PDF})
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        imports.import_files(project, [path])
        held, _ = again(project, tmp_path / "out.qdpx")
    (pages,) = held.documents
    assert [page for _, page, *_ in areas(pages.areas, {})] == ["0", "1"]


def test_a_pdf_without_a_text_goes_out_as_it_came(tmp_path) -> None:
    body = f'{USERS}{codes(code(2, "Rooms"))}<Sources><PDFSource guid="{g(20)}" name="Plan" '
    body += f'path="internal://plan.pdf">{area(23, 3, DATED)}</PDFSource></Sources>'
    path = qdpx(tmp_path / "a.qdpx", qde(body), {"sources/plan.pdf": PDF})
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        report = imports.import_files(project, [path])
        assert any("export to REFI-QDA: 1 PDF file." in note for note in report.notes)
        held, _ = again(project, tmp_path / "out.qdpx")
    (part,) = held.parts
    assert (part.kind, part.name, part.content) == ("PDF", "Plan", PDF)
    assert [e.get("page") for e in etree.fromstring(part.xml).iter("PDFSelection")] == ["3"]
    assert sum(1 for _ in etree.fromstring(part.xml).iter("CodeRef")) == 1


@pytest.mark.parametrize("blank", ["", "\n "])
@pytest.mark.parametrize("described", ["", "<Description>Of May.</Description>"])
def test_selections_of_notes_go_out_with_their_codings(tmp_path, blank, described) -> None:
    words, lead = "She 👩 waited. We too.", len(blank)
    first = coding(41, 1, ANE) + DATED
    inside = selection(40, lead + 6, lead + 12, first, "waited") + coding(42, 1, BO)
    note = f'<Note guid="{g(12)}" name="Idea">{described}'
    note += f"<PlainTextContent>{blank}{words}</PlainTextContent>{inside}</Note>"
    body = f"{USERS}{codes(code(1, 'Waiting') + code(2, 'Rooms'))}<Notes>{note}</Notes>"
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        report = imports.import_files(project, [qdpx(tmp_path / "a.qdpx", qde(body))])
        assert {o.what: o.count for o in report.left_out}["codings"] == 3
        assert any("REFI-QDA: 3 selections." in line for line in report.notes)
        held, lost = again(project, tmp_path / "out.qdpx")
        assert lost == {}
        users = {user.guid: user.name for user in held.users}
        given = {code.guid: code.name for code in held.codes}
        found = {
            (s.quote, users[s.author], tuple((given[c.code], users[c.coder]) for c in s.codings))
            for s in held.in_notes
        }
        whole = held.notes[0].words
        assert whole.endswith(words)
        assert found == {
            ("waited", "Ane", (("Waiting", "Ane"),)),
            ("waited", "Bo", (("Rooms", "Bo"),)),
            (words, "Bo", (("Waiting", "Bo"),)),
        }
        assert "2019-03-02T10:00:00+00:00" in {c.created for s in held.in_notes for c in s.codings}
        ((memo,),) = builders.rows(project, "memo", "id")
        edits.change_memo(project, memo, text="Never mind.")
        held, lost = again(project, tmp_path / "later.qdpx")
        assert (held.in_notes, lost) == ((), {"selections": 3})


def test_a_transcript_goes_out_as_that_of_its_recording_with_all_its_time_marks(tmp_path) -> None:
    within = f'<SyncPoint guid="{g(34)}" position="20" timeStamp="7000"/></Transcript>'
    spoken = SPOKEN.replace("</Transcript>", within)
    path = qdpx(tmp_path / "a.qdpx", qde(f"<Sources>{spoken}</Sources>"))
    with create(tmp_path / "empty.fwb", who="zoe") as project:
        report = imports.import_files(project, [path])
        kept = "export to REFI-QDA: 1 recording, 1 transcript of recordings."
        assert any(kept in note for note in report.notes)
        held, lost = again(project, tmp_path / "out.qdpx")
        assert lost == {"original files": 1}
        (source,) = held.sources
        assert source.times == ((0, 250), (9, 5400), (20, 7000))
        ((recording,),) = [[part] for part in held.parts]
        assert (recording.guid, recording.name) == (source.recording, "shed.m4a")
        with create(tmp_path / "second.fwb", who="bo") as second:
            imports.import_files(second, [tmp_path / "out.qdpx"])
            (source,) = again(second, tmp_path / "second.qdpx")[0].sources
            assert source.times == ((0, 250), (9, 5400), (20, 7000))
        words = builders.incoming("shed", "I: Well?\nKari: The shop 👩 is full.")
        edits.correct_transcript(project, "shed", words)
        held, lost = again(project, tmp_path / "later.qdpx")
        assert (held.sources[0].recording, lost["transcripts of recordings"]) == ("", 1)


def test_dates_of_two_files_that_two_copies_brought_in_are_both_there(tmp_path) -> None:
    def dated(number: int, name: str) -> Path:
        body = USERS + codes(code(1, "Waiting")) + "<Sources>"
        more = f'creationDateTime="2019-03-0{number % 9}T10:00:00Z"'
        body += text(number, name, f"{WORDS} {name}", more=more) + "</Sources>"
        return qdpx(tmp_path / f"{name}.qdpx", qde(body, name=name))

    with create(tmp_path / "mine.fwb", who="zoe") as mine:
        edits.add_memo(mine, "We begin.")
    shutil.copy(tmp_path / "mine.fwb", tmp_path / "theirs.fwb")
    with (
        open_project(tmp_path / "mine.fwb", who="zoe") as mine,
        open_project(tmp_path / "theirs.fwb", who="bo") as theirs,
    ):
        imports.import_files(mine, [dated(10, "one")])
        imports.import_files(theirs, [dated(20, "two")])
        edits.merge(mine, theirs, Choices(prefer="mine", same_names="one"))
        held, _ = again(mine, tmp_path / "out.qdpx", framework="one@1")
    assert {s.name: s.created for s in held.sources} == {
        "one": "2019-03-01T10:00:00+00:00",
        "two": "2019-03-02T10:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("content", "kept"), [(b"a\x0bb", ["a\ufffdb"]), (b"\x00\x01\x02", []), (b" ", [])]
)
def test_odd_words_of_an_area_leave_the_area_as_it_is(tmp_path, content, kept) -> None:
    path = qdpx(tmp_path / "a.qdpx", qde(BODY), {**FILES, "sources/area.txt": content})
    (pages,) = (d for d in reading.read(path).documents if d.kind == "pages")
    assert areas(pages.areas, {g(2): "Rooms"})[1] == ("area 23", "3", ["Rooms"], kept)
