"""Transcripts come in; their headers and speakers are put right."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Literal

from workbench.errors import BadValue, Refused, UnknownName
from workbench.model.report import ImportReport, counted, one_of
from workbench.model.transcript import ROLES, Header, Reading, Role, sha256
from workbench.project.edits.cases import CaseBook
from workbench.project.edits.notes import iso_date
from workbench.project.edits.registry import edit
from workbench.project.names import Names, unknown_speaker
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row

CaseRule = Literal["auto", "file", "speaker", "none"]
CASE_RULES: tuple[CaseRule, ...] = ("auto", "file", "speaker", "none")

_NEVER = "and a text never changes in place"
UNSTORABLE = dict.fromkeys([0, *range(0xD800, 0xE000)], "\ufffd")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file that was read: what to call it, what was read, the bytes it came from."""

    name: str
    reading: Reading
    content: bytes
    source_name: str


@edit("import transcripts")
def import_transcripts(
    act: Act, incoming: Iterable[Incoming], report: ImportReport, *, case_by: CaseRule = "auto"
) -> ImportReport:
    """Bring transcripts in, one after the other, and say what came of each.

    `case_by` is the rule that makes cases: *file*, one case a transcript, called after it;
    *speaker*, one case for each participant's label, the same label in two transcripts
    being the same case; *auto*, by file where one participant speaks, and one case for
    each participant, called “transcript: label”, where several do; *none*.

    A transcript that is here already with the same text is left out and said; one of the
    same name with another text likewise, as texts never change in place (law 2).
    """
    if case_by not in CASE_RULES:
        raise BadValue("The rule for cases", case_by, "auto, file, speaker or none")
    book = CaseBook(act)
    known = {str(t["name"]): t for t in records.find(act.connection, "transcript", "id", "name")}
    for each in incoming:
        bring_in(act, each, report, book, case_by, known)
    act.says(f"Imported {_counted(report)}")
    act.report = report.as_dict()
    return report


def _counted(report: ImportReport) -> str:
    return counted(report.counts.get("transcripts", 0), "transcripts")


def bring_in(
    act: Act,
    each: Incoming,
    report: ImportReport,
    book: CaseBook,
    case_by: CaseRule,
    known: dict[str, records.Row] | None = None,
) -> bool:
    """Store one transcript, unless one of its name is here; return whether it came in.

    `known` has the transcripts that are here by name, and gets the new one; without it
    the database is asked.
    """
    text = storable_text(each, report)
    if known is None:
        held = records.one(act.connection, "transcript", name=each.name)
    else:
        held = known.get(each.name)
    if held is not None:
        report.leave_out("file", _why_held(act, held, text), each.source_name)
        return False
    transcript_id, version_id = _store(act, each, text, _header(each, report))
    if known is not None:
        known[each.name] = {"id": transcript_id, "name": each.name}
    report.count("transcripts")
    report.count("turns", len(each.reading.turns))
    report.count("words", len(text.split()))
    _tell(each, report)
    _store_speakers(act, transcript_id, each.reading)
    _make_cases(book, each, version_id, len(text), case_by, report)
    return True


def storable_text(each: Incoming, report: ImportReport) -> str:
    """Return the text as a database can keep it; what it cannot is replaced and told."""
    text = each.reading.text
    if records.storable(text):
        return text
    replaced = text.translate(UNSTORABLE)
    odd = sum(a != b for a, b in zip(text, replaced, strict=True))
    why = "no database can keep them; each is now “\ufffd”"
    report.leave_out("characters", why, each.source_name, odd)
    return replaced


def _why_held(act: Act, held: records.Row, text: str) -> str:
    versions = records.find(
        act.connection, "transcript_version", "sha256", transcript_id=held["id"]
    )
    if sha256(text) in {v["sha256"] for v in versions}:
        return f"“{held['name']}” is here already with the same text"
    return (
        f"another text is called “{held['name']}” here, {_NEVER}; import it with --correct as "
        "its next version, or rename the file to bring it in as a transcript of its own"
    )


def offers_correction(report: ImportReport) -> bool:
    """Whether a transcript was left out that could correct one that is here."""
    return any(_NEVER in left.why for left in report.left_out)


