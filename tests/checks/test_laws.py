"""`check` finds each of the ten laws broken, and nothing in a sound project.

Laws are broken here the only way they can be: by hand in the database, with the
triggers that guard it taken off and put on again.
"""

import contextlib
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import builders
import pytest
from builders import ANNA, BO, Garden
from sqlalchemy.engine import Connection
from tampering import by_force

from workbench.checks.integrity import LAWS, Finding
from workbench.model.framework import FrameworkVersion, Step
from workbench.model.transcript import sha256
from workbench.project import checking, edits
from workbench.project.door import Project
from workbench.store import triggers


@pytest.fixture
def garden(tmp_path: Path) -> Iterator[Garden]:
    made = builders.copy(tmp_path / "garden.fwb")
    yield made
    made.project.close()


@pytest.fixture(scope="module")
def shared_garden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Garden]:
    """One project for tests that take back what they break."""
    made = builders.copy(tmp_path_factory.mktemp("laws") / "garden.fwb")
    yield made
    made.project.close()


def by_hand(garden: Garden, *statements: str) -> None:
    """Write past the triggers, and put them back."""
    with garden.project.store.writing() as connection:
        triggers.remove(connection)
        for statement in statements:
            connection.exec_driver_sql(statement)
        triggers.install(connection)


class TakenBack(Exception):
    """Ends a transaction without a trace."""


def found_by_hand(garden: Garden, statement: str) -> list[Finding]:
    """Write past the triggers, check before it is committed, and take it back."""
    found: list[Finding] = []
    with contextlib.suppress(TakenBack), garden.project.store.writing() as connection:
        triggers.remove(connection)
        connection.exec_driver_sql(statement)
        triggers.install(connection)
        found += checking.check(Within(garden.project, connection))
        raise TakenBack
    return found


class Within(Project):
    """The project as a transaction sees it that is not committed."""

    def __init__(self, project: Project, connection: Connection) -> None:
        super().__init__(project.store, project.who)
        self.connection = connection

    @contextlib.contextmanager
    def reading(self, *, whole: bool = False) -> Iterator[Connection]:
        yield self.connection


def found(garden: Garden) -> list[tuple[int, str, str]]:
    """Return law, what and severity of each finding."""
    return [(f.law, f.what, f.severity) for f in garden.project.check()]


def without_seals(findings: list[Finding]) -> set[tuple[int, str, str]]:
    """Return law, what and severity of all findings but those that broken seals make.

    A seal tells of every row and entry that was altered, whichever law it breaks.
    """
    sealed = re.compile(r"is not as (act \d+ made it|it was sealed)")
    return {(f.law, f.what, f.severity) for f in findings if not sealed.match(f.problem)}


def sentences(garden: Garden) -> list[str]:
    return [f.sentence() for f in garden.project.check()]


def coding(garden: Garden, name: str) -> str:
    return f"'{garden.codings[name]}'"


def statement(garden: Garden, name: str) -> str:
    return f"'{garden.statements[name]}'"


def cell(garden: Garden, label: str, number: str) -> str:
    """Return the id of the cell of a case and a code, quoted for SQL."""
    rows = garden.live()
    case = next(c["id"] for c in rows["case"] if c["label"] == label)
    code = next(c["code_id"] for c in rows["code_version"] if c["number"] == number)
    found = next(c for c in rows["cell"] if (c["case_id"], c["code_id"]) == (case, code))
    return f"'{found['id']}'"


def test_a_sound_project_has_no_findings_even_after_undo_and_redo(anywhere):
    assert found(anywhere) == []
    for _ in range(8):
        anywhere.project.undo()
    for _ in range(4):
        anywhere.project.redo()
    edits.change_setting(anywhere.project, "objective", "Who comes")
    assert anywhere.project.check() == []


# --- one broken law each -------------------------------------------------------------


def words_that_are_not_there(g: Garden) -> str:
    return f"UPDATE coding SET quote = 'Other words.' WHERE id = {coding(g, 'tools')}"


