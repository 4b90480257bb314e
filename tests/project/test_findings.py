"""Findings and the verification of what is quoted: acts and readers, counted by hand.

In the garden the coding “july” of Anna is on her words only, “list” is Anna's, “stale list”
is Bo's, “rain” and “gate” are the gardener's. “Locked out” is fed by two statements of the
gardener; “Access” stands over it.
"""

from dataclasses import replace

import builders
import pytest
import sqlalchemy as sa
from builders import ANNA, BO, GARDENER, Garden

from workbench.errors import BadValue, ChangedMeanwhile, Refused, UndoBlocked, UnknownName
from workbench.project import edits, findings, verifications
from workbench.project.trace import trace
from workbench.store import records, schema, triggers

RAIN = "Rain decides who comes"


@pytest.fixture
def claimed(garden: Garden) -> Garden:
    """The garden with a finding about “Access”: two codings for it, one against it."""
    p = garden.project
    edits.add_finding(p, RAIN, text="Rain keeps people away.", node="Access")
    edits.cite_for_finding(p, RAIN, [garden.codings[c] for c in ("rain", "gate", "list")])
    note = "Only in July: kept as a contrary case."
    edits.cite_for_finding(p, RAIN, against=[garden.codings["july"]], note=note)
    return garden


def one(frame):
    (row,) = frame.to_dict("records")
    return row


def problems(garden: Garden) -> list[tuple[str, str]]:
    return [(f.what, f.problem) for f in garden.project.check()]


# --- findings --------------------------------------------------------------------------


def test_a_finding_shows_the_cases_for_it_and_against_it(claimed):
    row = one(findings.findings(claimed.project))
    assert (row["number"], row["finding"], row["text"], row["node"]) == (
        1,
        RAIN,
        "Rain keeps people away.",
        "Access",
    )
    assert (row["cases"], row["mentions"], row["against"], row["node_cases"]) == (2, 3, 1, 1)
    assert sorted(row["supported_by"]) == ["gardener", ANNA]
    assert row["contradicted_by"] == (ANNA,)
    ids = claimed.codings
    assert row["evidence"] == tuple(sorted([ids["rain"], ids["gate"], ids["list"]]))
    assert row["dissent"] == (ids["july"],)
    assert row["contrary_quotes"] == ("Rain helps us.",)
    assert set(row["quotes"]) == {
        "Rain keeps me away.",
        "The gate is locked after six, and nobody has a key.",
        "We have a list on the shed. It works well.",
    }
    assert set(row["node_evidence"]) == {ids["rain"], ids["gate"]}


def test_a_finding_about_no_node_and_without_evidence_has_zeros_and_is_open(garden):
    new = edits.add_finding(garden.project, "Nobody said it")
    row = one(findings.findings(garden.project))
    assert (row["cases"], row["mentions"], row["against"], row["node_cases"]) == (0, 0, 0, 0)
    assert (row["node"], row["evidence"], row["quotes"]) == ("", (), ())
    (said,) = garden.project.check()
    assert (said.law, said.what, said.thing, said.severity) == (5, "finding", new, "open")
    edits.cite_for_finding(garden.project, new, against=[garden.codings["july"]])
    assert problems(garden) == [("finding", "cites no coding for it")]
    edits.change_finding(garden.project, new, node="Lists")
    assert problems(garden) == []


def test_findings_are_numbered_in_their_order_without_gaps(garden):
    for title in ("One", "Two", "Three"):
        edits.add_finding(garden.project, title)
    edits.withdraw_finding(garden.project, "Two")
    shown = findings.findings(garden.project)
    assert list(zip(shown["number"], shown["finding"], strict=True)) == [(1, "One"), (2, "Three")]
    assert findings.findings(garden.project).shape[1] == len(findings.FINDINGS)


