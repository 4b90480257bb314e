"""From codings to counts and coefficients: by hand, and against definitions told at length."""

import math
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_coders import CODES, Rows, compared, row, studies, tens

from workbench.checks.agreement import counts, nominal, sets, units
from workbench.checks.agreement.compared import Choices, Compared
from workbench.checks.agreement.intervals import interval
from workbench.checks.agreement.sentences import sentences
from workbench.checks.agreement.table import ALL, ANY, agreement
from workbench.errors import BadValue, Undefined
from workbench.model import frames, undefined

PLAIN = Choices(resamples=0)


HALF = [("a", "t", "rain", 0, 45), ("b", "t", "rain", 20, 55), ("b", "t", "gate", 99, 100)]
"""Turns 0-4 and turns 2-5 of ten, then gate in the last by one alone."""


def test_turns_by_hand():
    """Rain: 3 turns both, 2 only a, 1 only b, 4 neither; gate: 1 only b, 9 neither."""
    table = agreement(compared(HALF, stretches=tens("t")), "turn", PLAIN)
    rain = row(table, "rain")
    assert (rain["units"], rain["by_side"]) == (10, (5, 4))
    assert rain["prevalence"] == pytest.approx(0.45)
    assert rain["bias"] == pytest.approx(0.1)
    assert rain["percent"] == pytest.approx(0.7)
    assert rain["positive"] == pytest.approx(6 / 9)
    assert rain["negative"] == pytest.approx(8 / 11)
    # expected by chance .5 · .4 + .5 · .6 = .5; at most min(.5, .4) + min(.5, .6) = .9 agree
    assert rain["kappa"] == pytest.approx(0.4)
    assert rain["kappa_max"] == pytest.approx(0.8)
    assert rain["pabak"] == pytest.approx(0.4)
    assert rain["ac1"] == pytest.approx((0.7 - 2 * 0.45 * 0.55) / (1 - 2 * 0.45 * 0.55))
    assert rain["scott"] == pytest.approx((0.7 - 0.505) / (1 - 0.505))
    assert rain["alpha"] == pytest.approx(1 - 0.3 / (2 * 9 * 11 / (20 * 19)))
    gate = row(table, "gate")
    assert (gate["by_side"], gate["percent"], gate["kappa"]) == ((0, 1), pytest.approx(0.9), 0)
    assert gate["alpha"] == 0
    assert math.isnan(gate["kappa_se"])
    assert gate["undefined"]["kappa_se"] == undefined.ONE_CODER


def test_any_code_and_all_codes():
    table = agreement(compared(HALF, stretches=tens("t")), "turn", PLAIN)
    assert row(table, ANY)["by_side"] == (5, 5)
    assert row(table, ANY)["percent"] == pytest.approx(0.6)
    whole = row(table, ALL)
    assert (whole["units"], whole["by_side"]) == (20, (5, 5))
    assert whole["percent"] == pytest.approx((0.7 + 0.9) / 2)
    # pooled: 3 both, 2 only a, 2 only b, 13 neither
    assert whole["kappa"] == pytest.approx(nominal.cohen_kappa([[3, 2], [2, 13]]))


def test_text_that_nobody_coded_can_be_left_out():
    table = agreement(
        compared(HALF, stretches=tens("t")), "turn", Choices(uncoded=False, resamples=0)
    )
    rain = row(table, "rain")
    assert (rain["units"], rain["by_side"]) == (7, (5, 4))
    assert rain["percent"] == pytest.approx(4 / 7)


def test_characters_by_hand():
    """Rain: a 0-45, b 20-55, so 25 both, 20 only a, 10 only b, 45 neither."""
    held = compared([*HALF, ("b", "t", "rain", 30, 50)])
    table = agreement(held, "character", PLAIN)
    rain = row(table, "rain")
    assert (rain["units"], rain["by_side"]) == (100, (45, 35))
    assert rain["kappa"] == pytest.approx(nominal.cohen_kappa([[25, 20], [10, 45]]))
    assert rain["undefined"]["kappa_se"] == undefined.DEPENDENT
    coded = agreement(held, "character", Choices(uncoded=False, resamples=0))
    assert row(coded, "rain")["units"] == 56
    assert row(coded, ALL)["undefined"]["alpha_masi"] == undefined.NO_UNIT_SETS


