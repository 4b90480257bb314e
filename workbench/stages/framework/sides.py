"""Two framework versions side by side, with the steps that are told between them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from workbench.model.framework import Category, Code, FrameworkVersion, Step, StepKind, Thing

LEAVING: tuple[StepKind, ...] = ("merge", "split", "retire")
COMING: tuple[StepKind, ...] = ("add", "merge", "split")
STAYING: tuple[StepKind, ...] = ("rename", "redefine", "move", "reorder")
THINGS: tuple[Thing, ...] = ("category", "code")

Node = Category | Code
Heading = tuple[str | None, ...]
"""What a code (category, code) or a category (category) stands under."""


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


def nodes(version: FrameworkVersion, thing: Thing) -> dict[str, Node]:
    """Return the categories, or the codes, of a version by their ids, in its order."""
    if thing == "category":
        return {c.category_id: c for c in version.categories}
    return {c.code_id: c for c in version.codes}


def shown(node: Node) -> str:
    """Return the number and name of a category or code."""
    return f"{node.number} {node.name}".strip()


def headings(version: FrameworkVersion, thing: Thing) -> dict[str, Heading]:
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


@dataclass(frozen=True)
class Sides:
    """The categories, or the codes, of both versions and the numbered steps about them."""

    thing: Thing
    parent: FrameworkVersion
    child: FrameworkVersion
    steps: tuple[tuple[int, Step], ...]
    leads: Mapping[Thing, Mapping[str, tuple[str, ...]]]
    """Parent id → child ids by thing, as the steps have it."""

    @cached_property
    def before(self) -> dict[str, Node]:
        """What the parent has, by id and in its order."""
        return nodes(self.parent, self.thing)

    @cached_property
    def after(self) -> dict[str, Node]:
        """What the child has, by id and in its order."""
        return nodes(self.child, self.thing)

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
            f"the {self.thing} “{shown(node)}”" if node else f"the {self.thing} with the id {one}"
        )


def _gathered(told: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for number, one in told:
        found[one].append(number)
    return found


def beside(
    parent: FrameworkVersion, numbered: Sequence[tuple[int, Step]], child: FrameworkVersion
) -> Iterator[Sides]:
    """Yield the categories of both versions side by side, then the codes."""
    leads = {thing: lineage([s for _, s in numbered], thing) for thing in THINGS}
    for thing in THINGS:
        told = tuple((n, s) for n, s in numbered if s.thing == thing)
        yield Sides(thing, parent, child, told, leads)
