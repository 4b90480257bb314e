"""α for unitizing: published values, the definition told unit by unit, and what it reduces to."""

import json
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.checks.agreement import nominal, unitizing
from workbench.checks.agreement.unitizing import Units

Coder = list[tuple[int, int, int]]
"""Value, start and stop of the units of one coder."""


def units_of(documents: list[tuple[int, list[Coder]]], values: int) -> Units:
    """Return units of documents given as length and what each coder marked."""
    rows = [
        (document, coder, *unit)
        for document, (_, coders) in enumerate(documents)
        for coder, marked in enumerate(coders)
        for unit in marked
    ]
    table = np.array(rows, np.int64).reshape(-1, 5)
    many = len(documents[0][1])
    return Units(
        *table.T,
        np.array([length for length, _ in documents]),
        np.ones((len(documents), many), bool),
        values,
    )


def sums_of(documents: list[tuple[int, list[Coder]]], values: int, **how) -> unitizing.Sums:
    return unitizing.sums(units_of(documents, values), **how).drawn(np.ones(len(documents)))


def test_alpha_u_of_krippendorff_2004(shared):
    held = json.loads((shared / "facts" / "agreement_reference.json").read_text("utf-8"))
    held = held["alpha_U_krippendorff2004"]
    begin, end = held["continuum"]
    coders = [
        [
            (value, start - begin, start - begin + length)
            for value, name in enumerate("ck")
            for start, length in held["units_start_length"][coder][name]
        ]
        for coder in ("coder_i", "coder_j")
    ]
    observed, expected = unitizing.classic(units_of([(end - begin, coders)], 2))
    each = 1 - observed[0] / expected[0]
    assert each[0] == pytest.approx(held["alpha_U"]["c"], abs=0.00005)
    assert each[1] == held["alpha_U"]["k"]
    overall = 1 - observed.sum() / expected.sum()
    assert overall == pytest.approx(held["alpha_U"]["overall_unrounded"], abs=0.00005)


def sections(coder: Coder, value: int, length: int) -> list[tuple[int, int, bool]]:
    """Return the units and gaps of one coder and value: start, length, whether a unit."""
    out, at = [], 0
    for _, start, stop in sorted(u for u in coder if u[0] == value):
        out += [(at, start - at, False), (start, stop - start, True)]
        at = stop
    return [s for s in (*out, (at, length - at, False)) if s[1]]


def told_alpha_u(length: int, coders: list[Coder], value: int) -> tuple[float, float]:
    """Return observed and expected disagreement as Krippendorff (1995) defines them."""
    told = [sections(coder, value, length) for coder in coders]
    many = len(coders)
    observed = 0.0
    for one, other in permutations(told, 2):
        for b, n, v in one:
            for c, m, w in other:
                if v and w and -n < b - c < m:
                    observed += (b - c) ** 2 + (b + n - c - m) ** 2
                elif v and not w and m - n >= b - c >= 0:
                    observed += n**2
                elif w and not v and m - n <= b - c <= 0:
                    observed += m**2
    number = sum(v for coder in told for *_, v in coder)
    above = 0.0
    for coder in told:
        for _, n, v in coder:
            if v:
                room = sum(m - n + 1 for other in told for _, m, w in other if not w and m >= n)
                above += (number - 1) / 3 * (2 * n**3 - 3 * n**2 + n) + n**2 * room
    taken = sum(n * (n - 1) for coder in told for _, n, v in coder if v)
    below = many * length * (many * length - 1) - taken
    return observed / (many * (many - 1) * length**2), 2 / length * above / below


def letters(coder: Coder, length: int) -> list[int]:
    """Return the value of each character, −1 in a gap."""
    out = [-1] * length
    for value, start, stop in coder:
        out[start:stop] = [value] * (stop - start)
    return out


def told_coincidences(length: int, coders: list[Coder], values: int) -> tuple[np.ndarray, ...]:
    """Return observed and expected coincidences, character by character; the gap is last."""
    lines = [letters(coder, length) for coder in coders]
    seen, units = np.zeros((values + 1, values + 1)), []
    for one, other in permutations(lines, 2):
        for a, b in zip(one, other, strict=True):
            seen[a, b] += 1 / (len(coders) - 1)
    for coder, line in zip(coders, lines, strict=True):
        units += [(value, stop - start) for value, start, stop in coder]
        units += [(-1, 1)] * line.count(-1)
    expected = np.zeros_like(seen)
    for (a, (c, n)), (b, (k, m)) in permutations(enumerate(units), 2):
        assert a != b
        expected[c, k] += n * m
    return seen, expected / expected.sum() * seen.sum()


