"""Charting by two as it is shown: rounds, both versions of a cell, their overlap, the decision."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.model.undefined import NOT_FINISHED, NOT_OPEN_YET
from workbench.project import blindness, quoted
from workbench.project.edits.own_cells import RoundCell
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.quoted import Quote
from workbench.stages.charting.overlap import Overlap as Overlap
from workbench.stages.charting.overlap import overlap
from workbench.store import records
from workbench.store.records import Row

ROUNDS = {
    "round": "str",
    "framework": "str",
    "person": "str",
    "finished": "int64",
    "cells": "int64",
    "decided": "int64",
    "blind": "bool",
    "open": "bool",
    "seed": "Int64",
    "drawn_from": "Int64",
}
"""The columns of `charting_rounds`."""

TO_WRITE, WAITING, OPEN, DECIDED = "to write", "waits for the other", "open", "decided"
STATES = (TO_WRITE, WAITING, OPEN, DECIDED)
"""What a cell of a round waits for: a version, the other person, a decision, nothing."""


def charting_rounds(project: Project) -> pd.DataFrame:
    """Return one row per round of charting and person, the oldest round and side A first.

    `finished` are those of the round's `cells` that the person has finished, `decided` those
    on which there is a decision; `open` says that all may see both versions. Cells that were
    drawn have a `seed`, and the number of cells that they were `drawn_from`.
    """
    rows = []
    with project.reading() as connection:
        names = Names(connection)
        people = _people(connection)
        shown, done = blindness.open_charting(connection), blindness.charting_progress(connection)
        decided = {d["charting_round_cell_id"] for d in records.find(connection, "cell_decision")}
        for one in records.find(connection, "charting_round"):
            for person, (had, wanted) in done[str(one["id"])].items():
                rows.append(
                    {
                        "round": one["name"],
                        "framework": names.version(one["framework_version_id"])["reference"],
                        "person": people[person],
                        "finished": len(had),
                        "cells": len(wanted),
                        "decided": len(wanted & decided),
                        "blind": bool(one["blind"]),
                        "open": one["id"] in shown,
                        "seed": one["seed"],
                        "drawn_from": one["drawn_from"],
                    }
                )
    return pd.DataFrame(rows, columns=list(ROUNDS)).astype(ROUNDS)


class OwnStatement(NamedTuple):
    """A statement of one person's version; `evidence` are ids of codings."""

    statement_id: str
    kind: str
    text: str
    evidence: tuple[str, ...]
    row_version: int


class Version(NamedTuple):
    """One person's version of a cell; one that is `shut` to who reads has no statements here."""

    person: str
    finished: bool
    shut: bool
    statements: tuple[OwnStatement, ...]

    @property
    def evidence(self) -> tuple[str, ...]:
        """The codings that its statements cite, each once."""
        return tuple(dict.fromkeys(i for s in self.statements for i in s.evidence))


class CellDecision(NamedTuple):
    """What was decided on a cell; `statements` are those that stand for it in the chart."""

    outcome: str
    reason: str
    who: str
    row_version: int
    statements: tuple[str, ...]


class CellOfTwo(NamedTuple):
    """One cell of a round of charting with both versions, side A first."""

    case_id: str
    case: str
    code_id: str
    code: str
    sides: tuple[Version, Version]
    overlap: Overlap | None
    """None as long as a version is shut or not finished."""
    decision: CellDecision | None

    @property
    def state(self) -> str:
        """What it waits for, one of `STATES`."""
        if self.decision:
            return DECIDED
        if self.overlap is not None:
            return OPEN
        return WAITING if any(v.finished for v in self.sides) else TO_WRITE

    def state_for(self, who: str) -> str:
        """What it waits for, as one of its two people sees it."""
        own = next((v for v in self.sides if v.person == who), None)
        if own is None or self.decision or self.overlap is not None:
            return self.state
        return WAITING if own.finished else TO_WRITE


