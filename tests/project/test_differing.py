"""A difference ends: in a decision on both originals, or in the framework's draft."""

import re

import builders
import pytest
from builders import GARDENER, VERSION, Garden

from workbench.errors import BadValue, Refused, UnknownName
from workbench.project import edits, views

RAIN, GATE = "Rain keeps me away.", "The gate is locked after six, and nobody has a key."


@pytest.fixture
def two(garden: Garden) -> Garden:
    """Anna gave Rain 1.2 and the gate 1.2; Bo gave Rain 1.1 and the gate nothing."""
    p = garden.project
    for who in ("anna", "bo"):
        edits.start_run(p, who, VERSION, kind="independent", coder=who)
        edits.finish(p, who, ["gardener"])
    edits.code_quote(p, "gardener", RAIN, "1.2", run="anna", coder="anna")
    edits.code_quote(p, "gardener", GATE, "1.2", run="anna", coder="anna")
    edits.code_quote(p, "gardener", RAIN, "1.1", run="bo", coder="bo")
    edits.start_run(p, "talked", VERSION, kind="consensus")
    return garden


def listed(garden: Garden):
    found = views.differences(garden.project, ["anna", "bo"])
    return {row["words"]: row for _, row in found.iterrows()}


def sides(garden: Garden, words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    row = listed(garden)[words]
    return tuple(row["codings"]), tuple(row["other_codings"])


@pytest.mark.parametrize(
    ("choice", "outcomes"),
    [
        ("A", ["kept", "dropped"]),
        ("B", ["dropped", "kept"]),
        ("both", ["kept", "kept"]),
        ("neither", ["dropped", "dropped"]),
        ("other", ["changed", "changed"]),
    ],
)
def test_a_decision_is_on_the_codings_of_both_sides_which_stay(two: Garden, choice, outcomes):
    before, acts = two.live()["coding"], two.acts()
    one, other = sides(two, RAIN)
    assert [listed(two)[RAIN][c] for c in ("decided", "choice", "reason")] == [False, "", ""]
    made = edits.decide_difference(two.project, "talked", one, other, choice, " It is a lock. ")
    assert two.acts() == acts + 1
    stands = [c for c in two.live()["coding"] if c not in before]
    assert len(two.live()["coding"]) == len(before) + len(stands)
    assert len(stands) == outcomes.count("kept")
    held = {d["coding_id"]: d for d in two.live()["decision"]}
    assert [held[c]["outcome"] for c in (*one, *other)] == outcomes
    assert {d["id"] for d in held.values()} == set(made)
    assert {d["reason"] for d in held.values()} == {"It is a lock."}
    results = {d["result_id"] for d in held.values() if d["result_id"]}
    assert results == {c["id"] for c in stands}
    row = listed(two)[RAIN]
    assert [row[c] for c in ("decided", "choice", "reason")] == [True, choice, "It is a lock."]
    assert two.project.history(1)[0]["summary"] == (
        f"Decided the difference at “{RAIN}”: {choice}, It is a lock."
    )
    two.project.undo()
    assert two.live()["decision"] == []
    assert two.live()["coding"] == before


@pytest.mark.parametrize(("choice", "outcome"), [("A", "kept"), ("B", "dropped")])
def test_where_one_side_coded_the_other_may_be_right_in_silence(two: Garden, choice, outcome):
    one, other = sides(two, GATE)
    assert other == ()
    edits.decide_difference(two.project, "talked", one, other, choice, "Said so.")
    assert [d["outcome"] for d in two.live()["decision"]] == [outcome]
    assert listed(two)[GATE]["choice"] == choice


def test_what_is_decided_anew_is_changed(two: Garden):
    before = two.live()["coding"]
    one, other = sides(two, RAIN)
    edits.decide_difference(two.project, "talked", one, other, "A", "First.")
    edits.decide_difference(two.project, "talked", one, other, "other", "Then.", result=one[0])
    row = listed(two)[RAIN]
    assert (row["choice"], row["reason"]) == ("other", "Then.")
    assert [d["result_id"] for d in two.live()["decision"]] == [one[0]] * 2
    assert two.live()["coding"] == before


def test_it_is_decided_anew_after_what_stood_was_withdrawn_by_hand(two: Garden):
    one, other = sides(two, RAIN)
    edits.decide_difference(two.project, "talked", one, other, "A", "First.")
    (stood,) = {d["result_id"] for d in two.live()["decision"] if d["result_id"]}
    edits.withdraw_coding(two.project, stood)
    edits.decide_difference(two.project, "talked", one, other, "B", "Then.")
    assert listed(two)[RAIN]["choice"] == "B"
    (stands,) = {d["result_id"] for d in two.live()["decision"] if d["result_id"]}
    assert stands in {c["id"] for c in two.live()["coding"]}


def test_decisions_one_by_one_that_are_no_choice_say_their_reasons(two: Garden):
    one, other = sides(two, RAIN)
    edits.decide(two.project, "talked", one[0], "kept", "Clear.")
    assert [listed(two)[RAIN][c] for c in ("decided", "choice", "reason")] == [False, "", "Clear."]
    edits.decide(two.project, "talked", other[0], "changed", "Wide.")
    row = listed(two)[RAIN]
    assert [row[c] for c in ("decided", "choice", "reason")] == [True, "", "Clear.; Wide."]


@pytest.mark.parametrize(
    ("given", "error", "said"),
    [
        ({"run": "first"}, Refused, "“first” is no run of consensus"),
        ({"choice": "a"}, BadValue, "A, B, both, neither, other"),
        ({"reason": " "}, BadValue, "The reason"),
        ({"first": (), "second": ()}, Refused, "A difference has codings"),
        ({"second": (), "choice": "both"}, Refused, "One side alone coded there"),
        ({"result": "first"}, BadValue, "left out, but for the choice “other”"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(two: Garden, given, error, said):
    before = two.live()
    one, other = sides(two, RAIN)
    whole = {"run": "talked", "first": one, "second": other, "choice": "A", "reason": "So."}
    with pytest.raises(error, match=re.escape(said)):
        edits.decide_difference(two.project, **(whole | given))
    assert two.live() == before


def test_a_difference_is_found_by_a_coding_in_it(two: Garden):
    one, other = sides(two, RAIN)
    runs = ["anna", "bo"]
    assert views.difference_with(two.project, other[0][-8:], runs) == (one, other)
    with pytest.raises(UnknownName, match="difference with the coding"):
        views.difference_with(two.project, two.codings["july"], runs)


# --- proposals -----------------------------------------------------------------------


@pytest.fixture
def drafted(two: Garden) -> Garden:
    edits.begin_draft(two.project, VERSION, "2")
    return two


def code(garden: Garden, name: str) -> dict[str, object]:
    found = views.framework(garden.project, "garden@2").codes
    return {c.name: c for c in found}[name]


def test_a_new_rule_lands_in_the_draft_with_the_words_behind_it(drafted: Garden):
    p, acts = drafted.project, drafted.acts()
    one, other = sides(drafted, RAIN)
    edits.change_code(p, "garden@2", "1.2", use_when="A lock.")
    memo = edits.propose_from_difference(
        p, [*one, *other], "1.2", "Weather is outside.", use_when="Rain.", not_when="Sun."
    )
    assert drafted.acts() == acts + 2
    made = code(drafted, "Barriers")
    assert (made.use_when, made.not_when) == ("A lock.\nRain.", "Sun.")
    steps = views.framework_steps(p, "garden@2")
    assert steps["kind"].tolist() == ["redefine"]
    assert "Weather is outside." in steps["reason"][0]
    (held,) = (m for m in drafted.live()["memo"] if m["id"] == memo)
    assert (held["anchor"], held["anchor_id"]) == ("code", made.code_id)
    assert held["title"] == "Proposal for garden@2: new rule for “Barriers”"
    first, second = sorted((one[0], other[0]))
    lines = {
        one[0]: f"- “{RAIN}” (gardener, gardener); anna in “anna”: 1.2 Barriers [{one[0]}]",
        other[0]: f"- “{RAIN}” (gardener, gardener); bo in “bo”: 1.1 Reasons to come [{other[0]}]",
    }
    assert held["text"] == f"Weather is outside.\n\n{lines[first]}\n{lines[second]}"
    p.undo()
    assert code(drafted, "Barriers").use_when == "A lock."
    assert not [m for m in drafted.live()["memo"] if m["id"] == memo]


def test_a_split_and_a_merge_land_in_the_draft(drafted: Garden):
    p = drafted.project
    one, other = sides(drafted, RAIN)
    edits.propose_from_difference(p, one, "1.2", "Two things.", split=["Weather", "Locks"])
    assert {"Weather", "Locks"} <= {c.name for c in views.framework(p, "garden@2").codes}
    assert p.history(1)[0]["summary"] == (
        "Proposed for garden@2 from 1 coding: split of “Barriers” into “Weather” and “Locks”"
    )
    edits.propose_from_difference(p, other, "2.2", "Hardly told apart.", merge_into="Shared work")
    assert "Tools" not in {c.name for c in views.framework(p, "garden@2").codes}
    kinds = views.framework_steps(p, "garden@2")["kind"].tolist()
    assert sorted(kinds) == ["merge", "split"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "Propose one thing: a rule, a split, or a merge."),
        ({"use_when": "x", "merge_into": "1.1"}, "Propose one thing: a rule, a split, or a merge."),
        ({"use_when": "x", "reason": ""}, "The reason"),
        ({"use_when": "x", "codings": []}, "A proposal rests on codings."),
        ({"split": ["One"]}, "A split makes two codes or more."),
        ({"use_when": "x", "draft": VERSION}, "garden@1 is released and stays as it is."),
        ({"use_when": "x", "code": "9.9"}, "9.9"),
    ],
)
def test_a_proposal_that_makes_no_sense_is_refused(drafted: Garden, given, said):
    before = drafted.live()
    one, _ = sides(drafted, RAIN)
    whole = {"codings": one, "code": "1.2", "reason": "So."}
    with pytest.raises((Refused, BadValue, UnknownName), match=re.escape(said)):
        edits.propose_from_difference(drafted.project, **(whole | given))
    assert drafted.live() == before


def test_the_draft_is_named_where_there_is_none_or_several(two: Garden):
    p = two.project
    one, _ = sides(two, RAIN)
    with pytest.raises(Refused, match="“garden” has no draft"):
        edits.propose_from_difference(p, one, "1.2", "So.", use_when="x")
    for number in ("2", "3"):
        edits.begin_draft(p, VERSION, number)
    with pytest.raises(Refused, match=re.escape("several drafts (garden@2, garden@3). Name one.")):
        edits.propose_from_difference(p, one, "1.2", "So.", use_when="x")
    edits.propose_from_difference(p, one, "1.2", "So.", use_when="x", draft="garden@3")
    names = {c.name: c for c in views.framework(p, "garden@3").codes}
    assert names["Barriers"].use_when.endswith("x")


def test_a_draft_from_which_another_was_made_is_not_meant(drafted: Garden):
    p = drafted.project
    edits.begin_draft(p, "garden@2", "3")
    one, _ = sides(drafted, RAIN)
    edits.propose_from_difference(p, one, "1.2", "So.", use_when="x")
    assert p.history(1)[0]["summary"].startswith("Proposed for garden@3 from 1 coding")


def test_the_words_of_the_garden_are_there():
    assert all(words in GARDENER for words in (RAIN, GATE))
    assert builders.VERSION == "garden@1"
