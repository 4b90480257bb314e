"""Cases: who the rows of a chart are about, and which words are theirs."""

import json
from collections.abc import Mapping, Sequence

from workbench.errors import BadValue, OutsideText, Refused
from workbench.model.case import (
    ATTRIBUTE_TYPES,
    CASE_COLUMNS,
    AttributeType,
    attribute_type,
    attribute_value,
)
from workbench.model.report import ImportReport, counted
from workbench.project.edits.registry import edit
from workbench.project.names import Names, as_name, unknown_speaker
from workbench.store import records
from workbench.store.history import Act

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
            _set_values(act, name, values)
    return len(book.ids) - before


def _set_values(
    act: Act, said: str, values: Mapping[str, str], kind: AttributeType | None = None
) -> None:
    """Give an attribute's values to cases; values that are the same already stay."""
    name = attribute_name(said)
    attribute = _attribute(act, name, list(values.values()), kind)
    held = {
        str(v["case_id"]): v
        for v in records.find(act.connection, "attribute_value", attribute_id=attribute["id"])
    }
    fresh = []
    for case_id, value in values.items():
        attribute_value(name, attribute["type"], value)
        if case_id not in held:
            fresh.append({"case_id": case_id, "attribute_id": attribute["id"], "value": value})
        elif held[case_id]["value"] != value:
            records.update(act, "attribute_value", str(held[case_id]["id"]), {"value": value})
    records.insert(act, "attribute_value", fresh)


def attribute_name(name: str) -> str:
    """Return the name of an attribute, without blanks at its ends.

    Raises:
        BadValue: it is blank, or a column that every table of cases has.
    """
    said = as_name("The name of an attribute", name)
    if said.casefold() in CASE_COLUMNS:
        raise BadValue("The name of an attribute", name, "another: every table of cases has it")
    return said


def attribute_types(act: Act) -> dict[str, AttributeType]:
    """Return the attributes of cases with their types."""
    return {a["name"]: a["type"] for a in records.find(act.connection, "attribute")}


def put_attribute(act: Act, name: str, kind: AttributeType) -> None:
    """Declare an attribute of cases, of which no case has a value yet."""
    _attribute(act, attribute_name(name), [], kind)


def _attribute(
    act: Act, name: str, values: list[str], kind: AttributeType | None = None
) -> records.Row:
    held = records.one(act.connection, "attribute", name=name)
    if held is not None:
        return held
    row = {
        "name": name,
        "type": kind or attribute_type(values),
        "position": records.highest(act.connection, "attribute", "position") + 1,
    }
    (new,) = records.insert(act, "attribute", [row])
    return {**row, "id": new}


@edit("set attribute")
def set_attribute(
    act: Act,
    case: str,
    attribute: str,
    value: str,
    *,
    kind: AttributeType | None = None,
    row_version: int | None = None,
) -> None:
    """Set one attribute of one case; `kind` declares the type of a new attribute.

    Raises:
        ChangedMeanwhile: somebody else changed the value after `row_version` was read (0
            where the case had none).
    """
    if kind is not None and kind not in ATTRIBUTE_TYPES:
        raise BadValue("The type of an attribute", kind, ", ".join(ATTRIBUTE_TYPES))
    row = Names(act.connection).case(case)
    if row_version is not None:
        records.as_read("attribute value", _value_held(act, row["id"], attribute), row_version)
    _set_values(act, attribute, {row["id"]: value}, kind)
    act.says(f"“{row['label']}”: {attribute} is {value}")


def _value_held(act: Act, case_id: str, attribute: str) -> records.Row | None:
    known = records.one(act.connection, "attribute", name=attribute_name(attribute))
    if known is None:
        return None
    where = {"case_id": case_id, "attribute_id": known["id"]}
    return records.one(act.connection, "attribute_value", **where)


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
    part = f"What {speaker} says in " if speaker else ""
    if start is not None or stop is not None:
        part = f"The range {start or 0}-{'' if stop is None else stop} of "
    act.says(f"{part}“{transcript}” belongs to case “{case}”")


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
    length = int(version["length"])
    if speaker:
        turns = json.loads(version["turns"])
        stretches = [(t[1], t[3]) for t in turns if t[0] == speaker]
        if not stretches:
            raise unknown_speaker(speaker, version["name"], sorted({t[0] for t in turns if t[0]}))
    else:
        first, last = start or 0, length if stop is None else stop
        if not 0 <= first < last <= length:
            raise OutsideText(version["name"], first, last, length)
        stretches = [(first, last)]
    if not stretches:
        raise Refused(f"“{version['name']}” has no words to give to “{case}”.")
    book.give(case, version["id"], stretches)
