"""Where in a project a name can stand: in texts and labels, in what was written of them."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy.engine import Connection

from workbench.project import blindness
from workbench.store import passages, records

TRANSCRIPTS = "transcripts"
PLACES: dict[str, dict[str, tuple[str, ...]]] = {
    TRANSCRIPTS: {"speaker": ("label",)},
    "headers": {"transcript": ("name", "title", "setting", "interviewer")},
    "cases": {"case": ("label",), "attribute_value": ("value",)},
    "statements": {"statement": ("text",), "own_statement": ("text",)},
    "memos": {
        "memo": ("title", "text"),
        "reading": ("note",),
        "decision_record": ("title", "text"),
        "decision": ("reason",),
        "cell_decision": ("reason",),
    },
    "ladders": {
        "node": ("label", "note"),
        "node_edge": ("reason",),
        "node_statement": ("reason",),
        "facet": ("value", "basis"),
        "placement": ("reason",),
        "link": ("relation", "groups", "note"),
    },
    "findings": {
        "finding": ("title", "text"),
        "finding_evidence": ("note",),
        "verification": ("note",),
        "quotation": ("speaker", "participant", "note"),
    },
    "frameworks": {
        "code_version": ("name", "definition", "use_when", "not_when", "example"),
        "category_version": ("name", "definition"),
        "framework_version": ("objective", "description"),
    },
}
"""Place → table → its columns. The texts themselves are of the transcripts too, and verbatim
statements follow them; a framework is told and never changed by this."""

EVIDENCE = {
    "statement": ("statement_evidence", "statement_id"),
    "own_statement": ("own_evidence", "own_statement_id"),
}
"""Table of statements → the table of what they cite, and its column."""

REPLACEABLE = tuple(place for place in PLACES if place != "frameworks")
ANY_CASE = ("headers", "cases")
"""Places of names of files and the like, in which small letters are taken for capitals too."""
_TYPED = ("text", "category")
"""Types of attributes whose values may be any words."""


class Held(NamedTuple):
    """One text of a project: its place, its row and column, and the transcript it is, if any."""

    place: str
    table: str
    row_id: str
    column: str
    text: str
    transcript: str = ""


def texts(connection: Connection) -> Iterator[Held]:
    """Yield the current texts of the transcripts, in the order in which they came in."""
    for _, version, name, _ in passages.transcripts(connection):
        text, _ = passages.text(connection, version)
        yield Held(TRANSCRIPTS, "transcript_version", version, "text", text, name)


def written(connection: Connection) -> Iterator[Held]:
    """Yield every other text that may hold a name and is not shut, live rows only."""
    free = {
        a["id"] for a in records.find(connection, "attribute", "id", "type") if a["type"] in _TYPED
    }
    closed = blindness.shut_own_cells(connection)
    for place, tables in PLACES.items():
        for table, columns in tables.items():
            for row in records.find(connection, table):
                if table == "attribute_value" and row["attribute_id"] not in free:
                    continue
                if row.get("own_cell_id") in closed:
                    continue
                of = TRANSCRIPTS if table in EVIDENCE and row["kind"] == "verbatim" else place
                for column in columns:
                    if row[column]:
                        yield Held(of, table, row["id"], column, row[column])
