"""Three drivers and three links, as a drawing of the network takes them."""

import pandas as pd

from workbench.model import frames

HOSTILE = '<img src=x onerror=alert(1)><script>alert(2)</script><a href="http://evil/">x</a>&lt;"'


def nodes(*rows: tuple[str, str, str, float, float, int]) -> pd.DataFrame:
    """Each: id, label, kind, x, y, cases."""
    return pd.DataFrame(
        [(i, label, kind, kind, x, y, cases, (f"q{i}",)) for i, label, kind, x, y, cases in rows],
        columns=list(frames.DRAWN_NODES),
    ).astype(frames.DRAWN_NODES)


def edge(pair: str, sign: str, weight: int, against: int = 0, **changed: object) -> dict:
    return {
        "source": pair[0],
        "target": pair[1],
        "sign": sign,
        "relation": f"how {pair}",
        "basis": "participant",
        "groups": "GP",
        "weight": weight,
        "mentions": weight + 1,
        "against": against,
        "on_authors": False,
        "links": (pair,),
        "evidence": (f"q{pair}",),
        "dissent": (f"x{pair}",) if against else (),
    } | changed


NODES = nodes(
    ("a", "Access", "outer", 0, 2, 16),
    ("b", "Budget", "inner", 0, 0, 4),
    ("c", "Care", "outer", 2, 0, 0),
)
EDGES = pd.DataFrame(
    [
        edge("ab", "+", 7, against=1),
        edge("bc", "−", 1),
        edge("ca", "±", 0, on_authors=True, basis="authors", evidence=()),
    ]
)
BANDS = pd.DataFrame(
    [("inner", "ring", 0.0, 1.0), ("outer", "ring", 1.0, 3.0)], columns=list(frames.BANDS)
)
QUOTES = {"qab": "They said it costs too much.", "xab": "It costs nothing.", "qa": "We wait."}
SAID_OF_AB = (
    "strengthens: how ab",
    "7 cases for it · in 8 passages · 1 case against it",
    "on the word of: participants’ accounts",
    "Groups: GP",
    "“They said it costs too much.”",
    "Against: “It costs nothing.”",
)
"""What is known of the first link, under the names of its ends."""
ARROWS_IN_LEGEND = [
    "strengthens",
    "weakens",
    "authors’ reading only",
    "contested: a case against it",
    "1–2 cases",
    "6–10 cases",
]
