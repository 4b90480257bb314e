"""Codebooks in tables become framework versions."""

from pathlib import Path

import openpyxl
import pytest

from workbench.errors import BadTable
from workbench.formats.codebook_table import codebook, read, recognises
from workbench.model.framework import FrameworkVersion, stable_id


def written(folder: Path, text: str) -> Path:
    path = folder / "book.csv"
    path.write_text(text, encoding="utf-8")
    return path


def tree(version: FrameworkVersion) -> list[str]:
    """Return the framework as lines by their numbers, categories with a colon behind them."""
    lines = [(c.number, f"{c.name}:") for c in version.categories]
    lines += [(c.number, c.name) for c in version.codes]
    return [f"{'  ' * number.count('.')}{number} {name}" for number, name in sorted(lines)]


ACCESS = [
    "1 Access:",
    "  1.1 Distance",
    "  1.2 Waiting:",
    "    1.2.1 At home",
    "2 Price",
]


def test_codes_stand_by_name_and_keep_their_ids_with_their_names(tmp_path: Path) -> None:
    text = 'tag,description,number\nWay out,"Doors, gates",7\n’n <b>Ås</b>,,9\nat home,,1\n'
    held = read(written(tmp_path, text), "book", "3")
    assert (held.reference, held.state, held.categories) == ("book@3", "draft", ())
    assert [(c.number, c.name, c.definition) for c in held.codes] == [
        ("1", "at home", ""),
        ("2", "Way out", "Doors, gates"),
        ("3", "’n <b>Ås</b>", ""),
    ]
    assert held.codes[1].code_id == stable_id("book", "code", "way-out")
    assert {c.origin for c in held.codes} == {"inductive"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "a codebook has the names of codes in a column code, tag, name"),
        ("code\nRain\nrain\n", "the code “rain” stands twice"),
        ("code,memo\n,Lost\n", "the code has no name"),
        ("code,memo\n", "there are no codes below"),
        ("code,level\nA,1\nB,3\n", "stands deeper than its level"),
        ("code,level\nA,top\n", "“top” is no level"),
        ("code,,memo\nA,B,x\n", "two names of codes stand in one row"),
        ("\n", "it has no rows"),
    ],
)
def test_a_table_that_is_no_codebook_is_refused(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadTable, match=said):
        read(written(tmp_path, text), "book", "1")


@pytest.mark.parametrize(
    ("text", "way"),
    [
        (
            "path\nAccess / Distance\nAccess / Waiting / At home\nPrice\n",
            "the path is parted by “/”",
        ),
        (
            "Kode\nAccess\nAccess > Distance\nAccess > Waiting\nAccess > Waiting > At home\n"
            "Price\n",
            "names are parted by “>”",
        ),
        (
            "Code,Parent code\nDistance,Access\nWaiting,Access\nAt home,Waiting\nPrice,\n",
            "the column “Parent code” says so",
        ),
        (
            "Nivå,Kode\n1,Access\n2,Distance\n2,Waiting\n3,At home\n1,Price\n",
            "the column “Nivå” says so",
        ),
        (
            "code\nAccess\n  Distance\n  Waiting\n      At home\nPrice\n",
            "names are indented",
        ),
        (
            "code,,,memo\nAccess,,,\n,○ Distance,,\n,Waiting,,\n,,At home,\nPrice,,,\n",
            "names stand further to the right",
        ),
    ],
    ids=["path", "parted names", "parent", "level", "blanks", "to the right"],
)
def test_what_stands_under_what_is_told_in_five_ways(tmp_path, text, way) -> None:
    held = codebook(written(tmp_path, text), "book", "1")
    assert tree(held.version) == ACCESS
    first, second = held.report.guesses
    assert (first.what, first.because) == ("codes stand under one another", way)
    assert second.what == "what has others below it is a category (2 of them)"


def test_a_slash_in_names_that_stand_alone_parts_nothing(tmp_path) -> None:
    held = codebook(written(tmp_path, "code\nHe / she\nPrice\n"), "book", "1")
    assert [c.name for c in held.version.codes] == ["He / she", "Price"]
    assert held.report.guesses == []


def test_parents_in_a_circle_come_to_an_end(tmp_path) -> None:
    held = read(written(tmp_path, "code,parent\nA,B\nB,A\n"), "book", "1")
    assert tree(held) == ["1 B:", "  1.1 A", "2 A:", "  2.1 B"]


def test_columns_are_known_in_norwegian_and_others_are_told(tmp_path) -> None:
    text = (
        "Kodenavn;Beskrivelse;Brukes når;Brukes ikke når;Eksempel;Farge;Antall\n"
        "Pris;Hva det koster;Alltid;Aldri;«Dyrt»;#FF8800;3\nVei;;;;;orange;\n"
    )
    held = codebook(written(tmp_path, text), "bok", "1")
    price, way = held.version.codes
    assert (price.name, price.definition, price.use_when, price.not_when) == (
        "Pris", "Hva det koster", "Alltid", "Aldri",
    )  # fmt: skip
    assert (price.example, price.colour, way.colour) == ("«Dyrt»", "#ff8800", "")
    assert [(o.what, o.why) for o in held.report.left_out] == [
        ("columns", "“Antall” has no meaning in a codebook")
    ]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("tag,description,number of highlights\nA,,1\n", True),
        ("Kode,Definisjon\nA,\n", True),
        ("name,parent\nA,\n", True),
        ("path\nA / B\n", True),
        ("code\nA\n", True),
        ("name,age\nA,3\n", False),
        ("case,code,mark\nA,1,reviewed\n", False),
        ("id,document,tag,content\n1,a,b,c\n", False),
        ("Document name,Code,Segment\na,b,c\n", False),
        ("", False),
    ],
)
def test_a_codebook_is_told_by_its_columns(tmp_path, text, is_one) -> None:
    assert recognises(written(tmp_path, text)) is is_one


def test_a_workbook_of_an_own_making_is_read(tmp_path) -> None:
    book = openpyxl.Workbook()
    for row in (["Code", "Parent", "Definition"], ["Distance", "Access", "=1+1"], ["Price"]):
        book.active.append(row)
    book.save(tmp_path / "book.xlsx")
    held = read(tmp_path / "book.xlsx", "book", "1")
    assert tree(held) == ["1 Access:", "  1.1 Distance", "2 Price"]


def test_the_published_codebook_of_atlas_comes_in_whole(shared) -> None:
    path = shared / "real" / "sqaa" / "codebook.xlsx"
    assert recognises(path)
    held = codebook(path, "sqaa", "1")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [r for r in sheet.iter_rows(min_row=2, values_only=True) if any(r)]
    assert len(held.version.codes) + len(held.version.categories) == len(rows)
    assert held.version.categories[0].name == "Dashboard Feedback"


def test_the_published_codebooks_of_taguette_are_told_and_come_in(shared) -> None:
    folder = shared / "real" / "swj2022" / "thematic-analysis" / "codebooks"
    files = sorted(folder.glob("*.csv"))
    assert [recognises(f) for f in files] == [True] * 9
    assert len(read(files[-1], "swj", "9").codes) == 22
