"""Coefficients against what papers print, to the digits that they print (../shared/facts)."""

import json
from collections import Counter

import numpy as np
import pytest

from workbench.checks.agreement import nominal, sets


@pytest.fixture(scope="module")
def facts(shared):
    return json.loads((shared / "facts" / "agreement_reference.json").read_text("utf-8"))


def rounded(value, like, digits=None):
    shown = str(like).partition(".")[2]
    return pytest.approx(like, abs=0.5000001 * 10 ** -(digits or len(shown))) == value


CANONICAL = [1, 2, 3, 4, 5]


@pytest.fixture(scope="module")
def canonical(facts):
    return facts["krippendorff2011_canonical"]


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval", "ratio"])
def test_alpha_of_krippendorff_2011_with_coders_missing(canonical, level):
    counts = nominal.counts(canonical["rows_are_coders"], CANONICAL)
    assert rounded(nominal.alpha(counts, level, CANONICAL), canonical["alpha"][level], 4)


def test_the_others_on_the_same_data(canonical):
    counts = nominal.counts(canonical["rows_are_coders"], CANONICAL)
    coders = [[row.count(value) for value in CANONICAL] for row in canonical["rows_are_coders"]]
    assert rounded(nominal.percent(counts), canonical["percent_agreement"], 5)
    assert rounded(nominal.gwet_ac1(counts), canonical["AC1"], 5)
    assert rounded(nominal.fleiss_kappa(counts), canonical["fleiss"], 5)
    assert rounded(nominal.brennan_prediger(counts), canonical["brennan_prediger"], 5)
    assert rounded(nominal.conger_kappa(counts, coders), canonical["conger"], 5)


def test_a_value_that_nobody_gave_is_one_to_choose_all_the_same():
    two = nominal.counts([["x", "x", "y", "y"], ["x", "x", "y", "x"]], "xy")
    three = nominal.counts([["x", "x", "y", "y"], ["x", "x", "y", "x"]], "xyz")
    assert nominal.brennan_prediger(two) == pytest.approx((3 / 4 - 1 / 2) / (1 - 1 / 2))
    assert nominal.brennan_prediger(three) == pytest.approx((3 / 4 - 1 / 3) / (1 - 1 / 3))
    # x was given to 5/8, y to 3/8: the chance is 2 · 5/8 · 3/8 over one less than the values
    assert nominal.gwet_ac1(two) == pytest.approx((3 / 4 - 30 / 64) / (1 - 30 / 64))
    assert nominal.gwet_ac1(three) == pytest.approx((3 / 4 - 15 / 64) / (1 - 15 / 64))
    for same in (nominal.fleiss_kappa, nominal.alpha):
        assert same(three) == pytest.approx(same(two))


def test_conger_where_another_coder_saw_the_last_unit(canonical):
    rows = [list(row) for row in canonical["rows_are_coders"]]
    rows[1][11], rows[2][11] = None, 3
    coders = [[row.count(value) for value in CANONICAL] for row in rows]
    found = nominal.conger_kappa(nominal.counts(rows, CANONICAL), coders)
    assert rounded(found, canonical["conger_if_unit12_rated_by_rater3_as_in_gwet_file"], 5)


def test_alpha_of_krippendorff_2011_with_two_coders(facts):
    held = facts["krippendorff2011_B_nominal"]
    counts = nominal.counts(held["coders"], "abcde")
    assert rounded(nominal.alpha(counts), held["alpha_nominal"], 3)


def test_fleiss_1971(facts):
    held = facts["fleiss1971"]
    counts = np.array([[Counter(r)[v] for v in range(1, 6)] for r in held["ratings"]])
    assert counts.shape == (held["n"], held["categories"])
    assert rounded(nominal.percent(counts), held["pa"])
    assert rounded(nominal.fleiss_kappa(counts), held["kappa"], 4)
    assert rounded(nominal.brennan_prediger(counts), held["randolph"])
    assert rounded(nominal.gwet_ac1(counts), held["AC1"])
    assert rounded(nominal.alpha(counts), held["alpha_nominal"])
    shares = counts.sum(axis=0) / counts.sum()
    assert rounded(shares @ shares, held["pe"])
    one = [
        nominal.fleiss_kappa(np.column_stack([counts[:, v], 6 - counts[:, v]])) for v in range(5)
    ]
    # the paper took shares of three digits: 0.144 for 26 of 180
    assert one == pytest.approx(held["per_category_kappa_published_approx"], abs=0.004)


