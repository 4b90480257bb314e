"""What is drawn of the network, and where: the plane, its points and the lines between them."""

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbench.formats.network_labels import Corners
from workbench.formats.network_looks import Looks, Style
from workbench.formats.network_words import ENGLISH, Tongue
from workbench.model import frames

EDGE = 0.35
"""Room around the drawing, in units."""

PICTURE = 1040
"""The longer side of a drawing, in pixels, where nothing else is asked for."""

Point = tuple[float, float]
Pick = str | tuple[str, str]
"""A node, or both ends of an arrow."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What is drawn, and the part of the plane it takes (left, bottom, right, top)."""

    nodes: list[Any]
    edges: list[Any]
    """Those with both ends in the drawing, lightest first."""
    bands: list[Any]
    corners: Corners
    picked: Pick | None
    looks: Looks
    side: int
    """The longer side of the drawing, in pixels."""
    tongue: Tongue

    @property
    def scale(self) -> float:
        """Pixels a unit."""
        left, bottom, right, top = self.corners
        return self.side / max(right - left, top - bottom)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels; a low drawing leaves room for legends beside it."""
        left, bottom, right, top = self.corners
        return round((right - left) * self.scale), max(420, round((top - bottom) * self.scale))

    @property
    def places(self) -> dict[str, Point]:
        """Where each node stands."""
        return {node.node_id: (node.x, node.y) for node in self.nodes}

    def diameters(self) -> dict[str, float]:
        """Return the size of each driver in pixels: its area grows with its cases."""
        most = max((node.cases for node in self.nodes), default=0)
        return {
            node.node_id: max(9.0, 36 * math.sqrt(node.cases / most)) if most else 14.0
            for node in self.nodes
        }

    def stands_out(self, edge: Any) -> bool:
        """Whether an arrow is clear: nothing is picked, or it, or one of its ends is."""
        ends = (edge.source, edge.target)
        return self.picked is None or self.picked == ends or self.picked in ends

    def opacity(self, band: int) -> float:
        """Return how dense a clear arrow of a width band is drawn."""
        return 0.8 if self.picked else 0.62 if band > 2 else 0.5

    def clear(self) -> set[str]:
        """Return the nodes that stand out: all, or the picked one and its neighbours."""
        if self.picked is None:
            return set(self.places)
        own = {self.picked} if isinstance(self.picked, str) else set(self.picked)
        ends = {end for e in self.edges if self.stands_out(e) for end in (e.source, e.target)}
        return own | ends

    def lines(self) -> list[list[Point]]:
        """Return the line of every arrow, in their order."""
        places = self.places
        return [_curve(places[edge.source], places[edge.target]) for edge in self.edges]

    def middles(self) -> list[Point]:
        """Return the point half-way on every arrow."""
        return [line[len(line) // 2] for line in self.lines()]

    def style(self, edge: Any) -> Style:
        """Return how an arrow looks."""
        return self.looks.authors if edge.on_authors else self.looks.styles[edge.sign]


def scene(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    bands: pd.DataFrame,
    picked: Pick | None,
    looks: Looks,
    side: int,
    tongue: Tongue = ENGLISH,
) -> Scene:
    """Return what is drawn of these frames; a pick that is not among them is none."""
    frames.require(nodes, frames.DRAWN_NODES, "drawn nodes")
    frames.require(edges, frames.DRAWN_EDGES, "drawn edges")
    frames.require(bands, frames.BANDS, "bands")
    ids = nodes["node_id"]
    inside = edges.loc[edges["source"].isin(ids) & edges["target"].isin(ids)]
    rings, columns = (bands.loc[bands["shape"] == shape] for shape in ("ring", "column"))
    xs = [0.0, *nodes["x"], *rings["far"], *-rings["far"], *columns["near"], *columns["far"]]
    ys = [0.0, *nodes["y"], *rings["far"], *-rings["far"]]
    above = EDGE if columns.empty else 3 * EDGE
    known = {*ids, *zip(inside["source"], inside["target"], strict=True)}
    return Scene(
        list(nodes.itertuples(index=False)),
        list(inside.sort_values("weight", kind="stable").itertuples(index=False)),
        list(bands.itertuples(index=False)),
        (min(xs) - EDGE, min(ys) - above, max(xs) + EDGE, max(ys) + above),
        picked if picked in known else None,
        looks,
        side,
        tongue,
    )


def until(line: list[Point], gap: float) -> list[Point]:
    """Return a line that ends so far before its last point; one that is shorter stays whole.

    >>> until([(0.0, 0.0), (4.0, 0.0)], 1.0)
    [(0.0, 0.0), (3.0, 0.0)]
    """
    end = line[-1]
    for n in range(len(line) - 2, -1, -1):
        away = math.dist(line[n], end)
        if away > gap:
            (x0, y0), (x1, y1) = line[n], line[n + 1]
            near = math.dist(line[n + 1], end)
            share = (away - gap) / (away - near) if away > near else 1.0
            return [*line[: n + 1], (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share)]
    return line


def _curve(start: Point, stop: Point, points: int = 15) -> list[Point]:
    """Return a bent line, so that two opposite arrows do not lie on each other."""
    (x0, y0), (x1, y1) = start, stop
    if start == stop:
        turns = [math.tau * n / (points - 1) for n in range(points)]
        return [(x0 + 0.3 * math.sin(t), y0 + 0.3 - 0.3 * math.cos(t)) for t in turns]
    mx, my = (x0 + x1) / 2 + 0.12 * (y1 - y0), (y0 + y1) / 2 - 0.12 * (x1 - x0)
    steps = [n / (points - 1) for n in range(points)]
    return [
        (
            (1 - t) ** 2 * x0 + 2 * t * (1 - t) * mx + t**2 * x1,
            (1 - t) ** 2 * y0 + 2 * t * (1 - t) * my + t**2 * y1,
        )
        for t in steps
    ]
