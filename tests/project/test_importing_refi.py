"""Projects of REFI-QDA in a project here: what becomes of each thing in them."""

from collections import Counter

import builders
import pytest
import refi_files
from builders import by_id, rows
from refi_files import ANE, code, codes, coding, g, qde, qdpx, selection, text

from workbench.errors import BrokenFile
from workbench.model.report import LeftOut
from workbench.project import imports
from workbench.store import frames

WORDS = "I: Well?\nKari: The shed is full."


@pytest.fixture
def small(tmp_path):
    return qdpx(tmp_path / "sheds.qdpx", qde(refi_files.SMALL, name="Sheds", origin="Tool"))


def test_a_project_comes_in_whole(empty, small) -> None:
    report = imports.import_files(empty, [small])
    assert report.counts == {
        "transcripts": 1,
        "turns": 2,
        "words": 7,
        "cases": 1,
        "categories": 1,
        "codes": 2,
        "codings": 3,
        "attributes": 1,
        "memos": 3,
    }
    assert report.left_out == []
    people = by_id(empty, "person", "handle")
    codings = rows(empty, "coding", "person_id", "code_id", "start", "stop", "quote")
    assert sorted((people[who], *rest) for who, *rest in codings) == [
        ("Ane", g(2), 15, 23, "The shed"),
        ("Bo", g(2), 15, 23, "The shed"),
        ("unknown", g(3), 0, 8, "I: Well?"),
    ]
    assert rows(empty, "transcript", "name") == [("shed",)]
    assert rows(empty, "transcript_version", "text", "source_name", "encoding") == [
        (WORDS, "shed.txt", "XML")
    ]
    assert rows(empty, "original", "content") == [(WORDS.encode(),)]
    assert rows(empty, "category_version", "name", "number") == [("Sheds", "1")]
    assert sorted(rows(empty, "code_version", "number", "name", "definition", "category_id")) == [
        ("1.1", "Room", "How full it is.", g(1)),
        ("2", "Tools", "", None),
    ]
    assert rows(empty, "framework", "name") == [("sheds",)]
    assert rows(empty, "run", "name", "kind") == [("Sheds (REFI-QDA)", "final")]
    assert rows(empty, "setting", "key", "value") == [("title", "Sheds")]
    assert len(rows(empty, "finished", "id")) == 1


def test_turns_of_a_transcript_begin_at_its_time_marks(empty, tmp_path) -> None:
    marks = enumerate(((0, 250), (5, 1_000), (9, 5_400), (20, 7_000)))
    points = "".join(
        f'<SyncPoint guid="{g(20 + n)}" position="{at}" timeStamp="{time}"/>'
        for n, (at, time) in marks
    )
    held = f'<Sources><AudioSource guid="{g(5)}" name="shed.m4a"><Transcript guid="{g(6)}" '
    held += f'name="shed"><PlainTextContent>{WORDS}</PlainTextContent>{points}</Transcript>'
    file = qdpx(tmp_path / "a.qdpx", qde(f"{held}</AudioSource></Sources>", origin="Tool"))
    report = imports.import_files(empty, [file])
    with empty.reading() as connection:
        assert frames.turns(connection)["begin_ms"].tolist() == [250, 5_400]
    assert [(o.what, o.why, o.count) for o in report.left_out if o.what == "time marks"] == [
        ("time marks", "no turn begins where they stand", 2)
    ]
    report = imports.import_files(empty, [file])
    assert report.left_out[-1] == LeftOut("time marks", "the text was here before", 4, ("shed",))


def test_cases_have_their_words_and_attributes_and_no_case_is_made_beside_them(
    empty, small
) -> None:
    imports.import_files(empty, [small])
    assert rows(empty, "case", "label") == [("Kari",)]
    assert rows(empty, "case_span", "start", "stop") == [(0, 32)]
    assert rows(empty, "attribute", "name", "type") == [("Years", "integer")]
    assert rows(empty, "attribute_value", "value") == [("12",)]


