"""Cases are renamed, ordered, given less and taken away, as far as nothing rests on them."""

import pytest
from builders import ANNA, BO, GARDENER, GROUP, Garden

from workbench import errors, views
from workbench.project import edits


def words(garden: Garden, case: str, text: str = GROUP) -> list[str]:
    """Return the words of a case, stretch by stretch."""
    rows = garden.live()
    of = next(c["id"] for c in rows["case"] if c["label"] == case)
    spans = sorted((s["start"], s["stop"]) for s in rows["case_span"] if s["case_id"] == of)
    return [text[start:stop].strip() for start, stop in spans]


def values(garden: Garden, attribute: str) -> dict[str, object]:
    frame = views.cases(garden.project)
    pairs = zip(frame["case"], frame[attribute], strict=True)
    return {case: value for case, value in pairs if value == value and value is not None}


def broken(garden: Garden) -> list[str]:
    return [f.sentence() for f in garden.project.check() if f.severity == "broken"]


def summary(garden: Garden) -> str:
    return str(garden.project.history(1)[0]["summary"])


# --- label and place -----------------------------------------------------------------


def test_a_case_is_renamed_but_not_after_another(garden):
    with pytest.raises(errors.Refused, match="There is a case called “gardener” already"):
        edits.rename_case(garden.project, BO, "gardener")
    with pytest.raises(errors.BadValue, match="The name of a case"):
        edits.rename_case(garden.project, BO, " ")
    edits.rename_case(garden.project, BO, " Bo ", row_version=1)
    assert summary(garden) == f"Renamed the case “{BO}” to “Bo”"
    assert list(views.cases(garden.project)["case"]) == ["gardener", ANNA, "Bo"]
    with pytest.raises(errors.ChangedMeanwhile, match="The case was changed"):
        edits.rename_case(garden.project, "Bo", "B", row_version=1)


def test_a_case_takes_another_row_of_the_chart(garden):
    edits.move_case(garden.project, BO, 1, row_version=1)
    assert list(views.chart(garden.project).index) == [BO, "gardener", ANNA]
    edits.move_case(garden.project, BO, 2)
    assert list(views.chart(garden.project).index) == ["gardener", BO, ANNA]
    with pytest.raises(errors.BadValue, match="a number from 1 to 3"):
        edits.move_case(garden.project, BO, 4)
    with pytest.raises(errors.ChangedMeanwhile, match="The case was changed"):
        edits.move_case(garden.project, BO, 1, row_version=1)


# --- taken away ----------------------------------------------------------------------


def test_a_case_with_work_is_kept_and_the_work_is_counted(garden):
    edits.record_count(garden.project, "visits", 3, {"case": "gardener", "month": "May"})
    before = garden.live()
    with pytest.raises(errors.Refused) as caught:
        edits.withdraw_case(garden.project, "gardener")
    assert str(caught.value) == (
        "“gardener” has 3 statements and 1 placement and 1 count. Take these away first."
    )
    with pytest.raises(errors.Refused, match=f"“{BO}” has 2 statements. Take"):
        edits.withdraw_case(garden.project, BO)
    assert garden.live() == before


def test_a_case_without_work_goes_with_its_words_values_and_marks(garden):
    edits.withdraw_link(garden.project, garden.link)
    edits.withdraw_statement(garden.project, garden.statements["list"])
    edits.withdraw_case(garden.project, ANNA)
    rows = garden.live()
    assert [c["label"] for c in rows["case"]] == ["gardener", BO]
    kept = {c["id"] for c in rows["case"]}
    for table in ("case_span", "attribute_value", "cell"):
        assert {r["case_id"] for r in rows[table]} <= kept, table
    assert len(rows["coding"]) == 7
    assert summary(garden) == f"Withdrew the case “{ANNA}”"
    assert broken(garden) == []
    garden.project.undo()
    assert words(garden, ANNA)[0] == "Anna: We have a list on the shed. It works well."
    assert values(garden, "plot") == {"gardener": 12, ANNA: 3}


