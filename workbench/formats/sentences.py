"""Counts as sentences for an import report."""

from collections.abc import Mapping


def number_of(number: int, what: str) -> str:
    """Return a number with its noun.

    >>> number_of(1, "footnote"), number_of(2, "list number or bullet"), number_of(2, "text box")
    ('1 footnote', '2 list numbers or bullets', '2 text boxes')
    """
    if number == 1:
        return f"1 {what}"
    return f"{number:,} " + " or ".join(_plural(noun) for noun in what.split(" or "))


def _plural(noun: str) -> str:
    first, of, rest = noun.partition(" of ")
    return first + ("es" if first.endswith(("ch", "s", "x")) else "s") + of + rest


def counted(left_out: Mapping[str, int]) -> tuple[str, ...]:
    """Return one sentence for each kind of thing that was left out.

    >>> counted({"comment": 2, "footnote": 0})
    ('2 comments left out.',)
    """
    return tuple(f"{number_of(n, what)} left out." for what, n in left_out.items() if n)
