"""Cases: who the rows of a chart are about, and which words are theirs."""

import json
from collections.abc import Mapping, Sequence

from workbench.errors import BadValue, OutsideText, Refused
from workbench.model.report import ImportReport, counted
from workbench.project.edits.attributes import set_values
from workbench.project.edits.founded import cited_with, refuse_unfounded
from workbench.project.edits.order import put_in_place
from workbench.project.edits.registry import edit
from workbench.project.names import Names, as_name, unknown_speaker
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row

Stretch = tuple[int, int]


class CaseBook:
    """The cases of a project during one act: known labels, the next place in the chart."""

    def __init__(self, act: Act) -> None:
        self.act = act
        held = records.find(act.connection, "case", "id", "label", "position")
        self.ids = {str(c["label"]): str(c["id"]) for c in held}
        self._bare: set[str] = set()
        """Ids of cases made in this act that no words were given to yet."""
        self._next = max((int(c["position"]) for c in held), default=0) + 1

    def make(self, label: str) -> str:
        """Return the id of the case of that label, which is made if it is new."""
        if not label.strip():
            raise BadValue("The name of a case", label, "a name")
        if label not in self.ids:
            (self.ids[label],) = records.insert(
                self.act, "case", [{"label": label, "position": self._next}]
            )
            self._bare.add(self.ids[label])
            self._next += 1
        return self.ids[label]

    def give(
        self,
        label: str,
        transcript_version_id: str,
        stretches: Sequence[Stretch],
        report: ImportReport | None = None,
    ) -> str:
        """Give stretches of a text to a case, less what is the case's already."""
        if report is not None and label not in self.ids:
            report.count("cases")
        case_id = self.make(label)
        known = [] if case_id in self._bare else self._spans(case_id, transcript_version_id)
        self._bare.discard(case_id)
        fresh = [
            {
                "case_id": case_id,
                "transcript_version_id": transcript_version_id,
                "start": start,
                "stop": stop,
            }
            for start, stop in _without(_united(stretches), known)
        ]
        records.insert(self.act, "case_span", fresh)
        return case_id

    def _spans(self, case_id: str, transcript_version_id: str) -> list[Stretch]:
        """Return the stretches of a text that a case has already."""
        held = records.find(
            self.act.connection,
            "case_span",
            "start",
            "stop",
            case_id=case_id,
            transcript_version_id=transcript_version_id,
        )
        return [(int(s["start"]), int(s["stop"])) for s in held]


def _united(stretches: Sequence[Stretch]) -> list[Stretch]:
    """Return the stretches in order, overlapping ones made one."""
    united: list[Stretch] = []
    for start, stop in sorted(stretches):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(stop, united[-1][1]))
        else:
            united.append((start, stop))
    return united


def _without(stretches: Sequence[Stretch], taken: Sequence[Stretch]) -> list[Stretch]:
    """Return what of the stretches lies in none of those taken.

    >>> _without([(0, 10)], [(2, 4)])
    [(0, 2), (4, 10)]
    """
    left: list[Stretch] = []
    for start, stop in stretches:
        at = start
        for t_start, t_stop in sorted(taken):
            if t_stop > at and t_start < stop:
                if t_start > at:
                    left.append((at, t_start))
                at = max(at, t_stop)
        if at < stop:
            left.append((at, stop))
    return left


@edit("add cases")
def add_cases(act: Act, cases: Mapping[str, Mapping[str, str]]) -> int:
    """Add cases, or attributes of cases that are here; return how many are new.

    `cases` maps a label to its attributes as text; an empty text leaves the attribute
    out. A new attribute takes the narrowest type that all its values have.

    Raises:
        BadValue: a value is not of the type of an attribute that is here already.
    """
    new = put_cases(act, cases)
    act.says(
        f"Added {counted(new, 'cases')}" if new else f"Described {counted(len(cases), 'cases')}"
    )
    return new


def put_cases(act: Act, cases: Mapping[str, Mapping[str, str]]) -> int:
    """Do what `add_cases` does, inside an act that does more."""
    book = CaseBook(act)
    before = len(book.ids)
    ids = {label: book.make(label) for label in cases}
    names = list(dict.fromkeys(name for given in cases.values() for name in given))
    for name in names:
        values = {ids[c]: v[name].strip() for c, v in cases.items() if v.get(name, "").strip()}
        if values:
            set_values(act, name, values)
    return len(book.ids) - before


