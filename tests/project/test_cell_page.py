"""One cell with all that stands behind it, and the chart as a page reads it."""

import builders
import pytest
from builders import ANNA, BO, GARDENER, GROUP, VERSION

from workbench import errors, views
from workbench.project import cell_page, chart_page, edits
from workbench.project.names import Names
from workbench.store import records


def cell(garden, case, code):
    return cell_page.cell_page(garden.project, VERSION, case, code)


def whole(garden, held=None):
    return chart_page.whole_chart(garden.project, VERSION, held)


# --- one cell ------------------------------------------------------------------------


def test_a_cell_has_its_statements_its_words_and_the_rules_of_its_code(garden):
    shown = cell(garden, "gardener", "1.2")
    assert (shown.case, shown.code, shown.attributes) == (
        "gardener",
        "Barriers",
        (("plot", "12"), ("member", "yes")),
    )
    assert shown.rules["definition"] == "What people say about barriers."
    rain, gate = garden.codings["rain"], garden.codings["gate"]
    assert [(s.kind, s.text, set(s.evidence), s.who) for s in shown.statements] == [
        ("verbatim", "Rain keeps me away.", {rain}, "anna"),
        ("summary", "A locked gate shuts people out.", {rain, gate}, "anna"),
    ]
    assert [(q.words, q.transcript, q.turn, q.speaker, q.where) for q in shown.codings] == [
        (("Rain keeps me away.",), "gardener", 4, "P1", "here"),
        (("The gate is locked after six, and nobody has a key.",), "gardener", 4, "P1", "here"),
    ]
    assert (shown.changes, shown.redefined, shown.rules_before) == ((), False, None)


def test_a_cell_in_which_nobody_worked_is_of_version_0(garden):
    shown = cell(garden, "gardener", "2.1")
    assert (shown.row_version, shown.mark, shown.statements, shown.codings) == (0, "", (), ())
    assert cell(garden, ANNA, "2.2").mark == "nothing said"


def test_of_words_that_several_say_a_cell_shows_those_of_its_case(garden):
    start, stop = GROUP.index("Anna: We"), GROUP.index("in July")
    edits.code(garden.project, "group", start, stop, "1.2")
    (quote,) = cell(garden, ANNA, "1.2").codings
    assert quote.words == (
        "Anna: We have a list on the shed. It works well.",
        "Anna: That is true ",
    )


def test_a_coding_that_a_statement_cites_besides_is_shown_with_its_code(garden):
    edits.change_statement(
        garden.project, garden.statements["helps"], evidence=[garden.codings["rain"]]
    )
    told = [(q.words[0], q.where, q.code) for q in cell(garden, "gardener", "1.1").codings]
    assert told == [
        ("The quiet. On a bad day I come here 🌱 and it helps.", "here", ""),
        ("Rain keeps me away.", "beside", "1.2 Barriers"),
    ]


def test_what_came_went_and_changed_since_is_told_one_by_one(garden):
    rain, gate = garden.codings["rain"], garden.codings["gate"]
    start = GARDENER.index("nobody has")
    new = edits.code(garden.project, "gardener", start, start + 6, "1.2").coding_id
    edits.withdraw_coding(garden.project, rain)
    held = GARDENER.index("The gate")
    edits.change_coding(garden.project, gate, start=held, stop=held + 8)
    shown = cell(garden, "gardener", "1.2")
    assert [(c.what, c.coding_id, c.before, c.who) for c in shown.changes] == [
        ("new", new, "", "anna"),
        ("moved", gate, "The gate is locked after six, and nobody has a key.", "anna"),
        ("gone", rain, "Rain keeps me away.", "anna"),
    ]
    assert {q.coding_id: q.where for q in shown.codings}[rain] == "gone"
    edits.review_cell(garden.project, "gardener", "1.2")
    assert cell(garden, "gardener", "1.2").changes == ()


def test_a_coding_with_another_code_says_what_it_was(garden):
    edits.change_coding(garden.project, garden.codings["gate"], code="2.2")
    (change,) = cell(garden, "gardener", "1.2").changes
    assert (change.what, change.before) == ("recoded", "1.2 Barriers")


def test_a_comment_alone_is_never_stale(garden):
    edits.write_statement(garden.project, ANNA, "1.2", "Ask her.", kind="comment")
    start = GROUP.index("on the shed")
    edits.code(garden.project, "group", start, start + 6, "1.2")
    assert cell(garden, ANNA, "1.2").changes == ()


