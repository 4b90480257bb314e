"""Which runs of a framework version count."""

from sqlalchemy.engine import Connection

from workbench.store import records
from workbench.store.records import Row

SETTLED = ("final", "consensus", "independent")
"""The kinds of run, the most settled first."""


def settled(connection: Connection, framework_version_id: str) -> list[Row]:
    """Return the runs that count: of the most settled kind that has been worked in.

    Final runs count where there are any, else those of consensus, else the independent
    ones. A run without a coding and without a finished transcript is not begun: it does
    not make the others count less.
    """
    begun = [
        run
        for run in records.find(connection, "run", framework_version_id=framework_version_id)
        if _begun(connection, str(run["id"]))
    ]
    kind = next((k for k in SETTLED if any(r["kind"] == k for r in begun)), "")
    return [r for r in begun if r["kind"] == kind]


def _begun(connection: Connection, run_id: str) -> bool:
    return records.exists(connection, "finished", run_id=run_id) or records.exists(
        connection, "coding", run_id=run_id
    )
