"""The network in a report: its drawing, the table of links, and the words for each."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from workbench.model.document import (
    Block,
    Heading,
    Lines,
    Paragraph,
    Picture,
    Said,
    Table,
    cell,
    line,
)
from workbench.model.report import counted
from workbench.project import interpreting
from workbench.project.opening import Project
from workbench.project.reports.words import Words, rows_of
from workbench.stages.interpretation import drawing, layout
from workbench.stages.interpretation import network as networking
from workbench.store import frames as stored

DOES = {"+": "strengthens", "−": "weakens", "±": "strengthens and weakens"}
_LEGEND = (
    "Lines in grey-blue strengthen, in orange weaken, in violet do both; grey, broken lines stand "
    "on the authors’ word alone. The wider a line and the larger a point, the more cases. A name "
    "that found no room is left out; the table has all."
)
_HEAD = ("From", "Does", "To", "Cases for", "Cases against", "Codings for", "On whose word")
_WIDTHS = (4, 3.6, 4, 1.6, 2, 2, 2.6)


def of_all(project: Project, words: Words, level: int) -> Iterator[Block]:
    """Yield the drawing of the network, then the table of links."""
    graph = _graph(words)
    if not graph.number_of_edges():
        return
    scheme = interpreting.first_scheme(graph)
    facets = stored.facets(words.connection)
    order = list(dict.fromkeys(facets.loc[facets["scheme"] == scheme, "value"]))
    laid = layout.rings(graph, scheme, order)
    nodes, edges = drawing.drawn_nodes(graph, laid), drawing.drawn_edges(graph)
    caption = f"{counted(len(nodes), 'drivers')}, {counted(len(edges), 'links')}"
    picture = Picture(caption, nodes, edges, laid.bands)
    yield Heading("Network", level)
    yield picture
    yield Paragraph(line(_LEGEND), "note")
    yield Heading("Links", level)
    yield table(networking.edge_list(graph))


def of_node(words: Words, node: str, level: int) -> Iterator[Block]:
    """Yield the links of one node, if it has any, with their words."""
    links = networking.edge_list(_graph(words))
    own = links.loc[(links["source"] == node) | (links["target"] == node)]
    if own.empty:
        return
    yield Heading("Links", level)
    yield table(own)
    for link in rows_of(own):
        yield Heading(f"{link.source_node} {DOES[link.sign]} {link.target_node}", level + 1)
        for one in words.of(link.evidence):
            yield one.quotation()
        against = words.of(link.dissent)
        if against:
            yield Paragraph(line(Said("Against it:", "strong")), "note")
        for one in against:
            yield one.quotation()


def table(links: pd.DataFrame) -> Table:
    """Return the table of links; each count says the codings behind it."""
    rows: list[tuple[Lines, ...]] = []
    for link in rows_of(links):
        does = DOES[link.sign]
        relation = "; ".join(link.relation) if isinstance(link.relation, tuple) else link.relation
        rows.append(
            (
                cell(link.source_node),
                cell(f"{does}: {relation}" if relation else does),
                cell(link.target_node),
                cell(link.weight, link.evidence),
                cell(link.against, link.dissent),
                cell(link.mentions),
                cell(", ".join(link.basis)),
            )
        )
    return Table("", _HEAD, tuple(rows), _WIDTHS)


def _graph(words: Words) -> Any:
    nodes, link_list, links, facets, below = words.network
    linked = networking.linked(nodes, link_list)
    return networking.graph(linked, link_list, links, facets, below)
