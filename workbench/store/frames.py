"""The tables that pass between rooms, read from the database (see `model.frames`).

Each function reads the live rows it needs once, column by column, and leaves every
computation to the stages. `versions` are ids of framework versions, `runs` of runs.
"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import sqlalchemy as sa
from numpy.typing import NDArray
from sqlalchemy.engine import Connection

from workbench.model import frames
from workbench.model.case import attribute_value
from workbench.model.framework import definition_hash
from workbench.store.collecting import uncollected
from workbench.store.passages import current_transcripts, current_versions
from workbench.store.schema import ROWS

pa.set_memory_pool(pa.system_memory_pool())  # Arrow's own pool holds on to what frames gave back

_ASKED_FOR = 500
"""Ids in one question; a database takes so many and more."""
_AT_ONCE = 10_000
"""How many rows are held as Python objects, which take far more room than columns."""


def of_rows(rows: Iterable[Sequence[Any]], columns: frames.Columns) -> pd.DataFrame:
    """Return rows as a frame with these columns; missing text is empty."""
    return _frame(_blocks(iter(rows)), columns)


def read(connection: Connection, query: sa.Select[Any], columns: frames.Columns) -> pd.DataFrame:
    """Run a query whose columns come in the order of `columns`; missing text is empty."""
    cursor = connection.execute(query).cursor
    if cursor is None:
        return frames.empty(columns)
    return _frame(iter(lambda: cursor.fetchmany(_AT_ONCE), []), columns)


def _blocks(rows: Iterator[Sequence[Any]]) -> Iterator[Sequence[Sequence[Any]]]:
    while some := list(islice(rows, _AT_ONCE)):
        yield some


def _frame(blocks: Iterable[Sequence[Sequence[Any]]], columns: frames.Columns) -> pd.DataFrame:
    kinds = {name: _Kinds() for name, dtype in columns.items() if dtype == "category"}
    with uncollected():
        parts = [_columns(rows, columns, kinds) for rows in blocks]
    if not parts:
        return frames.empty(columns)
    whole = parts[0] if len(parts) == 1 else pd.concat(parts, ignore_index=True)
    return whole.assign(**{name: kind.column(whole[name]) for name, kind in kinds.items()})


class _Kinds:
    """The values of a column in which few recur, numbered while its rows come in."""

    def __init__(self) -> None:
        self._number: dict[str, int] = {}

    def numbers(self, values: Sequence[str]) -> NDArray[np.int32]:
        """Return the number of each value; a new one gets the next."""
        for value in set(values).difference(self._number):
            self._number[value] = len(self._number)
        return np.fromiter(map(self._number.__getitem__, values), np.int32, len(values))

    def column(self, numbers: "pd.Series[int]") -> "pd.Categorical[str]":
        """Return numbers as what they stand for."""
        return _categories(numbers.to_numpy(), self._number)


def _categories(numbers: NDArray[np.integer[Any]], values: Iterable[str]) -> "pd.Categorical[str]":
    return pd.Categorical.from_codes(numbers, pd.Index(list(values), dtype="str"))


def _columns(
    rows: Sequence[Sequence[Any]], columns: frames.Columns, kinds: Mapping[str, _Kinds]
) -> pd.DataFrame:
    parts = zip(columns.items(), zip(*rows, strict=True), strict=True)
    return pd.DataFrame(
        {
            name: kinds[name].numbers(values) if name in kinds else _column(values, dtype)
            for (name, dtype), values in parts
        }
    )


_TEXT = pd.StringDtype(na_value=np.nan)
"""What `str` names; said by its name it would be looked up for every column."""


def _column(values: Sequence[Any], dtype: str) -> Any:
    if dtype == "str":
        held = pa.array(values, pa.large_string())
        return pd.array(held.fill_null("") if held.null_count else held, dtype=_TEXT)
    if dtype == "float64":
        return np.array([np.nan if v is None else v for v in values], dtype="float64")
    return np.array(values, dtype=dtype)


def transcripts(connection: Connection) -> pd.DataFrame:
    """Return `frames.TRANSCRIPTS`, in the order they came in."""
    return read(connection, current_transcripts(), frames.TRANSCRIPTS)


def texts(connection: Connection) -> pd.DataFrame:
    """Return transcript_version_id and text of each transcript's current version."""
    v, current = ROWS["transcript_version"], current_versions().subquery()
    query = sa.select(v.c.id, v.c.text).join(current, current.c.id == v.c.id).order_by(v.c.id)
    return read(connection, query, {"transcript_version_id": "str", "text": "str"})


