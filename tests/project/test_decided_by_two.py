"""Where a statement comes from that two people's versions were decided on: trace shows it all."""

import builders
import pytest
import two_versions
from builders import VERSION, Garden
from two_versions import CELL, LATER, LOCKED, ROUND

from workbench.model.undefined import NOT_OPEN_YET
from workbench.project import chain, edits
from workbench.project.chain_step import Step
from workbench.project.trace import trace

RAIN, GATE = "Rain keeps me away.", "The gate is locked after six, and nobody has a key."


@pytest.fixture
def two(garden: Garden) -> Garden:
    """The garden with both versions of a cell written and finished."""
    two_versions.written(garden)
    return garden


def decide(garden: Garden, choice: str, reason: str = "Shorter.", **more: object) -> list[str]:
    return edits.decide_cell(garden.project, ROUND, *CELL, choice, reason, **more)


def told(step: Step) -> list[tuple[str, str, str, str]]:
    """Return what the steps from one on down say: what, words, who, where; codings by words."""
    return [(s.what, s.text, s.who, "" if s.what == "coding" else s.where) for s in step.walk()]


def decision(step: Step) -> Step:
    (found,) = (s for s in step.walk() if s.what == "decided by two")
    return found


BOTH_VERSIONS = [
    ("version A", "anna", "", ""),
    ("own summary", LOCKED, "anna", ""),
    ("coding", RAIN, "anna", ""),
    ("coding", GATE, "anna", ""),
    ("version B", "bo", "", ""),
    ("own summary", LATER, "bo", "taken into the chart"),
    ("coding", GATE, "anna", ""),
    ("own comment", "He sighs.", "bo", "taken into the chart"),
]


def test_a_statement_leads_to_its_words_and_to_the_decision_with_both_versions(two: Garden):
    p = two.project
    p.who = "cato"
    made, _comment = decide(two, "B")
    step = trace(p, made)
    head, cited, *decided = told(step)
    assert head == ("summary statement", LATER, "cato", "in gardener × Barriers (garden@1)")
    assert cited == ("coding", GATE, "anna", "")
    assert decided == [
        ("decided by two", "B", "cato", "in the round of charting “double”"),
        *BOTH_VERSIONS,
    ]
    assert decision(step).reason == "Shorter."
    act = next(a for a in p.history() if a["summary"].startswith("Decided gardener × Barriers"))
    assert decision(step).at == act["at"]
    own = next(s for s in step.walk() if s.text == LATER and s.what == "own summary")
    wrote = next(a for a in p.history() if LATER in a["summary"] and a["summary"][:5] == "Wrote")
    assert own.at == wrote["at"]
    assert own.id in {s["id"] for s in two.live()["own_statement"]}


def test_what_was_chosen_from_is_no_evidence_of_what_stands(two: Garden):
    made, comment = decide(two, "B")
    assert trace(two.project, made).coding_ids() == (two.codings["gate"],)
    assert trace(two.project, comment).quotes() == ()
    assert set(decision(trace(two.project, made)).quotes()) == {RAIN, GATE}


def test_a_decision_is_traced_by_its_id_or_the_end_of_it(two: Garden):
    (made,) = decide(two, "A")
    (row,) = two.live()["cell_decision"]
    step = trace(two.project, row["id"])
    assert step == decision(trace(two.project, made))
    assert trace(two.project, row["id"][-8:]) == step
    assert [s.where for s in step.walk() if s.what.startswith("own")] == [
        "taken into the chart",
        "",
        "",
    ]


@pytest.mark.parametrize("choice", ["A", "B", "both", "neither"])
def test_a_cell_shows_the_decision_once_whatever_came_of_it(two: Garden, choice):
    before = trace(two.project, "gardener × 1.2")
    made = decide(two, choice, "So.")
    step = trace(two.project, "gardener × 1.2")
    assert [s.id for s in step.under if s.id in made] == made
    assert decision(step).text == choice
    assert decision(step) == step.under[-1]
    assert len(told(decision(step))) == 1 + len(BOTH_VERSIONS)
    assert step.coding_ids() == before.coding_ids()
    assert "decided by two" not in str(trace(two.project, "group: Bo × 2.1"))


def test_words_of_ones_own_are_in_neither_version(two: Garden):
    more = {"instead": [("Rain, above all.", "summary", [two.codings["rain"]])]}
    (made,) = decide(two, "other", "Nearer.", **more)
    step = decision(trace(two.project, made))
    assert (step.text, step.reason) == ("other", "Nearer.")
    assert all("taken" not in s.where for s in step.walk())


