"""What stands in the cells of one framework version follows its codings to another."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from workbench.model.chart import REVIEWED, STALE
from workbench.model.report import ImportReport, LeftOut
from workbench.project.edits.cells import Chart, cite_several
from workbench.project.edits.indexing import put_finished
from workbench.project.material import Material
from workbench.project.migration import Ways
from workbench.project.names import Names
from workbench.stages.framework.migrating import Fate
from workbench.store import carried, records
from workbench.store.carried import Came
from workbench.store.history import Act
from workbench.store.records import Row


@dataclass(slots=True)
class Followed:
    """What followed, and what stayed where it was."""

    statements: int = 0
    marks: int = 0
    waiting: int = 0
    """Statements that rest on codings which wait for an answer."""
    unfounded: list[str] = field(default_factory=list)
    """Texts of statements of which nothing that they rest on came over."""

    def tell(self, report: ImportReport) -> None:
        """Add this to a report."""
        if self.statements:
            report.count("statements", self.statements)
        if self.marks:
            report.count("marks of cells", self.marks)
        if self.waiting:
            why = "they rest on codings that wait for an answer"
            report.left_out.append(LeftOut("statements", why, self.waiting))
        if self.unfounded:
            why = "nothing that they rest on is coded there, or their code has no single one there"
            report.left_out.append(LeftOut("statements", why, len(self.unfounded)))


def follow(act: Act, names: Names, ways: Ways, first: Row, second: Row) -> Followed:
    """Carry statements, marks and finished transcripts from one version to another.

    A statement goes to the cell of the code that its code leads to, or where that is not
    one, to those of all the codes that its evidence went to, once nothing of that waits.
    """
    names.forget()
    return _Following(act, names, ways, first, second).go()


class _Brought(NamedTuple):
    """A statement on its way, with its old cell and the codings that it then rests on."""

    statement: Row
    cell: Row
    evidence: list[str]


_EMPTY: Row = {
    "mark": "",
    "written_in": 0,
    "reviewed_in": 0,
    "definition_hash": "",
    "seen": "",
    "look": "",
}
"""What a cell says of itself before anything stands in it."""


class _Following:
    def __init__(self, act: Act, names: Names, ways: Ways, first: Row, second: Row) -> None:
        self.act, self.names, self.ways, self.first, self.second = act, names, ways, first, second
        self.connection = act.connection
        self.chart = Chart(act, second["id"], names)
        self.fates = ways.fates(first["id"], second["id"])
        self.done = Followed()
        runs = records.find(self.connection, "run", framework_version_id=second["id"])
        self.runs = [r for r in runs if r["from_id"] and self._is_of(r["from_id"])]
        self.counting = [r for r in self.runs if r["id"] in self.chart.codings.run_ids]
        self.came = {
            source: one
            for run in self.counting
            for source, one in carried.came(self.connection, run["id"]).items()
        }
        self.open = {i for run in self.runs for i in carried.waiting(self.connection, run)}

    def _is_of(self, run_id: str) -> bool:
        (run,) = records.by_ids(self.connection, "run", [run_id])
        return bool(run["framework_version_id"] == self.first["id"])

    def go(self) -> Followed:
        if self.counting:
            self._statements()
            self._marks()
        for run in self.runs:
            self._finish(run)
        return self.done

    # --- statements ---------------------------------------------------------------------

    def _statements(self) -> None:
        of = {"framework_version_id": self.first["id"]}
        cells = {c["id"]: c for c in records.find(self.connection, "cell", **of)}
        place = {code: n for n, code in enumerate(self.fates)}
        by_cell = records.by_column(self.connection, "statement", "cell_id", list(cells))
        there = carried.statements(self.connection, self.second["id"])
        fresh = [s for held in by_cell.values() for s in held if s["id"] not in there]
        fresh.sort(key=lambda s: (place.get(cells[s["cell_id"]]["code_id"], 0), s["position"]))
        cited = self._cited([s["id"] for s in fresh])
        to: dict[tuple[str, str], list[_Brought]] = {}
        for statement in fresh:
            cell = cells[statement["cell_id"]]
            if cell["code_id"] not in self.fates:
                continue
            for code, evidence in self._places(statement, cell, cited[statement["id"]]):
                brought = _Brought(statement, cell, evidence)
                to.setdefault((cell["case_id"], code), []).append(brought)
        self._write(to)

    def _cited(self, statements: Sequence[str]) -> dict[str, list[str]]:
        """Return statement → the codings that it rests on."""
        found = records.by_column(
            self.connection, "statement_evidence", "statement_id", statements, "coding_id"
        )
        return {one: [str(e["coding_id"]) for e in held] for one, held in found.items()}

    def _places(
        self, statement: Row, cell: Row, cited: Sequence[str]
    ) -> Iterable[tuple[str, list[str]]]:
        """Return the codes that a statement goes to, with the codings it then rests on."""
        fate, comment = self.fates[cell["code_id"]], statement["kind"] == "comment"
        if not comment and self.open.intersection(cited):
            self.done.waiting += 1
            return []
        over = self._of_case([self.came[i] for i in cited if i in self.came], cell["case_id"])
        if fate.kind == "carried" and comment:
            return [(fate.to[0], [one.coding_id for one in over])]
        found: dict[str, list[str]] = {}
        for one in over:
            to = fate.to[0] if fate.kind == "carried" else one.code_id
            found.setdefault(to, []).append(one.coding_id)
        moved = fate.kind != "carried" or not all(one.stayed for one in over)
        if statement["kind"] == "verbatim" and moved:
            found = {c: ids for c, ids in found.items() if self._says(statement, cell, ids)}
        if not found:
            self.done.unfounded.append(statement["text"])
        return found.items()

    def _of_case(self, over: Sequence[Came], case_id: str) -> list[Came]:
        """Return the codings that are live, and still of words of a case if they were moved."""
        live = [one for one in over if one.live]
        moved = [one.coding_id for one in live if not one.stayed]
        codings = records.by_ids(self.connection, "coding", moved)
        off = {c["id"] for c in codings if not self.chart.codings.parts(c, case_id)}
        return [one for one in live if one.coding_id not in off]

    def _says(self, statement: Row, cell: Row, ids: Sequence[str]) -> bool:
        codings = records.by_ids(self.connection, "coding", ids)
        words = (w for c in codings for w in self.chart.codings.words(c, cell["case_id"]))
        return any(statement["text"] in said for said in words)

    def _write(self, to: Mapping[tuple[str, str], Sequence[_Brought]]) -> None:
        """Put statements into the cells of cases and codes, behind what stands there."""
        of = {"framework_version_id": self.second["id"]}
        cells = {
            (c["case_id"], c["code_id"]): c for c in records.find(self.connection, "cell", **of)
        }
        written = [cells[place]["id"] for place in to if place in cells]
        stand = records.by_column(self.connection, "statement", "cell_id", written)
        cited = self._cited([s["id"] for held in stand.values() for s in held])
        fresh: list[Row] = []
        changed: dict[str, Row] = {}
        for (case, code), held in to.items():
            cell = cells.get((case, code))
            before = stand[cell["id"]] if cell else []
            ids = [i for s in before if s["kind"] != "comment" for i in cited[s["id"]]]
            said = self._said(case, code, cell or _EMPTY, held, ids)
            if cell is None:
                fresh.append({**of, "case_id": case, "code_id": code, **_EMPTY, **said})
            else:
                changed[cell["id"]] = {n: v for n, v in said.items() if cell[n] != v}
        made = records.insert(self.act, "cell", fresh, checked=False)
        records.update_several(self.act, "cell", {i: v for i, v in changed.items() if v})
        new = {(c["case_id"], c["code_id"]): i for c, i in zip(fresh, made, strict=True)}
        rows: list[Row] = []
        for place, held in to.items():
            cell_id = new.get(place) or cells[place]["id"]
            last = max((s["position"] for s in stand.get(cell_id, ())), default=0)
            rows += [self._row(cell_id, n, one) for n, one in enumerate(held, last + 1)]
        statements = records.insert(self.act, "statement", rows, checked=False)
        evidence = [one.evidence for held in to.values() for one in held]
        cite_several(self.act, zip(statements, evidence, strict=True))
        self.done.statements += len(rows)

    def _row(self, cell_id: str, position: int, brought: _Brought) -> Row:
        statement, old, _ = brought
        merged = self.fates[old["code_id"]].merged
        column = self.ways.code(self.first["id"], old["code_id"])
        return {
            "cell_id": cell_id,
            "position": position,
            "kind": statement["kind"],
            "text": statement["text"],
            "person_id": statement["person_id"],
            "from_id": statement["id"],
            "label": column if merged else statement["label"],
        }

    def _said(
        self, case: str, code: str, cell: Row, held: Sequence[_Brought], cited: Sequence[str]
    ) -> Row:
        """Return what a cell says of itself once it has these statements too.

        `cited` are the codings that its own statements rest on. Comments say nothing.
        """
        olds = {b.cell["id"]: b.cell for b in held if b.statement["kind"] != "comment"}
        if not olds:
            return {}
        brought = [i for b in held if b.statement["kind"] != "comment" for i in b.evidence]
        read = self.chart.read(case, self.names.code(self.chart.version, code), [*cited, *brought])
        looks = [cell["look"], *(self._look(old) for old in olds.values())]
        look = "; ".join(dict.fromkeys(filter(None, looks)))
        said: Row = {"written_in": self.act.seq, "mark": "", **read, "look": look}
        anew = not look and not cell["written_in"]
        if anew and all(self._state(old)[0] == REVIEWED for old in olds.values()):
            said["reviewed_in"] = self.act.seq
        return said

    def _look(self, old: Row) -> str:
        """Say why a cell that has statements of an old one must be looked at again."""
        fate, here = self.fates[old["code_id"]], self.first["reference"]
        called = f"“{self.ways.code(self.first['id'], old['code_id'])}”"
        said = []
        if fate.kind == "choose":
            said.append(f"{called} of {here} is several codes now")
        if fate.kind == "gone":
            said.append(f"{called} of {here} is no code any more")
        if fate.merged:
            said.append(f"{called} of {here} was merged with others")
        if fate.redefined:
            said.append(f"the definition is another than that of {called} of {here}")
        state, reason = self._state(old)
        if state == STALE:
            said.append(f"it was stale in {here}: {reason}")
        return "; ".join(said)

    def _state(self, old: Row) -> tuple[str, str]:
        return self._states.get((old["case_id"], old["code_id"]), ("", ""))

    @cached_property
    def _states(self) -> dict[tuple[str, str], tuple[str, str]]:
        """Case and code → state of the old cell, and why it is so."""
        found = Material(self.connection, self.first["id"]).states
        columns = (found[n] for n in ("case_id", "code_id", "state", "reason"))
        return {(a, b): (s, r) for a, b, s, r in zip(*columns, strict=True)}

    # --- marks and finished transcripts ------------------------------------------------

    def _marks(self) -> None:
        """Mark empty cells as all those that lead there are marked."""
        find, connection = records.find, self.connection
        marks = {
            (c["case_id"], c["code_id"]): str(c["mark"])
            for c in find(connection, "cell", framework_version_id=self.first["id"])
            if c["mark"]
        }
        for code, sources in self._sources().items():
            if any(self.fates[s].redefined for s in sources):
                continue
            for case in {case for case, one in marks if one in sources}:
                said = {marks.get((case, s), "") for s in sources}
                if len(said) == 1 and "" not in said:
                    self._mark(case, code, said.pop())

    def _mark(self, case: str, code: str, mark: str) -> None:
        case_row = self.names.case(case)
        code_row = self.names.code(self.chart.version, code)
        if self.chart.held(case_row, code_row) or self.chart.codings.at(case, code):
            return
        cell, _, _ = self.chart.cell(case, code)
        records.update(self.act, "cell", cell["id"], {"mark": mark})
        self.done.marks += 1

    def _sources(self) -> dict[str, list[str]]:
        """Return code of the new version → codes that lead there."""
        found: dict[str, list[str]] = {}
        for one, fate in self.fates.items():
            for to in fate.to:
                found.setdefault(to, []).append(one)
        return found

    def _finish(self, run: Row) -> None:
        """Mark transcripts as finished in which everything was looked for that is asked now.

        Not where the new version has a code that the old one had not, or with another
        definition, and not while a coding of the transcript waits: silence there would be
        told where nobody has looked.
        """
        codes = {c["code_id"] for c in self.names.codes(self.chart.version)}
        fates: Iterable[Fate] = self.fates.values()
        if codes - self._sources().keys() or any(f.redefined for f in fates):
            return
        wait = records.by_ids(self.connection, "coding", carried.waiting(self.connection, run))
        still = {c["transcript_version_id"] for c in wait}
        done = records.find(self.connection, "finished", run_id=run["from_id"])
        ids = [f["transcript_version_id"] for f in done]
        put_finished(self.act, str(run["id"]), [i for i in ids if i not in still])
