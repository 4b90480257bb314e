"""Consensus: what became of each coding, and why."""

from workbench.errors import BadValue
from workbench.model.coding import OUTCOMES, Outcome
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("decide")
def decide(
    act: Act,
    run: str,
    coding_id: str,
    outcome: Outcome,
    reason: str,
    *,
    result: str | None = None,
    row_version: int | None = None,
) -> str:
    """Record what became of a coding in a consensus run, and why; return the decision's id.

    An earlier decision of that run on the coding is changed.

    Raises:
        ChangedMeanwhile: somebody else decided after `row_version` was read (0 where
            nobody had).
    """
    names = Names(act.connection)
    coding = names.by_id_start("coding", coding_id)
    became = names.by_id_start("coding", result) if result else None
    act.says(f"{outcome.capitalize()} the coding of “{short(coding['quote'])}”: {reason}")
    return put_decision(act, names.run(run), coding, outcome, reason, act.who, became, row_version)


def put_decision(
    act: Act,
    run: Row,
    coding: Row,
    outcome: Outcome,
    reason: str,
    person: str,
    became: Row | None,
    row_version: int | None = None,
) -> str:
    """Do what `decide` does, inside an act that does more."""
    if outcome not in OUTCOMES:
        raise BadValue("An outcome", outcome, ", ".join(OUTCOMES))
    where = {"run_id": run["id"], "coding_id": coding["id"]}
    said = {
        "outcome": outcome,
        "reason": reason,
        "person_id": put_person(act, person),
        "result_id": became["id"] if became else None,
    }
    held = records.one(act.connection, "decision", **where)
    records.as_read("decision", held, row_version)
    if held is None:
        return records.insert(act, "decision", [{**where, **said}])[0]
    records.update(act, "decision", held["id"], said)
    return str(held["id"])
