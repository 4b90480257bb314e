"""Seals are written into printed tables, and nothing else of them changes."""

from pathlib import Path

import pytest

from workbench.errors import BadTable
from workbench.formats import sealing


def table(folder: Path, content: bytes, name: str = "t.csv") -> Path:
    (folder / "published").mkdir(exist_ok=True)
    file = folder / "published" / name
    file.write_bytes(content)
    return file


def test_the_column_is_filled_where_a_cell_has_a_seal(tmp_path: Path) -> None:
    file = table(
        tmp_path,
        b'cell,row,evidence,column,value,remark\na,r,,c,1,"x, ""y"""\n'
        b"b,r,2 old,c,2,\nd,r,3 kept,c,3,z\n",
    )
    assert sealing.write(tmp_path, {"a": "1 new", "b": "", "other": "4 no"}) == 2
    assert file.read_bytes() == (
        b'cell,row,evidence,column,value,remark\na,r,1 new,c,1,"x, ""y"""\nb,r,,c,2,\n'
        b"d,r,3 kept,c,3,z\n"
    )


def test_a_table_without_the_column_gets_it(tmp_path: Path) -> None:
    file = table(tmp_path, b"Cell,row,column,value\na,r,c,1\n")
    assert sealing.write(tmp_path, {"a": "1 new"}) == 1
    assert file.read_bytes() == b"Cell,row,column,value,evidence\na,r,c,1,1 new\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "\ufeffcell;row;column;value;evidence\r\næ;r;c;1;\r\n",
            "\ufeffcell;row;column;value;evidence\r\næ;r;c;1;1 new\r\n",
        ),
        (
            "sep=\t\ncell\trow\tcolumn\tvalue\tevidence\næ\tr\tc\t1\t\n",
            "sep=\t\ncell\trow\tcolumn\tvalue\tevidence\næ\tr\tc\t1\t1 new\n",
        ),
        (
            "cell,row,column,value,evidence\n\næ,r,c,1\n",
            "cell,row,column,value,evidence\n\næ,r,c,1,1 new\n",
        ),
    ],
)
def test_separator_line_ends_and_byte_order_mark_stay(
    before: str, after: str, tmp_path: Path
) -> None:
    file = table(tmp_path, before.encode())
    assert sealing.write(tmp_path, {"æ": "1 new"}) == 1
    assert file.read_bytes().decode() == after
    assert sealing.write(tmp_path, {"æ": "1 new"}) == 0


def test_a_table_that_needs_no_seal_is_not_written(tmp_path: Path) -> None:
    odd = b'cell,row,column,value,evidence\n"a","r",c,1,1 new\n'
    file = table(tmp_path, odd)
    assert sealing.write(tmp_path, {"a": "1 new"}) == 0
    assert file.read_bytes() == odd


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04...", "cell,row,column,value\næ,r,c,1".encode("cp1252")]
)
def test_a_workbook_and_another_encoding_are_refused(content: bytes, tmp_path: Path) -> None:
    file = table(tmp_path, content)
    with pytest.raises(BadTable, match="Save"):
        sealing.write(tmp_path, {"a": "1 new"})
    assert file.read_bytes() == content
