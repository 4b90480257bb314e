"""`workbench reproduce` as a group meets it: what is printed, written and returned."""

import json
import shutil
from pathlib import Path

import laundry
import openpyxl
import pytest
from console import workbench


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laundry.write(tmp_path_factory.mktemp("studies"))


@pytest.fixture
def study(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "laundry"))


def change(study: Path, cell: str, **columns: str) -> None:
    file = study / "published" / "2-findings.csv"
    laundry.rewrite(
        file, lambda rows: [{**r, **(columns if r["cell"] == cell else {})} for r in rows]
    )


def test_a_study_that_reproduces_is_told_in_a_few_lines_and_exits_with_0(study):
    ran = workbench("reproduce", study)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "laundry: The laundry room",
        "table\tcells\tequal\texplained\tstated\tdiffers\tnot rebuilt",
        "1-sample\t10\t9\t0\t1\t0\t0",
        "2-findings\t18\t17\t1\t0\t0\t0",
        "Register: of 3 entries 3 held.",
        "laundry: reproduced, 26 of 28 cells as printed, 1 explained, 1 stated.",
        "",
    ]


def test_a_cell_that_differs_is_named_and_the_exit_code_is_1(study):
    change(study, "links", value="4")
    ran = workbench("reproduce", study)
    assert (ran.code, ran.err) == (1, "")
    lines = ran.out.splitlines()
    assert lines[4:6] == [
        "cell\trow\tcolumn\tpublished\trebuilt\tverdict\twhy",
        "links\tlinks\tn\t4\t3\tdiffers\t",
    ]
    assert lines[-2] == (
        "laundry: NOT reproduced, 25 of 28 cells as printed, 1 explained, 1 stated, 1 differs."
    )


def test_an_entry_that_no_longer_holds_is_named_and_the_exit_code_is_1(study):
    register = study / "register.csv"
    register.write_text(register.read_text("utf-8").replace("waiting = 4", "waiting = 5"))
    ran = workbench("reproduce", study)
    assert ran.code == 1
    assert "no longer so: old + waiting = 5" in ran.out
    assert "Register: of 3 entries 2 held." in ran.out


def test_all_cells_are_listed_on_request(study):
    ran = workbench("reproduce", study, "--cells")
    assert ran.code == 0
    assert "washes\twashes\tall\t21\t20\texplained\tsee X1" in ran.out
    assert "X2\tMore were planned.\tyes\t" in ran.out


def test_a_row_that_was_passed_over_is_told(study):
    with (study / "readings.csv").open("a", encoding="utf-8") as file:
        file.write("kim,nowhere,read,2024-05-01\n")
    ran = workbench("reproduce", study)
    assert ran.code == 1
    assert "\nPassed over: readings.csv, line 4: There is no transcript “nowhere”" in ran.out
    assert "laundry: NOT reproduced, 26 of 28 cells as printed" in ran.out


def test_json_is_a_list_of_studies_each_with_its_cells_and_their_codings(study):
    change(study, "links", value="4")
    ran = workbench("reproduce", study, study, "--json")
    assert (ran.code, ran.err) == (1, "")
    first, second = json.loads(ran.out)
    assert first.keys() == second.keys()
    assert (first["study"], first["reproduces"]) == ("laundry", False)
    cells = {c["cell"]: c for c in first["cells"]}
    assert len(cells) == 28
    assert (cells["links"]["published"], cells["links"]["rebuilt"]) == ("4", "3")
    assert len(cells["links"]["evidence"]) == cells["links"]["codings"] == 3
    assert {e["entry"]: e["holds"] for e in first["register"]} == {
        "X1": True,
        "X2": True,
        "X3": True,
    }
    assert (first["passed_over"], first["broken"]) == ([], [])


def test_json_is_the_same_of_one_study(study):
    (told,) = json.loads(workbench("reproduce", study, "--json").out)
    assert told["reproduces"] is True


def test_a_report_for_excel_is_written_beside(study, tmp_path):
    ran = workbench("reproduce", study, "--report", tmp_path / "r.xlsx")
    assert ran.code == 0
    assert f"Wrote {tmp_path / 'r.xlsx'}." in ran.out
    assert "2-findings" in openpyxl.load_workbook(tmp_path / "r.xlsx").sheetnames


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("nowhere/r.xlsx", 1, "nowhere/r.xlsx cannot be written: there is no such folder.\n"),
        ("r.csv", 2, "The name of the report cannot be 'r.csv'; give one that ends in .xlsx.\n"),
    ],
)
def test_a_report_that_cannot_be_written_is_told_before_the_work(study, tmp_path, name, code, said):
    for wanted in (study, "no study"):
        ran = workbench("reproduce", wanted, "--report", name, cwd=tmp_path)
        assert (ran.code, ran.out, ran.err) == (code, "", said)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ([], 2, "What to reproduce cannot be 'nothing'; give study folders, or --all.\n"),
        (["nowhere"], 1, "nowhere: this is no study: a study is a folder with a study.yaml. "
                         "“workbench study init FOLDER” begins one.\n"),
    ],
)  # fmt: skip
def test_wrong_use_is_one_sentence(tmp_path, words, code, said):
    ran = workbench("reproduce", *words, cwd=tmp_path)
    assert (ran.code, ran.out, ran.err) == (code, "", said)


def test_one_study_that_cannot_be_read_stops_with_its_file_and_line(study):
    (study / "published" / "2-findings.csv").write_text("cell,row,column,value\na b,,,1\n")
    ran = workbench("reproduce", study)
    assert (ran.code, ran.out) == (1, "")
    assert "2-findings.csv: line 2, column cell: the register could not name a cell" in ran.err
    assert ran.err.count("\n") == 1
