import io
import zipfile

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbench.errors import BadFile, BadTable, FileTooLarge, MissingFile
from workbench.formats import tables


@pytest.fixture
def write(tmp_path):
    def written(content: str | bytes, name: str = "table.csv") -> str:
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return str(file)

    return written


def read_or_refused(file: str) -> tables.Table | str:
    """Return a table, or the sentence with which it is refused."""
    try:
        return tables.read(file)
    except BadFile as refused:
        return str(refused)


def values(table: tables.Table) -> list[tuple[int, dict[str, str]]]:
    return [(row.line, dict(row.values)) for row in table.rows]


CELLS = [(2, {"case": "Anna", "code": "1.1", "mark": "not asked"})]


@pytest.mark.parametrize(
    ("content", "separator"),
    [
        ("case,code,mark\nAnna,1.1,not asked\n", "comma"),
        ("case;code;mark\nAnna;1.1;not asked\n", "semicolon"),
        ("case\tcode\tmark\nAnna\t1.1\tnot asked\n", "tab"),
        ("\ufeffcase,code,mark\r\nAnna,1.1,not asked\r\n", "comma"),
        ("\ufeff Case , CODE ,Mark\rAnna,1.1,not asked", "comma"),
        ('"case","code","mark"\n"Anna","1.1","not asked"', "comma"),
    ],
)
def test_separators_line_ends_and_spellings_of_the_header_do_not_matter(write, content, separator):
    table = tables.read(write(content))
    assert (table.kind, values(table)) == ("cells", CELLS)
    said = [] if separator == "comma" else [f"the columns are separated by {separator}."]
    assert [note.partition(": ")[2] for note in table.report.notes] == said
    assert table.report.counts == {"rows of cells": 1}


def test_the_separator_that_excel_states_is_taken_and_lines_count_on(write) -> None:
    table = tables.read(write("sep=;\ncase;code;mark\nAnna, Oslo;1.1;not asked\n"))
    assert values(table) == [(3, {"case": "Anna, Oslo", "code": "1.1", "mark": "not asked"})]


def test_windows_letters_are_read_and_the_guess_is_said(write) -> None:
    table = tables.read(write("case;code;mark\nÅse;kø;not asked\n".encode("cp1252")))
    assert values(table) == [(2, {"case": "Åse", "code": "kø", "mark": "not asked"})]
    (guess,) = table.report.guesses
    assert (guess.what, guess.confidence) == ("encoding Windows-1252", "likely")


def test_a_row_is_known_by_the_line_on_which_it_begins(write) -> None:
    text = 'kind,text\n\nmethod,"one\ntwo\n\nthree"\nreflexive,"He said ""no"", then"\n'
    assert values(tables.read(write(text))) == [
        (3, {"kind": "method", "text": "one\ntwo\n\nthree"}),
        (7, {"kind": "reflexive", "text": 'He said "no", then'}),
    ]


def test_texts_keep_their_blanks_and_formulas_stay_text(write) -> None:
    table = tables.read(write("transcript,code,quote\nT1,1.1,=1+1\nT1,1.1,  - yes \n"))
    assert [r.values["quote"] for r in table.rows] == ["=1+1", "  - yes "]


def test_missing_fields_at_the_end_of_a_row_are_empty(write) -> None:
    assert values(tables.read(write("case,code,mark\nAnna\n"))) == [
        (2, {"case": "Anna", "code": "", "mark": ""})
    ]


def test_columns_without_a_meaning_are_reported_and_left_out(write) -> None:
    table = tables.read(write("case,code,mark,colour,\nAnna,1.1,not asked,red,x\n"))
    assert values(table) == CELLS
    (left,) = table.report.left_out
    assert (left.what, left.count) == ("columns", 1)
    assert left.why == "“colour” has no meaning in cells; known are case, code, mark, framework"


