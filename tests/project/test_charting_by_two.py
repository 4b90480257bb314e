"""Charting by two: own versions of a cell, their overlap, the blind round, and the decision."""

import builders
import pytest
import two_versions
from builders import ANNA, BO, VERSION, Garden
from hypothesis import given
from hypothesis import strategies as st
from tampering import by_force
from trying import often
from two_versions import CELL, LATER, LOCKED, ROUND

from workbench import errors
from workbench.model.undefined import NOT_FINISHED, NOT_OPEN_YET, NOTHING_CITED
from workbench.project import charting_rounds, edits, views
from workbench.project.opening import Project
from workbench.stages.charting.overlap import overlap

GATE_LONG, RAIN_LONG = 51, 19
"""Characters of “The gate is locked after six, and nobody has a key.” and “Rain keeps me away.”"""


def in_chart(project: Project) -> list[tuple[str, str]]:
    """Return text and kind of the statements in `CELL` of the chart, in order."""
    table = views.statements(project, VERSION)
    table = table.loc[(table["case"] == CELL[0]) & (table["number"] == CELL[1])]
    return list(zip(table["text"], table["kind"], strict=True))


def own_texts(garden: Garden) -> list[str]:
    return [row["text"] for row in garden.live()["own_statement"]]


@pytest.fixture
def before(garden: Garden) -> list[tuple[str, str]]:
    """What stood in the chart's cell before anybody planned anything."""
    return in_chart(garden.project)


@pytest.fixture
def two(before: list[tuple[str, str]], garden: Garden) -> Garden:
    """The garden with both versions written and finished."""
    two_versions.written(garden)
    return garden


def decide(garden: Garden, choice: str, reason: str = "Said so.", **more: object) -> list[str]:
    return edits.decide_cell(garden.project, ROUND, *CELL, choice, reason, **more)


def cell(garden: Garden) -> charting_rounds.CellOfTwo:
    return charting_rounds.cell_of_two(garden.project, ROUND, *CELL)


# --- planning ------------------------------------------------------------------------


def test_a_round_is_of_the_cells_of_cases_and_codes_in_the_order_of_the_chart(garden: Garden):
    two_versions.plan(garden.project)
    table = views.charting_differences(garden.project, ROUND)
    assert list(zip(table["case"], table["code"], strict=True)) == [
        ("gardener", "1.2 Barriers"),
        ("gardener", "2.1 Shared work"),
        (BO, "1.2 Barriers"),
        (BO, "2.1 Shared work"),
    ]
    assert table.attrs["sides"] == ("anna", "bo")
    told = views.charting_rounds(garden.project).to_dict("records")
    assert [(t.pop("seed"), t.pop("drawn_from")) for t in told] == [(None, None)] * 2
    common = {"round": ROUND, "framework": VERSION, "finished": 0, "cells": 4, "decided": 0}
    common |= {"blind": True, "open": False}
    assert told == [{**common, "person": "anna"}, {**common, "person": "bo"}]


def test_a_draw_is_of_cells_with_codings_and_its_seed_is_kept(garden: Garden):
    edits.plan_charting(garden.project, ROUND, ["anna", "bo"], number=6, seed=3)
    table = views.charting_differences(garden.project, ROUND)
    coded = {
        ("gardener", "1.1 Reasons to come"),
        ("gardener", "1.2 Barriers"),
        (ANNA, "1.1 Reasons to come"),
        (ANNA, "2.1 Shared work"),
        (BO, "2.1 Shared work"),
        (BO, "2.2 Tools"),
    }
    assert set(zip(table["case"], table["code"], strict=True)) == coded
    told = views.charting_rounds(garden.project)
    assert (told["seed"].tolist(), told["drawn_from"].tolist()) == ([3, 3], [6, 6])


