"""Memos, the reading log, the team's decisions, people and settings."""

import re

import pytest
from builders import BO, Garden

from workbench import errors
from workbench.project import edits, views


def row(garden: Garden, table: str, row_id: str) -> dict[str, object]:
    return next(r for r in garden.live()[table] if r["id"] == row_id)


def person(garden: Garden, handle: str) -> dict[str, object]:
    return next(p for p in garden.live()["person"] if p["handle"] == handle)


# --- memos ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "anchor",
    ["transcript_version", "case", "code", "coding", "cell", "statement", "node", "link",
     "framework_version"],
)  # fmt: skip
def test_a_memo_is_anchored_to_anything(garden, anchor):
    wanted = garden.live()[anchor][0]["id"]
    made = edits.add_memo(garden.project, "Look.", anchor=anchor, anchor_id=wanted)
    memo = row(garden, "memo", made)
    assert (memo["anchor"], memo["anchor_id"], memo["kind"]) == (anchor, wanted, "analytic")
    assert garden.project.check() == []


def test_a_memo_of_the_project_has_a_title_and_its_writer(garden):
    made = edits.add_memo(garden.project, "We knew them.", kind="reflexive", title="Closeness")
    memo = row(garden, "memo", made)
    assert [memo[k] for k in ("kind", "title", "text", "anchor", "anchor_id")] == [
        "reflexive",
        "Closeness",
        "We knew them.",
        "project",
        None,
    ]
    assert memo["person_id"] == person(garden, "anna")["id"]


@pytest.mark.parametrize(
    ("text", "more", "error", "said"),
    [
        (" ", {}, errors.BadValue, "A memo"),
        ("x", {"kind": "idea"}, errors.BadValue, "method, reflexive, analytic, field note"),
        ("x", {"anchor": "page"}, errors.BadValue, "The anchor of a memo"),
        ("x", {"anchor": "node"}, errors.BadValue, "The id of a node"),
        ("x", {"anchor": "node", "anchor_id": "12345678"}, errors.UnknownName, "no node"),
        ("x\x00y", {}, errors.BadValue, "text without NUL"),
        ("x", {"title": "\ud800"}, errors.BadValue, "text without NUL or broken characters"),
    ],
)
def test_a_memo_that_cannot_be_is_refused(garden, text, more, error, said):
    before = garden.live()
    with pytest.raises(error, match=said):
        edits.add_memo(garden.project, text, **more)
    assert garden.live() == before


def test_what_looks_like_code_is_kept_as_it_was_written(garden):
    odd = "<script>alert(1)</script> =1+1 '; DROP TABLE memo; -- %s {x}"
    made = edits.add_memo(garden.project, odd, title=odd)
    assert row(garden, "memo", made)["text"] == odd


# --- readings and decisions ----------------------------------------------------------


def test_the_reading_log_says_who_read_what_how_and_when(garden):
    made = edits.log_reading(
        garden.project, "group.txt", person="cato", how="listened", date="2024-02-29", note="Loud"
    )
    reading = row(garden, "reading", made)
    assert reading["person_id"] == person(garden, "cato")["id"]
    assert [reading[k] for k in ("how", "date", "note")] == ["listened", "2024-02-29", "Loud"]


@pytest.mark.parametrize(
    ("transcript", "more", "error", "said"),
    [
        ("group", {"how": "skimmed"}, errors.BadValue, "read or listened"),
        ("group", {"date": "29.2.2024"}, errors.BadValue, "a date like 2021-02-28"),
        ("group", {"date": "2023-02-29"}, errors.BadValue, "a date like 2021-02-28"),
        ("groups", {}, errors.UnknownName, "Did you mean “group”"),
    ],
)
def test_a_reading_that_cannot_be_is_refused(garden, transcript, more, error, said):
    before = garden.live()
    with pytest.raises(error, match=said):
        edits.log_reading(garden.project, transcript, **more)
    assert garden.live() == before


def test_a_decision_of_the_team_says_who_was_there(garden):
    made = edits.record_decision(
        garden.project, "Stop", "Enough said.", date="2024-06-01", present=["bo", "cato", "bo"]
    )
    rows = garden.live()
    there = {a["person_id"] for a in rows["attendance"] if a["decision_record_id"] == made}
    assert there == {person(garden, "bo")["id"], person(garden, "cato")["id"]}
    with pytest.raises(errors.BadValue, match="The title of a decision"):
        edits.record_decision(garden.project, " ", "Enough.")
    with pytest.raises(errors.BadValue, match="A handle"):
        edits.record_decision(garden.project, "Stop", "Enough.", present=[""])


# --- people and settings -------------------------------------------------------------


