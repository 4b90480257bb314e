"""Steps that nobody told between two framework versions, confirmed by a person."""

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict

from workbench.errors import Refused
from workbench.model.framework import Thing
from workbench.model.report import counted
from workbench.project.edits.registry import edit
from workbench.project.framework_rows import as_version
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row

Same = tuple[Thing, str, str]
"""A category or code of the first version, and one of the second, by their ids."""


@edit("adopt steps")
def adopt_steps(
    act: Act, a: str, b: str, same: Sequence[Same] | None = None, *, reason: str = ""
) -> int:
    """Say what of the version `a` is what of the version `b`; return how many steps that are.

    `same` are pairs such as `views.proposed_steps` has them; without them, all that it calls
    certain or likely. What is in no pair was retired or added. The steps stand beside the
    versions, as one row of their own: neither changes, nor does the hash of a released one.

    Raises:
        Refused: `b` tells its steps itself, was made from another version, is where `a` comes
            from, or has adopted steps already; or the pairs do not lead from one to the other.
    """
    from workbench.project.framework_versions import ancestors  # with pandas
    from workbench.stages.framework import proposing
    from workbench.stages.framework.retelling import By
    from workbench.stages.framework.sides import nodes
    from workbench.stages.framework.steps import apply

    names = Names(act.connection)
    rows = names.version(a), names.version(b)
    old, new = (as_version(act.connection, row) for row in rows)
    _refuse_told(act, rows[0], rows[1], [row["id"] for row in ancestors(names, rows[0])])
    if same is None:
        found = proposing.matches(old, new)
        same = [(m.thing, m.before, m.after) for m in found if m.confidence != "possible"]
    for thing, before, after in same:
        for one, version in ((before, old), (after, new)):
            if one not in nodes(version, thing):
                raise Refused(f"{version.reference} has no {thing} with the id “{one}”.")
    today = datetime.datetime.now(datetime.UTC).date().isoformat()
    told = proposing.steps(old, new, same, By(act.who, today, reason.strip()))
    problems = apply(old, told, new)
    if problems:
        raise Refused(f"These do not lead from {old.reference} to {new.reference}: {problems[0]}")
    row = {
        "framework_version_id": rows[1]["id"],
        "from_id": rows[0]["id"],
        "steps": json.dumps([asdict(step) for step in told], ensure_ascii=False),
    }
    records.insert(act, "adoption", [row])
    number = counted(len(told), "steps") if told else "no step"
    act.says(f"Adopted {number} from {old.reference} to {new.reference}")
    return len(told)


def _refuse_told(act: Act, first: Row, second: Row, above: Sequence[str]) -> None:
    """Refuse to tell a way where one is told, or where it would lead round in a circle."""
    a, b = first["reference"], second["reference"]
    if records.one(act.connection, "adoption", framework_version_id=second["id"]):
        raise Refused(f"Steps to {b} were adopted already. Undo that to adopt others.")
    if records.count(act.connection, "step", framework_version_id=second["id"]):
        raise Refused(f"{b} tells its steps itself. See them with: workbench framework steps.")
    if second["parent_id"] not in (None, first["id"]):
        raise Refused(f"{b} was made from {second['parent_name']}. Propose steps from that one.")
    if second["id"] in above:
        raise Refused(f"{a} comes from {b} itself. Adopt steps from the earlier to the later.")
