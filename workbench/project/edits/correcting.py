"""A transcript is corrected: a new version, and everything that has a place in it goes along."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from workbench.errors import BadValue, ChangedMeanwhile, OutsideText, Refused
from workbench.model.chart import seen_codings, seen_text
from workbench.model.report import ImportReport, counted
from workbench.model.transcript import Turn, sha256
from workbench.project.edits.codings import put_place
from workbench.project.edits.registry import edit
from workbench.project.edits.transcripts import Incoming, storable_text, store_version
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.project.waiting import nearest, suggested
from workbench.stages.familiarisation.alignment import (
    FATES,
    Alignment,
    Carried,
    align,
    paged,
    shares,
    timed,
)
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row

Stretch = tuple[int, int]
Parts = dict[str, list[Stretch]]
"""Which stretches of a coding are the words of which case, counted from its start."""


@edit("correct transcript")
def correct_transcript(
    act: Act,
    transcript: str,
    corrected: Incoming,
    *,
    reason: str = "",
    version_id: str | None = None,
) -> ImportReport:
    """Give a transcript another text as its next version, and say what became of its codings.

    Codings whose words stand there as before, in one piece and as words of the same cases,
    go along; the others stay live on the version that they were made on, and wait for
    `place_coding` or `withdraw_coding`. Memos with a place go along or stay likewise. The
    new version gets its own spans of cases and finished marks; the old one keeps its own.
    Turns that the corrected text gives no times have those that they had.

    Raises:
        Refused: the transcript has that very text.
        ChangedMeanwhile: its current version is another than `version_id`.
        BadValue: no database can keep the reason.
    """
    if not records.storable(reason):
        raise BadValue("The reason", reason[:40], "text without NUL or broken characters")
    names = Names(act.connection)
    held, report = names.transcript(transcript), ImportReport(corrected.source_name)
    if version_id not in (None, held["id"]):
        raise ChangedMeanwhile(f"text of “{held['name']}”")
    text = storable_text(corrected, report)
    if sha256(text) == held["sha256"]:
        raise Refused(f"“{held['name']}” has that very text already. Nothing was corrected.")
    alignment = align(names.text(held["id"]), text)
    before = [Turn(*t) for t in json.loads(held["turns"])]
    turns = timed(alignment, before, corrected.reading.turns)
    pages = corrected.reading.pages or paged(alignment, json.loads(held["pages"] or "[]"))
    corrected = replace(corrected, reading=replace(corrected.reading, turns=turns, pages=pages))
    new = store_version(
        act, held["transcript_id"], corrected, text, after=held, reason=reason or "corrected"
    )
    _store_new_speakers(act, held["transcript_id"], corrected)
    spans = _carry_spans(act, held, new, alignment, turns)
    fates = _carry_codings(act, held["id"], new, alignment, spans)
    _carry_memos(act, held["id"], new, alignment, report)
    finish_again(act, held["id"], new)
    report.count("corrected transcripts")
    for fate in FATES:
        if fates.count(fate):
            report.count(f"{fate} codings", fates.count(fate))
    waiting = len(fates) - fates.count("moved")
    if waiting:
        report.notes.append(
            f"{counted(waiting, 'codings')} of “{held['name']}” "
            f"{'waits' if waiting == 1 else 'wait'} for a place: see “workbench unplaced PROJECT”."
        )
    _tell_of_new_words(act, new, corrected, str(held["name"]), report)
    act.says(
        f"Corrected “{held['name']}”, now version {held['number'] + 1}: "
        f"{counted(fates.count('moved'), 'codings')} carried, {waiting} waiting for a place"
    )
    act.report = report.as_dict()
    return report


def _store_new_speakers(act: Act, transcript_id: str, corrected: Incoming) -> None:
    known = {
        s["label"] for s in records.find(act.connection, "speaker", transcript_id=transcript_id)
    }
    fresh = [s for s in corrected.reading.speakers if s.label not in known]
    rows = [{"transcript_id": transcript_id, "label": s.label, "role": s.role} for s in fresh]
    records.insert(act, "speaker", rows)


def _carry_spans(
    act: Act, held: Row, version_id: str, alignment: Alignment, turns: tuple[Turn, ...]
) -> tuple[list[Row], list[Row]]:
    """Give the new version the stretches of each case; return the old ones and the new."""
    old_spans = records.find(act.connection, "case_span", transcript_version_id=held["id"])
    old_turns = [(t[0], t[1], t[3]) for t in json.loads(held["turns"])]
    new_turns = [(t.speaker, t.start, t.stop) for t in turns]
    of: dict[str, list[Stretch]] = {}
    for span in old_spans:
        of.setdefault(span["case_id"], []).append((span["start"], span["stop"]))
    rows = [
        {"case_id": case, "transcript_version_id": version_id, "start": start, "stop": stop}
        for case, stretches in of.items()
        for start, stop in shares(alignment, stretches, old_turns, new_turns)
    ]
    records.insert(act, "case_span", rows)
    return old_spans, rows


def _carry_codings(
    act: Act,
    old_id: str,
    version_id: str,
    alignment: Alignment,
    spans: tuple[list[Row], list[Row]],
) -> list[str]:
    """Move the codings whose words are the same; return what became of each."""
    codings = records.find(
        act.connection, "coding", "id", "start", "stop", transcript_version_id=old_id
    )
    carried = alignment.carry((c["start"], c["stop"]) for c in codings)
    moved: dict[str, int] = {}
    fates: list[str] = []
    for coding, to in zip(codings, carried, strict=True):
        here = _parts(spans[0], coding["start"], coding["stop"])
        same = to.fate == "moved" and here == _parts(spans[1], to.start, to.stop)
        fates.append(to.fate if same or to.fate != "moved" else "changed")
        if same:
            _move(act, "coding", coding["id"], "transcript_version_id", version_id, to)
            moved[coding["id"]] = to.start - coding["start"]
    _follow_in_cells(act, moved, {s["case_id"] for s in spans[0]})
    return fates


def _parts(spans: Iterable[Row], start: int, stop: int) -> Parts:
    found: Parts = {}
    for span in spans:
        low, high = max(span["start"], start), min(span["stop"], stop)
        if low < high:
            found.setdefault(span["case_id"], []).append((low - start, high - start))
    return {case: sorted(stretches) for case, stretches in found.items()}


def _move(act: Act, table: str, row_id: str, column: str, to_id: str, to: Carried) -> None:
    values: dict[str, Any] = {column: to_id, "start": to.start, "stop": to.stop}
    records.update(act, table, row_id, values)


def _follow_in_cells(act: Act, moved: dict[str, int], cases: set[str]) -> None:
    """Have cells know the codings they were written from at their new places."""
    cells = records.by_column(act.connection, "cell", "case_id", list(cases), "id", "seen")
    for cell in (c for rows in cells.values() for c in rows):
        seen = seen_codings(cell["seen"])
        if moved.keys() & {one[0] for one in seen}:
            at = [
                (i, start + moved.get(i, 0), stop + moved.get(i, 0), code)
                for i, start, stop, code in seen
            ]
            records.update(act, "cell", cell["id"], {"seen": seen_text(at)})


def _carry_memos(
    act: Act, old_id: str, version_id: str, alignment: Alignment, report: ImportReport
) -> None:
    """Move the memos of the text whose words are the same, and those without a place."""
    memos = records.find(act.connection, "memo", anchor="transcript_version", anchor_id=old_id)
    left = 0
    for memo in memos:
        if memo["start"] is None:
            records.update(act, "memo", memo["id"], {"anchor_id": version_id})
            continue
        (to,) = alignment.carry([(memo["start"], memo["stop"])])
        if to.fate == "moved":
            _move(act, "memo", memo["id"], "anchor_id", version_id, to)
        else:
            left += 1
    if left:
        why = (
            "the words beside them changed; each stays with the version that it was written on: "
            "see “workbench unplaced PROJECT --memos”"
        )
        report.leave_out("memos", why, report.source, left)


def finish_again(act: Act, old_id: str, version_id: str) -> None:
    """Mark a version of a text as finished in the runs that finished the one before."""
    marks = records.find(act.connection, "finished", "run_id", transcript_version_id=old_id)
    rows = [{"run_id": m["run_id"], "transcript_version_id": version_id} for m in marks]
    records.insert(act, "finished", rows)


def _tell_of_new_words(
    act: Act, version_id: str, corrected: Incoming, name: str, report: ImportReport
) -> None:
    """Note how many turns of participants belong to no case."""
    spans = records.find(act.connection, "case_span", transcript_version_id=version_id)
    asking = {s.label for s in corrected.reading.speakers if s.role == "interviewer"}
    lost = sum(
        not any(s["start"] < t.stop and t.words_start < s["stop"] for s in spans)
        for t in corrected.reading.turns
        if t.speaker not in asking and t.words_start < t.stop
    )
    if spans and lost:
        report.notes.append(
            f"{counted(lost, 'turns')} of “{name}” in no case: see “workbench assign PROJECT”."
        )


@edit("place coding")
def place_coding(
    act: Act,
    coding_id: str,
    start: int | None = None,
    stop: int | None = None,
    *,
    words: str | None = None,
    row_version: int | None = None,
) -> None:
    """Give a coding that waits for a place one in the current text, whose words become its own.

    It is `start:stop`, or the place of `words` that is nearest to the one suggested, or that
    one itself (see `waiting.unplaced`). Cells that were written from it become stale.

    Raises:
        Refused: the coding waits for no place, or its words are gone and no place is given;
            it would be a second coding of the same code, segment, coder and run; or a
            statement, link or finding that cites it could not stand (`refuse_unfounded`).
        OutsideText: the text has no such segment.
        QuoteNotFound: the words stand nowhere in it.
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
    """
    names = Names(act.connection)
    was, quote = _placed(act, names, coding_id, start, stop, words, row_version)
    act.says(f"Placed the coding of “{short(was)}” on “{short(quote)}”")


@edit("place codings")
def place_codings(act: Act, ids: Sequence[str]) -> int:
    """Place many codings that wait, all or none, where it is suggested; return how many.

    Raises:
        Refused: one of them cannot be placed so (see `place_coding`).
    """
    names = Names(act.connection)
    found = dict.fromkeys(str(names.by_id_start("coding", one)["id"]) for one in ids)
    for coding_id in found:
        _placed(act, names, coding_id)
    act.says(f"Placed {counted(len(found), 'codings')}")
    return len(found)


def _placed(
    act: Act,
    names: Names,
    coding_id: str,
    start: int | None = None,
    stop: int | None = None,
    words: str | None = None,
    row_version: int | None = None,
) -> tuple[str, str]:
    """Do what `place_coding` does; return the words of the coding as they were and are."""
    held = names.by_id_start("coding", coding_id)
    version = names.by_id_start("transcript_version", held["transcript_version_id"])
    current = names.transcript(version["transcript_id"])
    if current["id"] == held["transcript_version_id"]:
        raise Refused(
            f"The coding of “{short(held['quote'])}” waits for no place: it stands in the "
            "current text. Change its ends with “workbench change-coding” instead."
        )
    if words is not None:
        near = suggested(names, held, current).start
        start, stop = nearest(names.text(current["id"]), words, near, current["name"])
    if start is None or stop is None:
        place = suggested(names, held, current)
        if place.fate == "gone":
            raise Refused(
                f"The words “{short(held['quote'])}” are gone from “{current['name']}”. Say where "
                "the coding belongs (--start and --stop), or withdraw it."
            )
        start, stop = place.start, place.stop
    return held["quote"], put_place(act, names, held, current, start, stop, row_version)


@edit("place memo")
def place_memo(
    act: Act,
    memo: str,
    start: int | None = None,
    stop: int | None = None,
    *,
    row_version: int | None = None,
) -> None:
    """Give a memo that stayed with an older version of its text a place in the current one.

    Without `start` and `stop` it is the place that is suggested (see `waiting.unplaced_memos`).

    Raises:
        Refused: the memo waits for no place, or its words are gone and no place is given.
        OutsideText: the text has no such segment.
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
    """
    names = Names(act.connection)
    held = names.by_id_start("memo", memo)
    called = short(held["title"] or held["text"])
    if held["anchor"] != "transcript_version" or held["start"] is None:
        raise Refused(f"The memo “{called}” has no place in a text, so it waits for none.")
    version = names.by_id_start("transcript_version", held["anchor_id"])
    current = names.transcript(version["transcript_id"])
    if current["id"] == version["id"]:
        raise Refused(f"The memo “{called}” waits for no place: it stands in the current text.")
    if start is None or stop is None:
        place = suggested(names, {**held, "transcript_version_id": version["id"]}, current)
        if place.fate == "gone":
            raise Refused(
                f"The words beside the memo “{called}” are gone from “{current['name']}”. Say "
                "where it belongs (--start and --stop), or withdraw it."
            )
        start, stop = place.start, place.stop
    if not 0 <= start < stop <= int(current["length"]):
        raise OutsideText(current["name"], start, stop, int(current["length"]))
    row = {"anchor_id": current["id"], "start": start, "stop": stop}
    records.update(act, "memo", held["id"], row, row_version=row_version)
    act.says(f"Placed the memo “{called}” on “{short(names.text(current['id'])[start:stop])}”")
