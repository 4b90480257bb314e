"""Every live row of a project with rows in place of ids: two alike projects say the same.

Written for tests only, from the schema alone: it knows nothing of studies.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable

from builders import live

from workbench.project.door import Project
from workbench.store import schema

AUTHORED = ("statement", "node", "node_edge", "node_statement", "link", "decision_record")
"""Tables whose `person_id` only says who wrote the row."""
OMITTED = {
    "cell": {"written_in", "reviewed_in", "seen", "definition_hash"},
    **{table: {"person_id"} for table in AUTHORED},
    "memo": {"anchor_id"},
    "kept_part": {"said", "source_name", "filename"},
    "transcript_version": {"number", "parent_id", "reason"},
}
"""Columns that are of ids, acts and authors; the states of cells are compared by themselves."""
RESTING = {"statement_evidence": "statement_id", "node_statement": "statement_id"}
"""Tables whose rows stay when the statement that they are of is withdrawn."""
ORDERED = {
    "case": (),
    "attribute": (),
    "statement": ("cell_id",),
    "node": ("ladder_id",),
}
"""Tables whose `position` only orders the rows that have these columns in common."""

Rows = dict[str, Counter[Hashable]]


def _only_current_texts(state: dict[str, list[dict[str, object]]]) -> None:
    """Leave out what was before a transcript was corrected: no study has it, and it is told."""
    old = {v["parent_id"] for v in state["transcript_version"]}
    state["transcript_version"] = [v for v in state["transcript_version"] if v["id"] not in old]
    for table in ("case_span", "finished", "original"):
        state[table] = [row for row in state[table] if row["transcript_version_id"] not in old]


def plain(project: Project) -> Rows:
    """Return table → its live rows, each id replaced by the row it is of."""
    state = live(project)
    _only_current_texts(state)
    state["kept_part"] = [row for row in state["kept_part"] if row["kind"] != "dates"]
    for table, group in ORDERED.items():
        _rank(state[table], group)
    told: dict[str, dict[str, Hashable]] = {}
    found: Rows = {}
    for name, table in schema.ROWS.items():
        to = {c.name: fk.column.table.name for c in table.c for fk in c.foreign_keys}
        told[name] = {}
        for row in state[name]:
            if name in RESTING and row[RESTING[name]] not in told["statement"]:
                continue
            told[name][row["id"]] = tuple(
                (column, told.get(to[column], {}).get(value, None) if column in to else value)
                for column, value in row.items()
                if column != "id" and column not in OMITTED.get(name, ())
            )
        found[name] = Counter(told[name].values())
    found["cell"] = Counter(k for k in found["cell"].elements() if _says_something(k))
    found["memo anchor"] = Counter(
        told[m["anchor"]].get(m["anchor_id"]) for m in state["memo"] if m["anchor"] in told
    )
    return found


def _rank(rows: list[dict], group: tuple[str, ...]) -> None:
    together = defaultdict(list)
    for row in rows:
        together[tuple(row[g] for g in group)].append(row)
    for of in together.values():
        for n, row in enumerate(sorted(of, key=lambda r: (r["position"], r["id"]))):
            row["position"] = n


def _says_something(cell: Hashable) -> bool:
    return bool(dict(cell)["mark"])


def differing(one: Project, other: Project) -> dict[str, tuple[Counter, Counter]]:
    """Return table → what only one has and what only the other has, where they differ."""
    here, there = plain(one), plain(other)
    return {
        table: (here[table] - there[table], there[table] - here[table])
        for table in here
        if here[table] != there[table]
    }
