"""Hand-written tables come in: each whole or not at all, its report beside it.

Rows name rows of other tables by a `ref` of the writer's own; `Refs` carries what each
ref became from one table to the next. Rows that are here already stay as they are.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from workbench.errors import BadTable, BadValue, OutsideText, Refused
from workbench.formats import table_rows
from workbench.formats.tables import Table
from workbench.model.coding import Coding
from workbench.model.report import Guess, ImportReport, counted
from workbench.project.edits import attributes, charting, indexing
from workbench.project.edits import cases as casework
from workbench.project.edits.cells import ALL, Chart
from workbench.project.edits.refs import Here, Refs, cited_rows, refuse_taken
from workbench.project.edits.registry import edit
from workbench.project.edits.rowwise import done, each
from workbench.project.names import Names
from workbench.stages.indexing.quotes import locate
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("import cases")
def import_cases(act: Act, table: Table) -> ImportReport:
    """Bring in cases with their attributes, and the transcripts or turns that are theirs."""
    rows = table_rows.cases(table)
    _refuse_columns(table, rows)
    if table_rows.ID_OF_A_CASE in table.columns:
        table.report.leave_out("column case_id", "cases go by their names", Path(table.path).name)
    known = attributes.attribute_types(act)
    try:
        casework.put_cases(act, {r.case: dict(r.attributes) for r in rows})
    except BadValue as error:
        raise BadTable(table.path, _line_with(rows, str(error.value)), str(error)) from error
    book, names = casework.CaseBook(act), Names(act.connection)

    def assign(row: table_rows.CaseRow) -> None:
        for transcript in row.transcripts:
            casework.put_assignment(act, book, names, row.case, transcript, row.speaker or None)

    each(table, rows, assign)
    new = [f"{a}: {t}" for a, t in attributes.attribute_types(act).items() if a not in known]
    if new:
        said = f"the types of new attributes ({'; '.join(new)})"
        table.report.guesses.append(Guess(said, "all their values read so", "likely"))
    return done(act, table, "cases", len(rows))


def _refuse_columns(table: Table, rows: Sequence[table_rows.CaseRow]) -> None:
    for name in dict.fromkeys(name for row in rows for name, _ in row.attributes):
        try:
            attributes.attribute_name(name)
        except BadValue as error:
            raise BadTable(table.path, f"column {name}", str(error)) from error


def _line_with(rows: Sequence[table_rows.CaseRow], value: str) -> str:
    """Return the line of the first case that has a value."""
    lines = (r.line for r in rows if value in (v.strip() for _, v in r.attributes))
    return f"line {next(lines, rows[0].line)}"


@edit("import spans")
def import_spans(act: Act, table: Table) -> ImportReport:
    """Bring in stretches of transcripts that are cases', by their positions."""
    rows = table_rows.spans(table)
    book, names = casework.CaseBook(act), Names(act.connection)

    def assign(row: table_rows.SpanRow) -> None:
        where = (row.transcript, None, row.start, row.stop)
        casework.put_assignment(act, book, names, row.case, *where)

    each(table, rows, assign)
    return done(act, table, "spans", len(rows))


@edit("import codings")
def import_codings(
    act: Act,
    table: Table,
    refs: Refs | None = None,
    *,
    coder: str | None = None,
    run: str | None = None,
    framework: str | None = None,
) -> ImportReport:
    """Bring in codings by quote or by position.

    `coder`, `run` and `framework` hold where a row names none. A quote must stand once
    in its transcript, `before` and `after` telling places apart; words given beside
    positions must be the words there.
    """
    refs = refs or Refs()
    names = Names(act.connection)
    wanted: dict[str, list[tuple[str, indexing.Wanted]]] = {}

    def place(row: table_rows.CodingRow) -> None:
        refuse_taken(row.ref, refs.codings)
        start, stop = _segment(names, row)
        one = (row.transcript, start, stop, row.code, row.coder or coder or act.who, row.uncertain)
        held, version = indexing.run_for(act, names, row.run or run, framework)
        names.code(version, row.code)
        wanted.setdefault(str(held["id"]), []).append((row.ref, one))

    each(table, table_rows.codings(table), place)
    made = 0
    for run_id, ones in wanted.items():
        held = names.run(run_id)
        version = names.version(str(held["framework_version_id"]))
        codings = indexing.put_codings(act, names, held, version, [w for _, w in ones])
        made += len(codings)
        _remember(act, refs, names, held, version, ones, codings)
    total = sum(len(ones) for ones in wanted.values())
    return done(act, table, "codings", made, total - made)


