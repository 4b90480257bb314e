"""The drivers' network as a drawing of Word: shapes and real text, no picture of them.

So names are searched, restyled and read aloud as all text is. Lengths are EMU, of which
an inch has 914,400.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from docx.oxml import parse_xml
from lxml import etree

from workbench.formats.graphml import visible
from workbench.formats.network_labels import Box, Corners, placed, with_room
from workbench.formats.network_legend import kinds
from workbench.formats.network_looks import LIGHT, WIDTHS, band_of_width
from workbench.formats.network_names import band_name, band_places
from workbench.formats.network_scene import EDGE, Point, Scene, scene, until
from workbench.formats.network_words import LONG_LINE, extent, wrapped
from workbench.formats.word.letters import element, paragraph, run
from workbench.model.document import Picture

_SPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
}
_SIDES, _MANY = (620, 900), 30
"""The longer side in pixels, of which names are about 11 high: of few drivers, and of many."""
_FRAME = """<mc:AlternateContent {spaces}><mc:Choice Requires="wpg"><w:drawing>
<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{high}"/>
<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{first}" name="Network"/>
<wp:cNvGraphicFramePr/><a:graphic><a:graphicData
uri="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"><wpg:wgp>
<wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/>
<a:chOff x="0" y="0"/><a:chExt cx="{wide}" cy="{high}"/></a:xfrm></wpg:grpSpPr></wpg:wgp>
</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback/>
</mc:AlternateContent>"""


def drawing(
    picture: Picture, first: int, box: tuple[int, int], styles: Mapping[str, str]
) -> Any:  # lxml ships no types
    """Return the drawing, as large as fits in a box of so many EMU (width, height).

    Shapes are numbered from `first`.
    """
    side = _SIDES[len(picture.nodes) > _MANY]
    drawn = scene(picture.nodes, picture.edges, picture.bands, None, LIGHT, side)
    shapes = _Shapes(drawn, box, first, styles)
    wide, high = shapes.extent
    spaces = " ".join(f'xmlns:{k}="{v}"' for k, v in _SPACES.items())
    out = parse_xml(_FRAME.format(spaces=spaces, wide=wide, high=high, first=first))
    named = out.find(".//wp:docPr", _SPACES)
    named.set("descr", visible(_described(drawn)))
    group = out.find(".//wpg:wgp", _SPACES)
    for shape in (*shapes.bands(), *shapes.arrows(), *shapes.points(), *shapes.names()):
        group.append(shape)
    return out


def _described(drawn: Scene) -> str:
    return (
        f"A drawing of {len(drawn.nodes)} drivers and {len(drawn.edges)} links. "
        "The tables of links and of drivers hold the same."
    )


class _Shapes:
    """Makes the shapes of a drawing, in the order in which they cover one another."""

    def __init__(
        self, drawn: Scene, box: tuple[int, int], first: int, styles: Mapping[str, str]
    ) -> None:
        self._drawn, self._last, self._styles = drawn, first, styles
        self._size = drawn.diameters()
        self._names = self._placed()
        left, bottom, right, top = self._corners = self._with_names()
        self._unit = min(box[0] / (right - left), box[1] / (top - bottom))
        self._pixel = self._unit / drawn.scale
        self.extent = round((right - left) * self._unit), round((top - bottom) * self._unit)
        """Width and height of the whole drawing."""

    def _placed(self) -> list[tuple[Point, tuple[float, float], list[str]]]:
        """Return middle, size in pixels and lines of each name that finds room.

        Those of drivers with more cases come first.
        """
        scale, nodes = self._drawn.scale, self._drawn.nodes
        columns = all(band.shape == "column" for band in self._drawn.bands)
        labels = [wrapped(node.node, *[LONG_LINE] * columns) for node in nodes]
        boxes = [
            Box(n.x * scale, n.y * scale, self._size[n.node_id] / 2, *extent(lines))
            for n, lines in zip(nodes, labels, strict=True)
        ]
        taken = list(self._taken())
        ways = placed(boxes, taken, beside=columns)
        order = sorted(range(len(nodes)), key=lambda n: (-nodes[n].cases, n))
        found = with_room(boxes, ways, order, taken)
        return [
            (
                ((boxes[n].x + across) / scale, (boxes[n].y + up) / scale),
                (boxes[n].width * 1.25 + 16, boxes[n].height * 1.1 + 4),
                labels[n],
            )
            for n, (across, up) in sorted(found.items())
        ]

    def _with_names(self) -> Corners:
        """Return the corners of all that is drawn: shapes that stood out would be squeezed in."""
        left, bottom, right, top = self._drawn.corners
        for (x, y), (wide, high), _ in self._names:
            across, up = wide / 2 / self._drawn.scale, high / 2 / self._drawn.scale
            left, right = min(left, x - across), max(right, x + across)
            bottom, top = min(bottom, y - up), max(top, y + up)
        return left, bottom, right, top

    def bands(self) -> Iterator[Any]:
        """Yield the rings, the largest first, or the columns, and their names."""
        _, bottom, _, top = self._drawn.corners
        looks = self._drawn.looks
        numbered = list(enumerate(self._drawn.bands))
        for number, band in reversed(numbered):
            ring = band.shape == "ring"
            x0, x1 = (-band.far, band.far) if ring else (band.near, band.far)
            y0, y1 = (-band.far, band.far) if ring else (bottom + EDGE, top - EDGE)
            tint, rim = (c[number % len(c)] for c in (looks.tints, looks.rims))
            yield self._plain("ellipse" if ring else "rect", (x0, y0, x1, y1), tint, rim)
        for said, place, size in self._band_names():
            yield self._text(place, size, [said], strong=True)

    def _band_names(self) -> Iterator[tuple[str, Point, tuple[float, float]]]:
        """Yield the name of each band, its middle, and its size in pixels."""
        for band, place in zip(self._drawn.bands, band_places(self._drawn), strict=True):
            said = band_name(band)
            wide, high = extent([said])
            yield said, place, (1.3 * wide + 14, high + 4)

    def _taken(self) -> Iterator[Corners]:
        """Yield the corners of the names of bands, in pixels."""
        for _, (x, y), (wide, high) in self._band_names():
            across, up = x * self._drawn.scale, y * self._drawn.scale
            yield across - wide / 2, up - high / 2, across + wide / 2, up + high / 2

    def arrows(self) -> Iterator[Any]:
        """Yield a bent line with its head for every link."""
        for edge, line in zip(self._drawn.edges, self._drawn.lines(), strict=True):
            style = self._drawn.style(edge)
            width = WIDTHS[band_of_width(edge.weight)][1]
            gap = (self._size[edge.target] / 2 + 2) / self._drawn.scale
            dash = '<a:prstDash val="dash"/>' if style.dashed else ""
            yield self._line(until(line, gap), style.colour, width, dash)

    def points(self) -> Iterator[Any]:
        """Yield the drivers."""
        colours = kinds(self._drawn)
        for node in self._drawn.nodes:
            half = self._size[node.node_id] / 2 / self._drawn.scale
            corners = (node.x - half, node.y - half, node.x + half, node.y + half)
            yield self._plain("ellipse", corners, colours[node.kind], self._drawn.looks.paper)

    def names(self) -> Iterator[Any]:
        """Yield the names of the drivers, where they cover least."""
        for at, size, lines in self._names:
            yield self._text(at, size, lines)

    def _at(self, point: Point) -> tuple[int, int]:
        left, _, _, top = self._corners
        return round((point[0] - left) * self._unit), round((top - point[1]) * self._unit)

    def _shape(self, place: tuple[int, int, int, int], geometry: str, fill: str, line: str) -> Any:
        """Return a shape at (left, top, width, height)."""
        self._last += 1
        x, y, wide, high = place
        spaces = " ".join(f'xmlns:{k}="{_SPACES[k]}"' for k in ("w", "a", "wps"))
        return parse_xml(
            f'<wps:wsp {spaces}><wps:cNvPr id="{self._last}" name="Shape {self._last}"/>'
            f'<wps:cNvSpPr/><wps:spPr><a:xfrm><a:off x="{x}" y="{y}"/>'
            f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm>{geometry}{fill}{line}</wps:spPr>'
            "<wps:bodyPr/></wps:wsp>"
        )

    def _plain(self, kind: str, corners: tuple[float, ...], fill: str, rim: str) -> Any:
        (x, y), (far, low) = self._at((corners[0], corners[3])), self._at((corners[2], corners[1]))
        return self._shape(
            (x, y, far - x, low - y),
            f'<a:prstGeom prst="{kind}"><a:avLst/></a:prstGeom>',
            _fill(fill),
            f'<a:ln w="12700">{_fill(rim)}</a:ln>',
        )

    def _line(self, points: list[Point], colour: str, width: float, dash: str) -> Any:
        placed = [self._at(p) for p in points]
        x, y = (min(p[i] for p in placed) for i in (0, 1))
        wide, high = (max(max(p[i] for p in placed) - low, 1) for i, low in ((0, x), (1, y)))
        steps = [f'<a:pt x="{px - x}" y="{py - y}"/>' for px, py in placed]
        path = f"<a:moveTo>{steps[0]}</a:moveTo>"
        path += "".join(f"<a:lnTo>{step}</a:lnTo>" for step in steps[1:])
        return self._shape(
            (x, y, wide, high),
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
            f'<a:pathLst><a:path w="{wide}" h="{high}" fill="none">{path}</a:path></a:pathLst>'
            "</a:custGeom>",
            "<a:noFill/>",
            f'<a:ln w="{round(width * 9525)}">{_fill(colour, 75)}{dash}'
            '<a:tailEnd type="triangle" w="med" len="med"/></a:ln>',
        )

    def _text(
        self, centre: Point, size: tuple[float, float], lines: list[str], *, strong: bool = False
    ) -> Any:
        x, y = self._at(centre)
        wide, high = (round(s * self._pixel) for s in size)
        out = self._shape(
            (x - wide // 2, y - high // 2, wide, high),
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>',
            "<a:noFill/>",
            "<a:ln><a:noFill/></a:ln>",
        )
        body = out.find("wps:bodyPr", _SPACES)
        body.attrib.update(
            {"lIns": "0", "tIns": "0", "rIns": "0", "bIns": "0", "anchor": "ctr", "wrap": "square"}
        )
        points = max(10, round(11 * self._pixel / 12700 * 2))
        text = "\n".join(lines)
        told = run(text, self._styles["Strong"] if strong else "", element("w:sz", val=points))
        held = paragraph(self._styles["Table Text"], told, first=text)
        held.pPr.append(element("w:jc", val="center"))
        box = etree.Element(f"{{{_SPACES['wps']}}}txbx")
        etree.SubElement(box, f"{{{_SPACES['w']}}}txbxContent").append(held)
        body.addprevious(box)
        return out


def _fill(colour: str, opaque: int = 100) -> str:
    alpha = f'<a:alpha val="{opaque * 1000}"/>' if opaque < 100 else ""
    return f'<a:solidFill><a:srgbClr val="{colour.lstrip("#")}">{alpha}</a:srgbClr></a:solidFill>'
