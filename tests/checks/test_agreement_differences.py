"""What two sides coded differently: borders, another code, one side alone."""

import pandas as pd
import pytest
from hypothesis import given
from two_coders import CODES, compared, studies

from workbench.checks.agreement.differences import differences
from workbench.errors import BadValue
from workbench.model import frames
from workbench.model.coding import DIFFERENCE_KINDS


def told(table: pd.DataFrame) -> list[tuple[object, ...]]:
    columns = [c for c in frames.DIFFERENCES if c != "transcript_version_id"]
    return list(table[columns].itertuples(index=False, name=None))


def test_the_three_kinds_by_hand():
    rows = [
        ("a", "t", "rain", 0, 10),  # k0
        ("b", "t", "rain", 0, 10),  # k1: the same
        ("a", "t", "rain", 20, 40),  # k2
        ("b", "t", "rain", 30, 45),  # k3: other borders
        ("a", "t", "gate", 50, 60),  # k4
        ("b", "t", "list", 55, 70),  # k5: another code on 55-60
        ("b", "t", "gate", 80, 90),  # k6: b alone
    ]
    table = differences(compared(rows, codes=CODES))
    assert told(table) == [
        ("borders", 20, 45, "rain", "rain", 10, 25, ("k2",), ("k3",)),
        ("other code", 50, 70, "gate", "list", 5, 20, ("k4",), ("k5",)),
        ("one-sided", 80, 90, "", "gate", 0, 10, (), ("k6",)),
    ]
    assert table.attrs["same"] == 1
    assert set(table["kind"]) == set(DIFFERENCE_KINDS)
    frames.require(table, frames.DIFFERENCES, "differences")


def test_one_long_coding_and_two_short_ones_in_it_are_one_difference():
    rows = [("a", "t", "rain", 0, 30), ("b", "t", "rain", 0, 10), ("b", "t", "rain", 15, 30)]
    (row,) = told(differences(compared(rows)))
    assert row == ("borders", 0, 30, "rain", "rain", 25, 30, ("k0",), ("k1", "k2"))


def test_codings_that_only_touch_are_apart():
    rows = [("a", "t", "rain", 0, 10), ("b", "t", "rain", 10, 20)]
    assert [r[0] for r in told(differences(compared(rows)))] == ["one-sided", "one-sided"]


def test_another_code_goes_with_the_one_that_shares_most():
    rows = [
        ("a", "t", "rain", 0, 20),
        ("b", "t", "gate", 0, 5),
        ("b", "t", "list", 3, 18),
    ]
    table = differences(compared(rows, codes=CODES))
    assert told(table) == [
        ("one-sided", 0, 5, "", "gate", 0, 5, (), ("k1",)),
        ("other code", 0, 20, "rain", "list", 15, 20, ("k0",), ("k2",)),
    ]


def test_a_code_with_a_counterpart_is_nobody_elses_partner():
    """Both gave rain; that b gave gate too is b's alone."""
    rows = [("a", "t", "rain", 0, 20), ("b", "t", "rain", 0, 20), ("b", "t", "gate", 0, 20)]
    assert [r[0] for r in told(differences(compared(rows)))] == ["one-sided"]


def test_the_same_codings_over_each_other_on_both_sides_are_no_difference():
    rows = [(s, "t", "rain", a, a + 10) for s in "ab" for a in (0, 5)]
    table = differences(compared(rows))
    assert table.empty
    assert table.attrs["same"] == 1


def test_one_side_that_coded_a_place_twice_is_alone_with_it():
    """A person may have the same coding in two runs."""
    table = differences(compared([("a", "t", "rain", 0, 10)] * 2))
    assert table.attrs["same"] == 0
    (row,) = told(table)
    assert row == ("one-sided", 0, 10, "rain", "", 0, 10, ("k0", "k1"), ())


def test_texts_are_told_apart_and_come_in_their_order():
    rows = [("a", "u", "rain", 0, 10), ("b", "t", "rain", 0, 10)]
    table = differences(compared(rows, texts=[("u", 50), ("t", 50)]))
    assert table["transcript_version_id"].tolist() == ["u", "t"]
    assert table["kind"].tolist() == ["one-sided"] * 2


def test_texts_that_one_side_did_not_look_at_have_no_differences():
    rows = [("a", "t", "rain", 0, 10)]
    assert differences(compared(rows, looked=[("a", "t")])).empty
    assert len(differences(compared(rows))) == 1


def test_more_than_two_sides_are_refused():
    with pytest.raises(BadValue, match="two sides"):
        differences(compared([], sides=("a", "b", "c")))


@given(studies())
def test_every_coding_is_the_same_or_in_one_difference_once(study):
    names, rows = study
    rows = list(dict.fromkeys(rows))
    held = compared(rows, texts=[("t", 40), ("u", 40)], codes=CODES, sides=names)
    table = differences(held)
    listed = [i for c in ("codings", "other_codings") for ids in table[c] for i in ids]
    assert len(listed) == len(set(listed))
    by_id = {f"k{n}": row for n, row in enumerate(rows)}
    for coding_id, (side, *rest) in by_id.items():
        twin = ("b" if side == "a" else "a", *rest) in rows
        assert twin or coding_id in listed
    for kind, start, stop, code, other, shared, together, one, two in told(table):
        assert {by_id[i][0] for i in one} <= {"a"}
        assert {by_id[i][0] for i in two} <= {"b"}
        assert {by_id[i][2] for i in one} == ({code} - {""})
        assert {by_id[i][2] for i in two} == ({other} - {""})
        letters = [{n for i in ids for n in range(*by_id[i][3:])} for ids in (one, two)]
        assert shared == len(letters[0] & letters[1])
        assert together == len(letters[0] | letters[1])
        assert (start, stop) == (min(letters[0] | letters[1]), max(letters[0] | letters[1]) + 1)
        assert (kind == "one-sided") == (not one or not two)
        assert (kind == "borders") == (code == other)


@given(studies())
def test_the_other_way_round_the_same_differences(study):
    names, rows = study
    rows = list(dict.fromkeys(rows))
    texts = [("t", 40), ("u", 40)]
    ab, ba = (
        differences(compared(rows, texts=texts, codes=CODES, sides=s)) for s in (names, names[::-1])
    )
    turned = [(k, a, b, d, c, s, t, y, x) for k, a, b, c, d, s, t, x, y in told(ba)]
    borders = [r for r in told(ab) if r[0] == "borders"]
    assert borders == [r for r in turned if r[0] == "borders"]
    assert ab.attrs == ba.attrs