def test_a_case_whose_words_a_link_cites_is_kept(garden):
    edits.withdraw_statement(garden.project, garden.statements["list"])
    before = garden.live()
    with pytest.raises(errors.Refused, match="The link from “Locked out” to “Use of the garden”"):
        edits.withdraw_case(garden.project, ANNA)
    assert garden.live() == before


# --- fewer words ---------------------------------------------------------------------


def test_a_range_is_taken_from_a_case_and_the_rest_stays(garden):
    start, stop = GROUP.index(" are lent"), GROUP.index(" late")
    edits.unassign_case(garden.project, BO, "group", start=start, stop=stop)
    assert words(garden, BO) == [
        "Bo: The list is never up to date. Two people water the same bed.",
        "Bo: Tools",
        "late.",
    ]
    assert summary(garden) == f"The range {start}-{stop} of “group” does not belong to case “{BO}”"
    with pytest.raises(errors.Refused, match=f"None of these words of “group” are of “{BO}”"):
        edits.unassign_case(garden.project, BO, "group", start=start, stop=stop)
    garden.project.undo()
    assert words(garden, BO)[-1] == "Bo: Tools are lent and come back late."
    assert broken(garden) == []


def test_a_speakers_turns_or_a_whole_text_are_taken_from_a_case(garden):
    edits.assign_case(garden.project, "All", "group")
    assert words(garden, "All") == [GROUP.strip()]
    edits.unassign_case(garden.project, "All", "group", speaker="Bo")
    assert words(garden, "All") == [
        "I: How do you share the work?\nAnna: We have a list on the shed. It works well.",
        "Anna: That is true in July. Rain helps us.\nI: And the tools?",
        "",
    ]
    edits.unassign_case(garden.project, "All", "group")
    assert words(garden, "All") == []
    with pytest.raises(errors.UnknownName, match="no speaker “Cato”"):
        edits.unassign_case(garden.project, BO, "group", speaker="Cato")
    with pytest.raises(errors.OutsideText):
        edits.unassign_case(garden.project, BO, "group", start=5, stop=2)


def test_words_that_a_statement_rests_on_stay_its_cases(garden):
    before = garden.live()
    with pytest.raises(errors.Refused, match=r"“The list does not hold.” about “group: Bo” would"):
        edits.unassign_case(garden.project, BO, "group")
    edits.withdraw_coding(garden.project, garden.codings["stale list"])
    with pytest.raises(errors.Refused, match=r"“The list does not hold.” about “group: Bo” would"):
        edits.unassign_case(garden.project, BO, "group")
    start = GARDENER.index("Rain")
    with pytest.raises(errors.Refused, match=r"“Rain keeps me away.” about “gardener” would not"):
        edits.unassign_case(garden.project, "gardener", "gardener", start=start, stop=start + 5)
    with pytest.raises(errors.Refused, match="would cite words that belong to no case"):
        edits.unassign_case(
            garden.project, ANNA, "group", start=GROUP.index("Rain"), stop=GROUP.index("I: And")
        )
    garden.project.undo()
    assert garden.live() == before
    assert broken(garden) == []


# --- attributes ----------------------------------------------------------------------


def test_a_grid_is_set_in_one_act_with_new_columns_of_a_type(garden):
    acts = garden.acts()
    grid = {
        "gardener": {"plot": "13", "since": "2001", " note ": ""},
        ANNA: {"plot": "", "since": " 2012 "},
        BO: {"plot": "7", "since": ""},
    }
    kinds = {"since": "text", "empty": "date"}
    assert edits.set_attributes(garden.project, grid, kinds=kinds) == 5
    assert garden.acts() == acts + 1
    assert summary(garden) == "Set 5 values of 3 cases"
    assert values(garden, "plot") == {"gardener": 13, BO: 7}
    assert values(garden, "since") == {"gardener": "2001", ANNA: "2012"}
    kept = {a["name"]: a["type"] for a in garden.live()["attribute"]}
    assert kept == {
        "plot": "integer",
        "member": "boolean",
        "since": "text",
        "empty": "date",
        "note": "text",
    }
    assert edits.set_attributes(garden.project, grid, kinds=kinds) == 0
    assert garden.acts() == acts + 1


