"""The page of mapping: what its parts are given, and what a person is told."""

import json

import pytest

import workbench
from workbench.errors import Refused
from workbench.project import edits, ladder_board, mapping, typology_page
from workbench.ui import operations
from workbench.ui.panels import typology


def payloads(at):
    """Return what each part of the page was given, by its name."""
    held = {}
    for one in at.get("bidi_component"):
        held[one.proto.component_name] = json.loads(one.proto.json or "{}")
    return held


def labels(board):
    return {node[2]: node for node in board["nodes"]}


def test_a_project_without_a_ladder_is_told_to_begin_one_and_does(page, empty):
    at = page("mapping", empty)
    assert any("No ladder yet" in m.value for m in at.markdown)
    (name,) = (t for t in at.text_input if t.label == "Name")
    name.set_value("climb")
    (begin,) = (b for b in at.button if b.label == "Begin the ladder")
    begin.click().run()
    assert not at.exception
    with workbench.open(empty) as project:
        assert project.history(1)[0]["summary"] == "Started the ladder “climb”"


def test_the_board_has_the_levels_the_statements_of_a_column_and_the_nodes(page, study):
    board = payloads(page("mapping", study))["workbench_board"]
    assert board["ladder"] == "findings"
    assert board["levels"] == {
        "1": "statement",
        "2": "element",
        "3": "dimension",
        "4": "category",
        "5": "theme",
    }
    assert {s[4] for s in board["statements"]} == {"1.1 Reasons for opening"}
    theme = labels(board)["Open because somebody carries it"]
    assert (theme[1], theme[5], theme[6]) == (5, 6, 62)
    seeing = labels(board)["Seeing to people one by one"]
    assert len(seeing[7]) == 2


def test_all_columns_can_be_shown_at_once(page, study):
    board = payloads(page("mapping", study, column="all"))["workbench_board"]
    assert len({s[4] for s in board["statements"]}) == 11


def test_an_address_opens_a_node_on_the_board_whatever_view_was_asked_for(page, study):
    board = payloads(page("mapping", study, node="Unease", view="figures"))["workbench_board"]
    assert board["focus"]["ask"] == labels(board)["Unease"][0]


def test_the_central_chart_has_a_row_for_each_case(page, study):
    sheet = payloads(page("mapping", study, view="central"))["workbench_sheet"]
    assert sheet["heads"][:3] == ["Case", "Reasons for opening", "Reasons for opening: dimension"]
    assert [row[0] for row in sheet["rows"]][:2] == ["Librarian", "Caretaker"]
    assert all(len(row) == len(sheet["heads"]) for row in sheet["rows"])


def test_groups_are_told_with_names(page, study):
    cells = payloads(page("mapping", study, view="groups", by="engagement"))["workbench_groups"]
    (one,) = [
        c
        for c in cells["cells"]
        if c[1] == "Open because somebody carries it" and c[2] == "volunteer"
    ]
    assert (len(one[3]), one[4]) == (3, [])
    assert cells["corner"] == "Theme"


def test_the_typology_shows_every_case_and_who_is_not_placed(page, study):
    at = page("mapping", study, view="typology")
    types = payloads(at)["workbench_types"]
    assert [t["name"] for t in types["types"]][:2] == ["host", "warden"]
    assert [c[0] for c in types["cases"] if not c[1]] == ["Torbjørn"]
    assert any("1 of 6 cases" in c.value for c in at.caption)


@pytest.mark.parametrize("kind", ["sunburst", "treemap", "heat"])
def test_each_figure_has_its_table(page, study, kind):
    at = page("mapping", study, view="figures", figure=kind)
    assert len(at.get("plotly_chart")) == 1
    rows = at.dataframe[0].value
    with workbench.open(study) as project:
        ways = len(mapping.ladder_tree(project))
    assert len(rows) == (6 if kind == "heat" else ways)
    assert ways == 55


def test_the_form_reads_dimensions_and_types():
    said = typology.dimensions_of("who: oneself, others\nnothing\nwhen: at once, at once, later")
    assert said == {"who": ["oneself", "others"], "when": ["at once", "later"]}
    places = typology.every_place(said)
    assert places["when"].tolist() == ["at once", "later", "at once", "later"]
    places.loc[1, " type"] = "first"
    assert typology.types_of(places) == {"first": {"who": "oneself", "when": "later"}}


def test_operations_are_the_acts_and_readings_of_the_board(study):
    with workbench.open(study, who="ingrid") as project:
        carry = operations.carry_out
        said, *_others = _unused(project)
        made, _says = carry(
            project,
            "add_node",
            {
                "ladder": "findings",
                "label": "New",
                "level": 2,
                "statements": [said],
                "over": [],
            },
        )
        carry(project, "connect_nodes", {"children": [made], "parent": "Unease"})
        carry(project, "rename_node", {"node": made, "label": "Newer", "row_version": 1})
        found, _says = carry(project, "words_below_node", {"ladder": "findings", "node": made})
        assert [one["statement_id"] for one in found["said"]] == [said]
        assert found["of"] == 1
        carry(project, "disconnect_nodes", {"child": made, "parent": "Unease"})
        carry(project, "withdraw_node", {"node": made})
        assert [a["summary"] for a in project.history(5)] == [
            "Withdrew “Newer”",
            "Took “Newer” from under “Unease”",
            "Renamed “New” to “Newer”",
            "Put “New” under “Unease”",
            "Added “New” to the ladder “findings”",
        ]


