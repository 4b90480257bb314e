"""Places that only one live row may have: what is to change places there makes room first."""

from collections.abc import Mapping
from functools import cache
from typing import Any

import sqlalchemy as sa

from workbench.store import records, schema
from workbench.store.history import Act


@cache
def unique(table: str) -> tuple[str, ...]:
    """Return the columns in which no two live rows of a table may be alike, or none."""
    indexes = (index for index in schema.ROWS[table].indexes if index.unique)
    return next((tuple(column.name for column in index.columns) for index in indexes), ())


def make_room(act: Act, table: str, wanted: Mapping[str, Mapping[str, Any]]) -> None:
    """Move live rows aside whose place is to be another one's, before all get theirs.

    `wanted` has the columns that are to change, by the ids of rows.
    """
    key = unique(table)
    changing = {i: values for i, values in wanted.items() if any(n in values for n in key)}
    own = next((n for n in key if any(n in v for v in changing.values())), None)
    if own is None or len(changing) < 2:
        return
    rows = records.by_ids(act.connection, table, list(changing), "id", "withdrawn", *key)
    held = {r["id"]: {n: r[n] for n in key} for r in rows if not r["withdrawn"]}
    to_be = {tuple({**row, **changing[i]}[n] for n in key): i for i, row in held.items()}
    going = [i for i, row in held.items() if to_be.get(tuple(row.values()), i) != i]
    column = schema.ROWS[table].c[own]
    aside = {i: {own: _aside(column, i, n)} for n, i in enumerate(going, 1)}
    records.update_several(act, table, aside)


def _aside(column: sa.Column[Any], row_id: str, number: int) -> str | int:
    """Return a value that no other row has, for a moment."""
    return -number if isinstance(column.type, sa.Integer) else f"moving {row_id}"
