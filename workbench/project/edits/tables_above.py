"""Tables of what stands above the chart come in: ladders, links, facets, placements."""

from workbench.formats import table_rows
from workbench.formats.tables import Table
from workbench.model.ladder import USUAL, template_of
from workbench.model.link import NEEDS_EVIDENCE, sign
from workbench.model.report import ImportReport, counted
from workbench.project.edits import climbing, facets, interpretation, mapping, typologies
from workbench.project.edits.refs import Refs, cited_rows, node_named, refuse_taken, rows_here
from workbench.project.edits.registry import edit
from workbench.project.edits.rowwise import done, each
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("import ladder")
def import_ladder(
    act: Act,
    table: Table,
    refs: Refs | None = None,
    *,
    ladder: str = USUAL,
    template: str | None = None,
) -> ImportReport:
    """Bring in the nodes of ladders, what stands above them and what feeds them.

    A ladder that is not there yet gets the template, or the project's.
    """
    refs = refs or Refs()
    names = Names(act.connection)
    usual = template_of(template) if template else mapping.usual_template(act)
    there = records.find(act.connection, "ladder", "name", "template")
    own = {str(row["name"]): template_of(row["template"]) for row in there}
    rows = table_rows.ladder(table, usual, {**own, "": own.get(ladder, usual)})
    here = rows_here(act, "node", "ladder_id", "level", "label")
    made: dict[int, Row] = {}
    ladders: dict[str, str] = {}
    positions: dict[str, int] = {}
    others = frozenset(refs.nodes)

    def add(row: table_rows.LadderRow) -> None:
        refuse_taken(row.ref, others)
        name = row.ladder or ladder
        if name not in ladders:
            ladders[name] = mapping.put_ladder(act, name, template=usual.key)
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
            climbing.put_edge(act, node, node_named(names, refs, parent, node["ladder_id"]))
        for statement in cited_rows(names, refs.statements, "statement", row.statements):
            climbing.put_feed(act, names, node, statement)

    each(table, rows, add)
    each(table, rows, climb)
    return done(act, table, "nodes", len(rows) - here.met, here.met)


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

    each(table, rows, add)
    if besides[0]:
        said = f"Cited besides for links that were here already: {counted(besides[1], 'codings')}."
        table.report.notes.append(said)
    alone = sum(not NEEDS_EVIDENCE & set(r.basis) for r in rows)
    if alone:
        table.report.notes.append(
            f"On the word of the authors or of literature alone: {counted(alone, 'links')}."
        )
    return done(act, table, "links", len(rows) - here.met, here.met - besides[0])


@edit("import facets")
def import_facets(act: Act, table: Table, refs: Refs | None = None) -> ImportReport:
    """Bring in second classifications of nodes."""
    names = Names(act.connection)
    rows = table_rows.facets(table)

    def classify(row: table_rows.FacetRow) -> None:
        node = node_named(names, refs or Refs(), row.node)
        facets.put_facet(act, node, row.scheme, row.value, row.basis)

    each(table, rows, classify)
    return done(act, table, "facets", len(rows))


@edit("import placements")
def import_placements(act: Act, table: Table) -> ImportReport:
    """Bring in the types in which cases are placed."""
    names = Names(act.connection)
    rows = table_rows.placements(table)

    def put(row: table_rows.PlacementRow) -> None:
        typologies.put_placement(act, names, row.typology, row.case, row.type, row.reason)

    each(table, rows, put)
    return done(act, table, "placements", len(rows))
