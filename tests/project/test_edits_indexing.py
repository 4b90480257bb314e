"""Codings lie in the text, quote it, and are made once by a coder in a run."""

import re

import builders
import pytest
from builders import GARDENER, GROUP, VERSION, Garden

from workbench import errors
from workbench.project import edits
from workbench.project.edits.indexing import put_codings, run_for
from workbench.project.names import Names


def codings(garden: Garden) -> int:
    return len(garden.live()["coding"])


def test_a_coding_quotes_the_text_at_its_code_points(garden):
    start = GARDENER.index("🌱")
    made = edits.code(garden.project, "gardener", start, start + 1, "1.1", coder="bo")
    assert (made.quote, made.start, made.stop, made.coder) == ("🌱", start, start + 1, "bo")
    after = edits.code(garden.project, "gardener", start + 2, start + 14, "1.1")
    assert after.quote == "and it helps"
    row = next(c for c in garden.live()["coding"] if c["id"] == made.coding_id)
    assert (row["quote"], row["code_id"], row["run_id"]) == ("🌱", made.code_id, made.run_id)


def test_a_coding_is_listed_with_who_made_it_and_where(garden):
    made = edits.code_quote(garden.project, "group", "come back late", "Tools", coder="cato")
    start = GROUP.index("come back late")
    assert (made.start, made.stop) == (start, start + len("come back late"))
    assert garden.project.history(1)[0]["summary"] == "Coded “come back late” as Tools"


@pytest.mark.parametrize(
    ("start", "stop"),
    [(-1, 3), (0, 0), (5, 4), (0, len(GROUP) + 1), (len(GROUP), len(GROUP) + 1), (10**15, 10**16)],
)
def test_a_segment_outside_the_text_is_refused(garden, start, stop):
    before = garden.live()
    with pytest.raises(errors.OutsideText) as caught:
        edits.code(garden.project, "group", start, stop, "2.1")
    assert str(caught.value) == (
        f"Characters {start} to {stop} are not a segment of “group”, which has {len(GROUP)} "
        "characters. Start must be 0 or more, and stop larger than start."
    )
    assert garden.live() == before


def test_the_whole_text_is_a_segment(garden):
    assert edits.code(garden.project, "group", 0, len(GROUP), "2.1").quote == GROUP


# --- quotes --------------------------------------------------------------------------


def test_words_that_are_not_there_are_refused_with_the_nearest(garden):
    with pytest.raises(errors.QuoteNotFound) as caught:
        edits.code_quote(garden.project, "gardener", "The gate was locked after six", "1.2")
    said = str(caught.value)
    assert "is not in “gardener”. Nearest is “The gate is locked after six" in said
    assert f"at character {GARDENER.index('The gate')}" in said
    assert "the text has “is” where the quote has “was”" in said


def test_words_that_are_there_twice_need_their_neighbours(garden):
    before = garden.live()
    places = [m.start() for m in re.finditer("list", GROUP)]
    with pytest.raises(errors.QuoteNotUnique) as caught:
        edits.code_quote(garden.project, "group", "list", "2.1")
    assert caught.value.places == tuple(places)
    assert f"2 times in “group” (at characters {places[0]}, {places[1]})" in str(caught.value)
    assert garden.live() == before
    made = edits.code_quote(garden.project, "group", "list", "2.1", before="The")
    assert made.start == places[1]
    made = edits.code_quote(garden.project, "group", "list", "2.1", after="on the shed")
    assert made.start == places[0]


def test_no_words_are_no_quote(garden):
    with pytest.raises(errors.BadValue, match="A quote"):
        edits.code_quote(garden.project, "group", "  ", "2.1")


# --- once ----------------------------------------------------------------------------


def test_the_same_code_on_the_same_words_by_the_same_coder_is_refused(garden):
    before = garden.live()
    said = "has that code already, by that coder and in that run"
    with pytest.raises(errors.Refused, match=f"That quote {said}"):
        edits.code_quote(garden.project, "gardener", "Rain keeps me away.", "1.2")
    start = GARDENER.index("Rain")
    with pytest.raises(errors.Refused, match=f"That segment {said}"):
        edits.code(garden.project, "gardener", start, start + 19, "Barriers")
    assert garden.live() == before


def test_another_coder_code_run_or_segment_is_another_coding(garden):
    quote = ("gardener", "Rain keeps me away.")
    edits.code_quote(garden.project, *quote, "1.2", coder="bo")
    edits.code_quote(garden.project, *quote, "1.1")
    edits.code_quote(garden.project, "gardener", "Rain keeps me away", "1.2")
    edits.start_run(garden.project, "second", VERSION)
    edits.code_quote(garden.project, *quote, "1.2", run="second")
    assert codings(garden) == 7 + 4


def test_a_withdrawn_coding_can_be_made_again(garden):
    edits.withdraw_coding(garden.project, garden.codings["rain"])
    assert codings(garden) == 6
    edits.code_quote(garden.project, "gardener", "Rain keeps me away.", "1.2")
    assert codings(garden) == 7


def test_one_of_two_like_codings_of_one_batch_is_made(garden):
    wanted = ("group", 0, 5, "2.1", "bo", False)
    with garden.project.acting("code") as act:
        names = Names(act.connection)
        run, version = run_for(act, names, None, None)
        made = put_codings(act, names, run, version, [wanted, wanted])
    assert len(made) == 1


# --- runs ----------------------------------------------------------------------------


