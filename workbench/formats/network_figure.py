"""The drivers' network as a Plotly figure, for the HTML file.

Takes `frames.DRAWN_NODES`, `DRAWN_EDGES` and `BANDS`; computes nothing about the
drivers.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from workbench.formats.network_arrows import QUIET, arrows, handles, marks, samples
from workbench.formats.network_legend import kinds
from workbench.formats.network_looks import FONT, LIGHT
from workbench.formats.network_names import band_name, band_places, names
from workbench.formats.network_scene import EDGE, PICTURE, Scene, scene
from workbench.formats.network_words import safe, said_of_node

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
) -> go.Figure:
    """Return the drawing: bands, arrows, drivers and their labels, with two legends beside.

    `quotes` says the words of codings by their ids; a few are shown on hovering. Points carry
    `customdata`: ("node", node id) or ("edge", source id, target id). Show it with `CONFIG`.
    """
    drawn = scene(nodes, edges, bands, None, LIGHT, PICTURE)
    spoken = quotes or {}
    out = go.Figure()
    out.add_traces([*arrows(drawn), *marks(drawn), handles(drawn, spoken)])
    out.add_traces([*_drivers(drawn, spoken), _labels(drawn), *samples(drawn)])
    out.update_layout(
        **_paper(drawn),
        **_with_legends(drawn),
        shapes=[*_shapes(drawn)],
        annotations=[*_band_names(drawn)],
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


def _with_legends(scene: Scene) -> dict[str, Any]:
    width, height = scene.size
    below = 1 - (len({node.kind for node in scene.nodes}) + 3) * 19.5 / height
    return {
        "width": width + LEGEND,
        "height": height + 45,
        "margin": {"l": 0, "r": LEGEND, "t": 40, "b": 5},
        "legend": _legend(scene, "Drivers") | {"x": 1.01, "y": 1, "itemsizing": "constant"},
        "legend2": _legend(scene, "Links") | {"x": 1.01, "y": max(below, 0.45)},
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


def _band_names(scene: Scene) -> Iterator[dict[str, Any]]:
    tints, rims = scene.looks.tints, scene.looks.rims
    for number, (band, (x, y)) in enumerate(zip(scene.bands, band_places(scene), strict=True)):
        yield {
            "x": x,
            "y": y,
            "text": f"<b>{safe(band_name(band))}</b>",
            "showarrow": False,
            "font": {"size": 11, "color": scene.looks.soft},
            "bgcolor": tints[number % len(tints)],
            "bordercolor": rims[number % len(rims)],
            "borderwidth": 1,
            "borderpad": 2,
        }


def _drivers(scene: Scene, quotes: Mapping[str, str]) -> Iterator[go.Scatter]:
    """Yield the drivers, one trace a kind."""
    size = scene.diameters()
    for kind, colour in kinds(scene).items():
        own = [node for node in scene.nodes if node.kind == kind]
        yield go.Scatter(
            x=[node.x for node in own],
            y=[node.y for node in own],
            mode="markers",
            name=safe(kind),
            marker={
                "size": [size[node.node_id] for node in own],
                "color": colour,
                "line": {"color": scene.looks.paper, "width": 1.5},
            },
            hovertext=[said_of_node(node, quotes).markup for node in own],
            hoverinfo="text",
            customdata=[("node", node.node_id) for node in own],
            legend="legend",
            showlegend=True,
        )


def _labels(scene: Scene) -> go.Scatter:
    scale, labels = scene.scale, names(scene)
    return go.Scatter(
        x=[label.node.x + label.right / scale for label in labels],
        y=[label.node.y + label.up / scale for label in labels],
        mode="text",
        textposition=[_POSITION[label.side] for label in labels],
        cliponaxis=False,
        text=["<br>".join(map(safe, label.lines)) for label in labels],
        textfont={"size": 11, "color": scene.looks.ink, "shadow": scene.looks.halo},
        **QUIET,
    )


_POSITION = {1: "middle right", 0: "middle center", -1: "middle left"}
