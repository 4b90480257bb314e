"""Later work that rests on words which an undo would take away, move, or give twice.

Words belong to cases by spans and to statements and links by codings. Undo in the order of
the history never meets such work; undo of one person's acts may.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.store import schema

Logged = Mapping[str, Mapping[str, Any]]
"""Row id → what the row was `before` an act and `after` it."""


def resting_on_spans(
    connection: Connection, spans: sa.ColumnElement[bool], later: sa.ColumnElement[bool]
) -> bool:
    """Whether a statement cites words of its case that lie in some spans of the case.

    `later` says which statements, and rows of their evidence, are asked about.
    """
    span, coding, cell = schema.case_span, schema.coding, schema.cell
    statement, cited = schema.statement, schema.statement_evidence
    query = (
        sa.select(statement.c.id)
        .join(cell, cell.c.id == statement.c.cell_id)
        .join(cited, cited.c.statement_id == statement.c.id)
        .join(coding, coding.c.id == cited.c.coding_id)
        .join(span, sa.and_(span.c.case_id == cell.c.case_id, _meets(span, coding)))
        .where(spans, later, ~statement.c.withdrawn, ~cited.c.withdrawn)
    )
    return _any(connection, query)


def lost_by(connection: Connection, table: sa.Table, logged: Logged, seq: int) -> str:
    """Return what of acts after `seq` rests on words that a way back would take or give twice.

    `logged` are the rows of one table that act `seq` changed; going back makes each what it
    was before. Nothing is returned where nothing stands in the way.
    """
    if table is schema.coding:
        moved = [i for i, e in logged.items() if _place(e["before"]) != _place(e["after"])]
        return _on_codings(connection, moved, seq)
    if table is schema.case_span:
        goes = [i for i, e in logged.items() if e["before"]["withdrawn"]]
        comes = [i for i, e in logged.items() if e["after"]["withdrawn"]]
        return _on_spans(connection, goes, seq) or _beside_spans(connection, comes, logged, seq)
    return ""


def _place(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return row["start"], row["stop"], row["quote"]


def _meets(span: sa.Table, other: sa.FromClause) -> sa.ColumnElement[bool]:
    """Say of a span and of a coding, or another span, that they share words."""
    return sa.and_(
        span.c.transcript_version_id == other.c.transcript_version_id,
        span.c.start < other.c.stop,
        other.c.start < span.c.stop,
    )


def _later(seq: int) -> sa.ColumnElement[bool]:
    statement, cited = schema.statement, schema.statement_evidence
    return sa.or_(statement.c.changed_in > seq, cited.c.made_in > seq)


def _on_codings(connection: Connection, ids: list[str], seq: int) -> str:
    statement, cited = schema.statement, schema.statement_evidence
    linked = schema.link_evidence
    for some in _chunks(ids):
        stated = (
            sa.select(statement.c.id)
            .join(cited, cited.c.statement_id == statement.c.id)
            .where(cited.c.coding_id.in_(some), _later(seq))
            .where(~statement.c.withdrawn, ~cited.c.withdrawn)
        )
        if _any(connection, stated):
            return "a statement of later rests on the words of its coding"
        links = sa.select(linked.c.id).where(
            linked.c.coding_id.in_(some), ~linked.c.withdrawn, linked.c.made_in > seq
        )
        if _any(connection, links):
            return "a link of later rests on the words of its coding"
    return ""


def _on_spans(connection: Connection, ids: list[str], seq: int) -> str:
    span, coding, linked = schema.case_span, schema.coding, schema.link_evidence
    for some in _chunks(ids):
        if resting_on_spans(connection, span.c.id.in_(some), _later(seq)):
            return "a statement of later rests on words of that case"
        links = (
            sa.select(linked.c.id)
            .join(coding, coding.c.id == linked.c.coding_id)
            .join(span, _meets(span, coding))
            .where(span.c.id.in_(some), ~linked.c.withdrawn, linked.c.made_in > seq)
        )
        if _any(connection, links):
            return "a link of later rests on words of that case"
    return ""


def _beside_spans(connection: Connection, ids: list[str], logged: Logged, seq: int) -> str:
    """Say where words that would come back to a case were given to it again meanwhile."""
    span, other = schema.case_span, schema.case_span.alias()
    for some in _chunks(ids):
        query = (
            sa.select(other.c.id)
            .join(span, sa.and_(span.c.case_id == other.c.case_id, _meets(span, other)))
            .where(span.c.id.in_(some), ~other.c.withdrawn, other.c.made_in != seq)
            .where(other.c.id.not_in(list(logged)))
        )
        if _any(connection, query):
            return "its words were given to the case again after it"
    return ""


def _any(connection: Connection, query: sa.Select[Any]) -> bool:
    return connection.execute(query.limit(1)).first() is not None


def _chunks(ids: list[str], size: int = 500) -> Iterator[list[str]]:
    for at in range(0, len(ids), size):
        yield ids[at : at + size]
