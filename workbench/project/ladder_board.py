"""One ladder as its page shows it: nodes by level, the statements of a column, and their words.

Plain rows without frames: this is read at every step of mapping.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.model.ladder import FIRST_LEVEL, LAST_LEVEL, template_of
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.stages.mapping import standing
from workbench.store import records
from workbench.store.records import Row
from workbench.store.schema import ROWS


class BoardCode(NamedTuple):
    """One column of the chart that has statements; `unused` counts those that feed no node."""

    code_id: str
    name: str
    statements: int
    unused: int


class BoardStatement(NamedTuple):
    """One statement of the chart, with the nodes of the ladder that it feeds."""

    statement_id: str
    case: str
    kind: str
    text: str
    code: str
    nodes: tuple[str, ...]


class BoardNode(NamedTuple):
    """One node, with what stands below it; `parents` in the order in which it came under them."""

    node_id: str
    level: int
    label: str
    note: str
    row_version: int
    cases: int
    statements: int
    parents: tuple[str, ...]
    alone: bool
    bare: bool


class Board(NamedTuple):
    """One ladder with the statements of one code, or of all; `levels` are names by number."""

    ladder: str
    levels: dict[int, str]
    statements: tuple[BoardStatement, ...]
    nodes: tuple[BoardNode, ...]


class Quote(NamedTuple):
    """The words of one coding that a statement rests on."""

    coding_id: str
    words: str
    transcript: str


class Said(NamedTuple):
    """One statement with the words it rests on."""

    statement_id: str
    case: str
    kind: str
    text: str
    code: str
    nodes: tuple[str, ...]
    quotes: tuple[Quote, ...]


class Below(NamedTuple):
    """Statements by case, the first of as many as `of` says."""

    said: tuple[Said, ...]
    of: int


def ladder_of(project: Project, node: str) -> tuple[str, str] | None:
    """Return the name of a node's ladder and the node's id; None where there is no such node."""
    with project.reading() as connection:
        found = records.find(connection, "node", id=node) or records.find(
            connection, "node", label=node
        )
        if len(found) != 1:
            return None
        return str(Names(connection).ladder(found[0]["ladder_id"])["name"]), str(found[0]["id"])


def levels(project: Project, ladder: str) -> dict[int, str]:
    """Return what a ladder calls its levels, from the statements up."""
    with project.reading() as connection:
        return _level_names(Names(connection).ladder(ladder))


class ShownLadder(NamedTuple):
    """What a ladder says of itself; `template` is what `ladder.template_of` reads."""

    id: str
    name: str
    template: str
    objective: str
    row_version: int


def shown_ladder(project: Project, ladder: str) -> ShownLadder:
    """Return what a ladder says of itself.

    Raises:
        UnknownName: there is no such ladder.
    """
    with project.reading() as connection:
        row = Names(connection).ladder(ladder)
    return ShownLadder(**{k: row[k] for k in ShownLadder._fields})


def used_levels(project: Project, ladder: str) -> list[int]:
    """Return the levels on which a ladder has nodes, from the lowest up."""
    with project.reading() as connection:
        of = {"ladder_id": Names(connection).ladder(ladder)["id"]}
        found = {n["level"] for n in records.find(connection, "node", "level", **of)}
    return sorted(int(level) for level in found if level is not None)


def _level_names(ladder: Row) -> dict[int, str]:
    template = template_of(ladder["template"])
    return {n: template.level_name(n) for n in range(FIRST_LEVEL - 1, LAST_LEVEL + 1)}


def columns(project: Project, ladder: str) -> list[BoardCode]:
    """Return the codes that have statements which may feed a ladder, in their order.

    Raises:
        UnknownName: there is no such ladder.
    """
    with project.reading() as connection:
        return _Reader(connection, ladder).codes()


def board(project: Project, ladder: str, code: str | None = None) -> Board:
    """Return a ladder with the statements of one code, by its id, or of all.

    Raises:
        UnknownName: there is no such ladder.
    """
    with project.reading() as connection:
        return _Reader(connection, ladder).board(code)


_MOST = 400
"""Statements that are shown below one node."""


def said(project: Project, ladder: str, statements: Sequence[str]) -> Below:
    """Return statements with the words they rest on; those withdrawn meanwhile are left out."""
    with project.reading() as connection:
        return _Reader(connection, ladder).said(set(statements))


def said_below(project: Project, ladder: str, node: str, most: int = _MOST) -> Below:
    """Return the statements that feed a node or one below it, the first `most` by case."""
    with project.reading() as connection:
        return _Reader(connection, ladder).said_below(node, most)


class _Reader:
    """The rows of one ladder within one reading transaction."""

    def __init__(self, connection: Connection, ladder: str) -> None:
        self.connection = connection
        self.row: Row = Names(connection).ladder(ladder)
        of = {"ladder_id": self.row["id"]}
        found = [n for n in records.find(connection, "node", **of) if n["level"] is not None]
        self.nodes = sorted(found, key=lambda n: (n["level"], n["position"], n["id"]))
        self.parents: dict[str, list[str]] = {str(n["id"]): [] for n in self.nodes}
        for edge in self._of_nodes("node_edge", "child_id", "child_id", "parent_id"):
            if edge["child_id"] in self.parents and edge["parent_id"] in self.parents:
                self.parents[edge["child_id"]].append(edge["parent_id"])
        self.fed: dict[str, list[str]] = defaultdict(list)
        self.feeds: dict[str, list[str]] = defaultdict(list)
        for feed in self._of_nodes("node_statement", "node_id", "node_id", "statement_id"):
            if feed["node_id"] in self.parents:
                self.fed[feed["node_id"]].append(feed["statement_id"])
                self.feeds[feed["statement_id"]].append(feed["node_id"])
        cases = records.find(connection, "case", "id", "label", "position")
        cases.sort(key=lambda c: (c["position"], c["id"]))
        self.case = {str(c["id"]): str(c["label"]) for c in cases}
        self.case_order = {str(c["id"]): at for at, c in enumerate(cases)}

    def _of_nodes(self, table: str, end: str, *columns: str) -> list[Row]:
        t, n = ROWS[table], ROWS["node"]
        query = (
            sa.select(*(t.c[c] for c in columns))
            .join(n, n.c.id == t.c[end])
            .where(~t.c.withdrawn, n.c.ladder_id == self.row["id"])
            .order_by(t.c.id)
        )
        return [dict(r) for r in self.connection.execute(query).mappings()]

    def _statements(self, *columns: str, only: Collection[Any] = ()) -> sa.Select[Any]:
        """Select live statements that may feed the ladder, with case and code beside."""
        s, c = ROWS["statement"], ROWS["cell"]
        query = (
            sa.select(*(s.c[name] for name in columns), c.c.case_id, c.c.code_id)
            .join(c, c.c.id == s.c.cell_id)
            .where(~s.c.withdrawn, ~c.c.withdrawn, *only)
            .order_by(s.c.cell_id, s.c.position, s.c.id)
        )
        version = self.row["framework_version_id"]
        return query if version is None else query.where(c.c.framework_version_id == version)

    def codes(self) -> list[BoardCode]:
        light = self.connection.execute(self._statements("id", "kind")).all()
        names = self._code_names({code for *_, code in light})
        number, unused = dict.fromkeys(names, 0), dict.fromkeys(names, 0)
        for statement, kind, _, code in light:
            if code in names:
                number[code] += 1
                unused[code] += kind != "comment" and statement not in self.feeds
        return [BoardCode(c, name, number[c], unused[c]) for c, name in names.items()]

    def board(self, code: str | None) -> Board:
        light = self.connection.execute(self._statements("id", "kind")).all()
        case_of = {i: case for i, kind, case, _ in light if kind != "comment"}
        levels = {str(n["id"]): int(n["level"]) for n in self.nodes}
        held = standing.standings(levels, self.parents, self.fed, case_of)
        return Board(
            str(self.row["name"]),
            _level_names(self.row),
            self._shown(code, self._code_names({k for *_, k in light})),
            tuple(self._node(n, held[str(n["id"])]) for n in self.nodes),
        )

    def _code_names(self, wanted: Collection[str]) -> dict[str, str]:
        """Return code id → number and name, in the order of the framework."""
        v = ROWS["code_version"]
        query = sa.select(v.c.code_id, v.c.number, v.c.name).where(~v.c.withdrawn)
        version = self.row["framework_version_id"]
        if version is not None:
            query = query.where(v.c.framework_version_id == version)
        rows = self.connection.execute(query.order_by(v.c.made_in, v.c.position, v.c.id)).all()
        return {c: f"{number} {name}".strip() for c, number, name in rows if c in wanted}

    def _shown(self, code: str | None, names: dict[str, str]) -> tuple[BoardStatement, ...]:
        only = () if code is None else (ROWS["cell"].c.code_id == code,)
        query = self._statements("id", "kind", "text", only=only)
        rows = [r for r in self.connection.execute(query).all() if r[3] in self.case]
        place = {code_id: at for at, code_id in enumerate(names)}
        rows.sort(key=lambda r: (place.get(r[4], 0), self.case_order[r[3]]))
        return tuple(
            BoardStatement(i, self.case[case], kind, text, names.get(c, ""), tuple(self.feeds[i]))
            for i, kind, text, case, c in rows
        )

    def _node(self, node: Row, held: standing.Standing) -> BoardNode:
        return BoardNode(
            str(node["id"]),
            int(node["level"]),
            str(node["label"]),
            str(node["note"]),
            int(node["row_version"]),
            len(held.cases),
            len(held.statements),
            tuple(self.parents[str(node["id"])]),
            held.alone,
            held.bare,
        )

    def said_below(self, node: str, most: int) -> Below:
        return self.said(standing.below(self.parents, self.fed).get(node, set()), most)

    def said(self, wanted: set[str], most: int = _MOST) -> Below:
        s = ROWS["statement"]
        ids = sorted(wanted)
        rows: list[Any] = []
        for at in range(0, len(ids), 500):
            only = (s.c.id.in_(ids[at : at + 500]),)
            rows += self.connection.execute(self._statements("id", "kind", "text", only=only)).all()
        rows = [r for r in rows if r[3] in self.case]
        rows.sort(key=lambda r: self.case_order[r[3]])
        of, rows = len(rows), rows[:most]
        names = self._code_names({r[4] for r in rows})
        quotes = self._quotes([r[0] for r in rows])
        found = (
            Said(i, self.case[c], kind, text, names.get(k, ""), tuple(self.feeds[i]), quotes[i])
            for i, kind, text, c, k in rows
        )
        return Below(tuple(found), of)

    def _quotes(self, statements: Sequence[str]) -> dict[str, tuple[Quote, ...]]:
        e, c, v, t = (
            ROWS[n] for n in ("statement_evidence", "coding", "transcript_version", "transcript")
        )
        found: dict[str, list[Quote]] = {one: [] for one in statements}
        for at in range(0, len(statements), 500):
            query = (
                sa.select(e.c.statement_id, c.c.id, c.c.quote, t.c.name)
                .join(c, c.c.id == e.c.coding_id)
                .join(v, v.c.id == c.c.transcript_version_id)
                .join(t, t.c.id == v.c.transcript_id)
                .where(~e.c.withdrawn, ~c.c.withdrawn)
                .where(e.c.statement_id.in_(statements[at : at + 500]))
                .order_by(c.c.start, c.c.id)
            )
            for statement, *quote in self.connection.execute(query):
                found[statement].append(Quote(*quote))
        return {one: tuple(quotes) for one, quotes in found.items()}
