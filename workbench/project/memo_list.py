"""Memos as a page shows them: those of one transcript, and the topics noted so far."""

from typing import NamedTuple

import sqlalchemy as sa

from workbench.project.opening import Project
from workbench.store.schema import ROWS


class ShownMemo(NamedTuple):
    """One memo of a transcript version; without a place it is about the whole text."""

    memo_id: str
    start: int | None
    stop: int | None
    title: str
    text: str
    kind: str
    who: str
    row_version: int


class Noted(NamedTuple):
    """One place where a topic was noted; without a transcript, elsewhere in the project."""

    memo_id: str
    transcript: str
    start: int | None
    stop: int | None
    text: str
    who: str


class Topic(NamedTuple):
    """One title of memos, with every memo that bears it."""

    title: str
    places: tuple[Noted, ...]

    @property
    def transcripts(self) -> int:
        """How many transcripts it was noted in."""
        return len({place.transcript for place in self.places if place.transcript})


def memos(project: Project, transcript_version_id: str) -> list[ShownMemo]:
    """Return the live memos of a transcript version, by place; those of the whole text first."""
    m, p = ROWS["memo"], ROWS["person"]
    query = (
        sa.select(m.c.id, m.c.start, m.c.stop, m.c.title, m.c.text, m.c.kind, p.c.handle)
        .add_columns(m.c.row_version)
        .join(p, p.c.id == m.c.person_id)
        .where(~m.c.withdrawn, m.c.anchor == "transcript_version")
        .where(m.c.anchor_id == transcript_version_id)
        .order_by(sa.func.coalesce(m.c.start, -1), m.c.id)
    )
    with project.reading() as connection:
        return [ShownMemo(*row) for row in connection.execute(query)]


def topics(project: Project) -> list[Topic]:
    """Return the titles of all memos, the most frequent first, then by alphabet.

    Titles that differ in capitals or blanks only are one; it is called as it was first.
    """
    m, p, v, t = (ROWS[name] for name in ("memo", "person", "transcript_version", "transcript"))
    query = (
        sa.select(m.c.title, m.c.id, t.c.name, m.c.start, m.c.stop, m.c.text, p.c.handle)
        .join(p, p.c.id == m.c.person_id)
        .outerjoin(v, sa.and_(m.c.anchor == "transcript_version", m.c.anchor_id == v.c.id))
        .outerjoin(t, t.c.id == v.c.transcript_id)
        .where(~m.c.withdrawn, m.c.title != "")
        .order_by(m.c.id)
    )
    called: dict[str, str] = {}
    held: dict[str, list[Noted]] = {}
    with project.reading() as connection:
        for title, memo_id, name, *place in connection.execute(query):
            key = " ".join(title.split()).casefold()
            called.setdefault(key, title.strip())
            held.setdefault(key, []).append(Noted(memo_id, name or "", *place))
    found = [Topic(called[key], tuple(places)) for key, places in held.items() if key]
    return sorted(found, key=lambda topic: (-len(topic.places), topic.title.casefold()))
