"""Two copies of a project that went apart become one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import builders
import pytest
import sqlalchemy as sa
from builders import ANNA, BO, GARDENER, GROUP, VERSION, Garden, live
from tampering import by_force

from workbench.errors import BadValue, Refused, StoreRefused, Unanswered
from workbench.project import edits, merging
from workbench.project.door import Project, create
from workbench.project.merging import Choices
from workbench.store import records

MINE, THEIRS = Choices(prefer="mine"), Choices(prefer="theirs")


@pytest.fixture
def copied(garden: Garden, tmp_path: Path) -> Iterator[Project]:
    """A copy of the garden, in which Bo works."""
    with builders.twin(garden.project, tmp_path / "theirs.fwb") as other:
        yield other


def rows(project: Project, table: str, **values: Any) -> list[dict[str, Any]]:
    return [r for r in live(project)[table] if all(r[n] == v for n, v in values.items())]


def sentences(project: Project) -> list[str]:
    return [finding.sentence() for finding in project.check()]


def table(of: merging.MergeReport) -> dict[str, tuple[int, int, int]]:
    return {c["what"]: (c["new"], c["changed"], c["withdrawn"]) for c in of.counts}


# --- the two-person story ------------------------------------------------------------------


def test_two_people_work_apart_for_a_day_and_join(garden, copied):
    """Anna codes the gardener, Bo the group; both write, and both change one statement."""
    anna, bo = garden.project, copied
    edits.code_quote(anna, "gardener", "nobody has a key", "1.2")
    edits.write_statement(anna, "gardener", "1.2", "Keys are rare.", evidence=["all"])
    edits.change_statement(anna, garden.statements["gate"], text="Gates shut people out.")
    edits.withdraw_coding(anna, garden.codings["july"])
    late = edits.code_quote(bo, "group", "come back late", "2.2")
    edits.write_statement(bo, BO, "2.2", "Tools come late.", evidence=[late.coding_id])
    edits.change_statement(bo, garden.statements["gate"], text="A lock shuts people out.")
    builders.bring(bo, ("shed", "P9: The shed is full."))
    before, acts = live(anna), garden.acts()

    report = merging.preview(anna, bo)
    assert table(report) == {
        "cases": (1, 0, 0),
        "transcripts": (1, 0, 0),
        "texts": (1, 0, 0),
        "stretches of cases": (1, 0, 0),
        "codings": (1, 0, 0),
        "cells": (1, 1, 0),
        "statements": (1, 0, 0),
    }
    (question,) = report.questions
    assert question["mine"] == "Gates shut people out."
    assert question["theirs"] == "A lock shuts people out."
    assert "“gardener” × “Barriers”" in question["thing"]
    with pytest.raises(Unanswered, match="1 question waits for an answer"):
        edits.merge(anna, bo)
    assert (live(anna), garden.acts()) == (before, acts)

    edits.merge(anna, bo, Choices({question["question"]: "theirs"}))
    said = {s["text"] for s in rows(anna, "statement")}
    assert {"Keys are rare.", "Tools come late.", "A lock shuts people out."} <= said
    assert "Gates shut people out." not in said
    assert rows(anna, "coding", id=garden.codings["july"]) == []
    assert rows(anna, "coding", id=late.coding_id)[0]["quote"] == "come back late"
    assert sentences(anna) == []
    (entry, *_), who = anna.history(1), [a["who"] for a in anna.history(1)[0]["merged"]]
    assert entry["summary"] == "Merged theirs.fwb: 4 acts"
    assert who == ["bo", "bo", "bo", "bo"]
    assert [a["summary"] for a in entry["merged"]][:2] == [
        "Coded “come back late” as 2.2",
        f"Wrote in {BO} × 2.2: “Tools come late.”",
    ]

    after = live(anna)
    assert anna.undo() == entry["summary"]
    assert live(anna) == before
    assert anna.redo() == entry["summary"]
    assert live(anna) == after
    assert edits.merge(anna, bo).acts == 0
    assert anna.history(1)[0]["kind"] == "redo"

    edits.merge(bo, anna)
    assert sentences(bo) == []
    for name in ("coding", "statement", "statement_evidence", "case", "case_span", "transcript"):
        assert live(bo)[name] == after[name], name
    assert edits.merge(anna, bo).acts == 0


def test_cells_that_both_wrote_in_are_to_be_read_again(garden, copied):
    edits.write_statement(garden.project, BO, "2.2", "Lent.", evidence=["all"])
    edits.review_cell(garden.project, BO, "2.2")
    edits.write_statement(copied, BO, "2.2", "Late.", evidence=["all"])
    edits.review_cell(copied, BO, "2.2")
    edits.merge(garden.project, copied)
    (cell,) = rows(garden.project, "cell", look="it was written or reviewed in two copies")
    statements = rows(garden.project, "statement", cell_id=cell["id"])
    assert sorted((s["position"], s["text"]) for s in statements) == [(1, "Lent."), (2, "Late.")]
    assert cell["reviewed_in"] == 0


def test_what_the_other_copy_reviewed_is_reviewed(garden, copied):
    edits.write_statement(copied, BO, "2.2", "Late.", evidence=["all"])
    edits.review_cell(copied, BO, "2.2")
    edits.review_cell(copied, BO, "2.1")
    edits.write_statement(copied, BO, "2.1", "It fails.", evidence=["all"])
    edits.merge(garden.project, copied)
    act = garden.acts()
    texts = {s["cell_id"]: s["text"] for s in rows(garden.project, "statement")}
    found = {
        texts.get(c["id"]): (c["written_in"], c["reviewed_in"])
        for c in live(garden.project)["cell"]
    }
    assert found["Late."] == (act, act)
    assert found["It fails."] == (act, 0)


def test_words_win_over_a_mark_and_the_cell_is_to_be_looked_at(garden, copied):
    edits.mark_cell(garden.project, BO, "1.2", "not asked")
    edits.code(copied, "group", GROUP.index("Bo:"), GROUP.index("Bo:") + 9, "1.2")
    edits.write_statement(copied, BO, "1.2", "He cannot come.", evidence=["all"])
    edits.merge(garden.project, copied)
    (cell,) = rows(
        garden.project,
        "cell",
        look="it was marked “not asked” in one copy and written in the other",
    )
    assert cell["mark"] == ""
    assert sentences(garden.project) == []


# --- questions -----------------------------------------------------------------------------


@pytest.mark.parametrize("choices", [MINE, THEIRS])
def test_a_coding_withdrawn_here_and_changed_there_is_asked(garden, copied, choices):
    coding = garden.codings["tools"]
    edits.withdraw_coding(garden.project, coding)
    edits.change_coding(copied, coding, uncertain=True)
    (question,) = merging.preview(garden.project, copied).questions
    assert question["about"] == "withdrawn on one side, changed or used on the other"
    assert question["mine"] == "withdrawn"
    assert "Tools are lent" in question["theirs"]
    edits.merge(garden.project, copied, choices)
    assert len(rows(garden.project, "coding", id=coding)) == (choices is THEIRS)


def test_cases_of_one_name_are_one_or_two_as_somebody_says(garden, copied):
    edits.add_cases(garden.project, {"Kari": {"plot": "1"}})
    edits.add_cases(copied, {"Kari": {"plot": "2"}})
    name, _ = merging.preview(garden.project, copied).questions
    assert name["choices"] == "one or two"
    edits.merge(garden.project, copied, Choices(same_names="two"))
    assert [c["label"] for c in rows(garden.project, "case")][-2:] == ["Kari", "Kari (2)"]
    garden.project.undo()
    edits.merge(garden.project, copied, Choices(same_names="one", prefer="theirs"))
    (kari,) = rows(garden.project, "case", label="Kari")
    assert [v["value"] for v in rows(garden.project, "attribute_value", case_id=kari["id"])] == [
        "2"
    ]
    assert sentences(garden.project) == []
    edits.set_attribute(copied, "Kari", "plot", "3")
    edits.merge(garden.project, copied)
    assert [v["value"] for v in rows(garden.project, "attribute_value", case_id=kari["id"])] == [
        "3"
    ]


def test_a_case_withdrawn_here_and_used_there_is_asked(garden, copied):
    edits.add_cases(garden.project, {"Kari": {}})
    edits.merge(copied, garden.project)
    edits.withdraw_case(garden.project, "Kari")
    edits.assign_case(copied, "Kari", "group", start=0, stop=3)
    (question,) = merging.preview(garden.project, copied).questions
    assert question["thing"] == "case “Kari”"
    edits.merge(garden.project, copied, MINE)
    assert rows(garden.project, "case", label="Kari") == []
    assert sentences(garden.project) == []
    garden.project.undo()
    edits.merge(garden.project, copied, THEIRS)
    assert len(rows(garden.project, "case", label="Kari")) == 1
    assert sentences(garden.project) == []


def test_an_order_that_both_changed_is_asked_as_one_question(garden, copied):
    edits.move_case(garden.project, BO, 1)
    edits.move_case(copied, ANNA, 1)
    (question,) = merging.preview(garden.project, copied).questions
    assert question["mine"] == f"“{BO}”, “gardener”, “{ANNA}”"
    assert question["theirs"] == f"“{ANNA}”, “gardener”, “{BO}”"
    edits.merge(garden.project, copied, THEIRS)
    cases = sorted(rows(garden.project, "case"), key=lambda c: c["position"])
    assert [c["label"] for c in cases] == [ANNA, "gardener", BO]


def test_answers_come_from_a_table_that_the_rehearsal_wrote(garden, copied, tmp_path):
    for project, text in ((garden.project, "Mine, “quoted”\nin two lines."), (copied, "Theirs.")):
        edits.change_statement(project, garden.statements["gate"], text=text)
        edits.change_setting(project, "title", text.split(",")[0])
    file = tmp_path / "questions.csv"
    asked = merging.preview(garden.project, copied).questions
    assert merging.write_questions(asked, file) == 2
    lines = file.read_text(encoding="utf-8-sig")
    assert lines.splitlines()[0] == "question,about,thing,mine,theirs,choices,answer"
    filled = lines.replace("mine or theirs,", "mine or theirs,Theirs", 1)
    file.write_text(filled.replace("mine or theirs,\n", "mine or theirs,mine\n"), encoding="utf-8")
    said = merging.read_answers(file)
    assert list(said.values()) == ["theirs", "mine"]
    edits.merge(garden.project, copied, Choices(said))
    (title,) = rows(garden.project, "setting", key="title")
    (gate,) = rows(garden.project, "statement", id=garden.statements["gate"])
    assert (title["value"], gate["text"].splitlines()[0]) == ("Theirs.", "Mine, “quoted”")


def test_an_answer_that_a_question_does_not_have_is_refused(garden, copied):
    for project in (garden.project, copied):
        edits.change_setting(project, "title", project.who)
    (question,) = merging.preview(garden.project, copied).questions
    with pytest.raises(BadValue, match="mine or theirs"):
        merging.preview(garden.project, copied, Choices({question["question"]: "one"}))
    with pytest.raises(BadValue, match="The side that is taken"):
        Choices(prefer="both")


# --- transcripts ---------------------------------------------------------------------------


def test_one_text_under_two_names_is_one_transcript(garden, copied):
    shed = "P9: The shed is full.\nP9: The shed is cold.\n"
    builders.bring(garden.project, ("shed", shed))
    builders.bring(copied, ("interview 9", shed))
    mine = edits.code_quote(garden.project, "shed", "The shed is full.", "2.2")
    edits.code_quote(copied, "interview 9", "The shed is full.", "2.2", coder="anna")
    theirs = edits.code_quote(copied, "interview 9", "The shed is cold.", "1.2")
    choices = Choices(same_names="one")
    edits.merge(garden.project, copied, choices)
    assert sorted(t["name"] for t in rows(garden.project, "transcript")) == [
        "gardener",
        "group",
        "shed",
    ]
    (shed_id,) = [t["id"] for t in rows(garden.project, "transcript", name="shed")]
    (version,) = rows(garden.project, "transcript_version", transcript_id=shed_id)
    here = rows(garden.project, "coding", transcript_version_id=version["id"])
    assert {c["id"] for c in here} == {mine.coding_id, theirs.coding_id}
    assert sentences(garden.project) == []
    edits.withdraw_coding(copied, theirs.coding_id)
    edits.merge(garden.project, copied)
    assert rows(garden.project, "coding", id=theirs.coding_id) == []


def test_two_texts_of_one_name_are_two_transcripts(garden, copied):
    builders.bring(garden.project, ("shed", "P8: The shed is full."), case_by="none")
    builders.bring(copied, ("shed", "P9: The shed is empty."), case_by="none")
    report = edits.merge(garden.project, copied)
    names = [t["name"] for t in rows(garden.project, "transcript")]
    assert sorted(names) == ["gardener", "group", "shed", "shed (2)"]
    assert (
        "Their transcript “shed” comes in as “shed (2)”: that name is taken here." in report.notes
    )


def test_a_correction_that_both_made_is_one_and_the_next_follows_on_it(garden, copied):
    once = GARDENER.replace("The quiet", "It is the quiet")
    for project in (garden.project, copied):
        edits.correct_transcript(project, "gardener", builders.incoming("gardener", once))
    twice = once.replace("away?", "away then?")
    edits.correct_transcript(copied, "gardener", builders.incoming("gardener", twice))
    edits.merge(garden.project, copied, MINE)
    (gardener,) = rows(garden.project, "transcript", name="gardener")
    held = rows(garden.project, "transcript_version", transcript_id=gardener["id"])
    first, second, third = sorted(held, key=lambda v: v["number"])
    assert [v["text"] for v in (first, second, third)] == [GARDENER, once, twice]
    assert (second["parent_id"], third["parent_id"]) == (first["id"], second["id"])


@pytest.mark.parametrize("choices", [MINE, THEIRS])
def test_a_text_that_both_corrected_has_the_text_that_was_chosen(garden, copied, choices):
    texts = {
        "mine": GARDENER.replace("The quiet", "It is the quiet"),
        "theirs": GARDENER.replace("away?", "away then?"),
    }
    for project, text in ((garden.project, texts["mine"]), (copied, texts["theirs"])):
        edits.correct_transcript(project, "gardener", builders.incoming("gardener", text))
    (question,) = merging.preview(garden.project, copied).questions
    assert question["thing"] == "transcript “gardener”"
    edits.merge(garden.project, copied, choices)
    (gardener,) = rows(garden.project, "transcript", name="gardener")
    held = rows(garden.project, "transcript_version", transcript_id=gardener["id"])
    assert [v["text"] for v in sorted(held, key=lambda v: v["number"])][-1] == texts[choices.prefer]
    assert sorted(v["number"] for v in held) == [1, 2, 3]
    assert not [f for f in garden.project.check() if f.severity == "broken"]


# --- frameworks ----------------------------------------------------------------------------


def test_a_draft_that_both_worked_on_has_the_work_of_both_and_exact_steps(garden, copied):
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge(copied, garden.project)
    edits.change_code(garden.project, "garden@2", "2.2", name="Spades", reason="Said so.")
    edits.add_code(garden.project, "garden@2", "Beds", category="Sharing", definition="Earth.")
    edits.change_code(copied, "garden@2", "1.1", definition="Why they come.", reason="Clearer.")
    edits.change_code(copied, "garden@2", "2.2", definition="What is lent.")
    edits.add_code(copied, "garden@2", "Fences", category="Sharing", definition="Of wood.")
    edits.merge(garden.project, copied)
    version = live(garden.project)["framework_version"][-1]
    codes = rows(garden.project, "code_version", framework_version_id=version["id"])
    said = {c["name"]: c["definition"] for c in codes}
    assert said["Spades"] == "What is lent."
    assert said["Reasons to come"] == "Why they come."
    assert {"Beds", "Fences"} <= said.keys()
    assert sentences(garden.project) == []
    steps = rows(garden.project, "step", framework_version_id=version["id"])
    assert sorted(s["kind"] for s in steps) == ["add", "add", "redefine", "redefine", "rename"]
    assert {s["reason"] for s in steps} >= {"Said so.", "Clearer."}


def test_two_definitions_of_a_draft_code_are_a_question(garden, copied):
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge(copied, garden.project)
    for project in (garden.project, copied):
        edits.change_code(project, "garden@2", "2.2", definition=f"As {project.who} says.")
    (question,) = merging.preview(garden.project, copied).questions
    assert question["about"] == "definition: changed on both sides"
    assert (question["mine"], question["theirs"]) == ("As anna says.", "As bo says.")
    edits.merge(garden.project, copied, THEIRS)
    assert rows(garden.project, "code_version", definition="As bo says.")
    assert sentences(garden.project) == []


def test_a_question_calls_a_code_as_the_version_of_its_cell_or_coding_does(garden, copied):
    edits.begin_draft(copied, VERSION, "2")
    edits.change_code(copied, "garden@2", "1.2", name="Hindrances")
    for project in (garden.project, copied):
        edits.change_statement(project, garden.statements["gate"], text=f"{project.who}'s.")
        edits.change_coding(project, garden.codings["rain"], uncertain=project.who == "bo")
    edits.change_coding(garden.project, garden.codings["rain"], code="1.1")
    edits.change_coding(copied, garden.codings["rain"], code="2.2")
    things = {q["thing"] for q in merging.preview(garden.project, copied).questions}
    assert things == {
        "statement “anna's.” (“gardener” × “Barriers”)",
        "coding “Rain keeps me away.” (“Reasons to come”)",
    }


def test_new_codes_of_one_name_are_one_or_two_as_somebody_says(garden, copied):
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge(copied, garden.project)
    for project, quote in ((garden.project, "The quiet."), (copied, "Rain keeps me away.")):
        edits.add_code(project, "garden@2", "Beds", category="Sharing", definition="Earth.")
        edits.code_quote(project, "gardener", quote, "Beds", framework="garden@2", coder="anna")
    edits.merge(garden.project, copied, Choices(same_names="one"))
    (beds,) = rows(garden.project, "code_version", name="Beds")
    quotes = {c["quote"] for c in rows(garden.project, "coding", code_id=beds["code_id"])}
    assert quotes == {"The quiet.", "Rain keeps me away."}
    assert sentences(garden.project) == []


def test_a_code_retired_here_and_coded_with_there_is_asked(garden, copied):
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge(copied, garden.project)
    edits.retire_code(garden.project, "garden@2", "Tools")
    edits.code_quote(copied, "group", "Tools are lent", "Tools", framework="garden@2")
    (question,) = merging.preview(garden.project, copied).questions
    assert question["thing"] == "code “2.2 Tools”"
    edits.merge(garden.project, copied, MINE)
    assert rows(garden.project, "coding", quote="Tools are lent") == []
    assert sentences(garden.project) == []
    garden.project.undo()
    edits.merge(garden.project, copied, THEIRS)
    assert len(rows(garden.project, "coding", quote="Tools are lent")) == 1
    assert sentences(garden.project) == []


def back_and_forth(garden: Garden) -> None:
    """Undo the newest act and redo it, looking at all rows."""
    after = live(garden.project)
    garden.project.undo()
    assert live(garden.project) != after
    garden.project.redo()
    assert live(garden.project) == after


def test_a_draft_that_was_changed_and_released_there_can_go_back_and_forth(garden, copied):
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge(copied, garden.project)
    edits.add_code(copied, "garden@2", "Beds", category="Sharing", definition="Of earth.")
    edits.change_code(copied, "garden@2", "Tools", name="Things")
    edits.release(copied, "garden@2")
    edits.merge(garden.project, copied)
    assert [v["state"] for v in rows(garden.project, "framework_version")] == ["released"] * 2
    back_and_forth(garden)


def test_a_released_version_that_was_taken_back_there_can_go_back_and_forth(garden, copied):
    edits.begin_draft(copied, VERSION, "2")
    edits.release(copied, "garden@2")
    edits.merge(garden.project, copied)
    copied.undo()
    copied.undo()
    edits.merge(garden.project, copied, THEIRS)
    assert [v["version"] for v in rows(garden.project, "framework_version")] == ["1"]
    back_and_forth(garden)


@pytest.mark.parametrize("more", [False, True])
def test_a_release_that_was_taken_back_there_makes_room_for_another_one(garden, tmp_path, more):
    edits.begin_draft(garden.project, VERSION, "2")
    edits.release(garden.project, "garden@2")
    with builders.twin(garden.project, tmp_path / "theirs.fwb") as other:
        other.undo()
        other.undo()
        edits.begin_draft(other, VERSION, "2")
        edits.change_code(other, "garden@2", "2.2", definition="Anew.")
        if more:
            edits.release(other, "garden@2")
            edits.begin_draft(other, "garden@2", "3")
            edits.begin_draft(garden.project, "garden@2", "3")
        edits.merge(garden.project, other, THEIRS)
    versions = rows(garden.project, "framework_version")
    assert [v["version"] for v in versions] == ["1", "2", "3"][: 2 + more]
    said = rows(garden.project, "code_version", definition="Anew.")
    assert [v["framework_version_id"] for v in said] == [v["id"] for v in versions[1:]]
    assert sentences(garden.project) == []
    back_and_forth(garden)


def test_names_that_changed_places_there_change_them_here_and_go_back_and_forth(garden, copied):
    before = {a["id"]: a["name"] for a in rows(garden.project, "attribute")}
    for old, new in (("plot", "other"), ("member", "plot"), ("other", "member")):
        edits.rename_attribute(copied, old, new)
    edits.merge(garden.project, copied)
    swapped = {"plot": "member", "member": "plot"}
    after = {a["id"]: a["name"] for a in rows(garden.project, "attribute")}
    assert after == {i: swapped[name] for i, name in before.items()}
    assert sentences(garden.project) == []
    back_and_forth(garden)


def test_names_that_were_handed_on_there_go_back_and_forth(garden, copied):
    for old, new in (("plot", "plots"), ("member", "plot")):
        edits.rename_attribute(copied, old, new)
    edits.merge(garden.project, copied)
    assert {a["name"] for a in rows(garden.project, "attribute")} == {"plots", "plot"}
    back_and_forth(garden)
    edits.merge(copied, garden.project)
    for old, new in (("plot", "member"), ("plots", "plot")):
        edits.rename_attribute(copied, old, new)
    edits.merge(garden.project, copied)
    assert {a["name"] for a in rows(garden.project, "attribute")} == {"member", "plot"}
    back_and_forth(garden)


def whole(project: Project, number: str) -> dict[str, list[str]]:
    """Return table → the ids of the rows that a version of the garden is made of."""
    (version,) = rows(project, "framework_version", version=number)
    parts = {
        table: [r["id"] for r in rows(project, table, framework_version_id=version["id"])]
        for table in ("category_version", "code_version")
    }
    return {"framework_version": [version["id"]], **parts}


def test_a_release_that_goes_as_a_draft_comes_back_goes_back_and_forth(garden):
    edits.begin_draft(garden.project, VERSION, "2")
    draft = whole(garden.project, "2")
    garden.project.undo()
    edits.begin_draft(garden.project, VERSION, "2")
    edits.release(garden.project, "garden@2")
    released = whole(garden.project, "2")
    with garden.project.acting("merge project") as act:
        for table in draft:
            records.withdraw(act, table, released[table])
            records.restore(act, table, draft[table])
    assert rows(garden.project, "framework_version", version="2")[0]["state"] == "draft"
    back_and_forth(garden)


def test_a_code_that_was_undone_here_comes_back_whole_with_what_was_changed_in_it(garden, copied):
    edits.begin_draft(garden.project, VERSION, "2")
    edits.add_code(garden.project, "garden@2", "Beds", category="Sharing", definition="Soil.")
    edits.merge(copied, garden.project)
    edits.change_code(copied, "garden@2", "Beds", definition="Of earth.")
    garden.project.undo()
    edits.merge(garden.project, copied, THEIRS)
    (version,) = [v for v in rows(garden.project, "code_version") if v["name"] == "Beds"]
    assert version["definition"] == "Of earth."
    assert version["code_id"] in {c["id"] for c in rows(garden.project, "code")}
    back_and_forth(garden)


def test_a_framework_that_both_brought_is_one(garden, copied):
    for project in (garden.project, copied):
        edits.add_framework(project, builders.version("sheds"))
        edits.release(project, "sheds@1")
    quote = edits.code_quote(copied, "gardener", "The quiet.", "Tools", framework="sheds@1")
    edits.merge(garden.project, copied)
    assert len(rows(garden.project, "framework", name="sheds")) == 1
    assert [r["quote"] for r in rows(garden.project, "coding", id=quote.coding_id)] == [
        "The quiet."
    ]
    assert sentences(garden.project) == []


def test_a_statement_keeps_what_it_cited_though_the_coding_was_withdrawn_there(garden, copied):
    late = edits.code_quote(copied, "group", "come back late", "2.2")
    edits.write_statement(copied, BO, "2.2", "Late.", evidence=[late.coding_id])
    edits.withdraw_coding(copied, late.coding_id)
    before = live(garden.project)
    edits.merge(garden.project, copied)
    after = live(garden.project)
    (cited,) = rows(garden.project, "statement_evidence", coding_id=late.coding_id)
    assert rows(garden.project, "coding", id=late.coding_id) == []
    assert [s.split(" ", 10)[-1] for s in sentences(garden.project)] == [
        "cites only withdrawn codings."
    ]
    assert cited["statement_id"] in sentences(garden.project)[0]
    garden.project.undo()
    assert live(garden.project) == before
    garden.project.redo()
    assert live(garden.project) == after
    assert len(sentences(garden.project)) == 1


# --- origin, history, seals ----------------------------------------------------------------


def test_a_project_of_another_origin_is_refused(garden, tmp_path):
    with create(tmp_path / "other.fwb", who="bo") as other:
        edits.add_cases(other, {"Kari": {}})
        with pytest.raises(Refused, match="no act in common"):
            edits.merge(garden.project, other)
    assert rows(garden.project, "case", label="Kari") == []


def test_a_merge_that_was_undone_can_be_done_anew(garden, copied):
    edits.add_cases(copied, {"Kari": {"plot": "1"}})
    edits.merge(garden.project, copied)
    after = live(garden.project)
    garden.project.undo()
    edits.add_memo(garden.project, "Later.")
    edits.set_attribute(copied, "Kari", "plot", "2")
    report = edits.merge(garden.project, copied)
    assert table(report)["cases"] == (1, 0, 0)
    assert rows(garden.project, "case") == after["case"]
    assert "2" in {v["value"] for v in rows(garden.project, "attribute_value")}
    assert sentences(garden.project) == []


def test_what_an_undone_merge_found_to_be_one_thing_is_two_again(garden, copied):
    for project in (garden.project, copied):
        edits.add_cases(project, {"Kari": {}})
    edits.merge(garden.project, copied, Choices(same_names="one"))
    assert len(rows(garden.project, "case", label="Kari")) == 1
    garden.project.undo()
    edits.set_attribute(copied, "Kari", "plot", "9")
    edits.merge(garden.project, copied, Choices(same_names="two"))
    (own,) = rows(garden.project, "case", label="Kari")
    (value,) = rows(garden.project, "attribute_value", value="9")
    assert value["case_id"] != own["id"]
    assert sentences(garden.project) == []


def test_what_a_merge_found_to_be_one_thing_is_one_again_when_it_is_redone(garden, copied):
    for project in (garden.project, copied):
        edits.add_cases(project, {"Kari": {}})
    edits.merge(garden.project, copied, Choices(same_names="one"))
    garden.project.undo()
    garden.project.redo()
    edits.set_attribute(copied, "Kari", "plot", "9")
    edits.merge(garden.project, copied)
    (own,) = rows(garden.project, "case", label="Kari")
    (value,) = rows(garden.project, "attribute_value", value="9")
    assert value["case_id"] == own["id"]


def test_what_both_merges_knew_to_be_one_thing_stays_one_when_one_of_them_is_undone(garden, copied):
    for project in (garden.project, copied):
        edits.begin_draft(project, VERSION, "2")
        edits.add_cases(project, {"Kari": {}})
    edits.merge(garden.project, copied, Choices(same_names="one"))
    edits.merge(copied, garden.project)
    garden.project.undo()
    edits.set_attribute(garden.project, "Kari", "plot", "9")
    edits.change_code(copied, "garden@2", "2.2", definition="Other.")
    edits.merge(garden.project, copied)
    (draft,) = rows(garden.project, "framework_version", version="2")
    assert (
        rows(garden.project, "code_version", definition="Other.")[0]["framework_version_id"]
        == draft["id"]
    )
    (own,) = rows(garden.project, "case", label="Kari")
    (value,) = rows(garden.project, "attribute_value", value="9")
    assert value["case_id"] == own["id"]
    assert sentences(garden.project) == []


def test_what_a_merge_brought_cannot_be_altered_unseen(garden, copied):
    edits.add_cases(copied, {"Kari": {}})
    edits.merge(garden.project, copied)
    act = garden.acts()
    by_force(garden.project, "UPDATE foreign_act SET who = 'nobody'")
    assert sentences(garden.project) == [
        f"Law 4 (Nothing is deleted, everything is undoable): act {act} brought other acts from "
        "another copy than are noted under it."
    ]


@pytest.mark.parametrize(
    "statement",
    ["DELETE FROM foreign_act", "UPDATE foreign_act SET who = 'x'", "DELETE FROM foreign_row"],
)
def test_what_a_merge_brought_stays_as_it_is(garden, copied, statement):
    for project in (garden.project, copied):
        edits.change_setting(project, "doi", "10/1")
    edits.merge(garden.project, copied)
    with pytest.raises(StoreRefused, match="the history is only added to"):
        execute(garden.project, statement)


def execute(project: Project, statement: str) -> None:
    with project.store.writing() as connection:
        connection.exec_driver_sql(statement)


def test_a_shared_database_takes_a_copy_in(garden_on_server, tmp_path):
    with builders.twin(garden_on_server.project, tmp_path / "theirs.fwb") as other:
        edits.code_quote(other, "gardener", "a key", "1.2", uncertain=True)
        edits.change_setting(other, "title", "Theirs")
        edits.merge(garden_on_server.project, other)
        assert sentences(garden_on_server.project) == []
        assert rows(garden_on_server.project, "coding", quote="a key")[0]["uncertain"] is True
        garden_on_server.project.undo()
        garden_on_server.project.redo()
        assert edits.merge(garden_on_server.project, other).acts == 0
        assert edits.merge(other, garden_on_server.project).acts == 0
        assert sentences(garden_on_server.project) == []


def asked_of_the_database(garden: Garden, copied: Project, codings: int) -> int:
    """Return how many statements a merge of so many new codings takes."""
    places = [("group", n, n + 3) for n in range(codings)]
    edits.code_places(copied, places, "2.2")
    statements: list[str] = []
    engine = garden.project.store.engine

    def note(_c: object, _u: object, statement: str, *_: object) -> None:
        statements.append(statement)

    sa.event.listen(engine, "before_cursor_execute", note)
    sa.event.listen(copied.store.engine, "before_cursor_execute", note)
    edits.merge(garden.project, copied)
    sa.event.remove(engine, "before_cursor_execute", note)
    sa.event.remove(copied.store.engine, "before_cursor_execute", note)
    return len(statements)


def test_many_codings_take_no_more_queries_than_few(garden, copied, tmp_path):
    few = asked_of_the_database(garden, copied, 5)
    other = builders.copy(tmp_path / "other.fwb")
    with other.project, builders.twin(other.project, tmp_path / "twin.fwb") as twin:
        assert asked_of_the_database(other, twin, 150) == few
