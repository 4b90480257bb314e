"""The tables of the history, of what merges brought, and of deliveries (see `schema`)."""

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from workbench.store.declaring import metadata

ACT_KINDS = ("do", "undo", "redo")

act = Table(
    "act",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, unique=True),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("kind", String(4), CheckConstraint("kind IN ('do', 'undo', 'redo')", name="kind")),
    Column("reverses", Integer, ForeignKey("act.seq"), index=True),
    Column("summary", Text, nullable=False),
)
act_made = Table(
    "act_made",
    metadata,
    Column("act", Integer, ForeignKey("act.seq"), primary_key=True),
    Column("table_name", Text, primary_key=True),
    Column("made", Integer, nullable=False),
)
act_report = Table(
    "act_report",
    metadata,
    Column("act", Integer, ForeignKey("act.seq"), primary_key=True),
    Column("report", JSON, nullable=False),
)
change = Table(
    "change",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("act", Integer, ForeignKey("act.seq"), nullable=False, index=True),
    Column("table_name", Text, nullable=False),
    Column("row_id", String(36), nullable=False, index=True),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
)
act_seal = Table(
    "act_seal",
    metadata,
    Column("act", Integer, ForeignKey("act.seq"), primary_key=True),
    Column("before", String(64), nullable=False),
    Column("rows", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("marks", LargeBinary, nullable=False),
)
anchor = Table(
    "anchor",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("act", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("sealed_late", Integer, nullable=False),
)
current_act = Table(
    "current_act",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("act", Integer),
)
foreign_act = Table(
    "foreign_act",
    metadata,
    Column("merged_in", Integer, ForeignKey("act.seq"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String(36), nullable=False, index=True),
    Column("at", String(32), nullable=False),
    Column("who", Text, nullable=False),
    Column("verb", Text, nullable=False),
    Column("kind", String(4), nullable=False),
    Column("summary", Text, nullable=False),
)
foreign_row = Table(
    "foreign_row",
    metadata,
    Column("merged_in", Integer, ForeignKey("act.seq"), primary_key=True),
    Column("table_name", Text, primary_key=True),
    Column("id", String(36), primary_key=True),
    Column("own_id", String(36), nullable=False),
)
delivery = Table(
    "delivery",
    metadata,
    Column("client", String(64), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("act", Integer, ForeignKey("act.seq")),
)
