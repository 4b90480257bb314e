"""What somebody alters, cuts out or adds by hand no longer fits the seals of the acts."""

import contextlib
import hashlib
from collections.abc import Iterator
from dataclasses import replace

import builders
import postgres
import pytest
import sqlalchemy as sa
import two_versions
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from builders import Garden
from sqlalchemy.engine import Connection
from tampering import by_force
from trying import some

from workbench.model.framework import Step
from workbench.project import edits
from workbench.store import audit, engine, history, records, schema, seals, triggers


def found(garden: Garden) -> list[tuple[int, str, str, str]]:
    return [(f.law, f.what, f.thing, f.problem) for f in garden.project.check()]


def one(garden: Garden, query: str) -> str:
    with garden.project.reading() as connection:
        return str(connection.exec_driver_sql(query).scalars().first())


def newest(garden: Garden) -> int:
    return int(garden.project.history(1)[0]["seq"])


# --- rows ----------------------------------------------------------------------------


def test_a_row_that_no_act_ever_changed_and_somebody_did_is_named(anywhere):
    memo, act = one(anywhere, "SELECT id FROM memo"), one(anywhere, "SELECT made_in FROM memo")
    by_force(anywhere.project, "UPDATE memo SET text = 'Nobody keeps it.'")
    assert found(anywhere) == [(4, "memo", memo, f"is not as act {act} made it")]


def test_of_many_rows_of_one_act_only_the_altered_one_is_named(anywhere):
    span = one(anywhere, "SELECT id FROM case_span ORDER BY id DESC")
    act = one(anywhere, f"SELECT made_in FROM case_span WHERE id = '{span}'")
    by_force(anywhere.project, f"UPDATE case_span SET start = start + 1 WHERE id = '{span}'")
    assert found(anywhere) == [(4, "case_span", span, f"is not as act {act} made it")]


def test_a_row_put_in_place_of_another_of_its_act_is_named(anywhere):
    edits.add_memo(anywhere.project, "Another.")
    first = one(anywhere, "SELECT id FROM memo ORDER BY id")
    act = one(anywhere, f"SELECT made_in FROM memo WHERE id = '{first}'")
    by_force(anywhere.project, f"UPDATE memo SET id = 'mine' WHERE id = '{first}'")
    assert found(anywhere) == [(4, "memo", "mine", f"is not as act {act} made it")]


def _altered(column: sa.Column[object]) -> str:
    """Return what gives a column another value."""
    name = f'"{column.name}"'
    if isinstance(column.type, sa.Boolean):
        return f"NOT {name}"
    if isinstance(column.type, sa.Integer | sa.Float):
        return f"coalesce({name}, 0) + 1"
    return f"coalesce({name}, '') || 'x'"


OWN_HASH = {
    ("transcript_version", "text"),
    ("original", "content"),
    ("kept_part", "content"),
}
"""Law 2 holds these against the SHA-256 beside them."""


@pytest.fixture(scope="module")
def every_table(tmp_path_factory) -> Iterator[Garden]:
    """A garden with a row in every table, for tests that take back what they alter."""
    garden = builders.copy(tmp_path_factory.mktemp("every table") / "garden.fwb")
    edits.decide(garden.project, "first", garden.codings["tools"], "kept", "Yes")
    edits.quote_in_report(garden.project, garden.codings["gate"], number=1)
    edits.plan_round(garden.project, "pilot", ["anna", "bo"], number=1)
    edits.record_count(garden.project, "letters", 3, {"month": "2023-01"})
    *others, tools = builders.version().codes
    renamed = Step("rename", "code", (tools.code_id,), (tools.code_id,), reason="Clearer.")
    second = builders.version(number="2", parent=builders.VERSION)
    codes = (*others, replace(tools, name="Things"))
    edits.add_framework(garden.project, replace(second, codes=codes, steps=(renamed,)))
    edits.add_finding(garden.project, "Locks", node="Locked out")
    edits.cite_for_finding(garden.project, "Locks", [garden.codings["gate"]])
    edits.verify(garden.project, garden.codings["gate"], finding="Locks")
    two_versions.written(garden)
    edits.decide_cell(garden.project, two_versions.ROUND, *two_versions.CELL, "A", "Longer.")
    edits.add_framework(garden.project, builders.version(number="3"))
    edits.adopt_steps(garden.project, builders.VERSION, "garden@3")
    with garden.project.acting("keep a part") as act:
        part = {
            "kind": "set",
            "guid": "x",
            "content": b"",
            "sha256": hashlib.sha256(b"").hexdigest(),
        }
        records.insert(act, "kept_part", [part])
    yield garden
    garden.project.close()


