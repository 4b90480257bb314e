"""Claims of the register: what they come to, and what cannot be one."""

import contextlib
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.checks import claims
from workbench.checks.claims import Checked
from workbench.errors import BadValue

PRINTED = {
    "p24-abstract": "1,182",
    "back": "970",
    "head": "290",
    "share": "28.8 %",
    "theme-a": "Money",
    "theme-b": " Money ",
    "loss": "−4",
    "1.2-x": "3",
    "own": "7",
}
OWN = {"back": "970", "p24-abstract": "1260", "theme-a": "Money; Fear"}


def holds(said: str) -> list[bool]:
    return [c.holds for c in claims.check(said, PRINTED, OWN)]


# --- what holds ------------------------------------------------------------------------


def test_both_sides_are_shown_with_what_they_come_to():
    assert claims.check("back + head = 1260; p24-abstract < own p24-abstract", PRINTED, OWN) == [
        Checked("back + head = 1260", Decimal(1260), Decimal(1260), True),
        Checked("p24-abstract < own p24-abstract", Decimal(1182), Decimal(1260), True),
    ]


@pytest.mark.parametrize(
    ("said", "so"),
    [
        ("back + head = 1260", True),
        ("back + head = p24-abstract", False),
        ("back + head != p24-abstract", True),
        ("own p24-abstract - p24-abstract = 78", True),
        ("share = 28.8", True),
        ("share <= 28.8", True),
        ("share < 28.8", False),
        ("loss = 0 - 4", True),
        ("loss >= 0", False),
        ("loss > 0", False),
        ("theme-a = theme-b", True),
        ('theme-a = "Money"', True),
        ('theme-a = "money"', False),
        ("theme-a != own theme-a", True),
        ("theme-a != back", True),
        ("theme-a = back", False),
        ('"1,260" = back + head', True),
        ('"a" < "b"', True),
        ('"a;b" = "a;b"', True),
        ("2 + 3 * 4 = 14", True),
        ("(2 + 3) * 4 = 20", True),
        ("10 - 3 - 2 = 5", True),
        ("12 / 3 / 2 = 2", True),
        ("27 / 2 = 13.5", True),
        ("1.2-x=3", True),
        ("own = 7", True),
        ("own + back = 977", True),
        ("own back = 970", True),
        ("back+head=1260", True),
    ],
)
def test_a_comparison_is_true_or_false(said, so):
    assert holds(said) == [so]


def test_empty_claims_between_semicolons_are_none():
    assert holds(";; 1 = 1 ; ") == [True]
    assert holds("  ") == []


def test_a_hyphen_within_a_name_is_part_of_it_and_minus_has_blanks_about_it():
    assert holds("head - back = 0 - 680") == [True]
    with pytest.raises(BadValue, match="there is no printed cell head-back"):
        holds("head-back = 1")


def test_the_cells_that_claims_speak_of_are_named_whether_printed_or_rebuilt():
    assert claims.names('back + own head = 3; 1.2-x != "theme-a"') == {"back", "head", "1.2-x"}


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("1,260", Decimal(1260)),
        ("1 260 000", Decimal(1260000)),
        ("1\u00a0260", Decimal(1260)),
        ("28.8 %", Decimal("28.8")),
        ("28.80%", Decimal("28.8")),
        ("−4", Decimal(-4)),
        (" 7 ", Decimal(7)),
        ("1,26", "1,26"),
        ("1,2600", "1,2600"),
        ("12 or 13", "12 or 13"),
        ("A;  Q", "A; Q"),
        ("٣", "٣"),
        ("1e5", "1e5"),
        ("NaN", "NaN"),
        ("Infinity", "Infinity"),
        ("9" * 16, "9" * 16),
    ],
)
def test_a_printed_value_is_a_number_where_a_paper_would_write_one_so(said, value):
    assert claims.as_value(said) == value
    assert type(claims.as_value(said)) is type(value)


# --- sums ------------------------------------------------------------------------------

CELLS = {"a": 3, "b-1": 12, "p.c": 0, "2-d": 50}
Sum = tuple[str, str]
"""A sum as a claim says it, and as Python does."""

leaves: st.SearchStrategy[Sum] = st.one_of(
    st.integers(0, 60).map(lambda n: (str(n), f"Fraction({n})")),
    st.decimals(0, 50, places=2).map(lambda d: (str(d), f"Fraction('{d}')")),
    st.sampled_from(sorted(CELLS)).map(lambda c: (c, f"Fraction({CELLS[c]})")),
)


def joined(inner: st.SearchStrategy[Sum]) -> st.SearchStrategy[Sum]:
    return st.one_of(
        inner.map(lambda s: (f"({s[0]})", f"({s[1]})")),
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(
            lambda s: tuple(f"{s[0][i]} {s[1]} {s[2][i]}" for i in (0, 1))  # type: ignore[misc]  # a pair
        ),
    )


