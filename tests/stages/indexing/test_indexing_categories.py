"""Figures need no ids of codings as text: numbers and categories give the same."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbench.model import frames
from workbench.stages.indexing import cases, cooccurrence, counting

CODES = pd.DataFrame({c: ["a", "b", "c", "unused"] for c in frames.CODES})
SPANS = pd.DataFrame(
    [("case 1", "v1", 0, 20), ("case 2", "v1", 20, 60), ("case 1", "v2", 0, 60)],
    columns=list(frames.SPANS),
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["v1", "v2", "elsewhere"]),
        st.sampled_from(["a", "b", "c", "of another framework"]),
        st.sampled_from(["anna", "bo"]),
        st.integers(0, 40),
        st.integers(1, 20),
    ),
    max_size=30,
)


def as_text(rows) -> pd.DataFrame:
    """Return codings as `frames.CODINGS`."""
    said = [(f"id {n}", v, k, "run", who, a, a + long) for n, (v, k, who, a, long) in rows]
    return pd.DataFrame(said, columns=list(frames.CODINGS)).astype(frames.CODINGS)


def as_counted(codings: pd.DataFrame) -> pd.DataFrame:
    """Return the same codings as `frames.COUNTED`, in another order."""
    turned = codings.iloc[::-1].reset_index(drop=True)
    return turned.assign(coding_id=range(len(turned)))[list(frames.COUNTED)].astype(frames.COUNTED)


@settings(max_examples=25)
@given(ROWS)
def test_figures_of_categories_are_those_of_texts(rows):
    said = as_text(list(enumerate(rows)))
    counted = as_counted(said)
    pd.testing.assert_frame_equal(
        counting.frequencies(counted, cases.by_case(counted, SPANS), CODES),
        counting.frequencies(said, cases.by_case(said, SPANS), CODES),
    )
    pd.testing.assert_frame_equal(
        cooccurrence.by_overlap(counted, CODES), cooccurrence.by_overlap(said, CODES)
    )


@pytest.mark.parametrize("table", [0, 10**9])
@settings(max_examples=25)
@given(rows=ROWS)
def test_members_are_counted_once_by_table_and_by_sorting(table: int, rows):
    said = as_text(list(enumerate(rows)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "_TABLE", table)
        found = counting.frequencies(said, cases.by_case(said, SPANS), CODES)
    for code in CODES["code_id"]:
        own = [r for r in rows if r[1] == code]
        spoken = {
            case
            for v, _, _, start, long in own
            for case, version, a, b in SPANS.itertuples(index=False)
            if v == version and start < b and a < start + long
        }
        row = found.set_index("code_id").loc[code]
        wanted = (len(own), len({r[0] for r in own}), len({r[2] for r in own}), len(spoken))
        assert tuple(row) == wanted


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("cdef")))
def test_ids_are_numbered_alike_whether_they_are_texts_or_categories(one, other):
    texts = [pd.Series(v, dtype="str") for v in (one, other)]
    mixed = [texts[0].astype("category"), texts[1]]
    for columns in (texts, mixed):
        numbers = [n for part in frames.numbered(*columns) for n in part.tolist()]
        pairs = set(zip([*one, *other], numbers, strict=True))
        assert len(pairs) == len({letter for letter, _ in pairs}) == len({n for _, n in pairs})
        assert {n for _, n in pairs} == set(range(len(pairs)))
