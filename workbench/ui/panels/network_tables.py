"""The network in words: all links, loops and bridges, and which nodes are best linked."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project.door import Project
from workbench.ui import session, show
from workbench.ui.panels import evidence, network_choice, networks, picked
from workbench.ui.panels.network_choice import Choice
from workbench.ui.words import _, n_


def listed(part: Any) -> None:
    """Show every link as a line that opens it."""
    label = {n: str(of["label"]) for n, of in part.nodes(data=True)}
    pairs = sorted(part.edges, key=lambda pair: -int(part.edges[pair]["weight"]))
    lines = [
        evidence.line(part, pair, "", f"{label[pair[0]]} → {label[pair[1]]}") for pair in pairs
    ]
    none = _("No link is left by the filters.")
    evidence.shown("links", [{"title": _("All links"), "links": lines, "none": none}])


def links(project: Project, chosen: Choice) -> None:
    """Show every link with all that is said of it; a row picks it."""
    table = networks.table(project, "links", chosen)
    if table.empty:
        st.caption(_("No link is left by the filters."))
        return
    columns = {
        "source_node": _("From"),
        "sign": _("Sign"),
        "target_node": _("To"),
        "weight": _("Cases"),
        "against": _("Against"),
        "mentions": _("Passages"),
        "relation": _("What it does"),
        "basis": _("On whose word"),
        "groups": _("Groups"),
    }
    shown = _joined(table[list(columns)])
    widths = dict(zip(columns.values(), (235, 42, 230, 52, 62, 70, 250, 160, 120), strict=True))
    rows = _rows(shown.rename(columns=columns), "links", 620, widths)
    if rows:
        one = table.iloc[rows[0]]
        picked.pick((str(one["source"]), str(one["target"])))
        st.rerun()


def _joined(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its tuples as text, and bases in words."""
    words = network_choice.basis_words()
    out = table.copy()
    for column in ("relation", "basis", "groups"):
        if column in out:
            out[column] = [", ".join(words.get(v, v) for v in values) for values in out[column]]
    return out


def _rows(
    table: pd.DataFrame, name: str, height: int, widths: Mapping[str, int] | None = None
) -> Sequence[int]:
    """Show a table, its columns so many pixels wide; return the number of the row just chosen."""
    turn = session.remembered(f"turn {name}", 0)
    chosen = st.dataframe(
        table,
        hide_index=True,
        height=min(height, 38 + 35 * len(table)),
        column_config={n: st.column_config.Column(width=w) for n, w in (widths or {}).items()},
        on_select="rerun",
        selection_mode="single-row",
        key=f"{name} {turn}",
    )
    rows: Sequence[int] = chosen["selection"]["rows"]
    if rows:
        session.remember(f"turn {name}", turn + 1)
    return rows


def loops(project: Project, chosen: Choice) -> None:
    """Show what feeds back into itself, and which nodes hold the network together."""
    found = networks.table(project, "cycles", chosen)
    st.markdown("##### " + _("Loops: what feeds back into itself"))
    if found.empty:
        st.caption(_("There is no loop of at most five links."))
    kinds = {
        "reinforcing": _("feeds itself"),
        "balancing": _("steadies itself"),
        "undetermined": _("open which way: a link goes both ways"),
    }
    for row in found.head(40).itertuples():
        weakest = n_("{n} case on its weakest link", "{n} cases on its weakest link", row.weight)
        alone = " · " + _("a link is the authors’ alone") if row.on_authors else ""
        st.markdown(f"{show.plain(row.way)}  \n*{kinds[row.loop]}* · {weakest}{alone}")
    if len(found) > 40:
        st.caption(_("{n} more loops.", n=len(found) - 40))
    if not found.attrs.get("complete", True):
        st.caption(_("Loops of more than {n} links may be missing.", n=found.attrs["complete_to"]))
    st.markdown("##### " + _("Bridges: without them the network falls apart"))
    bridges = networks.table(project, "bridges", chosen)
    if bridges.empty:
        st.caption(_("No single node holds parts of it together."))
    lines = [
        {
            "pick": row.node_id,
            "arrow": "",
            "sign": "",
            "label": row.node,
            "cases": _("only it holds {n} parts together", n=row.parts),
        }
        for row in bridges.itertuples()
    ]
    evidence.shown("bridges", [{"title": _("Bridges"), "links": lines}])


def best_linked(project: Project, chosen: Choice) -> None:
    """Show every node with its links in and out, and how many ways pass it; a row picks it."""
    degree = networks.table(project, "degree", chosen)
    try:
        between = networks.table(project, "betweenness", chosen)
    except WorkbenchError:  # fewer than three nodes: nothing lies between others
        between = pd.DataFrame({"node_id": [], "betweenness": []})
    table = degree.merge(between[["node_id", "betweenness"]], on="node_id", how="left")
    columns = {
        "node": _("Node"),
        "in": _("Links in"),
        "out": _("Links out"),
        "cases": _("Cases"),
        "betweenness": _("Between others"),
    }
    shown = table[list(columns)].rename(columns=columns)
    st.caption(
        _(
            "“Between others” is the share of shortest ways between other nodes that pass "
            "this one, 0 to 1; it counts links, not cases: read it beside the cases."
        )
    )
    rows = _rows(shown.round(3), "places", 620)
    if rows:
        picked.pick(str(table.iloc[rows[0]]["node_id"]))
        st.rerun()
