"""Agreement on a continuum: where units begin and end, and which code they have.

Codings are arrays of document, coder and value (each numbered from 0) with start and
stop; those of one document, coder and value do not overlap. `lengths` are those of the
documents, `present` says which coder looked at which document. Every figure is a sum over
documents, so that they can be drawn anew for an interval; no array is as long as a text.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.model import segments

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Units:
    """Codings as units of a continuum, with the documents they lie in."""

    document: Ints
    coder: Ints
    value: Ints
    start: Ints
    stop: Ints
    lengths: Ints
    present: Bools
    values: int

    def of(self, keep: Bools, value: Ints | None = None, values: int | None = None) -> "Units":
        """Return the kept units, under other values where these are given."""
        return Units(
            self.document[keep],
            self.coder[keep],
            (self.value if value is None else value)[keep],
            self.start[keep],
            self.stop[keep],
            self.lengths,
            self.present,
            self.values if values is None else values,
        )


def united(units: Units) -> Units:
    """Return the units with those of one document, coder and value joined that overlap.

    Units that only touch stay two.
    """
    if not len(units.start):
        return units
    keys = (units.document * units.present.shape[1] + units.coder) * units.values + units.value
    stride = int(units.stop.max()) + 1
    order = np.argsort(keys * stride + units.start, kind="stable")
    key, start, stop = keys[order], units.start[order], units.stop[order]
    block = np.cumsum(np.diff(key, prepend=-1) != 0) - 1
    line = np.maximum.accumulate(block * stride + stop)
    fresh = np.ones(len(order), bool)
    fresh[1:] = (block[1:] != block[:-1]) | (block[1:] * stride + start[1:] >= line[:-1])
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], len(order)) - 1
    at = order[first]
    return Units(
        units.document[at],
        units.coder[at],
        units.value[at],
        start[first],
        line[last] - block[last] * stride,
        units.lengths,
        units.present,
        units.values,
    )


def overlapping(units: Units, *, apart: bool = False) -> Ints:
    """Return the values whose units overlap others of a coder; with `apart`, their own value's."""
    place = units.document * units.present.shape[1] + units.coder
    if apart:
        place = place * units.values + units.value
    met = [
        _distinct(units.value[np.concatenate(pair)], units.values)
        for pair in segments.meetings(place, units.start, units.stop)
    ]
    return _distinct(np.concatenate(met), units.values) if met else np.empty(0, np.int64)


def _distinct(values: Ints, below: int) -> Ints:
    """Return the values that occur, in order; all are from 0 and below a number."""
    seen = np.zeros(below, bool)
    seen[values] = True
    return np.flatnonzero(seen)


def classic(units: Units) -> tuple[Floats, Floats]:
    """Return observed and expected disagreement of Krippendorff's α_U: documents × values.

    α_U is 1 − observed / expected, of one value or of several by their sums. A document
    counts as much as it is long: both are multiplied with its length.

    Source: K. Krippendorff (1995), Sociological Methodology 25:47-76; (2004), Measuring
    the reliability of qualitative text analysis data, Quality & Quantity 38:787-800.
    """
    shape = (len(units.lengths), units.values)
    coders = units.present.sum(axis=1)
    length = units.stop - units.start
    cell = units.document * units.values + units.value
    observed = np.zeros(shape[0] * shape[1])
    one, other = _crossing(units, cell)
    apart = (units.start[one] - units.start[other]) ** 2 + (
        units.stop[one] - units.stop[other]
    ) ** 2
    np.add.at(observed, cell[one], 2.0 * apart)
    inside = _in_gaps(units, one, other)
    np.add.at(observed, cell, 2.0 * inside * length.astype(float) ** 2)
    expected = _expected(units, _gaps(units), cell, length)
    of = np.repeat(units.lengths, shape[1]).astype(float)
    number = np.repeat(coders, shape[1]).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = np.where(number > 1, observed / (number * (number - 1) * of), 0)
    return np.nan_to_num(seen).reshape(shape), (expected * of).reshape(shape)


