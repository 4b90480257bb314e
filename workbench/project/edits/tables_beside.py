"""Tables of what stands beside the chart come in: notes, decisions, quotations, counts."""

from workbench.formats import table_rows
from workbench.formats.tables import Table
from workbench.model.report import ImportReport, counted
from workbench.project.edits import decisions, notes, reporting
from workbench.project.edits.people import put_person
from workbench.project.edits.refs import Refs, cited_rows, node_named, rows_here
from workbench.project.edits.registry import edit
from workbench.project.edits.rowwise import done, each
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act


@edit("import memos")
def import_memos(
    act: Act, table: Table, refs: Refs | None = None, *, framework: str | None = None
) -> ImportReport:
    """Bring in memos; one without a person is the importer's."""
    refs = refs or Refs()
    names = Names(act.connection)
    rows = table_rows.memos(table)
    here = rows_here(act, "memo", "kind", "title", "text", "anchor", "anchor_id", "start", "stop")

    def note(row: table_rows.MemoRow) -> None:
        kind, name = row.anchor or ("project", "")
        anchor_id = _anchored(names, refs, kind, name, framework) if row.anchor else None
        person = row.person or act.who
        place = (kind, anchor_id, row.start, row.stop)
        if here.take((row.kind, row.title, row.text, *place)) is None:
            notes.put_memo(act, row.text, row.kind, row.title, person, *place)

    each(table, rows, note)
    return done(act, table, "memos", len(rows) - here.met, here.met)


def _anchored(names: Names, refs: Refs, kind: str, name: str, framework: str | None) -> str:
    """Return the id of what a memo is anchored to by name, by the ref of a table, or by id."""
    known = {"coding": refs.codings, "statement": refs.statements, "link": refs.links}
    if kind == "case":
        return str(names.case(name)["id"])
    if kind == "transcript_version":
        return str(names.transcript(name)["id"])
    if kind == "framework_version":
        return str(names.version(name)["id"])
    if kind == "code":
        held = records.one(names.connection, "code", id=name)
        return str(held["id"] if held else names.code(names.version(framework), name)["code_id"])
    if kind == "node":
        return str(node_named(names, refs, name)["id"])
    return str(names.by_id_start(kind, known.get(kind, {}).get(name, name))["id"])


@edit("import readings")
def import_readings(act: Act, table: Table) -> ImportReport:
    """Bring in the reading log."""
    names = Names(act.connection)
    rows = table_rows.readings(table)
    here = rows_here(act, "reading", "person_id", "transcript_version_id", "how", "date", "note")

    def entry(row: table_rows.ReadingRow) -> None:
        who, text = put_person(act, row.person), names.transcript(row.transcript)["id"]
        if here.take((who, text, row.how, row.date, row.note)) is None:
            notes.put_reading(act, names, row.transcript, row.person, row.how, row.date, row.note)

    each(table, rows, entry)
    return done(act, table, "readings", len(rows) - here.met, here.met)


@edit("import decisions")
def import_decisions(
    act: Act, table: Table, refs: Refs | None = None, *, run: str | None = None
) -> ImportReport:
    """Bring in what became of codings in consensus runs; `run` holds where a row names none."""
    refs = refs or Refs()
    names = Names(act.connection)
    rows = table_rows.decisions(table)

    def settle(row: table_rows.DecisionRow) -> None:
        (coding,) = cited_rows(names, refs.codings, "coding", [row.coding])
        result = cited_rows(names, refs.codings, "coding", [row.result] if row.result else [])
        held = names.run(row.run or run or "")
        person = row.person or act.who
        became = result[0] if result else None
        decisions.put_decision(act, held, coding, row.outcome, row.reason, person, became)

    each(table, rows, settle)
    return done(act, table, "decisions", len(rows))


@edit("import meetings")
def import_meetings(act: Act, table: Table) -> ImportReport:
    """Bring in decisions of the team with who was there."""
    rows = table_rows.meetings(table)
    here = rows_here(act, "decision_record", "date", "title", "stage", "text")

    def record(row: table_rows.MeetingRow) -> None:
        if here.take((row.date, row.title, row.stage, row.text)) is None:
            notes.put_decision_record(act, row.title, row.text, row.date, row.present, row.stage)

    each(table, rows, record)
    return done(act, table, "meetings", len(rows) - here.met, here.met)


@edit("import quotations")
def import_quotations(act: Act, table: Table, refs: Refs | None = None) -> ImportReport:
    """Bring in the register of the quotations of a report."""
    refs = refs or Refs()
    names = Names(act.connection)
    rows = table_rows.quotations(table)

    def enter(row: table_rows.QuotationRow) -> None:
        (coding,) = cited_rows(names, refs.codings, "coding", [row.coding])
        node = node_named(names, refs, row.node) if row.node else None
        said = (row.speaker, row.participant, row.note)
        reporting.put_quotation(act, coding, row.number, row.report, node, *said)

    each(table, rows, enter)
    return done(act, table, "quotations", len(rows))


@edit("import counts")
def import_counts(act: Act, table: Table) -> ImportReport:
    """Bring in series of counts, such as letters by month and examination."""
    rows = table_rows.counts(table)
    before = act.changed
    put = reporting.put_counts(act, [(r.series, dict(r.labels), r.count) for r in rows])
    new, changed = sum(fresh for _, fresh in put), act.changed - before
    if changed:
        said = f"Here already with another number: {counted(changed, 'counts')}."
        table.report.notes.append(said)
    return done(act, table, "counts", new + changed, len(rows) - new - changed)
