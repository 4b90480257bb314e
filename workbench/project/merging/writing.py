"""A plan of a merge is written: rows come with their ids, and drafts have their steps told anew."""

import datetime
from collections.abc import Iterable

from sqlalchemy.engine import Connection

from workbench.model.framework import FrameworkVersion, Step
from workbench.project.framework_rows import as_version
from workbench.project.merging import rules
from workbench.project.merging.planned import Plan
from workbench.project.merging.sides import Sides
from workbench.project.names import Names
from workbench.project.step_rows import write_steps
from workbench.stages.framework import steps
from workbench.stages.framework.retelling import By, retold
from workbench.store import records, schema
from workbench.store.history import Act
from workbench.store.ids import fresh_id
from workbench.store.places import make_room
from workbench.store.records import Row


def write_plan(act: Act, there: Connection, sides: Sides, plan: Plan) -> None:
    """Write a plan: what goes first, then table by table what changes and what comes."""
    for table, rows in plan.updates.items():
        gone = [i for i, values in rows.items() if values.get("withdrawn")]
        records.withdraw(act, table, gone)
    released: dict[str, Row] = {}
    for table in schema.ROWS:
        changed = {
            i: {n: v for n, v in values.items() if not (n == "withdrawn" and v)}
            for i, values in plan.updates.get(table, {}).items()
        }
        fresh = [dict(row) for _, row in sorted(plan.inserts.get(table, {}).items())]
        if table == "cell":
            _date_cells(act, sides, [*changed.values(), *fresh])
        if table == "framework_version":
            released |= _put_off(changed, fresh)
        led = _to_rows_alike(table, changed)
        back = {i: changed.pop(i) for i in list(changed) if "withdrawn" in changed[i]}
        make_room(act, table, changed)
        records.update_several(act, table, {i: v for i, v in changed.items() if v})
        records.update_several(act, table, back)
        _insert(act, there, table, fresh)
        records.update_several(act, table, led)
    records.update_several(act, "framework_version", released)


def _put_off(changed: dict[str, Row], fresh: list[Row]) -> dict[str, Row]:
    """Return the releases among changes, which wait until all that is released stands there."""
    found: dict[str, Row] = {}
    for row_id, values in changed.items():
        if values.get("state") == "released":
            found[row_id] = {n: values.pop(n) for n in ("state", "sha256") if n in values}
    for row in fresh:
        if row["state"] == "released":
            found[row["id"]] = {n: row[n] for n in ("state", "sha256")}
            row |= {"state": "draft", "sha256": ""}
    return found


def _to_rows_alike(table: str, changed: dict[str, Row]) -> dict[str, Row]:
    """Return the changes of what rows refer to in their own table: that may only be coming."""
    own = [column for column, to in rules.references(table) if to == table]
    led = {i: {n: values.pop(n) for n in own if n in values} for i, values in changed.items()}
    return {i: values for i, values in led.items() if values}


def _date_cells(act: Act, sides: Sides, cells: Iterable[Row]) -> None:
    """Have cells say which act here wrote them; what was written elsewhere, this one did."""
    for cell in cells:
        wrote, reviewed = cell.get("written_in"), cell.get("reviewed_in")
        for name in ("written_in", "reviewed_in"):
            if name in cell:
                cell[name] = sides.act_here(cell[name], act.seq)
        both = wrote and reviewed and cell["written_in"] == cell["reviewed_in"] == act.seq
        if both and not sides.later_there(reviewed, wrote):
            cell["reviewed_in"] = 0


def _insert(act: Act, there: Connection, table: str, rows: list[Row]) -> None:
    """Insert rows with the ids that they have there, and with their bulky columns."""
    bulky = schema.BULKY.get(table, ())
    if bulky:
        told = records.by_ids(there, table, [r["id"] for r in rows], "id", *bulky)
        held = {r["id"]: r for r in told}
        rows = [{**r, **held[r["id"]]} for r in rows]
    gone = [row["id"] for row in rows if row["withdrawn"]]
    for row in rows:
        del row["withdrawn"]
        if "+" in row["id"]:
            row["id"] = fresh_id()
    records.insert(act, table, rows, checked=False)
    records.withdraw(act, table, gone)


def tell_steps_anew(act: Act, drafts: Iterable[str]) -> list[str]:
    """Have the steps of drafts that both sides worked on give exactly what came out.

    Returned are the ids of the drafts to which no steps lead.
    """
    odd = []
    names = Names(act.connection)
    versions = {v["id"]: v for v in names.versions()}
    for version_id in drafts:
        row = versions.get(version_id)
        parent = versions.get(row["parent_id"]) if row else None
        if row is None or parent is None or row["state"] == "released":
            continue
        before, after = as_version(act.connection, parent), as_version(act.connection, row)
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        told = retold(before, _still_so(after), after, By(act.who, today, "two copies merged"))
        if steps.apply(before, told, after):
            odd.append(version_id)
        else:
            write_steps(act, version_id, told)
    return odd


def _still_so(version: FrameworkVersion) -> list[Step]:
    """Return the steps but for retirements of what is there and additions of what is not."""
    ids = {c.code_id for c in version.codes} | {c.category_id for c in version.categories}
    return [
        step
        for step in version.steps
        if not (step.kind == "retire" and ids & set(step.before))
        and not (step.kind == "add" and not ids & set(step.after))
    ]