def test_a_new_column_without_a_type_takes_the_narrowest(garden):
    edits.set_attributes(garden.project, {ANNA: {"age": "40"}, BO: {"age": "41"}})
    assert values(garden, "age") == {ANNA: 40, BO: 41}


def test_of_a_grid_with_bad_cells_nothing_is_kept_and_the_first_is_named(garden):
    before, acts = garden.live(), garden.acts()
    grid = {ANNA: {"plot": "4"}, BO: {"plot": "four", "member": "7"}, "Kari": {"plot": "1"}}
    with pytest.raises(errors.BadValue) as caught:
        edits.set_attributes(garden.project, grid)
    assert str(caught.value) == (
        "The attribute “plot” of “group: Bo” cannot be 'four'; give a whole number of at most 18 "
        "digits. 2 more cells cannot be taken either."
    )
    with pytest.raises(errors.UnknownName, match="There is no case “Kari”"):
        edits.set_attributes(garden.project, {"Kari": {"plot": "1"}})
    with pytest.raises(errors.Refused, match="“plot” is integer, not text"):
        edits.set_attributes(garden.project, {}, kinds={"plot": "text"})
    with pytest.raises(errors.BadValue, match="The type of an attribute"):
        edits.set_attributes(garden.project, {}, kinds={"new": "number"})
    assert (garden.live(), garden.acts()) == (before, acts)


def test_an_empty_text_takes_a_value_away(garden):
    edits.set_attribute(garden.project, "gardener", "plot", " ")
    assert values(garden, "plot") == {ANNA: 3}
    assert summary(garden) == "“gardener”: plot is not stated"
    edits.set_attribute(garden.project, "gardener", "plot", "12", row_version=0)
    assert values(garden, "plot") == {"gardener": 12, ANNA: 3}


def test_an_attribute_is_renamed_but_not_after_another(garden):
    with pytest.raises(errors.Refused, match="There is an attribute “member” already"):
        edits.rename_attribute(garden.project, "plot", "member")
    with pytest.raises(errors.BadValue, match="every table of cases has it"):
        edits.rename_attribute(garden.project, "plot", "Case")
    edits.rename_attribute(garden.project, "plot", "bed", row_version=1)
    assert values(garden, "bed") == {"gardener": 12, ANNA: 3}
    with pytest.raises(errors.UnknownName, match=r"no attribute “bad”.*“bed”"):
        edits.rename_attribute(garden.project, "bad", "plot")
    with pytest.raises(errors.ChangedMeanwhile, match="The attribute was changed"):
        edits.rename_attribute(garden.project, "bed", "plot", row_version=1)


def test_a_type_that_a_value_does_not_have_is_refused_with_the_value(garden):
    edits.set_attributes(garden.project, {BO: {"plot": "3"}})
    with pytest.raises(errors.BadValue) as caught:
        edits.change_attribute_type(garden.project, "plot", "boolean")
    assert str(caught.value) == (
        "The attribute “plot” of “gardener” cannot be '12'; give yes or no. 2 more values "
        "cannot be taken either."
    )
    edits.change_attribute_type(garden.project, "plot", "text", row_version=1)
    assert values(garden, "plot") == {"gardener": "12", ANNA: "3", BO: "3"}
    with pytest.raises(errors.ChangedMeanwhile):
        edits.change_attribute_type(garden.project, "plot", "float", row_version=1)
    with pytest.raises(errors.BadValue, match="text, integer, float"):
        edits.change_attribute_type(garden.project, "plot", "number")


def test_an_attribute_goes_with_its_values_and_comes_back_with_them(garden):
    edits.withdraw_attribute(garden.project, "plot")
    assert "plot" not in views.cases(garden.project)
    assert summary(garden) == "Withdrew the attribute “plot” with 2 values"
    garden.project.undo()
    assert values(garden, "plot") == {"gardener": 12, ANNA: 3}


def test_words_taken_out_of_the_middle_of_a_case_come_back_though_the_rest_is_cited(garden):
    before, at = garden.live(), GROUP.index("Two people")
    edits.unassign_case(garden.project, BO, "group", start=at, stop=at + 10)
    garden.project.undo()
    assert garden.live() == before
