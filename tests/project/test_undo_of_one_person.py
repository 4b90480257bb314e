"""Undoing one's own acts leaves alone what others have built on them since."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import builders
import pytest
from builders import BO, GROUP, VERSION, Garden
from hypothesis import given
from hypothesis import strategies as st
from trying import often

from workbench import errors
from workbench.model.framework import Code, FrameworkVersion, stable_id
from workbench.project import edits
from workbench.project.door import Project, open_project
from workbench.store import schema


@pytest.fixture
def team(garden: Garden) -> Iterator[tuple[Project, Project, Garden]]:
    """Anna and Bo, each with the project open."""
    with open_project(garden.project.where, who="bo") as bo:
        yield garden.project, bo, garden


def people(garden: Garden) -> list[str]:
    return sorted(p["handle"] for p in garden.live()["person"])


def broken(garden: Garden) -> list[str]:
    return [f.sentence() for f in garden.project.check() if f.severity == "broken"]


# --- people made in passing ----------------------------------------------------------


def test_a_coder_whom_others_have_named_since_stays_when_the_act_that_made_them_is_undone(team):
    anna, bo, garden = team
    edits.code(anna, "group", 0, 4, "Tools", coder="cato")
    edits.code(bo, "group", 5, 9, "Tools", coder="cato")
    before = len(garden.live()["coding"])
    anna.undo(only_mine=True)
    assert people(garden) == ["anna", "bo", "cato"]
    assert len(garden.live()["coding"]) == before - 1
    anna.redo(only_mine=True)
    assert len(garden.live()["coding"]) == before
    anna.undo(only_mine=True)
    bo.undo(only_mine=True)
    assert broken(garden) == []


def test_a_coder_whose_profile_somebody_wrote_stays(team):
    anna, bo, garden = team
    edits.code(anna, "group", 0, 4, "Tools", coder="cato")
    edits.change_person(bo, "cato", "name", "Cato Lie")
    anna.undo(only_mine=True)
    (cato,) = (p for p in garden.live()["person"] if p["handle"] == "cato")
    assert cato["name"] == "Cato Lie"


def test_a_coder_whom_nobody_else_named_goes_with_the_act(team):
    anna, _, garden = team
    edits.code(anna, "group", 0, 4, "Tools", coder="cato")
    anna.undo(only_mine=True)
    assert people(garden) == ["anna", "bo"]


def test_the_undo_of_adding_a_person_is_refused_when_the_person_is_needed(team):
    anna, bo, garden = team
    edits.add_person(anna, "cato")
    edits.code(bo, "group", 0, 4, "Tools", coder="cato")
    with pytest.raises(errors.UndoBlocked, match="a coding of later rests on its person"):
        anna.undo(only_mine=True)
    assert people(garden) == ["anna", "bo", "cato"]


def test_what_needs_a_person_who_has_gone_does_not_come_back_without_them(team):
    anna, bo, garden = team
    edits.code(anna, "group", 0, 4, "Tools", coder="cato")
    edits.code(bo, "group", 5, 9, "Tools", coder="cato")
    bo.undo(only_mine=True)
    anna.undo(only_mine=True)
    assert people(garden) == ["anna", "bo"]
    before = garden.live()
    with pytest.raises(errors.UndoBlocked, match="the person of its coding was taken back"):
        bo.redo(only_mine=True)
    assert garden.live() == before


def test_an_undo_that_finds_nothing_left_is_done_once_and_not_again(team):
    anna, bo, garden = team
    edits.add_memo(anna, "Older.")
    coding = edits.code(anna, "group", 0, 4, "Tools").coding_id
    edits.withdraw_coding(bo, coding)
    assert anna.undo(only_mine=True).startswith("Coded")
    assert anna.undo(only_mine=True) == "Wrote a memo"
    assert broken(garden) == []


# --- codes that come again -----------------------------------------------------------


def framework(number: str, *names: str) -> FrameworkVersion:
    """Return a version of the garden's framework with codes of these names."""
    codes = tuple(
        Code(stable_id("garden", "code", name), str(n), name, "Said of it.")
        for n, name in enumerate(names, 1)
    )
    return FrameworkVersion("garden", number, (), codes, parent=VERSION)


def test_a_code_that_came_again_stays_while_another_version_has_it(team):
    anna, bo, garden = team
    edits.add_framework(bo, framework("2", "Water"))
    bo.undo()
    edits.add_framework(bo, framework("2", "Water"))
    edits.add_framework(anna, framework("3", "Water"))
    before = garden.live()
    with pytest.raises(errors.UndoBlocked, match="a code version of later rests on its code"):
        bo.undo(only_mine=True)
    assert garden.live() == before
    anna.undo(only_mine=True)
    bo.undo(only_mine=True)
    assert "Water" not in {c["name"] for c in garden.live()["code_version"]}
    assert broken(garden) == []


LOOSE = {("code", "framework"), ("category", "framework")}
"""An id of a code or category outlives the framework that first had it."""
MAY_GO = {"coding", "statement"}
"""Rows that are withdrawn while others cite them."""


def resting_on_nothing(state: builders.State) -> list[tuple[str, str, str]]:
    """Return table, id and column of each live row that refers to one that does not live."""
    living = {name: {r["id"] for r in rows} for name, rows in state.items()}
    found = []
    for name, rows in state.items():
        for key in schema.ROWS[name].foreign_keys:
            parent, column = key.column.table.name, key.parent.name
            if parent not in living or parent in MAY_GO or (name, parent) in LOOSE:
                continue
            ids = living[parent]
            found += [
                (name, r["id"], column)
                for r in rows
                if column in r and r[column] is not None and r[column] not in ids
            ]
    return found


