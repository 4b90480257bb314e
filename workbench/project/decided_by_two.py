"""How cells that two people charted were decided, as steps of a trace.

A decision says in which round, what was chosen, by whom and why; below it stand both versions
with the words that they cite. A version that is shut to who reads is named and has no words.
"""

from collections.abc import Callable, Sequence

from sqlalchemy.engine import Connection

from workbench.model.undefined import NOT_OPEN_YET
from workbench.project.chain_step import DECISION, Step
from workbench.project.charting_rounds import OwnStatement, RoundReader, Version
from workbench.store import history, records
from workbench.store.records import Row


class Decided:
    """The decisions of rounds of charting within one reading transaction."""

    def __init__(
        self,
        connection: Connection,
        codings: Callable[[Sequence[str]], tuple[Step, ...]] = lambda _ids: (),
    ) -> None:
        """Take what makes the steps of codings from their ids; only whole decisions have any."""
        self.connection, self._codings = connection, codings

    def by_statement(self, ids: Sequence[str]) -> dict[str, list[Row]]:
        """Return the decisions that put each statement of the chart there; mostly there is none."""
        ties = records.by_column(
            self.connection, "decided_statement", "statement_id", ids, "cell_decision_id"
        )
        wanted = list(dict.fromkeys(t["cell_decision_id"] for each in ties.values() for t in each))
        held = {d["id"]: d for d in records.by_ids(self.connection, "cell_decision", wanted)}
        return {
            i: [held[d] for d in dict.fromkeys(t["cell_decision_id"] for t in each)]
            for i, each in ties.items()
        }

    def of_cell(self, version_id: str, case_id: str, code_id: str) -> list[Row]:
        """Return the decisions on a cell of the chart, one a round at most."""
        where = {"case_id": case_id, "code_id": code_id}
        cells = records.find(self.connection, "charting_round_cell", **where)
        rounds = records.find(
            self.connection, "charting_round", "id", framework_version_id=version_id
        )
        of_version = {r["id"] for r in rounds}
        ids = [c["id"] for c in cells if c["charting_round_id"] in of_version]
        found = records.by_column(self.connection, "cell_decision", "charting_round_cell_id", ids)
        return [d for each in found.values() for d in each]

    def step(self, decision: Row, *, whole: bool = True) -> Step:
        """Return a decision as a step; the `whole` has both versions below it."""
        place = self._row("charting_round_cell", decision["charting_round_cell_id"])
        of = self._row("charting_round", place["charting_round_id"])
        return Step(
            what=DECISION,
            id=decision["id"],
            text=decision["outcome"],
            who=self._row("person", decision["person_id"])["handle"],
            at=history.made_by(self.connection, int(decision["changed_in"]))["at"],
            where=f"in the round of charting “{of['name']}”",
            reason=decision["reason"],
            under=self._versions(decision, of, place) if whole else (),
        )

    def _row(self, table: str, row_id: str) -> Row:
        (row,) = records.by_ids(self.connection, table, [row_id])
        return row

    def _versions(self, decision: Row, of: Row, place: Row) -> tuple[Step, ...]:
        cell = RoundReader(self.connection, of["id"]).cell(place)
        ties = records.find(self.connection, "decided_statement", cell_decision_id=decision["id"])
        taken = {str(t["own_statement_id"]) for t in ties}
        return tuple(
            self._version(side, version, taken)
            for side, version in zip("AB", cell.sides, strict=True)
        )

    def _version(self, side: str, version: Version, taken: set[str]) -> Step:
        what, who = f"version {side}", version.person
        if version.shut:
            return Step(what, "", who, where=NOT_OPEN_YET)
        if not version.statements:
            return Step(what, "", who, where="finished, with nothing written")
        return Step(
            what, "", who, under=tuple(self._own(s, who, taken) for s in version.statements)
        )

    def _own(self, statement: OwnStatement, who: str, taken: set[str]) -> Step:
        made_in = int(self._row("own_statement", statement.statement_id)["made_in"])
        return Step(
            what=f"own {statement.kind}",
            id=statement.statement_id,
            text=statement.text,
            who=who,
            at=history.made_by(self.connection, made_in)["at"],
            where="taken into the chart" if statement.statement_id in taken else "",
            under=self._codings(statement.evidence),
        )
