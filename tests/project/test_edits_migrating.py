"""Codings of one framework version under another: carried, asked, answered, looked at again."""

import contextlib
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import builders
import openpyxl
import pytest
import sqlalchemy as sa
from builders import ANNA, BO, VERSION, Garden
from hypothesis import given
from hypothesis import strategies as st
from trying import often

from workbench.errors import Refused, WorkbenchError
from workbench.model.report import ImportReport
from workbench.project import edits, frame_outputs, views

NEW = "garden@2"
Row = dict[str, Any]


def draft(garden: Garden, *changes: Callable[[], object]) -> None:
    edits.begin_draft(garden.project, VERSION, "2")
    for change in changes:
        change()


def merged(garden: Garden) -> None:
    edits.begin_draft(garden.project, VERSION, "2")
    edits.merge_codes(garden.project, NEW, ["1.1", "1.2"], "Coming or not")


def split(garden: Garden) -> None:
    edits.begin_draft(garden.project, VERSION, "2")
    edits.split_code(garden.project, NEW, "Barriers", ["Weather", "Locks"])


def under(garden: Garden, version: str) -> list[tuple[str, str, str]]:
    """Return quote, code and look of the codings of a version's runs that count."""
    codings = views.codings(garden.project, version)
    rows = {c["id"]: c for c in garden.live()["coding"]}
    columns = (codings[n] for n in ("coding_id", "quote", "code"))
    return sorted((q, c, rows[i]["look"]) for i, q, c in zip(*columns, strict=True))


def chart(garden: Garden, version: str) -> dict[tuple[str, str], str]:
    frame = garden.project.chart(version)
    return {
        (str(case), code): text
        for case, row in frame.to_dict("index").items()
        for code, text in row.items()
        if text
    }


def states(garden: Garden, version: str) -> dict[tuple[str, str], tuple[str, str]]:
    frame = views.states(garden.project, version)
    columns = (frame[n] for n in ("case", "code", "state", "reason"))
    return {(a, b): (s, r) for a, b, s, r in zip(*columns, strict=True)}


def told(report: ImportReport) -> tuple[dict[str, int], list[tuple[str, str, int]]]:
    return report.counts, [(o.what, o.why, o.count) for o in report.left_out]


RAIN = "Rain keeps me away."
GATE = "The gate is locked after six, and nobody has a key."


def test_what_only_has_another_name_is_carried_with_all_that_rests_on_it(garden: Garden) -> None:
    before, was = under(garden, VERSION), states(garden, VERSION)
    charted = chart(garden, VERSION)
    draft(garden, lambda: edits.change_code(garden.project, NEW, "Tools", name="Things"))
    report = edits.migrate(garden.project, VERSION, NEW)
    assert told(report) == ({"codings": 7, "statements": 6, "marks of cells": 2}, [])
    assert under(garden, NEW) == sorted((q, c.replace("Tools", "Things"), "") for q, c, _ in before)
    assert chart(garden, NEW) == charted
    renamed = {(case, code.replace("Tools", "Things")): said for (case, code), said in was.items()}
    assert states(garden, NEW) == renamed
    assert was["gardener", "Reasons to come"] == ("reviewed", "")
    assert garden.project.check() == []


def test_nothing_changes_under_the_version_that_it_comes_from(garden: Garden) -> None:
    before = (chart(garden, VERSION), states(garden, VERSION))
    counts = garden.project.chart(VERSION, values="counts").to_numpy().tolist()
    split(garden)
    edits.migrate(garden.project, VERSION, NEW)
    name = f"first under {NEW}"
    edits.answer_migration(garden.project, name, [], "Locks", "Both are.")
    edits.migrate(garden.project, name, VERSION)
    assert (chart(garden, VERSION), states(garden, VERSION)) == before
    assert garden.project.chart(VERSION, values="counts").to_numpy().tolist() == counts


def test_each_carried_row_knows_which_one_it_came_from(garden: Garden) -> None:
    draft(garden)
    edits.migrate(garden.project, "first", NEW, name="second")
    rows = garden.live()
    (run,) = [r for r in rows["run"] if r["name"] == "second"]
    (old,) = [r for r in rows["run"] if r["name"] == "first"]
    assert (run["from_id"], old["from_id"]) == (old["id"], None)
    came = [c["from_id"] for c in rows["coding"] if c["run_id"] == run["id"]]
    assert sorted(came) == sorted(garden.codings.values())
    texts = {s["from_id"] for s in rows["statement"] if s["from_id"]}
    assert texts == set(garden.statements.values())


