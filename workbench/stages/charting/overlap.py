"""How far two versions of one cell rest on the same words."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from workbench.model.undefined import NOTHING_CITED

Place = tuple[str, int, int]
"""The transcript version that a coding stands in, and where it starts and stops."""


class Overlap(NamedTuple):
    """How far two sets of cited codings are the same; ids of codings, in order of first citing.

    `codings` is Jaccard's index of the ids: those that both cite, of those that either cites.
    `characters` is that of the characters which the cited codings cover, each character of a
    text counted once. Both go from 0 (nothing shared) to 1 (the same); None where neither
    cites anything, and `why` says so.
    """

    both: tuple[str, ...]
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    codings: float | None
    characters: float | None
    shared_characters: int
    all_characters: int
    why: str = ""


def overlap(first: Sequence[str], second: Sequence[str], places: Mapping[str, Place]) -> Overlap:
    """Return the overlap of what two versions of a cell cite; `places` has all these codings.

    Two who cite different codings of the same words share characters and no coding.

    Source: P. Jaccard (1912), New Phytologist 11:37-50.

    >>> places = {"a": ("t", 0, 10), "b": ("t", 5, 15), "c": ("u", 0, 5)}
    >>> one = overlap(["a"], ["b"], places)
    >>> one.codings, one.characters, one.shared_characters, one.all_characters
    (0.0, 0.3333333333333333, 5, 15)
    >>> overlap(["a", "c"], ["c"], places)[:4]
    (('c',), ('a',), (), 0.5)
    """
    first, second = list(dict.fromkeys(first)), list(dict.fromkeys(second))
    ids = (
        tuple(i for i in first if i in second),
        tuple(i for i in first if i not in second),
        tuple(i for i in second if i not in first),
    )
    either = sum(map(len, ids))
    if not either:
        return Overlap(*ids, None, None, 0, 0, NOTHING_CITED)
    one, other, together = (
        _covered([places[i] for i in some]) for some in (first, second, [*first, *second])
    )
    shared = one + other - together
    return Overlap(*ids, len(ids[0]) / either, shared / together, shared, together)


def _covered(places: Sequence[Place]) -> int:
    """Return how many characters some places cover, each counted once.

    >>> _covered([("t", 0, 4), ("t", 2, 6), ("u", 2, 3)])
    7
    """
    total, text, at = 0, "", 0
    for version, start, stop in sorted(places):
        if version != text:
            text, at = version, 0
        total += max(0, stop - max(start, at))
        at = max(at, stop)
    return total
