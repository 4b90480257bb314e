"""Projects of RQDA: an SQLite file `.rqda`.

Positions count letters from 0, and the last is outside; the words of each coding are kept
beside it (`seltext`) and must stand there. What has the status 1 is live, all else was
deleted in RQDA and does not come in.
"""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbench.errors import UnknownFormat
from workbench.formats.database_tools import Tool, tool_of
from workbench.formats.databases import Database, opened, whole, words
from workbench.formats.foreign import Value
from workbench.formats.foreign_reading import Declared, ForeignReading
from workbench.formats.foreign_texts import Coded, Stretch
from workbench.formats.refi.codes import colour_of
from workbench.formats.refi.project import (
    RefiCase,
    RefiCode,
    RefiNote,
    RefiProject,
    RefiSource,
)

TOOL: Tool = "RQDA"
_NOT_TAKEN = (
    ("coding2", "second codings", "RQDA keeps them beside the codings of the project"),
    ("filecat", "categories of files", "nothing here is like them"),
    ("image", "pictures", "only texts come in"),
    ("imageCoding", "codings of pictures", "only texts come in"),
)


def read(path: Path | str) -> RefiProject:
    """Return a project in the terms of REFI-QDA, with the report of what it holds.

    Raises:
        UnknownFormat: it is no project of RQDA.
        BrokenFile: it is damaged, or RQDA still has it open.
    """
    with opened(path, TOOL) as database:
        if tool_of(database) != TOOL:
            raise UnknownFormat(path, [f"a project of {TOOL} (rqda)"])
        return _Reading(database, Path(path).stem).project()


class _Reading(ForeignReading):
    """One reading of one open database."""

    tool = TOOL

    def __init__(self, database: Database, name: str) -> None:
        date, memo = map(words, next(database.rows("project", "date", "memo"), ("", "")))
        super().__init__(database, name, f"rqda\x1f{name}\x1f{date}", ("code points",), memo=memo)
        self._deleted = 0

    def _live(self, table: str, *columns: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a table that were not deleted in RQDA."""
        for row in self.database.rows(table, *columns, "status"):
            if whole(row[-1]) == 1:
                yield row[:-1]
            else:
                self._deleted += 1

    def _codes(self) -> Iterator[RefiCode]:
        """Yield categories as folders, then codes under the first category that has them."""
        above: dict[str, str] = {}
        more = 0
        for code, category in self._live("treecode", "cid", "catid"):
            own = self._id("category", category)
            more += above.setdefault(self._id("code", code), own) != own
        if more:
            why = "a code stands under one category here"
            self.report.leave_out("places of codes", why, self.report.source, more)
        folders = set()
        for name, memo, number in self._live("codecat", "name", "memo", "catid"):
            guid = self._id("category", number)
            folders.add(guid)
            yield RefiCode(guid, words(name) or "category without a name", words(memo), "", False)
        for name, memo, number, colour in self._live("freecode", "name", "memo", "id", "color"):
            guid, paint = self._id("code", number), colour_of(words(colour))
            parent = above.get(guid, "")
            called = words(name) or "code without a name"
            under = parent if parent in folders else ""
            yield RefiCode(guid, called, words(memo), paint, True, under)

    def _sources(self) -> Iterator[RefiSource]:
        for name, number, text, memo, owner in self._live(
            "source", "name", "id", "file", "memo", "owner"
        ):
            called = words(name) or f"text {words(number)}"
            source = self.texts.source(whole(number), called, words(text))
            if source is not None:
                yield replace(source, description=words(memo), creator=self._by(owner))

    def _coded(self) -> Iterator[Coded]:
        for code, source, quote, start, stop, owner, memo in self._live(
            "coding", "cid", "fid", "seltext", "selfirst", "selend", "owner", "memo"
        ):
            yield Coded(
                whole(source),
                self._id("code", code),
                words(quote),
                whole(start),
                whole(stop),
                self._by(owner),
                "",
                words(memo),
            )

    def _cases(self) -> Iterator[RefiCase]:
        for case, source, start, stop, memo, owner in self._live(
            "caselinkage", "caseid", "fid", "selfirst", "selend", "memo", "owner"
        ):
            stretch = Stretch(whole(source), whole(start), whole(stop))
            self.texts.give(self._id("case", case), stretch, words(memo), self._by(owner))
        for name, memo, number in self._live("cases", "name", "memo", "id"):
            yield self.texts.case(self._id("case", number), words(name), words(memo))

    def _declared(self) -> Iterator[tuple[Any, ...]]:
        return self._live("attributes", "name", "memo", "class")

    def _values(self, declared: Declared) -> tuple[list[Value], list[Value]]:
        of_cases = list(self._values_in("caseAttr", "caseID", "case", declared))
        return of_cases, list(self._values_in("fileAttr", "fileID", "source", declared))

    def _values_in(self, table: str, owner: str, kind: str, declared: Declared) -> Iterator[Value]:
        """Yield the values of one table; in old projects they have no status and are live."""
        for name, value, of, status in self.database.rows(
            table, "variable", "value", owner, "status"
        ):
            guid, said = self._id("attribute", words(name)), words(value).strip()
            if status is not None and whole(status) != 1:
                self._deleted += 1
            elif said in ("", "NA"):
                continue
            elif guid in declared:
                yield Value(guid, self._id(kind, of), said)
            else:
                self._lacks_its_attribute()

    def _notes(self) -> Iterator[RefiNote]:
        """Yield the journals, and what is noted at a place of a text."""
        for number, (name, text, owner) in enumerate(
            self._live("journal", "name", "journal", "owner")
        ):
            if words(text).strip():
                yield RefiNote(
                    self._id("journal", number), words(name), words(text), "", self._by(owner)
                )
        known = self.texts.names()
        for number, (source, at, text, owner) in enumerate(
            self._live("annotation", "fid", "position", "annotation", "owner")
        ):
            guid, own = self._id("source", source), self._id("annotation", number)
            if words(text).strip() and guid in known:
                title, by = f"Annotation (character {words(at)})", self._by(owner)
                yield RefiNote(own, title, words(text), "", by, "", (("source", guid),))
            else:
                why = "their text did not come in, or they have no words"
                self.report.leave_out("annotations", why, self.report.source)

    def _say_what_is_not_taken(self) -> None:
        for table, what, why in _NOT_TAKEN:
            number = sum(whole(s) == 1 for (s,) in self.database.rows(table, "status"))
            if number:
                self.report.leave_out(what, why, self.report.source, number)
        if self._deleted:
            why = "they were deleted in RQDA"
            self.report.leave_out("rows", why, self.report.source, self._deleted)