def test_every_column_of_cases_is_an_attribute_in_its_own_spelling(write) -> None:
    table = tables.read(write("Case,Years at Work\nAnna,12\n"))
    assert table.kind == "cases"
    assert dict(table.columns) == {"case": "Case", "years at work": "Years at Work"}
    assert values(table) == [(2, {"case": "Anna", "years at work": "12"})]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("transcript code quote", "codings"),
        ("transcript code start stop", "codings"),
        ("transcript code start", None),
        ("case code kind text", "statements"),
        ("case code mark", "cells"),
        ("case", "cases"),
        ("case transcript occupation", "cases"),
        ("case code kinds text", None),
        ("level label", "ladder"),
        ("source target sign basis", "links"),
        ("node scheme value", "facets"),
        ("typology case type", "placements"),
        ("kind text", "memos"),
        ("person transcript how", "readings"),
        ("coding outcome reason", "decisions"),
        ("title present", "meetings"),
        ("number coding", "quotations"),
        ("series count", "counts"),
        ("series case month count", "counts"),
        ("name age", None),
    ],
)
def test_the_columns_tell_the_kind(header, found) -> None:
    assert tables.kind(header.split()) == found


@pytest.mark.parametrize(
    ("content", "wanted", "said"),
    [
        ("", None, "the file: it has no rows. Write the column names first."),
        ("\n \n", None, "the file: it has no rows. Write the column names first."),
        (
            "transcript,code\nT1,1.1\n",
            "codings",
            "line 1: the columns of codings lack “quote”, or “start” and “stop”. "
            "Columns here: transcript, code.",
        ),
        (
            "code,mark\n",
            "cells",
            "line 1: the columns of cells lack “case”. Columns here: code, mark.",
        ),
        (
            "case,Case,code,mark\n",
            None,
            "line 1: the column “case” stands twice. Rename one.",
        ),
        (
            "case,code,mark\nAnna,1.1,not asked\nBo,1.1,not asked,yet\n",
            None,
            "line 3: there are 4 fields, and the first row names 3. "
            "Put a text that has the separator in it between quotation marks.",
        ),
        (
            'case,code,mark\nAnna,1.1,"not asked\nBo,1.1,not asked\n',
            None,
            "line 2: a quotation mark opens here and never closes. Close it.",
        ),
        (
            'case,code,mark\nAnna,1.1,"not" asked\n',
            None,
            'line 2: text follows a closing quotation mark. Write each " inside a field twice: "".',
        ),
        (
            "case,code,mark\nAnna,1.1," + "x" * 140_000,
            None,
            "line 2: a field has more than 131,072 characters. Is a quotation mark left open?",
        ),
        (b"case,code,mark\nA\0\1\2\3", None, "the file: this is not a text. Save it as csv."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
            None,
            "the file: this is a workbook of an old Excel. Save it as xlsx or csv.",
        ),
        (
            b"PK\x03\x04 is how a zip begins",
            None,
            "the file: the workbook is damaged. Save it again.",
        ),
    ],
)
def test_a_table_that_cannot_be_read_says_where_and_what_to_do(write, content, wanted, said):
    path = write(content)
    with pytest.raises(BadTable) as caught:
        tables.read(path, wanted)
    assert str(caught.value) == f"{path}: {said}"


def test_missing_folder_and_oversized_files_are_refused(tmp_path, monkeypatch) -> None:
    with pytest.raises(MissingFile):
        tables.read(tmp_path / "none.csv")
    with pytest.raises(BadFile, match="this is a folder"):
        tables.read(tmp_path)
    monkeypatch.setattr(tables, "MAX_BYTES", 10)
    (tmp_path / "large.csv").write_text("case,code,mark")
    with pytest.raises(FileTooLarge):
        tables.read(tmp_path / "large.csv")


def test_more_rows_than_the_limit_are_refused(write, monkeypatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 2)
    with pytest.raises(BadTable, match="line 4: there are more than 2 rows"):
        tables.read(write("case\na\nb\nc\n"))


# --- xlsx ----------------------------------------------------------------------------