@st.composite
def continua(draw, values: int = 2, coders: int = 2) -> tuple[int, list[Coder]]:
    """A short continuum with units that do not overlap within a coder."""
    length = draw(st.integers(3, 14))
    out = []
    for _ in range(coders):
        cuts = sorted(draw(st.sets(st.integers(0, length), max_size=6)))
        of = draw(st.lists(st.integers(-1, values - 1), min_size=len(cuts), max_size=len(cuts)))
        places = zip(of, cuts[:-1], cuts[1:], strict=False)
        out.append([(value, start, stop) for value, start, stop in places if value >= 0])
    return length, out


@given(continua())
def test_alpha_u_is_as_it_is_defined(continuum):
    length, coders = continuum
    observed, expected = unitizing.classic(units_of([continuum], 2))
    told = [told_alpha_u(length, coders, value) for value in range(2)]
    np.testing.assert_allclose(observed[0] / length, [o for o, _ in told], atol=1e-12)
    np.testing.assert_allclose(expected[0] / length, [e for _, e in told], atol=1e-12)


@given(continua(values=1, coders=3))
def test_alpha_u_of_three_coders_is_as_it_is_defined(continuum):
    length, coders = continuum
    observed, expected = unitizing.classic(units_of([continuum], 1))
    told = told_alpha_u(length, coders, 0)
    assert (observed.item() / length, expected.item() / length) == pytest.approx(told)


def assert_alpha(found: float, observed: float, expected: float) -> None:
    if expected < 1e-9:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(1 - observed / expected, abs=1e-9)


@pytest.mark.parametrize("coders", [2, 3])
def test_the_u_alpha_family_is_as_it_is_defined(coders):
    @given(continua(values=3, coders=coders))
    def tried(continuum):
        length, marked = continuum
        seen, chance = told_coincidences(length, marked, 3)
        held = sums_of([continuum], 3)
        assert_alpha(unitizing.u_alpha(held), off(seen), off(chance))
        assert_alpha(unitizing.binary_u_alpha(held), 2 * seen[:3, 3].sum(), 2 * chance[:3, 3].sum())
        alone = unitizing.one_u_alpha(sums_of([continuum], 3, apart=True))
        for value in range(3):
            of = [[(0, a, b) for v, a, b in coder if v == value] for coder in marked]
            seen, chance = told_coincidences(length, of, 1)
            assert_alpha(alone[value], off(seen), off(chance))

    tried()


def off(square: np.ndarray) -> float:
    return float(square.sum() - np.trace(square))


@given(continua(values=3))
def test_of_what_two_coders_both_coded_units_are_only_as_long_as_that(continuum):
    """cu-α and (k)u-α see the stretches with a code of both; a unit's own are no chance."""
    length, coders = continuum
    lines = [letters(coder, length) for coder in coders]
    both = [a >= 0 and b >= 0 for a, b in zip(*lines, strict=True)]
    seen = np.zeros((3, 3))
    for a, b, counts in zip(*lines, both, strict=True):
        if counts:
            seen[a, b] += 1
            seen[b, a] += 1
    units = [(v, sum(both[a:b])) for coder in coders for v, a, b in coder]
    chance = np.zeros((3, 3))
    for (c, n), (k, m) in permutations(units, 2):
        chance[c, k] += n * m
    total = chance.sum()
    chance = chance / total * seen.sum() if total else chance
    held = sums_of([continuum], 3)
    assert_alpha(unitizing.cu_alpha(held), off(seen), off(chance))
    for value, found in enumerate(unitizing.k_u_alpha(held)):
        other = chance[value].sum() - chance[value, value]
        observed = seen[value].sum() - seen[value, value]
        if seen[value].sum() and other > 1e-9:
            of = observed / seen[value].sum(), other / chance[value].sum()
            assert found == pytest.approx(1 - of[0] / of[1], abs=1e-9)
        else:
            assert np.isnan(found)


