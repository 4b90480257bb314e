"""Copies of one project that went apart: what each did since, and what merges brought over.

A copy has the same acts with the same ids up to where it was made. A merge keeps the acts
of the other copy (`foreign_act`) and which of its rows are the same thing as one that is
here (`foreign_row`); both count for as long as the merge is not undone.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.store import schema, seals
from workbench.store.undone import undone_acts

Row = dict[str, Any]
Rows = dict[str, Row]
"""Rows by their ids, without bookkeeping and bulky columns."""

BOOKKEEPING = ("made_in", "changed_in", "row_version")
_TOLD = ("id", "at", "who", "verb", "kind", "summary")


@dataclass(frozen=True, slots=True)
class Past:
    """The acts that made a project what it is: its own in order, and those of other copies."""

    own: tuple[Row, ...]
    foreign: tuple[Row, ...]
    same: dict[str, dict[str, str]]
    """Table → id of a row of another copy → id of the row here that is the same thing."""

    @property
    def known(self) -> frozenset[str]:
        """The ids of all these acts."""
        return frozenset(a["id"] for a in (*self.own, *self.foreign))


def past(connection: Connection) -> Past:
    """Return the acts of a project, with those that merges which stand brought over."""
    a, f, r = schema.act, schema.foreign_act, schema.foreign_row
    columns = [a.c[n] for n in ("seq", *_TOLD)]
    own = connection.execute(sa.select(*columns).order_by(a.c.seq)).mappings()
    undone = undone_acts(connection)
    brought = connection.execute(sa.select(f).order_by(f.c.merged_in, f.c.number)).mappings()
    same: dict[str, dict[str, str]] = defaultdict(dict)
    for row in connection.execute(sa.select(r).order_by(r.c.merged_in)).mappings():
        if row["merged_in"] not in undone:
            same[row["table_name"]][row["id"]] = row["own_id"]
    return Past(
        tuple(dict(row) for row in own),
        tuple(dict(row) for row in brought if row["merged_in"] not in undone),
        dict(same),
    )


def acts_by_merge(connection: Connection) -> dict[int, list[Row]]:
    """Return merge → the acts of the other copy that it brought, in their order there."""
    f, found = schema.foreign_act, defaultdict(list)
    query = sa.select(f).order_by(f.c.merged_in, f.c.number)
    for row in connection.execute(query).mappings():
        found[int(row["merged_in"])].append({n: row[n] for n in _TOLD})
    return dict(found)


def keep(
    connection: Connection, seq: int, acts: Sequence[Row], same: dict[str, dict[str, str]]
) -> str:
    """Note what a merge, act `seq`, brought from another copy; return the digest of that."""
    said = [
        {"merged_in": seq, "number": n, **{c: a[c] for c in _TOLD}} for n, a in enumerate(acts, 1)
    ]
    if said:
        connection.execute(schema.foreign_act.insert(), said)
    rows = [
        {"merged_in": seq, "table_name": table, "id": there, "own_id": here}
        for table, ids in same.items()
        for there, here in ids.items()
    ]
    if rows:
        connection.execute(schema.foreign_row.insert(), rows)
    return _digest(said, rows)


def _digest(acts: Iterable[Mapping[str, Any]], rows: Iterable[Mapping[str, Any]]) -> str:
    """Return a SHA-256 over what a merge brought, in whichever order it is read."""
    ordered = [sorted(sorted(one.items()) for one in many) for many in (acts, rows)]
    return hashlib.sha256(json.dumps(ordered).encode()).hexdigest()


def brought(connection: Connection) -> Iterator[tuple[int, str, str]]:
    """Yield (merge, digest of what it brought, digest of what is there today)."""
    noted = {
        int(act): str(report["brought"])
        for act, report in connection.execute(
            sa.select(schema.act_report.c.act, schema.act_report.c.report)
            .join(schema.act, schema.act.c.seq == schema.act_report.c.act)
            .where(schema.act.c.verb == "merge project")
        )
    }
    held: dict[int, list[list[Row]]] = defaultdict(lambda: [[], []])
    for n, table in enumerate((schema.foreign_act, schema.foreign_row)):
        for row in connection.execute(sa.select(table)).mappings():
            held[row["merged_in"]][n].append(dict(row))
    for seq in sorted(noted.keys() | held.keys()):
        yield seq, noted.get(seq, ""), _digest(*held[seq])


@dataclass(frozen=True, slots=True)
class Touched:
    """The rows of one table that acts after some act made or changed."""

    now: Rows
    made_in: dict[str, int]
    changes: dict[str, tuple[tuple[int, Row], ...]]
    """Row → (act, the row before it) of each change, in their order."""

    def at(self, seq: int) -> Rows:
        """Return those of the rows that were there after act `seq`, as they were then."""
        found: Rows = {}
        for row_id, row in self.now.items():
            if self.made_in[row_id] <= seq:
                later = (before for act, before in self.changes.get(row_id, ()) if act > seq)
                found[row_id] = next(later, row)
        return found


def touched(connection: Connection, table: str, after: int) -> Touched:
    """Return what acts after `after` made or changed in one table."""
    names, mend = columns(table), _mended(table)
    rows, past = _touched(table)
    now: Rows = {}
    made_in: dict[str, int] = {}
    for values in connection.execute(rows, {"after": after}):
        row = dict(zip(names, values, strict=False))
        now[row["id"]], made_in[row["id"]] = row, values[-1]
    changes: dict[str, list[tuple[int, Row]]] = defaultdict(list)
    for act, row_id, before in connection.execute(past, {"after": after}):
        changes[row_id].append((act, mend(before)))
    return Touched(now, made_in, {i: tuple(told) for i, told in changes.items()})


@cache
def _touched(table: str) -> tuple[sa.Select[Any], sa.Select[Any]]:
    """Return the queries for the rows of a table touched since, and for their changes."""
    t, c = schema.ROWS[table], schema.change
    after: sa.BindParameter[Any] = sa.bindparam("after")
    logged = sa.and_(c.c.table_name == table, c.c.act > after)
    rows = sa.select(*(t.c[n] for n in columns(table)), t.c.made_in).where(
        sa.or_(t.c.made_in > after, t.c.id.in_(sa.select(c.c.row_id).where(logged)))
    )
    return rows, sa.select(c.c.act, c.c.row_id, c.c.before).where(logged).order_by(c.c.seq)


def untouched(
    connection: Connection, table: str, names: Iterable[str], besides: Iterable[str]
) -> Rows:
    """Return some columns of the live rows of a table, but for those of some ids."""
    t, left, wanted = schema.ROWS[table], set(besides), ["id", *names]
    query = sa.select(*(t.c[n] for n in wanted)).where(~t.c.withdrawn)
    rows = (dict(zip(wanted, values, strict=True)) for values in connection.execute(query))
    return {row["id"]: row for row in rows if row["id"] not in left}


@cache
def columns(table: str) -> tuple[str, ...]:
    """Return the columns of a table that are compared: neither bookkeeping nor bulky."""
    apart = {*BOOKKEEPING, *schema.BULKY.get(table, ())}
    return tuple(c.name for c in schema.ROWS[table].c if c.name not in apart)


@cache
def _mended(table: str) -> Callable[[Row], Row]:
    """Return what makes a logged row one that can be compared: on SQLite booleans are numbers."""
    names, form = columns(table), seals.form(table)
    told = [c.name for c in schema.ROWS[table].c if isinstance(c.type, sa.Boolean)]

    def mend(logged: Row) -> Row:
        row = form.filled(logged)
        for name in told:
            row[name] = bool(row[name])
        return {n: row[n] for n in names}

    return mend
