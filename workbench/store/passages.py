"""Texts and codings transcript by transcript, as plain rows that need no frame.

What goes through a whole project once, a search or a list of all codings, holds one
transcript at a time and does without pandas.
"""

import json
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.store.schema import ROWS

_TEXTS_AT_ONCE = 50


class Passage(NamedTuple):
    """One coding with its words and its place; the last of it as in `Turns.place`."""

    coding_id: str
    quote: str
    transcript: str
    transcript_version_id: str
    code_id: str
    coder: str
    start: int
    stop: int
    turn: int | None
    speaker: str
    begin_ms: int | None
    page: int | None
    run_id: str


class Turns:
    """Where the turns and pages of one transcript version start, and who speaks."""

    def __init__(self, packed: str, pages: str = "") -> None:
        turns = json.loads(packed)
        self._pages: list[int] = json.loads(pages or "[]")
        self._starts = [turn[1] for turn in turns]
        self._speakers = [turn[0] or "" for turn in turns]
        self._begins = [turn[4] for turn in turns]

    def at(self, position: int) -> tuple[int | None, str]:
        """Return the number of the turn at a position, from 1, and its speaker.

        >>> Turns('[["Ana", 0, 5, 9, null, null]]').at(3)
        (1, 'Ana')
        """
        number = bisect_right(self._starts, position)
        return (number, self._speakers[number - 1]) if number else (None, "")

    def begin_ms(self, position: int) -> int | None:
        """Return when in the recording the turn at a position begins, None where nothing says.

        >>> Turns('[["Ana", 0, 5, 9, 3000, null]]').begin_ms(7)
        3000
        """
        number = bisect_right(self._starts, position)
        begin: int | None = self._begins[number - 1] if number else None
        return begin

    def page(self, position: int) -> int | None:
        """Return the number of the page that a position is on, None where there are no pages.

        >>> Turns("[]", "[0, 40]").page(40)
        2
        """
        return max(bisect_right(self._pages, position), 1) if self._pages else None

    def place(self, position: int) -> tuple[int | None, str, int | None, int | None]:
        """Return turn and speaker as `at` does, the time of the turn, and the page."""
        return (*self.at(position), self.begin_ms(position), self.page(position))


def current_versions() -> sa.Select[Any]:
    """Select the newest live version of each transcript: (transcript_id, id, length)."""
    v = ROWS["transcript_version"]
    newest = (
        sa.select(v.c.transcript_id, sa.func.max(v.c.number).label("number"))
        .where(~v.c.withdrawn)
        .group_by(v.c.transcript_id)
        .subquery()
    )
    return sa.select(v.c.transcript_id, v.c.id, v.c.length).join(
        newest,
        sa.and_(newest.c.transcript_id == v.c.transcript_id, newest.c.number == v.c.number),
    )


def corrected(connection: Connection) -> dict[str, str]:
    """Return the current version of each transcript that was corrected, by its older ones."""
    v, current = ROWS["transcript_version"], current_versions().subquery()
    query = (
        sa.select(v.c.id, current.c.id)
        .join(current, current.c.transcript_id == v.c.transcript_id)
        .where(~v.c.withdrawn, v.c.id != current.c.id)
    )
    return dict(connection.execute(query).all())


def current_transcripts() -> sa.Select[Any]:
    """Select the transcripts in the order they came in, with `frames.TRANSCRIPTS`' columns."""
    t, current = ROWS["transcript"], current_versions().subquery()
    return (
        sa.select(t.c.id, current.c.id, t.c.name, current.c.length)
        .join(current, current.c.transcript_id == t.c.id)
        .where(~t.c.withdrawn)
        .order_by(t.c.made_in, t.c.id)
    )


def transcripts(connection: Connection) -> list[tuple[str, str, str, int]]:
    """Return id, id of the current version, name and length of each transcript, in that order."""
    return [
        (a, b, name, length) for a, b, name, length in connection.execute(current_transcripts())
    ]


def current_texts(connection: Connection) -> Iterator[tuple[str, str]]:
    """Yield id and text of each transcript's current version; memory holds few at a time."""
    v = ROWS["transcript_version"]
    current = current_versions().subquery()
    ids = list(connection.execute(sa.select(current.c.id).order_by(current.c.id)).scalars())
    for some in _some(ids):
        query = sa.select(v.c.id, v.c.text).where(v.c.id.in_(some)).order_by(v.c.id)
        yield from connection.execute(query)


def text(connection: Connection, version_id: str) -> tuple[str, Turns]:
    """Return the text of one transcript version, and its turns."""
    v = ROWS["transcript_version"]
    query = sa.select(v.c.text, v.c.turns, v.c.pages).where(v.c.id == version_id)
    held, packed, pages = connection.execute(query).one()
    return str(held), Turns(packed, pages)


def transcript_names(connection: Connection) -> dict[str, str]:
    """Return the name of the transcript of each version, by the version's id."""
    t, v = ROWS["transcript"], ROWS["transcript_version"]
    query = sa.select(v.c.id, t.c.name).join(t, t.c.id == v.c.transcript_id)
    return dict(connection.execute(query).all())


