"""GEXF 1.2: the drivers' network for Gephi.

Specification: gexf.net. Its attributes are those of the GraphML file (see `graphml`); a graph
has none, so title and manifest stand in the description of the file.
"""

from io import BytesIO
from pathlib import Path

import networkx as nx
from lxml import etree

from workbench.formats.files import replacing
from workbench.formats.graphml import flattened, visible

_SPACE = "{http://www.gexf.net/1.2draft}"


def to_bytes(network: "nx.DiGraph[str]", title: str = "", manifest: str = "") -> bytes:
    """Return the network as a GEXF file."""
    out = BytesIO()
    nx.write_gexf(flattened(network), out, encoding="utf-8")
    root = etree.fromstring(out.getvalue())
    about = root.find(f"{_SPACE}meta")
    if about is None:
        about = etree.Element(f"{_SPACE}meta")
        root.insert(0, about)
    for child in list(about):
        about.remove(child)
    etree.SubElement(about, f"{_SPACE}creator").text = "Framework Workbench"
    told = "\n".join(part for part in (title, manifest) if part)
    etree.SubElement(about, f"{_SPACE}description").text = visible(told)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def write(path: Path, network: "nx.DiGraph[str]", title: str = "", manifest: str = "") -> None:
    """Write the network to a GEXF file, whole or not at all.

    Raises:
        CannotWrite: the file cannot be written.
    """
    content = to_bytes(network, title, manifest)
    with replacing(path) as beside:
        beside.write_bytes(content)
