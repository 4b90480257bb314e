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
from typing import Any

from workbench.errors import BrokenFile, UnknownFormat
from workbench.formats.database_tools import FILE, Tool, entry, is_folder, tool_of
from workbench.formats.databases import MAX_BYTES, Database, opened, whole, words
from workbench.formats.foreign import Value
from workbench.formats.foreign_reading import Declared, ForeignReading
from workbench.formats.foreign_texts import Coded, Stretch
from workbench.formats.package import UNPACKED, Package
from workbench.formats.refi.codes import colour_of
from workbench.formats.refi.counting import Unit
from workbench.formats.refi.elements import moment
from workbench.formats.refi.project import (
    RefiCase,
    RefiCode,
    RefiNote,
    RefiProject,
    RefiSelection,
    RefiSource,
)

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


class _Reading(ForeignReading):
    """One reading of one open database."""

    tool = TOOL

    def __init__(self, database: Database, name: str) -> None:
        columns = ("databaseversion", "date", "memo")
        about = next(database.rows("project", *columns), (None, None, None))
        version, date, memo = map(words, about)
        own = f"qualcoder\x1f{name}\x1f{date}"
        units: tuple[Unit, ...] = ("UTF-16 units", "code points")
        super().__init__(database, name, own, units, memo=memo, created=moment(date))
        if version:
            self.report.notes.append(f"The database is of QualCoder's schema {version}.")

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

    def _cases(self) -> Iterator[RefiCase]:
        for case, source, start, stop, memo, owner in self.database.rows(
            "case_text", "caseid", "fid", "pos0", "pos1", "memo", "owner"
        ):
            stretch = Stretch(whole(source), whole(start), whole(stop))
            self.texts.give(self._id("case", case), stretch, words(memo), self._by(owner))
        for number, name, memo in self.database.rows("cases", "caseid", "name", "memo"):
            yield self.texts.case(self._id("case", number), words(name), words(memo))

    def _declared(self) -> Iterator[tuple[Any, ...]]:
        return self.database.rows("attribute_type", "name", "memo", "valuetype")

    def _values(self, declared: Declared) -> tuple[list[Value], list[Value]]:
        of_cases, of_texts = list[Value](), list[Value]()
        for name, kind, value, of in self.database.rows(
            "attribute", "name", "attr_type", "value", "id"
        ):
            guid, said = self._id("attribute", words(name)), words(value).strip()
            if not said:
                continue
            if guid not in declared:
                self._lacks_its_attribute()
            elif words(kind) == "case":
                of_cases.append(Value(guid, self._id("case", of), said))
            elif words(kind) == "file":
                of_texts.append(Value(guid, self._id("source", of), said))
            else:
                why = "only cases have attributes here"
                self.report.leave_out("values", why, self.report.source)
        return of_cases, of_texts

    def _notes(self) -> Iterator[RefiNote]:
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
