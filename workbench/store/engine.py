"""Opening and making the database of a project: SQLite file or PostgreSQL.

Reading and writing each get a transaction of their own. A writing one takes the
write lock at its start: a transaction that reads first and then wants to write can
fail under SQLite however long it waits.
"""

import datetime
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.util import LRUCache

from workbench.errors import (
    CannotWrite,
    MissingExtra,
    NewerSchema,
    NotAProject,
    OlderSchema,
    ProjectBusy,
    ProjectExists,
    StoreError,
    StoreRefused,
    StoreUnreachable,
)
from workbench.store import schema, seals, shutting, triggers

HEAD = "0010"
"""The schema revision that this workbench writes; see migrations/versions."""

BUSY_SECONDS = 30

APPLICATION_ID = 0x46576231
"""What the head of an SQLite file says of ours (“FWb1”), so that it need not be read twice."""

_HEAD_BYTES = 100
"""How long the head of an SQLite file is; bytes 68 to 71 are its application id."""

_SEALED_FROM = "0004"
"""The first schema revision whose acts are sealed as they are written."""


class Store:
    """One project's database: hands out reading and writing transactions."""

    def __init__(self, engine: Engine, where: str) -> None:
        self.engine, self.where = engine, where
        shutting.listen(engine)
        self.upgraded_from: str | None = None
        self.backup: Path | None = None
        self.sealed_late = 0
        """How many acts an upgrade has just sealed, because they were written before seals."""

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the project throughout."""
        with _said_plainly(self.where), self.engine.connect() as connection:
            if not self.is_file:
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection

    @contextmanager
    def writing(self, *, kept: bool = True) -> Iterator[Connection]:
        """Give a connection that holds the write lock; committed when all went well.

        What is not to be kept is rolled back in any case.
        """
        with _said_plainly(self.where), self.engine.connect() as connection:
            connection = connection.execution_options(writes=True)
            if not self.is_file:
                connection = connection.execution_options(isolation_level="READ COMMITTED")
            with connection.begin() as transaction:
                yield connection
                if not kept:
                    transaction.rollback()

    def write_anew(self) -> str:
        """Write all tables anew, without what was removed; return why that failed, or nothing.

        What was overwritten or deleted stays readable in a file, or a server's files, until
        then: in free pages, in the log beside a file, in a server's statistics.
        """
        self.engine.dispose()
        try:
            with self.engine.connect() as connection:
                if self.is_file:
                    return _file_anew(connection)
                connection = connection.execution_options(isolation_level="AUTOCOMMIT")
                connection.exec_driver_sql(f"SET lock_timeout = '{BUSY_SECONDS}s'")
                for table in schema.metadata.sorted_tables:
                    connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{table.name}"')
        except sa.exc.DBAPIError as error:
            return _first_line(error)
        finally:
            self.engine.dispose()
        return ""

    def close(self) -> None:
        """Let go of the file or the server."""
        self.engine.dispose()

    @property
    def is_file(self) -> bool:
        """Whether the project is one SQLite file."""
        return self.engine.dialect.name == "sqlite"


def _file_anew(connection: Connection) -> str:
    raw = connection.connection.driver_connection
    if raw is None:
        return "the connection is closed"
    try:
        raw.execute("VACUUM")
        (busy, *_) = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.Error as error:
        return str(error)
    return "somebody else has it open" if busy else ""


@contextmanager
def _said_plainly(where: str) -> Iterator[None]:
    """Turn the drivers' complaints into our sentences."""
    try:
        yield
    except sa.exc.OperationalError as error:
        said = str(error.orig)
        if any(
            word in said for word in ("locked", "busy", "serialize", "deadlock", "lock timeout")
        ):
            raise ProjectBusy(where) from error
        raise StoreUnreachable(where, _first_line(error)) from error
    except sa.exc.DBAPIError as error:
        said = str(error.orig)
        if "not a database" in said or "malformed" in said:
            raise NotAProject(where, _first_line(error)) from error
        raise StoreRefused(where, _first_line(error)) from error
    except (OverflowError, UnicodeEncodeError) as error:
        raise StoreRefused(where, str(error)) from error


def _first_line(error: sa.exc.DBAPIError) -> str:
    return str(error.orig).strip().splitlines()[0].rstrip(".") if str(error.orig).strip() else "?"


