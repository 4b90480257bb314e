"""The tables of a project, the same on SQLite and PostgreSQL.

Five kinds of table:

* *rows of the work* (`ROWS`): each has an `id` (UUID), the act it was made in and last
  changed in, a `row_version` against lost updates, and `withdrawn` in place of deletion;
* *the history*: `act`, `act_made`, `act_report`, `change`, `act_seal`: only ever added to, but
  for the one act that takes texts out for good (see `removing`);
* *other copies*: `foreign_act`, `foreign_row`: what merges brought here (see `foreign`), only
  ever added to;
* *the anchor*: one row that repeats the seal of the newest act (see `seals`);
* *deliveries*: which operation of which browser client was carried out (see `deliveries`);
* *the switch* `current_act`: one row that says which act is being written, so that the
  triggers of `history` can refuse a write outside any act.

Times are UTC in ISO 8601; ids are text; positions are code points.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
    text,
)
from sqlalchemy.schema import SchemaItem

ACT_KINDS = ("do", "undo", "redo")

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

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

ROWS: dict[str, Table] = {}
"""Tables of the work, parents before children."""

UNCHANGEABLE: dict[str, tuple[str, ...]] = {
    "transcript_version": ("transcript_id", "text", "sha256", "turns", "length"),
    "original": ("transcript_version_id", "content", "sha256"),
}
"""Columns that no act may change (law 2)."""

BULKY: dict[str, tuple[str, ...]] = {
    "transcript_version": ("text", "turns"),
    "original": ("content",),
}
"""Unchangeable columns that the history need not repeat.

They stand last in their tables: SQLite reads through all that stands before a column, so
that whether a row is withdrawn would cost reading its text.
"""

ADDED: dict[str, tuple[str, ...]] = {
    "run": ("from_id",),
    "coding": ("from_id", "look"),
    "statement": ("from_id", "label"),
    "cell": ("look",),
}
"""Columns that came when rows had been sealed already; a seal covers them where they say something.

