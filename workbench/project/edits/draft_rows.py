"""A draft as it stands in the store: opened for a change, and written back after it."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from workbench.errors import Refused
from workbench.project.framework_rows import as_version
from workbench.project.names import Names
from workbench.project.step_rows import write_steps
from workbench.stages.framework.drafting import Draft
from workbench.stages.framework.retelling import By
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


class OpenDraft:
    """One draft during one act."""

    def __init__(self, act: Act, reference: str | None) -> None:
        """Open the draft called name@version.

        Raises:
            Refused: it is released, or another version was made from it.
        """
        self.act, self.names = act, Names(act.connection)
        self.row = self.names.version(reference)
        self.reference = str(self.row["reference"])
        self._refuse_fixed()
        parent = next((v for v in self.names.versions() if v["id"] == self.row["parent_id"]), None)
        self.draft = Draft(
            as_version(act.connection, parent) if parent else None,
            as_version(act.connection, self.row),
        )

    def _refuse_fixed(self) -> None:
        if self.row["state"] == "released":
            raise Refused(
                f"{self.reference} is released and stays as it is. Begin a new draft from it, "
                "and change that."
            )
        children = [
            v["reference"] for v in self.names.versions() if v["parent_id"] == self.row["id"]
        ]
        of = self.row["id"]
        for row in records.find(self.act.connection, "adoption"):
            if of in (row["from_id"], row["framework_version_id"]):
                raise Refused(
                    f"Steps to or from {self.reference} were adopted, and it stays as it is for "
                    "that. Begin a new draft from it, or undo the adoption."
                )
        if children:
            raise Refused(
                f"{children[0]} was made from {self.reference}, which stays as it is for that. "
                f"Change {children[0]}, or begin a new draft."
            )

    def by(self, reason: str) -> By:
        """Return who acts, today, with a reason."""
        today = datetime.datetime.now(datetime.UTC).date().isoformat()
        return By(self.act.who, today, reason.strip())

    def code(self, name: str) -> Row:
        """Return the row of a code of the draft."""
        return self.names.code(self.row, name)

    def category(self, name: str) -> Row:
        """Return the row of a category of the draft."""
        return self.names.category(self.row, name)

    def heading(self, category: str | None, below: str | None) -> tuple[str | None, str | None]:
        """Return the ids of the category and the code that something is to stand under."""
        if below:
            above = self.code(below)
            return above["category_id"], str(above["code_id"])
        return (str(self.category(category)["category_id"]) if category else None), None

    def write(self, made: Draft) -> None:
        """Write what differs between the draft as it was opened and as it was made."""
        version = made.version
        self._write_nodes("category", [asdict(c) for c in version.categories])
        self._write_nodes("code", [asdict(c) for c in version.codes])
        write_steps(self.act, str(self.row["id"]), version.steps)
        self.draft = made
        self.names.forget()

    def _write_nodes(self, thing: str, nodes: Sequence[Mapping[str, Any]]) -> None:
        own, table = f"{thing}_id", f"{thing}_version"
        of = {"framework_version_id": self.row["id"]}
        held = {r[own]: r for r in records.find(self.act.connection, table, **of)}
        put_ids(self.act, thing, str(self.row["framework_id"]), [n[own] for n in nodes])
        fresh: list[Mapping[str, Any]] = []
        for position, node in enumerate(nodes, 1):
            row = {**node, "position": position}
            if node[own] in held:
                records.update(self.act, table, held.pop(node[own])["id"], row)
            else:
                fresh.append({**of, **row})
        records.withdraw(self.act, table, [r["id"] for r in held.values()])
        records.insert(self.act, table, fresh)


def put_ids(act: Act, thing: str, framework_id: str, ids: Iterable[str]) -> None:
    """See that each id of a category or code is known, as one of this framework if it is new."""
    wanted = list(ids)
    known = {
        r["id"]: r["withdrawn"]
        for r in records.by_ids(act.connection, thing, wanted, "id", "withdrawn")
    }
    fresh = [{"id": i, "framework_id": framework_id} for i in wanted if i not in known]
    records.insert(act, thing, fresh)
    records.restore(act, thing, [i for i, withdrawn in known.items() if withdrawn])
