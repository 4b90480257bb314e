"""What rests on words that were charted by two: both versions, as far as who asks may see them."""

import pytest
import two_versions
from builders import Garden
from two_versions import CELL, LATER, LOCKED, ROUND

from workbench.project import chain, edits
from workbench.project.chain_step import DECISION, OWN_VERSION, Step
from workbench.project.rests_on import rests_on

BARRIERS = "gardener × 1.2 Barriers"
WAITS = "in the round of charting “double”, not decided yet"


@pytest.fixture
def two(garden: Garden) -> Garden:
    """The garden with both versions of a cell written and finished."""
    two_versions.written(garden)
    return garden


def own(garden: Garden, name: str) -> list[Step]:
    """Return the statements of own versions that rest on the words of a short name."""
    up = rests_on(garden.project, garden.codings[name])
    return [step for step in up.under if step.what.startswith("own ")]


def told(steps: list[Step]) -> list[tuple[str, str, str, str]]:
    return [(s.what, s.text, s.who, s.where) for step in steps for s in step.walk()]


def test_words_lead_up_to_the_own_statements_that_cite_them_and_whose_they_are(two: Garden):
    assert told(own(two, "gate")) == [
        ("own summary", LOCKED, "anna", ""),
        (OWN_VERSION, BARRIERS, "", WAITS),
        ("own summary", LATER, "bo", ""),
        (OWN_VERSION, BARRIERS, "", WAITS),
    ]
    assert [step.text for step in own(two, "rain")] == [LOCKED]
    assert own(two, "list") == []
    wrote = next(a for a in two.project.history() if LATER in a["summary"])
    assert own(two, "gate")[1].at == wrote["at"]


def test_an_own_statement_leads_on_to_the_decision_and_says_whether_it_was_taken(two: Garden):
    two.project.who = "cato"
    made, _comment = edits.decide_cell(two.project, ROUND, *CELL, "B", "Shorter.")
    decided = (DECISION, "B", "cato", "in the round of charting “double”")
    version = (OWN_VERSION, BARRIERS, "", "in the round of charting “double”")
    assert told(own(two, "gate")) == [
        *[("own summary", LOCKED, "anna", "not taken into the chart"), version, decided],
        *[("own summary", LATER, "bo", "taken into the chart"), version, decided],
    ]
    last = list(own(two, "gate")[1].walk())[-1]
    assert (last.reason, last.under) == ("Shorter.", ())
    assert made in {s.id for s in rests_on(two.project, two.codings["gate"]).under}


def test_a_version_that_is_shut_is_not_there_nor_counted(garden: Garden):
    p = garden.project
    two_versions.plan(p)
    before = {who: _as_seen_by(garden, who) for who in ("anna", "bo", "cato")}
    two_versions.write(garden, "bo", LATER, "gate")
    two_versions.finish(garden, "bo")
    two_versions.write(garden, "anna", LOCKED, "gate")
    for who, sees in (("anna", [LOCKED]), ("bo", [LATER]), ("cato", [])):
        p.who = who
        assert [s.text for s in own(garden, "gate")] == sees
    assert _as_seen_by(garden, "cato") == before["cato"]
    two_versions.finish(garden, "anna")
    for who in before:
        p.who = who
        assert [s.text for s in own(garden, "gate")] == [LATER, LOCKED]


def _as_seen_by(garden: Garden, who: str) -> Step:
    garden.project.who = who
    return rests_on(garden.project, garden.codings["gate"])


def test_a_round_that_is_not_blind_shows_both_at_once(garden: Garden):
    two_versions.plan(garden.project, blind=False)
    two_versions.write(garden, "bo", LATER, "gate")
    garden.project.who = "cato"
    assert [(s.text, s.who) for s in own(garden, "gate")] == [(LATER, "bo")]


def test_an_own_statement_that_was_withdrawn_is_gone_until_it_is_undone(garden: Garden):
    two_versions.plan(garden.project)
    made = two_versions.write(garden, "anna", LOCKED, "gate")
    edits.withdraw_own_statement(garden.project, made)
    assert own(garden, "gate") == []
    garden.project.undo()
    assert [s.id for s in own(garden, "gate")] == [made]


def test_an_own_version_opens_its_cell_on_the_page_of_agreement(two: Garden):
    up = rests_on(two.project, two.codings["gate"])
    seen = chain.seen(two.project, up)
    version = next(s for s in up.walk() if s.what == OWN_VERSION)
    (place,) = {
        c["charting_round_cell_id"] for c in two.live()["own_cell"] if c["id"] == version.id
    }
    (cell,) = (c for c in two.live()["charting_round_cell"] if c["id"] == place)
    opens = {"view": "charting", "charting": ROUND, "cell": f"{cell['case_id']} {cell['code_id']}"}
    assert seen[version.id] == ("agreement", opens)
    assert not seen.keys() & {s.id for s in own(two, "gate")}
