"""Where the names of bands and drivers stand in a drawing of the network, and on how many lines."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from workbench.formats.network_labels import Box, Corners, Way, placed, with_room
from workbench.formats.network_scene import EDGE, Point, Scene
from workbench.formats.network_words import LONG_LINE, extent, shortened, wrapped


class Name(NamedTuple):
    """The name of a driver: its lines, and where they are anchored from the driver's centre."""

    node: Any
    lines: list[str]
    right: float
    """Pixels to the right, up to the middle of the name or to its near end."""
    up: float
    """Pixels up to the middle of the name."""
    side: int
    """1 and −1: it begins or ends there; 0: its middle stands there."""
    fits: bool
    """Whether it finds room between what else is drawn."""

    @property
    def size(self) -> tuple[float, float]:
        """About how wide and high the name is, in pixels."""
        return extent(self.lines)


def names(scene: Scene) -> list[Name]:
    """Return the name of every driver in their order.

    Where room is short, those that stand out have it first, then those with most cases.
    """
    size, scale = scene.diameters(), scene.scale
    columns = all(band.shape == "column" for band in scene.bands)
    lines = [wrapped(node.node, *[LONG_LINE] * columns) for node in scene.nodes]
    boxes = [
        Box(node.x * scale, node.y * scale, size[node.node_id] / 2, *extent(of))
        for node, of in zip(scene.nodes, lines, strict=True)
    ]
    taken = [*_band_boxes(scene), *_outside(scene)]
    ways = placed(boxes, taken, beside=columns)
    fitting = with_room(boxes, ways, _by_weight(scene), taken)
    return [
        Name(node, lines[n], *_spot(boxes[n], fitting.get(n, ways[n])), n in fitting)
        for n, node in enumerate(scene.nodes)
    ]


def band_name(band: Any) -> str:
    """Return the name of a band as it is drawn."""
    return shortened(str(band.band), 40).upper()


def band_places(scene: Scene) -> list[Point]:
    """Return where the names of the bands stand: on the top of their rims."""
    high = scene.corners[3] - EDGE
    return [
        (0.0, band.far) if band.shape == "ring" else ((band.near + band.far) / 2, high)
        for band in scene.bands
    ]


def band_extent(band: Any) -> tuple[float, float]:
    """Return about how wide and high the name of a band is, in pixels, with its frame."""
    wide, high = extent([band_name(band)])
    return 1.3 * wide + 8, high + 6


def _band_boxes(scene: Scene) -> Iterator[Corners]:
    for band, (x, y) in zip(scene.bands, band_places(scene), strict=True):
        half, tall = (side / 2 for side in band_extent(band))
        across, up = x * scene.scale, y * scene.scale
        yield across - half, up - tall, across + half, up + tall


def _outside(scene: Scene) -> list[Corners]:
    """Return the boxes around the drawing, in pixels, where a page cuts names off."""
    left, bottom, right, top = (scene.scale * corner for corner in scene.corners)
    middle, (width, height) = (bottom + top) / 2, scene.size
    low, high = middle - height / 2, middle + height / 2
    return [
        (left - width, low - height, left, high + height),
        (right, low - height, right + width, high + height),
        (left, low - height, right, low),
        (left, high, right, high + height),
    ]


def _by_weight(scene: Scene) -> list[int]:
    clear = scene.clear()
    return sorted(
        range(len(scene.nodes)),
        key=lambda n: (scene.nodes[n].node_id not in clear, -scene.nodes[n].cases, n),
    )


def _spot(box: Box, way: Way) -> tuple[float, float, int]:
    right, up = way
    if up:
        return right, up, 0
    near = box.radius + 1
    return (near, 0.0, 1) if right > 0 else (-near, 0.0, -1)
