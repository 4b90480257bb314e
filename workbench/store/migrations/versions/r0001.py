"""Texts, cases, frameworks, codings and the history."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create the tables of this revision."""
    op.create_table(
        "act",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=True),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["reverses"], ["act.seq"], name=op.f("fk_act_reverses_act")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_act")),
        sa.UniqueConstraint("id", name=op.f("uq_act_id")),
    )
    op.create_index(op.f("ix_act_reverses"), "act", ["reverses"], unique=False)
    op.create_table(
        "current_act",
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("act", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("one", name=op.f("pk_current_act")),
    )
    op.create_table(
        "act_made",
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["act"], ["act.seq"], name=op.f("fk_act_made_act_act")),
        sa.PrimaryKeyConstraint("act", "table_name", name=op.f("pk_act_made")),
    )
    op.create_table(
        "act_report",
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["act"], ["act.seq"], name=op.f("fk_act_report_act_act")),
        sa.PrimaryKeyConstraint("act", name=op.f("pk_act_report")),
    )
    op.create_table(
        "attribute",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.Text(), server_default=sa.text("'text'"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_attribute_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_attribute_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute")),
    )
    op.create_index(op.f("ix_attribute_made_in"), "attribute", ["made_in"], unique=False)
    op.create_index(
        "live_attribute_name",
        "attribute",
        ["name"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_case_changed_in_act")),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_case_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
    )
    op.create_index(op.f("ix_case_made_in"), "case", ["made_in"], unique=False)
    op.create_index(
        "live_case_label",
        "case",
        ["label"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "change",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("act", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("row_id", sa.String(length=36), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["act"], ["act.seq"], name=op.f("fk_change_act_act")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
    )
    op.create_index(op.f("ix_change_act"), "change", ["act"], unique=False)
    op.create_index(op.f("ix_change_row_id"), "change", ["row_id"], unique=False)
    op.create_table(
        "framework",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_framework_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_framework_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework")),
    )
    op.create_index(op.f("ix_framework_made_in"), "framework", ["made_in"], unique=False)
    op.create_index(
        "live_framework_name",
        "framework",
        ["name"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("handle", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("role", sa.Text(), server_default=sa.text("'coder'"), nullable=False),
        sa.Column("credentials", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("occupation", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("experience", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_person_changed_in_act")),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_person_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_made_in"), "person", ["made_in"], unique=False)
    op.create_index(
        "live_person_handle",
        "person",
        ["handle"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_setting_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_setting_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
    )
    op.create_index(op.f("ix_setting_made_in"), "setting", ["made_in"], unique=False)
    op.create_index(
        "live_setting_key",
        "setting",
        ["key"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "transcript",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("date", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("duration_minutes", sa.Float(), nullable=True),
        sa.Column("mode", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("setting", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("interviewer", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("language", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("order_number", sa.Integer(), nullable=True),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_transcript_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_transcript_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript")),
    )
    op.create_index(op.f("ix_transcript_made_in"), "transcript", ["made_in"], unique=False)
    op.create_index(
        "live_transcript_name",
        "transcript",
        ["name"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "attribute_value",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("attribute_id", sa.String(length=36), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attribute_id"],
            ["attribute.id"],
            name=op.f("fk_attribute_value_attribute_id_attribute"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case.id"], name=op.f("fk_attribute_value_case_id_case")
        ),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_attribute_value_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["made_in"], ["act.seq"], name=op.f("fk_attribute_value_made_in_act")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attribute_value")),
    )
    op.create_index(
        op.f("ix_attribute_value_case_id"), "attribute_value", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_attribute_value_made_in"), "attribute_value", ["made_in"], unique=False
    )
    op.create_index(
        "live_attribute_value_case_id_attribute_id",
        "attribute_value",
        ["case_id", "attribute_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "category",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("framework_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_category_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_category_framework_id_framework")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_category_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
    )
    op.create_index(op.f("ix_category_made_in"), "category", ["made_in"], unique=False)
    op.create_table(
        "code",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("framework_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_code_changed_in_act")),
        sa.ForeignKeyConstraint(
            ["framework_id"], ["framework.id"], name=op.f("fk_code_framework_id_framework")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_code_made_in_act")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code")),
    )
    op.create_index(op.f("ix_code_made_in"), "code", ["made_in"], unique=False)
    op.create_table(
        "framework_version",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("framework_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("parent_name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("objective", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("description", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("synthetic", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'draft'"), nullable=False),
        sa.Column("sha256", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_framework_version_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["framework_id"],
            ["framework.id"],
            name=op.f("fk_framework_version_framework_id_framework"),
        ),
        sa.ForeignKeyConstraint(
            ["made_in"], ["act.seq"], name=op.f("fk_framework_version_made_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["framework_version.id"],
            name=op.f("fk_framework_version_parent_id_framework_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_version")),
    )
    op.create_index(
        op.f("ix_framework_version_made_in"), "framework_version", ["made_in"], unique=False
    )
    op.create_index(
        "live_framework_version_framework_id_version",
        "framework_version",
        ["framework_id", "version"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "speaker",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("transcript_id", sa.String(length=36), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), server_default=sa.text("'unknown'"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_speaker_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_speaker_made_in_act")),
        sa.ForeignKeyConstraint(
            ["transcript_id"], ["transcript.id"], name=op.f("fk_speaker_transcript_id_transcript")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
    )
    op.create_index(op.f("ix_speaker_made_in"), "speaker", ["made_in"], unique=False)
    op.create_index(op.f("ix_speaker_transcript_id"), "speaker", ["transcript_id"], unique=False)
    op.create_index(
        "live_speaker_transcript_id_label",
        "speaker",
        ["transcript_id", "label"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "transcript_version",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("transcript_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("layout", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("encoding", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("source_name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("turns", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_transcript_version_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["made_in"], ["act.seq"], name=op.f("fk_transcript_version_made_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["transcript_version.id"],
            name=op.f("fk_transcript_version_parent_id_transcript_version"),
        ),
        sa.ForeignKeyConstraint(
            ["transcript_id"],
            ["transcript.id"],
            name=op.f("fk_transcript_version_transcript_id_transcript"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transcript_version")),
    )
    op.create_index(
        op.f("ix_transcript_version_made_in"), "transcript_version", ["made_in"], unique=False
    )
    op.create_index(
        op.f("ix_transcript_version_transcript_id"),
        "transcript_version",
        ["transcript_id"],
        unique=False,
    )
    op.create_index(
        "live_transcript_version_transcript_id_number",
        "transcript_version",
        ["transcript_id", "number"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "case_span",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("transcript_version_id", sa.String(length=36), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_span_case_id_case")),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_case_span_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_case_span_made_in_act")),
        sa.ForeignKeyConstraint(
            ["transcript_version_id"],
            ["transcript_version.id"],
            name=op.f("fk_case_span_transcript_version_id_transcript_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_span")),
    )
    op.create_index(op.f("ix_case_span_case_id"), "case_span", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_span_made_in"), "case_span", ["made_in"], unique=False)
    op.create_index(
        op.f("ix_case_span_transcript_version_id"),
        "case_span",
        ["transcript_version_id"],
        unique=False,
    )
    op.create_table(
        "category_version",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("framework_version_id", sa.String(length=36), nullable=False),
        sa.Column("category_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_category_version_category_id_category")
        ),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_category_version_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_category_version_framework_version_id_framework_version"),
        ),
        sa.ForeignKeyConstraint(
            ["made_in"], ["act.seq"], name=op.f("fk_category_version_made_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["category.id"], name=op.f("fk_category_version_parent_id_category")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category_version")),
    )
    op.create_index(
        op.f("ix_category_version_framework_version_id"),
        "category_version",
        ["framework_version_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_category_version_made_in"), "category_version", ["made_in"], unique=False
    )
    op.create_index(
        "live_category_version_framework_version_id_category_id",
        "category_version",
        ["framework_version_id", "category_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "code_version",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("framework_version_id", sa.String(length=36), nullable=False),
        sa.Column("code_id", sa.String(length=36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("definition", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("use_when", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("not_when", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("example", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("origin", sa.Text(), server_default=sa.text("'a priori'"), nullable=False),
        sa.Column("colour", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("category_id", sa.String(length=36), nullable=True),
        sa.Column("parent_id", sa.String(length=36), nullable=True),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["category.id"], name=op.f("fk_code_version_category_id_category")
        ),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_code_version_changed_in_act")
        ),
        sa.ForeignKeyConstraint(
            ["code_id"], ["code.id"], name=op.f("fk_code_version_code_id_code")
        ),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_code_version_framework_version_id_framework_version"),
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_code_version_made_in_act")),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["code.id"], name=op.f("fk_code_version_parent_id_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_version")),
    )
    op.create_index(
        op.f("ix_code_version_framework_version_id"),
        "code_version",
        ["framework_version_id"],
        unique=False,
    )
    op.create_index(op.f("ix_code_version_made_in"), "code_version", ["made_in"], unique=False)
    op.create_index(
        "live_code_version_framework_version_id_code_id",
        "code_version",
        ["framework_version_id", "code_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "original",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("transcript_version_id", sa.String(length=36), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_original_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_original_made_in_act")),
        sa.ForeignKeyConstraint(
            ["transcript_version_id"],
            ["transcript_version.id"],
            name=op.f("fk_original_transcript_version_id_transcript_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_original")),
    )
    op.create_index(op.f("ix_original_made_in"), "original", ["made_in"], unique=False)
    op.create_index(
        op.f("ix_original_transcript_version_id"),
        "original",
        ["transcript_version_id"],
        unique=False,
    )
    op.create_table(
        "run",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("framework_version_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.Text(), server_default=sa.text("'final'"), nullable=False),
        sa.Column("blind", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=True),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_run_changed_in_act")),
        sa.ForeignKeyConstraint(
            ["framework_version_id"],
            ["framework_version.id"],
            name=op.f("fk_run_framework_version_id_framework_version"),
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_run_made_in_act")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_run_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_run")),
    )
    op.create_index(op.f("ix_run_made_in"), "run", ["made_in"], unique=False)
    op.create_index(
        "live_run_name",
        "run",
        ["name"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
    op.create_table(
        "coding",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("transcript_version_id", sa.String(length=36), nullable=False),
        sa.Column("code_id", sa.String(length=36), nullable=False),
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("stop", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("uncertain", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.CheckConstraint("start >= 0 AND stop > start", name=op.f("ck_coding_segment")),
        sa.ForeignKeyConstraint(["changed_in"], ["act.seq"], name=op.f("fk_coding_changed_in_act")),
        sa.ForeignKeyConstraint(["code_id"], ["code.id"], name=op.f("fk_coding_code_id_code")),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_coding_made_in_act")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_coding_person_id_person")
        ),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_coding_run_id_run")),
        sa.ForeignKeyConstraint(
            ["transcript_version_id"],
            ["transcript_version.id"],
            name=op.f("fk_coding_transcript_version_id_transcript_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coding")),
    )
    op.create_index(op.f("ix_coding_made_in"), "coding", ["made_in"], unique=False)
    op.create_index("ix_coding_place", "coding", ["transcript_version_id", "start"], unique=False)
    op.create_table(
        "finished",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("run_id", sa.String(length=36), nullable=False),
        sa.Column("transcript_version_id", sa.String(length=36), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("changed_in", sa.Integer(), nullable=False),
        sa.Column("row_version", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.ForeignKeyConstraint(
            ["changed_in"], ["act.seq"], name=op.f("fk_finished_changed_in_act")
        ),
        sa.ForeignKeyConstraint(["made_in"], ["act.seq"], name=op.f("fk_finished_made_in_act")),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"], name=op.f("fk_finished_run_id_run")),
        sa.ForeignKeyConstraint(
            ["transcript_version_id"],
            ["transcript_version.id"],
            name=op.f("fk_finished_transcript_version_id_transcript_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finished")),
    )
    op.create_index(op.f("ix_finished_made_in"), "finished", ["made_in"], unique=False)
    op.create_index(
        "live_finished_run_id_transcript_version_id",
        "finished",
        ["run_id", "transcript_version_id"],
        unique=True,
        sqlite_where=sa.text("NOT withdrawn"),
        postgresql_where=sa.text("NOT withdrawn"),
    )