def test_support_is_told_by_group_of_an_attribute(claimed):
    shown = findings.finding_groups(claimed.project, RAIN, "plot")
    columns = ["finding", "group", "cases", "against", "node_cases", "of"]
    assert shown[columns].values.tolist() == [
        [RAIN, "(no group)", 0, 0, 0, 1],
        [RAIN, "12", 1, 0, 1, 1],
        [RAIN, "3", 1, 1, 0, 1],
    ]
    assert list(shown["dissent"]) == [(), (), (claimed.codings["july"],)]
    with pytest.raises(UnknownName):
        findings.finding_groups(claimed.project, RAIN, "shoe size")
    with pytest.raises(UnknownName):
        findings.finding_groups(claimed.project, "Snow", "plot")


def test_groups_are_of_one_finding_or_of_all(claimed):
    edits.add_finding(claimed.project, "Another")
    both = findings.finding_groups(claimed.project, None, "plot")
    assert list(both["finding"]) == [RAIN] * 3 + ["Another"] * 3
    assert list(both["cases"]) == [0, 1, 1, 0, 0, 0]


def test_contrary_cases_are_listed_with_what_became_of_them(claimed):
    shown = findings.finding_evidence(claimed.project, RAIN)
    columns = ["stance", "cases", "quote", "transcript", "turn", "speaker", "note", "withdrawn"]
    said = {tuple(row) for row in shown[columns].itertuples(index=False, name=None)}
    note = "Only in July: kept as a contrary case."
    assert len(shown) == len(said) == 4
    assert ("against", (ANNA,), "Rain helps us.", "group", 4, "Anna", note, False) in said
    assert ("for", ("gardener",), "Rain keeps me away.", "gardener", 4, "P1", "", False) in said


def test_a_case_that_says_both_counts_on_both_sides(garden):
    edits.add_finding(garden.project, RAIN)
    edits.cite_for_finding(garden.project, RAIN, [garden.codings["list"]])
    edits.cite_for_finding(garden.project, RAIN, against=[garden.codings["july"]])
    row = one(findings.findings(garden.project))
    assert (row["case_ids"], row["cases"], row["against"]) == (row["against_ids"], 1, 1)


def test_a_coding_over_two_cases_speaks_for_both(garden):
    wide = edits.code(garden.project, "group", 40, 150, "Tools").coding_id
    edits.add_finding(garden.project, RAIN)
    edits.cite_for_finding(garden.project, RAIN, [wide])
    row = one(findings.findings(garden.project))
    assert (row["cases"], row["mentions"]) == (2, 1)
    assert set(row["supported_by"]) == {ANNA, BO}


def test_citing_again_changes_stance_and_note(claimed):
    edits.cite_for_finding(
        claimed.project, RAIN, against=[claimed.codings["rain"]], note="On reflection."
    )
    row = one(findings.findings(claimed.project))
    assert (row["mentions"], row["against"]) == (2, 2)
    held = findings.finding_evidence(claimed.project)
    assert list(held.loc[held["quote"] == "Rain keeps me away.", "note"]) == ["On reflection."]


def test_a_citation_that_somebody_else_made_meanwhile_is_not_written_over(claimed):
    p, rain = claimed.project, claimed.codings["rain"]
    before = claimed.live()
    with pytest.raises(ChangedMeanwhile, match="The citation was changed by somebody else"):
        edits.cite_for_finding(p, RAIN, [claimed.codings["quiet"]], against=[rain], row_version=0)
    assert claimed.live() == before
    edits.cite_for_finding(p, RAIN, against=[rain], row_version=1)
    with pytest.raises(ChangedMeanwhile):
        edits.cite_for_finding(p, RAIN, [rain], row_version=1)
    edits.cite_for_finding(p, RAIN, [rain], row_version=2)


