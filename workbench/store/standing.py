"""What must hold of links, ladders and attributes after an undo, whoever worked in between.

Each question looks at the rows that an act has just changed, and answers why it cannot
stand; nothing is answered where it can.
"""

import functools
from collections.abc import Callable
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


def _bare_link(connection: Connection, seq: int) -> str:
    """Ask whether a link on the word of participants has evidence for it (law 5)."""
    bases = connection.execute(_bare_links(), {"act": seq}).scalars()
    if any(NEEDS_EVIDENCE & set(basis.split(",")) for basis in bases):
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
    return sa.select(link.c.basis).where(touched, ~link.c.withdrawn, ~supported)


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
        sa.select(edge.c.id)
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
        .limit(1)
    )


def _odd_value(connection: Connection, seq: int) -> str:
    """Ask whether every value of an attribute is of its type."""
    for name, kind, said in connection.execute(_values(), {"act": seq}).all():
        try:
            attribute_value(name, kind, said)
        except BadValue:
            return f"the attribute “{name}” would have a value that is not of its type"
    return ""


@functools.cache
def _values() -> sa.Select[Any]:
    """Return the query for name, type and value where an act touched an attribute."""
    attribute, value = schema.attribute, schema.attribute_value
    return (
        sa.select(attribute.c.name, attribute.c.type, value.c.value)
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


def _changed(table: sa.Table) -> sa.CompoundSelect[Any]:
    """Return the query for the ids of the rows of a table that `act` changed or made."""
    change, made = schema.change, table.alias()
    act: sa.BindParameter[Any] = sa.bindparam("act")
    logged = sa.select(change.c.row_id).where(
        change.c.act == act, change.c.table_name == table.name
    )
    return sa.union(logged, sa.select(made.c.id).where(made.c.made_in == act))


_QUESTIONS: tuple[Callable[[Connection, int], str], ...] = (_bare_link, _falling_edge, _odd_value)