def test_a_draw_among_named_cases_says_of_how_many_of_their_cells(garden: Garden):
    edits.plan_charting(garden.project, ROUND, ["anna", "bo"], cases=[BO], number=1)
    told = views.charting_rounds(garden.project)
    assert told["drawn_from"].tolist() == [2, 2]  # 2.1 and 2.2 have codings of Bo's words
    assert set(views.charting_differences(garden.project, ROUND)["case"]) == {BO}


def test_a_draw_without_a_seed_takes_the_number_of_the_round_and_can_be_made_again(garden: Garden):
    p = garden.project
    for name, seed in (("one", None), ("two", None), ("again", 2)):
        edits.plan_charting(p, name, ["anna", "bo"], number=3, seed=seed)
    drawn = {n: views.charting_differences(p, n)["case_id"].tolist() for n in ("two", "again")}
    codes = {n: views.charting_differences(p, n)["code_id"].tolist() for n in ("two", "again")}
    assert (drawn["two"], codes["two"]) == (drawn["again"], codes["again"])
    assert views.charting_rounds(p)["seed"].tolist() == [1, 1, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("people", "options", "said"),
    [
        (["anna"], {"number": 1}, "Charting by two is for two people. Name two."),
        (["anna", "bo", "cato"], {"number": 1}, "Charting by two is for two people"),
        (["anna", "bo"], {}, "Name the cases or the codes of the round, or say how many"),
        (["anna", "bo"], {"number": 7}, "The number of cells to draw .* 1 to 6"),
        (["anna", "bo"], {"number": 0}, "The number of cells to draw .* 1 to 6"),
        (["anna", "bo"], {"cases": [BO], "seed": 1}, "named are not drawn. Leave the seed"),
        (["anna", "bo"], {"cases": ["Nobody"]}, "Nobody"),
        (["anna", "bo"], {"codes": ["9.9"]}, "9.9"),
        (
            ["anna", "bo"],
            {"cases": [BO], "codes": ["1.2"], "number": 1},
            "No such cell has codings",
        ),
    ],
)
def test_a_round_that_makes_no_sense_is_refused_and_nothing_stored(garden, people, options, said):
    state = garden.live()
    with pytest.raises(errors.WorkbenchError, match=said):
        edits.plan_charting(garden.project, ROUND, people, **options)
    assert garden.live() == state


def test_a_round_is_of_a_released_version_and_has_a_name_of_its_own(garden: Garden):
    p = garden.project
    two_versions.plan(p)
    with pytest.raises(errors.Refused, match="There is a round of charting called “double”"):
        two_versions.plan(p)
    edits.begin_draft(p, VERSION, "2")
    with pytest.raises(errors.Refused, match=r"garden@2 is a draft\. Release it first"):
        edits.plan_charting(p, "later", ["anna", "bo"], "garden@2", cases=[BO])


# --- writing -------------------------------------------------------------------------


def test_what_is_written_stands_beside_the_chart_and_not_in_it(two: Garden, before):
    assert in_chart(two.project) == before
    assert sorted(own_texts(two)) == sorted([LOCKED, LATER, "He sighs."])
    assert two.project.check() == []
    first, second = cell(two).sides
    assert [(s.text, s.kind, set(s.evidence)) for s in first.statements] == [
        (LOCKED, "summary", {two.codings["rain"], two.codings["gate"]})
    ]
    assert [(s.text, s.kind, s.evidence) for s in second.statements] == [
        (LATER, "summary", (two.codings["gate"],)),
        ("He sighs.", "comment", ()),
    ]


def test_the_rules_of_evidence_are_those_of_the_chart(garden: Garden):
    two_versions.plan(garden.project)
    with pytest.raises(errors.Refused, match="needs the words it rests on"):
        two_versions.write(garden, "anna", "Nothing under it.")
    with pytest.raises(errors.Refused, match="is not of words of “gardener”"):
        two_versions.write(garden, "anna", "Of another case.", "tools")
    with pytest.raises(errors.Refused, match="does not stand letter by letter"):
        two_versions.write(garden, "anna", "Rain kept me away.", "rain", kind="verbatim")
    assert own_texts(garden) == []
    two_versions.write(garden, "anna", "Rain keeps me away.", "rain", kind="verbatim")
    assert own_texts(garden) == ["Rain keeps me away."]


