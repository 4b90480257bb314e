"""Statements rest on codings of their case, and cells know how they stand."""

import builders
import pytest
from builders import ANNA, BO, VERSION, Garden

from workbench import errors
from workbench.project import edits, views


def cell(garden: Garden, case: str, code: str) -> str:
    """Return the state of a cell, with its reason."""
    frame = views.states(garden.project, VERSION)
    (row,) = frame.loc[(frame["case"] == case) & (frame["code"] == code)].to_dict("records")
    return f"{row['state']}: {row['reason']}" if row["reason"] else row["state"]


def evidence(garden: Garden, statement: str) -> list[str]:
    name = {v: k for k, v in garden.codings.items()}
    rows = garden.live()["statement_evidence"]
    return sorted(name[r["coding_id"]] for r in rows if r["statement_id"] == statement)


def statement(garden: Garden, statement_id: str) -> tuple[str, str, int]:
    row = next(s for s in garden.live()["statement"] if s["id"] == statement_id)
    return row["kind"], row["text"], row["position"]


def test_the_cells_of_the_garden_are_in_all_the_states_they_can_be(garden):
    assert {
        (case, code): cell(garden, case, code)
        for case, code in [
            ("gardener", "Reasons to come"),
            ("gardener", "Barriers"),
            ("gardener", "Shared work"),
            ("gardener", "Tools"),
            (ANNA, "Reasons to come"),
            (ANNA, "Tools"),
        ]
    } == {
        ("gardener", "Reasons to come"): "reviewed",
        ("gardener", "Barriers"): "charted",
        ("gardener", "Shared work"): "nothing said",
        ("gardener", "Tools"): "not asked",
        (ANNA, "Reasons to come"): "indexed, not charted",
        (ANNA, "Tools"): "nothing said",
    }


# --- writing -------------------------------------------------------------------------


def test_all_cites_every_coding_of_the_cell(garden):
    made = edits.write_statement(garden.project, "gardener", "1.2", "Rain and locks.")
    assert evidence(garden, made) == ["gate", "rain"]
    assert statement(garden, made) == ("summary", "Rain and locks.", 3)


def test_a_comment_needs_no_evidence(garden):
    made = edits.write_statement(garden.project, BO, "1.1", "Ask him again.", kind="comment")
    assert evidence(garden, made) == []


@pytest.mark.parametrize(
    ("case", "code", "text", "more", "error", "said"),
    [
        (BO, "1.1", "Rain.", {}, errors.Refused, "no coding of “Reasons to come” in “group: Bo”"),
        (BO, "2.1", "Rain.", {"evidence": []}, errors.Refused, "summary statement needs the words"),
        (
            BO,
            "2.1",
            "Rain.",
            {"evidence": [], "kind": "verbatim"},
            errors.Refused,
            "verbatim statement needs the words it rests on.*make it a comment",
        ),
        (
            BO,
            "2.1",
            "The list is never kept",
            {"kind": "verbatim"},
            errors.Refused,
            "“The list is never kept” does not stand letter by letter",
        ),
        (BO, "2.1", "the list is", {"kind": "verbatim"}, errors.Refused, "letter by letter"),
        (BO, "2.1", " \n", {}, errors.BadValue, "A statement"),
        (BO, "2.1", "x", {"kind": "quote"}, errors.BadValue, "summary, verbatim, comment"),
        ("Bo", "2.1", "x", {}, errors.UnknownName, "no case “Bo”"),
        (BO, "Shared", "x", {}, errors.UnknownName, "no code “Shared”"),
        (BO, "2.1", "x", {"framework": "garden@2"}, errors.UnknownName, "“garden@1”"),
    ],
)
def test_a_statement_without_its_ground_is_refused(garden, case, code, text, more, error, said):
    before, acts = garden.live(), garden.acts()
    with pytest.raises(error, match=said):
        edits.write_statement(garden.project, case, code, text, **more)
    assert (garden.live(), garden.acts()) == (before, acts)


