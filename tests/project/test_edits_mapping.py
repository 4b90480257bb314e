"""The ladder climbs upwards only, from statements; typologies place each case once."""

import pytest
from builders import ANNA, BO, Garden

from workbench import errors
from workbench.project import edits, ladder_board, mapping


def labels(garden: Garden, ladder: str = "findings") -> dict[str, int | None]:
    rows = garden.live()
    of = next(k["id"] for k in rows["ladder"] if k["name"] == ladder)
    return {n["label"]: n["level"] for n in rows["node"] if n["ladder_id"] == of}


def edges(garden: Garden) -> set[tuple[str, str]]:
    rows = garden.live()
    label = {n["id"]: n["label"] for n in rows["node"]}
    return {(label[e["child_id"]], label[e["parent_id"]]) for e in rows["node_edge"]}


def fed(garden: Garden, node: str) -> set[str]:
    rows = garden.live()
    of = next(n["id"] for n in rows["node"] if n["label"] == node)
    text = {s["id"]: s["text"] for s in rows["statement"]}
    return {text[f["statement_id"]] for f in rows["node_statement"] if f["node_id"] == of}


# --- ladders and nodes ---------------------------------------------------------------


def test_a_ladder_of_a_taken_name_is_refused(garden):
    before = garden.live()
    with pytest.raises(errors.Refused, match="a ladder called “findings” already"):
        edits.add_ladder(garden.project, "findings", template="elo-kyngas")
    assert garden.live() == before


def test_an_unknown_template_is_refused(garden):
    with pytest.raises(errors.BadValue, match="framework, elo-kyngas, graneheim-lundman"):
        edits.add_ladder(garden.project, "second", template="grounded theory")


OWN = "finding / pattern / domain / message"


def test_a_ladder_has_levels_with_own_names_and_gets_others_later(garden):
    edits.add_ladder(garden.project, "second", template="finding/ pattern /domain/message")
    assert ladder(garden, "second")["template"] == OWN
    names = {1: "statement", 2: "finding", 3: "pattern", 4: "domain", 5: "message"}
    assert ladder_board.levels(garden.project, "second") == names
    nodes = labels(garden)
    table = mapping.ladder_table(garden.project, "findings")
    edits.change_ladder(garden.project, "findings", template=OWN, row_version=1)
    now = mapping.ladder_table(garden.project, "findings")
    assert labels(garden) == nodes
    assert (now.to_numpy() == table.to_numpy()).all()
    assert "element" in table.columns
    assert not {"element", "dimension", "category", "theme"} & set(now.columns)
    assert {"finding", "finding id", "pattern", "domain", "message"} <= set(now.columns)
    with pytest.raises(errors.ChangedMeanwhile, match="The ladder was changed"):
        edits.change_ladder(garden.project, "findings", name="other", row_version=1)
    with pytest.raises(errors.Refused, match="a ladder called “second” already"):
        edits.change_ladder(garden.project, "findings", name="second", template="framework")
    assert ladder(garden, "findings")["template"] == OWN


def test_a_new_ladder_has_the_levels_of_the_project(garden):
    edits.change_setting(garden.project, "method", "finding/pattern/domain/message")
    edits.add_ladder(garden.project, "second")
    edits.add_ladder(garden.project, "third", template="elo-kyngas")
    assert ladder(garden, "second")["template"] == OWN
    assert ladder(garden, "third")["template"] == "elo-kyngas"
    with pytest.raises(errors.BadValue, match="four names with “/” between"):
        edits.change_setting(garden.project, "method", "finding / pattern")
    edits.change_setting(garden.project, "method", "")
    edits.add_ladder(garden.project, "fourth")
    assert ladder(garden, "fourth")["template"] == "framework"


def ladder(garden, name):
    (found,) = [r for r in garden.live()["ladder"] if r["name"] == name]
    return found