def test_only_the_two_write_each_the_own_version_and_only_cells_of_the_round(garden: Garden):
    two_versions.plan(garden.project)
    mine = two_versions.write(garden, "anna", LOCKED, "gate")
    with pytest.raises(
        errors.Refused, match="“cato” is none of the two who chart “double”: anna and bo"
    ):
        two_versions.write(garden, "cato", LATER, "gate")
    garden.project.who = "bo"
    with pytest.raises(errors.Refused, match="is the other person's"):
        edits.change_own_statement(garden.project, mine, text="Mine.")
    with pytest.raises(errors.Refused, match="Tools is not in the round of charting “double”"):
        edits.write_own_statement(garden.project, ROUND, BO, "2.2", "Late.")
    assert own_texts(garden) == [LOCKED]


def test_statements_stand_as_they_were_written_without_blanks_around_them(garden: Garden):
    two_versions.plan(garden.project)
    for text in ("  First. ", "Second.", "Third.\n"):
        made = two_versions.write(garden, "anna", text, "gate")
    assert [s.text for s in cell(garden).sides[0].statements] == ["First.", "Second.", "Third."]
    assert [r["position"] for r in garden.live()["own_statement"]] == [1, 2, 3]
    edits.change_own_statement(garden.project, made, text=" Last. ")
    assert [s.text for s in cell(garden).sides[0].statements] == ["First.", "Second.", "Last."]


def test_a_statement_that_was_changed_meanwhile_in_another_window_stays(garden: Garden):
    two_versions.plan(garden.project)
    made = two_versions.write(garden, "anna", LOCKED, "gate")
    edits.change_own_statement(garden.project, made, text="Rain.", row_version=1)
    with pytest.raises(errors.ChangedMeanwhile):
        edits.change_own_statement(garden.project, made, text="Snow.", row_version=1)
    assert own_texts(garden) == ["Rain."]


def test_a_case_without_a_code_is_no_cell_to_finish(garden: Garden):
    two_versions.plan(garden.project)
    before = garden.live()
    for half in ({"case": "gardener"}, {"code": "1.2"}):
        with pytest.raises(errors.Refused, match="Name a case and a code, or neither"):
            edits.finish_own_cells(garden.project, ROUND, **half)
    assert garden.live() == before


def test_what_is_finished_is_told_and_counted_once(garden: Garden):
    two_versions.plan(garden.project)
    assert edits.finish_own_cells(garden.project, ROUND, *CELL) == 1
    assert edits.finish_own_cells(garden.project, ROUND) == 3
    assert edits.finish_own_cells(garden.project, ROUND) == 0
    assert edits.finish_own_cells(garden.project, ROUND, *CELL, finished=False) == 1
    assert garden.project.history(1)[0]["summary"] == (
        "Finished no longer: 1 cell of the round of charting “double”"
    )


def test_a_statement_is_changed_and_withdrawn_until_the_cell_is_finished(garden: Garden):
    p = garden.project
    two_versions.plan(p)
    made = two_versions.write(garden, "anna", LOCKED, "rain", "gate")
    edits.change_own_statement(p, made, text="Rain.", evidence=[garden.codings["rain"]])
    (row,) = cell(garden).sides[0].statements
    assert (row.text, row.kind, row.evidence) == ("Rain.", "summary", (garden.codings["rain"],))
    edits.finish_own_cells(p, ROUND, *CELL)
    for act in (
        lambda: edits.withdraw_own_statement(p, made),
        lambda: edits.change_own_statement(p, made, text="No."),
        lambda: two_versions.write(garden, "anna", "More.", "gate"),
    ):
        with pytest.raises(errors.Refused, match="You have finished gardener × Barriers"):
            act()
    edits.finish_own_cells(p, ROUND, *CELL, finished=False)
    edits.withdraw_own_statement(p, made)
    assert own_texts(garden) == []


