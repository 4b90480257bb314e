"""What the two legends of a drawing of the network hold: kinds of drivers, looks of arrows."""

from collections.abc import Iterator
from typing import NamedTuple

from workbench.formats.network_looks import WIDTHS, band_of_width, width_words
from workbench.formats.network_scene import Scene


class Sample(NamedTuple):
    """One line of the legend of arrows."""

    words: str
    colour: str
    width: float
    dashed: bool = False
    diamond: bool = False
    """Whether it is the mark on a contested arrow and no line."""


def kinds(scene: Scene) -> dict[str, str]:
    """Return the kinds of drivers in use, each with its colour."""
    colours = scene.looks.kinds
    used = dict.fromkeys(node.kind for node in scene.nodes)
    return {kind: colours[number % len(colours)] for number, kind in enumerate(used)}


def samples(scene: Scene) -> Iterator[Sample]:
    """Yield a line for each look of an arrow in use, and for each width."""
    say, looks = scene.tongue.say, scene.looks
    used = {scene.style(edge) for edge in scene.edges}
    for style in (*looks.styles.values(), looks.authors):
        if style in used:
            yield Sample(say(style.words), style.colour, 2.2, dashed=style.dashed)
    if any(edge.against for edge in scene.edges):
        yield Sample(say("contested: a case against it"), looks.dispute, 1.6, diamond=True)
    widths = {band_of_width(edge.weight) for edge in scene.edges if not edge.on_authors}
    for band in sorted(widths):
        yield Sample(width_words(band, scene.tongue), looks.sample, WIDTHS[band][1])
