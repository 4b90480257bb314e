"""Charting: statements in cells, with the codings they rest on."""

from collections.abc import Sequence

from workbench.errors import BadValue, Refused
from workbench.model.chart import MARKS, Mark, StatementKind
from workbench.project import blindness
from workbench.project.edits.cells import ALL, Chart, cite_anew, given
from workbench.project.edits.order import put_in_place
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("write statement")
def write_statement(
    act: Act,
    case: str,
    code: str,
    text: str,
    *,
    kind: StatementKind = "summary",
    evidence: Sequence[str] = (ALL,),
    framework: str | None = None,
) -> str:
    """Add a statement to the cell of a case and a code; return its id.

    `evidence` holds ids of codings that lie in the case, or just “all”. A comment needs
    none.
    """
    statement_id = Chart(act, framework).write(case, code, text, kind, given(kind, evidence))
    act.says(f"Wrote in {case} × {code}: “{short(text)}”")
    return statement_id


@edit("change statement")
def change_statement(
    act: Act,
    statement_id: str,
    *,
    text: str | None = None,
    kind: StatementKind | None = None,
    evidence: Sequence[str] | None = None,
    row_version: int | None = None,
) -> None:
    """Change a statement's words, kind or evidence; what is not given stays.

    Raises:
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
    """
    names = Names(act.connection)
    held = names.by_id_start("statement", statement_id)
    cell = names.by_id_start("cell", held["cell_id"])
    chart = Chart(act, cell["framework_version_id"], names)
    case, code = names.case(cell["case_id"]), names.code(chart.version, cell["code_id"])
    old = records.find(act.connection, "statement_evidence", statement_id=held["id"])
    before = [str(e["coding_id"]) for e in old]
    cited = _still_cited(chart, before, case, code, evidence)
    new_text, new_kind = text if text is not None else held["text"], kind or held["kind"]
    chart.refuse_unfounded(new_text, new_kind, cited, case)
    new = {"text": new_text.strip(), "kind": new_kind}
    records.update(act, "statement", held["id"], new, row_version=row_version)
    cite_anew(act, "statement_evidence", held["id"], old, [c["id"] for c in cited])
    if (act.made or act.changed) and {held["kind"], new_kind} != {"comment"}:
        chart.written(cell, case, code)
    act.says(f"Changed a statement in {case['label']} × {code['name']}")


def _still_cited(
    chart: Chart, before: Sequence[str], case: Row, code: Row, evidence: Sequence[str] | None
) -> list[Row]:
    """Return the cited codings; evidence kept as before may since have been withdrawn.

    What is shut to who acts stays cited: nobody takes out what is not shown.
    """
    connection = chart.act.connection
    if evidence is None:
        return records.by_ids(connection, "coding", before)
    unseen = blindness.shut_codings(connection, chart.act.who, before) - set(evidence)
    kept = records.by_ids(connection, "coding", sorted(unseen))
    return [*chart.evidence(evidence, case, code), *kept]


@edit("withdraw statement")
def withdraw_statement(act: Act, statement_id: str) -> None:
    """Take a statement out of its cell; its evidence stays coded."""
    names = Names(act.connection)
    held = names.by_id_start("statement", statement_id)
    cell = names.by_id_start("cell", held["cell_id"])
    version = names.version(str(cell["framework_version_id"]))
    records.withdraw(act, "statement", [held["id"]])
    if held["kind"] != "comment":
        case, code = names.case(cell["case_id"]), names.code(version, cell["code_id"])
        Chart(act, version["reference"], names).written(cell, case, code)
    act.says(f"Withdrew the statement “{short(held['text'])}”")


@edit("move statement")
def move_statement(
    act: Act, statement_id: str, position: int, *, row_version: int | None = None
) -> None:
    """Give a statement another place in its cell, counted from 1, comments included.

    What the cell says stays, and so do its review and its staleness.

    Raises:
        BadValue: the cell has no such place.
        ChangedMeanwhile: somebody else changed the statement after `row_version` was read.
    """
    names = Names(act.connection)
    held = names.by_id_start("statement", statement_id)
    records.as_read("statement", held, row_version)
    rows = records.find(act.connection, "statement", cell_id=held["cell_id"])
    put_in_place(act, "statement", rows, held, position)
    act.says(f"Moved the statement “{short(held['text'])}” to place {position}")


@edit("mark cell")
def mark_cell(
    act: Act,
    case: str,
    code: str,
    mark: Mark | None,
    *,
    framework: str | None = None,
    row_version: int | None = None,
) -> None:
    """Say of an empty cell that it was not asked, or that nothing was said; None unmarks.

    Raises:
        ChangedMeanwhile: somebody else worked on the cell after `row_version` was read (0
            where nobody had).
    """
    chart = Chart(act, framework)
    chart.as_read(case, code, row_version)
    put_mark(chart, case, code, mark)
    act.says(f"Marked {case} × {code} as {mark or 'open'}")


def put_mark(chart: Chart, case: str, code: str, mark: Mark | None) -> None:
    """Do what `mark_cell` does, inside an act that does more.

    Raises:
        Refused: the cell holds statements, or codings say that something was said.
    """
    if mark is not None and mark not in MARKS:
        raise BadValue("The mark of a cell", mark, ", ".join(MARKS))
    cell, case_row, code_row = chart.cell(case, code)
    if mark and chart.statements(cell):
        raise Refused(f"{case} × {code} holds statements, so it cannot be “{mark}”.")
    if mark and chart.codings.at(case_row["id"], code_row["code_id"]):
        raise Refused(f"{case} × {code} has codings, so it cannot be “{mark}”.")
    records.update(chart.act, "cell", cell["id"], {"mark": mark or ""})


@edit("review cell")
def review_cell(
    act: Act,
    case: str,
    code: str,
    *,
    framework: str | None = None,
    row_version: int | None = None,
) -> None:
    """Say that a charted cell was held against its evidence as it stands now.

    Raises:
        ChangedMeanwhile: somebody else wrote in the cell after `row_version` was read.
    """
    chart = Chart(act, framework)
    chart.as_read(case, code, row_version)
    put_review(chart, case, code)
    act.says(f"Reviewed {case} × {code}")


def put_review(chart: Chart, case: str, code: str) -> None:
    """Do what `review_cell` does, inside an act that does more.

    Raises:
        Refused: there is no statement to review.
    """
    cell, case_row, code_row = chart.cell(case, code)
    if not chart.statements(cell):
        raise Refused(f"{case} × {code} holds no statement to review.")
    chart.reviewed(cell, case_row, code_row)