def test_once_both_have_finished_the_round_versions_stay_as_they_are(two: Garden):
    with pytest.raises(errors.Refused, match="Both have finished the round “double”"):
        edits.finish_own_cells(two.project, ROUND, *CELL, finished=False)
    assert all(row["finished"] for row in two.live()["own_cell"])


def test_what_a_cell_waits_for_is_told_to_each_as_they_see_it(garden: Garden):
    p = garden.project
    two_versions.plan(p)
    two_versions.finish(garden, "bo", *CELL)
    states = {who: cell(garden).state_for(who) for who in ("anna", "bo", "cato")}
    waits = charting_rounds.WAITING
    assert states == {"anna": charting_rounds.TO_WRITE, "bo": waits, "cato": waits}
    for who in ("anna", "bo"):
        two_versions.finish(garden, who)
    assert {cell(garden).state_for(w) for w in states} == {charting_rounds.OPEN}


def test_progress_is_told_for_each_person(garden: Garden):
    two_versions.plan(garden.project)
    two_versions.finish(garden, "bo", *CELL)
    two_versions.finish(garden, "anna")
    told = views.charting_rounds(garden.project)
    assert told[["person", "finished", "open"]].values.tolist() == [
        ["anna", 4, False],
        ["bo", 1, False],
    ]
    assert cell(garden).state == charting_rounds.WAITING  # bo's version is not shown yet
    two_versions.finish(garden, "bo")
    assert views.charting_rounds(garden.project)["open"].all()


# --- comparing -----------------------------------------------------------------------


def test_the_overlap_is_of_codings_and_of_characters_with_its_ids(two: Garden):
    over = cell(two).overlap
    assert over is not None
    assert over.both == (two.codings["gate"],)
    assert over.only_first == (two.codings["rain"],)
    assert over.only_second == ()
    assert over.codings == 1 / 2
    assert over.characters == GATE_LONG / (GATE_LONG + RAIN_LONG)
    assert (over.shared_characters, over.all_characters) == (GATE_LONG, GATE_LONG + RAIN_LONG)
    row = views.charting_differences(two.project, ROUND).iloc[0]
    assert (row["codings"], row["both"], row["why"]) == (0.5, (two.codings["gate"],), "")
    assert (row["first"], row["second"]) == ((LOCKED,), (LATER, "He sighs."))


def test_an_overlap_without_meaning_says_why(garden: Garden):
    p = garden.project
    two_versions.plan(p, blind=False)
    assert set(views.charting_differences(p, ROUND)["why"]) == {NOT_FINISHED}
    for who in ("anna", "bo"):
        two_versions.finish(garden, who, *CELL)
    row = views.charting_differences(p, ROUND).iloc[0]
    assert row["why"] == NOTHING_CITED
    assert row[["codings", "characters"]].isna().all()


PLACES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.sampled_from(["t", "u"]), st.integers(0, 9), st.integers(1, 9)).map(
        lambda p: (p[0], p[1], p[1] + p[2])
    ),
    min_size=1,
)


@often(200)
@given(places=PLACES, data=st.data())
def test_characters_are_counted_as_a_set_of_them_would_be(places, data):
    some = st.lists(st.sampled_from(sorted(places)))
    first, second = data.draw(some), data.draw(some)
    one, other = (
        {(places[i][0], at) for i in ids for at in range(*places[i][1:])} for ids in (first, second)
    )
    found = overlap(first, second, places)
    if not one | other:
        assert (found.codings, found.characters, found.why) == (None, None, NOTHING_CITED)
        return
    assert found.characters == len(one & other) / len(one | other)
    assert found.codings == len({*first} & {*second}) / len({*first, *second})
    assert {*found.both, *found.only_first} == {*first}
    turned = overlap(second, first, places)
    assert (turned.codings, turned.characters) == (found.codings, found.characters)


# --- the blind round -----------------------------------------------------------------


