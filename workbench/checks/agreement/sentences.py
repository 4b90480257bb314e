"""Where sentences stand in a text."""

import re
from collections.abc import Iterable

_CLOSED = r"[\"'”’»)\]]*+"
_SENTENCE = re.compile(
    rf"\S[^.!?…\n]*+(?:[.!?…]++(?!{_CLOSED}(?:\s|\Z))[^.!?…\n]*+)*+[.!?…]*+{_CLOSED}"
)


def sentences(text: str, within: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return start and stop of each sentence in some stretches of a text, by place.

    A sentence ends after . ! ? or … and what closes a quotation, before white space, or
    with its line. An abbreviation with a full stop ends one too: for two coders alike.

    >>> sentences("P: Yes. “No!” she said\\nGo", [(3, 25)])
    [(3, 7), (8, 13), (14, 22), (23, 25)]
    """
    return [
        _trimmed(text, *found.span())
        for start, stop in within
        for found in _SENTENCE.finditer(text, start, stop)
    ]


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the ends of a stretch without white space at its end."""
    if text[stop - 1].isspace():
        return start, start + len(text[start:stop].rstrip())
    return start, stop
