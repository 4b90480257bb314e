"""What participants said that no code holds."""

import math

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from workbench.model import frames
from workbench.stages.indexing.coverage import coded_shares, uncoded_turns

Turn = tuple[str, int, str, int, int, int]


def turns(*rows: Turn) -> pd.DataFrame:
    given = [(v, n, "S", role, *at, None, None) for v, n, role, *at in rows]
    return pd.DataFrame(given, columns=list(frames.TURNS)).astype(frames.TURNS)


def codings(*rows: tuple[str, int, int]) -> pd.DataFrame:
    given = [(f"k{n}", v, "c", "run", "anna", a, b) for n, (v, a, b) in enumerate(rows)]
    return pd.DataFrame(given, columns=list(frames.CODINGS)).astype(frames.CODINGS)


INTERVIEW = turns(
    ("t", 1, "interviewer", 0, 3, 10),
    ("t", 2, "participant", 10, 13, 20),
    ("t", 3, "unknown", 20, 23, 30),
    ("t", 4, "participant", 30, 33, 40),
    ("t", 5, "participant", 40, 43, 43),
    ("u", 1, "interviewer", 0, 3, 10),
)


def test_uncoded_turns_by_hand():
    """The first coding meets only the label of turn 3, the second touches turn 4."""
    given = codings(("t", 15, 22), ("t", 28, 33), ("u", 33, 40))
    assert uncoded_turns(INTERVIEW, given)["position"].tolist() == [4]
    assert uncoded_turns(INTERVIEW, codings())["position"].tolist() == [2, 3, 4]


def test_shares_by_hand():
    """Participants say 3 × 7 characters; 5 of turn 2 and 2 of turn 3 are coded."""
    found = coded_shares(INTERVIEW, codings(("t", 15, 22), ("t", 17, 20), ("t", 28, 33)))
    expected = pd.DataFrame(
        [("t", 3, 2, 2 / 3, 21, 7, 7 / 21), ("u", 0, 0, math.nan, 0, 0, math.nan)],
        columns=list(frames.CODED_SHARES),
    ).astype(frames.CODED_SHARES)
    pd.testing.assert_frame_equal(found, expected)


def test_no_turns_give_no_shares():
    none = frames.empty(frames.TURNS)
    assert len(coded_shares(none, codings(("t", 0, 5)))) == 0
    assert len(uncoded_turns(none, codings())) == 0


@given(
    st.lists(st.tuples(st.sampled_from("tu"), st.integers(0, 30), st.integers(1, 9)), max_size=8),
    st.lists(st.sampled_from(["participant", "interviewer", "unknown"]), min_size=1, max_size=6),
)
def test_shares_are_what_their_definition_counts(
    coded: list[tuple[str, int, int]], roles: list[str]
):
    spoken = turns(*(("t", n, role, n * 6, n * 6 + 2, n * 6 + 6) for n, role in enumerate(roles)))
    under = {at for v, a, b in coded if v == "t" for at in range(a, a + b)}
    words = [
        set(range(n * 6 + 2, n * 6 + 6)) for n, role in enumerate(roles) if role != "interviewer"
    ]
    given = codings(*((v, a, a + b) for v, a, b in coded))
    row = coded_shares(spoken, given).iloc[0]
    assert row["characters"] == 4 * len(words)
    assert row["coded_characters"] == sum(len(w & under) for w in words)
    assert row["coded_turns"] == sum(bool(w & under) for w in words)
    assert len(uncoded_turns(spoken, given)) == row["turns"] - row["coded_turns"]