def test_the_longer_the_text_the_better_characters_agree(shared):
    """The table of the caution: 125 characters each, 50 of them shared."""
    expected = {300: (0.5, -0.029), 1_000: (0.85, 0.314), 3_000: (0.95, 0.374)}
    expected[30_000] = (0.995, 0.397)
    for length, (percent, kappa) in expected.items():
        rows = [("a", "t", "rain", 0, 125), ("b", "t", "rain", 75, 200)]
        rain = row(agreement(compared(rows, texts=[("t", length)]), "character", PLAIN), "rain")
        assert rain["percent"] == pytest.approx(percent, abs=0.00051)
        assert rain["kappa"] == pytest.approx(kappa, abs=0.00051)


def test_codes_of_a_category_are_one_and_children_count_for_their_parents():
    rows = [("a", "t", "rain", 0, 10), ("b", "t", "drizzle", 0, 10), ("b", "t", "rain", 10, 20)]
    held = compared(
        rows,
        codes=("rain", "drizzle", "gate"),
        parents={"drizzle": "rain"},
        categories={"rain": "weather", "drizzle": "weather", "gate": "locks"},
        stretches=tens("t"),
    )
    plain = agreement(held, "turn", PLAIN)
    assert plain["of"].tolist() == ["rain", "drizzle", "gate", "weather", "locks", ANY, ALL]
    assert plain["level"].tolist() == [*["code"] * 3, *["category"] * 2, *["overall"] * 2]
    assert row(plain, "rain")["by_side"] == (1, 1)
    assert row(plain, "rain")["percent"] == pytest.approx(0.8)
    assert row(plain, "weather")["by_side"] == (1, 2)
    under = agreement(held, "turn", Choices(children=True, resamples=0))
    assert row(under, "rain")["by_side"] == (1, 2)
    assert row(under, "rain")["percent"] == pytest.approx(0.9)
    assert row(under, "drizzle")["by_side"] == (0, 1)
    assert under.attrs["evidence"]["rain", "b"] == ("k1", "k2")
    assert plain.attrs["evidence"]["rain", "b"] == ("k2",)


def test_children_of_children_count_too_and_a_unit_once():
    codes = ("weather", "rain", "drizzle")
    rows = [("a", "t", "drizzle", 0, 10), ("b", "t", "weather", 0, 10)]
    rows += [("b", "t", code, 20, 30) for code in ("rain", "drizzle")]
    held = compared(
        rows, codes=codes, parents={"drizzle": "rain", "rain": "weather"}, stretches=tens("t")
    )
    table = agreement(held, "turn", Choices(children=True, resamples=0))
    assert [row(table, code)["by_side"] for code in codes] == [(1, 2), (1, 1), (1, 1)]


def test_evidence_stands_behind_every_row_by_side():
    held = compared(HALF, categories={"rain": "weather"}, stretches=tens("t"))
    ids = agreement(held, "turn", PLAIN).attrs["evidence"]
    assert ids["rain", "a"] == ("k0",)
    assert ids["weather", "b"] == ("k1",)
    assert ids.of(ALL) == ids.of(ANY) == ("k0", "k1", "k2")
    assert ids.of("gate") == ("k2",)
    assert ("gate", "a") not in ids


def test_only_texts_count_that_two_sides_looked_at():
    rows = [("a", "t", "rain", 0, 5), ("a", "u", "rain", 0, 5), ("b", "u", "rain", 0, 5)]
    looked = [("a", "t"), ("a", "u"), ("b", "u")]
    held = compared(rows, texts=[("t", 100), ("u", 100)], looked=looked, stretches=tens("t", "u"))
    table = agreement(held, "turn", PLAIN)
    assert row(table, "rain")[["units", "by_side"]].tolist() == [10, (1, 1)]
    assert table.attrs["transcripts"] == 1
    assert table.attrs["evidence"].of("rain") == ("k1", "k2")


def test_where_nothing_was_looked_at_by_two_everything_is_undefined():
    held = compared(HALF, looked=[("a", "t")], stretches=tens("t"))
    for unit in ("turn", "character", "continuum"):
        table = agreement(held, unit, Choices())
        assert (table["units"] == 0).all()
        said = {why for held in table["undefined"] for why in held.values()}
        assert undefined.NO_PAIRS in said
        assert table["prevalence"].isna().all()