def test_a_node_stands_under_several_parents_and_is_fed_by_several_statements(garden):
    edits.add_node(garden.project, "Neglect", 4, ladder="findings")
    edits.add_node(
        garden.project,
        "Double work",
        2,
        ladder="findings",
        under=["Neglect", "Weather and locks"],
        statements=[garden.statements["list"], garden.statements["stale list"]],
        reason="both say so",
    )
    assert labels(garden)["Double work"] == 2
    assert edges(garden) >= {("Double work", "Neglect"), ("Double work", "Weather and locks")}
    assert fed(garden, "Double work") == {"A list shares the work out.", "The list does not hold."}
    reasons = {e["reason"] for e in garden.live()["node_edge"]}
    assert reasons == {"", "both say so"}


@pytest.mark.parametrize("level", [-1, 0, 1, 6, 99])
def test_a_node_on_a_level_without_nodes_is_refused(garden, level):
    before = garden.live()
    with pytest.raises(errors.BadValue, match="2 to 5, or none"):
        edits.add_node(garden.project, "New", level, ladder="findings")
    assert garden.live() == before


@pytest.mark.parametrize(
    ("label", "level", "under", "said"),
    [
        ("Below itself", 4, "Weather and locks", "“Weather and locks” is not on a higher level"),
        ("Upside down", 5, "Locked out", "“Locked out” is not on a higher level than “Upside"),
        ("Free", None, "Access", "“Access” is not on a higher level than “Free”"),
        ("Under free", 2, "Use of the garden", "“Use of the garden” is not on a higher level"),
    ],
)
def test_a_node_under_one_that_is_not_higher_is_refused_whole(garden, label, level, under, said):
    before = garden.live()
    with pytest.raises(errors.Refused, match=said):
        edits.add_node(garden.project, label, level, ladder="findings", under=[under])
    assert garden.live() == before


def test_ladders_are_not_mixed(garden):
    edits.add_ladder(garden.project, "second")
    edits.add_node(garden.project, "Elsewhere", 5, ladder="second")
    with pytest.raises(errors.Refused, match="“Lists” and “Elsewhere” are in different ladders"):
        edits.connect(garden.project, "Lists", "Elsewhere")
    with pytest.raises(errors.UnknownName, match="no node “Elsewhere”"):
        edits.add_node(garden.project, "New", 2, ladder="findings", under=["Elsewhere"])
    assert labels(garden, "second") == {"Elsewhere": 5}


def test_a_label_that_two_nodes_have_must_be_told_by_its_id(garden):
    edits.add_node(garden.project, "Lists", 3, ladder="findings")
    with pytest.raises(errors.AmbiguousName, match=r"Lists .id .*, Lists .id "):
        edits.rename_node(garden.project, "Lists", "Order")
    second = next(
        n["id"] for n in garden.live()["node"] if (n["label"], n["level"]) == ("Lists", 3)
    )
    edits.rename_node(garden.project, second, "Order")
    assert (labels(garden)["Lists"], labels(garden)["Order"]) == (2, 3)


def test_connecting_or_feeding_twice_makes_one_step(garden):
    edits.connect(garden.project, "Lists", "Access")
    edits.feed(garden.project, "Lists", [garden.statements["helps"]])
    acts, before = garden.acts(), garden.live()
    edits.connect(garden.project, "Lists", "Access")
    edits.feed(garden.project, "Lists", [garden.statements["helps"]])
    assert (garden.acts(), garden.live()) == (acts, before)


def test_a_comment_may_feed_a_node_and_speaks_for_no_case(garden):
    def support() -> tuple[int, int]:
        frame = mapping.ladder_support(garden.project)
        (row,) = frame.loc[frame["node"] == "Lists"].to_dict("records")
        return row["cases"], row["codings"]

    assert support() == (1, 1)
    edits.feed(garden.project, "Lists", [garden.statements["aside"]])
    assert fed(garden, "Lists") == {"A list shares the work out.", "He laughs here."}
    assert support() == (1, 1)
    edits.feed(garden.project, "Lists", [garden.statements["stale list"]])
    assert support() == (2, 2)


def test_unknown_nodes_and_statements_are_told(garden):
    with pytest.raises(errors.UnknownName, match=r"no node “List”.*Did you mean “Lists”"):
        edits.connect(garden.project, "List", "Access")
    with pytest.raises(errors.UnknownName, match=r"no ladder “finding”.*“findings”"):
        edits.add_node(garden.project, "New", 2, ladder="finding")
    with pytest.raises(errors.UnknownName, match="no statement “12345678”"):
        edits.feed(garden.project, "Lists", ["12345678"])


