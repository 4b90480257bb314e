"""The history: who did what when, and what each row was before (the way back: `undoing`).

Every act is one transaction. A row knows the act it was made in; a change of a row is
logged by a trigger (see `triggers`) with the whole row before and after, so that no
update can slip by, however it is made.

A new row's *before* is nothing and its *after* is the row itself, until a change logs it.
"""

import datetime
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.store import foreign, schema, seals
from workbench.store.ids import fresh_id
from workbench.store.undone import undone_acts


class Act:
    """One act of the researcher while it is being written."""

    def __init__(self, connection: Connection, seq: int, who: str, verb: str) -> None:
        self.connection, self.seq, self.who, self.verb = connection, seq, who, verb
        self.made: Counter[str] = Counter()
        self.row_digests: list[bytes] = []
        self.changed = 0
        self.stands = False
        """Whether the act is one even if nothing was left for it to change."""
        self.emptied = False
        """Whether it took something out for good, so that all is to be written anew after it."""
        self.summary = verb
        self.report: Mapping[str, Any] | None = None

    def says(self, summary: str) -> None:
        """Set the sentence that the history shows for this act."""
        self.summary = summary


@contextmanager
def act(
    connection: Connection, who: str, verb: str, *, kind: str = "do", reverses: int | None = None
) -> Iterator[Act]:
    """Write one act: everything between entering and leaving belongs to it.

    The caller holds the transaction. An act that made and changed nothing leaves no
    entry in the history, unless it `stands`.
    """
    wait_for_turn(connection)
    seq = connection.execute(_NEXT).scalar_one()
    connection.execute(_SWITCH, {"to": seq})
    connection.execute(
        _BEGUN,
        {
            "seq": seq,
            "id": fresh_id(),
            "at": datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds"),
            "who": who,
            "verb": verb,
            "kind": kind,
            "reverses": reverses,
            "summary": verb,
        },
    )
    now = Act(connection, seq, who, verb)
    yield now
    if not (now.made or now.changed or now.stands):
        connection.execute(_SWITCH, {"to": -seq})
        connection.execute(sa.delete(schema.act).where(schema.act.c.seq == seq))
    else:
        _close(now)
    connection.execute(_SWITCH, {"to": None})


_NEXT = sa.select(sa.func.coalesce(sa.func.max(schema.act.c.seq), 0) + 1)
_SWITCH = sa.update(schema.current_act).values(act=sa.bindparam("to"))
_BEGUN = schema.act.insert()
_SUMMED_UP = (
    sa.update(schema.act)
    .where(schema.act.c.seq == sa.bindparam("of"))
    .values(summary=sa.bindparam("said"))
)
_TURN = sa.select(schema.current_act.c.one).with_for_update()


def wait_for_turn(connection: Connection) -> None:
    """Wait for one's turn to write: acts come one after the other, on both databases."""
    connection.execute(_TURN).one()


def _close(now: Act) -> None:
    connection = now.connection
    connection.execute(_SUMMED_UP, {"of": now.seq, "said": now.summary})
    if now.made:
        connection.execute(
            schema.act_made.insert(),
            [{"act": now.seq, "table_name": t, "made": n} for t, n in sorted(now.made.items())],
        )
    if now.report is not None:
        connection.execute(schema.act_report.insert().values(act=now.seq, report=now.report))
    seals.close(connection, now.seq, now.row_digests)


def log(connection: Connection, newest: int | None = None) -> list[dict[str, Any]]:
    """Return the acts, newest first: seq, at, who, verb, kind, summary, reverses, undone, merged.

    `merged` are the acts of another copy that an act brought here, in their order there.
    """
    acts = schema.act
    merged = foreign.acts_by_merge(connection)
    undone = undone_acts(connection)
    query = sa.select(acts).order_by(acts.c.seq.desc())
    if newest is not None:
        query = query.limit(newest)
    return [
        {
            **{k: row[k] for k in ("seq", "at", "who", "verb", "kind", "summary", "reverses")},
            "undone": row["seq"] in undone,
            "merged": merged.get(row["seq"], []),
        }
        for row in connection.execute(query).mappings()
    ]


def moments(connection: Connection) -> dict[int, str]:
    """Return when each act was, by its number, in their order."""
    acts = schema.act
    query = sa.select(acts.c.seq, acts.c.at).order_by(acts.c.seq)
    return {int(seq): str(at) for seq, at in connection.execute(query)}


def changes(connection: Connection, seq: int) -> list[dict[str, Any]]:
    """Return the changes of one act in their order: table_name, row_id, before, after."""
    change = schema.change
    rows = connection.execute(
        sa.select(change.c.table_name, change.c.row_id, change.c.before, change.c.after)
        .where(change.c.act == seq)
        .order_by(change.c.seq)
    )
    return [dict(r) for r in rows.mappings()]


def first(connection: Connection) -> str:
    """Return the id of the first act, empty before it: copies of one project share it."""
    query = sa.select(schema.act.c.id).order_by(schema.act.c.seq).limit(1)
    return connection.execute(query).scalar() or ""


def newest(connection: Connection) -> str:
    """Return the id of the newest act, empty before the first: what was read is then current."""
    query = sa.select(schema.act.c.id).order_by(schema.act.c.seq.desc()).limit(1)
    return connection.execute(query).scalar() or ""


def as_of(connection: Connection, table: str, row_id: str, seq: int) -> dict[str, Any] | None:
    """Return a row as it was after an act, if it was changed since; else None."""
    change = schema.change
    query = (
        sa.select(change.c.before)
        .where(change.c.table_name == table, change.c.row_id == row_id, change.c.act > seq)
        .order_by(change.c.seq)
        .limit(1)
    )
    before = connection.execute(query).scalar()
    return dict(before) if before is not None else None


def kind_of(connection: Connection, seq: int) -> str:
    """Return whether an act was done, undoes one or does one again: do, undo or redo."""
    acts = schema.act
    return str(connection.execute(sa.select(acts.c.kind).where(acts.c.seq == seq)).scalar_one())


def made_by(connection: Connection, seq: int) -> dict[str, str]:
    """Return who did an act, and when."""
    acts = schema.act
    row = connection.execute(sa.select(acts.c.who, acts.c.at).where(acts.c.seq == seq)).one()
    return {"who": row.who, "at": row.at}


def same(value: object, logged: object) -> bool:
    """Whether a value is what the history logged: SQLite logs 15 digits of a number."""
    if isinstance(value, float) and isinstance(logged, int | float):
        return math.isclose(value, logged, rel_tol=1e-13)
    return value == logged
