"""One reading of a database of another tool, and what all of them come to."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from workbench.formats import foreign
from workbench.formats.database_tools import Tool
from workbench.formats.databases import Database, words
from workbench.formats.foreign import Value
from workbench.formats.foreign_texts import Coded, Texts
from workbench.formats.refi.counting import Unit
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

Declared = dict[str, tuple[str, str, str, bool]]
"""Attributes by their identifiers: these again, name, description, whether they are numbers."""


class ForeignReading(ABC):
    """One reading of one open database.

    `own` tells the project from others; `units` are those in which the tool counts, the
    likelier first.
    """

    tool: Tool

    def __init__(
        self,
        database: Database,
        name: str,
        own: str,
        units: Sequence[Unit],
        *,
        memo: str,
        created: str = "",
    ) -> None:
        self.database, self.name, self.memo, self.created = database, name, memo, created
        self.report = ImportReport(Path(database.path).name)
        self._owners: list[str] = []
        self._own = own
        self.texts = Texts(self.tool, self._id, units, self.report)

    def project(self) -> RefiProject:
        """Return what the database holds; `report` tells what does not come in."""
        codes = foreign.rooted(list(self._codes()), self.report)
        sources = tuple(self._sources())
        selections = [*self.texts.codings(self._coded(), codes), *self._annotations()]
        variables, cases = self._attributes(foreign.named_cases(self._cases()))
        self.texts.say_what_is_unsure()
        notes = (*self._memo_of_project(), *self._notes())
        self._say_what_is_not_taken()
        self.database.say_what_is_odd(self.report)
        self.report.count("attributes", len(variables))
        return RefiProject(
            name=self.name,
            origin=self.tool,
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

    @abstractmethod
    def _codes(self) -> Iterator[RefiCode]:
        """Yield categories as folders, then codes."""

    @abstractmethod
    def _sources(self) -> Iterator[RefiSource]:
        """Yield the texts."""

    @abstractmethod
    def _coded(self) -> Iterator[Coded]:
        """Yield the codings."""

    def _annotations(self) -> Iterable[RefiSelection]:
        """Return what is noted beside words."""
        return ()

    @abstractmethod
    def _cases(self) -> Iterator[RefiCase]:
        """Yield the cases with their texts, and their parts of texts."""

    @abstractmethod
    def _declared(self) -> Iterator[tuple[Any, ...]]:
        """Yield name, memo and kind of the attributes."""

    @abstractmethod
    def _values(self, declared: Declared) -> tuple[list[Value], list[Value]]:
        """Return the values of cases, and those of texts."""

    @abstractmethod
    def _notes(self) -> Iterator[RefiNote]:
        """Yield the journals, and what else is noted."""

    @abstractmethod
    def _say_what_is_not_taken(self) -> None:
        """Tell what stays behind."""

    def _id(self, kind: str, number: object) -> str:
        return stable_id(self._own, kind, words(number) or str(number))

    def _by(self, owner: object) -> str:
        """Return who made something, remembered as one of the users."""
        said = words(owner).strip()
        self._owners.append(said)
        return said

    def _attributes(
        self, cases: list[RefiCase]
    ) -> tuple[tuple[RefiVariable, ...], tuple[RefiCase, ...]]:
        """Return the attributes, and the cases with the values of theirs and of their texts."""
        declared: Declared = {}
        for name, memo, kind in self._declared():
            guid = self._id("attribute", words(name))
            declared[guid] = guid, words(name), words(memo), words(kind) == "numeric"
        of_cases, of_texts = self._values(declared)
        variables = foreign.variables(declared.values(), [*of_cases, *of_texts], self.report)
        with_own = foreign.with_values(cases, of_cases, self.report)
        shared = {part.source for part in self.texts.parts}
        found = foreign.with_values_of_texts(
            with_own, of_texts, self.texts.names(), shared, self.report
        )
        return variables, found

    def _lacks_its_attribute(self) -> None:
        self.report.leave_out("values", "their attribute is not in the file", self.report.source)

    def _memo_of_project(self) -> Iterator[RefiNote]:
        if self.memo.strip():
            yield RefiNote(self._id("note", "project"), "Project memo", self.memo)
