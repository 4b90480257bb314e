import os

import pytest

from workbench.errors import (
    BadFile,
    BadTable,
    InvalidFramework,
    MissingFile,
    ReleasedFrameworkChanged,
)
from workbench.formats import study
from workbench.formats.study import (
    StudyAttribute,
    StudyLadder,
    StudyPerson,
    StudyRun,
    StudyType,
    StudyTypology,
    TranscriptSettings,
)
from workbench.formats.table_rows import CaseRow, CodingRow, LadderRow
from workbench.model.report import LeftOut

FRAMEWORK = 'framework: waiting\nversion: "1"\ncodes: [{name: Access}]\n'


@pytest.fixture
def folder(tmp_path):
    """A study folder below a library of frameworks, as the project itself has them."""
    home = tmp_path / "studies" / "scan"
    write(home / "study.yaml", "title: Waiting for a scan\n")
    write(home / "transcripts" / "T01.txt", "Anna: So far away.\n")
    write(home / "transcripts" / "T02.txt", "Bo: Near.\n")
    write(tmp_path / "frameworks" / "waiting" / "1.yaml", FRAMEWORK)
    return home


def write(file, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")


def refusal(folder, text: str) -> BadTable:
    write(folder / "study.yaml", "title: Waiting\n" + text)
    with pytest.raises(BadTable) as caught:
        study.read(folder)
    assert caught.value.path == str(folder / "study.yaml")
    return caught.value


def test_title_and_transcripts_are_enough(folder) -> None:
    found = study.read(folder)
    assert found.title == "Waiting for a scan"
    assert (found.method, found.stages) == ("framework", "ritchie-spencer-1994")
    assert found.transcripts == tuple(folder / "transcripts" / f"T0{n}.txt" for n in (1, 2))
    assert found.rows == study.StudyTables()
    assert (found.frameworks, found.runs, found.unknown) == ((), (), ())
    assert found.report.counts == {"transcripts": 2}


def test_all_that_study_yaml_can_say_is_read(folder) -> None:
    write(
        folder / "study.yaml",
        """\
title: Waiting for a scan
doi: 10.1000/182
authors: [A. Ås, B. Bø]
method: elo-kyngas
stages: five-stages
objective: Who waits?
synthetic: Invented throughout.
language: nb
people:
  - {handle: aa, name: A. Ås, role: owner, credentials: PhD, occupation: Nurse,
     experience: 12 years}
  - handle: bb
frameworks: [waiting@1]
ladders:
  - {name: main, framework: waiting@1}
  - {name: free, template: framework, objective: Other words}
attributes:
  - {name: age, type: integer}
runs:
  - {name: first, framework: waiting@1, kind: independent, coder: aa, blind: true,
     finished: [T02]}
  - {name: last, framework: waiting@1, kind: final, finished: all}
typologies:
  - name: Stance
    dimensions: {says no: ["never", often], has time: [little, much]}
    types:
      - {name: Gatekeeper, definition: Guards., values: {says no: often, has time: much}}
transcripts:
  interviewers: [I, Int]
  cases: none
  headers: [{transcript: T01, title: "", date: "2024-05-06", duration_minutes: 41.5}]
  speakers: [{transcript: T02, speaker: Bo, role: interviewer}]
""",
    )
    found = study.read(folder)
    assert (found.doi, found.authors) == ("10.1000/182", ("A. Ås", "B. Bø"))
    assert (found.method, found.stages) == ("elo-kyngas", "five-stages")
    assert (found.objective, found.synthetic) == ("Who waits?", "Invented throughout.")
    assert found.language == "nb"
    assert found.people == (
        StudyPerson("aa", "A. Ås", "owner", "PhD", "Nurse", "12 years"),
        StudyPerson("bb", "", "coder", "", "", ""),
    )
    assert [v.reference for v in found.frameworks] == ["waiting@1"]
    assert found.attributes == (StudyAttribute("age", "integer"),)
    assert found.ladders == (
        StudyLadder("main", "waiting@1", "elo-kyngas"),
        StudyLadder("free", "", "framework", "Other words"),
    )
    assert found.runs == (
        StudyRun("first", "waiting@1", "independent", "aa", True, ("T02",)),
        StudyRun("last", "waiting@1", "final", "", False, ("T01", "T02")),
    )
    assert found.typologies == (
        StudyTypology(
            "Stance",
            {"says no": ("never", "often"), "has time": ("little", "much")},
            (StudyType("Gatekeeper", "Guards.", {"says no": "often", "has time": "much"}),),
        ),
    )
    assert found.settings == TranscriptSettings(
        ("I", "Int"),
        "none",
        (("T01", {"title": "", "date": "2024-05-06", "duration_minutes": "41.5"}),),
        (("T02", "Bo", "interviewer"),),
    )


def test_levels_with_own_names_are_read_by_those_of_each_ladder(folder) -> None:
    said = "ladders: [{name: own, template: theme/category/domain/message}]"
    write(
        folder / "study.yaml", f"title: Waiting\nmethod: finding/pattern/domain/message\n{said}\n"
    )
    write(
        folder / "ladder.csv",
        "ladder,level,label\nown,Theme,A\nown,category,B\nown,Finding,C\nother,theme,D\n,Pattern,E\n"
        ",element,F\n",
    )
    found = study.read(folder)
    assert found.method == "finding / pattern / domain / message"
    assert found.ladders == (StudyLadder("own", "", "theme / category / domain / message", ""),)
    assert [(row.label, row.level) for row in found.rows.ladder] == [
        ("A", 2), ("B", 3), ("C", 2), ("D", 5), ("E", 3), ("F", 2),
    ]  # fmt: skip


def test_rows_that_name_no_ladder_are_read_in_the_levels_of_the_findings(folder) -> None:
    said = "title: Waiting\nladders: [{name: findings, template: theme/category/domain/message}]\n"
    write(folder / "study.yaml", said)
    write(folder / "ladder.csv", "level,label\ntheme,A\nelement,B\n")
    assert [row.level for row in study.read(folder).rows.ladder] == [2, 2]


def test_tables_are_read_by_their_names_in_the_levels_of_the_method(folder) -> None:
    write(folder / "study.yaml", "title: Waiting\nmethod: elo-kyngas\n")
    write(folder / "cases.csv", "case,transcript,Occupation\nAnna,T01,Nurse\n")
    write(folder / "codings.tsv", "ref\ttranscript\tcode\tquote\nc1\tT01\t1\tSo far\n")
    write(folder / "ladder.csv", "level,label,mood\ncondensed text,Far,low\n")
    found = study.read(folder)
    assert found.rows == study.StudyTables(
        cases=(CaseRow(2, "Anna", ("T01",), "", (("Occupation", "Nurse"),)),),
        codings=(
            CodingRow(2, "c1", "T01", "1", "So far", "", "", None, None, "", "", False),
        ),
        ladder=(LadderRow(2, "", "", 2, "Far", (), (), ""),),
    )  # fmt: skip
    assert {k: t.path for k, t in found.tables.items()} == {
        "cases": str(folder / "cases.csv"),
        "codings": str(folder / "codings.tsv"),
        "ladder": str(folder / "ladder.csv"),
    }
    assert found.report.counts == {
        "rows of cases": 1,
        "rows of codings": 1,
        "rows of ladder": 1,
        "transcripts": 2,
    }
    assert [left.what for left in found.report.left_out] == ["columns"]


def test_what_nothing_reads_is_listed(folder) -> None:
    write(folder / "study.yaml", "title: Waiting\nframeworks: [waiting@1]\n")
    for name in (
        "README.md",
        "case.csv",
        "published/table_1.pdf",
        "published/old/table.csv",
        "transcripts/.hidden.txt",
        "transcripts/~$T01.docx",
        "transcripts/old/T03.txt",
        "transcripts/LICENSE",
        "frameworks/waiting/1.yaml",
        "frameworks/waiting/2.yaml",
        "frameworks/notes.txt",
    ):
        write(folder / name, FRAMEWORK)
    found = study.read(folder)
    assert found.unknown == (
        "case.csv",
        "transcripts/.hidden.txt",
        "transcripts/old/",
        "transcripts/~$T01.docx",
        "published/old/",
        "published/table_1.pdf",
        "frameworks/notes.txt",
        "frameworks/waiting/2.yaml",
    )
    assert found.report.left_out[0] == LeftOut("files", "nothing here reads “case.csv”", 1)
    assert len(found.report.left_out) == 8


# --- frameworks ------------------------------------------------------------------


def test_the_nearest_framework_is_taken(folder) -> None:
    write(folder / "study.yaml", "title: Waiting\nframeworks: [waiting@1]\n")
    assert [c.name for c in study.read(folder).frameworks[0].codes] == ["Access"]
    own = FRAMEWORK.replace("Access", "Own")
    write(folder / "frameworks" / "waiting" / "1.yaml", own)
    assert [c.name for c in study.read(folder).frameworks[0].codes] == ["Own"]


@pytest.mark.parametrize(
    "name", ["../../x@1", "waiting@../1", "waiting@..", "waiting/1", "@1", "waiting@", "a@b@c"]
)
def test_a_framework_name_cannot_be_a_path(folder, name) -> None:
    error = refusal(folder, f'frameworks: ["{name}"]\n')
    assert error.where == "line 2, frameworks 1"
    assert "this must be a framework version like waiting@1" in str(error)


def test_a_framework_that_is_not_there_is_missing(folder) -> None:
    write(folder / "study.yaml", "title: Waiting\nframeworks: [waiting@2]\n")
    with pytest.raises(MissingFile, match=r"waiting/2\.yaml"):
        study.read(folder)


def test_a_file_of_another_framework_is_refused(folder) -> None:
    write(folder / "frameworks" / "waiting" / "2.yaml", FRAMEWORK)
    error = refusal(folder, "frameworks: [waiting@2]\n")
    assert error.where == "line 2, frameworks 1"
    assert "the file of “waiting@2” says that it is waiting@1." in str(error)


def test_faults_of_framework_files_come_through(folder) -> None:
    write(folder / "study.yaml", "title: Waiting\nframeworks: [waiting@1]\n")
    file = folder / "frameworks" / "waiting" / "1.yaml"
    write(file, FRAMEWORK + "colour: red\n")
    with pytest.raises(InvalidFramework):
        study.read(folder)
    write(file, FRAMEWORK + f"state: released\nhash: {'a' * 64}\n")
    with pytest.raises(ReleasedFrameworkChanged):
        study.read(folder)


# --- refusals --------------------------------------------------------------------

RUN = "frameworks: [waiting@1]\nruns:\n- {name: r, framework: waiting@1, kind: final"
TYPES = "typologies:\n- name: S\n  dimensions: {says: [never, often]}\n  types:\n"


@pytest.mark.parametrize(
    ("text", "where", "problem"),
    [
        ("titel: X", "line 2, titel", "“titel” is not a field here; did you mean “title”?"),
        (
            "doi: https://doi.org/10.1000/182",
            "line 2, doi",
            "“https://doi.org/10.1000/182” does not fit: this must be a DOI without "
            "https://doi.org/, like 10.1000/182.",
        ),
        (
            "doi: 10.1000",
            "line 2, doi",
            'YAML does not read 10.1000 as text; put it in quotes: "10.1000".',
        ),
        ("language: no", "line 2, language", None),
        ("authors: A. Ås", "line 2, authors", "this must be a list."),
        ("authors: [A, A]", "line 2, authors", "the same value stands twice in this list."),
        (
            "method: grounded",
            "line 2, method",
            "“grounded” cannot be taken; give framework, elo-kyngas, graneheim-lundman, or four "
            "names with “/” between, such as finding / pattern / domain / message.",
        ),
        (
            "method: one / two / Two / three",
            "line 2, method",
            "“Two” cannot be taken; give another name: this one is taken.",
        ),
        (
            "stages: six",
            "line 2, stages",
            "“six” is not one of ritchie-spencer-1994, five-stages, gale-2013, spencer-2014.",
        ),
        (
            "people: [{handle: a, experience: 12}]",
            "line 2, people 1 › experience",
            'YAML does not read 12 as text; put it in quotes: "12".',
        ),
        (
            "people: [{handle: a, role: boss}]",
            "line 2, people 1 › role",
            "“boss” is not one of owner, coder, reader.",
        ),
        (
            "people:\n- handle: a\n- handle: a",
            "line 4, people 2 › handle",
            "“a” stands here a second time.",
        ),
        (
            "ladders: [{name: main, framework: waiting@1}]",
            "line 2, ladders 1 › framework",
            "“waiting@1” is not one of the frameworks: there are none.",
        ),
        ("ladders: [{name: a},\n  {name: a}]", "line 3, ladders 2 › name", None),
        (
            "ladders: [{name: a, template: steps}]",
            "line 2, ladders 1 › template",
            "“steps” cannot be taken; give framework, elo-kyngas, graneheim-lundman, or four "
            "names with “/” between, such as finding / pattern / domain / message.",
        ),
        (
            "attributes: [{name: a, type: text}, {name: a, type: date}]",
            "line 2, attributes 2 › name",
            "“a” stands here a second time.",
        ),
        (
            "transcripts: {headers: [{transcript: T09, mode: online}]}",
            "line 2, transcripts › headers 1 › transcript",
            "there is no “T09” in the folder transcripts.",
        ),
        (
            "transcripts: {speakers: [{transcript: T01, speaker: A, role: boss}]}",
            "line 2, transcripts › speakers 1 › role",
            "“boss” is not one of interviewer, participant, unknown.",
        ),
        (RUN + "}\n- {name: r}", "line 5, runs 2", "“framework”, “kind” is missing."),
        (
            RUN.replace("final", "blind") + "}",
            "line 4, runs 1 › kind",
            "“blind” is not one of independent, consensus, final.",
        ),
        (RUN + ", blind: maybe}", "line 4, runs 1 › blind", "this must be true or false."),
        (
            RUN + ", finished: [T01,\n  T09]}",
            "line 5, runs 1 › finished 2",
            "there is no “T09” in the folder transcripts.",
        ),
        (
            RUN + ", finished: most}",
            "line 4, runs 1 › finished",
            "“most” does not fit: this must be “all”, or a list of transcripts.",
        ),
        (
            RUN + ", finished: 3}",
            "line 4, runs 1 › finished",
            "this must be “all”, or a list of transcripts.",
        ),
        (
            "people: [{handle: aa}]\n" + RUN + ", coder: bb}",
            "line 5, runs 1 › coder",
            "“bb” is not one of the people: aa.",
        ),
        (
            RUN.replace("framework: waiting@1", "framework: waiting@2") + "}",
            "line 4, runs 1 › framework",
            "“waiting@2” is not one of the frameworks: waiting@1.",
        ),
        (
            TYPES + "  - {name: T, values: {says: always}}",
            "line 6, typologies 1 › types 1 › values › says",
            "“always” is not one of never, often.",
        ),
        (
            TYPES + "  - {name: T, values: {time: much, says: never}}",
            "line 6, typologies 1 › types 1 › values › time",
            "“time” is not one of the dimensions: says.",
        ),
        (
            TYPES + "  - {name: T, values: {}}",
            "line 6, typologies 1 › types 1 › values",
            "a value on “says” is missing.",
        ),
        (
            TYPES + "  - {name: T, values: {says: never}}\n  - {name: T, values: {says: often}}",
            "line 7, typologies 1 › types 2 › name",
            "“T” stands here a second time.",
        ),
        (
            "typologies: [{name: S, dimensions: {}, types: []}]",
            "line 2, typologies 1 › dimensions",
            "this must not be empty.",
        ),
    ],
)
def test_a_mistake_in_study_yaml_is_one_sentence_that_says_where(folder, text, where, problem):
    error = refusal(folder, text)
    assert error.where == where
    if problem is not None:
        assert error.problem == f"{where}: {problem}"


def test_a_mistake_in_a_table_names_the_file_and_the_line(folder) -> None:
    write(folder / "cells.csv", "case,code,mark\nAnna,1,done\n")
    with pytest.raises(BadTable, match=r"cells\.csv: line 2, column mark: “done”"):
        study.read(folder)


def test_a_table_must_be_what_its_name_says(folder) -> None:
    write(folder / "cells.csv", "case,code,kind,text\nAnna,1,summary,Far.\n")
    with pytest.raises(BadTable, match=r"cells\.csv: line 1: the columns of cells lack “mark”"):
        study.read(folder)


# --- files -----------------------------------------------------------------------


def test_a_folder_without_study_yaml_or_transcripts_is_no_study(folder, tmp_path) -> None:
    assert study.is_study(folder)
    assert not study.is_study(tmp_path)
    with pytest.raises(MissingFile, match=r"study\.yaml"):
        study.read(tmp_path)
    for file in (folder / "transcripts").iterdir():
        file.unlink()
    with pytest.raises(BadFile, match="there are no transcripts"):
        study.read(folder)
    (folder / "transcripts").rmdir()
    with pytest.raises(MissingFile, match="transcripts"):
        study.read(folder)


def test_two_files_for_one_thing_are_refused(folder) -> None:
    write(folder / "cases.csv", "case\nAnna\n")
    write(folder / "cases.tsv", "case\nAnna\n")
    with pytest.raises(BadFile, match=r"cases\.csv and cases\.tsv hold the same table"):
        study.read(folder)
    (folder / "cases.tsv").unlink()
    write(folder / "transcripts" / "T01.vtt", "WEBVTT\n")
    with pytest.raises(BadFile, match=r"T01\.txt has the same name but for its ending"):
        study.read(folder)


@pytest.mark.skipif(os.name == "nt", reason="links need a right of their own on Windows")
@pytest.mark.parametrize(
    "name",
    ["transcripts/T03.txt", "cases.csv", "frameworks/waiting/1.yaml", "study.yaml", "transcripts"],
)
def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path, name) -> None:
    write(folder / "study.yaml", "title: Waiting\nframeworks: [waiting@1]\n")
    secret = tmp_path / "secret.txt"
    secret.write_text("case\nnot for you\n")
    link = folder / name
    link.parent.mkdir(parents=True, exist_ok=True)
    if link.is_dir():
        link.rename(tmp_path / "elsewhere")
        link.symlink_to(tmp_path / "elsewhere")
    else:
        link.unlink(missing_ok=True)
        link.symlink_to(secret)
    with pytest.raises(BadFile, match="it leads out of its folder"):
        study.read(folder)


def test_a_folder_that_is_linked_as_a_whole_can_be_read(folder, tmp_path) -> None:
    (tmp_path / "short").symlink_to(folder)
    assert study.read(tmp_path / "short").title == "Waiting for a scan"
