"""The arrows of the network as Plotly traces: lines, heads, marks, handles and legend."""

from collections.abc import Iterator, Mapping
from typing import Any

import plotly.graph_objects as go

from workbench.formats import network_legend
from workbench.formats.network_looks import WIDTHS, Looks, Style, band_of_width
from workbench.formats.network_scene import Point, Scene
from workbench.formats.network_words import said_of_edge

QUIET: dict[str, Any] = {"hoverinfo": "skip", "showlegend": False}


def arrows(scene: Scene) -> Iterator[go.Scatter]:
    """Yield lines and heads for each look of an arrow: width and style."""
    size = scene.diameters()
    looks: dict[tuple[int, Style], list[tuple[float, list[Point]]]] = {}
    for edge, points in zip(scene.edges, scene.lines(), strict=True):
        look = (band_of_width(edge.weight), scene.style(edge))
        looks.setdefault(look, []).append((size[edge.target] / 2 + 1, points))
    for (band, style), alike in sorted(looks.items(), key=lambda item: item[0][:1]):
        opacity, line = scene.opacity(band), _line(style, WIDTHS[band][1])
        yield _shafts([points for _, points in alike], line, opacity)
        yield _heads(alike, line, opacity)


def _line(style: Style, width: float) -> dict[str, Any]:
    return {"color": style.colour, "width": width, "dash": _dash(dashed=style.dashed)}


def _dash(*, dashed: bool) -> str:
    return "5px,4px" if dashed else "solid"


def _shafts(lines: list[list[Point]], look: dict[str, Any], opacity: float) -> go.Scatter:
    """Return the lines of arrows of one look, all but their last piece."""
    return _lines([points[:-1] for points in lines], look, opacity, mode="lines")


def _heads(
    alike: list[tuple[float, list[Point]]], look: dict[str, Any], opacity: float
) -> go.Scatter:
    """Return the last piece of each arrow with its head, which turns as that piece goes.

    Each line comes with the gap before its target, in pixels. Plotly draws a marker for
    every point of such a trace, the first ones without size.
    """
    head = 7 + 1.6 * look["width"]
    marker = {
        "symbol": "arrow",
        "angleref": "previous",
        "size": [0.0, head, 0.0] * len(alike),
        "standoff": [each for gap, _ in alike for each in (0.0, gap, 0.0)],
        "color": look["color"],
        "line": {"width": 0},
        "opacity": 1,
    }
    return _lines(
        [points[-2:] for _, points in alike],
        look,
        opacity,
        mode="lines+markers",
        marker=marker,
    )


def _lines(
    lines: list[list[Point]], look: dict[str, Any], opacity: float, **more: Any
) -> go.Scatter:
    """Return one trace of lines; a point without place parts one from the next."""
    xs: list[float | None] = []
    ys: list[float | None] = []
    for points in lines:
        xs += [*(x for x, _ in points), None]
        ys += [*(y for _, y in points), None]
    return go.Scatter(x=xs, y=ys, line=look, opacity=opacity, **more, **QUIET)


def marks(scene: Scene) -> Iterator[go.Scatter]:
    """Yield a diamond on contested arrows and the sign of those that do not strengthen."""
    middles = list(zip(scene.middles(), scene.edges, strict=True))
    disputed = [at for at, edge in middles if edge.against]
    yield go.Scatter(
        x=[x for x, _ in disputed],
        y=[y for _, y in disputed],
        mode="markers",
        marker=_diamond(scene.looks),
        **QUIET,
    )
    signed = [(at, edge) for at, edge in middles if edge.sign != "+"]
    yield go.Scatter(
        x=[x for (x, _), _ in signed],
        y=[y for (_, y), _ in signed],
        text=[f"<b>{edge.sign}</b>" for _, edge in signed],
        mode="text",
        textfont={
            "size": 16,
            "color": [scene.looks.styles[edge.sign].colour for _, edge in signed],
            "shadow": scene.looks.halo,
        },
        **QUIET,
    )


def _diamond(looks: Looks) -> dict[str, Any]:
    return {
        "symbol": "diamond",
        "size": 12,
        "color": looks.paper,
        "line": {"color": looks.dispute, "width": 1.6},
    }


def handles(scene: Scene, quotes: Mapping[str, str]) -> go.Scatter:
    """Return the all but invisible points on the arrows that can be pointed at and picked."""
    names = {node.node_id: node.node for node in scene.nodes}
    middles = scene.middles()
    return go.Scatter(
        x=[x for x, _ in middles],
        y=[y for _, y in middles],
        mode="markers",
        marker={"size": 16, "color": scene.looks.paper, "opacity": 0.01},
        hovertext=[said_of_edge(edge, names, quotes).markup for edge in scene.edges],
        hoverinfo="text",
        customdata=[("edge", edge.source, edge.target) for edge in scene.edges],
        showlegend=False,
    )


def samples(scene: Scene) -> Iterator[go.Scatter]:
    """Yield the lines of the legend of arrows."""
    for sample in network_legend.samples(scene):
        line = {"color": sample.colour, "width": sample.width, "dash": _dash(dashed=sample.dashed)}
        look: dict[str, Any] = {"mode": "lines", "line": line}
        if sample.diamond:
            look = {"mode": "markers", "marker": _diamond(scene.looks)}
        yield go.Scatter(
            x=[None],
            y=[None],
            name=sample.words,
            legend="legend2",
            hoverinfo="skip",
            showlegend=True,
            **look,
        )
