"""A project of another tool comes in: texts, codes, codings by coder, cases, attributes, notes.

It is read in the terms of REFI-QDA, whether from a file of that format or from a database of
the tool's own.
"""

from collections.abc import Callable
from dataclasses import replace

from workbench.errors import WrongUse
from workbench.formats.framework_ids import slug
from workbench.formats.refi import codebook, times
from workbench.formats.refi.kept import KeptText
from workbench.formats.refi.project import RefiProject, RefiSource
from workbench.model.report import ImportReport, counted
from workbench.model.transcript import sha256 as sha256_of
from workbench.project.edits import refi_beside
from workbench.project.edits.cases import CaseBook
from workbench.project.edits.frameworks import put_framework
from workbench.project.edits.other_tools import (
    framework_alike,
    free_framework_name,
    reading_of,
    transcript_name,
)
from workbench.project.edits.people import put_setting
from workbench.project.edits.refi_came import Came, Stored
from workbench.project.edits.refi_cases import put_cases
from workbench.project.edits.refi_codings import put_codings
from workbench.project.edits.refi_kept import reading_as_kept
from workbench.project.edits.refi_memos import Memos
from workbench.project.edits.registry import edit
from workbench.project.edits.transcripts import UNSTORABLE, CaseRule, Incoming, bring_in
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act

Progress = Callable[[int, int, str], None]
"""Called with texts stored, texts in all, and the name of the one at hand."""


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
    return _Coming(Came(act, held, "REFI-QDA"), case_by, progress).brought(sha256)


@edit("import database")
def import_database(
    act: Act, held: RefiProject, sha256: str, *, case_by: CaseRule = "file"
) -> ImportReport:
    """Bring in a project from the database of its tool, QualCoder or RQDA, as `import_refi`
    brings in a file.

    `held.origin` is the tool. A project in which nobody worked with a name is by “unknown”.
    """
    return _Coming(Came(act, held, held.origin), case_by).brought(sha256)


