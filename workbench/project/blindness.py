"""Which runs are shut, and to whom: the one place where blindness is decided.

A run that is blind is shut to all but its coder. One of a round opens when all runs of the
round have finished all of its transcripts, or when a run of consensus of the framework version
was begun after the round was planned. One that is in no round opens when its framework version has
a run of consensus or a final one. A run that was carried from another to a newer framework
version is shut as long as that one is, if that one is in a round. A round that was withdrawn rules
the runs that were in it as if it stood.

Own cells of a blind round of charting are shut to all but the one who writes them, until both
people have finished all cells of the round; then the round is open to all.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.store import passages, records, shutting
from workbench.store.records import Row
from workbench.store.schema import ROWS, change

SHUT = "they are blind and somebody else's"
"""Why runs are left out of what goes out."""
UNTOLD = "Worked in a blind run"
"""What the history says of an act in a run that is shut to who reads it."""
UNTOLD_CHARTING = "Charted in a blind round"
"""What it says of an act on own cells that are shut."""
UNTOLD_ACTS = (UNTOLD, UNTOLD_CHARTING)


def reading(connection: Connection, who: str) -> Connection:
    """Return the connection as one by which a person reads: what is shut to them is not in it."""
    named = connection.execution_options(reader=who)
    return shutting.without(named, lambda: hidden(connection, who))


def shut(connection: Connection) -> set[str]:
    """Return the ids of the runs that are shut to who reads by a connection; acts see all."""
    return shutting.of(connection)


def unseen(connection: Connection) -> set[str]:
    """Return the ids of the codings that are shut to who reads by a connection, live or not."""
    closed, c = shut(connection), ROWS["coding"]
    if not closed:
        return set()
    query = sa.select(c.c.id).where(c.c.run_id.in_(closed))
    return set(connection.execute(shutting.whole(query)).scalars())


def shut_codings(connection: Connection, who: str, ids: Sequence[str]) -> set[str]:
    """Return which of some codings, by their ids, are shut to a person."""
    closed = hidden(connection, who)
    found = records.by_ids(connection, "coding", ids, "id", "run_id") if closed else []
    return {str(c["id"]) for c in found if c["run_id"] in closed}


def hidden(connection: Connection, who: str) -> set[str]:
    """Return the ids of the runs that are shut to a person."""
    runs = {str(r["id"]): r for r in records.find(connection, "run")}
    if not any(r["blind"] for r in runs.values()):
        return set()
    people = {p["id"]: str(p["handle"]) for p in records.find(connection, "person")}
    round_of = {str(r["run_id"]): str(r["round_id"]) for r in _of_rounds(connection, "round_run")}
    shut_rounds = set(round_of.values()) - open_rounds(connection)
    over = {r["framework_version_id"] for r in runs.values() if r["kind"] != "independent"}

    def is_shut(run: Row) -> bool:
        if not run["blind"] or people.get(run["person_id"], "") == who:
            return False
        at: Row | None = run
        while at is not None:
            if str(at["id"]) in round_of:
                return round_of[str(at["id"])] in shut_rounds
            at = runs.get(str(at["from_id"])) if at["from_id"] else None
        return run["framework_version_id"] not in over

    return {run_id for run_id, run in runs.items() if is_shut(run)}


def without_words(connection: Connection, acts: Sequence[Row]) -> list[dict[str, Any]]:
    """Return entries of the history, those about what is shut without their words."""
    untold = _untold(connection)
    return [
        {
            **one,
            "summary": untold[one["seq"]],
            "merged": [{**merged, "summary": untold[one["seq"]]} for merged in one["merged"]],
        }
        if one["seq"] in untold
        else one
        for one in acts
    ]


def _untold(connection: Connection) -> dict[int, str]:
    """Return what is said of each act that made or changed something that is shut."""
    found: dict[int, str] = {}
    runs, own = shut(connection), shut_own_cells(connection)
    if own:
        o, s, e = (ROWS[n] for n in ("own_cell", "own_statement", "own_evidence"))
        of_cells = sa.select(s.c.id).where(s.c.own_cell_id.in_(own))
        for table, which in (
            (o, o.c.id.in_(own)),
            (s, s.c.own_cell_id.in_(own)),
            (e, e.c.own_statement_id.in_(of_cells)),
        ):
            found |= dict.fromkeys(_touching(connection, table, which), UNTOLD_CHARTING)
    if runs:
        found |= dict.fromkeys(_acts_on(connection, runs), UNTOLD)
    return found


def _touching(
    connection: Connection, table: sa.Table, which: sa.ColumnElement[bool]
) -> Iterator[int]:
    """Yield the acts that made or changed some rows of a table."""
    later = sa.select(change.c.act).where(
        change.c.table_name == table.name, change.c.row_id.in_(sa.select(table.c.id).where(which))
    )
    touching = shutting.whole(sa.select(table.c.made_in).where(which).union(later))
    yield from connection.execute(touching).scalars()


def _acts_on(connection: Connection, runs: set[str]) -> set[int]:
    """Return the numbers of the acts that made or changed codings of runs, or what cites them."""
    c = ROWS["coding"]
    codings = sa.select(c.c.id).where(c.c.run_id.in_(runs))
    made = sa.select(c.c.made_in).where(c.c.run_id.in_(runs))
    later = sa.select(change.c.act).where(
        change.c.table_name == "coding", change.c.row_id.in_(codings)
    )
    tied = (ROWS[table] for table in shutting.CITING)
    citing = (
        sa.select(t.c[column]).where(t.c.coding_id.in_(codings))
        for t in tied
        for column in ("made_in", "changed_in")
    )
    return set(connection.execute(shutting.whole(sa.union(made, later, *citing))).scalars())


def open_rounds(connection: Connection) -> set[str]:
    """Return the ids of the rounds whose members may see one another's codings."""
    consensus: dict[str, int] = defaultdict(int)
    for run in records.find(connection, "run", kind="consensus"):
        version = str(run["framework_version_id"])
        consensus[version] = max(consensus[version], int(run["made_in"]))
    done = progress(connection)
    return {
        str(one["id"])
        for one in _every_round(connection)
        if not one["blind"]
        or consensus[str(one["framework_version_id"])] > int(one["made_in"])
        or all(len(had) == len(wanted) for had, wanted in done[str(one["id"])].values())
    }


