"""The tables that pass between rooms: their columns, and a check of them.

A frame is a pandas DataFrame. One row means what the comment beside its columns
says; further columns may stand beside the declared ones. Ids are UUIDs as text,
positions are code points, `act` numbers order everything that was ever done.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import FrameMismatch
from workbench.model.case import CASE_COLUMNS

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
CASES: Columns = dict.fromkeys(CASE_COLUMNS, "str")
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
# one step of a framework version, in order from 1: what of the parent became what of the
# version, as numbers and names (tuples) and as ids (tuples)
STEPS: Columns = {
    "step": "int64",
    "kind": "str",
    "thing": "str",
    "before": "object",
    "after": "object",
    "author": "str",
    "date": "str",
    "reason": "str",
    "before_ids": "object",
    "after_ids": "object",
}
# one difference between two framework versions, in words, with what was and what is
FRAMEWORK_DIFF: Columns = {
    "kind": "str",
    "thing": "str",
    "difference": "str",
    "before": "str",
    "after": "str",
    "reason": "str",
    "before_ids": "object",
    "after_ids": "object",
    "codings": "int64",
    "cells": "int64",
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
# one live coding as figures need it: codings are only numbered, and what recurs are categories
COUNTED: Columns = {
    "coding_id": "int64",
    "transcript_version_id": "category",
    "code_id": "category",
    "coder": "category",
    "start": "int64",
    "stop": "int64",
}
# one stretch start:stop of a coding that lies in one span of a case: a coding that meets
# several spans of a case has several rows for it, so codings are counted by distinct id
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
# one cell on which somebody worked; acts as numbers, 0 where never; `seen` says which codings
# were there when it was last written or reviewed (see `model.chart.Seen`); a column `look` may
# stand beside: why somebody must look at the cell again
CELLS: Columns = {
    "cell_id": "str",
    "case_id": "str",
    "code_id": "str",
    "mark": "str",
    "written_in": "int64",
    "reviewed_in": "int64",
    "definition_hash": "str",
    "seen": "str",
}
# one statement of a cell, in the order of the cell; a column `label` may stand beside: the
# column it stood in before that was merged with others
STATEMENTS: Columns = {
    "statement_id": "str",
    "cell_id": "str",
    "case_id": "str",
    "code_id": "str",
    "position": "int64",
    "kind": "str",
    "text": "str",
}
# one coding that a statement rests on; withdrawn codings stay listed
EVIDENCE: Columns = {"statement_id": "str", "coding_id": "str", "withdrawn": "bool"}
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
# one speaker of one transcript; `seconds` are those of the `timed_turns`, missing without any
SPEAKING: Columns = {
    "transcript_version_id": "str",
    "speaker": "str",
    "role": "str",
    "turns": "int64",
    "words": "int64",
    "word_share": "float64",
    "seconds": "float64",
    "timed_turns": "int64",
}
# one case and code that meet: partial sums over whole transcripts, which only need adding
FIGURES: Columns = {
    "case_id": "str",
    "code_id": "str",
    "codings": "int64",
    "characters": "int64",
    "distinct_characters": "int64",
    "transcripts": "int64",
}
# one code that was used, over all cases and outside them
FREQUENCIES: Columns = {
    "code_id": "str",
    "codings": "int64",
    "transcripts": "int64",
    "coders": "int64",
    "cases": "int64",
}
# two codes that meet, `code_id` the earlier in the framework, and how often
PAIRS: Columns = {"code_id": "str", "other_id": "str", "count": "int64"}
# two codings that share a character, each pair once: the evidence of co-occurrence
CODING_PAIRS: Columns = {"coding_id": "str", "other_id": "str"}
# one coding in one turn whose words it meets
TURN_CODINGS: Columns = {
    "transcript_version_id": "str",
    "position": "int64",
    "coding_id": "str",
    "code_id": "str",
}
# one stretch of text that belongs to a unit on which coders are compared; `unit` counts from 0
STRETCHES: Columns = {
    "unit": "int64",
    "transcript_version_id": "str",
    "start": "int64",
    "stop": "int64",
}
# one transcript version that one side of a comparison (a run, a coder) looked at
LOOKED: Columns = {"side": "str", "transcript_version_id": "str"}
# one code, one category, or all of them, and how far the sides agree on it; beside them stand
# the coefficients of the unit, each with `_low` and `_high`; `by_side` holds how many units each
# side gave it, `undefined` maps columns to why they have no value
AGREEMENT: Columns = {
    "level": "str",
    "of": "str",
    "number": "str",
    "name": "str",
    "category": "str",
    "units": "int64",
    "by_side": "object",
    "prevalence": "float64",
    "bias": "float64",
    "undefined": "object",
}
# one difference between two sides (`model.coding.DIFFERENCE_KINDS`), by place: from the first
# character that either coded to the last; `code_id` is the first side's and `other_id` the
# other's, empty where it has none; `shared` of `together` characters are coded by both; the
# last two hold tuples of coding ids
DIFFERENCES: Columns = {
    "kind": "str",
    "transcript_version_id": "str",
    "start": "int64",
    "stop": "int64",
    "code_id": "str",
    "other_id": "str",
    "shared": "int64",
    "together": "int64",
    "codings": "object",
    "other_codings": "object",
}
# how much of what participants said in a transcript is coded; shares missing where nothing said
CODED_SHARES: Columns = {
    "transcript_version_id": "str",
    "turns": "int64",
    "coded_turns": "int64",
    "turn_share": "float64",
    "characters": "int64",
    "coded_characters": "int64",
    "character_share": "float64",
}
# one case × code of a chart, whether anything is there or not: its state (law 7) and why
CELL_STATES: Columns = {"case_id": "str", "code_id": "str", "state": "str", "reason": "str"}
# one cell with codings and no statement; `evidence` holds a tuple of coding ids
UNCHARTED: Columns = {
    "case_id": "str",
    "case": "str",
    "code_id": "str",
    "code": "str",
    "codings": "int64",
    "evidence": "object",
}
# one code of a chart and how many of its cells are filled, empty or not asked
FILLING: Columns = {
    "code_id": "str",
    "code": "str",
    "cells": "int64",
    "filled": "int64",
    "stale": "int64",
    "uncharted": "int64",
    "not_asked": "int64",
    "nothing_said": "int64",
    "not_indexed": "int64",
}
# one coding below a node, through one statement: the whole climb of the ladder in one row a
# step from the words; `coding_id` is missing where the statement has no live evidence
REACHED: Columns = {
    "node_id": "str",
    "statement_id": "str",
    "case_id": "str",
    "coding_id": "str",
}
# one node of a ladder with all that stands below it; the last three hold tuples of ids
SUPPORT: Columns = {
    "node_id": "str",
    "ladder_id": "str",
    "ladder": "str",
    "level": "int64",
    "node": "str",
    "children": "int64",
    "statements": "int64",
    "cases": "int64",
    "codings": "int64",
    "case_ids": "object",
    "statement_ids": "object",
    "evidence": "object",
}
# one node and one group of cases: how many of the group's cases (`of`) reach the node
GROUP_SUPPORT: Columns = {
    "node_id": "str",
    "node": "str",
    "group": "str",
    "cases": "int64",
    "of": "int64",
    "case_ids": "object",
    "evidence": "object",
}
# one thing that stands outside the ladder, or outside a typology's rules, and why
FINDINGS: Columns = {"what": "str", "id": "str", "name": "str", "finding": "str"}
# one value that a dimension of a typology can take
DIMENSION_VALUES: Columns = {"typology_id": "str", "dimension": "str", "value": "str"}
# one type of a typology
TYPES: Columns = {"type_id": "str", "typology_id": "str", "type": "str", "definition": "str"}
# one value that a type has on a dimension; a type may cover several values of one dimension
TYPE_VALUES: Columns = {"type_id": "str", "dimension": "str", "value": "str"}
# one case in one type, and why
PLACEMENTS: Columns = {"typology_id": "str", "case_id": "str", "type_id": "str", "reason": "str"}
# one pair of drivers with evidence; the last two hold tuples of coding ids for and against
EDGES: Columns = {
    "source": "str",
    "target": "str",
    "weight": "int64",
    "mentions": "int64",
    "against": "int64",
    "evidence": "object",
    "dissent": "object",
}
# one finding of the analysis, in their order; `node_id` is empty where it is about no node
FINDING_LIST: Columns = {
    "finding_id": "str",
    "number": "int64",
    "finding": "str",
    "text": "str",
    "node_id": "str",
}
# one coding that a finding cites, for it or against it; withdrawn codings stay listed
FINDING_EVIDENCE: Columns = {
    "finding_id": "str",
    "coding_id": "str",
    "stance": "str",
    "note": "str",
    "withdrawn": "bool",
}
# one finding and what carries it: `cases` and `against` count the distinct cases of what it
# cites, `node_cases` those that reach its node up the ladder; the rest hold tuples of ids
FINDING_SUPPORT: Columns = {
    "finding_id": "str",
    "cases": "int64",
    "mentions": "int64",
    "against": "int64",
    "node_cases": "int64",
    "case_ids": "object",
    "against_ids": "object",
    "node_case_ids": "object",
    "evidence": "object",
    "dissent": "object",
    "node_evidence": "object",
}
# one finding and one group of cases; counts and ids as above, `of` is the size of the group
FINDING_GROUPS: Columns = {
    "finding_id": "str",
    "group": "str",
    "cases": "int64",
    "against": "int64",
    "node_cases": "int64",
    "of": "int64",
    "case_ids": "object",
    "against_ids": "object",
    "evidence": "object",
    "dissent": "object",
}
# one driver as it is drawn: its place, the kind that colours it, the codings behind it
DRAWN_NODES: Columns = {
    "node_id": "str",
    "node": "str",
    "kind": "str",
    "band": "str",
    "x": "float64",
    "y": "float64",
    "cases": "int64",
    "evidence": "object",
}
# one arrow as it is drawn; `links`, `evidence` and `dissent` hold tuples of ids
DRAWN_EDGES: Columns = {
    "source": "str",
    "target": "str",
    "sign": "str",
    "relation": "str",
    "basis": "str",
    "groups": "str",
    "weight": "int64",
    "mentions": "int64",
    "against": "int64",
    "on_authors": "bool",
    "links": "object",
    "evidence": "object",
    "dissent": "object",
}
# one ring (`shape` "ring", `near` and `far` are radii) or column (x from `near` to `far`)
BANDS: Columns = {"band": "str", "shape": "str", "near": "float64", "far": "float64"}
# one printed cell held against what was rebuilt; `codings` stand behind the rebuilt figure
REPRODUCED: Columns = {
    "study": "str",
    "table": "str",
    "cell": "str",
    "row": "str",
    "column": "str",
    "published": "str",
    "rebuilt": "str",
    "verdict": "str",
    "why": "str",
    "register": "str",
    "where": "str",
    "codings": "int64",
}
# one entry of a register; `sums` shows both sides of what it claims
REGISTER: Columns = {
    "study": "str",
    "entry": "str",
    "kind": "str",
    "what": "str",
    "holds": "bool",
    "sums": "str",
    "why": "str",
}


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


def places(ids: "pd.Series[str]", order: "pd.Series[str]") -> NDArray[np.int64]:
    """Return where each id stands in `order`, −1 where it does not.

    >>> places(pd.Series(["b", "x", "b"]), pd.Series(["a", "b"]))
    array([ 1, -1,  1])
    """
    number, unique = pd.factorize(ids, use_na_sentinel=False)
    found = pd.Index(order).get_indexer(pd.Index(unique)).astype(np.int64)
    return found[number] if len(found) else np.empty(0, np.int64)


def numbered(*columns: "pd.Series[str]") -> tuple[NDArray[np.int64], ...]:
    """Return columns of ids as dense numbers from 0, the same for the same id in each.

    >>> numbered(pd.Series(["t1", "t2"]), pd.Series(["t2"]))
    (array([0, 1]), array([1]))
    """
    each = [pd.factorize(column, use_na_sentinel=False) for column in columns]
    known: dict[str, int] = {}
    numbers = []
    for number, unique in each:
        of = [known.setdefault(value, len(known)) for value in unique.tolist()]
        numbers.append(np.array(of, np.int64)[number])
    return tuple(numbers)
