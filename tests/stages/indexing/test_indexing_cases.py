"""Which case a coding speaks for."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.model import frames
from workbench.stages.indexing.cases import by_case, in_no_case


def codings(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    given = [(i, v, "waiting", "run", "anna", a, b) for i, v, a, b in rows]
    return pd.DataFrame(given, columns=list(frames.CODINGS)).astype(frames.CODINGS)


def spans(*rows: tuple[str, str, int, int]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=list(frames.SPANS)).astype(frames.SPANS)


def test_a_focus_group_shares_a_coding_out_to_those_who_spoke():
    """Anne speaks 0:10 and 20:30, Bo 10:20; the coding lies over all three turns."""
    group = spans(("anne", "t", 0, 10), ("anne", "t", 20, 30), ("bo", "t", 10, 20))
    found = by_case(codings(("k1", "t", 5, 25), ("k2", "t", 20, 40), ("k3", "t", 30, 31)), group)
    expected = pd.DataFrame(
        [
            ("k1", "anne", "waiting", "t", 5, 10),
            ("k1", "anne", "waiting", "t", 20, 25),
            ("k1", "bo", "waiting", "t", 10, 20),
            ("k2", "anne", "waiting", "t", 20, 30),
        ],
        columns=list(frames.CASE_CODINGS),
    ).astype(frames.CASE_CODINGS)
    pd.testing.assert_frame_equal(found, expected)


def test_codings_in_no_case_are_listed():
    given = codings(("k1", "t", 0, 5), ("k2", "t", 10, 12), ("k3", "other", 0, 5))
    lost = in_no_case(given, spans(("anne", "t", 4, 10), ("bo", "t", 11, 11)))
    assert lost["coding_id"].tolist() == ["k2", "k3"]
    assert list(lost.columns) == list(frames.CODINGS)


def test_without_spans_every_coding_is_in_no_case():
    given = codings(("k1", "t", 0, 5))
    assert len(by_case(given, frames.empty(frames.SPANS))) == 0
    assert (
        dict(by_case(given, frames.empty(frames.SPANS)).dtypes.astype(str)) == frames.CASE_CODINGS
    )
    assert in_no_case(given, frames.empty(frames.SPANS))["coding_id"].tolist() == ["k1"]


segment = st.tuples(st.sampled_from("tu"), st.integers(0, 12), st.integers(1, 6))


@given(st.lists(segment, max_size=8), st.lists(segment, max_size=6))
def test_each_stretch_holds_just_the_characters_that_coding_and_span_share(
    coded: list[tuple[str, int, int]], owned: list[tuple[str, int, int]]
):
    given = codings(*((f"k{n}", v, a, a + b) for n, (v, a, b) in enumerate(coded)))
    case = spans(*((f"case {n}", v, a, a + b) for n, (v, a, b) in enumerate(owned)))
    shared = {
        (f"k{n}", f"case {m}", at)
        for n, (v, a, b) in enumerate(coded)
        for m, (w, c, d) in enumerate(owned)
        if v == w
        for at in set(range(a, a + b)) & set(range(c, c + d))
    }
    found = by_case(given, case)
    rows = found[["coding_id", "case_id", "start", "stop"]].itertuples(index=False)
    assert {(k, c, at) for k, c, a, b in rows for at in range(a, b)} == shared
    assert set(in_no_case(given, case)["coding_id"]) == set(given["coding_id"]) - {
        k for k, _, _ in shared
    }
