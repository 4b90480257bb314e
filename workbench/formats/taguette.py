"""Projects of Taguette: an SQLite file with documents as HTML.

Taguette counts positions in UTF-8 bytes over the text nodes of a document and keeps,
with each highlight, the HTML of its words. A highlight comes in when the words at its
position are letter for letter those that Taguette kept; white space is not compared,
because Taguette drops it at the edges of blocks. One that does not fit is left out
and reported: nothing is moved to where it might belong. Passwords and addresses of
users are never read.
"""

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbench.errors import (
    AmbiguousName,
    BadFile,
    BrokenFile,
    UnknownFormat,
    UnknownName,
)
from workbench.formats import databases
from workbench.model.report import Guess, ImportReport, LeftOut

if TYPE_CHECKING:
    from workbench.formats.html_text import HtmlText

_COLUMNS = {
    "projects": {"id", "name", "description", "created"},
    "documents": {"id", "name", "description", "filename", "created", "project_id", "contents"},
    "tags": {"id", "project_id", "path", "description"},
    "highlights": {"id", "document_id", "start_offset", "end_offset", "snippet"},
    "highlight_tags": {"highlight_id", "tag_id"},
    "project_members": {"project_id", "user_login"},
}
_COMMANDS = {"id", "user_login", "date", "project_id", "payload"}


@dataclass(frozen=True, slots=True)
class TaguetteDocument:
    """One document; `created` is a time in UTC (ISO 8601), empty when unknown."""

    document_id: int
    name: str
    description: str
    filename: str
    created: str
    text: str


@dataclass(frozen=True, slots=True)
class TaguetteTag:
    """One tag; Taguette separates the parts of a path with dots."""

    tag_id: int
    path: str
    description: str


@dataclass(frozen=True, slots=True)
class TaguetteHighlight:
    """One segment with its tags; one coding comes of each tag, none when it has none.

    `start:stop` are code points in the document's text, and `quote` is that slice.
    """

    highlight_id: int
    document_id: int
    start: int
    stop: int
    quote: str
    tag_ids: tuple[int, ...]
    coder: str
    """Login of who made it; empty when the project does not tell."""
    created: str


@dataclass(frozen=True, slots=True)
class TaguetteProject:
    """All of a project that a framework analysis can use, and what it could not."""

    name: str
    description: str
    created: str
    coders: tuple[str, ...]
    documents: tuple[TaguetteDocument, ...]
    tags: tuple[TaguetteTag, ...]
    highlights: tuple[TaguetteHighlight, ...]
    report: ImportReport


@dataclass(frozen=True, slots=True)
class _Made:
    """Who made a highlight and when, and whether somebody else changed it later."""

    coder: str
    created: str
    changed_by_another: bool


def recognises(path: Path | str) -> bool:
    """Tell whether a file is an SQLite database with Taguette's tables."""
    try:
        with closing(databases.connected(path, "Taguette")) as connection:
            return _has_tables(databases.tables(connection))
    except (BadFile, sqlite3.Error, OSError, ValueError):
        return False


def read(path: Path | str, project: str | None = None) -> TaguetteProject:
    """Return a project; a database of a server may hold several, told by name.

    Raises:
        AmbiguousName, UnknownName: several projects and none named, or none of the name.
        UnknownFormat: the database is not one of Taguette.
        BrokenFile: it is damaged, or Taguette still has it open.
    """
    try:
        with closing(databases.connected(path, "Taguette")) as connection:
            tables = databases.tables(connection)
            if not _has_tables(tables):
                raise UnknownFormat(path, ["a project of Taguette (SQLite)"])
            return _Reading(connection, str(path), tables).project(project)
    except (sqlite3.Error, OverflowError, ValueError) as error:
        raise BrokenFile(path, f"the database cannot be read ({error}).") from error


def _has_tables(held: Mapping[str, frozenset[str]]) -> bool:
    return all(held.get(t, frozenset()).issuperset(columns) for t, columns in _COLUMNS.items())