def _header(each: Incoming, report: ImportReport) -> dict[str, str | int | float | None]:
    """Return what a transcript's header says; what it cannot say is left out and told."""
    said = {k: v for k, v in asdict(each.reading.header).items() if v is not None}
    if "order" in said:
        said["order_number"] = said.pop("order")
    header: dict[str, str | int | float | None] = {}
    for field, value in said.items():
        try:
            header[field] = _header_value(field, str(value))
        except BadValue as error:
            why = f"{error.what[0].lower()}{str(error)[1:].partition(';')[0]}"
            report.leave_out("fields of the header", why, each.source_name)
    return header


def _store(
    act: Act, each: Incoming, text: str, header: Mapping[str, str | int | float | None]
) -> tuple[str, str]:
    blank = {"duration_minutes": None, "order_number": None}
    words = ("title", "date", "mode", "setting", "interviewer", "language")
    row = {"name": each.name, **dict.fromkeys(words, ""), **blank, **header}
    (transcript_id,) = records.insert(act, "transcript", [row])
    return transcript_id, store_version(act, transcript_id, each, text)


def store_version(
    act: Act,
    transcript_id: str,
    each: Incoming,
    text: str,
    *,
    after: Row | None = None,
    reason: str = "imported",
) -> str:
    """Add a version of a transcript, the first or the one after another; return its id."""
    turns = [
        (t.speaker, t.start, t.words_start, t.stop, t.begin_ms, t.end_ms)
        for t in each.reading.turns
    ]
    (version_id,) = records.insert(
        act,
        "transcript_version",
        [
            {
                "transcript_id": transcript_id,
                "number": int(after["number"]) + 1 if after else 1,
                "parent_id": after["id"] if after else None,
                "reason": reason,
                "text": text,
                "length": len(text),
                "sha256": sha256(text),
                "turns": json.dumps(turns, ensure_ascii=False, separators=(",", ":")),
                "pages": json.dumps(each.reading.pages) if each.reading.pages else "",
                "layout": each.reading.layout,
                "encoding": each.reading.encoding,
                "source_name": each.source_name,
            }
        ],
        checked=False,
    )
    kept = {
        "transcript_version_id": version_id,
        "content": each.content,
        "sha256": hashlib.sha256(each.content).hexdigest(),
    }
    records.insert(act, "original", [kept])
    return str(version_id)


def _store_speakers(act: Act, transcript_id: str, reading: Reading) -> None:
    records.insert(
        act,
        "speaker",
        [
            {"transcript_id": transcript_id, "label": s.label, "role": s.role}
            for s in reading.speakers
        ],
    )


def _tell(each: Incoming, report: ImportReport) -> None:
    reading, where = each.reading, each.source_name
    for guess in reading.guesses:
        report.guess(guess.rstrip("."), "", "likely", where)
    for omitted in reading.left_out:
        what, number = _omission(omitted)
        report.leave_out(what, "only the words of the interview come in", where, number)
    if reading.unparsed:
        report.notes.append(
            f"{where}: {counted(reading.unparsed, 'lines')} in the text, but not as turns of the "
            f"layout “{reading.layout}”."
        )


def _omission(said: str) -> tuple[str, int]:
    """Return what a reader left out, and how many.

    >>> _omission("1,200 link addresses left out.")
    ('link address', 1200)
    """
    number, _, what = said.removesuffix(" left out.").partition(" ")
    return one_of(what), int(number.replace(",", ""))


def _make_cases(
    book: CaseBook,
    each: Incoming,
    version_id: str,
    length: int,
    rule: CaseRule,
    report: ImportReport,
) -> None:
    """Give the text, or each participant's turns, to a case by the rule."""
    if rule == "none":
        return
    speaking = [s.label for s in each.reading.speakers if s.role != "interviewer"]
    if rule == "file" or (len(speaking) <= 1 and rule == "auto") or not speaking:
        book.give(each.name, version_id, [(0, length)], report)
        return
    if len(speaking) == 1:
        book.give(speaking[0], version_id, [(0, length)], report)
        return
    if rule == "auto":
        report.guess(
            f"it is a group: {len(speaking)} cases, “{each.name}: {speaking[0]}” and so on",
            "several participants speak (import with --case-by file or speaker to change it)",
            "likely",
            each.source_name,
        )
    for label in speaking:
        stretches = [(t.start, t.stop) for t in each.reading.turns if t.speaker == label]
        name = label if rule == "speaker" else f"{each.name}: {label}"
        book.give(name, version_id, stretches, report)


