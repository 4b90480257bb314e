"""The store keeps the laws on both databases, whoever writes."""

import contextlib
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from workbench import errors
from workbench.store import (
    audit,
    engine,
    history,
    records,
    schema,
    shutting,
    triggers,
    undoing,
)
from workbench.store.migrations import run as migrations


@pytest.fixture
def store(where: str) -> Iterator[engine.Store]:
    made = engine.create(where)
    yield made
    made.close()


@contextlib.contextmanager
def act(store: engine.Store, verb: str, who: str = "anna") -> Iterator[history.Act]:
    with store.writing() as connection, history.act(connection, who, verb) as now:
        yield now


def add(store: engine.Store, handle: str, who: str = "anna") -> str:
    with act(store, "add person", who) as now:
        now.says(f"Added {handle}")
        return records.insert(now, "person", [{"handle": handle, "name": ""}])[0]


def rename(store: engine.Store, person: str, name: str, **more: int) -> None:
    with act(store, "change person") as now:
        now.says(f"Renamed to {name}")
        records.update(now, "person", person, {"name": name}, **more)


def names(store: engine.Store) -> dict[str, str]:
    with store.reading() as connection:
        return {p["handle"]: p["name"] for p in records.find(connection, "person")}


def acts(store: engine.Store) -> list[tuple[str, str, bool]]:
    with store.reading() as connection:
        return [(a["kind"], a["summary"], a["undone"]) for a in history.log(connection)]


def test_an_act_is_one_entry_that_says_who_what_and_when(store):
    add(store, "ida", who="anna")
    with store.reading() as connection:
        (entry,) = history.log(connection)
    assert (entry["seq"], entry["who"], entry["verb"], entry["summary"]) == (
        1,
        "anna",
        "add person",
        "Added ida",
    )
    assert entry["at"].endswith("+00:00")


def add_and_fail(store: engine.Store) -> None:
    with act(store, "add person") as now:
        (person,) = records.insert(now, "person", [{"handle": "ida", "name": ""}])
        records.update(now, "person", person, {"name": "x"}, row_version=9)


def test_an_act_that_fails_leaves_nothing(store):
    with pytest.raises(errors.ChangedMeanwhile):
        add_and_fail(store)
    assert names(store) == {}
    assert acts(store) == []


def test_an_act_that_changes_nothing_leaves_no_entry(store):
    with act(store, "look"):
        pass
    add(store, "ida")
    with store.reading() as connection:
        assert [a["seq"] for a in history.log(connection)] == [1]


def test_a_change_keeps_the_whole_row_before_and_after(store):
    person = add(store, "ida")
    rename(store, person, "Ida Ås")
    with store.reading() as connection:
        (logged,) = history.changes(connection, 2)
    assert logged["row_id"] == person
    assert (logged["before"]["name"], logged["after"]["name"]) == ("", "Ida Ås")
    assert (logged["before"]["row_version"], logged["after"]["row_version"]) == (1, 2)
    assert set(logged["before"]) == {c.name for c in schema.person.c}


def test_undo_and_redo_walk_back_and_forth_over_all_acts(store):
    person = add(store, "ida")
    rename(store, person, "One")
    rename(store, person, "Two")
    walk = []
    with store.writing() as c:
        walk.append(undoing.undo(c, "bo"))
    walk.append(names(store)["ida"])
    with store.writing() as c:
        walk.append(undoing.undo(c, "bo"))
    walk.append(names(store)["ida"])
    with store.writing() as c:
        walk.append(undoing.undo(c, "bo"))
    walk.append(str(names(store)))
    for _ in range(3):
        with store.writing() as c:
            walk.append(undoing.redo(c, "bo"))
        walk.append(names(store)["ida"])
    assert walk == [
        "Renamed to Two",
        "One",
        "Renamed to One",
        "",
        "Added ida",
        "{}",
        "Added ida",
        "",
        "Renamed to One",
        "One",
        "Renamed to Two",
        "Two",
    ]
    assert [kind for kind, _, _ in acts(store)] == ["redo"] * 3 + ["undo"] * 3 + ["do"] * 3


def test_what_was_redone_can_be_undone_again(store):
    person = add(store, "ida")
    rename(store, person, "One")
    for _ in range(3):
        with store.writing() as c:
            assert undoing.undo(c, "bo") == "Renamed to One"
        assert names(store) == {"ida": ""}
        with store.writing() as c:
            assert undoing.redo(c, "bo") == "Renamed to One"
        assert names(store) == {"ida": "One"}


