"""What stands in the way of undoing a change of a draft framework version.

A draft and its steps are of one piece: a change of it is undone only while nobody has
changed, released or built on the draft since, nor coded with what would go.
"""

import functools
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, RowMapping

from workbench.errors import UndoBlocked
from workbench.store import schema

_PARTS: tuple[sa.Table, ...] = (schema.category_version, schema.code_version, schema.step)


def drafts_changed(connection: Connection, target: RowMapping) -> list[str]:
    """Return the framework versions that an act changed and did not itself make."""
    older = connection.execute(_drafts_with_changed_parts(), {"act": target["seq"]}).scalars()
    return sorted(str(i) for i in older)


@functools.cache
def _drafts_with_changed_parts() -> sa.Select[Any]:
    """Return the query for the older versions of which `act` made or changed a part."""
    change, version = schema.change, schema.framework_version
    act: sa.BindParameter[Any] = sa.bindparam("act")
    parts = []
    for table in _PARTS:
        logged = sa.select(change.c.row_id).where(
            change.c.act == act, change.c.table_name == table.name
        )
        touched = sa.or_(table.c.made_in == act, table.c.id.in_(logged))
        parts.append(sa.select(table.c.framework_version_id).where(touched))
    return sa.select(version.c.id).where(
        version.c.id.in_(sa.union(*parts)), version.c.made_in != act
    )


def refuse_later_drafting(connection: Connection, versions: list[str], target: RowMapping) -> None:
    """Check that drafts are still as an act left them, which may itself have released them.

    Raises:
        UndoBlocked: one was changed or released since, or another version begun from it.
    """
    if not versions:
        return
    version, act = schema.framework_version, schema.act
    summary = str(target["summary"])
    released = sa.select(version.c.id).where(
        version.c.id.in_(versions),
        version.c.state == "released",
        version.c.changed_in > target["seq"],
    )
    if connection.execute(released.limit(1)).first():
        raise UndoBlocked(summary, "the draft was released after it")
    child = sa.select(version.c.id).where(
        version.c.parent_id.in_(versions),
        ~version.c.withdrawn,
        version.c.made_in > target["seq"],
    )
    if connection.execute(child.limit(1)).first():
        raise UndoBlocked(summary, "another version was begun from the draft after it")
    for table in _PARTS:
        later = (
            sa.select(table.c.id)
            .join(act, act.c.seq == table.c.changed_in)
            .where(
                table.c.framework_version_id.in_(versions),
                table.c.changed_in > target["seq"],
                act.c.kind != "undo",
            )
        )
        if connection.execute(later.limit(1)).first():
            raise UndoBlocked(summary, "the draft was changed after it")


def refuse_uncoded(connection: Connection, versions: list[str], target: RowMapping) -> None:
    """Check that every coding and cell of these versions has its code still.

    Raises:
        UndoBlocked: one of later has a code that would go.
    """
    if not versions:
        return
    run, coding, cell = schema.run, schema.coding, schema.cell
    worked = sa.union(
        sa.select(run.c.framework_version_id.label("version_id"), coding.c.code_id)
        .join(run, run.c.id == coding.c.run_id)
        .where(~coding.c.withdrawn, run.c.framework_version_id.in_(versions)),
        sa.select(cell.c.framework_version_id, cell.c.code_id).where(
            ~cell.c.withdrawn, cell.c.framework_version_id.in_(versions)
        ),
    ).subquery()
    here = schema.code_version
    gone = (
        sa.select(worked.c.code_id)
        .outerjoin(
            here,
            sa.and_(
                here.c.framework_version_id == worked.c.version_id,
                here.c.code_id == worked.c.code_id,
                ~here.c.withdrawn,
            ),
        )
        .where(here.c.id.is_(None))
    )
    if connection.execute(gone.limit(1)).first():
        raise UndoBlocked(str(target["summary"]), "a coding or cell of later has its code")
