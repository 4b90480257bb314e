"""Changes of a draft: what somebody does with a code or category, and the steps that tell it.

Each function returns the draft after the change. Its steps lead from the parent to it
exactly, as `steps.apply` has it, with the reasons and authors of earlier steps as far as
these still hold. Numbers that follow places (see `numbers.by_place`) go on doing so; else
those that others have are left alone, and what is new has the next free one.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from workbench.errors import Refused
from workbench.model.framework import Code, FrameworkVersion, Step, StepKind, Thing
from workbench.model.report import counted
from workbench.stages.framework import descent, numbers, tree
from workbench.stages.framework.retelling import By, Touched, retold
from workbench.stages.framework.sides import STAYING, THINGS, Node, nodes
from workbench.stages.framework.staying import DEFINING


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft, the version it was made from, and what its last change did to ids."""

    parent: FrameworkVersion | None
    """None where the draft is the first of its framework: then there are no steps."""
    version: FrameworkVersion
    became: Mapping[str, str] = field(default_factory=dict)
    """Codes that went into others by the last change: id → the id they have now."""

    def node(self, thing: Thing, one: str) -> Any:
        """Return a category or code of the draft by its id."""
        return nodes(self.version, thing)[one]

    def name(self, one: str) -> str:
        """Return the name that a category or code has in the draft."""
        return _name(self.version, one)

    def name_before(self, one: str) -> str:
        """Return the name that a category or code has in the draft's parent."""
        return _name(self.parent or self.version, one)


def _name(version: FrameworkVersion, one: str) -> str:
    held = (nodes(version, thing).get(one) for thing in THINGS)
    return next((node.name for node in held if node), one)


def add(draft: Draft, node: Node, place: int | None, by: By) -> Draft:
    """Return the draft with a new category or code; its number is given unless it has one."""
    follow = not node.number and numbers.follow_places(draft.version)
    if not node.number and not follow:
        node = replace(node, number=numbers.next_free(draft.version, draft.parent, node))
    return _done(draft, tree.put(draft.version, node, place), by, follow=follow)


def change(draft: Draft, thing: Thing, one: str, fields: Mapping[str, Any], by: By) -> Draft:
    """Return the draft with another name, number, definition, … of a category or code.

    A number that is given here stays as it is given: numbers no longer follow places then.
    Where nothing is other, the reason is that of the steps that are there.
    """
    old = draft.node(thing, one)
    new = replace(old, **fields)
    if new == old and by.reason:
        return _reasoned(draft, thing, one, by)
    touched: set[Touched] = {("rename", thing, one)} if old.name != new.name else set()
    if any(getattr(old, f, "") != getattr(new, f, "") for f in DEFINING):
        touched.add(("redefine", thing, one))
    if old.number != new.number:
        touched.add(("reorder", thing, one))
    follow = old.number == new.number and numbers.follow_places(draft.version)
    return _done(draft, tree.changed(draft.version, new), by, touched, follow=follow)


def _reasoned(draft: Draft, thing: Thing, one: str, by: By) -> Draft:
    held = _settled(draft).version.steps
    told = tuple(by.over(s) if (s.thing, s.after) == (thing, (one,)) else s for s in held)
    touched = {(s.kind, thing, one) for s in held if s.kind in STAYING and one in s.after}
    return _done(draft, draft.version, by, touched, follow=False, steps=told)


def move_code(
    draft: Draft, one: str, category: str | None, parent: str | None, place: int | None, by: By
) -> Draft:
    """Return the draft with a code under a category and a code, or at another place there.

    Codes below it go along.

    Raises:
        Refused: it would stand below itself.
    """
    old = draft.node("code", one)
    below = tree.codes_below(draft.version, one)
    if parent == one or parent in below:
        raise Refused(f"“{old.name}” cannot stand below itself. Name another heading.")
    codes = tuple(
        replace(c, category_id=category) if c.code_id in below else c for c in draft.version.codes
    )
    new = replace(old, category_id=category, parent_id=parent)
    return _moved(draft, replace(draft.version, codes=codes), old, new, place, by)