def is_url(where: str) -> bool:
    """Whether a project is named by a database URL rather than a file."""
    return re.match(r"[A-Za-z][\w+.-]*://", where) is not None


def without_password(where: str) -> str:
    """Return a URL as it may be shown: the password hidden.

    >>> without_password("postgresql://anna:secret@host/db")
    'postgresql://anna:***@host/db'
    """
    plain = re.sub(r"(://[^:/@?#]*:)[^/?#]*@", r"\1***@", where)
    return re.sub(r"(?i)([?&](?:ssl)?pass\w*=)[^&#]*", r"\1***", plain)


def create(where: str) -> Store:
    """Make an empty project and return it open.

    Raises:
        ProjectExists: the file stands already, or the database holds a project.
        StoreUnreachable: the folder or the server cannot be reached.
    """
    if not is_url(where) and Path(where).exists():
        raise ProjectExists(where)
    store = Store(_engine(where), without_password(where))
    try:
        _lay_out(store)
    except BaseException:
        store.close()
        raise
    return store


def _lay_out(store: Store) -> None:
    """Make the tables and triggers of an empty project, in one transaction."""
    with store.writing() as connection:
        if sa.inspect(connection).has_table("act"):
            raise ProjectExists(store.where)
        for statement in _declared(connection.dialect.name):
            connection.exec_driver_sql(statement)
        connection.exec_driver_sql(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"
        )
        connection.execute(sa.text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})
        connection.execute(schema.current_act.insert().values(one=1, act=None))
        connection.execute(schema.anchor.insert().values(one=1, act=0, digest="", sealed_late=0))
        triggers.install(connection)
        _mark(connection)


@cache
def _declared(dialect: str) -> tuple[str, ...]:
    """Return the statements that make all tables and indexes, which take long to be written."""
    said: list[str] = []

    def written(statement: sa.schema.ExecutableDDLElement, *_: object, **__: object) -> None:
        said.append(str(statement.compile(dialect=made.dialect)))

    made = sa.create_mock_engine(f"{dialect}://", written)
    schema.metadata.create_all(made, checkfirst=False)
    return tuple(said)


