"""Words given to a case in one act are given once, and new cases are not asked after."""

import builders
import sqlalchemy as sa

from workbench.project.edits.cases import CaseBook
from workbench.store import records


def test_words_given_twice_to_a_new_case_are_its_own_once(garden):
    project = garden.project
    with project.acting("add cases") as act:
        version = records.find(act.connection, "transcript_version", "id")[0]["id"]
        book = CaseBook(act)
        new = book.give("newcomer", version, [(0, 10)])
        assert book.give("newcomer", version, [(5, 12)]) == new
    with project.reading() as connection:
        held = records.find(connection, "case_span", "start", "stop", case_id=new)
    assert [(s["start"], s["stop"]) for s in held] == [(0, 10), (10, 12)]


def test_an_import_does_not_ask_for_the_words_of_cases_it_has_just_made(garden):
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    engine = garden.project.store.engine
    sa.event.listen(engine, "before_cursor_execute", note)
    texts = [(f"new {n}", "I: Why?\nP1: Because.\n") for n in range(5)]
    assert builders.bring(garden.project, *texts).counts["cases"] == 5
    sa.event.remove(engine, "before_cursor_execute", note)
    assert [s for s in asked if s.startswith("SELECT") and "FROM case_span" in s] == []
    assert any(s.startswith('INSERT INTO "case_span"') for s in asked)