class _Coming:
    """One project on its way in, room by room."""

    def __init__(self, came: Came, case_by: CaseRule, progress: Progress | None = None) -> None:
        self.came, self.case_by, self.progress = came, case_by, progress
        self.book = CaseBook(came.act)
        self.kept_texts = {t.guid: t for t in came.kept.texts}

    def brought(self, sha256: str) -> ImportReport:
        """Store everything and return the report of it."""
        came, held, report = self.came, self.came.held, self.came.report
        read = dict(report.counts)
        report.counts = {}
        reference = self._framework()
        came.people |= came.restoring.people()
        self._texts()
        put_cases(came, self.book)
        made = put_codings(came)
        came.restoring.cells(came.version_id, came.cases, self._code_of, came.person)
        memos = Memos(came).put()
        self._settings()
        refi_beside.keep(came, sha256)
        report.count("categories", len(came.codes) - len(came.code_ids))
        report.count("codes", len(came.code_ids))
        report.count("codings", made)
        report.count("attributes", read.get("attributes", 0))
        report.count("memos", memos)
        report.counts = {what: n for what, n in report.counts.items() if n}
        self._say_what_has_no_place()
        if reference:
            if came.restoring.state == "released":
                report.notes.append(f"The framework is {reference}, as it was released.")
            else:
                report.notes.append(f"The framework is {reference}, a draft.")
        report.notes.append(f"The file has the SHA-256 {sha256}.")
        if self.progress:
            self.progress(len(held.sources), len(held.sources), "")
        came.act.says(
            f"Imported the {came.format} project “{held.name}”: {counted(made, 'codings')}"
        )
        came.act.report = report.as_dict()
        return report

    def _framework(self) -> str:
        """Store the codes as a framework version and return what it is called; none if empty."""
        came, held = self.came, self.came.held
        if not held.codes:
            return ""
        restored = came.restoring.framework(held.codes)
        if restored is not None:
            came.version_id, reference, codes = restored
            came.codes = {c.guid: c.guid for c in held.codes}
            came.code_ids = set(codes)
            return reference
        name = free_framework_name(came.act, slug(held.name) or slug(came.format))
        guids = [c.guid for c in held.codes]
        taken = {
            str(row["id"])
            for table in ("code", "category")
            for row in records.by_ids(came.act.connection, table, guids, "id")
        }
        version, came.codes = codebook.framework(
            held.codes, name, description=held.description, taken=taken, report=came.report
        )
        came.code_ids = {c.code_id for c in version.codes}
        alike = framework_alike(came.act, version)
        if alike:
            came.report.notes.append(
                f"Its codes have the names and definitions of those of {alike}, which is here "
                "already; they came in as a framework of their own."
            )
        came.version_id = put_framework(came.act, version)
        return version.reference

    def _texts(self) -> None:
        """Store the texts; those of one name are told apart."""
        came, sources = self.came, self.came.held.sources
        names, taken, of_cases = Names(came.act.connection), set[str](), self._of_cases()
        for done, source in enumerate(sources):
            if self.progress:
                self.progress(done, len(sources), source.name)
            name, number = self._called(source), 2
            while name.casefold() in taken:
                name, number = f"{transcript_name(source.name)} ({number})", number + 1
            taken.add(name.casefold())
            known = source.guid in of_cases or source.guid in self.kept_texts
            rule: CaseRule = "none" if known else self.case_by
            incoming = _incoming(source, name, self.kept_texts.get(source.guid))
            turns, marks = times.timed(incoming.reading.turns, source.times)
            incoming = replace(incoming, reading=replace(incoming.reading, turns=turns))
            is_new = bring_in(came.act, incoming, came.report, self.book, rule)
            self._say_of_marks(source, is_new=is_new, without_a_turn=marks)
            names.forget()
            here = names.transcript(name)
            if is_new or here["sha256"] == sha256_of(source.text.translate(UNSTORABLE)):
                stored = Stored(str(here["id"]), len(source.text), was_here=not is_new)
                came.texts[source.guid] = stored
        were_here = sum(text.was_here for text in came.texts.values())
        if were_here:
            came.report.notes.append(
                f"Texts that were here already with the same words have the codings: {were_here}."
            )

    def _say_of_marks(self, source: RefiSource, *, is_new: bool, without_a_turn: int) -> None:
        report, held = self.came.report, len(source.times)
        if held and not is_new:
            report.leave_out("time marks", "the text was here before", source.name, held)
        elif without_a_turn:
            why = "no turn begins where they stand"
            report.leave_out("time marks", why, source.name, without_a_turn)

    def _of_cases(self) -> set[str]:
        """Return the texts that are a case's, as a whole or in part."""
        held, selections = self.came.held, self.came.selections
        chosen = (s for case in held.cases for s in case.selections if s in selections)
        return {s for case in held.cases for s in case.sources} | {
            selections[s].source for s in chosen
        }

    def _called(self, source: RefiSource) -> str:
        """Return what a text is called here: what this tool wrote is called so to the letter."""
        return source.name if source.guid in self.kept_texts else transcript_name(source.name)

    def _code_of(self, guid: str) -> str | None:
        """Return the id of a code that can be given; None for what is none here."""
        found = self.came.codes.get(guid)
        return found if found in self.came.code_ids else None

    def _settings(self) -> None:
        """Store what the project says of itself, where nothing is said here."""
        came = self.came
        said = {"title": came.held.name} if came.held.kept is None else came.kept.settings
        for key, value in said.items():
            if value and records.one(came.act.connection, "setting", key=key) is None:
                try:
                    put_setting(came.act, key, value)
                except WrongUse:
                    came.leave_out("settings", "nobody here knows what they say", 1)

    def _say_what_has_no_place(self) -> None:
        """Note what was read and what a project here has nothing like."""
        came, held = self.came, self.came.held
        bare = len(refi_beside.bare(held))
        came.leave_out("selections", "they have no code, no comment and no note", bare)
        named = sum(s.has_own_name for s in held.selections)
        came.leave_out("names of selections", "they are other words than those selected", named)
        came.leave_out("sets", "nothing here is like them", len(held.sets))
        came.leave_out("links", "only links between elements are known here", len(held.links))
        described = sum(bool(v.description) for v in held.variables)
        came.leave_out("descriptions of attributes", "attributes have a name only", described)
        idle = sum(user.guid not in came.people for user in held.users)
        came.leave_out("people", "nothing that they made came in", idle)


def _incoming(source: RefiSource, name: str, kept: KeptText | None) -> Incoming:
    """Return a text as transcripts come in, with the bytes that it was read from."""
    if kept is not None and (as_it_was := reading_as_kept(source.text, kept)) is not None:
        return Incoming(name, as_it_was, source.content, kept.source_name)
    reading = replace(reading_of(source.text, name), encoding=source.encoding)
    return Incoming(name, reading, source.content, source.name)
