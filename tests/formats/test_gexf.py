"""GEXF is read back by a reader of somebody else's, and is the same graph."""

from io import BytesIO

import networkx as nx
from lxml import etree

from workbench.formats import gexf


def network() -> "nx.DiGraph[str]":
    out: nx.DiGraph[str] = nx.DiGraph()
    out.add_node(
        "n1",
        label="<b>Køen</b> \x00🙂",
        level=4,
        facets={"ring": ("outer", "inner")},
        cases=2,
        evidence=("q1", "q2"),
    )
    out.add_node("n2", label="Pay", level=None, facets={}, cases=0, evidence=())
    out.add_edge(
        "n1", "n2", sign="−", weight=2, mentions=3, against=1, on_authors=False,
        evidence=("q1", "q2"), dissent=("q3",),
    )  # fmt: skip
    return out


def test_counts_and_evidence_for_and_against_come_back_with_their_types():
    back = nx.read_gexf(BytesIO(gexf.to_bytes(network())))
    assert back.is_directed()
    assert dict(back.nodes(data=True)) == {
        "n1": {
            "label": "<b>Køen</b> ␀🙂",
            "level": 4,
            "facet: ring": "outer; inner",
            "cases": 2,
            "evidence": "q1; q2",
        },
        "n2": {"label": "Pay", "cases": 0},
    }
    ((source, target, said),) = back.edges(data=True)
    del said["id"]  # GEXF numbers its edges
    assert (source, target) == ("n1", "n2")
    assert said == {
        "sign": "−",
        "weight": 2.0,  # a weight is a number with decimals in GEXF
        "mentions": 3,
        "against": 1,
        "on_authors": False,
        "evidence": "q1; q2",
        "dissent": "q3",
    }


def test_the_file_says_what_it_is_of_and_not_who_made_the_reader():
    root = etree.fromstring(gexf.to_bytes(network(), "Drivers <&> \x00", '{"act": "1"}'))
    (about,) = root.findall("{*}meta")
    assert [(etree.QName(e).localname, e.text) for e in about] == [
        ("creator", "Framework Workbench"),
        ("description", 'Drivers <&> ␀\n{"act": "1"}'),
    ]
