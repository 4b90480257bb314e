"""Rows of the work: read one or many, insert, update, withdraw.

Rows travel as plain dicts of column names. Only an `Act` writes; an update of a row
that the caller read earlier checks its `row_version`, so that nobody's work is lost.
"""

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.errors import BadValue, ChangedMeanwhile
from workbench.store import schema, seals
from workbench.store.collecting import uncollected
from workbench.store.history import Act
from workbench.store.ids import fresh_ids

Row = dict[str, Any]


@uncollected()
def insert(
    act: Act, table: str, rows: Sequence[Mapping[str, Any]], *, checked: bool = True
) -> list[str]:
    """Add rows, all with the same columns, and return their ids in order.

    `checked=False` leaves out the check that texts can be stored; for rows whose texts
    were taken from stored texts.

    Raises:
        BadValue: a text holds a character that no database can keep.
    """
    if not rows:
        return []
    if checked:
        rows = [_storable_values(row) for row in rows]
    ids = [str(row["id"]) for row in rows] if "id" in rows[0] else fresh_ids(len(rows))
    form = seals.form(table)
    values = form.values(rows, ids, act.seq)
    besides = [n for n in rows[0] if n not in form.columns]
    columns = [*form.columns, *besides]
    mark = "?" if act.connection.dialect.name == "sqlite" else "%s"
    names_in_sql = ", ".join('"' + c + '"' for c in columns)
    marks = ", ".join([mark] * len(columns))
    target = schema.ROWS[table].name
    # names come from the schema and the callers' literals; values are bound
    sql = f'INSERT INTO "{target}" ({names_in_sql}) VALUES ({marks})'  # noqa: S608
    whole = [(*v, *(row[n] for n in besides)) for v, row in zip(values, rows, strict=True)]
    act.connection.exec_driver_sql(sql, whole if besides else values)
    act.made[table] += len(rows)
    act.row_digests += seals.row_digests(table, values)
    return ids


def update(
    act: Act, table: str, row_id: str, values: Mapping[str, Any], *, row_version: int | None = None
) -> None:
    """Change columns of one live row; with `row_version`, only if it is still that one.

    Values that the row has already are no change.

    Raises:
        ChangedMeanwhile: the row was changed or withdrawn since it was read.
        BadValue: a text holds a character that no database can keep, or a number is none.
    """
    values = _storable_values(values)
    held = one(act.connection, table, *values, "row_version", id=row_id)
    if held and row_version in (None, held["row_version"]):
        values = {n: v for n, v in values.items() if held[n] != v}
        if not values:
            return
    given = {"the row": row_id, "the act": act.seq, **{f"new {n}": v for n, v in values.items()}}
    if row_version is not None:
        given["as read"] = row_version
    change = _changed(table, tuple(values), row_version is not None)
    if act.connection.execute(change, given).rowcount != 1:
        raise ChangedMeanwhile(table.replace("_", " "))
    act.changed += 1


def update_several(act: Act, table: str, rows: Mapping[str, Mapping[str, Any]]) -> None:
    """Change columns of many rows, live or withdrawn, given by their ids.

    Each value that is given is taken as another than the row has. Rows that change the same
    columns are changed together.
    """
    t = schema.ROWS[table]
    batches: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for row_id, values in rows.items():
        given = {"the row": row_id, **{f"new {n}": v for n, v in values.items()}}
        batches.setdefault(tuple(values), []).append(given)
    for columns, some in batches.items():
        change = sa.update(t).where(t.c.id == sa.bindparam("the row"))
        said: dict[str, Any] = {c: sa.bindparam(f"new {c}") for c in columns}
        now = {"row_version": t.c.row_version + 1, "changed_in": act.seq}
        act.connection.execute(change.values({**said, **now}), some)
        act.changed += len(some)


def as_read(table: str, held: Row | None, row_version: int | None) -> None:
    """Check that a row is still the one that the caller read; 0 is the version of no row.

    Acts wait for one another, so that it stays so until the act is written.

    Raises:
        ChangedMeanwhile: it was changed, made or withdrawn since.
    """
    if row_version is not None and row_version != (held["row_version"] if held else 0):
        raise ChangedMeanwhile(table.replace("_", " "))


