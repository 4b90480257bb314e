"""What the database knows about its own past, for the check of laws 4, 8 and 9."""

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.store import schema, seals, triggers
from workbench.store.history import same
from workbench.store.passages import current_versions
from workbench.store.schema import ROWS


def altered_triggers(connection: Connection) -> list[str]:
    """Return the names of triggers that this project lacks, or has with another text."""
    lacking = triggers.expected() - triggers.installed(connection)
    return sorted({name for _, name in lacking} | triggers.altered(connection))


def foreign_triggers(connection: Connection) -> list[str]:
    """Return the names of triggers that are not ours."""
    return sorted(n for _, n in triggers.installed(connection) - triggers.expected())


def made(connection: Connection) -> tuple[Counter[tuple[int, str]], Counter[tuple[int, str]]]:
    """Return how many rows each act made in each table: as noted, and as found."""
    noted: Counter[tuple[int, str]] = Counter()
    for seq, table, number in connection.execute(sa.select(schema.act_made)):
        noted[(seq, table)] = number
    found: Counter[tuple[int, str]] = Counter()
    for name, seq, number in _asked_together(connection, _rows_made()):
        found[(seq, name)] = number
    return noted, found


def _asked_together(connection: Connection, queries: Sequence[str]) -> Iterator[Sequence[Any]]:
    """Yield the rows of many queries, whose names come from the schema alone."""
    for at in range(0, len(queries), _TOGETHER):
        yield from connection.exec_driver_sql(" UNION ALL ".join(queries[at : at + _TOGETHER]))


_TOGETHER = 400
"""SQLite joins no more than 500 queries."""


@functools.cache
def _rows_made() -> tuple[str, ...]:
    """Return for each table the query for how many of its rows each act made."""
    said = """SELECT '{0}', made_in, count(*) FROM "{0}" GROUP BY made_in"""
    return tuple(said.format(name) for name in ROWS)


@functools.cache
def _rows_changed() -> tuple[str, ...]:
    """Return for each table the query for rows that say of themselves that they were changed."""
    said = (
        """SELECT '{0}', id FROM "{0}" """
        "WHERE row_version <> 1 OR withdrawn OR changed_in <> made_in"
    )
    return tuple(said.format(name) for name in ROWS)


@functools.cache
def _references() -> tuple[str, ...]:
    """Return for each column that refers to rows the query for those that are not there."""
    said = (
        """SELECT '{0}', here.id, '{1}' FROM "{0}" AS here """
        """LEFT JOIN "{2}" AS there ON here."{1}" = there."{3}" """
        """WHERE here."{1}" IS NOT NULL AND there."{3}" IS NULL"""
    )
    return tuple(
        said.format(name, key.parent.name, key.column.table.name, key.column.name)
        for name, table in ROWS.items()
        for key in table.foreign_keys
    )


