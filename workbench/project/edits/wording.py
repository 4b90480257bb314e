"""How the sentences of the history and of refusals name what they are about."""


def short(text: str, most: int = 40) -> str:
    """Return words on one line, cut where they are many, so that a sentence can hold them.

    >>> short("a\\n b"), short("abcdef", 4)
    ('a b', 'abc…')
    """
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
