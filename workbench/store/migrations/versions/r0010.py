"""Charting by two: its rounds and their cells, own cells, and what was decided."""

import sqlalchemy as sa
from alembic import op

from workbench.store.migrations.versions.r0008 import table_of_rows

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Create the tables of this revision."""
    _rounds()
    _own_cells()
    _decisions()


def _rounds() -> None:
    table_of_rows(
        "charting_round",
        sa.Column("name", sa.Text(), nullable=False),
        *_to("charting_round", "framework_version"),
        *_to("charting_round", "person", "first_id"),
        *_to("charting_round", "person", "second_id"),
        sa.Column("blind", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=True),
        sa.Column("drawn_from", sa.Integer(), nullable=True),
        unique=("name",),
    )
    table_of_rows(
        "charting_round_cell",
        *_to("charting_round_cell", "charting_round"),
        *_to("charting_round_cell", "case"),
        *_to("charting_round_cell", "code"),
        unique=("charting_round_id", "case_id", "code_id"),
    )
    _indexed("charting_round_cell", "charting_round_id", "case_id")


def _own_cells() -> None:
    table_of_rows(
        "own_cell",
        *_to("own_cell", "charting_round_cell"),
        *_to("own_cell", "person"),
        sa.Column("finished", sa.Boolean(), server_default=sa.false(), nullable=False),
        unique=("charting_round_cell_id", "person_id"),
    )
    _indexed("own_cell", "charting_round_cell_id")
    table_of_rows(
        "own_statement",
        *_to("own_statement", "own_cell"),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
    )
    _indexed("own_statement", "own_cell_id")
    table_of_rows(
        "own_evidence",
        *_to("own_evidence", "own_statement"),
        *_to("own_evidence", "coding"),
        unique=("own_statement_id", "coding_id"),
    )
    _indexed("own_evidence", "own_statement_id", "coding_id")


def _decisions() -> None:
    table_of_rows(
        "cell_decision",
        *_to("cell_decision", "charting_round_cell"),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        *_to("cell_decision", "person"),
        unique=("charting_round_cell_id",),
    )
    _indexed("cell_decision", "charting_round_cell_id")
    table_of_rows(
        "decided_statement",
        *_to("decided_statement", "cell_decision"),
        *_to("decided_statement", "statement"),
        *_to("decided_statement", "own_statement", null=True),
    )
    _indexed("decided_statement", "cell_decision_id", "statement_id")


def _to(
    table: str, other: str, column: str = "", *, null: bool = False
) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    """Return a column of a table that refers to rows of another, and its constraint."""
    name = column or f"{other}_id"
    return (
        sa.Column(name, sa.String(length=36), nullable=null),
        sa.ForeignKeyConstraint([name], [f"{other}.id"], name=op.f(f"fk_{table}_{name}_{other}")),
    )


def _indexed(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
