"""Segments: stretches of text as half-open intervals, and how they meet.

All functions take NumPy arrays of document numbers and positions (code points,
half-open) and loop over neither characters nor segments. Touching segments
(`a.stop == b.start`) do not overlap.
"""

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
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    return rows, np.arange(int(sizes.sum()), dtype=np.int64) - first + np.repeat(low, sizes)


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
    order = np.lexsort((starts, documents, groups))
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