def test_findings_change_their_order(claimed):
    p = claimed.project
    for title in ("Snow", "Hail"):
        edits.add_finding(p, title)
    edits.change_finding(p, "Hail", place=1, row_version=1)
    assert list(findings.findings(p)["finding"]) == ["Hail", RAIN, "Snow"]
    edits.change_finding(p, RAIN, title="Wet", place=3)
    assert list(findings.findings(p)["finding"]) == ["Hail", "Snow", "Wet"]
    with pytest.raises(ChangedMeanwhile):
        edits.change_finding(p, "Hail", place=2, row_version=1)
    with pytest.raises(BadValue, match="a number from 1 to 3"):
        edits.change_finding(p, "Hail", title="Hails", place=4)
    p.undo()
    assert list(findings.findings(p)["finding"]) == ["Hail", RAIN, "Snow"]


def test_what_is_taken_away_is_cited_no_more(claimed):
    edits.uncite_finding(claimed.project, RAIN, [claimed.codings["gate"][-8:]])
    assert one(findings.findings(claimed.project))["mentions"] == 2
    with pytest.raises(Refused, match="cites no coding"):
        edits.uncite_finding(claimed.project, RAIN, [claimed.codings["gate"]])
    edits.add_finding(claimed.project, "Snow")
    edits.cite_for_finding(claimed.project, "Snow", [claimed.codings["rain"]])
    with pytest.raises(Refused, match="cites no coding"):
        edits.uncite_finding(claimed.project, "Snow", [""])


def test_a_withdrawn_coding_carries_nothing_and_is_open(claimed):
    edits.withdraw_coding(claimed.project, claimed.codings["list"])
    row = one(findings.findings(claimed.project))
    assert (row["cases"], row["mentions"], row["evidence"]) == (
        1,
        2,
        tuple(sorted([claimed.codings["rain"], claimed.codings["gate"]])),
    )
    said = f"cites {claimed.codings['list']} for it, which was withdrawn"
    assert ("finding", said) in problems(claimed)
    edits.uncite_finding(claimed.project, RAIN, [claimed.codings["list"]])
    assert "finding" not in {what for what, _ in problems(claimed)}


def test_words_of_no_case_cannot_be_cited(garden):
    start = builders.GROUP.index("And the tools")
    asked = edits.code(garden.project, "group", start, start + 9, "Tools").coding_id
    edits.add_finding(garden.project, RAIN)
    with pytest.raises(Refused, match="would count for the finding"):
        edits.cite_for_finding(garden.project, RAIN, [asked])
    rain = [garden.codings["rain"]]
    with pytest.raises(Refused, match="is given on both sides"):
        edits.cite_for_finding(garden.project, RAIN, rain, against=rain)


def test_a_coding_that_a_finding_cites_keeps_words_of_a_case(garden):
    start = builders.GROUP.index("Bo: Tools")
    wide = edits.code(garden.project, "group", start - 5, start + 20, "Tools").coding_id
    edits.add_finding(garden.project, RAIN)
    edits.cite_for_finding(garden.project, RAIN, [wide])
    edits.change_coding(garden.project, wide, start=start - 4)
    with pytest.raises(Refused, match=f"The finding “{RAIN}” would cite words that belong to no"):
        edits.change_coding(garden.project, wide, stop=start - 1)
    edits.uncite_finding(garden.project, RAIN, [wide])
    edits.change_coding(garden.project, wide, stop=start - 1)


def test_words_that_a_finding_cites_stay_a_cases(garden):
    p = garden.project
    edits.assign_case(p, "Who asks", "group", speaker="I")
    asked = edits.code_quote(p, "group", "And the tools?", "Tools").coding_id
    edits.add_finding(p, RAIN)
    edits.cite_for_finding(p, RAIN, [asked])
    with pytest.raises(Refused, match=f"The finding “{RAIN}” would cite words that belong to no"):
        edits.unassign_case(p, "Who asks", "group", speaker="I")
    with pytest.raises(Refused, match=f"The finding “{RAIN}” would cite words that belong to no"):
        edits.withdraw_case(p, "Who asks")
    edits.uncite_finding(p, RAIN, [asked])
    edits.withdraw_case(p, "Who asks")
    assert problems(garden) == [("finding", "cites no coding for it")]


