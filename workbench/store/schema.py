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
    Boolean,
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    false,
    text,
)

from workbench.store import charting_tables, mapping_tables, round_tables
from workbench.store.declaring import BULKY as BULKY
from workbench.store.declaring import LIVE as LIVE
from workbench.store.declaring import ROWS as ROWS
from workbench.store.declaring import metadata as metadata
from workbench.store.declaring import rows, to, words
from workbench.store.history_tables import ACT_KINDS as ACT_KINDS
from workbench.store.history_tables import act as act
from workbench.store.history_tables import act_made as act_made
from workbench.store.history_tables import act_report as act_report
from workbench.store.history_tables import act_seal as act_seal
from workbench.store.history_tables import anchor as anchor
from workbench.store.history_tables import change as change
from workbench.store.history_tables import current_act as current_act
from workbench.store.history_tables import delivery as delivery
from workbench.store.history_tables import foreign_act as foreign_act
from workbench.store.history_tables import foreign_row as foreign_row

UNCHANGEABLE: dict[str, tuple[str, ...]] = {
    "transcript_version": ("transcript_id", "text", "sha256", "turns", "length", "pages"),
    "original": ("transcript_version_id", "content", "sha256"),
    "kept_part": ("content", "sha256"),
}
"""Columns that no act may change (law 2)."""

ADDED: dict[str, tuple[str, ...]] = {
    "transcript_version": ("pages",),
    "run": ("from_id",),
    "coding": ("from_id", "look"),
    "statement": ("from_id", "label"),
    "cell": ("look",),
}
"""Columns that came when rows had been sealed already; a seal covers them where they say something.

`pages` are where the pages of a text begin, a JSON list, where it has any; `from_id` is the
row that this one was carried from, to another framework version; `look` why somebody must look
at a coding or cell again; `label` the column in which a statement stood before a merge.
"""

setting = rows("setting", words("key", None), words("value", None), unique=("key",))

person = rows(
    "person",
    words("handle", None),
    words("name"),
    words("role", "coder"),
    words("credentials"),
    words("occupation"),
    words("experience"),
    unique=("handle",),
)

case = rows(
    "case", words("label", None), Column("position", Integer, nullable=False), unique=("label",)
)

attribute = rows(
    "attribute",
    words("name", None),
    words("type", "text"),
    Column("position", Integer, nullable=False),
    unique=("name",),
)

attribute_value = rows(
    "attribute_value",
    to("case", index=True),
    to("attribute"),
    words("value", None),
    unique=("case_id", "attribute_id"),
)

transcript = rows(
    "transcript",
    words("name", None),
    words("title"),
    words("date"),
    Column("duration_minutes", Float),
    words("mode"),
    words("setting"),
    words("interviewer"),
    words("language"),
    Column("order_number", Integer),
    unique=("name",),
)

