"""The table of names comes back as it was written, and says which line is wrong."""

from pathlib import Path

import pytest

from workbench.errors import BadTable
from workbench.formats import pseudonym_table
from workbench.formats.pseudonym_table import NameRow


def test_what_is_written_is_read_again_and_excel_runs_none_of_it(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    rows = [
        NameRow("Kari; Ås", "person", "Liv, Vik", ("transcripts", "cases"), "group 2", "[Kari]"),
        NameRow("+47 90", "pattern", "=1+1", (), "", '- "so'),
        NameRow("'t Hooft", "", ""),
    ]
    assert pseudonym_table.write(rows, path) == 3
    assert ",+47" not in path.read_text("utf-8-sig")
    assert '\r\n\'+47 90,pattern,\'=1+1,,,"\'- ""so"\r\n' in path.read_bytes().decode("utf-8-sig")
    assert pseudonym_table.read(path) == [row._replace(hits="", context="") for row in rows]


def test_a_list_of_names_is_a_table_too(tmp_path: Path) -> None:
    path = tmp_path / "names.csv"
    path.write_text("Name;Replacement\n  Kari   Ås ;\nBo;Per\n")
    assert pseudonym_table.read(path) == [NameRow("Kari Ås"), NameRow("Bo", "", "Per")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("first,last\nKari,Ås\n", "lack “name”"),
        ("name,kind\nKari,a\n Kari,b\n", "line 3.*“Kari” stands twice"),
        ("name,kind\n ,a\n", "line 2, column name"),
    ],
)
def test_a_table_that_cannot_be_is_refused_with_its_line(
    tmp_path: Path, text: str, said: str
) -> None:
    path = tmp_path / "names.csv"
    path.write_text(text)
    with pytest.raises(BadTable, match=said):
        pseudonym_table.read(path)