def test_titles_are_names(claimed):
    with pytest.raises(Refused, match="There is a finding"):
        edits.add_finding(claimed.project, f" {RAIN} ")
    with pytest.raises(BadValue):
        edits.add_finding(claimed.project, " ")
    edits.add_finding(claimed.project, "Snow")
    with pytest.raises(Refused, match="There is a finding"):
        edits.change_finding(claimed.project, "Snow", title=RAIN)
    with pytest.raises(BadValue, match="a title, a text, a node or a place"):
        edits.change_finding(claimed.project, "Snow")
    edits.change_finding(claimed.project, RAIN, title=RAIN, text="New.", node="")
    shown = findings.findings(claimed.project)
    assert list(zip(shown["finding"], shown["text"], shown["node"], strict=True)) == [
        (RAIN, "New.", ""),
        ("Snow", "", ""),
    ]
    with pytest.raises(UnknownName, match="Did you mean"):
        edits.withdraw_finding(claimed.project, "Snows")


def test_a_finding_that_somebody_changed_is_not_overwritten(claimed):
    with claimed.project.reading() as connection:
        held = records.one(connection, "finding", title=RAIN)
    edits.change_finding(claimed.project, RAIN, text="Bo's.")
    with pytest.raises(ChangedMeanwhile):
        edits.change_finding(claimed.project, RAIN, text="Anna's.", row_version=held["row_version"])


def test_a_node_that_a_finding_is_about_stays(claimed):
    edits.add_finding(claimed.project, "Lists hold", node="Lists")
    with pytest.raises(Refused, match="The finding “Lists hold” is about “Lists”"):
        edits.withdraw_node(claimed.project, "Lists")


def test_a_finding_leads_back_to_the_words(claimed):
    step = trace(claimed.project, RAIN)
    assert (step.what, step.text) == ("finding", RAIN)
    assert [s.what for s in step.under] == ["evidence for", "evidence against", "theme"]
    assert step.under[1].quotes() == ("Rain helps us.",)
    (contrary,) = step.under[1].under
    assert contrary.reason == "Only in July: kept as a contrary case."
    assert trace(claimed.project, step.id[-8:]).id == step.id


# --- verification ----------------------------------------------------------------------


def test_every_quotation_of_findings_and_reports_is_to_be_verified(claimed):
    edits.quote_in_report(claimed.project, claimed.codings["tools"], number=2, report="P1")
    edits.quote_in_report(claimed.project, claimed.codings["rain"], number=1, report="P1")
    shown = verifications.verification_list(claimed.project, context=12)
    assert list(shown["place"]) == [RAIN] * 4 + ["P1 1", "P1 2"]
    assert set(shown["state"]) == {"open"}
    row = shown.iloc[5]
    at = builders.GROUP.index("Tools are lent")
    assert (row["words"], row["transcript"], row["turn"], row["speaker"]) == (
        "Tools are lent and come back late.",
        "group",
        6,
        "Bo",
    )
    assert (row["before"], row["after"]) == (builders.GROUP[at - 12 : at], "\n")
    first = shown.iloc[4]
    start = GARDENER.index("Rain keeps")
    stop = start + len("Rain keeps me away.")
    assert (first["before"], first["after"]) == (
        GARDENER[start - 12 : start],
        GARDENER[stop : stop + 12],
    )


def of(garden: Garden, coding: str, place: str = RAIN) -> tuple[str, str, str, str]:
    shown = verifications.verification_list(garden.project)
    mine = shown.loc[(shown["place"] == place) & (shown["coding_id"] == garden.codings[coding])]
    row = one(mine)
    return row["state"], row["outcome"], row["verified_by"], row["note"]


