"""The printed tables of a study folder: what is read, and what is refused where."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import BadFile, BadTable
from workbench.formats import published
from workbench.model.published import CELL_NAME, Printed, PublishedCell, RegisterEntry

HEADER = "cell,row,column,value,figure,of,where,note,register,evidence\n"


def write(home, name: str, text: str) -> None:
    file = home / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")


def test_cells_and_entries_are_read_in_the_order_of_files_and_rows(tmp_path):
    write(
        tmp_path,
        "published/t2.csv",
        HEADER
        + "b,Sum,n, 1,182 ,,,,,,\n".replace(" 1,182 ", '" 1,182 "')
        + 'c,Women,n,11,cases,"sex=woman; group=GP;",P23 L2,As printed.,X1; X2,2 abc\n',
    )
    write(tmp_path, "published/t1.csv", "cell,row,column,value\na-1,,,27\n")
    write(
        tmp_path,
        "register.csv",
        "id,what,kind,holds,explains,treatment\n"
        'X1,Sums differ.,Computed,"b != a-1; c = 11",b; c,"Ours, not theirs."\n'
        "X2,Two words.,stated,c = 11,,\n",
    )
    assert published.read(tmp_path) == Printed(
        (
            PublishedCell("a-1", "t1", "", "", "27", line=2),
            PublishedCell("b", "t2", "Sum", "n", "1,182", line=2),
            PublishedCell(
                "c",
                "t2",
                "Women",
                "n",
                "11",
                "cases",
                (("sex", "woman"), ("group", "GP")),
                "P23 L2",
                "As printed.",
                ("X1", "X2"),
                "2 abc",
                3,
            ),
        ),
        (
            RegisterEntry(
                "X1",
                "Sums differ.",
                "computed",
                "b != a-1; c = 11",
                ("b", "c"),
                "Ours, not theirs.",
                2,
            ),
            RegisterEntry("X2", "Two words.", "stated", "c = 11", (), "", 3),
        ),
    )


def test_a_folder_may_print_nothing_and_register_nothing(tmp_path):
    assert published.read(tmp_path) == Printed()
    write(tmp_path, "published/t.csv", HEADER)
    write(tmp_path, "register.csv", "id,what,kind,holds\n")
    assert published.read(tmp_path) == Printed()


def test_what_is_no_table_is_passed_over(tmp_path):
    write(tmp_path, "published/scan.pdf", "no table")
    assert published.read(tmp_path) == Printed()


def test_two_semicolons_are_one_of_a_value_and_only_the_first_equals_sign_parts(tmp_path):
    write(tmp_path, "published/t.csv", HEADER + 'a,,,1,formula,"is=a;;b ; by = x=y; ; to=",,,,\n')
    (cell,) = published.read(tmp_path).cells
    assert cell.of == (("is", "a;b"), ("by", "x=y"), ("to", ""))


REFUSED = [
    (
        HEADER + ",Cases,n,27,,,,,,\n",
        "t.csv: line 2, column cell: this must not be empty.",
    ),
    (
        HEADER + "a,Cases,n, ,,,,,,\n",
        "t.csv: line 2, column value: this must not be empty.",
    ),
    (
        HEADER + "two words,Cases,n,27,,,,,,\n",
        "t.csv: line 2, column cell: the register could not name a cell “two words”. Begin with "
        "a letter and use letters, digits, hyphens and points: p23-cases.",
    ),
    (
        HEADER + "a,Cases,n,27,cases,woman,,,,\n",
        "t.csv: line 2, column of: “woman” does not say what is what. Write it like group=GP; "
        "sex=woman.",
    ),
    (
        HEADER + "a,Cases,n,27,cases,=woman,,,,\n",
        "t.csv: line 2, column of: “=woman” does not say what is what. Write it like group=GP; "
        "sex=woman.",
    ),
    (
        HEADER + "a,Cases,n,27,cases,sex=man; sex=woman,,,,\n",
        "t.csv: line 2, column of: “sex” stands there twice. Say it once.",
    ),
    (
        HEADER + "a,Cases,n,27,,,,,,\nb,Cases,n,27,,,,,,\na,Sex,n,1,,,,,,\n",
        ": t, line 4: the cell “a” stands in t, line 2 already. Rename one.",
    ),
    (
        "cell,row,value\na,Cases,27\n",
        "t.csv: line 1: the columns of printed cells lack “column”. Columns here: cell, row, "
        "value.",
    ),
    (
        "cell,row,column,value,evidense\na,Cases,n,27,2 abc\n",
        "t.csv: the first row: “evidense” has no meaning in printed cells; known are cell, row, "
        "column, value, figure, of, where, note, register, evidence. Rename or remove the column.",
    ),
    ("", "t.csv: the file: it has no rows. Write the column names first."),
]


@pytest.mark.parametrize(("text", "said"), REFUSED)
def test_a_table_that_cannot_be_taken_says_where_and_what_to_do(tmp_path, text, said):
    write(tmp_path, "published/t.csv", text)
    with pytest.raises(BadFile) as caught:
        published.read(tmp_path)
    assert str(caught.value).endswith(said)
    assert str(tmp_path) in str(caught.value)


ENTRIES = "id,what,kind,holds,explains\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            ENTRIES + "X1,Sums.,rumour,a = 1,\n",
            "line 2, column kind: “rumour” is not one of computed, stated.",
        ),
        (ENTRIES + ",Sums.,stated,a = 1,\n", "line 2, column id: this must not be empty."),
        (ENTRIES + "X1,,stated,a = 1,\n", "line 2, column what: this must not be empty."),
        (ENTRIES + "X1,Sums.,stated,,\n", "line 2, column holds: this must not be empty."),
        (
            ENTRIES + "X1,Sums.,stated,a = 1,\nX1,More.,stated,a = 1,\n",
            "register, line 3: the register entry “X1” stands in register, line 2 already. "
            "Rename one.",
        ),
    ],
)
def test_an_entry_that_cannot_be_taken_says_where(tmp_path, text, said):
    write(tmp_path, "register.csv", text)
    with pytest.raises(BadTable) as caught:
        published.read(tmp_path)
    assert str(caught.value).endswith(said)


def test_one_cell_in_two_files_is_told_even_on_the_same_line_of_the_same_name(tmp_path):
    write(tmp_path, "published/t.csv", "cell,row,column,value\na,,,1\n")
    write(tmp_path, "published/t.tsv", "cell\trow\tcolumn\tvalue\na\t\t\t2\n")
    with pytest.raises(BadTable, match=r"the cell “a” stands in t, line 2 already"):
        published.read(tmp_path)


def test_two_registers_are_refused(tmp_path):
    write(tmp_path, "register.csv", ENTRIES)
    write(tmp_path, "register.tsv", ENTRIES.replace(",", "\t"))
    with pytest.raises(BadFile, match=r"register.csv and register.tsv hold the same table"):
        published.read(tmp_path)


names = st.from_regex(CELL_NAME, fullmatch=True).filter(lambda n: n.isprintable())
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=8)
cells = st.builds(
    PublishedCell,
    cell=names,
    table=st.just("t"),
    row=words.map(str.strip),
    column=words.map(str.strip),
    value=words.map(str.strip).filter(bool),
    figure=words.map(str.strip),
    of=st.dictionaries(
        words.map(lambda s: s.replace(";", "").replace("=", "").strip()).filter(bool),
        words.map(lambda s: s.replace(";", "").strip()),
        max_size=3,
    ).map(lambda d: tuple(d.items())),
    register=st.lists(words.map(lambda s: s.replace(";", "").strip()).filter(bool)).map(tuple),
)


@given(st.lists(cells, max_size=5, unique_by=lambda c: c.cell))
def test_what_a_group_writes_is_what_is_read(tmp_path_factory, wanted):
    home = tmp_path_factory.mktemp("study")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(published.CELL_COLUMNS.known)
    for c in wanted:
        of = "; ".join(f"{k}={v}" for k, v in c.of)
        printed = (c.cell, c.row, c.column, c.value, c.figure, of, c.where, c.note)
        writer.writerow((*printed, "; ".join(c.register), c.evidence))
    write(home, "published/t.csv", out.getvalue())
    found = published.read(home).cells
    assert [(c.cell, c.row, c.column, c.value, c.figure, c.of, c.register) for c in found] == [
        (c.cell, c.row, c.column, c.value, c.figure, c.of, c.register) for c in wanted
    ]
