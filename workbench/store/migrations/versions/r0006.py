"""Where runs, codings and statements were carried from, and why they want another look."""

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
    op.create_index(op.f("ix_coding_from_id"), "coding", ["from_id"], unique=False)
    op.create_index(op.f("ix_statement_from_id"), "statement", ["from_id"], unique=False)


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