def test_cohen_1960(facts):
    held = facts["cohen1960_ex2"]
    table = np.array(held["table"])
    assert np.trace(table) / table.sum() == held["po"]
    assert rounded(nominal.cohen_kappa(table), held["kappa"])
    assert rounded(nominal.kappa_max(table), held["kappa_max"])
    assert rounded(nominal.scott_pi(table), held["scott_pi"])
    counts = counts_of(table)
    assert rounded(nominal.gwet_ac1(counts), held["AC1"], 4)
    assert rounded(nominal.brennan_prediger(counts), held["brennan_prediger"])
    assert rounded(nominal.alpha(counts), held["alpha"])
    assert nominal.fleiss_kappa(counts) == pytest.approx(nominal.scott_pi(table))
    coders = [table.sum(axis=1), table.sum(axis=0)]
    assert nominal.conger_kappa(counts, coders) == pytest.approx(nominal.cohen_kappa(table))


def counts_of(table):
    """Return the counts of a table: one row a unit."""
    table = np.asarray(table)
    cells = np.eye(len(table))[:, None, :] + np.eye(len(table))[None, :, :]
    return np.repeat(cells.reshape(-1, len(table)), table.ravel(), axis=0)


def test_cohen_1968_with_weights(facts):
    held = facts["cohen1968_weighted"]
    weights = np.array(held["disagreement_weights"])
    found = nominal.cohen_kappa(np.array(held["table"]), weights)
    assert rounded(found, held["kappa_w"])


@pytest.mark.parametrize(
    "name", ["feinstein_cicchetti_balanced", "feinstein_cicchetti_skewed", "gwet_skewed"]
)
def test_the_paradoxes_of_kappa(facts, name):
    held = facts[name]
    counts = counts_of(held["table"])
    assert rounded(nominal.percent(counts), held["po"])
    assert rounded(nominal.cohen_kappa(held["table"]), held["kappa"])
    assert rounded(nominal.brennan_prediger(counts), held["pabak"], 4)
    # 0.700748 was rounded to 0.70075 and again to 0.7008
    assert nominal.gwet_ac1(counts) == pytest.approx(held["AC1"], abs=0.00006)


def test_the_character_level_example_depends_on_who_coded_what(facts):
    held = facts["character_level_nvivo_example"]
    both, one = held["both"], held["only_one"]
    neither = held["length"] - both - one
    even = nominal.cohen_kappa([[both, one // 2], [one // 2, neither]])
    assert rounded(even, held["kappa_if_split_75_75"])
    odd = nominal.cohen_kappa([[both, one], [0, neither]])
    assert rounded(odd, held["kappa_if_split_150_0"])


PAIRS = [
    ("", ""),
    ("A", ""),
    ("A", "A"),
    ("A", "B"),
    ("AB", "A"),
    ("AB", "AC"),
    ("ABC", "ABC"),
    ("C", "AC"),
    ("C", "AC"),
]
"""The example of the tests of DKPro Statistics (Apache-2.0), with what it comes to there."""


def test_alpha_of_sets_with_the_distances_of_passonneau_2004_and_dkpro():
    values = sorted({s for pair in PAIRS for s in pair})
    counts = np.array([[pair.count(v) for v in values] for pair in PAIRS])
    rows = np.array([[c in v for c in "ABC"] for v in values])
    shape = np.array([[step(set(a), set(b)) for b in values] for a in values])
    assert rounded(nominal.alpha_of_distances(counts, shape), 0.186, 3)
    scaled = shape * sets.distances(rows, rows, "jaccard")
    # 0.2529, which the test there takes for 0.252 ± 0.001
    assert nominal.alpha_of_distances(counts, scaled) == pytest.approx(0.252, abs=0.001)


def step(a, b):
    """Return 0 for one set, ⅓ where one holds the other, ⅔ where they cross, 1 else."""
    if a == b:
        return 0
    return 1 / 3 if a <= b or b <= a else 2 / 3 if a & b else 1


def test_the_distances_of_sets_by_hand():
    rows = np.array([[c in v for c in "ABC"] for v in ("", "A", "AB", "BC")])
    jaccard = [[0, 1, 1, 1], [1, 0, 1 / 2, 1], [1, 1 / 2, 0, 2 / 3], [1, 1, 2 / 3, 0]]
    np.testing.assert_allclose(sets.distances(rows, rows, "jaccard"), jaccard, rtol=1e-6)
    masi = [[0, 1, 1, 1], [1, 0, 2 / 3, 1], [1, 2 / 3, 0, 8 / 9], [1, 1, 8 / 9, 0]]
    np.testing.assert_allclose(sets.distances(rows, rows), masi, rtol=1e-6)
