"""The network as a drawing is made from it: plain frames with places, no geometry left."""

from collections.abc import Mapping

import pandas as pd

from workbench.model import frames
from workbench.stages.interpretation.layout import NO_VALUE, Layout
from workbench.stages.interpretation.network import Network


def drawn_nodes(
    network: Network, layout: Layout, colour_by: str | Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return `frames.DRAWN_NODES`. `colour_by` is a facet scheme; without one, the band.

    A node with several values of the scheme takes the first. A mapping says the kind of
    each node by its id.
    """
    rows = []
    for node, of in network.nodes(data=True):
        band = layout.band_of[node]
        kind = _kind(node, of["facets"], colour_by, band)
        x, y = layout.places[node]
        rows.append((node, of["label"], kind, band, x, y, of["cases"], of["evidence"]))
    return pd.DataFrame(rows, columns=list(frames.DRAWN_NODES)).astype(frames.DRAWN_NODES)


def _kind(
    node: str,
    facets: Mapping[str, tuple[str, ...]],
    colour_by: str | Mapping[str, str] | None,
    band: str,
) -> str:
    if colour_by is None:
        return band
    if isinstance(colour_by, str):
        return next(iter(facets.get(colour_by, ())), NO_VALUE)
    return colour_by.get(node, NO_VALUE)


def drawn_edges(network: Network) -> pd.DataFrame:
    """Return `frames.DRAWN_EDGES`, one row per edge, its words joined for reading."""
    rows = [
        {"source": source, "target": target, **of, **_joined(of)}
        for source, target, of in network.edges(data=True)
    ]
    return pd.DataFrame(rows, columns=list(frames.DRAWN_EDGES)).astype(frames.DRAWN_EDGES)


def _joined(edge: dict[str, tuple[str, ...]]) -> dict[str, str]:
    return {
        "relation": "; ".join(edge["relation"]),
        "basis": ", ".join(edge["basis"]),
        "groups": ", ".join(edge["groups"]),
    }
