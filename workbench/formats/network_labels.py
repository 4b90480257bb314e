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
_ASLANT = ((1, -0.5), (-1, -0.5), (1, 0.5), (-1, 0.5))
_FIRM = 8.0
"""So much worse than a label is it to cover a point: points are small and say where things are."""

Corners = tuple[float, float, float, float]
"""Left, bottom, right, top."""
Way = tuple[float, float]
"""How far right of its point, and how far above, the centre of a label lies."""
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
) -> list[Way]:
    """Return, for each label, how far its centre lies from its point: (right, up).

    Labels go below or above their points, right or left of them (`beside`: that first),
    or at a slant: wherever they cover least of the points and of what is `fixed`, and then
    of the other labels; the first of equals. Each label is looked at up to `ROUNDS` times,
    as the others move too.
    """
    ways = [_ways(box, beside=beside) for box in boxes]
    firm = np.array([*map(_point, boxes), *fixed], dtype=float).reshape(-1, 4)
    choice = [0] * len(boxes)
    places = [_at(box, way) for box, way in zip(boxes, ways, strict=True)]
    labels = np.array([tried[0] for tried in places])
    firmly = [_FIRM * _shared(tried, firm).sum(axis=1) for tried in places]
    for _ in range(ROUNDS):
        before = list(choice)
        for number, tried in enumerate(places):
            labels[number] = np.inf, np.inf, -np.inf, -np.inf
            loosely = _shared(tried, labels).sum(axis=1)
            choice[number] = int((firmly[number] + loosely).argmin())
            labels[number] = tried[choice[number]]
        if choice == before:
            break
    return [(float(w[c][0]), float(w[c][1])) for w, c in zip(ways, choice, strict=True)]


def with_room(
    boxes: Sequence[Box],
    ways: Sequence[Way],
    order: Sequence[int],
    fixed: Sequence[Corners] = (),
    most: float = 0.12,
) -> dict[int, Way]:
    """Return the numbers of the labels that find room, taken in that order, and where.

    A label goes its way, or the next at hand where that has no room. It has room when it
    and a point of another, something `fixed`, or a label that was taken before it have at
    most that share of the smaller of the two in common.
    """
    points = np.array([*map(_point, boxes), *fixed], dtype=float).reshape(-1, 4)
    kept: dict[int, Way] = {}
    taken: list[_Boxes] = []
    for number in order:
        box = boxes[number]
        firm = np.vstack([np.delete(points, number, axis=0), *taken])
        tried = np.vstack([np.array(ways[number], dtype=float), _ways(box)])
        smaller = np.minimum(_areas(firm), box.width * box.height)
        free = (_shared(_at(box, tried), firm) <= most * smaller).all(axis=1)
        if free.any():
            way = tried[int(free.argmax())]
            kept[number] = float(way[0]), float(way[1])
            taken.append(_at(box, way[None]))
    return kept


def _ways(box: Box, *, beside: bool = False) -> _Boxes:
    """Return the places a label can go to, relative to its point."""
    straight = (*_BESIDE, *_OVER) if beside else (*_OVER, *_BESIDE)
    aside = box.radius + _GAP + box.width / 2
    up = box.radius + _GAP + box.height / 2
    return np.array([*straight, *_SLANT, *_ASLANT], dtype=float) * (aside, up)


def _at(box: Box, ways: _Boxes) -> _Boxes:
    """Return the corners of the label in each place."""
    centre = ways + np.array([box.x, box.y])
    half = np.array([box.width, box.height]) / 2
    return np.hstack([centre - half, centre + half])


def _point(box: Box) -> Corners:
    return box.x - box.radius, box.y - box.radius, box.x + box.radius, box.y + box.radius


def _areas(boxes: _Boxes) -> _Boxes:
    return np.asarray(np.prod(boxes[:, 2:] - boxes[:, :2], axis=1), dtype=float)


def _shared(a: _Boxes, b: _Boxes) -> _Boxes:
    """Return the area that each box of `a` shares with each of `b`.

    >>> float(_shared(np.array([[0, 0, 2, 2]]), np.array([[1, 1, 3, 3]]))[0, 0])
    1.0
    """
    low = np.maximum(a[:, None, :2], b[None, :, :2])
    high = np.minimum(a[:, None, 2:], b[None, :, 2:])
    return np.asarray(np.prod(np.maximum(high - low, 0.0), axis=2), dtype=float)