@edit("assign case")
def assign_case(
    act: Act,
    case: str,
    transcript: str,
    *,
    speaker: str | None = None,
    start: int | None = None,
    stop: int | None = None,
) -> None:
    """Say that a transcript, one speaker's turns in it, or a range of it is a case's.

    The case is made if it is new.
    """
    put_assignment(
        act, CaseBook(act), Names(act.connection), case, transcript, speaker, start, stop
    )
    act.says(f"{_part(speaker, start, stop)}“{transcript}” belongs to case “{case}”")


def put_assignment(
    act: Act,
    book: CaseBook,
    names: Names,
    case: str,
    transcript: str,
    speaker: str | None = None,
    start: int | None = None,
    stop: int | None = None,
) -> None:
    """Do what `assign_case` does, inside an act that does more."""
    version = names.transcript(transcript)
    book.give(case, version["id"], _stretches(version, case, speaker, start, stop))


def _stretches(
    version: Row, case: str, speaker: str | None, start: int | None, stop: int | None
) -> list[Stretch]:
    """Return the stretches of a text that are meant: a speaker's turns, a range, or all.

    Raises:
        UnknownName: nobody is called that there.
        OutsideText: the text has no such range.
        Refused: it has no words at all.
    """
    length = int(version["length"])
    if speaker:
        turns = json.loads(version["turns"])
        stretches = [(t[1], t[3]) for t in turns if t[0] == speaker]
        if not stretches:
            raise unknown_speaker(speaker, version["name"], sorted({t[0] for t in turns if t[0]}))
        return stretches
    first, last = start or 0, length if stop is None else stop
    if not length:
        raise Refused(f"“{version['name']}” has no words to give to “{case}”.")
    if not 0 <= first < last <= length:
        raise OutsideText(version["name"], first, last, length)
    return [(first, last)]


def _part(speaker: str | None, start: int | None, stop: int | None) -> str:
    """Return what part of a transcript is meant, as a sentence begins."""
    if start is not None or stop is not None:
        return f"The range {start or 0}-{'' if stop is None else stop} of "
    return f"What {speaker} says in " if speaker else ""


@edit("unassign case")
def unassign_case(
    act: Act,
    case: str,
    transcript: str,
    *,
    speaker: str | None = None,
    start: int | None = None,
    stop: int | None = None,
) -> None:
    """Say that a transcript, one speaker's turns in it, or a range of it is not a case's.

    What of it the case has is taken away; the rest stays the case's.

    Raises:
        Refused: nothing of it is the case's; or a statement, link or finding that rests on the
            words could not stand any more (`refuse_unfounded`).
    """
    names = Names(act.connection)
    version, row = names.transcript(transcript), names.case(case)
    stretches = _stretches(version, case, speaker, start, stop)
    of = {"case_id": row["id"], "transcript_version_id": version["id"]}
    fewer = []
    for span in records.find(act.connection, "case_span", **of):
        rest = _without([(span["start"], span["stop"])], stretches)
        if rest != [(span["start"], span["stop"])]:
            records.withdraw(act, "case_span", [span["id"]])
            fewer += [{**of, "start": first, "stop": last} for first, last in rest]
    if not act.changed:
        raise Refused(f"None of these words of “{version['name']}” are of “{row['label']}”.")
    records.insert(act, "case_span", fewer)
    refuse_unfounded(act, cited_with(act, row["id"]))
    act.says(
        f"{_part(speaker, start, stop)}“{version['name']}” does not belong to case “{row['label']}”"
    )


@edit("rename case")
def rename_case(act: Act, case: str, label: str, *, row_version: int | None = None) -> None:
    """Give a case another label.

    Raises:
        Refused: there is another case of that label.
        ChangedMeanwhile: somebody else changed the case after `row_version` was read.
    """
    before = put_label(act, case, label, row_version)
    act.says(f"Renamed the case “{before}” to “{label.strip()}”")


