"""The numbers of categories and codes: given by place, or the next that is free."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from workbench.model.framework import Code, FrameworkVersion, Thing
from workbench.stages.framework.sides import Node

_Heading = tuple[str | None, str | None]
"""The category and the code that something stands under; neither at the top."""


def follow_places(version: FrameworkVersion) -> bool:
    """Tell whether every number is the one that its place gives (see `by_place`)."""
    return by_place(version) == version


def by_place(version: FrameworkVersion) -> FrameworkVersion:
    """Return the version with the numbers that a file without any would be given.

    Categories are 1, 2, …, codes of a category 1.1, 1.2, …, and so on below; what has
    codes and categories under it counts the codes first, but for the very top.
    """
    given = dict(_numbered(version))
    return replace(
        version,
        categories=tuple(
            replace(c, number=given.get(("category", c.category_id), c.number))
            for c in version.categories
        ),
        codes=tuple(
            replace(c, number=given.get(("code", c.code_id), c.number)) for c in version.codes
        ),
    )


def _numbered(version: FrameworkVersion) -> Iterator[tuple[tuple[Thing, str], str]]:
    """Yield thing and id of all that stands in the tree, each with its number by place."""
    categories = defaultdict[str | None, list[str]](list)
    codes = defaultdict[_Heading, list[str]](list)
    for category in version.categories:
        categories[category.parent_id].append(category.category_id)
    for code in version.codes:
        codes[code.category_id, code.parent_id].append(code.code_id)

    def below(heading: _Heading, stem: str) -> Iterator[tuple[tuple[Thing, str], str]]:
        here: list[tuple[Thing, str]] = [("code", one) for one in codes[heading]]
        if heading[1] is None:
            inside: list[tuple[Thing, str]] = [("category", c) for c in categories[heading[0]]]
            here = [*here, *inside] if heading[0] else [*inside, *here]
        for n, (thing, one) in enumerate(here, 1):
            yield (thing, one), f"{stem}{n}"
            under = (one, None) if thing == "category" else (heading[0], one)
            yield from below(under, f"{stem}{n}.")

    yield from below((None, None), "")


def next_free(version: FrameworkVersion, parent: FrameworkVersion | None, node: Node) -> str:
    """Return a number for something new where numbers do not follow places.

    It is one above the highest that begins with the number of its heading, and none that
    the version or its parent has; nothing where nothing in the version has a number.
    """
    everything: list[Node] = [*version.categories, *version.codes]
    if everything and not any(one.number for one in everything):
        return ""
    stem = _stem(version, node)
    last = [one.number.removeprefix(stem) for one in everything if one.number.startswith(stem)]
    at = max((int(n) for n in last if n.isascii() and n.isdigit()), default=0) + 1
    of_parent: list[Node] = [*parent.categories, *parent.codes] if parent else []
    taken = {one.number for one in (*everything, *of_parent)}
    while f"{stem}{at}" in taken:
        at += 1
    return f"{stem}{at}"


def _stem(version: FrameworkVersion, node: Node) -> str:
    """Return how the numbers under a node's heading begin."""
    codes = {c.code_id: c.number for c in version.codes}
    categories = {c.category_id: c.number for c in version.categories}
    if isinstance(node, Code):
        number = codes.get(node.parent_id or "") or categories.get(node.category_id or "")
    else:
        number = categories.get(node.parent_id or "")
    return f"{number}." if number else ""