def test_each_stale_cell_has_changes_and_no_other_cell_has(garden):
    edits.withdraw_coding(garden.project, garden.codings["rain"])
    edits.code_quote(garden.project, "group", "It works well.", "2.1")
    edits.change_coding(garden.project, garden.codings["stale list"], code="2.2")
    states = views.states(garden.project)
    stale = {(r.case, r.code) for r in states.itertuples() if r.state == "stale"}
    assert len(stale) == 3
    told = {
        (r.case, r.code)
        for r in states.itertuples()
        if (shown := cell(garden, r.case, r.code)).changes or shown.redefined
    }
    assert told == stale


def test_a_definition_that_changed_is_shown_as_it_was(garden):
    p = garden.project
    edits.add_framework(p, builders.version("draft"))
    edits.code_quote(p, "gardener", "Rain keeps me away.", "1.2", framework="draft@1")
    edits.write_statement(p, "gardener", "1.2", "Rain.", framework="draft@1")
    with p.acting("reword") as act:
        draft = Names(act.connection).version("draft@1")
        row = Names(act.connection).code(draft, "1.2")
        records.update(act, "code_version", row["id"], {"definition": "What keeps people away."})
    shown = cell_page.cell_page(p, "draft@1", "gardener", "1.2")
    assert shown.redefined
    assert shown.rules["definition"] == "What keeps people away."
    assert shown.rules_before is not None
    assert shown.rules_before["definition"] == "What people say about barriers."


def test_an_unknown_name_is_told(garden):
    with pytest.raises(errors.UnknownName, match=r"no code “9\.9”"):
        cell(garden, "gardener", "9.9")


def test_places_of_statements_are_transcript_and_turn(garden):
    ids = [garden.statements[n] for n in ("gate", "list", "aside")]
    assert cell_page.places(garden.project, ids) == {
        ids[0]: [("gardener", 4)],
        ids[1]: [("group", 2)],
        ids[2]: [],
    }


def test_codings_behind_a_figure_come_whole_and_in_order(garden):
    ids = [garden.codings[n] for n in ("tools", "rain")]
    told = [(q.words, q.transcript) for q in cell_page.quoted(garden.project, ids)]
    assert told == [
        (("Rain keeps me away.",), "gardener"),
        (("Tools are lent and come back late.",), "group"),
    ]


# --- the chart -----------------------------------------------------------------------


def test_the_chart_says_of_each_cell_state_words_and_codings(garden):
    chart = whole(garden)
    row, column = chart.case_number("gardener"), chart.code_number("1.2")
    shown = chart.cell(row, column)
    assert (shown.state, shown.codings, [s[1:] for s in shown.statements]) == (
        "charted",
        2,
        [
            ("verbatim", "Rain keeps me away.", ""),
            ("summary", "A locked gate shuts people out.", ""),
        ],
    )
    assert chart.cell(row, chart.code_number("Tools")).state == "not asked"
    assert [chart.codes[n].number for n in chart.columns(chart.codes[3].category_id)] == [
        "2.1",
        "2.2",
    ]


def test_a_chart_is_read_again_only_when_something_was_done(garden):
    chart = whole(garden)
    assert whole(garden, chart) is chart
    edits.write_statement(garden.project, BO, "2.2", "Lent tools come late.")
    again = whole(garden, chart)
    assert again is not chart
    row, column = again.case_number(BO), again.code_number("2.2")
    assert (chart.cell(row, column).state, again.cell(row, column).state) == (
        "indexed, not charted",
        "charted",
    )


def test_open_cells_are_the_stale_then_the_coded_and_uncharted(garden):
    edits.withdraw_coding(garden.project, garden.codings["stale list"])
    start = GARDENER.index("nobody has")
    edits.code(garden.project, "gardener", start, start + 6, "2.2")
    name = {c.case_id: c.label for c in whole(garden).cases}
    code = {c.code_id: c.number for c in whole(garden).codes}
    told = [(name[c.case_id], code[c.code_id], c.state) for c in whole(garden).open_cells()]
    assert told == [
        (BO, "2.1", "stale"),
        ("gardener", "2.2", "not asked"),
        (ANNA, "1.1", "indexed, not charted"),
        (BO, "2.2", "indexed, not charted"),
    ]


def test_rows_stand_together_by_an_attribute_numbers_first_and_none_last(garden):
    edits.set_attribute(garden.project, "gardener", "since", "9", kind="integer")
    edits.set_attribute(garden.project, BO, "since", "10", kind="integer")
    chart = whole(garden)
    told = [(g.heading, [chart.cases[n].label for n in g.rows]) for g in chart.grouped("since")]
    assert told == [("9", ["gardener"]), ("10", [BO]), ("(not stated)", [ANNA])]


def test_a_statement_whose_words_are_gone_is_bare(garden):
    edits.withdraw_coding(garden.project, garden.codings["list"])
    assert whole(garden).bare == {garden.statements["list"]}