def test_undo_brings_back_everything_but_the_row_version(store):
    person = add(store, "ida")
    with store.reading() as c:
        before = records.one(c, "person", id=person)
    rename(store, person, "One")
    with store.writing() as c:
        undoing.undo(c, "bo")
    with store.reading() as c:
        after = records.one(c, "person", id=person)
    assert before | {"row_version": 3} == after


def test_nothing_to_undo_and_nothing_to_redo_are_said(store):
    with pytest.raises(errors.NothingToUndo), store.writing() as c:
        undoing.undo(c, "bo")
    add(store, "ida")
    with pytest.raises(errors.NothingToRedo), store.writing() as c:
        undoing.redo(c, "bo")


def test_a_new_act_ends_redoing(store):
    add(store, "ida")
    with store.writing() as c:
        undoing.undo(c, "bo")
    add(store, "ole")
    with pytest.raises(errors.NothingToRedo), store.writing() as c:
        undoing.redo(c, "bo")


def test_undo_of_ones_own_act_leaves_later_acts_of_others(store):
    add(store, "ida", who="anna")
    add(store, "ole", who="bo")
    with store.writing() as c:
        assert undoing.undo(c, "anna", only_of="anna") == "Added ida"
    assert names(store) == {"ole": ""}


def test_undo_is_refused_when_the_row_was_edited_since(store):
    person = add(store, "ida", who="anna")
    with act(store, "change person", who="bo") as now:
        records.update(now, "person", person, {"name": "Ida"})
    with pytest.raises(errors.UndoBlocked, match="was changed after it"), store.writing() as c:
        undoing.undo(c, "anna", only_of="anna")
    assert names(store) == {"ida": "Ida"}


def test_undo_of_a_change_is_refused_when_somebody_changed_it_again(store):
    person = add(store, "ida", who="bo")
    for who, name in (("anna", "Ida"), ("bo", "Ida Ås")):
        with act(store, "change person", who=who) as now:
            records.update(now, "person", person, {"name": name})
    with (
        pytest.raises(errors.UndoBlocked, match="person was changed after it"),
        store.writing() as c,
    ):
        undoing.undo(c, "anna", only_of="anna")
    assert names(store) == {"ida": "Ida Ås"}


def test_undo_is_refused_when_a_later_row_rests_on_it(store):
    with act(store, "add case", who="anna") as now:
        (case,) = records.insert(now, "case", [{"label": "GP 1", "position": 1}])
    with act(store, "set attribute", who="bo") as now:
        (attribute,) = records.insert(
            now, "attribute", [{"name": "years", "type": "integer", "position": 1}]
        )
        records.insert(
            now, "attribute_value", [{"case_id": case, "attribute_id": attribute, "value": "3"}]
        )
    with pytest.raises(errors.UndoBlocked, match="attribute value of later"), store.writing() as c:
        undoing.undo(c, "anna", only_of="anna")


def test_a_withdrawn_row_is_gone_for_readers_and_comes_back_by_undo(store):
    person = add(store, "ida")
    with act(store, "withdraw person") as now:
        assert records.withdraw(now, "person", [person]) == 1
    assert names(store) == {}
    with store.writing() as c:
        undoing.undo(c, "anna")
    assert names(store) == {"ida": ""}


def test_an_edit_of_a_row_that_somebody_changed_meanwhile_is_refused(store):
    person = add(store, "ida")
    rename(store, person, "First", row_version=1)
    with pytest.raises(errors.ChangedMeanwhile):
        rename(store, person, "Second", row_version=1)
    assert names(store) == {"ida": "First"}


def test_text_that_no_database_keeps_is_refused_with_a_sentence(store):
    for odd in ("a\x00b", "a\ud800b"):
        with pytest.raises(errors.BadValue, match="NUL or broken"):
            add(store, odd)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO person (id, handle, made_in, changed_in) VALUES ('x', 'x', 1, 1)",
        "UPDATE person SET name = 'x'",
        "DELETE FROM person",
        "UPDATE act SET summary = 'x'",
        "DELETE FROM act",
        "UPDATE change SET act = 1",
        "DELETE FROM change",
        "DELETE FROM act_made",
        "UPDATE act_made SET made = 9",
        "INSERT INTO act_seal (act, before, rows, digest, marks) VALUES (3, '', '', '', '')",
        "UPDATE act_seal SET digest = ''",
        "DELETE FROM act_seal",
        "INSERT INTO anchor (one, act, digest, sealed_late) VALUES (2, 0, '', 0)",
        "UPDATE anchor SET act = 1",
        "DELETE FROM anchor",
    ],
)
def test_the_database_refuses_what_is_written_outside_an_act(store, statement):
    person = add(store, "ida")
    rename(store, person, "Ida")
    with pytest.raises(errors.StoreRefused), store.writing() as connection:
        connection.exec_driver_sql(statement)
    assert names(store) == {"ida": "Ida"}
    assert [s for _, s, _ in acts(store)] == ["Renamed to Ida", "Added ida"]


