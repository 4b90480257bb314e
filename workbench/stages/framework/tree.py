"""The tree of a framework version: who stands under which heading, and at which place."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from workbench.errors import Refused
from workbench.model.framework import Category, Code, FrameworkVersion, in_tree_order
from workbench.stages.framework.sides import Node

N = TypeVar("N", bound=Node)


def id_of(node: Node) -> str:
    """Return the id that a category or code keeps through the versions."""
    return node.code_id if isinstance(node, Code) else node.category_id


def heading(node: Node) -> tuple[str | None, ...]:
    """Return what stands directly above: a code's category and code, a category's category."""
    if isinstance(node, Code):
        return node.category_id, node.parent_id
    return (node.parent_id,)


def in_order(version: FrameworkVersion) -> FrameworkVersion:
    """Return the version with each under its heading, siblings in the order they had.

    What has no place in the tree, its heading being nowhere, stands at the end.
    """
    tree = [node for _, node in in_tree_order(version)]
    there = {id_of(node) for node in tree}
    categories = [n for n in tree if isinstance(n, Category)]
    codes = [n for n in tree if isinstance(n, Code)]
    categories += [c for c in version.categories if c.category_id not in there]
    codes += [c for c in version.codes if c.code_id not in there]
    return replace(version, categories=tuple(categories), codes=tuple(codes))


def placed(nodes: Sequence[N], node: N, place: int | None) -> tuple[N, ...]:
    """Return the nodes with one, new or not, at a place from 1 among those under its heading.

    Without a place, or with one beyond the last, it stands last.
    """
    others = [other for other in nodes if id_of(other) != id_of(node)]
    beside = [n for n, other in enumerate(others) if heading(other) == heading(node)]
    last = beside[-1] + 1 if beside else len(others)
    at = last if place is None or place > len(beside) else beside[place - 1]
    return (*others[:at], node, *others[at:])


def changed(version: FrameworkVersion, node: Node) -> FrameworkVersion:
    """Return the version with a category or code as it is given here, in its place."""
    if isinstance(node, Code):
        codes = tuple(node if c.code_id == node.code_id else c for c in version.codes)
        return replace(version, codes=codes)
    same = node.category_id
    kept = tuple(node if c.category_id == same else c for c in version.categories)
    return replace(version, categories=kept)


def put(version: FrameworkVersion, node: Node, place: int | None) -> FrameworkVersion:
    """Return the version with a category or code at a place among those under its heading."""
    if isinstance(node, Code):
        return replace(version, codes=placed(version.codes, node, place))
    return replace(version, categories=placed(version.categories, node, place))


def without(version: FrameworkVersion, ids: Mapping[str, str] | set[str]) -> FrameworkVersion:
    """Return the version without the categories and codes of these ids."""
    return replace(
        version,
        categories=tuple(c for c in version.categories if c.category_id not in ids),
        codes=tuple(c for c in version.codes if c.code_id not in ids),
    )


def under_others(version: FrameworkVersion, became: Mapping[str, str]) -> FrameworkVersion:
    """Return the version with what stood under some now under what these became."""
    return replace(
        version,
        categories=tuple(
            replace(c, parent_id=became.get(c.parent_id or "", c.parent_id))
            for c in version.categories
        ),
        codes=tuple(
            replace(
                c,
                category_id=became.get(c.category_id or "", c.category_id),
                parent_id=became.get(c.parent_id or "", c.parent_id),
            )
            for c in version.codes
        ),
    )


def codes_below(version: FrameworkVersion, code: str) -> list[str]:
    """Return the ids of all codes below a code, at any depth."""
    found, fresh = list[str](), [code]
    while fresh:
        fresh = [c.code_id for c in version.codes if c.parent_id in fresh]
        found += fresh
    return found


def categories_below(version: FrameworkVersion, category: str) -> list[str]:
    """Return the ids of all categories below a category, at any depth."""
    found, fresh = list[str](), [category]
    while fresh:
        fresh = [c.category_id for c in version.categories if c.parent_id in fresh]
        found += fresh
    return found


def refuse_doubles(version: FrameworkVersion, before: FrameworkVersion) -> None:
    """Check that no two under one heading have one name, and no two of a kind one number.

    Raises:
        Refused: two have, and had not `before`.
    """
    held: list[Node] = [*before.categories, *before.codes]
    old = {(id_of(n), n.name) for n in held}
    known = {*_doubles(before)}
    for what, (one, *others) in _doubles(version).items():
        if what in known:
            continue
        new = next((n for n in (one, *others) if (id_of(n), n.name) not in old), one)
        thing = "code" if isinstance(new, Code) else "category"
        if len(what) > _NUMBER:
            raise Refused(
                f"There would be two of the name “{new.name}” under one heading of "
                f"{version.reference}. Give the {thing} another name."
            )
        raise Refused(
            f"The number “{new.number}” is that of another {thing} of {version.reference} "
            "already. Give it another."
        )


_NUMBER = 2
"""So many parts has the key of a number: kind and number; that of a name its heading too."""


def _doubles(version: FrameworkVersion) -> dict[tuple[object, ...], list[Node]]:
    """Return those that share a name under one heading, or a number, as files do not."""
    alike: dict[tuple[object, ...], list[Node]] = defaultdict(list)
    everything: list[Node] = [*version.categories, *version.codes]
    for n in everything:
        alike[type(n), heading(n), n.name.casefold()].append(n)
        if n.number:
            alike[type(n), n.number].append(n)
    return {what: those for what, those in alike.items() if len(those) > 1}
