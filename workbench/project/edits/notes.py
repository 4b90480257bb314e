"""Notes beside the data: memos, the reading log, decisions of the team."""

import datetime
from collections.abc import Sequence

from workbench.errors import BadValue, OutsideText
from workbench.model.memo import ANCHORS, MEMO_KINDS, READING_WAYS, MemoKind
from workbench.model.method import STEPS
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("add memo")
def add_memo(
    act: Act,
    text: str,
    *,
    kind: MemoKind = "analytic",
    title: str = "",
    anchor: str = "project",
    anchor_id: str | None = None,
    start: int | None = None,
    stop: int | None = None,
) -> str:
    """Write a memo, anchored to anything or to the project; return its id.

    `anchor` says what kind of thing `anchor_id` is of (see `model.memo.ANCHORS`);
    `start:stop` is a range of the text when that is a transcript version.
    """
    act.says(f"Wrote a memo{f' “{title}”' if title else ''}")
    return put_memo(act, text, kind, title, act.who, anchor, anchor_id, start, stop)


def put_memo(
    act: Act,
    text: str,
    kind: MemoKind,
    title: str,
    person: str,
    anchor: str,
    anchor_id: str | None,
    start: int | None = None,
    stop: int | None = None,
) -> str:
    """Do what `add_memo` does, inside an act that does more."""
    _refuse_bad_memo(text, kind)
    if anchor not in ANCHORS:
        raise BadValue("The anchor of a memo", anchor, ", ".join(ANCHORS))
    if anchor != "project":
        anchored = Names(act.connection).by_id_start(anchor, anchor_id or "")
        anchor_id = str(anchored["id"])
    if start is not None or stop is not None:
        if anchor != "transcript_version" or start is None or stop is None:
            raise BadValue("The place of a memo", f"{start} to {stop}", "both ends, in a text")
        if not 0 <= start < stop <= int(anchored["length"]):
            raise OutsideText(anchored["source_name"], start, stop, int(anchored["length"]))
    row = {
        "kind": kind,
        "title": title,
        "text": text,
        "person_id": put_person(act, person),
        "anchor": anchor,
        "anchor_id": anchor_id,
        "start": start,
        "stop": stop,
    }
    (memo_id,) = records.insert(act, "memo", [row])
    return memo_id


def _refuse_bad_memo(text: str, kind: str) -> None:
    if kind not in MEMO_KINDS:
        raise BadValue("The kind of a memo", kind, ", ".join(MEMO_KINDS))
    if not text.strip():
        raise BadValue("A memo", text, "some words")


@edit("change memo")
def change_memo(
    act: Act,
    memo: str,
    *,
    text: str | None = None,
    title: str | None = None,
    kind: MemoKind | None = None,
    row_version: int | None = None,
) -> None:
    """Change a memo's words, title or kind; what is not given stays, its anchor always.

    Raises:
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
    """
    held = Names(act.connection).by_id_start("memo", memo)
    given: dict[str, str | None] = {"text": text, "title": title, "kind": kind}
    new: dict[str, str] = {name: value for name, value in given.items() if value is not None}
    now = {**held, **new}
    _refuse_bad_memo(now["text"], now["kind"])
    records.update(act, "memo", held["id"], new, row_version=row_version)
    act.says(f"Changed the memo “{_called(now)}”")


@edit("withdraw memo")
def withdraw_memo(act: Act, memo: str) -> None:
    """Take a memo back."""
    held = Names(act.connection).by_id_start("memo", memo)
    records.withdraw(act, "memo", [held["id"]])
    act.says(f"Withdrew the memo “{_called(held)}”")


def _called(memo: Row) -> str:
    return short(str(memo["title"] or memo["text"]))


@edit("log reading")
def log_reading(
    act: Act,
    transcript: str,
    *,
    person: str | None = None,
    how: str = "read",
    date: str = "",
    note: str = "",
) -> str:
    """Note that somebody read, or listened to, a transcript; return the entry's id."""
    did = "listened to" if how == "listened" else how
    act.says(f"{person or act.who} {did} “{transcript}”")
    return put_reading(act, Names(act.connection), transcript, person or act.who, how, date, note)


def put_reading(
    act: Act, names: Names, transcript: str, person: str, how: str, date: str, note: str
) -> str:
    """Do what `log_reading` does, inside an act that does more."""
    if how not in READING_WAYS:
        raise BadValue("The way of reading", how, " or ".join(READING_WAYS))
    row = {
        "person_id": put_person(act, person),
        "transcript_version_id": names.transcript(transcript)["id"],
        "how": how,
        "date": iso_date(date),
        "note": note,
    }
    (reading_id,) = records.insert(act, "reading", [row])
    return reading_id


@edit("withdraw reading")
def withdraw_reading(act: Act, reading: str) -> None:
    """Take an entry of the reading log back."""
    held = Names(act.connection).by_id_start("reading", reading)
    (read,) = records.by_ids(
        act.connection, "transcript_version", [held["transcript_version_id"]], "transcript_id"
    )
    (of,) = records.by_ids(act.connection, "transcript", [read["transcript_id"]], "name")
    records.withdraw(act, "reading", [held["id"]])
    act.says(f"Withdrew a reading of “{of['name']}”")


def iso_date(text: str) -> str:
    """Return an ISO date as it is; nothing stays nothing."""
    if not text:
        return ""
    try:
        return datetime.date.fromisoformat(text).isoformat()
    except ValueError:
        raise BadValue("A date", text, "a date like 2021-02-28") from None


@edit("record decision")
def record_decision(
    act: Act,
    title: str,
    text: str,
    *,
    date: str = "",
    present: Sequence[str] = (),
    stage: str = "",
) -> str:
    """Record what the team decided, when, and who was there; return the record's id.

    `stage` is the step of the method that it belongs to, one of `method.STEPS`.
    """
    act.says(f"Recorded the decision “{title}”")
    return put_decision_record(act, title, text, date, present, stage)


def put_decision_record(
    act: Act, title: str, text: str, date: str, present: Sequence[str], stage: str
) -> str:
    """Do what `record_decision` does, inside an act that does more."""
    if not title.strip():
        raise BadValue("The title of a decision", title, "some words")
    if stage and stage not in STEPS:
        raise BadValue("The stage of a decision", stage, ", ".join(STEPS))
    row = {
        "date": iso_date(date),
        "title": title,
        "text": text,
        "person_id": put_person(act, act.who),
        "stage": stage,
    }
    (record_id,) = records.insert(act, "decision_record", [row])
    there = [
        {"decision_record_id": record_id, "person_id": put_person(act, p)}
        for p in dict.fromkeys(present)
    ]
    records.insert(act, "attendance", there)
    return record_id
