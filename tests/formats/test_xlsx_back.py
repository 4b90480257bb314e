"""A chart is taken back from its workbook, whatever was done to rows and columns."""

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from small_chart import CASES, LONG, ORIGIN, STATEMENTS, chart

from workbench.errors import BrokenFile
from workbench.formats import xlsx
from workbench.formats.xlsx import back
from workbench.formats.xlsx.base import ID_HEADING
from workbench.model.chart_file import CellBack, ChartBack, Line, NotRead


@pytest.fixture
def path(tmp_path: Path) -> Path:
    xlsx.write(chart(), tmp_path / "chart.xlsx")
    return tmp_path / "chart.xlsx"


def after(path: Path, change: Callable[[Any], object]) -> ChartBack:
    """Change the sheet of the chart, save the workbook and take it back."""
    book = openpyxl.load_workbook(path, rich_text=True)
    change(book["Garden"])
    book.save(path)
    return back.read(path)


def plain(*texts: str) -> tuple[Line, ...]:
    return tuple(Line(text, "plain") for text in texts)


def told(found: ChartBack) -> list[tuple[str, str]]:
    return [(n.what, n.place) for n in found.not_read]


WHOLE = {
    ("k1", "c1"): CellBack(
        "“Garden” B2",
        (*plain("Comes for the quiet.", "“The quiet.”"), Line("Looks away.", "italic")),
    ),
    ("k1", "c2"): CellBack("“Garden” D2", ()),
    ("k2", "c1"): CellBack("“Garden” B3", ()),
    ("k2", "c2"): CellBack("“Garden” D3", plain("The gate is locked.")),
    ("k3", "c1"): CellBack("“Garden” B4", plain("not asked")),
    ("k3", "c2"): CellBack("“Garden” D4", ()),
}


def test_an_untouched_workbook_says_what_it_said(path):
    found = back.read(path)
    assert found.cells == WHOLE
    assert found.not_read == ()
    assert (found.source, found.base.origin) == ("chart.xlsx", ORIGIN)
    assert (found.base.framework, found.base.framework_hash) == ("garden@1", "hash")
    assert found.base.cases == CASES
    assert found.base.cells["k3", "c1"].words == "not asked"
    assert [s[:3] for s in found.base.cells["k1", "c1"].statements] == [
        ("s1", "summary", "Comes for the quiet."),
        ("s2", "verbatim", "The quiet."),
        ("s3", "comment", "Looks away."),
    ]


def test_the_hidden_parts_do_not_show_and_the_cover_tells_of_them(path):
    book = openpyxl.load_workbook(path)
    assert book["Base"].sheet_state == "veryHidden"
    garden = book["Garden"]
    assert garden["F1"].value == ID_HEADING
    assert garden.column_dimensions["F"].hidden
    assert garden.auto_filter.ref == "A1:F4"
    cover = [c.value for row in book["Cover"].iter_rows() for c in row if c.value]
    assert any("taken back with “workbench import" in str(said) for said in cover)
    assert "Base" not in cover


def test_a_chart_of_figures_and_one_of_nowhere_are_not_taken_back(tmp_path):
    for name, more in (
        ("figures", {"figures": pd.DataFrame(columns=["case_id", "code_id", "value"])}),
        ("nowhere", {"origin": None}),
    ):
        given = chart()
        for field, value in more.items():
            object.__setattr__(given, field, value)
        xlsx.write(given, tmp_path / f"{name}.xlsx")
        assert not back.recognises(tmp_path / f"{name}.xlsx")
        book = openpyxl.load_workbook(tmp_path / f"{name}.xlsx")
        assert "Base" not in book.sheetnames
        assert ID_HEADING not in [c.value for c in book["Garden"][1]]


def test_only_such_a_workbook_is_recognised(path, tmp_path):
    assert back.recognises(path)
    (tmp_path / "text.xlsx").write_text("case,code\n", encoding="utf-8")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and no more")
    xlsx.write_table(pd.DataFrame({"case": ["a"]}), tmp_path / "table.xlsx")
    assert not any(
        back.recognises(tmp_path / name)
        for name in ("text.xlsx", "broken.xlsx", "table.xlsx", "none.xlsx")
    )