def test_nothing_is_deleted_even_inside_an_act(store):
    add(store, "ida")
    with pytest.raises(errors.StoreRefused, match="nothing is deleted"), act(store, "clean") as now:
        now.connection.exec_driver_sql("DELETE FROM person")


def text_row(transcript: str) -> dict[str, object]:
    return {
        "transcript_id": transcript,
        "number": 1,
        "text": "Hei på deg",
        "length": 10,
        "sha256": "0" * 64,
    }


def test_a_stored_text_cannot_change_even_inside_an_act(store):
    with act(store, "import") as now:
        (t,) = records.insert(now, "transcript", [{"name": "T1"}])
        (v,) = records.insert(now, "transcript_version", [text_row(t)])
    for column, value in (("text", "Hei"), ("sha256", "1" * 64), ("turns", "[[]]")):
        with (
            pytest.raises(errors.StoreRefused, match="a text never changes"),
            act(store, "e") as now,
        ):
            records.update(now, "transcript_version", v, {column: value})


def test_a_released_framework_cannot_change_even_inside_an_act(store):
    with act(store, "add framework") as now:
        (f,) = records.insert(now, "framework", [{"name": "waiting"}])
        (v,) = records.insert(now, "framework_version", [{"framework_id": f, "version": "1"}])
        (c,) = records.insert(now, "code", [{"framework_id": f}])
        code = {"framework_version_id": v, "code_id": c, "position": 1, "name": "Queue"}
        (row,) = records.insert(now, "code_version", [code])
    with act(store, "rename in draft") as now:
        records.update(now, "code_version", row, {"name": "Queues"})
    with act(store, "release") as now:
        records.update(now, "framework_version", v, {"state": "released", "sha256": "a" * 64})
    for change in (
        lambda now: records.update(now, "code_version", row, {"name": "Line"}),
        lambda now: records.update(now, "framework_version", v, {"objective": "other"}),
        lambda now: records.insert(now, "code_version", [code | {"name": "New"}]),
    ):
        with pytest.raises(errors.StoreRefused, match="released framework"), act(store, "e") as now:
            change(now)
    with store.writing() as connection:
        undoing.undo(connection, "anna")
    with act(store, "rename again") as now:
        records.update(now, "code_version", row, {"name": "Line"})


def test_live_names_are_unique_and_a_withdrawn_one_is_free_again(store):
    person = add(store, "ida")
    with pytest.raises(errors.StoreRefused):
        add(store, "ida")
    with act(store, "withdraw") as now:
        records.withdraw(now, "person", [person])
    add(store, "ida")
    assert names(store) == {"ida": ""}


def test_two_writers_at_once_lose_nothing(where):
    engine.create(where).close()
    person_ids: list[str] = []

    def write(who: str) -> None:
        own = engine.open_store(where)
        for n in range(25):
            person_ids.append(add(own, f"{who}{n}", who=who))
        own.close()

    threads = [threading.Thread(target=write, args=(w,)) for w in ("a", "b")]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    store = engine.open_store(where)
    assert set(names(store)) == {f"{w}{n}" for w in "ab" for n in range(25)}
    with store.reading() as connection:
        assert [a["seq"] for a in history.log(connection)] == list(range(50, 0, -1))
    store.close()


def test_a_reader_sees_one_state_while_others_write(store):
    add(store, "ida")
    with store.reading() as connection:
        first = records.find(connection, "person", "handle")
        add(store, "ole")
        assert records.find(connection, "person", "handle") == first
    assert set(names(store)) == {"ida", "ole"}


def test_every_row_table_has_its_triggers(store):
    with store.reading() as connection:
        assert triggers.installed(connection) == triggers.expected()


def test_a_project_cannot_be_made_twice(where):
    engine.create(where).close()
    with pytest.raises(errors.ProjectExists):
        engine.create(where)


