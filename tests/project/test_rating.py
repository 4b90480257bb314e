"""How far raters agree who rated the same cells, against what is printed (../shared/facts)."""

import csv
import json
import math

import openpyxl
import pytest

from workbench import views
from workbench.errors import BadTable, BadValue, Refused
from workbench.model import undefined
from workbench.project import rating, rating_file


@pytest.fixture
def write(tmp_path):
    def to(text, name="ratings.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return to


@pytest.fixture(scope="module")
def canonical(shared):
    facts = json.loads((shared / "facts" / "agreement_reference.json").read_text("utf-8"))
    return facts["krippendorff2011_canonical"]


@pytest.fixture(params=["csv", "xlsx"])
def rated(request, canonical, tmp_path):
    """The table of Krippendorff (2011): twelve units, four coders, some missing."""
    coders = canonical["rows_are_coders"]
    rows = [["cell", "A", "B", "C", "D"]]
    rows += [
        [f"u{n}", *("" if v is None else v for v in of)]
        for n, of in enumerate(zip(*coders, strict=True), 1)
    ]
    path = tmp_path / f"rated.{request.param}"
    if request.param == "csv":
        with path.open("w", newline="", encoding="utf-8") as held:
            csv.writer(held).writerows(rows)
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    return path


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_is_what_krippendorff_2011_prints_at_each_level(rated, canonical, level):
    frame = views.agreement_of_ratings(rated, level)
    all_four = frame.iloc[0]
    assert round(all_four["alpha"], 4) == pytest.approx(canonical["alpha"][level], abs=1e-9)
    assert all_four["percent"] == pytest.approx(canonical["percent_agreement"], abs=5e-6)
    assert (all_four["raters"], all_four["units"]) == ("A / B / C / D", 11)
    assert all_four["apart"] == ["u2", "u6", "u8"]
    assert frame.attrs == {"level": level, "values": list("12345"), "alone": ["u12"]}
    assert list(frame["raters"][1:]) == ["A / B", "A / C", "A / D", "B / C", "B / D", "C / D"]


def test_words_have_the_order_that_is_said(write):
    path = write("cell,a,b\n1,weak,some\n2,strong,strong\n3,weak,weak\n")
    with pytest.raises(Refused, match="Say which is higher: “some” is no number"):
        views.agreement_of_ratings(path)
    near = views.agreement_of_ratings(path, order=["weak", "some", "strong"])
    far = views.agreement_of_ratings(path, order=["some", "strong", "weak"])
    # by hand: totals 3, 1, 2; weak to some is 2 apart, weak to strong 3.5, some to strong 1.5
    expected = (3 * 1 * 2**2 + 3 * 2 * 3.5**2 + 1 * 2 * 1.5**2) * 2 / (6 - 1)
    assert near["alpha"][0] == pytest.approx(1 - 2 * 2**2 / expected)
    assert far["alpha"][0] < near["alpha"][0]
    with pytest.raises(BadValue, match="cannot be 'some'; give one of weak, strong"):
        views.agreement_of_ratings(path, order=["weak", "strong"])


def test_what_has_no_value_says_why(write):
    same = views.agreement_of_ratings(write("cell,a,b\n1,2,2\n2,2,2\n"))
    assert math.isnan(same["alpha"][0])
    assert same["undefined"][0] == {"alpha": undefined.NO_VARIATION}
    assert same["percent"][0] == 1
    alone = views.agreement_of_ratings(write("cell,a,b\n1,2,\n2,,2\n"))
    assert alone["undefined"][0] == dict.fromkeys(("percent", "alpha"), undefined.NO_PAIRS)
    assert alone.attrs["alone"] == ["1", "2"]


def test_numbers_may_have_a_comma_and_stand_for_themselves(write):
    path = write("cell;a;b\n1;0,5;0.5\n2;1;1,0\n3;2;3\n")
    frame = views.agreement_of_ratings(path, "interval")
    assert frame["apart"][0] == ["3"]
    # by hand: 0.5 0.5 1 1 2 3; squared distances of all pairs of values, and one pair apart
    values = [0.5, 0.5, 1, 1, 2, 3]
    expected = sum((v - w) ** 2 for v in values for w in values) / 5
    assert frame["alpha"][0] == pytest.approx(1 - 2 * 1 / expected)


@pytest.mark.parametrize(
    ("text", "level", "said"),
    [
        ("cell,a\n1,2\n", "ordinal", "line 1: it names no two raters"),
        ("cell,a,b\n", "ordinal", "it has no ratings"),
        ("cell,a,a\n1,2,3\n", "ordinal", "the rater “a” is there twice"),
        ("cell,a,b\n1,2,3\n1,2,3\n", "ordinal", "the thing “1” is there twice"),
        ("cell,a,b\n,2,3\n", "ordinal", "line 2: nothing says what was rated"),
        ("cell,a,b\n1,2,3,4\n", "ordinal", "line 2: it has more fields than there are columns"),
        ("cell,a,,b\n1,2,3,4\n", "ordinal", "line 1: a column has no name"),
    ],
)
def test_a_table_that_is_none_is_refused_with_its_place(write, text, level, said):
    with pytest.raises(BadTable, match=said):
        views.agreement_of_ratings(write(text), level)


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("interval", "a number, as the level is interval"),
        ("ratio", "a number, as the level is ratio"),
        ("rank", "nominal, ordinal, interval, ratio"),
    ],
)
def test_a_value_that_is_none_of_the_level_is_refused(write, level, said):
    with pytest.raises(BadValue, match=said):
        views.agreement_of_ratings(write("cell,a,b\n1,much,3\n"), level)