def move_category(draft: Draft, one: str, parent: str | None, place: int | None, by: By) -> Draft:
    """Return the draft with a category under another, or at another place where it is.

    Raises:
        Refused: it would stand below itself.
    """
    old = draft.node("category", one)
    if parent == one or parent in tree.categories_below(draft.version, one):
        raise Refused(f"“{old.name}” cannot stand below itself. Name another heading.")
    return _moved(draft, draft.version, old, replace(old, parent_id=parent), place, by)


def _moved(
    draft: Draft, version: FrameworkVersion, old: Node, new: Node, place: int | None, by: By
) -> Draft:
    if place is None and tree.heading(old) == tree.heading(new):
        return replace(draft, became={})
    thing: Thing = "code" if isinstance(new, Code) else "category"
    kind: StepKind = "reorder" if tree.heading(old) == tree.heading(new) else "move"
    touched: set[Touched] = {(kind, thing, tree.id_of(new))}
    follow = numbers.follow_places(draft.version)
    return _done(draft, tree.put(version, new, place), by, touched, follow=follow)


_SAID = ("definition", "use_when", "not_when", "example")


def merge(
    draft: Draft, sources: Sequence[str], target: str, fields: Mapping[str, Any], by: By
) -> tuple[Draft, str]:
    """Return the draft with several codes as one, and the id of that one.

    `target` is one of the codes, which then gives its place and what is not in `fields`;
    or a new id: then the first code gives the place, and number, origin and colour. The
    id is another where just one code of the parent goes into it: that one stays, changed.
    Codes below them stand below the one.

    Raises:
        Refused: one is a part of a split, others of which stay (see `descent.merge`).
    """
    draft, order = _settled(draft), draft.parent
    steps, one = descent.merge(
        draft.version.steps,
        "code",
        sources,
        target,
        by,
        draft,
        [c.code_id for c in order.codes] if order else [],
    )
    if draft.parent is None:
        one = target
    follow = numbers.follow_places(draft.version)
    first: Code = draft.node("code", target if target in sources else sources[0])
    where = _topmost(draft.version, first, sources)
    unsaid: dict[str, Any] = {} if target in sources else dict.fromkeys(_SAID, "")
    new = replace(
        first,
        **{**unsaid, **fields},
        code_id=one,
        category_id=where.category_id,
        parent_id=where.parent_id,
    )
    became = {s: one for s in sources if s != one}
    version = _with_in_place_of(draft.version, new, where, {*sources})
    version = tree.under_others(version, became)
    below = tree.codes_below(version, one)
    codes = tuple(
        replace(c, category_id=new.category_id) if c.code_id in below else c for c in version.codes
    )
    version = replace(version, codes=codes)
    touched: set[Touched] = {(kind, "code", one) for kind in ("rename", "redefine", "move")}
    return _done(draft, version, by, touched, follow=follow, steps=steps, became=became), one


def _topmost(version: FrameworkVersion, code: Code, among: Collection[str]) -> Code:
    """Return the code, or the highest of those above it that are among these."""
    codes = {c.code_id: c for c in version.codes}
    top, above = code, codes.get(code.parent_id or "")
    while above is not None:
        top = above if above.code_id in among else top
        above = codes.get(above.parent_id or "")
    return top


def _with_in_place_of(
    version: FrameworkVersion, new: Code, where: Code, gone: set[str]
) -> FrameworkVersion:
    """Return the version with a new code where another one stood, and without some."""
    codes = [new if c.code_id == where.code_id else c for c in version.codes]
    kept = tuple(c for c in codes if c is new or c.code_id not in gone)
    return replace(version, codes=kept)


def split(
    draft: Draft, one: str, first: Mapping[str, Any], others: Sequence[Code], by: By
) -> Draft:
    """Return the draft with a code as several: the first part keeps the id, others follow it.

    Raises:
        Refused: the code was merged in this draft.
    """
    draft = _settled(draft)
    ids = [c.code_id for c in others]
    steps = descent.split(draft.version.steps, "code", one, ids, by, draft)
    follow = numbers.follow_places(draft.version)
    version = tree.changed(draft.version, replace(draft.node("code", one), **first))
    beside = [c.code_id for c in version.codes if tree.heading(c) == tree.heading(others[0])]
    for n, part in enumerate(others, 1):
        number = "" if follow else numbers.next_free(version, draft.parent, part)
        version = tree.put(version, replace(part, number=number), beside.index(one) + 1 + n)
    return _done(draft, version, by, follow=follow, steps=steps)