def test_migrations_make_the_same_schema_as_the_models(where):
    made = engine.Store(engine._engine(where), where)
    with made.writing() as connection:
        migrations.upgrade(connection, engine.HEAD)
    with made.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": False})
        differences = compare_metadata(context, schema.metadata)
    made.close()
    assert differences == []


def test_head_is_the_newest_revision():
    assert migrations.scripts().get_current_head() == engine.HEAD


OLD_PERSON = (
    "INSERT INTO act (seq, id, at, who, verb, kind, summary) VALUES "
    "(1, 'a', '2024-05-06T07:08:09.123+00:00', 'anna', 'add person', 'do', 'Added ida')",
    "INSERT INTO act_made (act, table_name, made) VALUES (1, 'person', 1)",
    "INSERT INTO person (id, handle, name, made_in, changed_in) VALUES ('p', 'ida', 'Ida', 1, 1)",
)
"""How a project was written before acts had seals."""


def old_store(where: str) -> None:
    """Make a project of the first schema, with one person in it."""
    made = engine.Store(engine._engine(where), where)
    with made.writing() as connection:
        migrations.upgrade(connection, "0001")
        connection.execute(schema.current_act.insert().values(one=1, act=None))
        for statement in OLD_PERSON:
            connection.exec_driver_sql(statement)
    made.close()


def test_a_file_of_an_older_schema_is_backed_up_and_upgraded(tmp_path):
    path = tmp_path / "old.fwb"
    old_store(str(path))
    store = engine.open_store(str(path))
    assert names(store) == {"ida": "Ida"}
    assert store.upgraded_from == "0001"
    with store.reading() as connection:
        assert records.find(connection, "cell") == []
        assert triggers.installed(connection) == triggers.expected()
    store.close()
    assert path.read_bytes()[68:72] == b"FWb1"
    (copy,) = tmp_path.glob("old.backup-0001-*.fwb")
    assert store.backup == copy
    held = sa.create_engine(f"sqlite:///{copy}")
    with held.connect() as connection:
        assert connection.exec_driver_sql("SELECT handle FROM person").scalars().all() == ["ida"]
        assert connection.exec_driver_sql(
            "SELECT version_num FROM alembic_version"
        ).scalars().all() == ["0001"]
    held.dispose()


def test_a_shared_database_of_an_older_schema_is_upgraded_only_when_asked(postgres_server):
    with postgres.database(postgres_server, "old_schema") as url:
        old_store(url)
        with pytest.raises(errors.OlderSchema, match="workbench upgrade"):
            engine.open_store(url)
        store = engine.open_store(url, upgrade_shared=True)
        assert names(store) == {"ida": "Ida"}
        store.close()
        engine.open_store(url).close()


def test_a_newer_schema_is_refused_and_not_touched(where):
    store = engine.create(where)
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(errors.NewerSchema, match="newer workbench"):
        engine.open_store(where)


def test_a_row_is_found_by_the_index_of_what_is_unique_among_live_ones(tmp_path: Path):
    store = engine.create(str(tmp_path / "new.fwb"))
    asked: list[tuple[str, object]] = []
    with store.reading() as connection:
        sa.event.listen(connection, "before_cursor_execute", lambda *told: asked.append(told[2:4]))
        records.one(connection, "case", label="Ola")
        sql, values = asked[-1]
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()
    store.close()
    assert any("live_case_label" in str(step) for step in plan), plan


def test_other_files_are_not_projects(tmp_path: Path):
    text = tmp_path / "notes.txt"
    text.write_text("Not a database at all, but long enough to look at." * 20)
    empty = tmp_path / "empty.fwb"
    empty.touch()
    other = tmp_path / "other.sqlite"
    held = sa.create_engine(f"sqlite:///{other}")
    with held.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE act (x int)")
    held.dispose()
    for path in (text, empty, other, tmp_path / "missing.fwb"):
        with pytest.raises(errors.NotAProject):
            engine.open_store(str(path))
    assert text.read_text().startswith("Not a database")


def test_a_server_that_is_not_there_is_said_without_the_password():
    with pytest.raises(errors.StoreUnreachable) as caught:
        engine.open_store("postgresql://anna:secret@127.0.0.1:1/study")
    assert "secret" not in str(caught.value)
    assert "anna:***@" in str(caught.value)