@pytest.mark.parametrize("table", schema.ROWS)
def test_every_column_of_every_row_is_under_seal(every_table, table):
    held = schema.ROWS[table]
    names = [c for c in held.c if c.name not in seals._LATER and (table, c.name) not in OWN_HASH]
    for column in some(names):
        with every_table.project.store.writing() as connection:
            triggers.remove(connection)
            connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
            row = connection.exec_driver_sql(f'SELECT id FROM "{table}"').scalars().first()
            to = f'SET "{column.name}" = {_altered(column)}'
            connection.exec_driver_sql(f"UPDATE \"{table}\" {to} WHERE id = '{row}'")
            odd = any(s.rows != s.rows_today for s in seals.held_against(connection))
            assert odd or list(audit.differing_from_log(connection)), column.name
            connection.rollback()


def test_a_row_that_acts_changed_since_is_held_against_what_it_was_made_as(anywhere):
    edits.change_setting(anywhere.project, "title", "Another")
    setting, act = one(anywhere, "SELECT id FROM setting"), newest(anywhere)
    other = "replace(cast(before AS text), 'The garden', 'The shed')"
    if engine.is_url(anywhere.project.where):
        other = f"cast({other} AS json)"
    by_force(anywhere.project, f"UPDATE change SET before = {other} WHERE act = {act}")
    assert found(anywhere) == [
        (4, "setting", setting, f"is not as act {act - 1} made it"),
        (4, "act", str(act), "is not as it was sealed: its entry, its report or what it logged"),
    ]


# --- entries -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "to", ["who = 'bo'", "at = '2020-01-01T00:00:00.000+00:00'", "summary = 'Nothing'"]
)
def test_an_entry_of_the_history_that_says_something_else_is_found(anywhere, to):
    by_force(anywhere.project, f"UPDATE act SET {to} WHERE seq = 7")
    problem = "is not as it was sealed: its entry, its report or what it logged"
    assert found(anywhere) == [(4, "act", "7", problem)]


def test_a_report_that_says_something_else_is_found(anywhere):
    by_force(anywhere.project, "UPDATE act_report SET report = '{}' WHERE act = 1")
    problem = "is not as it was sealed: its entry, its report or what it logged"
    assert found(anywhere) == [(4, "act", "1", problem)]


# --- the chain and its end -----------------------------------------------------------


def cut(seq: int) -> list[str]:
    """Return what takes an act out with all that it made and logged."""
    rows = [f'DELETE FROM "{t}" WHERE made_in = {seq}' for t in reversed(schema.ROWS)]
    beside = [f"DELETE FROM {t} WHERE act = {seq}" for t in ("act_made", "act_report", "act_seal")]
    return [
        *rows,
        *beside,
        f"DELETE FROM change WHERE act = {seq}",
        f"DELETE FROM act WHERE seq = {seq}",
    ]


def test_the_newest_acts_cut_off_with_all_their_rows_are_missed(anywhere):
    for text in ("One.", "Two.", "Three."):
        edits.add_memo(anywhere.project, text)
    last = newest(anywhere)
    by_force(anywhere.project, *cut(last), *cut(last - 1))
    assert found(anywhere) == [
        (4, "act", str(seq), "is missing from the history") for seq in (last - 1, last)
    ]


def test_who_turns_the_anchor_back_too_needs_the_digest_as_well(anywhere):
    edits.add_memo(anywhere.project, "One.")
    last = newest(anywhere)
    by_force(anywhere.project, *cut(last), f"UPDATE anchor SET act = {last - 1}")
    problem = (
        f"is not the newest act that the project notes, which is {last - 1}, or has another seal"
    )
    assert found(anywhere) == [(4, "act", str(last - 1), problem)]


def test_a_seal_made_anew_for_an_altered_act_breaks_the_chain_after_it(anywhere):
    other = hashlib.sha256(b"other").hexdigest()
    by_force(anywhere.project, f"UPDATE act_seal SET digest = '{other}' WHERE act = 7")
    assert found(anywhere) == [
        (4, "act", "7", "is not as it was sealed: its entry, its report or what it logged"),
        (4, "act", "8", "does not follow on the seal of the act before"),
    ]


