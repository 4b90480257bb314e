"""Agreement as a file: the settings on the cover, numbers, pairs and differences with words."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest
from console import workbench as command
from two_readings import BED, GATE, LIST, RAIN, VERSION, read_twice

from workbench.errors import BadValue
from workbench.project import agreement_files, agreement_page, deciding, edits
from workbench.project.agreement_page import Comparison

FORMULA = "=1+1"
OF = Comparison(framework=VERSION)


@pytest.fixture
def twice(tmp_path: Path):
    with read_twice(tmp_path / "study.fwb") as project:
        yield project


def sheets(path: Path) -> dict[str, list[list[object]]]:
    book = openpyxl.load_workbook(path)
    return {s.title: [[c.value for c in row] for row in s.iter_rows()] for s in book}


def rows(sheet: list[list[object]]) -> list[dict[object, object]]:
    return [dict(zip(sheet[0], row, strict=True)) for row in sheet[1:]]


def test_the_cover_has_the_settings(twice, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    of = OF._replace(interviewer=False, children=True, resamples=100, seed=7, bands="krippendorff")
    said = agreement_files.write(twice, path, of)
    assert said == f"{path}: agreement of anna alone / bo alone, 8 rows, 4 differences."
    cover = sheets(path)["Cover"]
    assert cover[0][0] == "Agreement: The garden"
    told = {row[0]: row[1] for row in cover}
    assert {k: told[k] for k in told if k in SETTINGS} == SETTINGS
    assert told["Made with"].startswith("Framework Workbench ")
    assert [told[name] for name in ("Numbers", "By pair", "Differences")] == [
        "agreement: codes, then categories, then overall",
        "the same for each two sides, without intervals",
        "what two sides coded differently, with the words",
    ]


SETTINGS = {
    "Framework": VERSION,
    "Hash of the framework": "none: a draft",
    "Runs": "anna alone, bo alone",
    "Unit": "turn",
    "Sides": "anna alone / bo alone",
    "Transcripts": "gardener, group",
    "Text that nobody coded counts": "yes",
    "Codes count for the codes above them": "yes",
    "Codings of a code that overlap are joined": "yes",
    "What interviewers say counts": "no",
    "95 % intervals": "100 draws of transcripts",
    "Seed": "7",
    "Bands": "krippendorff",
}


def test_the_sheets_have_numbers_and_what_is_undefined(twice, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    agreement_files.write(twice, path, OF)
    held = {row["name"]: row for row in rows(sheets(path)["Numbers"])}
    shared = held["Shared work"]
    assert (shared["units"], shared["n: anna alone"], shared["n: bo alone"]) == (10, 1, 2)
    # of ten turns three differ: by chance .1 × .2 + .9 × .8 = .74 would agree
    assert (shared["percent"], shared["kappa"]) == (0.7, round((0.7 - 0.74) / 0.26, 4))
    unused = held["Reasons to come"]
    assert unused["kappa"] == "undefined"
    assert "nobody gave the code" in str(unused["undefined"])
    pair = {row["name"]: row for row in rows(sheets(path)["By pair"])}["Shared work"]
    assert (pair["side"], pair["other"], pair["n: side"], pair["n: other"]) == (
        "anna alone",
        "bo alone",
        1,
        2,
    )
    assert "percent_low" not in pair


def test_differences_have_their_words_and_decisions(twice, tmp_path: Path) -> None:
    edits.start_run(twice, "together", VERSION, kind="consensus")
    table = agreement_page.differences(
        twice, OF, ("anna alone", "bo alone"), ["anna alone", "bo alone"]
    )
    deciding.settle(twice, "together", deciding.listed(table)[1], "first", "=The lock")
    path = tmp_path / "a.xlsx"
    agreement_files.write(twice, path, OF)
    found = rows(sheets(path)["Differences"])
    assert [(r["kind"], r["code"], r["other code"], r["words"], r["decided"]) for r in found] == [
        ("borders", "Barriers", "Barriers", RAIN, "no"),
        ("other code", "Barriers", "Shared work", GATE, "yes"),
        ("one-sided", "Shared work", None, LIST, "no"),
        ("one-sided", None, "Shared work", BED, "no"),
    ]
    assert (found[1]["decision"], found[1]["reason"]) == (
        "first side: kept; other side: dropped",
        "=The lock",
    )


def test_text_of_users_is_no_formula(twice, tmp_path: Path) -> None:
    edits.start_run(twice, FORMULA, VERSION, kind="independent", coder="anna")
    edits.code_quote(twice, "group", BED, "1.1", coder="anna", run=FORMULA)
    edits.change_code(twice, VERSION, "1.2", name="@SUM(A1)")
    path = tmp_path / "a.xlsx"
    agreement_files.write(twice, path, OF)
    cells = [
        (cell.value, cell.data_type)
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith(("=", "@"))
    ]
    assert {FORMULA, "@SUM(A1)"} <= {value for value, _ in cells}
    assert {kind for _, kind in cells} == {"s"}
    for safe, wanted in ((False, "@SUM(A1)"), (True, "'@SUM(A1)")):
        agreement_files.write(twice, tmp_path / "a.csv", OF, safe_for_excel=safe)
        with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as stream:
            assert wanted in [row["name"] for row in csv.DictReader(stream)]


def test_csv_has_the_numbers_and_a_manifest_beside(twice, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    said = agreement_files.write(twice, path, OF._replace(unit="character"))
    assert said == f"{path}: agreement of anna alone / bo alone, 8 rows."
    with path.open(encoding="utf-8-sig", newline="") as stream:
        held = {row["name"]: row for row in csv.DictReader(stream)}
    # Bo gave Barriers to “Rain keeps me”; the 34 characters on tools are those of both
    assert (held["Barriers"]["n: bo alone"], held["Tools"]["n: bo alone"]) == ("13", "34")
    assert float(held["Tools"]["kappa"]) == 1
    assert held["Reasons to come"]["kappa"] == ""
    assert held["Reasons to come"]["undefined"]
    manifest = json.loads((tmp_path / "a.csv.manifest.json").read_text("utf-8"))
    assert manifest["runs"] == ["anna alone", "bo alone"]
    assert manifest["filters"]["Unit"] == "character"


def test_characters_are_told_with_their_caution(twice, tmp_path: Path) -> None:
    for unit, told in (("character", True), ("turn", False)):
        path = tmp_path / f"{unit}.xlsx"
        agreement_files.write(twice, path, OF._replace(unit=unit))
        cover = " ".join(str(row[0]) for row in sheets(path)["Cover"])
        assert ("The longer the text, the better characters agree" in cover) is told


def test_another_ending_is_refused_and_nothing_is_written(twice, tmp_path: Path) -> None:
    with pytest.raises(BadValue, match=r"\.xlsx, \.csv"):
        agreement_files.write(twice, tmp_path / "a.docx", OF)
    assert not (tmp_path / "a.docx").exists()


def test_the_command_line_writes_the_same(twice, tmp_path: Path) -> None:
    twice.close()
    ran = command(
        "agree", "study.fwb", "anna alone", "bo alone", "--draws", "0", "--unit", "sentence",
        "--coded-only", "--no-interviewer", "--into", "b.xlsx", cwd=tmp_path, who="anna",
    )  # fmt: skip
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "b.xlsx: agreement of anna alone / bo alone, 8 rows, 4 differences.\n"
    told = {row[0]: row[1] for row in sheets(tmp_path / "b.xlsx")["Cover"]}
    assert (told["Unit"], told["Text that nobody coded counts"]) == ("sentence", "no")
    assert (told["What interviewers say counts"], told["95 % intervals"]) == ("no", "none")
