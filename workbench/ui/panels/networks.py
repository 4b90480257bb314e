"""The network of links as the page works with it, read once for each state of the project."""

from typing import Any

from workbench.project import interpreting
from workbench.project.door import Project
from workbench.ui.kept import kept, kept_for_all
from workbench.ui.panels.network_choice import Choice


def whole(project: Project) -> Any:
    """Return the network of all nodes, with a link or without."""
    return kept_for_all(
        project,
        "network",
        lambda: interpreting.network(project, read=_frames(project), only_linked=False),
    )


def of(project: Project, choice: Choice) -> Any:
    """Return what a choice leaves of the network."""
    filters = dict(choice.filters)
    return kept(
        project,
        ("network", choice.filters),
        lambda: interpreting.network(project, read=_frames(project), **filters),
    )


def table(project: Project, what: str, choice: Choice) -> Any:
    """Return a table about what a choice leaves of the network."""
    filters = dict(choice.filters)
    return kept(
        project,
        (what, choice.filters),
        lambda: interpreting.table(project, what, read=_frames(project), **filters),
    )


def codings_of(project: Project, node: str) -> tuple[str, ...]:
    """Return ids of the codings that reach a node, up the ladder and by its links."""
    graph = whole(project)
    ids: tuple[str, ...] = graph.nodes[node]["evidence"] if node in graph else ()
    return ids


def _frames(project: Project) -> interpreting.NetworkFrames:
    return kept_for_all(
        project, "frames of network", lambda: interpreting.frames_of_network(project)
    )
