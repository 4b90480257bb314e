"""Codes that meet: by overlap, by turn and by case."""

from itertools import combinations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.model import frames, segments
from workbench.stages.indexing import cooccurrence, counting

CODES = pd.DataFrame({"code_id": ["waiting", "trust", "money"]}, dtype="str")


def codings(*rows: tuple[str, str, str, int, int]) -> pd.DataFrame:
    given = [(i, v, code, "run", "anna", a, b) for i, v, code, a, b in rows]
    return pd.DataFrame(given, columns=list(frames.CODINGS)).astype(frames.CODINGS)


def turns(*rows: tuple[str, int, int, int]) -> pd.DataFrame:
    given = [(v, n, "P", "participant", a, a, b, None, None) for v, n, a, b in rows]
    return pd.DataFrame(given, columns=list(frames.TURNS)).astype(frames.TURNS)


def pairs(*rows: tuple[str, str, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(frames.PAIRS)).astype(frames.PAIRS)


BY_HAND = codings(
    ("k1", "t", "trust", 0, 10),
    ("k2", "t", "waiting", 5, 15),  # over k1
    ("k3", "t", "waiting", 9, 12),  # over k1, and over k2 of the same code
    ("k4", "t", "money", 15, 20),  # touches k2
    ("k5", "u", "money", 0, 10),  # another text
    ("k6", "t", "retired", 0, 20),  # not in this framework version
)


def test_overlap_by_hand():
    expected = pairs(("waiting", "trust", 2))
    pd.testing.assert_frame_equal(cooccurrence.by_overlap(BY_HAND, CODES), expected)


def test_overlapping_lists_each_pair_of_codings_once():
    found = cooccurrence.overlapping(BY_HAND.head(5))
    rows = found.itertuples(index=False)
    assert sorted(sorted(r) for r in rows) == [["k1", "k2"], ["k1", "k3"]]
    assert list(found.columns) == list(frames.CODING_PAIRS)


def test_turns_by_hand():
    """Turn 1 holds trust and waiting twice, turn 2 waiting and money, turn 3 has no words."""
    spoken = turns(("t", 1, 0, 14), ("t", 2, 14, 20), ("t", 3, 9, 9), ("u", 1, 0, 10))
    expected = pairs(("waiting", "trust", 1), ("waiting", "money", 1))
    pd.testing.assert_frame_equal(cooccurrence.by_turn(BY_HAND, spoken, CODES), expected)
    found = cooccurrence.in_turns(BY_HAND.head(5), spoken)
    assert list(found.itertuples(index=False, name=None)) == [
        ("t", 1, "k1", "trust"),
        ("t", 1, "k2", "waiting"),
        ("t", 1, "k3", "waiting"),
        ("t", 2, "k2", "waiting"),
        ("t", 2, "k4", "money"),
        ("u", 1, "k5", "money"),
    ]


def test_cases_by_hand():
    rows = [
        ("anne", "waiting", 1, 5, 5, 1),
        ("anne", "money", 4, 5, 5, 1),
        ("bo", "waiting", 1, 5, 5, 1),
        ("bo", "money", 1, 5, 5, 1),
        ("bo", "trust", 9, 5, 5, 1),
        ("bo", "retired", 9, 5, 5, 1),
    ]
    figures = pd.DataFrame(rows, columns=list(frames.FIGURES)).astype(frames.FIGURES)
    expected = pairs(("waiting", "trust", 1), ("waiting", "money", 2), ("trust", "money", 1))
    pd.testing.assert_frame_equal(cooccurrence.by_case(figures, CODES), expected)


def test_nothing_coded_and_no_codes_give_no_pairs():
    none = codings()
    for found in (
        cooccurrence.by_overlap(none, CODES),
        cooccurrence.by_overlap(BY_HAND, CODES.head(0)),
        cooccurrence.by_turn(none, turns(), CODES),
        cooccurrence.by_turn(BY_HAND, turns(("t", 1, 0, 9)), CODES.head(0)),
        cooccurrence.by_case(frames.empty(frames.FIGURES), CODES),
        cooccurrence.combine([], CODES),
    ):
        pd.testing.assert_frame_equal(found, pairs())
    assert len(cooccurrence.overlapping(none)) == 0


segment = st.tuples(
    st.sampled_from("xyz"),
    st.sampled_from(["waiting", "trust", "money"]),
    st.integers(0, 12),
    st.integers(1, 6),
)


def drawn(rows: list[tuple[str, str, int, int]]) -> pd.DataFrame:
    return codings(*((f"k{n}", v, c, a, a + b) for n, (v, c, a, b) in enumerate(rows)))


def meet(a: tuple[str, str, int, int], b: tuple[str, str, int, int]) -> bool:
    return a[0] == b[0] and bool(set(range(a[2], a[2] + a[3])) & set(range(b[2], b[2] + b[3])))


def counted(found: pd.DataFrame) -> dict[frozenset[str], int]:
    return {frozenset((a, b)): n for a, b, n in found.itertuples(index=False, name=None) if n}


@given(st.lists(segment, max_size=12))
def test_overlap_is_what_its_definition_counts_and_what_is_listed(
    rows: list[tuple[str, str, int, int]],
):
    expected: dict[frozenset[str], int] = {}
    listed = set()
    for (n, a), (m, b) in combinations(enumerate(rows), 2):
        if meet(a, b) and a[1] != b[1]:
            pair = frozenset((a[1], b[1]))
            expected[pair] = expected.get(pair, 0) + 1
            listed.add(frozenset((f"k{n}", f"k{m}")))
    assert counted(cooccurrence.by_overlap(drawn(rows), CODES)) == expected
    found = cooccurrence.overlapping(drawn(rows))
    assert len(found) == len(listed)
    assert {frozenset(p) for p in found.itertuples(index=False, name=None)} == listed


@given(st.lists(segment, max_size=12), st.integers(1, 7))
def test_turns_are_what_their_definition_counts(rows: list[tuple[str, str, int, int]], length: int):
    spoken = [(v, n, n * length, (n + 1) * length) for v in "xyz" for n in range(20 // length)]
    expected: dict[frozenset[str], int] = {}
    for v, _, a, b in spoken:
        here = {r[1] for r in rows if meet(r, (v, "", a, b - a))}
        for pair in map(frozenset, combinations(sorted(here), 2)):
            expected[pair] = expected.get(pair, 0) + 1
    assert counted(cooccurrence.by_turn(drawn(rows), turns(*spoken), CODES)) == expected


@given(st.lists(segment, max_size=12), st.lists(st.integers(0, 2), min_size=3, max_size=3))
def test_any_split_of_the_transcripts_gives_the_same_pairs(
    rows: list[tuple[str, str, int, int]], part_of: list[int]
):
    whole = drawn(rows)
    spoken = turns(*((v, n, n * 5, n * 5 + 5) for v in "xyz" for n in range(4)))
    part = whole["transcript_version_id"].map(dict(zip("xyz", part_of, strict=True)))
    parts = [whole[part == n].reset_index(drop=True) for n in range(3)]
    pd.testing.assert_frame_equal(
        cooccurrence.combine([cooccurrence.by_overlap(p, CODES) for p in parts], CODES),
        cooccurrence.by_overlap(whole, CODES),
    )
    pd.testing.assert_frame_equal(
        cooccurrence.combine([cooccurrence.by_turn(p, spoken, CODES) for p in parts], CODES),
        cooccurrence.by_turn(whole, spoken, CODES),
    )


@given(st.lists(st.tuples(st.sampled_from("AB"), segment), max_size=10))
def test_cases_are_what_their_definition_counts(
    rows: list[tuple[str, tuple[str, str, int, int]]],
):
    given = [(f"k{n}", case, c, v, a, a + b) for n, (case, (v, c, a, b)) in enumerate(rows)]
    within = pd.DataFrame(given, columns=list(frames.CASE_CODINGS)).astype(frames.CASE_CODINGS)
    said = {case: {r[1] for c, r in rows if c == case} for case in "AB"}
    expected = {
        frozenset(pair): n
        for pair in combinations(CODES["code_id"], 2)
        if (n := sum(set(pair) <= codes for codes in said.values()))
    }
    assert counted(cooccurrence.by_case(counting.partial(within), CODES)) == expected


@given(st.lists(segment, max_size=15), st.integers(1, 5))
def test_meetings_are_the_same_in_blocks_of_any_size(
    rows: list[tuple[str, str, int, int]], most: int
):
    document = np.array(["xyz".index(r[0]) for r in rows], np.int64)
    start = np.array([r[2] for r in rows], np.int64)
    stop = start + np.array([r[3] for r in rows], np.int64)
    blocks = list(segments.meetings(document, start, stop, most))
    found = [frozenset((int(a), int(b))) for x, y in blocks for a, b in zip(x, y, strict=True)]
    expected = {
        frozenset((n, m)) for n, m in combinations(range(len(rows)), 2) if meet(rows[n], rows[m])
    }
    assert len(found) == len(expected)
    assert set(found) == expected
