"""What of another tool's project nothing here is like, kept for a later export to REFI-QDA.

Sets, links and dates are kept as JSON, pictures, recordings and graphs as XML with their
files. They refer to what came in by its id here, and to one another as in their file.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, replace

from workbench.formats.refi import parts
from workbench.formats.refi.project import RefiLink, RefiProject, RefiSet
from workbench.store import records
from workbench.store.history import Act

Here = Callable[[str], str]
NOUNS = {
    "set": "sets",
    "link": "links",
    "graph": "graphs",
    "picture": "pictures",
    "recording": "recordings",
    "video": "videos",
}
"""Kind of a part → what several are called."""
_SAME = ("kind", "guid", "said", "sha256")


def keep(
    act: Act,
    held: RefiProject,
    ids: Mapping[str, str],
    dates: Mapping[str, str],
    unknown: Callable[[], str],
) -> Counter[str]:
    """Store what a project holds beside, unless it is here; return how many of each kind.

    `ids` lead from the identifiers of the file to ids here, `dates` from the ids of codings
    to when they were made; `unknown` is the person who made what nobody is said to have made.
    """
    signed = tuple(
        replace(part, xml=parts.filled(part.xml, "creatingUser", unknown)) for part in held.parts
    )
    held = replace(held, parts=signed)
    found = _rows(held, lambda own: ids.get(own, own), dates)
    rows = [{**row, "source_name": held.report.source} for row in found]
    here_already = records.find(act.connection, "kept_part", *_SAME)
    known = {tuple(row[c] for c in _SAME) for row in here_already}
    fresh = [row for row in rows if tuple(row[c] for c in _SAME) not in known]
    records.insert(act, "kept_part", fresh)
    return Counter(str(row["kind"]) for row in rows if row["kind"] != "dates")


def _rows(held: RefiProject, here: Here, dates: Mapping[str, str]) -> Iterator[dict[str, object]]:
    for group in held.sets:
        yield _row("set", group.guid, group.name, _json(asdict(_set_here(group, here))))
    for link in held.links:
        yield _row("link", link.guid, link.name, _json(asdict(_link_here(link, here))))
    for part in held.parts:
        said = parts.led(part.xml, here)
        yield _row(part.kind, part.guid, part.name, said, part.filename, part.content)
    by_moment = defaultdict(list)
    for coding, made in dates.items():
        by_moment[made].append(coding)
    if by_moment:
        yield _row("dates", "", "", _json(by_moment))


def _row(
    kind: str, guid: str, name: str, said: str, filename: str = "", content: bytes = b""
) -> dict[str, object]:
    return {
        "kind": kind,
        "guid": guid,
        "name": name,
        "said": said,
        "filename": filename,
        "content": content,
        "sha256": hashlib.sha256(content).hexdigest(),
    }


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _set_here(group: RefiSet, here: Here) -> RefiSet:
    members = (tuple(map(here, of)) for of in (group.codes, group.sources, group.notes))
    return RefiSet(group.guid, group.name, group.description, *members)


def _link_here(link: RefiLink, here: Here) -> RefiLink:
    ends = here(link.origin), here(link.target)
    return RefiLink(link.guid, link.name, link.direction, *ends, link.colour)