def test_a_blind_version_is_the_others_only_when_both_have_finished_all(garden: Garden):
    p = garden.project
    two_versions.plan(p)
    secret = two_versions.write(garden, "bo", LATER, "gate")
    two_versions.finish(garden, "bo")
    two_versions.finish(garden, "anna", *CELL)

    def seen() -> str:
        table = views.charting_differences(p, ROUND)
        found = [table.to_json(), str(charting_rounds.cells_of_two(p, ROUND)), str(p.history())]
        return "".join([*found, str(charting_rounds.statements_of_two(p, ROUND, *CELL))])

    for who, sees in (("anna", False), ("cato", False), ("bo", True)):
        p.who = who
        assert (LATER in seen()) == sees, who
        assert (secret in seen()) == sees, who
    p.who = "anna"
    assert set(views.charting_differences(p, ROUND)["why"]) == {NOT_OPEN_YET}
    with pytest.raises(errors.Refused, match="is blind, and not both have finished all"):
        decide(garden, "A")
    two_versions.finish(garden, "anna")
    assert LATER in seen()
    p.who = "cato"
    assert LATER in seen()


def test_the_own_acts_of_a_blind_round_are_told_to_who_did_them(garden: Garden):
    p = garden.project
    two_versions.plan(p)
    two_versions.write(garden, "bo", LATER, "gate")
    newest = {}
    for who in ("anna", "bo"):
        p.who = who
        newest[who] = p.history(1)[0]["summary"]
    assert newest["anna"] == "Charted in a blind round"
    assert LATER in newest["bo"]


def test_a_round_that_is_not_blind_is_decided_cell_by_cell(garden: Garden):
    p = garden.project
    two_versions.plan(p, blind=False)
    two_versions.write(garden, "bo", LATER, "gate")
    assert cell(garden).sides[1].statements[0].text == LATER
    two_versions.finish(garden, "bo", *CELL)
    with pytest.raises(errors.Refused, match="Not both have finished gardener × Barriers"):
        decide(garden, "B")
    two_versions.finish(garden, "anna", *CELL)
    decide(garden, "B")
    assert cell(garden).state == charting_rounds.DECIDED


# --- deciding ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ("A", [(LOCKED, "summary")]),
        ("B", [(LATER, "summary"), ("He sighs.", "comment")]),
        ("both", [(LOCKED, "summary"), (LATER, "summary"), ("He sighs.", "comment")]),
        ("neither", []),
    ],
)
def test_a_decision_writes_the_chart_in_one_act_and_keeps_both_versions(two, before, choice, said):
    own, acts = two.live()["own_statement"], two.acts()
    made = decide(two, choice, " It is clearer. ")
    assert two.acts() == acts + 1
    assert in_chart(two.project) == [*before, *said]
    assert two.live()["own_statement"] == own
    decision = cell(two).decision
    assert decision is not None
    assert decision[:3] == (choice, "It is clearer.", "anna")
    assert decision.statements == tuple(made)
    assert two.project.check() == []
    two.project.undo()
    assert in_chart(two.project) == before
    assert cell(two).decision is None
    two.project.redo()
    assert in_chart(two.project) == [*before, *said]


def test_a_decision_is_of_who_decided_be_it_neither_of_the_two(two: Garden):
    two.project.who = "cato"
    decide(two, "neither")
    decision = cell(two).decision
    assert decision is not None
    assert decision.who == "cato"


def test_who_decides_has_seen_what_the_cell_rests_on_now(two: Garden):
    p = two.project
    decide(two, "A")
    edits.code_quote(p, "gardener", "nobody has a key", "1.2")

    def state() -> str:
        found = views.states(p, VERSION)
        here = (found["case"] == CELL[0]) & found["code"].str.contains("Barriers")
        return str(found.loc[here, "state"].item())

    assert state() == "stale"
    decide(two, "neither")
    assert state() == "charted"