def retire_code(draft: Draft, one: str, by: By) -> Draft:
    """Return the draft without a code.

    Raises:
        Refused: codes stand below it.
    """
    below = [c.name for c in draft.version.codes if c.parent_id == one]
    if below:
        raise Refused(
            f"Below “{draft.name(one)}” {_stand(len(below), 'codes')} (“{below[0]}”"
            f"{' …' if below[1:] else ''}). Move or retire them first."
        )
    return _retired(draft, [("code", one)], by)


def retire_category(draft: Draft, one: str, by: By, *, with_codes: bool = False) -> Draft:
    """Return the draft without a category, and without all below it when that is asked.

    Raises:
        Refused: something is below it, and it was not asked for.
    """
    inside = [one, *tree.categories_below(draft.version, one)]
    codes = [c.code_id for c in draft.version.codes if c.category_id in inside]
    if (codes or inside[1:]) and not with_codes:
        many = len(codes) or len(inside) - 1
        raise Refused(
            f"Under “{draft.name(one)}” {_stand(many, 'codes' if codes else 'categories')}. "
            "Move them elsewhere first, or retire the category with its codes."
        )
    gone: list[tuple[Thing, str]] = [("code", c) for c in codes]
    gone += [("category", c) for c in reversed(inside)]
    return _retired(draft, gone, by)


def _stand(number: int, what: str) -> str:
    return f"{'stands' if number == 1 else 'stand'} {counted(number, what)}"


def _retired(draft: Draft, gone: Sequence[tuple[Thing, str]], by: By) -> Draft:
    draft = _settled(draft)
    follow = numbers.follow_places(draft.version)
    version, steps = draft.version, draft.version.steps
    left: dict[tuple[Thing, str], str] = {}
    for thing, one in gone:
        current = left.pop((thing, one), one)
        steps, became = descent.retire(steps, thing, current, by)
        version = tree.without(version, {current})
        left |= {(thing, old): new for old, new in became.items()}
        if draft.parent is not None:
            version = _called(version, thing, became)
    became = {old: new for (thing, old), new in left.items() if thing == "code"}
    return _done(draft, version, by, follow=follow, steps=steps, became=became)


def _called(version: FrameworkVersion, thing: Thing, became: Mapping[str, str]) -> FrameworkVersion:
    """Return the version with other ids of some of its codes or categories."""
    version = tree.under_others(version, became)
    if thing == "code":
        codes = tuple(replace(c, code_id=became.get(c.code_id, c.code_id)) for c in version.codes)
        return replace(version, codes=codes)
    categories = tuple(
        replace(c, category_id=became.get(c.category_id, c.category_id)) for c in version.categories
    )
    return replace(version, categories=categories)


def _settled(draft: Draft) -> Draft:
    """Return the draft with all steps that it needs, also where its file told none.

    What nobody told has neither author nor reason.
    """
    if draft.parent is None:
        return draft
    steps = retold(draft.parent, draft.version.steps, draft.version, By())
    return replace(draft, version=replace(draft.version, steps=steps))


def _done(
    draft: Draft,
    version: FrameworkVersion,
    by: By,
    touched: Collection[Touched] = (),
    *,
    follow: bool,
    steps: tuple[Step, ...] | None = None,
    became: Mapping[str, str] | None = None,
) -> Draft:
    """Return a draft after a change of its tree: in order, numbered, and with its steps."""
    version = tree.in_order(version)
    version = numbers.by_place(version) if follow else version
    tree.refuse_doubles(version, draft.version)
    if draft.parent is None:
        told: tuple[Step, ...] = ()
    else:
        before = _settled(draft).version.steps if steps is None else steps
        told = retold(draft.parent, before, version, by, touched)
    return Draft(draft.parent, replace(version, steps=told), dict(became or {}))
