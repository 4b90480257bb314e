"""The way back: undo and redo of whole acts, refused where later work rests on them."""

import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from workbench.errors import NothingToRedo, NothingToUndo, NoWayBack, UndoBlocked
from workbench.store import drafts, removing, schema, seals, standing, words
from workbench.store.history import Act, act, changes, same, wait_for_turn
from workbench.store.places import make_room
from workbench.store.undone import standing_undos, undone_acts

_BOOKKEEPING = ("row_version", "changed_in")


def undo(connection: Connection, who: str, only_of: str | None = None) -> str:
    """Take back the newest act that stands (of one person, when asked); return its summary.

    Raises:
        NothingToUndo: no act stands.
        UndoBlocked: later work rests on it.
        NoWayBack: what it was about was removed for good.
    """
    wait_for_turn(connection)
    acts = schema.act
    undone = undone_acts(connection)
    query = sa.select(acts).where(acts.c.kind == "do").order_by(acts.c.seq.desc())
    if only_of is not None:
        query = query.where(acts.c.who == only_of)
    for row in connection.execute(query).mappings():
        if row["seq"] not in undone:
            _reverse(connection, row, who, "undo")
            return str(row["summary"])
    raise NothingToUndo(only_of)


def redo(connection: Connection, who: str, only_of: str | None = None) -> str:
    """Do again what the newest undo (of one person, when asked) took back; return its summary.

    Raises:
        NothingToRedo: no undo stands, or something new was done after it.
        UndoBlocked: later work rests on what the undo left.
        NoWayBack: what it was about was removed for good.
    """
    wait_for_turn(connection)
    acts = schema.act
    mine = acts.c.who == only_of if only_of is not None else sa.true()
    undos = set(
        connection.execute(sa.select(acts.c.seq).where(acts.c.kind == "undo", mine)).scalars()
    )
    standing = [(a, u) for a, u in standing_undos(connection) if u in undos]
    last_new = connection.execute(
        sa.select(sa.func.coalesce(sa.func.max(acts.c.seq), 0)).where(acts.c.kind == "do", mine)
    ).scalar_one()
    if not standing or max(u for _, u in standing) < last_new:
        raise NothingToRedo
    undone, seq = max(standing, key=lambda pair: pair[1])
    row = connection.execute(sa.select(acts).where(acts.c.seq == seq)).mappings().one()
    _reverse(connection, row, who, "redo")
    return str(
        connection.execute(sa.select(acts.c.summary).where(acts.c.seq == undone)).scalar_one()
    )


def _reverse(connection: Connection, target: RowMapping, who: str, kind: str) -> None:
    """Write the act that turns every row of `target` back to what it was before it."""
    if target["seq"] <= removing.newest(connection):
        raise NoWayBack(str(target["summary"]))
    logged = _without_made(connection, _by_table(changes(connection, target["seq"])), target)
    for table, rows in logged.items():
        _refuse_newer_edits(connection, table, rows, target)
        because = words.lost_by(connection, table, rows, target["seq"])
        if because:
            raise UndoBlocked(str(target["summary"]), because)
    made = _made_here(connection, target)
    needed = _people_needed(connection, target) if schema.person in made else set()
    for table in made:
        _refuse_later_work(connection, table, target, needed)
    drafted = drafts.drafts_changed(connection, target)
    drafts.refuse_later_drafting(connection, drafted, target)
    try:
        with act(connection, who, kind, kind=kind, reverses=target["seq"]) as now:
            now.says(f"{kind}: {str(target['summary']).removeprefix('undo: ')}")
            now.stands = True
            for table in made:
                _withdraw_made(now, table, target, needed)
            for table, rows in _in_turn(logged):
                _restore(now, table, rows)
            for table, rows in logged.items():
                _refuse_orphans(now, table, rows.values(), target)
            because = standing.fallen(connection, now.seq)
            if because:
                raise UndoBlocked(str(target["summary"]), because)
            drafts.refuse_uncoded(connection, drafted, target)
    except sa.exc.IntegrityError as error:
        because = "something of the same name was added after it"
        raise UndoBlocked(str(target["summary"]), because) from error