def test_what_stands_has_the_evidence_of_its_version_and_its_author(two: Garden):
    (made,) = decide(two, "A")
    table = views.statements(two.project, VERSION).set_index("statement_id")
    assert set(table.loc[made, "evidence"]) == {two.codings["rain"], two.codings["gate"]}
    made = decide(two, "B")[0]
    by = builders.by_id(two.project, "statement", "person_id")[made]
    assert builders.by_id(two.project, "person", "handle")[by] == "bo"
    tied = [row for row in two.live()["decided_statement"] if row["statement_id"] == made]
    assert [
        builders.by_id(two.project, "own_statement", "text")[t["own_statement_id"]] for t in tied
    ] == [LATER]


def test_the_same_words_of_both_are_one_statement_with_the_evidence_of_both(garden: Garden):
    two_versions.plan(garden.project)
    two_versions.write(garden, "anna", LOCKED, "rain")
    two_versions.write(garden, "bo", LOCKED, "gate")
    for who in ("anna", "bo"):
        two_versions.finish(garden, who)
    (made,) = decide(garden, "both")
    table = views.statements(garden.project, VERSION).set_index("statement_id")
    assert set(table.loc[made, "evidence"]) == {garden.codings["rain"], garden.codings["gate"]}
    assert len(garden.live()["decided_statement"]) == 2


def test_what_was_taken_out_of_the_chart_by_hand_is_written_anew(two: Garden, before):
    (first,) = decide(two, "A")
    edits.withdraw_statement(two.project, first)
    assert in_chart(two.project) == before
    (again,) = decide(two, "A", "It stands all the same.")
    assert again != first
    assert in_chart(two.project) == [*before, (LOCKED, "summary")]


def test_words_of_ones_own_stand_in_the_place_of_both(two: Garden, before):
    evidence = [two.codings["rain"]]
    decide(two, "other", instead=[("Rain, above all.", "summary", evidence)])
    assert in_chart(two.project) == [*before, ("Rain, above all.", "summary")]
    (tie,) = two.live()["decided_statement"]
    assert tie["own_statement_id"] is None


