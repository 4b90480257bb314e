"""How far indexing has come, as plain rows without pandas."""

import json
from collections import defaultdict
from typing import NamedTuple

import sqlalchemy as sa

from workbench.project import blindness
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import passages, records
from workbench.store.schema import ROWS


class Progress(NamedTuple):
    """One transcript: participants' turns, those that a coding meets, codings, runs finished."""

    transcript: str
    turns: int
    coded_turns: int
    codings: int
    finished_in: tuple[str, ...]


def by_transcript(project: Project, reference: str) -> list[Progress]:
    """Return how far the runs of a framework version have come in each transcript.

    Raises:
        UnknownName: there is no such version.
    """
    with project.reading() as connection:
        version = Names(connection).version(reference)["id"]
        closed = blindness.shut(connection)
        runs = {
            r["id"]: str(r["name"])
            for r in records.find(connection, "run", framework_version_id=version)
            if r["id"] not in closed
        }
        places: dict[str, list[tuple[int, int]]] = defaultdict(list)
        c = ROWS["coding"]
        query = sa.select(c.c.transcript_version_id, c.c.start, c.c.stop)
        query = query.where(~c.c.withdrawn, c.c.run_id.in_(list(runs))).order_by(c.c.start)
        for where, start, stop in connection.execute(query):
            places[where].append((start, stop))
        finished: dict[str, list[str]] = defaultdict(list)
        for row in records.find(connection, "finished"):
            if row["run_id"] in runs:
                finished[row["transcript_version_id"]].append(runs[row["run_id"]])
        roles: dict[str, dict[str, str]] = defaultdict(dict)
        for row in records.find(connection, "speaker", "transcript_id", "label", "role"):
            roles[row["transcript_id"]][row["label"]] = row["role"]
        v = ROWS["transcript_version"]
        shown = passages.transcripts(connection)
        ids = [version_id for _, version_id, _, _ in shown]
        packed = dict(connection.execute(sa.select(v.c.id, v.c.turns).where(v.c.id.in_(ids))).all())
    rows = []
    for transcript_id, version_id, name, _ in shown:
        said = _said(packed[version_id], roles[transcript_id])
        held = places[version_id]
        coded = count_met(said, held)
        rows.append(Progress(name, len(said), coded, len(held), tuple(finished[version_id])))
    return rows


def _said(packed: str, roles: dict[str, str]) -> list[tuple[int, int]]:
    """Return where participants speak: the words of each of their turns."""
    return [
        (words_start, stop)
        for speaker, _, words_start, stop, *_ in json.loads(packed)
        if roles.get(speaker) == "participant" and words_start < stop
    ]


def count_met(stretches: list[tuple[int, int]], by: list[tuple[int, int]]) -> int:
    """Return how many stretches share a character with one of `by`; both are in order of start.

    >>> count_met([(0, 5), (5, 9), (12, 20)], [(3, 5), (8, 13)])
    3
    """
    met = at = reach = 0
    for start, stop in stretches:
        while at < len(by) and by[at][0] < stop:
            reach = max(reach, by[at][1])
            at += 1
        met += reach > start
    return met