def test_comments_descriptions_and_notes_become_memos_at_what_they_are_about(empty, small) -> None:
    imports.import_files(empty, [small])
    people = by_id(empty, "person", "handle")
    memos = rows(empty, "memo", "title", "text", "person_id", "anchor", "start", "stop")
    assert sorted((t, x, people[p], *rest) for t, x, p, *rest in memos) == [
        ("Comment", "So?", "unknown", "transcript_version", 24, 31),
        ("Description", "Came late.", "unknown", "case", None, None),
        ("Why", "Ask her.", "Bo", "transcript_version", 24, 31),
    ]


def test_the_report_says_what_was_concluded_and_what_is_called_how(empty, small) -> None:
    report = imports.import_files(empty, [small])
    assert [(guess.what, guess.confidence) for guess in report.guesses] == [
        ("a line end counts as one; the last position is outside", "certain"),
        ("Taken for speakers though they stand only once: “Kari”", "likely"),
        (
            "1 transcripts count as indexed whole, so that a code without a coding there means "
            "that nothing was said",
            "likely",
        ),
    ]
    assert report.notes[:2] == [
        "The project does not tell who made 1 of its codings.",
        "Selections with a comment and without a code: 1.",
    ]
    assert report.notes[2:4] == [
        "The run is “Sheds (REFI-QDA)”.",
        "The framework is sheds@1, a draft.",
    ]
    assert report.notes[4].startswith("The file has the SHA-256 ")


def test_one_act_brought_it_in_one_undo_takes_it_out_and_the_laws_hold(garden, small) -> None:
    before = garden.live()
    imports.import_files(garden.project, [small])
    assert garden.project.history(1)[0]["summary"] == (
        "Imported the REFI-QDA project “Sheds”: 3 codings"
    )
    assert garden.project.check() == []
    garden.project.undo()
    assert garden.live() == before


def test_the_same_project_again_has_its_codings_on_the_text_that_is_here(empty, small) -> None:
    imports.import_files(empty, [small])
    report = imports.import_files(empty, [small])
    assert rows(empty, "framework", "name") == [("sheds",), ("sheds-2",)]
    assert rows(empty, "run", "name") == [("Sheds (REFI-QDA)",), ("Sheds (REFI-QDA) 2",)]
    assert len(rows(empty, "transcript", "name")) == 1
    first, second = Counter(), Counter()
    for run, *place in rows(empty, "coding", "run_id", "transcript_version_id", "start", "stop"):
        (first if run == rows(empty, "run", "id")[0][0] else second)[tuple(place)] += 1
    assert first == second
    assert sum(first.values()) == 3
    assert len(rows(empty, "memo", "id")) == 3
    codes_here = rows(empty, "code_version", "code_id")
    assert len(codes_here) == len(set(codes_here)) == 4
    left_out = [(o.what, o.why, o.count) for o in report.left_out]
    assert left_out == [("file", "“shed” is here already with the same text", 1)]
    assert "Texts that were here already with the same words have the codings: 1." in report.notes
    assert empty.check() == []


def test_another_text_of_the_name_stays_as_it_is_and_gets_no_codings(
    empty, tmp_path, small
) -> None:
    builders.bring(empty, ("shed", "I: Well?\nKari: The shed is empty."))
    report = imports.import_files(empty, [small])
    assert rows(empty, "coding", "id") == []
    left_out = [(o.what, o.why, o.count) for o in report.left_out]
    assert ("codings", "their text did not come in", 2) in left_out


def test_two_projects_of_one_name_have_runs_of_their_own(empty, tmp_path, small) -> None:
    other = refi_files.SMALL.replace("shed.txt", "hut.txt")
    second = qdpx(tmp_path / "b.qdpx", qde(other, name="Sheds"))
    imports.import_files(empty, [small, second])
    runs = rows(empty, "run", "name")
    assert sorted(runs) == [("Sheds (REFI-QDA)",), ("Sheds (REFI-QDA) 2",)]


