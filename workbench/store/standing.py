"""What must hold of links, ladders and attributes after an undo, whoever worked in between.

Each question looks at the rows that an act has just changed, and answers why it cannot
stand; nothing is answered where it can.
"""

import functools
from collections.abc import Callable, Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.errors import BadValue
from workbench.model.case import attribute_value
from workbench.model.link import NEEDS_EVIDENCE
from workbench.store import schema


def fallen(connection: Connection, seq: int) -> str:
    """Return what does not hold any more after act `seq`, or nothing."""
    return next(filter(None, (ask(connection, seq) for ask in _QUESTIONS)), "")


def bare_links(connection: Connection, seq: int) -> list[str]:
    """Return the links on the word of participants that act `seq` left without evidence."""
    found = connection.execute(_bare_links(), {"act": seq})
    return [link for link, basis in found if NEEDS_EVIDENCE & set(basis.split(","))]


def _bare_link(connection: Connection, seq: int) -> str:
    """Ask whether a link on the word of participants has evidence for it (law 5)."""
    if bare_links(connection, seq):
        return "a link would rest on participants without a coding for it"
    return ""


@functools.cache
def _bare_links() -> sa.Select[Any]:
    """Return the query for what links of an act rest on that have no evidence for them."""
    link, cited = schema.link, schema.link_evidence
    of = sa.select(cited.c.link_id).where(cited.c.id.in_(_changed(cited)))
    touched = sa.or_(link.c.id.in_(_changed(link)), link.c.id.in_(of))
    supported = sa.exists().where(
        cited.c.link_id == link.c.id, ~cited.c.withdrawn, cited.c.stance == "for"
    )
    return sa.select(link.c.id, link.c.basis).where(touched, ~link.c.withdrawn, ~supported)


def falling_edges(connection: Connection, seq: int) -> list[tuple[str, str]]:
    """Return (ladder, edge) of the edges that act `seq` touched and that do not climb."""
    return [(str(of), str(edge)) for edge, of in connection.execute(_falling_edges(), {"act": seq})]


def _falling_edge(connection: Connection, seq: int) -> str:
    """Ask whether every edge of a ladder still climbs."""
    if connection.execute(_falling_edges(), {"act": seq}).first():
        return "a node would not stand on a lower level than what it stands under"
    return ""


@functools.cache
def _falling_edges() -> sa.Select[Any]:
    """Return the query for an edge that an act touched and that does not climb."""
    edge, child, parent = schema.node_edge, schema.node.alias(), schema.node.alias()
    nodes = _changed(schema.node)
    return (
        sa.select(edge.c.id, child.c.ladder_id)
        .join(child, child.c.id == edge.c.child_id)
        .join(parent, parent.c.id == edge.c.parent_id)
        .where(
            ~edge.c.withdrawn,
            sa.or_(
                edge.c.id.in_(_changed(edge)),
                edge.c.child_id.in_(nodes),
                edge.c.parent_id.in_(nodes),
            ),
            sa.or_(
                child.c.level.is_(None),
                parent.c.level.is_(None),
                child.c.level >= parent.c.level,
            ),
        )
    )


def odd_values(connection: Connection, seq: int) -> Iterator[tuple[str, str, str]]:
    """Yield (name, attribute, value) of the values that are not of their type after act `seq`."""
    for name, kind, said, *ids in connection.execute(_values(), {"act": seq}).all():
        try:
            attribute_value(name, kind, said)
        except BadValue:
            yield name, *ids


def _odd_value(connection: Connection, seq: int) -> str:
    """Ask whether every value of an attribute is of its type."""
    for name, _, _ in odd_values(connection, seq):
        return f"the attribute “{name}” would have a value that is not of its type"
    return ""


@functools.cache
def _values() -> sa.Select[Any]:
    """Return the query for name, type and value where an act touched an attribute."""
    attribute, value = schema.attribute, schema.attribute_value
    return (
        sa.select(attribute.c.name, attribute.c.type, value.c.value, attribute.c.id, value.c.id)
        .join(value, value.c.attribute_id == attribute.c.id)
        .where(
            ~value.c.withdrawn,
            ~attribute.c.withdrawn,
            sa.or_(
                attribute.c.id.in_(_changed(attribute)),
                value.c.id.in_(_changed(value)),
            ),
        )
    )


def unsupported(connection: Connection) -> set[tuple[str, str]]:
    """Return (table, id) of what is to rest on words and cites no coding that stands for it.

    These are statements but for comments, links on the word of participants, and findings
    that are about no node.
    """
    found = set()
    for table, query in _unsupported().items():
        for row_id, basis in connection.execute(query):
            if table != "link" or NEEDS_EVIDENCE & set(basis.split(",")):
                found.add((table, str(row_id)))
    return found


@functools.cache
def _unsupported() -> dict[str, sa.Select[Any]]:
    """Return table → the query for (id, basis or the like) of what no live coding supports."""
    statement, link, finding = schema.statement, schema.link, schema.finding
    said = {
        "statement": (statement, statement.c.kind, statement.c.kind != "comment"),
        "link": (link, link.c.basis, sa.true()),
        "finding": (finding, finding.c.title, finding.c.node_id.is_(None)),
    }
    queries = {}
    for table, (t, word, wanted) in said.items():
        cited, coding = schema.ROWS[f"{table}_evidence"], schema.coding
        speaks = [cited.c[f"{table}_id"] == t.c.id, ~cited.c.withdrawn, ~coding.c.withdrawn]
        if "stance" in cited.c:
            speaks.append(cited.c.stance == "for")
        stands = sa.exists().where(cited.c.coding_id == coding.c.id, *speaks)
        queries[table] = sa.select(t.c.id, word).where(~t.c.withdrawn, wanted, ~stands)
    return queries


def _changed(table: sa.Table) -> sa.CompoundSelect[Any]:
    """Return the query for the ids of the rows of a table that `act` changed or made."""
    change, made = schema.change, table.alias()
    act: sa.BindParameter[Any] = sa.bindparam("act")
    logged = sa.select(change.c.row_id).where(
        change.c.act == act, change.c.table_name == table.name
    )
    return sa.union(logged, sa.select(made.c.id).where(made.c.made_in == act))


_QUESTIONS: tuple[Callable[[Connection, int], str], ...] = (_bare_link, _falling_edge, _odd_value)
