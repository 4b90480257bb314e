"""Seals: a digest of each act over what it made and changed, and over the seal before it.

A row that somebody alters with another program no longer has the digest that it was made
with, and an act that is cut out no longer has one that follows on it. The anchor repeats
the newest seal outside the history, so that a history cut short shows too.

A row's digest is a SHA-256 over its table and a JSON array of its values (a text or file of
which the SHA-256 stands beside it is left to that), the same on both databases. `marks` are
the first bytes of these digests: they tell which row is not what its act made.

Columns that tables got later (`schema.ADDED`) stand last, and are left out of the digest of
a row in which all of them say nothing: what was sealed before them keeps its seal.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.store import schema
from workbench.store.collecting import uncollected

_HASHED = {
    "transcript_version": ("text",),
    "original": ("content",),
    "kept_part": ("content",),
}
"""Columns that have their own SHA-256 in a column beside them."""
_ALWAYS = ("id", "made_in", "changed_in")
_LATER = ("row_version", "withdrawn")
"""What no act chooses for a row that it makes."""
_MARK = 8
_AT_ONCE = 1_000
"""So many rows are written as text at once: more take more memory, and so more time."""

Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """How rows of one table are laid out for the database and for their digest."""

    content: tuple[str, ...]
    added: tuple[str, ...]
    defaults: Mapping[str, Any]
    floats: frozenset[str]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that a digest is over, in its order."""
        return (*self.content, *_ALWAYS, *self.added)

    @property
    def silent(self) -> Values:
        """What stands in the later columns of a row in which they say nothing."""
        return tuple(self.defaults[n] for n in self.added)

    def filled(self, logged: Mapping[str, Any]) -> dict[str, Any]:
        """Return a logged row with what it lacks of the later columns, which said nothing then."""
        return {**dict(zip(self.added, self.silent, strict=True)), **logged}

    def values(
        self, rows: Sequence[Mapping[str, Any]], ids: Sequence[str], seq: int
    ) -> list[Values]:
        """Return the values of new rows, all with the same names; defaults stand where none is."""
        names = rows[0].keys()
        if self.floats:
            rows = [{**row, **self._as_floats(row)} for row in rows]
        if any(n not in names for n in self.content):
            rows = [{**self.defaults, **row} for row in rows]
        chosen, silent = _getter(self.content), self.silent
        if not any(n in names for n in self.added):
            return [(*chosen(row), i, seq, seq, *silent) for row, i in zip(rows, ids, strict=True)]
        later = [tuple(row.get(n, self.defaults[n]) for n in self.added) for row in rows]
        made = zip(rows, ids, later, strict=True)
        return [(*chosen(row), i, seq, seq, *more) for row, i, more in made]

    def _as_floats(self, row: Mapping[str, Any]) -> dict[str, float]:
        return {n: float(row[n]) for n in self.floats if row.get(n) is not None}


def _getter(names: tuple[str, ...]) -> Callable[[Mapping[str, Any]], Values]:
    if len(names) == 1:
        return lambda row: (row[names[0]],)
    return itemgetter(*names)


@cache
def form(table: str) -> Form:
    """Return how rows of a table are laid out."""
    apart = {*_ALWAYS, *_LATER, *_HASHED.get(table, ())}
    held = {c.name: c for c in schema.ROWS[table].c if c.name not in apart}
    floats = frozenset(n for n, c in held.items() if isinstance(c.type, sa.Float))
    added = schema.ADDED.get(table, ())
    content = tuple(sorted(n for n in held if n not in added))
    return Form(content, added, {n: _default(c) for n, c in held.items()}, floats)


def _default(column: sa.Column[Any]) -> Any:
    """Return what the database puts where nothing is given, as a Python value."""
    if column.server_default is None:
        return None
    if isinstance(column.type, sa.Boolean):
        return False
    said = str(column.server_default.arg)  # type: ignore[attr-defined]  # all of ours are DefaultClauses
    return int(said) if isinstance(column.type, sa.Integer) else said[1:-1]


