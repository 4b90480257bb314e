"""Hand-written tables come in: each whole or not at all, its report beside it.

Rows name rows of other tables by a `ref` of the writer's own; `Refs` carries what each
ref became from one table to the next. Rows that are here already stay as they are.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from workbench.errors import BadTable, BadValue, OutsideText, Refused, WorkbenchError
from workbench.formats import table_rows
from workbench.formats.tables import Table
from workbench.model.coding import Coding
from workbench.model.link import NEEDS_EVIDENCE, sign
from workbench.model.report import Guess, ImportReport, counted
from workbench.project.edits import cases as casework
from workbench.project.edits import charting, indexing, interpretation, mapping, notes
from workbench.project.edits.people import put_person
from workbench.project.edits.refs import Here, Refs, cited_rows, node_named, refuse_taken, rows_here
from workbench.project.edits.registry import edit
from workbench.project.names import Names
from workbench.stages.indexing.quotes import locate
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row

AnyRow = TypeVar("AnyRow", bound=table_rows.AnyRow)


def _each(table: Table, rows: Iterable[AnyRow], do: Callable[[AnyRow], None]) -> None:
    """Do something with each row; what fails is told with its line, the first in full.

    Raises:
        BadTable: at least one row failed; nothing of the table is kept.
    """
    failed: list[tuple[int, WorkbenchError]] = []
    for row in rows:
        try:
            do(row)
        except WorkbenchError as error:
            failed.append((row.line, error))
    if failed:
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
            return
        interpretation.put_link(
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
def import_memos(act: Act, table: Table, *, framework: str | None = None) -> ImportReport:
    """Bring in memos; one without a person is the importer's."""
    names = Names(act.connection)
    rows = table_rows.memos(table)
    here = rows_here(act, "memo", "kind", "title", "text", "anchor", "anchor_id")

    def note(row: table_rows.MemoRow) -> None:
        kind, name = row.anchor or ("project", "")
        anchor_id = _anchored(names, kind, name, framework) if row.anchor else None
        person = row.person or act.who
        if here.take((row.kind, row.title, row.text, kind, anchor_id)) is None:
            notes.put_memo(act, row.text, row.kind, row.title, person, kind, anchor_id)

    _each(table, rows, note)
    return _done(act, table, "memos", len(rows) - here.met, here.met)


def _anchored(names: Names, kind: str, name: str, framework: str | None) -> str:
    """Return the id of what a memo is anchored to by name."""
    if kind == "case":
        return str(names.case(name)["id"])
    if kind == "transcript_version":
        return str(names.transcript(name)["id"])
    if kind == "framework_version":
        return str(names.version(name)["id"])
    if kind == "code":
        return str(names.code(names.version(framework), name)["code_id"])
    if kind == "node":
        return str(names.node(name)["id"])
    return str(names.by_id_start(kind, name)["id"])


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