def test_evidence_of_another_case_is_refused(garden):
    before = garden.live()
    with pytest.raises(errors.Refused) as caught:
        edits.write_statement(
            garden.project, ANNA, "2.1", "Lists.", evidence=[garden.codings["stale list"]]
        )
    assert str(caught.value) == (
        f"The coding {garden.codings['stale list']} is not of words of “{ANNA}”, so no "
        "statement about that case can rest on it."
    )
    assert garden.live() == before


def test_evidence_of_another_code_of_the_case_may_be_cited(garden):
    made = edits.write_statement(
        garden.project, ANNA, "2.1", "Rain does work too.", evidence=[garden.codings["july"]]
    )
    assert evidence(garden, made) == ["july"]


def test_a_coding_over_two_speakers_is_evidence_for_both(garden):
    both = edits.code(garden.project, "group", 40, 120, "2.1").coding_id
    made = [
        edits.write_statement(garden.project, case, "2.1", "Both.", evidence=[both])
        for case in (ANNA, BO)
    ]
    cited = garden.live()["statement_evidence"]
    assert sorted(
        (e["statement_id"], e["coding_id"]) for e in cited if e["statement_id"] in made
    ) == sorted((statement_id, both) for statement_id in made)


def test_evidence_named_twice_is_cited_once(garden):
    whole = garden.codings["july"]
    made = edits.write_statement(garden.project, ANNA, "1.1", "Rain.", evidence=[whole, whole[:35]])
    assert evidence(garden, made) == ["july"]


# --- changing ------------------------------------------------------------------------


def test_what_is_not_given_stays(garden):
    changed = garden.statements["gate"]
    edits.change_statement(garden.project, changed, text="A locked gate.")
    assert statement(garden, changed) == ("summary", "A locked gate.", 2)
    assert evidence(garden, changed) == ["gate", "rain"]
    edits.change_statement(garden.project, changed, evidence=[garden.codings["gate"]])
    assert statement(garden, changed) == ("summary", "A locked gate.", 2)
    assert evidence(garden, changed) == ["gate"]
    edits.change_statement(garden.project, changed, evidence=["all"])
    assert evidence(garden, changed) == ["gate", "rain"]


def test_a_change_is_held_to_the_same_rules(garden):
    before = garden.live()
    changed = garden.statements["gate"]
    for more, said in (
        ({"kind": "verbatim"}, "letter by letter"),
        ({"evidence": []}, "needs the words it rests on"),
        ({"evidence": [garden.codings["list"]]}, "is not of words of “gardener”"),
    ):
        with pytest.raises(errors.Refused, match=said):
            edits.change_statement(garden.project, changed, **more)
    with pytest.raises(errors.BadValue):
        edits.change_statement(garden.project, changed, text=" ")
    assert garden.live() == before


def test_a_statement_that_somebody_changed_meanwhile_is_not_overwritten(garden):
    changed = garden.statements["gate"]
    edits.change_statement(garden.project, changed, text="First.", row_version=1)
    before = garden.live()
    with pytest.raises(errors.ChangedMeanwhile, match="statement was changed by somebody else"):
        edits.change_statement(
            garden.project, changed, text="Second.", evidence=["all"], row_version=1
        )
    assert garden.live() == before
    edits.change_statement(garden.project, changed, text="Third.", row_version=2)
    assert statement(garden, changed)[1] == "Third."


def test_a_statement_keeps_evidence_that_was_withdrawn_until_it_is_given_other(garden):
    edits.withdraw_coding(garden.project, garden.codings["gate"])
    edits.change_statement(garden.project, garden.statements["gate"], text="A gate.")
    assert evidence(garden, garden.statements["gate"]) == ["gate", "rain"]
    edits.change_statement(garden.project, garden.statements["gate"], evidence=["all"])
    assert evidence(garden, garden.statements["gate"]) == ["rain"]


def test_a_withdrawn_statement_leaves_its_cell_and_its_codings_stay(garden):
    edits.withdraw_statement(garden.project, garden.statements["helps"])
    assert cell(garden, "gardener", "Reasons to come") == "indexed, not charted"
    with pytest.raises(errors.UnknownName, match="no statement"):
        edits.withdraw_statement(garden.project, garden.statements["helps"])