def turns(connection: Connection, transcript_version_id: str | None = None) -> pd.DataFrame:
    """Return `frames.TURNS` of the current versions, or of one version."""
    v, s = ROWS["transcript_version"], ROWS["speaker"]
    query = sa.select(v.c.id, v.c.transcript_id, v.c.turns).order_by(v.c.id)
    if transcript_version_id is None:
        current = current_versions().subquery()
        query = query.join(current, current.c.id == v.c.id)
    else:
        query = query.where(v.c.id == transcript_version_id)
    roles = {
        (t, label): role
        for t, label, role in connection.execute(
            sa.select(s.c.transcript_id, s.c.label, s.c.role).where(~s.c.withdrawn)
        )
    }
    versions, sizes, parts = [], [], []
    with uncollected():
        for version, transcript, packed in connection.execute(query):
            turned = json.loads(packed)
            if turned:
                speaker, *rest = zip(*turned, strict=True)
                role = {label: roles.get((transcript, label), "unknown") for label in set(speaker)}
                parts.append((range(len(turned)), speaker, [role[s] for s in speaker], *rest))
                versions.append(version)
                sizes.append(len(turned))
        if not parts:
            return frames.empty(frames.TURNS)
        columns = zip(list(frames.TURNS.items())[1:], zip(*parts, strict=True), strict=True)
        found = {name: _column(list(chain(*held)), dtype) for (name, dtype), held in columns}
        of = pd.array(versions, dtype=_TEXT).repeat(sizes)
    return pd.DataFrame({"transcript_version_id": of, **found})


def cases(connection: Connection) -> pd.DataFrame:
    """Return `frames.CASES` and a column for each attribute, in its declared type."""
    c, a, v = ROWS["case"], ROWS["attribute"], ROWS["attribute_value"]
    query = sa.select(c.c.id, c.c.label).where(~c.c.withdrawn).order_by(c.c.position, c.c.id)
    frame = read(connection, query, frames.CASES)
    named = sa.select(a.c.id, a.c.name, a.c.type).where(~a.c.withdrawn).order_by(a.c.position)
    values: dict[str, dict[str, str]] = defaultdict(dict)
    said = sa.select(v.c.attribute_id, v.c.case_id, v.c.value).where(~v.c.withdrawn)
    for attribute_id, case_id, value in connection.execute(said):
        values[attribute_id][case_id] = value
    for attribute_id, name, kind in connection.execute(named):
        given = {i: attribute_value(name, kind, said) for i, said in values[attribute_id].items()}
        frame[name] = pd.Series([given.get(i) for i in frame["case_id"]], dtype="object")
    return frame


def spans(connection: Connection) -> pd.DataFrame:
    """Return `frames.SPANS`."""
    s = ROWS["case_span"]
    query = sa.select(s.c.case_id, s.c.transcript_version_id, s.c.start, s.c.stop).where(
        ~s.c.withdrawn
    )
    return read(connection, query.order_by(s.c.transcript_version_id, s.c.start), frames.SPANS)


def codes(connection: Connection, version: str) -> pd.DataFrame:
    """Return `frames.CODES` of one framework version, in its order."""
    c, k = ROWS["code_version"], ROWS["category_version"]
    query = (
        sa.select(c, k.c.name.label("category"))
        .outerjoin(
            k,
            sa.and_(
                k.c.category_id == c.c.category_id,
                k.c.framework_version_id == c.c.framework_version_id,
                ~k.c.withdrawn,
            ),
        )
        .where(c.c.framework_version_id == version, ~c.c.withdrawn)
        .order_by(c.c.position)
    )
    rows = [
        (
            *(r[x] for x in ("code_id", "number", "name", "category_id", "category", "parent_id")),
            *(r[x] for x in ("definition", "use_when", "not_when", "example", "origin", "colour")),
            definition_hash(dict(r)),
        )
        for r in connection.execute(query).mappings()
    ]
    return _frame(_blocks(iter(rows)), frames.CODES)