def _every_round(connection: Connection) -> list[Row]:
    """Return the rounds, those too that were withdrawn."""
    query = sa.select(ROWS["round"])
    return [dict(row) for row in connection.execute(query).mappings()]


def _of_rounds(connection: Connection, table: str) -> list[Row]:
    """Return the rows of a table that belong to rounds, withdrawn ones if their round is."""
    t, r = ROWS[table], ROWS["round"]
    query = sa.select(t).join(r, r.c.id == t.c.round_id)
    found = connection.execute(query.where(sa.or_(~t.c.withdrawn, r.c.withdrawn)).order_by(t.c.id))
    return [dict(row) for row in found.mappings()]


Finished = tuple[set[str], set[str]]
"""Ids of the transcripts (or cells) that are finished, and of those that are to be."""


def progress(connection: Connection) -> dict[str, dict[str, Finished]]:
    """Return round → run → what of the round's transcripts it has finished, and all of them.

    Rounds that were withdrawn are among them. A transcript is finished if its current text is.
    """
    current = {
        version: transcript for transcript, version, _, _ in passages.transcripts(connection)
    }
    finished: dict[str, set[str]] = defaultdict(set)
    for row in records.find(connection, "finished", "run_id", "transcript_version_id"):
        if row["transcript_version_id"] in current:
            finished[str(row["run_id"])].add(current[row["transcript_version_id"]])
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in _of_rounds(connection, "round_transcript"):
        wanted[str(row["round_id"])].add(str(row["transcript_id"]))
    found: dict[str, dict[str, Finished]] = defaultdict(dict)
    for row in _of_rounds(connection, "round_run"):
        of = wanted[str(row["round_id"])]
        found[str(row["round_id"])][str(row["run_id"])] = (finished[str(row["run_id"])] & of, of)
    return found


def shut_own_cells(connection: Connection) -> set[str]:
    """Return the ids of the own cells that are shut to who reads by a connection; acts see all."""
    who = connection.get_execution_options().get("reader")
    return set() if who is None else hidden_own_cells(connection, who)


def hidden_own_cells(connection: Connection, who: str) -> set[str]:
    """Return the ids of the own cells that are shut to a person."""
    rounds = records.find(connection, "charting_round", "id", blind=True)
    if not rounds:
        return set()
    people = {p["id"]: str(p["handle"]) for p in records.find(connection, "person")}
    closed = {str(one["id"]) for one in rounds} - open_charting(connection)
    places = {
        str(c["id"])
        for c in records.find(connection, "charting_round_cell", "id", "charting_round_id")
        if c["charting_round_id"] in closed
    }
    return {
        str(own["id"])
        for own in records.find(connection, "own_cell")
        if own["charting_round_cell_id"] in places and people[own["person_id"]] != who
    }


def shut_own_statements(connection: Connection) -> set[str]:
    """Return the ids of the statements in own cells that are shut likewise."""
    closed = sorted(shut_own_cells(connection))
    found = records.by_column(connection, "own_statement", "own_cell_id", closed, "id")
    return {str(s["id"]) for held in found.values() for s in held}


def open_charting(connection: Connection) -> set[str]:
    """Return the ids of the rounds of charting whose own cells all may see."""
    done = charting_progress(connection)
    return {
        str(one["id"])
        for one in records.find(connection, "charting_round")
        if not one["blind"] or all(had == wanted for had, wanted in done[str(one["id"])].values())
    }


def charting_progress(connection: Connection) -> dict[str, dict[str, Finished]]:
    """Return round of charting → person, the first first → ids of its cells: finished ones, all."""
    wanted: dict[str, set[str]] = defaultdict(set)
    for row in records.find(connection, "charting_round_cell", "id", "charting_round_id"):
        wanted[str(row["charting_round_id"])].add(str(row["id"]))
    finished: dict[str, set[str]] = defaultdict(set)
    for own in records.find(connection, "own_cell", finished=True):
        finished[str(own["person_id"])].add(str(own["charting_round_cell_id"]))
    return {
        str(one["id"]): {
            str(one[side]): (
                finished[str(one[side])] & wanted[str(one["id"])],
                wanted[str(one["id"])],
            )
            for side in ("first_id", "second_id")
        }
        for one in records.find(connection, "charting_round")
    }
