"""The ladder against the worked examples of the three studies (structures only; words ours)."""

import networkx as nx
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import Refused, UnknownName
from workbench.model import frames
from workbench.model.ladder import TEMPLATES
from workbench.stages.mapping import ladder

FRAMEWORK, ELO = TEMPLATES["framework"], TEMPLATES["elo-kyngas"]


def nodes(*rows: tuple[str, float | None, str]) -> pd.DataFrame:
    return pd.DataFrame(
        [(i, "L", "Ladder", level, label, "") for i, level, label in rows],
        columns=list(frames.NODES),
    ).astype(frames.NODES)


def edges(*pairs: str) -> pd.DataFrame:
    """Each “child parent”."""
    return pd.DataFrame([p.split() for p in pairs], columns=list(frames.NODE_EDGES), dtype="str")


def feeds(*pairs: str) -> pd.DataFrame:
    """Each “statement node”."""
    return pd.DataFrame([p.split() for p in pairs], columns=list(frames.FEEDS), dtype="str")


def statements(*rows: tuple[str, str, str, str]) -> pd.DataFrame:
    """Each: statement, case, kind, text."""
    return pd.DataFrame(
        [(s, f"cell {s}", case, "code", 0, kind, text) for s, case, kind, text in rows],
        columns=list(frames.STATEMENTS),
    ).astype(frames.STATEMENTS)


def evidence(*rows: str, withdrawn: tuple[str, ...] = ()) -> pd.DataFrame:
    """Each “statement coding”."""
    pairs = [row.split() for row in rows]
    return pd.DataFrame(
        [(s, c, c in withdrawn) for s, c in pairs], columns=list(frames.EVIDENCE)
    ).astype(frames.EVIDENCE)


P22 = (
    nodes(
        ("e1", 2, "Should say something"),
        ("e2", 2, "Provide support and take responsibility"),
        ("e3", 2, "Must acknowledge the gatekeeper function"),
        ("e4", 2, "No customer relationship in the health services"),
        ("d1", 3, "Support from the government"),
        ("d2", 3, "Personal interaction"),
        ("c1", 4, "Management"),
        ("c2", 4, "Communication"),
    ),
    edges("e1 d1", "e2 d1", "e3 d1", "e4 d2", "d1 c1", "d2 c2"),
    feeds("s e1", "s e2", "s e3", "s e4"),
    statements(("s", "case 1", "summary", "Wants a minister who speaks up for the doctors")),
)
P23 = (
    nodes(
        ("e1", 2, "Not enough with clinical improvement"),
        ("e2", 2, "Referrers expect and need images"),
        ("d1", 3, "Clinical examination"),
        ("d2", 3, "Just to be safe"),
        ("c1", 4, "Defensive medicine"),
    ),
    edges("e1 d1", "e2 d2", "d1 c1", "d2 c1"),
    feeds("s e1", "s e2"),
    statements(("s", "case 1", "summary", "A better knee does not settle it, a picture does")),
)
P24 = (
    nodes(
        ("t", 2, "The leaders were told; every site could say its piece"),
        ("k", 3, "Anchoring in management is crucial"),
        ("c", 4, "Anchoring"),
    ),
    edges("t k", "k c"),
    feeds("s t"),
    statements(("s", "case 1", "summary", "Leaders first. Then meetings. Then local input.")),
)


def test_a_summary_of_the_2022_study_fans_out_to_four_elements_two_dimensions_two_categories():
    out = ladder.table(*P22, FRAMEWORK)
    assert list(out.columns) == [
        "statement_id",
        "case_id",
        "kind",
        "statement",
        "element",
        "element id",
        "dimension",
        "dimension id",
        "category",
        "category id",
    ]
    assert out[["element id", "dimension id", "category id"]].to_numpy().tolist() == [
        ["e1", "d1", "c1"],
        ["e2", "d1", "c1"],
        ["e3", "d1", "c1"],
        ["e4", "d2", "c2"],
    ]
    assert out["statement_id"].unique().tolist() == ["s"]
    assert out["category"].tolist() == ["Management"] * 3 + ["Communication"]


def test_the_elements_of_the_2023_study_meet_again_in_one_category():
    out = ladder.table(*P23, FRAMEWORK)
    assert out[["element", "dimension", "category"]].to_numpy().tolist() == [
        ["Not enough with clinical improvement", "Clinical examination", "Defensive medicine"],
        ["Referrers expect and need images", "Just to be safe", "Defensive medicine"],
    ]
    assert out["category id"].tolist() == ["c1", "c1"]


def test_the_2024_study_is_one_chain_under_the_level_names_of_its_method():
    out = ladder.table(*P24, ELO)
    assert len(out) == 1
    assert [c for c in out.columns if not c.endswith("id")] == [
        "kind",
        "summary",
        "condensed text",
        "key element",
        "category",
    ]
    assert out.loc[0, ["condensed text id", "key element id", "category id"]].tolist() == [
        "t",
        "k",
        "c",
    ]