`from_id` is the row that this one was carried from, to another framework version; `look` why
somebody must look at a coding or cell again; `label` the column in which a statement stood
before a merge.
"""

LIVE = "NOT withdrawn"


def _rows(name: str, *columns: SchemaItem, unique: tuple[str, ...] = ()) -> Table:
    """Declare a table of the work; `unique` columns are unique among live rows."""
    bulky = [c for c in columns if isinstance(c, Column) and c.name in BULKY.get(name, ())]
    table = Table(
        name,
        metadata,
        Column("id", String(36), primary_key=True),
        *(c for c in columns if c not in bulky),
        Column("made_in", Integer, ForeignKey("act.seq"), nullable=False, index=True),
        Column("changed_in", Integer, ForeignKey("act.seq"), nullable=False),
        Column("row_version", Integer, nullable=False, server_default=text("1")),
        Column("withdrawn", Boolean, nullable=False, server_default=false()),
        *bulky,
    )
    if unique:
        Index(
            f"live_{name}_{'_'.join(unique)}",
            *(table.c[c] for c in unique),
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        )
    ROWS[name] = table
    return table


def _to(
    table: str, name: str | None = None, *, null: bool = False, index: bool = False
) -> Column[object]:
    """Declare a reference to a row of another table."""
    return Column(
        name or f"{table}_id", String(36), ForeignKey(f"{table}.id"), nullable=null, index=index
    )


def _words(name: str, default: str | None = "") -> Column[object]:
    """Declare a text; without a default it must be given."""
    return Column(
        name, Text, nullable=False, server_default=None if default is None else text(f"'{default}'")
    )


setting = _rows("setting", _words("key", None), _words("value", None), unique=("key",))

person = _rows(
    "person",
    _words("handle", None),
    _words("name"),
    _words("role", "coder"),
    _words("credentials"),
    _words("occupation"),
    _words("experience"),
    unique=("handle",),
)

case = _rows(
    "case", _words("label", None), Column("position", Integer, nullable=False), unique=("label",)
)

attribute = _rows(
    "attribute",
    _words("name", None),
    _words("type", "text"),
    Column("position", Integer, nullable=False),
    unique=("name",),
)

attribute_value = _rows(
    "attribute_value",
    _to("case", index=True),
    _to("attribute"),
    _words("value", None),
    unique=("case_id", "attribute_id"),
)

transcript = _rows(
    "transcript",
    _words("name", None),
    _words("title"),
    _words("date"),
    Column("duration_minutes", Float),
    _words("mode"),
    _words("setting"),
    _words("interviewer"),
    _words("language"),
    Column("order_number", Integer),
    unique=("name",),
)

transcript_version = _rows(
    "transcript_version",
    _to("transcript", index=True),
    Column("number", Integer, nullable=False),
    _to("transcript_version", "parent_id", null=True),
    _words("reason"),
    Column("length", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    _words("layout"),
    _words("encoding"),
    _words("source_name"),
    _words("turns", "[]"),
    _words("text", None),
    unique=("transcript_id", "number"),
)

original = _rows(
    "original",
    _to("transcript_version", index=True),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
)

speaker = _rows(
    "speaker",
    _to("transcript", index=True),
    _words("label", None),
    _words("role", "unknown"),
    unique=("transcript_id", "label"),
)

case_span = _rows(
    "case_span",
    _to("case", index=True),
    _to("transcript_version", index=True),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
)

framework = _rows("framework", _words("name", None), unique=("name",))

framework_version = _rows(
    "framework_version",
    _to("framework"),
    _words("version", None),
    _to("framework_version", "parent_id", null=True),
    _words("parent_name"),
    _words("objective"),
    _words("description"),
    _words("synthetic"),
    _words("state", "draft"),
    _words("sha256"),
    unique=("framework_id", "version"),
)

category = _rows("category", _to("framework"))

category_version = _rows(
    "category_version",
    _to("framework_version", index=True),
    _to("category"),
    Column("position", Integer, nullable=False),
    _words("number"),
    _words("name", None),
    _words("definition"),
    _to("category", "parent_id", null=True),
    unique=("framework_version_id", "category_id"),
)

code = _rows("code", _to("framework"))

code_version = _rows(
    "code_version",
    _to("framework_version", index=True),
    _to("code"),
    Column("position", Integer, nullable=False),
    _words("number"),
    _words("name", None),
    _words("definition"),
    _words("use_when"),
    _words("not_when"),
    _words("example"),
    _words("origin", "a priori"),
    _words("colour"),
    _to("category", null=True),
    _to("code", "parent_id", null=True),
    unique=("framework_version_id", "code_id"),
)

run = _rows(
    "run",
    _words("name", None),
    _to("framework_version"),
    _words("kind", "final"),
    Column("blind", Boolean, nullable=False, server_default=false()),
    _to("person", null=True),
    _to("run", "from_id", null=True),
    unique=("name",),
)

finished = _rows(
    "finished",
    _to("run"),
    _to("transcript_version"),
    unique=("run_id", "transcript_version_id"),
)

coding = _rows(
    "coding",
    _to("run"),
    _to("transcript_version"),
    _to("code"),
    _to("person"),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    _words("quote", None),
    Column("uncertain", Boolean, nullable=False, server_default=false()),
    _to("coding", "from_id", null=True, index=True),
    _words("look"),
    CheckConstraint("start >= 0 AND stop > start", name="segment"),
    Index("ix_coding_place", "transcript_version_id", "start"),
)

decision = _rows(
    "decision",
    _to("run"),
    _to("coding"),
    _words("outcome", None),
    _words("reason"),
    _to("person"),
    _to("coding", "result_id", null=True),
    unique=("run_id", "coding_id"),
)

cell = _rows(
    "cell",
    _to("framework_version"),
    _to("case"),
    _to("code"),
    _words("mark"),
    Column("written_in", Integer, nullable=False, server_default=text("0")),
    Column("reviewed_in", Integer, nullable=False, server_default=text("0")),
    _words("definition_hash"),
    _words("seen"),
    _words("look"),
    unique=("framework_version_id", "case_id", "code_id"),
)

statement = _rows(
    "statement",
    _to("cell", index=True),
    Column("position", Integer, nullable=False),
    _words("kind", None),
    _words("text", None),
    _to("person"),
    _to("statement", "from_id", null=True, index=True),
    _words("label"),
)

statement_evidence = _rows(
    "statement_evidence",
    _to("statement", index=True),
    _to("coding", index=True),
    unique=("statement_id", "coding_id"),
)

ladder = _rows(
    "ladder",
    _words("name", None),
    _words("template", "framework"),
    _words("objective"),
    _to("framework_version", null=True),
    unique=("name",),
)

node = _rows(
    "node",
    _to("ladder"),
    Column("level", Integer),
    _words("label", None),
    _words("note"),
    Column("position", Integer, nullable=False),
    _to("person"),
)

node_edge = _rows(
    "node_edge",
    _to("node", "child_id", index=True),
    _to("node", "parent_id", index=True),
    _words("reason"),
    _to("person"),
    unique=("child_id", "parent_id"),
)

node_statement = _rows(
    "node_statement",
    _to("node", index=True),
    _to("statement", index=True),
    _words("reason"),
    _to("person"),
    unique=("node_id", "statement_id"),
)

facet = _rows(
    "facet",
    _to("node", index=True),
    _words("scheme", None),
    _words("value", None),
    _words("basis"),
    unique=("node_id", "scheme"),
)

typology = _rows("typology", _words("name", None), unique=("name",))

dimension = _rows(
    "dimension",
    _to("typology"),
    _words("name", None),
    _words("options", "[]"),
    Column("position", Integer, nullable=False),
    unique=("typology_id", "name"),
)

case_type = _rows(
    "case_type",
    _to("typology"),
    _words("name", None),
    _words("definition"),
    _words("options", "{}"),
    Column("position", Integer, nullable=False),
    unique=("typology_id", "name"),
)

placement = _rows(
    "placement",
    _to("typology"),
    _to("case"),
    _to("case_type"),
    _words("reason"),
    unique=("typology_id", "case_id"),
)

link = _rows(
    "link",
    _to("node", "source_id", index=True),
    _to("node", "target_id", index=True),
    _words("sign", None),
    _words("basis", None),
    _words("relation"),
    _words("groups"),
    _words("note"),
    _to("person"),
)

link_evidence = _rows(
    "link_evidence",
    _to("link", index=True),
    _to("coding", index=True),
    _words("stance", "for"),
    unique=("link_id", "coding_id"),
)

memo = _rows(
    "memo",
    _words("kind", "analytic"),
    _words("title"),
    _words("text", None),
    _to("person"),
    _words("anchor", "project"),
    Column("anchor_id", String(36), index=True),
    Column("start", Integer),
    Column("stop", Integer),
)

decision_record = _rows(
    "decision_record",
    _words("date"),
    _words("title", None),
    _words("text"),
    _to("person"),
    _words("stage"),
)

attendance = _rows(
    "attendance",
    _to("decision_record"),
    _to("person"),
    unique=("decision_record_id", "person_id"),
)

reading = _rows(
    "reading",
    _to("person"),
    _to("transcript_version"),
    _words("how", "read"),
    _words("date"),
    _words("note"),
)

step = _rows(
    "step",
    _to("framework_version", index=True),
    Column("position", Integer, nullable=False),
    _words("kind", None),
    _words("thing", "code"),
    _words("before", "[]"),
    _words("after", "[]"),
    _words("author"),
    _words("date"),
    _words("reason"),
    unique=("framework_version_id", "position"),
)

adoption = _rows(
    "adoption",
    _to("framework_version"),
    _to("framework_version", "from_id"),
    _words("steps", "[]"),
    unique=("framework_version_id",),
)

quotation = _rows(
    "quotation",
    _words("report"),
    Column("number", Integer, nullable=False),
    _to("coding", index=True),
    _to("node", null=True, index=True),
    _words("speaker"),
    _words("participant"),
    _words("note"),
    unique=("report", "number"),
)

tally = _rows(
    "tally",
    _words("series", None),
    _words("labels", "{}"),
    Column("count", Integer, nullable=False),
    unique=("series", "labels"),
)

finding = _rows(
    "finding",
    _words("title", None),
    _words("text"),
    _to("node", null=True, index=True),
    Column("position", Integer, nullable=False),
    _to("person"),
    unique=("title",),
)

finding_evidence = _rows(
    "finding_evidence",
    _to("finding", index=True),
    _to("coding", index=True),
    _words("stance", "for"),
    _words("note"),
    unique=("finding_id", "coding_id"),
)

verification = _rows(
    "verification",
    _to("coding", index=True),
    _to("finding", null=True, index=True),
    _to("quotation", null=True, index=True),
    _words("outcome", "as said"),
    _words("note"),
    _to("person"),
    Column("sha256", String(64), nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
)