def test_a_comment_on_a_coded_selection_becomes_a_memo_too(empty, tmp_path) -> None:
    inside = f"<Description>Odd.</Description>{coding(8, 1, ANE)}"
    body = codes(code(1, "Room"))
    body += f"<Sources>{text(6, 'shed', WORDS, selection(7, 15, 23, inside))}</Sources>"
    imports.import_files(empty, [qdpx(tmp_path / "a.qdpx", qde(body))])
    assert rows(empty, "memo", "text", "start", "stop") == [("Odd.", 15, 23)]
    assert len(rows(empty, "coding", "id")) == 1


def test_a_text_of_no_case_is_a_case_unless_none_are_wanted(empty, tmp_path) -> None:
    body = codes(code(1, "Room")) + f"<Sources>{text(6, 'shed.docx', WORDS)}</Sources>"
    path = qdpx(tmp_path / "a.qdpx", qde(body))
    imports.import_files(empty, [path], case_by="none")
    assert rows(empty, "case", "label") == []
    empty.undo()
    imports.import_files(empty, [path])
    assert rows(empty, "case", "label") == [("shed",)]


def test_texts_of_one_name_stay_two(empty, tmp_path) -> None:
    texts = text(6, "shed.txt", "One.") + text(7, "Shed.docx", "Two.")
    imports.import_files(empty, [qdpx(tmp_path / "a.qdpx", qde(f"<Sources>{texts}</Sources>"))])
    assert sorted(rows(empty, "transcript", "name")) == [("Shed (2)",), ("shed",)]


def test_what_nothing_here_is_like_is_told(empty, tmp_path) -> None:
    noted = selection(11, 3, 8, f'<NoteRef targetGUID="{g(12)}"/>')
    body = (
        codes(code(1, "Room"))
        + f'<Variables><Variable guid="{g(4)}" name="Years" typeOfVariable="Integer">'
        + "<Description>Since when</Description></Variable></Variables>"
        + f'<Cases><Case guid="{g(5)}" name="K"><SelectionRef targetGUID="{g(10)}"/></Case></Cases>'
        + "<Sources>"
        + text(6, "shed", WORDS, selection(7, 15, 23) + selection(10, 0, 2) + noted)
        + f'</Sources><Notes><Note guid="{g(12)}"><Description>d</Description></Note></Notes>'
        + f'<Links><Link guid="{g(8)}" originGUID="{g(6)}" targetGUID="{g(1)}"/></Links>'
        + f'<Sets><Set guid="{g(9)}" name="s"/></Sets>'
    )
    report = imports.import_files(empty, [qdpx(tmp_path / "a.qdpx", qde(body))])
    assert [(o.what, o.why, o.count) for o in report.left_out] == [
        ("selections", "they have no code, no comment and no note", 1),
        ("sets", "nothing here is like them", 1),
        ("links", "only links between elements are known here", 1),
        ("descriptions of attributes", "attributes have a name only", 1),
    ]
    assert rows(empty, "run", "name") == []


def test_a_name_that_is_not_the_words_is_told_and_one_that_begins_as_they_do_is_not(
    empty, tmp_path
) -> None:
    names = ("The shed is", "The  shed…", "", "Lack of room")
    inside = "".join(
        selection(10 + n, 15, 31, coding(20 + n, 1, ANE), name) for n, name in enumerate(names)
    )
    body = f"{codes(code(1, 'Room'))}<Sources>{text(6, 'shed', WORDS, inside)}</Sources>"
    report = imports.import_files(empty, [qdpx(tmp_path / "a.qdpx", qde(body))])
    assert [(o.what, o.why, o.count) for o in report.left_out] == [
        ("names of selections", "they are other words than those selected", 1)
    ]