# --- marks, reviews and staleness ----------------------------------------------------


@pytest.mark.parametrize("mark", ["not asked", "nothing said"])
def test_a_cell_that_holds_something_cannot_be_marked_as_empty(garden, mark):
    before = garden.live()
    with pytest.raises(errors.Refused, match=rf"gardener × 1.2 holds statements.*“{mark}”"):
        edits.mark_cell(garden.project, "gardener", "1.2", mark)
    with pytest.raises(errors.Refused, match=rf"{ANNA} × 1.1 has codings.*“{mark}”"):
        edits.mark_cell(garden.project, ANNA, "1.1", mark)
    assert garden.live() == before


def test_a_mark_is_set_changed_and_taken_off(garden):
    builders.bring(garden.project, ("new", "P1: Yes."))
    where = ("new", "Tools")
    assert cell(garden, *where) == "not indexed"
    for mark, state in (
        ("not asked", "not asked"),
        ("nothing said", "nothing said"),
        (None, "not indexed"),
    ):
        edits.mark_cell(garden.project, "new", "2.2", mark)
        assert cell(garden, *where) == state
    with pytest.raises(errors.BadValue, match="not asked, nothing said"):
        edits.mark_cell(garden.project, "new", "2.2", "empty")  # type: ignore[arg-type]  # the point


def test_words_in_a_marked_cell_take_the_mark_off_and_a_comment_does_not(garden):
    where, cited = (ANNA, "Tools"), [garden.codings["july"]]
    aside = edits.write_statement(garden.project, ANNA, "2.2", "She shrugs.", kind="comment")
    assert cell(garden, *where) == "nothing said"
    assert marks(garden, ANNA) == ["nothing said"]
    assert garden.project.check() == []
    edits.change_statement(garden.project, aside, kind="summary", evidence=cited)
    assert cell(garden, *where) == "charted"
    assert marks(garden, ANNA) == []
    assert garden.project.check() == []
    garden.project.undo()
    assert marks(garden, ANNA) == ["nothing said"]
    edits.write_statement(garden.project, ANNA, "2.2", "Has none.", evidence=cited)
    assert marks(garden, ANNA) == []


def marks(garden: Garden, label: str) -> list[str]:
    rows = garden.live()
    case = next(c["id"] for c in rows["case"] if c["label"] == label)
    return [c["mark"] for c in rows["cell"] if c["case_id"] == case and c["mark"]]


def test_a_comment_neither_reviews_nor_refreshes_a_cell(garden):
    edits.withdraw_coding(garden.project, garden.codings["gate"])
    stale = cell(garden, "gardener", "Barriers")
    assert stale.startswith("stale")
    made = edits.write_statement(garden.project, "gardener", "1.2", "Look again.", kind="comment")
    edits.change_statement(garden.project, made, text="Look again, soon.")
    assert cell(garden, "gardener", "Barriers") == stale
    edits.withdraw_statement(garden.project, made)
    assert cell(garden, "gardener", "Barriers") == stale


def test_a_cell_is_stale_until_it_is_reviewed_again(garden):
    where = ("gardener", "Barriers")
    edits.withdraw_coding(garden.project, garden.codings["gate"])
    assert cell(garden, *where) == "stale: 1 coding it was written from is gone"
    edits.review_cell(garden.project, "gardener", "1.2")
    assert cell(garden, *where) == "reviewed"
    edits.code_quote(garden.project, "gardener", "nobody has a key", "1.2")
    assert cell(garden, *where) == "stale: 1 new coding since"
    garden.project.undo()
    assert cell(garden, *where) == "reviewed"
    edits.write_statement(garden.project, "gardener", "1.2", "More.", evidence=["all"])
    assert cell(garden, *where) == "charted"


def test_a_cell_without_a_statement_is_not_reviewed(garden):
    before = garden.live()
    with pytest.raises(errors.Refused, match=rf"{ANNA} × 1.2 holds no statement to review"):
        edits.review_cell(garden.project, ANNA, "1.2")
    assert garden.live() == before
