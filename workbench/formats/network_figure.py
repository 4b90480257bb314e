"""The drivers' network as a Plotly figure, for the page and for the HTML file.

Takes `frames.DRAWN_NODES`, `DRAWN_EDGES` and `BANDS`; computes nothing about the
drivers.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.formats.network_labels import Box, Corners, placed
from workbench.formats.network_words import (
    AUTHORS_WORDS,
    LONG_LINE,
    SIGN_WORDS,
    extent,
    safe,
    said_of_edge,
    said_of_node,
    shortened,
    wrapped,
)
from workbench.model import frames

PICTURE = 1040
"""The longer side of the drawing, in pixels."""
LEGEND = 250
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "showSendToCloud": False,  # Plotly 7 offers to send a chart to its maker by default
    "plotlyServerURL": "",
    "typesetMath": False,
    "scrollZoom": True,
    "modeBarButtonsToRemove": ["select2d", "lasso2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "svg", "filename": "network"},
}
"""How Plotly is to be started, wherever the figure is shown."""

_EDGE = 0.35
"""Room around the drawing, in units."""
_INK, _SOFT, _FAINT = "#1f2933", "#52606d", "#b8bfc6"
_FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
_HALO = "0 0 2px #fff, 0 0 2px #fff, 0 0 3px #fff, 0 0 4px #fff"
_KINDS = (
    "#2f6690",
    "#c8843c",
    "#5b8c5a",
    "#b0495c",
    "#74579a",
    "#2a9493",
    "#8c6d46",
    "#c0779a",
    "#7d8a2e",
    "#5c677d",
)
_TINTS = ("#fbeeee", "#fdf5e4", "#e9f3f5", "#f1eef8", "#eef5ea", "#f4f1ec")
_RIMS = ("#dcb4b4", "#e0cb98", "#a9cbd1", "#c6bce0", "#bdd3b3", "#cfc6b6")
_DISPUTE = "#c1440e"
_WIDTHS = ((0, 1.1), (1, 1.4), (3, 2.1), (6, 3.2), (11, 4.6), (21, 6.2))
"""From so many cases on, so many pixels."""

_Point = tuple[float, float]
_Quiet = {"hoverinfo": "skip", "showlegend": False}


@dataclass(frozen=True, slots=True)
class _Style:
    """How one sort of arrow looks, and what the legend calls it."""

    words: str
    colour: str
    dash: str


_AUTHORS = _Style(AUTHORS_WORDS, "#8b939c", "5px,4px")
_STYLES = {
    "+": _Style(SIGN_WORDS["+"], "#3d5570", "solid"),
    "−": _Style(SIGN_WORDS["−"], "#c1440e", "solid"),
    "±": _Style(SIGN_WORDS["±"], "#7b3fa0", "solid"),
}


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is drawn, and the part of the plane it takes (left, bottom, right, top)."""

    nodes: list[Any]
    edges: list[Any]
    """Those with both ends in the drawing, lightest first."""
    bands: list[Any]
    corners: Corners
    picked: str | None

    @property
    def scale(self) -> float:
        """Pixels a unit."""
        left, bottom, right, top = self.corners
        return PICTURE / max(right - left, top - bottom)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels; a low drawing leaves room for the legends."""
        left, bottom, right, top = self.corners
        return round((right - left) * self.scale), max(420, round((top - bottom) * self.scale))

    @property
    def places(self) -> dict[str, _Point]:
        return {node.node_id: (node.x, node.y) for node in self.nodes}

    def diameters(self) -> dict[str, float]:
        """Return the size of each driver in pixels: its area grows with its cases."""
        most = max((node.cases for node in self.nodes), default=0)
        return {
            node.node_id: max(9.0, 36 * math.sqrt(node.cases / most)) if most else 14.0
            for node in self.nodes
        }

    def clear(self) -> set[str]:
        """Return the nodes that stand out: all, or the picked one and its neighbours."""
        if self.picked is None:
            return set(self.places)
        pairs = [(edge.source, edge.target) for edge in self.edges]
        return {self.picked} | {end for pair in pairs if self.picked in pair for end in pair}


def figure(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    bands: pd.DataFrame,
    quotes: Mapping[str, str] | None = None,
    *,
    picked: str | None = None,
) -> go.Figure:
    """Return the drawing: bands, arrows, drivers and their labels, with two legends.

    `quotes` says the words of codings by their ids; a few are shown on hovering.
    `picked` is a node whose arrows and neighbours stand out. Points carry `customdata`:
    ("node", node id) or ("edge", source id, target id). Show it with `CONFIG`.
    """
    scene = _scene(nodes, edges, bands, picked)
    spoken = quotes or {}
    out = go.Figure()
    out.add_traces([*_arrows(scene), *_marks(scene), _handles(scene, spoken)])
    out.add_traces([*_drivers(scene, spoken), _labels(scene), *_samples(scene)])
    out.update_layout(
        **_settings(scene), shapes=[*_shapes(scene)], annotations=[*_band_names(scene)]
    )
    return out


def band_of_width(weight: int) -> int:
    """Return the number of the width band of an arrow with so many cases.

    >>> band_of_width(0), band_of_width(2), band_of_width(99)
    (0, 1, 5)
    """
    return max(number for number, (least, _) in enumerate(_WIDTHS) if weight >= least)


def _scene(
    nodes: pd.DataFrame, edges: pd.DataFrame, bands: pd.DataFrame, picked: str | None
) -> _Scene:
    frames.require(nodes, frames.DRAWN_NODES, "drawn nodes")
    frames.require(edges, frames.DRAWN_EDGES, "drawn edges")
    frames.require(bands, frames.BANDS, "bands")
    ids = nodes["node_id"]
    inside = edges.loc[edges["source"].isin(ids) & edges["target"].isin(ids)]
    rings, columns = (bands.loc[bands["shape"] == shape] for shape in ("ring", "column"))
    xs = [0.0, *nodes["x"], *rings["far"], *-rings["far"], *columns["near"], *columns["far"]]
    ys = [0.0, *nodes["y"], *rings["far"], *-rings["far"]]
    above = _EDGE if columns.empty else 3 * _EDGE
    return _Scene(
        list(nodes.itertuples(index=False)),
        list(inside.sort_values("weight", kind="stable").itertuples(index=False)),
        list(bands.itertuples(index=False)),
        (min(xs) - _EDGE, min(ys) - above, max(xs) + _EDGE, max(ys) + above),
        picked if picked in set(ids) else None,
    )


def _settings(scene: _Scene) -> dict[str, Any]:
    """Return the settings of page, axes and legends."""
    width, height = scene.size
    left, bottom, right, top = scene.corners
    axis = {"visible": False}
    legend = {
        "x": 1.01,
        "xanchor": "left",
        "itemclick": False,
        "itemdoubleclick": False,
        "font": {"size": 12, "color": _INK},
    }
    below = 1 - (len({node.kind for node in scene.nodes}) + 3) * 19.5 / height
    return {
        "width": width + LEGEND,
        "height": height + 45,
        "margin": {"l": 0, "r": LEGEND, "t": 40, "b": 5},
        "xaxis": axis | {"range": [left, right]},
        "yaxis": axis | {"range": [bottom, top], "scaleanchor": "x"},
        "plot_bgcolor": "#ffffff",
        "paper_bgcolor": "#ffffff",
        "font": {"family": _FONT, "color": _INK},
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "bgcolor": "#ffffff", "font": {"size": 13, "color": _INK}},
        "dragmode": "pan",
        "legend": legend | {"y": 1, "title": {"text": "<b>Drivers</b>"}, "itemsizing": "constant"},
        "legend2": legend | {"y": max(below, 0.45), "title": {"text": "<b>Links</b>"}},
    }


def _shapes(scene: _Scene) -> Iterator[dict[str, Any]]:
    """Yield the bands as filled shapes, the largest ring first."""
    _, bottom, _, top = scene.corners
    for number, band in reversed(list(enumerate(scene.bands))):
        ring = band.shape == "ring"
        yield {
            "type": "circle" if ring else "rect",
            "x0": -band.far if ring else band.near,
            "x1": band.far,
            "y0": -band.far if ring else bottom + _EDGE,
            "y1": band.far if ring else top - _EDGE,
            "fillcolor": _TINTS[number % len(_TINTS)],
            "line": {"color": _RIMS[number % len(_RIMS)], "width": 1.2},
            "layer": "below",
        }


def _band_places(scene: _Scene) -> list[_Point]:
    """Return where the names of the bands stand: on the top of their rims."""
    high = scene.corners[3] - _EDGE
    return [
        (0.0, band.far) if band.shape == "ring" else ((band.near + band.far) / 2, high)
        for band in scene.bands
    ]


def _band_names(scene: _Scene) -> Iterator[dict[str, Any]]:
    for number, (band, (x, y)) in enumerate(zip(scene.bands, _band_places(scene), strict=True)):
        yield {
            "x": x,
            "y": y,
            "text": f"<b>{safe(shortened(str(band.band), 40).upper())}</b>",
            "showarrow": False,
            "font": {"size": 11, "color": _SOFT},
            "bgcolor": _TINTS[number % len(_TINTS)],
            "bordercolor": _RIMS[number % len(_RIMS)],
            "borderwidth": 1,
            "borderpad": 2,
        }


def _curve(start: _Point, stop: _Point, points: int = 15) -> list[_Point]:
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


def _lines(scene: _Scene) -> list[list[_Point]]:
    """Return the line of every edge, in their order."""
    places = scene.places
    return [_curve(places[edge.source], places[edge.target]) for edge in scene.edges]


def _style(edge: Any) -> _Style:
    return _AUTHORS if edge.on_authors else _STYLES[edge.sign]


def _arrows(scene: _Scene) -> Iterator[go.Scatter]:
    """Yield one trace for each look of an arrow: clear or faded, width, style."""
    size = scene.diameters()
    looks: dict[tuple[bool, int, _Style], list[tuple[float, list[_Point]]]] = {}
    for edge, line in zip(scene.edges, _lines(scene), strict=True):
        clear = scene.picked is None or scene.picked in (edge.source, edge.target)
        look = (clear, band_of_width(edge.weight), _style(edge))
        looks.setdefault(look, []).append((size[edge.target] / 2 + 1, line))
    for (clear, band, style), alike in sorted(looks.items(), key=lambda item: item[0][:2]):
        shown = 0.8 if scene.picked else 0.62 if band > 2 else 0.5
        yield _arrow_trace(style, _WIDTHS[band][1], shown if clear else 0.08, alike)


def _arrow_trace(
    style: _Style, width: float, opacity: float, alike: list[tuple[float, list[_Point]]]
) -> go.Scatter:
    """Return arrows of one look; each line comes with the gap before its target, in pixels.

    Only the last point of a line has a marker, the head. A point without place parts
    one line from the next.
    """
    xs: list[float | None] = []
    ys: list[float | None] = []
    heads: list[float] = []
    gaps: list[float] = []
    for gap, line in alike:
        xs += [*(x for x, _ in line), None]
        ys += [*(y for _, y in line), None]
        heads += [*[0.0] * (len(line) - 1), 7 + 1.6 * width, 0.0]
        gaps += [*[0.0] * (len(line) - 1), gap, 0.0]
    marker = {"symbol": "arrow", "angleref": "previous", "size": heads, "standoff": gaps}
    return go.Scatter(
        x=xs,
        y=ys,
        mode="lines+markers",
        line={"color": style.colour, "width": width, "dash": style.dash},
        marker=marker | {"color": style.colour, "line": {"width": 0}, "opacity": 1},
        unselected={"marker": {"opacity": 1}},
        opacity=opacity,
        **_Quiet,
    )


def _middles(scene: _Scene) -> list[_Point]:
    return [line[len(line) // 2] for line in _lines(scene)]


def _marks(scene: _Scene) -> Iterator[go.Scatter]:
    """Yield a diamond on contested arrows and the sign of those that do not strengthen."""
    middles = list(zip(_middles(scene), scene.edges, strict=True))
    disputed = [at for at, edge in middles if edge.against]
    yield go.Scatter(
        x=[x for x, _ in disputed],
        y=[y for _, y in disputed],
        mode="markers",
        marker=_diamond(),
        unselected={"marker": {"opacity": 1}},
        **_Quiet,
    )
    signed = [(at, edge.sign) for at, edge in middles if edge.sign != "+"]
    yield go.Scatter(
        x=[x for (x, _), _ in signed],
        y=[y for (_, y), _ in signed],
        text=[f"<b>{sign}</b>" for _, sign in signed],
        mode="text",
        textfont={
            "size": 16,
            "color": [_STYLES[sign].colour for _, sign in signed],
            "shadow": _HALO,
        },
        **_Quiet,
    )


def _diamond() -> dict[str, Any]:
    return {
        "symbol": "diamond",
        "size": 12,
        "color": "#ffffff",
        "line": {"color": _DISPUTE, "width": 1.6},
    }


def _handles(scene: _Scene, quotes: Mapping[str, str]) -> go.Scatter:
    """Return the all but invisible points on the arrows that can be pointed at and picked."""
    names = {node.node_id: node.node for node in scene.nodes}
    middles = _middles(scene)
    return go.Scatter(
        x=[x for x, _ in middles],
        y=[y for _, y in middles],
        mode="markers",
        marker={"size": 16, "color": "#ffffff", "opacity": 0.01},
        unselected={"marker": {"opacity": 0.01}},
        hovertext=[said_of_edge(edge, names, quotes) for edge in scene.edges],
        hoverinfo="text",
        customdata=[("edge", edge.source, edge.target) for edge in scene.edges],
        showlegend=False,
    )


def _drivers(scene: _Scene, quotes: Mapping[str, str]) -> Iterator[go.Scatter]:
    """Yield the drivers, one trace a kind."""
    size, clear = scene.diameters(), scene.clear()
    kinds = dict.fromkeys(node.kind for node in scene.nodes)
    for number, kind in enumerate(kinds):
        own = [node for node in scene.nodes if node.kind == kind]
        yield go.Scatter(
            x=[node.x for node in own],
            y=[node.y for node in own],
            mode="markers",
            name=safe(kind),
            marker={
                "size": [size[node.node_id] for node in own],
                "color": _KINDS[number % len(_KINDS)],
                "line": {"color": "#ffffff", "width": 1.5},
                "opacity": [1.0 if node.node_id in clear else 0.25 for node in own],
            },
            unselected={"marker": {"opacity": 0.9}},
            hovertext=[said_of_node(node, quotes) for node in own],
            hoverinfo="text",
            customdata=[("node", node.node_id) for node in own],
            legend="legend",
            showlegend=True,
        )


def _labels(scene: _Scene) -> go.Scatter:
    size, clear, scale = scene.diameters(), scene.clear(), scene.scale
    columns = all(band.shape == "column" for band in scene.bands)
    labels = [wrapped(node.node, *[LONG_LINE] * columns) for node in scene.nodes]
    boxes = [
        Box(node.x * scale, node.y * scale, size[node.node_id] / 2, *extent(lines))
        for node, lines in zip(scene.nodes, labels, strict=True)
    ]
    names = [(x * scale, y * scale) for x, y in _band_places(scene)]
    taken = [(x - 35, y - 9, x + 35, y + 9) for x, y in names]
    spots = [
        _spot(box, way)
        for box, way in zip(boxes, placed(boxes, taken, beside=columns), strict=True)
    ]
    return go.Scatter(
        x=[x / scale for x, _, _ in spots],
        y=[y / scale for _, y, _ in spots],
        mode="text",
        textposition=[position for _, _, position in spots],
        cliponaxis=False,
        text=["<br>".join(map(safe, lines)) for lines in labels],
        textfont={
            "size": 11,
            "color": [_INK if node.node_id in clear else _FAINT for node in scene.nodes],
            "shadow": _HALO,
        },
        **_Quiet,
    )


def _spot(box: Box, way: _Point) -> tuple[float, float, str]:
    """Return where a label is anchored, and how: beside a point by its near end."""
    right, up = way
    if up:
        return box.x + right, box.y + up, "middle center"
    near = box.radius + 1
    return (
        (box.x + near, box.y, "middle right") if right > 0 else (box.x - near, box.y, "middle left")
    )


def _samples(scene: _Scene) -> Iterator[go.Scatter]:
    """Yield a line for the legend of each look in use, and of each width."""
    used = {_style(edge) for edge in scene.edges}
    for style in (*_STYLES.values(), _AUTHORS):
        if style in used:
            line = {"color": style.colour, "width": 2.2, "dash": style.dash}
            yield _sample(style.words, mode="lines", line=line)
    if any(edge.against for edge in scene.edges):
        yield _sample("contested: a case against it", mode="markers", marker=_diamond())
    widths = {band_of_width(edge.weight) for edge in scene.edges if not edge.on_authors}
    for band in sorted(widths):
        line = {"color": "#6b7885", "width": _WIDTHS[band][1]}
        yield _sample(_width_words(band), mode="lines", line=line)


def _sample(words: str, **look: Any) -> go.Scatter:
    return go.Scatter(
        x=[None], y=[None], name=words, legend="legend2", hoverinfo="skip", showlegend=True, **look
    )


def _width_words(band: int) -> str:
    """Say how many cases an arrow of that width stands for.

    >>> _width_words(1), _width_words(5)
    ('1–2 cases', '21 cases or more')
    """
    least = _WIDTHS[band][0]
    if not least:
        return "no case here yet"
    if band + 1 == len(_WIDTHS):
        return f"{least} cases or more"
    return f"{least}–{_WIDTHS[band + 1][0] - 1} cases"