def withdraw(act: Act, table: str, row_ids: Iterable[str]) -> int:
    """Withdraw live rows, the only way they go, and return how many."""
    t, done = schema.ROWS[table], 0
    ids = list(row_ids)
    for at in range(0, len(ids), 500):
        done += act.connection.execute(
            sa.update(t)
            .where(t.c.id.in_(ids[at : at + 500]), ~t.c.withdrawn)
            .values(withdrawn=True, row_version=t.c.row_version + 1, changed_in=act.seq)
        ).rowcount
    act.changed += done
    return done


def restore(act: Act, table: str, row_ids: Iterable[str]) -> int:
    """Make withdrawn rows live again, and return how many were."""
    t, done = schema.ROWS[table], 0
    for row_id in row_ids:
        done += act.connection.execute(
            sa.update(t)
            .where(t.c.id == row_id, t.c.withdrawn)
            .values(withdrawn=False, row_version=t.c.row_version + 1, changed_in=act.seq)
        ).rowcount
    act.changed += done
    return done


def find(connection: Connection, table: str, *columns: str, **values: Any) -> list[Row]:
    """Return the live rows that have these values, in the order they were made.

    `columns` names what to fetch; without it all columns come.
    """
    found = connection.execute(_found(table, columns, _given(values)), values)
    names = tuple(found.keys())
    return [dict(zip(names, row, strict=True)) for row in found]


def one(connection: Connection, table: str, *columns: str, **values: Any) -> Row | None:
    """Return the live row that has these values, or None."""
    rows = find(connection, table, *columns, **values)
    return rows[0] if rows else None


def starting_with(connection: Connection, table: str, start: str) -> list[Row]:
    """Return the live rows, at most ten, whose id begins with `start`."""
    t = schema.ROWS[table]
    found = sa.and_(t.c.id >= start, t.c.id < start + "g")  # ids are of 0-9, a-f and dashes
    return [r for r in _at_most_ten(connection, t, found) if r["id"].startswith(start)]


def ending_with(connection: Connection, table: str, end: str) -> list[Row]:
    """Return the live rows, at most ten, whose id ends with `end`."""
    t = schema.ROWS[table]
    return _at_most_ten(connection, t, t.c.id.endswith(end, autoescape=True))


def _at_most_ten(connection: Connection, t: sa.Table, found: sa.ColumnElement[bool]) -> list[Row]:
    query = sa.select(t).where(found, ~t.c.withdrawn).order_by(t.c.id).limit(10)
    return [dict(r) for r in connection.execute(query).mappings()]


def highest(connection: Connection, table: str, column: str, **where: Any) -> int:
    """Return the largest number in a column among the live rows that have these values, or 0."""
    return int(connection.execute(_highest(table, column, _given(where)), where).scalar_one())


def exists(connection: Connection, table: str, **where: Any) -> bool:
    """Whether a live row has these values."""
    return connection.execute(_first(table, _given(where)), where).first() is not None


def count(connection: Connection, table: str, **where: Any) -> int:
    """Return how many live rows have these values."""
    return int(connection.execute(_counted(table, _given(where)), where).scalar_one())


def count_withdrawn(connection: Connection, table: str) -> int:
    """Return how many rows were withdrawn."""
    t = schema.ROWS[table]
    query = sa.select(sa.func.count()).select_from(t).where(t.c.withdrawn)
    return int(connection.execute(query).scalar_one())


Given = tuple[tuple[str, bool], ...]
"""The columns whose values are asked for; True where the value is None."""


def _given(values: Mapping[str, Any]) -> Given:
    return tuple((column, value is None) for column, value in values.items())


# To make a query takes several times as long as the database takes to answer it. Each is
# therefore made once, with a place for every value.


@functools.cache
def _live(table: str, given: Given) -> sa.ColumnElement[bool]:
    """Return the condition that a row is live and has the values asked for."""
    t = schema.ROWS[table]
    having = (t.c[c].is_(None) if empty else t.c[c] == sa.bindparam(c) for c, empty in given)
    # SQLite uses an index of live rows only where a query says so in the index's own words
    return sa.and_(sa.text(f'NOT "{t.name}".withdrawn'), *having)


