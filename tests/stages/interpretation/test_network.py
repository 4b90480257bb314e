"""The network of published drivers, and small ones worked by hand."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import FrameMismatch, UnknownName
from workbench.model import frames
from workbench.model.link import sign
from workbench.stages.interpretation import measures, network

BASIS = {"P": "participant", "Q": "quote", "A": "authors"}


def nodes(*labels: str) -> pd.DataFrame:
    """Nodes whose ids are the first letters of their labels."""
    rows = [(label[0], "L", "Drivers", float("nan"), label, "") for label in labels]
    return pd.DataFrame(rows, columns=list(frames.NODES)).astype(frames.NODES)


def link_list(*rows: str) -> pd.DataFrame:
    """Each “id source target sign basis groups”, `_` for a space in the last two."""
    cells = [[cell.replace("_", " ") for cell in row.split()] for row in rows]
    whole = [[*c[:5], f"relation {c[0]}", c[5] if len(c) > 5 else "", ""] for c in cells]
    return pd.DataFrame(whole, columns=list(frames.LINK_LIST), dtype="str")


def links(listed: pd.DataFrame, *rows: str) -> pd.DataFrame:
    """Each “link stance case coding”."""
    of = listed.set_index("link_id")
    whole = [
        (i, *of.loc[i, ["source", "target", "sign", "basis"]], stance, case, coding)
        for i, stance, case, coding in (row.split() for row in rows)
    ]
    return pd.DataFrame(whole, columns=list(frames.LINKS), dtype="str")


def facets(*rows: str) -> pd.DataFrame:
    """Each “node scheme value”."""
    return pd.DataFrame(
        [(*row.split(), "") for row in rows], columns=list(frames.FACETS), dtype="str"
    )


NODES = nodes("access", "budget", "culture", "delay")
LIST = link_list(
    "1 a b + participant GP",
    "2 a b − quote GP,_Manager",
    "3 b c + participant",
    "4 c a − authors",
)
LINKS = links(
    LIST,
    "1 for Ana q1",
    "1 for Ana q2",
    "1 for Bo q3",
    "2 for Ana q2",
    "2 against Cy q4",
    "3 for Cy q5",
)
FACETS = facets("a ring outer", "b ring inner", "b ring outer", "c theme money")
GROUP_OF = {"Ana": "GP", "Bo": "GP", "Cy": "Manager"}


def test_the_weight_of_an_edge_is_its_cases_and_never_how_much_they_talk():
    assert network.edges(LINKS).to_numpy().tolist() == [
        ["a", "b", 2, 3, 1, ("q1", "q2", "q3"), ("q4",)],
        ["b", "c", 1, 1, 0, ("q5",), ()],
    ]


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 9)), min_size=1), st.data())
def test_more_words_of_the_same_cases_leave_the_weight_as_it_is(words, data):
    rows = [f"1 for {case} {case}{coding}" for case, coding in words]
    more = data.draw(st.lists(st.tuples(st.sampled_from(sorted({c for c, _ in words})))))
    rows += [f"1 for {case} more{n}" for n, (case,) in enumerate(more)]
    out = network.edges(links(LIST, *rows))
    assert out["weight"].tolist() == [len({case for case, _ in words})]
    assert out["mentions"].tolist() == [len({row.split()[3] for row in rows})]


def test_links_of_one_pair_are_one_edge_with_both_signs_and_every_source():
    edge = network.graph(NODES, LIST, LINKS, FACETS).edges["a", "b"]
    assert edge == {
        "sign": "±",
        "relation": ("relation 1", "relation 2"),
        "basis": ("participant", "quote"),
        "groups": ("GP", "Manager"),
        "weight": 2,
        "mentions": 3,
        "against": 1,
        "on_authors": False,
        "links": ("1", "2"),
        "evidence": ("q1", "q2", "q3"),
        "dissent": ("q4",),
    }


def test_a_link_on_the_authors_word_weighs_nothing_and_says_so():
    graph = network.graph(NODES, LIST, LINKS, FACETS)
    shown = network.edge_list(graph)[["source_node", "target_node", "weight", "on_authors"]]
    assert shown.to_numpy().tolist() == [
        ["access", "budget", 2, False],
        ["budget", "culture", 1, False],
        ["culture", "access", 0, True],
    ]


def test_a_participant_who_speaks_for_a_link_lifts_it_off_the_authors_word():
    graph = network.graph(NODES, LIST, links(LIST, "4 for Bo q9"), FACETS)
    assert graph.edges["c", "a"]["on_authors"] is False
    assert graph.edges["b", "c"]["weight"] == 0
    assert graph.edges["b", "c"]["on_authors"] is False


def test_a_node_counts_the_cases_of_its_links_and_of_its_ladder_once():
    below = pd.DataFrame(
        [("a", "s1", "Ana", "q8"), ("d", "s2", "Di", None)], columns=list(frames.REACHED)
    )
    graph = network.graph(NODES, LIST, LINKS, FACETS, below)
    assert graph.nodes["a"] == {
        "label": "access",
        "ladder": "Drivers",
        "level": None,
        "facets": {"ring": ("outer",)},
        "cases": 2,
        "case_ids": ("Ana", "Bo"),
        "evidence": ("q1", "q2", "q3", "q8"),
    }
    assert [graph.nodes[n]["cases"] for n in "bcd"] == [3, 1, 1]
    assert graph.nodes["b"]["facets"] == {"ring": ("inner", "outer")}
    assert graph.nodes["d"]["evidence"] == ()


def test_links_to_nodes_that_are_not_shown_are_left_out():
    graph = network.graph(NODES.loc[NODES["node_id"] != "b"], LIST, LINKS, FACETS)
    assert list(graph.edges) == [("c", "a")]
    assert graph.nodes["c"]["cases"] == 0


def view(**by: object) -> list[tuple[str, str, int]]:
    passed = network.filtered(NODES, LIST, LINKS, FACETS, **by)
    graph = network.graph(*passed, FACETS)
    return [(s, t, of["weight"]) for s, t, of in graph.edges(data=True)]


def test_filters_act_before_the_weights_are_counted():
    assert view() == [("a", "b", 2), ("b", "c", 1), ("c", "a", 0)]
    assert view(groups=["GP"], group_of=GROUP_OF) == [("a", "b", 2)]
    assert view(groups=["Manager"], group_of=GROUP_OF) == [("a", "b", 0), ("b", "c", 1)]
    assert view(basis=["authors"]) == [("c", "a", 0)]
    assert view(basis=["participant", "quote"]) == [("a", "b", 2), ("b", "c", 1)]
    assert view(sign=["−"]) == [("a", "b", 1), ("c", "a", 0)]
    assert view(contested=True) == [("a", "b", 1)]
    assert view(contested=False) == [("a", "b", 2), ("b", "c", 1), ("c", "a", 0)]
    assert view(facet=("ring", "outer")) == [("a", "b", 2)]
    assert view(facet=("ring", "inner")) == []


def test_a_filter_by_facet_keeps_the_nodes_of_that_value_only():
    passed, _, _ = network.filtered(NODES, LIST, LINKS, FACETS, facet=("ring", "outer"))
    assert passed["node_id"].tolist() == ["a", "b"]


def test_an_unknown_group_or_facet_is_not_an_empty_network():
    with pytest.raises(UnknownName, match="There are: GP, Manager"):
        network.filtered(NODES, LIST, LINKS, FACETS, groups=["Nurse"], group_of=GROUP_OF)
    with pytest.raises(UnknownName, match=r"facet “ring”.*There are: inner, outer"):
        network.filtered(NODES, LIST, LINKS, FACETS, facet=("ring", "middle"))


def test_only_linked_nodes_can_be_kept():
    assert network.linked(NODES, LIST)["node_id"].tolist() == ["a", "b", "c"]


def test_nothing_makes_an_empty_network():
    none = [frames.empty(c) for c in (frames.NODES, frames.LINK_LIST, frames.LINKS, frames.FACETS)]
    graph = network.graph(*none)
    assert len(graph) == 0
    assert len(network.edge_list(graph)) == 0
    assert len(measures.degree(graph)) == 0


def test_a_table_without_its_columns_is_our_mistake():
    with pytest.raises(FrameMismatch, match="lacks stance"):
        network.edges(LINKS.drop(columns="stance"))


@pytest.fixture(scope="session")
def drivers(shared: Path) -> tuple[pd.DataFrame, ...]:
    """The drivers' network of the 2023 study; contested links have one case against."""
    named = pd.read_csv(shared / "facts" / "driver_nodes.csv")
    made = pd.read_csv(shared / "facts" / "driver_links.csv")
    node_frame = pd.DataFrame(
        {
            "node_id": named["id"],
            "ladder_id": "L",
            "ladder": "Drivers",
            "level": float("nan"),
            "node": named["label"],
            "note": "",
        }
    )
    listed = pd.DataFrame(
        {
            "link_id": made["id"],
            "source": made["source"],
            "target": made["target"],
            "sign": made["sign"].map(sign),
            "basis": made["evidence"].map(
                lambda codes: ", ".join(BASIS[c] for c in codes.split(","))
            ),
            "relation": made["relation"],
            "groups": "",
            "note": made["stance"],
        }
    )
    disputed = made.loc[made["stance"].str.startswith("contested"), "id"]
    spoken = links(listed, *(f"{i} against somebody q{i}" for i in disputed))
    rings = pd.DataFrame(
        {"node_id": named["id"], "scheme": "ring", "value": named["ring"], "basis": ""}
    )
    return node_frame, listed, spoken, rings