def test_a_codebook_that_is_here_under_other_identifiers_is_told_by_its_names(
    empty, tmp_path
) -> None:
    inside = code(1, "Sheds", code(2, "Room", "<Description>How full</Description>"), "false")
    first = codes(inside, code(3, "Tools", code(4, "Saws")))
    others = first
    for number in range(1, 5):
        others = others.replace(g(number), g(number + 10))
    told = (
        "Its codes have the names and definitions of those of a@1, which is here already; they "
        "came in as a framework of their own."
    )

    def notes(name: str, book: str) -> list[str]:
        return imports.import_files(
            empty, [qdpx(tmp_path / f"{name}.qdpx", qde(book, name=name))]
        ).notes

    assert told not in notes("a", first)
    assert told in notes("b", others)
    assert told not in notes("c", others.replace("Saws", "Axes"))
    assert told not in notes("d", others.replace("How full", "How big"))
    assert told not in notes("e", codes(code(21, "Sheds", code(22, "Room"), "false")))


def test_people_who_made_nothing_that_came_in_are_told(empty, tmp_path) -> None:
    body = refi_files.USERS + codes(code(1, "Room"))
    body += f"<Sources>{text(6, 'shed', WORDS, selection(7, 15, 23, coding(8, 1, ANE)))}</Sources>"
    report = imports.import_files(empty, [qdpx(tmp_path / "a.qdpx", qde(body))])
    assert [(o.what, o.count) for o in report.left_out] == [("people", 1)]
    assert "Bo" not in by_id(empty, "person", "handle").values()


def test_what_a_project_is_described_with_is_the_frameworks_or_a_memo(empty, tmp_path) -> None:
    said = "<Description>About sheds.</Description>"
    with_codes, without = codes(code(1, "Room")) + said, f"<Cases/>{said}"
    imports.import_files(empty, [qdpx(tmp_path / "a.qdpx", qde(with_codes))])
    assert rows(empty, "framework_version", "description") == [("About sheds.",)]
    assert rows(empty, "memo", "text") == []
    imports.import_files(empty, [qdpx(tmp_path / "b.qdpx", qde(without))])
    assert rows(empty, "memo", "title", "text", "anchor") == [
        ("Description", "About sheds.", "project")
    ]


def test_words_of_a_recording_are_those_of_its_case(empty, tmp_path) -> None:
    held = f"<PlainTextContent>{WORDS}</PlainTextContent>"
    talk = f'<AudioSource guid="{g(6)}" name="a.m4a"><Transcript guid="{g(7)}" name="Talk">{held}'
    case = f'<Case guid="{g(5)}" name="Kari"><SourceRef targetGUID="{g(6)}"/></Case>'
    body = f"<Cases>{case}</Cases><Sources>{talk}</Transcript></AudioSource></Sources>"
    imports.import_files(empty, [qdpx(tmp_path / "a.qdpx", qde(body))])
    assert rows(empty, "case", "label") == [("Kari",)]
    assert rows(empty, "case_span", "start", "stop") == [(0, len(WORDS))]


def test_the_report_of_the_import_stays_in_the_history_with_all_that_was_left_out(
    empty, tmp_path
) -> None:
    where = "absolute:///C:/Users/ane/hall.mp4"
    sources = text(6, "shed", WORDS) + f'<VideoSource guid="{g(7)}" name="V" path="{where}"/>'
    report = imports.import_files(
        empty, [qdpx(tmp_path / "a.qdpx", qde(f"<Sources>{sources}</Sources>"))]
    )
    left_out = [(o.what, o.why, o.count, o.where) for o in report.left_out]
    assert ("files", "they lie outside the file", 1, ("hall.mp4",)) in left_out
    assert "  Left out: 1 file: they lie outside the file (in hall.mp4)." in report.lines()


def attribute(name: str, kind: str, value: str) -> str:
    held = f'<VariableRef targetGUID="{g(4)}"/><{kind}Value>{value}</{kind}Value>'
    return (
        f'<Variables><Variable guid="{g(4)}" name="{name}" typeOfVariable="{kind}"/></Variables>'
        f'<Cases><Case guid="{g(5)}" name="Kari"><VariableValue>{held}</VariableValue></Case>'
        "</Cases>"
    )


