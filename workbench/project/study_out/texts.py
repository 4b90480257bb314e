"""Transcripts as files that come back with the same text."""

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from workbench.errors import BadFile, Refused
from workbench.formats import study_files, transcripts
from workbench.model.report import ImportReport
from workbench.model.transcript import Reading
from workbench.project.names import Names
from workbench.store import records
from workbench.store.records import Row

_FIELDS = {
    "title": "",
    "date": "",
    "duration_minutes": None,
    "mode": "",
    "setting": "",
    "interviewer": "",
    "language": "",
    "order_number": None,
}
"""Fields of a header, and what a transcript has that does not say them."""
_LONGEST = 200
"""Bytes that every file system takes for the name of a file."""


@dataclass(slots=True)
class Texts:
    """The files of all transcripts, and what study.yaml has to say besides.

    `called` has the names that had to change: name → name of the file.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)


def of(names: Names, report: ImportReport) -> Texts:
    """Return the transcripts of a project as files.

    A transcript keeps the file that it came from where that file still gives its text;
    else it is written as plain text.

    Raises:
        Refused: there is no transcript, or no file can hold the text of one.
    """
    rows = sorted(records.find(names.connection, "transcript"), key=lambda t: str(t["name"]))
    if not rows:
        raise Refused("There is no transcript in the project, so it is no study yet.")
    told = Texts()
    held = [_Held(names, row) for row in rows]
    hints = _hints(held)
    headers: list[dict[str, Any]] = []
    speakers: list[dict[str, str]] = []
    for one in held:
        name = _free(one.name, told.files)
        if name != one.name:
            told.called[one.name] = name
            report.leave_out("names of transcripts", "no file can be called so", name)
        file, content, reading = one.file(name, hints)
        told.files[f"transcripts/{file}"] = content
        headers += one.header_besides(name, reading)
        speakers += one.roles_besides(name, reading)
        if one.earlier:
            why = "a study has each text as it is now"
            report.leave_out("earlier versions of transcripts", why, name, one.earlier)
        if not one.same_turns(reading):
            why = "the file does not give the turns that were found in another"
            report.leave_out("turns of a transcript", why, name)
    told.settings = {
        "cases": "none",
        **({"interviewers": hints} if hints else {}),
        **({"headers": headers} if headers else {}),
        **({"speakers": speakers} if speakers else {}),
    }
    return told


class _Held:
    """One transcript as the project holds it."""

    def __init__(self, names: Names, row: Row) -> None:
        self.row, self.name = row, str(row["name"])
        place = names.transcript(row["id"])
        (version,) = records.by_ids(names.connection, "transcript_version", [place["id"]])
        self.earlier = int(version["number"]) - 1
        self.text, self.source = str(version["text"]), str(version["source_name"])
        self.turns = [tuple(t) for t in json.loads(version["turns"])]
        self.roles = {
            str(s["label"]): str(s["role"])
            for s in records.find(names.connection, "speaker", transcript_id=row["id"])
        }
        kept = records.one(names.connection, "original", transcript_version_id=place["id"])
        self.content = bytes(kept["content"]) if kept else b""

    def file(self, name: str, hints: Sequence[str]) -> tuple[str, bytes, Reading]:
        """Return name, bytes and reading of the file that gives back this text.

        Raises:
            Refused: none does.
        """
        ending = transcripts.ending(self.source)
        endings = [ending] if ending in transcripts.ENDINGS else []
        tried = [(f"{name}{e}", self.content) for e in (*endings, ".txt") if self.content]
        tried.append((f"{name}.txt", self.text.encode()))
        found = []
        for file, content in tried:
            reading = _read(content, file, hints)
            if reading is not None and reading.text == self.text:
                found.append((file, content, reading))
        if not found:
            raise Refused(
                f"No file can hold the text of “{self.name}” letter by letter, so the project "
                "cannot be written as a study."
            )
        return next((f for f in found if self.same_turns(f[2])), found[0])

    def same_turns(self, reading: Reading) -> bool:
        """Tell whether a reading finds the turns that are stored."""
        return self.turns == _turns(reading)

    def header_besides(self, name: str, reading: Reading) -> list[dict[str, Any]]:
        """Return the fields of the header that a reading of the file does not find."""
        found = {k: v for k, v in asdict(reading.header).items() if v is not None}
        found["order_number"] = found.pop("order", None)
        read = {k: found.get(k, nothing) for k, nothing in _FIELDS.items()}
        besides = {k: self.row[k] for k in _FIELDS if self.row[k] != read[k]}
        told = {k: v for k, v in besides.items() if v is not None}
        return [{"transcript": name, **told}] if told else []

    def roles_besides(self, name: str, reading: Reading) -> list[dict[str, str]]:
        """Return the speakers whose role a reading of the file does not find."""
        read = {s.label: s.role for s in reading.speakers}
        return [
            {"transcript": name, "speaker": label, "role": role}
            for label, role in sorted(self.roles.items())
            if label in read and read[label] != role
        ]


def _turns(reading: Reading) -> list[tuple[Any, ...]]:
    return [
        (t.speaker, t.start, t.words_start, t.stop, t.begin_ms, t.end_ms) for t in reading.turns
    ]


def _read(content: bytes, file: str, hints: Sequence[str]) -> Reading | None:
    try:
        return transcripts.read(content, file, interviewers=hints)
    except BadFile:
        return None


def _hints(held: Sequence[_Held]) -> list[str]:
    """Return the labels of interviewers where the files do not give the turns without."""
    if all(one.same_turns(one.file(one.name, ())[2]) for one in held):
        return []
    return sorted({s for one in held for s, role in one.roles.items() if role == "interviewer"})


def _free(name: str, taken: dict[str, bytes]) -> str:
    """Return a name that a file can have, and that none of these has in any case of letters."""
    plain = re.sub(r'[\x00-\x1f\x7f/\\:*?"<>|]+', "-", name).strip()
    plain = plain.encode()[:_LONGEST].decode("utf-8", "ignore").strip() or "transcript"
    if study_files.is_beside(f"{plain}.txt"):
        plain = f"transcript {plain.lstrip('.~$')}".strip()
    used = {t.removeprefix("transcripts/").rpartition(".")[0].casefold() for t in taken}
    free, n = plain, 2
    while free.casefold() in used:
        free, n = f"{plain} {n}", n + 1
    return free
