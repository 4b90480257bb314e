"""Cases with open-ended answers come in: each answer a transcript, the rest attributes."""

from workbench.errors import BadTable, BadValue
from workbench.formats.answers_table import Answerer, Answers
from workbench.model.case import CASE_COLUMNS
from workbench.model.report import ImportReport, counted
from workbench.model.transcript import Reading, Turn
from workbench.project.edits.cases import CaseBook, put_cases
from workbench.project.edits.registry import edit
from workbench.project.edits.transcripts import Incoming, bring_in
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act

_LONGEST = 60


@edit("import answers")
def import_answers(act: Act, table: Answers) -> ImportReport:
    """Bring in a table of answers: a case a row, a transcript an answer.

    Rows that are here already stay: a transcript is known by its case and column, so that a
    longer table brings its new rows. An answer that reads otherwise now is left out and told.

    Raises:
        BadTable: a value is not of the type of an attribute that is here.
    """
    report, book, names = table.report, CaseBook(act), Names(act.connection)
    before = len(book.ids)
    _describe(act, table)
    book = CaseBook(act)
    known = {str(t["name"]): t for t in records.find(act.connection, "transcript", "id", "name")}
    here = 0
    for row in table.rows:
        if not row.answers and not row.attributes:
            book.make(row.case)
        for name, text in _named(table, row):
            if name in known and _same(names, name, text):
                here += 1
                continue
            reading = Reading(text, (Turn(None, 0, 0, len(text)),))
            incoming = Incoming(name, reading, text.encode("utf-8", "replace"), name)
            if bring_in(act, incoming, report, book, "none", known):
                names.forget()
                version_id = str(names.transcript(name)["id"])
                book.give(row.case, version_id, [(0, len(text))])
    new = len(book.ids) - before
    report.count("cases", new)
    if here:
        report.notes.append(f"{counted(here, 'answers')} were here already, with the same words.")
    report.counts = {what: number for what, number in report.counts.items() if number}
    act.says(f"Imported {counted(report.counts.get('transcripts', 0), 'answers')}")
    act.report = report.as_dict()
    return report


def _describe(act: Act, table: Answers) -> None:
    """Give the cases their attributes; cases without any are made as they answer."""
    given = {
        row.case: {_attribute(name): v for name, v in row.attributes.items()}
        for row in table.rows
        if row.attributes
    }
    try:
        put_cases(act, given)
    except BadValue as error:
        line = next((r.line for r in table.rows if error.value in r.attributes.values()), 1)
        raise BadTable(table.path, f"line {line}", str(error)) from error


def _attribute(column: str) -> str:
    return f"{column} (2)" if column.casefold() in CASE_COLUMNS else column


def _named(table: Answers, row: Answerer) -> list[tuple[str, str]]:
    """Return the answers of a row with what they are called."""
    taken: set[str] = set()
    found = []
    for column in table.columns:
        if column not in row.answers:
            continue
        short = column if len(column) <= _LONGEST else f"{column[:_LONGEST].rstrip()} …"
        number = 2
        while short.casefold() in taken:
            short, number = f"{column[:_LONGEST].rstrip()} … ({number})", number + 1
        taken.add(short.casefold())
        found.append((f"{row.case} – {short}", row.answers[column]))
    return found


def _same(names: Names, name: str, text: str) -> bool:
    return names.text(names.transcript(name)["id"]) == text