def test_an_act_without_a_seal_and_a_project_without_an_anchor_are_found(anywhere):
    by_force(anywhere.project, "DELETE FROM act_seal WHERE act = 7", "DELETE FROM anchor")
    assert found(anywhere) == [
        (4, "anchor", "", "of the history is gone"),
        (4, "act", "7", "has no seal"),
    ]


def test_a_project_is_clean_after_undo_and_redo_of_many_acts(anywhere):
    for _ in range(6):
        anywhere.project.undo()
    for _ in range(3):
        anywhere.project.redo()
    edits.add_memo(anywhere.project, "On we go.")
    assert found(anywhere) == []


# --- what a digest is over -----------------------------------------------------------


def test_the_digest_of_a_row_is_the_sha256_of_its_table_and_its_values_as_json():
    rows = [("synthetic", "All of “it”.", "id-1", 7, 7), ("title", None, "id-2", 7, 7)]
    said = [
        b'setting "synthetic"\n"All of \\u201cit\\u201d."\n"id-1"\n7\n7',
        b'setting "title"\nnull\n"id-2"\n7\n7',
    ]
    assert seals.form("setting").columns == ("key", "value", "id", "made_in", "changed_in")
    assert seals.row_digests("setting", rows) == [hashlib.sha256(s).digest() for s in said]


def _write(connection: Connection) -> tuple[str, str]:
    """Make and change rows of every kind of value; return the digests of rows and of changes."""
    with history.act(connection, "anna", "write") as now:
        header = {"duration_minutes": 61.5, "order_number": 3, "date": "2024-05-06"}
        records.insert(now, "transcript", [{"id": "t", "name": "Hei på 🌱\n“deg”", **header}])
        records.insert(now, "transcript", [{"id": "u", "name": "u", "duration_minutes": 60}])
        version = {"id": "v", "transcript_id": "t", "number": 1, "text": "Hei", "sha256": "0" * 64}
        records.insert(now, "transcript_version", [{**version, "length": 3}])
        kept = {"id": "o", "transcript_version_id": "v", "content": b"\x00\xff", "sha256": "1" * 64}
        records.insert(now, "original", [kept])
        records.insert(now, "framework", [{"id": "f", "name": "f"}])
        records.insert(
            now, "framework_version", [{"id": "fv", "framework_id": "f", "version": "1"}]
        )
        run = {"framework_version_id": "fv"}
        records.insert(now, "run", [{"id": "r", "name": "r", "blind": True, **run}])
        records.insert(now, "run", [{"id": "s", "name": "s", **run}])
    with history.act(connection, "anna", "change") as now:
        records.update(now, "transcript", "t", {"duration_minutes": 60.123456, "title": "å"})
        records.update(now, "run", "s", {"blind": True})
        records.withdraw(now, "run", ["r", "s"])
    made, _ = seals.held_against(connection)
    return made.rows, seals._digests_of_changes(connection)[2]


def test_both_databases_give_the_same_rows_the_same_digests(tmp_path, postgres_server):
    digests = []
    with postgres.database(postgres_server, "same_digests") as url:
        for where in (str(tmp_path / "study.fwb"), url):
            store = engine.create(where)
            with store.writing() as connection:
                digests.append(_write(connection))
            store.close()
    assert digests[0] == digests[1]


# --- projects of older schemas -------------------------------------------------------

WITHOUT_FINDINGS = tuple(
    f"DROP TABLE {table}"
    for table in (
        "kept_part",
        "decided_statement",
        "cell_decision",
        "own_evidence",
        "own_statement",
        "own_cell",
        "charting_round_cell",
        "charting_round",
        "round_run",
        "round_transcript",
        "round",
        "foreign_act",
        "foreign_row",
        "delivery",
        "verification",
        "finding_evidence",
        "finding",
    )
)