def test_deciding_anew_takes_back_what_the_first_decision_wrote(two: Garden, before):
    (stays,) = decide(two, "A")
    assert decide(two, "both")[0] == stays
    assert in_chart(two.project) == [
        *before,
        (LOCKED, "summary"),
        (LATER, "summary"),
        ("He sighs.", "comment"),
    ]
    decide(two, "neither", "Not said.")
    assert in_chart(two.project) == before
    assert len(two.live()["cell_decision"]) == 1
    told = views.charting_differences(two.project, ROUND).iloc[0]
    assert told[["state", "choice", "reason", "who"]].tolist() == [
        "decided",
        "neither",
        "Not said.",
        "anna",
    ]
    assert views.charting_rounds(two.project)["decided"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("choice", "reason", "more", "said"),
    [
        ("C", "So.", {}, "The choice"),
        ("A", " ", {}, "The reason"),
        ("other", "So.", {}, "Say which words stand instead"),
        ("A", "So.", {"instead": [("x", "summary", ["all"])]}, "Words of your own"),
        ("other", "So.", {"instead": [("xyz", "verbatim", ["all"])]}, "letter by letter"),
        ("A", "So.", {"read": 1}, "changed"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused_and_nothing_stored(
    two, choice, reason, more, said
):
    state = two.live()
    with pytest.raises(errors.WorkbenchError, match=said):
        decide(two, choice, reason, **more)
    assert two.live() == state


def test_somebody_who_decided_meanwhile_is_not_overruled(two: Garden):
    decide(two, "A", read=0)
    with pytest.raises(errors.ChangedMeanwhile):
        decide(two, "B", read=0)
    decide(two, "B", read=1)


def test_a_version_that_cites_a_withdrawn_coding_does_not_stand(two: Garden, before):
    edits.withdraw_coding(two.project, two.codings["gate"])
    with pytest.raises(errors.Refused, match="rests on a coding that was withdrawn since"):
        decide(two, "B")
    assert in_chart(two.project) == before
    over = cell(two).overlap
    assert over is not None
    assert over.both == (two.codings["gate"],)


def test_the_check_finds_an_own_statement_that_cites_nothing(two: Garden):
    by_force(two.project, "UPDATE own_evidence SET withdrawn = 1")
    found = [(f.law, f.what, f.problem) for f in two.project.check() if f.what == "own statement"]
    assert found == [(5, "own statement", "cites no coding")] * 2  # the third is a comment


# --- beside other work ---------------------------------------------------------------


def test_a_case_that_two_people_wrote_of_is_not_withdrawn(garden: Garden):
    p = garden.project
    edits.add_cases(p, {"Kari": {}})
    edits.plan_charting(p, "of Kari", ["anna", "bo"], cases=["Kari"], codes=["1.1"])
    edits.withdraw_case(p, "Kari")
    assert garden.live()["charting_round_cell"] == []
    p.undo()
    edits.write_own_statement(p, "of Kari", "Kari", "1.1", "She was away.", kind="comment")
    with pytest.raises(errors.Refused, match="“Kari” has 1 cell of rounds of charting"):
        edits.withdraw_case(p, "Kari")


def test_a_release_under_a_round_is_not_taken_back(garden: Garden):
    p = garden.project
    p.who = "cato"
    edits.begin_draft(p, VERSION, "2")
    edits.release(p, "garden@2")
    p.who = "anna"
    edits.plan_charting(p, "later", ["anna", "bo"], "garden@2", cases=[BO])
    p.who = "cato"
    with pytest.raises(errors.UndoBlocked, match="a charting round of later rests on the release"):
        p.undo(only_mine=True)


# --- copies --------------------------------------------------------------------------


def test_each_writes_in_a_copy_and_the_copies_merge_without_a_question(garden: Garden, tmp_path):
    p = garden.project
    two_versions.plan(p)
    with builders.twin(p, tmp_path / "theirs.fwb", who="bo") as other:
        theirs = Garden(other, garden.codings, garden.statements, garden.link)
        two_versions.write(theirs, "bo", LATER, "gate")
        two_versions.finish(theirs, "bo")
        two_versions.write(garden, "anna", LOCKED, "rain")
        assert edits.merge(p, other).questions == []
    assert LATER not in str(charting_rounds.cells_of_two(p, ROUND))
    assert LATER not in str(p.history())
    two_versions.finish(garden, "anna")
    first, second = cell(garden).sides
    assert [s.text for s in (*first.statements, *second.statements)] == [LOCKED, LATER]
    assert p.check() == []


def test_one_round_planned_in_two_copies_is_one_and_so_are_its_own_cells(garden: Garden, tmp_path):
    p = garden.project
    with builders.twin(p, tmp_path / "theirs.fwb", who="bo") as other:
        for copy in (p, other):
            two_versions.plan(copy)
        theirs = Garden(other, garden.codings, garden.statements, garden.link)
        two_versions.finish(theirs, "bo", *CELL)
        two_versions.finish(garden, "bo", *CELL)
        edits.merge(p, other)
    assert len(garden.live()["charting_round_cell"]) == 4
    assert len(garden.live()["own_cell"]) == 1
    assert views.charting_rounds(p)["finished"].tolist() == [0, 1]


def test_two_who_decided_apart_are_asked_which_decision_stands(two: Garden, tmp_path):
    p = two.project
    with builders.twin(p, tmp_path / "theirs.fwb", who="bo") as other:
        decide(two, "A", "Longer.")
        theirs = Garden(other, two.codings, two.statements, two.link)
        decide(theirs, "B", "Shorter.")
        report = p.rehearse_merge(other)
        assert [("Longer." in q["mine"], "Shorter." in q["theirs"]) for q in report.questions] == [
            (True, True)
        ]
        p.merge(other, prefer="theirs")
    decision = cell(two).decision
    assert decision is not None
    assert (decision.outcome, decision.who) == ("B", "bo")
    assert p.check() == []
