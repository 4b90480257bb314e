"""Rounds of double indexing: the runs in them, and their transcripts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import SchemaItem

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the tables of this revision."""
    table_of_rows(
        "round",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("framework_version_id", sa.String(length=36), nullable=False),
        sa.Column("blind", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=True),
        sa.Column("drawn_from", sa.Integer(), nullable=True),
        sa.Column("attribute", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_round_framework_version_id_framework_version"),
        ),
        unique=("name",),
    )
    for child in ("run", "transcript"):
        table = f"round_{child}"
        table_of_rows(
            table,
            sa.Column("round_id", sa.String(length=36), nullable=False),
            sa.Column(f"{child}_id", sa.String(length=36), nullable=False),
            sa.ForeignKeyConstraint(
                ["round_id"], ["round.id"], name=op.f(f"fk_{table}_round_id_round")
            ),
            sa.ForeignKeyConstraint(
                [f"{child}_id"], [f"{child}.id"], name=op.f(f"fk_{table}_{child}_id_{child}")
            ),
            unique=("run_id",) if child == "run" else ("round_id", "transcript_id"),
        )
        op.create_index(op.f(f"ix_{table}_round_id"), table, ["round_id"], unique=False)


def table_of_rows(table: str, *columns: SchemaItem, unique: tuple[str, ...] = ()) -> None:
    """Create a table of the work; `unique` columns are unique among live rows."""
    op.create_table(
        table,
        sa.Column("id", sa.String(length=36), nullable=False),
        *columns,
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f(f"fk_{table}_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f(f"fk_{table}_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
    op.create_index(op.f(f"ix_{table}_made_in"), table, ["made_in"], unique=False)
    if not unique:
        return
    op.create_index(
        f"live_{table}_{'_'.join(unique)}",
        table,
        list(unique),
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
