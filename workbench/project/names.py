"""From the names people use to the rows they mean.

A thing may be named by its id too. Nothing is guessed: a name that nothing has raises
`UnknownName` with the nearest, a name that several have raises `AmbiguousName`.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy.engine import Connection

from workbench.errors import AmbiguousName, BadValue, UnknownName, few
from workbench.formats.transcripts import ENDINGS
from workbench.store import records
from workbench.store.records import Row


def as_name(what: str, said: str) -> str:
    """Return a name as it is stored, without blanks at its ends.

    Raises:
        BadValue: nothing is left.
    """
    if not said.strip():
        raise BadValue(what, said, "a name")
    return said.strip()


def unknown_speaker(label: str, transcript: str, known: Sequence[str]) -> UnknownName:
    """Return the error for a label that no speaker of a transcript has."""
    hint = f"In “{transcript}” speak: {few(known)}." if known else f"“{transcript}” has none."
    return UnknownName("speaker", label, known, hint=hint)


class Names:
    """Look-ups within one transaction; each name is asked of the database once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._known: dict[tuple[str, ...], Row] = {}

    def forget(self) -> None:
        """Drop what was looked up, after rows were added or renamed."""
        self._known.clear()

    def _remembered(self, key: tuple[str, ...], look: Callable[[], Row]) -> Row:
        if key not in self._known:
            self._known[key] = look()
        return self._known[key]

    def case(self, name: str) -> Row:
        """Return the case of that label or id."""
        return self._remembered(("case", name), lambda: self._named("case", "label", name))

    def person(self, handle: str) -> Row:
        """Return the person of that handle."""
        return self._remembered(("person", handle), lambda: self._named("person", "handle", handle))

    def run(self, name: str) -> Row:
        """Return the run of that name."""
        return self._remembered(("run", name), lambda: self._named("run", "name", name))

    def round(self, name: str) -> Row:
        """Return the round of that name."""
        return self._remembered(("round", name), lambda: self._named("round", "name", name))

    def charting_round(self, name: str) -> Row:
        """Return the round of charting of that name."""
        return self._remembered(
            ("charting_round", name), lambda: self._named("charting_round", "name", name)
        )

    def ladder(self, name: str) -> Row:
        """Return the ladder of that name."""
        return self._remembered(("ladder", name), lambda: self._named("ladder", "name", name))

    def typology(self, name: str) -> Row:
        """Return the typology of that name."""
        return self._remembered(("typology", name), lambda: self._named("typology", "name", name))

    def finding(self, name: str) -> Row:
        """Return the finding of that title, or of that id or a part of it."""
        return self._remembered(("finding", name), lambda: self._finding(name))

    def _finding(self, name: str) -> Row:
        if re.fullmatch("[0-9a-f-]{8,36}", name) and not records.exists(
            self.connection, "finding", title=name
        ):
            return self.by_id_start("finding", name)
        return self._named("finding", "title", name)

    def _named(self, table: str, column: str, name: str) -> Row:
        row = records.one(self.connection, table, **{column: name}) or records.one(
            self.connection, table, id=name
        )
        if row is None:
            raise UnknownName(table, name, self._all(table, column))
        return row

    def _all(self, table: str, column: str) -> list[str]:
        return [str(r[column]) for r in records.find(self.connection, table, column)]

    def transcript(self, name: str) -> Row:
        """Return the current version of a transcript, its text aside, with `name` beside.

        A file's ending may stand after the name.
        """
        return self._remembered(("transcript", name), lambda: self._transcript(name))

    def _transcript(self, name: str) -> Row:
        stem, dot, ending = name.rpartition(".")
        if not stem or f"{dot}{ending}".lower() not in ENDINGS:
            stem = name
        row = next(
            (
                r
                for r in (
                    records.one(self.connection, "transcript", name=name),
                    records.one(self.connection, "transcript", id=name),
                    records.one(self.connection, "transcript", name=stem),
                )
                if r
            ),
            None,
        )
        if row is None:
            raise UnknownName("transcript", name, self._all("transcript", "name"))
        own = ("id", "transcript_id", "number", "length", "sha256", "row_version")
        columns = (*own, "turns", "pages")
        versions = records.find(
            self.connection, "transcript_version", *columns, transcript_id=row["id"]
        )
        newest = max(versions, key=lambda v: int(v["number"]))
        return {**newest, "name": row["name"]}

    def text(self, transcript_version_id: str) -> str:
        """Return the text of a transcript version."""
        key = ("text", transcript_version_id)
        row = self._remembered(
            key,
            lambda: records.by_ids(
                self.connection, "transcript_version", [transcript_version_id], "text"
            )[0],
        )
        return str(row["text"])

    def version(self, reference: str | None) -> Row:
        """Return the framework version called name@version, its `reference` beside.

        Without a reference, the only version there is; a bare name means its only version.
        """
        return self._remembered(("version", reference or ""), lambda: self._version(reference))

    def _version(self, reference: str | None) -> Row:
        versions = self.versions()
        if not versions:
            raise UnknownName(
                "framework", reference or "", hint="Add one: workbench framework add PROJECT FILE."
            )
        found = [
            v
            for v in versions
            if reference in (None, v["reference"], v["id"], v["reference"].rpartition("@")[0])
        ]
        shown = [str(v["reference"]) for v in versions]
        if not found:
            raise UnknownName("framework version", str(reference), shown)
        if len(found) > 1:
            raise AmbiguousName(
                "framework version", reference or "the framework", [v["reference"] for v in found]
            )
        return found[0]

    def versions(self) -> list[Row]:
        """Return all framework versions, each with its name@version as `reference`."""
        names = {f["id"]: f["name"] for f in records.find(self.connection, "framework")}
        return [
            {**v, "reference": f"{names[v['framework_id']]}@{v['version']}"}
            for v in records.find(self.connection, "framework_version")
        ]

    def code(self, version: Row, name: str) -> Row:
        """Return the code of a framework version with that number, name or id."""
        key = ("code", str(version["id"]), name)
        return self._remembered(key, lambda: self._code(version, name))

    def _code(self, version: Row, name: str) -> Row:
        return _called("code", name, self.codes(version), version)

    def category(self, version: Row, name: str) -> Row:
        """Return the category of a framework version with that number, name or id."""
        held = records.find(self.connection, "category_version", framework_version_id=version["id"])
        return _called("category", name, held, version)

    def codes(self, version: Row) -> list[Row]:
        """Return the codes of a framework version in its order."""
        key = ("codes", str(version["id"]))
        held = self._remembered(
            key,
            lambda: {
                "rows": sorted(
                    records.find(
                        self.connection, "code_version", framework_version_id=version["id"]
                    ),
                    key=lambda c: int(c["position"]),
                )
            },
        )
        rows: list[Row] = held["rows"]
        return rows

    def by_id_start(self, table: str, part: str) -> Row:
        """Return the live row whose id is, begins with or ends with `part`.

        Eight letters do; rows made in the same minute share their first, so that the
        last ones tell more.
        """
        return self._remembered((table, part), lambda: self.of_kinds((table,), part)[1])

    def of_kinds(self, tables: Sequence[str], part: str) -> tuple[str, Row]:
        """Return the kind and the row of the one live row, of some kinds, with that id.

        Raises:
            BadValue: `part` is no id and too short to tell one.
            UnknownName: no row has such an id.
            AmbiguousName: several have, of one kind or of several.
        """
        for table in tables:
            row = records.one(self.connection, table, id=part)
            if row is not None:
                return table, row
        spoken = [t.replace("_", " ") for t in tables]
        kinds = " or ".join(filter(None, (", ".join(spoken[:-1]), spoken[-1])))
        if len(part) < 8:
            raise BadValue(f"The id of a {kinds}", part, "the whole id, or its last 8 letters")
        found = {
            str(row["id"]): (table, row)
            for table in tables
            for look in (records.starting_with, records.ending_with)
            for row in look(self.connection, table, part)
        }
        if not found:
            raise UnknownName(kinds, part)
        if len(found) > 1:
            hint = "Give the whole id, or its last 8 letters."
            raise AmbiguousName(kinds, part, found, hint=hint)
        return next(iter(found.values()))

    def node(self, name: str, ladder: str | None = None) -> Row:
        """Return the node of that label or id, in one ladder where labels recur."""
        within: dict[str, Any] = {"ladder_id": ladder} if ladder else {}
        return self._remembered(("node", name, ladder or ""), lambda: self._node(name, within))

    def _node(self, name: str, within: dict[str, Any]) -> Row:
        found = records.find(self.connection, "node", label=name, **within)
        if not found:
            found = records.find(self.connection, "node", id=name)
        if len(found) > 1:
            raise AmbiguousName("node", name, [f"{n['label']} (id {n['id']})" for n in found])
        if not found:
            raise UnknownName("node", name, self._all("node", "label"))
        return found[0]


def _called(thing: str, name: str, held: Sequence[Row], version: Row) -> Row:
    """Return the code or category of a framework version with that id, number or name."""
    said: tuple[Callable[[Row], bool], ...] = (
        lambda c: bool(c[f"{thing}_id"] == name),
        lambda c: name in (c["number"], c["name"]),
        lambda c: bool(c["name"].casefold() == name.casefold()),
    )
    for answers in said:
        found = [c for c in held if answers(c)]
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousName(thing, name, [f"{c['number']} {c['name']}" for c in found])
    known = [str(c["name"]) for c in held]
    raise UnknownName(thing, name, known, hint=f"The framework is {version['reference']}.")
