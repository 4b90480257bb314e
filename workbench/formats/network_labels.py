"""Where a drawing writes the names of its points, so that few cover one another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ROUNDS = 4
_GAP = 2.0
_OVER = ((0, -1), (0, 1))
_BESIDE = ((1, 0), (-1, 0))
_SLANT = ((0.6, -1), (-0.6, -1), (0.6, 1), (-0.6, 1))

Corners = tuple[float, float, float, float]
"""Left, bottom, right, top."""
_Boxes = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Box:
    """A point with its label, all in one unit: centre, radius, the label's size."""

    x: float
    y: float
    radius: float
    width: float
    height: float


def placed(
    boxes: Sequence[Box], fixed: Sequence[Corners] = (), *, beside: bool = False
) -> list[tuple[float, float]]:
    """Return, for each label, how far its centre lies from its point: (right, up).

    Labels go below or above their points, right or left of them (`beside`: that first),
    or at a slant: wherever they cover least of the points, of the other labels and of
    what is `fixed`; the first of equals. Each label is looked at `ROUNDS` times, as the
    others move too.
    """
    order = (*_BESIDE, *_OVER, *_SLANT) if beside else (*_OVER, *_BESIDE, *_SLANT)
    ways = [_ways(box, order) for box in boxes]
    firm = np.array([*map(_point, boxes), *fixed], dtype=float).reshape(-1, 4)
    choice = [0] * len(boxes)
    labels = np.array([_at(box, way[:1])[0] for box, way in zip(boxes, ways, strict=True)])
    for _ in range(ROUNDS):
        for number, box in enumerate(boxes):
            tried = _at(box, ways[number])
            labels[number] = np.inf, np.inf, -np.inf, -np.inf
            covered = _shared(tried, firm).sum(axis=1) + _shared(tried, labels).sum(axis=1)
            choice[number] = int(covered.argmin())
            labels[number] = tried[choice[number]]
    return [(float(w[c][0]), float(w[c][1])) for w, c in zip(ways, choice, strict=True)]


def with_room(
    boxes: Sequence[Box],
    ways: Sequence[tuple[float, float]],
    order: Sequence[int],
    fixed: Sequence[Corners] = (),
    most: float = 0.12,
) -> set[int]:
    """Return the numbers of the labels that find room, taken in that order.

    A label finds room when at most that share of it covers points of others, what is
    `fixed`, and labels that were taken before it.
    """
    points = np.array([*map(_point, boxes), *fixed], dtype=float).reshape(-1, 4)
    kept: dict[int, _Boxes] = {}
    for number in order:
        box = boxes[number]
        own = _at(box, np.array([ways[number]], dtype=float))
        firm = np.vstack([np.delete(points, number, axis=0), *kept.values()])
        if _shared(own, firm).sum() <= most * box.width * box.height:
            kept[number] = own
    return set(kept)


def _ways(box: Box, order: Sequence[tuple[float, float]]) -> _Boxes:
    """Return the places a label can go to, relative to its point."""
    aside = box.radius + _GAP + box.width / 2
    up = box.radius + _GAP + box.height / 2
    return np.array(order, dtype=float) * (aside, up)


def _at(box: Box, ways: _Boxes) -> _Boxes:
    """Return the corners of the label in each place."""
    centre = ways + np.array([box.x, box.y])
    half = np.array([box.width, box.height]) / 2
    return np.hstack([centre - half, centre + half])


def _point(box: Box) -> Corners:
    return box.x - box.radius, box.y - box.radius, box.x + box.radius, box.y + box.radius


def _shared(a: _Boxes, b: _Boxes) -> _Boxes:
    """Return the area that each box of `a` shares with each of `b`.

    >>> float(_shared(np.array([[0, 0, 2, 2]]), np.array([[1, 1, 3, 3]]))[0, 0])
    1.0
    """
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    return np.asarray(np.prod(np.maximum(high - low, 0.0), axis=2), dtype=float)
