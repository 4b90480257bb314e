"""Which transcripts are drawn for a round: at random, and the same for everybody who asks."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from hashlib import sha256
from math import ceil


def how_many(share: float, of: int) -> int:
    """Return the fewest transcripts that are at least a share of them all.

    >>> how_many(0.2, 15), how_many(0.2, 16), how_many(0.01, 16)
    (3, 4, 1)
    """
    return ceil(Fraction(str(share)) * of)


def drawn(strata: Mapping[str, str], number: int, seed: int) -> list[str]:
    """Return so many of the keys of `strata` (transcript → its stratum), in their order there.

    Within a stratum those come first whose SHA-256 of “SEED NAME” is the smallest, so that
    a draw can be made again with any program, and does not hang on the order of the rows. Each
    next one is of the stratum of which the smallest share is drawn so far; of equals, of the
    largest, then of the first by name.

    >>> drawn({"a": "old", "b": "old", "c": "old", "d": "new"}, 2, seed=1)
    ['c', 'd']
    """
    waiting: dict[str, list[str]] = {}
    for name, stratum in strata.items():
        waiting.setdefault(stratum, []).append(name)
    for names in waiting.values():
        names.sort(key=lambda name: _lot(name, seed), reverse=True)
    size = {stratum: len(names) for stratum, names in waiting.items()}
    taken: set[str] = set()
    for _ in range(min(number, len(strata))):
        left = [s for s in waiting if waiting[s]]
        stratum = min(left, key=lambda s: (1 - Fraction(len(waiting[s]), size[s]), -size[s], s))
        taken.add(waiting[stratum].pop())
    return [name for name in strata if name in taken]


def _lot(name: str, seed: int) -> str:
    return sha256(f"{seed} {name}".encode()).hexdigest()


def strata(values: Sequence[tuple[str, str]], names: Sequence[str]) -> dict[str, str]:
    """Return the stratum of each transcript: the values that its cases have, in order.

    `values` are pairs of a transcript and a value; one without a value has an empty stratum.

    >>> strata([("b", "rural"), ("b", "city"), ("b", "city")], ["a", "b"])
    {'a': '', 'b': 'city; rural'}
    """
    held: dict[str, set[str]] = {}
    for name, value in values:
        held.setdefault(name, set()).add(value)
    return {name: "; ".join(sorted(held.get(name, ()))) for name in names}
