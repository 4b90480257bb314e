"""Hand-written tables come in: each whole or not at all, its report beside it.

Rows name rows of other tables by a `ref` of the writer's own; `Refs` carries what each
ref became from one table to the next. Rows that are here already stay as they are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from workbench.errors import BadTable, BadValue, OutsideText, Refused, WorkbenchError
from workbench.formats import table_rows
from workbench.formats.tables import Table
from workbench.model.coding import Coding
from workbench.model.link import NEEDS_EVIDENCE, sign
from workbench.model.report import Guess, ImportReport, counted
from workbench.project.edits import cases as casework
from workbench.project.edits import charting, indexing, interpretation, mapping, notes, reporting
from workbench.project.edits.people import put_person
from workbench.project.edits.refs import Here, Refs, cited_rows, node_named, refuse_taken, rows_here
from workbench.project.edits.registry import edit
from workbench.project.names import Names
from workbench.stages.indexing.quotes import locate
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row

AnyRow = TypeVar("AnyRow", bound=table_rows.AnyRow)


_PASSED_OVER: ContextVar[list[str] | None] = ContextVar("passed over", default=None)


@contextmanager
def passing_over() -> Iterator[list[str]]:
    """Pass over rows that fail, inside this block, and note why in the list it gives.

    For holding a study against its printed tables, where one broken row should cost the
    cells that rest on it and no others. What is kept of such a row is undefined.
    """
    said: list[str] = []
    token = _PASSED_OVER.set(said)
    try:
        yield said
    finally:
        _PASSED_OVER.reset(token)


def _each(table: Table, rows: Iterable[AnyRow], do: Callable[[AnyRow], None]) -> None:
    """Do something with each row; what fails is told with its line, the first in full.

    Raises:
        BadTable: at least one row failed; nothing of the table is kept.
    """
    passed_over = _PASSED_OVER.get()
    failed: list[tuple[int, WorkbenchError]] = []
    for row in rows:
        try:
            do(row)
        except WorkbenchError as error:
            failed.append((row.line, error))
    if failed and passed_over is not None:
        name = table.path.rpartition("/")[2]
        passed_over += [f"{name}, line {line}: {error}" for line, error in failed]
    elif failed:
        line, first = failed[0]
        more = f" ({len(failed) - 1} more lines have problems.)" if len(failed) > 1 else ""
        raise BadTable(table.path, f"line {line}", f"{first}{more}") from first


def _done(act: Act, table: Table, what: str, number: int, here: int = 0) -> ImportReport:
    """Close an import: its counts, its sentence, its report; `here` were here already."""
    report = table.report
    report.counts = {what: number}
    if here:
        report.notes.append(f"Here already and left as they are: {counted(here, what)}.")
    act.says(f"Imported {counted(number, what)} from {table.path.rpartition('/')[2]}")
    act.report = report.as_dict()
    return report


@edit("import cases")
def import_cases(act: Act, table: Table) -> ImportReport:
    """Bring in cases with their attributes, and the transcripts or turns that are theirs."""
    rows = table_rows.cases(table)
    _refuse_columns(table, rows)
    known = casework.attribute_types(act)
    try:
        casework.put_cases(act, {r.case: dict(r.attributes) for r in rows})
    except BadValue as error:
        raise BadTable(table.path, _line_with(rows, str(error.value)), str(error)) from error
    book, names = casework.CaseBook(act), Names(act.connection)

    def assign(row: table_rows.CaseRow) -> None:
        for transcript in row.transcripts:
            casework.put_assignment(act, book, names, row.case, transcript, row.speaker or None)

    _each(table, rows, assign)
    new = [f"{a}: {t}" for a, t in casework.attribute_types(act).items() if a not in known]
    if new:
        said = f"the types of new attributes ({'; '.join(new)})"
        table.report.guesses.append(Guess(said, "all their values read so", "likely"))
    return _done(act, table, "cases", len(rows))


def _refuse_columns(table: Table, rows: Sequence[table_rows.CaseRow]) -> None:
    for name in dict.fromkeys(name for row in rows for name, _ in row.attributes):
        try:
            casework.attribute_name(name)
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

    _each(table, rows, assign)
    return _done(act, table, "spans", len(rows))


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

    _each(table, table_rows.codings(table), place)
    made = 0
    for run_id, ones in wanted.items():
        held = names.run(run_id)
        version = names.version(str(held["framework_version_id"]))
        codings = indexing.put_codings(act, names, held, version, [w for _, w in ones])
        made += len(codings)
        _remember(act, refs, names, held, version, ones, codings)
    total = sum(len(ones) for ones in wanted.values())
    return _done(act, table, "codings", made, total - made)


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
    charts: dict[str, charting.Chart] = {}
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
            cited = [charting.ALL] if alone else given
            held = chart.write(row.case, row.code, row.text, row.kind, cited)
        if row.ref:
            refs.statements[row.ref] = held

    _each(table, rows, write)
    if bare:
        table.report.guesses.append(
            Guess(
                f"all codings of the cell, as evidence of {counted(bare, 'statements')}",
                "none is named there",
                "unsure",
            )
        )
    return _done(act, table, "statements", len(rows) - here.met, here.met)


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


def _chart(act: Act, charts: dict[str, charting.Chart], framework: str | None) -> charting.Chart:
    if (framework or "") not in charts:
        charts[framework or ""] = charting.Chart(act, framework)
    return charts[framework or ""]


@edit("import cells")
def import_cells(act: Act, table: Table, *, framework: str | None = None) -> ImportReport:
    """Bring in marks of cells: not asked, nothing said, reviewed."""
    charts: dict[str, charting.Chart] = {}
    rows = table_rows.cells(table)

    def mark(row: table_rows.CellRow) -> None:
        chart = _chart(act, charts, row.framework or framework)
        if row.mark == "reviewed":
            charting.put_review(chart, row.case, row.code)
        else:
            charting.put_mark(chart, row.case, row.code, row.mark)

    _each(table, rows, mark)
    return _done(act, table, "marks of cells", len(rows))


@edit("import ladder")
def import_ladder(
    act: Act,
    table: Table,
    refs: Refs | None = None,
    *,
    ladder: str = "findings",
    template: str = "framework",
) -> ImportReport:
    """Bring in the nodes of ladders, what stands above them and what feeds them."""
    refs = refs or Refs()
    names = Names(act.connection)
    rows = table_rows.ladder(table)
    here = rows_here(act, "node", "ladder_id", "level", "label")
    made: dict[int, Row] = {}
    ladders: dict[str, str] = {}
    positions: dict[str, int] = {}
    others = frozenset(refs.nodes)

    def add(row: table_rows.LadderRow) -> None:
        refuse_taken(row.ref, others)
        name = row.ladder or ladder
        if name not in ladders:
            ladders[name] = mapping.put_ladder(act, name, template=template)
        ladder_id, label = ladders[name], row.label.strip()
        held = here.take((ladder_id, row.level, label))
        if held is None:
            at = positions.get(ladder_id) or mapping.next_position(act, ladder_id)
            node = mapping.put_node(act, ladder_id, label, row.level, row.note, position=at)
            positions[ladder_id] = at + 1
        else:
            node = {"id": held, "ladder_id": ladder_id, "level": row.level, "label": label}
        made[row.line] = node
        if row.ref:
            refs.nodes.setdefault(row.ref, {})[node["id"]] = node
        refs.labels.setdefault(label, {})[node["id"]] = node

    def climb(row: table_rows.LadderRow) -> None:
        node = made[row.line]
        for parent in row.parents:
            mapping.put_edge(act, node, node_named(names, refs, parent, node["ladder_id"]))
        for statement in cited_rows(names, refs.statements, "statement", row.statements):
            mapping.put_feed(act, names, node, statement)

    _each(table, rows, add)
    _each(table, rows, climb)
    return _done(act, table, "nodes", len(rows) - here.met, here.met)


@edit("import links")
def import_links(act: Act, table: Table, refs: Refs | None = None) -> ImportReport:
    """Bring in links between nodes with the codings for and against them."""
    refs = refs or Refs()
    names = Names(act.connection)
    rows = table_rows.links(table)
    here = rows_here(act, "link", "source_id", "target_id", "sign", "relation")
    besides = [0, 0]

    def add(row: table_rows.LinkRow) -> None:
        source, target = node_named(names, refs, row.source), node_named(names, refs, row.target)
        speaks_for = cited_rows(names, refs.codings, "coding", row.speaks_for)
        against = cited_rows(names, refs.codings, "coding", row.speaks_against)
        held = here.take((source["id"], target["id"], sign(row.sign), row.relation))
        if held is not None:
            more = interpretation.put_missing_evidence(act, held, speaks_for, against)
            besides[0] += bool(more)
            besides[1] += more
        refs.links[row.ref or f"line {row.line}"] = held or interpretation.put_link(
            act,
            source,
            target,
            row.sign,
            basis=row.basis,
            evidence=speaks_for,
            against=against,
            relation=row.relation,
            groups=row.groups,
            note=row.note,
        )

    _each(table, rows, add)
    if besides[0]:
        said = f"Cited besides for links that were here already: {counted(besides[1], 'codings')}."
        table.report.notes.append(said)
    alone = sum(not NEEDS_EVIDENCE & set(r.basis) for r in rows)
    if alone:
        table.report.notes.append(
            f"On the word of the authors or of literature alone: {counted(alone, 'links')}."
        )
    return _done(act, table, "links", len(rows) - here.met, here.met - besides[0])


@edit("import facets")
def import_facets(act: Act, table: Table, refs: Refs | None = None) -> ImportReport:
    """Bring in second classifications of nodes."""
    names = Names(act.connection)
    rows = table_rows.facets(table)

    def classify(row: table_rows.FacetRow) -> None:
        node = node_named(names, refs or Refs(), row.node)
        mapping.put_facet(act, node, row.scheme, row.value, row.basis)

    _each(table, rows, classify)
    return _done(act, table, "facets", len(rows))


@edit("import placements")
def import_placements(act: Act, table: Table) -> ImportReport:
    """Bring in the types in which cases are placed."""
    names = Names(act.connection)
    rows = table_rows.placements(table)

    def put(row: table_rows.PlacementRow) -> None:
        mapping.put_placement(act, names, row.typology, row.case, row.type, row.reason)

    _each(table, rows, put)
    return _done(act, table, "placements", len(rows))


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

    _each(table, rows, note)
    return _done(act, table, "memos", len(rows) - here.met, here.met)


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

    _each(table, rows, entry)
    return _done(act, table, "readings", len(rows) - here.met, here.met)


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
        indexing.put_decision(act, held, coding, row.outcome, row.reason, person, became)

    _each(table, rows, settle)
    return _done(act, table, "decisions", len(rows))


@edit("import meetings")
def import_meetings(act: Act, table: Table) -> ImportReport:
    """Bring in decisions of the team with who was there."""
    rows = table_rows.meetings(table)
    here = rows_here(act, "decision_record", "date", "title", "stage", "text")

    def record(row: table_rows.MeetingRow) -> None:
        if here.take((row.date, row.title, row.stage, row.text)) is None:
            notes.put_decision_record(act, row.title, row.text, row.date, row.present, row.stage)

    _each(table, rows, record)
    return _done(act, table, "meetings", len(rows) - here.met, here.met)


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

    _each(table, rows, enter)
    return _done(act, table, "quotations", len(rows))


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
    return _done(act, table, "counts", new + changed, len(rows) - new - changed)
