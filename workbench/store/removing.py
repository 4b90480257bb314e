"""Earlier texts go for good, and with them what the history repeats of what was written.

The one act that takes something out of a project. It leaves every row where it was, as
others refer to it, and empties:

* texts that are not the current one of their transcript, and the files that all came from
  (the file of a current text becomes that text); pictures and recordings that were kept;
* the words of withdrawn rows, and the quotes of codings on earlier texts;
* the history up to here: what each act said and reported, and what its changes were. Who did
  what kind of thing when stays, and how many rows it made;
* the seals up to here, which are made anew: one over a short text would tell who guesses it.

In place of all changes the history has one of each row that was ever changed, from what it is
now to what it is now. There is no way back beyond this act.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.store import engine, foreign, schema, seals, triggers
from workbench.store.history import Act
from workbench.store.passages import current_versions
from workbench.store.schema import ROWS

VERB = "remove originals"
_NO_TEXT = hashlib.sha256(b"").hexdigest()
_GONE = {
    "text": "",
    "turns": "[]",
    "pages": "",
    "length": 0,
    "sha256": _NO_TEXT,
    "source_name": "",
    "reason": "",
}


class Earlier(NamedTuple):
    """A text that goes, or the file of one that stays; the file is empty where it is the text.

    A picture or recording that was kept stands as the file of a text that stays.
    """

    transcript: str
    version_id: str
    number: int
    current: bool
    reason: str
    source_name: str
    text: str
    original: bytes


def newest(connection: Connection) -> int:
    """Return the number of the newest act that removed something for good, or 0."""
    return int(connection.execute(_NEWEST).scalar_one())


_NEWEST = sa.select(sa.func.coalesce(sa.func.max(schema.act.c.seq), 0)).where(
    schema.act.c.verb == VERB
)


def earlier(connection: Connection) -> Iterator[Earlier]:
    """Yield what goes: each text but the current ones, and the files that are not their text."""
    v, t, o = ROWS["transcript_version"], ROWS["transcript"], ROWS["original"]
    stays = {str(i) for i in connection.execute(sa.select(_current().c.id)).scalars()}
    query = (
        sa.select(t.c.name, v.c.id, v.c.number, v.c.reason, v.c.source_name, v.c.text, o.c.content)
        .join(t, t.c.id == v.c.transcript_id)
        .outerjoin(o, o.c.transcript_version_id == v.c.id)
        .order_by(t.c.made_in, t.c.id, v.c.number, v.c.id)
        .execution_options(yield_per=20)
    )
    for name, version_id, number, reason, source, text, content in connection.execute(query):
        own = bytes(content or b"")
        current, same = version_id in stays, own == text.encode()
        if (own and not same) if current else (text or own):
            file = b"" if same else own
            yield Earlier(name, version_id, number, current, reason, source, text, file)
    p = ROWS["kept_part"]
    files = sa.select(p.c.name, p.c.id, p.c.filename, p.c.content).where(p.c.sha256 != _NO_TEXT)
    for name, row_id, filename, content in connection.execute(files.order_by(p.c.made_in, p.c.id)):
        yield Earlier(name, row_id, 1, True, "", filename, "", bytes(content))


def _current() -> sa.Subquery:
    """Select the current version of each live transcript."""
    t, current = ROWS["transcript"], current_versions().subquery()
    live = sa.select(current.c.id, current.c.transcript_id)
    return live.join(t, t.c.id == current.c.transcript_id).where(~t.c.withdrawn).subquery()


def entries(connection: Connection) -> int:
    """Return how many acts the history has, but for the one that is being written."""
    a, now = schema.act, schema.current_act
    written = a.c.seq.is_distinct_from(sa.select(now.c.act).scalar_subquery())
    query = sa.select(sa.func.count()).select_from(a).where(written)
    return int(connection.execute(query).scalar_one())


def memos_on_earlier(connection: Connection) -> int:
    """Return how many live memos stand beside words of an earlier text."""
    m, v = ROWS["memo"], ROWS["transcript_version"]
    query = (
        sa.select(sa.func.count())
        .select_from(m)
        .join(v, v.c.id == m.c.anchor_id)
        .where(~m.c.withdrawn, m.c.start.is_not(None), v.c.id.not_in(sa.select(_current().c.id)))
    )
    return int(connection.execute(query).scalar_one())


class Kept(NamedTuple):
    """One text that stays: of which table, row and column."""

    table: str
    row_id: str
    column: str
    text: str


def kept(connection: Connection) -> Iterator[Kept]:
    """Yield every text that stays in the project, but for ids and the texts of transcripts."""
    earlier_ids = set(connection.execute(_earlier_ids()).scalars())
    for name, table in ROWS.items():
        columns = [c for c in _written(table) if not (name == "coding" and c.name == "quote")]
        columns = [c for c in columns if (name, c.name) != ("transcript_version", "text")]
        if not columns:
            continue
        query = sa.select(table.c.id, *columns).where(~table.c.withdrawn)
        for row_id, *texts in connection.execute(query):
            if row_id not in earlier_ids:
                named = zip(columns, texts, strict=True)
                yield from (Kept(name, row_id, c.name, t) for c, t in named if t)
    for name, of in (("act", schema.act), ("foreign_act", schema.foreign_act)):
        for who in connection.execute(sa.select(of.c.who).distinct()).scalars():
            yield Kept(name, "", "who", str(who))


def _earlier_ids() -> sa.Select[Any]:
    v = ROWS["transcript_version"]
    return sa.select(v.c.id).where(v.c.id.not_in(sa.select(_current().c.id)))


def _written(table: sa.Table) -> list[sa.Column[Any]]:
    """Return the columns that may hold any words."""
    return [c for c in table.c if isinstance(c.type, sa.Text)]


def remove(act: Act) -> None:
    """Empty all that the module names; the act stands, whatever was left to do.

    What was overwritten can be read in the database's files until `engine.Store.write_anew`.
    """
    connection = act.connection
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete = ON")
    else:  # without its guards a table is nobody else's, and readers may be slow
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{engine.BUSY_SECONDS}s'")
    changed = _ever_changed(connection)
    triggers.remove(connection)
    _empty_texts(connection)
    _empty_withdrawn(connection)
    _empty_history(act)
    seals.seal_anew(connection, act.seq)
    for name, ids in changed.items():
        _note_as_they_are(act, name, ids)
    triggers.install(connection)
    act.stands = act.emptied = True


def _ever_changed(connection: Connection) -> dict[str, set[str]]:
    c = schema.change
    found: dict[str, set[str]] = {}
    for name, row_id in connection.execute(sa.select(c.c.table_name, c.c.row_id).distinct()):
        found.setdefault(name, set()).add(row_id)
    return found


def _empty_texts(connection: Connection) -> None:
    v, o, c = ROWS["transcript_version"], ROWS["original"], ROWS["coding"]
    gone = list(connection.execute(_earlier_ids()).scalars())
    for some in _chunks(gone):
        connection.execute(sa.update(v).where(v.c.id.in_(some)).values(_GONE))
        mine = o.c.transcript_version_id.in_(some)
        connection.execute(sa.update(o).where(mine).values(content=b"", sha256=_NO_TEXT))
        connection.execute(sa.update(c).where(c.c.transcript_version_id.in_(some)).values(quote=""))
    for version_id in list(connection.execute(sa.select(_current().c.id)).scalars()):
        text = connection.execute(sa.select(v.c.text).where(v.c.id == version_id)).scalar_one()
        said = text.encode()
        mine = o.c.transcript_version_id == version_id
        sha = hashlib.sha256(said).hexdigest()
        connection.execute(
            sa.update(o).where(mine, o.c.sha256 != sha).values(content=said, sha256=sha)
        )
        _empty_odd_quotes(connection, version_id, text)
    connection.execute(sa.update(ROWS["kept_part"]).values(content=b"", sha256=_NO_TEXT))
    r = ROWS["verification"]
    known = sa.select(v.c.sha256).where(v.c.id.in_(sa.select(_current().c.id)))
    connection.execute(sa.update(r).where(r.c.sha256.not_in(known)).values(sha256=""))


def _empty_odd_quotes(connection: Connection, version_id: str, text: str) -> None:
    """Empty the quotes of withdrawn codings that are not in the current text any more."""
    c = ROWS["coding"]
    query = sa.select(c.c.id, c.c.start, c.c.stop, c.c.quote).where(
        c.c.transcript_version_id == version_id, c.c.withdrawn
    )
    odd = [i for i, a, b, quote in connection.execute(query) if text[a:b] != quote]
    for some in _chunks(odd):
        connection.execute(sa.update(c).where(c.c.id.in_(some)).values(quote=""))


def _empty_withdrawn(connection: Connection) -> None:
    """Empty the words of withdrawn rows; quotes of current texts stay, as statements cite them."""
    for name, table in ROWS.items():
        columns = [c for c in _written(table) if (name, c.name) != ("coding", "quote")]
        if columns:
            emptied: dict[str, Any] = {c.name: _nothing(c) for c in columns}
            connection.execute(sa.update(table).where(table.c.withdrawn).values(emptied))


def _nothing(column: sa.Column[Any]) -> str:
    default = column.server_default
    return "" if default is None else str(default.arg)[1:-1]  # type: ignore[attr-defined]  # all of ours are DefaultClauses


def _empty_history(act: Act) -> None:
    connection, a, r, f = act.connection, schema.act, schema.act_report, schema.foreign_act
    connection.execute(schema.change.delete())
    connection.execute(sa.update(a).where(a.c.seq < act.seq).values(summary=a.c.verb))
    connection.execute(sa.update(f).values(summary=f.c.verb))
    brought = list(foreign.brought(connection))
    connection.execute(sa.update(r).values(report={}))
    for seq, _, today in brought:
        connection.execute(sa.update(r).where(r.c.act == seq).values(report={"brought": today}))


def _note_as_they_are(act: Act, name: str, ids: Iterable[str]) -> None:
    """Have the history say of rows, as a change of this act, that they are as they are."""
    for some in _chunks(sorted(ids)):
        act.connection.exec_driver_sql(*triggers.log_of(act.connection, name, act.seq, some))


def _chunks(items: list[str], size: int = 500) -> Iterator[list[str]]:
    for at in range(0, len(items), size):
        yield items[at : at + size]