def acts(connection: Connection) -> list[dict[str, Any]]:
    """Return seq, verb, kind and whether there is a report, of every act in order."""
    a, r = schema.act, schema.act_report
    query = (
        sa.select(a.c.seq, a.c.verb, a.c.kind, a.c.summary, r.c.act.is_not(None).label("reported"))
        .outerjoin(r, r.c.act == a.c.seq)
        .order_by(a.c.seq)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def differing_from_log(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Yield (table, row id, problem) of rows that are not what the history says they are.

    The last logged *after* of a row is the row; a row without a logged change is as it
    was made.
    """
    c = schema.change
    last = sa.select(sa.func.max(c.c.seq)).group_by(c.c.table_name, c.c.row_id)
    logged: dict[str, dict[str, Any]] = {}
    for table, row_id, after in connection.execute(
        sa.select(c.c.table_name, c.c.row_id, c.c.after).where(c.c.seq.in_(last))
    ):
        logged.setdefault(table, {})[row_id] = after
    for name, row_id in _asked_together(connection, _rows_changed()):
        if row_id not in logged.get(name, {}):
            yield name, str(row_id), "was changed, and the history does not know how"
    for name in ROWS.keys() & logged.keys():
        yield from _differing(connection, name, logged[name])


def _differing(
    connection: Connection, name: str, logged: dict[str, Any]
) -> Iterator[tuple[str, str, str]]:
    table = ROWS[name]
    columns = [x for x in table.c if x.name not in schema.BULKY.get(name, ())]
    form, ids = seals.form(name), list(logged)
    for at in range(0, len(ids), 500):
        query = sa.select(*columns).where(table.c.id.in_(ids[at : at + 500]))
        found = {row["id"]: row for row in connection.execute(query).mappings()}
        for row_id in ids[at : at + 500]:
            row, then = found.get(row_id), form.filled(logged[row_id])
            if row is None:
                yield name, row_id, "is gone, though nothing is ever deleted"
            elif any(x.name in then and not same(row[x.name], then[x.name]) for x in columns):
                yield name, row_id, "is not what its last logged change left"


def dangling(connection: Connection) -> Iterator[tuple[str, str, str]]:
    """Yield (table, row id, column) of references to rows that do not exist."""
    for name, row_id, column in _asked_together(connection, _references()):
        yield str(name), str(row_id), str(column)


def file_damage(connection: Connection) -> list[str]:
    """Return what SQLite's own integrity check complains about; nothing on PostgreSQL."""
    if connection.dialect.name != "sqlite":
        return []
    said = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
    return [s for s in said if s != "ok"]


def kept_files(connection: Connection) -> Iterator[tuple[str, bytes, str]]:
    """Yield name, bytes and SHA-256 of each file that is kept of another tool's project."""
    p = ROWS["kept_part"]
    query = sa.select(p.c.name, p.c.content, p.c.sha256).execution_options(yield_per=1)
    for name, content, sha256 in connection.execute(query):
        yield str(name), bytes(content), str(sha256)


def texts(connection: Connection) -> Iterator[dict[str, Any]]:
    """Yield the transcript versions one by one, with their text and originals' hashes."""
    v, t, o = ROWS["transcript_version"], ROWS["transcript"], ROWS["original"]
    query = (
        sa.select(v.c.id, t.c.name, v.c.text, v.c.sha256, v.c.length, v.c.turns)
        .join(t, t.c.id == v.c.transcript_id)
        .order_by(v.c.id)
        .execution_options(yield_per=20)
    )
    for row in connection.execute(query).mappings():
        kept = connection.execute(
            sa.select(o.c.content, o.c.sha256).where(o.c.transcript_version_id == row["id"])
        )
        yield {**row, "originals": [(bytes(content), sha) for content, sha in kept]}


def codings_on_old_texts(connection: Connection) -> list[tuple[str, str, str]]:
    """Return (coding, transcript's name, version) of live codings on texts corrected since."""
    c, v, t = ROWS["coding"], ROWS["transcript_version"], ROWS["transcript"]
    current = current_versions().subquery()
    query = (
        sa.select(c.c.id, t.c.name, v.c.id)
        .join(v, v.c.id == c.c.transcript_version_id)
        .join(t, t.c.id == v.c.transcript_id)
        .where(~c.c.withdrawn, v.c.id.not_in(sa.select(current.c.id)))
        .order_by(t.c.made_in, t.c.id, c.c.start, c.c.id)
    )
    return [(str(a), str(b), str(d)) for a, b, d in connection.execute(query)]


def codings_of(connection: Connection, transcript_version_id: str) -> list[tuple[Any, ...]]:
    """Return (id, start, stop, quote) of every live coding of one text."""
    c = ROWS["coding"]
    query = sa.select(c.c.id, c.c.start, c.c.stop, c.c.quote).where(
        c.c.transcript_version_id == transcript_version_id, ~c.c.withdrawn
    )
    return [tuple(row) for row in connection.execute(query)]


def own_statements_without_evidence(connection: Connection) -> list[str]:
    """Return ids of the live own statements, comments aside, that cite no coding."""
    s, e = ROWS["own_statement"], ROWS["own_evidence"]
    cited = sa.select(e.c.own_statement_id).where(~e.c.withdrawn)
    query = sa.select(s.c.id).where(~s.c.withdrawn, s.c.kind != "comment", s.c.id.not_in(cited))
    return [str(i) for i in connection.execute(query.order_by(s.c.id)).scalars()]


def links_on_withdrawn(connection: Connection) -> set[str]:
    """Return ids of the links of which a coding that spoke for them was withdrawn."""
    e, c = ROWS["link_evidence"], ROWS["coding"]
    query = (
        sa.select(e.c.link_id)
        .join(c, c.c.id == e.c.coding_id)
        .where(~e.c.withdrawn, e.c.stance == "for", c.c.withdrawn)
    )
    return {str(i) for (i,) in connection.execute(query)}


def quotations_on_withdrawn(connection: Connection) -> list[tuple[str, str]]:
    """Return id and number of the quotations whose coding was withdrawn."""
    q, c = ROWS["quotation"], ROWS["coding"]
    query = (
        sa.select(q.c.id, q.c.report, q.c.number)
        .join(c, c.c.id == q.c.coding_id)
        .where(~q.c.withdrawn, c.c.withdrawn)
        .order_by(q.c.report, q.c.number)
    )
    return [(str(i), f"{report} {n}".strip()) for i, report, n in connection.execute(query)]


def codings_outside_their_framework(connection: Connection) -> list[str]:
    """Return ids of live codings whose code is not in their run's framework version."""
    c, r, v = ROWS["coding"], ROWS["run"], ROWS["code_version"]
    query = (
        sa.select(c.c.id)
        .join(r, r.c.id == c.c.run_id)
        .outerjoin(
            v,
            sa.and_(
                v.c.framework_version_id == r.c.framework_version_id,
                v.c.code_id == c.c.code_id,
                ~v.c.withdrawn,
            ),
        )
        .where(~c.c.withdrawn, sa.or_(v.c.id.is_(None), r.c.withdrawn))
    )
    return [str(i) for (i,) in connection.execute(query)]
