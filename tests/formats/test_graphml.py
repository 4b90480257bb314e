"""GraphML is read back by a reader of somebody else's, and is the same graph."""

from io import BytesIO
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from workbench.errors import CannotWrite
from workbench.formats import graphml


def network() -> "nx.DiGraph[str]":
    out: nx.DiGraph[str] = nx.DiGraph()
    out.add_node(
        "n1",
        label="<b>Køen & ventetiden</b> 🙂",
        ladder="Drivers",
        level=4,
        facets={"ring": ("outer", "inner"), "theme": ("Access",)},
        cases=2,
        case_ids=("Ana", "Bo"),
        evidence=("q1", "q2"),
    )
    out.add_node("n2", label="Pay", level=None, facets={}, cases=0, case_ids=(), evidence=())
    out.add_edge(
        "n1",
        "n2",
        sign="−",
        basis=("participant", "quote"),
        weight=2,
        against=0,
        on_authors=False,
        evidence=("q1", "q2"),
        dissent=(),
    )
    return out


def read(content: bytes) -> "nx.DiGraph[str]":
    return nx.read_graphml(BytesIO(content))


def test_the_graph_comes_back_with_its_types_its_direction_and_its_evidence():
    back = read(graphml.to_bytes(network(), "Drivers, invented"))
    assert back.is_directed()
    assert back.graph["title"] == "Drivers, invented"
    assert dict(back.nodes(data=True)) == {
        "n1": {
            "label": "<b>Køen & ventetiden</b> 🙂",
            "ladder": "Drivers",
            "level": 4,
            "facet: ring": "outer; inner",
            "facet: theme": "Access",
            "cases": 2,
            "case_ids": "Ana; Bo",
            "evidence": "q1; q2",
        },
        "n2": {"label": "Pay", "cases": 0},
    }
    assert list(back.edges(data=True)) == [
        (
            "n1",
            "n2",
            {
                "sign": "−",
                "basis": "participant; quote",
                "weight": 2,
                "against": 0,
                "on_authors": False,
                "evidence": "q1; q2",
            },
        )
    ]


def test_what_xml_forbids_is_made_visible():
    odd: nx.DiGraph[str] = nx.DiGraph()
    odd.add_node("a", label="bell\x07 null\x00 half\ud800 none\uffff line\nend\ttab")
    assert read(graphml.to_bytes(odd)).nodes["a"]["label"] == (
        "bell␇ null␀ half� none� line\nend\ttab"
    )


def test_the_words_of_a_user_cannot_break_out_of_the_file():
    hostile = '"/></node><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;]]>'
    odd: nx.DiGraph[str] = nx.DiGraph()
    odd.add_node(hostile, label=hostile, facets={hostile: (hostile,)})
    content = graphml.to_bytes(odd, hostile)
    assert etree.fromstring(content).getroottree().docinfo.doctype == ""
    back = read(content)
    assert dict(back.nodes(data=True)) == {
        hostile: {"label": hostile, f"facet: {hostile}": hostile}
    }


def test_a_network_without_anything_is_a_file_without_nodes():
    assert len(read(graphml.to_bytes(nx.DiGraph()))) == 0


names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@given(st.dictionaries(names, st.tuples(names, st.integers(0, 10**9), st.booleans())), st.data())
def test_any_text_and_number_comes_back(made, data):
    out: nx.DiGraph[str] = nx.DiGraph()
    for node, (label, cases, flag) in made.items():
        out.add_node(node, label=label, cases=cases, flag=flag)
    if made:
        ends = st.sampled_from(sorted(made))
        for pair in data.draw(st.lists(st.tuples(ends, ends))):
            out.add_edge(*pair, weight=1.5)
    back = read(graphml.to_bytes(out))
    shown = {graphml.visible(n) for n in made}
    if len(shown) == len(made):
        assert {
            (graphml.visible(n), graphml.visible(of["label"]), of["cases"], of["flag"])
            for n, of in out.nodes(data=True)
        } == {(n, of["label"], of["cases"], of["flag"]) for n, of in back.nodes(data=True)}
        assert back.number_of_edges() == out.number_of_edges()


def test_a_folder_that_is_not_there_leaves_a_sentence(tmp_path: Path):
    graphml.write(tmp_path / "drivers.graphml", network())
    assert len(read((tmp_path / "drivers.graphml").read_bytes())) == 2
    with pytest.raises(CannotWrite):
        graphml.write(tmp_path / "nowhere" / "drivers.graphml", network())
