"""A chart that a colleague worked on in a spreadsheet is taken back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from workbench.errors import BadValue, Refused
from workbench.model.chart import STATES
from workbench.model.chart_file import BaseCell, CellAt, CellBack, ChartBack, Held
from workbench.model.report import ImportReport, counted
from workbench.project.edits.cells import ALL, Chart, cite
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.framework_rows import as_version
from workbench.stages.charting.returning import Conflict, Now, Outcome, Unclear, read, three_way
from workbench.store import history, records
from workbench.store.history import Act
from workbench.store.records import Row

Answer = Literal["mine", "theirs"]
"""Which of two texts stands: the project's, or the file's."""
ANSWERS: tuple[Answer, ...] = get_args(Answer)
_COMMENT = "comment"
_HOW_TO_ANSWER = (
    "Open conflicts are left as they are here. Import the file again with --mine (what is here "
    "stands), --theirs (the file) or --answers TABLE (columns statement and answer)."
)


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
    withdrawn here. One that was changed here too since is left as it is and told with both
    texts, unless `answers` (statement id → “mine”, the project's, or “theirs”, the file's)
    or `conflicts`, for all others, says which stands. A changed statement keeps its
    evidence; a new one rests on the codings of its cell. What the method forbids is left
    out and told, cell by cell.

    Raises:
        Refused: the chart is of another project, or of a framework version that is not here.
        BadValue: an answer is neither of the two.
    """
    given = dict(answers or {})
    for answer in (*given.values(), *([conflicts] if conflicts else [])):
        if answer not in ANSWERS:
            raise BadValue("The answer to a conflict", answer, " or ".join(ANSWERS))
    chart, report = _chart(act, back), ImportReport(back.source)
    version = as_version(act.connection, chart.version)
    if (version.sha256 or version.content_hash()) != back.base.framework_hash:
        report.notes.append(
            f"{chart.version['reference']} was changed since the chart was exported."
        )
    for told in back.not_read:
        report.leave_out(told.what, told.why, told.place)
    taking = _Taking(chart, report, conflicts, given)
    for at, cell in back.cells.items():
        taking.cell(at, cell, back.base.cells.get(at, BaseCell()))
    if report.counts.get("open conflicts"):
        report.notes.append(_HOW_TO_ANSWER)
    came = ", ".join(counted(n, what) for what, n in report.counts.items())
    act.says(f"Took the chart {back.source} back: {came or 'nothing new'}")
    act.report = report.as_dict()
    return report


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


@dataclass(slots=True)
class _Taking:
    """One file on its way in, cell by cell."""

    chart: Chart
    report: ImportReport
    conflicts: Answer | None
    answers: Mapping[str, Answer]

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
        if [n[:3] for n in now] == [h[:3] for h in base.statements]:
            return
        case = records.one(self.chart.act.connection, "case", id=at[0])
        codes = {c["code_id"]: c for c in self.chart.names.codes(self.chart.version)}
        if case is None or at[1] not in codes:
            gone = "case" if case is None else "code"
            self.report.leave_out("cells", f"the {gone} was withdrawn since", back.place)
            return
        here = self._here(case, codes[at[1]])
        found = three_way(base.statements, here, now)
        _Cell(self, back.place, case, codes[at[1]], here).take(found, now)

    def _here(self, case: Row, code: Row) -> list[Held]:
        cell = self.chart.held(case, code)
        find, connection = records.find, self.chart.act.connection
        rows = find(connection, "statement", cell_id=cell["id"]) if cell else []
        rows.sort(key=lambda s: (s["position"], s["id"]))
        return [Held(s["id"], s["kind"], s["text"], s["label"]) for s in rows]


@dataclass(slots=True)
class _Cell:
    """One cell into which a file brings something."""

    taking: _Taking
    place: str
    case: Row
    code: Row
    here: Sequence[Held]
    _written: bool = False
    """Whether what the participants say changed, and not only a comment."""

    def take(self, found: Outcome, now: Sequence[Now]) -> None:
        """Write what is to be written, and tell what is not."""
        report = self.taking.report
        for conflict in found.conflicts:
            self._settle(conflict, found)
        changed = [n for n in found.changed if self._change(n)]
        held = {h.statement_id: h for h in self.here}
        withdrawn = records.withdraw(self._act, "statement", found.withdrawn)
        self._written |= any(held[i].kind != _COMMENT for i in found.withdrawn)
        order = [h.statement_id for h in self.here if h.statement_id not in found.withdrawn]
        order += [n.statement_id for n in changed if n.statement_id not in order]
        if found.order:
            self._reorder(order, found.order)
            report.count("cells in another order")
        if found.order_unclear:
            report.leave_out("orders of statements", "changed here and in the file", self.place)
        added = self._add(found.added, now, order)
        for number, what in (
            (len(changed), "changed statements"),
            (added, "new statements"),
            (withdrawn, "withdrawn statements"),
        ):
            if number:
                report.count(what, number)
        self._put_order(order)
        cell = self.taking.chart.held(self.case, self.code)
        if self._written and cell:
            self.taking.chart.written(cell, self.case, self.code)

    @property
    def _act(self) -> Act:
        return self.taking.chart.act

    def _settle(self, conflict: Conflict, found: Outcome) -> None:
        """Do what was answered to a conflict, or tell it with both texts."""
        statement_id = conflict.base.statement_id
        answer = self.taking.answers.get(statement_id, self.taking.conflicts)
        if answer == "mine":
            self.taking.report.count("conflicts left as here")
        elif answer is None:
            self.taking.report.count("open conflicts")
            self.taking.report.notes.append(
                f"{self.case['label']} × {self.code['name']} ({self.place}), statement "
                f"{statement_id}: it was {_said(conflict.base)}, here it is "
                f"{_said(conflict.here)}, in the file {_said(conflict.file)}."
            )
        elif conflict.file is None:
            found.withdrawn.append(statement_id)
        elif records.by_ids(self._act.connection, "statement", [statement_id], "id"):
            found.changed.append(conflict.file)
        else:
            found.added.append(conflict.file)

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

    def _add(self, added: Sequence[Now], now: Sequence[Now], order: list[str]) -> int:
        """Write the new statements, each after the one that it follows in the file."""
        left, before, made = list(added), "", 0
        for said in now:
            if said not in left:
                before = said.statement_id if said.statement_id in order else before
                continue
            left.remove(said)
            statement_id = self._write(said)
            if statement_id:
                order.insert(order.index(before) + 1 if before else 0, statement_id)
                before, made = statement_id, made + 1
        return made

    def _write(self, new: Now) -> str:
        """Write a new statement and return its id; empty, and told, where that may not be."""
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
            return ""
        cell = chart.cell(self.case["id"], self.code["code_id"])[0]
        highest = records.highest(self._act.connection, "statement", "position", cell_id=cell["id"])
        row = {
            "cell_id": cell["id"],
            "position": highest + 1,
            "kind": new.kind,
            "text": new.text,
            "person_id": put_person(self._act, self._act.who),
        }
        (statement_id,) = records.insert(self._act, "statement", [row])
        cite(self._act, statement_id, [c["id"] for c in cited])
        self._written |= new.kind != _COMMENT
        return statement_id

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


def _said(one: Held | Now | None) -> str:
    if one is None:
        return "not there any more"
    return f"“{short(one.text)}” ({one.kind})"