def test_deciding_anew_shows_the_decision_that_holds(two: Garden):
    (made,) = decide(two, "A", "Longer.")
    two.project.who = "bo"
    decide(two, "both", "Both matter.")
    step = decision(trace(two.project, made))
    assert (step.text, step.reason, step.who) == ("both", "Both matter.", "bo")
    assert step.at == two.project.history(1)[0]["at"]
    decide(two, "neither", "Not said.")
    step = decision(trace(two.project, "gardener × 1.2"))
    assert (step.text, step.reason) == ("neither", "Not said.")


def test_farther_up_a_decision_stands_alone_with_its_id(two: Garden):
    p = two.project
    (made,) = decide(two, "A")
    edits.feed(p, "Access", [made])
    step = decision(trace(p, "Access"))
    (row,) = two.live()["cell_decision"]
    assert (step.id, step.text, step.reason, step.under) == (row["id"], "A", "Shorter.", ())
    assert LATER not in str(trace(p, "Access"))


def test_a_version_with_nothing_in_it_says_so(garden: Garden):
    two_versions.plan(garden.project)
    two_versions.write(garden, "anna", LOCKED, "gate")
    for who in ("anna", "bo"):
        two_versions.finish(garden, who)
    (made,) = decide(garden, "A")
    last = decision(trace(garden.project, made)).under[-1]
    assert last == Step("version B", "", "bo", where="finished, with nothing written")
    assert last.lines() == ["version B: bo  finished, with nothing written"]


def test_a_version_that_is_shut_again_shows_no_words_of_the_other(garden: Garden, tmp_path):
    p = garden.project
    two_versions.plan(p)
    two_versions.write(garden, "anna", LOCKED, "rain")
    two_versions.finish(garden, "anna")
    with builders.twin(p, tmp_path / "theirs.fwb", who="bo") as other:
        theirs = Garden(other, garden.codings, garden.statements, garden.link)
        two_versions.write(theirs, "bo", LATER, "gate")
        two_versions.finish(theirs, "bo")
        (made,) = edits.decide_cell(other, ROUND, *CELL, "A", "Longer.")
        edits.finish_own_cells(p, ROUND, *CELL, finished=False)  # meanwhile, here
        edits.merge(p, other)
    for who, open_to_them in (("anna", "A"), ("bo", "B"), ("cato", "")):
        p.who = who
        for thing in (made, "gardener × 1.2"):
            step = decision(trace(p, thing))
            shut = [s.what[-1] for s in step.under if s.where == NOT_OPEN_YET]
            assert shut == [side for side in "AB" if side != open_to_them]
            assert (LATER in str(step)) == (who == "bo")
            own = [s.text for s in step.walk() if s.what.startswith("own")]
            assert (LOCKED in own) == (who == "anna")


def test_two_rounds_of_one_cell_are_two_decisions(two: Garden):
    p = two.project
    decide(two, "neither", "Unclear.")
    edits.plan_charting(p, "again", ["bo", "anna"], VERSION, cases=[CELL[0]], codes=[CELL[1]])
    for who in ("anna", "bo"):
        p.who = who
        edits.finish_own_cells(p, "again")
    edits.decide_cell(p, "again", *CELL, "neither", "Still unclear.")
    found = [s for s in trace(p, "gardener × 1.2").under if s.what == "decided by two"]
    assert [(s.reason, s.where) for s in found] == [
        ("Unclear.", "in the round of charting “double”"),
        ("Still unclear.", "in the round of charting “again”"),
    ]
    assert [s.text for s in found[1].under] == ["bo", "anna"]


def test_words_that_both_wrote_were_decided_once(garden: Garden):
    two_versions.plan(garden.project)
    two_versions.write(garden, "anna", LOCKED, "rain")
    two_versions.write(garden, "bo", LOCKED, "gate")
    for who in ("anna", "bo"):
        two_versions.finish(garden, who)
    (made,) = decide(garden, "both")
    step = decision(trace(garden.project, made))
    assert [s.where for s in step.walk() if s.what == "own summary"] == ["taken into the chart"] * 2


def test_a_cell_of_another_framework_version_was_not_decided(two: Garden):
    decide(two, "A")
    edits.add_framework(two.project, builders.version(number="2"))
    step = trace(two.project, "gardener × 1.2", framework="garden@2")
    assert (step.where, step.under) == ("in garden@2", ())


def test_a_step_leads_to_the_page_where_the_cell_was_decided(two: Garden):
    (made,) = decide(two, "A")
    step = trace(two.project, made)
    seen = chain.seen(two.project, step)
    (row,) = two.live()["cell_decision"]
    (place,) = (
        c for c in two.live()["charting_round_cell"] if c["id"] == row["charting_round_cell_id"]
    )
    opens = {"view": "charting", "charting": ROUND}
    opens["cell"] = f"{place['case_id']} {place['code_id']}"
    assert seen[row["id"]] == ("agreement", opens)
    own = [s.id for s in step.walk() if s.what.startswith(("own", "version"))]
    assert len(own) == 5
    assert not seen.keys() & set(own)
