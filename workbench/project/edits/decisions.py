"""Consensus: what became of each coding, and why."""

from collections.abc import Sequence
from typing import NamedTuple

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


class Said(NamedTuple):
    """What became of one coding."""

    coding: Row
    outcome: Outcome
    result_id: str | None


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
    held = records.one(act.connection, "decision", run_id=run["id"], coding_id=coding["id"])
    records.as_read("decision", held, row_version)
    one = Said(coding, outcome, became["id"] if became else None)
    return put_decisions(act, run, [one], reason, person)[0]


def put_decisions(act: Act, run: Row, said: Sequence[Said], reason: str, person: str) -> list[str]:
    """Record what became of many codings, all for one reason; return the decisions' ids."""
    for one in said:
        if one.outcome not in OUTCOMES:
            raise BadValue("An outcome", one.outcome, ", ".join(OUTCOMES))
    person_id = put_person(act, person)
    ids = [one.coding["id"] for one in said]
    found = records.by_column(act.connection, "decision", "coding_id", ids)
    held = {c: d for c, rows in found.items() for d in rows if d["run_id"] == run["id"]}
    fresh: dict[str, Row] = {}
    for one in said:
        coding_id = one.coding["id"]
        row = {
            "outcome": one.outcome,
            "reason": reason,
            "person_id": person_id,
            "result_id": one.result_id,
        }
        if coding_id in held:
            records.update(act, "decision", held[coding_id]["id"], row)
        else:
            fresh[coding_id] = {"run_id": run["id"], "coding_id": coding_id, **row}
    made = dict(zip(fresh, records.insert(act, "decision", list(fresh.values())), strict=True))
    return [made.get(i) or str(held[i]["id"]) for i in ids]
