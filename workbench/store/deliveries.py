"""Deliveries: which operation of which browser client was carried out.

A browser that loses its connection sends again what it has not seen confirmed. Each client
numbers its operations in the order in which they were done and hands them in in that order,
so that its highest number says of all before it that they were handed in too: one row a
client is enough, and older ones go. A window that was closed never comes back: when a new one is
first seen, the rows of those that last did something 30 days ago go too. A row without an act
has no date and stays.

They stand beside the history and are no part of the work: no act makes them, no seal is
over them, and undo leaves them alone.
"""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.errors import DeliveredAlready
from workbench.store import history, schema

_KEPT_FOR = datetime.timedelta(days=30)


def highest(connection: Connection, client: str) -> int:
    """Return the highest number of a client's operations that was carried out, or 0."""
    d = schema.delivery
    query = sa.select(sa.func.coalesce(sa.func.max(d.c.number), 0)).where(d.c.client == client)
    return int(connection.execute(query).scalar_one())


@contextmanager
def carrying_out(connection: Connection, client: str, number: int) -> Iterator[None]:
    """Note that the one act written inside is a client's operation of that number.

    The note belongs to the caller's transaction: both stay or neither. An operation that
    changed nothing is noted without an act. The client waits for its turn to write before it
    looks, so that of two who hand in the same operation the second finds the first's note.

    Raises:
        DeliveredAlready: that operation, or one of the client's after it, was carried out.
    """
    d = schema.delivery
    history.wait_for_turn(connection)
    reached = highest(connection, client)
    if reached >= number:
        raise DeliveredAlready(client, number)
    before = _newest_act(connection)
    yield
    newest = _newest_act(connection)
    act = newest if newest > before else None
    connection.execute(d.insert().values(client=client, number=number, act=act))
    connection.execute(d.delete().where(d.c.client == client, d.c.number < number))
    if not reached:
        _forget_closed_windows(connection)


def _forget_closed_windows(connection: Connection) -> None:
    """Take away the rows whose acts are older than `_KEPT_FOR`."""
    d, a = schema.delivery, schema.act
    since = datetime.datetime.now(datetime.UTC) - _KEPT_FOR
    old = sa.exists().where(a.c.seq == d.c.act, a.c.at < since.isoformat(timespec="milliseconds"))
    connection.execute(d.delete().where(old))


def _newest_act(connection: Connection) -> int:
    acts = schema.act
    return int(
        connection.execute(sa.select(sa.func.coalesce(sa.func.max(acts.c.seq), 0))).scalar_one()
    )
