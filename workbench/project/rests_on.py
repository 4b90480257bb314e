"""What rests on a thing: the chain from the words upwards, by look-up.

A coding carries statements, links, findings and quotations of reports; statements feed
nodes; nodes carry the nodes above them, links and findings. Statements of own versions, in
charting by two, lead to the decision on their cell. The steps are those of `trace`, read the
other way: `under` holds what rests on a step.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from workbench.model.ladder import template_of
from workbench.model.transcript import at_time, on_page
from workbench.project import blindness
from workbench.project.chain_step import OWN_VERSION, Step
from workbench.project.decided_by_two import Decided
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import history, passages, records
from workbench.store.records import Row

SPEAKING = {"for": "the words speak for it", "against": "the words speak against it"}
LOOKED_UP = ("coding", "statement", "cell", "node", "link", "finding")


def rests_on(project: Project, thing: str) -> Step:
    """Return a thing with all that rests on it, up to themes, links and findings.

    `thing` is the id of a coding, statement, cell, node, link or finding (its last 8 letters
    do), or the label of a node.

    Raises:
        UnknownName: nothing answers to it.
    """
    with project.reading() as connection:
        return _Climb(connection).of(thing)


class _Climb:
    """One climb within one reading transaction; every node is climbed once."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.names = connection, Names(connection)
        self._nodes: dict[str, Step] = {}
        self._levels: dict[str, Any] = {}

    def of(self, thing: str) -> Step:
        if records.find(self.connection, "node", "id", label=thing):
            return self.node(self.names.node(thing))
        kind, row = self.names.of_kinds(LOOKED_UP, thing)
        step: Step = getattr(self, kind)(row)
        return step

    def _step(self, what: str, row: Row, text: str, *over: Step, where: str = "") -> Step:
        made = history.made_by(self.connection, int(row["made_in"]))
        return Step(what, row["id"], text, made["who"], made["at"], where, under=over)

    def _tied(self, ties: Sequence[Row], column: str, table: str) -> list[tuple[Row, Row]]:
        """Return the live rows that ties lead to, each with its tie."""
        rows = records.by_ids(self.connection, table, [str(t[column]) for t in ties])
        held = {r["id"]: r for r in rows if not r["withdrawn"]}
        return [(t, held[t[column]]) for t in ties if t[column] in held]

    def coding(self, row: Row) -> Step:
        """Climb from words: statements, links, findings and reports that cite them."""
        (at,) = passages.of_ids(self.connection, [row["id"]])
        turn = f", turn {at.turn}{at_time(at.begin_ms)}" if at.turn else ""
        return self._step(
            "coding",
            row,
            row["quote"],
            *self._statements(row["id"]),
            *self._own_statements(row["id"]),
            *self._cited_by("link", row["id"]),
            *self._cited_by("finding", row["id"]),
            *self._quoted(coding_id=row["id"]),
            where=f"{at.transcript}{turn}{on_page(at.page)}",
        )

    def _statements(self, coding_id: str) -> list[Step]:
        ties = records.find(self.connection, "statement_evidence", coding_id=coding_id)
        return [self.statement(s) for _, s in self._tied(ties, "statement_id", "statement")]

    def _own_statements(self, coding_id: str) -> list[Step]:
        """Return the statements of own versions that cite a coding.

        A version that is shut to who reads is not there: that it cites the words is shut too.
        """
        ties = records.find(self.connection, "own_evidence", coding_id=coding_id)
        shut = blindness.shut_own_cells(self.connection)
        found = self._tied(ties, "own_statement_id", "own_statement")
        return [self._own(s) for _, s in found if s["own_cell_id"] not in shut]

    def _own(self, row: Row) -> Step:
        """Climb from a statement of an own version: its cell, and the decision on that."""
        own = self._row("own_cell", row["own_cell_id"])
        place = self._row("charting_round_cell", own["charting_round_cell_id"])
        of = self._row("charting_round", place["charting_round_id"])
        made = records.one(self.connection, "cell_decision", charting_round_cell_id=place["id"])
        taken = made is not None and records.exists(
            self.connection,
            "decided_statement",
            cell_decision_id=made["id"],
            own_statement_id=row["id"],
        )
        where, fate = f"in the round of charting “{of['name']}”, not decided yet", ""
        if made:
            where = f"in the round of charting “{of['name']}”"
            fate = "taken into the chart" if taken else "not taken into the chart"
        version = Step(
            OWN_VERSION,
            own["id"],
            self._cell_name(place | {"framework_version_id": of["framework_version_id"]}),
            where=where,
            under=(Decided(self.connection).step(made, whole=False),) if made else (),
        )
        return Step(
            f"own {row['kind']}",
            row["id"],
            row["text"],
            who=self._row("person", own["person_id"])["handle"],
            at=history.made_by(self.connection, int(row["made_in"]))["at"],
            where=fate,
            under=(version,),
        )

    def _row(self, table: str, row_id: str) -> Row:
        (row,) = records.by_ids(self.connection, table, [row_id])
        return row

    def _cited_by(self, table: str, coding_id: str) -> list[Step]:
        """Return the links or findings that cite a coding, for or against."""
        ties = records.find(self.connection, f"{table}_evidence", coding_id=coding_id)
        climb = self.link if table == "link" else self.finding
        return [
            replace(climb(row), reason=SPEAKING[tie["stance"]])
            for tie, row in self._tied(ties, f"{table}_id", table)
        ]

    def _quoted(self, **of: str) -> list[Step]:
        """Return the places of reports that quote a coding, or quote something for a node."""
        rows = records.find(self.connection, "quotation", **of)
        return [
            self._step("quotation", r, f"{r['report']} {r['number']}".strip(), where=r["speaker"])
            for r in rows
        ]

    def statement(self, row: Row) -> Step:
        """Climb from a statement: the nodes that it feeds, and the cell that it stands in."""
        ties = records.find(self.connection, "node_statement", statement_id=row["id"])
        (cell,) = records.by_ids(self.connection, "cell", [row["cell_id"]])
        kind = "comment" if row["kind"] == "comment" else f"{row['kind']} statement"
        nodes = [
            replace(self.node(n), reason=t["reason"])
            for t, n in self._tied(ties, "node_id", "node")
        ]
        place = self._step("cell", cell, self._cell_name(cell))
        return self._step(kind, row, row["text"], place, *nodes)

    def cell(self, row: Row) -> Step:
        """Climb from a cell: its statements and what they feed."""
        rows = records.find(self.connection, "statement", cell_id=row["id"])
        rows.sort(key=lambda s: int(s["position"]))
        above = [self.statement(s) for s in rows]
        without = [replace(s, under=tuple(u for u in s.under if u.what != "cell")) for s in above]
        return self._step("cell", row, self._cell_name(row), *without)

    def _cell_name(self, cell: Row) -> str:
        version = self.names.version(cell["framework_version_id"])
        code = self.names.code(version, cell["code_id"])
        case = self.names.case(cell["case_id"])
        return f"{case['label']} × {code['number']} {code['name']}"

    def node(self, row: Row) -> Step:
        """Climb from a node: the nodes over it, its links, the findings about it."""
        if row["id"] not in self._nodes:
            ties = records.find(self.connection, "node_edge", child_id=row["id"])
            over = [
                replace(self.node(n), reason=t["reason"])
                for t, n in self._tied(ties, "parent_id", "node")
            ]
            links = [
                self.link(link)
                for end in ("source_id", "target_id")
                for link in records.find(self.connection, "link", **{end: row["id"]})
            ]
            about = records.find(self.connection, "finding", node_id=row["id"])
            findings = [self.finding(f) for f in about]
            quoted = self._quoted(node_id=row["id"])
            what = self._level_name(row)
            self._nodes[row["id"]] = self._step(
                what, row, row["label"], *over, *links, *findings, *quoted
            )
        return self._nodes[row["id"]]

    def _level_name(self, row: Row) -> str:
        if row["level"] is None:
            return "concept"
        ladder = row["ladder_id"]
        if ladder not in self._levels:
            (held,) = records.by_ids(self.connection, "ladder", [ladder], "template")
            self._levels[ladder] = template_of(held["template"])
        name: str = self._levels[ladder].level_name(int(row["level"]))
        return name

    def link(self, row: Row) -> Step:
        """Climb from a link: nothing rests on it but what its nodes carry."""
        ends = records.by_ids(self.connection, "node", [row["source_id"], row["target_id"]])
        label = {n["id"]: n["label"] for n in ends}
        said = f"{label[row['source_id']]} → {label[row['target_id']]} ({row['sign']})"
        return self._step("link", row, said)

    def finding(self, row: Row) -> Step:
        """Climb from a finding: it is the end of the chain."""
        return self._step("finding", row, row["title"])
