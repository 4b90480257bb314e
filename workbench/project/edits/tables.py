"""Hand-written tables come in: each whole or not at all, its report beside it.

Rows name rows of other tables by a `ref` of the writer's own; `Refs` carries what each
ref became from one table to the next.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from workbench.errors import BadTable, Refused, UnknownName, WorkbenchError
from workbench.formats import table_rows
from workbench.formats.tables import Table
from workbench.model.coding import Coding
from workbench.model.link import NEEDS_EVIDENCE
from workbench.model.report import Guess, ImportReport
from workbench.project.edits import cases as casework
from workbench.project.edits import charting, indexing, interpretation, mapping, notes
from workbench.project.edits.registry import edit
from workbench.project.names import Names
from workbench.stages.indexing.quotes import locate
from workbench.store.history import Act
from workbench.store.records import Row

AnyRow = TypeVar("AnyRow", bound=table_rows.AnyRow)


@dataclass(slots=True)
class Refs:
    """What the refs of hand-written tables became: ref → id."""

    codings: dict[str, str] = field(default_factory=dict)
    statements: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, str] = field(default_factory=dict)


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


def _cited(names: Names, refs: dict[str, str], kind: str, given: Sequence[str]) -> list[Row]:
    """Return the rows that refs or ids name.

    Raises:
        UnknownName: neither a ref of a table of this import nor an id.
    """
    found = []
    for ref in given:
        if ref not in refs and len(ref) < 8:
            hint = f"Import the table that has this ref together with this one ({kind}s.csv)."
            raise UnknownName(f"{kind} with the ref", ref, hint=hint)
        found.append(names.by_id_start(kind, refs.get(ref, ref)))
    return found


def _done(act: Act, table: Table, what: str, number: int) -> ImportReport:
    """Close an import: its counts, its sentence, its report."""
    report = table.report
    report.counts = {what: number}
    act.says(f"Imported {number} {what} from {table.path.rpartition('/')[2]}")
    act.report = report.as_dict()
    return report


@edit("import cases")
def import_cases(act: Act, table: Table) -> ImportReport:
    """Bring in cases with their attributes, and the transcripts or turns that are theirs."""
    rows = table_rows.cases(table)
    casework.put_cases(act, {r.case: dict(r.attributes) for r in rows})
    book, names = casework.CaseBook(act), Names(act.connection)

    def assign(row: table_rows.CaseRow) -> None:
        for transcript in row.transcripts:
            casework.put_assignment(act, book, names, row.case, transcript, row.speaker or None)

    _each(table, rows, assign)
    return _done(act, table, "cases", len(rows))


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
        _remember(refs, names, version, ones, codings)
    total = sum(len(ones) for ones in wanted.values())
    if total > made:
        table.report.notes.append(f"{total - made} codings were here already and were left as is.")
    return _done(act, table, "codings", made)


def _segment(names: Names, row: table_rows.CodingRow) -> tuple[int, int]:
    """Return the segment of a coding's row.

    Raises:
        QuoteNotFound, QuoteNotUnique: see `locate`.
        Refused: the row's words are not those at its positions.
    """
    place = names.transcript(row.transcript)
    text = names.text(place["id"])
    if row.start is None or row.stop is None:
        return locate(text, row.quote, row.before, row.after, transcript=place["name"])
    if row.quote and text[row.start : row.stop] != row.quote:
        raise Refused(
            f"Characters {row.start} to {row.stop} of “{place['name']}” are not the words "
            f"“{row.quote[:60]}”. Leave the positions out to find the words."
        )
    return row.start, row.stop


def _remember(
    refs: Refs,
    names: Names,
    version: Row,
    ones: Sequence[tuple[str, indexing.Wanted]],
    codings: Sequence[Coding],
) -> None:
    """Note which coding each ref became."""
    made = {(c.transcript_version_id, c.start, c.stop, c.code_id, c.coder): c for c in codings}
    for ref, (transcript, start, stop, code, coder, _) in ones:
        code_id = names.code(version, code)["code_id"]
        found = made.get((names.transcript(transcript)["id"], start, stop, code_id, coder))
        if ref and found:
            refs.codings[ref] = found.coding_id


@edit("import statements")
def import_statements(
    act: Act, table: Table, refs: Refs | None = None, *, framework: str | None = None
) -> ImportReport:
    """Bring in statements of cells with their evidence.

    A row that names no evidence cites every coding of its cell, which the report says.
    """
    refs = refs or Refs()
    charts: dict[str, charting.Chart] = {}
    rows = table_rows.statements(table)
    names = Names(act.connection)

    def write(row: table_rows.StatementRow) -> None:
        chart = _chart(act, charts, row.framework or framework)
        given = [str(c["id"]) for c in _cited(names, refs.codings, "coding", row.evidence)]
        if not given and row.kind != "comment":
            given = [charting.ALL]
        refs.statements[row.ref or f"line {row.line}"] = chart.write(
            row.case, row.code, row.text, row.kind, given
        )

    _each(table, rows, write)
    bare = sum(not r.evidence and r.kind != "comment" for r in rows)
    if bare:
        table.report.guesses.append(
            Guess(
                f"{bare} statements rest on all codings of their cells", "they name none", "unsure"
            )
        )
    return _done(act, table, "statements", len(rows))


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
    made: dict[int, Row] = {}
    of_ladder: dict[str, dict[str, Row]] = {}

    def add(row: table_rows.LadderRow) -> None:
        name = row.ladder or ladder
        ladder_id = mapping.put_ladder(act, name, template=template)
        made[row.line] = mapping.put_node(act, ladder_id, row.label, row.level, row.note)
        refs.nodes[row.ref or row.label] = str(made[row.line]["id"])
        of_ladder.setdefault(ladder_id, {})[row.ref or row.label] = made[row.line]

    def climb(row: table_rows.LadderRow) -> None:
        node = made[row.line]
        known = of_ladder[node["ladder_id"]]
        for parent in row.parents:
            above = known.get(parent) or names.node(parent, node["ladder_id"])
            mapping.put_edge(act, node, above)
        for statement in _cited(names, refs.statements, "statement", row.statements):
            mapping.put_feed(act, node, statement)

    _each(table, rows, add)
    _each(table, rows, climb)
    return _done(act, table, "nodes", len(rows))


def _node(names: Names, refs: Refs, said: str) -> Row:
    return names.node(refs.nodes.get(said, said))


@edit("import links")
def import_links(act: Act, table: Table, refs: Refs | None = None) -> ImportReport:
    """Bring in links between nodes with the codings for and against them."""
    refs = refs or Refs()
    names = Names(act.connection)
    rows = table_rows.links(table)

    def add(row: table_rows.LinkRow) -> None:
        interpretation.put_link(
            act,
            _node(names, refs, row.source),
            _node(names, refs, row.target),
            row.sign,
            basis=row.basis,
            evidence=_cited(names, refs.codings, "coding", row.speaks_for),
            against=_cited(names, refs.codings, "coding", row.speaks_against),
            relation=row.relation,
            groups=row.groups,
            note=row.note,
        )

    _each(table, rows, add)
    alone = sum(not NEEDS_EVIDENCE & set(r.basis) for r in rows)
    if alone:
        table.report.notes.append(f"{alone} links rest on the authors or on literature alone.")
    return _done(act, table, "links", len(rows))


@edit("import facets")
def import_facets(act: Act, table: Table, refs: Refs | None = None) -> ImportReport:
    """Bring in second classifications of nodes."""
    names = Names(act.connection)
    rows = table_rows.facets(table)

    def classify(row: table_rows.FacetRow) -> None:
        node = _node(names, refs or Refs(), row.node)
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

    def note(row: table_rows.MemoRow) -> None:
        kind, name = row.anchor or ("project", "")
        anchor_id = _anchored(names, kind, name, framework) if row.anchor else None
        person = row.person or act.who
        notes.put_memo(act, row.text, row.kind, row.title, person, kind, anchor_id)

    _each(table, rows, note)
    return _done(act, table, "memos", len(rows))


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

    def entry(row: table_rows.ReadingRow) -> None:
        notes.put_reading(act, names, row.transcript, row.person, row.how, row.date, row.note)

    _each(table, rows, entry)
    return _done(act, table, "readings", len(rows))
