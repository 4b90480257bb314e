"""One framework version as its page shows it: a row per category and code, in tree order."""

from typing import NamedTuple

from workbench.model.framework import Category, Code, in_tree_order
from workbench.project import code_list, framework_versions, views
from workbench.project.opening import Project


class Entry(NamedTuple):
    """One category or code with all that a coder reads of it."""

    thing: str
    id: str
    depth: int
    number: str
    name: str
    definition: str
    use_when: str
    not_when: str
    example: str
    origin: str
    colour: str
    heading: str
    """The id of the category that a code stands under; empty at the top."""
    below: str
    """The id of the code, or the category, that it stands below; empty where there is none."""
    codings: int
    statements: int
    version: int
    """Its `row_version`."""


def entries(project: Project, reference: str) -> list[Entry]:
    """Return the categories and codes of a framework version, each below its heading.

    Raises:
        UnknownName: there is no such version.
    """
    version = views.framework(project, reference)
    frame = framework_versions.framework_nodes(project, reference)
    counted = {
        i: (int(c), int(s), int(v))
        for i, c, s, v in zip(
            frame["id"], frame["codings"], frame["statements"], frame["row_version"], strict=True
        )
    }
    ink = {c.code_id: c.colour for c in code_list.listed_codes(project, reference)}
    return [_entry(depth, node, ink, counted) for depth, node in in_tree_order(version)]


def _entry(
    depth: int, node: Category | Code, ink: dict[str, str], counted: dict[str, tuple[int, int, int]]
) -> Entry:
    if isinstance(node, Category):
        own = ("category", node.category_id, depth, node.number, node.name, node.definition)
        held = counted[node.category_id]
        return Entry(*own, "", "", "", "", "", "", node.parent_id or "", *held)
    own = ("code", node.code_id, depth, node.number, node.name, node.definition)
    said = (node.use_when, node.not_when, node.example, node.origin, ink[node.code_id])
    place = (node.category_id or "", node.parent_id or "")
    return Entry(*own, *said, *place, *counted[node.code_id])