def test_a_database_of_another_program_is_not_touched(tmp_path: Path):
    path = tmp_path / "other.sqlite"
    held = sa.create_engine(f"sqlite:///{path}")
    with held.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE documents (x int)")
    held.dispose()
    before = path.read_bytes()
    with pytest.raises(errors.NotAProject, match="other tables"):
        engine.open_store(str(path))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["other.sqlite"]


def test_the_head_of_a_file_names_the_workbench_and_its_tables_are_read_once(tmp_path, monkeypatch):
    path = tmp_path / "garden.fwb"
    engine.create(str(path)).close()
    assert path.read_bytes()[68:72] == b"FWb1"
    opened = []
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: opened.append(a) or connect(*a, **k))
    engine.open_store(str(path)).close()
    assert opened == []


GUARD_OF_NOTHING = {
    "sqlite": [
        "DROP TRIGGER keep_person",
        "CREATE TRIGGER keep_person BEFORE DELETE ON person BEGIN SELECT 1; END",
    ],
    "postgresql": [
        "DROP TRIGGER keep_person ON person",
        "CREATE TRIGGER keep_person BEFORE DELETE ON person FOR EACH ROW WHEN (false) "
        "EXECUTE FUNCTION workbench_refuse('nothing is deleted: withdraw the row')",
    ],
}


def test_a_guard_of_the_same_name_that_guards_nothing_is_found(store):
    with store.writing() as connection:
        assert audit.altered_triggers(connection) == []
        for statement in GUARD_OF_NOTHING[connection.dialect.name]:
            connection.exec_driver_sql(statement)
        assert audit.altered_triggers(connection) == ["keep_person"]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("ALTER TABLE person DISABLE TRIGGER log_person", "log_person"),
        (
            "CREATE OR REPLACE FUNCTION workbench_refuse() RETURNS trigger LANGUAGE plpgsql "
            "AS $$ BEGIN RETURN NEW; END $$",
            "workbench_refuse",
        ),
        (
            "CREATE OR REPLACE FUNCTION workbench_current_act() RETURNS integer LANGUAGE sql "
            "STABLE AS 'SELECT 1'",
            "workbench_current_act",
        ),
    ],
)
def test_a_guard_of_a_server_that_is_switched_off_or_calls_something_else_is_found(
    postgres_server, statement, found
):
    with postgres.database(postgres_server, "guards") as url:
        made = engine.create(url)
        with made.writing() as connection:
            connection.exec_driver_sql(statement)
            assert audit.altered_triggers(connection) == [found]
        made.close()


def test_live_rows_are_found_through_the_indexes_of_live_rows(tmp_path):
    store = engine.create(str(tmp_path / "study.fwb"))
    asked: list[tuple[str, object]] = []
    of = {"framework_version_id": "a", "case_id": "b", "code_id": "c"}
    with store.reading() as connection:
        sa.event.listen(
            connection, "before_cursor_execute", lambda _c, _u, sql, of, *_: asked.append((sql, of))
        )
        records.find(connection, "cell", **of)
        records.find(connection, "case", label="Anna")
        plans = [
            str(step[3])
            for sql, values in list(asked)
            for step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)
        ]
    store.close()
    assert [plan.split(" USING ")[0] for plan in plans if "ORDER BY" not in plan] == [
        "SEARCH cell",
        "SEARCH case",
    ]


def test_statements_are_compiled_once_for_all_files(tmp_path, monkeypatch):
    made = []

    class Counted(engine.SQLiteCompiler):
        def visit_select(self, select, **kw):
            made.append(str(select))
            return super().visit_select(select, **kw)

    monkeypatch.setattr(engine._sqlite_dialect(), "statement_compiler", Counted)
    for name, compiled in (("one", 1), ("two", 0)):
        store = engine.create(str(tmp_path / f"{name}.fwb"))
        add(store, "ida")
        made.clear()
        with store.reading() as connection:
            found = sa.select(schema.ROWS["person"].c.handle.label("only here"))
            assert connection.execute(found).scalars().all() == ["ida"]
        assert len(made) == compiled
        store.close()


def test_what_a_query_asks_is_looked_through_once(store, monkeypatch):
    looked = []

    def counted(query):
        looked.append(query)
        return iterate(query)

    iterate = shutting.visitors.iterate
    monkeypatch.setattr(shutting.visitors, "iterate", counted)
    with store.reading() as connection:
        seeing = shutting.without(connection, lambda: [])
        query = sa.select(schema.ROWS["coding"].c.id)
        assert [seeing.execute(query).all() for _ in range(3)] == [[], [], []]
    assert len(looked) == 1
