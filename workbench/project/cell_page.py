"""One cell of a chart as a page shows it: its statements and all that stands behind them.

Plain rows without pandas: this is read whenever a cell is chosen.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.model.chart import Differences, differences, seen_codings
from workbench.model.framework import definition_hash
from workbench.project import blindness
from workbench.project.cell_codings import CellCodings
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import history, passages, records
from workbench.store.records import Row
from workbench.store.schema import ROWS

Where = Literal["here", "beside", "gone"]
"""A coding of the cell; one that a statement cites besides; one that was withdrawn since."""
What = Literal["new", "gone", "moved", "recoded"]


class Quoted(NamedTuple):
    """A coding with the case's own words in it (all its words, where no case is meant).

    `words` has one text a stretch: another may speak between two of them.
    """

    coding_id: str
    words: tuple[str, ...]
    transcript: str
    turn: int | None
    speaker: str
    coder: str
    run: str
    code: str
    start: int
    uncertain: bool
    where: Where


class ShownStatement(NamedTuple):
    """One statement of a cell; `who` and `at` are of the act that last changed it."""

    statement_id: str
    kind: str
    text: str
    row_version: int
    evidence: tuple[str, ...]
    label: str
    """The column in which it stood before that was merged with others."""
    who: str
    at: str


class Change(NamedTuple):
    """What became of one coding since the cell was last written or reviewed.

    `before` is what it was then: its words, or the name of its code.
    """

    what: What
    coding_id: str
    before: str
    who: str
    at: str


class CellPage(NamedTuple):
    """One cell; `row_version` is 0 and `mark` empty where nobody has worked in it yet."""

    framework: str
    case_id: str
    case: str
    attributes: tuple[tuple[str, str], ...]
    code_id: str
    number: str
    code: str
    rules: Mapping[str, str]
    row_version: int
    mark: str
    statements: tuple[ShownStatement, ...]
    codings: tuple[Quoted, ...]
    changes: tuple[Change, ...]
    redefined: bool
    rules_before: Mapping[str, str] | None
    """The rules of the code as they were then, where the history has them."""


RULES = ("definition", "use_when", "not_when", "example")


def cell_page(project: Project, framework: str, case: str, code: str) -> CellPage:
    """Return a cell with its statements, its codings and what changed since it was written.

    Raises:
        UnknownName, AmbiguousName: there is no such version, case or code, or several.
    """
    with project.reading() as connection:
        return _Reader(connection, framework).cell(case, code)


def quoted(project: Project, coding_ids: Sequence[str]) -> list[Quoted]:
    """Return codings with their whole words, in order of place: what a figure rests on."""
    with project.reading() as connection:
        held = _quoted_rows(connection, list(coding_ids))
    return [_as_quoted(row, (row["quote"],), "here") for row in held]


Place = tuple[str, int | None]
"""The name of a transcript and the number of a turn in it, if there is one."""


def places(project: Project, statement_ids: Sequence[str]) -> dict[str, list[Place]]:
    """Return for each statement where its live codings stand, each place once, in order."""
    with project.reading() as connection:
        cited = records.by_column(
            connection, "statement_evidence", "statement_id", list(statement_ids), "coding_id"
        )
        ids = list(dict.fromkeys(e["coding_id"] for rows in cited.values() for e in rows))
        held = [r for r in _quoted_rows(connection, ids) if not r["withdrawn"]]
    of: dict[str, list[Place]] = {}
    for statement, rows in cited.items():
        wanted = {e["coding_id"] for e in rows}
        said = ((r["transcript"], r["turn"]) for r in held if r["id"] in wanted)
        of[statement] = list(dict.fromkeys(said))
    return of


class _Reader:
    """The look-ups of one cell within one reading transaction."""

    def __init__(self, connection: Connection, framework: str) -> None:
        self.connection, self.names = connection, Names(connection)
        self.version = self.names.version(framework)
        self.codings = CellCodings(connection, self.version["id"])
        self._acts: dict[int, dict[str, str]] = {}

    def cell(self, case_name: str, code_name: str) -> CellPage:
        case, code = self.names.case(case_name), self.names.code(self.version, code_name)
        held = records.one(
            self.connection,
            "cell",
            framework_version_id=self.version["id"],
            case_id=case["id"],
            code_id=code["code_id"],
        )
        statements = self._statements(held) if held else ()
        here = [c["id"] for c in self.codings.at(case["id"], code["code_id"])]
        differ = self._differences(held, case, here, statements)
        was = self._code_before(held, code) if held and statements else None
        return CellPage(
            str(self.version["reference"]),
            case["id"],
            case["label"],
            self._attributes(case["id"]),
            code["code_id"],
            code["number"],
            code["name"],
            _rules(code),
            held["row_version"] if held else 0,
            held["mark"] if held else "",
            statements,
            self._quotes(case["id"], here, statements),
            self._changes(held, case, differ) if held else (),
            self._redefined(held, code, statements),
            _rules(was) if was else None,
        )

    def _statements(self, cell: Row) -> tuple[ShownStatement, ...]:
        rows = records.find(self.connection, "statement", cell_id=cell["id"])
        rows.sort(key=lambda s: (s["position"], s["id"]))
        cited = records.by_column(
            self.connection, "statement_evidence", "statement_id", [r["id"] for r in rows]
        )
        return tuple(
            ShownStatement(
                r["id"],
                r["kind"],
                r["text"],
                r["row_version"],
                tuple(e["coding_id"] for e in cited[r["id"]]),
                r["label"],
                **self._act(r["changed_in"]),
            )
            for r in rows
        )

    def _act(self, seq: int) -> dict[str, str]:
        if seq not in self._acts:
            self._acts[seq] = history.made_by(self.connection, seq)
        return self._acts[seq]

    def _attributes(self, case_id: str) -> tuple[tuple[str, str], ...]:
        held = records.find(self.connection, "attribute_value", case_id=case_id)
        value = {v["attribute_id"]: v["value"] for v in held}
        known = records.find(self.connection, "attribute")
        known.sort(key=lambda a: (a["position"], a["id"]))
        return tuple((a["name"], value[a["id"]]) for a in known if a["id"] in value)

    def _quotes(
        self, case_id: str, here: Sequence[str], statements: Sequence[ShownStatement]
    ) -> tuple[Quoted, ...]:
        """Return the codings of the cell, then those that its statements cite besides."""
        cited = [i for s in statements for i in s.evidence]
        rows = _quoted_rows(self.connection, list(dict.fromkeys([*here, *cited])))
        found = []
        for row in rows:
            words = self.codings.words(row, case_id)
            gone = row["withdrawn"] or not words
            where: Where = "gone" if gone else "here" if row["id"] in here else "beside"
            name = self._code_name(row["code_id"]) if where == "beside" else ""
            own = tuple(words) or (row["quote"],)
            found.append(_as_quoted(row, own, where)._replace(code=name))
        return tuple(sorted(found, key=lambda q: ("here", "beside", "gone").index(q.where)))

    def _code_name(self, code_id: str) -> str:
        for code in self.names.codes(self.version):
            if code["code_id"] == code_id:
                return f"{code['number']} {code['name']}".strip()
        return ""

    def _differences(
        self,
        held: Row | None,
        case: Row,
        here: Sequence[str],
        statements: Sequence[ShownStatement],
    ) -> Differences:
        if held is None or not _says_something(statements):
            return Differences((), (), ())
        shut = blindness.unseen(self.connection)
        then = [one for one in seen_codings(held["seen"]) if one[0] not in shut]
        rows = records.by_ids(self.connection, "coding", [one[0] for one in then])
        now = {
            r["id"]: self.codings.seen(r, case["id"])
            for r in rows
            if not r["withdrawn"]
            and r["run_id"] in self.codings.run_ids
            and self.codings.parts(r, case["id"])
        }
        return differences(then, here, now)

    def _changes(self, held: Row, case: Row, differ: Differences) -> tuple[Change, ...]:
        then = {one[0]: one for one in seen_codings(held["seen"])}
        ids = [*differ.new, *differ.changed, *differ.gone]
        rows = {r["id"]: r for r in records.by_ids(self.connection, "coding", ids)}
        found = []
        for i in (i for i in ids if i in rows):
            row = rows[i]
            act = self._act(row["made_in"] if i in differ.new else row["changed_in"])
            if i in differ.new:
                found.append(Change("new", i, "", **act))
            elif i in differ.gone:
                found.append(Change("gone", i, row["quote"], **act))
            else:
                _, start, stop, code = then[i]
                if code and code != row["code_id"]:
                    found.append(Change("recoded", i, self._code_name(code), **act))
                if self.codings.seen(row, case["id"])[1:3] != (start, stop):
                    words = self.names.text(row["transcript_version_id"])[start:stop]
                    found.append(Change("moved", i, words, **act))
        return tuple(found)

    def _redefined(self, held: Row | None, code: Row, statements: Sequence[ShownStatement]) -> bool:
        if held is None or not held["definition_hash"] or not _says_something(statements):
            return False
        return bool(held["definition_hash"] != definition_hash(code))

    def _code_before(self, held: Row, code: Row) -> Row | None:
        since = max(held["written_in"], held["reviewed_in"])
        before = history.as_of(self.connection, "code_version", code["id"], since)
        same = before is not None and definition_hash(before) == held["definition_hash"]
        return before if same and held["definition_hash"] != definition_hash(code) else None


def _says_something(statements: Sequence[ShownStatement]) -> bool:
    """Whether the participants speak in a cell; comments are the analyst's."""
    return any(s.kind != "comment" for s in statements)


