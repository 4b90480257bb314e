"""From codings to counts of units: turns, sentences, cases, characters.

Codings are arrays of numbers from 0: document, coder, code, and start and stop. What is
counted are *targets*: codes, codes with those under them, categories, any code at all;
`Targets` says which codes count for which. A unit is one or more stretches of text and has
a code where a coding meets its words. No array is as long as a text.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from workbench.checks.agreement.counts import Counts
from workbench.model import segments

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Codings:
    """Codings of the documents compared; row `i` of the frame they come from is `row[i]`."""

    document: Ints
    coder: Ints
    code: Ints
    start: Ints
    stop: Ints

    def __len__(self) -> int:
        return len(self.start)

    def of(self, keep: NDArray[np.generic]) -> "Codings":
        """Return the kept codings, or those of some rows."""
        parts = (self.document, self.coder, self.code, self.start, self.stop)
        return Codings(*(part[keep] for part in parts))


@dataclass(frozen=True, slots=True)
class Targets:
    """Which code counts for which target: pairs, and how many targets there are."""

    code: Ints
    target: Ints
    size: int
    own: bool = False
    """Each code is its own target, and no other's."""
    any: bool = False
    """Every code is of the one target."""

    @classmethod
    def each(cls, size: int) -> "Targets":
        """Return the codes themselves as targets."""
        return cls(np.arange(size), np.arange(size), size, own=True)

    @classmethod
    def whole(cls, size: int) -> "Targets":
        """Return one target for all codes."""
        return cls(np.arange(size), np.zeros(size, np.int64), 1, any=True)

    @classmethod
    def grouped(cls, group: Ints, size: int) -> "Targets":
        """Return targets of which each code has one, or none where its number is negative."""
        code = np.flatnonzero(group >= 0)
        return cls(code, group[code], size)

    def of(self, codes: Ints) -> tuple[Ints, Ints]:
        """Return rows of `codes` and the target of each, a row once for each of its targets."""
        if self.own:
            return np.arange(len(codes)), codes
        if self.any:
            return np.arange(len(codes)), np.zeros_like(codes)
        order = np.argsort(self.code, kind="stable")
        known, target = self.code[order], self.target[order]
        if (known[1:] > known[:-1]).all():
            place = np.full(int(max(known.max(initial=0), codes.max(initial=0))) + 1, -1)
            place[known] = target
            found = place[codes]
            row = np.flatnonzero(found >= 0)
            return row, found[row]
        low, high = np.searchsorted(known, codes, "left"), np.searchsorted(known, codes, "right")
        sizes = high - low
        row = np.repeat(np.arange(len(codes)), sizes)
        first = np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
        return row, target[first + np.arange(len(row))]


@dataclass(frozen=True)
class Units:
    """Units as stretches of text: `unit[i]` owns stretch `i`.

    `of` is the document (or group of documents that cannot be drawn apart) of each unit,
    `present` which coders looked at it.
    """

    document: Ints
    start: Ints
    stop: Ints
    unit: Ints
    of: Ints
    present: Bools
    documents: int

    @cached_property
    def looks(self) -> Ints:
        """How many coders looked at each unit."""
        return np.asarray(self.present.sum(axis=1), np.int64)


@dataclass(frozen=True, slots=True)
class Marks:
    """Which units got which code from which coder, each once."""

    unit: Ints
    code: Ints
    coder: Ints


def marks(codings: Codings, units: Units, codes: int) -> Marks:
    """Return which units have which codes: those whose words a coding of it meets."""
    coding, stretch = segments.overlaps(
        codings.document, codings.start, codings.stop, units.document, units.start, units.stop
    )
    unit, coder = units.unit[stretch], codings.coder[coding]
    many = units.present.shape[1]
    key = unit * codes
    key += codings.code[coding]
    key *= many
    key += coder
    if not units.present.all():
        key = key[units.present[unit, coder]]
    key = _distinct(key)
    rest, coder = np.divmod(key, many)
    unit, code = np.divmod(rest, codes)
    return Marks(unit, code, coder)


def compared(marks: Marks, units: Units, *, uncoded: bool = True) -> Bools:
    """Return which units count: those that two coders or more looked at.

    Without `uncoded` only those of them that got any code from anybody.
    """
    counts = units.looks >= 2
    if not uncoded:
        coded = np.zeros(len(counts), bool)
        coded[marks.unit] = True
        counts &= coded
    return np.asarray(counts)


def counted(marks: Marks, units: Units, targets: Targets, counts: Bools) -> Counts:
    """Return the counts of targets over the units that count (see `compared`)."""
    looks, many = units.looks, units.present.shape[1]
    unit, target, coder = _of_targets(marks, units, targets, counts)
    rest = unit * targets.size + target
    first = np.flatnonzero(np.diff(rest, prepend=-1))
    gave = np.diff(np.append(first, len(rest)))
    cell = units.of[unit] * targets.size + target
    shape = (units.documents, targets.size)
    given = np.bincount(
        (units.of[unit] * many + coder) * targets.size + target,
        minlength=units.documents * many * targets.size,
    )
    return _summed(
        np.bincount(units.of[counts], minlength=units.documents).astype(float),
        _added(units.of[counts], looks[counts], units.documents),
        given.reshape(units.documents, many, targets.size).astype(float),
        cell[first],
        gave,
        looks[unit[first]],
        np.ones(len(first)),
        shape,
    )


