"""Rows written one by one are the file that a frame of them would be."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import CannotWrite
from workbench.formats import csv_rows, csvfile

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)
ODD = st.sampled_from(['"', ",", "\n", "\r\n", "\r", '","', " ", "=1", "- yes", "", ";", "\t"])
FIELD = TEXT | ODD | st.integers() | st.none()


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, strict=True))


@given(st.lists(st.tuples(FIELD, FIELD, FIELD), max_size=6))
def test_every_row_reads_back(tmp_path_factory: pytest.TempPathFactory, given_rows) -> None:
    path = tmp_path_factory.mktemp("csv") / "rows.csv"
    assert csv_rows.write_rows(["a", 'b,"', "c"], given_rows, path) == len(given_rows)
    told = [["" if v is None else str(v) for v in row] for row in given_rows]
    assert read(path) == [["a", 'b,"', "c"], *told]


@pytest.mark.parametrize("safe", [False, True])
def test_the_file_is_byte_for_byte_that_of_a_frame(tmp_path: Path, safe: bool) -> None:
    rows = [
        ("- yes, I said", 'she said "no"', 3, None),
        ("=1+1", "two\nlines\r\nthree", -4, 2),
        ("", " ", 0, 1),
        ("Blåbær 😀", "a;b", 1, 7),
    ]
    frame = pd.DataFrame(rows, columns=["text", "more", "n", "turn"])
    csvfile.write(frame, tmp_path / "frame.csv", safe_for_excel=safe)
    csv_rows.write_rows(list(frame), rows, tmp_path / "rows.csv", safe_for_excel=safe)
    assert (tmp_path / "rows.csv").read_bytes() == (tmp_path / "frame.csv").read_bytes()


def test_rows_are_written_while_others_are_still_to_come(tmp_path: Path) -> None:
    sizes: list[int] = []

    def rows() -> Iterator[tuple[str, int]]:
        for number in range(10_000):
            sizes[:] = [p.stat().st_size for p in tmp_path.iterdir()]
            yield "some words", number

    assert csv_rows.write_rows(["a", "b"], rows(), tmp_path / "rows.csv") == 10_000
    assert sizes[0] > 100_000


def test_rows_that_fail_leave_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("old")

    def rows() -> Iterator[tuple[str, str]]:
        yield "a", "b"
        raise OSError(28, "No space left on device")

    with pytest.raises(CannotWrite, match=r"rows\.csv cannot be written: .*"):
        csv_rows.write_rows(["a", "b"], rows(), path)
    assert [p.name for p in tmp_path.iterdir()] == ["rows.csv"]
    assert path.read_text() == "old"
