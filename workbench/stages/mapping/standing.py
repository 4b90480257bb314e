"""What stands below each node of a ladder, in plain values, for a page that asks at every step.

The same figures as `ladder.support` and the same findings as `ladder.unused`, without
frames: making those takes longer than the sums.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple


class Standing(NamedTuple):
    """What one node rests on; comments feed it and speak for no case.

    `alone` is a node under nothing that is not on the ladder's highest level in use.
    """

    cases: frozenset[str]
    statements: frozenset[str]
    alone: bool

    @property
    def bare(self) -> bool:
        """Whether no statement stands below the node."""
        return not self.statements


def below(
    parents: Mapping[str, Collection[str]], fed: Mapping[str, Collection[str]]
) -> dict[str, set[str]]:
    """Return, for each node, the statements that feed it or a node below it.

    `parents` has every node as a key, `fed` the statements that feed a node directly.

    >>> sorted(below({"a": ["b"], "b": []}, {"a": ["s1"], "b": ["s2"]})["b"])
    ['s1', 's2']
    """
    found: dict[str, set[str]] = {node: set() for node in parents}
    for node in parents:
        said = set(fed.get(node, ()))
        for over in _over(node, parents):
            found[over] |= said
    return found


def standings(
    levels: Mapping[str, int],
    parents: Mapping[str, Collection[str]],
    fed: Mapping[str, Collection[str]],
    case_of: Mapping[str, str],
) -> dict[str, Standing]:
    """Return the standing of every node that has a level.

    `case_of` has the summaries and verbatims that count, each with its case.
    """
    top = max(levels.values(), default=0)
    spoken = {node: [s for s in said if s in case_of] for node, said in below(parents, fed).items()}
    return {
        node: Standing(
            frozenset(case_of[s] for s in spoken[node]),
            frozenset(spoken[node]),
            not parents[node] and level < top,
        )
        for node, level in levels.items()
    }


def _over(node: str, parents: Mapping[str, Collection[str]]) -> Iterable[str]:
    """Return a node and all that stand over it, each once."""
    found, left = {node: None}, [node]
    while left:
        for parent in parents.get(left.pop(), ()):
            if parent not in found and parent in parents:
                found[parent] = None
                left.append(parent)
    return found
