"""What stands in the cells of one framework version follows its codings to another."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from workbench.model.chart import REVIEWED, STALE
from workbench.model.report import ImportReport, LeftOut
from workbench.project.edits.cells import Chart, cite
from workbench.project.edits.indexing import put_finished
from workbench.project.material import Material
from workbench.project.migration import Ways
from workbench.project.names import Names
from workbench.stages.framework.migrating import Fate
from workbench.store import carried, records
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
        cited = records.by_column(
            self.connection, "statement_evidence", "statement_id", [s["id"] for s in fresh]
        )
        to: dict[tuple[str, str], list[tuple[Row, Row, list[str]]]] = {}
        for statement in fresh:
            cell = cells[statement["cell_id"]]
            if cell["code_id"] not in self.fates:
                continue
            ids = [str(e["coding_id"]) for e in cited[statement["id"]]]
            for code, evidence in self._places(statement, cell, ids):
                to.setdefault((cell["case_id"], code), []).append((statement, cell, evidence))
        for (case, code), held in to.items():
            self._write(case, code, held)

    def _places(
        self, statement: Row, cell: Row, cited: Sequence[str]
    ) -> Iterable[tuple[str, list[str]]]:
        """Return the codes that a statement goes to, with the codings it then rests on."""
        fate, comment = self.fates[cell["code_id"]], statement["kind"] == "comment"
        if not comment and self.open.intersection(cited):
            self.done.waiting += 1
            return []
        over = [self.came[i] for i in cited if i in self.came and self.came[i].live]
        if fate.kind == "carried" and (over or comment):
            return [(fate.to[0], [one.coding_id for one in over])]
        found: dict[str, list[str]] = {}
        for one in over:
            found.setdefault(one.code_id, []).append(one.coding_id)
        if statement["kind"] == "verbatim":
            found = {c: ids for c, ids in found.items() if self._says(statement, cell, ids)}
        if not found:
            self.done.unfounded.append(statement["text"])
        return found.items()

    def _says(self, statement: Row, cell: Row, ids: Sequence[str]) -> bool:
        codings = records.by_ids(self.connection, "coding", ids)
        words = (w for c in codings for w in self.chart.codings.words(c, cell["case_id"]))
        return any(statement["text"] in said for said in words)

    def _write(self, case: str, code: str, held: Sequence[tuple[Row, Row, list[str]]]) -> None:
        """Put statements into the cell of a case and a code, behind what stands there."""
        cell, case_row, code_row = self.chart.cell(case, code)
        was_there = bool(cell["written_in"])
        last = records.highest(self.connection, "statement", "position", cell_id=cell["id"])
        for n, (statement, old, evidence) in enumerate(held, last + 1):
            merged = self.fates[old["code_id"]].merged
            column = self.ways.code(self.first["id"], old["code_id"])
            row = {
                "cell_id": cell["id"],
                "position": n,
                "kind": statement["kind"],
                "text": statement["text"],
                "person_id": statement["person_id"],
                "from_id": statement["id"],
                "label": column if merged else statement["label"],
            }
            (made,) = records.insert(self.act, "statement", [row], checked=False)
            cite(self.act, made, evidence)
        self.done.statements += len(held)
        olds = {old["id"]: old for s, old, _ in held if s["kind"] != "comment"}
        if not olds:
            return
        earlier = cell.get("look", "")
        self.chart.written(cell, case_row, code_row)
        looks = [earlier, *(self._look(old) for old in olds.values())]
        look = "; ".join(dict.fromkeys(filter(None, looks)))
        said: dict[str, object] = {"look": look}
        if not look and not was_there and all(self._state(o)[0] == REVIEWED for o in olds.values()):
            said["reviewed_in"] = self.act.seq
        records.update(self.act, "cell", cell["id"], said)

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