def _unused(project):
    found = mapping.ladder_unused(project, "findings")
    return found.loc[found["what"] == "statement", "id"].tolist()


OWN = "finding / pattern / domain / message"


def button(at, label):
    (found,) = [b for b in at.button if b.label == label]
    return found


def name_levels(at, form):
    """Choose own names in the form whose fields have such keys, and type four."""
    at.selectbox(key=f"{form}:template").set_value("own").run()
    for level, name in zip((2, 3, 4, 5), OWN.split(" / "), strict=True):
        at.text_input(key=f"{form}:level {level}").set_value(name)


def test_a_ladder_is_begun_with_own_names_of_its_levels(page, empty):
    at = page("mapping", empty)
    name_levels(at, "new ladder")
    button(at, "Begin the ladder").click().run()
    assert not at.exception
    with workbench.open(empty) as project:
        assert ladder_board.shown_ladder(project, "findings").template == OWN


def test_own_names_that_are_not_whole_are_told_and_kept(page, empty):
    at = page("mapping", empty)
    name_levels(at, "new ladder")
    at.text_input(key="new ladder:level 3").set_value("Finding")
    button(at, "Begin the ladder").click().run()
    assert "another name" in at.error[0].value
    assert at.text_input(key="new ladder:level 3").value == "Finding"
    with workbench.open(empty) as project:
        assert mapping.ladder_names(project) == []


CHANGED = "ladder_board.shown_ladder(session.project(), 'findings')"


def test_the_ladder_that_is_shown_gets_another_name_and_other_levels(page, study, form):
    at = page("mapping", study)
    button(at, "Change").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        held = ladder_board.shown_ladder(project, "findings")
    fields = f"ladder {held.id} {held.row_version}"
    assert at.selectbox(key=f"{fields}:template").value == "framework"
    at = form("ladder_forms.change_form", CHANGED)
    at.text_input(key=f"{fields}:name").set_value("<b>climb</b>")
    name_levels(at, fields)
    button(at, "Save").click().run()
    assert not at.exception
    board = payloads(page("mapping", study))["workbench_board"]
    assert board["ladder"] == "<b>climb</b>"
    assert list(board["levels"].values()) == ["statement", *OWN.split(" / ")]
    with workbench.open(study) as project:
        assert project.history(1)[0]["verb"] == "change ladder"


def test_a_ladder_that_somebody_changed_meanwhile_is_not_written_over_at_once(study, form):
    at = form("ladder_forms.change_form", CHANGED)
    (objective,) = [t for t in at.text_input if t.label == "Objective"]
    with workbench.open(study, who="sunniva") as project:
        edits.change_ladder(project, "findings", objective="Theirs")
    objective.set_value("Mine")
    button(at, "Save").click().run()
    assert "Somebody else changed this meanwhile" in at.warning[0].value
    button(at, "Save").click().run()
    with workbench.open(study) as project:
        assert ladder_board.shown_ladder(project, "findings").objective == "Mine"


HELD = typology_page.ShownTypology(
    "ways",
    {"who": ["oneself", "others"], "when": ["at once", "later"]},
    (
        typology_page.ShownType("first", "Comes.", {"who": "oneself", "when": "at once"}),
        typology_page.ShownType("told", "", {"who": "others", "when": "later"}),
    ),
    (),
)


def test_types_are_shown_with_the_values_that_are_still_ones():
    same = typology.held_types(HELD, HELD.dimensions)
    assert same.to_numpy().tolist() == [
        ["first", "first", "Comes.", "oneself", "at once"],
        ["told", "told", "", "others", "later"],
    ]
    other = {"person": ["oneself", "nobody"], "when": ["at once", "later"], "where": ["home"]}
    assert typology.held_types(HELD, other).to_numpy().tolist() == [
        ["first", "first", "Comes.", "oneself", "at once", None],
        ["told", "told", "", None, "later", None],
    ]


def test_rows_of_types_say_what_is_new_renamed_and_gone():
    given = typology.held_types(HELD, HELD.dimensions)
    given.loc[0, " type"] = " earliest "
    given.loc[2] = [None, "third", None, "others", "at once"]
    given.loc[3] = [None, None, None, None, None]
    assert typology.changed_types(given.drop(index=1)) == {
        "types": {
            "earliest": {"who": "oneself", "when": "at once"},
            "third": {"who": "others", "when": "at once"},
        },
        "definitions": {"earliest": "Comes.", "third": ""},
        "renamed": {"first": "earliest"},
    }
    given.loc[2, " type"] = "told"
    with pytest.raises(Refused, match="Two types are called “told”"):
        typology.changed_types(given)


def test_a_typology_gets_another_name_in_its_form(page, study, form):
    at = page("mapping", study, view="typology")
    button(at, "Change").click().run()
    assert not at.exception
    at = form(
        "typology.change_form",
        "typology_page.shown_typology(session.project(), 'ways of keeping open')",
    )
    (name,) = [t for t in at.text_input if t.label == "Name"]
    name.set_value("ways of being open")
    button(at, "Save").click().run()
    assert not at.exception
    with workbench.open(study) as project:
        assert typology_page.typology_names(project) == ["ways of being open"]
        assert project.history(1)[0]["verb"] == "change typology"