def test_an_entry_says_who_held_the_words_against_the_text_and_what_came_of_it(claimed):
    p = claimed.project
    edits.verify(p, claimed.codings["rain"], finding=RAIN, outcome="differs", note="“us”.")
    assert of(claimed, "rain") == ("done", "differs", "anna", "“us”.")
    assert of(claimed, "gate") == ("open", "", "", "")
    shown = verifications.verification_list(p)
    done = one(shown.loc[shown["state"] == "done"])
    assert done["at"] == p.history(1)[0]["at"]
    edits.verify(p, claimed.codings["rain"], finding=RAIN)
    assert of(claimed, "rain") == ("done", "as said", "anna", "")
    assert len(claimed.live()["verification"]) == 1
    edits.unverify(p, done["verification_id"])
    assert of(claimed, "rain") == ("open", "", "", "")


def test_an_entry_of_ones_own_is_not_written_over_from_another_window(claimed):
    p, rain = claimed.project, claimed.codings["rain"]

    def read() -> int:
        shown = verifications.verification_list(p).set_index("coding_id")
        return int(shown.loc[rain, "row_version"])

    assert read() == 0
    edits.verify(p, rain, finding=RAIN, row_version=0)
    assert read() == 1
    before = claimed.live()
    with pytest.raises(ChangedMeanwhile, match="The verification was changed"):
        edits.verify(p, rain, finding=RAIN, outcome="differs", row_version=0)
    assert claimed.live() == before
    edits.verify(p, rain, finding=RAIN, outcome="differs", row_version=1)
    assert read() == 2
    p.who = "bo"
    assert read() == 0
    edits.verify(p, rain, finding=RAIN, row_version=0)


def test_the_newest_of_several_people_is_told(claimed):
    p = claimed.project
    edits.verify(p, claimed.codings["rain"], finding=RAIN, outcome="differs")
    p.who = "bo"
    edits.verify(p, claimed.codings["rain"], finding=RAIN)
    assert of(claimed, "rain") == ("done", "as said", "bo", "")
    assert len(claimed.live()["verification"]) == 2


def test_an_entry_without_a_place_holds_wherever_but_the_places_own_goes_before_it(claimed):
    p, rain = claimed.project, claimed.codings["rain"]
    edits.quote_in_report(p, rain, number=1)
    edits.verify(p, rain, finding=RAIN, outcome="out of context")
    edits.verify(p, rain)
    assert of(claimed, "rain") == ("done", "out of context", "anna", "")
    assert of(claimed, "rain", "1") == ("done", "as said", "anna", "")


def test_words_that_were_withdrawn_since_are_stale_and_open(claimed):
    entry = edits.verify(claimed.project, claimed.codings["rain"], finding=RAIN)
    edits.withdraw_coding(claimed.project, claimed.codings["rain"])
    assert of(claimed, "rain")[0] == "stale"
    said = [(f.thing, f.severity) for f in claimed.project.check() if f.what == "verification"]
    assert said == [(entry, "open")]
    claimed.project.undo()
    assert of(claimed, "rain")[0] == "done"
    assert problems(claimed) == []