@functools.cache
def _found(table: str, columns: tuple[str, ...], given: Given) -> sa.Select[Any]:
    t = schema.ROWS[table]
    wanted = [t.c[c] for c in columns] or list(t.c)
    return sa.select(*wanted).where(_live(table, given)).order_by(t.c.id)


@functools.cache
def _first(table: str, given: Given) -> sa.Select[Any]:
    return sa.select(schema.ROWS[table].c.id).where(_live(table, given)).limit(1)


@functools.cache
def _highest(table: str, column: str, given: Given) -> sa.Select[Any]:
    most = sa.func.max(schema.ROWS[table].c[column])
    return sa.select(sa.func.coalesce(most, 0)).where(_live(table, given))


@functools.cache
def _counted(table: str, given: Given) -> sa.Select[Any]:
    return sa.select(sa.func.count()).select_from(schema.ROWS[table]).where(_live(table, given))


def counts_by(connection: Connection, table: str, column: str, **where: Any) -> dict[str, int]:
    """Return how many live rows that have these values there are of each value in a column."""
    t = schema.ROWS[table]
    query = (
        sa.select(t.c[column], sa.func.count())
        .where(~t.c.withdrawn, *(t.c[k] == v for k, v in where.items()))
        .group_by(t.c[column])
    )
    return {str(value): int(number) for value, number in connection.execute(query)}


def by_ids(connection: Connection, table: str, ids: Sequence[str], *columns: str) -> list[Row]:
    """Return rows, live or withdrawn, by their ids (unknown ids are left out)."""
    t, rows = schema.ROWS[table], []
    wanted = [t.c[c] for c in columns] or list(t.c)
    for at in range(0, len(ids), 500):
        query = sa.select(*wanted).where(t.c.id.in_(ids[at : at + 500]))
        rows += [dict(r) for r in connection.execute(query).mappings()]
    return rows


def by_column(
    connection: Connection, table: str, column: str, values: Sequence[str], *columns: str
) -> dict[str, list[Row]]:
    """Return the live rows with one of these values in a column, by that value.

    Each value has its rows in the order they were made; one without rows has an empty list.
    """
    t = schema.ROWS[table]
    found: dict[str, list[Row]] = {value: [] for value in values}
    wanted, unique = [t.c[c] for c in dict.fromkeys((column, *columns))], list(found)
    for at in range(0, len(unique), 500):
        query = sa.select(*(wanted if columns else t.c))
        some = query.where(t.c[column].in_(unique[at : at + 500]), ~t.c.withdrawn)
        for row in connection.execute(some.order_by(t.c.id)).mappings():
            found[row[column]].append(dict(row))
    return found


@functools.cache
def _changed(table: str, columns: tuple[str, ...], as_read: bool) -> sa.Update:
    t = schema.ROWS[table]
    change = sa.update(t).where(t.c.id == sa.bindparam("the row"), ~t.c.withdrawn)
    if as_read:
        change = change.where(t.c.row_version == sa.bindparam("as read"))
    return change.values(
        {c: sa.bindparam(f"new {c}") for c in columns}
        | {"row_version": t.c.row_version + 1, "changed_in": sa.bindparam("the act")}
    )


def _storable_values(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the row with its floats to six decimals, as both databases and the log keep them."""
    kept = dict(row)
    for name, value in row.items():
        spoken = f"The {name.replace('_', ' ')}"
        if isinstance(value, str) and not storable(value):
            raise BadValue(spoken, value[:40], "text without NUL or broken characters")
        if isinstance(value, float):
            if not math.isfinite(value):
                raise BadValue(spoken, value, "a number")
            kept[name] = round(value, 6)
        if isinstance(value, int) and not -(2**31) <= value < 2**31:
            raise BadValue(spoken, value, "a smaller number")
    return kept


def storable(value: str) -> bool:
    """Whether both databases can keep a text: no NUL, no lone surrogates."""
    if value.isascii():
        return "\x00" not in value
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in value