def test_a_member_of_the_team_has_a_profile(garden):
    edits.add_person(
        garden.project, "cato", name="Cato Å", role="reader", credentials="PhD", experience="2"
    )
    edits.change_person(garden.project, "cato", "occupation", "gardener")
    held = person(garden, "cato")
    assert [held[k] for k in ("name", "role", "credentials", "occupation", "experience")] == [
        "Cato Å",
        "reader",
        "PhD",
        "gardener",
        "2",
    ]


def test_people_that_cannot_be_are_refused(garden):
    before = garden.live()
    for act, error, said in (
        (lambda: edits.add_person(garden.project, "bo"), errors.Refused, "“bo” is in the team"),
        (lambda: edits.add_person(garden.project, " "), errors.BadValue, "A handle"),
        (
            lambda: edits.add_person(garden.project, "cato", role="boss"),
            errors.BadValue,
            "owner, coder, reader",
        ),
        (
            lambda: edits.change_person(garden.project, "bo", "role", "boss"),
            errors.BadValue,
            "owner, coder, reader",
        ),
        (
            lambda: edits.change_person(garden.project, "bo", "age", "3"),
            errors.UnknownName,
            "person change --help” lists them",
        ),
        (
            lambda: edits.change_person(garden.project, "boo", "name", "Bo"),
            errors.UnknownName,
            "Did you mean “bo”",
        ),
    ):
        with pytest.raises(error, match=re.escape(said)):
            act()
    assert garden.live() == before


def test_a_profile_that_somebody_changed_meanwhile_is_not_overwritten(garden):
    edits.change_person(garden.project, "bo", "name", "First", row_version=1)
    with pytest.raises(errors.ChangedMeanwhile, match="The person was changed"):
        edits.change_person(garden.project, "bo", "name", "Second", row_version=1)
    assert person(garden, "bo")["name"] == "First"


def test_a_setting_has_one_value_and_a_known_name(garden):
    edits.change_setting(garden.project, "title", "Gardens")
    edits.change_setting(garden.project, "doi", "10.1/x")
    assert views.settings(garden.project) == {"title": "Gardens", "doi": "10.1/x"}
    acts = garden.acts()
    edits.change_setting(garden.project, "title", "Gardens")
    assert garden.acts() == acts
    with pytest.raises(errors.BadValue, match="usual, colour-blind, muted"):
        edits.change_setting(garden.project, "colours", "red")
    with pytest.raises(errors.UnknownName, match="no setting “colour”"):
        edits.change_setting(garden.project, "colour", "red")


def test_one_may_undo_ones_own_acts_and_leave_those_of_others(garden):
    edits.change_setting(garden.project, "title", "Of anna")
    garden.project.who = "bo"
    edits.place_case(garden.project, "ways", BO, "Rare")
    garden.project.who = "anna"
    assert garden.project.undo(only_mine=True) == "Set title"
    assert views.settings(garden.project)["title"] == "The garden"
    assert len(garden.live()["placement"]) == 2


# --- changed and withdrawn -----------------------------------------------------------


def test_a_memo_changes_its_words_title_or_kind_and_keeps_its_anchor(garden):
    (held,) = garden.live()["memo"]
    edits.change_memo(garden.project, held["id"], title="The list", row_version=1)
    edits.change_memo(garden.project, held["id"][-8:], text="Anna does.", kind="reflexive")
    (row,) = garden.live()["memo"]
    changed = {"title": "The list", "text": "Anna does.", "kind": "reflexive"}
    assert row == {**held, **changed}
    assert garden.project.history(1)[0]["summary"] == "Changed the memo “The list”"
    for bad in ({"text": " "}, {"kind": "rant"}):
        with pytest.raises(errors.BadValue, match=r"A memo|The kind of a memo"):
            edits.change_memo(garden.project, held["id"], **bad)
    with pytest.raises(errors.ChangedMeanwhile, match="The memo was changed by somebody else"):
        edits.change_memo(garden.project, held["id"], text="Bo does.", row_version=1)


def test_a_memo_and_a_reading_are_taken_back(garden):
    rows = garden.live()
    edits.withdraw_memo(garden.project, rows["memo"][0]["id"])
    assert garden.project.history(1)[0]["summary"] == "Withdrew the memo “Who keeps the list?”"
    edits.withdraw_reading(garden.project, rows["reading"][0]["id"])
    assert garden.project.history(1)[0]["summary"] == "Withdrew a reading of “gardener”"
    assert (garden.live()["memo"], garden.live()["reading"]) == ([], [])
    with pytest.raises(errors.UnknownName):
        edits.withdraw_memo(garden.project, rows["memo"][0]["id"])