def test_a_third_side_that_was_away_is_missing_and_not_silent():
    """Three sides; c looked at u alone. In t two look, in u three."""
    rows = [("a", "t", "rain", 0, 5), ("a", "u", "rain", 0, 5), ("c", "u", "rain", 0, 5)]
    texts, sides = [("t", 20), ("u", 20)], ("a", "b", "c")
    looked = [("a", "t"), ("b", "t"), ("a", "u"), ("b", "u"), ("c", "u")]
    held = compared(rows, texts=texts, sides=sides, looked=looked, stretches=tens("t", "u", of=2))
    rain = row(agreement(held, "turn", PLAIN), "rain")
    ratings = [["x", "-", "x", "-"], ["-", "-", "-", "-"], [None, None, "x", "-"]]
    told = nominal.counts(ratings, "x-")
    assert rain["percent"] == pytest.approx(nominal.percent(told))
    assert rain["fleiss"] == pytest.approx(nominal.fleiss_kappa(told))
    assert rain["alpha"] == pytest.approx(nominal.alpha(told))
    assert rain["ac1"] == pytest.approx(nominal.gwet_ac1(told))
    assert rain["undefined"]["kappa"] == undefined.NOT_TWO


def test_a_case_over_several_texts_is_one_unit():
    """Anna speaks in t and u; a coded her in t, b in u. Bo is in u alone."""
    rows = [("a", "t", "rain", 0, 5), ("b", "u", "rain", 0, 5)]
    spans = [(0, "t", 0, 50), (0, "u", 0, 50), (1, "u", 50, 100)]
    held = compared(rows, texts=[("t", 100), ("u", 100)], stretches=spans)
    rain = row(agreement(held, "case", PLAIN), "rain")
    assert rain[["units", "by_side", "percent"]].tolist() == [2, (1, 1), 1]
    table = agreement(held, "case", Choices(resamples=50))
    why = row(table, "rain")["undefined"]["percent_low"]
    assert why == undefined.ONE_TRANSCRIPT  # t and u cannot be drawn apart


def test_a_case_counts_for_those_who_looked_at_all_of_it():
    """Anna is in t, which a and b saw, and in u, which all saw: c did not see all of her.

    Bo is in u alone. Cato is in t and v, of which a alone saw both.
    """
    looked = [(s, t) for s, texts in (("a", "tuv"), ("b", "tu"), ("c", "uv")) for t in texts]
    rows = [(s, "u", "rain", 0, 5) for s in "ac"] + [("a", "t", "rain", 0, 60)]
    spans = [(0, "t", 0, 50), (0, "u", 0, 50), (1, "u", 50, 100), (2, "t", 50, 99), (2, "v", 0, 9)]
    held = compared(
        rows, texts=[(t, 100) for t in "tuv"], sides=tuple("abc"), looked=looked, stretches=spans
    )
    rain = row(agreement(held, "case", PLAIN), "rain")
    # Anna: a yes, b no; Bo: nobody of three
    assert rain[["units", "by_side", "percent"]].tolist() == [2, (1, 0, 0), 0.5]


def test_units_of_no_length_have_no_codes():
    held = compared([("a", "t", "rain", 0, 5)], stretches=[(0, "t", 0, 0), (1, "t", 0, 9)])
    assert row(agreement(held, "turn", PLAIN), "rain")["units"] == 1


def test_half_open_a_coding_that_ends_where_a_turn_begins_does_not_meet_it():
    rows = [("a", "t", "rain", 0, 10), ("b", "t", "rain", 0, 11)]
    rain = row(agreement(compared(rows, stretches=tens("t")), "turn", PLAIN), "rain")
    assert rain["by_side"] == (1, 2)


# --- against definitions ---------------------------------------------------------------


def told(rows: Rows, names: str, code: str | None, places: list[list[tuple[str, int, int]]]):
    """Return the ratings of each side: whether it gave the code (or any) to each place."""
    return [
        [
            any(
                s == name and t == text and code in (None, k) and a < stop and start < b
                for s, t, k, a, b in rows
                for text, start, stop in place
            )
            for place in places
        ]
        for name in names
    ]


