"""The place in a text that is most like a quotation which is not there.

Only for error messages: the work is bounded, so a place may be missed in a text that
repeats the quote's words thousands of times. Places are proposed by the rarest words
that quote and text share, and compared character by character.
"""

import re
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

_COMPARED = 200
"""Characters at the beginning of the quote that are compared."""
_LOOKED_UP, _WORDS, _POSITIONS, _BUDGET = 24, 12, 2_000, 20_000
"""Words counted, the rarest of them used, positions of each, characters compared in all."""
_LIKE = 0.5
"""Share of the compared characters, in runs of three or more, that makes a place near."""

_TOKEN = re.compile(r"[^\W_]+")


def place(text: str, quote: str) -> tuple[int, int] | None:
    """Return start and stop of the words most like the quote, or None if nothing is.

    >>> text = "We went home. I don’t know why, he said."
    >>> text[slice(*place(text, "I don't know why"))]
    'I don’t know why'
    """
    wanted = " ".join(quote.split())
    begins = _proposals(_lower(text), _lower(wanted))
    head = wanted[:_COMPARED]
    matcher = SequenceMatcher(None, "", head, autojunk=False)
    best, best_place = 0.0, None
    slack = _slack(len(head))
    for begin in begins:
        window_from = max(begin - slack, 0)
        matcher.set_seq1(text[window_from : begin + len(head) + slack])
        like, start, stop = _aligned(matcher, len(head))
        if like > best:
            stop = stop if len(wanted) == len(head) else start + len(wanted)
            best, best_place = like, (window_from + start, window_from + stop)
    return _whole_words(text, *best_place) if best_place and best >= _LIKE else None


def _lower(text: str) -> str:
    """Return the text in lower case where that keeps every position, else as it is."""
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else text


def _slack(length: int) -> int:
    return length // 4 + 10


def _proposals(text: str, quote: str) -> list[int]:
    """Return where in the text the quote may begin, the likeliest first."""
    offsets: dict[str, int] = {}
    for match in _TOKEN.finditer(quote):
        offsets.setdefault(match.group(), match.start())
    longest = sorted(offsets, key=len, reverse=True)[:_LOOKED_UP]
    known = {w: offsets[w] for w in longest if w in text}
    if len(known) < 3:
        known |= _halves({w: offsets[w] for w in longest if w not in known}, text)
    rarest = sorted(known, key=text.count)[:_WORDS]
    begins = [np.array(_positions(text, w), np.int64) - known[w] for w in rarest]
    weights = [np.full(len(b), 1 / len(b)) for b in begins]
    return _likeliest(np.concatenate(begins), np.concatenate(weights), len(quote)) if begins else []


def _halves(words: dict[str, int], text: str) -> dict[str, int]:
    """Return beginnings and ends of words that the text does not have: a slip of the pen."""
    out: dict[str, int] = {}
    for word, offset in words.items():
        half = len(word) // 2
        if half >= 2:
            out |= {word[:half]: offset, word[half:]: offset + half}
    return {w: offset for w, offset in out.items() if w in text}


def _positions(text: str, word: str) -> list[int]:
    found: list[int] = []
    at = text.find(word)
    while at >= 0 and len(found) < _POSITIONS:
        found.append(at)
        at = text.find(word, at + 1)
    return found


def _likeliest(begins: NDArray[np.int64], weights: NDArray[np.float64], length: int) -> list[int]:
    """Return the beginnings on which most words agree, one for each neighbourhood.

    A word weighs the less the more often it stands in the text.
    """
    order = np.argsort(begins)
    begins, total = begins[order], np.concatenate([[0.0], np.cumsum(weights[order])])
    slack = _slack(min(length, _COMPARED))
    votes = total[np.searchsorted(begins, begins + slack, "right")] - total[:-1]
    most = max(_BUDGET // (min(length, _COMPARED) + 2 * slack), 5)
    chosen: dict[int, int] = {}
    for index in np.argsort(-votes, kind="stable"):
        begin = int(begins[index])
        chosen.setdefault(begin // slack, begin)
        if len(chosen) == most:
            break
    return [max(begin, 0) for begin in chosen.values()]


def _aligned(matcher: "SequenceMatcher[str]", length: int) -> tuple[float, int, int]:
    """Return likeness (0 to 1), start and stop of the quote's head in a window."""
    least = 3 if length >= 8 else 2
    blocks = [b for b in matcher.get_matching_blocks() if b.size >= least]
    if not blocks:
        return 0.0, 0, 0
    longest = max(blocks, key=lambda b: b.size)
    near = [b for b in blocks if abs((b.a - b.b) - (longest.a - longest.b)) <= _slack(length)]
    first, last = near[0], near[-1]
    stop = last.a + last.size + length - (last.b + last.size)
    return sum(b.size for b in near) / length, max(first.a - first.b, 0), stop


def _whole_words(text: str, start: int, stop: int, most: int = 30) -> tuple[int, int]:
    """Widen a place to the borders of its words, and drop white space at its ends."""
    stop = min(stop, len(text))
    low, high = max(start - most, 0), stop + most
    start -= len(_tail(text[low:start])) if text[start : start + 1].isalnum() else 0
    stop += len(_head(text[stop:high])) if text[stop - 1 : stop].isalnum() else 0
    cut = text[start:stop]
    return start + len(cut) - len(cut.lstrip()), start + len(cut.rstrip())


def _tail(text: str) -> str:
    found = re.search(r"[^\W_]*+\Z", text)
    return found.group() if found else ""


def _head(text: str) -> str:
    found = _TOKEN.match(text)
    return found.group() if found else ""