def _rules(code: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(code[name] or "") for name in RULES}


def _quoted_rows(connection: Connection, ids: Sequence[str]) -> list[Row]:
    """Return codings, live or withdrawn, with names beside their ids, in order of place."""
    c, t, v, p, r = (
        ROWS[n] for n in ("coding", "transcript", "transcript_version", "person", "run")
    )
    found: list[Row] = []
    for at in range(0, len(ids), 500):
        query = (
            sa.select(c, t.c.name.label("transcript"), p.c.handle, r.c.name.label("run"))
            .add_columns(t.c.made_in.label("came_in"), t.c.id.label("transcript_id"))
            .join(v, v.c.id == c.c.transcript_version_id)
            .join(t, t.c.id == v.c.transcript_id)
            .join(p, p.c.id == c.c.person_id)
            .join(r, r.c.id == c.c.run_id)
            .where(c.c.id.in_(list(ids[at : at + 500])))
        )
        found += [dict(row) for row in connection.execute(query).mappings()]
    turns = dict(passages.turns(connection, {row["transcript_version_id"] for row in found}))
    for row in found:
        row["turn"], row["speaker"] = turns[row["transcript_version_id"]].at(row["start"])
    return sorted(found, key=lambda r: (r["came_in"], r["transcript_id"], r["start"], r["id"]))


def _as_quoted(row: Row, words: tuple[str, ...], where: Where) -> Quoted:
    return Quoted(
        row["id"],
        words,
        row["transcript"],
        row["turn"],
        row["speaker"],
        row["handle"],
        row["run"],
        "",
        row["start"],
        bool(row["uncertain"]),
        where,
    )
