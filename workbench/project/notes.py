"""What stands beside the data, as plain rows: memos, the reading log, meetings.

Each row has the id and the `row_version` of what it shows, for acts that change it.
"""

from sqlalchemy.engine import Connection

from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import history, passages, records
from workbench.store.records import Row

MEMOS = (
    "memo_id",
    "kind",
    "title",
    "text",
    "person",
    "at",
    "anchor",
    "anchor_id",
    "transcript",
    "start",
    "stop",
    "row_version",
)
"""One memo; `transcript`, `start` and `stop` where it is anchored to a text, or a range of it."""

READINGS = ("reading_id", "person", "transcript", "how", "date", "note", "row_version")
"""Somebody read, or listened to, one transcript once."""

MEETINGS = ("decision_id", "date", "title", "text", "stage", "person", "present", "row_version")
"""What the team decided once, who wrote it down, and who was present."""


def memos(project: Project, transcript: str | None = None) -> list[Row]:
    """Return the memos as `MEMOS` has them, in the order they were written.

    With a transcript, those that are anchored to its current text, by their place in it;
    those about the text as a whole come first.
    """
    with project.reading() as connection:
        if transcript is None:
            held = records.find(connection, "memo")
        else:
            version = Names(connection).transcript(transcript)["id"]
            of = {"anchor": "transcript_version", "anchor_id": version}
            held = records.find(connection, "memo", **of)
            held.sort(key=lambda m: (m["start"] is not None, m["start"] or 0))
        named = passages.transcript_names(connection)
        handle = _handles(connection)
        return [
            _row(
                MEMOS,
                m,
                memo_id=m["id"],
                person=handle[m["person_id"]],
                at=history.made_by(connection, m["made_in"])["at"],
                transcript=named[m["anchor_id"]] if m["anchor"] == "transcript_version" else "",
            )
            for m in held
        ]


def readings(project: Project, transcript: str | None = None) -> list[Row]:
    """Return the reading log as `READINGS` has it, of one transcript or of all."""
    with project.reading() as connection:
        named = passages.transcript_names(connection)
        name = None if transcript is None else Names(connection).transcript(transcript)["name"]
        handle = _handles(connection)
        rows = [
            _row(
                READINGS,
                r,
                reading_id=r["id"],
                person=handle[r["person_id"]],
                transcript=named[r["transcript_version_id"]],
            )
            for r in records.find(connection, "reading")
        ]
    return [r for r in rows if name in (None, r["transcript"])]


def meetings(project: Project) -> list[Row]:
    """Return what the team decided as `MEETINGS` has it, the earliest date first."""
    with project.reading() as connection:
        handle = _handles(connection)
        held = records.find(connection, "decision_record")
        ids = [str(m["id"]) for m in held]
        there = records.by_column(connection, "attendance", "decision_record_id", ids, "person_id")
        return [
            _row(
                MEETINGS,
                m,
                decision_id=m["id"],
                person=handle[m["person_id"]],
                present=tuple(handle[a["person_id"]] for a in there[m["id"]]),
            )
            for m in sorted(held, key=lambda m: str(m["date"]))
        ]


def _handles(connection: Connection) -> dict[str, str]:
    return {p["id"]: p["handle"] for p in records.find(connection, "person", "id", "handle")}


def _row(columns: tuple[str, ...], held: Row, **more: object) -> Row:
    told = {**held, **more}
    return {column: told[column] for column in columns}
