"""What of another tool's project nothing here is like, kept for a later export to REFI-QDA.

Pictures, recordings and graphs are kept as XML with their files, all else as JSON. They refer
to what came in by its id here, and to one another as in their file. What is kept of a text or
note has the SHA-256 of its words: it goes out with these words and no others.
"""

import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from workbench.formats.refi import kept_xml
from workbench.formats.refi.project import (
    RefiChange,
    RefiDocument,
    RefiLink,
    RefiProject,
    RefiSelection,
    RefiSet,
)
from workbench.store import records
from workbench.store.history import Act

NOUNS = {
    "set": "sets",
    "link": "links",
    "graph": "graphs",
    "picture": "pictures",
    "recording": "recordings",
    "video": "videos",
    "PDF": "PDF files",
    "pages": "PDF files",
    "formatted": "formatted texts",
    "selections": "selections",
    "changes": "last changes",
    "descriptions": "descriptions of attributes",
    "spoken": "transcripts of recordings",
    "cases": "references of cases",
    "values": "values",
    "folders": "anchors of notes",
    "people": "people",
}
"""Kind of a part → what several are called."""
AS_XML = ("graph", "picture", "recording", "video", "PDF")
"""Kinds of parts that are kept as XML."""
_SAME = ("kind", "guid", "said", "sha256")

AT = "words of "
"""What stands before the id of a memo to say the words that it is at."""

Here = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class CaseRefs:
    """What a case refers to that nothing here is like, by ids here or else of the file."""

    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.sources) + len(self.selections) + len(self.codes)


@dataclass(frozen=True, slots=True)
class Words:
    """A text or memo that came in: its id here, and the SHA-256 of its words."""

    id: str
    sha256: str


@dataclass
class Keeping:
    """What a project holds beside, and what became of what it refers to.

    `file` is the SHA-256 of the project's file; `ids` lead from its identifiers to ids here,
    `words` from those of texts and notes to these; `unknown` is the person who made what nobody
    is said to have made.
    """

    held: RefiProject
    file: str
    ids: Mapping[str, str]
    words: Mapping[str, Words]
    unknown: Callable[[], str]
    dates: Mapping[str, str] = field(default_factory=dict)
    """Id of a coding, memo or transcript → when it was made."""
    selections: Sequence[RefiSelection] = ()
    """Those that nothing here is like: of texts without a code, a comment or a note, and of memos.

    They are at positions of the words here; who made them, and their codings, are people here.
    """
    changes: Sequence[RefiChange] = ()
    """Who changed what came in last, by ids here."""
    descriptions: Mapping[str, str] = field(default_factory=dict)
    """Id of an attribute → what it is described with."""
    cases: Mapping[str, CaseRefs] = field(default_factory=dict)
    """Id of a case → what it refers to and nothing here does."""
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Id of a memo → id of an attribute → value."""
    folders: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Id of a memo → ids of the categories that it is about."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Identifier of somebody of whom nothing came in → what they are called."""

    def keep(self, act: Act) -> Counter[str]:
        """Store it, unless it is here; return how many there are by what they are called."""
        rows = [{**row, "source_name": self.held.report.source} for row in self._rows()]
        here_already = records.find(act.connection, "kept_part", *_SAME)
        known = {tuple(row[c] for c in _SAME) for row in here_already}
        fresh = [row for row in rows if tuple(row[c] for c in _SAME) not in known]
        records.insert(act, "kept_part", fresh)
        return self._counted(rows)

    def _counted(self, rows: Sequence[Mapping[str, object]]) -> Counter[str]:
        of_one_row = {
            "selections": len(self.selections),
            "changes": len(self.changes),
            "descriptions": len(self.descriptions),
            "cases": sum(map(len, self.cases.values())),
            "values": sum(map(len, self.values.values())),
            "folders": sum(map(len, self.folders.values())),
            "people": len(self.people),
        }
        found = Counter[str]()
        for row in rows:
            kind = str(row["kind"])
            if kind == "pages" and not row["content"]:
                found["PDFs without a file"] += 1
            elif kind != "dates":
                found[NOUNS[kind]] += of_one_row.get(kind, 1)
        found[NOUNS["values"]] += sum(kept_xml.values(part.xml) for part in self.held.parts)
        return +found

    def here(self, own: str) -> str:
        """Return the id here of what has an identifier in the file; itself where it has none."""
        return self.ids.get(own, own)

    def _rows(self) -> Iterator[dict[str, object]]:
        for group in self.held.sets:
            yield _row("set", group.guid, group.name, _json(asdict(_set_here(group, self.here))))
        for link in self.held.links:
            yield _row("link", link.guid, link.name, _json(asdict(_link_here(link, self.here))))
        for part in self.held.parts:
            said = self._xml(part.xml)
            yield _row(part.kind, part.guid, part.name, said, part.filename, part.content)
        for source in self.held.sources:
            if source.recording and source.guid in self.words:
                words = self.words[source.guid]
                marks = {"of": words.id, "words": words.sha256, "times": source.times}
                yield _row("spoken", source.recording, source.name, _json(marks))
        for document in self.held.documents:
            if document.of in self.words:
                said = _json(self._document(document))
                file = document.filename, document.content
                yield _row(document.kind, document.of, document.name, said, *file)
        if self.selections:
            yield _row("selections", self.file, "", _json(self._selections()))
        by_moment = defaultdict(list)
        for thing, made in self.dates.items():
            by_moment[made].append(thing)
        for kind, data in (
            ("dates", by_moment),
            ("changes", [(c.of, c.user, c.moment) for c in self.changes]),
            ("descriptions", self.descriptions),
            ("cases", {case: asdict(refs) for case, refs in self.cases.items()}),
            ("values", self.values),
            ("folders", self.folders),
            ("people", self.people),
        ):
            if data:
                yield _row(kind, self.file, "", _json(data))

    def _xml(self, xml: str) -> str:
        """Return XML that refers to what is here, in which each coding is somebody's."""
        one_coder = kept_xml.of_one_coder(xml)
        return kept_xml.led(kept_xml.filled(one_coder, "creatingUser", self.unknown), self.here)

    def _document(self, one: RefiDocument) -> dict[str, str]:
        words = self.words[one.of]
        areas = kept_xml.renamed(self._xml(one.areas), self.here) if one.areas else ""
        return {"of": words.id, "words": words.sha256, "areas": areas}

    def _selections(self) -> list[dict[str, object]]:
        """Return selections that nothing here is like, by their texts and memos."""
        found: dict[str, list[dict[str, object]]] = defaultdict(list)
        for one in self.selections:
            codings = tuple(replace(c, code=self.here(c.code)) for c in one.codings)
            kept = asdict(replace(one, quote="", name="", codings=codings))
            found[one.source].append({k: v for k, v in kept.items() if v and k != "source"})
        return [
            {"of": self.words[of].id, "words": self.words[of].sha256, "selections": several}
            for of, several in found.items()
        ]


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
    notes = tuple(map(here, link.notes))
    return replace(link, origin=ends[0], target=ends[1], notes=notes, about=None)
