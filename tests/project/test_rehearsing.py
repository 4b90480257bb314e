"""A rehearsed import says what the import would, and nothing of it stays."""

from collections.abc import Iterator
from pathlib import Path

import builders
import pytest
from builders import Garden

import workbench
from workbench import errors
from workbench.project import edits, samples


@pytest.fixture
def held(where: str) -> Iterator[Garden]:
    """The garden, in a file and in a database of a server."""
    made = builders.build(where)
    yield made
    made.project.close()


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A transcript and two tables that name what it brings."""
    texts = {
        "kari.txt": "I: Well?\nKari: The beans grew.\n",
        "people.csv": "case,plot\nkari,31\n",
        "codings.csv": "transcript,code,quote\nkari,2.2,beans\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return [tmp_path / name for name in texts]


def opened(garden: Garden, where: str) -> workbench.Project:
    return workbench.open(where, who=garden.project.who)


def test_the_report_of_a_rehearsal_is_that_of_the_import_and_nothing_stays(held, where, files):
    rows, acts, did = held.live(), held.acts(), held.project.did
    with opened(held, where) as project:
        project.did = did
        rehearsed = project.rehearse_import(*files, framework="garden@1")
        assert project.did == did
        assert (held.live(), held.acts()) == (rows, acts)
        assert rehearsed.counts == {  # by hand
            "transcripts": 1,
            "turns": 2,
            "words": 6,
            "cases": 2,  # the transcript's, and the row of the table
            "codings": 1,
        }
        brought = project.import_files(*files, framework="garden@1")
        assert brought.as_dict() == rehearsed.as_dict()
        assert [f for f in project.check() if f.severity == "broken"] == []
    assert held.acts() == acts + 3


def test_what_fails_in_a_rehearsal_keeps_nothing_and_does_not_say_that_it_did(
    held, where, files, tmp_path
):
    bad = tmp_path / "more.csv"
    bad.write_text("transcript,code,quote\nkari,2.2,carrots\n", encoding="utf-8")
    rows, acts = held.live(), held.acts()
    with opened(held, where) as project:
        with pytest.raises(errors.WorkbenchError) as caught:
            project.rehearse_import(files[0], bad, framework="garden@1")
        assert "Kept" not in str(caught.value)
        assert (held.live(), held.acts()) == (rows, acts)
        edits.change_setting(project, "title", "After the rehearsal")
    assert held.acts() == acts + 1


def test_undo_inside_a_rehearsal_is_not_kept_either(held, where):
    rows, acts = held.live(), held.acts()
    with held.project.rehearsing():
        edits.change_setting(held.project, "title", "Inside")
        assert held.project.undo()
        assert held.project.undo()
        assert held.project.history(1)[0]["kind"] == "undo"
    assert (held.live(), held.acts()) == (rows, acts)


def test_one_rehearsal_at_a_time(held):
    with held.project.rehearsing(), pytest.raises(errors.Refused):
        held.project.rehearse_import("nothing.txt")
    assert not held.project.rehearses


def test_a_study_can_be_rehearsed_into_an_empty_project(tmp_path):
    with workbench.create(tmp_path / "empty.fwb", who="anna") as project:
        report = project.rehearse_import(samples.samples())
        assert report.counts["transcripts"] == 4
        assert project.history() == []
