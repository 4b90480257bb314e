"""What other tools' projects had beside, on its way out again: see `edits.refi_parts`."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from workbench.formats.refi import kept_xml
from workbench.formats.refi.project import (
    RefiChange,
    RefiCoding,
    RefiDocument,
    RefiLink,
    RefiPart,
    RefiSelection,
    RefiSet,
)
from workbench.formats.refi.times import Times
from workbench.model.report import ImportReport
from workbench.project.edits.refi_parts import AS_XML, AT, NOUNS, CaseRefs
from workbench.project.refi_out import left_out
from workbench.store import records
from workbench.store.records import Row

_GONE = "what they refer to is not in the file"
_OTHER_WORDS = "the words that they are of were changed here, or are not in the file"
_CHANGED = "what they are of was changed here, or is not in the file"


class Beside(NamedTuple):
    """Sets, links, and what is kept as it stood in the XML."""

    sets: tuple[RefiSet, ...]
    links: tuple[RefiLink, ...]
    parts: tuple[RefiPart, ...]
    documents: tuple[RefiDocument, ...]
    changes: tuple[RefiChange, ...]


class Spoken(NamedTuple):
    """The recording that a transcript is of, and time marks of its words."""

    recording: str = ""
    times: Times = ()


@dataclass
class FromOthers:
    """What is kept of other tools' projects, as far as it can go out; the rest is told.

    `words` are the SHA-256 of the words of transcripts and memos by their ids.
    """

    connection: Connection
    words: Mapping[str, str]
    report: ImportReport

    @cached_property
    def _rows(self) -> list[Row]:
        return records.find(self.connection, "kept_part")

    def _json(self, kind: str) -> Iterator[Any]:
        return (json.loads(row["said"]) for row in self._rows if row["kind"] == kind)

    @cached_property
    def dates(self) -> dict[str, str]:
        """Ids of codings, memos and transcripts → when they were made, as their tool said."""
        return {
            thing: moment
            for by_moment in self._json("dates")
            for moment, things in by_moment.items()
            for thing in things
        }

    @cached_property
    def descriptions(self) -> dict[str, str]:
        """Ids of attributes → what their tool described them with."""
        return {k: v for of in self._json("descriptions") for k, v in of.items()}

    @cached_property
    def values(self) -> dict[str, dict[str, str]]:
        """Ids of memos → ids of attributes → the values that their tool gave them."""
        return {memo: values for of in self._json("values") for memo, values in of.items()}

    @cached_property
    def people(self) -> dict[str, str]:
        """Identifiers of people who did nothing that came in → what they are called."""
        return {own: name for of in self._json("people") for own, name in of.items()}

    @cached_property
    def folders(self) -> dict[str, list[str]]:
        """Ids of memos → ids of the categories that they are about."""
        return {memo: folders for of in self._json("folders") for memo, folders in of.items()}

    @cached_property
    def cases(self) -> dict[str, CaseRefs]:
        """Ids of cases → what they refer to that nothing here is like."""
        found: dict[str, CaseRefs] = {}
        for of in self._json("cases"):
            for case, refs in of.items():
                held = found.get(case, CaseRefs())
                several = {f: tuple(dict.fromkeys((*getattr(held, f), *refs[f]))) for f in refs}
                found[case] = CaseRefs(**several)
        return found

    @cached_property
    def spoken(self) -> dict[str, Spoken]:
        """Id of a transcript → the recording that it is of, with time marks of its words."""
        return {
            said["of"]: Spoken(row["guid"], tuple((p, t) for p, t in said["times"]))
            for row, said in self._with_their_words("spoken")
        }

    def selections(
        self, codes: Collection[str], moment: Callable[[Row], str]
    ) -> dict[str, list[RefiSelection]]:
        """Return the selections that nothing here is like, by the transcript or memo they are in.

        They have no quotes. Codings of them have one of the `codes`.
        """
        found: dict[str, list[RefiSelection]] = defaultdict(list)
        for row in (row for row in self._rows if row["kind"] == "selections"):
            for said in json.loads(row["said"]):
                several, of = said["selections"], said["of"]
                if self.words.get(of) != said["words"]:
                    left_out.add(self.report, NOUNS["selections"], _OTHER_WORDS, len(several))
                    continue
                found[of] += [self._selection(one, of, codes, moment(row)) for one in several]
        self._count(NOUNS["selections"], sum(map(len, found.values())))
        return found

    def _count(self, noun: str, number: int) -> None:
        if number:
            self.report.count(noun, number)

    def _selection(
        self, said: dict[str, Any], source: str, codes: Collection[str], at: str
    ) -> RefiSelection:
        given = [
            RefiCoding(**{**c, "created": c["created"] or at}) for c in said.get("codings", ())
        ]
        codings = tuple(coding for coding in given if coding.code in codes)
        left_out.add(self.report, "codings", left_out.NO_CODE, len(given) - len(codings))
        dated = {"created": at} if codings else {}
        return RefiSelection(
            **{"start": 0, **dated, **said, "source": source, "quote": "", "codings": codings}
        )

    def _with_their_words(self, *kinds: str) -> Iterator[tuple[Row, dict[str, Any]]]:
        """Yield what is kept of texts and memos that still have the words which it came with.

        Of each kind a text or memo has one, though it may have come in several times.
        """
        of: dict[tuple[str, str], list[tuple[Row, dict[str, Any]]]] = defaultdict(list)
        for row in (row for row in self._rows if row["kind"] in kinds):
            said = json.loads(row["said"])
            if row["kind"] == "spoken" or row["content"] or said["areas"]:
                of[row["kind"], said["of"]].append((row, said))
        for (kind, own), several in of.items():
            fitting = (held for held in several if held[1]["words"] == self.words.get(own))
            found = next(fitting, None)
            if found is None:
                left_out.add(self.report, NOUNS[kind], _OTHER_WORDS, 1)
            else:
                yield found

    def beside(
        self,
        present: Collection[str],
        place: Mapping[str, str],
        moment: Callable[[Row], str],
    ) -> Beside:
        """Return what is kept, as far as it refers to what is `present`.

        `place` leads the ids of codings to their selections, `moment` a row to when it was made.
        """
        rows = [r for r in self._rows if r["kind"] in (*AS_XML, "set", "link")]
        seen: set[str] = set()
        kept = [_apart(_part(r, place, moment(r)), seen) for r in rows if r["kind"] in AS_XML]
        laid_out = [d for d in self._documents(place, moment) if d.of in present]
        laid_out = [
            replace(d, areas=kept_xml.apart(d.areas, seen)) if d.areas else d for d in laid_out
        ]
        as_xml = [*(k.xml for k in kept), *(d.areas for d in laid_out if d.areas)]
        inside = {own for xml in as_xml for own in kept_xml.identifiers(xml)}
        known = {*present, *(r["guid"] for r in rows), *inside}
        lost: Counter[str] = Counter()
        sets = tuple(_set(json.loads(r["said"]), known, lost) for r in rows if r["kind"] == "set")
        links = tuple(_link(json.loads(r["said"]), place) for r in rows if r["kind"] == "link")
        whole = tuple(k for k in links if k.origin in known and k.target in known)
        lost["links"] += len(links) - len(whole)
        lost["notes beside links"] += sum(n not in known for link in whole for n in link.notes)

        def pruned(xml: str) -> str:
            found, gone = kept_xml.pruned(xml, known.__contains__)
            lost.update(gone)
            return found

        parts = tuple(replace(k, xml=pruned(k.xml)) for k in kept)
        documents = tuple(replace(d, areas=pruned(d.areas)) if d.areas else d for d in laid_out)
        changes = tuple(self._changes(present, place))
        counts = Counter(NOUNS[r["kind"]] for r in rows)
        for noun, of, to in self._references():
            is_there = of in present and to in known
            (counts if is_there else lost)[noun] += 1
        for what, number in lost.items():
            left_out.add(self.report, what, _GONE, number)
        counts.update(NOUNS[d.kind] for d in documents)
        counts[NOUNS["spoken"]] = len(self.spoken)
        counts[NOUNS["changes"]] = len(changes)
        counts[NOUNS["link"]] -= lost["links"]
        for noun, number in counts.items():
            self._count(noun, number)
        return Beside(sets, whole, parts, documents, changes)

    def _references(self) -> Iterator[tuple[str, str, str]]:
        """Yield what references of cases and memos are called, what refers, and to what."""
        for case, refs in self.cases.items():
            for to in (*refs.sources, *refs.selections, *refs.codes):
                yield NOUNS["cases"], case, to
        for kind, of in (("values", self.values), ("folders", self.folders)):
            for memo, several in of.items():
                yield from ((NOUNS[kind], memo, to) for to in several)

    def _documents(
        self, place: Mapping[str, str], moment: Callable[[Row], str]
    ) -> Iterator[RefiDocument]:
        for row, said in self._with_their_words("pages", "formatted"):
            areas = said["areas"]
            if areas:
                areas = _dated(areas, place, moment(row))
                areas = kept_xml.renamed(areas, lambda own: place.get(own, own))
            file = row["filename"], bytes(row["content"])
            yield RefiDocument(row["kind"], said["of"], row["name"], areas, *file)

    def _changes(self, present: Collection[str], place: Mapping[str, str]) -> Iterator[RefiChange]:
        kept = [change for changes in self._json("changes") for change in changes]
        unchanged = self._unchanged([of.removeprefix(AT) for of, *_ in kept])
        for of, user, moment in kept:
            own = place.get(of, of)
            if of.removeprefix(AT) in unchanged and own in present:
                yield RefiChange(own, user, moment)
            else:
                left_out.add(self.report, "last changes", _CHANGED, 1)

    def _unchanged(self, ids: Sequence[str]) -> set[str]:
        """Return those ids of transcripts, memos and codings that stand as they came in."""
        found = set()
        for table in ("transcript", "memo", "coding"):
            rows = records.by_ids(self.connection, table, ids, "id", "row_version")
            found |= {str(row["id"]) for row in rows if row["row_version"] == 1}
        versions = records.by_column(
            self.connection, "transcript_version", "transcript_id", ids, "id"
        )
        return found - {own for own, several in versions.items() if len(several) > 1}


def _part(row: Row, place: Mapping[str, str], moment: str) -> RefiPart:
    xml = _dated(row["said"], place, moment)
    kind, guid, name, filename = row["kind"], row["guid"], row["name"], row["filename"]
    return RefiPart(kind, guid, name, xml, filename, bytes(row["content"]))


def _apart(part: RefiPart, seen: set[str]) -> RefiPart:
    xml = kept_xml.apart(part.xml, seen)
    return replace(part, xml=xml, guid=kept_xml.identifier(xml))


def _dated(said: str, place: Mapping[str, str], moment: str) -> str:
    """Return XML that refers to selections of the file, in which each coding has a date."""
    xml = kept_xml.led(said, lambda own: place.get(own, own))
    return kept_xml.filled(xml, "creationDateTime", lambda: moment.replace("+00:00", "Z"))


def _set(said: dict[str, Any], known: Collection[str], lost: Counter[str]) -> RefiSet:
    there = {}
    for of in ("codes", "sources", "notes"):
        there[of] = tuple(member for member in said[of] if member in known)
        lost["members of sets"] += len(said[of]) - len(there[of])
    return RefiSet(said["guid"], said["name"], said["description"], **there)


def _link(said: dict[str, Any], place: Mapping[str, str]) -> RefiLink:
    first, last = (place.get(said[end], said[end]) for end in ("origin", "target"))
    return RefiLink(**{**said, "origin": first, "target": last, "notes": tuple(said["notes"])})