def test_merged_columns_keep_their_statements_apart_and_labelled(
    garden: Garden, tmp_path: Path
) -> None:
    merged(garden)
    report = edits.migrate(garden.project, VERSION, NEW)
    assert told(report)[0] == {"codings": 7, "statements": 6, "marks of cells": 2}
    assert chart(garden, NEW)["gardener", "Coming or not"] == (
        "1.1 Reasons to come: The garden helps on bad days.\n"
        "1.2 Barriers: “Rain keeps me away.”\n"
        "1.2 Barriers: A locked gate shuts people out."
    )
    garden.project.export(tmp_path / "chart.xlsx", framework=NEW)
    book = openpyxl.load_workbook(tmp_path / "chart.xlsx")
    shown = [c.value for sheet in book for row in sheet for c in row if isinstance(c.value, str)]
    assert chart(garden, NEW)["gardener", "Coming or not"] in shown
    why = (
        "“1.1 Reasons to come” of garden@1 was merged with others; "
        "“1.2 Barriers” of garden@1 was merged with others"
    )
    assert states(garden, NEW)["gardener", "Coming or not"] == ("stale", why)
    assert garden.project.check() == []
    edits.review_cell(garden.project, "gardener", "Coming or not", framework=NEW)
    assert states(garden, NEW)["gardener", "Coming or not"] == ("reviewed", "")


def test_what_is_defined_anew_is_carried_and_looked_at_again(garden: Garden) -> None:
    define = {"definition": "Of iron."}
    draft(garden, lambda: edits.change_code(garden.project, NEW, "Shared work", **define))
    report = edits.migrate(garden.project, VERSION, NEW)
    assert report.counts["codings to look at again"] == 2
    look = "the definition of “2.1 Shared work” is another in garden@2"
    frame = views.look_again(garden.project, NEW)
    assert list(frame["look"]) == [look, look]
    ids = list(frame["coding_id"])
    why = "the definition is another than that of “2.1 Shared work” of garden@1"
    assert states(garden, NEW)[ANNA, "Shared work"] == ("stale", why)
    assert edits.confirm_coding(garden.project, ids[:1]) == 1
    assert list(views.look_again(garden.project, NEW)["coding_id"]) == ids[1:]
    with pytest.raises(Refused, match="nothing to confirm"):
        edits.confirm_coding(garden.project, ids)
    garden.project.undo()
    assert list(views.look_again(garden.project, NEW)["coding_id"]) == ids
    edits.change_statement(
        garden.project,
        next(
            s["id"] for s in garden.live()["statement"] if s["from_id"] == garden.statements["list"]
        ),
        text="Work is on a list.",
    )
    assert states(garden, NEW)[ANNA, "Shared work"] == ("charted", "")


def test_a_split_is_a_question_a_coding_and_its_statements_follow_the_answers(
    anywhere: Garden,
) -> None:
    garden = anywhere
    split(garden)
    report = edits.migrate(garden.project, VERSION, NEW)
    why = "“1.2 Barriers” is “1.2 Weather” or “1.3 Locks” in garden@2"
    assert told(report) == (
        {"codings": 5, "statements": 4, "marks of cells": 2},
        [("codings", why, 2), ("statements", "they rest on codings that wait for an answer", 2)],
    )
    name = f"first under {NEW}"
    frame = views.questions(garden.project, name)
    assert frame[["quote", "code", "to", "why", "cases"]].to_numpy().tolist() == [
        [quote, "1.2 Barriers", ("1.2 Weather", "1.3 Locks"), why, ("gardener",)]
        for quote in (RAIN, GATE)
    ]
    assert garden.project.chart(NEW).attrs["unanswered"] == 2
    assert garden.project.chart(VERSION).attrs["unanswered"] == 0
    waits = "2 codings of other framework versions: nobody has said what they are under this one"
    assert ("Not answered yet", waits) in frame_outputs.chart_book(garden.project, NEW).cover
    assert "Not answered" not in str(frame_outputs.chart_book(garden.project, VERSION).cover)
    rain, gate = frame["coding_id"]
    assert edits.answer_migration(garden.project, name, [rain], "Weather", "Rain is.") == 1
    assert chart(garden, NEW)["gardener", "Weather"] == "“Rain keeps me away.”"
    assert views.frequencies(garden.project, NEW).attrs["unanswered"] == 1
    assert edits.answer_migration(garden.project, name, [gate], "Locks", "A lock is.") == 1
    assert chart(garden, NEW)["gardener", "Weather"] == (
        "“Rain keeps me away.”\nA locked gate shuts people out."
    )
    assert chart(garden, NEW)["gardener", "Locks"] == "A locked gate shuts people out."
    state, reason = states(garden, NEW)["gardener", "Locks"]
    assert (state, reason) == ("stale", "“1.2 Barriers” of garden@1 is several codes now")
    assert garden.project.chart(NEW).attrs["unanswered"] == 0
    assert garden.project.check() == []
    decided = [(d["outcome"], d["reason"]) for d in garden.live()["decision"]]
    assert decided == [("kept", "Rain is."), ("kept", "A lock is.")]