Step = tuple[str, str]
"""Who does what: an act of the test, “undo” or “redo” of one's own."""


def _steps(*acts: str) -> st.SearchStrategy[list[Step]]:
    what = st.sampled_from([*acts, "undo", "redo"])
    one = st.tuples(st.sampled_from(["anna", "bo"]), what)
    return st.lists(one, min_size=4, max_size=8)


def _do(project: Project, what: str) -> None:
    at = len(project.who)
    if what in ("undo", "redo"):
        getattr(project, what)(only_mine=True)
    elif what == "code as cato":
        edits.code(project, "group", at, at + 5, "Tools", coder="cato")
    elif what == "describe Kari":
        edits.set_attribute(project, "Kari", "plot", str(at))
    elif what == "add Kari":
        edits.add_cases(project, {"Kari": {"plot": "9"}})
    else:
        number, _, codes = what.partition(": ")
        edits.add_framework(project, framework(number, *codes.split(", ")))


def _walk(begin: list[Step], steps: list[Step]) -> None:
    """Take steps as two people with one project, and look at it after each."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "garden.fwb"
        garden = builders.copy(path)
        with garden.project as anna, open_project(path, who="bo") as bo:
            for who, what in [*begin, *steps]:
                before = garden.live()
                try:
                    _do({"anna": anna, "bo": bo}[who], what)
                except errors.WorkbenchError:
                    assert garden.live() == before
                assert resting_on_nothing(garden.live()) == []
            assert broken(garden) == []


@often(20)
@given(_steps("2: Water", "3: Water, Weeds"))
def test_whoever_undoes_what_no_version_ever_has_a_code_that_is_withdrawn(steps):
    _walk([("bo", "3: Water, Weeds"), ("bo", "undo")], steps)


@often(25)
@given(_steps())
def test_whoever_undoes_what_no_work_ever_rests_on_a_person_or_case_that_is_withdrawn(steps):
    begin = [("anna", "add Kari"), ("bo", "describe Kari")]
    _walk([*begin, ("anna", "code as cato"), ("bo", "code as cato")], steps)


# --- words, levels, types and evidence -----------------------------------------------


def blocked(garden: Garden, go: Callable[..., str], because: str) -> None:
    """Check that going one's own way back or forth is refused and changes nothing."""
    before = garden.live()
    with pytest.raises(errors.UndoBlocked, match=because):
        go(only_mine=True)
    assert garden.live() == before
    assert broken(garden) == []


def test_words_of_a_coding_that_a_later_statement_quotes_do_not_move_back(team):
    anna, bo, garden = team
    stop = GROUP.index("Anna: That")
    edits.change_coding(anna, garden.codings["stale list"], stop=stop)
    made = edits.write_statement(
        bo,
        BO,
        "2.1",
        "Two people water the same bed.",
        kind="verbatim",
        evidence=[garden.codings["stale list"]],
    )
    blocked(garden, anna.undo, "a statement of later rests on the words of its coding")
    edits.withdraw_statement(bo, made)
    anna.undo(only_mine=True)
    assert broken(garden) == []


def test_words_of_a_coding_that_a_later_link_cites_do_not_move_back(team):
    anna, bo, garden = team
    start = GROUP.index("Bo: Tools")
    made = edits.code(anna, "group", 0, 5, "1.1").coding_id
    edits.change_coding(anna, made, start=start, stop=start + 9)
    edits.cite_for_link(bo, garden.link, [made])
    blocked(garden, anna.undo, "a link of later rests on the words of its coding")


def test_words_that_somebody_quotes_since_are_not_taken_from_the_case_again(team):
    anna, bo, garden = team
    start, stop = GROUP.index(" are lent"), GROUP.index(" late")
    edits.unassign_case(anna, BO, "group", start=start, stop=stop)
    anna.undo(only_mine=True)
    edits.write_statement(
        bo, BO, "2.2", "are lent", kind="verbatim", evidence=[garden.codings["tools"]]
    )
    blocked(garden, anna.redo, "a statement of later rests on words of that case")


def test_words_that_were_given_to_the_case_again_do_not_come_back_twice(team):
    anna, bo, garden = team
    start, stop = GROUP.index(" are lent"), GROUP.index(" late")
    edits.unassign_case(anna, BO, "group", start=start, stop=stop)
    edits.assign_case(bo, BO, "group", start=start + 1, stop=stop)
    blocked(garden, anna.undo, "its words were given to the case again after it")
    bo.undo(only_mine=True)
    anna.undo(only_mine=True)
    assert broken(garden) == []


def test_a_link_does_not_come_to_rest_on_participants_without_evidence(team):
    anna, bo, garden = team
    edits.change_link(anna, garden.link, basis=["authors"])
    edits.uncite_link(bo, garden.link, [garden.codings["rain"], garden.codings["gate"]])
    blocked(garden, anna.undo, "would rest on participants without a coding for it")


def test_a_node_does_not_sink_to_the_level_of_what_was_put_under_it(team):
    anna, bo, garden = team
    edits.change_node(anna, "Lists", level=3)
    edits.add_node(bo, "Paper", 2, ladder="findings", under=["Lists"])
    blocked(garden, anna.undo, "would not stand on a lower level")


def test_an_attribute_does_not_get_a_type_back_that_a_later_value_is_not_of(team):
    anna, bo, garden = team
    edits.change_attribute_type(anna, "plot", "text")
    edits.set_attribute(bo, BO, "plot", "by the gate")
    blocked(garden, anna.undo, "“plot” would have a value that is not of its type")