def test_the_published_network_has_its_published_counts(drivers):
    graph = network.graph(*drivers)
    table = network.edge_list(graph)
    assert (len(graph), graph.number_of_edges()) == (49, 81)
    assert table["sign"].value_counts().to_dict() == {"+": 75, "−": 3, "±": 3}
    assert int(table["on_authors"].sum()) == 14
    assert int((table["against"] > 0).sum()) == 4
    assert table["weight"].sum() == 0


def test_the_published_network_has_its_published_leaders(drivers):
    places = measures.degree(network.graph(*drivers)).set_index("node_id")
    assert places["in"].nlargest(4).to_dict() == {"LVI": 26, "REJ": 14, "NOSAY": 6, "DEF": 5}
    assert places["out"].nlargest(3).to_dict() == {"ORG": 7, "ECO": 6, "TIME": 5}
    assert places["in"].sum() == places["out"].sum() == 81


def test_without_the_authors_own_links_67_are_left(drivers):
    passed = network.filtered(*drivers, basis=["participant", "quote"])
    assert network.graph(*passed, drivers[3]).number_of_edges() == 67
    assert (
        network.graph(*network.filtered(*drivers, contested=True), drivers[3]).number_of_edges()
        == 4
    )


def test_the_referrer_is_the_only_bridge_between_patient_and_radiologist():
    actors = link_list("1 p r + authors", "2 r x + authors", "3 x r + authors")
    graph = network.graph(
        nodes("patient", "referrer", "x-ray doctor"), actors, links(actors), facets()
    )
    assert measures.bridges(graph)[["node", "parts"]].to_numpy().tolist() == [["referrer", 2]]
