"""Which runs of a framework version count."""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from workbench.project import blindness
from workbench.store import carried, records
from workbench.store.records import Row

SETTLED = ("final", "consensus", "independent")
"""The kinds of run, the most settled first."""


def settled(connection: Connection, framework_version_id: str) -> list[Row]:
    """Return the runs that count: of the most settled kind that has been worked in.

    Final runs count where there are any, else those of consensus, else the independent
    ones. A run without a coding and without a finished transcript is not begun: it does
    not make the others count less. Nor does a run count that came back to the version
    that it had set out from, beside the one that it was carried from in the first place;
    nor one that is shut to who reads (see `blindness`).
    """
    closed = blindness.shut(connection)
    worked_in = [
        run
        for run in records.find(connection, "run", framework_version_id=framework_version_id)
        if run["id"] not in closed and begun(connection, str(run["id"]))
    ]
    kind = next((k for k in SETTLED if any(r["kind"] == k for r in worked_in)), "")
    found = [r for r in worked_in if r["kind"] == kind]
    ids = {r["id"] for r in found}
    return [r for r in found if not ids & _origins(connection, r)]


def waiting(connection: Connection, framework_version_id: str, counted: Sequence[Row]) -> int:
    """Return how many codings of other versions nobody has yet said what they are under this one.

    Asked of are the runs that count, and those that were carried and have not begun.
    """
    ids = {run["id"] for run in counted}
    closed = blindness.shut(connection)
    fresh = [
        run
        for run in records.find(connection, "run", framework_version_id=framework_version_id)
        if run["id"] not in closed
        and run["from_id"]
        and run["id"] not in ids
        and not begun(connection, str(run["id"]))
    ]
    return sum(len(carried.waiting(connection, run)) for run in (*counted, *fresh))


def _origins(connection: Connection, run: Row) -> set[str]:
    """Return ids of the run that a run was carried from, of the one before, and so on."""
    found: set[str] = set()
    while run["from_id"] is not None:
        found.add(str(run["from_id"]))
        (run,) = records.by_ids(connection, "run", [run["from_id"]])
    return found


def begun(connection: Connection, run_id: str) -> bool:
    """Whether a run has a coding or a finished transcript."""
    return records.exists(connection, "finished", run_id=run_id) or records.exists(
        connection, "coding", run_id=run_id
    )
