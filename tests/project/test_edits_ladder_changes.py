"""A ladder is put right: nodes move, change their level and place, and are taken apart."""

import pytest
from builders import BO, Garden

from workbench import errors
from workbench.project import edits, mapping


def edges(garden: Garden) -> set[tuple[str, str]]:
    rows = garden.live()
    label = {n["id"]: n["label"] for n in rows["node"]}
    return {(label[e["child_id"]], label[e["parent_id"]]) for e in rows["node_edge"]}


def node(garden: Garden, label: str) -> dict[str, object]:
    return next(n for n in garden.live()["node"] if n["label"] == label)


def order(garden: Garden, level: int) -> list[str]:
    rows = [n for n in garden.live()["node"] if n["level"] == level]
    return [n["label"] for n in sorted(rows, key=lambda n: n["position"])]


def summary(garden: Garden) -> str:
    return str(garden.project.history(1)[0]["summary"])


OLD = ("Locked out", "Weather and locks")
UPPER = ("Weather and locks", "Access")


# --- taken apart ---------------------------------------------------------------------


def test_a_node_is_taken_from_under_another_and_both_stay(garden):
    edits.disconnect(garden.project, *OLD)
    assert edges(garden) == {UPPER}
    assert summary(garden) == "Took “Locked out” from under “Weather and locks”"
    assert node(garden, "Locked out")["level"] == 2
    with pytest.raises(errors.Refused, match="“Locked out” does not stand under “Weather and loc"):
        edits.disconnect(garden.project, *OLD)
    edits.connect(garden.project, *OLD)
    assert edges(garden) == {OLD, UPPER}


def test_statements_stop_feeding_a_node_all_or_none(garden):
    rain, gate, listed = (garden.statements[n] for n in ("rain", "gate", "list"))
    before = garden.live()
    with pytest.raises(errors.Refused, match=r"“A list shares the work out\.” does not feed “Lock"):
        edits.unfeed(garden.project, "Locked out", [rain, listed])
    assert garden.live() == before
    edits.unfeed(garden.project, "Locked out", [rain, rain])
    assert summary(garden) == "Took 1 statement out of “Locked out”"
    fed = {(f["node_id"], f["statement_id"]) for f in garden.live()["node_statement"]}
    assert fed == {
        (node(garden, "Locked out")["id"], gate),
        (node(garden, "Lists")["id"], listed),
    }
    assert len(garden.live()["statement"]) == 6


# --- moved ---------------------------------------------------------------------------


def test_a_node_moves_from_its_only_parent_in_one_act(garden):
    edits.add_node(garden.project, "Keys", 4, ladder="findings")
    acts = garden.acts()
    edits.move_node(garden.project, "Locked out", "Keys", reason="It is about keys.")
    assert edges(garden) == {("Locked out", "Keys"), UPPER}
    assert garden.acts() == acts + 1
    assert {e["reason"] for e in garden.live()["node_edge"]} == {"", "It is about keys."}
    garden.project.undo()
    assert edges(garden) == {OLD, UPPER}


def test_a_node_under_nothing_moves_under_its_first_parent(garden):
    edits.move_node(garden.project, "Lists", "Access")
    assert edges(garden) == {OLD, UPPER, ("Lists", "Access")}


def test_of_several_parents_the_one_that_it_leaves_is_named(garden):
    edits.add_node(garden.project, "Keys", 4, ladder="findings")
    edits.connect(garden.project, "Locked out", "Access")
    before = garden.live()
    with pytest.raises(errors.Refused) as caught:
        edits.move_node(garden.project, "Locked out", "Keys")
    assert str(caught.value) == (
        "“Locked out” stands under “Access”, “Weather and locks”. Say which of them it leaves."
    )
    assert garden.live() == before
    edits.move_node(garden.project, "Locked out", "Keys", away_from="Access")
    assert edges(garden) == {OLD, UPPER, ("Locked out", "Keys")}
    edits.move_node(garden.project, "Locked out", "Keys", away_from="Weather and locks")
    assert edges(garden) == {UPPER, ("Locked out", "Keys")}


def test_a_move_that_cannot_be_is_refused_whole(garden):
    edits.add_node(garden.project, "Keys", 4, ladder="findings")
    before, acts = garden.live(), garden.acts()
    with pytest.raises(errors.Refused, match="“Lists” is not on a higher level"):
        edits.move_node(garden.project, "Locked out", "Lists")
    with pytest.raises(errors.Refused, match="“Locked out” does not stand under “Access”"):
        edits.move_node(garden.project, "Locked out", "Keys", away_from="Access")
    edits.move_node(garden.project, *OLD)
    edits.move_node(garden.project, *OLD, away_from="Weather and locks")
    assert (garden.live(), garden.acts()) == (before, acts)


# --- changed -------------------------------------------------------------------------


def test_a_node_changes_its_level_as_long_as_its_edges_climb(garden):
    for level, where in ((2, "above “Locked out” .level 2."), (5, "under “Access” .level 5.")):
        said = f"“Weather and locks” stands {where}, so it cannot be on level {level}"
        with pytest.raises(errors.Refused, match=said):
            edits.change_node(garden.project, "Weather and locks", level=level)
    edits.change_node(garden.project, "Weather and locks", level=3)
    assert node(garden, "Weather and locks")["level"] == 3
    edits.disconnect(garden.project, *OLD)
    edits.change_node(garden.project, "Weather and locks", level=2)
    assert order(garden, 2) == ["Weather and locks", "Locked out", "Lists"]
    with pytest.raises(errors.BadValue, match="2 to 5, or none"):
        edits.change_node(garden.project, "Lists", level=6)
    edits.change_node(garden.project, "Use of the garden", level=5)
    assert order(garden, 5) == ["Access", "Use of the garden"]


