"""Who read, or listened to, which transcript when; and who has not yet."""

from typing import NamedTuple

import sqlalchemy as sa

from workbench.project.opening import Project
from workbench.store import passages
from workbench.store.schema import ROWS


class Entry(NamedTuple):
    """One entry of the reading log."""

    reading_id: str
    transcript: str
    who: str
    how: str
    date: str
    note: str


def entries(project: Project) -> list[Entry]:
    """Return the reading log, the newest date first."""
    r, p, v, t = (ROWS[name] for name in ("reading", "person", "transcript_version", "transcript"))
    query = (
        sa.select(r.c.id, t.c.name, p.c.handle, r.c.how, r.c.date, r.c.note)
        .join(p, p.c.id == r.c.person_id)
        .join(v, v.c.id == r.c.transcript_version_id)
        .join(t, t.c.id == v.c.transcript_id)
        .where(~r.c.withdrawn)
        .order_by(r.c.date.desc(), r.c.id.desc())
    )
    with project.reading() as connection:
        return [Entry(*row) for row in connection.execute(query)]


def unread(project: Project, who: str | None = None) -> list[str]:
    """Return the transcripts that nobody, or that one person, has read or listened to."""
    done = {entry.transcript for entry in entries(project) if who in (None, entry.who)}
    with project.reading() as connection:
        return [name for _, _, name, _ in passages.transcripts(connection) if name not in done]
