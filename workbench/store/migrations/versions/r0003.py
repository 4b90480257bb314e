"""Steps between framework versions, the register of quotations, counts, stages of decisions."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables and the column of this revision."""
    op.create_table(
        "tally",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("labels", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_tally_changed_in_act")),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_tally_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tally")),
    )
    op.create_index(op.f("ix_tally_made_in"), "tally", ["made_in"], unique=False)
    op.create_index(
        "live_tally_series_labels",
        "tally",
        ["series", "labels"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "step",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("framework_version_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("thing", sa.Text(), server_default=sa.text("'code'"), nullable=False),
        sa.Column("before", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("after", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("author", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("date", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_step_changed_in_act")),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_step_framework_version_id_framework_version"),
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_step_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step")),
    )
    op.create_index(
        op.f("ix_step_framework_version_id"), "step", ["framework_version_id"], unique=False
    )
    op.create_index(op.f("ix_step_made_in"), "step", ["made_in"], unique=False)
    op.create_index(
        "live_step_framework_version_id_position",
        "step",
        ["framework_version_id", "position"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "quotation",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("report", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("coding_id", sa.String(length=36), nullable=False),
        sa.Column("node_id", sa.String(length=36), nullable=True),
        sa.Column("speaker", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("participant", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_quotation_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["coding_id"], ["coding.id"], name=op.f("fk_quotation_coding_id_coding")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_quotation_made_in_act")),
        sa.ForeignKeyConstraint(["node_id"], ["node.id"], name=op.f("fk_quotation_node_id_node")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotation")),
    )
    op.create_index(op.f("ix_quotation_coding_id"), "quotation", ["coding_id"], unique=False)
    op.create_index(op.f("ix_quotation_made_in"), "quotation", ["made_in"], unique=False)
    op.create_index(op.f("ix_quotation_node_id"), "quotation", ["node_id"], unique=False)
    op.create_index(
        "live_quotation_report_number",
        "quotation",
        ["report", "number"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.add_column(
        "decision_record",
        sa.Column("stage", sa.Text(), server_default=sa.text("''"), nullable=False),
    )