def test_words_that_were_resized_since_are_stale_until_they_are_verified_again(claimed):
    p, rain = claimed.project, claimed.codings["rain"]
    edits.add_finding(p, "Snow")
    loose = edits.code_quote(p, "gardener", "nobody has a key", "1.2").coding_id
    claimed = replace(claimed, codings={**claimed.codings, "key": loose})
    edits.cite_for_finding(p, "Snow", [loose])
    edits.verify(p, loose, finding="Snow")
    edits.verify(p, rain, finding=RAIN)
    edits.change_coding(p, loose, code="1.1", uncertain=True)
    assert of(claimed, "key", "Snow")[0] == "done"
    with p.reading() as connection:
        held = records.one(connection, "coding", id=loose)
    edits.change_coding(p, loose, stop=held["stop"] - 4)
    assert of(claimed, "key", "Snow")[0] == "stale"
    assert of(claimed, "rain")[0] == "done"
    edits.verify(p, loose, finding="Snow")
    assert of(claimed, "key", "Snow")[0] == "done"


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE coding SET start = start + 1 WHERE id = '{0}'",
        "UPDATE coding SET stop = stop - 1 WHERE id = '{0}'",
        "UPDATE transcript_version SET sha256 = 'x' WHERE id = "
        "(SELECT transcript_version_id FROM coding WHERE id = '{0}')",
    ],
)
def test_words_that_moved_or_a_text_that_changed_make_an_entry_stale(claimed, change):
    edits.verify(claimed.project, claimed.codings["rain"], finding=RAIN)
    with claimed.project.store.writing() as connection:
        triggers.remove(connection)
        connection.exec_driver_sql(change.format(claimed.codings["rain"]))
    assert of(claimed, "rain")[0] == "stale"
    edits_of = schema.ROWS["verification"]
    with claimed.project.store.writing() as connection:
        triggers.install(connection)
        assert connection.execute(sa.select(edits_of.c.row_version)).scalar_one() == 1
    edits.verify(claimed.project, claimed.codings["rain"], finding=RAIN)
    assert of(claimed, "rain")[0] == "done"


def test_a_number_that_quotes_other_words_now_is_to_be_verified_again(claimed):
    p, ids = claimed.project, claimed.codings
    quotation = edits.quote_in_report(p, ids["tools"], number=1)
    edits.verify(p, ids["tools"], quotation=quotation)
    assert of(claimed, "tools", "1")[0] == "done"
    edits.quote_in_report(p, ids["gate"], number=1)
    assert of(claimed, "gate", "1")[0] == "stale"
    edits.verify(p, ids["gate"], outcome="differs")
    assert of(claimed, "gate", "1")[:2] == ("done", "differs")
    edits.verify(p, ids["gate"], quotation=quotation)
    assert of(claimed, "gate", "1")[:2] == ("done", "as said")


def test_only_what_is_quoted_there_can_be_verified_there(claimed):
    p, ids = claimed.project, claimed.codings
    quotation = edits.quote_in_report(p, ids["tools"], number=1)
    with pytest.raises(Refused, match="does not cite the coding"):
        edits.verify(p, ids["tools"], finding=RAIN)
    with pytest.raises(Refused, match="quotes another coding"):
        edits.verify(p, ids["rain"], quotation=quotation)
    with pytest.raises(Refused, match="one place at a time"):
        edits.verify(p, ids["tools"], finding=RAIN, quotation=quotation)
    with pytest.raises(BadValue, match="as said, differs, out of context"):
        edits.verify(p, ids["tools"], outcome="fine")


def test_a_verification_goes_with_what_it_was_of(claimed):
    p = claimed.project
    for coding in ("rain", "gate"):
        edits.verify(p, claimed.codings[coding], finding=RAIN)
    edits.uncite_finding(p, RAIN, [claimed.codings["rain"]])
    assert len(claimed.live()["verification"]) == 1
    edits.withdraw_finding(p, RAIN)
    live = claimed.live()
    assert (live["finding"], live["finding_evidence"], live["verification"]) == ([], [], [])


def test_a_finding_that_was_cited_for_since_is_not_undone_alone(claimed):
    p = claimed.project
    edits.add_finding(p, "Snow")
    p.who = "bo"
    edits.cite_for_finding(p, "Snow", [claimed.codings["rain"]])
    p.who = "anna"
    with pytest.raises(UndoBlocked):
        p.undo(only_mine=True)


def test_an_empty_project_has_neither(tmp_path):
    with builders.create(tmp_path / "empty.fwb") as project:
        assert findings.findings(project).empty
        assert findings.finding_evidence(project).empty
        assert verifications.verification_list(project).empty
        assert list(verifications.verification_list(project)) == list(verifications.COLUMNS)
