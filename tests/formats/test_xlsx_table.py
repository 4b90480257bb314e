import datetime
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.errors import CannotWrite
from workbench.formats import xlsx
from workbench.formats.xlsx import text

ODD = [
    "=1+1",
    '=HYPERLINK("http://x","y")',
    "+47 22 33 44",
    "- yes, I said",
    "@home",
    "\tindented",
    "\r=1+1",
    "'quoted",
    "#N/A",
    "TRUE",
    "0012",
    "1e5",
    "http://example.org/?a=1&b=2",
    "mailto:a@example.org",
    " leading and trailing ",
    "one\ntwo\n",
    "<b>&amp;</b>",
    "<r>1</r>",
    "<r><t>x</t></r>",
    "_x0041_ and _x000D_x0042_",
    "{=1}",
    "{SUM(A1)}",
    "😀 漢字 åéß",
    "e\u0301 is not é",
    "\x00\x01\x0b\x1f\x7f",
    "\ud83d",
    "\ufeffmark",
    "\u2028line\u0085",
]


def read(path: Path, sheet: str | None = None) -> list[list[Any]]:
    book = openpyxl.load_workbook(path, rich_text=True)
    chosen = book[sheet] if sheet else book.active
    return [[_plain(v) for v in row] for row in chosen.iter_rows(values_only=True)]


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str | list) else value


def texts(said: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"text": pd.Series(said, dtype="object")})


@pytest.mark.parametrize("said", ODD)
def test_odd_text_reads_back_as_text(tmp_path: Path, said: str) -> None:
    xlsx.write_table(texts([said]), tmp_path / "t.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "t.xlsx", rich_text=True).active["A2"]
    assert (cell.data_type, str(cell.value)) == ("s", text.visible(said))


@settings(max_examples=40)
@given(st.lists(st.text(min_size=1), min_size=1, max_size=20))
def test_every_text_reads_back(tmp_path_factory: pytest.TempPathFactory, said: list[str]) -> None:
    path = tmp_path_factory.mktemp("xlsx") / "t.xlsx"
    xlsx.write_table(texts(said), path)
    assert read(path) == [["text"], *([text.visible(s)] for s in said)]


def test_numbers_are_numbers_and_missing_is_empty(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "n": [1, 2],
            "share": [0.25, float("nan")],
            "asked": [True, False],
            "any": pd.Series([np.int64(3), None], dtype="object"),
            "ids": [("a", "b"), ()],
            "when": pd.to_datetime(["2026-03-01 10:22:05+01:00", None], utc=True),
            "vast": [2**60, 5],
            "endless": [float("inf"), -1.5],
        }
    )
    xlsx.write_table(frame, tmp_path / "t.xlsx")
    assert read(tmp_path / "t.xlsx")[1:] == [
        [1, 0.25, True, 3, "a; b", "2026-03-01 09:22:05+00:00", str(2**60), "inf"],
        [2, None, False, None, None, None, 5, -1.5],
    ]


def test_dates_are_text_that_sorts(tmp_path: Path) -> None:
    xlsx.write_table(pd.DataFrame({"d": [datetime.date(1899, 5, 17)]}), tmp_path / "t.xlsx")
    assert read(tmp_path / "t.xlsx") == [["d"], ["1899-05-17"]]


def test_a_labelled_index_comes_first(tmp_path: Path) -> None:
    chart = pd.DataFrame({"Waiting": [3]}, index=pd.Index(["P1"], name="case"))
    xlsx.write_table(chart, tmp_path / "t.xlsx", sheet="a/b")
    assert read(tmp_path / "t.xlsx", "a-b") == [["case", "Waiting"], ["P1", 3]]


def test_an_empty_frame_is_a_sheet_without_rows(tmp_path: Path) -> None:
    written = xlsx.write_table(pd.DataFrame({"a": []}), tmp_path / "t.xlsx")
    assert read(tmp_path / "t.xlsx") == [["a"]]
    assert [s.rows for s in written.sheets] == [0]


