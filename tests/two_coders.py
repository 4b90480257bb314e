"""Two sides that coded: what is compared, by hand and at random, for tests of agreement."""

import pandas as pd
from hypothesis import strategies as st

from workbench.checks.agreement.compared import Compared
from workbench.model import frames

Rows = list[tuple[str, str, str, int, int]]
"""Side, text, code, start, stop."""
CODES = ("rain", "gate", "list")


@st.composite
def studies(draw, sides=2):
    """Some codings in two short texts, by two sides or three, each of whom saw both."""
    names = "abc"[:sides]
    place = st.tuples(st.integers(0, 39), st.integers(1, 40)).map(lambda p: (p[0], min(sum(p), 40)))
    coding = st.tuples(
        st.sampled_from(names), st.sampled_from("tu"), st.sampled_from(CODES), place
    ).map(lambda c: (*c[:3], *c[3]))
    return names, draw(st.lists(coding, max_size=12))


def compared(
    rows: Rows,
    *,
    texts=(("t", 100),),
    codes=("rain", "gate"),
    parents=None,
    categories=None,
    sides=("a", "b"),
    looked=None,
    stretches=(),
) -> Compared:
    """Return what is compared; every side looked at every text unless `looked` says more."""
    held = [(f"k{n}", t, code, s, s, a, b, s) for n, (s, t, code, a, b) in enumerate(rows)]
    columns = {**frames.CODINGS, "side": "str"}
    listed = [
        dict.fromkeys(frames.CODES, "")
        | {
            "code_id": code,
            "code": code,
            "parent_id": (parents or {}).get(code, ""),
            "category_id": (categories or {}).get(code, ""),
            "category": (categories or {}).get(code, ""),
        }
        for code in codes
    ]
    both = looked or [(s, t) for s in sides for t, _ in texts]
    return Compared(
        sides,
        pd.DataFrame(held, columns=list(columns)).astype(columns),
        pd.DataFrame(both, columns=list(frames.LOOKED)).astype(frames.LOOKED),
        pd.DataFrame(
            [(t, t, t, length) for t, length in texts], columns=list(frames.TRANSCRIPTS)
        ).astype(frames.TRANSCRIPTS),
        pd.DataFrame(listed, columns=list(frames.CODES)).astype(frames.CODES),
        pd.DataFrame(list(stretches), columns=list(frames.STRETCHES)).astype(frames.STRETCHES),
    )


def tens(*texts: str, of: int = 10) -> list[tuple[int, str, int, int]]:
    """Return turns of ten characters each."""
    every = [(text, at) for text in texts for at in range(of)]
    return [(n, text, 10 * at, 10 * at + 10) for n, (text, at) in enumerate(every)]


def row(table: pd.DataFrame, of: str) -> pd.Series:
    return table.set_index("of").loc[of]
