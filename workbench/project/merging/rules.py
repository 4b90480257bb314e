"""What makes rows of two copies the same thing, and which of their columns go together."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from workbench.store import schema

Row = dict[str, Any]

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

SAME_THING: dict[str, tuple[str, ...]] = {
    "setting": ("key",),
    "person": ("handle",),
    "attribute": ("name",),
    "attribute_value": ("case_id", "attribute_id"),
    "transcript_version": ("transcript_id", "sha256"),
    "original": ("transcript_version_id", "sha256"),
    "speaker": ("transcript_id", "label"),
    "case_span": ("case_id", "transcript_version_id", "start", "stop"),
    "framework": ("name",),
    "framework_version": ("framework_id", "version"),
    "category_version": ("framework_version_id", "category_id"),
    "code_version": ("framework_version_id", "code_id"),
    "run": ("name", "framework_version_id", "kind", "blind", "person_id", "from_id"),
    "round": ("name", "framework_version_id", "blind", "seed", "drawn_from", "attribute"),
    "finished": ("run_id", "transcript_version_id"),
    "coding": ("run_id", "transcript_version_id", "code_id", "person_id", "start", "stop"),
    "decision": ("run_id", "coding_id"),
    "round_run": ("run_id",),
    "round_transcript": ("round_id", "transcript_id"),
    "cell": ("framework_version_id", "case_id", "code_id"),
    "charting_round": (
        "name",
        "framework_version_id",
        "first_id",
        "second_id",
        "blind",
        "seed",
        "drawn_from",
    ),
    "charting_round_cell": ("charting_round_id", "case_id", "code_id"),
    "own_cell": ("charting_round_cell_id", "person_id"),
    "own_evidence": ("own_statement_id", "coding_id"),
    "cell_decision": ("charting_round_cell_id",),
    "decided_statement": ("cell_decision_id", "statement_id", "own_statement_id"),
    "statement_evidence": ("statement_id", "coding_id"),
    "node_edge": ("child_id", "parent_id"),
    "node_statement": ("node_id", "statement_id"),
    "facet": ("node_id", "scheme"),
    "dimension": ("typology_id", "name"),
    "case_type": ("typology_id", "name"),
    "placement": ("typology_id", "case_id"),
    "link_evidence": ("link_id", "coding_id"),
    "attendance": ("decision_record_id", "person_id"),
    "quotation": ("report", "number"),
    "tally": ("series", "labels"),
    "finding_evidence": ("finding_id", "coding_id"),
    "adoption": ("framework_version_id",),
    "kept_part": ("kind", "guid", "sha256"),
    "step": ("framework_version_id", "kind", "thing", "before", "after"),
}
"""Table → the columns that make two new rows, made apart, one thing without a question."""

NAMED: dict[str, tuple[str, ...]] = {
    "case": ("label",),
    "run": ("name",),
    "round": ("name",),
    "charting_round": ("name",),
    "ladder": ("name",),
    "typology": ("name",),
    "finding": ("title",),
}
"""Table → the columns of a name: of two new rows of one name a person says whether they are one."""

NAMES = {
    **{table: column for table, (column,) in NAMED.items()},
    "transcript": "name",
    "attribute": "name",
}
"""Table → the column of a name that only one live row may have."""

VERSIONED = {"category": "category_version", "code": "code_version"}
"""Table of ids → the table in which they have names, within a framework version."""

NAMED_IN_VERSIONS = tuple(VERSIONED.values())

ORDERED: dict[str, tuple[str, ...]] = {
    "case": (),
    "attribute": (),
    "category_version": ("framework_version_id",),
    "code_version": ("framework_version_id",),
    "statement": ("cell_id",),
    "own_statement": ("own_cell_id",),
    "node": ("ladder_id",),
    "dimension": ("typology_id",),
    "case_type": ("typology_id",),
    "finding": (),
}
"""Table → the columns that tell its lists apart; `position` is a place in such a list."""

TOGETHER: dict[str, tuple[tuple[str, ...], ...]] = {
    "case_span": (("case_id", "transcript_version_id", "start", "stop"),),
    "framework_version": (("state", "sha256"),),
    "code_version": (("category_id", "parent_id"),),
    "adoption": (("from_id", "steps"),),
    "coding": (("transcript_version_id", "start", "stop", "quote"), ("run_id", "code_id")),
    "decision": (("outcome", "reason", "person_id", "result_id"),),
    "cell": (("seen", "definition_hash", "written_in", "reviewed_in", "look"),),
    "statement": (("cell_id", "kind", "text", "label"),),
    "own_statement": (("own_cell_id", "kind", "text"),),
    "cell_decision": (("outcome", "reason", "person_id"),),
    "dimension": (("name", "options"),),
    "case_type": (("name", "options"),),
    "placement": (("case_type_id", "reason"),),
    "memo": (("anchor", "anchor_id", "start", "stop"),),
    "quotation": (("coding_id", "node_id", "speaker", "participant", "note"),),
    "verification": (("coding_id", "outcome", "note", "person_id", "sha256", "start", "stop"),),
    "attribute_value": (("value",),),
}
"""Columns that are taken from one copy or the other as one; any other stands by itself."""

PLACES: dict[str, tuple[str, str]] = {
    "coding": ("transcript_version_id", "start"),
    "memo": ("anchor_id", "start"),
}
"""Table → the column of the text that its rows have a place in, and one of that place."""

KEPT_HERE: dict[str, tuple[str, ...]] = {
    "transcript": ("name", "title"),
    "transcript_version": ("reason", "layout", "encoding", "source_name", "turns", "pages"),
    "kept_part": ("name", "source_name", "filename", "said"),
    "coding": ("from_id", "look"),
    "step": ("author", "date", "reason"),
    "statement": ("person_id",),  # one that both took from one file
}
"""Columns of things made apart that stay as they are here, without a question."""

MAY_GO = ("coding", "statement", "own_statement")
"""Tables whose rows may be withdrawn while others cite them."""
IDENTITIES = ("category", "code")
"""Tables whose rows only stand for an id."""


@cache
def references(table: str) -> tuple[tuple[str, str], ...]:
    """Return (column, table) of what rows of a table refer to."""
    keys = schema.ROWS[table].foreign_keys
    found = [(k.parent.name, k.column.table.name) for k in keys]
    return tuple(sorted((c, t) for c, t in found if t in schema.ROWS))


@cache
def needs(table: str) -> tuple[tuple[str, str], ...]:
    """Return (column, table) of what rows of a table cannot live without."""
    return tuple((c, t) for c, t in references(table) if t not in (*MAY_GO, *IDENTITIES))


@cache
def groups(table: str, names: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the columns as they are taken together, ids, places in lists and withdrawal aside."""
    apart = {"id", "withdrawn", "position"}
    if table == "transcript_version":
        apart.add("number")
    together = TOGETHER.get(table, ())
    taken = {n for group in together for n in group}
    return (*together, *((n,) for n in names if n not in apart and n not in taken))