def _segment(names: Names, row: table_rows.CodingRow) -> tuple[int, int]:
    """Return the segment of a coding's row.

    Raises:
        QuoteNotFound, QuoteNotUnique: see `locate`.
        OutsideText: its positions are not in the text.
        Refused: the row's words are not those at its positions.
    """
    place = names.transcript(row.transcript)
    text = names.text(place["id"])
    if row.start is None or row.stop is None:
        return locate(text, row.quote, row.before, row.after, transcript=place["name"])
    if not 0 <= row.start < row.stop <= len(text):
        raise OutsideText(place["name"], row.start, row.stop, len(text))
    if row.quote and text[row.start : row.stop] != row.quote:
        raise Refused(
            f"Characters {row.start} to {row.stop} of “{place['name']}” are not the words "
            f"“{row.quote[:60]}”. Leave the positions out to find the words."
        )
    return row.start, row.stop


def _remember(
    act: Act,
    refs: Refs,
    names: Names,
    run: Row,
    version: Row,
    ones: Sequence[tuple[str, indexing.Wanted]],
    codings: Sequence[Coding],
) -> None:
    """Note which coding each ref became, or which one that was here already."""
    made = {
        (c.transcript_version_id, c.code_id, c.coder, c.start, c.stop): c.coding_id for c in codings
    }
    for ref, (transcript, start, stop, code, coder, _) in ones:
        if not ref:
            continue
        text_id, code_id = names.transcript(transcript)["id"], names.code(version, code)["code_id"]
        key = (text_id, code_id, coder, start, stop)
        refs.codings[ref] = made.get(key) or indexing.held_coding(act, str(run["id"]), *key)


@edit("import statements")
def import_statements(
    act: Act, table: Table, refs: Refs | None = None, *, framework: str | None = None
) -> ImportReport:
    """Bring in statements of cells with their evidence.

    A row that names no evidence cites every coding of its cell, which the report says.
    A statement of the same words, with the same evidence where a row names it, is the same.
    """
    refs = refs or Refs()
    charts: dict[str, Chart] = {}
    rows = table_rows.statements(table)
    names = Names(act.connection)
    here, cites = _statements_here(act)
    written, bare = frozenset(refs.statements), 0

    def write(row: table_rows.StatementRow) -> None:
        nonlocal bare
        refuse_taken(row.ref, written)
        chart = _chart(act, charts, row.framework or framework)
        case, code = names.case(row.case), names.code(chart.version, row.code)
        given = [str(c["id"]) for c in cited_rows(names, refs.codings, "coding", row.evidence)]
        cell = (chart.version["id"], case["id"], code["code_id"])
        held = here.take(
            (*cell, row.kind, row.text.strip()), lambda i: not given or cites[i] == set(given)
        )
        if held is None:
            alone = not given and row.kind != "comment"
            bare += alone
            cited = [ALL] if alone else given
            held = chart.write(row.case, row.code, row.text, row.kind, cited)
        if row.ref:
            refs.statements[row.ref] = held

    each(table, rows, write)
    if bare:
        table.report.guesses.append(
            Guess(
                f"all codings of the cell, as evidence of {counted(bare, 'statements')}",
                "none is named there",
                "unsure",
            )
        )
    return done(act, table, "statements", len(rows) - here.met, here.met)


def _statements_here(act: Act) -> tuple[Here, dict[str, set[str]]]:
    """Return the statements by cell, kind and words, and the codings that each cites."""
    cells = {
        c["id"]: (c["framework_version_id"], c["case_id"], c["code_id"])
        for c in records.find(act.connection, "cell")
    }
    cites: dict[str, set[str]] = defaultdict(set)
    for e in records.find(act.connection, "statement_evidence", "statement_id", "coding_id"):
        cites[e["statement_id"]].add(e["coding_id"])
    held = records.find(act.connection, "statement", "id", "cell_id", "kind", "text")
    keyed = ((*cells[s["cell_id"]], s["kind"], s["text"]) for s in held)
    return Here(zip(keyed, (s["id"] for s in held), strict=True)), cites


def _chart(act: Act, charts: dict[str, Chart], framework: str | None) -> Chart:
    if (framework or "") not in charts:
        charts[framework or ""] = Chart(act, framework)
    return charts[framework or ""]


@edit("import cells")
def import_cells(act: Act, table: Table, *, framework: str | None = None) -> ImportReport:
    """Bring in marks of cells: not asked, nothing said, reviewed."""
    charts: dict[str, Chart] = {}
    rows = table_rows.cells(table)

    def mark(row: table_rows.CellRow) -> None:
        chart = _chart(act, charts, row.framework or framework)
        if row.mark == "reviewed":
            charting.put_review(chart, row.case, row.code)
        else:
            charting.put_mark(chart, row.case, row.code, row.mark)

    each(table, rows, mark)
    return done(act, table, "marks of cells", len(rows))
