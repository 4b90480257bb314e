"""Trace: from any cell, statement, node or link down to the words, by look-up.

A trace is a tree of steps. Each step says what it is, in whose words, by whom and when
it was made; the leaves are quotations with their place.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.engine import Connection

from workbench.errors import UnknownName
from workbench.model.ladder import LadderTemplate, template_of
from workbench.model.link import STANCES
from workbench.model.transcript import at_time
from workbench.project import blindness
from workbench.project.cell_codings import CellCodings
from workbench.project.chain_step import Step
from workbench.project.decided_by_two import Decided
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import frames as stored
from workbench.store import history, passages, records
from workbench.store.records import Row

TRACEABLE = ("cell", "statement", "coding", "node", "link", "finding", "case", "cell_decision")
UNCITED = "it stands in this cell, cited by no statement"


def trace(project: Project, thing: str, *, framework: str | None = None) -> Step:
    """Return what a thing rests on, down to the quotes.

    `thing` is the id of a cell, statement, coding, node, link, finding, case or decision of
    charting by two (its last 8 letters do), the label of a node, the title of a finding, or a
    cell as “case × code” (or “case x code”). A statement that was decided by two, and its cell,
    lead to the decision with both versions; farther up the decision stands alone, with its id.

    Raises:
        UnknownName: nothing answers to it.
    """
    with project.reading() as connection:
        return _Tracer(connection).of(thing, framework)


@dataclass(frozen=True, slots=True)
class _Below:
    """What stands below one node: nodes by id, edges by parent, steps of statements by node."""

    template: LadderTemplate
    nodes: dict[str, Row]
    edges: dict[str, list[Row]]
    fed: dict[str, list[Step]]


class _Tracer:
    """One trace within one reading transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection, self.names = connection, Names(connection)
        self.decided = Decided(connection, self.codings)
        self._acts: dict[int, dict[str, str]] = {}
        self._coded: dict[tuple[str, str], str] = {}
        self._runs: dict[str, Row] = {}

    def of(self, thing: str, framework: str | None) -> Step:
        """Find what is meant and trace it."""
        if records.find(self.connection, "node", "id", label=thing):
            return self.node(self.names.node(thing))
        claimed = records.one(self.connection, "finding", title=thing)
        if claimed is not None:
            return self.finding(claimed)
        for case, code in self._as_cells(thing):
            return self.cell_of(case, code, framework)
        found = self._by_id(thing)
        if found is not None:
            kind, row = found
            step: Step = getattr(self, kind)(row)
            return step
        return self._unknown(thing)

    def _as_cells(self, thing: str) -> list[tuple[str, str]]:
        """Return the ways to read a thing as “case × code”, one with a known case first.

        A case may have such a sign in its own name.
        """
        signs = re.finditer(r"\s+[×x]\s+", thing)
        ways = [(thing[: s.start()], thing[s.end() :]) for s in signs]
        return sorted(ways, key=lambda way: not self._is_case(way[0]))

    def _is_case(self, name: str) -> bool:
        return records.exists(self.connection, "case", label=name)

    def _unknown(self, thing: str) -> Step:
        try:
            return self.node(self.names.node(thing))
        except UnknownName as error:
            hint = "Give an id, a finding, the label of a node, or a cell as “case × code”."
            raise UnknownName("thing to trace", thing, error.near, hint=hint) from None

    def _by_id(self, thing: str) -> tuple[str, Row] | None:
        """Return the kind and row of an id, or of a part that only one row has."""
        if not re.fullmatch(r"[0-9a-f-]{8,36}", thing):
            return None
        try:
            kind, row = self.names.of_kinds(TRACEABLE, thing)
        except UnknownName:
            return None
        if kind == "coding" and row["run_id"] in blindness.shut(self.connection):
            return None
        return kind, row

    def _made(self, row: Row) -> dict[str, Any]:
        seq = int(row["made_in"])
        if seq not in self._acts:
            self._acts[seq] = history.made_by(self.connection, seq)
        return self._acts[seq]

    def coding(self, row: Row) -> Step:
        """Trace one coding: the words themselves."""
        return self.codings([row["id"]])[0]

    def codings(self, ids: Sequence[str], reason: str = "") -> tuple[Step, ...]:
        """Return a step for each coding, in the order of their places."""
        if not ids:
            return ()
        quoted = stored.quotes(self.connection, ids)
        held = {r["id"]: r for r in records.by_ids(self.connection, "coding", ids)}
        rows = quoted.to_dict("records")
        places = [(r["transcript_version_id"], r["start"]) for r in rows]
        steps = []
        found = passages.in_sources(self.connection, places)
        for row, (begin, page) in zip(rows, found, strict=True):
            coding = held[row["coding_id"]]
            code = self._code_name(coding)
            turn = ""
            if row["turn"] == row["turn"]:
                turn = f", turn {int(row['turn'])}{at_time(begin)}"
            gone = "; this coding was withdrawn" if coding["withdrawn"] else ""
            steps.append(
                Step(
                    what="coding",
                    id=row["coding_id"],
                    text=row["quote"],
                    who=row["coder"],
                    at=self._made(coding)["at"],
                    where=(
                        f"{row['transcript']}{turn}{'' if page is None else f', p. {page}'}"
                        f"{', ' + row['speaker'] if row['speaker'] else ''}, characters "
                        f"{row['start']}-{row['stop']}, coded {code}{gone}"
                    ),
                    reason=reason,
                    withdrawn=bool(coding["withdrawn"]),
                )
            )
        return tuple(steps)

    def _code_name(self, coding: Row) -> str:
        key = (coding["run_id"], coding["code_id"])
        if key not in self._coded:
            run = self._run(coding["run_id"])
            version = self.names.version(run["framework_version_id"])
            code = next(
                (c for c in self.names.codes(version) if c["code_id"] == coding["code_id"]), None
            )
            said = f"{code['number']} {code['name']}".strip() if code else coding["code_id"]
            self._coded[key] = f"{said} ({version['reference']}, run “{run['name']}”)"
        return self._coded[key]

    def _run(self, run_id: str) -> Row:
        if run_id not in self._runs:
            (self._runs[run_id],) = records.by_ids(self.connection, "run", [run_id])
        return self._runs[run_id]

    def statement(self, row: Row) -> Step:
        """Trace one statement to the codings it cites, and to the decision that put it there."""
        (step,) = self.statements([row])
        (decisions,) = self.decided.by_statement([row["id"]]).values()
        return replace(step, under=(*step.under, *map(self.cell_decision, decisions)))

    def cell_decision(self, row: Row) -> Step:
        """Trace a decision of charting by two to both versions."""
        return self.decided.step(row)

    def statements(self, rows: Sequence[Row]) -> list[Step]:
        """Return a step for each statement, with the codings it cites in order of place."""
        cited = records.by_column(
            self.connection,
            "statement_evidence",
            "statement_id",
            [r["id"] for r in rows],
            "coding_id",
        )
        codings = self.codings([e["coding_id"] for es in cited.values() for e in es])
        place = {step.id: n for n, step in enumerate(codings)}
        where = self._cell_names(list(dict.fromkeys(r["cell_id"] for r in rows)))
        return [
            Step(
                what=f"{row['kind']} statement" if row["kind"] != "comment" else "comment",
                id=row["id"],
                text=row["text"],
                where=where[row["cell_id"]],
                under=tuple(
                    codings[n] for n in sorted(place[e["coding_id"]] for e in cited[row["id"]])
                ),
                **self._made(row),
            )
            for row in rows
        ]

    def _cell_names(self, ids: Sequence[str]) -> dict[str, str]:
        """Return how each cell is called, by its id."""
        cells = records.by_ids(self.connection, "cell", ids)
        case_ids = list(dict.fromkeys(c["case_id"] for c in cells))
        cases = records.by_ids(self.connection, "case", case_ids, "id", "label")
        label, said = {c["id"]: c["label"] for c in cases}, {}
        for cell in cells:
            version = self.names.version(cell["framework_version_id"])
            code = self.names.code(version, cell["code_id"])
            named = f"in {label[cell['case_id']]} × {code['name']} ({version['reference']})"
            said[cell["id"]] = named
        return said

    def _case_code(self, cell: Row) -> tuple[Row, Row, Row]:
        version = self.names.version(cell["framework_version_id"])
        return self.names.case(cell["case_id"]), self.names.code(version, cell["code_id"]), version

    def cell(self, row: Row) -> Step:
        """Trace a cell to its statements, to codings no statement cites, and to decisions on it."""
        case, code, version = self._case_code(row)
        return self.cell_of(case["label"], code["code_id"], version["reference"])

    def cell_of(self, case_name: str, code_name: str, framework: str | None) -> Step:
        """Trace the cell of a case and a code, written or not."""
        version = self.names.version(framework)
        case, code = self.names.case(case_name), self.names.code(version, code_name)
        held = records.one(
            self.connection,
            "cell",
            framework_version_id=version["id"],
            case_id=case["id"],
            code_id=code["code_id"],
        )
        statements = records.find(self.connection, "statement", cell_id=held["id"]) if held else []
        steps = self.statements(sorted(statements, key=lambda s: int(s["position"])))
        cited = {i for step in steps for i in step.coding_ids()}
        rest = [i for i in self._codings_at(case, code, version) if i not in cited]
        made = self.decided.of_cell(version["id"], case["id"], code["code_id"])
        return Step(
            what="cell",
            id=held["id"] if held else "",
            text=f"{case['label']} × {code['number']} {code['name']}",
            where=f"in {version['reference']}"
            + (f", marked {held['mark']}" if held and held["mark"] else ""),
            under=(*steps, *self.codings(rest, UNCITED), *map(self.cell_decision, made)),
        )

    def _codings_at(self, case: Row, code: Row, version: Row) -> list[str]:
        """Return ids of the codings that the chart counts in a cell."""
        found = CellCodings(self.connection, version["id"]).at(case["id"], code["code_id"])
        return [str(c["id"]) for c in found]

    def node(self, row: Row) -> Step:
        """Trace a node to the nodes below it, and to the statements that feed it."""
        return self._node(row, self._below(row), frozenset())

    def _below(self, top: Row) -> _Below:
        """Read what stands below a node, a level at a time."""
        nodes, level = {top["id"]: top}, [top["id"]]
        edges: dict[str, list[Row]] = {}
        while level:
            found = records.by_column(self.connection, "node_edge", "parent_id", level)
            edges |= found
            children = dict.fromkeys(e["child_id"] for es in found.values() for e in es)
            level = [i for i in children if i not in nodes]
            nodes |= {n["id"]: n for n in records.by_ids(self.connection, "node", level)}
        feeds = records.by_column(
            self.connection, "node_statement", "node_id", list(nodes), "statement_id"
        )
        ids = list(dict.fromkeys(f["statement_id"] for fs in feeds.values() for f in fs))
        held = records.by_ids(self.connection, "statement", ids)
        live = [h for h in held if not h["withdrawn"]]
        made = self.decided.by_statement([h["id"] for h in live])
        alone = {i: [self.decided.step(d, whole=False) for d in each] for i, each in made.items()}
        steps = {s.id: replace(s, under=(*s.under, *alone[s.id])) for s in self.statements(live)}
        fed = {
            node_id: [steps[f["statement_id"]] for f in fs if f["statement_id"] in steps]
            for node_id, fs in feeds.items()
        }
        ladder = records.by_ids(self.connection, "ladder", [top["ladder_id"]])[0]
        return _Below(template_of(ladder["template"]), nodes, edges, fed)

    def _node(self, row: Row, below: _Below, above: frozenset[str], reason: str = "") -> Step:
        seen, level = above | {row["id"]}, row["level"]
        under = [
            self._node(below.nodes[e["child_id"]], below, seen, e["reason"])
            for e in below.edges[row["id"]]
            if e["child_id"] not in seen
        ]
        return Step(
            what="concept" if level is None else below.template.level_name(int(level)),
            id=row["id"],
            text=row["label"],
            reason=reason,
            under=(*under, *below.fed[row["id"]]),
            **self._made(row),
        )

    def link(self, row: Row) -> Step:
        """Trace a link to the codings for it and against it."""
        ends = {
            n["id"]: n["label"]
            for n in records.by_ids(self.connection, "node", [row["source_id"], row["target_id"]])
        }
        return Step(
            what="link",
            id=row["id"],
            text=f"{ends[row['source_id']]} → {ends[row['target_id']]} ({row['sign']})",
            where=f"on the word of {row['basis'].replace(',', ', ')}",
            under=self._sides("link", row["id"]),
            **self._made(row),
        )

    def finding(self, row: Row) -> Step:
        """Trace a finding to the codings for it and against it, and to the node it is about."""
        about = records.by_ids(self.connection, "node", [row["node_id"]] if row["node_id"] else [])
        return Step(
            what="finding",
            id=row["id"],
            text=row["title"],
            under=(*self._sides("finding", row["id"]), *(self.node(n) for n in about)),
            **self._made(row),
        )

    def _sides(self, table: str, row_id: str) -> tuple[Step, ...]:
        """Return what a link or a finding cites for it and against it, each with its note."""
        sides = []
        for stance in STANCES:
            of = {f"{table}_id": row_id, "stance": stance}
            cited = records.find(self.connection, f"{table}_evidence", **of)
            if cited:
                notes = {str(e["coding_id"]): str(e.get("note", "")) for e in cited}
                codings = self.codings(list(notes))
                under = tuple(replace(step, reason=notes[step.id]) for step in codings)
                live = sum(not step.withdrawn for step in under)
                said = f"{live} coding{'' if live == 1 else 's'}"
                sides.append(Step(f"evidence {stance}", row_id, said, under=under))
        return tuple(sides)

    def case(self, row: Row) -> Step:
        """Trace a case to its written cells."""
        cells = records.find(self.connection, "cell", case_id=row["id"])
        return Step(
            what="case",
            id=row["id"],
            text=row["label"],
            under=tuple(self.cell(c) for c in cells),
            **self._made(row),
        )