def without_later_columns(garden: Garden) -> None:
    """Take away what came with schema 0006, and all triggers."""
    where = garden.project.where
    garden.project.close()
    shared = engine.is_url(where)
    bare = engine._engine(where) if shared else sa.create_engine(f"sqlite:///{where}")
    with bare.begin() as connection:
        triggers.remove(connection)
        operations = Operations(MigrationContext.configure(connection))
        operations.drop_table("adoption")
        for table, names in schema.ADDED.items():
            with operations.batch_alter_table(table) as alter:
                if "from_id" in names:
                    alter.drop_constraint(f"fk_{table}_from_id_{table}", type_="foreignkey")
                if table in ("coding", "statement"):
                    alter.drop_index(f"ix_{table}_from_id")
                for name in names:
                    alter.drop_column(name)
    bare.dispose()


def test_a_project_of_the_first_seals_keeps_them_when_it_is_upgraded(anywhere):
    where = anywhere.project.where
    without_later_columns(anywhere)
    with anywhere.project.store.writing() as connection:
        for statement in (
            *WITHOUT_FINDINGS,
            "UPDATE alembic_version SET version_num = '0004'",
        ):
            connection.exec_driver_sql(statement)
    anywhere.project.close()
    with contextlib.closing(engine.open_store(where, upgrade_shared=True)) as store:
        assert (store.upgraded_from, store.sealed_late) == ("0004", 0)
        assert (store.backup is not None) == store.is_file
    assert found(anywhere) == []
    with anywhere.project.delivering("c", 1):
        edits.add_memo(anywhere.project, "On we go.")
    assert anywhere.project.delivered("c") == 1
    assert found(anywhere) == []


def test_what_an_older_workbench_logged_without_the_later_columns_is_still_right(anywhere):
    coding = anywhere.codings["tools"]
    edits.change_coding(anywhere.project, coding, uncertain=True)
    bare = "json_remove({0}, '$.from_id', '$.look')"
    if not anywhere.project.store.is_file:
        bare = "({0}::jsonb - 'from_id' - 'look')::json"
    told = ", ".join(f"{n} = {bare.format(n)}" for n in ("before", "after"))
    with anywhere.project.store.writing() as connection:
        triggers.remove(connection)
        connection.exec_driver_sql(f"UPDATE change SET {told} WHERE row_id = '{coding}'")
        connection.exec_driver_sql("DELETE FROM act_seal")
        connection.exec_driver_sql("UPDATE anchor SET digest = '', act = 0")
        seals.catch_up(connection)
        triggers.install(connection)
    assert found(anywhere) == []
    edits.change_coding(anywhere.project, coding, uncertain=False)
    assert found(anywhere) == []
    for _ in range(2):
        anywhere.project.undo()
        assert found(anywhere) == []
    by_force(anywhere.project, f"UPDATE coding SET look = 'x' WHERE id = '{coding}'")
    assert [f[:3] for f in found(anywhere)] == [(4, "coding", coding)]


@pytest.fixture
def upgraded(anywhere: Garden) -> Iterator[engine.Store]:
    """The project, written before there were seals and opened by this workbench."""
    acts, where = anywhere.acts(), anywhere.project.where
    without_later_columns(anywhere)
    with anywhere.project.store.writing() as connection:
        for statement in (
            *WITHOUT_FINDINGS,
            "DROP TABLE act_seal",
            "DROP TABLE anchor",
            "DROP TABLE step",
            "DROP TABLE quotation",
            "DROP TABLE tally",
            "ALTER TABLE decision_record DROP COLUMN stage",
            "UPDATE alembic_version SET version_num = '0002'",
        ):
            connection.exec_driver_sql(statement)
    anywhere.project.close()
    store = engine.open_store(where, upgrade_shared=True)
    assert store.sealed_late == acts
    yield store
    store.close()


def test_an_older_project_is_sealed_when_it_is_upgraded_and_knows_it(anywhere, upgraded):
    with upgraded.reading() as connection:
        anchor = seals.anchor(connection)
    assert anchor is not None
    assert (anchor.act, anchor.sealed_late) == (anywhere.acts(), anywhere.acts())
    assert found(anywhere) == []
    edits.add_memo(anywhere.project, "On we go.")
    assert found(anywhere) == []
    memo, act = one(anywhere, "SELECT id FROM memo"), one(anywhere, "SELECT made_in FROM memo")
    by_force(anywhere.project, f"UPDATE memo SET text = 'Nobody.' WHERE id = '{memo}'")
    assert found(anywhere) == [(4, "memo", memo, f"is not as act {act} made it")]
    with contextlib.closing(engine.open_store(anywhere.project.where)) as again:
        assert again.sealed_late == 0