def _by_table(logged: Iterable[dict[str, Any]]) -> "Logged":
    """Group an act's changes: table → row id → first before and last after."""
    grouped: dict[sa.Table, dict[str, dict[str, Any]]] = defaultdict(dict)
    for entry in logged:
        rows, form = grouped[schema.ROWS[entry["table_name"]]], seals.form(entry["table_name"])
        first = rows.get(entry["row_id"])
        before = first["before"] if first else form.filled(entry["before"])
        rows[entry["row_id"]] = {"before": before, "after": form.filled(entry["after"])}
    return grouped


Logged = dict[sa.Table, dict[str, dict[str, Any]]]


def _without_made(connection: Connection, logged: Logged, target: RowMapping) -> Logged:
    """Leave out rows that the act itself made and withdrew: there is no way back for them."""
    found: Logged = {}
    for table, rows in logged.items():
        gone = [i for i, e in rows.items() if e["after"]["withdrawn"] > e["before"]["withdrawn"]]
        made: set[str] = set()
        for ids in _chunks(gone):
            own = table.c.made_in == target["seq"]
            made.update(
                connection.execute(sa.select(table.c.id).where(own, table.c.id.in_(ids))).scalars()
            )
        found[table] = {i: entry for i, entry in rows.items() if i not in made}
    return found


def _refuse_newer_edits(
    connection: Connection,
    table: sa.Table,
    logged: Mapping[str, dict[str, Any]],
    target: RowMapping,
) -> None:
    """Check that each row still is what the act left.

    Raises:
        UndoBlocked: one was edited since.
    """
    compared = [c for c in table.c if c.name not in (*_BOOKKEEPING, *_bulky(table))]
    for ids in _chunks(list(logged)):
        rows = connection.execute(sa.select(*compared).where(table.c.id.in_(ids))).mappings()
        for row in rows:
            after = logged[row["id"]]["after"]
            if any(not same(row[c.name], after[c.name]) for c in compared):
                raise UndoBlocked(target["summary"], f"a {_spoken(table)} was changed after it")
            if table is schema.framework_version and _released_by(logged[row["id"]]):
                _refuse_when_used(connection, row["id"], target)


def _in_turn(logged: Logged) -> Iterator[tuple[sa.Table, dict[str, dict[str, Any]]]]:
    """Yield what is restored in such an order that parts change while their version is a draft.

    Versions that go make room before others of their number come back.
    """
    versions = logged.get(schema.framework_version, {})
    going = {i: e for i, e in versions.items() if e["before"]["withdrawn"]}
    versions = {i: e for i, e in versions.items() if i not in going}
    drafts_again = {i: e for i, e in versions.items() if e["before"]["state"] == "draft"}
    yield schema.framework_version, going
    yield schema.framework_version, drafts_again
    for table, rows in logged.items():
        if table is not schema.framework_version:
            yield table, rows
    yield schema.framework_version, {i: e for i, e in versions.items() if i not in drafts_again}


