"""What stays from one framework version to the next, and in which ways it changed."""

from bisect import bisect
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import pairwise

from workbench.model.framework import FrameworkVersion, StepKind, Thing
from workbench.stages.framework.sides import THINGS, Heading, Sides, headings, nodes, shown

DEFINING = ("definition", "use_when", "not_when", "example", "origin")


def changes(sides: Sides) -> dict[StepKind, dict[str, str]]:
    """Return for each kind of step who needs one, with what a sentence says of it."""
    gone = moved(sides)
    return {
        "rename": renamed(sides),
        "redefine": redefined(sides),
        "move": gone,
        "reorder": reordered(sides, gone),
    }


def renamed(sides: Sides) -> dict[str, str]:
    """Return who has another name, and which it had."""
    return {
        one: f"was “{sides.before[one].name}” in {sides.parent.reference}"
        for one in sides.kept
        if sides.before[one].name != sides.after[one].name
    }


def redefined(sides: Sides) -> dict[str, str]:
    """Return who has another definition, use when, not when, example or origin."""
    found = {}
    for one in sides.kept:
        old, new = sides.before[one], sides.after[one]
        fields = [f for f in DEFINING if getattr(old, f, None) != getattr(new, f, None)]
        if fields:
            found[one] = f"has another {', '.join(fields).replace('_', ' ')}"
    return found


def moved(sides: Sides) -> dict[str, str]:
    """Return who stands under another heading than the one its old heading became."""
    old, new = headings(sides.parent, sides.thing), headings(sides.child, sides.thing)
    return {
        one: "stands under another heading"
        for one in sides.kept
        if new[one] not in _became(old[one], sides)
    }


def _became(heading: Heading, sides: Sides) -> set[Heading]:
    """Return the headings of the child that a heading of the parent became."""
    found: set[Heading] = {()}
    for thing, one in zip(THINGS, heading, strict=False):
        ways = (None,) if one is None else sides.leads[thing].get(one, (one,))
        found = {(*made, way) for made in found for way in ways}
    return found


def reordered(sides: Sides, moved: Mapping[str, str]) -> dict[str, str]:
    """Return who needs a reorder, given those that have one: by place, or by number alone."""
    place = {one: n for n, one in enumerate(sides.after)}
    said, found = sides.said("reorder"), _renumbered(sides, moved)
    for staying in _staying_beside(sides, moved):
        still = [one for one in staying if one not in said]
        unsaid = {b: a for a, b in pairwise(still) if place[a] > place[b]}
        found |= {b: f"stands before “{shown(sides.after[a])}” now" for b, a in unsaid.items()}
        doubtful = [one for one in staying if one in said and one not in found]
        found |= dict.fromkeys(_out_of_place(doubtful, still, sides), "changed places")
    return found


def reordering(sides: Sides, said: Collection[str]) -> list[str]:
    """Return who is to have a reorder, so that `reordered` misses none and finds none needless.

    Those whom somebody `said` to have changed places have one where they did; of the
    others as few as can be.
    """
    gone = moved(sides)
    found = list(_renumbered(sides, gone))
    for staying in _staying_beside(sides, gone):
        firm = [one for one in staying if one not in said and one not in found]
        still = _longest_in_order(firm, sides)
        doubtful = [one for one in staying if one not in still and one not in found]
        found += _out_of_place(doubtful, still, sides)
    return found


def _staying_beside(sides: Sides, moved: Mapping[str, str]) -> list[list[str]]:
    """Return, in the order of the parent, those who stayed beside one another."""
    old, new = headings(sides.parent, sides.thing), headings(sides.child, sides.thing)
    beside: dict[tuple[Heading, Heading], list[str]] = defaultdict(list)
    for one in sides.kept:
        if one not in moved:
            beside[old[one], new[one]].append(one)
    return list(beside.values())


def _out_of_place(doubtful: Sequence[str], still: Sequence[str], sides: Sides) -> list[str]:
    """Return those who do not stand where they stood among those who are still in order."""
    was = {one: n for n, one in enumerate(sides.before)}
    place = {one: n for n, one in enumerate(sides.after)}
    found, held = [], list(still)
    for one in doubtful:
        at = bisect(held, was[one], key=was.__getitem__)
        around = [*held[max(at - 1, 0) : at], one, *held[at : at + 1]]
        if any(place[a] > place[b] for a, b in pairwise(around)):
            found.append(one)
        else:
            held.insert(at, one)
    return found


def _longest_in_order(ids: Sequence[str], sides: Sides) -> list[str]:
    """Return as many as can be, in the order of the parent, that are in the child's too."""
    place = {one: n for n, one in enumerate(sides.after)}
    ends: list[str] = []  # the last of the best chain of each length
    before: dict[str, str | None] = {}
    for one in ids:
        at = bisect(ends, place[one], key=place.__getitem__)
        before[one] = ends[at - 1] if at else None
        ends[at : at + 1] = [one]
    chain, last = list[str](), ends[-1] if ends else None
    while last is not None:
        chain.append(last)
        last = before[last]
    return chain[::-1]


def _renumbered(sides: Sides, moved: Mapping[str, str]) -> dict[str, str]:
    """Return who has another number though nothing around it changed."""
    old, new = headings(sides.parent, sides.thing), headings(sides.child, sides.thing)
    around_old, around_new = _surroundings(sides.parent), _surroundings(sides.child)
    return {
        one: f"had the number “{sides.before[one].number}”"
        for one in sides.kept
        if one not in moved
        and sides.before[one].number != sides.after[one].number
        and around_old.get(_under(old[one])) == around_new.get(_under(new[one]))
    }


def _under(heading: Heading) -> tuple[Thing, str] | None:
    """Return the one thing that a heading is; None for the top."""
    for thing, one in zip(THINGS, heading, strict=False):
        if one is not None:
            return thing, one
    return None


def _surroundings(version: FrameworkVersion) -> dict[tuple[Thing, str] | None, list[str]]:
    """Return for each heading its own number and, in order, the ids of what stands under it."""
    found: dict[tuple[Thing, str] | None, list[str]] = defaultdict(list)
    for thing in THINGS:
        held = nodes(version, thing)
        for one, heading in headings(version, thing).items():
            found[_under(heading)].append(one)
        for one, node in held.items():
            found[thing, one].insert(0, node.number)
    return found