def a_shifted_position(g: Garden) -> str:
    where = f"WHERE id = {coding(g, 'tools')}"
    return f"UPDATE coding SET start = start + 1, stop = stop + 1 {where}"


def a_position_beyond_the_end(g: Garden) -> str:
    to_the_end = "stop = 9999, quote = quote || '\n'"
    return f"UPDATE coding SET {to_the_end} WHERE id = {coding(g, 'tools')}"


def a_turn_outside_the_text(g: Garden) -> str:
    return """UPDATE transcript_version SET turns = '[["I",0,3,9999,null,null]]'
        WHERE source_name = 'gardener.txt'"""


def another_text_of_the_same_length(g: Garden) -> str:
    return "UPDATE transcript_version SET text = replace(text, 'What makes', 'What takes')"


def another_original(g: Garden) -> str:
    return "UPDATE original SET sha256 = replace(sha256, substr(sha256, 1, 8), 'ffffffff')"


def a_redefined_code(g: Garden) -> str:
    return "UPDATE code_version SET definition = 'Something else.' WHERE number = '1.1'"


def a_row_deleted(g: Garden) -> str:
    return "DELETE FROM reading"


def a_row_that_no_act_noted(g: Garden) -> str:
    return """INSERT INTO setting (id, key, value, made_in, changed_in)
        VALUES ('s', 'doi', 'x', 1, 1)"""


def a_logged_row_changed_in_silence(g: Garden) -> str:
    return f"UPDATE cell SET reviewed_in = 0 WHERE id = {cell(g, 'gardener', '1.1')}"


def an_unlogged_row_withdrawn_in_silence(g: Garden) -> str:
    return "UPDATE memo SET withdrawn = true"


def a_summary_without_evidence(g: Garden) -> str:
    return f"UPDATE statement SET kind = 'summary' WHERE id = {statement(g, 'aside')}"


def a_verbatim_that_nobody_said(g: Garden) -> str:
    return f"UPDATE statement SET text = 'Rain is fine.' WHERE id = {statement(g, 'rain')}"


def a_link_without_support(g: Garden) -> str:
    return "UPDATE link_evidence SET stance = 'against'"


def cited_words_of_no_case(g: Garden) -> str:
    """Return what takes Anna's words about July, cited by a link alone, from every case."""
    return f"UPDATE case_span SET stop = start + 1 WHERE id = '{_turns(g, ANNA)[1]['id']}'"


def cited_words_of_another_case(g: Garden) -> str:
    said = "SELECT id FROM cell WHERE case_id = " + _case(g, BO)
    there = f"AND code_id = (SELECT code_id FROM coding WHERE id = {coding(g, 'list')})"
    moved = f"WHERE id = {statement(g, 'list')}"
    return f"UPDATE statement SET cell_id = ({said} {there}) {moved}"


def words_counted_twice(g: Garden) -> str:
    first, second = _turns(g, ANNA)
    return f"UPDATE case_span SET start = {first['stop'] - 5} WHERE id = '{second['id']}'"


def a_statement_in_a_cell_marked_as_empty(g: Garden) -> str:
    moved = f"WHERE id = {statement(g, 'rain')}"
    return f"UPDATE statement SET cell_id = {cell(g, 'gardener', '2.2')} {moved}"


def an_import_without_its_report(g: Garden) -> str:
    return "DELETE FROM act_report"


def an_act_of_another_program(g: Garden) -> str:
    return "UPDATE act SET verb = 'tidy up' WHERE seq = 3"


def a_code_of_another_framework(g: Garden) -> str:
    edits.add_framework(g.project, builders.version("elsewhere"))
    other = builders.version("elsewhere").codes[0].code_id
    return f"UPDATE coding SET code_id = '{other}' WHERE id = {coding(g, 'tools')}"


def steps_that_lead_elsewhere(g: Garden) -> str:
    """Add a draft with a step, and return what makes the step another one."""
    edits.add_framework(g.project, child(g))
    return "UPDATE step SET kind = 'retire'"