def assert_agrees(found: float, do, *args) -> None:
    try:
        expected = do(*args)
    except Undefined:
        assert math.isnan(found)
    else:
        assert found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("unit", ["turn", "character", "case"])
@pytest.mark.parametrize("sides", [2, 3])
def test_every_coefficient_is_that_of_the_units_one_by_one(unit, sides):
    turns = tens("t", "u", of=4)
    if unit == "turn":
        places = [[tuple(turn[1:])] for turn in turns]
    elif unit == "character":
        places = [[(t, at, at + 1)] for t in "tu" for at in range(40)]
    else:  # a case of one turn in each text, and cases of the others
        places = [[tuple(turns[0][1:]), tuple(turns[4][1:])]]
        places += [[tuple(turns[n][1:])] for n in (1, 2, 3, 5, 6, 7)]
    stretches = [(n, *s) for n, place in enumerate(places) for s in place]

    @given(studies(sides))
    def tried(study):
        names, rows = study
        held = compared(
            rows, texts=[("t", 40), ("u", 40)], codes=CODES, sides=names, stretches=stretches
        )
        table = agreement(held, unit, PLAIN)
        for of, code in (*zip(CODES, CODES, strict=True), (ANY, None)):
            ratings = told(rows, names, code, places)
            found = row(table, of)
            values = nominal.counts(ratings, [True, False])
            assert_agrees(found["percent"], nominal.percent, values)
            assert_agrees(found["pabak"], nominal.brennan_prediger, values)
            assert_agrees(found["ac1"], nominal.gwet_ac1, values)
            assert_agrees(found["fleiss"], nominal.fleiss_kappa, values)
            assert_agrees(found["alpha"], nominal.alpha, values)
            assert found["by_side"] == tuple(sum(r) for r in ratings)
            one_of = [
                (x, y) for a, b in combinations(ratings, 2) for x, y in zip(a, b, strict=True)
            ]
            for column, value in (("positive", True), ("negative", False)):
                either = sum((x is value) + (y is value) for x, y in one_of)
                both = sum(x is value and y is value for x, y in one_of)
                if either:
                    assert found[column] == pytest.approx(2 * both / either)
                else:
                    assert math.isnan(found[column])
            if sides == 2:
                square = nominal.table(*ratings, [True, False])
                assert_agrees(found["kappa"], nominal.cohen_kappa, square)
                assert_agrees(found["kappa_max"], nominal.kappa_max, square)
                assert_agrees(found["scott"], nominal.scott_pi, square)
                if not math.isnan(found["kappa_se"]):
                    assert_agrees(found["kappa_se"], nominal.kappa_se, square)
            for name in counts.COEFFICIENTS:
                assert math.isnan(found[name]) == (name in found["undefined"]), name

    tried()


@given(study=studies(3), at_once=st.sampled_from([1, 20, 2_000_000]))
def test_alpha_of_sets_is_that_of_the_sets_one_by_one(study, at_once):
    """However many of them are looked at at once."""
    names, rows = study
    turns = tens("t", "u", of=4)
    held = compared(rows, texts=[("t", 40), ("u", 40)], codes=CODES, sides=names, stretches=turns)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sets, "_AT_ONCE", at_once)
        table = agreement(held, "turn", PLAIN)
    each = {c: told(rows, names, c, [[tuple(turn[1:])] for turn in turns]) for c in CODES}
    values = [tuple(bool(n >> c & 1) for c in range(3)) for n in range(8)]
    given = [[tuple(each[c][side][turn] for c in CODES) for turn in range(8)] for side in range(3)]
    rows = np.array(values)
    for kind in ("jaccard", "masi"):
        apart = sets.distances(rows, rows, kind)
        assert_agrees(
            row(table, ALL)[f"alpha_{kind}"],
            nominal.alpha_of_distances,
            nominal.counts(given, values),
            apart,
        )


