"""Charts, ladders, typologies, links, memos and the reading log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the tables of this revision."""
    op.create_table(
        "typology",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_typology_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_typology_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_typology")),
    )
    op.create_index(op.f("ix_typology_made_in"), "typology", ["made_in"], unique=False)
    op.create_index(
        "live_typology_name",
        "typology",
        ["name"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "case_type",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("typology_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("options", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_case_type_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_case_type_made_in_act")),
        sa.ForeignKeyConstraint(
            ["typology_id"], ["typology.id"], name=op.f("fk_case_type_typology_id_typology")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_type")),
    )
    op.create_index(op.f("ix_case_type_made_in"), "case_type", ["made_in"], unique=False)
    op.create_index(
        "live_case_type_typology_id_name",
        "case_type",
        ["typology_id", "name"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "decision_record",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("date", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_decision_record_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["made_in"], ["act.seq"], name=op.f("fk_decision_record_made_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_decision_record_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision_record")),
    )
    op.create_index(
        op.f("ix_decision_record_made_in"), "decision_record", ["made_in"], unique=False
    )
    op.create_table(
        "dimension",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("typology_id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("options", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_dimension_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_dimension_made_in_act")),
        sa.ForeignKeyConstraint(
            ["typology_id"], ["typology.id"], name=op.f("fk_dimension_typology_id_typology")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dimension")),
    )
    op.create_index(op.f("ix_dimension_made_in"), "dimension", ["made_in"], unique=False)
    op.create_index(
        "live_dimension_typology_id_name",
        "dimension",
        ["typology_id", "name"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "memo",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.Text(), server_default=sa.text("'analytic'"), nullable=False),
        sa.Column("title", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("anchor", sa.Text(), server_default=sa.text("'project'"), nullable=False),
        sa.Column("anchor_id", sa.String(length=36), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("stop", sa.Integer(), nullable=True),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_memo_changed_in_act")),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_memo_made_in_act")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_memo_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memo")),
    )
    op.create_index(op.f("ix_memo_anchor_id"), "memo", ["anchor_id"], unique=False)
    op.create_index(op.f("ix_memo_made_in"), "memo", ["made_in"], unique=False)
    op.create_table(
        "attendance",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("decision_record_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_attendance_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["decision_record_id"],
            ["decision_record.id"],
            name=op.f("fk_attendance_decision_record_id_decision_record"),
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_attendance_made_in_act")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
    )
    op.create_index(op.f("ix_attendance_made_in"), "attendance", ["made_in"], unique=False)
    op.create_index(
        "live_attendance_decision_record_id_person_id",
        "attendance",
        ["decision_record_id", "person_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "cell",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("framework_version_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("code_id", sa.String(length=36), nullable=False),
        sa.Column("mark", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("written_in", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("reviewed_in", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("definition_hash", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("seen", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_cell_case_id_case")),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_cell_changed_in_act")),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_cell_code_id_code")),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_cell_framework_version_id_framework_version"),
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_cell_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cell")),
    )
    op.create_index(op.f("ix_cell_made_in"), "cell", ["made_in"], unique=False)
    op.create_index(
        "live_cell_framework_version_id_case_id_code_id",
        "cell",
        ["framework_version_id", "case_id", "code_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "ladder",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("template", sa.Text(), server_default=sa.text("'framework'"), nullable=False),
        sa.Column("objective", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("framework_version_id", sa.String(length=36), nullable=True),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_ladder_changed_in_act")),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_ladder_framework_version_id_framework_version"),
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_ladder_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder")),
    )
    op.create_index(op.f("ix_ladder_made_in"), "ladder", ["made_in"], unique=False)
    op.create_index(
        "live_ladder_name",
        "ladder",
        ["name"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "placement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("typology_id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("case_type_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_placement_case_id_case")),
        sa.ForeignKeyConstraint(
            ["case_type_id"], ["case_type.id"], name=op.f("fk_placement_case_type_id_case_type")
        ),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_placement_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_placement_made_in_act")),
        sa.ForeignKeyConstraint(
            ["typology_id"], ["typology.id"], name=op.f("fk_placement_typology_id_typology")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
    )
    op.create_index(op.f("ix_placement_made_in"), "placement", ["made_in"], unique=False)
    op.create_index(
        "live_placement_typology_id_case_id",
        "placement",
        ["typology_id", "case_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "reading",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("transcript_version_id", sa.String(length=36), nullable=False),
        sa.Column("how", sa.Text(), server_default=sa.text("'read'"), nullable=False),
        sa.Column("date", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_reading_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_reading_made_in_act")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reading_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["transcript_version_id"],
            ["transcript_version.id"],
            name=op.f("fk_reading_transcript_version_id_transcript_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reading")),
    )
    op.create_index(op.f("ix_reading_made_in"), "reading", ["made_in"], unique=False)
    op.create_table(
        "node",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("ladder_id", sa.String(length=36), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_node_changed_in_act")),
        sa.ForeignKeyConstraint(
            ["ladder_id"], ["ladder.id"], name=op.f("fk_node_ladder_id_ladder")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_node_made_in_act")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_node_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_node")),
    )
    op.create_index(op.f("ix_node_made_in"), "node", ["made_in"], unique=False)
    op.create_table(
        "statement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("cell_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["cell_id"], ["cell.id"], name=op.f("fk_statement_cell_id_cell")),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_statement_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_statement_made_in_act")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_statement_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    op.create_index(op.f("ix_statement_cell_id"), "statement", ["cell_id"], unique=False)
    op.create_index(op.f("ix_statement_made_in"), "statement", ["made_in"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("coding_id", sa.String(length=36), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("result_id", sa.String(length=36), nullable=True),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_decision_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["coding_id"], ["coding.id"], name=op.f("fk_decision_coding_id_coding")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_decision_made_in_act")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_decision_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["result_id"], ["coding.id"], name=op.f("fk_decision_result_id_coding")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_decision_run_id_run")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(op.f("ix_decision_made_in"), "decision", ["made_in"], unique=False)
    op.create_index(
        "live_decision_run_id_coding_id",
        "decision",
        ["run_id", "coding_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "facet",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("node_id", sa.String(length=36), nullable=False),
        sa.Column("scheme", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_facet_changed_in_act")),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_facet_made_in_act")),
        sa.ForeignKeyConstraint(["node_id"], ["node.id"], name=op.f("fk_facet_node_id_node")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_facet")),
    )
    op.create_index(op.f("ix_facet_made_in"), "facet", ["made_in"], unique=False)
    op.create_index(op.f("ix_facet_node_id"), "facet", ["node_id"], unique=False)
    op.create_index(
        "live_facet_node_id_scheme",
        "facet",
        ["node_id", "scheme"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "link",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("source_id", sa.String(length=36), nullable=False),
        sa.Column("target_id", sa.String(length=36), nullable=False),
        sa.Column("sign", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("relation", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("groups", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("note", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_link_changed_in_act")),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_link_made_in_act")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_link_person_id_person")
        ),
        sa.ForeignKeyConstraint(["source_id"], ["node.id"], name=op.f("fk_link_source_id_node")),
        sa.ForeignKeyConstraint(["target_id"], ["node.id"], name=op.f("fk_link_target_id_node")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link")),
    )
    op.create_index(op.f("ix_link_made_in"), "link", ["made_in"], unique=False)
    op.create_index(op.f("ix_link_source_id"), "link", ["source_id"], unique=False)
    op.create_index(op.f("ix_link_target_id"), "link", ["target_id"], unique=False)
    op.create_table(
        "node_edge",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("child_id", sa.String(length=36), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_node_edge_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["child_id"], ["node.id"], name=op.f("fk_node_edge_child_id_node")),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_node_edge_made_in_act")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["node.id"], name=op.f("fk_node_edge_parent_id_node")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_node_edge_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_node_edge")),
    )
    op.create_index(op.f("ix_node_edge_child_id"), "node_edge", ["child_id"], unique=False)
    op.create_index(op.f("ix_node_edge_made_in"), "node_edge", ["made_in"], unique=False)
    op.create_index(op.f("ix_node_edge_parent_id"), "node_edge", ["parent_id"], unique=False)
    op.create_index(
        "live_node_edge_child_id_parent_id",
        "node_edge",
        ["child_id", "parent_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "node_statement",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("node_id", sa.String(length=36), nullable=False),
        sa.Column("statement_id", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_node_statement_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["made_in"], ["act.seq"], name=op.f("fk_node_statement_made_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["node_id"], ["node.id"], name=op.f("fk_node_statement_node_id_node")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_node_statement_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_node_statement_statement_id_statement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_node_statement")),
    )
    op.create_index(op.f("ix_node_statement_made_in"), "node_statement", ["made_in"], unique=False)
    op.create_index(op.f("ix_node_statement_node_id"), "node_statement", ["node_id"], unique=False)
    op.create_index(
        op.f("ix_node_statement_statement_id"), "node_statement", ["statement_id"], unique=False
    )
    op.create_index(
        "live_node_statement_node_id_statement_id",
        "node_statement",
        ["node_id", "statement_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "statement_evidence",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("statement_id", sa.String(length=36), nullable=False),
        sa.Column("coding_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_statement_evidence_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["coding_id"], ["coding.id"], name=op.f("fk_statement_evidence_coding_id_coding")
        ),
        sa.ForeignKeyConstraint(
            ["made_in"], ["act.seq"], name=op.f("fk_statement_evidence_made_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["statement_id"],
            ["statement.id"],
            name=op.f("fk_statement_evidence_statement_id_statement"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement_evidence")),
    )
    op.create_index(
        op.f("ix_statement_evidence_coding_id"), "statement_evidence", ["coding_id"], unique=False
    )
    op.create_index(
        op.f("ix_statement_evidence_made_in"), "statement_evidence", ["made_in"], unique=False
    )
    op.create_index(
        op.f("ix_statement_evidence_statement_id"),
        "statement_evidence",
        ["statement_id"],
        unique=False,
    )
    op.create_index(
        "live_statement_evidence_statement_id_coding_id",
        "statement_evidence",
        ["statement_id", "coding_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "link_evidence",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("link_id", sa.String(length=36), nullable=False),
        sa.Column("coding_id", sa.String(length=36), nullable=False),
        sa.Column("stance", sa.Text(), server_default=sa.text("'for'"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_link_evidence_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["coding_id"], ["coding.id"], name=op.f("fk_link_evidence_coding_id_coding")
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["link.id"], name=op.f("fk_link_evidence_link_id_link")
        ),
        sa.ForeignKeyConstraint(
            ["made_in"], ["act.seq"], name=op.f("fk_link_evidence_made_in_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_link_evidence")),
    )
    op.create_index(
        op.f("ix_link_evidence_coding_id"), "link_evidence", ["coding_id"], unique=False
    )
    op.create_index(op.f("ix_link_evidence_link_id"), "link_evidence", ["link_id"], unique=False)
    op.create_index(op.f("ix_link_evidence_made_in"), "link_evidence", ["made_in"], unique=False)
    op.create_index(
        "live_link_evidence_link_id_coding_id",
        "link_evidence",
        ["link_id", "coding_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
