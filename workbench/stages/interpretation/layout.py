"""Where the drivers stand in a drawing: on rings or in columns, one a value of a facet.

The unit is the room that one node with its label needs. Sweeps pull each node towards
the middle of its neighbours (barycentres), as K. Sugiyama, S. Tagawa & M. Toda (1981),
IEEE Transactions on Systems, Man and Cybernetics 11:109-125, do for layers; then
neighbours change places where that shortens the links. There is no chance in it: the
same network is drawn the same way.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import pandas as pd

from workbench.model import frames
from workbench.stages.interpretation.network import Network

NO_VALUE = "(none)"
"""The band of nodes that the facet says nothing about; always the last."""
SWEEPS = 24
SWAPS_UP_TO = 300
"""Nodes; above this the exchange of neighbours is left out."""
COLUMN_WIDTH = 3.0
"""The least width of a column; tall columns are wider, so that the whole is no strip."""
ZIGZAG = 0.9
"""How far apart the two circles of a crowded ring are."""

Point = tuple[float, float]
_Rows = dict[str, list[str]]
"""Band → its nodes in order."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The place of every node, and `frames.BANDS`, from the inside or the left.

    Where the facet says nothing about any node, there are no bands.
    """

    places: dict[str, Point]
    band_of: dict[str, str]
    bands: pd.DataFrame


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a ring and a column do differently; a turn is an angle or a height."""

    mean: Callable[[list[float]], float]
    slots: Callable[[list[float]], list[float]]
    """Wanted turns in order → the turns that can be had."""
    place: Callable[[str, int, float], Point]
    """Band, number in it, turn → x, y."""


def rings(network: Network, scheme: str, order: Sequence[str] = ()) -> Layout:
    """Return the nodes on concentric rings, one for each value of a facet.

    `order` names values from the centre outwards; others follow as they come. A node
    with two values stands in the ring of its first one. A single node in the innermost
    ring stands in the centre. A crowded ring is two circles, with its nodes in a zigzag;
    the last of an odd number stays outside, where it does not touch the first.
    """
    members = _members(network, scheme, order)
    circles, bands = _circles(members)

    def place(band: str, number: int, angle: float) -> Point:
        last_of_odd = number % 2 == 0 and number + 1 == len(members[band]) > 1
        radius = circles[band][-1 if last_of_odd or number % 2 else 0]
        return radius * math.sin(angle), radius * math.cos(angle)

    return _laid_out(network, members, _Shape(_mean_angle, _around, place), bands)


def columns(network: Network, scheme: str, order: Sequence[str] = ()) -> Layout:
    """Return the nodes in columns, one for each value of a facet, from the left.

    They stand left of the middle, so that their labels find room beside them.
    `order` and values beyond it are taken as in `rings`.
    """
    members = _members(network, scheme, order)
    number_of = {band: number for number, band in enumerate(members)}
    tallest = max(map(len, members.values()), default=0)
    width = max(COLUMN_WIDTH, 1.1 * tallest / max(len(members), 1))
    rows = [(band, "column", (n - 0.5) * width, (n + 0.5) * width) for band, n in number_of.items()]

    def place(band: str, _: int, height: float) -> Point:
        return (number_of[band] - 0.3) * width, height

    return _laid_out(network, members, _Shape(fmean, _stacked, place), _bands(rows))


def _members(network: Network, scheme: str, order: Sequence[str]) -> _Rows:
    """Return the nodes of each value, without empty bands."""
    out: _Rows = {value: [] for value in order}
    left: list[str] = []
    for node, of in network.nodes(data=True):
        values = of["facets"].get(scheme, ())
        if values:
            out.setdefault(values[0], []).append(node)
        else:
            left.append(node)
    out[NO_VALUE] = [*out.get(NO_VALUE, []), *left]
    return {value: ids for value, ids in out.items() if ids}


def _circles(members: _Rows) -> tuple[dict[str, tuple[float, ...]], pd.DataFrame]:
    """Return the radii of each ring's circles, wide enough for its nodes, and the bands."""
    out: dict[str, tuple[float, ...]] = {}
    rows = []
    near = 0.0
    for band, ids in members.items():
        radius, room = near + 0.5, len(ids) / math.tau
        if not near and len(ids) == 1:
            out[band] = (0.0,)
        elif room <= radius:
            out[band] = (radius,)
        else:
            inside = max(radius, room / 2)
            out[band] = (inside, inside + ZIGZAG)
        far = out[band][-1] + (0.5 if near or len(ids) > 1 else 0.75)
        rows.append((band, "ring", near, far))
        near = far
    return out, _bands(rows)