def test_more_codes_than_bits_of_a_number_are_told_apart():
    """130 codes; a and b give the first and the last, where a digest would see one set."""
    codes = [f"c{n}" for n in range(130)]
    rows = [("a", "t", "c0", 0, 10), ("b", "t", "c129", 0, 10), ("a", "t", "c64", 10, 20)]
    rows += [("b", "t", "c64", 10, 20)]
    held = compared(rows, codes=codes, stretches=tens("t", of=3))
    found = row(agreement(held, "turn", PLAIN), ALL)
    # sets: {0} {129}, {64} {64}, {} {}; apart 1 of 3; 6 sets, all pairs apart but 2 alike
    assert found["alpha_masi"] == pytest.approx(1 - (2 / 6) / (26 / 30))


# --- what the concept is ---------------------------------------------------------------


def at_random(seed: int, texts: int, turns: int, share=0.3, same=False) -> Compared:
    draw = np.random.default_rng(seed)
    rows: Rows = []
    for text in range(texts):
        first = draw.random(turns) < share
        second = first if same else draw.random(turns) < share
        for side, gave in (("a", first), ("b", second)):
            rows += [(side, f"t{text}", "rain", 10 * n, 10 * n + 10) for n in np.flatnonzero(gave)]
    names = [f"t{n}" for n in range(texts)]
    return compared(rows, texts=[(t, 10 * turns) for t in names], stretches=tens(*names, of=turns))


CHANCE = ("kappa", "scott", "fleiss", "alpha")


def test_coders_who_ignore_each_other_come_to_about_zero():
    rain = row(agreement(at_random(1, 20, 500), "turn"), "rain")
    for name in CHANCE:
        assert abs(rain[name]) < 0.03
        assert rain[f"{name}_low"] < 0 < rain[f"{name}_high"]
    assert rain["percent"] == pytest.approx(0.58, abs=0.02)


def test_coders_who_do_the_same_come_to_one():
    table = agreement(at_random(1, 5, 40, same=True), "turn")
    rain = row(table, "rain")
    for name in (*CHANCE, "percent", "positive", "negative", "kappa_max", "pabak", "ac1"):
        assert rain[name] == pytest.approx(1), name
    assert row(table, ALL)[["alpha_jaccard", "alpha_masi"]].tolist() == [1, 1]


def test_a_doubled_text_changes_nothing_but_the_interval():
    """α alone knows how few units there are, and takes less off with more of them."""
    one = at_random(3, 6, 20)
    columns = ["side", "transcript_version_id", "code_id", "start", "stop"]
    rows = list(one.codings[columns].itertuples(index=False, name=None))
    again = [(s, f"{t} again", *rest) for s, t, *rest in rows]
    names = [f"t{n}{end}" for n in range(6) for end in ("", " again")]
    two = compared([*rows, *again], texts=[(t, 200) for t in names], stretches=tens(*names, of=20))
    single, double = (row(agreement(c, "turn"), "rain") for c in (one, two))
    same = set(counts.COEFFICIENTS) - {"alpha", "kappa_se"}
    for name in (*same, "prevalence", "bias"):
        assert single[name] == pytest.approx(double[name]), name
    assert double["units"] == 2 * single["units"]
    wide = [s["kappa_high"] - s["kappa_low"] for s in (single, double)]
    assert wide[1] < wide[0]
    for found in (single, double):
        ratings = 2 * found["units"]
        assert 1 - found["alpha"] == pytest.approx((1 - found["scott"]) * (1 - 1 / ratings))


def test_which_side_is_first_changes_the_bias_alone():
    one = compared(HALF, stretches=tens("t"))
    other = Compared(("b", "a"), one.codings, one.looked, one.transcripts, one.codes, one.stretches)
    ab, ba = (agreement(c, "turn", PLAIN) for c in (one, other))
    pd.testing.assert_frame_equal(ab[list(counts.COEFFICIENTS)], ba[list(counts.COEFFICIENTS)])
    np.testing.assert_allclose(ab["bias"], -ba["bias"])


# --- intervals -------------------------------------------------------------------------


def test_intervals_are_of_texts_drawn_anew_and_known_by_their_seed():
    held = at_random(3, 12, 20)
    one, same, other = (
        row(agreement(held, "turn", Choices(seed=seed)), "rain") for seed in (1, 1, 2)
    )
    assert one["kappa_low"] == same["kappa_low"] != other["kappa_low"]
    assert one["kappa_low"] < one["kappa"] < one["kappa_high"]
    assert "kappa_max_low" not in one