transcript_version = rows(
    "transcript_version",
    to("transcript", index=True),
    Column("number", Integer, nullable=False),
    to("transcript_version", "parent_id", null=True),
    words("reason"),
    Column("length", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    words("layout"),
    words("encoding"),
    words("source_name"),
    words("turns", "[]"),
    words("pages"),
    words("text", None),
    unique=("transcript_id", "number"),
)

original = rows(
    "original",
    to("transcript_version", index=True),
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
)

speaker = rows(
    "speaker",
    to("transcript", index=True),
    words("label", None),
    words("role", "unknown"),
    unique=("transcript_id", "label"),
)

case_span = rows(
    "case_span",
    to("case", index=True),
    to("transcript_version", index=True),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
)

framework = rows("framework", words("name", None), unique=("name",))

framework_version = rows(
    "framework_version",
    to("framework"),
    words("version", None),
    to("framework_version", "parent_id", null=True),
    words("parent_name"),
    words("objective"),
    words("description"),
    words("synthetic"),
    words("state", "draft"),
    words("sha256"),
    unique=("framework_id", "version"),
)

category = rows("category", to("framework"))

category_version = rows(
    "category_version",
    to("framework_version", index=True),
    to("category"),
    Column("position", Integer, nullable=False),
    words("number"),
    words("name", None),
    words("definition"),
    to("category", "parent_id", null=True),
    unique=("framework_version_id", "category_id"),
)

code = rows("code", to("framework"))

code_version = rows(
    "code_version",
    to("framework_version", index=True),
    to("code"),
    Column("position", Integer, nullable=False),
    words("number"),
    words("name", None),
    words("definition"),
    words("use_when"),
    words("not_when"),
    words("example"),
    words("origin", "a priori"),
    words("colour"),
    to("category", null=True),
    to("code", "parent_id", null=True),
    unique=("framework_version_id", "code_id"),
)

run = rows(
    "run",
    words("name", None),
    to("framework_version"),
    words("kind", "final"),
    Column("blind", Boolean, nullable=False, server_default=false()),
    to("person", null=True),
    to("run", "from_id", null=True),
    unique=("name",),
)

finished = rows(
    "finished",
    to("run"),
    to("transcript_version"),
    unique=("run_id", "transcript_version_id"),
)

coding = rows(
    "coding",
    to("run"),
    to("transcript_version"),
    to("code"),
    to("person"),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    words("quote", None),
    Column("uncertain", Boolean, nullable=False, server_default=false()),
    to("coding", "from_id", null=True, index=True),
    words("look"),
    CheckConstraint("start >= 0 AND stop > start", name="segment"),
    Index("ix_coding_place", "transcript_version_id", "start"),
)

decision = rows(
    "decision",
    to("run"),
    to("coding"),
    words("outcome", None),
    words("reason"),
    to("person"),
    to("coding", "result_id", null=True),
    unique=("run_id", "coding_id"),
)

cell = rows(
    "cell",
    to("framework_version"),
    to("case"),
    to("code"),
    words("mark"),
    Column("written_in", Integer, nullable=False, server_default=text("0")),
    Column("reviewed_in", Integer, nullable=False, server_default=text("0")),
    words("definition_hash"),
    words("seen"),
    words("look"),
    unique=("framework_version_id", "case_id", "code_id"),
)

statement = rows(
    "statement",
    to("cell", index=True),
    Column("position", Integer, nullable=False),
    words("kind", None),
    words("text", None),
    to("person"),
    to("statement", "from_id", null=True, index=True),
    words("label"),
)

statement_evidence = rows(
    "statement_evidence",
    to("statement", index=True),
    to("coding", index=True),
    unique=("statement_id", "coding_id"),
)

(
    ladder,
    node,
    node_edge,
    node_statement,
    facet,
    typology,
    dimension,
    case_type,
    placement,
    link,
    link_evidence,
) = mapping_tables.declared()

memo = rows(
    "memo",
    words("kind", "analytic"),
    words("title"),
    words("text", None),
    to("person"),
    words("anchor", "project"),
    Column("anchor_id", String(36), index=True),
    Column("start", Integer),
    Column("stop", Integer),
)

decision_record = rows(
    "decision_record",
    words("date"),
    words("title", None),
    words("text"),
    to("person"),
    words("stage"),
)

attendance = rows(
    "attendance",
    to("decision_record"),
    to("person"),
    unique=("decision_record_id", "person_id"),
)

reading = rows(
    "reading",
    to("person"),
    to("transcript_version"),
    words("how", "read"),
    words("date"),
    words("note"),
)

step = rows(
    "step",
    to("framework_version", index=True),
    Column("position", Integer, nullable=False),
    words("kind", None),
    words("thing", "code"),
    words("before", "[]"),
    words("after", "[]"),
    words("author"),
    words("date"),
    words("reason"),
    unique=("framework_version_id", "position"),
)

adoption = rows(
    "adoption",
    to("framework_version"),
    to("framework_version", "from_id"),
    words("steps", "[]"),
    unique=("framework_version_id",),
)

quotation = rows(
    "quotation",
    words("report"),
    Column("number", Integer, nullable=False),
    to("coding", index=True),
    to("node", null=True, index=True),
    words("speaker"),
    words("participant"),
    words("note"),
    unique=("report", "number"),
)

tally = rows(
    "tally",
    words("series", None),
    words("labels", "{}"),
    Column("count", Integer, nullable=False),
    unique=("series", "labels"),
)

finding = rows(
    "finding",
    words("title", None),
    words("text"),
    to("node", null=True, index=True),
    Column("position", Integer, nullable=False),
    to("person"),
    unique=("title",),
)

finding_evidence = rows(
    "finding_evidence",
    to("finding", index=True),
    to("coding", index=True),
    words("stance", "for"),
    words("note"),
    unique=("finding_id", "coding_id"),
)

verification = rows(
    "verification",
    to("coding", index=True),
    to("finding", null=True, index=True),
    to("quotation", null=True, index=True),
    words("outcome", "as said"),
    words("note"),
    to("person"),
    Column("sha256", String(64), nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
)

round_, round_run, round_transcript = round_tables.declared()

kept_part = rows(
    "kept_part",
    words("kind", None),
    words("guid", None),
    words("name"),
    words("source_name"),
    words("filename"),
    words("said"),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

(
    charting_round,
    charting_round_cell,
    own_cell,
    own_statement,
    own_evidence,
    cell_decision,
    decided_statement,
) = charting_tables.declared()
