"""What becomes of the codings of one framework version when they are seen under another.

The way between two versions goes up from the first to the version that both come from,
with the steps seen backwards, and down to the second. A code that leads to one code takes
its codings along. Where it leads to several (a split, or a merge seen backwards) or to
none (retired, or added later and seen backwards), a person decides coding by coding.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Literal, NamedTuple

from workbench.model.framework import Code, FrameworkVersion, definition_hash
from workbench.stages.framework.diff import by_steps, turned

Kind = Literal["carried", "choose", "gone"]


class Hop(NamedTuple):
    """One piece of the way: from a version to the next, with who of it is whom there."""

    here: FrameworkVersion
    there: FrameworkVersion
    pairs: frozenset[tuple[str, str]]
    """Ids of codes."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of the codings of one code."""

    kind: Kind
    to: tuple[str, ...]
    """Ids of the codes that it leads to, in the order of the second version."""
    redefined: bool = False
    """Whether its one code says something else, so that its codings must be looked at again."""
    merged: bool = False
    """Whether others lead to the same code."""


def hops(
    to_first: Sequence[FrameworkVersion], to_second: Sequence[FrameworkVersion]
) -> tuple[Hop, ...]:
    """Return the way from one version up to a third that both come from, and down to another.

    Both chains begin with that third; one of a single version means that it is the third
    itself.
    """
    up = [
        Hop(child, parent, frozenset(turned(by_steps((parent, child)))["code"]))
        for parent, child in pairwise(to_first)
    ]
    down = [Hop(*two, frozenset(by_steps(two)["code"])) for two in pairwise(to_second)]
    return (*reversed(up), *down)


def fates(way: Sequence[Hop]) -> dict[str, Fate]:
    """Return for each code of the first version what becomes of its codings in the last.

    Its codings must be looked at again where the definition, the use when or the not when
    of its one code is another, unless that is only what a merge says of all that it joins.
    """
    first, last = way[0].here, way[-1].there
    olds, news = _codes(first), _codes(last)
    reached = _reached(way)
    comes = Counter(end for ends in reached.values() for end in ends)
    found: dict[str, Fate] = {}
    for one, ends in reached.items():
        to = tuple(i for i in news if i in ends)
        if len(to) != 1:
            found[one] = Fate("choose" if to else "gone", to)
            continue
        merged = comes[to[0]] > 1
        differs = _rules(olds[one]) != _rules(news[to[0]])
        found[one] = Fate("carried", to, differs and (not merged or ends[to[0]]), merged)
    return found


def _reached(way: Sequence[Hop]) -> dict[str, dict[str, bool]]:
    """Return code → the codes it leads to, each with whether it was redefined on the way."""
    reached = {one: {one: False} for one in _codes(way[0].here)}
    for hop in way:
        here, there = _codes(hop.here), _codes(hop.there)
        leads, comes = defaultdict[str, list[str]](list), Counter(b for _, b in hop.pairs)
        for a, b in sorted(hop.pairs):
            leads[a].append(b)
        anew = {
            (a, b): len(leads[a]) == comes[b] == 1 and _rules(here[a]) != _rules(there[b])
            for a, b in hop.pairs
        }
        reached = {
            one: _gathered(
                (b, redefined or anew[a, b]) for a, redefined in ends.items() for b in leads[a]
            )
            for one, ends in reached.items()
        }
    return reached


def _gathered(ends: Iterable[tuple[str, bool]]) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for end, redefined in ends:
        found[end] = found.get(end, False) or redefined
    return found


def _rules(code: Code) -> str:
    return definition_hash(asdict(code))


def _codes(version: FrameworkVersion) -> dict[str, Code]:
    return {code.code_id: code for code in version.codes}
