"""Where the drivers stand: each in its band, none on another, and the same every time."""

import itertools
import math
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.model import frames
from workbench.stages.interpretation import drawing, layout


def network(bands: dict[str, str], *arrows: str) -> "nx.DiGraph[str]":
    """Nodes with their ring (“” for none) and arrows “ab”."""
    out: nx.DiGraph[str] = nx.DiGraph()
    for node, band in bands.items():
        facets = {"ring": (band, "other")} if band else {}
        out.add_node(node, label=node.upper(), facets=facets, cases=1, evidence=("q",))
    out.add_edges_from(arrows)
    return out


SMALL = network({"a": "outer", "b": "inner", "c": "", "d": "outer"}, "ab", "bc", "da")


def test_rings_stand_in_the_order_asked_for_and_nodes_without_a_value_outside():
    out = layout.rings(SMALL, "ring", ["inner", "middle", "outer"])
    assert out.bands["band"].tolist() == ["inner", "outer", layout.NO_VALUE]
    assert out.bands["shape"].unique().tolist() == ["ring"]
    assert out.band_of == {"a": "outer", "b": "inner", "c": layout.NO_VALUE, "d": "outer"}
    assert out.places["b"] == (0.0, 0.0)


def test_columns_stand_from_left_to_right():
    out = layout.columns(SMALL, "ring", ["inner", "outer"])
    assert out.places["b"][0] < out.places["a"][0] == out.places["d"][0] < out.places["c"][0]
    assert abs(out.places["a"][1] - out.places["d"][1]) == 1


def test_nothing_is_drawn_of_nothing():
    for arrange in (layout.rings, layout.columns):
        out = arrange(nx.DiGraph(), "ring")
        assert out.places == {}
        assert len(out.bands) == 0


bands = st.dictionaries(
    st.sampled_from("abcdefghijklmnop"), st.sampled_from(["x", "y", "z", ""]), min_size=1
)


@given(bands, st.data())
def test_every_node_stands_in_its_band_and_on_no_other_node(made, data):
    ends = st.sampled_from(sorted(made))
    arrows = data.draw(st.lists(st.tuples(ends, ends).map("".join)))
    graph = network(made, *arrows)
    for arrange, along in ((layout.rings, math.hypot), (layout.columns, lambda x, _: x)):
        out = arrange(graph, "ring")
        reach = out.bands.set_index("band")
        assert list(out.places) == list(made)
        told = {value or layout.NO_VALUE for value in made.values()}
        assert set(reach.index) == (told if told != {layout.NO_VALUE} else set())
        for node, place in out.places.items() if len(reach) else ():
            near, far = reach.loc[made[node] or layout.NO_VALUE, ["near", "far"]]
            assert near - 1e-9 <= along(*place) < far
        for one, other in itertools.combinations(out.places.values(), 2):
            assert math.dist(one, other) > 0.5
        assert arrange(graph, "ring").places == out.places


@given(bands, st.data())
def test_sweeps_never_make_the_links_longer(made, data):
    ends = st.sampled_from(sorted(made))
    graph = network(made, *data.draw(st.lists(st.tuples(ends, ends).map("".join))))

    def length(places: dict[str, tuple[float, float]]) -> float:
        pairs = {frozenset(pair) for pair in graph.edges if pair[0] != pair[1]}
        return sum(math.dist(*(places[node] for node in pair)) for pair in pairs)

    for arrange in (layout.rings, layout.columns):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(layout, "SWEEPS", 0)
            before = length(arrange(graph, "ring").places)
        assert length(arrange(graph, "ring").places) <= before + 1e-6


def crossings(graph: "nx.DiGraph[str]", places: dict[str, tuple[float, float]]) -> int:
    def left(a: str, b: str, c: str) -> float:
        (ax, ay), (bx, by), (cx, cy) = places[a], places[b], places[c]
        return (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)

    return sum(
        left(a, b, c) * left(a, b, d) < 0 and left(c, d, a) * left(c, d, b) < 0
        for (a, b), (c, d) in itertools.combinations(graph.edges, 2)
        if len({a, b, c, d}) == 4
    )


def test_in_the_published_network_sweeps_take_away_more_than_a_third_of_the_crossings(
    shared: Path, monkeypatch: pytest.MonkeyPatch
):
    named = pd.read_csv(shared / "facts" / "driver_nodes.csv")
    made = pd.read_csv(shared / "facts" / "driver_links.csv")
    rings = {i: ring.split(" + ")[0] for i, ring in zip(named["id"], named["ring"], strict=True)}
    graph = network(rings)
    graph.add_edges_from(zip(made["source"], made["target"], strict=True))
    order = ["outcome", "inner", "middle", "outer"]
    after = layout.rings(graph, "ring", order)
    assert after.places["LVI"] == (0.0, 0.0)
    assert after.bands["band"].tolist() == order
    monkeypatch.setattr(layout, "SWEEPS", 0)
    before = layout.rings(graph, "ring", order)
    assert crossings(graph, after.places) < crossings(graph, before.places) * 2 / 3


def test_a_drawing_is_plain_frames():
    graph = network({"a": "inner", "b": ""})
    graph.add_edge(
        "a",
        "b",
        sign="+",
        relation=("pays", "waits"),
        basis=("participant", "quote"),
        groups=(),
        weight=2,
        mentions=3,
        against=0,
        on_authors=False,
        links=("1", "2"),
        evidence=("q1", "q2", "q3"),
        dissent=(),
    )
    graph.nodes["a"]["facets"]["theme"] = ("Access",)
    arranged = layout.rings(graph, "ring")
    nodes = drawing.drawn_nodes(graph, arranged, "theme")
    assert nodes[["node_id", "node", "kind", "band", "cases", "evidence"]].to_numpy().tolist() == [
        ["a", "A", "Access", "inner", 1, ("q",)],
        ["b", "B", layout.NO_VALUE, layout.NO_VALUE, 1, ("q",)],
    ]
    assert drawing.drawn_nodes(graph, arranged)["kind"].tolist() == ["inner", layout.NO_VALUE]
    edges = drawing.drawn_edges(graph)
    assert list(edges.columns) == list(frames.DRAWN_EDGES)
    assert edges.loc[0, ["relation", "basis", "groups", "weight", "evidence"]].tolist() == [
        "pays; waits",
        "participant, quote",
        "",
        2,
        ("q1", "q2", "q3"),
    ]
