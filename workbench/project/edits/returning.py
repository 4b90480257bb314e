"""A chart that a colleague worked on in a spreadsheet is taken back."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from workbench.errors import BadValue, Refused
from workbench.model.chart import STATES
from workbench.model.chart_file import (
    ANSWERS,
    Answer,
    BaseCell,
    CellAt,
    CellBack,
    ChartBack,
    Compared,
    Comparison,
    Held,
    What,
    Wording,
    addition_id,
)
from workbench.model.report import ImportReport, counted
from workbench.project.edits.cells import ALL, Chart, cite
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.framework_rows import as_version
from workbench.stages.charting.returning import Conflict, Now, Outcome, Unclear, read, three_way
from workbench.store import foreign, history, records
from workbench.store.history import Act
from workbench.store.records import Row

_COMMENT = "comment"


@edit("take chart back")
def take_chart_back(
    act: Act,
    back: ChartBack,
    *,
    conflicts: Answer | None = None,
    answers: Mapping[str, Answer] | None = None,
) -> ImportReport:
    """Write what a chart says otherwise than when it was exported, and report all of it.

    A statement that only the file changed, has more or has no more is changed, written or
    withdrawn here. One that was changed here too since is left as it is, unless `answers`
    (statement id → “mine”, the project's, “theirs”, the file's, or “both”) or `conflicts`,
    for all others, says which stands. A changed statement keeps its evidence; a new one
    rests on the codings of its cell. What the method forbids is left out and told, cell by
    cell. The report's `chart` has every statement with what it was, is here and in the file.

    Raises:
        Refused: the chart is of another project, or of a framework version that is not here.
        BadValue: an answer is none of the three, or to a statement that the file has not.
    """
    given = dict(answers or {})
    for answer in (*given.values(), *([conflicts] if conflicts else [])):
        if answer not in ANSWERS:
            raise BadValue("The answer to a conflict", answer, " or ".join(ANSWERS))
    _refuse_strange(back, given)
    chart, report = _chart(act, back), ImportReport(back.source)
    report.notes += _notes(act, back, chart)
    for told in back.not_read:
        report.leave_out(told.what, told.why, told.place)
    taking = _Taking(back, chart, report, conflicts, given)
    for at, cell in back.cells.items():
        taking.cell(at, cell, back.base.cells.get(at, BaseCell()))
    report.chart = taking.compared
    came = ", ".join(counted(n, what) for what, n in report.counts.items())
    act.says(f"Took the chart {back.source} back: {came or 'nothing new'}")
    act.report = report.as_dict()
    return report


def _refuse_strange(back: ChartBack, answers: Mapping[str, Answer]) -> None:
    known = {h.statement_id for cell in back.base.cells.values() for h in cell.statements}
    for statement_id in answers:
        if statement_id not in known:
            raise BadValue("The statement of an answer", statement_id, f"one of {back.source}")


def _chart(act: Act, back: ChartBack) -> Chart:
    origin = back.base.origin
    if history.first(act.connection) != origin.project_id:
        raise Refused(
            f"{back.source} was exported from another project, so nobody can tell what is new in "
            "it. Take it back into the project that it is from, or into a copy of that."
        )
    if not records.exists(act.connection, "framework_version", id=origin.version_id):
        raise Refused(
            f"{back.source} is the chart of {back.base.framework}, which is no more in this "
            "project. Bring that framework version back first (undo)."
        )
    return Chart(act, origin.version_id)


def _notes(act: Act, back: ChartBack, chart: Chart) -> list[str]:
    """Return what is to be known of the chart as a whole."""
    notes = []
    version = as_version(act.connection, chart.version)
    if (version.sha256 or version.content_hash()) != back.base.framework_hash:
        notes.append(f"{chart.version['reference']} was changed since the chart was exported.")
    if back.base.origin.act_id not in foreign.past(act.connection).known:
        notes.append(
            f"{back.source} was exported from a copy with work that is not here, and what was "
            "written there alone counts as withdrawn here. Merge that copy first."
        )
    return notes


@dataclass(slots=True)
class _Taking:
    """One file on its way in, cell by cell."""

    back: ChartBack
    chart: Chart
    report: ImportReport
    conflicts: Answer | None
    answers: Mapping[str, Answer]
    compared: Comparison = field(default_factory=Comparison)
    cases: dict[str, Row] = field(init=False)
    codes: dict[str, Row] = field(init=False)
    _here: dict[CellAt, list[Held]] = field(init=False)

    def __post_init__(self) -> None:
        """Read what is here, all at once."""
        connection, version = self.chart.act.connection, self.chart.version
        self.cases = {c["id"]: c for c in records.find(connection, "case")}
        self.codes = {c["code_id"]: c for c in self.chart.names.codes(version)}
        cells = records.find(connection, "cell", framework_version_id=version["id"])
        at = {c["id"]: (c["case_id"], c["code_id"]) for c in cells}
        columns = ("id", "kind", "text", "label", "position")
        said = records.by_column(connection, "statement", "cell_id", list(at), *columns)
        self._here = defaultdict(list)
        for cell_id, rows in said.items():
            rows.sort(key=lambda s: (s["position"], s["id"]))
            self._here[at[cell_id]] += [
                Held(s["id"], s["kind"], s["text"], s["label"]) for s in rows
            ]

    def cell(self, at: CellAt, back: CellBack, base: BaseCell) -> None:
        """Take one cell in, as far as that is possible."""
        lines = list(back.lines)
        if base.words and lines and lines[0].text.strip() == base.words:
            lines = lines[1:]
        try:
            now = read(base.statements, lines)
        except Unclear as unclear:
            self.report.leave_out("cells", str(unclear), back.place)
            return
        case, code = self.cases.get(at[0]), self.codes.get(at[1])
        if case is None or code is None:
            if [n[:3] for n in now] != [h[:3] for h in base.statements]:
                gone = "case" if case is None else "code"
                self.report.leave_out("cells", f"the {gone} was withdrawn since", back.place)
            return
        here = self._here[at]
        now = self._identified(at, base, now)
        known = {h.statement_id for h in base.statements}
        taken = self.taken(n.statement_id for n in now if n.statement_id not in known)
        found = three_way(base.statements, here, now, taken)
        self.compared.same += found.same
        if not found.nothing or found.changed_here or found.order_unclear:
            _Cell(self, at, back.place, case, code, base.statements, here).take(found, now)

    def _identified(self, at: CellAt, base: BaseCell, now: Sequence[Now]) -> list[Now]:
        """Return the statements of a cell, the new ones with the ids that they get."""
        origin, seen, found = self.back.base.origin, Counter[Wording](), []
        for said in now:
            if not said.statement_id:
                wording = Wording(said.kind, said.text)
                seen[wording] += 1
                said = said._replace(statement_id=addition_id(origin, at, wording, seen[wording]))
            found.append(said)
        return found

    def taken(self, ids: Iterable[str]) -> set[str]:
        """Return which of these additions came in before, unless that was undone."""
        connection = self.chart.act.connection
        rows = records.by_ids(connection, "statement", [*ids], "id", "withdrawn", "changed_in")
        return {
            row["id"]
            for row in rows
            if not row["withdrawn"] or history.kind_of(connection, row["changed_in"]) != "undo"
        }


@dataclass(slots=True)
class _Cell:
    """One cell in which a file, or the project since, says something else than before."""

    taking: _Taking
    at: CellAt
    place: str
    case: Row
    code: Row
    base: Sequence[Held]
    here: Sequence[Held]
    _written: bool = False
    """Whether what the participants say changed, and not only a comment."""

    def take(self, found: Outcome, now: Sequence[Now]) -> None:
        """Write what is to be written, and tell what is not."""
        report, beside = self.taking.report, dict[str, Now]()
        for conflict in found.conflicts:
            self._settle(conflict, found, beside)
        changed = [n for n in found.changed if self._change(n)]
        held = {h.statement_id: h for h in self.here}
        withdrawn = records.withdraw(self._act, "statement", found.withdrawn)
        self._written |= any(held[i].kind != _COMMENT for i in found.withdrawn)
        order = [h.statement_id for h in self.here if h.statement_id not in found.withdrawn]
        order += [n.statement_id for n in changed if n.statement_id not in order]
        if found.order:
            self._reorder(order, found.order)
            report.count("orders of statements")
        if found.order_unclear:
            report.leave_out("orders of statements", "changed here and in the file", self.place)
        added = self._add(found.added, now, order)
        kept = self._keep_beside(beside, order)
        for number, what in (
            (len(changed), "changed statements"),
            (len(added) + kept, "new statements"),
            (withdrawn, "withdrawn statements"),
        ):
            if number:
                report.count(what, number)
        self._put_order(order)
        told = {c.base.statement_id for c in found.conflicts}
        self.taking.compared.rows += [
            *(
                self._row("changed", n.statement_id, n)
                for n in changed
                if n.statement_id not in told
            ),
            *(self._row("new", "", n) for n in added),
            *(self._row("withdrawn", i, None) for i in found.withdrawn if i not in told),
            *(self._here_alone(i, now) for i in found.changed_here),
        ]
        cell = self.taking.chart.held(self.case, self.code)
        if self._written and cell:
            self.taking.chart.written(cell, self.case, self.code)

    @property
    def _act(self) -> Act:
        return self.taking.chart.act

    def _settle(self, conflict: Conflict, found: Outcome, beside: dict[str, Now]) -> None:
        """Note in `found` and `beside` what an answer asks for; tell the conflict."""
        statement_id, said = conflict.base.statement_id, conflict.file
        answer = self.taking.answers.get(statement_id, self.taking.conflicts)
        again = self._as_second(statement_id, said) if said and conflict.here else None
        if again and self.taking.taken([again.statement_id]):
            if answer in (None, "both"):
                answer, again = "both", None
        elif answer is None:
            self.taking.report.count("open conflicts")
        elif answer == "both" and again:
            beside[statement_id] = again
        if answer == "mine" or (answer == "both" and not said):
            self.taking.report.count("conflicts without change")
        elif answer == "theirs" and said is None:
            found.withdrawn.append(statement_id)
        elif said and (answer == "theirs" or (answer == "both" and not conflict.here)):
            there = records.by_ids(self._act.connection, "statement", [statement_id], "id")
            (found.changed if there else found.added).append(said)
        row = self._row("conflict", statement_id, said)
        self.taking.compared.rows.append(row._replace(answer=answer))

    def _as_second(self, statement_id: str, said: Now) -> Now:
        """Return the file's words for a statement as one of their own beside it."""
        origin, wording = self.taking.back.base.origin, Wording(said.kind, said.text)
        own = addition_id(origin, self.at, wording, beside=statement_id)
        return said._replace(statement_id=own)

    def _keep_beside(self, beside: Mapping[str, Now], order: list[str]) -> int:
        """Write statements each after the one that it is kept beside; return how many."""
        done = 0
        for statement_id, said in beside.items():
            if self._write(said):
                order.insert(order.index(statement_id) + 1, said.statement_id)
                done += 1
        return done

    def _row(self, what: What, statement_id: str, file: Now | None) -> Compared:
        """Return a statement with all that is said of it."""
        return Compared(
            what,
            statement_id,
            str(self.case["label"]),
            str(self.code["name"]),
            self.place,
            _wording(self.base, statement_id),
            _wording(self.here, statement_id),
            file and Wording(file.kind, file.text),
        )

    def _here_alone(self, statement_id: str, now: Sequence[Now]) -> Compared:
        """Return a statement that the project alone changed; an addition was as in the file."""
        file = next((n for n in now if n.statement_id == statement_id), None)
        row = self._row("changed here", statement_id, file)
        return row if row.was else row._replace(was=row.file)

    def _refused(self, text: str, error: Refused) -> None:
        why = str(error)
        self.taking.report.leave_out("statements", why, f"{self.place}, “{short(text)}”")

    def _change(self, new: Now) -> bool:
        """Give a statement the words and kind of the file; restore it if it was withdrawn here."""
        chart, connection = self.taking.chart, self._act.connection
        find = records.find(connection, "statement_evidence", statement_id=new.statement_id)
        cited = records.by_ids(connection, "coding", [e["coding_id"] for e in find])
        fresh: list[Row] = []
        try:
            if not cited and new.kind != _COMMENT:
                cited = fresh = self._evidence(new)
            chart.refuse_unfounded(new.text, new.kind, cited, self.case)
        except Refused as error:
            self._refused(new.text, error)
            return False
        (row,) = records.by_ids(connection, "statement", [new.statement_id], "kind")
        records.restore(self._act, "statement", [new.statement_id])
        said = {"text": new.text, "kind": new.kind}
        records.update(self._act, "statement", new.statement_id, said)
        cite(self._act, new.statement_id, [c["id"] for c in fresh])
        self._written |= {row["kind"], new.kind} != {_COMMENT}
        return True

    def _evidence(self, new: Now) -> list[Row]:
        """Return the codings of the cell, of a verbatim statement those that hold its words."""
        chart = self.taking.chart
        if new.kind == _COMMENT:
            return []
        found = chart.evidence([ALL], self.case, self.code)
        if new.kind != "verbatim":
            return found
        holds = [
            c
            for c in found
            if any(new.text in words for words in chart.codings.words(c, self.case["id"]))
        ]
        return holds or found

    def _add(self, added: Sequence[Now], now: Sequence[Now], order: list[str]) -> list[Now]:
        """Write the new statements, each after the one that it follows in the file."""
        before, made = "", list[Now]()
        for said in now:
            if said in added and self._write(said):
                order.insert(order.index(before) + 1 if before else 0, said.statement_id)
                made.append(said)
            if said.statement_id in order:
                before = said.statement_id
        return made

    def _write(self, new: Now) -> bool:
        """Write a new statement, or tell why that may not be."""
        chart = self.taking.chart
        try:
            if new.text.casefold() in STATES:
                raise Refused(
                    f"“{new.text}” is the state of a cell and no statement; “workbench mark” sets "
                    "it"
                )
            cited = self._evidence(new)
            chart.refuse_unfounded(new.text, new.kind, cited, self.case)
        except Refused as error:
            self._refused(new.text, error)
            return False
        cell = chart.cell(self.case["id"], self.code["code_id"])[0]
        highest = records.highest(self._act.connection, "statement", "position", cell_id=cell["id"])
        row = {
            "id": new.statement_id,
            "cell_id": cell["id"],
            "position": highest + 1,
            "kind": new.kind,
            "text": new.text,
            "person_id": put_person(self._act, self._act.who),
        }
        if records.restore(self._act, "statement", [new.statement_id]):
            records.update(self._act, "statement", new.statement_id, row)
        else:
            records.insert(self._act, "statement", [row])
        cite(self._act, new.statement_id, [c["id"] for c in cited])
        self._written |= new.kind != _COMMENT
        return True

    @staticmethod
    def _reorder(order: list[str], wanted: Sequence[str]) -> None:
        """Put those that are wanted in another order into the places that they have."""
        there = [i for i in wanted if i in order]
        places = [n for n, i in enumerate(order) if i in there]
        for n, statement_id in zip(places, there, strict=True):
            order[n] = statement_id

    def _put_order(self, order: Sequence[str]) -> None:
        """Number the statements of the cell, where these are in another order than that."""
        rows = records.by_ids(self._act.connection, "statement", order, "id", "position")
        held = {r["id"]: r["position"] for r in rows}
        if [*order] == sorted(order, key=lambda i: (held[i], i)):
            return
        for position, statement_id in enumerate(order, 1):
            records.update(self._act, "statement", statement_id, {"position": position})


def _wording(held: Sequence[Held], statement_id: str) -> Wording | None:
    """Return what a statement says among others, if it is there."""
    return next((Wording(h.kind, h.text) for h in held if h.statement_id == statement_id), None)