def test_questions_are_answered_many_at_once_by_a_rule(garden: Garden) -> None:
    split(garden)
    edits.migrate(garden.project, VERSION, NEW)
    answer, name = edits.answer_migration, f"first under {NEW}"
    with pytest.raises(Refused, match="No question of the run"):
        answer(garden.project, name, [], "Locks", "", where={"plot": "3"})
    with pytest.raises(Refused, match="No case has an attribute “bed”"):
        answer(garden.project, name, [], "Locks", "", where={"bed": "3"})
    assert answer(garden.project, name, [], "Locks", "Gates.", of="1.2", words="GATE") == 1
    assert answer(garden.project, name, [], None, "Not here.", where={"plot": "12"}) == 1
    assert {(q, c) for q, c, _ in under(garden, NEW)} >= {(GATE, "Locks")}
    assert len(under(garden, NEW)) == 6
    outcomes = sorted(d["outcome"] for d in garden.live()["decision"])
    assert outcomes == ["dropped", "kept"]


def test_an_answer_is_given_anew_and_undone(garden: Garden) -> None:
    split(garden)
    edits.migrate(garden.project, VERSION, NEW)
    name, gate = f"first under {NEW}", garden.codings["gate"]
    edits.answer_migration(garden.project, name, [gate], "Weather", "")
    edits.answer_migration(garden.project, name, [gate], "Tools", "A key is one.")
    assert [(q, c) for q, c, _ in under(garden, NEW) if q == GATE] == [(GATE, "Tools")]
    (decision,) = garden.live()["decision"]
    assert (decision["outcome"], decision["reason"]) == ("changed", "A key is one.")
    garden.project.undo()
    garden.project.undo()
    assert garden.project.chart(NEW).attrs["unanswered"] == 2
    assert [q for q, _, _ in under(garden, NEW) if q == GATE] == []


def test_what_the_steps_carried_and_what_is_of_another_run_is_no_question(garden: Garden) -> None:
    split(garden)
    edits.migrate(garden.project, VERSION, NEW)
    name = f"first under {NEW}"
    with pytest.raises(Refused, match="was carried by the steps"):
        edits.answer_migration(garden.project, name, [garden.codings["tools"]], "Locks", "")
    other = under(garden, NEW) and views.codings(garden.project, NEW)["coding_id"].iloc[0]
    with pytest.raises(Refused, match="not one of the run “first”"):
        edits.answer_migration(garden.project, name, [other], "Locks", "")
    with pytest.raises(Refused, match="was not carried from another framework version"):
        edits.answer_migration(garden.project, "first", [garden.codings["tools"]], "Tools", "")


def test_a_retired_code_is_a_question_too(garden: Garden) -> None:
    draft(garden, lambda: edits.retire_code(garden.project, NEW, "Tools"))
    report = edits.migrate(garden.project, VERSION, NEW)
    assert told(report)[1] == [("codings", "“2.2 Tools” has no code in garden@2", 1)]
    name = f"first under {NEW}"
    edits.answer_migration(garden.project, name, [], None, "Rare.")
    assert garden.project.chart(NEW).attrs["unanswered"] == 0


def test_migrating_again_carries_what_came_since_and_nothing_twice(garden: Garden) -> None:
    draft(garden)
    edits.migrate(garden.project, VERSION, NEW)
    taken = next(c["id"] for c in garden.live()["coding"] if c["from_id"] == garden.codings["july"])
    edits.withdraw_coding(garden.project, taken)
    edits.code(garden.project, "group", 0, 4, "Tools", run="first")
    assert garden.project.chart(NEW).attrs["unanswered"] == 1
    assert edits.migrate(garden.project, VERSION, NEW).counts == {"codings": 1}
    assert len(under(garden, NEW)) == 7
    garden.project.undo()
    assert edits.migrate(garden.project, VERSION, NEW).counts == {"codings": 1}