def _bands(rows: list[tuple[str, str, float, float]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(frames.BANDS)).astype(frames.BANDS)


def _laid_out(network: Network, members: _Rows, shape: _Shape, bands: pd.DataFrame) -> Layout:
    """Sweep, keep the arrangement with the shortest links, and exchange neighbours."""
    near = {node: sorted({*network.pred[node], *network.succ[node]} - {node}) for node in network}
    rows = {band: list(ids) for band, ids in members.items()}
    turns = {n: t for ids in rows.values() for n, t in _row(ids, _even(ids, shape)).items()}
    best = (_length(near, _places(rows, turns, shape)), rows, turns)
    for sweep in range(SWEEPS):
        bands_in_turn = list(rows) if sweep % 2 else list(reversed(rows))
        rows, turns = _swept(rows, turns, near, shape, bands_in_turn)
        length = _length(near, _places(rows, turns, shape))
        if length < best[0] - 1e-9:
            best = (length, rows, turns)
    _, rows, turns = best
    if len(network) <= SWAPS_UP_TO:
        rows, turns = _exchanged(rows, turns, near, shape)
    band_of = {node: band for band, ids in rows.items() for node in ids}
    places = _places(rows, turns, shape)
    told = bands.iloc[:0] if list(members) == [NO_VALUE] else bands
    return Layout({n: places[n] for n in network}, {n: band_of[n] for n in network}, told)


def _row(ids: list[str], turns: list[float]) -> dict[str, float]:
    return dict(zip(ids, turns, strict=True))


def _even(ids: list[str], shape: _Shape) -> list[float]:
    return shape.slots([math.tau * number / len(ids) for number in range(len(ids))])


def _swept(
    rows: _Rows,
    turns: Mapping[str, float],
    near: Mapping[str, list[str]],
    shape: _Shape,
    bands: Sequence[str],
) -> tuple[_Rows, dict[str, float]]:
    """Return the arrangement after each band has moved to the middle of its neighbours."""
    rows, moved = dict(rows), dict(turns)
    for band in bands:
        wanted = {node: shape.mean([moved[n] for n in (*near[node], node)]) for node in rows[band]}
        ids = sorted(rows[band], key=lambda node: (wanted[node], node))
        rows[band] = ids
        moved |= _row(ids, shape.slots([wanted[node] for node in ids]))
    return rows, moved


def _exchanged(
    rows: _Rows, turns: Mapping[str, float], near: Mapping[str, list[str]], shape: _Shape
) -> tuple[_Rows, dict[str, float]]:
    """Return the arrangement after neighbours have changed places as long as it helps."""
    rows, moved = {band: list(ids) for band, ids in rows.items()}, dict(turns)
    places = _places(rows, moved, shape)
    for _ in range(SWEEPS):
        better = False
        for ids in rows.values():
            for i, j in ((i, (i + step) % len(ids)) for step in (1, 2) for i in range(len(ids))):
                if i == j:
                    continue
                one, other = ids[i], ids[j]
                before = _reach(one, near, places) + _reach(other, near, places)
                places[one], places[other] = places[other], places[one]
                if _reach(one, near, places) + _reach(other, near, places) < before - 1e-9:
                    ids[i], ids[j] = other, one
                    moved[one], moved[other] = moved[other], moved[one]
                    better = True
                else:
                    places[one], places[other] = places[other], places[one]
        if not better:
            break
    return rows, moved


def _places(rows: _Rows, turns: Mapping[str, float], shape: _Shape) -> dict[str, Point]:
    return {
        node: shape.place(band, number, turns[node])
        for band, ids in rows.items()
        for number, node in enumerate(ids)
    }


def _length(near: Mapping[str, list[str]], places: Mapping[str, Point]) -> float:
    """Return the length of all links together, twice."""
    return sum(_reach(node, near, places) for node in near)


def _reach(node: str, near: Mapping[str, list[str]], places: Mapping[str, Point]) -> float:
    return sum(math.dist(places[node], places[other]) for other in near[node])


def _mean_angle(angles: list[float]) -> float:
    """Return the middle of some angles, 0 up to one turn.

    >>> round(_mean_angle([math.tau - 0.1, 0.3]), 6)
    0.1
    """
    return math.atan2(fmean(map(math.sin, angles)), fmean(map(math.cos, angles))) % math.tau


def _around(wanted: list[float]) -> list[float]:
    """Return evenly spaced angles, turned as close to the wanted ones as they come."""
    step = math.tau / len(wanted)
    turn = _mean_angle([angle - number * step for number, angle in enumerate(wanted)])
    return [(turn + number * step) % math.tau for number in range(len(wanted))]


def _stacked(wanted: list[float]) -> list[float]:
    """Return heights one apart around the middle.

    >>> _stacked([5.0, 9.0, 9.0])
    [-1.0, 0.0, 1.0]
    """
    return [number - (len(wanted) - 1) / 2 for number in range(len(wanted))]
