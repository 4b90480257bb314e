"""Deliveries of browser clients; findings with their evidence; verifications of quotations."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables of this revision."""
    op.create_table(
        "delivery",
        sa.Column("client", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["act"], ["act.seq"], name=op.f("fk_delivery_act_act")),
        sa.PrimaryKeyConstraint("client", "number", name=op.f("pk_delivery")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("node_id", sa.String(length=36), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_finding_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_finding_made_in_act")),
        sa.ForeignKeyConstraint(["node_id"], ["node.id"], name=op.f("fk_finding_node_id_node")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_finding_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_made_in"), "finding", ["made_in"], unique=False)
    op.create_index(op.f("ix_finding_node_id"), "finding", ["node_id"], unique=False)
    op.create_index(
        "live_finding_title",
        "finding",
        ["title"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "finding_evidence",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("finding_id", sa.String(length=36), nullable=False),
        sa.Column("coding_id", sa.String(length=36), nullable=False),
        sa.Column("stance", sa.Text(), server_default=sa.text("'for'"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_finding_evidence_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["coding_id"], ["coding.id"], name=op.f("fk_finding_evidence_coding_id_coding")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_finding_evidence_finding_id_finding")
        ),
        sa.ForeignKeyConstraint(
            ["made_in"], ["act.seq"], name=op.f("fk_finding_evidence_made_in_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding_evidence")),
    )
    op.create_index(
        op.f("ix_finding_evidence_coding_id"), "finding_evidence", ["coding_id"], unique=False
    )
    op.create_index(
        op.f("ix_finding_evidence_finding_id"), "finding_evidence", ["finding_id"], unique=False
    )
    op.create_index(
        op.f("ix_finding_evidence_made_in"), "finding_evidence", ["made_in"], unique=False
    )
    op.create_index(
        "live_finding_evidence_finding_id_coding_id",
        "finding_evidence",
        ["finding_id", "coding_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "verification",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("coding_id", sa.String(length=36), nullable=False),
        sa.Column("finding_id", sa.String(length=36), nullable=True),
        sa.Column("quotation_id", sa.String(length=36), nullable=True),
        sa.Column("outcome", sa.Text(), server_default=sa.text("'as said'"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_verification_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["coding_id"], ["coding.id"], name=op.f("fk_verification_coding_id_coding")
        ),
        sa.ForeignKeyConstraint(
            ["finding_id"], ["finding.id"], name=op.f("fk_verification_finding_id_finding")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_verification_made_in_act")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_verification_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"], ["quotation.id"], name=op.f("fk_verification_quotation_id_quotation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verification")),
    )
    op.create_index(op.f("ix_verification_coding_id"), "verification", ["coding_id"], unique=False)
    op.create_index(
        op.f("ix_verification_finding_id"), "verification", ["finding_id"], unique=False
    )
    op.create_index(op.f("ix_verification_made_in"), "verification", ["made_in"], unique=False)
    op.create_index(
        op.f("ix_verification_quotation_id"), "verification", ["quotation_id"], unique=False
    )
