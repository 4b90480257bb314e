"""SQLite databases of other tools, opened without trust.

A file is opened read-only and immutable: it is not written to, not even locked. Only
tables are read, each from its first row to its last: no view, virtual table or trigger of
the file runs, and no extension is loaded. What SQLite may do is limited by the size of the
file, so that one in which pages point in circles comes to an end.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from workbench.errors import BrokenFile, UnknownFormat
from workbench.formats import contents
from workbench.model.report import ImportReport

MAGIC = b"SQLite format 3\0"
MAX_BYTES = 1_000_000_000
MAX_VALUE = 50_000_000
"""Bytes of one value: a document."""
MAX_ROWS = 2_000_000
"""Rows of one table."""

_STEPS, _FREE_STEPS, _STEPS_A_BYTE = 1_000, 2_000_000, 20
"""Steps of SQLite between two looks, and how many it has: some, and more for each byte."""
_ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION}
_FURTHEST = 2**52


class Database:
    """One opened database: its tables, and the rows of each as values of Python.

    `odd` says whether a text was not UTF-8 and was read as Windows-1252.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | str) -> None:
        self._connection, self.path, self.odd = connection, str(path), False
        connection.text_factory = self._text
        self.tables = tables(connection)

    def has(self, wanted: Mapping[str, Sequence[str]]) -> bool:
        """Tell whether tables of these names have all these columns."""
        return all(self.tables.get(t, frozenset()).issuperset(c) for t, c in wanted.items())

    def rows(self, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield the values of some columns of a table; None for a column that it lacks.

        There are no rows in a table that is not there.

        Raises:
            BrokenFile: there are too many.
        """
        held = self.tables.get(table)
        if held is None:
            return
        chosen = ", ".join(f'"{c}"' if c in held else "NULL" for c in columns) or "NULL"
        query = f'SELECT {chosen} FROM main."{table}" NOT INDEXED'  # noqa: S608  # names of ours
        for number, row in enumerate(self._connection.execute(query)):
            if number >= MAX_ROWS:
                raise BrokenFile(self.path, f"a table has more than {MAX_ROWS:,} rows.")
            yield row

    def number_of(self, table: str) -> int:
        """Return how many rows a table has, none where it is not there."""
        return sum(1 for _ in self.rows(table))

    def say_what_is_odd(self, report: ImportReport) -> None:
        """Note texts that were not UTF-8."""
        if self.odd:
            report.notes.append(
                "Some texts of the database are not UTF-8 and were read as Windows-1252 (cp1252). "
                "Check the odd letters."
            )

    def _text(self, value: bytes) -> str:
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            self.odd = True
            return value.decode("cp1252", "replace")


@contextmanager
def opened(path: Path | str, tool: str) -> Iterator[Database]:
    """Open a database; whatever SQLite finds wrong with it is said as ours.

    Raises:
        UnknownFormat: it is no SQLite database.
        BrokenFile: it is damaged, or `tool` still has it open.
        BadFile: it is not there, or too large.
    """
    try:
        connection = connected(path, tool)
        try:
            yield Database(connection, path)
        finally:
            connection.close()
    except (sqlite3.Error, OverflowError, ValueError, MemoryError) as error:
        raise BrokenFile(path, f"the database cannot be read ({error}).") from error


def connected(path: Path | str, tool: str) -> sqlite3.Connection:
    """Return a connection that reads and can do nothing else; raises as `opened`."""
    size = contents.measured(path, MAX_BYTES)
    file = Path(path).resolve()
    try:
        with file.open("rb") as stream:
            if stream.read(len(MAGIC)) != MAGIC:
                raise UnknownFormat(path, [f"a project of {tool} (SQLite)"])
    except OSError as error:
        raise contents.unreadable(path, error) from error
    for ending in ("-wal", "-journal"):
        beside = file.with_name(file.name + ending)
        if beside.exists() and beside.stat().st_size:
            raise BrokenFile(path, f"changes still stand in {beside.name}; close {tool} first.")
    connection = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
    _limit(connection, size)
    return connection


def _limit(connection: sqlite3.Connection, size: int) -> None:
    """Let a connection do no more than read, and not for ever."""
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    left = (_FREE_STEPS + _STEPS_A_BYTE * size) // _STEPS

    def step() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    connection.set_progress_handler(step, _STEPS)


def tables(connection: sqlite3.Connection) -> dict[str, frozenset[str]]:
    """Return the columns of each ordinary table, and let nothing but reading follow.

    Views, virtual tables and columns that are computed are left away.
    """
    names = [
        str(name)
        for schema, name, kind, *_ in connection.execute("PRAGMA table_list")
        if schema == "main" and kind == "table"
    ]
    found = {
        name: frozenset(
            row[1] for row in connection.execute("SELECT * FROM pragma_table_info(?)", (name,))
        )
        for name in names
    }
    connection.set_authorizer(_allowed)
    return found


def _allowed(action: int, *_: str | None) -> int:
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def words(value: object) -> str:
    """Return a value as a text: nothing for NULL and for bytes, digits for a number.

    >>> words(None), words(3), words(3.0), words("a")
    ('', '3', '3', 'a')
    """
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer() and abs(value) < _FURTHEST:
        return str(int(value))
    return str(value) if isinstance(value, int | float) else ""


def whole(value: object) -> int | None:
    """Return a whole number; None for what is none, or larger than a position can be.

    >>> whole(3), whole(3.0), whole("3"), whole(3.5), whole(2**60)
    (3, 3, 3, None, None)
    """
    if isinstance(value, str) and len(value) < 17 and value.isascii() and value.isdigit():
        value = int(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _FURTHEST:
        value = int(value)
    return value if isinstance(value, int) and abs(value) < _FURTHEST else None
