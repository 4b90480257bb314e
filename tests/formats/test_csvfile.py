import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import CannotWrite
from workbench.formats import csvfile


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_values_are_written_as_a_reader_expects_them(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "case": ["Blåbær", 'say "no", twice', None],
            "n": [1, 2, 3],
            "turn": [12.0, float("nan"), 3.0],
            "share": [0.25, 1.0, float("nan")],
            "evidence": [("a", "b"), (), None],
            "asked": [True, False, True],
        }
    )
    assert csvfile.write(frame, tmp_path / "t.csv") == 3
    assert (tmp_path / "t.csv").read_bytes() == (
        "\ufeffcase,n,turn,share,evidence,asked\r\n"
        "Blåbær,1,12,0.25,a; b,True\r\n"
        '"say ""no"", twice",2,,1.0,,False\r\n'
        ",3,3,,,True\r\n"
    ).encode()


def test_the_mark_at_the_start_tells_excel_that_it_is_utf8(tmp_path: Path) -> None:
    csvfile.write(pd.DataFrame({"a": ["å"]}), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_chart_keeps_its_cases(tmp_path: Path) -> None:
    chart = pd.DataFrame({"Waiting": [3]}, index=pd.Index(["P1"], name="case"))
    chart.attrs["evidence"] = {("P1", "Waiting"): ("k1",)}
    csvfile.write(chart, tmp_path / "t.csv")
    assert rows(tmp_path / "t.csv") == [["case", "Waiting"], ["P1", "3"]]


def test_data_stay_as_they_are_unless_asked(tmp_path: Path) -> None:
    said = ["=1+1", "+47", "- yes", "@here", "plain", "\tx"]
    frame = pd.DataFrame({"=head": said})
    csvfile.write(frame, tmp_path / "t.csv")
    assert [r[0] for r in rows(tmp_path / "t.csv")] == ["=head", *said]
    csvfile.write(frame, tmp_path / "safe.csv", safe_for_excel=True)
    assert [r[0] for r in rows(tmp_path / "safe.csv")] == [
        "'=head", "'=1+1", "'+47", "'- yes", "'@here", "plain", "'\tx"
    ]  # fmt: skip


def test_numbers_are_never_prefixed(tmp_path: Path) -> None:
    csvfile.write(pd.DataFrame({"x": [-1.5]}), tmp_path / "t.csv", safe_for_excel=True)
    assert rows(tmp_path / "t.csv") == [["x"], ["-1.5"]]


def test_half_a_character_does_not_stop_the_export(tmp_path: Path) -> None:
    frame = pd.DataFrame({"x": pd.Series(["a\ud800b"], dtype="object")})
    csvfile.write(frame, tmp_path / "t.csv")
    assert rows(tmp_path / "t.csv") == [["x"], ["a\ufffdb"]]


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        csvfile.write(pd.DataFrame({"x": [1]}), tmp_path / "none" / "t.csv")


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_every_text_reads_back_as_it_was(tmp_path_factory: pytest.TempPathFactory, said: list[str]):
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    csvfile.write(pd.DataFrame({"x": pd.Series(said, dtype="object"), "y": 1}), path)
    assert rows(path)[1:] == [[s, "1"] for s in said]