def cells_of_two(project: Project, name: str) -> list[CellOfTwo]:
    """Return the cells of a round of charting in the order of the chart.

    Raises:
        UnknownName: there is no such round.
    """
    with project.reading() as connection:
        return RoundReader(connection, name).cells()


def cell_of_two(project: Project, name: str, case: str, code: str) -> CellOfTwo:
    """Return one cell of a round of charting.

    Raises:
        UnknownName: there is no such round, case or code.
        Refused: the round has no such cell.
    """
    with project.reading() as connection:
        reader = RoundReader(connection, name)
        return reader.cell(RoundCell(reader.names, reader.round, case, code).row)


def quotes_of(project: Project, cell: CellOfTwo) -> dict[str, Quote]:
    """Return the codings that both versions of a cell cite, by their ids."""
    ids = list(dict.fromkeys(i for version in cell.sides for i in version.evidence))
    with project.reading() as connection:
        return {q.coding_id: q for q in quoted.quotes_within(connection, ids)}


def statements_of_two(project: Project, name: str, case: str, code: str) -> list[dict[str, Any]]:
    """Return one row per statement of both versions of a cell, with the words that it cites.

    Raises:
        UnknownName: there is no such round, case or code.
        Refused: the round has no such cell.
    """
    cell = cell_of_two(project, name, case, code)
    quote = quotes_of(project, cell)
    return [
        {
            "side": side,
            "person": version.person,
            "kind": s.kind,
            "text": s.text,
            "evidence": s.evidence,
            "words": tuple(quote[i].words for i in s.evidence),
            "own_statement": s.statement_id,
        }
        for side, version in zip("AB", cell.sides, strict=True)
        for s in version.statements
    ]


DIFFERENCES = {
    "case": "str",
    "code": "str",
    "state": "str",
    "first": "object",
    "second": "object",
    "codings": "float64",
    "characters": "float64",
    "why": "str",
    "both": "object",
    "only_first": "object",
    "only_second": "object",
    "shared_characters": "Int64",
    "all_characters": "Int64",
    "choice": "str",
    "reason": "str",
    "who": "str",
    "case_id": "str",
    "code_id": "str",
}
"""The columns of `charting_differences`."""


def charting_differences(project: Project, name: str) -> pd.DataFrame:
    """Return one row per cell of a round of charting, in the order of the chart.

    `state` is what the cell waits for as the project's person sees it (`STATES`);
    `first` and `second` are the statements of the versions of side A and B; `codings` and
    `characters` how far they rest on the same words (see `overlap`), missing where that has no
    meaning, with `why`; `both`, `only_first` and `only_second` are the ids of the codings.
    `choice`, `reason` and `who` are of the decision. `attrs` has the `round`, its `framework`
    and the two people as `sides`.

    Raises:
        UnknownName: there is no such round.
    """
    with project.reading() as connection:
        reader = RoundReader(connection, name)
        rows = [_difference(cell, project.who) for cell in reader.cells()]
    frame = pd.DataFrame(rows, columns=list(DIFFERENCES)).astype(DIFFERENCES)
    frame.attrs |= {
        "round": reader.round["name"],
        "framework": reader.version["reference"],
        "sides": reader.sides,
    }
    return frame


def _difference(cell: CellOfTwo, who: str) -> dict[str, object]:
    first, second = (tuple(s.text for s in version.statements) for version in cell.sides)
    over, made = cell.overlap, cell.decision
    shut = any(version.shut for version in cell.sides)
    return {
        "case": cell.case,
        "code": cell.code,
        "state": cell.state_for(who),
        "first": first,
        "second": second,
        **(over._asdict() if over else {"both": (), "only_first": (), "only_second": ()}),
        "why": over.why if over else NOT_OPEN_YET if shut else NOT_FINISHED,
        "choice": made.outcome if made else "",
        "reason": made.reason if made else "",
        "who": made.who if made else "",
        "case_id": cell.case_id,
        "code_id": cell.code_id,
    }