@pytest.mark.parametrize("name", ["Years", "case"])
def test_an_attribute_whose_name_cannot_have_its_values_is_called_otherwise(
    empty, tmp_path, name
) -> None:
    first = qdpx(tmp_path / "a.qdpx", qde(attribute("Years", "Integer", "12")))
    second = qdpx(tmp_path / "b.qdpx", qde(attribute(name, "Text", "a dozen")))
    report = imports.import_files(empty, [first, second])
    assert sorted(rows(empty, "attribute", "name", "type")) == sorted(
        [("Years", "integer"), (f"{name} (2)", "text")]
    )
    assert report.guesses[-1].what == f"the attribute “{name}” is called “{name} (2)”"


def test_a_note_about_two_things_is_a_memo_at_both_and_one_about_nothing_is_the_projects(
    empty, tmp_path
) -> None:
    refer = f'<NoteRef targetGUID="{g(20)}"/>'
    notes = "".join(
        f'<Note guid="{g(n)}" name="N{n}"><Description>{said}</Description></Note>'
        for n, said in ((20, "Both."), (21, "Nothing."))
    )
    book = codes(code(1, "Room", refer), code(2, "Box", code(3, "Lid", refer), "false"))
    refers = f'<NoteRef targetGUID="{g(21)}"/>'
    book = book.replace('isCodable="false" >', f'isCodable="false" >{refers}')
    path = qdpx(tmp_path / "a.qdpx", qde(f"{book}<Notes>{notes}</Notes>{refers}"))
    imports.import_files(empty, [path])
    assert sorted(rows(empty, "memo", "text", "anchor", "anchor_id"), key=str) == [
        ("Both.", "code", g(1)),
        ("Both.", "code", g(3)),
        ("Nothing.", "project", None),
    ]


def test_a_codebook_comes_in_as_a_framework_called_after_its_file(empty, tmp_path) -> None:
    path = tmp_path / "Shed talk.qdc"
    inside = code(1, "Room") + code(2, "Tools")
    path.write_text(
        f'<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>{inside}</Codes></CodeBook>'
    )
    report = imports.import_files(empty, [path])
    assert report.counts == {"frameworks": 1, "codes": 2}
    assert rows(empty, "framework", "name") == [("shed-talk",)]
    again = imports.import_files(empty, [path])
    assert "shed-talk@1 was here already, with the same content." in again.notes


def test_a_damaged_project_stores_nothing(garden, tmp_path) -> None:
    before, acts = garden.live(), garden.acts()
    path = qdpx(tmp_path / "a.qdpx", "<Project")
    with pytest.raises(BrokenFile, match="not well-formed"):
        imports.import_files(garden.project, [path])
    assert (garden.live(), garden.acts()) == (before, acts)


def test_a_rehearsal_keeps_nothing(empty, small) -> None:
    with empty.rehearsing():
        report = imports.import_files(empty, [small])
    assert report.counts["codings"] == 3
    assert rows(empty, "coding", "id") == []


def test_a_coder_on_no_list_is_a_person_too(empty, tmp_path) -> None:
    body = codes(code(1, "Room"))
    body += f"<Sources>{text(6, 'shed', WORDS, selection(7, 15, 23, coding(8, 1, ANE)))}</Sources>"
    imports.import_files(empty, [qdpx(tmp_path / "a.qdpx", qde(body))])
    people = by_id(empty, "person", "handle")
    assert [people[who] for (who,) in rows(empty, "coding", "person_id")] == ["user aaaaaaaa"]


def test_qualilab_comes_in_with_each_coder_and_all_laws_hold(empty, shared) -> None:
    path = shared / "real" / "refi" / "qualilab_stress_test.qdpx"
    report = imports.import_files(empty, [path])
    assert {k: report.counts[k] for k in ("transcripts", "cases", "codes", "codings")} == {
        "transcripts": 16,
        "cases": 16,
        "codes": 90,
        "codings": 2332,
    }
    people = by_id(empty, "person", "handle")
    coders = {people[who] for (who,) in rows(empty, "coding", "person_id")}
    assert len(coders) == 6
    assert len(rows(empty, "attribute_value", "id")) == 192
    assert empty.check() == []