def steps_from_nowhere(g: Garden) -> str:
    edits.add_framework(g.project, child(g))
    return "UPDATE framework_version SET parent_id = NULL WHERE version = '2'"


def child(g: Garden) -> FrameworkVersion:
    """Return a second version, in which tools have another name."""
    second = builders.version(number="2", parent=builders.VERSION)
    *others, tools = second.codes
    renamed = Step("rename", "code", (tools.code_id,), (tools.code_id,), reason="Clearer.")
    return replace(second, codes=(*others, replace(tools, name="Things")), steps=(renamed,))


def _turns(g: Garden, label: str) -> list[dict[str, Any]]:
    """Return the stretches of a case, in order."""
    spans = [s for s in g.live()["case_span"] if f"'{s['case_id']}'" == _case(g, label)]
    return sorted(spans, key=lambda s: s["start"])


def _case(g: Garden, label: str) -> str:
    return "'" + next(c["id"] for c in g.live()["case"] if c["label"] == label) + "'"


BREAKS: list[tuple[int, str, Callable[[Garden], str]]] = [
    (1, "coding", words_that_are_not_there),
    (1, "coding", a_shifted_position),
    (1, "coding", a_position_beyond_the_end),
    (1, "turn", a_turn_outside_the_text),
    (2, "text", another_text_of_the_same_length),
    (2, "original", another_original),
    (3, "framework", a_redefined_code),
    (3, "framework", steps_that_lead_elsewhere),
    (3, "framework", steps_from_nowhere),
    (4, "act", a_row_deleted),
    (4, "act", a_row_that_no_act_noted),
    (4, "cell", a_logged_row_changed_in_silence),
    (4, "memo", an_unlogged_row_withdrawn_in_silence),
    (5, "statement", a_summary_without_evidence),
    (5, "statement", a_verbatim_that_nobody_said),
    (5, "statement", cited_words_of_another_case),
    (5, "link", a_link_without_support),
    (6, "coding", cited_words_of_no_case),
    (6, "case", words_counted_twice),
    (7, "cell", a_statement_in_a_cell_marked_as_empty),
    (8, "act", an_import_without_its_report),
    (9, "act", an_act_of_another_program),
    (10, "coding", a_code_of_another_framework),
]


@pytest.mark.parametrize(("law", "what", "broken"), BREAKS, ids=[b.__name__ for _, _, b in BREAKS])
def test_a_broken_law_is_found_and_no_other(shared_garden, law, what, broken):
    findings = found_by_hand(shared_garden, broken(shared_garden))
    assert without_seals(findings) == {(law, what, "broken")}


def test_what_was_broken_above_was_taken_back(shared_garden):
    assert shared_garden.project.check() == []


def test_every_law_has_a_test_that_breaks_it():
    assert {law for law, _, _ in BREAKS} == set(LAWS)


def test_ten_laws_broken_at_once_are_all_found_on_either_database(anywhere):
    first = {law: (what, broken) for law, what, broken in reversed(BREAKS)}
    by_hand(anywhere, *(broken(anywhere) for _, broken in first.values()))
    expected = {(law, what, "broken") for law, (what, _) in first.items()}
    assert without_seals(anywhere.project.check()) == expected


def test_steps_that_lead_elsewhere_are_told_by_what_is_wrong_with_them(garden):
    by_hand(garden, steps_that_lead_elsewhere(garden))
    assert [s for s in sentences(garden) if "Law 3" in s] == [
        "Law 3 (A released framework version never changes): framework garden@2 is not what "
        "its steps make of its parent: Step 1 (retire): it names what goes, and nothing that "
        "comes."
    ]


# --- the guards and the history ------------------------------------------------------


