"""Files of other tools in a study folder: named in study.yaml, never looked for elsewhere."""

import pytest
from console import workbench

from workbench.errors import BadFile, BadTable, MissingFile
from workbench.formats import study
from workbench.formats.study_imports import StudyImport

MATRIX = ",A : Anna,B : Bo\n1 : Rain,2,0\n2 : Gate,1,3\n"
OTHER = ",A : Cato\n1 : Rain,7\n"


@pytest.fixture
def folder(tmp_path):
    home = tmp_path / "garden"
    (home / "matrices" / "old").mkdir(parents=True)
    (home / "matrices" / "first.csv").write_text(MATRIX, "utf-8")
    (home / "second.csv").write_text(OTHER, "utf-8")
    say(home, "[matrices/first.csv, second.csv]")
    return home


def say(home, imports: str) -> None:
    (home / "study.yaml").write_text(f"title: Garden\nimports: {imports}\n", "utf-8")


def test_files_of_other_tools_stand_for_transcripts_in_the_order_they_are_named(folder) -> None:
    say(folder, "[second.csv, {file: matrices/first.csv, series: all, labels: [theme, person]}]")
    found = study.read(folder)
    assert found.transcripts == ()
    assert found.imports == (
        StudyImport(folder / "second.csv"),
        StudyImport(folder / "matrices" / "first.csv", "all", ("theme", "person")),
    )


def test_a_study_may_have_both_and_without_either_it_is_refused(folder) -> None:
    (folder / "transcripts").mkdir()
    assert study.read(folder).transcripts == ()
    (folder / "transcripts" / "ola.txt").write_text("I: Well?\nOla: Fine.\n", "utf-8")
    found = study.read(folder)
    assert (len(found.transcripts), len(found.imports)) == (1, 2)
    say(folder, "[]")
    assert len(study.read(folder).transcripts) == 1
    (folder / "transcripts" / "ola.txt").unlink()
    with pytest.raises(BadFile, match="no transcripts in this folder"):
        study.read(folder)
    (folder / "transcripts").rmdir()
    with pytest.raises(MissingFile):
        study.read(folder)


def test_what_lies_beside_them_and_is_not_named_is_listed(folder) -> None:
    assert study.read(folder).unknown == ("matrices/old/",)
    (folder / "matrices" / "third.csv").write_text(OTHER, "utf-8")
    (folder / "matrices" / "README.md").write_text("Mine.", "utf-8")
    (folder / "notes").mkdir()
    assert study.read(folder).unknown == ("matrices/old/", "matrices/third.csv", "notes/")
    say(folder, "[matrices/first.csv]")
    assert "second.csv" in study.read(folder).unknown


@pytest.mark.parametrize("said", ["../outside.csv", "/etc/passwd", "matrices/../../outside.csv"])
def test_a_file_outside_the_folder_is_refused(folder, said) -> None:
    (folder.parent / "outside.csv").write_text(MATRIX, "utf-8")
    say(folder, f"[{said}]")
    with pytest.raises(BadFile, match="leads out of its folder"):
        study.read(folder)


def test_a_link_that_leads_out_of_the_folder_is_refused(folder) -> None:
    (folder.parent / "outside.csv").write_text(MATRIX, "utf-8")
    (folder / "link.csv").symlink_to(folder.parent / "outside.csv")
    say(folder, "[link.csv]")
    with pytest.raises(BadFile, match="leads out of its folder"):
        study.read(folder)


def test_a_file_that_is_missing_or_a_folder_is_refused(folder) -> None:
    for said in ("none.csv", "matrices"):
        say(folder, f"[{said}]")
        with pytest.raises(MissingFile):
            study.read(folder)


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ("[second.csv, second.csv]", "the same value stands twice"),
        ("[second.csv, ./second.csv]", "imports 2: “./second.csv” stands here a second time"),
        ("[second.csv, {file: second.csv}]", "imports 2: “second.csv” stands here a second time"),
        ("second.csv", "imports: this must be a list"),
        ("[{series: all}]", "imports 1"),
        ("[{file: second.csv, labels: [a]}]", "imports 1"),
        ("[{file: second.csv, labels: [a, a]}]", "imports 1"),
        ("[{file: second.csv, run: x}]", "imports 1"),
        ("[1]", "imports 1"),
    ],
)
def test_what_study_yaml_cannot_say_is_refused_at_its_place(folder, said, where) -> None:
    say(folder, said)
    with pytest.raises(BadTable) as caught:
        study.read(folder)
    assert where in str(caught.value)


def test_the_study_is_built_from_them(folder, tmp_path) -> None:
    say(folder, "[{file: second.csv, series: all}, {file: matrices/first.csv, series: all}]")
    ran = workbench("import", "garden.fwb", folder, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("Garden: 2 matrices, 5 counts.\n")
    assert workbench("counts", "garden.fwb", "--by", "case", cwd=tmp_path).out == (
        "series\tcase\tcount\nall\tCato\t7\nall\tAnna\t3\nall\tBo\t3\n"
    )


def test_a_file_that_no_reader_knows_is_named_and_nothing_stays(folder, tmp_path) -> None:
    (folder / "second.csv").write_text("case,code,mark\nAnna,1.1,not asked\n", "utf-8")
    ran = workbench("import", "garden.fwb", folder, cwd=tmp_path)
    assert ran.code == 1
    assert "second.csv: no reader here knows this format" in ran.err
    known = "Taguette projects, QualCoder projects, RQDA projects, NVivo matrices"
    assert f"Known are: {known}" in ran.err
    assert not (tmp_path / "garden.fwb").exists()
