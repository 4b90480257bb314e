"""Pictures of a ladder and of a chart, each with the table it is drawn from."""

from typing import Any, NamedTuple

import pandas as pd

from workbench.formats import ladder_figure
from workbench.project import views
from workbench.project.ladder_board import Board, board
from workbench.project.opening import Project


class Picture(NamedTuple):
    """One figure and its table."""

    figure: Any
    table: pd.DataFrame

    def as_html(self, title: str, manifest: str = "") -> bytes:
        """Return the figure and its table as one file that needs no network."""
        return ladder_figure.page(self.figure, self.table, title, manifest).encode()


def config(name: str, picture: str) -> dict[str, Any]:
    """Return how Plotly is to be started; pictures, svg or png, are saved under that name."""
    return ladder_figure.config(name, picture)


def themes(project: Project, ladder: str, kind: str) -> Picture:
    """Return the ladder from its highest nodes down, as a “sunburst” or a “treemap”.

    A node under several parents is drawn under each; areas are cases of the lowest nodes.
    """
    rows = _paths(board(project, ladder))
    return Picture(ladder_figure.themes(rows, kind), rows.drop(columns=["id", "parent", "area"]))


def heat(project: Project, version: str) -> Picture:
    """Return how many codings each case has in each code, as a heat map."""
    chart = views.chart(project, version, values="counts")
    table = chart.reset_index()
    table.attrs = {}  # the evidence of every cell, which no page shows here
    return Picture(ladder_figure.heat(chart), table)


def _paths(held: Board) -> pd.DataFrame:
    """Return a row for every way from a highest node down to a node, parents first."""
    known = {node.node_id: node for node in held.nodes}
    under: dict[str, list[str]] = {node: [] for node in known}
    for node in held.nodes:
        for parent in node.parents:
            under[parent].append(node.node_id)
    rows: list[tuple[str, str, str, str, int, int, int]] = []

    def draw(node_id: str, way: str) -> int:
        """Add a node and what is below it; return its area."""
        node = known[node_id]
        own = f"{way}/{node_id}"
        at = len(rows)
        rows.append((own, way, "", "", 0, 0, 0))
        area = sum(draw(child, own) for child in under[node_id]) or max(node.cases, 1)
        level = held.levels.get(node.level, "")
        rows[at] = (own, way, node.label, level, node.cases, node.statements, area)
        return area

    for node in sorted(held.nodes, key=lambda n: -n.level):
        if not node.parents:
            draw(node.node_id, "")
    columns = ["id", "parent", "node", "level", "cases", "statements", "area"]
    return pd.DataFrame(rows, columns=columns)
