"""GraphML: the drivers' network for Gephi, yEd, Cytoscape, igraph and networkx.

Specification: U. Brandes, M. Eiglsperger et al., graphml.graphdrawing.org. Its types
are text, whole numbers, numbers and booleans, so what has several parts is joined.
"""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import networkx as nx

from workbench.formats.files import replacing

BETWEEN = "; "
"""What stands between the parts of a tuple: evidence ids, groups, the values of a facet."""

_PICTURES = {code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A, 0x0D)}
_NO_LETTERS = dict.fromkeys([*range(0xD800, 0xE000), 0xFFFE, 0xFFFF], 0xFFFD)
_VISIBLE = _PICTURES | _NO_LETTERS

Scalar = str | int | float | bool


def visible(text: str) -> str:
    """Return the text with the characters that XML 1.0 forbids made visible.

    Control characters become their pictures, halves of surrogate pairs and the two
    non-characters the replacement character.

    >>> visible("a\\x00b\\tc")
    'a␀b\\tc'
    """
    return text.translate(_VISIBLE)


def to_bytes(network: "nx.DiGraph[str]", title: str = "", manifest: str = "") -> bytes:
    """Return the network as a GraphML file.

    Tuples are joined with `BETWEEN`; the facets of a node become one attribute a scheme,
    “facet: ring”; an attribute without a value (None, an empty text or tuple) is left
    out, as readers would drop it. `title` and `manifest` become attributes of the
    graph.
    """
    plain = flattened(network)
    for name, said in (("title", title), ("manifest", manifest)):
        if said:
            plain.graph[name] = visible(said)
    out = BytesIO()
    nx.write_graphml(plain, out, encoding="utf-8", prettyprint=True)
    return out.getvalue()


def flattened(network: "nx.DiGraph[str]") -> "nx.DiGraph[str]":
    """Return the network with attributes of plain types only, as `to_bytes` tells."""
    plain: nx.DiGraph[str] = nx.DiGraph()
    for node, of in network.nodes(data=True):
        plain.add_node(visible(node), **_scalars(of))
    for source, target, of in network.edges(data=True):
        plain.add_edge(visible(source), visible(target), **_scalars(of))
    return plain


def write(path: Path, network: "nx.DiGraph[str]", title: str = "", manifest: str = "") -> None:
    """Write the network to a GraphML file, whole or not at all.

    Raises:
        CannotWrite: the file cannot be written.
    """
    content = to_bytes(network, title, manifest)
    with replacing(path) as beside:
        beside.write_bytes(content)


def _scalars(attributes: Mapping[str, Any]) -> dict[str, Scalar]:
    """Return the attributes in GraphML's types."""
    out: dict[str, Scalar] = {}
    for name, value in attributes.items():
        if isinstance(value, Mapping):
            prefix = name.removesuffix("s")
            out |= {visible(f"{prefix}: {key}"): _scalar(part) for key, part in value.items()}
        elif value not in (None, "", ()):
            out[visible(name)] = _scalar(value)
    return out


def _scalar(value: object) -> Scalar:
    if isinstance(value, bool | int | float):
        return value
    if isinstance(value, tuple):
        return visible(BETWEEN.join(map(str, value)))
    return visible(str(value))
