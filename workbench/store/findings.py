"""Findings, what they cite, and verifications, as frames and rows."""

from typing import Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from workbench.model import frames
from workbench.store.frames import read
from workbench.store.schema import ROWS


def finding_list(connection: Connection) -> pd.DataFrame:
    """Return `frames.FINDING_LIST`: every live finding, in their order."""
    f = ROWS["finding"]
    names = ("id", "position", "title", "text", "node_id")
    query = sa.select(*(f.c[n] for n in names)).where(~f.c.withdrawn)
    return read(connection, query.order_by(f.c.position, f.c.id), frames.FINDING_LIST)


def finding_evidence(connection: Connection) -> pd.DataFrame:
    """Return `frames.FINDING_EVIDENCE` of the live findings; withdrawn codings stay listed."""
    e, f, c = ROWS["finding_evidence"], ROWS["finding"], ROWS["coding"]
    query = (
        sa.select(e.c.finding_id, e.c.coding_id, e.c.stance, e.c.note, c.c.withdrawn)
        .join(f, f.c.id == e.c.finding_id)
        .join(c, c.c.id == e.c.coding_id)
        .where(~e.c.withdrawn, ~f.c.withdrawn)
        .order_by(f.c.position, f.c.id, e.c.stance.desc(), e.c.id)
    )
    return read(connection, query, frames.FINDING_EVIDENCE)


def verifications(connection: Connection) -> list[dict[str, Any]]:
    """Return the live verifications, oldest first, with who made each and when it last changed.

    `stands` says whether the words are where they were when they were verified: the coding
    lives, in a text of the same SHA-256, from the same character to the same.
    """
    r, p, a, c, v = (
        ROWS["verification"],
        ROWS["person"],
        sa.table("act", sa.column("seq"), sa.column("at")),
        ROWS["coding"],
        ROWS["transcript_version"],
    )
    stands = sa.and_(
        ~c.c.withdrawn,
        v.c.sha256 == r.c.sha256,
        c.c.start == r.c.start,
        c.c.stop == r.c.stop,
    )
    query = (
        sa.select(
            *(r.c[n] for n in ("id", "coding_id", "finding_id", "quotation_id")),
            *(r.c[n] for n in ("outcome", "note", "row_version")),
            p.c.handle,
            a.c.at,
            stands.label("stands"),
        )
        .join(p, p.c.id == r.c.person_id)
        .join(a, a.c.seq == r.c.changed_in)
        .join(c, c.c.id == r.c.coding_id)
        .join(v, v.c.id == c.c.transcript_version_id)
        .where(~r.c.withdrawn)
        .order_by(r.c.changed_in, r.c.id)
    )
    return [{**row, "stands": bool(row["stands"])} for row in connection.execute(query).mappings()]
