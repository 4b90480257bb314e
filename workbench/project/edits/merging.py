"""Another copy of the project comes in: what it did since the two went apart."""

import datetime
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.errors import Refused, Unanswered
from workbench.model.framework import FrameworkVersion, Step
from workbench.model.report import counted
from workbench.project.edits.draft_rows import write_steps
from workbench.project.edits.registry import edit
from workbench.project.framework_rows import as_version
from workbench.project.merging import Choices, MergeReport, Plan, Sides, called, read, tell
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.stages.framework import steps
from workbench.stages.framework.retelling import By, retold
from workbench.store import foreign, records, schema, standing
from workbench.store.collecting import uncollected
from workbench.store.history import Act
from workbench.store.ids import fresh_id
from workbench.store.records import Row


@edit("merge project")
def merge(act: Act, other: Project, choices: Choices | None = None) -> MergeReport:
    """Take over what another copy of this project did since the two went apart.

    What only one side changed is as that side has it, what both changed in the same way
    is so. The acts of the other copy are kept, and shown under this one. Nothing happens
    where they are all here already.

    Raises:
        Refused: the projects have no act in common; or both released one framework version
            with other content, or worked on it in ways that cannot be one; or what would
            come out breaks a law.
        Unanswered: both sides changed something in two ways, and `choices` do not say which
            is taken.
    """
    with uncollected():
        return _merged(act, other, choices or Choices())


def _merged(act: Act, other: Project, answer: Choices) -> MergeReport:
    name = called(other.where)
    with other.reading(whole=True) as there:
        sides = read(act.connection, there, name)
        plan = sides.plan(answer)
        report = tell(name, act.connection, there, sides, plan, answer)
        _refuse(act, plan, sides)
        if plan.unanswered:
            raise Unanswered(name, len(plan.unanswered))
        if not report.acts:
            return report
        try:
            _write(act, there, sides, plan)
        except sa.exc.IntegrityError as error:
            raise Refused(
                f"{name} cannot be merged: two things would be one, or go by one name. "
                "Give one of them another name on either side, and merge again."
            ) from error
    act.stands = True
    _tell_steps_anew(act, plan.drafts)
    brought = foreign.keep(act.connection, act.seq, sides.news, plan.same_things)
    _refuse_broken(act)
    act.says(f"Merged {name}: {counted(report.acts, 'acts')}")
    act.report = {**report.as_dict(), "brought": brought}
    return report


def _refuse(act: Act, plan: Plan, sides: Sides) -> None:
    for _, version_id in plan.refused:
        version = sides.here["framework_version"].get(version_id)
        version = version or Names(act.connection).version(version_id)
        framework = records.by_ids(act.connection, "framework", [version["framework_id"]])
        named = f"{framework[0]['name']}@{version['version']}"
        raise Refused(
            f"{named} was released in one copy, and is other than that in this one or the other. "
            "A released version never changes: undo the work on it on one side, or do it in a "
            "new draft, and merge again."
        )


def _write(act: Act, there: Connection, sides: Sides, plan: Plan) -> None:
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
        back = {i: changed.pop(i) for i in list(changed) if "withdrawn" in changed[i]}
        records.update_several(act, table, {i: v for i, v in changed.items() if v})
        records.update_several(act, table, back)
        _insert(act, there, table, fresh)
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


def _tell_steps_anew(act: Act, drafts: Iterable[str]) -> None:
    """Have the steps of drafts that both sides worked on give exactly what came out.

    Raises:
        Refused: no steps do.
    """
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
        problems = steps.apply(before, told, after)
        if problems:
            raise Refused(
                f"The draft {after.reference} was changed on both sides in ways that cannot be "
                f"one: {problems[0]} Undo the changes of it on one side, and merge again."
            )
        write_steps(act, version_id, told)


def _still_so(version: FrameworkVersion) -> list[Step]:
    """Return the steps but for retirements of what is there and additions of what is not."""
    ids = {c.code_id for c in version.codes} | {c.category_id for c in version.categories}
    return [
        step
        for step in version.steps
        if not (step.kind == "retire" and ids & set(step.before))
        and not (step.kind == "add" and not ids & set(step.after))
    ]


def _refuse_broken(act: Act) -> None:
    """Check that what came out keeps the laws.

    Raises:
        Refused: it does not, and did before.
    """
    because = standing.fallen(act.connection, act.seq)
    if because:
        raise Refused(
            f"The two copies cannot be one as they are: {because}. Settle it on either side, and "
            "merge again."
        )
    from workbench.project import laws  # loads pandas, which other acts do without

    broken = [f for f in laws.of_the_work(act.connection) if f.severity == "broken"]
    if broken:
        raise Refused(
            f"The two copies cannot be one as they are. {broken[0].sentence()} Settle it on "
            "either side, and merge again."
        )
