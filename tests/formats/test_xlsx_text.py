import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.formats.xlsx import text
from workbench.formats.xlsx.names import SheetNames


@pytest.mark.parametrize(
    ("given_", "shown"),
    [
        ("plain æøå 😀\t\n", "plain æøå 😀\t\n"),
        ("\x00\x07\x1f\x7f", "␀␇␟␡"),
        ("a\r\nb", "a␍\nb"),
        ("\ud800", "\ufffd"),
        ("\ufffe\uffff", "\ufffd\ufffd"),
    ],
)
def test_what_a_cell_cannot_hold_is_made_visible(given_: str, shown: str) -> None:
    assert text.visible(given_) == shown


@given(st.text())
def test_no_piece_of_a_text_can_be_taken_for_an_escape_or_markup(said: str) -> None:
    for odd in (said, f"_x0041_{said}_x000D_x0042_", f"<r>{said}</r>"):
        pieces = text.fragments(odd)
        assert "".join(pieces) == odd
        assert not any(p.startswith("<r>") and p.endswith("</r>") for p in pieces)
        assert not any(text._ESCAPE.search(p) for p in pieces)


@given(
    st.text(st.sampled_from("aW \n😀漢"), max_size=400),
    st.integers(2, 60),
    st.one_of(st.just(math.inf), st.integers(1, 6)),
    st.floats(2, 30),
)
def test_parts_are_the_text_and_each_fits(
    said: str, most_units: int, most_lines: float, width: float
) -> None:
    found = [said[s] for s in text.parts(said, most_units, most_lines, width)]
    assert "".join(found) == said
    assert all(text.units(p) <= most_units for p in found)
    if most_lines != math.inf:
        assert all(text.lines(p, width) <= most_lines for p in found if len(p) > 1)


def test_parts_end_between_words() -> None:
    assert [("one two three")[s] for s in text.parts("one two three", 9, math.inf, math.inf)] == [
        "one two ",
        "three",
    ]


def test_a_text_of_exactly_the_limit_is_one_part() -> None:
    assert text.cuts("a" * 100, 100) == [slice(0, 100)]
    assert len(text.cuts("a" * 101, 100)) > 1
    assert len(text.cuts("😀" * 51, 100)) > 1


def test_lines_break_between_words() -> None:
    # at 10 digits of width, "aaaa" takes about 4.3 digits: two to a line
    assert [text.lines(" ".join(["aaaa"] * n), 10) for n in (1, 2, 3, 4, 5)] == [1, 1, 2, 2, 3]
    assert text.lines("a\n\nb", 10) == 3


def test_capitals_and_wide_letters_take_more_room() -> None:
    assert text.longest("illl") < text.longest("aaaa") < text.longest("WWWW")
    assert text.longest("漢漢漢漢") > 1.5 * text.longest("aaaa")


@given(st.text(), st.floats(5, 80))
def test_a_longer_text_never_takes_fewer_lines(said: str, width: float) -> None:
    assert text.lines(said, width) <= text.lines(said + " and more", width)


@given(st.lists(st.text(max_size=40), max_size=12))
def test_every_sheet_name_is_one_that_excel_takes(wanted: list[str]) -> None:
    names = SheetNames()
    given_ = [names.take(w) for w in wanted]
    assert len({n.lower() for n in given_}) == len(given_)
    for name in given_:
        assert 0 < text.units(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name[0] != "'"
        assert name[-1] != "'"
        assert name.lower() != "history"


def test_long_names_stay_apart() -> None:
    names = SheetNames()
    long = "Experiences of working nights " * 2
    assert [names.take(long), names.take(long.upper())] == [
        "Experiences of working nights E",
        "EXPERIENCES OF WORKING NIGHTS 2",
    ]


def test_names_keep_what_they_can() -> None:
    names = SheetNames()
    assert [names.take(n) for n in ("'Mine'", "a/b", "", "history", "Women's views")] == [
        "Mine",
        "a-b",
        "Sheet",
        "history 2",
        "Women's views",
    ]