class _Reading:
    """One reading of one project of an open database."""

    def __init__(
        self, connection: sqlite3.Connection, path: str, tables: Mapping[str, frozenset[str]]
    ) -> None:
        self.connection, self.path = connection, path
        self._tells_who = tables.get("commands", frozenset()) >= _COMMANDS
        self.report = ImportReport(path)

    def project(self, wanted: str | None) -> TaguetteProject:
        number, name, description, created = self._chosen(wanted)
        members = self._members(number)
        tags = self._tags(number)
        texts: dict[int, HtmlText] = {}
        documents = tuple(self._documents(number, texts))
        tagged = self._tagged({t.tag_id for t in tags}, number)
        made = self._made(number)
        highlights = tuple(self._highlights(number, documents, texts, tagged, made, members))
        coders = dict.fromkeys([*members, *(h.coder for h in highlights if h.coder)])
        self._count(documents, tags, highlights)
        return TaguetteProject(
            name=name,
            description=description,
            created=_time(created),
            coders=tuple(coders),
            documents=documents,
            tags=tags,
            highlights=highlights,
            report=self.report,
        )

    def _rows(self, query: str, types: str, *values: object) -> Iterator[tuple[Any, ...]]:
        """Yield rows whose values are of the types: i a whole number, s a text."""
        wanted = [{"i": int, "s": str}[t] for t in types]
        for row in self.connection.execute(query, values):
            if not all(isinstance(v, t) for v, t in zip(row, wanted, strict=True)):
                raise BrokenFile(self.path, "a value in the database is of the wrong type.")
            yield row

    def _chosen(self, wanted: str | None) -> tuple[int, str, str, str]:
        query = "SELECT id, name, description, ifnull(created, '') FROM projects ORDER BY id"
        found = [r for r in self._rows(query, "isss") if wanted is None or r[1] == wanted]
        if not found and wanted is not None:
            raise UnknownName("Taguette project", wanted)
        if not found:
            raise BrokenFile(self.path, "there is no project in this database.")
        if len(found) > 1:
            raise AmbiguousName("Taguette project", wanted or self.path, [r[1] for r in found])
        number, name, description, created = found[0]
        return number, name, description, created

    def _members(self, project: int) -> list[str]:
        query = "SELECT user_login FROM project_members WHERE project_id = ? ORDER BY user_login"
        return [login for (login,) in self._rows(query, "s", project)]

    def _tags(self, project: int) -> tuple[TaguetteTag, ...]:
        query = "SELECT id, path, description FROM tags WHERE project_id = ? ORDER BY id"
        return tuple(TaguetteTag(*row) for row in self._rows(query, "iss", project))

    def _documents(self, project: int, texts: dict[int, "HtmlText"]) -> Iterator[TaguetteDocument]:
        query = (
            "SELECT id, name, description, filename, ifnull(created, ''), contents "
            "FROM documents WHERE project_id = ? ORDER BY id"
        )
        for number, name, description, filename, created, html in self._rows(
            query, "isssss", project
        ):
            found = _html_text(html)
            if found.pictures:
                why = f"“{name}” names them, and Taguette does not keep them"
                self.report.left_out.append(LeftOut("pictures", why, found.pictures))
            texts[number] = found
            yield TaguetteDocument(number, name, description, filename, _time(created), found.text)

    def _tagged(self, known: set[int], project: int) -> Mapping[int, list[int]]:
        """Return highlight → its tags."""
        query = (
            "SELECT t.highlight_id, t.tag_id FROM highlight_tags t "
            "JOIN highlights h ON h.id = t.highlight_id JOIN documents d ON d.id = h.document_id "
            "WHERE d.project_id = ? ORDER BY t.highlight_id, t.tag_id"
        )
        tagged: dict[int, list[int]] = defaultdict(list)
        strange = 0
        for highlight, tag in self._rows(query, "ii", project):
            if tag in known:
                tagged[highlight].append(tag)
            else:
                strange += 1
        if strange:
            why = "their tag is not in the project"
            self.report.left_out.append(LeftOut("taggings", why, strange))
        return tagged

    def _made(self, project: int) -> dict[int, _Made]:
        """Return highlight → who made it, from Taguette's list of what was done."""
        if not self._tells_who:
            return {}
        query = (
            "SELECT user_login, ifnull(date, ''), payload FROM commands "
            "WHERE project_id = ? AND payload LIKE '%highlight_add%' ORDER BY id"
        )
        made: dict[int, _Made] = {}
        for login, when, payload in self._rows(query, "sss", project):
            highlight = _highlight_added(payload)
            if highlight is None:
                continue
            first = made.setdefault(highlight, _Made(login, _time(when), False))
            if first.coder != login:
                made[highlight] = _Made(first.coder, first.created, True)
        return made

    def _highlights(
        self,
        project: int,
        documents: tuple[TaguetteDocument, ...],
        texts: Mapping[int, "HtmlText"],
        tagged: Mapping[int, list[int]],
        made: Mapping[int, _Made],
        members: list[str],
    ) -> Iterator[TaguetteHighlight]:
        names = {d.document_id: d.name for d in documents}
        only = _Made(members[0] if len(members) == 1 else "", "", False)
        failed: Counter[tuple[str, str]] = Counter()
        known: Counter[str] = Counter()
        query = (
            "SELECT h.id, h.document_id, h.start_offset, h.end_offset, h.snippet FROM highlights h "
            "JOIN documents d ON d.id = h.document_id WHERE d.project_id = ? "
            "ORDER BY h.document_id, h.start_offset, h.id"
        )
        for number, document, first, last, snippet in self._rows(query, "iiiis", project):
            place = texts[document].segment(first, last)
            why = _why_not(texts[document].text, place, snippet)
            if place is None or why:
                failed[names[document], why] += 1
                continue
            by = made.get(number, only)
            known["told" if number in made else "guessed" if by.coder else "unknown"] += 1
            known["changed"] += by.changed_by_another
            start, stop = place
            quote = texts[document].text[start:stop]
            tags = tuple(tagged.get(number, ()))
            yield TaguetteHighlight(
                number, document, start, stop, quote, tags, by.coder, by.created
            )
        for (name, why), count in failed.items():
            self.report.left_out.append(LeftOut("highlights", f"in “{name}” {why}", count))
        self._say_who(known, only.coder)

    def _say_who(self, known: Counter[str], only: str) -> None:
        if known["guessed"]:
            what = f"{known['guessed']} highlights are by {only}"
            because = "the project has no other member"
            self.report.guesses.append(Guess(what, because, "likely"))
        if known["unknown"]:
            self.report.notes.append(
                f"The project does not tell who made {known['unknown']} of its highlights."
            )
        if known["changed"]:
            what = f"{known['changed']} highlights are by those who made them"
            because = "somebody else changed them later"
            self.report.guesses.append(Guess(what, because, "unsure"))

    def _count(
        self,
        documents: tuple[TaguetteDocument, ...],
        tags: tuple[TaguetteTag, ...],
        highlights: tuple[TaguetteHighlight, ...],
    ) -> None:
        self.report.count("documents", len(documents))
        self.report.count("tags", len(tags))
        self.report.count("highlights", len(highlights))
        self.report.count("taggings", sum(len(h.tag_ids) for h in highlights))
        bare = sum(not h.tag_ids for h in highlights)
        if bare:
            self.report.notes.append(f"Highlights without a tag, which give no coding: {bare}.")


def _html_text(html: str) -> "HtmlText":
    from workbench.formats.html_text import html_text  # with NumPy, which other files do without

    return html_text(html)


def _why_not(text: str, place: tuple[int, int] | None, snippet: str) -> str:
    """Return why a highlight cannot come in; nothing when its words are where they should be."""
    if place is None:
        return "their position is not in the text"
    found = _letters(text[place[0] : place[1]])
    if not found:
        return "there are no words at their position"
    if found != _letters(_html_text(snippet).text):
        return "the words at their position are not those that Taguette kept"
    return ""


def _letters(text: str) -> str:
    """Return a text without white space and byte order marks."""
    return "".join(text.replace("\ufeff", "").split())


def _highlight_added(payload: str) -> int | None:
    try:
        said = json.loads(payload)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("type") != "highlight_add":
        return None
    number = said.get("highlight_id")
    return number if isinstance(number, int) else None


def _time(said: str) -> str:
    """Return Taguette's time, which is UTC without saying so, in ISO 8601.

    >>> _time("2022-02-03 08:00:53.304249")
    '2022-02-03T08:00:53+00:00'
    """
    try:
        return datetime.fromisoformat(said).replace(tzinfo=UTC, microsecond=0).isoformat()
    except ValueError:
        return ""
