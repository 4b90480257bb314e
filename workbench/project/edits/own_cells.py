"""Own cells: what one of two people writes in a round of charting, and that it is finished."""

from collections.abc import Sequence

from workbench.errors import Refused
from workbench.model.chart import StatementKind
from workbench.model.report import counted
from workbench.project import blindness
from workbench.project.edits.cells import ALL, Chart, cite_anew, given
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


class OwnCells:
    """The own cells of one person in a round of charting, during one act."""

    def __init__(self, act: Act, name: str) -> None:
        """Look the round up.

        Raises:
            UnknownName: there is no such round.
            Refused: who acts is none of its two people.
        """
        self.act, self.names = act, Names(act.connection)
        self.round = self.names.charting_round(name)
        sides = [str(self.round[side]) for side in ("first_id", "second_id")]
        people = {str(p["id"]): str(p["handle"]) for p in records.find(act.connection, "person")}
        self.me = next((one for one in sides if people[one] == act.who), "")
        if not self.me:
            raise Refused(
                f"“{act.who}” is none of the two who chart “{self.round['name']}”: "
                f"{' and '.join(people[one] for one in sides)}. Work under one of these names."
            )
        self.chart = Chart(act, self.round["framework_version_id"], self.names)

    def own(self, place_id: str) -> Row:
        """Return the own cell in a cell of the round, made if new."""
        of = {"charting_round_cell_id": place_id, "person_id": self.me}
        held = records.one(self.act.connection, "own_cell", **of)
        if held is None:
            (own_id,) = records.insert(self.act, "own_cell", [{**of, "finished": False}])
            held = {**of, "id": own_id, "finished": False}
        return held

    def open(self, place: "RoundCell") -> Row:
        """Return the own cell in a cell of the round, that one may write in it.

        Raises:
            Refused: it is finished.
        """
        held = self.own(str(place.row["id"]))
        if held["finished"]:
            raise Refused(
                f"You have finished {place.spoken}. Take that back, and then change it; once "
                "both have finished the round, the versions stay as they are."
            )
        return held

    def cited(self, evidence: Sequence[str], kind: str, text: str, place: "RoundCell") -> list[str]:
        """Return the ids of what a statement cites, under the rules of the chart's statements."""
        found = self.chart.evidence(given(kind, evidence), place.case, place.code)
        self.chart.refuse_unfounded(text, kind, found, place.case)  # type: ignore[arg-type]  # checked there
        return [str(c["id"]) for c in found]


class RoundCell:
    """One cell of a round of charting, with its case and code."""

    def __init__(self, names: Names, of: Row, case: str, code: str) -> None:
        """Look it up.

        Raises:
            UnknownName: there is no such case or code.
            Refused: the round has no such cell.
        """
        version = names.version(of["framework_version_id"])
        self.case, self.code = names.case(case), names.code(version, code)
        self.spoken = f"{self.case['label']} × {self.code['name']}"
        row = records.one(
            names.connection,
            "charting_round_cell",
            charting_round_id=of["id"],
            case_id=self.case["id"],
            code_id=self.code["code_id"],
        )
        if row is None:
            raise Refused(
                f"{self.spoken} is not in the round of charting “{of['name']}”. Choose a cell "
                "that is, or plan another round."
            )
        self.row: Row = row


@edit("write own statement")
def write_own_statement(
    act: Act,
    round_name: str,
    case: str,
    code: str,
    text: str,
    *,
    kind: StatementKind = "summary",
    evidence: Sequence[str] = (ALL,),
) -> str:
    """Add a statement to the own version of a cell in a round of charting; return its id.

    It is of who acts. `kind` and `evidence` are as in `write_statement`.

    Raises:
        Refused: who acts is not in the round, or the cell is not, or it is finished; or the
            statement does not rest on words of its case.
    """
    mine = OwnCells(act, round_name)
    place = RoundCell(mine.names, mine.round, case, code)
    held = mine.open(place)
    cited = mine.cited(evidence, kind, text, place)
    last = records.highest(act.connection, "own_statement", "position", own_cell_id=held["id"])
    row = {"own_cell_id": held["id"], "position": last + 1, "kind": kind, "text": text.strip()}
    (statement_id,) = records.insert(act, "own_statement", [row])
    cite_anew(act, "own_evidence", statement_id, (), cited)
    act.says(f"Wrote in the own version of {place.spoken}: “{short(text)}”")
    return statement_id