def test_a_guard_that_is_gone_and_a_trigger_of_somebody_else_are_found_by_name(anywhere):
    on, does = "", "BEGIN SELECT 1; END"
    if not anywhere.project.store.is_file:
        on, does = ' ON "coding"', "FOR EACH ROW EXECUTE FUNCTION workbench_refuse('x')"
    with anywhere.project.store.writing() as connection:
        connection.exec_driver_sql(f'DROP TRIGGER "keep_coding"{on}')
        connection.exec_driver_sql(f"CREATE TRIGGER spy AFTER INSERT ON coding {does}")
    assert [(f.law, f.what, f.thing, f.severity) for f in anywhere.project.check()] == [
        (4, "guard", "keep_coding", "broken"),
        (4, "trigger", "spy", "broken"),
    ]


def test_an_act_cut_out_of_the_history_leaves_a_gap_and_a_row_cut_out_those_it_served(anywhere):
    with anywhere.project.reading() as connection:
        seq = connection.exec_driver_sql("SELECT made_in FROM reading").scalar_one()
    by_force(
        anywhere.project,
        "DELETE FROM reading",
        f"DELETE FROM act_made WHERE act = {seq}",
        f"DELETE FROM act WHERE seq = {seq}",
    )
    gap = (
        f"Law 4 (Nothing is deleted, everything is undoable): act {seq} is missing from "
        "the history."
    )
    assert sentences(anywhere) == [gap]
    by_force(anywhere.project, "DELETE FROM case_type")
    assert set(found(anywhere)) == {(4, "act", "broken"), (4, "placement", "broken")}


def test_a_logged_row_that_is_gone_is_found(garden):
    edits.change_setting(garden.project, "title", "Another title")
    by_hand(garden, "DELETE FROM setting")
    assert set(found(garden)) == {(4, "act", "broken"), (4, "setting", "broken")}


def test_a_text_replaced_with_its_hash_still_does_not_pass(garden):
    """Who changes text and hash together is found by the quotes and the original."""
    changed = builders.GARDENER.replace("Rain keeps", "Snow keeps")
    new = changed.replace("'", "''")
    by_hand(
        garden,
        f"UPDATE transcript_version SET text = '{new}', sha256 = '{sha256(changed)}' "
        "WHERE source_name = 'gardener.txt'",
    )
    assert (1, "coding", "broken") in found(garden)


# --- what is open, not broken --------------------------------------------------------


def test_a_statement_whose_codings_were_withdrawn_is_open_not_broken(garden):
    edits.withdraw_coding(garden.project, garden.codings["list"])
    (finding,) = garden.project.check()
    assert (finding.law, finding.what, finding.thing, finding.severity) == (
        5,
        "statement",
        garden.statements["list"],
        "open",
    )
    garden.project.undo()
    assert garden.project.check() == []


def test_a_verbatim_whose_words_were_withdrawn_is_open_not_broken(garden):
    edits.change_statement(
        garden.project, garden.statements["gate"], evidence=[garden.codings["gate"]]
    )
    edits.withdraw_coding(garden.project, garden.codings["rain"])
    assert set(found(garden)) == {(5, "statement", "open")}


def test_a_quotation_whose_words_were_withdrawn_is_open_not_broken(garden):
    quotation = edits.quote_in_report(garden.project, garden.codings["rain"], number=3, report="P")
    edits.withdraw_coding(garden.project, garden.codings["rain"])
    told = garden.project.check()
    assert [(f.law, f.thing, f.severity, f.problem) for f in told if f.what == "quotation"] == [
        (
            5,
            quotation,
            "open",
            "P 3 quotes a coding that was withdrawn: enter other words under its number",
        )
    ]


def test_a_link_whose_codings_were_withdrawn_is_open_not_broken(garden):
    for name in ("rain", "gate"):
        edits.withdraw_coding(garden.project, garden.codings[name])
    assert {f for f in found(garden) if f[1] == "link"} == {(5, "link", "open")}
    assert "broken" not in {severity for _, _, severity in found(garden)}


def test_codings_that_come_to_a_cell_marked_as_empty_are_open_not_broken(garden):
    edits.code_quote(garden.project, "gardener", "nobody has a key", "2.2")
    (finding,) = garden.project.check()
    assert (finding.law, f"'{finding.thing}'", finding.severity) == (
        7,
        cell(garden, "gardener", "2.2"),
        "open",
    )
