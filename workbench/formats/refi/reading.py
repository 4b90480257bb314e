"""Projects of REFI-QDA (.qdpx, .qde), whichever tool wrote them.

A coding is by whom the coding names, or else by whom its selection names, or by nobody. What
does not come in is counted in the report: nothing is moved to where it might belong.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from workbench.errors import UnknownFormat
from workbench.formats.refi import documents, parts, schema, untaken
from workbench.formats.refi.areas import with_areas
from workbench.formats.refi.beside import Anchors, links, notes, sets
from workbench.formats.refi.cases import read_cases, read_variables, with_selections
from workbench.formats.refi.codes import read_codes
from workbench.formats.refi.counting import Placed
from workbench.formats.refi.elements import (
    child,
    children,
    description,
    free_name,
    inside,
    moment,
    named,
    own,
    targets,
    user_of,
)
from workbench.formats.refi.kept import Kept, parsed
from workbench.formats.refi.package import KNOWN, Exchange, opened
from workbench.formats.refi.places import KEPT
from workbench.formats.refi.project import (
    RefiCode,
    RefiNote,
    RefiProject,
    RefiSelection,
    RefiSource,
    RefiUser,
)
from workbench.formats.refi.restoring import restored
from workbench.formats.refi.selections import Reader, number_of_marks, selected, time_marks
from workbench.formats.refi.texts import Bearer, Text, bearers, text_of
from workbench.model.framework import stable_id
from workbench.model.report import ImportReport, LeftOut

Progress = Callable[[int, int, str], None]
"""Called with texts done, texts in all, and the name of the one at hand."""


def read(path: Path | str, progress: Progress | None = None) -> RefiProject:
    """Return a project with the report of what it holds; `progress` is called for each text.

    Raises:
        UnknownFormat: it is no project of REFI-QDA; a codebook alone is none.
        BadFile: it cannot be read, or is made so that nobody should read it.
    """
    with opened(path) as exchange:
        if exchange.kind != "project":
            raise UnknownFormat(path, KNOWN[:1])
        return _Reading(exchange, progress).project()


class _Reading:
    """One reading of one opened project."""

    def __init__(self, exchange: Exchange, progress: Progress | None) -> None:
        self.exchange, self.root, self.progress = exchange, exchange.root, progress
        self.report = ImportReport(exchange.path.name, notes=list(exchange.notes))
        self.origin = " ".join(self.root.get("origin", "").split())
        self.same_source: dict[str, str] = {}
        """Identifier of an element with a text → that of the source it came in as."""
        self.texts_of: dict[str, list[str]] = {}
        """Identifier of a source, as a recording → those of its texts."""

    def project(self) -> RefiProject:
        schema.note_departures(self.root, "project", self.report)
        codes = read_codes(self.root, self.report)
        variables = read_variables(self.root, self.report)
        reader = Reader(
            self.origin,
            frozenset(c.guid for c in codes),
            frozenset(own(case) for case in inside(self.root, "Cases", "Case")),
            self.report,
        )
        sources, selections = self._sources(reader)
        selections = with_areas(self.root, reader, selections, self.report)
        self.report.guesses += reader.guesses()
        known = {s.guid for s in selections}
        cases = read_cases(self.root, variables, sources, self.texts_of, codes, self.report)
        cases = tuple(with_selections(cases, reader.of_cases, known, self.report))
        anchors = Anchors(self.root, self.same_source, known)
        attributes = {v.guid for v in variables}
        found_notes = notes(self.root, self.exchange, anchors, attributes, self.report)
        untaken.tell(self.root, self.exchange, self.same_source, self.report)
        self._say_what_became_of_codings(reader.lost)
        users = self._users(selections, found_notes)
        in_them = self._in_notes(found_notes, reader.codes)
        files = parts.Files(self.exchange, self.report)
        in_notes = {n.guid for n in found_notes}
        of_cases = {s for c in inside(self.root, "Cases", "Case") for s in targets(c, "SourceRef")}
        of_cases |= self.texts_of.keys()
        laid_out = self.root, files, self.same_source, known, in_notes, self.report
        held = RefiProject(
            name=named(self.root) or self.exchange.path.stem,
            origin=self.origin,
            description=description(self.root),
            created=moment(self.root.get("creationDateTime")),
            users=users,
            codes=_codable_where_used(codes, selections, self.report),
            variables=variables,
            cases=cases,
            sources=tuple(sources),
            selections=tuple(selections),
            notes=found_notes,
            links=links(self.root, anchors, in_notes),
            sets=sets(self.root),
            report=self.report,
            kept=self._kept(),
            parts=parts.read(self.root, files, self.same_source, of_cases, self.report),
            documents=documents.read(*laid_out),
            changes=documents.changes(self.root, self.same_source),
            in_notes=tuple(in_them),
        )
        held = restored(held)
        _count(held)
        return held

    def _in_notes(
        self, found: tuple[RefiNote, ...], codes: frozenset[str]
    ) -> Iterator[RefiSelection]:
        """Yield the selections of notes that have their words; what they lack is told of notes."""
        texts, untold = {note.guid: note.text for note in found}, ImportReport(self.report.source)
        reader = Reader(self.origin, codes, frozenset(), untold)
        for element in inside(self.root, "Notes", "Note"):
            if child(element, "PlainTextSelection") is None and child(element, "Coding") is None:
                continue
            note = Bearer(element, element, "text", own(element), named(element))
            text = text_of(note, self.exchange, untold)
            if isinstance(text, str) or text.raw.text.strip() != texts.get(note.guid):
                continue
            blank = len(text.raw.text) - len(text.raw.text.lstrip())
            for one in reader.read(note.guid, note.name, text, [note])[1]:
                start, stop = max(one.start - blank, 0), one.stop - blank
                quote = texts[note.guid][start:stop]
                if quote.strip():
                    yield replace(one, start=start, stop=start + len(quote), quote=quote)

    def _kept(self) -> Kept | None:
        """Return what this tool wrote beside the standard, where it can be understood."""
        found = self.exchange.part(KEPT)
        if found is None or found[0].casefold() != KEPT:
            return None
        held = parsed(found[1])
        if held is None:
            self.report.notes.append(
                "What this tool had written beside the standard cannot be read: it is damaged, or "
                "of a later workbench."
            )
        return held

    def _sources(self, reader: Reader) -> tuple[list[RefiSource], list[RefiSelection]]:
        """Return the texts of the project with their selections; one text comes in once.

        ATLAS.ti writes the transcript of a recording as a source of its own too.
        """
        by_text: dict[str, list[Bearer]] = {}
        for number, bearer in enumerate(bearers(self.root)):
            key = bearer.path.casefold() if bearer.path else f"\0{number}"
            by_text.setdefault(key, []).append(bearer)
        sources: list[RefiSource] = []
        selections: list[RefiSelection] = []
        known: set[str] = set()
        for done, alike in enumerate(by_text.values()):
            first = alike[0]
            if self.progress:
                self.progress(done, len(by_text), first.name)
            found = text_of(first, self.exchange, self.report)
            if isinstance(found, str):
                self._leave_out(alike, found)
                continue
            own_id = first.guid
            if not own_id or own_id in known:
                own_id = stable_id(first.guid, "source", str(len(known)))
            known.add(own_id)
            for bearer in alike:
                self.same_source.setdefault(own(bearer.element), own_id)
                self.same_source.setdefault(own(bearer.source), own_id)
                texts = self.texts_of.setdefault(own(bearer.source), [])
                texts += [own_id] if own_id not in texts else []
            how, of_this = reader.read(own_id, first.name, found, alike)
            marks = time_marks(alike, found.raw, how, self.origin, self.report)
            of = next((own(b.source) for b in alike if b.kind in ("audio", "video")), "")
            source = _source(own_id, first, found, how)
            sources.append(replace(source, times=marks, recording=of))
            selections += of_this
        return sources, selections

    def _leave_out(self, alike: list[Bearer], why: str) -> None:
        """Note a text that is not here, and what was selected in it."""
        first = alike[0]
        self.report.leave_out("texts", why, first.name)
        held = [e for b in alike for e in selected(b.element)]
        wholes = {id(e): e for b in alike for e in (b.source, b.element)}.values()
        codings = sum(1 for e in (*held, *wholes) for _ in children(e, "Coding"))
        comments = sum(bool(description(e)) for e in held)
        for what, count in (
            ("selections", len(held)),
            ("codings", codings),
            ("comments", comments),
            ("time marks", number_of_marks(alike)),
        ):
            if count:
                self.report.leave_out(
                    what, "the text that they are in is not here", first.name, count
                )
        if _described(first):
            why_not = "the text that they describe is not here"
            self.report.leave_out("descriptions", why_not, first.name)

    def _tell(self, what: str, why: str, number: int) -> None:
        if number:
            self.report.left_out.append(LeftOut(what, why, number))

    def _say_what_became_of_codings(self, lost: Counter[str]) -> None:
        self._tell("codings", "their code is not in the codebook", lost["no code"])
        why = "the same coder gave the same code to the same selection"
        self._tell("codings", why, lost["twice"])
        if lost["whole"]:
            self.report.notes.append(
                f"Codings of a whole source, which stand on all of its text: {lost['whole']}."
            )

    def _users(
        self, selections: list[RefiSelection], found_notes: tuple[RefiNote, ...]
    ) -> tuple[RefiUser, ...]:
        """Return who worked in the project; two of one name are told apart."""
        names = {
            own(u): named(u) or " ".join(u.get("id", "").split())
            for u in inside(self.root, "Users", "User")
        }
        by = [c.coder for s in selections for c in s.codings]
        authors = [*(s.author for s in selections), *(n.author for n in found_notes)]
        for unlisted in dict.fromkeys(g for g in (*by, *authors) if g not in names):
            if unlisted:
                names[unlisted] = ""
        unknown = by.count("")
        if unknown:
            self.report.notes.append(
                f"The project does not tell who made {unknown} of its codings."
            )
        taken: set[str] = set()
        users = []
        for user, name in names.items():
            called = free_name(name or f"user {user[:8]}", taken)
            taken.add(called.casefold())
            users.append(RefiUser(user, called))
        return tuple(users)


def _source(own_id: str, bearer: Bearer, text: Text, how: Placed | None) -> RefiSource:
    """Return a text; of a recording it is by whom the transcript is, as far as that says so."""
    element, source = bearer.element, bearer.source
    first = element if bearer.kind in ("audio", "video") else source
    return RefiSource(
        guid=own_id,
        name=bearer.name,
        kind=bearer.kind,
        text=text.raw.text,
        content=text.content,
        filename=text.filename,
        encoding=text.encoding,
        description=_described(bearer),
        creator=user_of(first) or user_of(source),
        created=moment(first.get("creationDateTime")) or moment(source.get("creationDateTime")),
        placed=how,
    )


def _described(bearer: Bearer) -> str:
    """Return what a source, and the element with its text, are described with."""
    both = description(bearer.source), description(bearer.element)
    return "\n\n".join(dict.fromkeys(filter(None, both)))


def _codable_where_used(
    codes: tuple[RefiCode, ...], selections: list[RefiSelection], report: ImportReport
) -> tuple[RefiCode, ...]:
    """Return the codes, folders that codings have given made codes."""
    used = {coding.code for selection in selections for coding in selection.codings}
    folders = [c.name for c in codes if not c.codable and c.guid in used]
    if folders:
        report.notes.append(
            f"Folders that have codings came in as codes: {', '.join(folders[:5])}"
            f"{' …' if len(folders) > 5 else ''}."
        )
    return tuple(replace(c, codable=True) if c.guid in used else c for c in codes)


def _count(held: RefiProject) -> None:
    report = held.report
    codings = sum(len(s.codings) for s in held.selections)
    report.count("texts", len(held.sources))
    report.count("codes", len(held.codes))
    report.count("selections", len(held.selections))
    report.count("codings", codings)
    report.count("cases", len(held.cases))
    report.count("attributes", len(held.variables))
    report.count("values", sum(len(c.values) for c in held.cases))
    report.count("notes", len(held.notes))
    report.count("links", len(held.links))
    report.count("sets", len(held.sets))
    report.counts = {what: number for what, number in report.counts.items() if number}
    bare = sum(not s.codings and not s.description for s in held.selections)
    comments = sum(not s.codings and bool(s.description) for s in held.selections)
    if comments:
        report.notes.append(f"Selections with a comment and without a code: {comments}.")
    if bare:
        report.notes.append(f"Selections without a code or a comment: {bare}.")
