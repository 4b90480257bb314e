"""Figures by case and code: by hand, against their definitions, and over any split."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.model import frames, segments
from workbench.stages.indexing.counting import combine, evidence, frequencies, partial

Row = tuple[str, str, str, str, int, int]


def case_codings(rows: list[Row]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(frames.CASE_CODINGS)).astype(frames.CASE_CODINGS)


def figures(*rows: tuple[str, str, int, int, int, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(frames.FIGURES)).astype(frames.FIGURES)


BY_HAND: list[Row] = [
    ("k1", "anne", "waiting", "t", 0, 10),  # one coding in two stretches
    ("k1", "anne", "waiting", "t", 20, 25),
    ("k2", "anne", "waiting", "t", 5, 12),  # over k1 by five characters
    ("k3", "anne", "waiting", "u", 5, 12),  # the same positions of another text
    ("k4", "anne", "trust", "t", 0, 4),
    ("k1", "bo", "waiting", "t", 10, 20),  # the part of k1 that Bo said
]


def test_figures_by_hand():
    expected = figures(
        ("anne", "trust", 1, 4, 4, 1),
        ("anne", "waiting", 3, 15 + 7 + 7, 12 + 5 + 7, 2),
        ("bo", "waiting", 1, 10, 10, 1),
    )
    pd.testing.assert_frame_equal(partial(case_codings(BY_HAND)), expected)


def test_the_evidence_of_a_figure_is_its_codings():
    assert evidence(case_codings(BY_HAND)) == {
        ("anne", "waiting"): ("k1", "k2", "k3"),
        ("anne", "trust"): ("k4",),
        ("bo", "waiting"): ("k1",),
    }


def test_nothing_coded_gives_no_figures():
    for empty in (partial(case_codings([])), combine([]), combine([partial(case_codings([]))])):
        pd.testing.assert_frame_equal(empty, figures())
    assert len(evidence(case_codings([]))) == 0


def test_frequencies_are_of_all_codings_and_list_unused_codes():
    columns = list(frames.CODINGS)
    codings = pd.DataFrame(
        [
            ("k1", "t", "waiting", "r", "anna", 0, 10),
            ("k2", "u", "waiting", "r", "berit", 0, 10),
            ("k3", "u", "waiting", "r", "berit", 0, 10),
            ("k4", "u", "elsewhere", "r", "berit", 0, 10),
        ],
        columns=columns,
    ).astype(frames.CODINGS)
    codes = pd.DataFrame({"code_id": ["trust", "waiting"]}, dtype="str")
    within = case_codings(
        [("k1", "anne", "waiting", "t", 0, 5), ("k1", "anne", "waiting", "t", 7, 9)]
    )
    expected = pd.DataFrame(
        [("trust", 0, 0, 0, 0), ("waiting", 3, 2, 2, 1)], columns=list(frames.FREQUENCIES)
    ).astype(frames.FREQUENCIES)
    pd.testing.assert_frame_equal(frequencies(codings, within, codes), expected)


stretches = st.lists(
    st.tuples(
        st.integers(0, 5),  # coding
        st.sampled_from("AB"),  # case
        st.sampled_from("xyz"),  # document
        st.integers(0, 10),
        st.integers(1, 5),
    ),
    max_size=14,
)


def drawn(rows: list[tuple[int, str, str, int, int]]) -> pd.DataFrame:
    """A coding lies in one transcript and has one code."""
    return case_codings([(f"{d}{k}", case, "pq"[k % 2], d, a, a + b) for k, case, d, a, b in rows])


@given(stretches)
def test_figures_are_what_their_definitions_count(rows: list[tuple[int, str, str, int, int]]):
    given = drawn(rows)
    expected = []
    for case in "AB":
        for code in "pq":
            cell = given[(given["case_id"] == case) & (given["code_id"] == code)]
            if cell.empty:
                continue
            characters = [
                (d, at)
                for d, a, b in zip(
                    cell["transcript_version_id"], cell["start"], cell["stop"], strict=True
                )
                for at in range(a, b)
            ]
            ids, documents = set(cell["coding_id"]), set(cell["transcript_version_id"])
            expected.append(
                (case, code, len(ids), len(characters), len(set(characters)), len(documents))
            )
    pd.testing.assert_frame_equal(partial(given), figures(*expected))


@given(stretches, st.lists(st.integers(0, 2), min_size=3, max_size=3))
def test_any_split_of_the_transcripts_gives_the_same_figures(
    rows: list[tuple[int, str, str, int, int]], part_of: list[int]
):
    given = drawn(rows)
    part = given["transcript_version_id"].map(dict(zip("xyz", part_of, strict=True)))
    parts = [partial(given[part == n].reset_index(drop=True)) for n in range(3)]
    pd.testing.assert_frame_equal(combine(parts), partial(given))


@given(stretches)
def test_the_number_of_codings_is_that_of_its_evidence(rows: list[tuple[int, str, str, int, int]]):
    given = drawn(rows)
    found, ids = partial(given), evidence(given)
    cells = zip(found["case_id"], found["code_id"], strict=True)
    assert {c: len(e) for c, e in ids.items()} == dict(zip(cells, found["codings"], strict=True))


def test_numbers_too_large_for_one_sort_key_are_counted_too():
    far, many = 2**30, 2**20
    group, document = np.array([many, many, many, 0]), np.array([many, 0, many, 0])
    start = np.array([far + 3, far + 1, far, 0])
    stop = np.array([far + 9, far + 4, far + 5, 5])
    found = segments.distinct_length(group, document, start, stop, many + 1)
    assert (found[0], found[many], found.sum()) == (5, 9 + 3, 17)
