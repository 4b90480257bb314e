"""Words of a quotation, compared with those of a text without their white space."""

Segment = tuple[int, int]


def letters(text: str) -> str:
    """Return a text without white space and byte order marks.

    Tools write the end of a line in a quotation in ways of their own.
    """
    return "".join(text.replace("\ufeff", "").split())


def places(text: str, quote: str, most: int) -> list[Segment]:
    """Return where a quote stands in a text, white space aside, up to so many places.

    >>> places("I  waited.\\nYes.", "waited. Yes", 2), places("no no", "no", 2)
    ([(3, 14)], [(0, 2), (3, 5)])
    """
    wanted = letters(quote)
    at = [n for n, letter in enumerate(text) if not (letter.isspace() or letter == "\ufeff")]
    flat = "".join(text[n] for n in at)
    found: list[Segment] = []
    start = flat.find(wanted) if wanted else -1
    while start >= 0 and len(found) < most:
        found.append((at[start], at[start + len(wanted) - 1] + 1))
        start = flat.find(wanted, start + 1)
    return found
