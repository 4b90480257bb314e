"""The way from one framework version to the next: whether its steps give exactly the child.

Steps say which codes and categories of the parent became which of the child; what these
say now (name, definition …) stands in the child. So to *apply* steps is to hold what they
claim against what stands in both versions (law 3). The rules:

* what the parent has leaves by one merge, split or retire, or is in the child; what the
  child has comes by one add, merge or split, or was in the parent. Codes that mix (one
  goes into two that take from others too) take two versions: split first, then merge;
* what comes by a merge or split is as the child says, and no further step tells of it,
  even where it keeps the id of one that went into it;
* for what stays, another name is a rename; another definition, use when, not when,
  example or origin is a redefine; another heading is a move. Who stays with a heading
  that was merged or split has not moved, nor has a code below a code that moved;
* a reorder says that a code or category changed places with those that stay beside it,
  or has another number though nothing around it came, went or moved. Numbers follow
  places: no step is needed for numbers that change because neighbours do;
* colours are for the eye and change freely;
* a step that does nothing, or says again what another one says, is a problem too.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from workbench.model.framework import (
    STEP_KINDS,
    Category,
    Code,
    FrameworkVersion,
    Step,
    StepKind,
    Thing,
)

LEAVING: tuple[StepKind, ...] = ("merge", "split", "retire")
COMING: tuple[StepKind, ...] = ("add", "merge", "split")
STAYING: tuple[StepKind, ...] = ("rename", "redefine", "move", "reorder")

_DEFINING = ("definition", "use_when", "not_when", "example", "origin")
_THINGS: tuple[Thing, ...] = ("category", "code")

Node = Category | Code
Heading = tuple[str | None, ...]
"""What a code (category, code) or a category (category) stands under."""


def apply(parent: FrameworkVersion, steps: Sequence[Step], child: FrameworkVersion) -> list[str]:
    """Return what is wrong with the claim that steps make the child of its parent.

    Each problem is a sentence; none means that the steps applied to the parent, with
    contents taken from the child, give exactly the child.

    >>> old = FrameworkVersion("w", "1", (), (Code("a", "1", "Near"), Code("b", "2", "Far")))
    >>> new = FrameworkVersion("w", "2", (), (Code("a", "1", "Close"),))
    >>> apply(old, [Step("rename", before=("a",), after=("a",))], new)
    ['The code “2 Far” of w@1 is gone, and no merge, split or retire says where to.']
    """
    numbered = list(enumerate(steps, 1))
    problems = [p for n, s in numbered for p in _misnamed(n, s)]
    known = [(n, s) for n, s in numbered if s.kind in STEP_KINDS and s.thing in _THINGS]
    leads = {thing: lineage([s for _, s in known], thing) for thing in _THINGS}
    for thing in _THINGS:
        told = tuple((n, s) for n, s in known if s.thing == thing)
        sides = _Sides(thing, parent, child, told, leads)
        problems += [*_ill_formed(sides), *_fates(sides), *_origins(sides), *_changes(sides)]
    return problems


def lineage(steps: Iterable[Step], thing: Thing = "code") -> dict[str, tuple[str, ...]]:
    """Return parent id → child ids for every code (or category) that steps tell of.

    What is retired leads nowhere. Who is not in it stayed as it was, under its own id.

    >>> lineage([Step("merge", before=("a", "b"), after=("c",)), Step("retire", before=("d",))])
    {'a': ('c',), 'b': ('c',), 'd': ()}
    """
    found: dict[str, tuple[str, ...]] = {}
    for step in steps:
        if step.thing == thing:
            for one in step.before:
                if step.kind in LEAVING:
                    found[one] = step.after
                else:
                    found.setdefault(one, (one,))
    return found


def _nodes(version: FrameworkVersion, thing: Thing) -> dict[str, Node]:
    if thing == "category":
        return {c.category_id: c for c in version.categories}
    return {c.code_id: c for c in version.codes}


def _name(node: Node) -> str:
    return f"{node.number} {node.name}".strip()


@dataclass(frozen=True)
class _Sides:
    """The categories, or the codes, of both versions and the numbered steps about them."""

    thing: Thing
    parent: FrameworkVersion
    child: FrameworkVersion
    steps: tuple[tuple[int, Step], ...]
    leads: Mapping[Thing, Mapping[str, tuple[str, ...]]]
    """Parent id → child ids by thing, as the steps have it."""

    @cached_property
    def before(self) -> dict[str, Node]:
        return _nodes(self.parent, self.thing)

    @cached_property
    def after(self) -> dict[str, Node]:
        return _nodes(self.child, self.thing)

    @cached_property
    def leaving(self) -> dict[str, list[int]]:
        """Parent ids that a step takes away, with the numbers of these steps."""
        told = ((n, i) for n, s in self.steps if s.kind in LEAVING for i in s.before)
        return _gathered(told)

    @cached_property
    def coming(self) -> dict[str, list[int]]:
        """Child ids that a step brings, with the numbers of these steps."""
        return _gathered((n, i) for n, s in self.steps if s.kind in COMING for i in s.after)

    @cached_property
    def kept(self) -> list[str]:
        """Ids of both versions in the order of the parent, but for what is made anew."""
        return [i for i in self.before if i in self.after and i not in self.coming]

    def said(self, kind: StepKind) -> dict[str, list[int]]:
        """Return the ids that steps of one kind tell of, with the numbers of the steps."""
        return _gathered((n, i) for n, s in self.steps if s.kind == kind for i in s.before)

    def name(self, one: str) -> str:
        """Return a code or category as a sentence names it."""
        node = self.after.get(one) or self.before.get(one)
        return (
            f"the {self.thing} “{_name(node)}”" if node else f"the {self.thing} with the id {one}"
        )


def _gathered(told: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, one in told:
        found[one].append(number)
    return found


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


# --- what a step may be ------------------------------------------------------------------


def _misnamed(number: int, step: Step) -> Iterator[str]:
    if step.kind not in STEP_KINDS:
        yield f"Step {number}: “{step.kind}” is not one of {', '.join(STEP_KINDS)}."
    if step.thing not in _THINGS:
        yield f"Step {number}: “{step.thing}” is neither code nor category."


def _ill_formed(sides: _Sides) -> Iterator[str]:
    """Yield what is wrong with single steps: how many ids they have, and of which side."""
    for number, step in sides.steps:
        here = f"Step {number} ({step.kind})"
        if not _FITS[step.kind](step):
            yield f"{here}: {_WANTS[step.kind].format(thing=sides.thing)}."
        for ids, own, other, version in (
            (step.before, sides.before, sides.after, sides.parent),
            (step.after, sides.after, sides.before, sides.child),
        ):
            for one, times in Counter(ids).items():
                if times > 1:
                    yield f"{here}: {sides.name(one)} stands there twice."
                if one not in own:
                    wrong = "" if one not in other else " (it is one of the other version)"
                    yield f"{here}: {sides.name(one)} is not in {version.reference}{wrong}."


_WANTS: dict[StepKind, str] = {
    "add": "it names what comes, and nothing of the parent",
    "retire": "it names what goes, and nothing that comes",
    "merge": "it makes one {thing} of others",
    "split": "it makes several of one {thing}",
    **dict.fromkeys(STAYING, "it names what stays, under the same id"),
}


def _stays(step: Step) -> bool:
    return bool(step.before) and step.before == step.after


_FITS: dict[StepKind, Callable[[Step], bool]] = {
    "add": lambda s: not s.before and bool(s.after),
    "retire": lambda s: bool(s.before) and not s.after,
    "merge": lambda s: len(s.after) == 1 and bool(set(s.before) - set(s.after)),
    "split": lambda s: len(s.before) == 1 and len(set(s.after)) > 1,
    **dict.fromkeys(STAYING, _stays),
}


# --- what goes and what comes ------------------------------------------------------------


def _fates(sides: _Sides) -> Iterator[str]:
    """Yield what is wrong with the ways on which what the parent has leaves."""
    for one in sides.before:
        ways = sides.leaving.get(one, [])
        if not ways and one not in sides.after:
            yield _sentence(
                f"{sides.name(one)} of {sides.parent.reference} is gone, and no merge, split "
                "or retire says where to"
            )
        if len(set(ways)) > 1:
            yield _sentence(f"{sides.name(one)} leaves by several steps ({_numbers(ways)})")
    for number, step in sides.steps:
        for one in step.before if step.kind in LEAVING else ():
            if one in sides.after and one not in step.after:
                yield (
                    f"Step {number} ({step.kind}): {sides.name(one)} is still in "
                    f"{sides.child.reference}."
                )


def _origins(sides: _Sides) -> Iterator[str]:
    """Yield what is wrong with the ways on which what the child has came."""
    for one in sides.after:
        ways = sides.coming.get(one, [])
        if not ways and one not in sides.before:
            yield _sentence(
                f"{sides.name(one)} of {sides.child.reference} is new, and no add, merge or "
                "split says where from"
            )
        if len(set(ways)) > 1:
            yield _sentence(f"{sides.name(one)} comes by several steps ({_numbers(ways)})")
    for number, step in sides.steps:
        for one in step.after if step.kind in COMING else ():
            if one in sides.before and one not in step.before:
                yield (
                    f"Step {number} ({step.kind}): {sides.name(one)} was in "
                    f"{sides.parent.reference} already."
                )


def _numbers(ways: Iterable[int]) -> str:
    return ", ".join(str(n) for n in sorted(set(ways)))


# --- what stays and changes --------------------------------------------------------------


def _changes(sides: _Sides) -> Iterator[str]:
    """Yield changes of what stays that no step tells, and steps that tell of none."""
    changed: dict[StepKind, dict[str, str]] = {
        "rename": _renamed(sides),
        "redefine": _redefined(sides),
        "move": _moved(sides),
    }
    changed["reorder"] = _reordered(sides, changed["move"])
    for kind in STAYING:
        said = sides.said(kind)
        for one, what in changed[kind].items():
            if one not in said:
                yield _sentence(f"{sides.name(one)} {what}, and no {kind} says so")
        for one, numbers in said.items():
            if len(set(numbers)) > 1:
                yield _sentence(f"{sides.name(one)} has more than one {kind} ({_numbers(numbers)})")
            if one not in changed[kind] and one in sides.before and one in sides.after:
                yield f"Step {numbers[0]} ({kind}): {_needless(sides, one, kind)}."


def _needless(sides: _Sides, one: str, kind: StepKind) -> str:
    if one in sides.coming:
        ways = _numbers(sides.coming[one])
        return f"{sides.name(one)} comes by step {ways}, which tells all of it"
    return f"{sides.name(one)} {_SAME[kind]}, so this does nothing"


_SAME: dict[StepKind, str] = {
    "rename": "has the same name in both versions",
    "redefine": "has the same definition, use when, not when, example and origin in both",
    "move": "stands under the same heading in both versions",
    "reorder": "has not changed places with those that stay beside it, as the other steps tell it",
}


def _renamed(sides: _Sides) -> dict[str, str]:
    return {
        one: f"was “{sides.before[one].name}” in {sides.parent.reference}"
        for one in sides.kept
        if sides.before[one].name != sides.after[one].name
    }


def _redefined(sides: _Sides) -> dict[str, str]:
    found = {}
    for one in sides.kept:
        old, new = sides.before[one], sides.after[one]
        fields = [f for f in _DEFINING if getattr(old, f, None) != getattr(new, f, None)]
        if fields:
            found[one] = f"has another {', '.join(fields).replace('_', ' ')}"
    return found


def _moved(sides: _Sides) -> dict[str, str]:
    """Return who stands under another heading than the one its old heading became."""
    old, new = _headings(sides.parent, sides.thing), _headings(sides.child, sides.thing)
    return {
        one: "stands under another heading"
        for one in sides.kept
        if new[one] not in _became(old[one], sides)
    }


def _headings(version: FrameworkVersion, thing: Thing) -> dict[str, Heading]:
    """Return what each code or category stands under; a code below a code, under that alone."""
    if thing == "category":
        return {c.category_id: (c.parent_id,) for c in version.categories}
    category_of = {c.code_id: c.category_id for c in version.codes}
    return {
        c.code_id: (
            None if category_of.get(c.parent_id or "", "") == c.category_id else c.category_id,
            c.parent_id,
        )
        for c in version.codes
    }


def _became(heading: Heading, sides: _Sides) -> set[Heading]:
    """Return the headings of the child that a heading of the parent became."""
    found: set[Heading] = {()}
    for thing, one in zip(_THINGS, heading, strict=False):
        ways = (None,) if one is None else sides.leads[thing].get(one, (one,))
        found = {(*made, way) for made in found for way in ways}
    return found


def _reordered(sides: _Sides, moved: Mapping[str, str]) -> dict[str, str]:
    """Return who needs a reorder, given those that have one: by place, or by number alone."""
    old, new = _headings(sides.parent, sides.thing), _headings(sides.child, sides.thing)
    beside: dict[tuple[Heading, Heading], list[str]] = defaultdict(list)
    for one in sides.kept:
        if one not in moved:
            beside[old[one], new[one]].append(one)
    was = {one: n for n, one in enumerate(sides.before)}
    place = {one: n for n, one in enumerate(sides.after)}
    said, found = sides.said("reorder"), _renumbered(sides, moved)
    for staying in beside.values():
        still = [one for one in staying if one not in said]
        unsaid = {b: a for a, b in pairwise(still) if place[a] > place[b]}
        found |= {b: f"stands before “{_name(sides.after[a])}” now" for b, a in unsaid.items()}
        for one in (s for s in staying if s in said and s not in found):
            at = bisect(still, was[one], key=was.__getitem__)
            around = [*still[max(at - 1, 0) : at], one, *still[at : at + 1]]
            if any(place[a] > place[b] for a, b in pairwise(around)):
                found[one] = "changed places"
            else:
                still.insert(at, one)
    return found


def _renumbered(sides: _Sides, moved: Mapping[str, str]) -> dict[str, str]:
    """Return who has another number though nothing around it changed."""
    old, new = _headings(sides.parent, sides.thing), _headings(sides.child, sides.thing)
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
    for thing, one in zip(_THINGS, heading, strict=False):
        if one is not None:
            return thing, one
    return None


def _surroundings(version: FrameworkVersion) -> dict[tuple[Thing, str] | None, list[str]]:
    """Return for each heading its own number and, in order, the ids of what stands under it."""
    found: dict[tuple[Thing, str] | None, list[str]] = defaultdict(list)
    for thing in _THINGS:
        nodes = _nodes(version, thing)
        for one, heading in _headings(version, thing).items():
            found[_under(heading)].append(one)
        for one, node in nodes.items():
            found[thing, one].insert(0, node.number)
    return found