sums = st.recursive(leaves, joined, max_leaves=7)


@given(sums)
def test_a_sum_comes_to_what_python_makes_of_it(said):
    claim, python = said
    known = {name: str(value) for name, value in CELLS.items()}
    try:
        expected = eval(python, {"Fraction": Fraction})  # noqa: S307  # written by this test
    except ZeroDivisionError:
        with pytest.raises(BadValue, match="divides by zero"):
            claims.value(claim, known, {})
        return
    found = claims.value(claim, known, {})
    assert isinstance(found, Decimal)
    assert abs(Fraction(found) - expected) <= abs(expected) / 10**20 + Fraction(1, 10**20)
    assert claims.check(f"{claim} = {claim}", known)[0].holds


@given(sums, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), sums)
def test_a_comparison_is_that_of_its_two_sides(left, sign, right):
    known = {name: str(value) for name, value in CELLS.items()}
    try:
        sides = [claims.value(side[0], known, {}) for side in (left, right)]
    except BadValue:
        return
    by_hand = {"=": sides[0] == sides[1], "<": sides[0] < sides[1], ">": sides[0] > sides[1]}
    by_hand |= {"!=": not by_hand["="], "<=": not by_hand[">"], ">=": not by_hand["<"]}
    (found,) = claims.check(f"{left[0]} {sign} {right[0]}", known)
    assert (found.left, found.right, found.holds) == (*sides, by_hand[sign])


# --- what cannot be a claim --------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("back", "one comparison of two sides"),
        ("back = 1 = 2", "one comparison of two sides"),
        ("= 1", "a number, a text or a cell on each side of a sign"),
        ("back + = 1", "a number, a text or a cell on each side of a sign"),
        ("back =", "something after its last sign"),
        ("back head = 1", "one comparison of two sides"),
        ("(back = 1", "a closing bracket"),
        ("back) = 1", "one comparison of two sides"),
        ("nowhere = 1", "names of cells; there is no printed cell nowhere"),
        ("own head = 1", "names of cells; there is no rebuilt figure head"),
        ("theme-a + 1 = 2", "numbers where it calculates"),
        ("theme-a < 2", "numbers on both sides, or words on both"),
        ("back / (head - 290) = 1", "a sum that can be worked out: this divides by zero"),
        ("0 / 0 = 1", "a sum that can be worked out: this divides by zero"),
        ("(" * 21 + "1" + ")" * 21 + " = 1", "brackets at most 20 deep"),
        ("9999999999999999 = 1", "numbers of at most 15 digits"),
        (" * ".join(["999999999"] * 9) + " = 1", "a sum of at most 15 digits"),
        ("back = 1,260", "comparisons like back + head = 1260"),
        ("back = 'x'", "comparisons like back + head = 1260"),
        ('back = "x', "comparisons like back + head = 1260"),
        ("__import__ = 1", "comparisons like back + head = 1260"),
        ("back ** 2 = 1", "a number, a text or a cell on each side of a sign"),
    ],
)
def test_what_cannot_be_read_says_what_to_give(said, wanted):
    with pytest.raises(BadValue) as caught:
        holds(said)
    assert str(caught.value) == f"A claim cannot be {said!r}; give {wanted}."


def test_brackets_beside_one_another_are_not_deep():
    assert holds(" + ".join(["(1)"] * 40) + " = 40") == [True]


def test_a_long_sum_is_still_one():
    assert holds(" + ".join(["1"] * 5000) + " = 5000") == [True]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("", "something after its last sign"),
        ("back = 1", "one sum without a comparison"),
        ("later", "names of cells; there is no rebuilt figure later"),
    ],
)
def test_a_formula_that_cannot_be_worked_out_is_told_as_one(said, wanted):
    with pytest.raises(BadValue) as caught:
        claims.value(said, OWN, OWN)
    shown = repr(said) if said else "empty"
    assert str(caught.value) == f"A formula cannot be {shown}; give {wanted}."


@given(st.text(max_size=40))
def test_any_text_is_a_claim_or_one_refusal(said):
    for read in (claims.names, lambda s: claims.check(s, PRINTED, OWN)):
        with contextlib.suppress(BadValue):
            read(said)


@given(st.text(alphabet='ab1.-+*/()=<>!" ;own', max_size=30))
def test_any_row_of_signs_is_a_claim_or_one_refusal(said):
    try:
        found = claims.check(said, {"a": "1", "b": "x"}, {"a": "2"})
    except BadValue:
        return
    assert all(isinstance(c.holds, bool) for c in found)