def test_rows_may_change_places(path):
    def turn_over(sheet: Any) -> None:
        rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=2, max_row=4)]
        for number, row in enumerate(reversed(rows), 2):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value

    found = after(path, turn_over)
    assert found.not_read == ()
    assert found.cells["k2", "c2"] == WHOLE["k2", "c2"]
    assert found.cells["k3", "c1"] == CellBack("“Garden” B2", plain("not asked"))
    assert found.cells["k1", "c1"].place == "“Garden” B4"


def test_columns_may_change_places_and_a_further_one_is_told(path):
    def insert(sheet: Any) -> None:
        sheet.insert_cols(2)
        sheet["B1"], sheet["B2"] = "My notes", "Look here."

    found = after(path, insert)
    assert told(found) == [("columns", "“Garden” B1")]
    assert "“My notes” is no column" in found.not_read[0].why
    assert found.cells["k2", "c2"] == CellBack("“Garden” E3", plain("The gate is locked."))


def test_a_changed_heading_leaves_its_column_out(path):
    found = after(path, lambda sheet: sheet.__setitem__("B1", "1 Silence"))
    assert [n.why for n in found.not_read] == [
        "the heading “1 Quiet” is gone or was changed",
        "“1 Silence” is no column of the chart as it was exported",
    ]
    assert {code for _, code in found.cells} == {"c2"}


def test_a_heading_that_stands_twice_leaves_its_column_out(path):
    found = after(path, lambda sheet: sheet.__setitem__("G1", "1 Quiet"))
    assert [n.why for n in found.not_read] == ["the heading “1 Quiet” stands there more than once"]
    assert {code for _, code in found.cells} == {"c2"}


def test_a_row_that_is_gone_takes_nothing_with_it(path):
    found = after(path, lambda sheet: sheet.delete_rows(2))
    assert found.not_read == (
        NotRead("cases", "“Garden”", "a row of “Kari” is gone; its statements stay as they are"),
    )
    assert {case for case, _ in found.cells} == {"k2", "k3"}


def test_a_row_added_by_hand_is_told_by_its_number(path):
    def add(sheet: Any) -> None:
        sheet["A7"], sheet["B7"] = "Per", "Comes on Sundays."

    found = after(path, add)
    assert told(found) == [("rows", "“Garden”, row 7")]
    assert found.cells == WHOLE


def test_a_row_with_another_id_is_a_row_added_by_hand(path):
    found = after(path, lambda sheet: sheet.__setitem__("F2", "k9"))
    assert told(found) == [("rows", "“Garden”, row 2"), ("cases", "“Garden”")]
    assert {case for case, _ in found.cells} == {"k2", "k3"}


def test_a_hidden_sheet_of_the_colleague_is_not_the_base(path, tmp_path):
    book = openpyxl.load_workbook(path)
    own = book.create_sheet("Mine", 0)
    own["A1"], own.sheet_state = "Notes", "hidden"
    book.save(path)
    assert back.read(path).base.cases == CASES
    del book["Base"]
    book.save(tmp_path / "no base.xlsx")
    assert not back.recognises(tmp_path / "no base.xlsx")


def test_two_rows_of_one_case_are_not_chosen_between(path):
    def double(sheet: Any) -> None:
        for column in range(1, 7):
            sheet.cell(5, column).value = sheet.cell(2, column).value

    found = after(path, double)
    assert [n.why for n in found.not_read] == ["the rows 2, 5 are all of “Kari”; leave one of them"]
    assert {case for case, _ in found.cells} == {"k2", "k3"}


def test_another_label_is_told_and_the_row_is_known_all_the_same(path):
    found = after(path, lambda sheet: sheet.__setitem__("A2", "Kari N."))
    assert found.not_read == (
        NotRead(
            "labels of cases",
            "“Garden” A2",
            "“Kari” reads “Kari N.” now; rename the case in the project",
        ),
    )
    assert found.cells == WHOLE


@pytest.mark.parametrize(
    ("value", "what"), [("=1+1", "a formula"), (12, "a number"), (True, "a number")]
)
def test_what_is_no_text_is_told_by_its_cell(path, value, what):
    found = after(path, lambda sheet: sheet.__setitem__("D2", value))
    assert told(found) == [("cells", "“Garden” D2")]
    assert what in found.not_read[0].why
    assert ("k1", "c2") not in found.cells
    assert len(found.cells) == 5