_rows_as_text = json.JSONEncoder(separators=("\n", ":"), check_circular=False).encode
"""One line each, so that a line end, which never stands inside a JSON text, cuts rows apart."""
_sorted_text = json.JSONEncoder(separators=(",", ":"), sort_keys=True, check_circular=False).encode


def row_digests(table: str, rows: Sequence[Values]) -> list[bytes]:
    """Return the digest of each row, given as values of `Form.columns`."""
    of, sha256 = f"{table} ".encode(), hashlib.sha256
    found: list[bytes] = []
    silent = form(table).silent
    if silent:
        said = len(silent)
        rows = [row[:-said] if row[-said:] == silent else row for row in rows]
    for at in range(0, len(rows), _AT_ONCE):
        lines = _rows_as_text(rows[at : at + _AT_ONCE])[2:-2].encode().split(b"]\n[")
        found += [sha256(of + line).digest() for line in lines]
    return found


def _digest_of_rows(digests: Iterable[bytes]) -> str:
    return hashlib.sha256(b"".join(sorted(digests))).hexdigest()


class Entry(NamedTuple):
    """One act as the history has it, with its report; its digest is over all of it."""

    seq: int
    id: str
    at: str
    who: str
    verb: str
    kind: str
    reverses: int | None
    summary: str
    report: Any

    def digest(self, before: str, rows: str, changes: str) -> str:
        """Return the act's digest: over the one before, the rows made, the changes logged."""
        said = _sorted_text([before, *self, rows, changes])
        return hashlib.sha256(said.encode()).hexdigest()


def _entries(connection: Connection, seq: int | None = None) -> Iterator[Entry]:
    """Yield the acts in their order, or one of them."""
    for row in connection.execute(_acts_told(one=seq is not None), {"act": seq}):
        yield Entry._make(row)


@cache
def _acts_told(*, one: bool) -> sa.Select[Any]:
    a, r = schema.act, schema.act_report
    columns = [a.c[n] for n in Entry._fields if n != "report"]
    query = sa.select(*columns, r.c.report).outerjoin(r, r.c.act == a.c.seq).order_by(a.c.seq)
    return query.where(a.c.seq == sa.bindparam("act")) if one else query


def _digests_of_changes(connection: Connection, seq: int | None = None) -> dict[int, str]:
    """Return act → a digest of the changes that it logged, of all acts or of one."""
    found: dict[int, Any] = defaultdict(hashlib.sha256)
    query = _changes_told(one=seq is not None)
    result = connection.execute(query, {"act": seq}, execution_options=_BLOCKS)
    for block in result.partitions():
        for act, rows in groupby(block, key=itemgetter(0)):
            found[act].update(_changes_as_text(list(rows)).encode())
    return {act: digest.hexdigest() for act, digest in found.items()}


@cache
def _changes_told(*, one: bool) -> sa.Select[Any]:
    c = schema.change
    texts = (sa.cast(c.c[n], sa.Text) for n in ("before", "after"))
    query = sa.select(c.c.act, c.c.table_name, c.c.row_id, *texts).order_by(c.c.act, c.c.seq)
    return query.where(c.c.act == sa.bindparam("act")) if one else query


def _changes_as_text(rows: Sequence[Sequence[Any]]) -> str:
    """Return changes of one act (act, table, row id, before, after) as lines of JSON.

    They are read and written many at once, which costs half of doing it one by one.
    """
    logged = json.loads(f"[{','.join(text for row in rows for text in row[3:5])}]")
    for (_, table, *_), before, after in zip(rows, logged[::2], logged[1::2], strict=True):
        _as_stored(table, before)
        _as_stored(table, after)
    said = zip((row[1:3] for row in rows), logged[::2], logged[1::2], strict=True)
    return _sorted_text([(*of, before, after) for of, before, after in said])[1:-1] + ","


