"""What other tools' projects had beside, on its way out again: see `edits.refi_parts`."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from workbench.formats.refi import parts
from workbench.formats.refi.project import RefiLink, RefiPart, RefiSet
from workbench.model.report import ImportReport
from workbench.project.edits.refi_parts import NOUNS
from workbench.project.refi_out import left_out
from workbench.store import records

_GONE = "what they refer to is not in the file"


class Beside(NamedTuple):
    """Sets, links, and what is kept as it stood in the XML."""

    sets: tuple[RefiSet, ...]
    links: tuple[RefiLink, ...]
    parts: tuple[RefiPart, ...]


def dates(connection: Connection) -> dict[str, str]:
    """Return ids of codings, memos and transcripts → when they were made, as their tool said."""
    found: dict[str, str] = {}
    for row in records.find(connection, "kept_part", "said", kind="dates"):
        for moment, codings in json.loads(row["said"]).items():
            found |= dict.fromkeys(codings, moment)
    return found


def beside(
    connection: Connection,
    present: Collection[str],
    place: Mapping[str, str],
    moment: Callable[[records.Row], str],
    report: ImportReport,
) -> Beside:
    """Return what is kept, as far as it refers to what is `present`; the rest is told.

    `place` leads the ids of codings to their selections, `moment` a row to when it was made.
    """
    rows = [r for r in records.find(connection, "kept_part") if r["kind"] != "dates"]
    kept = [_part(r, place, moment(r)) for r in rows if r["kind"] not in ("set", "link")]
    known = {*present, *(r["guid"] for r in rows), *_inside(kept)}
    lost: Counter[str] = Counter()
    sets = tuple(_set(json.loads(r["said"]), known, lost) for r in rows if r["kind"] == "set")
    links = tuple(_link(json.loads(r["said"]), place) for r in rows if r["kind"] == "link")
    whole = tuple(k for k in links if k.origin in known and k.target in known)
    lost["links"] += len(links) - len(whole)
    found = []
    for part in kept:
        xml, gone = parts.pruned(part.xml, known.__contains__)
        found.append(replace(part, xml=xml))
        lost += gone
    for what, number in lost.items():
        left_out.add(report, what, _GONE, number)
    for kind, number in Counter(r["kind"] for r in rows).items():
        report.count(NOUNS[kind], number - (lost["links"] if kind == "link" else 0))
    return Beside(sets, whole, tuple(found))


def _inside(kept: Collection[RefiPart]) -> set[str]:
    return {own for part in kept for own in parts.identifiers(part.xml)}


def _part(row: records.Row, place: Mapping[str, str], moment: str) -> RefiPart:
    xml = parts.led(row["said"], lambda own: place.get(own, own))
    xml = parts.filled(xml, "creationDateTime", lambda: moment.replace("+00:00", "Z"))
    kind, guid, name, filename = row["kind"], row["guid"], row["name"], row["filename"]
    return RefiPart(kind, guid, name, xml, filename, bytes(row["content"]))


def _set(said: dict[str, Any], known: Collection[str], lost: Counter[str]) -> RefiSet:
    there = {}
    for of in ("codes", "sources", "notes"):
        there[of] = tuple(member for member in said[of] if member in known)
        lost["members of sets"] += len(said[of]) - len(there[of])
    return RefiSet(said["guid"], said["name"], said["description"], **there)


def _link(said: dict[str, Any], place: Mapping[str, str]) -> RefiLink:
    first, last = (place.get(said[end], said[end]) for end in ("origin", "target"))
    return RefiLink(said["guid"], said["name"], said["direction"], first, last, said["colour"])