def codings(connection: Connection, *, runs: Collection[str] | None = None) -> pd.DataFrame:
    """Return `frames.CODINGS`, all of them or of these runs."""
    frame = compared_codings(connection, runs=runs)
    return frame.astype({n: "str" for n in frame if frame[n].dtype == "category"})


def compared_codings(
    connection: Connection, *, runs: Collection[str] | None = None
) -> pd.DataFrame:
    """Return `frames.CODINGS` likewise, with categories where few values recur."""
    kinds = ("transcript_version_id", "code_id", "run_id", "coder")
    columns = frames.CODINGS | dict.fromkeys(kinds, "category")
    c = ROWS["coding"]
    query = _live_codings(runs, "id", "transcript_version_id", "code_id", "run_id").order_by(c.c.id)
    return _with_handles(connection, read(connection, query, columns))


def charted_codings(connection: Connection, runs: Collection[str]) -> pd.DataFrame:
    """Return `frames.COUNTED` of these runs with the ids of the codings, in their order."""
    c = ROWS["coding"]
    query = _live_codings(runs, "id", "transcript_version_id", "code_id").order_by(c.c.id)
    return _with_handles(connection, read(connection, query, frames.COUNTED | {"coding_id": "str"}))


def counted_codings(connection: Connection, runs: Collection[str]) -> pd.DataFrame:
    """Return `frames.COUNTED` of these runs: what figures need, in no order."""
    query = _live_codings(runs, "transcript_version_id", "code_id")
    columns = {n: t for n, t in frames.COUNTED.items() if n != "coding_id"}
    frame = _with_handles(connection, read(connection, query, columns))
    frame.insert(0, "coding_id", np.arange(len(frame), dtype="int64"))
    return frame


def _live_codings(runs: Collection[str] | None, *names: str) -> sa.Select[Any]:
    """Select columns of the live codings, then who made each and where it stands."""
    c = ROWS["coding"]
    query = sa.select(*(c.c[n] for n in (*names, "person_id", "start", "stop"))).where(
        ~c.c.withdrawn
    )
    return query if runs is None else query.where(c.c.run_id.in_(list(runs)))


def _with_handles(connection: Connection, frame: pd.DataFrame) -> pd.DataFrame:
    """Return codings with the handle of each coder in place of the id."""
    p = ROWS["person"]
    handle_of = dict(connection.execute(sa.select(p.c.id, p.c.handle)).all())
    coder = pd.Categorical(frame["coder"])
    handles = [handle_of[person] for person in coder.categories]
    number = {handle: at for at, handle in enumerate(dict.fromkeys(handles))}
    numbers = np.array([number[h] for h in handles], np.int32)[coder.codes]
    return frame.assign(coder=_categories(numbers, number))


