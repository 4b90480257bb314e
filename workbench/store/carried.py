"""Codings that were carried from one run to another: what of a run came over, what waits."""

from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.store.records import Row
from workbench.store.schema import ROWS, act


class Came(NamedTuple):
    """What became of one coding in another run."""

    coding_id: str
    code_id: str
    live: bool
    stayed: bool
    """Whether it stands where that one stands."""


def came(connection: Connection, run_id: str) -> dict[str, Came]:
    """Return coding → what it became in a run that was carried from its run.

    One that somebody withdrew there is among them; one that an undo took back is not.
    """
    c, of = ROWS["coding"], ROWS["coding"].alias()
    place = ("transcript_version_id", "start", "stop")
    stayed = sa.and_(*(c.c[n] == of.c[n] for n in place))
    query = (
        sa.select(c.c.from_id, c.c.id, c.c.code_id, c.c.withdrawn, stayed)
        .join(act, act.c.seq == c.c.changed_in)
        .join(of, of.c.id == c.c.from_id)
        .where(c.c.run_id == run_id, c.c.from_id.is_not(None))
        .where(sa.or_(~c.c.withdrawn, act.c.kind != "undo"))
        .order_by(c.c.withdrawn.desc(), c.c.id)
    )
    return {
        str(source): Came(str(one), str(code), not withdrawn, bool(stayed))
        for source, one, code, withdrawn, stayed in connection.execute(query)
    }


def waiting(connection: Connection, run: Row) -> list[str]:
    """Return ids of the live codings of the run that a run was carried from, and that wait.

    They are those that did not come over and of which nobody decided; of a run that was
    not carried, none. They are in the order in which they were made.
    """
    if run["from_id"] is None:
        return []
    c, d = ROWS["coding"], ROWS["decision"]
    decided = sa.select(d.c.coding_id).where(d.c.run_id == run["id"], ~d.c.withdrawn)
    query = (
        sa.select(c.c.id)
        .where(c.c.run_id == run["from_id"], ~c.c.withdrawn, c.c.id.not_in(decided))
        .order_by(c.c.id)
    )
    over = came(connection, str(run["id"]))
    return [str(one) for one in connection.execute(query).scalars() if one not in over]


def statements(connection: Connection, framework_version_id: str) -> set[str]:
    """Return ids of the statements that were carried to the cells of a framework version.

    One that somebody withdrew there is among them; one that an undo took back is not.
    """
    s, cell = ROWS["statement"], ROWS["cell"]
    query = (
        sa.select(s.c.from_id)
        .join(cell, cell.c.id == s.c.cell_id)
        .join(act, act.c.seq == s.c.changed_in)
        .where(cell.c.framework_version_id == framework_version_id, s.c.from_id.is_not(None))
        .where(sa.or_(~s.c.withdrawn, act.c.kind != "undo"))
    )
    return {str(one) for one in connection.execute(query).scalars()}