@edit("change own statement")
def change_own_statement(
    act: Act,
    statement_id: str,
    *,
    text: str | None = None,
    kind: StatementKind | None = None,
    evidence: Sequence[str] | None = None,
    row_version: int | None = None,
) -> None:
    """Change an own statement's words, kind or evidence; what is not given stays.

    Raises:
        Refused: it is somebody else's, or finished, or would not rest on words of its case.
        ChangedMeanwhile: it was changed after `row_version` was read.
    """
    mine, held, place = _of_statement(act, statement_id)
    old = records.find(act.connection, "own_evidence", own_statement_id=held["id"])
    new_text, new_kind = text if text is not None else held["text"], kind or held["kind"]
    wanted = [e["coding_id"] for e in old] if evidence is None else evidence
    cited = mine.cited(wanted, new_kind, new_text, place)
    new = {"text": new_text.strip(), "kind": new_kind}
    records.update(act, "own_statement", held["id"], new, row_version=row_version)
    cite_anew(act, "own_evidence", held["id"], old, cited)
    act.says(f"Changed a statement in the own version of {place.spoken}")


@edit("withdraw own statement")
def withdraw_own_statement(act: Act, statement_id: str) -> None:
    """Take a statement out of the own version of a cell.

    Raises:
        Refused: it is somebody else's, or finished.
    """
    _mine, held, place = _of_statement(act, statement_id)
    records.withdraw(act, "own_statement", [held["id"]])
    act.says(f"Withdrew “{short(held['text'])}” from the own version of {place.spoken}")


@edit("finish own cells")
def finish_own_cells(
    act: Act,
    round_name: str,
    case: str | None = None,
    code: str | None = None,
    *,
    finished: bool = True,
) -> int:
    """Say that the own version of a cell is finished, or of all; return how many are new so.

    One without a statement says that there is nothing to write. `finished=False` takes it
    back, as long as not both people have finished the round.

    Raises:
        Refused: who acts is not in the round, or the cell is not; a case without a code, or
            the other way round; or both have finished the round already.
    """
    mine = OwnCells(act, round_name)
    if (case is None) != (code is None):
        raise Refused("Name a case and a code, or neither: then all cells of the round are meant.")
    of = {"charting_round_id": mine.round["id"]}
    places = [str(c["id"]) for c in records.find(act.connection, "charting_round_cell", **of)]
    if case is not None and code is not None:
        places = [str(RoundCell(mine.names, mine.round, case, code).row["id"])]
    if not finished:
        _refuse_both_finished(act, mine.round)
    held = [mine.own(place) for place in places]
    fresh = [str(one["id"]) for one in held if bool(one["finished"]) != finished]
    for own_id in fresh:
        records.update(act, "own_cell", own_id, {"finished": finished})
    number = counted(len(fresh), "cells")
    if finished:
        act.says(f"Finished {number} of the round of charting “{mine.round['name']}”")
    else:
        act.says(f"Finished no longer: {number} of the round of charting “{mine.round['name']}”")
    return len(fresh)


def _refuse_both_finished(act: Act, of: Row) -> None:
    done = blindness.charting_progress(act.connection)[str(of["id"])]
    if all(had == wanted for had, wanted in done.values()):
        raise Refused(
            f"Both have finished the round “{of['name']}”, so their versions stay as they are. "
            "Decide on its cells; “other” takes words of your own."
        )


def _of_statement(act: Act, statement_id: str) -> tuple[OwnCells, Row, RoundCell]:
    """Return an own statement that may be changed, with the person's own cells and its cell."""
    names = Names(act.connection)
    held = names.by_id_start("own_statement", statement_id)
    own = names.by_id_start("own_cell", held["own_cell_id"])
    row = names.by_id_start("charting_round_cell", own["charting_round_cell_id"])
    mine = OwnCells(act, row["charting_round_id"])
    if own["person_id"] != mine.me:
        raise Refused("That statement is the other person's. Each writes the own version alone.")
    place = RoundCell(mine.names, mine.round, row["case_id"], row["code_id"])
    mine.open(place)
    return mine, held, place
