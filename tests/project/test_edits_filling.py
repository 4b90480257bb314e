"""Cells are filled with the words of their codings; statements stand in an order."""

import pytest
from builders import ANNA, BO, GARDENER, GROUP, Garden

from workbench import errors, views
from workbench.project import edits


def lines(garden: Garden, case: str, code: str) -> list[tuple[str, str, list[str]]]:
    """Return kind, text and evidence of the statements of a cell, in their order."""
    frame = views.statements(garden.project)
    rows = frame.loc[(frame["case"] == case) & (frame["number"] == code)].sort_values("position")
    name = {v: k for k, v in garden.codings.items()}
    return [
        (row.kind, row.text, sorted(name.get(e, "new") for e in row.evidence))
        for row in rows.itertuples()
    ]


def state(garden: Garden, case: str, code: str) -> str:
    frame = views.states(garden.project)
    return str(frame.loc[(frame["case"] == case) & (frame["code"] == code), "state"].item())


def broken(garden: Garden) -> list[str]:
    return [f.sentence() for f in garden.project.check() if f.severity == "broken"]


# --- one cell ------------------------------------------------------------------------


def test_the_words_of_a_cell_become_verbatim_statements_with_their_codings(garden):
    assert lines(garden, BO, "2.2") == []
    assert edits.fill_cell(garden.project, BO, "Tools") == 1
    assert lines(garden, BO, "2.2") == [
        ("verbatim", "Tools are lent and come back late.", ["tools"])
    ]
    assert state(garden, BO, "Tools") == "charted"
    summary = garden.project.history(1)[0]["summary"]
    assert summary == "Filled group: Bo × Tools with 1 statement"
    assert broken(garden) == []


def test_only_codings_that_no_statement_cites_come_in_after_those_that_are_there(garden):
    assert edits.fill_cell(garden.project, "gardener", "1.2") == 0
    start = GARDENER.index("nobody has")
    edits.code(garden.project, "gardener", start, start + 6, "1.2")
    assert state(garden, "gardener", "Barriers") == "stale"
    assert edits.fill_cell(garden.project, "gardener", "1.2") == 1
    assert [text for _, text, _ in lines(garden, "gardener", "1.2")] == [
        "Rain keeps me away.",
        "A locked gate shuts people out.",
        "nobody",
    ]
    assert state(garden, "gardener", "Barriers") == "charted"
    assert edits.fill_cell(garden.project, "gardener", "1.2") == 0


def test_nothing_to_fill_is_no_act(garden):
    acts, before = garden.acts(), garden.live()
    assert edits.fill_cell(garden.project, ANNA, "1.2") == 0
    assert edits.fill_cell(garden.project, "gardener", "1.2") == 0
    assert (garden.acts(), garden.live()) == (acts, before)


def test_a_coding_over_what_several_say_gives_each_case_its_own_words(garden):
    start, stop = GROUP.index("list is never"), GROUP.index("Rain helps")
    made = edits.code(garden.project, "group", start, stop, "2.2").coding_id
    assert edits.fill_cell(garden.project, BO, "2.2") == 2
    assert [text for _, text, _ in lines(garden, BO, "2.2")] == [
        "list is never up to date. Two people water the same bed.",
        "Tools are lent and come back late.",
    ]
    assert edits.fill_cell(garden.project, ANNA, "2.2") == 1
    assert [text for _, text, _ in lines(garden, ANNA, "2.2")] == ["Anna: That is true in July."]
    cited = [e["coding_id"] for e in garden.live()["statement_evidence"]]
    assert cited.count(made) == 2
    assert state(garden, ANNA, "Tools") == "charted"
    assert broken(garden) == []


