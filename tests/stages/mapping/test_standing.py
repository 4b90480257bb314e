"""What stands below each node, in plain values: the figures of the page of mapping."""

from workbench.stages.mapping import standing

PARENTS = {
    "element a": ["dimension"],
    "element b": ["dimension", "theme"],
    "dimension": ["theme"],
    "theme": [],
    "left": [],
}
LEVELS = {"element a": 2, "element b": 2, "dimension": 3, "theme": 5, "left": 3}
FED = {"element a": ["s1", "s2"], "element b": ["s2", "s3", "note"], "left": ["note"]}
CASE_OF = {"s1": "Ana", "s2": "Bo", "s3": "Bo"}


def test_a_statement_reaches_all_nodes_over_it_once():
    assert standing.below(PARENTS, FED) == {
        "element a": {"s1", "s2"},
        "element b": {"s2", "s3", "note"},
        "dimension": {"s1", "s2", "s3", "note"},
        "theme": {"s1", "s2", "s3", "note"},
        "left": {"note"},
    }


def test_a_node_counts_cases_once_and_no_comments():
    found = standing.standings(LEVELS, PARENTS, FED, CASE_OF)
    assert found["element b"].cases == {"Bo"}
    assert found["element b"].statements == {"s2", "s3"}
    assert found["theme"].cases == {"Ana", "Bo"}
    assert len(found["theme"].statements) == 3


def test_a_node_under_nothing_below_the_top_is_alone_and_one_with_comments_only_is_bare():
    found = standing.standings(LEVELS, PARENTS, FED, CASE_OF)
    assert [n for n, held in found.items() if held.alone] == ["left"]
    assert [n for n, held in found.items() if held.bare] == ["left"]


def test_a_parent_that_is_not_shown_is_left_out():
    assert standing.below({"a": ["gone"]}, {"a": ["s"]}) == {"a": {"s"}}
