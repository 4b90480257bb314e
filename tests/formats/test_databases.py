"""Databases of others are opened without trust: nothing of theirs runs, all comes to an end."""

import sqlite3
from contextlib import closing

import pytest
from foreign_databases import QUALCODER_V3, Made, small_qualcoder

from workbench.errors import BrokenFile, UnknownFormat
from workbench.formats import database_tools, databases, qualcoder


def test_rows_come_as_they_stand_with_none_for_columns_that_lack(tmp_path) -> None:
    made = Made(tmp_path / "a.db", "CREATE TABLE t (a integer, b text);")
    made.insert("t", a=1, b="x")
    made.insert("t", a="y", b=None)
    with databases.opened(made.path, "Tool") as database:
        assert list(database.rows("t", "b", "c", "a")) == [("x", None, 1), (None, None, "y")]
        assert list(database.rows("nothing", "a")) == []
        assert database.number_of("t") == 2


@pytest.mark.parametrize(
    "schema",
    [
        "CREATE VIEW t AS SELECT 1 AS a;",
        "CREATE VIRTUAL TABLE t USING fts5(a);",
        "CREATE TABLE t (b integer, a integer GENERATED ALWAYS AS (b + 1));",
    ],
    ids=["view", "virtual table", "computed column"],
)
def test_what_would_run_something_is_no_table(tmp_path, schema) -> None:
    made = Made(tmp_path / "a.db", schema)
    with databases.opened(made.path, "Tool") as database:
        assert not database.has({"t": ("a",)})


def test_a_view_in_the_place_of_a_table_of_qualcoder_is_not_read(tmp_path) -> None:
    made = Made(tmp_path / "data.qda", QUALCODER_V3)
    made.run("DROP TABLE cases; CREATE VIEW cases AS SELECT 1 AS caseid, 'x' AS name;")
    assert database_tools.tool(made.path) is None
    with pytest.raises(UnknownFormat):
        qualcoder.read(made.path)


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM cases",
        "ATTACH 'other.db' AS other",
        "PRAGMA writable_schema = ON",
        "CREATE TEMP TABLE t (a)",
        "SELECT load_extension('x')",
    ],
)
def test_a_connection_does_nothing_but_read(tmp_path, statement) -> None:
    path = small_qualcoder(tmp_path / "data.qda")
    before = path.read_bytes()
    with closing(databases.connected(path, "Tool")) as connection:
        databases.tables(connection)
        with pytest.raises(sqlite3.DatabaseError, match="not authorized"):
            connection.execute(statement)
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["data.qda"]


def test_a_query_that_goes_on_for_ever_is_given_up(tmp_path) -> None:
    path = small_qualcoder(tmp_path / "data.qda")
    endless = f"SELECT count(*) FROM {', '.join(f'code_text t{n}' for n in range(20))}"
    with closing(databases.connected(path, "Tool")) as connection:
        databases.tables(connection)
        with pytest.raises(sqlite3.OperationalError, match="interrupted"):
            connection.execute(endless)


def test_a_table_of_too_many_rows_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(databases, "MAX_ROWS", 1)
    path = small_qualcoder(tmp_path / "data.qda")
    with pytest.raises(BrokenFile, match="a table has more than 1 rows"):
        qualcoder.read(path)


def test_a_value_that_is_too_large_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(databases, "MAX_VALUE", 1_000)
    made = Made(tmp_path / "data.qda", QUALCODER_V3)
    made.insert("source", id=1, name="a", fulltext="x" * 2_000)
    with pytest.raises(BrokenFile, match="cannot be read"):
        qualcoder.read(made.path)


def test_a_file_that_is_cut_off_is_said_to_be_broken(tmp_path) -> None:
    path = small_qualcoder(tmp_path / "data.qda")
    path.write_bytes(path.read_bytes()[:20_000])
    with pytest.raises(BrokenFile, match="the database cannot be read"):
        qualcoder.read(path)
