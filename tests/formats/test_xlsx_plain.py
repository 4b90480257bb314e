"""Rows of plain values as a workbook, row by row."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from workbench.errors import CannotWrite
from workbench.formats import xlsx


def read(path: Path) -> dict[str, list[tuple[object, ...]]]:
    book = openpyxl.load_workbook(path)
    return {s.title: list(s.iter_rows(values_only=True)) for s in book.worksheets}


def test_rows_stand_under_their_heads_and_keep_their_kinds(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows = [("a < b & c", 3, None), ("=1+1", 0.25, True), ("", -7, False)]
    written = xlsx.write_rows(["text", "n", "asked"], iter(rows), path, "Codings")
    assert read(path) == {
        "Codings": [
            ("text", "n", "asked"),
            ("a < b & c", 3, None),
            ("=1+1", 0.25, True),
            (None, -7, False),
        ]
    }
    assert openpyxl.load_workbook(path).active["A3"].data_type == "s"
    assert [(s.name, s.rows) for s in written.sheets] == [("Codings", 3)]


def test_a_full_sheet_goes_on_in_a_second_one_with_its_own_size(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    rows = ((f"{n}a", f"{n}b", f"{n}c") for n in range(5))
    xlsx.write_rows(list("abc"), rows, path, "T", xlsx.Limits(rows=4, columns=2))
    assert read(path) == {
        "T": [("a", "b"), ("0a", "0b"), ("1a", "1b"), ("2a", "2b")],
        "T 2": [("a", "b"), ("3a", "3b"), ("4a", "4b")],
        "T 3": [("a", "c"), ("0a", "0c"), ("1a", "1c"), ("2a", "2c")],
        "T 4": [("a", "c"), ("3a", "3c"), ("4a", "4c")],
    }
    stated = openpyxl.load_workbook(path, read_only=True).worksheets
    assert [s.calculate_dimension() for s in stated] == ["A1:B4", "A1:B3", "A1:B4", "A1:B3"]
    sheets = openpyxl.load_workbook(path).worksheets
    assert [s.auto_filter.ref for s in sheets] == ["A1:B4", "A1:B3", "A1:B4", "A1:B3"]


class Held(str):
    """A text that tells how many of its kind there are."""

    __slots__ = ()
    alive = most = 0

    def __new__(cls, said: str) -> "Held":
        Held.alive += 1
        Held.most = max(Held.most, Held.alive)
        return super().__new__(cls, said)

    def __del__(self) -> None:
        Held.alive -= 1


def test_many_rows_are_never_held_together(tmp_path: Path) -> None:
    """Only the first thousand are kept: they tell how wide the columns are."""
    rows = ((Held("some words"), number) for number in range(5_000))
    written = xlsx.write_rows(["n", "x"], rows, tmp_path / "t.xlsx")
    assert written.sheets[0].rows == 5_000
    assert 1_000 <= Held.most <= 1_010


def test_rows_that_fail_leave_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_text("old")

    def rows() -> Iterator[tuple[str, str]]:
        yield "a", "b"
        raise OSError(28, "No space left on device")

    with pytest.raises(CannotWrite) as refused:
        xlsx.write_rows(["a", "b"], rows(), path)
    assert str(refused.value).startswith(f"{path} cannot be written: ")
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]
    assert path.read_text() == "old"
