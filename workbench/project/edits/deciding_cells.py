"""A cell that two people charted is decided: which version stands, or what else, and why."""

from collections.abc import Sequence
from typing import NamedTuple

from workbench.errors import BadValue, Refused
from workbench.model.chart import StatementKind
from workbench.model.coding import CHOICES, Choice
from workbench.project import blindness
from workbench.project.edits.cells import Chart, given
from workbench.project.edits.own_cells import RoundCell
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row

Instead = tuple[str, StatementKind, Sequence[str]]
"""Words, kind and evidence of a statement that neither version has."""


class _Wanted(NamedTuple):
    """A statement that is to stand in the chart, by whom, and the own statements that it is."""

    text: str
    kind: StatementKind
    evidence: tuple[str, ...]
    who: str
    own: tuple[str | None, ...]


@edit("decide cell")
def decide_cell(
    act: Act,
    round_name: str,
    case: str,
    code: str,
    choice: Choice,
    reason: str,
    *,
    instead: Sequence[Instead] = (),
    read: int | None = None,
) -> list[str]:
    """Decide on a cell of a round of charting; return the ids of the statements that stand for it.

    A is the version of the round's first person, B that of the second; *other* puts the
    statements of `instead` in the place of both. What stands is written into the cell of the
    chart behind what is there, each statement with its evidence and under the name of who
    wrote it; where both versions have the same words, they are one statement with the
    evidence of both. Both versions stay as they are. Deciding anew withdraws what an earlier
    decision had put into the chart and this one does not. `read` is the row version of the
    decision as it was read, 0 where there was none.

    Raises:
        Refused: a version is not finished, or the round is blind and not open; the cell is
            not in the round; what stands cites a coding that was withdrawn.
        BadValue: there is no such choice, no reason, or words of one's own with another choice.
        ChangedMeanwhile: somebody else decided after `read`.
    """
    _check(choice, reason, instead)
    names = Names(act.connection)
    of = names.charting_round(round_name)
    place = RoundCell(names, of, case, code)
    own = _versions(act, of, place)
    held = records.one(act.connection, "cell_decision", charting_round_cell_id=place.row["id"])
    records.as_read("cell_decision", held, read)
    chart = Chart(act, of["framework_version_id"], names)
    wanted = _chosen(act, own, choice)
    for text, kind, evidence in instead:
        cited = chart.evidence(given(kind, evidence), place.case, place.code)
        ids = tuple(str(c["id"]) for c in cited)
        wanted.append(_Wanted(text, kind, ids, act.who, (None,)))
    said = {"outcome": choice, "reason": reason.strip(), "person_id": put_person(act, act.who)}
    if held is None:
        row = {"charting_round_cell_id": place.row["id"], **said}
        (decision_id,) = records.insert(act, "cell_decision", [row])
    else:
        decision_id = str(held["id"])
        records.update(act, "cell_decision", decision_id, said)
    made = _put(act, chart, place, decision_id, wanted)
    act.says(f"Decided {place.spoken} in “{of['name']}”: {choice}, {reason.strip()}")
    return made


def _check(choice: str, reason: str, instead: Sequence[Instead]) -> None:
    """Refuse a decision that makes no sense."""
    if choice not in CHOICES:
        raise BadValue("The choice", choice, ", ".join(CHOICES))
    if not reason.strip():
        raise BadValue("The reason", reason, "some words")
    if choice == "other" and not instead:
        raise Refused("Say which words stand instead, and on which codings they rest.")
    if choice != "other" and instead:
        raise BadValue("Words of your own", instead[0][0], "left out, but for the choice “other”")


def _versions(act: Act, of: Row, place: RoundCell) -> tuple[Row, Row]:
    """Return the own cells of the first and the second person, both finished."""
    held = {
        own["person_id"]: own
        for own in records.find(
            act.connection, "own_cell", charting_round_cell_id=place.row["id"], finished=True
        )
    }
    people = [of["first_id"], of["second_id"]]
    if of["id"] not in blindness.open_charting(act.connection):
        raise Refused(
            f"The round “{of['name']}” is blind, and not both have finished all of its cells. "
            "Finish it, and then decide."
        )
    if not all(person in held for person in people):
        raise Refused(f"Not both have finished {place.spoken}. Finish it, and then decide.")
    first, second = (held[person] for person in people)
    return first, second


def _chosen(act: Act, own: tuple[Row, Row], choice: Choice) -> list[_Wanted]:
    """Return the statements of the versions that stand, the same words once."""
    sides = {"A": own[:1], "B": own[1:], "both": own}.get(choice, ())
    find, found = records.find, dict[tuple[str, str], _Wanted]()
    for one in sides:
        (person,) = records.by_ids(act.connection, "person", [one["person_id"]], "handle")
        rows = find(act.connection, "own_statement", own_cell_id=one["id"])
        for row in sorted(rows, key=lambda s: (int(s["position"]), s["id"])):
            cited = find(act.connection, "own_evidence", "coding_id", own_statement_id=row["id"])
            ids = [str(e["coding_id"]) for e in cited]
            new = _Wanted(row["text"], row["kind"], tuple(ids), person["handle"], (row["id"],))
            same = found.get((row["kind"], row["text"]))
            if same is not None:
                both = tuple(dict.fromkeys([*same.evidence, *ids]))
                new = same._replace(evidence=both, own=(*same.own, row["id"]))
            found[row["kind"], row["text"]] = new
    return list(found.values())


def _put(
    act: Act, chart: Chart, place: RoundCell, decision_id: str, wanted: Sequence[_Wanted]
) -> list[str]:
    """Have the chart's cell say what was decided: keep, write and withdraw; return what stands."""
    ties = records.find(act.connection, "decided_statement", cell_decision_id=decision_id)
    before = _as_decided(act, [str(t["statement_id"]) for t in ties])
    records.withdraw(act, "decided_statement", [t["id"] for t in ties])
    made, rows = [], []
    for one in wanted:
        stands = before.pop(_key(one.text, one.kind, one.evidence), None)
        if stands is None:
            _refuse_withdrawn(act, one)
            case, code = str(place.case["id"]), str(place.code["code_id"])
            stands = chart.write(case, code, one.text, one.kind, one.evidence, one.who)
        made.append(stands)
        rows += [
            {"cell_decision_id": decision_id, "statement_id": stands, "own_statement_id": own}
            for own in one.own
        ]
    records.insert(act, "decided_statement", rows)
    if records.withdraw(act, "statement", before.values()):
        chart.written(*chart.cell(str(place.case["id"]), str(place.code["code_id"])))
    return made


_Key = tuple[str, str, frozenset[str]]


def _key(text: str, kind: str, evidence: Sequence[str]) -> _Key:
    return text.strip(), kind, frozenset(evidence)


def _as_decided(act: Act, ids: Sequence[str]) -> dict[_Key, str]:
    """Return what an earlier decision put into the chart and is there: what it says → its id."""
    cited = records.by_column(act.connection, "statement_evidence", "statement_id", list(ids))
    return {
        _key(s["text"], s["kind"], [e["coding_id"] for e in cited[s["id"]]]): str(s["id"])
        for s in records.by_ids(act.connection, "statement", list(dict.fromkeys(ids)))
        if not s["withdrawn"]
    }


def _refuse_withdrawn(act: Act, one: _Wanted) -> None:
    held = records.by_ids(act.connection, "coding", one.evidence, "id", "withdrawn")
    if any(c["withdrawn"] for c in held):
        raise Refused(
            f"“{short(one.text)}” rests on a coding that was withdrawn since. Choose “other”, "
            "and say what it rests on now."
        )