def test_an_interval_is_that_of_the_draws_told_at_length():
    held = at_random(3, 6, 10)
    found = row(agreement(held, "turn", Choices(resamples=200, seed=5)), "rain")
    drawn = np.random.default_rng(5).integers(6, size=(200, 6)).tolist()
    draws = [[texts.count(text) for text in range(6)] for texts in drawn]
    gave = told(
        [
            tuple(r)
            for r in held.codings[["side", *list(frames.CODINGS)[1:3], "start", "stop"]].values
        ],
        "ab",
        "rain",
        [[tuple(s[1:])] for s in tens(*(f"t{n}" for n in range(6)))],
    )
    first, second = (np.array(side).reshape(6, 10) for side in gave)
    kappas = []
    for times in draws:
        one, other = (np.repeat(side, times, axis=0).ravel() for side in (first, second))
        kappas.append(nominal.cohen_kappa(nominal.table(one, other, [True, False])))
    ends = np.quantile(kappas, [0.025, 0.975])
    assert found[["kappa_low", "kappa_high"]].tolist() == pytest.approx(ends.tolist())


def test_sets_are_drawn_as_the_rest_is():
    """A text twice in a draw is two texts: the ends are those of α of the texts drawn."""
    held = at_random(3, 6, 10)
    plain = row(agreement(held, "turn", PLAIN), ALL)
    found = row(agreement(held, "turn", Choices(resamples=200, seed=5)), ALL)
    whole = row(agreement(held, "turn", Choices(resamples=200, seed=5)), "rain")
    # with one code a set is the code or nothing, and α of sets is α
    for name in ("alpha_jaccard", "alpha_masi"):
        assert found[name] == plain[name] == pytest.approx(whole["alpha"])
        for end in ("_low", "_high"):
            assert found[name + end] == pytest.approx(whole["alpha" + end], abs=1e-5)


def test_one_text_has_no_interval_and_says_so():
    table = agreement(compared(HALF, stretches=tens("t")), "turn")
    assert math.isnan(row(table, "rain")["kappa_low"])
    assert row(table, "rain")["undefined"]["kappa_low"] == undefined.ONE_TRANSCRIPT


def test_where_more_than_half_of_the_draws_have_no_value_there_is_no_interval():
    none = float("nan")
    drawn = np.array([[none, 0.0, none], [none, 1.0, 0.5], [0.5, none, none], [0.7, 3.0, 0.9]])
    drawn = np.concatenate([drawn, [[none, 2.0, 0.1]]])
    low, high, why = interval(drawn, np.array([0.6, 1.5, none]))
    np.testing.assert_allclose(low, [none, 0.075, none])
    np.testing.assert_allclose(high, [none, 2.925, none])
    assert why.tolist() == [undefined.RARE, "", ""]


# --- the continuum ---------------------------------------------------------------------


def test_the_continuum_has_its_own_coefficients():
    rows = [("a", "t", "rain", 0, 10), ("b", "t", "rain", 0, 10), ("a", "t", "gate", 5, 8)]
    held = compared(rows, categories={"rain": "w", "gate": "g"})
    table = agreement(held, "continuum", PLAIN)
    rain = row(table, "rain")
    assert rain[["units", "by_side"]].tolist() == [2, (1, 1)]
    assert rain[["alpha_u", "u_alpha"]].tolist() == [1, 1]
    assert rain["prevalence"] == pytest.approx(0.1)
    assert row(table, "gate")["alpha_u"] < 0
    assert row(table, ALL)["undefined"]["u_alpha"] == undefined.OVERLAP  # a: rain over gate
    assert row(table, "w")["u_alpha"] == 1


def test_codings_of_one_code_that_overlap_are_united_or_told():
    rows = [("a", "t", "rain", 0, 6), ("a", "t", "rain", 4, 10), ("b", "t", "rain", 0, 10)]
    held = compared(rows)
    assert row(agreement(held, "continuum", PLAIN), "rain")["alpha_u"] == 1
    apart = agreement(held, "continuum", Choices(unite=False, resamples=0))
    assert row(apart, "rain")["undefined"]["alpha_u"] == undefined.OVERLAP
    assert math.isnan(row(apart, "rain")["alpha_u"])
    for whole in (ANY, ALL):
        assert row(apart, whole)["undefined"]["alpha_u"] == undefined.OVERLAP
    assert row(agreement(held, "continuum", PLAIN), ALL)["alpha_u"] == 1


