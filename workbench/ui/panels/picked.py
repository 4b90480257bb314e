"""What is picked in the network: kept in the session and in the address."""

from typing import Any

from workbench.project import link_page
from workbench.project.door import Project
from workbench.project.network_picture import Pick
from workbench.ui import session
from workbench.ui.words import _

_HELD = "picked"


def picked(project: Project, graph: Any) -> Pick | None:
    """Return the node, or both ends of the link, that is picked; the address may ask for one."""
    node, link = session.addressed("node"), session.addressed("link")
    if node is not None and node in graph:
        pick(node)
    elif node is not None:
        session.not_here(_("Node"), node)
    elif link is not None:
        ends = link_page.ends_of(project, link)
        if ends is None:
            session.not_here(_("Link"), link)
        else:
            pick(ends)
    held: Pick | None = session.remembered(_HELD, None)
    if held is not None and not _there(held, graph):
        held = None
        pick(None)
    put_address(held, graph)
    return held


def _there(held: Pick, graph: Any) -> bool:
    return held in graph if isinstance(held, str) else bool(graph.has_edge(*held))


def pick(what: Pick | None) -> None:
    """Pick a node, both ends of a link, or nothing."""
    session.remember(_HELD, what)


def put_address(held: Pick | None, graph: Any) -> None:
    """Let the address say what is picked."""
    session.put_address("node", held if isinstance(held, str) else None)
    pair = isinstance(held, tuple)
    session.put_address("link", graph.edges[held]["links"][0] if pair else None)


def from_asked(asked: Any) -> bool:
    """Pick what a part asks for; return whether it asked for a pick."""
    match asked.get("pick"):
        case str() as node:
            pick(node)
        case [str() as source, str() as target]:
            pick((source, target))
        case _:
            return False
    return True
