"""What a project holds in numbers, and how far each step of the method has come."""

from collections import Counter
from typing import NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.project import progress
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import records
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
    meets. `states` counts cases × codes.
    """

    framework: str
    turns: int
    indexed: int
    states: dict[str, int]


class Steps(NamedTuple):
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


class Setting(NamedTuple):
    """One thing that the project says about itself; version 0 where it says nothing."""

    value: str
    row_version: int


def settings(project: Project) -> dict[str, Setting]:
    """Return what the project says about itself, by key; keys that are not set are left out."""
    with project.reading() as connection:
        held = records.find(connection, "setting", "key", "value", "row_version")
    return {row["key"]: Setting(row["value"], row["row_version"]) for row in held}


def contents(project: Project) -> dict[str, int]:
    """Return how many live things of each kind there are (see `CONTENTS`)."""
    with project.reading() as connection:
        return {kind: records.count(connection, kind) for kind in CONTENTS}


def steps(project: Project) -> Steps:
    """Return how far the steps have come."""
    with project.reading() as connection:
        versions = Names(connection).versions()
        used = [str(v["reference"]) for v in _in_use(connection, versions)]
        states = {reference: _states(connection, reference) for reference in used}
    worked = tuple(_worked(project, reference, states[reference]) for reference in used)
    with project.reading() as connection:
        return Steps(
            transcripts=records.count(connection, "transcript"),
            read=_read(connection),
            versions=len(versions),
            released=sum(v["state"] == "released" for v in versions),
            worked=worked,
            statements=_summaries(connection),
            mapped=_distinct(connection, "node_statement", "statement_id"),
            links=records.count(connection, "link"),
            cited=_distinct(connection, "link_evidence", "link_id", stance="for"),
        )


def _worked(project: Project, reference: str, states: dict[str, int]) -> Worked:
    rows = progress.by_transcript(project, reference)
    turns, indexed = sum(r.turns for r in rows), sum(r.coded_turns for r in rows)
    return Worked(reference, turns, indexed, states)


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


def _states(connection: Connection, reference: str) -> dict[str, int]:
    from workbench.project.material import Material  # with pandas, which counts do without

    return dict(Counter(Material(connection, reference).states["state"]))
