"""Segments: stretches of text as half-open intervals, and how they meet.

All functions take NumPy arrays of document numbers and positions (code points,
half-open) and loop over neither characters nor segments. Touching segments
(`a.stop == b.start`) do not overlap.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def _line(documents: Ints, positions: Ints, stride: int) -> Ints:
    """Lay the documents end to end, so that one sorted array holds them all."""
    return documents.astype(np.int64) * stride + positions


def _ranges(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Expand rows of `low:high` to pairs (row, index), in the order of the rows."""
    sizes = np.maximum(high - low, 0)
    rows = np.repeat(np.arange(len(low), dtype=np.int64), sizes)
    places = np.repeat(low - (np.cumsum(sizes) - sizes), sizes)
    places += np.arange(len(places), dtype=np.int64)
    return rows, places


def overlaps(
    a_document: Ints, a_start: Ints, a_stop: Ints, b_document: Ints, b_start: Ints, b_stop: Ints
) -> tuple[Ints, Ints]:
    """Return the index pairs (into a, into b) of segments that share a character.

    Each pair comes once: either b starts inside a, or a starts inside b after b's
    start. Two sorted searches find both, so the work is that of sorting plus the
    number of pairs.

    >>> z = np.array([0, 0])
    >>> overlaps(z, np.array([0, 10]), np.array([5, 20]), z, np.array([4, 5]), np.array([6, 10]))
    (array([0]), array([0]))
    """
    if not len(a_start) or not len(b_start):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    stride = int(max(a_stop.max(), b_stop.max())) + 2
    a_from, a_to = _line(a_document, a_start, stride), _line(a_document, a_stop, stride)
    b_from, b_to = _line(b_document, b_start, stride), _line(b_document, b_stop, stride)
    b_order, a_order = np.argsort(b_from, kind="stable"), np.argsort(a_from, kind="stable")
    b_sorted, a_sorted = b_from[b_order], a_from[a_order]
    row, place = _ranges(
        np.searchsorted(b_sorted, a_from, "left"), np.searchsorted(b_sorted, a_to, "left")
    )
    first_a, first_b = row, b_order[place]
    row, place = _ranges(
        np.searchsorted(a_sorted, b_from, "right"), np.searchsorted(a_sorted, b_to, "left")
    )
    second_a, second_b = a_order[place], row
    return np.concatenate([first_a, second_a]), np.concatenate([first_b, second_b])


def meetings(
    documents: Ints, starts: Ints, stops: Ints, most: int = 4_000_000
) -> Iterator[tuple[Ints, Ints]]:
    """Yield the index pairs of segments of one table that share a character, in blocks.

    Each pair comes once, the segment that starts first in front; no segment meets
    itself. A block holds about `most` pairs, so that a text coded over and over
    needs no more memory than another.

    >>> three = (np.array(v) for v in ([0, 0, 0], [0, 4, 5], [5, 6, 8]))
    >>> [(a.tolist(), b.tolist()) for a, b in meetings(*three)]
    [([0, 1], [1, 2])]
    """
    if not len(starts):
        return
    stride = int(stops.max()) + 2
    begins, ends = _line(documents, starts, stride), _line(documents, stops, stride)
    order = np.argsort(begins, kind="stable")
    begins, ends = begins[order], ends[order]
    low = np.arange(1, len(order) + 1, dtype=np.int64)
    high = np.maximum(np.searchsorted(begins, ends, "left"), low)
    total = np.cumsum(high - low)
    cuts = np.searchsorted(total, np.arange(most, int(total[-1]), most), "left") + 1
    edges = np.unique(np.concatenate([[0], cuts, [len(order)]]))
    for begin, end in pairwise(edges.tolist()):
        row, place = _ranges(low[begin:end], high[begin:end])
        if len(row):
            yield order[row + begin], order[place]


def _in_order(groups: Ints, documents: Ints, starts: Ints) -> Ints:
    """Return the order by group, document and start: one sort where one number holds all."""
    stride, many = int(starts.max()) + 1, int(documents.max()) + 1
    if (int(groups.max()) + 1) * many * stride >= 2**63:
        return np.lexsort((starts, documents, groups))
    return np.argsort((groups.astype(np.int64) * many + documents) * stride + starts, kind="stable")


def distinct_length(groups: Ints, documents: Ints, starts: Ints, stops: Ints, size: int) -> Ints:
    """Return, for each group 0 … size-1, how many characters its segments cover.

    A character under two segments of one group counts once. Segments of different
    documents never meet.

    >>> distinct_length(*(np.array(v) for v in ([0, 0, 1], [0, 0, 0], [0, 3, 3], [5, 8, 8])), 3)
    array([8, 5, 0])
    """
    out = np.zeros(size, np.int64)
    if not len(starts):
        return out
    order = _in_order(groups, documents, starts)
    group, document = groups[order], documents[order]
    start, stop = starts[order].astype(np.int64), stops[order].astype(np.int64)
    stride = int(stop.max()) + 1
    fresh = np.empty(len(order), bool)
    fresh[0] = True
    fresh[1:] = (group[1:] != group[:-1]) | (document[1:] != document[:-1])
    block = np.cumsum(fresh) - 1
    line_start, line_stop = block * stride + start, block * stride + stop
    reached = np.maximum.accumulate(line_stop)
    before = np.empty_like(reached)
    before[0] = 0
    before[1:] = reached[:-1]
    before = np.maximum(before, block * stride)
    added = np.maximum(line_stop - np.maximum(line_start, before), 0)
    np.add.at(out, group, added)
    return out