def workbook(*rows: list[object], more_sheets: int = 0) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for _ in range(more_sheets):
        book.create_sheet()
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_workbook_reads_like_a_csv_file(write) -> None:
    import datetime

    content = workbook(
        ["Case", "Years", "Since", "Manager", "Share", "Note"],
        [],
        ["Åse", 12, datetime.datetime(2021, 2, 28), True, 0.5, "one\ntwo"],
    )
    table = tables.read(write(content, "cases.xlsx"))
    assert values(table) == [
        (
            3,
            {
                "case": "Åse",
                "years": "12",
                "since": "2021-02-28",
                "manager": "yes",
                "share": "0.5",
                "note": "one\ntwo",
            },
        )
    ]
    assert table.report.notes == ["Read from the sheet “Sheet”."]


def test_further_sheets_are_left_out_and_reported(write) -> None:
    table = tables.read(write(workbook(["case"], ["Anna"], more_sheets=2), "cases.xlsx"))
    (left,) = table.report.left_out
    assert (left.what, left.count) == ("sheets", 2)


def test_a_cell_far_out_is_refused_before_it_fills_the_memory(write) -> None:
    wide = workbook(["case"], ["Anna", *[None] * 600, "x"])
    with pytest.raises(BadTable, match="line 2: there are more than"):
        tables.read(write(wide, "wide.xlsx"))
    book = openpyxl.Workbook()
    book.active["A1"] = "case"
    book.active["A1048576"] = "Anna"
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(BadTable, match="rows"):
        tables.read(write(stream.getvalue(), "long.xlsx"))


def repacked(content: bytes, part: str, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    return out.getvalue()


def test_a_workbook_with_entities_is_refused(write) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]>'
    content = repacked(
        workbook(["case"], ["Anna"]), "xl/worksheets/sheet1.xml", lambda xml: bomb + xml
    )
    with pytest.raises(BadTable, match="declares XML entities"):
        tables.read(write(content, "bomb.xlsx"))


def test_a_workbook_that_unpacks_to_too_much_is_refused(write, monkeypatch) -> None:
    monkeypatch.setattr(tables, "MAX_BYTES", 10_000)
    monkeypatch.setattr(tables, "_UNPACKED", 1)
    with pytest.raises(BadTable, match="unpacks to too much"):
        tables.read(write(workbook(["case"]), "large.xlsx"))


@given(st.integers(0, 3000), st.integers(0, 255))
@example(0, ord("P"))
def test_a_workbook_with_a_damaged_byte_is_refused_by_its_name_or_read_as_it_was(
    tmp_path_factory, place, byte
) -> None:
    content = bytearray(workbook(["case", "age"], ["Anna", 3]))
    content[place % len(content)] = byte
    file = tmp_path_factory.mktemp("x") / "cases.xlsx"
    file.write_bytes(bytes(content))
    found = read_or_refused(str(file))
    if isinstance(found, str):
        assert found.startswith(f"{file}: ")
    else:
        assert values(found) == [(2, {"case": "Anna", "age": "3"})]


@given(st.binary(max_size=200))
@example(b"case,age\nAnna,3\n\nBo,4\n")
def test_bytes_of_any_kind_are_a_table_or_one_refusal(tmp_path_factory, content) -> None:
    file = tmp_path_factory.mktemp("x") / "cases.csv"
    file.write_bytes(content)
    found = read_or_refused(str(file))
    if isinstance(found, str):
        assert found.startswith(f"{file}: ")
    else:
        lines = [row.line for row in found.rows]
        assert lines == sorted(set(lines))
        assert all(set(row.values) <= set(found.columns) for row in found.rows)
        assert all(any(v.strip() for v in row.values.values()) for row in found.rows)


FIELD = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t\",;' "), max_size=12
)


@given(
    st.lists(st.lists(FIELD, min_size=3, max_size=3), max_size=5),
    st.sampled_from(",;\t"),
)
def test_whatever_a_csv_writer_quotes_comes_back(tmp_path_factory, rows, delimiter) -> None:
    import csv

    file = tmp_path_factory.mktemp("x") / "statements.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(["typology", "case", "type"])
        writer.writerows(rows)
    found = [tuple(r.values.values()) for r in tables.read(file).rows]
    assert found == [tuple(r) for r in rows if any(f.strip() for f in r)]
