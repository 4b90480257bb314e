"""Quotes: where a quotation stands in a text, exactly (law 1).

White space is the only thing that may differ: a run of it in the quote matches any
run of it in the text, because a file written by hand cannot keep line breaks. Any
other difference is an error that names the nearest place and what differs there.
"""

import re
import unicodedata
from bisect import bisect_right
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate

from workbench.errors import BadValue, QuoteNotFound, QuoteNotUnique

_RUN = re.compile(r"\s{2,}|[^\S ]")
"""White space that is more, or other, than one blank."""
_WORK, _MOST_WORDS = 10_000_000, 2_000
"""Characters of places listed, and words compared, before an error has said enough."""


def locate(
    text: str, quote: str, before: str = "", after: str = "", transcript: str = "the transcript"
) -> tuple[int, int]:
    r"""Return start and stop of the only place where the quote stands.

    `before` and `after` are a few of the characters around it, to tell one place from
    another. White space at the ends of the three does not count. `transcript` is the
    name that an error gives the text.

    Raises:
        BadValue: the quote is empty.
        QuoteNotFound: it is not there; the error names the nearest place.
        QuoteNotUnique: it is there more than once; the error lists the places.

    >>> locate("I waited.\nWaited a year.", "waited. Waited")
    (2, 16)
    """
    if not quote.strip():
        raise BadValue("A quote", quote, "the words of the transcript")
    found = _places(text, quote, before, after)
    if len(found) == 1:
        return found[0]
    if found:
        raise QuoteNotUnique(transcript, quote, [start for start, _ in found])
    raise _not_found(text, " ".join(p for p in (before, quote, after) if p.strip()), transcript)


def _places(text: str, quote: str, before: str, after: str) -> list[tuple[int, int]]:
    """Return every place of the quote, those that lie over one another too."""
    flat, ends, shifts = _flat(text)
    wanted, lead, trail = (" ".join(p.split()) for p in (quote, before, after))
    most = max(_WORK // len(wanted), 2)
    found: list[int] = []
    at = flat.find(wanted)
    while at >= 0 and len(found) < most:
        stop = at + len(wanted)
        led = flat[max(at - len(lead) - 1, 0) : at].rstrip().endswith(lead)
        if led and flat[stop : stop + len(trail) + 1].lstrip().startswith(trail):
            found.append(at)
        at = flat.find(wanted, at + 1)

    def place(flat_at: int) -> int:
        return flat_at + shifts[bisect_right(ends, flat_at)]

    return [(place(first), place(first + len(wanted) - 1) + 1) for first in found]


@lru_cache(maxsize=2)
def _flat(text: str) -> tuple[str, list[int], list[int]]:
    """Return the text with single blanks, and what leads back to its positions.

    That is: where each shortened run of white space ends in the result, and by how
    much the positions from the n-th end on are too small. Kept for the next quote
    from the same text.
    """
    runs = [m.span() for m in _RUN.finditer(text)]
    shifts = list(accumulate((stop - start - 1 for start, stop in runs), initial=0))
    ends = [start + 1 - shift for (start, _), shift in zip(runs, shifts[:-1], strict=True)]
    return _RUN.sub(" ", text), ends, shifts


def _not_found(text: str, wanted: str, transcript: str) -> QuoteNotFound:
    from workbench.stages.indexing import nearest  # with NumPy, which only errors need

    place = nearest.place(text, wanted)
    if place is None:
        return QuoteNotFound(transcript, wanted)
    there = text[slice(*place)]
    return QuoteNotFound(transcript, wanted, there, place[0], _difference(wanted, there))


def _difference(quote: str, there: str) -> str:
    """Say the first difference between a quote and the text nearest to it.

    >>> print(_difference("I don't know", "I don’t know"))
    the text has “don’t” where the quote has “don't”
    """
    ours, theirs = quote.split()[:_MOST_WORDS], there.split()[:_MOST_WORDS]
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        mine, its = _few(ours[a:b]), _few(theirs[c:d])
        if kind == "delete":
            return f"the quote has also “{mine}”"
        if kind == "insert":
            return f"the text has also “{its}”"
        if kind == "replace":
            same = unicodedata.normalize("NFC", mine) == unicodedata.normalize("NFC", its)
            why = " (the same letters, made of other Unicode signs)" if same else ""
            return f"the text has “{its}” where the quote has “{mine}”{why}"
    return ""


def _few(words: list[str], most: int = 6) -> str:
    return " ".join(words[:most]) + ("…" if len(words) > most else "")