def test_a_ratio_has_no_number_below_nothing_and_an_order_is_for_words(write):
    path = write("cell,a,b\n1,-1,3\n")
    with pytest.raises(BadValue, match="0 or more"):
        views.agreement_of_ratings(path, "ratio")
    with pytest.raises(Refused, match="leave the order"):
        views.agreement_of_ratings(path, "interval", ["-1", "3"])


def test_a_value_stands_in_the_order_once(write):
    path = write("cell,a,b\n1,weak,some\n2,some,some\n")
    with pytest.raises(Refused, match="“weak” stands in the order twice"):
        views.agreement_of_ratings(path, order=["weak", "some", "weak"])


def test_the_workbook_has_its_settings_on_the_cover_and_who_rated_what(write, tmp_path):
    held = rating.read(write("cell,a,b,c\nx,weak,some,weak\ny,some,some,\nz,,weak,\n"))
    into = tmp_path / "agreement.xlsx"
    told = rating_file.write(into, held, "ordinal", ["weak", "some", "strong"])
    assert told == f"{into}: agreement of 3 raters, 1 thing rated differently."
    book = openpyxl.load_workbook(into)
    cover = {row[0].value: row[1].value for row in book["Cover"].iter_rows()}
    assert {
        "Ratings": "ratings.csv",
        "Raters": "a, b, c",
        "Level": "ordinal",
        "Values": "weak, some, strong",
        "No two rated, which does not count": "z",
    }.items() <= cover.items()
    rows = [[c.value for c in row] for row in book["Numbers"].iter_rows(min_row=2)]
    assert [row[:4] for row in rows] == [
        ["a / b / c", 2, 1, 0.6667],  # of y one pair agrees, of x one of three: (1 + 1/3) / 2
        ["a / b", 2, 1, 0.5],
        ["a / c", 1, 0, 1],
        ["b / c", 1, 1, 0],
    ]
    assert rows[2][4:] == ["undefined", f"alpha: {undefined.NO_VARIATION}"]
    apart = [[c.value for c in row] for row in book["Rated differently"].iter_rows()]
    assert apart == [["what was rated", "a", "b", "c"], ["x", "weak", "some", "weak"]]
    with pytest.raises(BadValue, match=r"cannot be 'agreement.csv'; give \.xlsx"):
        rating_file.write(into.with_suffix(".csv"), held)
