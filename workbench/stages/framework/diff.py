"""What is different between two framework versions, whatever they are to each other, in words.

What of one is what of the other is told by steps where one was made from the other, be it
over versions between; else by the ids that both have; else by names. Which of these it was
stands with the result: a code that two frameworks call alike need not be the same.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, Literal

import pandas as pd

from workbench.model import frames
from workbench.model.framework import FrameworkVersion, Step, StepKind, Thing
from workbench.stages.framework.retelling import By, retold
from workbench.stages.framework.sides import THINGS, Node, headings, lineage, nodes
from workbench.stages.framework.staying import DEFINING

Way = Literal["steps", "ids", "names"]
Pairs = dict[Thing, set[tuple[str, str]]]
"""By thing, who of the first version is, or went into, whom of the second."""
Row = dict[str, Any]
NONE: Mapping[str, int] = MappingProxyType({})
Reasons = dict[tuple[StepKind, Thing, str], str]


def by_steps(chain: Sequence[FrameworkVersion]) -> Pairs:
    """Return who became whom from the first of some versions to the last.

    Each was made from the one before. Where a version tells no steps, what has the same id
    is the same.
    """
    first, *others = chain
    found: Pairs = {thing: {(i, i) for i in nodes(first, thing)} for thing in THINGS}
    for child in others:
        for thing in THINGS:
            here, leads = nodes(child, thing), lineage(child.steps, thing)
            found[thing] = {
                (start, now)
                for start, then in found[thing]
                for now in leads.get(then, (then,))
                if now in here
            }
    return found


def turned(pairs: Pairs) -> Pairs:
    """Return who was whom, seen from the second version."""
    return {thing: {(b, a) for a, b in found} for thing, found in pairs.items()}


def over_ancestor(
    to_first: Sequence[FrameworkVersion], to_second: Sequence[FrameworkVersion]
) -> Pairs:
    """Return who of one version is whom of another that both come from a third.

    Both chains begin with that third; one of a single version means that it is the third
    itself. Who was added on a way is nobody on the other.
    """
    back, forth = turned(by_steps(to_first)), by_steps(to_second)
    return {
        thing: {(a, b) for a, middle in back[thing] for was, b in forth[thing] if was == middle}
        for thing in THINGS
    }


def by_ids(old: FrameworkVersion, new: FrameworkVersion) -> Pairs:
    """Return the categories and codes whose ids both versions have."""
    return {
        thing: {(i, i) for i in nodes(old, thing) if i in nodes(new, thing)} for thing in THINGS
    }


def by_names(old: FrameworkVersion, new: FrameworkVersion) -> Pairs:
    """Return what both versions call alike, once in each: by itself, else with its heading."""
    found: Pairs = {}
    for thing in THINGS:
        sides = _names(old, thing), _names(new, thing)
        found[thing] = {(sides[0][name], sides[1][name]) for name in sides[0] if name in sides[1]}
    return found


def _names(version: FrameworkVersion, thing: Thing) -> dict[tuple[str, ...], str]:
    """Return ids by name, or by name and heading where the name stands there several times."""
    held = nodes(version, thing)
    names = Counter(node.name.casefold() for node in held.values())
    called: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for one, node in held.items():
        name = node.name.casefold()
        above = () if names[name] == 1 else (_heading(version, thing, one).casefold(),)
        called[name, *above].append(one)
    return {name: ids[0] for name, ids in called.items() if len(ids) == 1}


def _heading(version: FrameworkVersion, thing: Thing, one: str) -> str:
    """Return the name of what something stands under; nothing at the top."""
    above = headings(version, thing)[one]
    for kind, heading in zip(reversed(THINGS[: len(above)]), reversed(above), strict=True):
        if heading is not None and heading in nodes(version, kind):
            return nodes(version, kind)[heading].name
    return ""


def differences(
    old: FrameworkVersion,
    new: FrameworkVersion,
    pairs: Pairs,
    reasons: Sequence[Step] = (),
    codings: Mapping[str, int] = NONE,
    cells: Mapping[str, int] = NONE,
) -> pd.DataFrame:
    """Return `frames.FRAMEWORK_DIFF`: one row per difference between two versions, in words.

    `pairs` says who became whom. `reasons` are steps that were told from the one to the
    other; a difference has the reason of the step that tells of it. `codings` and `cells`
    count, by id, those that codes of the first version have.
    """
    both = {thing: _Both(thing, old, new, pairs[thing]) for thing in THINGS}
    turned_round = [s for s in reasons if s.kind == "reorder"]
    structure = [s for b in both.values() for s in b.structure()]
    told = retold(old, [*structure, *turned_round], _as_old(new, both), By())
    given: Reasons = {
        (s.kind, s.thing, one): s.reason for s in reasons for one in (*s.before, *s.after)
    }
    rows = _objective(old, new)
    for thing in THINGS:
        for step in (s for s in told if s.thing == thing):
            rows += both[thing].rows(step, given)
        rows += both[thing].mixed()
    for row in rows:
        row["codings"], row["cells"] = (
            sum(counted.get(i, 0) for i in row["before_ids"]) for counted in (codings, cells)
        )
    columns = {
        name: pd.Series([row.get(name, ()) for row in rows], dtype=dtype)
        for name, dtype in frames.FRAMEWORK_DIFF.items()
    }
    return pd.DataFrame(columns)


def _objective(old: FrameworkVersion, new: FrameworkVersion) -> list[Row]:
    if old.objective == new.objective:
        return []
    what = "The objective is another"
    return [_row("objective", "framework", what, old.objective, new.objective)]


def _row(
    kind: str,
    thing: str,
    what: str,
    before: str = "",
    after: str = "",
    reason: str = "",
    ids: tuple[Sequence[str], Sequence[str]] = ((), ()),
) -> Row:
    said: Row = {"kind": kind, "thing": thing, "difference": what, "before": before}
    said |= {"after": after, "reason": reason}
    return {**said, "before_ids": tuple(ids[0]), "after_ids": tuple(ids[1])}


_FRESH = "new\x1f"
"""Stands before the id of what is not one and the same in both versions."""


@dataclass(frozen=True)
class _Both:
    """The categories, or the codes, of both versions, and who of them became whom."""

    thing: Thing
    old: FrameworkVersion
    new: FrameworkVersion
    pairs: set[tuple[str, str]]

    @cached_property
    def groups(self) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
        """Return the sets of ids that belong together, in the order of the versions."""
        olds, news = nodes(self.old, self.thing), nodes(self.new, self.thing)
        leads, comes = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
        for a, b in self.pairs:
            if a in olds and b in news:
                leads[a].add(b)
                comes[b].add(a)
        found, done = [], set[str]()
        for start in olds:
            if start in done or not leads[start]:
                continue
            mine, theirs, fresh = {start}, set[str](), {start}
            while fresh:
                theirs |= {b for a in fresh for b in leads[a]}
                fresh = {a for b in theirs for a in comes[b]} - mine
                mine |= fresh
            done |= mine
            found.append(
                (tuple(i for i in olds if i in mine), tuple(i for i in news if i in theirs))
            )
        return found

    @cached_property
    def ids(self) -> dict[str, str]:
        """Return for each id of the second version its id in the first, or a fresh one."""
        same = {after[0]: before[0] for before, after in self.groups if _one(before, after)}
        return {i: same.get(i, _FRESH + i) for i in nodes(self.new, self.thing)}

    def structure(self) -> list[Step]:
        """Return the merges and splits between the versions."""
        found = []
        for before, after in self.groups:
            fresh = tuple(_FRESH + i for i in after)
            if len(after) == 1 and len(before) > 1:
                found.append(Step("merge", self.thing, before, fresh))
            elif len(before) == 1 and len(after) > 1:
                found.append(Step("split", self.thing, before, fresh))
        return found

    def mixed(self) -> list[Row]:
        """Return a row for each set of several that became several."""
        return [
            _row(
                "mixed",
                self.thing,
                f"Went over into one another: {self._all(before, self.old)} became "
                f"{self._all(after, self.new)}",
                ids=(before, after),
            )
            for before, after in self.groups
            if _many(before, after)
        ]

    def rows(self, step: Step, given: Reasons) -> list[Row]:
        """Return the rows of one step; of mixed sets none, which are told apart."""
        back = {old: own for own, old in self.ids.items()}
        before, after = step.before, tuple(back[i] for i in step.after)
        mixed = {i for b, a in self.groups if _many(b, a) for i in (*b, *a)}
        if {*before, *after} & mixed and step.kind in ("add", "retire"):
            return []
        reasons = [given.get((step.kind, self.thing, one), "") for one in (*after, *before)]
        reason = next(filter(None, reasons), "")
        if step.kind == "redefine":
            return self._redefined(before[0], after[0], reason)
        what, texts = self._words(step, before, after)
        return [_row(_DONE[step.kind], self.thing, what, *texts, reason, (before, after))]

    def _words(
        self, step: Step, before: Sequence[str], after: Sequence[str]
    ) -> tuple[str, tuple[str, str]]:
        """Return the sentence of a step, and what was and is."""
        olds, news = self._all(before, self.old), self._all(after, self.new)
        if step.kind == "add":
            return f"Added the {self.thing} {news}", ("", self._text(after, self.new))
        if step.kind == "retire":
            return f"Retired the {self.thing} {olds}", (self._text(before, self.old), "")
        if step.kind in ("merge", "split"):
            done = "Merged" if step.kind == "merge" else "Split"
            texts = self._text(before, self.old), self._text(after, self.new)
            return f"{done} {olds} into {news}", texts
        was, now = self._node(before[0], self.old), self._node(after[0], self.new)
        if step.kind == "rename":
            return f"Renamed “{was.name}” to “{now.name}”", (was.name, now.name)
        if step.kind == "move":
            homes = tuple(
                _heading(v, self.thing, i) for v, i in ((self.old, before[0]), (self.new, after[0]))
            )
            shown = [f"“{home}”" if home else "the top" for home in homes]
            return f"Moved “{now.name}” from {shown[0]} to {shown[1]}", (homes[0], homes[1])
        return f"“{now.name}” has another place or number", (was.number, now.number)

    def _redefined(self, before: str, after: str, reason: str) -> list[Row]:
        """Return one row for each text of a definition that is another."""
        was, now = self._node(before, self.old), self._node(after, self.new)
        texts = {f: (str(getattr(was, f, "")), str(getattr(now, f, ""))) for f in DEFINING}
        return [
            _row(
                "redefined",
                self.thing,
                f"The {field.replace('_', ' ')} of “{now.name}” is another",
                *text,
                reason,
                ((before,), (after,)),
            )
            for field, text in texts.items()
            if text[0] != text[1]
        ]

    def _node(self, one: str, version: FrameworkVersion) -> Node:
        return nodes(version, self.thing)[one]

    def _all(self, ids: Sequence[str], version: FrameworkVersion) -> str:
        names = [f"“{self._node(i, version).name}”" for i in ids]
        return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))

    def _text(self, ids: Sequence[str], version: FrameworkVersion) -> str:
        """Return what the definitions say, of several each with its name."""
        held = [self._node(i, version) for i in ids]
        if len(held) == 1:
            return held[0].definition
        return "\n".join(f"{n.name}: {n.definition}" if n.definition else n.name for n in held)


_DONE: Mapping[str, str] = {
    "add": "added",
    "retire": "retired",
    "merge": "merged",
    "split": "split",
    "rename": "renamed",
    "move": "moved",
    "reorder": "reordered",
}


def _one(before: Sequence[str], after: Sequence[str]) -> bool:
    return len(before) == len(after) == 1


def _many(before: Sequence[str], after: Sequence[str]) -> bool:
    return len(before) > 1 and len(after) > 1


def _as_old(new: FrameworkVersion, both: Mapping[Thing, _Both]) -> FrameworkVersion:
    """Return the second version with the ids of the first for what is the same."""
    categories, codes = both["category"].ids, both["code"].ids
    return replace(
        new,
        categories=tuple(
            replace(
                c,
                category_id=categories[c.category_id],
                parent_id=categories.get(c.parent_id or ""),
            )
            for c in new.categories
        ),
        codes=tuple(
            replace(
                c,
                code_id=codes[c.code_id],
                category_id=categories.get(c.category_id or ""),
                parent_id=codes.get(c.parent_id or ""),
            )
            for c in new.codes
        ),
    )