def _restore(now: Act, table: sa.Table, logged: Mapping[str, dict[str, Any]]) -> None:
    """Set the rows back to what they were before, but for their row_version.

    Those that are withdrawn go first and those that come back last: others may want the
    names of the first, or have those of the last.
    """
    batches: dict[tuple[int, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    staying: dict[str, dict[str, Any]] = {}
    for row_id, entry in logged.items():
        before, after = entry["before"], entry["after"]
        turn = 0 if before["withdrawn"] else 2 if after["withdrawn"] else 1
        names = [n for n in before if n != "row_version" and before[n] != after.get(n)]
        values = {n: _typed(table.c[n], before[n]) for n in names}
        if turn == 1:
            staying[row_id] = values
        bound = {f"to_{n}": value for n, value in values.items()}
        batches[(turn, tuple(names))].append({"of_id": row_id, **bound})
    make_room(now, table.name, staying)
    for (_, columns), rows in sorted(batches.items(), key=lambda batch: batch[0]):
        if columns:
            now.connection.execute(
                sa.update(table)
                .where(table.c.id == sa.bindparam("of_id"))
                .values(
                    row_version=table.c.row_version + 1,
                    **{n: sa.bindparam(f"to_{n}") for n in columns},
                ),
                rows,
            )
            now.changed += len(rows)


def _typed(column: sa.Column[Any], value: Any) -> Any:
    """Return a logged value as the column wants it: SQLite logs booleans as 0 and 1."""
    return bool(value) if isinstance(column.type, sa.Boolean) and value is not None else value


def _made_here(connection: Connection, target: RowMapping) -> list[sa.Table]:
    """Return the tables of which the act made rows that still live, the last of them first."""
    found = set(connection.execute(_tables_made(), {"act": target["seq"]}).scalars())
    return [table for name, table in reversed(schema.ROWS.items()) if name in found]


@functools.cache
def _tables_made() -> sa.CompoundSelect[Any]:
    """Return the query for the names of tables that hold a live row of an act."""
    return sa.union_all(
        *(
            sa.select(sa.literal_column(f"'{name}'")).where(
                sa.exists().where(table.c.made_in == sa.bindparam("act"), ~table.c.withdrawn)
            )
            for name, table in schema.ROWS.items()
        )
    )


def _mine(
    table: sa.Table, target: RowMapping, besides: Collection[str] = ()
) -> sa.ColumnElement[bool]:
    """Say of a row that it lives and that the act made it; `besides` are ids left out."""
    mine = sa.and_(table.c.made_in == target["seq"], ~table.c.withdrawn)
    return sa.and_(mine, table.c.id.not_in(besides)) if besides else mine


def _people_needed(connection: Connection, target: RowMapping) -> set[str]:
    """Return ids of the people whom the act made in passing and whom later work needs.

    They stay in the team when the act is undone: a coder whom it was the first to name, say,
    and in whose name others have coded since. An act that adds a person is about nobody
    else, so that its undo is refused instead.
    """
    person = schema.person
    if target["verb"] == "add person":
        return set()
    edited = sa.select(person.c.id).where(
        _mine(person, target), person.c.changed_in > target["seq"]
    )
    needed = set(connection.execute(edited).scalars())
    for child, column in _references(person):
        used = (
            sa.select(person.c.id)
            .join(child, column == person.c.id)
            .where(_mine(person, target), ~child.c.withdrawn, child.c.made_in != target["seq"])
        )
        needed.update(connection.execute(used.distinct()).scalars())
    return needed


def _refuse_later_work(
    connection: Connection, table: sa.Table, target: RowMapping, besides: Collection[str]
) -> None:
    """Check that nothing rests on the live rows that the act made in one table.

    Raises:
        UndoBlocked: one was edited since, or a live row of a later act refers to one. A row
            that the act itself turned to one is turned back.
    """
    besides = besides if table is schema.person else ()
    asked = {"act": target["seq"], "besides": list(besides)}
    edited, resting = _later_work(table)
    if connection.execute(edited, asked).first():
        raise UndoBlocked(target["summary"], f"a {_spoken(table)} was changed after it")
    for child, query in resting:
        if connection.execute(query, asked).first():
            raise UndoBlocked(
                target["summary"], f"a {_spoken(child)} of later rests on its {_spoken(table)}"
            )
    if table is schema.case_span:
        _refuse_when_cited(connection, target)


@functools.cache
def _later_work(
    table: sa.Table,
) -> tuple[sa.Select[Any], list[tuple[sa.Table, sa.Select[Any]]]]:
    """Return the queries for rows of `act` that were edited since, and for what rests on them.

    `besides` are ids left out.
    """
    change = schema.change
    act: sa.BindParameter[Any] = sa.bindparam("act")
    mine = sa.and_(
        table.c.made_in == act,
        ~table.c.withdrawn,
        table.c.id.not_in(sa.bindparam("besides", expanding=True)),
    )
    resting = []
    for child, column in _references(table):
        turned_back = sa.select(change.c.row_id).where(
            change.c.act == act, change.c.table_name == child.name
        )
        query = (
            sa.select(child.c.id)
            .join(table, column == table.c.id)
            .where(mine, ~child.c.withdrawn, child.c.made_in != act)
            .where(child.c.id.not_in(turned_back))
            .limit(1)
        )
        resting.append((child, query))
    return sa.select(table.c.id).where(mine, table.c.changed_in > act).limit(1), resting


def _refuse_when_cited(connection: Connection, target: RowMapping) -> None:
    """Check that nothing of later has a statement rest on words that the act gave to its case.

    Statements of before rest on what the case had before, which is given back; codings
    that the act itself put on these words are turned back with it.

    Raises:
        UndoBlocked: one does.
    """
    change = schema.change
    turned_back = sa.select(change.c.row_id).where(
        change.c.act == target["seq"], change.c.table_name == "coding"
    )
    later = sa.and_(
        sa.or_(
            schema.statement.c.changed_in > target["seq"],
            schema.statement_evidence.c.made_in > target["seq"],
            schema.coding.c.changed_in > target["seq"],
        ),
        schema.coding.c.id.not_in(turned_back),
    )
    if words.resting_on_spans(connection, _mine(schema.case_span, target), later):
        raise UndoBlocked(target["summary"], "a statement of later rests on words of that case")


def _released_by(entry: Mapping[str, Any]) -> bool:
    return bool(entry["before"]["state"] == "draft" and entry["after"]["state"] == "released")


def _refuse_when_used(connection: Connection, version_id: str, target: RowMapping) -> None:
    """Check that nothing was built on a release before it becomes a draft again.

    Raises:
        UndoBlocked: a run, a round of charting or a child version came after it.
    """
    run, charting, child = schema.run, schema.charting_round, schema.framework_version
    for table, column in (
        (run, run.c.framework_version_id),
        (charting, charting.c.framework_version_id),
        (child, child.c.parent_id),
    ):
        later = sa.select(table.c.id).where(
            column == version_id, ~table.c.withdrawn, table.c.made_in > target["seq"]
        )
        if connection.execute(later.limit(1)).first():
            because = f"a {_spoken(table)} of later rests on the release"
            raise UndoBlocked(target["summary"], because)


def _withdraw_made(now: Act, table: sa.Table, target: RowMapping, besides: Collection[str]) -> None:
    """Withdraw the live rows that the act made in one table."""
    mine = _mine(table, target, besides if table is schema.person else ())
    now.changed += now.connection.execute(
        sa.update(table)
        .where(mine)
        .values(withdrawn=True, row_version=table.c.row_version + 1, changed_in=now.seq)
    ).rowcount


_MAY_GO: tuple[sa.Table, ...] = (schema.coding, schema.statement, schema.own_statement)
"""Rows that a person may withdraw while others cite them, which then are stale or open."""
_IDENTITIES: tuple[sa.Table, ...] = (schema.category, schema.code)
"""Rows that stand for one id in all versions, also of a framework that was added anew."""


def _refuse_orphans(
    now: Act, table: sa.Table, logged: Collection[Mapping[str, Any]], target: RowMapping
) -> None:
    """Check that no live row refers to one that was just withdrawn, or lives without its own.

    Raises:
        UndoBlocked: somebody else's work since needs what would go, or took what it needs.
    """
    went = any(e["before"]["withdrawn"] and not e["after"]["withdrawn"] for e in logged)
    came = any(e["after"]["withdrawn"] and not e["before"]["withdrawn"] for e in logged)
    if went and table not in _MAY_GO:
        for child, column in _references(table):
            if child is not schema.memo and _orphaned(now, child, column, table, of=table):
                because = f"a {_spoken(child)} of later rests on its {_spoken(table)}"
                raise UndoBlocked(target["summary"], because)
    for key in table.foreign_keys if came and table not in _IDENTITIES else ():
        parent = key.column.table
        if (
            parent.name in schema.ROWS
            and parent is not table
            and parent not in _MAY_GO
            and _orphaned(now, table, key.parent, parent, of=table)
        ):
            because = f"the {_spoken(parent)} of its {_spoken(table)} was taken back after it"
            raise UndoBlocked(target["summary"], because)


def _orphaned(
    now: Act,
    child: sa.Table,
    column: sa.ColumnElement[Any],
    parent: sa.Table,
    *,
    of: sa.Table,
) -> bool:
    """Whether a live row refers to a withdrawn one, where this act changed the one `of` a table."""
    change = schema.change
    changed = sa.select(change.c.row_id).where(
        change.c.act == now.seq, change.c.table_name == of.name
    )
    query = (
        sa.select(child.c.id)
        .join(parent, column == parent.c.id)
        .where(parent.c.withdrawn, ~child.c.withdrawn, of.c.id.in_(changed))
    )
    return now.connection.execute(query.limit(1)).first() is not None


def _references(table: sa.Table) -> Iterator[tuple[sa.Table, sa.ColumnElement[Any]]]:
    """Yield every column of another table that refers to rows of this one."""
    for child in schema.ROWS.values():
        for key in child.foreign_keys:
            if key.column.table is table and child is not table:
                yield child, key.parent
    if table.name != "memo":
        yield schema.memo, schema.memo.c.anchor_id


def _spoken(table: sa.Table) -> str:
    return table.name.replace("_", " ")


def _bulky(table: sa.Table) -> tuple[str, ...]:
    return schema.BULKY.get(table.name, ())


def _chunks(items: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]