class RoundReader:
    """The cells of one round, by its name or id, within one reading transaction."""

    def __init__(self, connection: Connection, name: str) -> None:
        self.connection, self.names = connection, Names(connection)
        self.round = self.names.charting_round(name)
        self.version = self.names.version(self.round["framework_version_id"])
        self.people = _people(connection)
        self.sides = tuple(self.people[self.round[side]] for side in ("first_id", "second_id"))
        self.shut = (
            str(self.round["id"]) not in blindness.open_charting(connection)
            and connection.get_execution_options().get("reader") is not None
        )
        self.who = str(connection.get_execution_options().get("reader"))

    def cells(self) -> list[CellOfTwo]:
        """Return all cells, in the order of the chart."""
        of = {"charting_round_id": self.round["id"]}
        rows = records.find(self.connection, "charting_round_cell", **of)
        cases = {
            c["id"]: int(c["position"])
            for c in records.find(self.connection, "case", "id", "position")
        }
        place = {c["code_id"]: n for n, c in enumerate(self.names.codes(self.version))}
        rows.sort(key=lambda r: (cases[r["case_id"]], place[r["code_id"]]))
        return [self.cell(row) for row in rows]

    def cell(self, row: Row) -> CellOfTwo:
        """Return the cell of a row of `charting_round_cell`."""
        case = self.names.case(row["case_id"])
        code = self.names.code(self.version, row["code_id"])
        own = records.find(self.connection, "own_cell", charting_round_cell_id=row["id"])
        by_person = {self.people[o["person_id"]]: o for o in own}
        first, second = (self._version(who, by_person.get(who)) for who in self.sides)
        finished = first.finished and second.finished and not (first.shut or second.shut)
        return CellOfTwo(
            str(case["id"]),
            str(case["label"]),
            str(code["code_id"]),
            f"{code['number']} {code['name']}".strip(),
            (first, second),
            self._overlap(first, second) if finished else None,
            self._decision(row),
        )

    def _version(self, who: str, own: Row | None) -> Version:
        if own is None or (self.shut and who != self.who):
            return Version(who, bool(own and own["finished"]), self.shut and who != self.who, ())
        rows = records.find(self.connection, "own_statement", own_cell_id=own["id"])
        rows.sort(key=lambda s: (int(s["position"]), s["id"]))
        cited = records.by_column(
            self.connection, "own_evidence", "own_statement_id", [str(r["id"]) for r in rows]
        )
        said = tuple(
            OwnStatement(
                str(r["id"]),
                str(r["kind"]),
                str(r["text"]),
                tuple(str(e["coding_id"]) for e in cited[r["id"]]),
                int(r["row_version"]),
            )
            for r in rows
        )
        return Version(who, bool(own["finished"]), False, said)

    def _overlap(self, first: Version, second: Version) -> Overlap:
        ids = [*first.evidence, *second.evidence]
        columns = ("id", "transcript_version_id", "start", "stop")
        rows = records.by_ids(self.connection, "coding", list(dict.fromkeys(ids)), *columns)
        places = {
            str(r["id"]): (str(r["transcript_version_id"]), int(r["start"]), int(r["stop"]))
            for r in rows
        }
        return overlap(first.evidence, second.evidence, places)

    def _decision(self, row: Row) -> CellDecision | None:
        held = records.one(self.connection, "cell_decision", charting_round_cell_id=row["id"])
        if held is None:
            return None
        of = {"cell_decision_id": held["id"]}
        ties = records.find(self.connection, "decided_statement", "statement_id", **of)
        return CellDecision(
            str(held["outcome"]),
            str(held["reason"]),
            self.people[held["person_id"]],
            int(held["row_version"]),
            tuple(dict.fromkeys(str(t["statement_id"]) for t in ties)),
        )


def _people(connection: Connection) -> Mapping[str, str]:
    return {str(p["id"]): str(p["handle"]) for p in records.find(connection, "person")}