def test_another_template_changes_the_headers_and_nothing_else():
    framework, elo = ladder.table(*P22, FRAMEWORK), ladder.table(*P22, ELO)
    assert list(framework.columns) != list(elo.columns)
    assert framework.to_numpy().tolist() == elo.to_numpy().tolist()


def test_a_node_with_two_parents_has_two_rows_with_the_same_id():
    out = ladder.table(
        nodes(("e", 2, "Queue"), ("d1", 3, "Time"), ("d2", 3, "Money")),
        edges("e d1", "e d2"),
        feeds("s e"),
        P24[3],
        FRAMEWORK,
    )
    assert out[["element id", "dimension id"]].to_numpy().tolist() == [["e", "d1"], ["e", "d2"]]


def test_a_step_that_skips_a_level_leaves_it_empty():
    out = ladder.table(
        nodes(("e", 2, "Queue"), ("d", 3, "Time"), ("c", 4, "Capacity")),
        edges("e c"),
        feeds("s e", "s d"),
        P24[3],
        FRAMEWORK,
    )
    assert out[["element id", "dimension id", "category id"]].to_numpy().tolist() == [
        ["e", "", "c"],
        ["", "d", ""],
    ]


def test_steps_and_concepts_outside_the_ladder_are_left_out():
    out = ladder.table(
        nodes(("e", 2, "Queue"), ("free", None, "Somewhere else")),
        edges("e free", "e gone"),
        feeds("s e", "s free", "s gone"),
        P24[3],
        FRAMEWORK,
    )
    assert out[["element id"]].to_numpy().tolist() == [["e"]]


def test_a_ladder_without_anything_is_a_table_without_rows():
    none = (frames.empty(frames.NODES), edges(), feeds(), statements())
    assert len(ladder.table(*none, FRAMEWORK)) == 0
    below = ladder.reached(*none, evidence())
    assert len(below) == 0
    assert len(ladder.support(none[0], none[1], below)) == 0
    assert ladder.tree(none[0], none[1], below, FRAMEWORK) == []


TWO_CASES = (
    P23[0],
    P23[1],
    feeds("a e1", "b e1", "b e2", "c e2", "note e2"),
    statements(
        ("a", "Ana", "summary", "one"),
        ("b", "Ana", "verbatim", "two"),
        ("c", "Bo", "summary", "three"),
        ("note", "Cy", "comment", "my own thought"),
    ),
    evidence("a 1", "b 2", "b 3", "c 3", "c 4", "note 9", withdrawn=("4",)),
)


def test_support_counts_a_case_once_however_many_of_its_statements_reach_a_node():
    out = ladder.support(P23[0], P23[1], ladder.reached(*TWO_CASES)).set_index("node_id")
    shown = out[["children", "statements", "cases", "codings", "case_ids", "evidence"]]
    assert shown.loc["e1"].tolist() == [0, 2, 1, 3, ("Ana",), ("1", "2", "3")]
    assert shown.loc["e2"].tolist() == [0, 2, 2, 2, ("Ana", "Bo"), ("2", "3")]
    assert shown.loc["c1"].tolist() == [2, 3, 2, 3, ("Ana", "Bo"), ("1", "2", "3")]


def test_a_statement_whose_evidence_was_withdrawn_still_says_which_case_it_is_of():
    below = ladder.reached(*P24[:2], feeds("s t"), P24[3], evidence("s 1", withdrawn=("1",)))
    out = ladder.support(*P24[:2], below).set_index("node_id")
    assert out.loc["c", ["cases", "codings", "evidence"]].tolist() == [1, 0, ()]


def test_a_node_nothing_reaches_has_zeros():
    out = ladder.support(*P24[:2], frames.empty(frames.REACHED))
    assert out[["statements", "cases", "codings"]].to_numpy().tolist() == [[0, 0, 0]] * 3
    assert out["evidence"].tolist() == [()] * 3


def test_a_circle_is_refused_by_its_names():
    with pytest.raises(Refused, match=r"circle: “Queue” under “Time” under “Queue”\."):
        ladder.table(
            nodes(("a", 2, "Queue"), ("b", 3, "Time")),
            edges("a b", "b a"),
            feeds(),
            statements(),
            FRAMEWORK,
        )


def test_a_step_downwards_is_refused():
    with pytest.raises(Refused, match=r"“Time” \(level 3\) stands under “Queue” \(level 2\)"):
        ladder.support(
            nodes(("a", 2, "Queue"), ("b", 3, "Time")),
            edges("b a"),
            frames.empty(frames.REACHED),
        )


def test_unused_lists_statements_and_nodes_that_the_ladder_has_not_taken_up():
    out = ladder.unused(
        nodes(("e", 2, "Queue"), ("x", 2, "Loose"), ("d", 3, "Time"), ("free", None, "Aside")),
        edges("e d"),
        feeds("s e", "note x", "t free"),
        statements(
            ("s", "Ana", "summary", "used"),
            ("t", "Ana", "summary", "forgotten"),
            ("u", "Bo", "verbatim", "left"),
            ("note", "Bo", "comment", "a comment"),
            ("note 2", "Bo", "comment", "feeds nothing and need not"),
        ),
        FRAMEWORK,
    )
    assert out.to_numpy().tolist() == [
        ["statement", "t", "forgotten", "feeds no node"],
        ["statement", "u", "left", "feeds no node"],
        ["element", "x", "Loose", "has no statement below it"],
        ["element", "x", "Loose", "stands under nothing"],
    ]


