"""What of a project REFI-QDA has no place for, on its way into a file of our own beside it."""

import json
from collections import defaultdict
from collections.abc import Sequence

from workbench.formats.refi.kept import (
    Kept,
    KeptAttribute,
    KeptName,
    KeptPerson,
    KeptRun,
    KeptText,
)
from workbench.formats.refi.project import RefiCase
from workbench.formats.refi.values import value_node
from workbench.model.framework import FrameworkVersion
from workbench.project.refi_out import codes as codes_of
from workbench.project.refi_out.gather import Gathered
from workbench.store import records
from workbench.store.records import Row

_HEADER = ("title", "date", "duration_minutes", "mode", "setting", "interviewer", "language")


def kept(held: Gathered, cases: Sequence[RefiCase]) -> Kept:
    """Return what the standard has no place for, of a project with these cases."""
    frameworks: tuple[FrameworkVersion, ...] = ()
    if held.version is not None:
        versions = held.names.versions()
        frameworks = codes_of.line(held.connection, versions, held.version)
    held.notes.tell()
    return Kept(
        settings={s["key"]: s["value"] for s in held.rows("setting")},
        people=tuple(
            KeptPerson(
                *(p[c] for c in ("id", "handle", "name", "role")),
                *(p[c] for c in ("credentials", "occupation", "experience")),
            )
            for p in held.rows("person")
        ),
        frameworks=frameworks,
        texts=tuple(_texts(held)),
        cases=tuple(KeptName(c.guid, c.name) for c in cases),
        attributes=tuple(
            KeptAttribute(a["id"], a["name"], a["type"], _otherwise(a, cases))
            for a in held.attributes
        ),
        runs=tuple(_run(held, run) for run in held.runs),
        uncertain=tuple(held.uncertain),
        looks=held.looks,
        memos=tuple(held.notes.kept_memos()),
        cells=tuple(held.notes.kept_cells()),
    )


def _texts(held: Gathered) -> list[KeptText]:
    transcripts = {t["id"]: t for t in held.rows("transcript")}
    roles: dict[str, dict[str, str]] = defaultdict(dict)
    for speaker in held.rows("speaker"):
        roles[speaker["transcript_id"]][speaker["label"]] = speaker["role"]
    columns = ("id", "sha256", "turns", "layout", "encoding", "source_name", "pages")
    rows = records.by_ids(held.connection, "transcript_version", list(held.lengths), *columns)
    versions = {v["id"]: v for v in rows}
    found = []
    for version_id in held.transcripts:
        if version_id not in versions:
            continue
        own, name = held.transcripts[version_id]
        version, row = versions[version_id], transcripts[own]
        header = {f: str(row[f]) for f in _HEADER if row[f] not in ("", None)}
        if row["order_number"] is not None:
            header["order"] = str(row["order_number"])
        found.append(
            KeptText(
                guid=own,
                name=name,
                sha256=version["sha256"],
                header=header,
                turns=tuple(tuple(turn) for turn in json.loads(version["turns"])),
                speakers=roles[own],
                layout=version["layout"],
                encoding=version["encoding"],
                source_name=version["source_name"],
                pages=tuple(json.loads(version["pages"] or "[]")),
            )
        )
    return found


def _run(held: Gathered, run: Row) -> KeptRun:
    finished = records.find(held.connection, "finished", run_id=run["id"])
    return KeptRun(
        run["name"],
        run["kind"],
        bool(run["blind"]),
        run["person_id"],
        tuple(
            held.transcripts[f["transcript_version_id"]][0]
            for f in finished
            if f["transcript_version_id"] in held.lengths
        ),
        tuple(held.written[run["id"]]),
    )


def _otherwise(attribute: Row, cases: Sequence[RefiCase]) -> dict[str, str]:
    """Return case → value as it is here, where the XML has it in another form, or not at all."""
    found = {}
    for case in cases:
        value = case.values.get(attribute["id"])
        if value is not None:
            written = "".join(str(n.inside) for n in value_node(attribute["type"], value))
            if written != value or attribute["type"] not in ("text", "category", "integer"):
                found[case.guid] = value
    return found
