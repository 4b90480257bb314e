"""Projects of QualCoder: a folder with a database `data.qda`, that file, or a zip of it.

What a segment is, its words say (`seltext`): codings by hand count units of UTF-16, those
that a search made count code points. A coding comes in when its words stand where it says
in one of these ways; one of which that fails is left out and reported. Schemas from v3
(2020) to that of QualCoder 4 are read; a table or column that one lacks is empty.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from workbench.errors import BrokenFile, UnknownFormat
from workbench.formats import foreign
from workbench.formats.database_tools import FILE, Tool, entry, is_folder, tool_of
from workbench.formats.databases import MAX_BYTES, Database, opened, whole, words
from workbench.formats.foreign import Value
from workbench.formats.foreign_texts import Coded, Stretch, Texts
from workbench.formats.package import UNPACKED, Package
from workbench.formats.refi.codes import colour_of
from workbench.formats.refi.elements import moment
from workbench.formats.refi.project import (
    RefiCase,
    RefiCode,
    RefiNote,
    RefiProject,
    RefiSelection,
    RefiSource,
    RefiVariable,
)
from workbench.model.framework import stable_id
from workbench.model.report import ImportReport

TOOL: Tool = "QualCoder"
_MEDIA = {"images": "pictures", "audio": "recordings", "video": "videos"}
_NOT_TAKEN = (
    ("code_image", "codings of pictures", "only texts come in"),
    ("code_av", "codings of recordings", "only texts come in"),
    ("graph", "graphs", "drawings of other tools are not taken over"),
    ("stored_sql", "stored queries", "they are queries of a database"),
)


def read(path: Path | str) -> RefiProject:
    """Return a project in the terms of REFI-QDA, with the report of what it holds.

    Raises:
        UnknownFormat: it is no project of QualCoder.
        BrokenFile: it is damaged, or QualCoder still has it open.
    """
    with _database(Path(path)) as (file, name), opened(file, TOOL) as database:
        database.path = str(path)
        if tool_of(database) != TOOL:
            raise UnknownFormat(path, [f"a project of {TOOL} ({FILE})"])
        return _Reading(database, name).project()


@contextmanager
def _database(path: Path) -> Iterator[tuple[Path, str]]:
    """Lend the path of the database, with what the project is called."""
    if is_folder(path):
        yield path / FILE, _called(path.resolve().name)
        return
    inside = entry(path)
    if inside is None:
        in_folder = path.name == FILE and path.resolve().parent.suffix == ".qda"
        yield path, _called(path.resolve().parent.name if in_folder else path.name)
        return
    package = Package(path, str(path), MAX_BYTES // UNPACKED)
    try:
        for ending in ("-wal", "-journal"):
            info = package.parts.get(inside + ending)
            if info is not None and info.file_size:
                raise BrokenFile(path, f"changes still stand in {info.filename}; pack it again.")
        content = package.bytes(inside)
    finally:
        package.close()
    with tempfile.TemporaryDirectory(prefix="workbench-qualcoder-") as folder:
        file = Path(folder) / FILE
        file.write_bytes(content)
        yield file, _called(inside.rpartition("/")[0].rpartition("/")[2] or path.name)


def _called(name: str) -> str:
    """Return a name without the ending of a project.

    >>> _called("Waiting.qda"), _called("data.qda")
    ('Waiting', 'QualCoder')
    """
    plain = name.removesuffix(".zip").removesuffix(".qda")
    return TOOL if plain in ("", "data") else plain


class _Reading:
    """One reading of one open database."""

    def __init__(self, database: Database, name: str) -> None:
        self.database, self.name = database, name
        self.report = ImportReport(Path(database.path).name)
        self._owners: list[str] = []
        columns = ("databaseversion", "date", "memo")
        about = next(database.rows("project", *columns), (None, None, None))
        version, date, self.memo = map(words, about)
        if version:
            self.report.notes.append(f"The database is of QualCoder's schema {version}.")
        self.created, self._own = moment(date), f"qualcoder\x1f{name}\x1f{date}"
        self.texts = Texts(TOOL, self._id, ("UTF-16 units", "code points"), self.report)

    def _id(self, kind: str, number: object) -> str:
        return stable_id(self._own, kind, words(number) or str(number))

    def _by(self, owner: object) -> str:
        """Return who made something, remembered as one of the users."""
        said = words(owner).strip()
        self._owners.append(said)
        return said

    def project(self) -> RefiProject:
        codes = foreign.rooted(list(self._codes()), self.report)
        sources = tuple(self._sources())
        selections = list(self.texts.codings(self._coded(), codes))
        selections += self._annotations()
        variables, cases = self._attributes(self._cases())
        self.texts.say_what_is_unsure()
        notes = tuple(self._notes())
        self._say_what_is_not_taken()
        self.report.count("attributes", len(variables))
        return RefiProject(
            name=self.name,
            origin=TOOL,
            description="",
            created=self.created,
            users=foreign.users(self._owners),
            codes=codes,
            variables=variables,
            cases=cases,
            sources=sources,
            selections=(*selections, *self.texts.parts),
            notes=notes,
            links=(),
            sets=(),
            report=self.report,
        )

    def _codes(self) -> Iterator[RefiCode]:
        """Yield categories as folders, then codes; sub-codes stand under their codes."""
        for number, name, memo, above in self.database.rows(
            "code_cat", "catid", "name", "memo", "supercatid"
        ):
            parent = self._id("category", above) if above is not None else ""
            called = words(name) or "category without a name"
            yield RefiCode(self._id("category", number), called, words(memo), "", False, parent)
        for number, name, memo, category, colour, above in self.database.rows(
            "code_name", "cid", "name", "memo", "catid", "color", "supercid"
        ):
            parent = ""
            if above is not None:
                parent = self._id("code", above)
            elif category is not None:
                parent = self._id("category", category)
            called = words(name) or "code without a name"
            paint = colour_of(words(colour))
            yield RefiCode(self._id("code", number), called, words(memo), paint, True, parent)

    def _sources(self) -> Iterator[RefiSource]:
        """Yield the texts; pictures and recordings are counted only."""
        for number, name, text, path, memo, owner, date in self.database.rows(
            "source", "id", "name", "fulltext", "mediapath", "memo", "owner", "date"
        ):
            called = words(name) or f"text {words(number)}"
            kind = words(path).lstrip("/").partition("/")[0].partition(":")[0].casefold()
            if kind in _MEDIA:
                self.report.leave_out(_MEDIA[kind], "only texts come in", called)
                continue
            source = self.texts.source(whole(number), called, words(text))
            if source is not None:
                yield replace(
                    source,
                    description=words(memo),
                    creator=self._by(owner),
                    created=moment(words(date)),
                )

    def _coded(self) -> Iterator[Coded]:
        marks = 0
        for code, source, quote, start, stop, owner, date, memo, important in self.database.rows(
            "code_text",
            *("cid", "fid", "seltext", "pos0", "pos1", "owner", "date", "memo", "important"),
        ):
            marks += bool(important)
            yield Coded(
                whole(source),
                self._id("code", code),
                words(quote),
                whole(start),
                whole(stop),
                self._by(owner),
                moment(words(date)),
                words(memo),
            )
        if marks:
            self.report.leave_out("marks of importance", "codings have none here", self.name, marks)

    def _annotations(self) -> Iterator[RefiSelection]:
        """Yield what is noted beside words; no words of its own prove where it stands."""
        for source, start, stop, memo, owner in self.database.rows(
            "annotation", "fid", "pos0", "pos1", "memo", "owner"
        ):
            if words(memo).strip():
                stretch = Stretch(whole(source), whole(start), whole(stop))
                found = self.texts.beside(stretch, words(memo), self._by(owner), "annotations")
                if found is not None:
                    yield found

    def _cases(self) -> list[RefiCase]:
        """Return the cases with their texts, and their parts of texts."""
        for case, source, start, stop, memo, owner in self.database.rows(
            "case_text", "caseid", "fid", "pos0", "pos1", "memo", "owner"
        ):
            stretch = Stretch(whole(source), whole(start), whole(stop))
            self.texts.give(self._id("case", case), stretch, words(memo), self._by(owner))
        cases = (
            self.texts.case(self._id("case", number), words(name), words(memo))
            for number, name, memo in self.database.rows("cases", "caseid", "name", "memo")
        )
        return foreign.named_cases(cases)

    def _attributes(
        self, cases: list[RefiCase]
    ) -> tuple[tuple[RefiVariable, ...], tuple[RefiCase, ...]]:
        """Return the attributes, and the cases with the values of theirs and of their texts."""
        declared: dict[str, tuple[str, str, str, bool]] = {}
        for name, memo, kind in self.database.rows("attribute_type", "name", "memo", "valuetype"):
            guid = self._id("attribute", words(name))
            declared[guid] = guid, words(name), words(memo), words(kind) == "numeric"
        of_cases, of_texts = list[Value](), list[Value]()
        for name, kind, value, of in self.database.rows(
            "attribute", "name", "attr_type", "value", "id"
        ):
            guid, said = self._id("attribute", words(name)), words(value).strip()
            if not said:
                continue
            if guid not in declared:
                why = "their attribute is not in the file"
                self.report.leave_out("values", why, self.report.source)
            elif words(kind) == "case":
                of_cases.append(Value(guid, self._id("case", of), said))
            elif words(kind) == "file":
                of_texts.append(Value(guid, self._id("source", of), said))
            else:
                why = "only cases have attributes here"
                self.report.leave_out("values", why, self.report.source)
        variables = foreign.variables(declared.values(), [*of_cases, *of_texts], self.report)
        with_own = foreign.with_values(cases, of_cases, self.report)
        shared = {part.source for part in self.texts.parts}
        found = foreign.with_values_of_texts(
            with_own, of_texts, self.texts.names(), shared, self.report
        )
        return variables, found

    def _notes(self) -> Iterator[RefiNote]:
        """Yield the project's memo, and the journals."""
        if self.memo.strip():
            yield RefiNote(self._id("note", "project"), "Project memo", self.memo)
        for number, (name, text, date, owner) in enumerate(
            self.database.rows("journal", "name", "jentry", "date", "owner")
        ):
            if words(text).strip():
                author, when = self._by(owner), moment(words(date))
                guid = self._id("note", number)
                yield RefiNote(guid, words(name), words(text), "", author, when)

    def _say_what_is_not_taken(self) -> None:
        for table, what, why in _NOT_TAKEN:
            if number := self.database.number_of(table):
                self.report.leave_out(what, why, self.report.source, number)
        self.database.say_what_is_odd(self.report)
