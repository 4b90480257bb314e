"""What merging, splitting and retiring do to the steps that say where a draft's codes are from.

A draft has one way back for each code and category: it stayed as its parent has it, was
added, or came by one merge or one split of what the parent has. A further change gives it
another one way back, or cannot be told in one version.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from workbench.errors import Refused
from workbench.model.framework import Step, Thing
from workbench.stages.framework.retelling import By
from workbench.stages.framework.sides import COMING


class Named(Protocol):
    """Gives the names of codes and categories by their ids."""

    def name(self, one: str) -> str:
        """Return the name that it has in the draft."""

    def name_before(self, one: str) -> str:
        """Return the name that it has in the draft's parent."""


Steps = tuple[Step, ...]


def retire(steps: Steps, thing: Thing, one: str, by: By) -> tuple[Steps, dict[str, str]]:
    """Return the steps once something is retired, and who has another id from then on.

    What was added is as if it never was; of what was merged all parts are retired. Where
    one part of a split is left, it is what was split, changed: it has that id again.
    """
    came = _ways_in(steps, thing).get(one)
    if came is None:
        return (*steps, by.step("retire", thing, (one,), ())), {}
    if came.kind == "merge":
        gone = by.step("retire", thing, came.before, ())
        return (*_without(steps, came), gone), {}
    others = tuple(i for i in came.after if i != one)
    if came.kind == "split" and len(others) == 1:
        was = came.before[0]
        return _without(steps, came), {others[0]: was} if others[0] != was else {}
    if not others:
        return _without(steps, came), {}
    return _instead(steps, came, replace(came, after=others)), {}


def merge(
    steps: Steps,
    thing: Thing,
    sources: Sequence[str],
    target: str,
    by: By,
    names: Named,
    order: Sequence[str],
) -> tuple[Steps, str]:
    """Return the steps once several are one, and the id of that one.

    The id is `target`, one of the sources or new, unless just one of the parent goes into
    it: that one is then changed and keeps its id. `order` has the ids of the parent.

    Raises:
        Refused: a part of a split would go into others, the rest of it staying.
    """
    came = _ways_in(steps, thing)
    ways = [came[s] for s in sources if s in came]
    cut = [w for w in ways if w.kind == "split" and not set(w.after) <= set(sources)]
    parents = {s for s in sources if s not in came}
    parents |= {i for w in ways if w not in cut for i in w.before}
    steps = _never_added(steps, thing, sources, but=target if not (cut or parents) else "")
    if cut:
        if parents or any(w != cut[0] for w in cut):
            raise _mixed_part(cut[0], sources, names)
        parts = dict.fromkeys(target if i in sources else i for i in cut[0].after)
        return _instead(steps, cut[0], replace(cut[0], after=tuple(parts))), target
    undone = [w for w in ways if w.kind != "add"]
    steps = tuple(s for s in steps if s not in undone)
    if not parents:
        return steps, target
    if len(parents) == 1:
        return steps, parents.pop()
    earlier = [w for w in undone if w.kind == "merge" and w.reason]
    told = by.step("merge", thing, [i for i in order if i in parents], (target,))
    if earlier and not by.reason:
        last = earlier[-1]
        told = replace(told, author=last.author, date=last.date, reason=last.reason)
    return (*steps, told), target


def split(
    steps: Steps, thing: Thing, one: str, parts: Sequence[str], by: By, names: Named
) -> Steps:
    """Return the steps once something keeps a part of itself and gives the others to `parts`.

    Raises:
        Refused: it was merged in the same version.
    """
    came = _ways_in(steps, thing).get(one)
    if came is None:
        return (*steps, by.step("split", thing, (one,), (one, *parts)))
    if came.kind == "add":
        return steps
    if came.kind == "merge" and len(came.before) > 1:
        of = " and ".join(f"“{names.name_before(i)}”" for i in came.before)
        raise Refused(
            f"“{names.name(one)}” was merged from {of} in this version, so that its parts "
            "cannot be told from theirs. Begin another version from this one, or undo the "
            "merge first."
        )
    at = came.after.index(one) + 1
    after = (*came.after[:at], *parts, *came.after[at:])
    return _instead(steps, came, by.over(replace(came, kind="split", after=after)))


def _mixed_part(cut: Step, sources: Collection[str], names: Named) -> Refused:
    part = next(i for i in cut.after if i in sources)
    return Refused(
        f"“{names.name(part)}” is a part of “{names.name_before(cut.before[0])}”, which was "
        "split in this version, and cannot go into others in it as well. Begin another "
        "version from this one, or undo the split first."
    )


def _ways_in(steps: Iterable[Step], thing: Thing) -> dict[str, Step]:
    """Return by id the step that brought it; who stayed as the parent has it is not there."""
    coming = (s for s in steps if s.thing == thing and s.kind in COMING)
    return {one: step for step in coming for one in step.after}


def _never_added(steps: Steps, thing: Thing, ids: Collection[str], but: str) -> Steps:
    """Return the steps without the adding of these, but for one."""
    found = []
    for step in steps:
        if step.kind == "add" and step.thing == thing:
            after = tuple(i for i in step.after if i == but or i not in ids)
            found += [replace(step, after=after)] if after else []
        else:
            found.append(step)
    return tuple(found)


def _without(steps: Steps, gone: Step) -> Steps:
    return tuple(s for s in steps if s != gone)


def _instead(steps: Steps, old: Step, new: Step) -> Steps:
    return tuple(new if s == old else s for s in steps)
