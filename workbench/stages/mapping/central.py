"""The central chart: what each case says in chosen columns, and the nodes it reaches with it.

(Ritchie & Spencer 1994: the chart of key columns from which types and associations are read.)
"""

import pandas as pd

from workbench.model import frames

REACHES: frames.Columns = {"case_id": "str", "code_id": "str", "nodes": "object"}
"""One case and code whose statements reach nodes; `nodes` holds a tuple of labels."""


def derived(
    nodes: pd.DataFrame, below: pd.DataFrame, statements: pd.DataFrame, level: int
) -> pd.DataFrame:
    """Return `REACHES`: the nodes of a level that a case's statements in each code stand below.

    `below` is what `ladder.reached` returns. Labels come in the order of the nodes, each once.
    """
    frames.require(nodes, frames.NODES, "nodes")
    frames.require(below, frames.REACHED, "reached")
    frames.require(statements, frames.STATEMENTS, "statements")
    of_level = nodes.loc[nodes["level"] == level, ["node_id", "node"]]
    place = {node: at for at, node in enumerate(of_level["node_id"])}
    met = (
        below[["node_id", "statement_id"]]
        .merge(of_level, on="node_id")
        .merge(statements[["statement_id", "case_id", "code_id"]], on="statement_id")
        .assign(place=lambda frame: frame["node_id"].map(place))
        .sort_values("place", kind="stable")
    )
    grouped = met.groupby(["case_id", "code_id"], sort=False)["node"]
    rows = [(case, code, tuple(dict.fromkeys(labels))) for (case, code), labels in grouped]
    return pd.DataFrame(rows, columns=list(REACHES)).astype(REACHES)