def test_a_coding_over_two_stretches_of_a_case_becomes_a_statement_for_each(garden):
    start, stop = GROUP.index("Anna: We"), GROUP.index("in July")
    edits.code(garden.project, "group", start, stop, "1.2")
    assert edits.fill_cell(garden.project, ANNA, "1.2") == 2
    assert lines(garden, ANNA, "1.2") == [
        ("verbatim", "Anna: We have a list on the shed. It works well.", ["new"]),
        ("verbatim", "Anna: That is true", ["new"]),
    ]
    assert edits.fill_cell(garden.project, ANNA, "1.2") == 0
    assert broken(garden) == []


def test_two_coders_of_the_same_words_are_one_statement_on_both(garden):
    words = ("group", "Tools are lent and come back late.", "2.2")
    edits.code_quote(garden.project, *words, coder="bo")
    assert edits.fill_cell(garden.project, BO, "2.2") == 1
    assert lines(garden, BO, "2.2") == [("verbatim", words[1], ["new", "tools"])]


# --- a category ----------------------------------------------------------------------


def test_a_category_is_filled_where_nothing_but_comments_stands(garden):
    edits.write_statement(garden.project, ANNA, "1.1", "Ask her.", kind="comment")
    start = GARDENER.index("I come here")
    edits.code(garden.project, "gardener", start, start + 6, "1.1")
    assert edits.fill_cells(garden.project, "Coming") == 1
    assert [kind for kind, *_ in lines(garden, ANNA, "1.1")] == ["comment", "verbatim"]
    assert len(lines(garden, "gardener", "1.1")) == 1
    assert garden.project.history(1)[0]["summary"] == "Filled cells of “Coming” with 1 statement"
    assert edits.fill_cells(garden.project, "2") == 1
    assert lines(garden, BO, "2.2")[0][1] == "Tools are lent and come back late."


def test_a_cell_that_is_marked_as_empty_is_left_to_a_person(garden):
    start = GROUP.index("on the shed")
    edits.code(garden.project, "group", start, start + 6, "2.2")
    assert edits.fill_cells(garden.project, "Sharing") == 1
    assert lines(garden, ANNA, "2.2") == []
    assert edits.fill_cell(garden.project, ANNA, "2.2") == 1
    assert state(garden, ANNA, "Tools") == "charted"
    assert broken(garden) == []


def test_an_unknown_category_is_told(garden):
    with pytest.raises(errors.UnknownName, match=r"no category with codes “Comming”.*“Coming”"):
        edits.fill_cells(garden.project, "Comming")


# --- the order of statements ---------------------------------------------------------


def test_a_statement_takes_another_place_and_the_others_make_room(garden):
    third = edits.write_statement(
        garden.project, "gardener", "1.2", "Third.", evidence=[garden.codings["gate"]]
    )
    edits.review_cell(garden.project, "gardener", "1.2")

    def order() -> list[str]:
        return [text.split()[0] for _, text, _ in lines(garden, "gardener", "1.2")]

    assert order() == ["Rain", "A", "Third."]
    edits.move_statement(garden.project, third, 1)
    assert order() == ["Third.", "Rain", "A"]
    edits.move_statement(garden.project, garden.statements["rain"], 3)
    assert order() == ["Third.", "A", "Rain"]
    assert state(garden, "gardener", "Barriers") == "reviewed"
    garden.project.undo()
    garden.project.undo()
    assert order() == ["Rain", "A", "Third."]


def test_a_place_that_the_cell_does_not_have_is_refused(garden):
    for place in (0, 3, -1):
        with pytest.raises(errors.BadValue, match="give a number from 1 to 2"):
            edits.move_statement(garden.project, garden.statements["rain"], place)
    acts = garden.acts()
    edits.move_statement(garden.project, garden.statements["rain"], 1)
    assert garden.acts() == acts


def test_a_statement_that_somebody_changed_meanwhile_is_not_moved(garden):
    edits.change_statement(garden.project, garden.statements["gate"], text="Gates.")
    with pytest.raises(errors.ChangedMeanwhile, match="The statement was changed by somebody"):
        edits.move_statement(garden.project, garden.statements["gate"], 1, row_version=1)
    edits.move_statement(garden.project, garden.statements["gate"], 1, row_version=2)
