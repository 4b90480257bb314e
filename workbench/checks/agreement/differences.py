"""What two sides coded differently, one by one, as a list to be talked through."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.checks.agreement.compared import Compared
from workbench.checks.agreement.units import Codings
from workbench.errors import BadValue
from workbench.model import frames, segments

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Groups:
    """Codings of one text and code that hang together by sharing words, of either side."""

    of: Ints
    """The group of each coding."""
    document: Ints
    code: Ints
    start: Ints
    stop: Ints
    lengths: Ints
    """How many characters each side coded: sides × groups."""
    together: Ints
    same: NDArray[np.bool_]
    """Whether both sides have the same codings there, border by border."""


def differences(compared: Compared) -> pd.DataFrame:
    """Return what two sides coded differently (`frames.DIFFERENCES`), by place.

    *borders*: both gave the code to words that they share, and not from the same character
    to the same; codings of a side that hang together are one. *other code*: one gave a code
    where the other gave another and neither has a counterpart of its own; each has one
    partner, that with which it shares most. *one-sided*: only one gave the code, and nothing
    is left with the other there. `attrs["same"]` counts what both coded alike.

    Raises:
        BadValue: there are not two sides.
    """
    if len(compared.sides) != 2:
        raise BadValue("A list of differences", ", ".join(compared.sides), "two sides")
    coding = compared.numbered
    groups = _groups(coding, len(compared.codes))
    one, other = groups.lengths > 0
    border = np.flatnonzero(one & other & ~groups.same)
    first, second = _partners(groups, np.flatnonzero(one & ~other), np.flatnonzero(other & ~one))
    alone = np.setdiff1d(np.flatnonzero(one ^ other), np.concatenate([first, second]))
    left, right = (np.where(side[alone], alone, -1) for side in (one, other))
    sides = [
        np.concatenate([border, first, left]).astype(np.int64),
        np.concatenate([border, second, right]).astype(np.int64),
    ]
    kinds = np.repeat(["borders", "other code", "one-sided"], [len(border), len(first), len(alone)])
    table = _listed(compared, groups, sides, kinds)
    table.attrs["same"] = int(groups.same.sum())
    return table


def _groups(coding: Codings, codes: int) -> _Groups:
    size = len(coding)
    if not size:
        none = np.empty(0, np.int64)
        return _Groups(none, none, none, none, none, np.empty((2, 0), np.int64), none, none > 0)
    place = coding.document * codes + coding.code
    order = np.lexsort((coding.stop, coding.start, place))
    place, start, stop = place[order], coding.start[order], coding.stop[order]
    block = np.cumsum(np.diff(place, prepend=-1) != 0) - 1
    stride = int(stop.max()) + 1
    reach = np.maximum.accumulate(block * stride + stop)
    fresh = np.ones(size, bool)
    fresh[1:] = (block[1:] != block[:-1]) | (block[1:] * stride + start[1:] >= reach[:-1])
    group = np.cumsum(fresh) - 1
    first = np.flatnonzero(fresh)
    many = len(first)
    coder = coding.coder[order]
    zero = np.zeros(size, np.int64)
    lengths = segments.distinct_length(coder * many + group, zero, start, stop, 2 * many)
    of = np.empty(size, np.int64)
    of[order] = group
    return _Groups(
        of,
        place[first] // codes,
        place[first] % codes,
        start[first],
        reach[np.append(first[1:], size) - 1] - block[first] * stride,
        lengths.reshape(2, many),
        segments.distinct_length(group, zero, start, stop, many),
        _same(group, coder, start, stop, many),
    )


def _same(group: Ints, coder: Ints, start: Ints, stop: Ints, many: int) -> NDArray[np.bool_]:
    """Return in which groups each coding has one of the other side with the same ends.

    Codings come by group, start and stop. A side has a code once from one end to another.
    """
    paired = np.zeros(len(group), bool)
    alike = (group[1:] == group[:-1]) & (start[1:] == start[:-1]) & (stop[1:] == stop[:-1])
    alike &= coder[1:] != coder[:-1]
    paired[1:] |= alike
    paired[:-1] |= alike
    return np.asarray(np.bincount(group, ~paired, many) == 0)


def _partners(groups: _Groups, one: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Return the groups of one side alone that have a partner on the other's: most words first."""
    a, b = segments.overlaps(
        *(part[one] for part in (groups.document, groups.start, groups.stop)),
        *(part[other] for part in (groups.document, groups.start, groups.stop)),
    )
    a, b = one[a], other[b]
    shared = _shared(groups, a, b)
    taken: set[int] = set()
    pairs = []
    for at in np.lexsort((b, a, -shared)).tolist():
        left, right = int(a[at]), int(b[at])
        if left not in taken and right not in taken:
            taken |= {left, right}
            pairs.append((left, right))
    found = np.array(pairs, np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _shared(groups: _Groups, a: Ints, b: Ints) -> Ints:
    low, high = (
        np.maximum(groups.start[a], groups.start[b]),
        np.minimum(groups.stop[a], groups.stop[b]),
    )
    return np.asarray(high - low)


def _listed(
    compared: Compared, groups: _Groups, sides: list[Ints], kinds: NDArray[np.str_]
) -> pd.DataFrame:
    """Return the rows of the list; `sides` has the group of each side, −1 for none."""
    one, other = sides
    either = np.where(one >= 0, one, other)
    start, stop = groups.start[either], groups.stop[either]
    shared = np.zeros(len(either), np.int64)
    together = groups.together[either].copy()
    both = kinds == "borders"
    shared[both] = groups.lengths[:, either[both]].sum(axis=0) - together[both]
    crossed = kinds == "other code"
    a, b = one[crossed], other[crossed]
    shared[crossed] = _shared(groups, a, b)
    together[crossed] = groups.together[a] + groups.together[b] - shared[crossed]
    start[crossed] = np.minimum(groups.start[a], groups.start[b])
    stop[crossed] = np.maximum(groups.stop[a], groups.stop[b])
    order = np.lexsort((stop, start, groups.document[either]))
    codes = compared.codes["code_id"].to_numpy(object)
    ids = [_ids(compared, groups, side, which)[order] for which, side in enumerate(sides)]
    named = [np.where(side >= 0, codes[groups.code[side]], "") for side in sides]
    texts = compared.transcripts["transcript_version_id"].to_numpy(object)
    columns = (
        kinds,
        texts[groups.document[either]],
        start,
        stop,
        *named,
        shared,
        together,
    )
    table = pd.DataFrame(dict(zip(frames.DIFFERENCES, (c[order] for c in columns), strict=False)))
    for name, found in zip(("codings", "other_codings"), ids, strict=True):
        table[name] = pd.Series(found, dtype="object")
    return table.astype({k: v for k, v in frames.DIFFERENCES.items() if v != "object"})


def _ids(compared: Compared, groups: _Groups, side: Ints, which: int) -> NDArray[np.object_]:
    """Return the codings of one side in each group, by place; none in group −1."""
    coding = compared.numbered
    own = np.flatnonzero(coding.coder == which)
    own = own[np.lexsort((coding.stop[own], coding.start[own], groups.of[own]))]
    ids = compared.codings["coding_id"].to_numpy(object)[compared.rows[own]]
    group = groups.of[own]
    low, high = np.searchsorted(group, side, "left"), np.searchsorted(group, side, "right")
    out = np.empty(len(side), object)
    for at, (begin, end) in enumerate(zip(low.tolist(), high.tolist(), strict=True)):
        out[at] = tuple(ids[begin:end])
    return out