def test_italics_are_read_by_line(path):
    italic = InlineFont(i=True)
    there = CellRichText("Plain\n", TextBlock(italic, "leaning\nhalf "), "and half")
    found = after(path, lambda sheet: sheet.__setitem__("D2", there))
    assert found.cells["k1", "c2"].lines == (
        Line("Plain", "plain"),
        Line("leaning", "italic"),
        Line("half and half", "mixed"),
    )


def test_a_sheet_that_is_gone_or_renamed_is_told(path):
    found = after(path, lambda sheet: setattr(sheet, "title", "Allotment"))
    assert told(found) == [("sheets", "“Garden”"), ("sheets", "“Allotment”")]
    assert found.cells == {}


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    """A chart with an attribute of the cases, and with a table beside it."""
    given = chart()
    cases = given.cases.assign(plot=["12", "3", ""])
    framework = pd.DataFrame({"what": ["rain", "gates", "gates"], "n": [1, 2, 2]})
    for field, value in {"cases": cases, "further": (("Notes", framework),)}.items():
        object.__setattr__(given, field, value)
    xlsx.write(given, tmp_path / "whole.xlsx")
    return tmp_path / "whole.xlsx"


def changed(path: Path, change: Callable[[Any], object]) -> list[tuple[str, str, str]]:
    """Change a workbook and return what is told of it: what, where and why."""
    book = openpyxl.load_workbook(path, rich_text=True)
    change(book)
    book.save(path)
    return list(map(tuple, back.read(path).not_read))


def test_a_workbook_with_all_it_shows_comes_back_without_a_word(whole):
    found = back.read(whole)
    assert found.not_read == ()
    assert found.base.attributes == {"k1": ("12",), "k2": ("3",), "k3": ("",)}
    assert len(found.base.tables["Notes"]) == 4


def test_a_changed_attribute_is_told_with_both_values(whole):
    assert changed(whole, lambda book: book["Garden"].__setitem__("B3", 4)) == [
        (
            "attributes of cases",
            "“Garden” B3",
            "“plot” of “Ola” was “3” and reads “4” now; change it in the project",
        )
    ]


def test_a_number_for_its_text_is_no_change(whole):
    assert changed(whole, lambda book: book["Garden"].__setitem__("B3", 3)) == []


def test_what_stands_below_no_heading_is_told(whole):
    assert changed(whole, lambda book: book["Garden"].__setitem__("J3", "Look here.")) == [
        ("columns", "“Garden” J3", "this column has no heading, so nothing of it is taken")
    ]


def test_a_row_with_no_more_than_a_name_is_told(whole):
    (told,) = changed(whole, lambda book: book["Garden"].__setitem__("A7", "Per"))
    assert told[:2] == ("rows", "“Garden”, row 7")


def test_without_the_names_of_cases_rows_are_known_and_it_is_told(whole):
    assert changed(whole, lambda book: book["Garden"].delete_cols(1)) == [
        ("columns", "“Garden”", "the heading “Case” is gone or was changed")
    ]
    assert len(back.read(whole).cells) == 6


def test_a_column_of_attributes_that_is_gone_is_told(whole):
    assert changed(whole, lambda book: book["Garden"].delete_cols(2)) == [
        ("columns of attributes", "“Garden”", "the heading “plot” is gone or was changed")
    ]


def test_a_changed_number_of_codings_is_told(whole):
    (told,) = changed(whole, lambda book: book["Garden"].__setitem__("D2", 7))
    assert told[:2] == ("numbers of codings", "“Garden” D2")


def test_changed_rows_beside_the_chart_are_told_by_their_number(whole):
    def change(book: Any) -> None:
        book["Notes"]["A2"], book["Notes"]["A9"] = "snow", "mine"

    told = changed(whole, change)
    assert [t[:2] for t in told] == [("rows", "“Notes”, row 2"), ("rows", "“Notes”, row 9")]
    assert "only shown" in told[0][2]


