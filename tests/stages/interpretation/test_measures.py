"""Ways, loops and places in networks small enough to check with a pencil."""

import itertools
import os
import subprocess
import sys

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import BadValue, Refused, UnknownName
from workbench.stages.interpretation import measures


def network(*arrows: str, alone: str = "") -> "nx.DiGraph[str]":
    """Each “ab+2”: a acts on b, sign, weight (0 is on the authors' word)."""
    out: nx.DiGraph[str] = nx.DiGraph()
    for name in sorted({letter for arrow in arrows for letter in arrow[:2]} | set(alone)):
        out.add_node(name, label=name.upper(), cases=1)
    for arrow in arrows:
        source, target, sign, weight = arrow
        out.add_edge(
            source,
            target,
            sign=sign,
            weight=int(weight),
            on_authors=weight == "0",
            links=(source + target,),
        )
    return out


def test_degree_counts_links_both_ways_and_their_weights():
    out = measures.degree(network("ab+2", "cb+3", "bd−1", alone="e"))
    assert out.drop(columns="cases").to_numpy().tolist() == [
        ["b", "B", 2, 1, 5, 1],
        ["a", "A", 0, 1, 0, 2],
        ["c", "C", 0, 1, 0, 3],
        ["d", "D", 1, 0, 1, 0],
        ["e", "E", 0, 0, 0, 0],
    ]
    assert out.attrs["note"].startswith("5 drivers, 3 links.")


def test_the_middle_of_a_chain_lies_between_the_two_ends():
    out = measures.betweenness(network("ab+1", "bc+1"))
    assert out[["node", "betweenness"]].to_numpy().tolist() == [["B", 0.5], ["A", 0.0], ["C", 0.0]]
    assert out.attrs["exact"] is True


def test_betweenness_of_two_drivers_is_refused_and_not_nought():
    with pytest.raises(Refused, match="this network has 2"):
        measures.betweenness(network("ab+1"))


def test_a_large_network_is_sampled_the_same_way_each_time_and_says_so():
    large = nx.relabel_nodes(nx.gnm_random_graph(501, 900, seed=3, directed=True), str)
    nx.set_node_attributes(large, {n: n for n in large}, "label")
    one, two = measures.betweenness(large), measures.betweenness(large)
    assert one.equals(two)
    assert one.attrs["exact"] is False
    assert "Estimated from 200 starting nodes" in one.attrs["note"]


def test_ways_multiply_their_signs_and_are_as_strong_as_their_weakest_link():
    graph = network("ab−3", "bd−2", "ad+0", "ac±1", "cd+4", "de+1")
    out = measures.paths(graph, "a", "d")
    assert out.to_numpy().tolist() == [
        [("a", "d"), "A → D", 1, "+", 0, True, ("ad",)],
        [("a", "b", "d"), "A → B → D", 2, "+", 2, False, ("ab", "bd")],
        [("a", "c", "d"), "A → C → D", 2, "±", 1, False, ("ac", "cd")],
    ]
    assert measures.paths(graph, "a", "d", cutoff=1)["way"].tolist() == ["A → D"]
    assert measures.paths(graph, "e", "a")["way"].tolist() == []
    assert out.attrs["complete"] is True


def test_ways_beyond_the_most_are_cut_and_said():
    graph = network("ab+1", "bd+1", "ac+1", "cd+1")
    out = measures.paths(graph, "a", "d", most=1)
    assert len(out) == 1
    assert out.attrs == {"complete": False, "note": "Ways of at most 4 links; first 1."}


def test_ways_need_two_different_drivers_of_the_network():
    with pytest.raises(UnknownName, match="driver “z”"):
        measures.paths(network("ab+1"), "a", "z")
    with pytest.raises(BadValue, match="another driver"):
        measures.paths(network("ab+1"), "a", "a")


def test_loops_are_reinforcing_balancing_or_undetermined():
    graph = network("aa+1", "ab−2", "ba−1", "bc+1", "cb−3", "ca±1")
    out = measures.cycles(graph)
    assert out[["way", "length", "sign", "loop", "weight"]].to_numpy().tolist() == [
        ["A → A", 1, "+", "reinforcing", 1],
        ["A → B → A", 2, "+", "reinforcing", 1],
        ["B → C → B", 2, "−", "balancing", 1],
        ["A → B → C → A", 3, "±", "undetermined", 1],
    ]
    assert out.attrs["complete"] is True


def test_loops_that_were_not_looked_for_are_said_to_be_missing():
    everyone = network(*(f"{a}{b}+1" for a, b in itertools.permutations("abcdefgh", 2)))
    out = measures.cycles(everyone, longest=8, most=150)
    assert len(out) == 150
    # of n · (n−1) … / length there are 28 of two links, 112 of three, 420 of four
    assert out.attrs["complete_to"] == 3
    assert "may be missing" in out.attrs["note"]


def test_a_search_without_steps_left_stops(monkeypatch):
    monkeypatch.setattr(measures, "MOST_STEPS", 50)
    out = measures.cycles(network("ab+1", "bc+1", "ca+1"))
    assert out.attrs["complete"] is False


arrows = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"), st.sampled_from("+−±")),
    max_size=12,
    unique_by=lambda arrow: arrow[:2],
)


@given(arrows, st.integers(1, 5))
def test_every_loop_up_to_the_length_is_found_once(made, longest):
    graph = network(*("".join(arrow) + "1" for arrow in made))
    out = measures.cycles(graph, longest)
    found = [frozenset(itertools.pairwise((*ids, ids[0]))) for ids in out["node_ids"]]
    wanted = [
        frozenset(itertools.pairwise((*ids, ids[0])))
        for ids in nx.simple_cycles(graph)
        if len(ids) <= longest
    ]
    assert sorted(map(sorted, found)) == sorted(map(sorted, wanted))


@given(arrows)
def test_turning_one_sign_of_a_loop_turns_the_loop(made):
    graph = network(*("".join(arrow) + "1" for arrow in made))
    turned = {"+": "−", "−": "+", "±": "±"}
    kinds = {"reinforcing": "balancing", "balancing": "reinforcing", "undetermined": "undetermined"}
    for loop in measures.cycles(graph).itertuples():
        first = (loop.node_ids[0], loop.node_ids[1 % loop.length])
        other = graph.copy()
        other.edges[first]["sign"] = turned[graph.edges[first]["sign"]]
        after = measures.cycles(other).set_index("way")["loop"]
        assert after[loop.way] == kinds[loop.loop]


def test_two_circles_joined_by_one_link_are_two_communities():
    graph = network("ab+1", "bc+1", "ca+1", "de+1", "ef+1", "fg+1", "gd+1", "ad+1", alone="z")
    out = measures.communities(graph)
    assert out.groupby("community")["node_id"].agg("".join).to_dict() == {
        1: "defg",
        2: "abc",
        3: "z",
    }
    # Q = 3/8 − (7/16)² + 4/8 − (9/16)²
    assert out.attrs["modularity"] == pytest.approx(0.3671875)


def test_communities_without_a_link_are_refused():
    with pytest.raises(Refused, match="no links"):
        measures.communities(network(alone="ab"))


def test_communities_do_not_depend_on_how_python_hashes_words():
    program = (
        "import networkx as nx; from workbench.stages.interpretation import measures as m\n"
        "g = nx.relabel_nodes(nx.gnm_random_graph(40, 90, seed=5, directed=True), str)\n"
        "nx.set_node_attributes(g, {n: n for n in g}, 'label')\n"
        "print(m.communities(g).to_csv())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(said) == 1