def test_the_tree_prints_shared_nodes_under_each_parent():
    below = ladder.reached(*TWO_CASES)
    assert ladder.tree(P23[0], P23[1], below, FRAMEWORK) == [
        "Defensive medicine [category]: 2 cases, 3 statements",
        "  Clinical examination [dimension]: 1 case, 2 statements",
        "    Not enough with clinical improvement [element]: 1 case, 2 statements",
        "  Just to be safe [dimension]: 2 cases, 2 statements",
        "    Referrers expect and need images [element]: 2 cases, 2 statements",
    ]
    shared = nodes(("e", 2, "Two\nlines"), ("d1", 3, "A"), ("d2", 3, "B"))
    lines = ladder.tree(shared, edges("e d1", "e d2"), frames.empty(frames.REACHED), FRAMEWORK)
    assert lines[1] == lines[3] == "  Two lines [element]: 0 cases, 0 statements (also elsewhere)"


CASES = pd.DataFrame(
    {
        "case_id": ["Ana", "Bo", "Cy", "Di"],
        "case": ["A", "B", "C", "D"],
        "group": ["GP", "GP", "Manager", None],
    }
)


def test_groups_are_counted_in_cases_with_the_size_of_the_group_and_the_words():
    out = ladder.by_group(P23[0], ladder.reached(*TWO_CASES), CASES, "group", level=4)
    assert out.drop(columns="node").to_numpy().tolist() == [
        ["c1", "(no group)", 0, 1, (), ()],
        ["c1", "GP", 2, 2, ("Ana", "Bo"), ("1", "2", "3")],
        ["c1", "Manager", 0, 1, (), ()],
    ]


def test_an_unknown_attribute_names_those_there_are():
    with pytest.raises(UnknownName, match=r"“role”.*The cases have: group\."):
        ladder.by_group(P23[0], frames.empty(frames.REACHED), CASES, "role")


@st.composite
def ladders(draw: st.DrawFn) -> tuple[pd.DataFrame, ...]:
    """Draw a ladder whose steps lead upwards, may skip levels and may meet."""
    levels = draw(st.lists(st.integers(2, 5), min_size=1, max_size=8))
    ids = [f"n{i}" for i in range(len(levels))]
    up = [(a, b) for a in range(len(ids)) for b in range(len(ids)) if levels[a] < levels[b]]
    steps = draw(st.lists(st.sampled_from(up), unique=True)) if up else []
    fed = draw(
        st.lists(st.tuples(st.integers(0, 5), st.sampled_from(ids)), unique=True, max_size=10)
    )
    return (
        nodes(*((i, level, i) for i, level in zip(ids, levels, strict=True))),
        edges(*(f"n{a} n{b}" for a, b in steps)),
        feeds(*(f"s{s} {n}" for s, n in fed)),
        statements(*((f"s{s}", f"case{s % 3}", "summary", "") for s in range(6))),
        evidence(*(f"s{s} q{s % 4}" for s in range(6))),
    )


@given(ladders())
def test_a_node_has_the_cases_of_every_statement_with_a_way_up_to_it(made):
    node_frame, steps, fed, said, _ = made
    graph = nx.DiGraph(list(steps.itertuples(index=False, name=None)))
    graph.add_nodes_from(node_frame["node_id"])
    graph.add_edges_from(fed.itertuples(index=False, name=None))
    case_of = dict(zip(said["statement_id"], said["case_id"], strict=True))
    out = ladder.support(node_frame, steps, ladder.reached(*made))
    for row in out.itertuples():
        below = nx.ancestors(graph, row.node_id)
        assert row.case_ids == tuple(sorted({case_of[s] for s in below if s in case_of}))
        assert row.cases == len(row.case_ids)


@given(ladders())
def test_the_table_has_each_way_from_a_statement_to_a_top_exactly_once(made):
    node_frame, steps, fed, said, _ = made
    graph = nx.DiGraph(list(steps.itertuples(index=False, name=None)))
    graph.add_nodes_from(node_frame["node_id"])
    tops = [n for n in graph if not graph.out_degree(n)]
    graph.add_edges_from(fed.itertuples(index=False, name=None))
    ways = [
        (path[0], *path[1:])
        for s in said["statement_id"]
        if s in graph
        for path in nx.all_simple_paths(graph, s, tops)
    ]
    out = ladder.table(node_frame, steps, fed, said, FRAMEWORK)
    ids = [c for c in out.columns if c.endswith(" id")]
    shown = [(row["statement_id"], *(row[c] for c in ids if row[c])) for _, row in out.iterrows()]
    assert sorted(shown) == sorted(ways)