def put_label(act: Act, case: str, label: str, row_version: int | None = None) -> str:
    """Do what `rename_case` does, inside an act that does more; return the label before."""
    label, row = as_name("The name of a case", label), Names(act.connection).case(case)
    other = records.one(act.connection, "case", label=label)
    if other is not None and other["id"] != row["id"]:
        raise Refused(f"There is a case called “{label}” already. Choose another name.")
    records.update(act, "case", row["id"], {"label": label}, row_version=row_version)
    return str(row["label"])


@edit("move case")
def move_case(act: Act, case: str, position: int, *, row_version: int | None = None) -> None:
    """Give a case another place in the rows of a chart, counted from 1.

    Raises:
        BadValue: there is no such place.
        ChangedMeanwhile: somebody else changed the case after `row_version` was read.
    """
    row = Names(act.connection).case(case)
    records.as_read("case", row, row_version)
    put_in_place(act, "case", records.find(act.connection, "case"), row, position)
    act.says(f"Moved the case “{row['label']}” to place {position}")


@edit("withdraw case")
def withdraw_case(act: Act, case: str) -> None:
    """Take a case back, with its words, its attributes' values and the marks of its cells.

    Raises:
        Refused: statements, placements or counts are of it; or a link or finding would cite
            words of no case without it.
    """
    row = Names(act.connection).case(case)
    find, connection = records.find, act.connection
    cells = [c["id"] for c in find(connection, "cell", "id", case_id=row["id"])]
    _refuse_used(act, row, cells)
    spans = find(connection, "case_span", "id", case_id=row["id"])
    values = find(connection, "attribute_value", "id", case_id=row["id"])
    records.withdraw(act, "case_span", [s["id"] for s in spans])
    records.withdraw(act, "attribute_value", [v["id"] for v in values])
    records.withdraw(act, "cell", cells)
    _withdraw_from_rounds(act, row)
    records.withdraw(act, "case", [row["id"]])
    refuse_unfounded(act, cited_with(act, row["id"]))
    act.says(f"Withdrew the case “{row['label']}”")


def _own_cells(act: Act, case: Row) -> tuple[list[str], dict[str, list[Row]]]:
    """Return the cells of rounds of charting that are of a case, and own cell → statements."""
    find, by_column = records.find, records.by_column
    places = [str(c["id"]) for c in find(act.connection, "charting_round_cell", case_id=case["id"])]
    held = by_column(act.connection, "own_cell", "charting_round_cell_id", places, "id")
    own = [str(one["id"]) for some in held.values() for one in some]
    return places, by_column(act.connection, "own_statement", "own_cell_id", own, "id")


def _written_by_two(act: Act, case: Row) -> int:
    """Return 1 if somebody wrote an own version of a cell of the case, else 0."""
    return int(any(_own_cells(act, case)[1].values()))


def _withdraw_from_rounds(act: Act, case: Row) -> None:
    """Take the cells of a case, of which nobody wrote an own version, out of rounds of charting."""
    places, own = _own_cells(act, case)
    decided = records.by_column(
        act.connection, "cell_decision", "charting_round_cell_id", places, "id"
    )
    decisions = [str(d["id"]) for some in decided.values() for d in some]
    ties = records.by_column(
        act.connection, "decided_statement", "cell_decision_id", decisions, "id"
    )
    records.withdraw(act, "decided_statement", [t["id"] for some in ties.values() for t in some])
    records.withdraw(act, "cell_decision", decisions)
    records.withdraw(act, "own_cell", list(own))
    records.withdraw(act, "charting_round_cell", places)


def _refuse_used(act: Act, case: Row, cells: list[str]) -> None:
    """Check that nothing that a person wrote or counted is of a case."""
    statements = records.by_column(act.connection, "statement", "cell_id", cells, "id")
    counts = [json.loads(t["labels"]) for t in records.find(act.connection, "tally", "labels")]
    held = {
        "statements": sum(len(of) for of in statements.values()),
        "placements": records.count(act.connection, "placement", case_id=case["id"]),
        "counts": sum(labels.get("case") == case["label"] for labels in counts),
        "cells of rounds of charting": _written_by_two(act, case),
    }
    said = [counted(number, what) for what, number in held.items() if number]
    if said:
        raise Refused(f"“{case['label']}” has {' and '.join(said)}. Take these away first.")
