"""The network as a page draws it: which bands, which colours, on light or dark paper."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from workbench.formats import network_svg
from workbench.formats.network_looks import DARK, LIGHT
from workbench.formats.network_scene import Pick
from workbench.formats.network_words import ENGLISH, Tongue
from workbench.project.opening import Project
from workbench.stages.interpretation import drawing, layout
from workbench.store import frames as stored

__all__ = ["SHAPES", "Pick", "Shape", "Tongue", "over", "picture", "schemes"]

Shape = Literal["rings", "columns"]
SHAPES: tuple[Shape, ...] = ("rings", "columns")


def schemes(graph: Any) -> dict[str, list[str]]:
    """Return the facet schemes of a graph's nodes, the commonest first, each with its values."""
    values: dict[str, list[str]] = {}
    for _, of in graph.nodes(data=True):
        for scheme, said in of["facets"].items():
            values.setdefault(scheme, []).extend(said)
    commonest = sorted(values, key=lambda scheme: (-len(values[scheme]), scheme))
    return {scheme: list(dict.fromkeys(values[scheme])) for scheme in commonest}


def over(project: Project, *, top: bool) -> dict[str, str]:
    """Return the label of what each node stands under: its theme, or the node right above.

    A node with several ways up takes the first; a topmost node with nodes below it is its
    own theme.
    """
    with project.reading() as connection:
        nodes, edges = stored.nodes(connection), stored.node_edges(connection)
    label = dict(zip(nodes["node_id"], nodes["node"], strict=True))
    parent: dict[str, str] = {}
    for child, above in zip(edges["child_id"], edges["parent_id"], strict=True):
        parent.setdefault(child, above)
    if not top:
        return {node: label[above] for node, above in parent.items()}
    return {node: label[_top(node, parent)] for node in {*parent, *parent.values()}}


def _top(node: str, parent: Mapping[str, str]) -> str:
    while node in parent:
        node = parent[node]
    return node


def picture(
    graph: Any,
    *,
    shape: Shape = "rings",
    scheme: str = "",
    order: Sequence[str] = (),
    kinds: str | Mapping[str, str] | None = None,
    quotes: Mapping[str, str] | None = None,
    picked: Pick | None = None,
    dark: bool = False,
    side: int = 760,
    tongue: Tongue = ENGLISH,
) -> str:
    """Return the drawing of a network as SVG, its longer side `side` pixels.

    `scheme` is the facet whose values are the rings or columns, `order` its values from the
    centre or the left. `kinds` colours the nodes: a facet scheme, or a word for each node;
    without, their band does. `tongue` says the drawing's own words.
    """
    laid = (layout.rings if shape == "rings" else layout.columns)(graph, scheme, order)
    return network_svg.drawn(
        drawing.drawn_nodes(graph, laid, kinds),
        drawing.drawn_edges(graph),
        laid.bands,
        quotes,
        picked=picked,
        looks=DARK if dark else LIGHT,
        side=side,
        tongue=tongue,
    )