_BLOCKS = {"yield_per": _AT_ONCE}


@cache
def _kinds(table: str) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    """Return the columns that the two databases log in different ways, and what makes them one."""
    if table not in schema.ROWS:
        return ()
    named = ((c.name, c.type) for c in schema.ROWS[table].c)
    made = ((n, _kind(t)) for n, t in named)
    return tuple((n, k) for n, k in made if k is not None)


def _kind(of: sa.types.TypeEngine[Any]) -> Callable[[Any], Any] | None:
    if isinstance(of, sa.Boolean):
        return bool
    return float if isinstance(of, sa.Float) else None


def _as_stored(table: str, logged: Any) -> Any:
    """Return a logged row with the values that the row had: SQLite logs booleans as 0 and 1."""
    if not isinstance(logged, dict):
        return logged
    for name, kind in _kinds(table):
        if logged.get(name) is not None:
            logged[name] = kind(logged[name])
    return logged


@uncollected()
def close(connection: Connection, seq: int, rows: Sequence[bytes]) -> None:
    """Seal the act that is being written: nothing of it may come after."""
    (entry,) = _entries(connection, seq)
    before = connection.execute(sa.select(schema.anchor.c.digest)).scalar_one()
    changes = _digests_of_changes(connection, seq).get(seq, "")
    _seal(connection, entry, before, rows, changes)


def _seal(
    connection: Connection, entry: Entry, before: str, rows: Sequence[bytes], changes: str
) -> str:
    ordered = sorted(rows)
    of_rows = hashlib.sha256(b"".join(ordered)).hexdigest()
    digest = entry.digest(before, of_rows, changes)
    connection.execute(
        _SEALED,
        {
            "act": entry.seq,
            "before": before,
            "rows": of_rows,
            "digest": digest,
            "marks": b"".join([d[:_MARK] for d in ordered]),
        },
    )
    connection.execute(_ANCHORED, {"to": entry.seq, "now": digest})
    return digest


_SEALED = schema.act_seal.insert()
_ANCHORED = sa.update(schema.anchor).values(act=sa.bindparam("to"), digest=sa.bindparam("now"))


def catch_up(connection: Connection, until: int | None = None) -> int:
    """Seal all acts of a project that was written before there were seals; return how many.

    With `until` these are the acts before that one. The anchor keeps the number of the last
    of them: what was altered before cannot be told.
    """
    made, changes = _Made(connection).digests(), _digests_of_changes(connection)
    before, late = "", 0
    for entry in list(_entries(connection)):
        seq = entry.seq
        if until is not None and seq >= until:
            break
        before = _seal(connection, entry, before, made.get(seq, ()), changes.get(seq, ""))
        late += 1
        connection.execute(sa.update(schema.anchor).values(sealed_late=seq))
    return late


def seal_anew(connection: Connection, seq: int) -> None:
    """Put new seals in place of those of all acts before one, over what is there now."""
    connection.execute(schema.act_seal.delete())
    connection.execute(sa.update(schema.anchor).values(act=0, digest="", sealed_late=0))
    catch_up(connection, seq)


@cache
def _tables_that_hold_rows() -> str:
    said = """SELECT '{0}' WHERE EXISTS (SELECT 1 FROM "{0}")"""
    return " UNION ALL ".join(said.format(table) for table in schema.ROWS)


@cache
def _rows_told(table: str, *, one: bool) -> sa.Select[Any]:
    t = schema.ROWS[table]
    query = sa.select(*(t.c[n] for n in form(table).columns))
    return query.where(t.c.made_in == sa.bindparam("act")) if one else query


