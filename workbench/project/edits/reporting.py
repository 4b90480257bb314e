"""What a report prints: its quotations, and counts that stand beside the interviews."""

import json
from collections.abc import Mapping

from workbench.errors import BadValue
from workbench.project.edits.registry import edit
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("quote in report")
def quote_in_report(
    act: Act,
    coding_id: str,
    *,
    number: int,
    report: str = "",
    node: str | None = None,
    speaker: str = "",
    participant: str = "",
    note: str = "",
) -> str:
    """Enter the words of a coding as a quotation of a report; return its id.

    `node` is the category or theme that the quotation stands under, `speaker` and
    `participant` what the report prints behind it, empty where it prints nothing. A
    quotation of that number in that report is changed.
    """
    names = Names(act.connection)
    coding = names.by_id_start("coding", coding_id)
    stands_under = names.node(node) if node else None
    act.says(f"Quoted “{str(coding['quote'])[:40]}” as number {number}")
    return put_quotation(act, coding, number, report, stands_under, speaker, participant, note)


def put_quotation(
    act: Act,
    coding: Row,
    number: int,
    report: str,
    node: Row | None,
    speaker: str,
    participant: str,
    note: str,
) -> str:
    """Do what `quote_in_report` does, inside an act that does more."""
    if number < 1:
        raise BadValue("The number of a quotation", str(number), "1 or more")
    where = {"report": report, "number": number}
    said = {
        "coding_id": coding["id"],
        "node_id": node["id"] if node else None,
        "speaker": speaker,
        "participant": participant,
        "note": note,
    }
    held = records.one(act.connection, "quotation", **where)
    if held is None:
        return records.insert(act, "quotation", [{**where, **said}])[0]
    records.update(act, "quotation", held["id"], said)
    return str(held["id"])


@edit("record count")
def record_count(act: Act, series: str, count: int, labels: Mapping[str, str]) -> str:
    """Record one count of a series, said of what by its labels; return its id.

    A count with the same labels is changed.
    """
    act.says(f"Recorded {count} in the series “{series}”")
    ((row_id, _),) = put_counts(act, [(series, labels, count)])
    return row_id


def put_counts(
    act: Act, wanted: list[tuple[str, Mapping[str, str], int]]
) -> list[tuple[str, bool]]:
    """Do what `record_count` does for many; return the id of each and whether it is new."""
    held = {(t["series"], t["labels"]): t for t in records.find(act.connection, "tally")}
    fresh: dict[tuple[str, str], int] = {}
    for series, labels, count in wanted:
        if not series.strip():
            raise BadValue("The series of a count", series, "some words")
        if count < 0:
            raise BadValue("A count", str(count), "0 or more")
        key = (series.strip(), labels_text(labels))
        if key not in held:
            fresh[key] = count
        elif int(held[key]["count"]) != count:
            records.update(act, "tally", held[key]["id"], {"count": count})
    rows = [{"series": s, "labels": of, "count": n} for (s, of), n in fresh.items()]
    ids = dict(zip(fresh, records.insert(act, "tally", rows), strict=True))
    keys = [(series.strip(), labels_text(labels)) for series, labels, _ in wanted]
    return [(ids[k], True) if k in ids else (str(held[k]["id"]), False) for k in keys]


def labels_text(labels: Mapping[str, str]) -> str:
    """Return labels as they are stored: the same labels are the same text in any order."""
    return json.dumps(dict(labels), ensure_ascii=False, sort_keys=True)
