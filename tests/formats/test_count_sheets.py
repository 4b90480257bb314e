"""Matrices of NVivo and tables of ATLAS.ti: what is written comes back, all else is refused."""

import contextlib
import csv
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import BadFile, BadTable
from workbench.formats import atlas_table, count_sheet, nvivo_matrix, tables
from workbench.model.count_matrix import CountMatrix, StatedTotal

Cells = list[list[str | int | None]]

NVIVO: Cells = [
    ["", "A : Anna", "B : Bo"],
    ["1 : Rain", 2, 0],
    ["2 : Gate: locked", 1, 3],
]
ATLAS: Cells = [
    ["", "P1\nGr=5", "P2 (Pilot)\nGr=4;  GS=3", "Totals"],
    ["○ Rain\nGr=2", 2, 0, 2],
    ["● Gate\nGr=4", 1, 3, 4],
    ["Weather\nGr=2;  GS=1", 2, 0, 2],
    ["Totals", 5, 3, 8],
]


def xlsx(rows: Cells, *more: str) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.data_type == "f":  # a label that begins with = is a text here
                cell.data_type = "s"
    for title in more:
        book.create_sheet(title)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def text(rows: Cells, separator: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    return out.getvalue().encode()


@pytest.fixture
def write(tmp_path):
    def written(content: bytes | Cells, name: str = "matrix.xlsx") -> Path:
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else xlsx(content))
        return file

    return written


def table(matrix: CountMatrix) -> dict[tuple[str, str], int]:
    return {(row, column): count for row, column, count in matrix.cells()}


def test_an_nvivo_matrix_is_its_names_without_their_numbers_and_its_counts(write) -> None:
    matrix = nvivo_matrix.read(write(NVIVO, "Garden.xlsx"))
    assert (matrix.tool, matrix.name, matrix.labels) == ("NVivo", "Garden", ("code", "case"))
    assert table(matrix) == {
        ("Rain", "Anna"): 2,
        ("Rain", "Bo"): 0,
        ("Gate: locked", "Anna"): 1,
        ("Gate: locked", "Bo"): 3,
    }
    assert list(matrix.stated_totals()) == []
    assert matrix.labels_because


def test_an_atlas_table_is_its_names_counts_and_totals_apart(write) -> None:
    matrix = atlas_table.read(write(xlsx(ATLAS, "Info"), "Garden.xlsx"))
    assert matrix.rows == ("Rain", "Gate", "Weather")
    assert matrix.columns == ("P1", "P2 (Pilot)")
    assert matrix.counts == ((2, 0), (1, 3), (2, 0))
    assert (matrix.row_totals, matrix.column_totals, matrix.total) == ((2, 4, 2), (5, 3), 8)
    assert (matrix.labels, matrix.labels_because) == (("code", "document"), "")
    assert matrix.disagreements == ()
    assert [(o.what, o.count) for o in matrix.report.left_out] == [("sheets", 1)]
    assert "6 totals stated in “Garden” equal the sums of its cells." in matrix.report.notes
    (guess,) = matrix.report.guesses
    assert guess.what.startswith("1 name without a circle taken for categories")
    assert guess.confidence == "unsure"


def test_codes_are_in_the_columns_where_the_circles_are(write) -> None:
    turned = [list(row) for row in zip(*ATLAS, strict=True)]
    matrix = atlas_table.read(write(turned))
    assert matrix.labels == ("document", "code")
    assert matrix.rows == ("P1", "P2 (Pilot)")
    assert matrix.counts == ((2, 1, 2), (0, 3, 0))
    assert matrix.disagreements == ()


def test_without_circles_codes_are_taken_to_be_in_the_rows_and_it_is_said(write) -> None:
    plain: Cells = [["", "P1\nGr=1"], ["Rain\nGr=1", 1]]
    matrix = atlas_table.read(write(plain))
    assert (matrix.labels, bool(matrix.labels_because)) == (("code", "document"), True)


