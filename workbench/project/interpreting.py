"""The network of links as a project shows it: graph, tables, picture."""

from collections.abc import Collection
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.errors import BadValue
from workbench.model import frames
from workbench.model import link as model
from workbench.project.mapping import every_ladder
from workbench.project.material import link_frame
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.stages.indexing import cases as indexing_cases
from workbench.stages.interpretation import measures
from workbench.stages.interpretation import network as networking
from workbench.stages.mapping.ladder import groups as group_of_cases
from workbench.store import frames as stored


class NetworkFrames(NamedTuple):
    """What networks of a project are made of."""

    nodes: pd.DataFrame
    link_list: pd.DataFrame
    links: pd.DataFrame
    facets: pd.DataFrame
    below: pd.DataFrame
    """What stands below the nodes of all ladders."""


def network(
    project: Project,
    *,
    read: NetworkFrames | None = None,
    by: str | None = None,
    groups: Collection[str] = (),
    basis: Collection[str] = (),
    sign: Collection[str] = (),
    facet: tuple[str, str] | None = None,
    contested: bool | None = None,
    ladder: str | None = None,
    only_linked: bool = True,
) -> Any:
    """Return the links as a directed networkx graph (see `stages.interpretation.network`).

    `groups` keeps what cases of these groups say, `by` being the attribute that groups
    them; `ladder` keeps its nodes and the links among them. Weights are distinct cases;
    evidence ids stand on every node and edge. `read` is what `frames_of_network` gave, where
    the project has not changed since.

    Raises:
        UnknownName: there is no such ladder, group or value of a facet.
    """
    with project.reading() as connection:
        nodes, link_list, links, facets, below = read or network_frames(connection)
        if ladder is not None:
            nodes = nodes.loc[nodes["ladder_id"] == Names(connection).ladder(ladder)["id"]]
        group_of = group_of_cases(stored.cases(connection), by) if by else None
    signs = [known for s in sign if (known := model.sign(s)) is not None]
    nodes, link_list, links = networking.filtered(
        nodes,
        link_list,
        links,
        facets,
        groups=groups,
        group_of=group_of,
        basis=basis,
        sign=signs,
        facet=facet,
        contested=contested,
    )
    if only_linked:
        nodes = networking.linked(nodes, link_list)
    return networking.graph(nodes, link_list, links, facets, below)


def frames_of_network(project: Project) -> NetworkFrames:
    """Return what networks are made of, read once for several of them."""
    with project.reading() as connection:
        return network_frames(connection)


def network_frames(connection: Connection) -> NetworkFrames:
    """Return nodes, link list, links, facets, and what stands below the nodes of all ladders."""
    link_list = stored.link_list(connection)
    evidence = stored.link_evidence(connection)
    cited = stored.quotes(connection, list(evidence["coding_id"]))
    spoken = cited.assign(run_id="")[list(frames.CODINGS)]
    case_codings = indexing_cases.by_case(spoken, stored.spans(connection))
    below = [frames.empty(frames.REACHED), *(h.below for h in every_ladder(connection))]
    return NetworkFrames(
        stored.nodes(connection),
        link_list,
        link_frame(link_list, evidence, case_codings),
        stored.facets(connection),
        pd.concat(below, ignore_index=True),
    )


def table(
    project: Project,
    what: str,
    *,
    source: str | None = None,
    target: str | None = None,
    **filters: Any,
) -> pd.DataFrame:
    """Return one table about the network: links, degree, betweenness, cycles, …

    `source` and `target` name the ends for paths; `filters` are those of `network`.
    """
    graph = network(project, **filters)
    if what == "links":
        return networking.edge_list(graph)
    if what != "paths":
        makers = {
            "degree": measures.degree,
            "betweenness": measures.betweenness,
            "cycles": measures.cycles,
            "bridges": measures.bridges,
            "communities": measures.communities,
        }
        return makers[what](graph)
    if source is None or target is None:
        raise BadValue("A path", f"{source} to {target}", "both ends, with --from and --to")
    with project.reading() as connection:
        names = Names(connection)
        first, last = str(names.node(source)["id"]), str(names.node(target)["id"])
    return measures.paths(graph, first, last)


def links(project: Project) -> pd.DataFrame:
    """Return every link in words: source, sign, target, cases for and against, basis."""
    return networking.edge_list(network(project))


def first_scheme(graph: Any) -> str:
    """Return the facet scheme that most nodes have, by which the rings are drawn."""
    counted: dict[str, int] = {}
    for _, of in graph.nodes(data=True):
        for scheme in of["facets"]:
            counted[scheme] = counted.get(scheme, 0) + 1
    return max(sorted(counted), key=lambda s: counted[s], default="")


def values_as_entered(project: Project, scheme: str) -> list[str]:
    """Return the values of a facet scheme in the order in which they were first given."""
    with project.reading() as connection:
        facets = stored.facets(connection)
    return list(dict.fromkeys(facets.loc[facets["scheme"] == scheme, "value"]))


def quotes_of(project: Project, graph: Any) -> dict[str, str]:
    """Return the words of every coding that stands behind a graph's nodes and edges."""
    ids = {i for _, of in graph.nodes(data=True) for i in of["evidence"]}
    for _, _, of in graph.edges(data=True):
        ids |= {*of["evidence"], *of["dissent"]}
    with project.reading() as connection:
        return stored.words(connection, sorted(ids))
