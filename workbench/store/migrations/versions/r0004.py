"""Seals of the acts, and the anchor of the newest."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables of this revision, and the one row of the anchor."""
    op.create_table(
        "act_seal",
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("before", sa.String(length=64), nullable=False),
        sa.Column("rows", sa.String(length=64), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("marks", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["act"], ["act.seq"], name=op.f("fk_act_seal_act_act")),
        sa.PrimaryKeyConstraint("act", name=op.f("pk_act_seal")),
    )
    anchor = op.create_table(
        "anchor",
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("sealed_late", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_anchor")),
    )
    op.bulk_insert(anchor, [{"one": 1, "act": 0, "digest": "", "sealed_late": 0}])
