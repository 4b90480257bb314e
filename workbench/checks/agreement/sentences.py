"""Where sentences stand in a text."""

import re

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_END = re.compile(r"([.!?…][.!?…]*+)([\"'”’»)\]]*+)(\s++|\Z)")
_LINE = re.compile(r"\n\s*+")


def sentences(text: str, within: Ints) -> Ints:
    """Return start and stop of each sentence in some stretches of a text, by place.

    `within` has a row a stretch, start and stop, in the order of the text; none meets another.
    A sentence ends after . ! ? or … and what closes a quotation, before white space, or
    with its line or stretch. An abbreviation with a full stop ends one too: for two coders
    alike.

    >>> sentences("P: Yes. “No!” she said\\nGo", np.array([[3, 25]])).tolist()
    [[3, 7], [8, 13], [14, 22], [23, 25]]
    """
    within = within[within[:, 1] > within[:, 0]]
    spans = within.tolist()
    first = [a if not text[a].isspace() else _after_blanks(text, a, b) for a, b in spans]
    last = [b if not text[b - 1].isspace() else _before_blanks(text, b) for _, b in spans]
    parts = _END.split(text)  # what goes before, marks, what closes, blanks, what goes before, …
    at = np.cumsum(np.fromiter(map(len, parts), np.int64, len(parts)))
    lines = [
        (line.start(), _before_blanks(text, line.start()), line.end())
        for start, stop in spans
        if text.find("\n", start, stop) >= 0
        for line in _LINE.finditer(text, start, stop)
    ]
    marks = np.column_stack([at[1::4] - 1, at[2::4], at[3::4]])
    cuts = np.concatenate([marks, np.array(lines, np.int64).reshape(-1, 3)])
    place, stop, start = cuts.T
    stretch = np.searchsorted(within[:, 0], place, "right") - 1
    inside = (stretch >= 0) & (place < within[stretch, 1]) if len(within) else stretch >= 0
    begin, end = within[stretch[inside]].T
    start, stop = np.minimum(start[inside], end), np.clip(stop[inside], begin, end)
    # of the cuts of a stretch and its ends, the first start goes with the first stop, and so on
    starts = np.sort(np.concatenate([np.array(first, np.int64), start]))
    stops = np.sort(np.concatenate([np.array(last, np.int64), stop]))
    return np.column_stack([starts, stops])[stops > starts]


def _after_blanks(text: str, start: int, stop: int) -> int:
    while start < stop and text[start].isspace():
        start += 1
    return start


def _before_blanks(text: str, stop: int) -> int:
    while stop and text[stop - 1].isspace():
        stop -= 1
    return stop