def test_there_and_back_gives_the_same_codings(garden: Garden) -> None:
    before = under(garden, VERSION)
    merged(garden)
    edits.migrate(garden.project, VERSION, NEW)
    edits.migrate(garden.project, f"first under {NEW}", VERSION, name="back")
    rows = garden.live()
    (run,) = [r for r in rows["run"] if r["name"] == "back"]
    codes = {c["code_id"]: c["name"] for c in rows["code_version"]}
    back = [
        (c["quote"], codes[c["code_id"]], c["look"])
        for c in rows["coding"]
        if c["run_id"] == run["id"]
    ]
    assert sorted(back) == before
    assert garden.project.chart(VERSION).attrs["runs"] == ["first"]


def test_a_coding_that_somebody_recoded_meanwhile_is_asked_on_the_way_back(garden: Garden) -> None:
    merged(garden)
    edits.migrate(garden.project, VERSION, NEW)
    tools = next(
        c["id"] for c in garden.live()["coding"] if c["from_id"] == garden.codings["tools"]
    )
    edits.change_coding(garden.project, tools, code="Coming or not")
    report = edits.migrate(garden.project, NEW, VERSION, name="back")
    why = "“1.1 Coming or not” is “1.1 Reasons to come” or “1.2 Barriers” in garden@1"
    assert told(report)[1] == [("codings", why, 1)]


def test_a_coding_of_other_words_since_is_asked_on_the_way_back(garden: Garden) -> None:
    merged(garden)
    edits.migrate(garden.project, VERSION, NEW)
    gate = next(c for c in garden.live()["coding"] if c["from_id"] == garden.codings["gate"])
    edits.change_coding(garden.project, gate["id"], stop=gate["stop"] - 1)
    report = edits.migrate(garden.project, NEW, VERSION, name="back")
    why = "“1.1 Coming or not” is “1.1 Reasons to come” or “1.2 Barriers” in garden@1"
    assert told(report)[1] == [("codings", why, 1)]


def test_a_transcript_is_finished_where_all_was_looked_for_and_nothing_waits(
    garden: Garden,
) -> None:
    split(garden)
    edits.migrate(garden.project, VERSION, NEW)
    assert states(garden, NEW)[BO, "Locks"] == ("nothing said", "")
    assert states(garden, NEW)["gardener", "Shared work"] == ("not indexed", "")
    edits.answer_migration(garden.project, f"first under {NEW}", [], "Locks", "")
    assert states(garden, NEW)["gardener", "Shared work"] == ("nothing said", "")


def test_where_a_code_is_new_silence_is_not_told(garden: Garden) -> None:
    draft(garden, lambda: edits.add_code(garden.project, NEW, "Beds", category="Sharing"))
    edits.migrate(garden.project, VERSION, NEW)
    assert states(garden, NEW)[BO, "Beds"] == ("not indexed", "")


def test_what_cannot_be_migrated_is_said(garden: Garden) -> None:
    draft(garden)
    with pytest.raises(Refused, match="are those of garden@1 already"):
        edits.migrate(garden.project, "first", VERSION)
    with pytest.raises(Refused, match="Nothing is coded under garden@2 yet"):
        edits.migrate(garden.project, NEW, VERSION)
    edits.migrate(garden.project, VERSION, NEW, name="second")
    with pytest.raises(Refused, match="goes on in the run “second”"):
        edits.migrate(garden.project, VERSION, NEW, name="third")


def test_a_migration_is_undone_whole_and_not_when_answers_rest_on_it(garden: Garden) -> None:
    split(garden)
    before = garden.live()
    edits.migrate(garden.project, VERSION, NEW)
    garden.project.undo()
    assert garden.live() == before
    assert builders.live(garden.project)["run"] == before["run"]


NAMES = ("1.1", "1.2", "2.1", "2.2", "Both", "Part", "Rest")


def _change(garden: Garden, of: str, data: st.DataObject) -> None:
    """Change a draft at random; what is refused leaves it as it is."""
    one, other = (data.draw(st.sampled_from(NAMES)) for _ in range(2))
    p, edit = garden.project, data.draw(st.sampled_from(["merge", "split", "retire", "define"]))
    with contextlib.suppress(WorkbenchError):
        if edit == "merge":
            edits.merge_codes(p, of, [one, other], "Both")
        elif edit == "split":
            edits.split_code(p, of, one, ["Part", "Rest"])
        elif edit == "retire":
            edits.retire_code(p, of, one)
        else:
            edits.change_code(p, of, one, definition="Anything else.")


def _codings(garden: Garden, run: str) -> dict[str, tuple[Any, ...]]:
    """Return coding → all that it says, of one run."""
    rows = garden.live()
    (run_id,) = [r["id"] for r in rows["run"] if r["name"] == run]
    said = ("transcript_version_id", "code_id", "person_id", "start", "stop", "quote", "look")
    return {c["id"]: tuple(c[n] for n in said) for c in rows["coding"] if c["run_id"] == run_id}