def test_a_node_takes_another_place_among_those_of_its_level(garden):
    edits.add_node(garden.project, "Keys", 2, ladder="findings")
    assert order(garden, 2) == ["Locked out", "Lists", "Keys"]
    edits.change_node(garden.project, "Keys", position=1)
    assert order(garden, 2) == ["Keys", "Locked out", "Lists"]
    edits.change_node(garden.project, "Keys", position=2)
    assert order(garden, 2) == ["Locked out", "Keys", "Lists"]
    tree = [line.strip().split(" [")[0] for line in mapping.ladder_tree(garden.project)]
    assert tree == ["Access", "Weather and locks", "Locked out", "Keys", "Lists"]
    with pytest.raises(errors.BadValue, match="a number from 1 to 3"):
        edits.change_node(garden.project, "Keys", position=4)
    garden.project.undo()
    garden.project.undo()
    assert order(garden, 2) == ["Locked out", "Lists", "Keys"]


def test_a_note_changes_alone_and_is_not_written_over_somebody_elses(garden):
    edits.change_node(garden.project, "Lists", note="On the shed.", row_version=1)
    row = node(garden, "Lists")
    assert (row["note"], row["level"], row["label"]) == ("On the shed.", 2, "Lists")
    with pytest.raises(errors.ChangedMeanwhile, match="The node was changed"):
        edits.change_node(garden.project, "Lists", note="", row_version=1)
    edits.change_node(garden.project, "Lists", note="", row_version=2)
    assert node(garden, "Lists")["note"] == ""


# --- ladders, facets, placements -----------------------------------------------------


def test_a_ladder_is_renamed_but_not_after_another(garden):
    edits.add_ladder(garden.project, "second")
    with pytest.raises(errors.Refused, match="There is a ladder called “findings” already"):
        edits.rename_ladder(garden.project, "second", "findings")
    edits.rename_ladder(garden.project, "findings", " themes ", row_version=1)
    assert mapping.ladder_names(garden.project) == ["themes", "second"]
    with pytest.raises(errors.ChangedMeanwhile):
        edits.rename_ladder(garden.project, "themes", "again", row_version=1)
    with pytest.raises(errors.BadValue, match="The name of a ladder"):
        edits.rename_ladder(garden.project, "themes", " ")


def test_only_a_ladder_without_nodes_is_withdrawn(garden):
    with pytest.raises(errors.Refused, match=r"“findings” has 5 nodes\. Withdraw them first"):
        edits.withdraw_ladder(garden.project, "findings")
    edits.add_ladder(garden.project, "second")
    edits.withdraw_ladder(garden.project, "second")
    assert mapping.ladder_names(garden.project) == ["findings"]


def test_a_facet_is_taken_away(garden):
    with pytest.raises(errors.ChangedMeanwhile, match="The facet was changed"):
        edits.unset_facet(garden.project, "Locked out", "where", row_version=2)
    edits.unset_facet(garden.project, "Locked out", "where", row_version=1)
    assert garden.live()["facet"] == []
    with pytest.raises(errors.Refused, match="“Locked out” has no facet “where”"):
        edits.unset_facet(garden.project, "Locked out", "where")


def test_a_case_is_taken_out_of_its_type(garden):
    before = list(mapping.unplaced(garden.project)["case"])
    with pytest.raises(errors.ChangedMeanwhile, match="The placement was changed"):
        edits.unplace_case(garden.project, "ways", "gardener", row_version=2)
    edits.unplace_case(garden.project, "ways", "gardener", row_version=1)
    assert sorted(mapping.unplaced(garden.project)["case"]) == sorted([*before, "gardener"])
    with pytest.raises(errors.Refused, match=f"“{BO}” stands in no type of “ways”"):
        edits.unplace_case(garden.project, "ways", BO)


# --- put together, several at once ----------------------------------------------------


def test_several_nodes_come_under_one_all_or_none(garden):
    before = garden.live()
    with pytest.raises(errors.Refused, match="“Locked out” is not on a higher level"):
        edits.connect_several(garden.project, ["Lists", "Access"], "Locked out")
    assert garden.live() == before
    edits.connect_several(garden.project, ["Lists", "Locked out", "Lists"], "Access")
    assert edges(garden) == {OLD, UPPER, ("Lists", "Access"), ("Locked out", "Access")}
    assert summary(garden) == "Put 2 nodes under “Access”"
    garden.project.undo()
    assert edges(garden) == {OLD, UPPER}


def test_a_node_is_made_over_others_in_one_act(garden):
    acts = garden.acts()
    edits.add_node(
        garden.project, "Ways in", 3, ladder="findings", under=["Access"], over=["Lists"]
    )
    assert garden.acts() == acts + 1
    assert edges(garden) == {OLD, UPPER, ("Lists", "Ways in"), ("Ways in", "Access")}
    with pytest.raises(errors.Refused, match="“Low” is not on a higher level than “Ways in”"):
        edits.add_node(garden.project, "Low", 2, ladder="findings", over=["Ways in"])
