"""The list of codings as files."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from workbench.errors import UnknownName
from workbench.project import edits, lists, views


def test_csv_and_xlsx_hold_the_list_that_the_view_shows(garden, tmp_path: Path):
    shown = views.codings(garden.project)
    told = garden.project.export(tmp_path / "c.csv", tmp_path / "c.xlsx", what="codings")
    assert told == [f"{tmp_path / name}: 7 rows of codings." for name in ("c.csv", "c.xlsx")]
    kinds = {c: "str" for c, kind in lists.CODINGS.items() if kind == "str"}
    empty = {"keep_default_na": False, "na_values": {"begin_ms": [""], "page": [""]}}
    for read in (
        pd.read_csv(tmp_path / "c.csv", dtype=kinds, **empty),
        pd.read_excel(tmp_path / "c.xlsx", dtype=kinds, **empty),
    ):
        assert len(read) == 7
        pd.testing.assert_frame_equal(read.astype(lists.CODINGS), shown)


def test_a_framework_that_is_not_here_is_said_and_no_file_is_left(garden, tmp_path: Path):
    with pytest.raises(UnknownName, match="framework version"):
        garden.project.export(tmp_path / "c.csv", what="codings", framework="nowhere@1")
    assert list(tmp_path.glob("c.csv")) == []


@pytest.mark.parametrize("what", ["codings", "chart"])
def test_a_workbook_of_very_many_codings_points_to_better_files(
    garden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str
):
    for most, said in ((7, False), (6, True)):
        monkeypatch.setattr(lists, "MANY", most)
        (told,) = garden.project.export(tmp_path / "many.xlsx", what=what)
        assert ("csv or parquet" in told) is said


def test_a_text_longer_than_a_cell_is_counted_as_one_coding(garden, tmp_path: Path):
    long = "and so on " * 5_000
    transcript = tmp_path / "long.txt"
    transcript.write_text(f"I: Go on.\nP9: {long}\n", encoding="utf-8")
    garden.project.import_files(transcript)
    edits.code(garden.project, "long", 14, 14 + 40_000, "1.1")
    (told,) = garden.project.export(tmp_path / "c.xlsx", what="codings")
    assert ": 8 rows of codings. " in told
    pieces = 3  # of at most 16,000 letters
    assert openpyxl.load_workbook(tmp_path / "c.xlsx").active.max_row == 1 + 7 + pieces


def test_text_that_excel_would_run_gets_an_apostrophe_only_when_asked(garden, tmp_path: Path):
    said = tmp_path / "dash.txt"
    said.write_text("I: Well?\nP1: - yes, I said\n", encoding="utf-8")
    garden.project.import_files(said)
    edits.code_quote(garden.project, "dash", "- yes, I said", "1.1")
    path = tmp_path / "c.csv"
    garden.project.export(path, what="codings")
    assert ',"- yes, I said",' in path.read_text(encoding="utf-8")
    garden.project.export(path, what="codings", safe_for_excel=True)
    assert ',"\'- yes, I said",' in path.read_text(encoding="utf-8")


def test_a_workbook_of_one_category_by_name_or_id_has_the_sheet_of_its_codes(garden, tmp_path):
    (head,) = {c.category_id for c in views.framework(garden.project).codes if c.number == "1.1"}
    for number, category in enumerate(("Coming", head)):
        path = tmp_path / f"{number}.xlsx"
        garden.project.export(path, category=category)
        book = openpyxl.load_workbook(path)
        assert [s for s in ("Coming", "Sharing") if s in book.sheetnames] == ["Coming"]
        heads = [c.value for c in book["States"][1]]
        assert [h for h in heads if h[:1].isdigit()] == ["1.1 Reasons to come", "1.2 Barriers"]


def test_a_category_that_is_not_there_is_refused_and_nothing_written(garden, tmp_path):
    with pytest.raises(UnknownName, match=r"Comming.*Coming"):
        garden.project.export(tmp_path / "c.xlsx", category="Comming")
    assert list(tmp_path.glob("*.xlsx")) == []
