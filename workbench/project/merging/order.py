"""The order of a list that two copies have in two ways."""

from collections.abc import Sequence


def merged_order(
    base: Sequence[str], mine: Sequence[str], theirs: Sequence[str]
) -> tuple[str, ...] | None:
    """Return the ids of two lists in one order, or None where both reordered what both have.

    What only one side moved is as that side has it. What is new follows what it followed
    on its side; where two sides put something new at one place, the lower id goes first.

    >>> merged_order("abc", "abxc", "cab")
    ('c', 'a', 'b', 'x')
    >>> merged_order("ab", "abx", "aby")
    ('a', 'b', 'x', 'y')
    >>> merged_order("abc", "bac", "acb") is None
    True
    """
    shared = set(mine) & set(theirs)
    here, there = _only(mine, shared), _only(theirs, shared)
    then = _only(base, shared)
    if here == there or there == then:
        backbone = here
    elif here == then:
        backbone = there
    else:
        return None
    after_here, after_there = _after(mine, shared), _after(theirs, shared)
    found: list[str] = []
    for one in (None, *backbone):
        if one is not None:
            found.append(one)
        runs = sorted(run for run in (after_here.get(one), after_there.get(one)) if run)
        found += [new for run in runs for new in run]
    return tuple(found)


def _only(ids: Sequence[str], shared: set[str]) -> list[str]:
    return [i for i in ids if i in shared]


def _after(ids: Sequence[str], shared: set[str]) -> dict[str | None, list[str]]:
    """Return what both have (None: the beginning) → what one side alone has right after it."""
    found: dict[str | None, list[str]] = {}
    at: str | None = None
    for one in ids:
        if one in shared:
            at = one
        else:
            found.setdefault(at, []).append(one)
    return found


def places(order: Sequence[str], held: dict[str, int]) -> dict[str, int]:
    """Return the positions that keep an order, each as it was where that can be.

    >>> places(("a", "c", "b"), {"a": 1, "b": 2, "c": 3})
    {'a': 1, 'c': 3, 'b': 4}
    """
    found, last = {}, 0
    for one in order:
        last = max(held[one], last + 1)
        found[one] = last
    return found