def quotes(connection: Connection, coding_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """Return `frames.QUOTES` of these codings, or of all live ones, in order of place.

    `turn` is the number of the turn in which the coding starts, from 1; missing where
    the transcript has no turn there.
    """
    c, t, v, p = (ROWS[n] for n in ("coding", "transcript", "transcript_version", "person"))
    query = (
        sa.select(c.c.id, c.c.quote, t.c.name, v.c.id, c.c.code_id, p.c.handle, c.c.start, c.c.stop)
        .join(v, v.c.id == c.c.transcript_version_id)
        .join(t, t.c.id == v.c.transcript_id)
        .join(p, p.c.id == c.c.person_id)
        .order_by(t.c.made_in, t.c.id, c.c.start, c.c.id)
    )
    plain = {k: d for k, d in frames.QUOTES.items() if k not in ("turn", "speaker")}
    if coding_ids is None:
        return with_turns(connection, read(connection, query.where(~c.c.withdrawn), plain))
    ids = sorted(set(coding_ids))
    parts = [
        read(connection, query.where(c.c.id.in_(ids[at : at + _ASKED_FOR])), plain)
        for at in range(0, len(ids), _ASKED_FOR)
    ]
    frame = pd.concat(parts, ignore_index=True) if parts else frames.empty(plain)
    return with_turns(connection, _by_place(connection, frame) if len(parts) > 1 else frame)


def words(connection: Connection, coding_ids: Sequence[str]) -> dict[str, str]:
    """Return the quotes of these codings by their ids."""
    c = ROWS["coding"].c
    ids = sorted(set(coding_ids))
    found: dict[str, str] = {}
    for at in range(0, len(ids), _ASKED_FOR):
        query = sa.select(c.id, c.quote).where(c.id.in_(ids[at : at + _ASKED_FOR]))
        found.update((row.id, row.quote) for row in connection.execute(query))
    return found


def _by_place(connection: Connection, quoted: pd.DataFrame) -> pd.DataFrame:
    """Return quotes that came in parts, each by place, as one list by place."""
    t, v = ROWS["transcript"], ROWS["transcript_version"]
    query = sa.select(v.c.id, t.c.id).join(t, t.c.id == v.c.transcript_id)
    rows = connection.execute(query.order_by(t.c.made_in, t.c.id)).all()
    of_transcript = {text: at for at, text in enumerate(dict.fromkeys(text for _, text in rows))}
    rank_of = {version: of_transcript[text] for version, text in rows}
    rank = quoted["transcript_version_id"].map(rank_of).to_numpy()
    return quoted.iloc[np.lexsort((quoted["start"].to_numpy(), rank))].reset_index(drop=True)


def with_turns(connection: Connection, quoted: pd.DataFrame) -> pd.DataFrame:
    """Add the turn in which each quote starts, and its speaker."""
    v = ROWS["transcript_version"]
    number = np.full(len(quoted), np.nan)
    speaker = np.full(len(quoted), "", dtype=object)
    groups = quoted.groupby("transcript_version_id", sort=False).indices if len(quoted) else {}
    wanted, starts = list(groups), quoted["start"].to_numpy()
    for at in range(0, len(wanted), 500):
        query = sa.select(v.c.id, v.c.turns).where(v.c.id.in_(wanted[at : at + 500]))
        for version, packed in connection.execute(query):
            turned, rows = json.loads(packed), groups[version]
            place = np.searchsorted([t[1] for t in turned], starts[rows], "right") - 1
            inside = place >= 0
            number[rows[inside]] = place[inside] + 1
            speaker[rows[inside]] = [turned[i][0] or "" for i in place[inside]]
    return quoted.assign(turn=number, speaker=pd.Series(speaker, dtype="str", index=quoted.index))


def cells(connection: Connection, version: str) -> pd.DataFrame:
    """Return `frames.CELLS` of one framework version, with `look` beside."""
    c = ROWS["cell"]
    columns = frames.CELLS | {"look": "str"}
    query = sa.select(*(c.c[n] for n in ("id", *list(columns)[1:]))).where(
        c.c.framework_version_id == version, ~c.c.withdrawn
    )
    return read(connection, query.order_by(c.c.id), columns)


def statements(connection: Connection, version: str | None = None) -> pd.DataFrame:
    """Return `frames.STATEMENTS` of one framework version, or of all, with `label` beside."""
    s, c = ROWS["statement"], ROWS["cell"]
    query = (
        sa.select(s.c.id, c.c.id, c.c.case_id, c.c.code_id, s.c.position, s.c.kind, s.c.text)
        .add_columns(s.c.label)
        .join(c, c.c.id == s.c.cell_id)
        .where(~s.c.withdrawn, ~c.c.withdrawn)
        .order_by(s.c.cell_id, s.c.position, s.c.id)
    )
    if version is not None:
        query = query.where(c.c.framework_version_id == version)
    return read(connection, query, frames.STATEMENTS | {"label": "str"})


def evidence(connection: Connection) -> pd.DataFrame:
    """Return `frames.EVIDENCE` of the live statements."""
    e, s, c = ROWS["statement_evidence"], ROWS["statement"], ROWS["coding"]
    query = (
        sa.select(e.c.statement_id, e.c.coding_id, c.c.withdrawn)
        .join(s, s.c.id == e.c.statement_id)
        .join(c, c.c.id == e.c.coding_id)
        .where(~e.c.withdrawn, ~s.c.withdrawn)
        .order_by(e.c.id)
    )
    return read(connection, query, frames.EVIDENCE)


def finished(connection: Connection, runs: Collection[str]) -> pd.DataFrame:
    """Return `frames.FINISHED` for these runs; who finished a version has done older ones too."""
    f, v, older = ROWS["finished"], ROWS["transcript_version"], ROWS["transcript_version"].alias()
    query = (
        sa.select(f.c.run_id, older.c.id)
        .distinct()
        .join(v, v.c.id == f.c.transcript_version_id)
        .join(
            older,
            sa.and_(older.c.transcript_id == v.c.transcript_id, older.c.number <= v.c.number),
        )
        .where(f.c.run_id.in_(list(runs)), ~f.c.withdrawn, ~older.c.withdrawn)
    )
    return read(connection, query, frames.FINISHED)


def nodes(connection: Connection) -> pd.DataFrame:
    """Return `frames.NODES` of all ladders, from the lowest level up."""
    n, ladder = ROWS["node"], ROWS["ladder"]
    query = (
        sa.select(n.c.id, n.c.ladder_id, ladder.c.name, n.c.level, n.c.label, n.c.note)
        .join(ladder, ladder.c.id == n.c.ladder_id)
        .where(~n.c.withdrawn)
        .order_by(n.c.ladder_id, n.c.level, n.c.position, n.c.id)
    )
    return read(connection, query, frames.NODES)


def node_edges(connection: Connection) -> pd.DataFrame:
    """Return `frames.NODE_EDGES`."""
    e = ROWS["node_edge"]
    query = sa.select(e.c.child_id, e.c.parent_id).where(~e.c.withdrawn).order_by(e.c.id)
    return read(connection, query, frames.NODE_EDGES)


def feeds(connection: Connection) -> pd.DataFrame:
    """Return `frames.FEEDS`."""
    f = ROWS["node_statement"]
    query = sa.select(f.c.statement_id, f.c.node_id).where(~f.c.withdrawn).order_by(f.c.id)
    return read(connection, query, frames.FEEDS)


def facets(connection: Connection) -> pd.DataFrame:
    """Return `frames.FACETS`."""
    f = ROWS["facet"]
    query = sa.select(f.c.node_id, f.c.scheme, f.c.value, f.c.basis).where(~f.c.withdrawn)
    return read(connection, query.order_by(f.c.id), frames.FACETS)


def link_list(connection: Connection) -> pd.DataFrame:
    """Return `frames.LINK_LIST`: every live link, with or without evidence."""
    k = ROWS["link"]
    names = ("id", "source_id", "target_id", "sign", "basis", "relation", "groups", "note")
    query = sa.select(*(k.c[n] for n in names)).where(~k.c.withdrawn).order_by(k.c.id)
    return read(connection, query, frames.LINK_LIST)


def link_evidence(connection: Connection) -> pd.DataFrame:
    """Return link_id, coding_id and stance of the live evidence of live links."""
    e, k, c = ROWS["link_evidence"], ROWS["link"], ROWS["coding"]
    query = (
        sa.select(e.c.link_id, e.c.coding_id, e.c.stance)
        .join(k, k.c.id == e.c.link_id)
        .join(c, c.c.id == e.c.coding_id)
        .where(~e.c.withdrawn, ~k.c.withdrawn, ~c.c.withdrawn)
        .order_by(e.c.id)
    )
    return read(connection, query, {"link_id": "str", "coding_id": "str", "stance": "str"})
