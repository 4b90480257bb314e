"""The drivers' network as SVG: what the page draws, and a figure for print.

Takes `frames.DRAWN_NODES`, `DRAWN_EDGES` and `BANDS`; computes nothing about the
drivers. Words of users become text and attributes that lxml escapes.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd
from lxml import etree

from workbench.formats import svg
from workbench.formats.files import replacing
from workbench.formats.network_legend import Sample, kinds, samples
from workbench.formats.network_looks import FONT, LIGHT, WIDTHS, Looks, band_of_width
from workbench.formats.network_names import Name, band_extent, band_name, band_places, names
from workbench.formats.network_scene import EDGE, PICTURE, Pick, Point, Scene, scene, until
from workbench.formats.network_words import (
    ENGLISH,
    LINE_HEIGHT,
    Tongue,
    said_of_edge,
    said_of_node,
    shortened,
)

_LINE = 19.5
"""Pixels from one line of a legend to the next."""
_DASHES = "5 4"
_HEAD = 7.0, 1.6
"""Pixels of an arrow's head: so many, and so many more for each of the line's width."""
_SIDES = (PICTURE, 1200, 1400)
"""The longer side of a figure in a file, in pixels: the first on which all names find room."""


def drawn(
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    bands: pd.DataFrame,
    quotes: Mapping[str, str] | None = None,
    *,
    picked: Pick | None = None,
    looks: Looks = LIGHT,
    side: int = PICTURE,
    tongue: Tongue = ENGLISH,
) -> str:
    """Return the drawing for a page: bands, arrows, drivers, names, and two legends below.

    The plane is a drawing of its own, of the class “plane”, whose longer side has `side`
    pixels. In it each arrow has `data-source` and `data-target`, each driver and its name
    `data-node`; a name that finds no room has the class “crowded”. The `title` of an arrow
    and of a driver says what is known of it, a line each; `quotes` says the words of codings
    by their ids, and a few are among them. `picked` is a node whose arrows and neighbours
    stand out, or the two ends of an arrow that does.
    """
    picture = _whole(scene(nodes, edges, bands, picked, looks, side, tongue), quotes or {})
    return str(etree.tostring(picture, encoding="unicode"))


def write(
    path: Path,
    nodes: pd.DataFrame,
    edges: pd.DataFrame,
    bands: pd.DataFrame,
    *,
    title: str,
    note: str = "",
    manifest: str = "",
) -> None:
    """Write the drawing, with the names of all drivers, to a file, whole or not at all.

    No words of participants are in it. Each arrow and driver has the ids of its codings in
    `data-evidence` (and an arrow those against it in `data-against`); `manifest` stands in
    the metadata, `note` in the description.

    Raises:
        CannotWrite: the file cannot be written.
    """
    plans = [scene(nodes, edges, bands, None, LIGHT, side) for side in _SIDES]
    roomy = (plan for plan in plans if all(name.fits for name in names(plan)))
    picture = _whole(next(roomy, plans[-1]), {}, as_file=True)
    about = (("title", title), ("desc", note), ("metadata", manifest))
    for place, (tag, words) in enumerate((tag, words) for tag, words in about if words):
        picture.insert(place, svg.say(picture, tag, words))
    with replacing(path) as beside:
        beside.write_bytes(etree.tostring(picture, encoding="utf-8", xml_declaration=True))


class _Arrow(NamedTuple):
    """An arrow in pixels: its line up to its head, and the corners of the head."""

    shaft: list[Point]
    head: list[Point]


def _whole(plan: Scene, quotes: Mapping[str, str], *, as_file: bool = False) -> svg.Element:
    width, height = plan.size
    labels = names(plan)
    over, above = _overhang(plan, labels) if as_file else (0.0, 0.0)
    lines = max(len(kinds(plan)), sum(1 for _ in samples(plan)))
    whole = width + 2 * over, height + 2 * above + _LINE * (lines + 1) + 14
    out = svg.begun()
    svg.put(
        out,
        width=whole[0],
        height=whole[1],
        viewBox=f"0 0 {svg.plain(whole[0])} {svg.plain(whole[1])}",
    )
    svg.put(out, font_family=FONT, font_size=11)
    svg.child(out, "rect", width=whole[0], height=whole[1], fill=plan.looks.paper, class_="paper")
    plane = svg.child(out, "svg", class_="plane", x=over, y=above, width=width, height=height)
    svg.put(plane, viewBox=f"0 0 {width} {height}", overflow="visible")
    _bands(plane, plan)
    _arrows(plane, plan, quotes, as_file=as_file)
    _marks(plane, plan)
    _drivers(plane, plan, quotes, as_file=as_file)
    _names(plane, plan, labels, as_file=as_file)
    _band_names(plane, plan)
    _legends(out, plan, over, height + 2 * above + 10)
    return out


def _overhang(plan: Scene, labels: Sequence[Name]) -> tuple[float, float]:
    """Return how far names reach over a side of the plane, and over its top or bottom."""
    across, upright = [0.0], [0.0]
    for name in labels:
        x, y = _at(plan, (name.node.x, name.node.y))
        wide, high = name.size
        left, top = x + name.right - wide * (1 - name.side) / 2, y - name.up - high / 2
        across += [-left, left + wide - plan.size[0]]
        upright += [-top, top + high - plan.size[1]]
    return math.ceil(max(across)), math.ceil(max(upright))


def _at(plan: Scene, point: Point) -> Point:
    """Return where a point of the scene is drawn, in pixels from the top left corner."""
    left, bottom, _, top = plan.corners
    lower = (plan.size[1] - (top - bottom) * plan.scale) / 2
    return (point[0] - left) * plan.scale, (top - point[1]) * plan.scale + lower


def _bands(plane: svg.Element, plan: Scene) -> None:
    """Draw the bands, the largest ring first."""
    held = svg.child(plane, "g", class_="bands")
    line = {"stroke_width": 1.2, "vector_effect": "non-scaling-stroke"}
    tints, rims = plan.looks.tints, plan.looks.rims
    for number, band in reversed(list(enumerate(plan.bands))):
        look = {"fill": tints[number % len(tints)], "stroke": rims[number % len(rims)]}
        if band.shape == "ring":
            x, y = _at(plan, (0, 0))
            svg.child(held, "circle", cx=x, cy=y, r=band.far * plan.scale, **look, **line)
        else:
            x, y = _at(plan, (band.near, plan.corners[3] - EDGE))
            low = _at(plan, (band.far, plan.corners[1] + EDGE))
            svg.child(held, "rect", x=x, y=y, width=low[0] - x, height=low[1] - y, **look, **line)


def _arrows(plane: svg.Element, plan: Scene, quotes: Mapping[str, str], *, as_file: bool) -> None:
    """Draw the arrows, the lightest first, each with a broad unseen line to point at."""
    held = svg.child(plane, "g", class_="edges", fill="none", stroke_linejoin="round")
    size = plan.diameters()
    called = {node.node_id: node.node for node in plan.nodes}
    for edge, line in zip(plan.edges, plan.lines(), strict=True):
        style, band = plan.style(edge), band_of_width(edge.weight)
        width = WIDTHS[band][1]
        arrow = _arrow([_at(plan, p) for p in line], size[edge.target] / 2 + 1, width)
        own = svg.child(held, "g", class_="edge", data_source=edge.source, data_target=edge.target)
        if as_file:
            svg.put(own, data_evidence=" ".join(edge.evidence), data_against=" ".join(edge.dissent))
        svg.say(own, "title", said_of_edge(edge, called, quotes, plan.tongue).text)
        seen = svg.child(own, "g", opacity=plan.opacity(band) if plan.stands_out(edge) else 0.08)
        shaft = svg.child(
            seen, "path", d=svg.line(arrow.shaft), stroke=style.colour, stroke_width=width
        )
        if style.dashed:
            svg.put(shaft, stroke_dasharray=_DASHES)
        svg.child(seen, "path", d=svg.line(arrow.head) + "Z", fill=style.colour)
        hold = svg.line([*arrow.shaft, arrow.head[0]])
        svg.child(own, "path", class_="hold", d=hold, stroke_width=14, pointer_events="stroke")


def _arrow(line: list[Point], gap: float, width: float) -> _Arrow:
    """Return an arrow whose head ends so many pixels before the last point of its line."""
    long = _HEAD[0] + _HEAD[1] * width
    up_to_tip = until(line, gap)
    shaft = until(up_to_tip, long)
    (x, y), (bx, by) = up_to_tip[-1], shaft[-1]
    far = math.dist((x, y), (bx, by)) or 1.0
    across = 0.42 * long * (y - by) / far, 0.42 * long * (bx - x) / far
    return _Arrow(
        shaft, [(x, y), (bx + across[0], by + across[1]), (bx - across[0], by - across[1])]
    )


def _marks(plane: svg.Element, plan: Scene) -> None:
    """Draw a diamond on contested arrows and the sign of those that do not strengthen."""
    held = svg.child(plane, "g", class_="marks", pointer_events="none")
    for edge, middle in zip(plan.edges, plan.middles(), strict=True):
        clear = plan.stands_out(edge)
        signed = edge.sign != "+" and clear
        if not edge.against and not signed:
            continue
        own = svg.child(held, "g", class_="mark", transform=_to(plan, middle))
        if edge.against:
            svg.put(_diamond(own, plan), opacity=1 if clear else 0.15)
        if signed:
            said = svg.say(own, "text", edge.sign, y=5.5, fill=plan.looks.styles[edge.sign].colour)
            svg.put(said, font_size=16, font_weight="bold", text_anchor="middle")
            _halo(said, plan)


def _diamond(held: svg.Element, plan: Scene, x: float = 0.0, y: float = 0.0) -> svg.Element:
    corners = [(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)]
    rim = {"stroke": plan.looks.dispute, "stroke_width": 1.6}
    return svg.child(held, "path", d=svg.line(corners) + "Z", fill=plan.looks.paper, **rim)


def _drivers(plane: svg.Element, plan: Scene, quotes: Mapping[str, str], *, as_file: bool) -> None:
    held = svg.child(plane, "g", class_="dots", stroke=plan.looks.paper, stroke_width=1.5)
    size, clear, colours = plan.diameters(), plan.clear(), kinds(plan)
    for node in plan.nodes:
        own = svg.child(
            held, "g", class_="dot", data_node=node.node_id, transform=_to(plan, (node.x, node.y))
        )
        if as_file:
            svg.put(own, data_evidence=" ".join(node.evidence))
        svg.say(own, "title", said_of_node(node, quotes, plan.tongue).text)
        look = {"fill": colours[node.kind], "opacity": 1 if node.node_id in clear else 0.25}
        svg.child(own, "circle", r=size[node.node_id] / 2, **look)


def _to(plan: Scene, point: Point) -> str:
    x, y = _at(plan, point)
    return f"translate({svg.plain(x)} {svg.plain(y)})"


def _names(plane: svg.Element, plan: Scene, labels: Sequence[Name], *, as_file: bool) -> None:
    held = svg.child(plane, "g", class_="names")
    clear, looks = plan.clear(), plan.looks
    for name in labels:
        crowded = "" if name.fits or as_file else " crowded"
        ink = looks.ink if name.node.node_id in clear else looks.faint
        own = svg.child(held, "g", class_=f"name{crowded}", data_node=name.node.node_id)
        svg.put(
            own,
            transform=_to(plan, (name.node.x, name.node.y)),
            fill=ink,
            text_anchor=_ANCHOR[name.side],
        )
        said = svg.child(own, "text")
        _halo(said, plan)
        first = -name.up - LINE_HEIGHT * (len(name.lines) - 1) / 2 + 4
        for number, words in enumerate(name.lines):
            svg.say(said, "tspan", words, x=name.right, y=first + LINE_HEIGHT * number)


_ANCHOR = {1: "start", 0: "middle", -1: "end"}


def _halo(said: svg.Element, plan: Scene) -> None:
    """Keep arrows away from the letters of a text."""
    svg.put(said, stroke=plan.looks.paper, stroke_width=3, stroke_linejoin="round")
    svg.put(said, paint_order="stroke")


def _band_names(plane: svg.Element, plan: Scene) -> None:
    held = svg.child(plane, "g", class_="band-names", pointer_events="none", text_anchor="middle")
    tints, rims = plan.looks.tints, plan.looks.rims
    for number, (band, place) in enumerate(zip(plan.bands, band_places(plan), strict=True)):
        own = svg.child(held, "g", class_="band-name", transform=_to(plan, place))
        wide, high = band_extent(band)
        frame = svg.child(own, "rect", x=-wide / 2, y=-high / 2, width=wide, height=high)
        svg.put(frame, fill=tints[number % len(tints)], stroke=rims[number % len(rims)])
        said = svg.say(own, "text", band_name(band), y=4)
        svg.put(said, fill=plan.looks.soft, font_weight="bold")


def _legends(out: svg.Element, plan: Scene, left: float, top: float) -> None:
    """Draw both legends below the plane, side by side."""
    held = svg.child(out, "g", class_="legends", font_size=12, fill=plan.looks.ink)
    width, say = plan.size[0], plan.tongue.say
    letters = max(16, int(width / 2 / 6.4) - 8)
    x = left + 0.02 * width
    svg.say(held, "text", say("Drivers"), x=x, y=top + 12, font_weight="bold")
    for y, (kind, colour) in zip(_lines(top), kinds(plan).items(), strict=False):
        svg.child(held, "circle", cx=x + 15, cy=y - 4, r=6, fill=colour)
        svg.say(held, "text", shortened(kind, letters), x=x + 36, y=y)
    x = left + 0.52 * width
    svg.say(held, "text", say("Links"), x=x, y=top + 12, font_weight="bold")
    for y, sample in zip(_lines(top), samples(plan), strict=False):
        _sample(held, sample, x, y - 4, plan)
        svg.say(held, "text", shortened(sample.words, letters), x=x + 42, y=y)


def _lines(top: float) -> Iterator[float]:
    """Yield the heights of the lines of a legend under its title."""
    line = 1
    while True:
        yield top + 12 + _LINE * line
        line += 1


def _sample(held: svg.Element, sample: Sample, x: float, y: float, plan: Scene) -> None:
    if sample.diamond:
        _diamond(held, plan, x + 15, y)
        return
    line = svg.child(held, "path", d=svg.line([(x, y), (x + 30, y)]), stroke=sample.colour)
    svg.put(line, stroke_width=sample.width)
    if sample.dashed:
        svg.put(line, stroke_dasharray=_DASHES)
