"""The drivers' network as a Plotly figure, for the page and for the HTML file.

Takes `frames.DRAWN_NODES`, `DRAWN_EDGES` and `BANDS`; computes nothing about the
drivers.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.formats.network_arrows import QUIET, arrows, handles, marks, samples
from workbench.formats.network_labels import Box, Corners, placed, with_room
from workbench.formats.network_looks import FONT, LIGHT, Looks
from workbench.formats.network_scene import EDGE, Pick, Point, Scene, scene
from workbench.formats.network_words import (
    ENGLISH,
    LONG_LINE,
    Tongue,
    extent,
    safe,
    said_of_node,
    shortened,
    wrapped,
)

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


def figure(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    bands: pd.DataFrame,
    quotes: Mapping[str, str] | None = None,
    *,
    picked: Pick | None = None,
    looks: Looks = LIGHT,
    side: int = PICTURE,
    on_page: bool = False,
    tongue: Tongue = ENGLISH,
) -> go.Figure:
    """Return the drawing: bands, arrows, drivers and their labels, with two legends.

    `quotes` says the words of codings by their ids; a few are shown on hovering.
    `picked` is a node whose arrows and neighbours stand out, or the two ends of an arrow
    that does. Labels are placed for a drawing whose longer side has `side` pixels. Points
    carry `customdata`: ("node", node id) or ("edge", source id, target id). Show it with
    `CONFIG`. On a page it is as wide as its place, the legends stand below it, and names
    that find no room are left out; pointing at a node tells its name.
    """
    drawn = scene(nodes, edges, bands, picked, looks, side, tongue)
    spoken = quotes or {}
    out = go.Figure()
    out.add_traces([*arrows(drawn), *marks(drawn), handles(drawn, spoken)])
    out.add_traces(
        [*_drivers(drawn, spoken), _labels(drawn, only_with_room=on_page), *samples(drawn)]
    )
    settings = _with_legends_below(drawn) if on_page else _with_legends_beside(drawn)
    out.update_layout(
        **_paper(drawn), **settings, shapes=[*_shapes(drawn)], annotations=[*_band_names(drawn)]
    )
    return out


def _paper(scene: Scene) -> dict[str, Any]:
    """Return the settings of paper, axes and hovering."""
    left, bottom, right, top = scene.corners
    axis, looks = {"visible": False}, scene.looks
    return {
        "xaxis": axis | {"range": [left, right]},
        "yaxis": axis | {"range": [bottom, top], "scaleanchor": "x"},
        "plot_bgcolor": looks.paper,
        "paper_bgcolor": looks.paper,
        "font": {"family": FONT, "color": looks.ink},
        "hovermode": "closest",
        "hoverlabel": {
            "align": "left",
            "bgcolor": looks.paper,
            "bordercolor": looks.soft,
            "font": {"size": 13, "color": looks.ink},
        },
        "dragmode": "pan",
    }


def _legend(scene: Scene, title: str) -> dict[str, Any]:
    return {
        "xanchor": "left",
        "itemclick": False,
        "itemdoubleclick": False,
        "bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 12, "color": scene.looks.ink},
        "title": {"text": f"<b>{title}</b>"},
    }


def _with_legends_beside(scene: Scene) -> dict[str, Any]:
    width, height = scene.size
    say = scene.tongue.say
    below = 1 - (len({node.kind for node in scene.nodes}) + 3) * 19.5 / height
    return {
        "width": width + LEGEND,
        "height": height + 45,
        "margin": {"l": 0, "r": LEGEND, "t": 40, "b": 5},
        "legend": _legend(scene, say("Drivers")) | {"x": 1.01, "y": 1, "itemsizing": "constant"},
        "legend2": _legend(scene, say("Links")) | {"x": 1.01, "y": max(below, 0.45)},
    }


def _with_legends_below(scene: Scene) -> dict[str, Any]:
    """Return settings of a drawing as wide as its place, with two legends side by side."""
    height = scene.size[1]
    kinds = len({node.kind for node in scene.nodes})
    lines = max(kinds, sum(1 for _ in samples(scene)))
    low, say = 19.5 * (lines + 1) + 12, scene.tongue.say
    legend = {"y": -0.01, "yanchor": "top"}
    return {
        "autosize": True,
        "height": height + round(low) + 30,
        "margin": {"l": 0, "r": 0, "t": 30, "b": round(low)},
        "legend": _legend(scene, say("Drivers")) | legend | {"x": 0.02, "itemsizing": "constant"},
        "legend2": _legend(scene, say("Links")) | legend | {"x": 0.52},
    }


def _shapes(scene: Scene) -> Iterator[dict[str, Any]]:
    """Yield the bands as filled shapes, the largest ring first."""
    _, bottom, _, top = scene.corners
    tints, rims = scene.looks.tints, scene.looks.rims
    for number, band in reversed(list(enumerate(scene.bands))):
        ring = band.shape == "ring"
        yield {
            "type": "circle" if ring else "rect",
            "x0": -band.far if ring else band.near,
            "x1": band.far,
            "y0": -band.far if ring else bottom + EDGE,
            "y1": band.far if ring else top - EDGE,
            "fillcolor": tints[number % len(tints)],
            "line": {"color": rims[number % len(rims)], "width": 1.2},
            "layer": "below",
        }


def _band_places(scene: Scene) -> list[Point]:
    """Return where the names of the bands stand: on the top of their rims."""
    high = scene.corners[3] - EDGE
    return [
        (0.0, band.far) if band.shape == "ring" else ((band.near + band.far) / 2, high)
        for band in scene.bands
    ]


def _band_names(scene: Scene) -> Iterator[dict[str, Any]]:
    tints, rims = scene.looks.tints, scene.looks.rims
    for number, (band, (x, y)) in enumerate(zip(scene.bands, _band_places(scene), strict=True)):
        yield {
            "x": x,
            "y": y,
            "text": f"<b>{safe(shortened(str(band.band), 40).upper())}</b>",
            "showarrow": False,
            "font": {"size": 11, "color": scene.looks.soft},
            "bgcolor": tints[number % len(tints)],
            "bordercolor": rims[number % len(rims)],
            "borderwidth": 1,
            "borderpad": 2,
        }


def _band_boxes(scene: Scene) -> Iterator[Corners]:
    """Yield the boxes of the names of the bands, in pixels; they are bold and in capitals."""
    for band, (x, y) in zip(scene.bands, _band_places(scene), strict=True):
        wide, high = extent([shortened(str(band.band), 40)])
        half, tall = 0.65 * wide + 4, high / 2 + 3
        across, up = x * scene.scale, y * scene.scale
        yield across - half, up - tall, across + half, up + tall


def _drivers(scene: Scene, quotes: Mapping[str, str]) -> Iterator[go.Scatter]:
    """Yield the drivers, one trace a kind."""
    size, clear, colours = scene.diameters(), scene.clear(), scene.looks.kinds
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
                "color": colours[number % len(colours)],
                "line": {"color": scene.looks.paper, "width": 1.5},
                "opacity": [1.0 if node.node_id in clear else 0.25 for node in own],
            },
            unselected={"marker": {"opacity": 0.9}},
            hovertext=[said_of_node(node, quotes, scene.tongue) for node in own],
            hoverinfo="text",
            customdata=[("node", node.node_id) for node in own],
            legend="legend",
            showlegend=True,
        )


def _labels(scene: Scene, *, only_with_room: bool) -> go.Scatter:
    size, clear, scale = scene.diameters(), scene.clear(), scene.scale
    columns = all(band.shape == "column" for band in scene.bands)
    labels = [wrapped(node.node, *[LONG_LINE] * columns) for node in scene.nodes]
    boxes = [
        Box(node.x * scale, node.y * scale, size[node.node_id] / 2, *extent(lines))
        for node, lines in zip(scene.nodes, labels, strict=True)
    ]
    taken = list(_band_boxes(scene))
    if only_with_room:
        taken += _outside(scene)
    ways = dict(enumerate(placed(boxes, taken, beside=columns)))
    if only_with_room:
        ways = with_room(boxes, [*ways.values()], _by_weight(scene), taken)
    kept = sorted(ways)
    spots = [_spot(boxes[n], ways[n]) for n in kept]
    looks, nodes = scene.looks, [scene.nodes[n] for n in kept]
    return go.Scatter(
        x=[x / scale for x, _, _ in spots],
        y=[y / scale for _, y, _ in spots],
        mode="text",
        textposition=[position for _, _, position in spots],
        cliponaxis=False,
        text=["<br>".join(map(safe, labels[n])) for n in kept],
        textfont={
            "size": 11,
            "color": [looks.ink if node.node_id in clear else looks.faint for node in nodes],
            "shadow": looks.halo,
        },
        **QUIET,
    )


def _outside(scene: Scene) -> list[Corners]:
    """Return the boxes left and right of the drawing, in pixels, where a page cuts names off."""
    left, bottom, right, top = (scene.scale * corner for corner in scene.corners)
    far = right - left
    return [(left - far, bottom, left, top), (right, bottom, right + far, top)]


def _by_weight(scene: Scene) -> list[int]:
    """Return the nodes' numbers: those that stand out first, then by cases."""
    clear = scene.clear()
    return sorted(
        range(len(scene.nodes)),
        key=lambda n: (scene.nodes[n].node_id not in clear, -scene.nodes[n].cases, n),
    )


def _spot(box: Box, way: Point) -> tuple[float, float, str]:
    """Return where a label is anchored, and how: beside a point by its near end."""
    right, up = way
    if up:
        return box.x + right, box.y + up, "middle center"
    near = box.radius + 1
    return (
        (box.x + near, box.y, "middle right") if right > 0 else (box.x - near, box.y, "middle left")
    )
