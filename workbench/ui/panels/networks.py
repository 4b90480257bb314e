"""The network of links as the page works with it, read once for each state of the project."""

from typing import Any

from workbench.project import interpreting
from workbench.project.door import Project
from workbench.ui.kept import kept, kept_for_all
from workbench.ui.panels import network_choice
from workbench.ui.panels.network_choice import Choice, Filters


def whole(project: Project) -> Any:
    """Return the network of all nodes, with a link or without."""
    return kept_for_all(
        project,
        "network",
        lambda: interpreting.network(project, read=_frames(project), only_linked=False),
    )


def of(project: Project, choice: Choice) -> Any:
    """Return what a choice leaves of the network."""
    return _left_by(project, choice.filters)


def quotes(project: Project, choice: Choice) -> dict[str, str]:
    """Return the words of the codings behind what a choice leaves of the network."""
    return _words_of(project, choice.filters)


def read_ahead(project: Project) -> None:
    """Work out what a first look at the network takes, while another page is looked at."""
    filters = network_choice.first_filters(first_ladder(whole(project)))
    _words_of(project, filters)


def ladders(graph: Any) -> list[str]:
    """Return the ladders whose nodes have links, those with most first."""
    counted: dict[str, int] = {}
    for node, of in graph.nodes(data=True):
        if graph.degree(node):
            counted[of["ladder"]] = counted.get(of["ladder"], 0) + 1
    return sorted(counted, key=lambda name: (-counted[name], name))


def first_ladder(graph: Any) -> str:
    """Return the ladder that is shown before somebody chose."""
    return next(iter(ladders(graph)), network_choice.EVERY)


def _left_by(project: Project, filters: Filters) -> Any:
    return kept_for_all(
        project,
        ("network", filters),
        lambda: interpreting.network(project, read=_frames(project), **dict(filters)),
    )


def _words_of(project: Project, filters: Filters) -> dict[str, str]:
    return kept_for_all(
        project,
        ("words of network", filters),
        lambda: interpreting.quotes_of(project, _left_by(project, filters)),
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
