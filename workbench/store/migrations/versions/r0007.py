"""What merges brought here from other copies: their acts, and rows that are the same thing."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the tables of this revision."""
    op.create_table(
        "foreign_act",
        sa.Column("merged_in", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_in"], ["act.seq"], name=op.f("fk_foreign_act_merged_in_act")
        ),
        sa.PrimaryKeyConstraint("merged_in", "number", name=op.f("pk_foreign_act")),
    )
    op.create_index(op.f("ix_foreign_act_id"), "foreign_act", ["id"], unique=False)
    op.create_table(
        "foreign_row",
        sa.Column("merged_in", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("own_id", sa.String(length=36), nullable=False),
        sa.ForeignKeyConstraint(
            ["merged_in"], ["act.seq"], name=op.f("fk_foreign_row_merged_in_act")
        ),
        sa.PrimaryKeyConstraint("merged_in", "table_name", "id", name=op.f("pk_foreign_row")),
    )