@pytest.mark.parametrize("reader", [nvivo_matrix, atlas_table])
@pytest.mark.parametrize(("name", "separator"), [("m.csv", ","), ("m.csv", ";"), ("m.tsv", "\t")])
def test_a_matrix_saved_as_text_is_the_same_matrix(write, reader, name, separator) -> None:
    cells = NVIVO if reader is nvivo_matrix else ATLAS
    book, plain = write(cells, "m.xlsx"), write(text(cells, separator), name)
    assert reader.recognises(plain)
    told, same = reader.read(plain), reader.read(book)
    assert table(told) == table(same)
    assert (told.row_totals, told.column_totals) == (same.row_totals, same.column_totals)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_separators_within_names_do_not_hide_the_one_between_them(write, separator) -> None:
    names = ["A : a, b, c, d", "B : e; f; g; h", "C : Oslo"]
    plain = write(text([["", *names], ["1 : Rain", 1, 2, 3]], separator), "m.csv")
    assert nvivo_matrix.read(plain).columns == ("a, b, c, d", "e; f; g; h", "Oslo")


@pytest.mark.parametrize(
    ("row", "column", "was"),
    [
        (1, 3, StatedTotal("row “Rain”", 9, 2)),
        (4, 1, StatedTotal("column “P1”", 9, 5)),
        (4, 3, StatedTotal("the whole matrix", 9, 8)),
    ],
)
def test_a_total_that_is_not_the_sum_is_said_and_the_counts_stand(write, row, column, was) -> None:
    cells = [list(r) for r in ATLAS]
    cells[row][column] = 9
    matrix = atlas_table.read(write(cells, "Garden.xlsx"))
    assert matrix.disagreements == (was,)
    said = f"“Garden” states 9 as the total of {was.where}, and its cells come to {was.summed}."
    assert said in matrix.report.notes
    assert not any("equal" in note for note in matrix.report.notes)
    assert matrix.counts == ((2, 0), (1, 3), (2, 0))


def test_many_wrong_totals_are_counted_after_the_first_five(write) -> None:
    rows = [[f"○ c{n}\nGr=1", 1, 7] for n in range(8)]
    matrix = atlas_table.read(write([["", "P1\nGr=1", "Totals"], *rows], "m.xlsx"))
    assert len(matrix.disagreements) == 8
    assert sum("as the total of row" in note for note in matrix.report.notes) == 5
    assert "3 more totals of “m” differ from the sums." in matrix.report.notes


def test_an_empty_cell_is_none_and_that_is_a_guess_but_an_empty_total_is_no_total(write) -> None:
    cells = [list(r) for r in ATLAS]
    cells[1][2] = cells[4][1] = None
    matrix = atlas_table.read(write(cells))
    assert matrix.counts[0] == (2, 0)
    assert matrix.column_totals == (None, 3)
    assert matrix.disagreements == ()
    assert next(g.what for g in matrix.report.guesses) == "1 empty cell taken as 0"


def test_rows_of_one_name_are_kept_apart_and_that_is_said(write) -> None:
    rows: Cells = [["", "A : Anna"], ["1 : Rain", 1], ["2 : Rain", 2], ["3 : Rain (2)", 4]]
    matrix = nvivo_matrix.read(write(rows))
    assert table(matrix) == {
        ("Rain", "Anna"): 1,
        ("Rain (3)", "Anna"): 2,
        ("Rain (2)", "Anna"): 4,
    }
    assert any(
        note.startswith("Several rows have one name: “Rain”.") for note in matrix.report.notes
    )


def test_the_order_of_rows_and_gaps_between_them_do_not_matter(write) -> None:
    rows: Cells = [[], ["", "A : Anna"], [], ["18 : Gate", 1], [None, None], ["3 : Rain", 2], []]
    assert table(nvivo_matrix.read(write(rows))) == {("Gate", "Anna"): 1, ("Rain", "Anna"): 2}


# --- telling them from others -----------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        [],
        [[""]],
        [["", "A : Anna"]],
        [["name", "A : Anna"], ["1 : Rain", 1]],
        [["", "A : Anna", "and Bo"], ["1 : Rain", 1, 2]],
        [["", "Anna"], ["1 : Rain", 1]],
        [["", "A : Anna"], ["Rain", 1]],
        [["", "Total"], ["1 : Rain", 1]],
        [["series", "count", "code"], ["a", 1, "x"]],
        [["case", "code", "mark"], ["Anna", "1.1", "not asked"]],
    ],
)
def test_what_is_no_matrix_is_not_taken_for_one(write, cells) -> None:
    for file in (write(cells), write(text(cells), "m.csv")):
        assert not nvivo_matrix.recognises(file)
        assert not atlas_table.recognises(file)


