"""Elements of SVG: their attributes from numbers and words, of which none becomes markup."""

from collections.abc import Sequence
from typing import Any

from lxml import etree

from workbench.formats.graphml import visible

Element = Any  # lxml ships no types
_NS = "http://www.w3.org/2000/svg"


def begun() -> Element:
    """Return the outermost element of a drawing."""
    return etree.Element(f"{{{_NS}}}svg", nsmap={None: _NS})


def child(held: Element, tag: str, **said: Any) -> Element:
    """Add an element, with attributes as `put` takes them."""
    made = etree.SubElement(held, f"{{{_NS}}}{tag}")
    put(made, **said)
    return made


def put(element: Element, **said: Any) -> None:
    """Give an element attributes; their names have a dash where Python has an underscore."""
    for name, value in said.items():
        called = name if name == "viewBox" else name.rstrip("_").replace("_", "-")
        element.set(called, plain(value) if isinstance(value, float) else visible(str(value)))


def say(held: Element, tag: str, words: str, **said: Any) -> Element:
    """Add an element that holds words."""
    made = child(held, tag, **said)
    made.text = visible(words)
    return made


def line(points: Sequence[tuple[float, float]]) -> str:
    """Return a line through points, as a path takes it.

    >>> line([(0, 0), (1.5, 2)])
    'M0 0L1.5 2'
    """
    return "M" + "L".join(f"{plain(x)} {plain(y)}" for x, y in points)


def plain(number: float) -> str:
    """Return a number of pixels, or a share, as SVG takes it: to a hundredth.

    >>> plain(12.004), plain(0.08)
    ('12', '0.08')
    """
    return f"{round(number, 2):g}"