_HEADER_FIELDS = {f.name if f.name != "order" else "order_number" for f in fields(Header)}
_MOST_MINUTES, _LAST_PLACE = 10_000, 1_000_000
"""A week of talk, and more interviews than a study has."""


def _known_field(field: str) -> str:
    if field not in _HEADER_FIELDS:
        hint = "“workbench header --help” lists them."
        raise UnknownName("header field", field, sorted(_HEADER_FIELDS), hint=hint)
    return field


def _header_value(field: str, value: str) -> str | int | float | None:
    """Return a field of a header as it is stored; a number that is not said is None.

    Raises:
        BadValue: it is no date, no duration, or no place in a series.
    """
    if field == "date":
        return iso_date(value)
    if field not in ("duration_minutes", "order_number"):
        return value
    if not value.strip():
        return None
    said, what = value.strip(), f"The {field.replace('_', ' ')}"
    if field == "order_number":
        if re.fullmatch("[0-9]{1,7}", said) and 1 <= int(said) <= _LAST_PLACE:
            return int(said)
        raise BadValue(what, value, f"a whole number from 1 to {_LAST_PLACE:,}")
    if re.fullmatch(r"[0-9]+([.][0-9]+)?(e-?[0-9]+)?", said) and 0 < float(said) <= _MOST_MINUTES:
        return float(said)
    raise BadValue(what, value, f"a number of minutes, more than 0 and at most {_MOST_MINUTES:,}")


@edit("change header")
def change_header(
    act: Act, transcript: str, field: str, value: str, *, row_version: int | None = None
) -> None:
    """Set one field of a transcript's header: title, date, duration_minutes, mode, …"""
    name = put_header(act, Names(act.connection), transcript, field, value, row_version)
    act.says(f"Set {field.replace('_', ' ')} of “{name}” to {value}")


@edit("describe transcript")
def describe_transcript(
    act: Act, transcript: str, fields: Mapping[str, str], *, row_version: int | None = None
) -> None:
    """Set several fields of a transcript's header at once (see `change_header`).

    Raises:
        ChangedMeanwhile: somebody else changed the header after `row_version` was read.
    """
    said = {field: _header_value(_known_field(field), value) for field, value in fields.items()}
    row = Names(act.connection).transcript(transcript)
    records.update(act, "transcript", row["transcript_id"], said, row_version=row_version)
    named = ", ".join(field.replace("_", " ") for field in fields)
    act.says(f"Set {named} of “{row['name']}”")


def put_header(
    act: Act,
    names: Names,
    transcript: str,
    field: str,
    value: str,
    row_version: int | None = None,
) -> str:
    """Do what `change_header` does, inside an act that does more; return the name."""
    said = {_known_field(field): _header_value(field, value)}
    row = names.transcript(transcript)
    records.update(act, "transcript", row["transcript_id"], said, row_version=row_version)
    return str(row["name"])


@edit("set speaker role")
def set_speaker_role(
    act: Act, transcript: str, speaker: str, role: Role, *, row_version: int | None = None
) -> None:
    """Say whether a label of a transcript is an interviewer or a participant.

    Raises:
        ChangedMeanwhile: somebody else said so after `row_version` was read.
    """
    row, held = _speaker(act, Names(act.connection), transcript, speaker, role)
    records.as_read("speaker", held, row_version)
    if held["role"] == role:
        raise Refused(f"“{speaker}” is marked as {role} already.")
    records.update(act, "speaker", held["id"], {"role": role})
    act.says(f"“{speaker}” in “{row['name']}” is {role}")


def put_role(act: Act, names: Names, transcript: str, speaker: str, role: Role) -> None:
    """Do what `set_speaker_role` does, inside an act that does more; a role may be so already."""
    _, held = _speaker(act, names, transcript, speaker, role)
    records.update(act, "speaker", held["id"], {"role": role})


def _speaker(
    act: Act, names: Names, transcript: str, speaker: str, role: Role
) -> tuple[records.Row, records.Row]:
    """Return the transcript and the speaker that is to have a role."""
    if role not in ROLES:
        raise BadValue("A speaker's role", role, "interviewer, participant or unknown")
    row = names.transcript(transcript)
    held = records.one(act.connection, "speaker", transcript_id=row["transcript_id"], label=speaker)
    if held is None:
        of = records.find(act.connection, "speaker", "label", transcript_id=row["transcript_id"])
        labels = sorted(str(r["label"]) for r in of)
        raise unknown_speaker(speaker, row["name"], labels)
    return row, held