def test_neither_reader_takes_the_others_sheets(write) -> None:
    nvivo, atlas = write(NVIVO, "n.xlsx"), write(ATLAS, "a.xlsx")
    assert (nvivo_matrix.recognises(nvivo), atlas_table.recognises(nvivo)) == (True, False)
    assert (nvivo_matrix.recognises(atlas), atlas_table.recognises(atlas)) == (False, True)


HOSTILE = {
    "nothing": b"",
    "cut archive": b"PK\x03\x04 and no more",
    "old Excel": b"\xd0\xcf\x11\xe0" + bytes(600),
    "bytes": bytes(range(256)) * 4,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_broken_file_is_not_recognised_and_not_read(write, name) -> None:
    file = write(HOSTILE[name])
    for reader in (nvivo_matrix, atlas_table):
        assert not reader.recognises(file)
        with pytest.raises(BadFile):
            reader.read(file)


def test_a_missing_file_is_not_recognised_and_not_read(tmp_path) -> None:
    assert not nvivo_matrix.recognises(tmp_path / "none.xlsx")
    with pytest.raises(BadFile):
        nvivo_matrix.read(tmp_path / "none.xlsx")


def test_a_workbook_that_declares_entities_or_unpacks_to_too_much_is_refused(
    write, monkeypatch
) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(NVIVO))) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename.endswith("sheet1.xml"):
                part = b'<!DOCTYPE x [<!ENTITY a "b">]>' + part
            new.writestr(info, part)
    assert not nvivo_matrix.recognises(write(out.getvalue()))
    with pytest.raises(BadTable, match="declares XML entities"):
        nvivo_matrix.read(write(out.getvalue()))
    monkeypatch.setattr(tables, "_UNPACKED", 0)
    with pytest.raises(BadTable, match="unpacks to too much"):
        nvivo_matrix.read(write(NVIVO))


# --- refusals ---------------------------------------------------------------------------


def changed(cells: Cells, row: int, column: int, value: object) -> Cells:
    out = [list(r) for r in cells]
    out[row] += [None] * (column + 1 - len(out[row]))
    out[row][column] = value  # type: ignore[call-overload]  # anything may stand in a cell
    return out


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (changed(NVIVO, 1, 1, "12.5%"), "line 2, column 2: “12.5%” is not a whole number"),
        (changed(NVIVO, 1, 1, 0.25), "line 2, column 2: “0.25” is not a whole number"),
        (changed(NVIVO, 2, 2, -1), "line 3, column 3: “-1” is not a whole number"),
        (changed(NVIVO, 2, 2, 10**9), "line 3, column 3: “1000000000” is not a whole number"),
        (changed(NVIVO, 2, 2, "=1+1"), "is not a whole number"),
        (changed(NVIVO, 2, 0, "Gate"), "line 3: “Gate” is not a name as NVivo writes it"),
        (changed(NVIVO, 2, 0, None), "line 3: an empty field is not a name as NVivo writes it"),
        (changed(NVIVO, 0, 2, "Bo"), "line 1: “Bo” is not a name as NVivo writes it"),
        (changed(NVIVO, 0, 0, "code"), "line 1: “code” stands above the names of the rows"),
        (changed(NVIVO, 1, 4, 7), "line 2, column 5: “7” stands in a column that has no name"),
        ([*NVIVO, ["Total", 3, 3], ["Totals", 3, 3]], "line 5: a second row of totals"),
        (
            changed(changed(NVIVO, 0, 3, "Total"), 0, 4, "Total"),
            "line 1: a second column of totals",
        ),
        (NVIVO[:1], "line 1: no counts stand below the names"),
        ([["", "Total"], ["1 : Rain", 1]], "line 1: no columns are named here"),
        ([], "it has no rows"),
    ],
)
def test_a_sheet_that_is_not_as_the_tool_writes_it_is_refused_at_its_place(
    write, cells, said
) -> None:
    with pytest.raises(BadTable) as caught:
        nvivo_matrix.read(write(text(cells) if cells else b"\n", "m.csv"))
    assert said in str(caught.value)


def test_more_counts_than_a_project_should_hold_are_refused(write, monkeypatch) -> None:
    monkeypatch.setattr(count_sheet, "MAX_CELLS", 3)
    with pytest.raises(BadTable, match="more than 3 counts"):
        nvivo_matrix.read(write(NVIVO))