def led(table: str, row: Row, same: dict[str, dict[str, str]]) -> Row:
    """Return a row of another copy with the ids that the same things have here."""
    said = {}
    for column, to in references(table):
        here = same.get(to, {}).get(row[column])
        if here is not None:
            said[column] = here
    if table == "memo" and row["anchor_id"] is not None:
        here = same.get(row["anchor"], {}).get(row["anchor_id"])
        if here is not None:
            said["anchor_id"] = here
    if table == "cell" and row["seen"] and ("coding" in same or "code" in same):
        said["seen"] = " ".join(sorted(_seen(row["seen"], same)))
    if table == "kept_part":
        here_by_id = {i: here for ids in same.values() for i, here in ids.items()}
        said["said"] = _ID.sub(lambda m: here_by_id.get(m.group(), m.group()), row["said"])
    if table == "step":
        ids = same.get(str(row["thing"]), {})
        for column in ("before", "after"):
            said[column] = json.dumps([ids.get(i, i) for i in json.loads(row[column])])
    return {**row, **said} if said else row


def _seen(text: str, same: dict[str, dict[str, str]]) -> Iterator[str]:
    """Yield the codings that a cell was written from, as `chart.seen_text` writes them."""
    codings, codes = same.get("coding", {}), same.get("code", {})
    for one in text.split():
        coding, start, stop, *code = one.split(":")
        named = [codes.get(c, c) for c in code]
        yield ":".join([codings.get(coding, coding), start, stop, *named])
