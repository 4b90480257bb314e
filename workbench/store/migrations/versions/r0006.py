"""Where runs, codings and statements were carried from; steps that were adopted later."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the columns of this revision."""
    for table in ("run", "coding", "statement"):
        _add_origin(table)
    for table, column in (("coding", "look"), ("statement", "label"), ("cell", "look")):
        op.add_column(
            table, sa.Column(column, sa.Text(), server_default=sa.text("''"), nullable=False)
        )
    _adoption()
    op.create_index(op.f("ix_coding_from_id"), "coding", ["from_id"], unique=False)
    op.create_index(op.f("ix_statement_from_id"), "statement", ["from_id"], unique=False)


def _adoption() -> None:
    op.create_table(
        "adoption",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("framework_version_id", sa.String(length=36), nullable=False),
        sa.Column("from_id", sa.String(length=36), nullable=False),
        sa.Column("steps", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_adoption_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_adoption_framework_version_id_framework_version"),
        ),
        sa.ForeignKeyConstraint(
            ["from_id"],
            ["framework_version.id"],
            name=op.f("fk_adoption_from_id_framework_version"),
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_adoption_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_adoption")),
    )
    op.create_index(op.f("ix_adoption_made_in"), "adoption", ["made_in"], unique=False)
    op.create_index(
        "live_adoption_framework_version_id",
        "adoption",
        ["framework_version_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )


def _add_origin(table: str) -> None:
    """Add a reference to another row of the same table.

    SQLite takes the reference with the column alone, and only so without writing the
    table anew.
    """
    name = op.f(f"fk_{table}_from_id_{table}")
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f'ALTER TABLE "{table}" ADD COLUMN from_id VARCHAR(36) '
            f'CONSTRAINT "{name}" REFERENCES "{table}" (id)'
        )
        return
    op.add_column(table, sa.Column("from_id", sa.String(length=36), nullable=True))
    op.create_foreign_key(name, table, table, ["from_id"], ["id"])