# --- properties -------------------------------------------------------------------------

WORD = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=8
).filter(lambda name: name[0] not in "○●")
NAMES = st.lists(
    st.lists(WORD, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6, unique=True
)


@st.composite
def matrices(draw) -> tuple[list[str], list[str], list[list[int]]]:
    rows, columns = draw(NAMES), draw(NAMES)
    row = st.lists(st.integers(0, 999_999_999), min_size=len(columns), max_size=len(columns))
    return rows, columns, [draw(row) for _ in rows]


def as_bytes(cells: Cells, as_book: bool) -> tuple[bytes, str]:
    return (xlsx(cells), "m.xlsx") if as_book else (text(cells), "m.csv")


@given(matrices(), st.booleans())
def test_an_nvivo_matrix_that_is_written_is_read_back(tmp_path_factory, made, as_book) -> None:
    rows, columns, counts = made
    letters = [f"{chr(65 + n)} : {name}" for n, name in enumerate(columns)]
    named = [f"{n} : {name}" for n, name in enumerate(rows, 1)]
    cells: Cells = [["", *letters], *([r, *c] for r, c in zip(named, counts, strict=True))]
    content, name = as_bytes(cells, as_book)
    file = tmp_path_factory.mktemp("nvivo") / name
    file.write_bytes(content)
    assert nvivo_matrix.recognises(file)
    matrix = nvivo_matrix.read(file)
    assert (list(matrix.rows), list(matrix.columns)) == (rows, columns)
    assert [list(row) for row in matrix.counts] == counts


@given(matrices(), st.booleans(), st.integers(0, 5), st.integers(0, 5), st.integers(-3, 3))
def test_an_atlas_table_is_read_back_and_only_a_changed_total_is_named(
    tmp_path_factory, made, as_book, at, where, by
) -> None:
    rows, columns, counts = made
    totals = [sum(row) for row in counts]
    whole = [sum(column) for column in zip(*counts, strict=True)]
    at, where = at % len(rows), where % len(columns)
    stated = totals.copy()
    stated[at] = max(0, min(stated[at] + by, 999_999_999))
    if max(*totals, *whole, sum(totals)) > 999_999_999:
        counts = [[c % 1000 for c in row] for row in counts]
        totals = stated = [sum(row) for row in counts]
        whole = [sum(column) for column in zip(*counts, strict=True)]
    cells: Cells = [
        ["", *(f"{name}\nGr={n}" for n, name in enumerate(columns)), "Totals"],
        *(
            [f"○ {name}\nGr=1", *row, total]
            for name, row, total in zip(rows, counts, stated, strict=True)
        ),
        ["Totals", *whole, sum(totals)],
    ]
    content, name = as_bytes(cells, as_book)
    file = tmp_path_factory.mktemp("atlas") / name
    file.write_bytes(content)
    assert atlas_table.recognises(file)
    matrix = atlas_table.read(file)
    assert (list(matrix.rows), list(matrix.columns)) == (rows, columns)
    assert [list(row) for row in matrix.counts] == counts
    wrong = [] if stated[at] == totals[at] else [f"row “{rows[at]}”"]
    assert [total.where for total in matrix.disagreements] == wrong


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_a_sentence(tmp_path_factory, content) -> None:
    file = tmp_path_factory.mktemp("any") / "m.csv"
    file.write_bytes(content)
    for reader in (nvivo_matrix, atlas_table):
        if reader.recognises(file):
            with contextlib.suppress(BadFile):
                assert reader.read(file).columns
        else:
            with pytest.raises(BadFile):
                reader.read(file)


@given(NAMES.flatmap(lambda names: st.lists(st.sampled_from(names), min_size=1, max_size=12)))
def test_names_of_rows_are_never_alike_so_that_no_count_is_lost(tmp_path_factory, names) -> None:
    rows: Cells = [[f"{n} : {name}", n] for n, name in enumerate(names, 1)]
    file = tmp_path_factory.mktemp("twice") / "m.csv"
    file.write_bytes(text([["", "A : Anna"], *rows]))
    matrix = nvivo_matrix.read(file)
    assert len(set(matrix.rows)) == len(names)
    assert all(told.startswith(name) for told, name in zip(matrix.rows, names, strict=True))
    assert [count for (count,) in matrix.counts] == list(range(1, len(names) + 1))
