"""Runs that are shut to who reads: a connection that has them sees nothing of their codings.

Whatever is selected by it lacks the codings of these runs, and the rows that lead to them: what a
statement, link or finding cites, quotations of reports, verifications, decisions, and memos at
a coding. It is done where a query is sent, so that no door has to think of it.
"""

from collections.abc import Callable, Collection
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.sql import visitors
from sqlalchemy.sql.util import ClauseAdapter

from workbench.store.schema import ROWS

CITING = (
    "statement_evidence",
    "link_evidence",
    "finding_evidence",
    "quotation",
    "verification",
    "decision",
    "own_evidence",
)
"""The tables of rows that each lead to one coding."""
_LEADING = ("coding", *CITING, "memo")
"""Codings are first: what is left out of the others looks for all of them."""
_LOOKED_THROUGH: WeakKeyDictionary[Any, tuple[str, ...]] = WeakKeyDictionary()
_SHUT, _WHOLE = "shut runs", "sees shut runs"


def without(connection: Connection, runs: Callable[[], Collection[str]]) -> Connection:
    """Return the connection as one that sees nothing of runs; they are asked for at need."""
    return connection.execution_options(**{_SHUT: cache(runs)})


def of(connection: Connection) -> set[str]:
    """Return the ids of the runs that are shut to a connection."""
    runs = connection.get_execution_options().get(_SHUT)
    return set(runs()) if runs else set()


def whole(query: sa.Select[Any] | sa.CompoundSelect[Any]) -> Any:
    """Return a query that sees shut runs too, by whatever connection."""
    return query.execution_options(**{_WHOLE: True})


def listen(engine: Engine) -> None:
    """Let queries be sent without what is shut to their connection."""
    sa.event.listen(engine, "before_execute", _leave_out, retval=True)


def _leave_out(
    connection: Connection, query: Any, several: Any, values: Any, options: Any
) -> tuple[Any, Any, Any]:
    if _SHUT not in connection.get_execution_options() or options.get(_WHOLE):
        return query, several, values
    if isinstance(query, sa.Select | sa.CompoundSelect):
        tables = _leading(query)
        if tables and (runs := of(connection)):
            for name in tables:
                query = ClauseAdapter(_seen(name, runs)).traverse(query)
    return query, several, values


def _leading(query: Any) -> tuple[str, ...]:
    """Return which of the tables that lead to codings a query asks; it is looked through once."""
    found = _LOOKED_THROUGH.get(query)
    if found is None:
        met = {id(one) for one in visitors.iterate(query)}
        found = tuple(name for name in _LEADING if id(ROWS[name]) in met)
        _LOOKED_THROUGH[query] = found
    return found


def _seen(table: str, runs: Collection[str]) -> sa.Subquery:
    """Return what is seen of a table, under its own name."""
    t, c = ROWS[table], ROWS["coding"]
    shut = sa.select(c.c.id).where(c.c.run_id.in_(sorted(runs)))
    seen: sa.ColumnElement[bool]
    if table == "coding":
        seen = c.c.run_id.not_in(sorted(runs))
    elif table == "memo":
        seen = sa.or_(t.c.anchor != "coding", t.c.anchor_id.not_in(shut))
    else:
        seen = t.c.coding_id.not_in(shut)
    return sa.select(t).where(seen).subquery(t.name)
