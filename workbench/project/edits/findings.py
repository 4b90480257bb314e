"""Findings: what is claimed, about which theme, on whose words, and against whose."""

from collections.abc import Sequence

from workbench.errors import BadValue, Refused
from workbench.model import link as model
from workbench.model.report import counted
from workbench.project.edits.interpretation import refuse_of_no_case, sides
from workbench.project.edits.order import put_in_place
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.names import Names, as_name
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("add finding")
def add_finding(act: Act, title: str, *, text: str = "", node: str | None = None) -> str:
    """State a finding and return its id; `node` is the theme or driver that it is about."""
    about = Names(act.connection).node(node) if node else None
    act.says(f"Stated the finding “{title.strip()}”")
    return put_finding(act, title, text, about)


def put_finding(act: Act, title: str, text: str = "", node: Row | None = None) -> str:
    """Do what `add_finding` does, inside an act that does more.

    Raises:
        Refused: there is a finding of that title.
    """
    row = {
        "title": _free_title(act, title),
        "text": text,
        "node_id": node["id"] if node else None,
        "position": records.highest(act.connection, "finding", "position") + 1,
        "person_id": put_person(act, act.who),
    }
    return records.insert(act, "finding", [row])[0]


def _free_title(act: Act, title: str, of: str = "") -> str:
    """Return a title as it is stored, one that no finding but that `of` an id has."""
    title = as_name("The title of a finding", title)
    held = records.one(act.connection, "finding", title=title)
    if held is not None and held["id"] != of:
        raise Refused(f"There is a finding “{title}” already. Change it, or choose another title.")
    return title


@edit("change finding")
def change_finding(
    act: Act,
    finding: str,
    *,
    title: str | None = None,
    text: str | None = None,
    node: str | None = None,
    place: int | None = None,
    row_version: int | None = None,
) -> None:
    """Change what a finding says, what it is about, or its place; what is not given stays.

    An empty `node` means that the finding is about none; `place` is that among the
    findings, from 1.

    Raises:
        BadValue: there is nothing to change, or no such place.
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
        Refused: another finding has that title.
    """
    names = Names(act.connection)
    row = names.finding(finding)
    records.as_read("finding", row, row_version)
    to: Row = {}
    if title is not None:
        to["title"] = _free_title(act, title, row["id"])
    if text is not None:
        to["text"] = text
    if node is not None:
        to["node_id"] = names.node(node)["id"] if node else None
    if not to and place is None:
        raise BadValue("A change of a finding", "", "a title, a text, a node or a place")
    records.update(act, "finding", row["id"], to)
    title = to.get("title", row["title"])
    if place is not None:
        put_in_place(act, "finding", records.find(act.connection, "finding"), row, place)
    act.says(f"Changed the finding “{title}”" if to else f"Moved “{title}” to place {place}")


@edit("withdraw finding")
def withdraw_finding(act: Act, finding: str) -> None:
    """Take a finding back, with its evidence and the verifications of its quotations."""
    row = Names(act.connection).finding(finding)
    for table in ("verification", "finding_evidence"):
        resting = records.find(act.connection, table, "id", finding_id=row["id"])
        records.withdraw(act, table, [r["id"] for r in resting])
    records.withdraw(act, "finding", [row["id"]])
    act.says(f"Withdrew the finding “{row['title']}”")


@edit("cite for finding")
def cite_for_finding(
    act: Act,
    finding: str,
    codings: Sequence[str] = (),
    *,
    against: Sequence[str] = (),
    note: str = "",
    row_version: int | None = None,
) -> None:
    """Let codings speak for a finding and against it; of one that does, change side and note.

    `note` says how the words bear on the finding: of a contrary case, how it was resolved.
    `row_version` is that of the finding's citation of each coding, 0 of one not cited yet.

    Raises:
        Refused: a coding is given on both sides, or is of no case.
        ChangedMeanwhile: somebody else cited one, or took it out, after that was read.
    """
    names = Names(act.connection)
    row = names.finding(finding)
    speak_for = [names.by_id_start("coding", i) for i in codings]
    contrary = [names.by_id_start("coding", i) for i in against]
    both = {c["id"] for c in speak_for} & {c["id"] for c in contrary}
    if both:
        raise Refused(f"The coding {min(both)} is given on both sides. Give it on one.")
    for coding in (*speak_for, *contrary):
        where = {"finding_id": row["id"], "coding_id": coding["id"]}
        held = records.one(act.connection, "finding_evidence", **where)
        records.as_read("citation", held, row_version)
    put_finding_evidence(act, row["id"], speak_for, "for", note)
    put_finding_evidence(act, row["id"], contrary, "against", note)
    act.says(f"Cited {sides(len(speak_for), len(contrary))} the finding “{row['title']}”")


def put_finding_evidence(
    act: Act, finding_id: str, codings: Sequence[Row], stance: str, note: str = ""
) -> None:
    """Do what `cite_for_finding` does, inside an act that does more.

    Raises:
        BadValue: the stance is unknown.
        Refused: a coding lies in no case: nobody would count it (law 6).
    """
    if stance not in model.STANCES:
        raise BadValue("A stance", stance, ", ".join(model.STANCES))
    evidence = records.find(act.connection, "finding_evidence", finding_id=finding_id)
    held, said = {e["coding_id"]: e["id"] for e in evidence}, {"stance": stance, "note": note}
    for coding_id, coding in {c["id"]: c for c in codings}.items():
        if coding_id in held:
            records.update(act, "finding_evidence", held[coding_id], said)
            continue
        refuse_of_no_case(act, coding, "finding")
        row = {"finding_id": finding_id, "coding_id": coding_id, **said}
        records.insert(act, "finding_evidence", [row])


@edit("uncite finding")
def uncite_finding(act: Act, finding: str, codings: Sequence[str]) -> None:
    """Take codings from under a finding, with the verifications of their words there.

    A coding that was withdrawn can be taken away too.

    Raises:
        Refused: the finding does not cite one of them.
    """
    row = Names(act.connection).finding(finding)
    for coding in codings:
        where = {"finding_id": row["id"], "coding_id": _cited(act, row, coding)}
        for table in ("verification", "finding_evidence"):
            resting = records.find(act.connection, table, "id", **where)
            records.withdraw(act, table, [r["id"] for r in resting])
    act.says(f"Took {counted(len(codings), 'codings')} from the finding “{row['title']}”")


def _cited(act: Act, finding: Row, part: str) -> str:
    """Return the id of the coding that a finding cites, live or withdrawn, by a part of it."""
    evidence = records.find(act.connection, "finding_evidence", finding_id=finding["id"])
    ids = [str(e["coding_id"]) for e in evidence]
    found = [i for i in ids if len(part) >= 8 and (i.startswith(part) or i.endswith(part))]
    if len(found) != 1:
        raise Refused(
            f"The finding “{finding['title']}” cites no coding {part}. "
            "“workbench findings PROJECT --show evidence --json” tells their ids."
        )
    return found[0]
