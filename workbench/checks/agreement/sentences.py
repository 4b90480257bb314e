"""Where sentences stand in a text."""

import re
from collections.abc import Iterable

_SENTENCE = re.compile(r"\S[^\n]*?(?:[.!?…]+[\"'”’»)\]]*(?=\s|\Z)|(?=\s*(?:\n|\Z)))")


def sentences(text: str, within: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return start and stop of each sentence in some stretches of a text, by place.

    A sentence ends after . ! ? or … and what closes a quotation, before white space, or
    with its line. An abbreviation with a full stop ends one too: for two coders alike.

    >>> sentences("P: Yes. “No!” she said\\nGo", [(3, 25)])
    [(3, 7), (8, 13), (14, 22), (23, 25)]
    """
    return [
        found.span() for start, stop in within for found in _SENTENCE.finditer(text, start, stop)
    ]
