"""The steps of a framework version as rows: told, and written where they changed."""

import json
from collections.abc import Iterable
from typing import Any

from workbench.model.framework import Step
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row

_STEP = ("kind", "thing", "before", "after", "author", "date", "reason")


def write_steps(act: Act, version_id: str, steps: Iterable[Step]) -> None:
    """Write new steps behind those that stay; a step that differs is a new one."""
    held = records.find(act.connection, "step", framework_version_id=version_id)
    wanted = [step_row(s) for s in steps]
    stay: list[Row] = []
    for row in held:
        said = {name: row[name] for name in _STEP}
        if said in wanted:
            wanted.remove(said)
            stay.append(row)
    gone = [row for row in held if row not in stay]
    records.withdraw(act, "step", [r["id"] for r in gone])
    last = max((int(r["position"]) for r in stay), default=0)
    fresh = [
        {"framework_version_id": version_id, "position": last + n, **said}
        for n, said in enumerate(wanted, 1)
    ]
    records.insert(act, "step", fresh)


def step_row(step: Step) -> dict[str, Any]:
    """Return a step as its row has it, but for its version and position."""
    said = {name: getattr(step, name) for name in _STEP}
    return {**said, "before": json.dumps(step.before), "after": json.dumps(step.after)}