@given(st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 2), st.integers(-1, 2)), min_size=2))
def test_with_units_of_one_character_u_alpha_is_alpha_with_the_gap_as_a_value(rows):
    coders = [
        [(value, at, at + 1) for at, value in enumerate(line) if value >= 0]
        for line in zip(*rows, strict=True)
    ]
    counts = np.array([[row.count(value) for value in range(-1, 3)] for row in rows])
    found = unitizing.u_alpha(sums_of([(len(rows), coders)], 3))
    if np.ptp(rows) == 0:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(nominal.alpha(counts))


def test_documents_add_and_a_gap_does_not_go_on_into_the_next():
    one = (10, [[(0, 2, 5)], [(0, 3, 6)]])
    two = (20, [[(0, 0, 4)], []])
    apart = [unitizing.classic(units_of([d], 1)) for d in (one, two)]
    together = unitizing.classic(units_of([one, two], 1))
    for of in range(2):
        np.testing.assert_allclose(together[of], np.concatenate([a[of] for a in apart]))
    sums = sums_of([one, two], 1)
    assert sums.length == 60
    assert sums.coded.tolist() == [10]
    assert sums.squares.tolist() == [9 + 9 + 16]
    assert sums.same.tolist() == [4]


def test_a_coder_who_did_not_look_at_a_document_is_not_counted_there():
    looked = units_of([(10, [[(0, 2, 5)], [(0, 3, 6)], []])], 1)
    away = Units(
        *(getattr(looked, n) for n in ("document", "coder", "value", "start", "stop", "lengths")),
        np.array([[True, True, False]]),
        1,
    )
    two = units_of([(10, [[(0, 2, 5)], [(0, 3, 6)]])], 1)
    assert unitizing.classic(away) == unitizing.classic(two)
    assert unitizing.classic(away) != unitizing.classic(looked)
    assert unitizing.u_alpha(unitizing.sums(away)) == unitizing.u_alpha(unitizing.sums(two))


def test_overlapping_units_are_united_and_touching_ones_are_not():
    marked = [(0, 0, 4), (0, 2, 6), (0, 3, 5), (0, 6, 9), (1, 1, 3)]
    found = unitizing.united(units_of([(10, [marked, [(0, 3, 7)]])], 2))
    rows = sorted(zip(found.coder, found.value, found.start, found.stop, strict=True))
    assert rows == [(0, 0, 0, 6), (0, 0, 6, 9), (0, 1, 1, 3), (1, 0, 3, 7)]


def test_values_whose_units_overlap_others_of_the_same_coder_are_found():
    marked = [[(0, 0, 4), (1, 3, 6), (2, 6, 9)], [(2, 0, 9)]]
    assert unitizing.overlapping(units_of([(10, marked)], 3)).tolist() == [0, 1]


def test_the_same_units_agree_wholly_however_many_documents_there_are():
    document = (30, [[(0, 2, 5), (1, 9, 20)]] * 2)
    for documents in ([document], [document] * 3):
        observed, expected = unitizing.classic(units_of(documents, 2))
        assert observed.sum() == 0
        assert (expected > 0).all()
        held = sums_of(documents, 2)
        for family in (unitizing.u_alpha, unitizing.binary_u_alpha, unitizing.cu_alpha):
            assert family(held) == 1
        assert unitizing.k_u_alpha(held).tolist() == [1, 1]


def test_a_doubled_document_leaves_alpha_u_as_it_is():
    one = (30, [[(0, 2, 5), (0, 9, 20)], [(0, 4, 8), (0, 9, 22)]])
    single, double = (unitizing.classic(units_of([one] * n, 1)) for n in (1, 2))
    ratio = [o.sum() / e.sum() for o, e in (single, double)]
    assert ratio[0] == pytest.approx(ratio[1])
    assert 0 < ratio[0] < 1


def test_coders_who_ignore_each_other_come_to_about_zero():
    draw = np.random.default_rng(1994)
    documents = []
    for _ in range(300):
        marked = []
        for _ in range(2):
            cuts = np.sort(draw.choice(200, 8, replace=False)).tolist()
            pieces = list(zip(cuts[::2], cuts[1::2], strict=True))
            marked.append([(int(draw.integers(2)), a, b) for a, b in pieces])
        documents.append((200, marked))
    held = sums_of(documents, 2)
    found = [unitizing.u_alpha(held), unitizing.binary_u_alpha(held), unitizing.cu_alpha(held)]
    assert np.abs([*found, *unitizing.k_u_alpha(held)]).max() < 0.06