@often(12)
@given(st.data())
def test_forth_and_back_without_new_decisions_gives_the_same_codings(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        garden = builders.copy(Path(folder) / "garden.fwb")
        with garden.project:
            for number, parent in (
                ("2", VERSION),
                ("3", data.draw(st.sampled_from([VERSION, NEW]))),
            ):
                edits.begin_draft(garden.project, parent, number)
                for _ in range(data.draw(st.integers(1, 3))):
                    _change(garden, f"garden@{number}", data)
            edits.migrate(garden.project, "first", NEW, name="there")
            edits.migrate(garden.project, "there", "garden@3", name="on")
            edits.migrate(garden.project, "on", VERSION, name="back")
            first, on = _codings(garden, "first"), _codings(garden, "on")
            assert len(_codings(garden, "back")) == len(on)
            came = {c["id"]: c["from_id"] for c in garden.live()["coding"]}
            for one, said in _codings(garden, "back").items():
                assert said == first[came[came[came[one]]]]
            edits.migrate(garden.project, "there", VERSION, name="home")
            home = sorted(_codings(garden, "home").values())
            there = _codings(garden, "there")
            assert home == sorted(first[came[one]] for one in there)
            assert garden.project.check() == []


def test_statements_follow_only_onto_words_that_are_their_cases(garden: Garden) -> None:
    p, said = garden.project, "We have a list on the shed."
    draft(garden, lambda: edits.release(garden.project, NEW))
    edits.migrate(p, VERSION, NEW, name="there")
    source = garden.codings["tools"]
    (one,) = (c["id"] for c in garden.live()["coding"] if c["from_id"] == source)
    at = builders.GROUP.index(said)
    edits.change_coding(p, one, start=at, stop=at + len(said))
    edits.write_statement(p, BO, "2.2", "It is old.", evidence=[source], framework=VERSION)
    report = edits.migrate(p, VERSION, NEW)
    assert "It is old." not in "".join(chart(garden, NEW).values())
    assert [(o.what, o.count) for o in report.left_out] == [("statements", 1)]
    assert [f for f in p.check() if f.severity == "broken"] == []


def test_verbatim_statements_follow_only_onto_codings_that_hold_their_words(garden: Garden) -> None:
    p, gate = garden.project, garden.codings["gate"]
    draft(garden, lambda: edits.release(garden.project, NEW))
    edits.migrate(p, VERSION, NEW, name="there")
    (one,) = (c["id"] for c in garden.live()["coding"] if c["from_id"] == gate)
    edits.change_coding(p, one, start=builders.GARDENER.index("nobody has a key"))
    for words in ("The gate is locked", "nobody has a key"):
        of = {"kind": "verbatim", "evidence": [gate], "framework": VERSION}
        edits.write_statement(p, "gardener", "1.2", words, **of)
    edits.migrate(p, VERSION, NEW)
    there = chart(garden, NEW)["gardener", "Barriers"]
    assert ("nobody has a key" in there, "The gate is locked" in there) == (True, False)
    assert [f for f in p.check() if f.severity == "broken"] == []


def test_many_codings_and_statements_are_carried_and_answered_with_no_more_queries(
    garden: Garden, tmp_path: Path
) -> None:
    few = _asked_of_the_database(garden, 3)
    more = builders.copy(tmp_path / "more.fwb")
    with more.project:
        assert _asked_of_the_database(more, 60) == few


def _asked_of_the_database(garden: Garden, number: int) -> tuple[int, int, int]:
    """Return how many queries it takes to carry so many codings and statements, and to answer."""
    p = garden.project
    edits.code_places(p, [("gardener", n, n + 45) for n in range(number)], "1.2", run="first")
    for n in range(number):
        edits.write_statement(
            p, "gardener", "1.1", f"Said {n}.", evidence=[garden.codings["quiet"]]
        )
    split(garden)
    asked: list[str] = []
    engine = p.store.engine
    sa.event.listen(engine, "before_cursor_execute", lambda _c, _u, sql, *_: asked.append(sql))
    edits.migrate(p, VERSION, NEW, name="there")
    carried = len(asked)
    ids = list(views.questions(p, "there")["coding_id"])
    assert len(ids) > number
    start = len(asked)
    edits.answer_migration(p, "there", ids[1:], "Locks", "So.")
    one_by_one = len(asked) - start
    edits.answer_migration(p, "there", [], "Locks", "So.")
    return carried, one_by_one, len(asked) - start - one_by_one
