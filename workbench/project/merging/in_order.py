"""The rows of each list get their places."""

from collections import defaultdict

from workbench.project.merging import rules
from workbench.project.merging.joined import Joined
from workbench.project.merging.order import merged_order, places
from workbench.project.merging.planned import Rows, State
from workbench.project.merging.rules import Row


def set_in_order(joined: Joined) -> None:
    """Give the rows of each list their places."""
    for table, scope in rules.ORDERED.items():
        if not joined.theirs.get(table):
            continue
        lists = {_scope(scope, r) for r in joined.theirs[table].values()}
        final = {**joined.held.get(table, {}), **joined.final.get(table, {})}
        by_list: dict[tuple[object, ...], Rows] = defaultdict(dict)
        for row_id, row in final.items():
            if not row.get("withdrawn") and _scope(scope, row) in lists:
                by_list[_scope(scope, row)][row_id] = row
        for of, rows in by_list.items():
            here, comes_out = _released(joined, rows)
            if not (here and comes_out):
                _order(joined, table, of, rows, as_there=comes_out)


def _released(joined: Joined, rows: Rows) -> tuple[bool, bool]:
    """Whether a list is of a framework version that is released here, and comes out released."""
    version = next(iter(rows.values())).get("framework_version_id", "")
    here, final = (
        joined.find("framework_version", version, state) or {}
        for state in (joined.mine, joined.final)
    )
    return here.get("state") == "released", final.get("state") == "released"


def _order(
    joined: Joined, table: str, of: tuple[object, ...], rows: Rows, *, as_there: bool
) -> None:
    here, there, then = (
        _listed(joined, table, of, rows, state)
        for state in (joined.mine, joined.theirs, joined.base)
    )
    order = there if as_there else merged_order(then, here, there)
    if order is None:
        name = str(of[0]) if of else ""
        said = joined.ask("order", table, name, (), {"order": here}, {"order": there})
        order = merged_order(there if said == "mine" else here, here, there) or tuple(here)
    held = {i: int(r["position"]) for i, r in rows.items()}
    if [i for i in order if i in here] == here and set(order) == set(here):
        return
    for row_id, position in places(order, held).items():
        if rows[row_id]["position"] != position:
            joined.final.setdefault(table, {})[row_id] = {**rows[row_id], "position": position}


def _listed(
    joined: Joined, table: str, of: tuple[object, ...], rows: Rows, state: State
) -> list[str]:
    """Return the ids of the rows of a list that live in a state, in its order."""
    found, touched = [], _touched(joined, table)
    for row_id, row in rows.items():
        told = state.get(table, {}).get(row_id) if row_id in touched else row
        if told is None or told.get("withdrawn"):
            continue
        if _scope(rules.ORDERED[table], told) == of:
            found.append((told["position"], row_id))
    return [row_id for _, row_id in sorted(found)]


def _touched(joined: Joined, table: str) -> set[str]:
    states = (joined.base, joined.mine, joined.theirs)
    return {i for state in states for i in state.get(table, {})}


def _scope(columns: tuple[str, ...], row: Row) -> tuple[object, ...]:
    return tuple(row[c] for c in columns)
