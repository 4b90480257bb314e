"""The history: who did what when, what each row was before, and the way back.

Every act is one transaction. A row knows the act it was made in; a change of a row is
logged by a trigger (see `triggers`) with the whole row before and after, so that no
update can slip by, however it is made.

A new row's *before* is nothing and its *after* is the row itself, until a change logs it.
"""

import datetime
import functools
import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from workbench.errors import NothingToRedo, NothingToUndo, UndoBlocked
from workbench.store import drafts, foreign, schema, seals, standing, words
from workbench.store.ids import fresh_id

_BOOKKEEPING = ("row_version", "changed_in")


class Act:
    """One act of the researcher while it is being written."""

    def __init__(self, connection: Connection, seq: int, who: str, verb: str) -> None:
        self.connection, self.seq, self.who, self.verb = connection, seq, who, verb
        self.made: Counter[str] = Counter()
        self.row_digests: list[bytes] = []
        self.changed = 0
        self.stands = False
        """Whether the act is one even if nothing was left for it to change."""
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
    switch, acts = schema.current_act, schema.act
    wait_for_turn(connection)
    seq = connection.execute(
        sa.select(sa.func.coalesce(sa.func.max(acts.c.seq), 0) + 1)
    ).scalar_one()
    connection.execute(sa.update(switch).values(act=seq))
    connection.execute(
        acts.insert().values(
            seq=seq,
            id=fresh_id(),
            at=datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds"),
            who=who,
            verb=verb,
            kind=kind,
            reverses=reverses,
            summary=verb,
        )
    )
    now = Act(connection, seq, who, verb)
    yield now
    if not (now.made or now.changed or now.stands):
        connection.execute(sa.update(switch).values(act=-seq))
        connection.execute(acts.delete().where(acts.c.seq == seq))
    else:
        _close(now)
    connection.execute(sa.update(switch).values(act=None))


def wait_for_turn(connection: Connection) -> None:
    """Wait for one's turn to write: acts come one after the other, on both databases."""
    connection.execute(sa.select(schema.current_act.c.one).with_for_update()).one()


def _close(now: Act) -> None:
    connection = now.connection
    connection.execute(
        sa.update(schema.act).where(schema.act.c.seq == now.seq).values(summary=now.summary)
    )
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
    undone = {seq for seq, _ in _standing_undos(connection)}
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


def changes(connection: Connection, seq: int) -> list[dict[str, Any]]:
    """Return the changes of one act in their order: table_name, row_id, before, after."""
    change = schema.change
    rows = connection.execute(
        sa.select(change.c.table_name, change.c.row_id, change.c.before, change.c.after)
        .where(change.c.act == seq)
        .order_by(change.c.seq)
    )
    return [dict(r) for r in rows.mappings()]


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


def made_by(connection: Connection, seq: int) -> dict[str, str]:
    """Return who did an act, and when."""
    acts = schema.act
    row = connection.execute(sa.select(acts.c.who, acts.c.at).where(acts.c.seq == seq)).one()
    return {"who": row.who, "at": row.at}


def _standing_undos(connection: Connection) -> list[tuple[int, int]]:
    """Return (act undone, undo act) for every undo that was not redone."""
    undo, redo = schema.act.alias(), schema.act.alias()
    redone = sa.exists().where(redo.c.kind == "redo", redo.c.reverses == undo.c.seq)
    rows = connection.execute(
        sa.select(undo.c.reverses, undo.c.seq).where(undo.c.kind == "undo", ~redone)
    )
    return [(int(a), int(u)) for a, u in rows]


def undo(connection: Connection, who: str, only_of: str | None = None) -> str:
    """Take back the newest act that stands (of one person, when asked); return its summary.

    Raises:
        NothingToUndo: no act stands.
        UndoBlocked: later work rests on it.
    """
    wait_for_turn(connection)
    acts = schema.act
    undone = {a for a, _ in _standing_undos(connection)}
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
    """
    wait_for_turn(connection)
    acts = schema.act
    mine = acts.c.who == only_of if only_of is not None else sa.true()
    undos = set(
        connection.execute(sa.select(acts.c.seq).where(acts.c.kind == "undo", mine)).scalars()
    )
    standing = [(a, u) for a, u in _standing_undos(connection) if u in undos]
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
            for table, rows in logged.items():
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


def _restore(now: Act, table: sa.Table, logged: Mapping[str, dict[str, Any]]) -> None:
    """Set the rows back to what they were before, but for their row_version.

    Those that are withdrawn go first and those that come back last: others may want the
    names of the first, or have those of the last.
    """
    batches: dict[tuple[int, tuple[str, ...]], list[dict[str, Any]]] = defaultdict(list)
    for row_id, entry in logged.items():
        before, after = entry["before"], entry["after"]
        turn = 0 if before["withdrawn"] else 2 if after["withdrawn"] else 1
        names = [n for n in before if n != "row_version" and before[n] != after.get(n)]
        values = {f"to_{n}": _typed(table.c[n], before[n]) for n in names}
        batches[(turn, tuple(names))].append({"of_id": row_id, **values})
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
    mine = _mine(table, target, besides if table is schema.person else ())
    edited = sa.select(table.c.id).where(mine, table.c.changed_in > target["seq"]).limit(1)
    if connection.execute(edited).first():
        raise UndoBlocked(target["summary"], f"a {_spoken(table)} was changed after it")
    change = schema.change
    for child, column in _references(table):
        turned_back = sa.select(change.c.row_id).where(
            change.c.act == target["seq"], change.c.table_name == child.name
        )
        resting = (
            sa.select(child.c.id)
            .join(table, column == table.c.id)
            .where(mine, ~child.c.withdrawn, child.c.made_in != target["seq"])
            .where(child.c.id.not_in(turned_back))
            .limit(1)
        )
        if connection.execute(resting).first():
            raise UndoBlocked(
                target["summary"], f"a {_spoken(child)} of later rests on its {_spoken(table)}"
            )
    if table is schema.case_span:
        _refuse_when_cited(connection, target)


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
        UndoBlocked: a run or a child version came after it.
    """
    run, child = schema.run, schema.framework_version
    for table, column in ((run, run.c.framework_version_id), (child, child.c.parent_id)):
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


_MAY_GO: tuple[sa.Table, ...] = (schema.coding, schema.statement)
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


def same(value: object, logged: object) -> bool:
    """Whether a value is what the history logged: SQLite logs 15 digits of a number."""
    if isinstance(value, float) and isinstance(logged, int | float):
        return math.isclose(value, logged, rel_tol=1e-13)
    return value == logged


def _spoken(table: sa.Table) -> str:
    return table.name.replace("_", " ")


def _bulky(table: sa.Table) -> tuple[str, ...]:
    return schema.BULKY.get(table.name, ())


def _chunks(items: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]
