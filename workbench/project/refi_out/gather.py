"""The rows of a project as a project of REFI-QDA."""

from collections import defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from sqlalchemy.engine import Connection

from workbench.errors import Refused
from workbench.formats.refi.project import (
    RefiCase,
    RefiCode,
    RefiCoding,
    RefiProject,
    RefiSelection,
    RefiSource,
    RefiUser,
    RefiVariable,
)
from workbench.model.framework import stable_id
from workbench.model.report import ImportReport
from workbench.model.transcript import sha256
from workbench.project import blindness
from workbench.project.edits.refi_parts import CaseRefs
from workbench.project.framework_rows import as_version
from workbench.project.names import Names
from workbench.project.refi_out import codes as codes_of
from workbench.project.refi_out import left_out, parts
from workbench.project.refi_out.notes import Notes
from workbench.store import history, passages, records
from workbench.store.records import Row

ORIGIN = "Framework Workbench"
_BLANK = "they have no words, only blanks"


class Gathered:
    """What a project holds of one framework version, read within one transaction.

    `framework` may be none where the project has one version or none; `runs` are those that
    are written, all of the version unless some are named. `report` says what is left out.
    """

    def __init__(
        self,
        connection: Connection,
        title: str,
        report: ImportReport,
        framework: str | None = None,
        runs: Sequence[str] = (),
    ) -> None:
        self.connection, self.report, self.title = connection, report, title
        self.names = Names(connection)
        self.at = history.moments(connection)
        self.version = self._version(framework)
        self.runs = self._runs(runs)
        self.transcripts = {
            str(v): (str(t), str(name)) for t, v, name, _ in passages.transcripts(connection)
        }
        """Id of a current version → the transcript's id and name."""

    def rows(self, table: str, *columns: str) -> list[Row]:
        """Return the live rows of a table in the order they were made."""
        return records.find(self.connection, table, *columns)

    def _version(self, framework: str | None) -> Row | None:
        if framework is None and not self.names.versions():
            return None
        return self.names.version(framework)

    def _runs(self, wanted: Sequence[str]) -> list[Row]:
        """Return the runs of the version that are written."""
        if self.version is None:
            return []
        of = records.find(self.connection, "run", framework_version_id=self.version["id"])
        closed = blindness.shut(self.connection)
        if not wanted:
            left = [run for run in of if run["id"] not in closed]
            self._leave_out("runs", blindness.SHUT, len(of) - len(left))
            return left
        named = [self.names.run(name) for name in wanted]
        for run in named:
            if run["id"] in closed:
                raise Refused(
                    f"The run “{run['name']}” is blind and somebody else's. It is written when "
                    "all have finished its round, or a run of consensus has begun."
                )
            if run["framework_version_id"] != self.version["id"]:
                reference = self.version["reference"]
                raise Refused(f"The run “{run['name']}” does not index with {reference}.")
        return named

    @cached_property
    def codes(self) -> tuple[RefiCode, ...]:
        """The codes of the framework version."""
        if self.version is None:
            return ()
        return codes_of.codes(as_version(self.connection, self.version))

    @cached_property
    def lengths(self) -> dict[str, int]:
        """Version id → the length of its text, of those that have words."""
        texts = passages.current_texts(self.connection)
        return {str(v): len(text) for v, text in texts if text.strip()}

    @cached_property
    def kept(self) -> parts.FromOthers:
        """What is kept of other tools' projects."""
        version = {v: own for v, (own, _) in self.transcripts.items() if v in self.lengths}
        rows = records.by_ids(self.connection, "transcript_version", list(version), "id", "sha256")
        words = {version[row["id"]]: str(row["sha256"]) for row in rows}
        words |= {memo["id"]: sha256(memo["text"]) for memo in self.rows("memo")}
        return parts.FromOthers(self.connection, words, self.report)

    # --- codings ---------------------------------------------------------------------

    @cached_property
    def selections(self) -> list[RefiSelection]:
        """The codings, one selection for each coder and segment, then cases' and memos' places."""
        by_text: dict[str, dict[tuple[str, ...], list[Row]]] = defaultdict(dict)
        for run in self.runs:
            columns = ("id", "transcript_version_id", "code_id", "person_id", "start", "stop")
            more = ("uncertain", "look", "from_id", "made_in")
            for c in records.find(self.connection, "coding", *columns, *more, run_id=run["id"]):
                key = (run["id"], c["person_id"], c["start"], c["stop"])
                by_text[c["transcript_version_id"]].setdefault(key, []).append(c)
        places = self._places()
        self.coding_place: dict[str, str] = {}
        """Coding id → the selection that it stands in."""
        self.written: dict[str, list[str]] = {str(run["id"]): [] for run in self.runs}
        """Run id → the ids of its codings that are written."""
        self.uncertain: list[str] = []
        self.looks: dict[str, str] = {}
        self.carried = 0
        found = []
        for version_id, text in passages.current_texts(self.connection):
            own = [
                one
                for (run_id, *_), rows in by_text.pop(str(version_id), {}).items()
                for one in self._selection(str(version_id), str(run_id), text, rows)
            ]
            own += [self._place(version_id, text, *p) for p in places.get(str(version_id), ())]
            bare = self._unlike.get(self.transcripts[str(version_id)][0], ())
            own += [replace(s, quote=text[s.start : s.stop]) for s in bare]
            found += sorted(own, key=lambda s: (s.start, s.stop))
        waiting = sum(len(rows) for of in by_text.values() for rows in of.values())
        self._leave_out("codings", "they wait for a place in a corrected text", waiting)
        self._leave_out("origins of codings", left_out.ORIGINS, self.carried)
        return found

    def _selection(
        self, version_id: str, run_id: str, text: str, rows: list[Row]
    ) -> list[RefiSelection]:
        first, codings = rows[0], dict[str, RefiCoding]()
        start, stop = int(first["start"]), int(first["stop"])
        if not text[start:stop].strip():
            self._leave_out("codings", _BLANK, len(rows))
            return []
        person = str(first["person_id"])
        own = stable_id("refi-qda", "selection", f"{version_id} {run_id} {person} {start} {stop}")
        for row in rows:
            coding_id, code = str(row["id"]), str(row["code_id"])
            why = self._why_not(code, codings)
            if why:
                self._leave_out("codings", why, 1)
                continue
            made = self.kept.dates.get(coding_id) or self.moment(row)
            codings[code] = RefiCoding(coding_id, code, person, made)
            self.coding_place[coding_id] = own
            self.written[run_id].append(coding_id)
            self.uncertain += [coding_id] if row["uncertain"] else []
            self.looks |= {coding_id: row["look"]} if row["look"] else {}
            self.carried += row["from_id"] is not None
        if not codings:
            return []
        source, quote = self.transcripts[version_id][0], text[start:stop]
        return [
            RefiSelection(
                own,
                source,
                start,
                stop,
                quote,
                author=person,
                created=self.moment(first),
                codings=tuple(codings.values()),
            )
        ]

    def _why_not(self, code: str, given: Container[str]) -> str:
        """Return why a coding of a selection is not written; nothing where it is."""
        if code in given:
            return "the same coder gave the code there already"
        return "" if code in self.codable else left_out.NO_CODE

    @cached_property
    def codable(self) -> frozenset[str]:
        """The ids of the codes of the framework version."""
        return frozenset(c.guid for c in self.codes if c.codable)

    def _places(self) -> dict[str, list[tuple[str, int, int, str]]]:
        """Return version id → stretches of cases and memos: id, ends, and when it was made."""
        found: dict[str, list[tuple[str, int, int, str]]] = defaultdict(list)
        for span in self.part_spans:
            ends = int(span["start"]), int(span["stop"])
            found[span["transcript_version_id"]].append((span["id"], *ends, self.moment(span)))
        for version_id, own, start, stop, at in self.notes.places():
            found[version_id].append((own, start, stop, at))
        return found

    def _place(
        self, version_id: str, text: str, own: str, start: int, stop: int, at: str
    ) -> RefiSelection:
        source = self.transcripts[version_id][0]
        return RefiSelection(own, source, start, stop, text[start:stop], created=at)

    # --- cases -----------------------------------------------------------------------

    @cached_property
    def _spans(self) -> list[Row]:
        """The stretches of current texts that belong to cases."""
        return [s for s in self.rows("case_span") if s["transcript_version_id"] in self.lengths]

    def _is_whole(self, span: Row) -> bool:
        ends = (int(span["start"]), int(span["stop"]))
        return ends == (0, self.lengths[span["transcript_version_id"]])

    @cached_property
    def part_spans(self) -> list[Row]:
        """Stretches that are not a whole text and have words."""
        parts = [s for s in self._spans if not self._is_whole(s)]
        wanted = {s["transcript_version_id"] for s in parts}
        blank = set()
        for version_id, text in passages.current_texts(self.connection) if wanted else ():
            for s in parts if version_id in wanted else ():
                if s["transcript_version_id"] == version_id and not (
                    text[int(s["start"]) : int(s["stop"])].strip()
                ):
                    blank.add(s["id"])
        self._leave_out("spans of cases", _BLANK, len(blank))
        return [s for s in parts if s["id"] not in blank]

    def cases(self) -> tuple[RefiCase, ...]:
        """Return the cases in the order of the chart, with their words and values."""
        whole, parts = defaultdict(list), defaultdict(list)
        values: dict[str, dict[str, str]] = defaultdict(dict)
        for span in self._spans:
            if self._is_whole(span):
                source = self.transcripts[span["transcript_version_id"]][0]
                whole[span["case_id"]].append(source)
        for span in self.part_spans:
            parts[span["case_id"]].append(span["id"])
        refs = defaultdict(CaseRefs, self.kept.cases)
        for value in self.rows("attribute_value"):
            values[value["case_id"]][value["attribute_id"]] = value["value"]
        return tuple(
            RefiCase(
                c["id"],
                c["label"],
                "",
                values[c["id"]],
                tuple(whole[c["id"]]),
                tuple(parts[c["id"]]),
                refs[c["id"]].codes,
                refs[c["id"]].sources,
                refs[c["id"]].selections,
            )
            for c in sorted(self.rows("case"), key=lambda c: int(c["position"]))
        )

    @cached_property
    def attributes(self) -> list[Row]:
        """The attributes of cases in their order."""
        return sorted(self.rows("attribute"), key=lambda a: int(a["position"]))

    # --- texts -----------------------------------------------------------------------

    def sources(self) -> tuple[RefiSource, ...]:
        """Return the transcripts that have words, in the order they came in."""
        text = {str(v): t for v, t in passages.current_texts(self.connection)}
        made = {t["id"]: self.moment(t) for t in self.rows("transcript", "id", "made_in")}
        empty = sum(v not in self.lengths for v in self.transcripts)
        self._leave_out("transcripts", "they have no words", empty)
        return tuple(
            self._source(own, name, text[v], made[own])
            for v, (own, name) in self.transcripts.items()
            if v in self.lengths
        )

    def _source(self, own: str, name: str, text: str, made: str) -> RefiSource:
        spoken = self.kept.spoken.get(own, parts.Spoken())
        return RefiSource(
            guid=own,
            name=name,
            kind="text",
            text=text,
            content=b"",
            filename="",
            encoding="",
            created=self.kept.dates.get(own) or made,
            times=spoken.times,
            recording=spoken.recording,
        )

    # --- all of it -------------------------------------------------------------------

    @cached_property
    def notes(self) -> Notes:
        """Memos, and cells as notes."""
        return Notes(self)

    def project(self) -> RefiProject:
        """Return the project, but for what stands beside it (see `own_file`)."""
        selections = tuple(self.selections)
        cases, sources = self.cases(), self.sources()
        people = self.rows("person")
        in_notes = self._in_memos()
        notes = (*self.notes.memos(), *self.notes.cells())
        present = {n.guid for n in notes} | {r["id"] for r in (*people, *self.attributes)}
        things = (self.codes, cases, sources, selections, in_notes)
        present |= {x.guid for of in things for x in of}
        place = {**self.coding_place, **self.notes.words_of_memos()}
        beside = self.kept.beside(present, place, self.moment)
        said = {s["key"]: s["value"] for s in self.rows("setting")}
        return RefiProject(
            name=said.get("title", "").strip() or self.title,
            origin=ORIGIN,
            description=said.get("objective", ""),
            created=to_the_second(next(iter(self.at.values()), "")),
            users=tuple(self._users(people)),
            codes=self.codes,
            variables=tuple(
                RefiVariable(a["id"], a["name"], a["type"], self.kept.descriptions.get(a["id"], ""))
                for a in self.attributes
            ),
            cases=cases,
            sources=sources,
            selections=selections,
            notes=notes,
            links=beside.links,
            sets=beside.sets,
            report=self.report,
            parts=beside.parts,
            documents=beside.documents,
            changes=beside.changes,
            in_notes=in_notes,
        )

    @cached_property
    def _unlike(self) -> dict[str, list[RefiSelection]]:
        """Id of a transcript or memo → the selections that nothing here is like."""
        return self.kept.selections(self.codable, self.moment)

    def _users(self, people: list[Row]) -> Iterator[RefiUser]:
        """Yield the team, then those whom other tools' projects had and who did nothing here."""
        names = set()
        for person in people:
            names.add(person["handle"].casefold())
            yield RefiUser(person["id"], person["handle"])
        for own, name in self.kept.people.items():
            if name.casefold() not in names:
                names.add(name.casefold())
                yield RefiUser(own, name)

    def _in_memos(self) -> tuple[RefiSelection, ...]:
        """Return the selections of memos."""
        return tuple(
            replace(one, quote=memo["text"][one.start : one.stop])
            for memo in self.rows("memo")
            for one in self._unlike.get(memo["id"], ())
        )

    def moment(self, row: Row) -> str:
        """Return when a row was made, to the second."""
        return to_the_second(self.at.get(int(row["made_in"]), ""))

    def _leave_out(self, what: str, why: str, number: int) -> None:
        left_out.add(self.report, what, why, number)


def to_the_second(at: str) -> str:
    """Return a moment as the history has it without its milliseconds.

    >>> to_the_second("2024-05-06T10:00:00.123+00:00")
    '2024-05-06T10:00:00+00:00'
    """
    return f"{at[:19]}+00:00" if at else ""