def _of_targets(
    marks: Marks, units: Units, targets: Targets, counts: Bools
) -> tuple[Ints, Ints, Ints]:
    """Return unit, target and coder of the marks on units that count, each once, in order."""
    keep = counts[marks.unit]
    held = (part if keep.all() else part[keep] for part in (marks.unit, marks.code, marks.coder))
    unit, code, coder = held
    if targets.own:
        return unit, code, coder
    if targets.any:
        gave = np.zeros(units.present.shape, bool)
        gave[unit, coder] = True
        unit, coder = np.nonzero(gave)
        return unit, np.zeros_like(unit), coder
    row, target = targets.of(code)
    many = units.present.shape[1]
    key = _distinct((unit[row] * targets.size + target) * many + coder[row])
    rest, coder = np.divmod(key, many)
    return *np.divmod(rest, targets.size), coder


def characters(
    codings: Codings, lengths: Ints, present: Bools, targets: Targets, *, uncoded: bool = True
) -> Counts:
    """Return the counts of targets over characters; stretches are counted, never letters."""
    documents, many = present.shape
    looks = present.sum(axis=1)
    counts = looks >= 2
    used = codings.of(present[codings.document, codings.coder] & counts[codings.document])
    if uncoded:
        units = np.where(counts, lengths, 0).astype(float)
    else:
        none = np.zeros_like(used.document)
        units = segments.distinct_length(
            used.document, none, used.start, used.stop, documents
        ).astype(float)
    row, target = targets.of(used.code)
    document, start, stop = used.document[row], used.start[row], used.stop[row]
    group = (document * many + used.coder[row]) * targets.size + target
    size = documents * many * targets.size
    given = segments.distinct_length(group, np.zeros_like(group), start, stop, size)
    group, start, stop = _united(group, start, stop)
    rest, target = np.divmod(group, targets.size)
    cell = rest // many * targets.size + target
    stride = int(lengths.max(initial=0)) + 1
    line = np.concatenate([cell * stride + start, cell * stride + stop])
    step = np.repeat([1, -1], len(cell))
    order = np.argsort(line, kind="stable")
    gave, wide = np.cumsum(step[order]), np.diff(line[order], append=line[order][-1:])
    held = (gave > 0) & (wide > 0)
    cells = line[order][held] // stride
    return _summed(
        units,
        units * looks,
        given.reshape(documents, many, targets.size).astype(float),
        cells,
        gave[held],
        looks[cells // targets.size],
        wide[held].astype(float),
        (documents, targets.size),
    )


def _summed(
    units: Floats,
    ratings: Floats,
    given: Floats,
    cell: Ints,
    gave: Ints,
    looks: Ints,
    weight: Floats,
    shape: tuple[int, int],
) -> Counts:
    """Return counts of what `gave` of `looks` coders gave, by document × target."""
    size = shape[0] * shape[1]
    if len(looks) and (looks == looks[0]).all():
        cell, gave, looks, weight = _alike(cell, gave, looks, weight)
    return Counts(
        units,
        ratings,
        given,
        _added(cell, weight * gave / looks, size).reshape(shape),
        _added(cell, weight * gave * (gave - 1) / (looks - 1), size).reshape(shape),
        _added(cell, weight * 2 * gave * (looks - gave) / (looks * (looks - 1)), size).reshape(
            shape
        ),
    )


def _alike(cell: Ints, gave: Ints, looks: Ints, weight: Floats) -> tuple[Ints, Ints, Ints, Floats]:
    """Return a row for each cell and number of coders, with the weight of all rows like it."""
    many = int(looks[0]) + 1
    total = _added(cell * many + gave, weight, 0)
    there = np.flatnonzero(total)
    cell, gave = np.divmod(there, many)
    return cell, gave, np.full(len(there), looks[0], np.int64), total[there]


def _united(group: Ints, start: Ints, stop: Ints) -> tuple[Ints, Ints, Ints]:
    """Return the stretches that segments of a group cover, joined where they meet or touch."""
    if not len(group):
        return group, start, stop
    stride = int(stop.max()) + 2
    order = np.argsort(group * stride + start, kind="stable")
    begins, ends = (group * stride + start)[order], (group * stride + stop)[order]
    reach = np.maximum.accumulate(ends)
    fresh = np.ones(len(order), bool)
    fresh[1:] = begins[1:] > reach[:-1]
    first = np.flatnonzero(fresh)
    last = np.append(first[1:], len(order)) - 1
    group = group[order][first]
    return group, begins[first] - group * stride, reach[last] - group * stride


def _added(cell: Ints, weight: NDArray[np.generic], size: int) -> Floats:
    return np.asarray(np.bincount(cell, weight, size), float)


def _distinct(keys: Ints) -> Ints:
    if (keys[1:] > keys[:-1]).all():
        return keys
    keys = np.sort(keys)
    fresh = np.ones(len(keys), bool)
    np.not_equal(keys[1:], keys[:-1], out=fresh[1:])
    return np.asarray(keys[fresh])


def together(groups: Sequence[Sequence[int]], size: int) -> Ints:
    """Return a number for each of 0 … size-1, the same for those that share a group.

    >>> together([[0, 1], [1, 3]], 4).tolist()
    [0, 0, 1, 0]
    """
    root = list(range(size))

    def top(at: int) -> int:
        while root[at] != at:
            root[at] = root[root[at]]
            at = root[at]
        return at

    for group in groups:
        for one in group[1:]:
            root[top(one)] = top(group[0])
    return np.asarray(np.unique([top(at) for at in range(size)], return_inverse=True)[1], np.int64)
