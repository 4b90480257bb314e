"""The arrows of the network as Plotly traces: lines, heads, marks, handles and legend."""

from collections.abc import Iterator, Mapping
from typing import Any

import plotly.graph_objects as go

from workbench.formats.network_looks import WIDTHS, Looks, Style, band_of_width, width_words
from workbench.formats.network_scene import Point, Scene
from workbench.formats.network_words import said_of_edge

QUIET: dict[str, Any] = {"hoverinfo": "skip", "showlegend": False}


def arrows(scene: Scene) -> Iterator[go.Scatter]:
    """Yield one trace for each look of an arrow: clear or faded, width, style."""
    size = scene.diameters()
    looks: dict[tuple[bool, int, Style], list[tuple[float, list[Point]]]] = {}
    for edge, line in zip(scene.edges, scene.lines(), strict=True):
        look = (scene.stands_out(edge), band_of_width(edge.weight), scene.style(edge))
        looks.setdefault(look, []).append((size[edge.target] / 2 + 1, line))
    for (clear, band, style), alike in sorted(looks.items(), key=lambda item: item[0][:2]):
        shown = 0.8 if scene.picked else 0.62 if band > 2 else 0.5
        yield _trace(style, WIDTHS[band][1], shown if clear else 0.08, alike)


def _trace(
    style: Style, width: float, opacity: float, alike: list[tuple[float, list[Point]]]
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
        **QUIET,
    )


def marks(scene: Scene) -> Iterator[go.Scatter]:
    """Yield a diamond on contested arrows and the sign of those that do not strengthen."""
    middles = list(zip(scene.middles(), scene.edges, strict=True))
    disputed = [(at, edge) for at, edge in middles if edge.against]
    seen = [1.0 if scene.stands_out(edge) else 0.15 for _, edge in disputed]
    yield go.Scatter(
        x=[x for (x, _), _ in disputed],
        y=[y for (_, y), _ in disputed],
        mode="markers",
        marker=_diamond(scene.looks) | {"opacity": seen},
        unselected={"marker": {"opacity": 1}},
        **QUIET,
    )
    signed = [(at, edge) for at, edge in middles if edge.sign != "+" and scene.stands_out(edge)]
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
        unselected={"marker": {"opacity": 0.01}},
        hovertext=[said_of_edge(edge, names, quotes, scene.tongue) for edge in scene.edges],
        hoverinfo="text",
        customdata=[("edge", edge.source, edge.target) for edge in scene.edges],
        showlegend=False,
    )


def samples(scene: Scene) -> Iterator[go.Scatter]:
    """Yield a line for the legend of each look in use, and of each width."""
    say = scene.tongue.say
    used = {scene.style(edge) for edge in scene.edges}
    for style in (*scene.looks.styles.values(), scene.looks.authors):
        if style in used:
            line = {"color": style.colour, "width": 2.2, "dash": style.dash}
            yield _sample(say(style.words), mode="lines", line=line)
    if any(edge.against for edge in scene.edges):
        diamond = _diamond(scene.looks)
        yield _sample(say("contested: a case against it"), mode="markers", marker=diamond)
    widths = {band_of_width(edge.weight) for edge in scene.edges if not edge.on_authors}
    for band in sorted(widths):
        line = {"color": scene.looks.sample, "width": WIDTHS[band][1]}
        yield _sample(width_words(band, scene.tongue), mode="lines", line=line)


def _sample(words: str, **look: Any) -> go.Scatter:
    return go.Scatter(
        x=[None], y=[None], name=words, legend="legend2", hoverinfo="skip", showlegend=True, **look
    )
