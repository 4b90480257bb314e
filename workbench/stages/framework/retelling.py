"""The steps of a draft told anew after a change, so that they still give exactly the draft."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from workbench.model.framework import FrameworkVersion, Step, StepKind, Thing
from workbench.stages.framework.sides import STAYING, beside
from workbench.stages.framework.staying import changes, reordering

Touched = tuple[StepKind, Thing, str]
"""Something that a change is about: a rename of a code, say, by the code's id."""


@dataclass(frozen=True, slots=True)
class By:
    """Who decides on a change of a draft, when, and why."""

    author: str = ""
    date: str = ""
    """ISO 8601, as in a step."""
    reason: str = ""

    def step(
        self, kind: StepKind, thing: Thing, before: Sequence[str], after: Sequence[str]
    ) -> Step:
        """Return a step of this decision."""
        ids = tuple(before), tuple(after)
        return Step(kind, thing, *ids, self.author, self.date, self.reason)

    def speaks_over(self, step: Step) -> bool:
        """Tell whether this decision is told in place of an earlier one: not without a reason."""
        return bool(self.reason) or not step.reason

    def over(self, step: Step) -> Step:
        """Return a step with this decision in place of its own, where it is told."""
        if not self.speaks_over(step):
            return step
        return replace(step, author=self.author, date=self.date, reason=self.reason)


def retold(
    parent: FrameworkVersion,
    steps: Sequence[Step],
    child: FrameworkVersion,
    by: By,
    touched: Collection[Touched] = (),
) -> tuple[Step, ...]:
    """Return the steps from parent to child: those told that still hold, and what they lack.

    Merges, splits, adds and retirements are taken as they are told; where none tells of
    what came or went, it was added or retired. What stays has exactly the renames,
    redefinitions, moves and reorders that it needs. What is lacking is told `by` the
    decision at hand, and so is what it has `touched`, where it gives a reason or the
    earlier one gave none.
    """
    told = [*steps, *_untold(parent, steps, child, by)]
    needed = _needed(parent, told, child, touched)
    found: list[Step] = []
    for step in told:
        if step.kind not in STAYING:
            found.append(step)
            continue
        wanted = needed[step.thing, step.kind]
        ids = [
            one
            for one in dict.fromkeys(step.before)
            if one in wanted
            and not ((step.kind, step.thing, one) in touched and by.speaks_over(step))
        ]
        wanted[:] = [one for one in wanted if one not in ids]
        if ids:
            found.append(replace(step, before=tuple(ids), after=tuple(ids)))
    for (thing, kind), wanted in needed.items():
        found += [by.step(kind, thing, (one,), (one,)) for one in wanted]
    return tuple(found)


def _untold(
    parent: FrameworkVersion, steps: Sequence[Step], child: FrameworkVersion, by: By
) -> Iterator[Step]:
    """Yield an add for what came and a retirement for what went, where no step tells of it."""
    for sides in beside(parent, list(enumerate(steps, 1)), child):
        for one in sides.after:
            if one not in sides.before and one not in sides.coming:
                yield by.step("add", sides.thing, (), (one,))
        for one in sides.before:
            if one not in sides.after and one not in sides.leaving:
                yield by.step("retire", sides.thing, (one,), ())


def _needed(
    parent: FrameworkVersion,
    steps: Sequence[Step],
    child: FrameworkVersion,
    touched: Collection[Touched],
) -> dict[tuple[Thing, StepKind], list[str]]:
    """Return by thing and kind the ids of what stays and needs a step of that kind."""
    needed: dict[tuple[Thing, StepKind], list[str]] = {}
    for sides in beside(parent, list(enumerate(steps, 1)), child):
        turned = {one for kind, thing, one in touched if (kind, thing) == ("reorder", sides.thing)}
        found = {kind: list(told) for kind, told in changes(sides).items()}
        found["reorder"] = reordering(sides, {*sides.said("reorder"), *turned})
        needed |= {(sides.thing, kind): ids for kind, ids in found.items()}
    return needed