def _mark(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")


def holds_project(url: str) -> bool:
    """Whether a database already holds a project, of whatever schema."""
    store = Store(_engine(url), without_password(url))
    try:
        with store.reading() as connection:
            return sa.inspect(connection).has_table("act")
    finally:
        store.close()


def open_store(where: str, *, upgrade_shared: bool = False) -> Store:
    """Open a project; a file of an older schema is backed up beside itself and upgraded.

    A shared database is upgraded only when asked for with `upgrade_shared`.

    Raises:
        NotAProject: there is nothing of that name, or it is something else.
        NewerSchema: a newer workbench made it.
        OlderSchema: a PostgreSQL database of an older schema; it is never upgraded unasked.
    """
    if not is_url(where):
        _refuse_foreign_file(Path(where))
    store = Store(_engine(where), without_password(where))
    try:
        found = _revision(store)
        if found > HEAD:
            raise NewerSchema(store.where, found, HEAD)
        if found < HEAD:
            if store.is_file:
                store.backup = backup(store, Path(where), found)
            elif not upgrade_shared:
                raise OlderSchema(store.where, found, HEAD)
            upgrade(store, found)
            store.upgraded_from = found
    except BaseException:
        store.close()
        raise
    return store


def _refuse_foreign_file(path: Path) -> None:
    """Look at a file without touching it: a project is written to as soon as it is opened.

    Raises:
        NotAProject: there is no file, or it is something else.
    """
    if not path.is_file():
        raise NotAProject(str(path), "there is no such file")
    with path.open("rb") as stream:
        head = stream.read(_HEAD_BYTES)
    if not head.startswith(b"SQLite format 3\x00"):
        raise NotAProject(str(path), "it is not a database")
    if head[68:72] == APPLICATION_ID.to_bytes(4):
        return
    address = f"{path.resolve().as_uri()}?mode=ro"
    query = "SELECT count(*) FROM sqlite_master WHERE name IN ('act', 'current_act')"
    with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as connection:
        try:
            (tables,) = connection.execute(query).fetchone()
        except sqlite3.DatabaseError as error:
            raise NotAProject(str(path), str(error)) from error
    if tables != 2:
        raise NotAProject(str(path), "it holds other tables")


def _revision(store: Store) -> str:
    """Return the schema revision a database states about itself."""
    try:
        with store.reading() as connection:
            found = connection.execute(
                sa.text("SELECT version_num, (SELECT count(*) FROM act) FROM alembic_version")
            ).scalar_one_or_none()
    except (StoreUnreachable, StoreRefused) as error:
        if isinstance(error, StoreUnreachable) and "no such table" not in str(error):
            raise  # on PostgreSQL a missing table is a StoreRefused
        raise NotAProject(store.where, "it holds other tables") from error
    if not isinstance(found, str) or not re.fullmatch(r"\d{4}", found):
        raise NotAProject(store.where, "its schema revision is not one of ours")
    return found


def backup(store: Store, path: Path, label: str) -> Path:
    """Write a complete copy of an open project file beside it and return its path.

    Raises:
        CannotWrite: the folder is full or protected.
    """
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S%f")
    copied = path.with_name(f"{path.stem}.backup-{label}-{now}{path.suffix}")
    write_copy(store, path, copied)
    return copied


def write_copy(store: Store, path: Path, copy: Path) -> None:
    """Write a complete copy of an open project file to a place where nothing stands.

    Raises:
        CannotWrite: something stands there, or the folder is full or protected.
    """
    with store.engine.connect() as connection:
        raw = connection.connection.driver_connection
        if raw is None:
            raise StoreError(f"{path} cannot be copied: the connection is closed.")
        try:
            raw.execute("VACUUM INTO ?", (str(copy),))
        except sqlite3.Error as error:
            raise CannotWrite(copy, str(error)) from error


def upgrade(store: Store, found: str) -> None:
    """Bring a database from a revision to this workbench's schema, in one transaction."""
    from workbench.store.migrations import run  # alembic takes 0.1 s to import

    with store.writing() as connection:
        triggers.remove(connection)
        run.upgrade(connection, HEAD)
        if found < _SEALED_FROM:
            store.sealed_late = seals.catch_up(connection)
        triggers.install(connection)
        _mark(connection)


def _engine(where: str) -> Engine:
    return _postgresql(where) if is_url(where) else _sqlite(where)


def _postgresql(where: str) -> Engine:
    address, known = re.subn(r"(?i)^postgres(ql)?(\+\w+)?://", "postgresql+psycopg://", where)
    shown = without_password(where)
    if not known:
        raise StoreUnreachable(shown, "only postgresql:// addresses and files are known")
    try:
        return sa.create_engine(address, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise MissingExtra("A PostgreSQL project", "postgres") from error
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StoreUnreachable(shown, "the address cannot be read") from error


def _sqlite(where: str) -> Engine:
    engine = sa.create_engine(
        sa.URL.create("sqlite", database=str(Path(where))),
        connect_args={"timeout": BUSY_SECONDS, "isolation_level": None},
    )
    engine.dialect = _sqlite_dialect()
    engine.update_execution_options(compiled_cache=_COMPILED)
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


_COMPILED: LRUCache[Any, Any] = LRUCache(1_000)
"""Statements of all SQLite projects, compiled: a page opens its project anew for each run."""


@cache
def _sqlite_dialect() -> sa.Dialect:
    """Return what all SQLite projects of this process speak; compiled statements are of it."""
    engine = sa.create_engine("sqlite://")
    engine.dialect.statement_compiler = _AskingForLiveRows
    with engine.connect():
        return engine.dialect


class _AskingForLiveRows(SQLiteCompiler):
    """Asks for rows that are `NOT withdrawn`, letter by letter as the indexes of live rows do.

    SQLite does not see that `withdrawn = 0`, as SQLAlchemy has it, is the same, and reads
    the whole table instead.
    """

    def visit_is_false_unary_operator(self, element: Any, operator: Any, **kw: Any) -> str:
        return f"NOT {self.process(element.element, **kw)}"


def _prepare_sqlite(connection: object, _record: object) -> None:
    """Set what holds for every connection: durable WAL, foreign keys, waiting for locks."""
    cursor = connection.cursor()  # type: ignore[attr-defined]  # DBAPI connections have no base type
    for pragma in (
        f"busy_timeout = {BUSY_SECONDS * 1000}",
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "cache_size = -16384",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin with the write lock where the transaction will write."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
