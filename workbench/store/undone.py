"""Which acts are undone at the moment."""

import functools
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.store import schema


def standing_undos(connection: Connection) -> list[tuple[int, int]]:
    """Return (act undone, undo act) for every undo that was not redone."""
    return [(int(a), int(u)) for a, u in connection.execute(_undos_that_stand())]


def undone_acts(connection: Connection) -> set[int]:
    """Return the acts that an undo took back and no redo did again."""
    return {act for act, _ in standing_undos(connection)}


@functools.cache
def _undos_that_stand() -> sa.Select[Any]:
    undo, redo = schema.act.alias(), schema.act.alias()
    redone = sa.exists().where(redo.c.kind == "redo", redo.c.reverses == undo.c.seq)
    return sa.select(undo.c.reverses, undo.c.seq).where(undo.c.kind == "undo", ~redone)
