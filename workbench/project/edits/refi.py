"""A project of another tool comes in: texts, codes, codings by coder, cases, attributes, notes.

It is read in the terms of REFI-QDA, whether from a file of that format or from a database of
the tool's own.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from workbench.errors import BadValue, WrongUse
from workbench.formats.framework_ids import slug
from workbench.formats.refi import codebook, parts
from workbench.formats.refi.kept import Kept, KeptText
from workbench.formats.refi.project import AnchorKind, RefiProject, RefiSource
from workbench.model.case import CASE_COLUMNS, AttributeType, attribute_value
from workbench.model.memo import MemoKind
from workbench.model.report import Guess, ImportReport, LeftOut, counted
from workbench.model.transcript import sha256 as sha256_of
from workbench.project.edits.attributes import attribute_types, put_attribute, set_values
from workbench.project.edits.cases import CaseBook
from workbench.project.edits.frameworks import put_framework
from workbench.project.edits.indexing import put_finished, put_run
from workbench.project.edits.notes import put_memo
from workbench.project.edits.other_tools import (
    free_framework_name,
    free_run_name,
    reading_of,
    transcript_name,
)
from workbench.project.edits.people import put_person, put_setting
from workbench.project.edits.refi_kept import Place, Restoring, reading_as_kept
from workbench.project.edits.refi_parts import NOUNS, keep
from workbench.project.edits.registry import edit
from workbench.project.edits.transcripts import UNSTORABLE, CaseRule, Incoming, bring_in
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act

UNKNOWN = "unknown"
"""The handle of whoever made what the file does not say who made."""

Progress = Callable[[int, int, str], None]
"""Called with texts stored, texts in all, and the name of the one at hand."""

_Memo = tuple[str, str, str, str, Place, MemoKind]
"""A memo to be: identifier of what it is in the file, title, text, author, place and kind."""
_OTHERS = -1
"""The number of the run of codings that were in none of those that were kept."""


@edit("import refi")
def import_refi(
    act: Act,
    held: RefiProject,
    sha256: str,
    *,
    case_by: CaseRule = "file",
    progress: Progress | None = None,
) -> ImportReport:
    """Bring in a REFI-QDA project: one transcript a text, one coding for each coding, by its
    coder, in a run of its own under a draft framework.

    Cases and attributes are the project's; a text of no case is a case by `case_by`. Notes
    and comments become memos, at their words where they have any. What nobody is said to
    have made is by “unknown”. What this tool kept beside the standard comes back: the
    framework with its versions, runs, the chart. A text that is here already with the same
    name and words gets the codings. `sha256` is the file's; `progress` is called for each text.
    """
    return _Coming(act, held, "REFI-QDA", case_by, progress).brought(sha256)


@edit("import database")
def import_database(
    act: Act, held: RefiProject, sha256: str, *, case_by: CaseRule = "file"
) -> ImportReport:
    """Bring in a project from the database of its tool, QualCoder or RQDA, as `import_refi`
    brings in a file.

    `held.origin` is the tool. A project in which nobody worked with a name is by “unknown”.
    """
    return _Coming(act, held, held.origin, case_by).brought(sha256)


@dataclass(frozen=True, slots=True)
class _Stored:
    """A text that came in: its transcript version, and its length."""

    version_id: str
    length: int
    was_here: bool = False


class _Coming:
    """One project on its way in: what of it is here already, by its identifiers."""

    def __init__(
        self,
        act: Act,
        held: RefiProject,
        format_: str,
        case_by: CaseRule,
        progress: Progress | None = None,
    ) -> None:
        self.act, self.held, self.report, self.case_by = act, held, held.report, case_by
        self.format = format_
        """What the project is called after: REFI-QDA, or the tool."""
        self.progress = progress
        self.book = CaseBook(act)
        self.texts: dict[str, _Stored] = {}
        self.codes: dict[str, str] = {}
        self.cases: dict[str, str] = {}
        self.selections = {s.guid: s for s in held.selections}
        self._memos: dict[str, str] = {}
        """Identifier of a note, or of a selection with a comment → the id of its memo."""
        self._dates: dict[str, str] = {}
        """Identifier of a coding → when it was made."""
        self._made: dict[str, str] = {}
        """Id of a coding that came in → when it was made."""
        self._people = {u.guid: u.name for u in held.users}
        self._ids: dict[str, str] = {}
        self._code_ids: set[str] = set()
        """Ids of codes, to which categories do not belong: these can have no memo or coding."""
        self._version_id = ""
        self.kept = held.kept or Kept()
        self.kept_texts = {t.guid: t for t in self.kept.texts}
        self.restoring = Restoring(act, self.kept, self.report)

    def brought(self, sha256: str) -> ImportReport:
        """Store everything and return the report of it."""
        act, held, report = self.act, self.held, self.report
        read = dict(report.counts)
        report.counts = {}
        reference = self._framework()
        self._ids |= self.restoring.people()
        self._texts()
        self._cases()
        made = self._codings()
        self.restoring.cells(self._version_id, self.cases, self._code_of, self._person)
        memos = sum(self._memo(*memo) for memo in [*self._comments(), *self._notes()])
        self._settings()
        self._keep()
        report.count("categories", len(self.codes) - len(self._code_ids))
        report.count("codes", len(self._code_ids))
        report.count("codings", made)
        report.count("attributes", read.get("attributes", 0))
        report.count("memos", memos)
        report.counts = {what: n for what, n in report.counts.items() if n}
        self._say_what_has_no_place()
        if reference:
            if self.restoring.state == "released":
                report.notes.append(f"The framework is {reference}, as it was released.")
            else:
                report.notes.append(f"The framework is {reference}, a draft.")
        report.notes.append(f"The file has the SHA-256 {sha256}.")
        if self.progress:
            self.progress(len(held.sources), len(held.sources), "")
        act.says(f"Imported the {self.format} project “{held.name}”: {counted(made, 'codings')}")
        act.report = report.as_dict()
        return report

    def _framework(self) -> str:
        """Store the codes as a framework version and return what it is called; none if empty."""
        if not self.held.codes:
            return ""
        restored = self.restoring.framework(self.held.codes)
        if restored is not None:
            self._version_id, reference, codes = restored
            self.codes = {c.guid: c.guid for c in self.held.codes}
            self._code_ids = set(codes)
            return reference
        name = free_framework_name(self.act, slug(self.held.name) or slug(self.format))
        guids = [c.guid for c in self.held.codes]
        taken = {
            str(row["id"])
            for table in ("code", "category")
            for row in records.by_ids(self.act.connection, table, guids, "id")
        }
        version, self.codes = codebook.framework(
            self.held.codes,
            name,
            description=self.held.description,
            taken=taken,
            report=self.report,
        )
        self._code_ids = {c.code_id for c in version.codes}
        self._version_id = put_framework(self.act, version)
        return version.reference

    def _texts(self) -> None:
        """Store the texts; those of one name are told apart."""
        names, taken = Names(self.act.connection), set[str]()
        of_cases = {s for case in self.held.cases for s in case.sources}
        of_cases |= {
            self.selections[s].source
            for case in self.held.cases
            for s in case.selections
            if s in self.selections
        }
        total = len(self.held.sources)
        for done, source in enumerate(self.held.sources):
            if self.progress:
                self.progress(done, total, source.name)
            name, number = self._called(source), 2
            while name.casefold() in taken:
                name, number = f"{transcript_name(source.name)} ({number})", number + 1
            taken.add(name.casefold())
            known = source.guid in of_cases or source.guid in self.kept_texts
            rule: CaseRule = "none" if known else self.case_by
            incoming = _incoming(source, name, self.kept_texts.get(source.guid))
            came = bring_in(self.act, incoming, self.report, self.book, rule)
            names.forget()
            held = names.transcript(name)
            if came or held["sha256"] == sha256_of(source.text.translate(UNSTORABLE)):
                stored = _Stored(str(held["id"]), len(source.text), was_here=not came)
                self.texts[source.guid] = stored
        were_here = sum(text.was_here for text in self.texts.values())
        if were_here:
            self.report.notes.append(
                f"Texts that were here already with the same words have the codings: {were_here}."
            )

    def _called(self, source: RefiSource) -> str:
        """Return what a text is called here: what this tool wrote is called so to the letter."""
        return source.name if source.guid in self.kept_texts else transcript_name(source.name)

    def _cases(self) -> None:
        """Store the cases, their words, and the values of their attributes."""
        values: dict[str, dict[str, str]] = {}
        for case in self.held.cases:
            if case.name not in self.book.ids:
                self.report.count("cases")
            self.cases[case.guid] = case_id = self.book.make(case.name)
            stretches: dict[str, list[tuple[int, int]]] = {}
            for source in case.sources:
                if source in self.texts:
                    stored = self.texts[source]
                    stretches.setdefault(stored.version_id, []).append((0, stored.length))
            for guid in case.selections:
                selection = self.selections.get(guid)
                if selection is not None and selection.source in self.texts:
                    version_id = self.texts[selection.source].version_id
                    stretches.setdefault(version_id, []).append((selection.start, selection.stop))
            for version_id, of_text in stretches.items():
                self.book.give(case.name, version_id, of_text)
            for guid, value in case.values.items():
                values.setdefault(guid, {})[case_id] = value
        for variable in self.held.variables:
            of = values.get(variable.guid, {})
            name = self._attribute(variable.name, variable.kind, list(of.values()))
            set_values(self.act, name, of, variable.kind)

    def _attribute(self, name: str, kind: AttributeType, values: list[str]) -> str:
        """Return a name under which an attribute can have these values, declared if it is new."""
        known = attribute_types(self.act)
        called, number = name, 2
        while called.casefold() in CASE_COLUMNS or not _all_fit(known.get(called, kind), values):
            called, number = f"{name} ({number})", number + 1
        if called not in known:
            put_attribute(self.act, called, kind)
        if called != name:
            what = f"the attribute “{name}” is called “{called}”"
            because = "an attribute of that name cannot have its values"
            self.report.guesses.append(Guess(what, because, "certain"))
        return called

    def _codings(self) -> int:
        """Store the codings in a run of their own; return how many."""
        rows: dict[int, list[tuple[str, dict[str, object]]]] = {}
        for selection in self.held.selections:
            if selection.source not in self.texts:
                if selection.codings:
                    why = "their text did not come in"
                    self.report.left_out.append(LeftOut("codings", why, len(selection.codings)))
                continue
            for coding in selection.codings:
                if self.codes.get(coding.code) not in self._code_ids:
                    continue
                if coding.created:
                    self._dates[coding.guid] = coding.created
                row = {
                    "transcript_version_id": self.texts[selection.source].version_id,
                    "code_id": self.codes[coding.code],
                    "person_id": self._person(coding.coder),
                    "start": selection.start,
                    "stop": selection.stop,
                    "quote": selection.quote.translate(UNSTORABLE),
                    "uncertain": coding.guid in self.restoring.uncertain,
                    "look": self.kept.looks.get(coding.guid, ""),
                }
                run = self.restoring.run_of.get(coding.guid, _OTHERS)
                rows.setdefault(run, []).append((coding.guid, row))
        runs = sorted({*rows, *self.restoring.runs}) if self._version_id else ()
        return sum(self._run(number, rows.get(number, [])) for number in runs)

    def _run(self, number: int, rows: list[tuple[str, dict[str, object]]]) -> int:
        """Store a run that was kept, or that of codings which were in none, with its codings."""
        kept = self.restoring.runs.get(number)
        if kept is None:
            name = free_run_name(self.act, f"{self.held.name} ({self.format})")
            run_id = put_run(self.act, name, {"id": self._version_id}, kind="final")
            looked_at = sorted({str(row["transcript_version_id"]) for _, row in rows})
        else:
            run_id, name = self.restoring.run(kept, self._version_id, self._person)
            looked_at = [self.texts[t].version_id for t in kept.finished if t in self.texts]
            rows = self.restoring.new_codings(run_id, rows)
        ids = records.insert(self.act, "coding", [{**row, "run_id": run_id} for _, row in rows])
        self.restoring.codings |= {
            guid: (new, row) for (guid, row), new in zip(rows, ids, strict=True)
        }
        self._made |= {
            new: self._dates[guid]
            for (guid, _), new in zip(rows, ids, strict=True)
            if guid in self._dates
        }
        put_finished(self.act, run_id, looked_at)
        if kept is None:
            what = (
                f"{len(looked_at)} transcripts count as indexed whole, so that a code without a "
                "coding there means that nothing was said"
            )
            self.report.guesses.append(Guess(what, "they have at least one coding", "likely"))
        self.report.notes.append(f"The run is “{name}”.")
        return len(rows)

    def _person(self, user: str) -> str:
        if user not in self._ids:
            self._ids[user] = put_person(self.act, self._handle(user))
        return self._ids[user]

    def _code_of(self, guid: str) -> str | None:
        """Return the id of a code that can be given; None for what is none here."""
        found = self.codes.get(guid)
        return found if found in self._code_ids else None

    def _settings(self) -> None:
        """Store what the project says of itself, where nothing is said here."""
        said = {"title": self.held.name} if self.held.kept is None else self.kept.settings
        for key, value in said.items():
            if value and records.one(self.act.connection, "setting", key=key) is None:
                try:
                    put_setting(self.act, key, value)
                except WrongUse:
                    self._leave_out("settings", "nobody here knows what they say", 1)

    def _handle(self, user: str) -> str:
        return self._people.get(user, UNKNOWN)

    def _comments(self) -> Iterator[_Memo]:
        """Yield title, text, author and place of what selections and texts are described with."""
        for selection in self.held.selections:
            if selection.description and selection.source in self.texts:
                author = self._handle(selection.author)
                yield (
                    selection.guid,
                    "Comment",
                    selection.description,
                    author,
                    self._place("selection", selection.guid),
                    "analytic",
                )
        for source in self.held.sources:
            if source.description and source.guid in self.texts:
                author = self._handle(source.creator)
                place = self._place("source", source.guid)
                yield source.guid, "Description", source.description, author, place, "analytic"
        for case in self.held.cases:
            if case.description:
                place = self._place("case", case.guid)
                yield case.guid, "Description", case.description, UNKNOWN, place, "analytic"

    def _notes(self) -> Iterator[_Memo]:
        """Yield the notes, once for each thing that one is about."""
        for note in self.held.notes:
            text = "\n\n".join(filter(None, (note.description, note.text)))
            about = self.restoring.about(note.guid, self._version_id)
            if about is not None:
                place, kind = about
                yield note.guid, note.name, text, self._handle(note.author), place, kind
                continue
            places = dict.fromkeys(self._place(*anchor) for anchor in note.anchors)
            kind = self.restoring.kind_of_memo(note.guid)
            for place in places or [self._place("project", "")]:
                yield note.guid, note.name, text, self._handle(note.author), place, kind

    def _place(self, kind: AnchorKind, guid: str) -> Place:
        """Return where a memo is anchored that is about something; the project if that is gone."""
        selection = self.selections.get(guid) if kind == "selection" else None
        source = selection.source if selection else guid
        if kind in ("selection", "source") and source in self.texts:
            ends = (selection.start, selection.stop) if selection else (None, None)
            return "transcript_version", self.texts[source].version_id, *ends
        if kind == "code" and self.codes.get(guid) in self._code_ids:
            return "code", self.codes[guid], None, None
        if kind == "case" and guid in self.cases:
            return "case", self.cases[guid], None, None
        return "project", None, None, None

    def _memo(
        self, guid: str, title: str, text: str, author: str, place: Place, kind: MemoKind
    ) -> int:
        """Write a memo, unless it is here already; return how many were written."""
        said = text.translate(UNSTORABLE)
        if not said.strip():
            return 0
        here = self._memos_here.get((title, said, *place))
        memo = here or put_memo(self.act, said, kind, title, author, *place)
        self._memos.setdefault(guid, memo)
        return int(here is None)

    @cached_property
    def _memos_here(self) -> dict[tuple[object, ...], str]:
        columns = ("title", "text", "anchor", "anchor_id", "start", "stop")
        held = records.find(self.act.connection, "memo", "id", *columns)
        return {tuple(memo[c] for c in columns): str(memo["id"]) for memo in held}

    def _keep(self) -> None:
        """Keep what nothing here is like for a later export, and note what."""
        authors = {user for part in self.held.parts for user in parts.users(part.xml)}
        for user in sorted(authors):
            self._person(user)
        here = self._all_here()
        kept = keep(self.act, self.held, here, self._made, lambda: self._person(""))
        if kept:
            listed = ", ".join(counted(number, NOUNS[kind]) for kind, number in kept.items())
            self.report.notes.append(
                f"Kept in the project for a later export to REFI-QDA: {listed}."
            )

    def _all_here(self) -> dict[str, str]:
        """Return the identifier of everything that came in → the id of what it is here."""
        selections = {
            selection.guid: self.restoring.codings[coding.guid][0]
            for selection in reversed(self.held.selections)
            for coding in reversed(selection.codings)
            if coding.guid in self.restoring.codings
        }
        versions = [text.version_id for text in self.texts.values()]
        rows = records.by_ids(
            self.act.connection, "transcript_version", versions, "id", "transcript_id"
        )
        transcript = {row["id"]: str(row["transcript_id"]) for row in rows}
        return {
            **self._memos,
            **selections,
            **self._ids,
            **{own: made for own, (made, _) in self.restoring.codings.items()},
            **self.codes,
            **self.cases,
            **{own: transcript[text.version_id] for own, text in self.texts.items()},
        }

    def _say_what_has_no_place(self) -> None:
        """Note what was read and what a project here has nothing like."""
        bare = [s for s in self.held.selections if not (s.codings or s.description)]
        about = {guid for n in self.held.notes for kind, guid in n.anchors if kind == "selection"}
        of_cases = {s for case in self.held.cases for s in case.selections}
        lost = sum(s.guid not in about | of_cases for s in bare)
        self._leave_out("selections", "they have no code, no comment and no note", lost)
        self._leave_out("sets", "nothing here is like them", len(self.held.sets))
        self._leave_out("links", "only links between elements are known here", len(self.held.links))
        described = sum(bool(v.description) for v in self.held.variables)
        self._leave_out("descriptions of attributes", "attributes have a name only", described)

    def _leave_out(self, what: str, why: str, number: int) -> None:
        if number:
            self.report.left_out.append(LeftOut(what, why, number))


def _incoming(source: RefiSource, name: str, kept: KeptText | None) -> Incoming:
    """Return a text as transcripts come in, with the bytes that it was read from."""
    if kept is not None and (as_it_was := reading_as_kept(source.text, kept)) is not None:
        return Incoming(name, as_it_was, source.content, kept.source_name)
    reading = replace(reading_of(source.text, name), encoding=source.encoding)
    return Incoming(name, reading, source.content, source.name)


def _all_fit(kind: AttributeType, values: list[str]) -> bool:
    try:
        for value in values:
            attribute_value("", kind, value)
    except BadValue:
        return False
    return True