def test_a_framework_without_a_run_gets_a_final_one_with_the_first_coding(garden):
    edits.add_framework(garden.project, builders.version("other"))
    edits.code(garden.project, "group", 0, 3, "2.1", framework="other@1")
    edits.code(garden.project, "group", 0, 3, "2.2", framework="other@1")
    run = next(r for r in garden.live()["run"] if r["name"] != "first")
    assert (run["name"], run["kind"], bool(run["blind"])) == ("indexing other@1", "final", False)
    garden.project.undo()
    garden.project.undo()
    assert [r["name"] for r in garden.live()["run"]] == ["first"]


def test_of_several_runs_one_must_be_named(garden):
    edits.start_run(garden.project, "second", VERSION)
    with pytest.raises(errors.Refused) as caught:
        edits.code(garden.project, "group", 0, 3, "2.1")
    assert str(caught.value) == f"{VERSION} has several runs (“first”, “second”). Name one."
    edits.code(garden.project, "group", 0, 3, "2.1", run="second")


def test_a_run_indexes_with_one_framework_only(garden):
    edits.add_framework(garden.project, builders.version("other"))
    with pytest.raises(errors.Refused, match=r"run “first” indexes with garden@1, not other@1"):
        edits.code(garden.project, "group", 0, 3, "2.1", run="first", framework="other@1")


@pytest.mark.parametrize(
    ("name", "more", "error", "said"),
    [
        ("first", {}, errors.Refused, "There is a run called “first” already"),
        (" ", {}, errors.BadValue, "The name of a run"),
        ("new", {"kind": "quick"}, errors.BadValue, "independent, consensus, final"),
        ("new", {"framework": "gardn"}, errors.UnknownName, "no framework version “gardn”"),
    ],
)
def test_a_run_that_cannot_be_is_refused(garden, name, more, error, said):
    before = garden.live()
    with pytest.raises(error, match=said):
        edits.start_run(garden.project, name, **more)
    assert garden.live() == before


def test_finishing_counts_what_was_not_finished_before(garden):
    builders.bring(garden.project, ("new", "P1: Yes."))
    assert edits.finish(garden.project, "first", ["gardener", "new", "new.txt"]) == 1
    assert edits.finish(garden.project, "first", ["new"]) == 0
    assert len(garden.live()["finished"]) == 3


# --- names ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("transcript", "code", "said"),
    [
        ("gardner", "2.1", "There is no transcript “gardner”.*Did you mean “gardener”"),
        ("group", "Shared wrok", "There is no code “Shared wrok”.*“Shared work”.*garden@1"),
        ("group", "9.9", "There is no code “9.9” in this project. The framework is garden@1"),
        ("", "2.1", "There is no transcript “”"),
    ],
)
def test_unknown_names_are_told_with_near_ones(garden, transcript, code, said):
    with pytest.raises(errors.UnknownName, match=said):
        edits.code(garden.project, transcript, 0, 3, code)


def test_a_code_goes_by_its_number_name_id_and_in_any_case(garden):
    code_id = builders.version().codes[3].code_id
    made = [
        edits.code(garden.project, "group", n, n + 1, said).code_id
        for n, said in enumerate(["2.2", "Tools", code_id, "tOOLS"])
    ]
    assert made == [code_id] * 4


def test_a_coding_goes_by_its_id_or_eight_letters_of_its_end(garden):
    whole = garden.codings["tools"]
    with pytest.raises(errors.BadValue, match="the whole id, or its last 8 letters"):
        edits.withdraw_coding(garden.project, whole[-5:])
    with pytest.raises(errors.UnknownName, match="There is no coding “00000000”"):
        edits.withdraw_coding(garden.project, "00000000")
    edits.withdraw_coding(garden.project, whole[-8:])
    assert whole not in {c["id"] for c in garden.live()["coding"]}
    with pytest.raises(errors.UnknownName):
        edits.withdraw_coding(garden.project, whole)


def test_letters_with_a_meaning_in_sql_are_plain_letters_in_an_id(garden):
    for odd in ("%%%%%%%%", "________", "' OR 1=1 --"):
        with pytest.raises(errors.UnknownName):
            edits.withdraw_coding(garden.project, odd)


def test_the_first_letters_of_several_ids_are_not_enough(garden):
    start = garden.codings["tools"][:8]
    with pytest.raises(errors.AmbiguousName, match="more than one coding"):
        edits.withdraw_coding(garden.project, start)


# --- decisions -----------------------------------------------------------------------


def test_a_decision_says_what_became_of_a_coding_and_why(garden):
    decided = edits.decide(
        garden.project, "first", garden.codings["tools"], "dropped", "Not of the garden"
    )
    (row,) = garden.live()["decision"]
    assert (row["id"], row["outcome"], row["reason"]) == (decided, "dropped", "Not of the garden")
    assert row["coding_id"] == garden.codings["tools"]
    assert row["result_id"] is None


def test_a_second_decision_of_the_run_on_the_same_coding_changes_the_first(garden):
    first = edits.decide(garden.project, "first", garden.codings["tools"], "kept", "Yes")
    again = edits.decide(
        garden.project,
        "first",
        garden.codings["tools"],
        "changed",
        "No",
        result=garden.codings["july"],
    )
    (row,) = garden.live()["decision"]
    assert first == again == row["id"]
    assert (row["outcome"], row["result_id"]) == ("changed", garden.codings["july"])
    garden.project.undo()
    (row,) = garden.live()["decision"]
    assert (row["outcome"], row["reason"], row["result_id"]) == ("kept", "Yes", None)


def test_an_unknown_outcome_is_refused(garden):
    with pytest.raises(errors.BadValue, match="kept, dropped, changed"):
        edits.decide(garden.project, "first", garden.codings["tools"], "lost", "")