def test_a_node_without_a_label_is_refused(garden):
    for act in (
        lambda: edits.add_node(garden.project, " ", 2, ladder="findings"),
        lambda: edits.rename_node(garden.project, "Lists", "\n"),
    ):
        with pytest.raises(errors.BadValue, match="The label of a node"):
            act()


def test_renaming_keeps_the_place_and_is_not_done_over_somebody_else(garden):
    edits.rename_node(garden.project, "Locked out", "Shut out", row_version=1)
    assert ("Shut out", "Weather and locks") in edges(garden)
    with pytest.raises(errors.ChangedMeanwhile, match="The node was changed by somebody else"):
        edits.rename_node(garden.project, "Shut out", "Kept out", row_version=1)
    assert "Shut out" in labels(garden)


def test_a_withdrawn_node_takes_its_edges_feeds_and_facets_along(garden):
    with pytest.raises(errors.Refused, match="“Locked out” is linked to other nodes"):
        edits.withdraw_node(garden.project, "Locked out")
    edits.withdraw_link(garden.project, garden.link)
    edits.quote_in_report(garden.project, garden.codings["rain"], number=3, node="Locked out")
    with pytest.raises(errors.Refused, match=r"1 quotation \(3\) of a report stand"):
        edits.withdraw_node(garden.project, "Locked out")
    edits.quote_in_report(garden.project, garden.codings["rain"], number=3)
    edits.withdraw_node(garden.project, "Locked out")
    rows = garden.live()
    assert "Locked out" not in labels(garden)
    assert edges(garden) == {("Weather and locks", "Access")}
    assert (len(rows["node_statement"]), rows["facet"]) == (1, [])
    assert garden.project.check() == []


# --- facets --------------------------------------------------------------------------


def test_a_node_has_one_value_in_each_scheme(garden):
    edits.set_facet(garden.project, "Locked out", "where", "inside", basis="the map")
    edits.set_facet(garden.project, "Locked out", "when", "evening")
    values = {f["scheme"]: (f["value"], f["basis"]) for f in garden.live()["facet"]}
    assert values == {"where": ("inside", "the map"), "when": ("evening", "")}
    with pytest.raises(errors.BadValue, match="a scheme and a value"):
        edits.set_facet(garden.project, "Locked out", "where", " ")


# --- typologies ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({}, "The type “Far” needs one of near, far on the dimension “home”"),
        ({"home": "abroad"}, "The type “Far” needs one of near, far"),
    ],
)
def test_a_type_without_a_declared_value_is_refused(garden, options, said):
    before = garden.live()
    with pytest.raises(errors.Refused, match=said):
        edits.add_typology(garden.project, "distance", {"home": ["near", "far"]}, {"Far": options})
    assert garden.live() == before


def test_a_typology_of_a_taken_name_or_of_none_is_refused(garden):
    with pytest.raises(errors.Refused, match="a typology called “ways” already"):
        edits.add_typology(garden.project, "ways", {"a": ["b"]}, {"B": {"a": "b"}})
    with pytest.raises(errors.BadValue, match="The name of a typology"):
        edits.add_typology(garden.project, "", {"a": ["b"]}, {"B": {"a": "b"}})


def test_a_case_stands_in_one_type_or_on_the_list_of_unplaced(garden):
    edits.place_case(garden.project, "ways", BO, "Rare")
    edits.place_case(garden.project, "ways", BO, "Regular", reason="He is there every day")
    members = mapping.typology_members(garden.project)
    assert dict(zip(members["type"], members["cases"], strict=True)) == {"Regular": 2, "Rare": 0}
    assert mapping.unplaced(garden.project)["case"].tolist() == [ANNA]


def test_an_unknown_type_or_typology_is_told(garden):
    with pytest.raises(errors.BadValue, match="Regular, Rare"):
        edits.place_case(garden.project, "ways", BO, "Regulr")
    with pytest.raises(errors.UnknownName, match=r"no typology “way”.*“ways”"):
        edits.place_case(garden.project, "way", BO, "Rare")