def turns(connection: Connection, version_ids: Iterable[str]) -> Iterator[tuple[str, Turns]]:
    """Yield the turns of these transcript versions, some at a time, in the order of the ids."""
    v = ROWS["transcript_version"]
    for some in _some(sorted(version_ids)):
        query = sa.select(v.c.id, v.c.turns, v.c.pages).where(v.c.id.in_(some)).order_by(v.c.id)
        for version_id, packed, pages in connection.execute(query):
            yield version_id, Turns(packed, pages)


def in_sources(
    connection: Connection, places: Sequence[tuple[str, int]]
) -> list[tuple[int | None, int | None]]:
    """Return when in its recording the turn at each place begins, and the page that it is on.

    Either is None where nothing says. A place is a transcript version and a position in it.
    """
    of: dict[str, list[int]] = {}
    for number, (version, _) in enumerate(places):
        of.setdefault(version, []).append(number)
    found: list[tuple[int | None, int | None]] = [(None, None)] * len(places)
    for version, held in turns(connection, of):
        for number in of[version]:
            position = places[number][1]
            found[number] = held.begin_ms(position), held.page(position)
    return found


def coded(connection: Connection, framework_versions: Collection[str]) -> Iterator[Passage]:
    """Yield every live coding of these framework versions' runs, in order of place.

    That is by transcript as they came in, then by start.
    """
    t, r = ROWS["transcript"], ROWS["run"]
    of = sa.select(r.c.id).where(r.c.framework_version_id.in_(list(framework_versions)))
    runs = set(connection.execute(of).scalars())
    ids = connection.execute(sa.select(t.c.id).order_by(t.c.made_in, t.c.id)).scalars().all()
    for transcript_id in ids:
        for passage in coded_in(connection, transcript_id):
            if passage.run_id in runs:
                yield passage


def coded_in(connection: Connection, transcript_id: str) -> list[Passage]:
    """Return every live coding of one transcript, of whatever run, by start."""
    of = {"transcript_id": transcript_id}
    rows = connection.execute(_codings(), of).all()
    spoken = {v: Turns(*t) for v, *t in connection.execute(_turns(), of)} if rows else {}
    return [
        Passage(
            i, quote, name, version, code, coder, start, stop, *spoken[version].place(start), run
        )
        for i, quote, name, version, code, coder, start, stop, run in rows
    ]


def of_ids(connection: Connection, coding_ids: Iterable[str]) -> list[Passage]:
    """Return these codings, live or withdrawn, in order of place as `coded` gives them."""
    t, v, c, p = (ROWS[n] for n in ("transcript", "transcript_version", "coding", "person"))
    query = (
        sa.select(t.c.made_in, t.c.id, c.c.start, c.c.id, c.c.quote, t.c.name, v.c.id, c.c.code_id)
        .add_columns(p.c.handle, c.c.stop, c.c.run_id)
        .join(v, v.c.id == c.c.transcript_version_id)
        .join(t, t.c.id == v.c.transcript_id)
        .join(p, p.c.id == c.c.person_id)
    )
    rows = [
        row
        for some in _some(sorted(set(coding_ids)), 500)
        for row in connection.execute(query.where(c.c.id.in_(some))).all()
    ]
    rows.sort(key=lambda row: tuple(row[:4]))
    spoken = dict(turns(connection, {row[6] for row in rows}))
    return [
        Passage(i, quote, name, at, code, who, start, stop, *spoken[at].place(start), run)
        for _, _, start, i, quote, name, at, code, who, stop, run in rows
    ]


def saying(
    connection: Connection, words: Iterable[str], runs: Collection[str], most: int
) -> list[str]:
    """Return ids of live codings of these runs that say every one of the words, newest first."""
    c = ROWS["coding"]
    query = sa.select(c.c.id).where(~c.c.withdrawn, c.c.run_id.in_(list(runs)))
    for word in words:
        query = query.where(c.c.quote.icontains(word, autoescape=True))
    return list(connection.execute(query.order_by(c.c.id.desc()).limit(most)).scalars())


@cache
def _codings() -> sa.Select[Any]:
    """Select the codings of one transcript; made once, as a long list asks for each in turn."""
    t, v, c, p = (ROWS[n] for n in ("transcript", "transcript_version", "coding", "person"))
    return (
        sa.select(c.c.id, c.c.quote, t.c.name, v.c.id, c.c.code_id, p.c.handle, c.c.start, c.c.stop)
        .add_columns(c.c.run_id)
        .join(v, v.c.id == c.c.transcript_version_id)
        .join(t, t.c.id == v.c.transcript_id)
        .join(p, p.c.id == c.c.person_id)
        .where(t.c.id == sa.bindparam("transcript_id"), ~c.c.withdrawn)
        .order_by(c.c.start, c.c.id)
    )


@cache
def _turns() -> sa.Select[Any]:
    v = ROWS["transcript_version"]
    return sa.select(v.c.id, v.c.turns, v.c.pages).where(
        v.c.transcript_id == sa.bindparam("transcript_id")
    )


def _some(ids: list[str], many: int = _TEXTS_AT_ONCE) -> Iterator[list[str]]:
    for at in range(0, len(ids), many):
        yield ids[at : at + many]
