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

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from workbench.model.framework import STEP_KINDS, FrameworkVersion, Step, StepKind
from workbench.stages.framework.sides import (
    COMING,
    LEAVING,
    STAYING,
    THINGS,
    Sides,
    beside,
    lineage,
)
from workbench.stages.framework.staying import changes

__all__ = ["apply", "lineage"]


def apply(parent: FrameworkVersion, steps: Sequence[Step], child: FrameworkVersion) -> list[str]:
    """Return what is wrong with the claim that steps make the child of its parent.

    Each problem is a sentence; none means that the steps applied to the parent, with
    contents taken from the child, give exactly the child.

    >>> from workbench.model.framework import Code
    >>> old = FrameworkVersion("w", "1", (), (Code("a", "1", "Near"), Code("b", "2", "Far")))
    >>> new = FrameworkVersion("w", "2", (), (Code("a", "1", "Close"),))
    >>> apply(old, [Step("rename", before=("a",), after=("a",))], new)
    ['The code “2 Far” of w@1 is gone, and no merge, split or retire says where to.']
    """
    numbered = list(enumerate(steps, 1))
    problems = [p for n, s in numbered for p in _misnamed(n, s)]
    known = [(n, s) for n, s in numbered if s.kind in STEP_KINDS and s.thing in THINGS]
    for sides in beside(parent, known, child):
        problems += [*_ill_formed(sides), *_fates(sides), *_origins(sides), *_changes(sides)]
    return problems


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


# --- what a step may be ------------------------------------------------------------------


def _misnamed(number: int, step: Step) -> Iterator[str]:
    if step.kind not in STEP_KINDS:
        yield f"Step {number}: “{step.kind}” is not one of {', '.join(STEP_KINDS)}."
    if step.thing not in THINGS:
        yield f"Step {number}: “{step.thing}” is neither code nor category."


def _ill_formed(sides: Sides) -> Iterator[str]:
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


def _fates(sides: Sides) -> Iterator[str]:
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


def _origins(sides: Sides) -> Iterator[str]:
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


def _changes(sides: Sides) -> Iterator[str]:
    """Yield changes of what stays that no step tells, and steps that tell of none."""
    changed = changes(sides)
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


def _needless(sides: Sides, one: str, kind: StepKind) -> str:
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
