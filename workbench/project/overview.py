"""What a project holds in numbers, and how far each step of the method has come."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.project import runs
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.transcript_page import meets, united
from workbench.store import passages, records
from workbench.store.records import Row
from workbench.store.schema import ROWS

CONTENTS = (
    "transcript",
    "case",
    "framework_version",
    "coding",
    "statement",
    "node",
    "link",
    "memo",
    "person",
)
"""What the contents count."""


class Worked(NamedTuple):
    """How far one framework version has come: turns indexed, and cells by their state.

    `turns` are those in which a participant speaks, `indexed` those of them that a coding
    of the runs that count meets. `states` counts cases × codes.
    """

    framework: str
    turns: int
    indexed: int
    states: dict[str, int]


class Progress(NamedTuple):
    """How far the steps have come; `worked` is of the framework versions in use."""

    transcripts: int
    read: int
    versions: int
    released: int
    worked: tuple[Worked, ...]
    statements: int
    mapped: int
    """Of the statements, those that feed a node of a ladder."""
    links: int
    cited: int
    """Of the links, those with words for them."""


def contents(project: Project) -> dict[str, int]:
    """Return how many live things of each kind there are (see `CONTENTS`)."""
    with project.reading() as connection:
        return {kind: records.count(connection, kind) for kind in CONTENTS}


def progress(project: Project) -> Progress:
    """Return how far the steps have come."""
    with project.reading() as connection:
        names = Names(connection)
        versions = names.versions()
        return Progress(
            transcripts=records.count(connection, "transcript"),
            read=_read(connection),
            versions=len(versions),
            released=sum(v["state"] == "released" for v in versions),
            worked=tuple(_worked(connection, _in_use(connection, versions))),
            statements=_summaries(connection),
            mapped=_distinct(connection, "node_statement", "statement_id"),
            links=records.count(connection, "link"),
            cited=_distinct(connection, "link_evidence", "link_id", stance="for"),
        )


def _distinct(connection: Connection, table: str, column: str, **where: str) -> int:
    t = ROWS[table]
    query = sa.select(sa.func.count(sa.distinct(t.c[column]))).where(
        ~t.c.withdrawn, *(t.c[k] == v for k, v in where.items())
    )
    return int(connection.execute(query).scalar_one())


def _read(connection: Connection) -> int:
    """Return how many transcripts somebody has read or listened to, in whatever version."""
    r, v = ROWS["reading"], ROWS["transcript_version"]
    query = (
        sa.select(sa.func.count(sa.distinct(v.c.transcript_id)))
        .join(r, r.c.transcript_version_id == v.c.id)
        .where(~r.c.withdrawn, ~v.c.withdrawn)
    )
    return int(connection.execute(query).scalar_one())


def _summaries(connection: Connection) -> int:
    t = ROWS["statement"]
    query = sa.select(sa.func.count()).where(~t.c.withdrawn, t.c.kind != "comment")
    return int(connection.execute(query).scalar_one())


def _in_use(connection: Connection, versions: list[Row]) -> list[Row]:
    """Return the framework versions that were indexed or charted with."""
    used = {
        row["framework_version_id"]
        for table in ("run", "cell")
        for row in records.find(connection, table, "framework_version_id")
    }
    return [v for v in versions if v["id"] in used]


def _worked(connection: Connection, versions: list[Row]) -> list[Worked]:
    from workbench.project.material import Material  # with pandas, which counts do without

    turns = _participants_turns(connection) if versions else {}
    number = sum(map(len, turns.values()))
    return [
        Worked(
            str(version["reference"]),
            number,
            _indexed(connection, turns, [r["id"] for r in runs.settled(connection, version["id"])]),
            dict(Counter(Material(connection, str(version["reference"])).states["state"])),
        )
        for version in versions
    ]


def _participants_turns(connection: Connection) -> dict[str, list[tuple[int, int]]]:
    """Return where participants speak, by the id of the current version of each transcript."""
    v, s = ROWS["transcript_version"], ROWS["speaker"]
    current = passages.current_versions().subquery()
    query = sa.select(v.c.id, v.c.transcript_id, v.c.turns).join(current, current.c.id == v.c.id)
    speaking = sa.select(s.c.transcript_id, s.c.label).where(
        ~s.c.withdrawn, s.c.role == "participant"
    )
    participants = {(t, label) for t, label in connection.execute(speaking)}
    return {
        version: [
            (words, stop)
            for speaker, _, words, stop, *_ in json.loads(packed)
            if (transcript, speaker) in participants and words < stop
        ]
        for version, transcript, packed in connection.execute(query)
    }


def _indexed(
    connection: Connection, turns: dict[str, list[tuple[int, int]]], counting: Collection[str]
) -> int:
    """Return how many of the turns a coding of these runs meets."""
    c = ROWS["coding"]
    query = sa.select(c.c.transcript_version_id, c.c.start, c.c.stop).where(
        ~c.c.withdrawn, c.c.run_id.in_(list(counting))
    )
    coded: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for version, start, stop in connection.execute(query):
        coded[version].append((start, stop))
    held = {version: united(stretches) for version, stretches in coded.items()}
    return sum(meets(turn, held[v]) for v, of in turns.items() if v in held for turn in of)
