"""Agreement where a unit has several codes at once: each coder's codes are one value, a set.

A set is a row of an array of booleans, one column a code. Two sets without any code are
the same; a set without codes is wholly another than one with some.
"""

from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.checks.agreement.units import Marks, Units

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Numbers = NDArray[Any]
Distance = Literal["jaccard", "masi"]
DISTANCES: tuple[Distance, ...] = ("jaccard", "masi")


def distances(sets: Bools, others: Bools, kind: Distance = "masi") -> Floats:
    """Return how far each set is from each of the others: 0 is the same, 1 shares no code.

    Jaccard's distance is the share of the codes of either that are not in both. MASI is
    1 − likeness × shape, likeness being 1 − Jaccard's distance and shape 1 for the same
    sets, ⅔ where one holds the other, ⅓ where they cross, 0 where they share nothing.

    Source: R. Passonneau (2006), Measuring agreement on set-valued items (MASI), LREC,
    831-836.

    >>> a, b = np.array([[True, True, False]]), np.array([[True, False, False]])
    >>> distances(a, b, "jaccard").item(), round(distances(a, b).item(), 3)
    (0.5, 0.667)
    """
    sizes, of = sets.sum(axis=1, dtype=np.float32), others.sum(axis=1, dtype=np.float32)
    both = sets.astype(np.float32) @ others.astype(np.float32).T
    return _apart(both, sizes[:, None], of[None, :], kind)


def _apart(both: Numbers, sizes: Numbers, of: Numbers, kind: Distance) -> Floats:
    """Return how far sets are apart that have so many codes, and so many of them both."""
    either = sizes + of - both
    like = np.where(either > 0, np.divide(both, np.maximum(either, 1), dtype=np.float64), 1)
    if kind == "masi":
        like *= np.where(both == either, 1, np.where(both == np.minimum(sizes, of), 2 / 3, 1 / 3))
    return np.asarray(1 - like)


_BITS = 62
"""Codes that one whole number holds, a bit each."""
MOST_SETS = 6_000
"""Different sets, of each of which the distance from each other is taken."""
MOST_DRAWN = 1_500
"""Different sets of which an interval is made: their distances are held all at once."""
_AT_ONCE = 2_000_000
_PROBED = 50_000
"""So many of the first sets are told apart before all of them."""