class _Made:
    """The rows of the work as they were made: what the log says was before the first change."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.first: dict[str, dict[str, Any]] = defaultdict(dict)
        c = schema.change
        first = sa.select(sa.func.min(c.c.seq)).group_by(c.c.table_name, c.c.row_id)
        query = sa.select(c.c.table_name, c.c.row_id, c.c.before).where(c.c.seq.in_(first))
        for table, row_id, before in connection.execute(query, execution_options=_BLOCKS):
            self.first[table][row_id] = _as_stored(table, before)

    def rows(self, table: str, act: int | None = None) -> Iterator[list[Values]]:
        """Yield the rows of a table in blocks, of all acts or of one."""
        logged, at = self.first.get(table, {}), form(table).columns.index("id")
        query = _rows_told(table, one=act is not None)
        result = self.connection.execute(query, {"act": act}, execution_options=_BLOCKS)
        for block in result.partitions():
            rows = [tuple(row) for row in block]
            if logged:
                rows = [_before(form(table), row, logged.get(row[at])) for row in rows]
            yield rows

    def digests(self) -> dict[int, list[bytes]]:
        """Return act → the digests of the rows that it made."""
        found: dict[int, list[bytes]] = defaultdict(list)
        for (table,) in self.connection.exec_driver_sql(_tables_that_hold_rows()).all():
            of = form(table).columns.index("made_in")
            for rows in self.rows(table):
                for row, digest in zip(rows, row_digests(table, rows), strict=True):
                    found[row[of]].append(digest)
        return found

    def odd(self, act: int, marks: bytes) -> Iterator[tuple[str, str]]:
        """Yield (table, row id) of the act's rows that are not as it made them."""
        known = {marks[at : at + _MARK] for at in range(0, len(marks), _MARK)}
        for table in schema.ROWS:
            at = form(table).columns.index("id")
            for rows in self.rows(table, act):
                for row, digest in zip(rows, row_digests(table, rows), strict=True):
                    if digest[:_MARK] not in known:
                        yield table, str(row[at])


def _before(of: Form, row: Values, logged: Any) -> Values:
    if not isinstance(logged, dict):
        return row
    then = of.filled(logged)
    return tuple(then.get(n, held) for n, held in zip(of.columns, row, strict=True))


class Sealed(NamedTuple):
    """One act, its seal, and what its seal would be today.

    `before`, `rows` and `digest` are empty where there is no seal; `odd` has (table, row id)
    of the rows that are not as the act made them.
    """

    seq: int
    before: str
    rows: str
    digest: str
    rows_today: str
    digest_today: str
    odd: tuple[tuple[str, str], ...]


def held_against(connection: Connection) -> Iterator[Sealed]:
    """Yield every act in order with its seal and what it would be today."""
    s = schema.act_seal
    seals = {
        row.act: row
        for row in connection.execute(sa.select(s.c.act, s.c.before, s.c.rows, s.c.digest))
    }
    made, changes = _Made(connection), _digests_of_changes(connection)
    digests = made.digests()
    for entry in _entries(connection):
        seq, seal = entry.seq, seals.get(entry.seq)
        rows_today = _digest_of_rows(digests.get(seq, ()))
        if seal is None:
            yield Sealed(seq, "", "", "", rows_today, "", ())
            continue
        today = entry.digest(seal.before, seal.rows, changes.get(seq, ""))
        odd: tuple[tuple[str, str], ...] = ()
        if rows_today != seal.rows:
            marks = connection.execute(sa.select(s.c.marks).where(s.c.act == seq)).scalar_one()
            odd = tuple(made.odd(seq, bytes(marks)))
        yield Sealed(seq, seal.before, seal.rows, seal.digest, rows_today, today, odd)


class Anchor(NamedTuple):
    """What the project notes outside its history: the newest act, its seal.

    Acts up to `sealed_late` were sealed by an upgrade, not as they were written.
    """

    act: int
    digest: str
    sealed_late: int


def anchor(connection: Connection) -> Anchor | None:
    """Return the anchor; a sound project has one."""
    a = schema.anchor
    row = connection.execute(sa.select(a.c.act, a.c.digest, a.c.sealed_late)).first()
    return None if row is None else Anchor(*row)