def test_a_code_is_told_from_others_where_both_coded():
    """Both coded 0-20; a: rain 0-10, gate 10-20; b: rain 0-10, then list."""
    rows = [("a", "t", "rain", 0, 10), ("a", "t", "gate", 10, 20)]
    rows += [("b", "t", "rain", 0, 10), ("b", "t", "list", 10, 20)]
    table = agreement(compared(rows, codes=CODES), "continuum", PLAIN)
    assert row(table, "rain")["k_u_alpha"] == 1
    assert row(table, "gate")["k_u_alpha"] < 0.5
    assert row(table, ALL)["binary_u_alpha"] == 1
    assert row(table, ALL)["cu_alpha"] < 1
    assert row(table, "rain")["undefined"]["cu_alpha"] == undefined.OF_SEVERAL


# --- choices and words -----------------------------------------------------------------


def test_attrs_say_of_what_the_numbers_are():
    table = agreement(compared(HALF, stretches=tens("t")), "turn", Choices(resamples=7, seed=3))
    said = {k: v for k, v in table.attrs.items() if k != "evidence"}
    assert said == {
        "unit": "turn",
        "sides": ("a", "b"),
        "transcripts": 1,
        "uncoded": True,
        "children": False,
        "unite": True,
        "resamples": 7,
        "seed": 3,
    }
    frames.require(table, frames.AGREEMENT, "agreement")


def test_an_unknown_unit_is_refused():
    with pytest.raises(BadValue, match="one of case, turn, sentence, character, continuum"):
        agreement(compared(HALF), "word", PLAIN)


def test_sentences_end_with_a_mark_or_with_the_line():
    text = "Yes… “No?” he said! (Why.) e.g. this\n\nand 3.5 more  \nend"
    found = [text[a:b] for a, b in ends(text, (0, len(text)))]
    assert found == ["Yes…", "“No?”", "he said!", "(Why.)", "e.g.", "this", "and 3.5 more", "end"]
    assert ends("I: Go on. Now", (3, 9), (9, 13)) == [[3, 9], [10, 13]]
    assert ends("  \n ", (0, 4)) == ends("No.") == ends("") == []
    assert ends(". Now", (0, 5)) == [[0, 1], [2, 5]]


def ends(text: str, *within: tuple[int, int]) -> list[list[int]]:
    return sentences(text, np.array(within, np.int64).reshape(-1, 2)).tolist()


def letter_by_letter(text: str, start: int, stop: int) -> Iterator[list[int]]:
    """Yield the sentences of one stretch by looking at each letter of it."""
    begin, at = start, start
    while at < stop:
        after = at + 1
        if text[at] in ".!?…":
            while after < stop and text[after] in ".!?…":
                after += 1
            while after < stop and text[after] in "\"'”’»)]":
                after += 1
        if text[at] == "\n" or (text[at] in ".!?…" and (after == stop or text[after].isspace())):
            yield [begin, at if text[at] == "\n" else after]
            begin = after
        at = after
    yield [begin, stop]


@given(st.text('ab 3.!?…\n\t"”)', max_size=40), st.data())
def test_sentences_are_those_of_reading_letter_by_letter(text, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    within = [pair for pair in batched_by_two(cuts) if not text[: pair[0]].endswith(tuple(".!?…"))]
    wanted = []
    for start, stop in (one for pair in within for one in letter_by_letter(text, *pair)):
        said = text[start:stop]
        low, high = start + len(said) - len(said.lstrip()), start + len(said.rstrip())
        wanted += [[low, high]] if said.strip() else []
    assert ends(text, *within) == wanted


def batched_by_two(cuts: list[int]) -> list[tuple[int, int]]:
    return list(zip(cuts[::2], cuts[1::2], strict=False))


def test_units_that_share_texts_hang_together():
    assert units.together([[0, 2], [2, 3]], 5).tolist() == [0, 1, 0, 0, 2]