@dataclass(frozen=True, slots=True)
class Given:
    """The sets that coders gave, and where those of one unit differ.

    `one` and `other` are the sets that two coders gave a unit of document `of`, wherever
    they differ; `weight` is 2 over one less than the unit's coders. `times` says how often
    each set was given in each document, as rows of document, set and number; set 0 is that
    without a code.
    """

    sets: Bools
    one: Ints
    other: Ints
    of: Ints
    weight: Floats
    times: tuple[Ints, Ints, Floats]
    documents: int

    @property
    def is_drawn(self) -> bool:
        """Whether an interval is made: there are not too many sets to draw."""
        return len(self.sets) <= MOST_DRAWN

    def plain(self) -> dict[Distance, float]:
        """Return α of all documents by each distance; nan where it has no value."""
        _, number, times = self.times
        total = np.asarray(np.bincount(number, times, len(self.sets)), float)
        pair, back = np.unique(self.one * len(self.sets) + self.other, return_inverse=True)
        weight = np.bincount(back, self.weight, len(pair))
        apart, (met, often) = self._shared(*np.divmod(pair, len(self.sets))), self._met(total)
        found: dict[Distance, float] = {}
        for kind in DISTANCES:
            observed = float(weight @ _apart(*apart, kind)) * (float(total.sum()) - 1)
            expected = float(often @ _apart(*met, kind))
            found[kind] = float("nan") if expected < 1e-9 else 1 - observed / expected
        return found

    def _shared(self, one: Ints, other: Ints) -> tuple[Ints, Ints, Ints]:
        """Return how many codes two sets of each pair share, and how many each has."""
        out, rows = np.zeros((3, len(one)), np.int64), max(_AT_ONCE // self.sets.shape[1], 1)
        for low in range(0, len(one), rows):
            some = slice(low, low + rows)
            a, b = self.sets[one[some]], self.sets[other[some]]
            out[:, some] = (a & b).sum(axis=1), a.sum(axis=1), b.sum(axis=1)
        return out[0], out[1], out[2]

    def _met(self, total: Floats) -> tuple[tuple[Ints, Ints, Ints], Floats]:
        """Return how often two sets meet that share so many codes and have so many each.

        Two sets are as far apart as these three numbers say, of which there are few.
        """
        light = self.sets.astype(np.float32)
        sizes, size = np.unique(self.sets.sum(axis=1), return_inverse=True)
        stride, rows = int(sizes.max()) + 1, max(_AT_ONCE // len(self.sets), 1)
        often = np.zeros(len(sizes) ** 2 * stride)
        for low in range(0, len(self.sets), rows):
            some = slice(low, low + rows)
            key = (light[some] @ light[low:].T).astype(np.int64)
            key += (size[some, None] * len(sizes) + size[None, low:]) * stride
            weights = np.outer(total[some], total[low:])
            weights[:, rows:] *= 2  # each with one further on, and that with it
            often += np.bincount(key.ravel(), weights.ravel(), len(often))
        known = np.flatnonzero(often)
        pair, both = np.divmod(known, stride)
        first, second = np.divmod(pair, len(sizes))
        return (both, sizes[first], sizes[second]), often[known]

    def drawn(self, draws: Floats) -> Numbers:
        """Return how often each set is given in each draw of the documents, with seven digits."""
        document, number, times = self.times
        dense = np.zeros((self.documents, len(self.sets)), np.float32)
        dense[document, number] = times
        return draws.astype(np.float32) @ dense

    def alphas(self, kind: Distance, draws: Floats, times: Numbers) -> tuple[float, Floats]:
        """Return α of all documents and of each draw, `times` being `self.drawn(draws)`.

        The draws are computed with seven digits, which is more than an interval has.
        """
        between = distances(self.sets, self.sets, kind)
        far = np.bincount(self.of, self.weight * between[self.one, self.other], self.documents)
        total = np.asarray(np.bincount(self.times[1], self.times[2], len(self.sets)), float)
        value = _alpha(far.sum(keepdims=True), total[None, :] @ between, total[None, :])
        light = times.astype(np.float32) @ between.astype(np.float32)
        return float(value[0]), _alpha(draws @ far, light, times)


def _alpha(observed: Floats, chance: Numbers, times: Numbers) -> Floats:
    expected = (chance * times).sum(axis=1) / (times.sum(axis=1) - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(expected > 1e-9, 1 - observed / expected, np.nan))


def given(marks: Marks, units: Units, codes: Ints, counts: Bools, ratings: Floats) -> Given | None:
    """Return the sets of some codes that coders gave the units that count (`units.compared`).

    `ratings` says by document how many looks those units had. None where there are too many
    sets. They are told apart by their codes, never by a digest.
    """
    place = np.full(int(max(codes.max(initial=0), marks.code.max(initial=0))) + 1, -1)
    place[codes] = np.arange(len(codes))
    code = place[marks.code]
    keep = np.flatnonzero(code >= 0 if counts.all() else (code >= 0) & counts[marks.unit])
    many = units.present.shape[1]
    row, code = marks.unit[keep] * many + marks.coder[keep], code[keep]
    if (row[1:] < row[:-1]).any():
        order = np.argsort(row, kind="stable")
        row, code = row[order], code[order]
    first = np.flatnonzero(np.diff(row, prepend=-1))
    if len(first) > 4 * _PROBED:  # most of what has too many sets shows it early
        early = _told_apart(code[: first[_PROBED]], first[:_PROBED], len(codes))
        if int(early.max()) + 2 > MOST_SETS:
            return None
    key = _told_apart(code, first, len(codes))
    size = int(key.max(initial=-1)) + 2
    if size > MOST_SETS:
        return None
    sets = np.zeros((size, len(codes)), bool)
    sets[np.repeat(key, np.diff(np.append(first, len(row)))) + 1, code] = True
    each, coder = np.divmod(row[first], many)
    begins = np.diff(each, prepend=-1) != 0
    unit = each[begins]
    number = np.where(units.present[unit], 0, -1)
    number[np.cumsum(begins) - 1, coder] = key + 1
    looks = units.looks
    of, weight = units.of[unit], 2 / (looks[unit] - 1)
    pairs = []
    for a, b in combinations(range(many), 2):
        rows = np.flatnonzero(
            (number[:, a] >= 0) & (number[:, b] >= 0) & (number[:, a] != number[:, b])
        )
        pairs.append((number[rows, a], number[rows, b], of[rows], weight[rows]))
    cell = units.of[each] * size + key + 1
    cells, times = _counted(cell, units.documents * size)
    document, set_number = np.divmod(cells, size)
    every = np.arange(units.documents)
    empty = ratings - np.bincount(document, times, units.documents)
    held = (
        np.concatenate([document, every]),
        np.concatenate([set_number, np.zeros_like(every)]),
        np.concatenate([times.astype(float), empty]),
    )
    one, other, where, by = (np.concatenate(part) for part in zip(*pairs, strict=True))
    return Given(sets, one, other, where, by, held, units.documents)


def _numbered(words: Ints, most: int) -> Ints:
    """Return a number for each word from 0 on, the same for the same; all are below `most`."""
    if most > len(words):
        return np.asarray(pd.factorize(words)[0], np.int64)
    held = np.zeros(most, bool)
    held[words] = True
    return np.asarray((np.cumsum(held) - 1)[words], np.int64)


def _counted(cells: Ints, most: int) -> tuple[Ints, Ints]:
    """Return the cells that are there, in order, and how often each is; all are below `most`."""
    if most > 4 * len(cells):
        return np.unique(cells, return_counts=True)
    often = np.bincount(cells, minlength=most)
    there = np.flatnonzero(often)
    return there, often[there]


def _told_apart(code: Ints, first: Ints, codes: int) -> Ints:
    """Return a number for the set of codes from each of `first` on, the same for the same set."""
    key = np.zeros(len(first), np.int64)
    for low in range(0, codes if len(first) else 0, _BITS):
        bit = np.zeros(codes, np.int64)
        within = np.arange(low, min(low + _BITS, codes))
        bit[within] = 1 << (within - low)
        word = _numbered(np.add.reduceat(bit[code], first), 1 << len(within))
        key = pd.factorize(key * (int(word.max()) + 1) + word)[0] if low else word
    return key.astype(np.int64)
