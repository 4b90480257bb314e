"""Projects of QualCoder and RQDA in a project here: what becomes of each thing in them."""

from collections import Counter

import pytest
from builders import by_id, rows
from foreign_databases import QualCoder, small_qualcoder, small_rqda

from workbench.errors import BadFile, UnknownFormat
from workbench.project import imports


@pytest.fixture
def sheds(tmp_path):
    return small_qualcoder(tmp_path / "sheds.qda" / "data.qda").parent


def test_a_project_of_qualcoder_comes_in_whole(empty, sheds) -> None:
    report = imports.import_files(empty, [sheds])
    assert report.counts == {
        "transcripts": 1,
        "turns": 2,
        "words": 7,
        "cases": 1,
        "categories": 1,
        "codes": 2,
        "codings": 3,
        "attributes": 1,
        "memos": 5,
    }
    assert report.left_out == []
    people, codes = by_id(empty, "person", "handle"), rows(empty, "code_version", "code_id", "name")
    codings = rows(empty, "coding", "person_id", "code_id", "start", "stop", "quote")
    assert sorted((people[who], dict(codes)[code], *rest) for who, code, *rest in codings) == [
        ("ane", "Room", 15, 23, "The shed"),
        ("ane", "Tools", 0, 8, "I: Well?"),
        ("bo", "Room", 15, 23, "The shed"),
    ]
    memos = rows(empty, "memo", "title", "text", "person_id", "anchor", "start", "stop")
    assert sorted((t, x, people[p], *rest) for t, x, p, *rest in memos) == [
        ("Comment", "Is it?", "bo", "transcript_version", 15, 23),
        ("Comment", "So?", "bo", "transcript_version", 24, 31),
        ("Description", "Came late.", "unknown", "case", None, None),
        ("Description", "Read aloud.", "ane", "transcript_version", None, None),
        ("Why", "Ask her.", "bo", "project", None, None),
    ]
    assert rows(empty, "case_span", "start", "stop") == [(0, 32)]
    assert rows(empty, "attribute_value", "value") == [("12",)]
    assert rows(empty, "run", "name") == [("sheds (QualCoder)",)]
    assert rows(empty, "framework", "name") == [("sheds",)]
    assert empty.check() == []


def test_one_act_brings_a_project_in_and_undo_takes_it_out(garden, tmp_path) -> None:
    before = garden.live()
    imports.import_files(garden.project, [small_rqda(tmp_path / "huts.rqda")])
    summary = "Imported the RQDA project “huts”: 2 codings"
    assert garden.project.history(1)[0]["summary"] == summary
    garden.project.undo()
    assert garden.live() == before


def test_the_same_project_again_is_coded_beside_and_brings_no_text_twice(empty, sheds) -> None:
    imports.import_files(empty, [sheds])
    report = imports.import_files(empty, [sheds])
    assert rows(empty, "framework", "name") == [("sheds",), ("sheds-2",)]
    per_run = Counter(run for (run,) in rows(empty, "coding", "run_id"))
    assert [*per_run.values()] == [3, 3]
    first = report.left_out[0]
    assert (first.what, first.why) == ("file", "“shed” is here already with the same text")
    assert [o for o in report.left_out if o.what == "codings"] == []
    told = "Texts that were here already with the same words have the codings: 1."
    assert told in report.notes


def test_texts_of_no_case_are_cases_unless_that_is_not_wanted(empty, tmp_path) -> None:
    made = QualCoder(tmp_path / "a.qda")
    made.text(1, "hut.txt", "Words.")
    imports.import_files(empty, [made.path], case_by="none")
    assert rows(empty, "case", "label") == []
    made.text(2, "barn.txt", "More words.")
    imports.import_files(empty, [made.path])
    assert rows(empty, "case", "label") == [("barn",)]


def test_an_import_that_fails_leaves_nothing_and_says_so(garden, tmp_path, sheds) -> None:
    (sheds / "data.qda").write_bytes((sheds / "data.qda").read_bytes()[:9_000])
    before, acts = garden.live(), garden.acts()
    with pytest.raises(BadFile):
        imports.import_files(garden.project, [sheds])
    other = QualCoder(tmp_path / "b.qda")
    other.run("DROP TABLE code_text")
    with pytest.raises(UnknownFormat, match="QualCoder projects"):
        imports.import_files(garden.project, [other.path])
    assert (garden.live(), garden.acts()) == (before, acts)
