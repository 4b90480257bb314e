"""Parts of other tools' projects, kept for a later export; where the pages of a text begin."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Create the table and add the column of this revision."""
    op.create_table(
        "kept_part",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("source_name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("filename", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("said", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_kept_part_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_kept_part_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_kept_part")),
    )
    op.create_index(op.f("ix_kept_part_made_in"), "kept_part", ["made_in"], unique=False)
    op.add_column(
        "transcript_version",
        sa.Column("pages", sa.Text(), server_default=sa.text("''"), nullable=False),
    )
