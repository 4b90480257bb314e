"""Several files in one import: what cannot be read is told, the rest comes in."""

import sqlite3
from pathlib import Path

import builders
import pytest
from builders import Garden

from workbench import errors
from workbench.formats import framework_yaml
from workbench.project import imports

GOOD = "I: Well?\nKari: The beans grew.\n"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "kari.txt"
    path.write_text(GOOD, encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "broken.docx"
    path.write_bytes(b"PK\x03\x04 and no more")
    return path


def assert_refused(garden: Garden, error: type[errors.WorkbenchError], *paths: Path) -> str:
    """Import what must be refused; return its sentence. Nothing may be stored."""
    before, acts = garden.live(), garden.acts()
    with pytest.raises(error) as caught:
        imports.import_files(garden.project, list(paths))
    assert (garden.live(), garden.acts()) == (before, acts)
    return str(caught.value)


def test_of_several_files_the_broken_one_is_told_and_the_others_come_in(garden, good, broken):
    empty = good.with_name("empty.txt")
    empty.write_bytes(b"")
    report = imports.import_files(garden.project, [broken, good, empty])
    assert report.counts == {"transcripts": 1, "turns": 2, "words": 6, "cases": 1}
    assert len(report.failed) == 2
    assert all(
        name in said for name, said in zip(("broken.docx", "empty.txt"), report.failed, strict=True)
    )
    assert {w for o in report.left_out for w in o.where} == {"broken.docx", "empty.txt"}
    assert "kari" in {t["name"] for t in garden.live()["transcript"]}
    assert garden.project.check() == []


def test_the_only_file_when_broken_raises_and_leaves_nothing(garden, broken):
    assert str(broken.name) in assert_refused(garden, errors.BadFile, broken)


def test_several_broken_files_leave_no_act(garden, broken):
    other = broken.with_name("other.txt")
    other.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    before, acts = garden.live(), garden.acts()
    report = imports.import_files(garden.project, [broken, other])
    assert (report.counts, len(report.failed)) == ({}, 2)
    assert (garden.live(), garden.acts()) == (before, acts)


def test_what_is_not_there_or_is_a_folder_stops_the_import_before_it_begins(garden, good):
    missing = good.with_name("missing.txt")
    assert "there is no such file" in assert_refused(garden, errors.MissingFile, good, missing)
    assert "this is a folder" in assert_refused(garden, errors.BadFile, good, good.parent)


def test_a_database_that_is_no_taguette_project_is_refused(garden, good):
    other = good.with_name("bank.sqlite3")
    kept = sqlite3.connect(other)
    kept.execute("CREATE TABLE money (amount INTEGER)")
    kept.commit()
    kept.close()
    own = Path(garden.project.where)
    assert str(other) in assert_refused(garden, errors.UnknownFormat, other, good)
    assert str(own) in assert_refused(garden, errors.UnknownFormat, own)


def test_a_framework_comes_in_before_the_tables_that_need_it(garden, good):
    framework, codings = good.with_name("plots.yaml"), good.with_name("codings.csv")
    framework.write_text(framework_yaml.dumps(builders.version("plots")), encoding="utf-8")
    codings.write_text("transcript,code,quote\nkari,2.2,The beans grew.\n", encoding="utf-8")
    report = imports.import_files(garden.project, [codings, good, framework], framework="plots@1")
    assert [report.counts[k] for k in ("frameworks", "codes", "transcripts", "codings")] == [
        1,
        4,
        1,
        1,
    ]
    verbs = [a["verb"] for a in garden.project.history(3)]
    assert verbs == ["import codings", "import transcripts", "add framework"]


def test_a_broken_framework_is_refused_before_anything_is_stored(garden, good):
    bad = good.with_name("bad.yaml")
    bad.write_text("framework: [1\n", encoding="utf-8")
    assert "bad.yaml" in assert_refused(garden, errors.InvalidFramework, good, bad)


def test_progress_is_told_file_by_file_to_the_end(garden, good, broken):
    told: list[tuple[int, int, str]] = []
    imports.import_files(garden.project, [good, broken], progress=lambda *said: told.append(said))
    assert told == [(0, 2, "kari.txt"), (1, 2, "broken.docx"), (2, 2, "")]


def test_a_limit_of_size_holds_for_every_file(garden, good):
    with pytest.raises(errors.FileTooLarge, match=r"kari\.txt"):
        imports.import_files(garden.project, [good], max_bytes=10)
    report = imports.import_files(garden.project, [good, good.parent / "kari.txt"], max_bytes=10)
    assert len(report.failed) == 2


def test_the_rule_for_cases_and_the_interviewers_are_passed_on(garden, tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text("Ola: Well?\nKari: Beans.\nDag: Peas.\n", encoding="utf-8")
    imports.import_files(garden.project, [path], case_by="speaker", interviewers=["Ola"])
    rows = garden.live()
    assert {c["label"] for c in rows["case"]} >= {"Kari", "Dag"}
    assert "Ola" not in {c["label"] for c in rows["case"]}