def test_a_text_longer_than_a_cell_goes_on_in_the_next_row(tmp_path: Path) -> None:
    long = "word " * 14_000
    frame = pd.DataFrame({"id": ["k1", "k2"], "quote": [long, "short"], "n": [1, 2]})
    written = xlsx.write_table(frame, tmp_path / "t.xlsx")
    found = read(tmp_path / "t.xlsx")
    assert [row[0] for row in found] == ["id", *["k1"] * 5, "k2"]
    assert [row[2] for row in found] == ["n", 1, *[None] * 4, 2]
    assert all(text.units(row[1]) <= 32_767 for row in found)
    assert found[1][1].endswith(text.CONTINUES)
    assert found[2][1].startswith(text.CONTINUED)
    assert "".join(unmarked(row[1]) for row in found[1:6]) == long
    assert "Rows that go on from the row above: 4." in " ".join(written.notes)


def unmarked(part: str) -> str:
    return part.removeprefix(text.CONTINUED + "\n").removesuffix("\n" + text.CONTINUES)


def test_emoji_count_double_towards_the_limit_of_a_cell(tmp_path: Path) -> None:
    long = "😀" * 20_000
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        xlsx.write_table(texts([long]), tmp_path / "t.xlsx")
    assert "".join(unmarked(r[0]) for r in read(tmp_path / "t.xlsx")[1:]) == long


def test_more_rows_than_a_sheet_go_on_in_a_second_one(tmp_path: Path) -> None:
    frame = pd.DataFrame({"n": range(45)})
    written = xlsx.write_table(frame, tmp_path / "t.xlsx", "Codings", xlsx.Limits(rows=20))
    assert [(s.name, s.rows) for s in written.sheets] == [
        ("Codings", 19),
        ("Codings 2", 19),
        ("Codings 3", 7),
    ]
    found = [read(tmp_path / "t.xlsx", s.name) for s in written.sheets]
    assert [rows[0] for rows in found] == [["n"]] * 3
    assert [n for rows in found for [n] in rows[1:]] == list(range(45))


def test_more_columns_than_a_sheet_are_split_and_repeat_the_first(tmp_path: Path) -> None:
    frame = pd.DataFrame([[f"{c}{r}" for c in "abcdef"] for r in range(2)], columns=list("abcdef"))
    written = xlsx.write_table(frame, tmp_path / "t.xlsx", "T", xlsx.Limits(columns=3))
    assert [read(tmp_path / "t.xlsx", s.name) for s in written.sheets] == [
        [["a", "b", "c"], ["a0", "b0", "c0"], ["a1", "b1", "c1"]],
        [["a", "d", "e"], ["a0", "d0", "e0"], ["a1", "d1", "e1"]],
        [["a", "f"], ["a0", "f0"], ["a1", "f1"]],
    ]


def test_columns_of_one_name_are_all_written(tmp_path: Path) -> None:
    frame = pd.DataFrame([[1, 2]], columns=["a", "a"])
    xlsx.write_table(frame, tmp_path / "t.xlsx")
    assert read(tmp_path / "t.xlsx") == [["a", "a"], [1, 2]]


def test_odd_characters_are_told(tmp_path: Path) -> None:
    written = xlsx.write_table(texts(["a\x00", "b"]), tmp_path / "t.xlsx")
    assert written.notes == (
        "Texts with characters that a spreadsheet cannot hold: 1. These are shown as pictures such "
        "as ␀, or as \ufffd.",
    )


def test_a_failed_export_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "t.xlsx"
    target.write_text("old")
    monkeypatch.setattr("zipfile.ZipFile.write", _no_space)
    with pytest.raises(CannotWrite, match="the disk is full"):
        xlsx.write_table(texts(["a"]), target)
    assert (target.read_text(), len(list(tmp_path.iterdir()))) == ("old", 1)


def _no_space(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="there is no folder"):
        xlsx.write_table(texts(["a"]), tmp_path / "none" / "t.xlsx")