def _gaps(units: Units) -> tuple[Ints, Ints]:
    """Return document × value and length of each gap, of coders who used the value or not.

    Only documents and values with a unit are looked at; elsewhere nothing is expected.
    """
    many = units.present.shape[1]
    cell = units.document * units.values + units.value
    size = len(units.lengths) * units.values
    used = _distinct(cell, size)
    place = cell * many + units.coder
    order = np.argsort(place * (int(units.stop.max(initial=0)) + 1) + units.start, kind="stable")
    place, start, stop = place[order], units.start[order], units.stop[order]
    first = np.diff(place, prepend=-1) != 0
    before = start - np.where(first, 0, np.roll(stop, 1))
    last = np.diff(place, append=-1) != 0
    after = units.lengths[units.document[order][last]] - stop[last]
    row, coder = np.nonzero(units.present[used // units.values])
    without = np.zeros(size * many, bool)
    without[used[row] * many + coder] = True
    without[place] = False
    bare = np.flatnonzero(without)
    whole = units.lengths[bare // many // units.values]
    cells = np.concatenate([place // many, place[last] // many, bare // many])
    sizes = np.concatenate([before, after, whole])
    return cells[sizes > 0], sizes[sizes > 0]


def _in_gaps(units: Units, one: Ints, other: Ints) -> Ints:
    """Return for each unit in how many other coders' gaps it lies wholly."""
    many = units.present.shape[1]
    met = _distinct(
        np.concatenate([one * many + units.coder[other], other * many + units.coder[one]]),
        len(units.start) * many,
    )
    others = units.present.sum(axis=1)[units.document] - 1
    return np.asarray(others - np.bincount(met // many, minlength=len(others)))


def _expected(units: Units, gaps: tuple[Ints, Ints], cell: Ints, length: Ints) -> Floats:
    """Return expected disagreement by document × value."""
    size = len(units.lengths) * units.values
    number = np.bincount(cell, minlength=size)
    where, wide = gaps
    stride = int(units.lengths.max(initial=0)) + 2
    line = np.sort(where * stride + wide)
    where, wide = np.divmod(line, stride)
    low = np.searchsorted(line, cell * stride + length, "left")
    high = np.searchsorted(where, cell, "right")
    sums = np.concatenate([[0], np.cumsum(wide)])
    fits = (high - low).astype(float)
    room = (sums[high] - sums[low]) - fits * (length - 1)
    one = length.astype(float)
    own = (number[cell] - 1) / 3 * (2 * one**3 - 3 * one**2 + one)
    apart = np.bincount(cell, own + one**2 * room, size)
    taken = np.bincount(cell, one * (one - 1), size)
    whole = np.repeat(units.present.sum(axis=1) * units.lengths, units.values).astype(float)
    of = np.repeat(units.lengths, units.values).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 2 / of * apart / (whole * (whole - 1) - taken)
    return np.where(apart > 0, found, 0.0)


@dataclass(frozen=True, slots=True)
class Sums:
    """What the u-α family is computed from, by document and value (`length`: by document).

    `length` is that of all coders' continua, `coded` of a value's units, `squares` of their
    lengths squared, `same` of the stretches where two coders have the value, both ways and
    over one less than the coders; `met` where the other has any value, and `met_squares` of
    each unit's such stretches squared.
    """

    length: Floats
    coded: Floats
    squares: Floats
    same: Floats
    met: Floats
    met_squares: Floats

    def drawn(self, times: Floats) -> "Sums":
        """Return the sums over documents, each taken so often; one row a draw of them."""
        return Sums(
            times @ self.length,
            times @ self.coded,
            times @ self.squares,
            times @ self.same,
            times @ self.met,
            times @ self.met_squares,
        )


def sums(units: Units, *, apart: bool = False) -> Sums:
    """Return the sums of the u-α family; with `apart` each value is a continuum of its own."""
    shape = (len(units.lengths), units.values)
    coders = units.present.sum(axis=1)
    cell = units.document * units.values + units.value
    size = shape[0] * shape[1]
    length = (units.stop - units.start).astype(float)
    one, other = _crossing(units, cell if apart else units.document)
    start = np.maximum(units.start[one], units.start[other])
    stop = np.minimum(units.stop[one], units.stop[other])
    shared = (stop - start) / (coders[units.document[one]] - 1)
    same = units.value[one] == units.value[other]
    once = _added(cell[one], shared, size) + _added(cell[other], shared, size)
    both = np.concatenate([one, other])
    met = segments.distinct_length(
        both, np.zeros_like(both), np.tile(start, 2), np.tile(stop, 2), len(length)
    ).astype(float)
    return Sums(
        (coders * units.lengths).astype(float),
        _added(cell, length, size).reshape(shape),
        _added(cell, length**2, size).reshape(shape),
        _added(cell[one[same]], 2 * shared[same], size).reshape(shape),
        once.reshape(shape),
        _added(cell, met**2, size).reshape(shape),
    )


def _crossing(units: Units, place: Ints) -> tuple[Ints, Ints]:
    """Return the index pairs of units of two coders that share words."""
    pairs = []
    for a, b in segments.meetings(place, units.start, units.stop):
        apart = units.coder[a] != units.coder[b]
        pairs.append((a[apart], b[apart]))
    if not pairs:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
    return one, other


def u_alpha(held: Sums) -> Floats:
    """Return u-α of all values together: where units are and which value each has.

    Chance pairs units of all coders but none with itself; a gap is made of characters. With
    units of length 1 it is α nominal, the gap being a value. nan where it has no value.

    Source: K. Krippendorff, Y. Mathet, S. Bouvry, A. Widlöcher (2016), On the reliability
    of unitizing textual continua, Quality & Quantity 50:2347-2364; K. Krippendorff (2019),
    Content Analysis, 4th ed., section 12.6.
    """
    coded, met = held.coded.sum(axis=-1), held.met.sum(axis=-1)
    gap = held.length - coded
    observed = 2 * coded - met - held.same.sum(axis=-1)
    expected = held.length**2 - (held.coded**2).sum(axis=-1) - gap**2
    return _alpha(observed * _free(held.length, held.squares.sum(axis=-1) + gap), expected)


def binary_u_alpha(held: Sums) -> Floats:
    """Return |u-α: where units are, whichever value they have. nan where it has no value."""
    coded, met = held.coded.sum(axis=-1), held.met.sum(axis=-1)
    gap = held.length - coded
    free = _free(held.length, held.squares.sum(axis=-1) + gap)
    return _alpha((coded - met) * free, coded * gap)


def one_u_alpha(held: Sums) -> Floats:
    """Return u-α of each value alone, of sums with the values apart. nan where it has none."""
    length = held.length[..., None]
    gap = length - held.coded
    return _alpha((held.coded - held.same) * _free(length, held.squares + gap), held.coded * gap)


def cu_alpha(held: Sums) -> Floats:
    """Return cu-α: which value units have where two coders have one. nan where it has none."""
    met = held.met.sum(axis=-1)
    free = _free(met, held.met_squares.sum(axis=-1))
    observed = met - held.same.sum(axis=-1)
    return _alpha(observed * free, met**2 - (held.met**2).sum(axis=-1))


def k_u_alpha(held: Sums) -> Floats:
    """Return (k)u-α of each value: how well it is told from others. nan where it has none."""
    met = held.met.sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        chance = (held.met * met - held.met_squares) / held.met
    return _alpha((held.met - held.same) * chance, held.met * (met - held.met))


def _added(cell: Ints, weight: Floats, size: int) -> Floats:
    return np.asarray(np.bincount(cell, weight, size), float)


def _free(length: Floats, squares: Floats) -> Floats:
    """Return how much length there is to pair with, a unit's own left out."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(length - squares / length)


def _alpha(observed: Floats, expected: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(expected > 1e-9, 1 - observed / expected, np.nan))