def test_rows_beside_the_chart_may_be_sorted_and_those_that_are_gone_are_counted(whole):
    def change(book: Any) -> None:
        sheet = book["Notes"]
        rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=2, max_row=4)]
        for number, row in enumerate([rows[2], rows[0]], 2):
            sheet.cell(number, 1).value, sheet.cell(number, 2).value = row
        sheet.delete_rows(4)

    assert changed(whole, change) == [("sheets", "“Notes”", "1 row of it is gone")]


def test_columns_and_sheets_beside_the_chart_are_told_once(whole, tmp_path):
    assert [t[:2] for t in changed(whole, lambda book: book["Notes"].insert_cols(1))] == [
        ("sheets", "“Notes”")
    ]

    def change(book: Any) -> None:
        del book["Notes"]
        book.create_sheet("Mine")["A1"] = "Hello"

    assert [t[1:] for t in changed(whole, change)] == [
        ("“Notes”", "it is gone, or has another name"),
        ("“Mine”", "this sheet is not one of the export; nothing of it is taken"),
    ]


def test_without_the_column_of_ids_nothing_of_a_sheet_is_taken(path):
    found = after(path, lambda sheet: sheet.delete_cols(6))
    assert told(found) == [("sheets", "“Garden”")]
    assert found.cells == {}


def test_a_changed_base_is_refused(path):
    book = openpyxl.load_workbook(path)
    book["Base"]["A3"] = str(book["Base"]["A3"].value).replace("Kari", "Karl")
    book.save(path)
    assert back.recognises(path)
    with pytest.raises(BrokenFile, match="hidden sheet"):
        back.read(path)


@pytest.fixture
def long(tmp_path: Path) -> Path:
    given = chart([("s1", "k1", "c1", 1, "summary", LONG), *STATEMENTS[3:]])
    xlsx.write(given, tmp_path / "long.xlsx")
    return tmp_path / "long.xlsx"


def test_a_cell_that_goes_on_in_further_rows_is_one(long):
    found = back.read(long)
    garden = openpyxl.load_workbook(long)["Garden"]
    assert [garden.cell(n, 6).value for n in (2, 3)] == ["k1", "k1 2"]
    assert found.not_read == ()
    assert found.cells["k1", "c1"].lines == plain(*LONG.split("\n"))


def test_a_cell_that_goes_on_needs_all_its_rows_and_marks(long):
    def unmark(sheet: Any) -> None:
        sheet["B3"] = str(sheet["B3"].value).replace(xlsx.text.CONTINUED, "")

    found = after(long, unmark)
    assert told(found) == [("cells", "“Garden” B2")]
    assert ("k1", "c1") not in found.cells
    found = after(long, lambda sheet: sheet.delete_rows(3))
    assert told(found) == [("cases", "“Garden”")]
    assert {case for case, _ in found.cells} == {"k2", "k3"}


def test_odd_texts_and_names_come_back(tmp_path):
    odd = ["=1+1", "_x0041_ <r>1</r>", "😀 é e\u0301", "<b>&amp;</b>", "a\ttab", "'q", "0012"]
    given = [(f"s{n}", "k1", "c1", n, "summary", text) for n, text in enumerate(odd)]
    xlsx.write(chart(given), tmp_path / "odd.xlsx")
    found = back.read(tmp_path / "odd.xlsx")
    assert found.cells["k1", "c1"].lines == plain(*odd)
    assert [s.text for s in found.base.cells["k1", "c1"].statements] == odd
    base = openpyxl.load_workbook(tmp_path / "odd.xlsx")["Base"]
    pieces = "".join(str(row[0].value) for row in base.iter_rows(min_row=3))
    assert pieces.isascii()
    assert not {"_", "<"} & set(pieces), "Excel reads _x0041_ as A"


def test_a_hidden_sheet_that_is_damaged_makes_a_broken_workbook(path, tmp_path):
    torn = tmp_path / "torn.xlsx"
    with zipfile.ZipFile(path) as whole, zipfile.ZipFile(torn, "w") as archive:
        for info in whole.infolist():
            content = whole.read(info)
            if "worksheets" in info.filename:
                content = content.replace(b"</sheetData>", b"<&")
            archive.writestr(info, content)
    assert not back.recognises(torn)
    with pytest.raises(BrokenFile, match="the workbook is damaged"):
        back.read(torn)
