"""The tables that pass between rooms: their columns, and a check of them.

A frame is a pandas DataFrame. One row means what the comment beside its columns
says; further columns may stand beside the declared ones. Ids are UUIDs as text,
positions are code points, `act` numbers order everything that was ever done.
"""

from collections.abc import Iterator, Mapping

import pandas as pd

from workbench.errors import FrameMismatch

Columns = dict[str, str]
"""Column name → pandas dtype."""

# one transcript in its current version
TRANSCRIPTS: Columns = {
    "transcript_id": "str",
    "transcript_version_id": "str",
    "transcript": "str",
    "length": "int64",
}
# one turn of a current transcript version; times in ms, missing where unknown
TURNS: Columns = {
    "transcript_version_id": "str",
    "position": "int64",
    "speaker": "str",
    "role": "str",
    "start": "int64",
    "words_start": "int64",
    "stop": "int64",
    "begin_ms": "float64",
    "end_ms": "float64",
}
# one case, in the order of the chart; every further column is an attribute
CASES: Columns = {"case_id": "str", "case": "str"}
# one stretch of a transcript version that belongs to a case; spans of one case do not overlap
SPANS: Columns = {
    "case_id": "str",
    "transcript_version_id": "str",
    "start": "int64",
    "stop": "int64",
}
# one code of one framework version, in the order of the framework
CODES: Columns = {
    "code_id": "str",
    "number": "str",
    "code": "str",
    "category_id": "str",
    "category": "str",
    "parent_id": "str",
    "definition": "str",
    "use_when": "str",
    "not_when": "str",
    "example": "str",
    "origin": "str",
    "colour": "str",
    "definition_hash": "str",
}
# one live coding
CODINGS: Columns = {
    "coding_id": "str",
    "transcript_version_id": "str",
    "code_id": "str",
    "run_id": "str",
    "coder": "str",
    "start": "int64",
    "stop": "int64",
}
# one coding in one case: the part start:stop of the coding that lies in the case's spans
CASE_CODINGS: Columns = {
    "coding_id": "str",
    "case_id": "str",
    "code_id": "str",
    "transcript_version_id": "str",
    "start": "int64",
    "stop": "int64",
}
# one coding with its words, for evidence lists
QUOTES: Columns = {
    "coding_id": "str",
    "quote": "str",
    "transcript": "str",
    "transcript_version_id": "str",
    "code_id": "str",
    "coder": "str",
    "start": "int64",
    "stop": "int64",
    "turn": "float64",
    "speaker": "str",
}
# one cell on which somebody worked; acts as numbers, 0 where never
CELLS: Columns = {
    "cell_id": "str",
    "case_id": "str",
    "code_id": "str",
    "mark": "str",
    "written_in": "int64",
    "reviewed_in": "int64",
    "definition_hash": "str",
}
# one statement of a cell, in the order of the cell
STATEMENTS: Columns = {
    "statement_id": "str",
    "cell_id": "str",
    "case_id": "str",
    "code_id": "str",
    "position": "int64",
    "kind": "str",
    "text": "str",
}
# one coding that a statement rests on; withdrawn codings stay listed, for staleness
EVIDENCE: Columns = {
    "statement_id": "str",
    "coding_id": "str",
    "withdrawn": "bool",
    "changed_in": "int64",
}
# when a coding of the chart came and changed: beside CASE_CODINGS
CODING_ACTS: Columns = {"coding_id": "str", "made_in": "int64", "changed_in": "int64"}
# one transcript version that a run has finished: looked at, so silence means silence
FINISHED: Columns = {"run_id": "str", "transcript_version_id": "str"}
# one node of a ladder (level 2 and up), or a free concept (level missing)
NODES: Columns = {
    "node_id": "str",
    "ladder_id": "str",
    "ladder": "str",
    "level": "float64",
    "node": "str",
    "note": "str",
}
# one step of the climb: the child stands under the parent, which is on a higher level
NODE_EDGES: Columns = {"child_id": "str", "parent_id": "str"}
# one statement that feeds a node
FEEDS: Columns = {"statement_id": "str", "node_id": "str"}
# one link between two nodes; `basis` joins its bases with a comma, `groups` likewise
LINK_LIST: Columns = {
    "link_id": "str",
    "source": "str",
    "target": "str",
    "sign": "str",
    "basis": "str",
    "relation": "str",
    "groups": "str",
    "note": "str",
}
# one coding in one case that speaks for or against a link
LINKS: Columns = {
    "link_id": "str",
    "source": "str",
    "target": "str",
    "sign": "str",
    "basis": "str",
    "stance": "str",
    "case_id": "str",
    "coding_id": "str",
}
# one second classification of a node
FACETS: Columns = {"node_id": "str", "scheme": "str", "value": "str", "basis": "str"}


def require(frame: pd.DataFrame, columns: Columns, name: str) -> None:
    """Check that a frame has the declared columns.

    Raises:
        FrameMismatch: a column is missing.
    """
    missing = [c for c in columns if c not in frame.columns]
    if missing:
        raise FrameMismatch(name, missing)


def empty(columns: Columns) -> pd.DataFrame:
    """Return a frame of the declared columns and no rows."""
    return pd.DataFrame({c: pd.Series(dtype=t) for c, t in columns.items()})


class EvidenceIds(Mapping[tuple[str, str], tuple[str, ...]]):
    """The coding ids behind every cell of a chart: (row label, column label) → ids.

    Immutable, so that pandas may copy a chart's `attrs` without copying the ids.
    A cell without evidence is absent; `ids.get(("Case 1", "Waiting"), ())`.
    """

    __slots__ = ("_ids",)

    def __init__(self, ids: Mapping[tuple[str, str], tuple[str, ...]]) -> None:
        self._ids = dict(ids)

    def __getitem__(self, cell: tuple[str, str]) -> tuple[str, ...]:
        return self._ids[cell]

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __deepcopy__(self, memo: object) -> "EvidenceIds":
        return self

    def __repr__(self) -> str:
        return f"EvidenceIds({self._ids!r})"
