"""Steps between two framework versions that nobody told, proposed from what both say.

What has the same id is the same; else what is called alike; else what is most alike in name
or definition. A person decides which of these hold; what is left was added or retired.
"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from workbench.model.framework import FrameworkVersion, Step, Thing
from workbench.stages.framework.diff import by_names
from workbench.stages.framework.retelling import By, retold
from workbench.stages.framework.sides import THINGS, Node, nodes

Confidence = Literal["certain", "likely", "possible"]

_LIKELY, _POSSIBLE = 0.85, 0.6
_WORDS = 5
"""A definition of fewer words is too short to be told by."""


class Match(NamedTuple):
    """One category or code of the first version that may be one of the second, and why."""

    thing: Thing
    before: str
    after: str
    confidence: Confidence
    because: str


def matches(old: FrameworkVersion, new: FrameworkVersion) -> list[Match]:
    """Return what of one version may be what of another, each at most once, in old order.

    *certain* is the same id, *likely* the same name or at least 85 % alike, *possible* at
    least 60 %; how much is alike is difflib's ratio of letters, of the names or of the
    definitions, whichever is higher.
    """
    return [match for thing in THINGS for match in _of(thing, old, new)]


def _of(thing: Thing, old: FrameworkVersion, new: FrameworkVersion) -> list[Match]:
    olds, news = nodes(old, thing), nodes(new, thing)
    found = {i: Match(thing, i, i, "certain", "the same id") for i in olds if i in news}
    taken = set(found)
    for a, b in sorted(by_names(old, new)[thing]):
        if a not in found and b not in taken:
            found[a] = Match(thing, a, b, "likely", "the same name")
            taken.add(b)
    alike = [
        (-share, n, m, a, b, because)
        for n, a in enumerate(olds)
        if a not in found
        for m, b in enumerate(news)
        if b not in taken
        for share, because in [_alike(olds[a], news[b])]
        if share >= _POSSIBLE
    ]
    for share, _, _, a, b, because in sorted(alike):
        if a not in found and b not in taken:
            sure: Confidence = "likely" if -share >= _LIKELY else "possible"
            found[a] = Match(thing, a, b, sure, because)
            taken.add(b)
    return [found[a] for a in olds if a in found]


def _alike(old: Node, new: Node) -> tuple[float, str]:
    """Return how much of two is alike, at most 1, and what of them."""
    shares = [(_share(old.name, new.name), "name")]
    if min(len(old.definition.split()), len(new.definition.split())) >= _WORDS:
        shares.append((_share(old.definition, new.definition), "definition"))
    share, what = max(shares)
    return share, f"the {what} is {int(share * 100)} % alike"


def _share(one: str, other: str) -> float:
    told = SequenceMatcher(None, one.casefold(), other.casefold(), autojunk=False)
    return 0.0 if told.quick_ratio() < _POSSIBLE else told.ratio()


def steps(
    old: FrameworkVersion,
    new: FrameworkVersion,
    same: Sequence[tuple[Thing, str, str]],
    by: By,
) -> tuple[Step, ...]:
    """Return the steps from one version to another, given who of the one is whom of the other.

    One who became one under another id is told as a merge of one; several that became one
    as a merge, one that became several as a split. What nobody is the same as was added or
    retired. Whether they give exactly the second version, `steps.apply` tells.
    """
    told: list[Step] = []
    for thing in THINGS:
        pairs = list(dict.fromkeys((a, b) for kind, a, b in same if kind == thing))
        comes = {b: tuple(a for a, c in pairs if c == b) for _, b in pairs}
        leads = {a: tuple(b for c, b in pairs if c == a) for a, _ in pairs}
        for after, before in comes.items():
            if before != (after,) and all(len(leads[a]) == 1 for a in before):
                told.append(by.step("merge", thing, before, (after,)))
        for one, ends in leads.items():
            if len(ends) > 1:
                told.append(by.step("split", thing, (one,), ends))
    return retold(old, told, new, by)
