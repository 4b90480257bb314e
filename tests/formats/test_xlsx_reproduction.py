"""The report on printed tables as a workbook, read back cell by cell."""

from pathlib import Path

import laundry
import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from workbench.project import reproducing
from workbench.project.reproducing import Reproduction

GREEN, AMBER, GREY, RED = "FFE3F1E3", "FFFBE3B5", "FFF4F7F8", "FFF6C6BD"


def fill(sheet: Worksheet, at: str) -> str:
    return str(sheet[at].fill.start_color.rgb)


def texts(sheet: Worksheet) -> list[list[str]]:
    return [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Reproduction]]:
    """A report on the study as it is, and on one with a slip, a formula and a lost row."""
    home = tmp_path_factory.mktemp("report")
    good, bad = laundry.write(home / "good"), laundry.write(home / "bad")
    changed = {
        "links": {"value": "4"},
        "ring": {"row": "=HYPERLINK(1)", "value": "=1+1"},
        "most": {"figure": "leaders"},
        "quoted": {"row": "1", "column": "speaker"},
    }
    laundry.rewrite(
        bad / "published" / "2-findings.csv",
        lambda rows: [{**r, **changed.get(r["cell"], {})} for r in rows],
    )
    with (bad / "readings.csv").open("a", encoding="utf-8") as file:
        file.write("kim,nowhere,read,2024-05-01\n")
    done = [reproducing.reproduce(good), reproducing.reproduce(bad)]
    path = home / "report.xlsx"
    reproducing.write_report(path, done)
    return path, done


def test_the_workbook_says_what_it_was_made_from(told):
    path, done = told
    said = {p.name: p.value for p in openpyxl.load_workbook(path).custom_doc_props.props}
    assert said["Workbench: Project"] == "laundry, laundry"
    assert said["Workbench: What"] == "published tables, rebuilt"
    assert said["Workbench: Left out"].startswith("Passed over: readings.csv, line 4: There is no")
    again = path.with_name("again.xlsx")
    reproducing.write_report(again, done)
    other = {p.name: p.value for p in openpyxl.load_workbook(again).custom_doc_props.props}
    assert other["Workbench: Hash of the content"] == said["Workbench: Hash of the content"]
    reproducing.write_report(again, done[:1])
    one = {p.name: p.value for p in openpyxl.load_workbook(again).custom_doc_props.props}
    assert one["Workbench: Hash of the content"] != said["Workbench: Hash of the content"]


def test_the_first_sheet_tells_each_study_and_what_the_colours_mean(told):
    book = openpyxl.load_workbook(told[0])
    front = book["Summary"]
    rows = texts(front)
    assert rows[0] == [
        "study", "table", "cells", "equal", "explained", "stated", "differs", "not rebuilt",
    ]  # fmt: skip
    assert rows[1][:2] == ["laundry: reproduced", "The laundry room"]
    assert rows[2] == ["", "1-sample", "10", "9", "0", "1", "0", "0"]
    assert rows[3] == ["", "2-findings", "18", "17", "1", "0", "0", "0"]
    assert rows[4][:2] == ["laundry: NOT reproduced", "The laundry room"]
    assert rows[6] == ["", "2-findings", "18", "14", "1", "0", "2", "1"]
    assert rows[7][1].startswith("Passed over: readings.csv, line 4: There is no transcript")
    verdicts = ["equal", "explained", "stated", "differs", "not rebuilt"]
    assert [row[0] for row in rows[-5:]] == verdicts
    last = front.max_row
    assert [fill(front, f"A{last - 4 + n}") for n in range(5)] == [GREEN, AMBER, GREY, RED, RED]


def test_a_printed_table_stands_as_it_is_printed_with_its_cells_marked(told):
    sheet = openpyxl.load_workbook(told[0])["2-findings laundry"]
    rows = texts(sheet)
    at = {name: n for n, name in enumerate(rows[0])}
    row = {r[0]: n for n, r in enumerate(rows)}
    assert rows[row["washes"]][at["all"]] == "21 [20]"
    assert rows[row["washes"]][at["January"]] == "14"
    assert rows[row["Too few machines"]][at["under"]] == "Standing in line; Old machines fail"
    column = openpyxl.utils.get_column_letter(at["all"] + 1)
    line = row["washes"] + 1
    assert fill(sheet, f"{column}{line}") == AMBER
    january = openpyxl.utils.get_column_letter(at["January"] + 1)
    assert fill(sheet, f"{january}{line}") == GREEN
    note = sheet[f"{column}{line}"].comment.text
    assert note.splitlines()[:4] == [
        "verdict: explained",
        "rebuilt: 20",
        "why: see X1",
        "where: p. 6",
    ]


def test_two_cells_in_one_place_make_a_list_of_cells_instead(told):
    book = openpyxl.load_workbook(told[0])
    _, name = (n for n in book.sheetnames if n.startswith("2-findings laundry"))
    rows = texts(book[name])
    assert rows[0][:6] == ["study", "table", "cell", "row", "column", "published"]
    assert len(rows) == 1 + 18
    by_cell = {r[2]: r for r in rows[1:]}
    assert by_cell["links"][5:8] == ["4", "3", "differs"]
    assert by_cell["most"][7] == "not rebuilt"


def test_what_looks_like_a_formula_is_text_everywhere(told):
    book = openpyxl.load_workbook(told[0])
    found = [
        cell
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if str(cell.value).startswith("=")
    ]
    assert {cell.value for cell in found} == {"=HYPERLINK(1)", "=1+1"}
    assert {cell.data_type for cell in found} == {"s"}


def test_every_cell_and_every_entry_of_the_register_stands_in_a_list(told):
    book = openpyxl.load_workbook(told[0])
    names = [n for n in book.sheetnames if n.startswith(("Cells", "Register"))]
    assert len(names) == 4
    cells = texts(book[names[0]])
    assert len(cells) == 1 + 28
    register = texts(book[names[1]])
    assert [r[1] for r in register[1:]] == ["X1", "X2", "X3"]


def test_a_table_of_a_study_without_a_register_is_written_too(tmp_path):
    study = laundry.write(tmp_path)
    (study / "register.csv").unlink()
    done = reproducing.reproduce(study)
    reproducing.write_report(tmp_path / "r.xlsx", [done])
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["Summary", "1-sample", "2-findings", "Cells laundry"]
