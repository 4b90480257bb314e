"""The state of every cell of a chart: which kind of silence, or how far it has come (law 7)."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.model import frames
from workbench.model.chart import (
    CHARTED,
    NOT_ASKED,
    NOT_CHARTED,
    NOT_INDEXED,
    NOTHING_SAID,
    REVIEWED,
    STALE,
    STATES,
)

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


def states(
    cases: pd.DataFrame,
    codes: pd.DataFrame,
    cells: pd.DataFrame,
    statements: pd.DataFrame,
    evidence: pd.DataFrame,
    case_codings: pd.DataFrame,
    coding_acts: pd.DataFrame,
    finished: pd.DataFrame,
    spans: pd.DataFrame,
) -> pd.DataFrame:
    """Return one row per case and code, case by case (`frames.CELL_STATES`).

    A cell with statements is *stale* when, after it was last written or reviewed, a
    coding it cites was withdrawn or changed or a new coding came to it, or when the
    code's definition is no longer the one it was written or reviewed under. Otherwise
    it is *reviewed* if nobody wrote in it after the review, and *charted* if not.

    A cell without statements is *not asked* if so marked; *indexed, not charted* if it
    has codings; *nothing said* if so marked, or if a run has finished every transcript
    version the case has spans in; and else *not indexed*.
    """
    grid = _Grid(cases["case_id"], codes["code_id"])
    rows = _Rows.of(grid, cells, codes)
    filled = grid.has(statements)
    indexed = grid.distinct_codings(case_codings, grid.at(case_codings))
    withdrawn, changed = _cited(grid, statements, evidence, rows.since)
    new = _new(grid, case_codings, coding_acts, rows.since, filled)
    stale = filled & ((withdrawn > 0) | (changed > 0) | (new > 0) | rows.redefined)
    ended = np.repeat(_finished_cases(cases, spans, finished), len(codes))
    state = np.full(grid.size, STATES.index(NOT_INDEXED))
    for where, name in (
        (ended, NOTHING_SAID),
        (rows.marked(NOTHING_SAID), NOTHING_SAID),
        (indexed > 0, NOT_CHARTED),
        (rows.marked(NOT_ASKED), NOT_ASKED),
        (filled, CHARTED),
        (filled & rows.reviewed, REVIEWED),
        (stale, STALE),
    ):
        state[where] = STATES.index(name)
    said = np.column_stack([withdrawn, changed, rows.redefined, new]) * stale[:, None]
    return pd.DataFrame(
        {
            "case_id": cases["case_id"].array.take(np.arange(len(cases)).repeat(len(codes))),
            "code_id": codes["code_id"].array.take(np.tile(np.arange(len(codes)), len(cases))),
            "state": pd.array(STATES, dtype="str").take(state),
            "reason": _reasons(said),
        }
    )


@dataclass(frozen=True, slots=True)
class _Grid:
    """The cells of a chart, numbered case by case."""

    case_ids: "pd.Series[str]"
    code_ids: "pd.Series[str]"

    @property
    def size(self) -> int:
        return len(self.case_ids) * len(self.code_ids)

    def at(self, frame: pd.DataFrame) -> Ints:
        """Return the number of the cell of each row, −1 outside the chart."""
        case = frames.places(frame["case_id"], self.case_ids)
        code = frames.places(frame["code_id"], self.code_ids)
        return np.where((case >= 0) & (code >= 0), case * len(self.code_ids) + code, -1)

    def has(self, frame: pd.DataFrame) -> Bools:
        """Return which cells have a row in the frame."""
        there = np.zeros(self.size, bool)
        at = self.at(frame)
        there[at[at >= 0]] = True
        return there

    def distinct_codings(self, frame: pd.DataFrame, at: Ints) -> Ints:
        """Return how many different codings the rows at each cell have; −1 is nowhere."""
        coding = pd.factorize(frame["coding_id"])[0]
        pairs = np.sort((at * (len(coding) + 1) + coding)[at >= 0])
        pairs = pairs[np.diff(pairs, prepend=-1) > 0]
        return np.bincount(pairs // (len(coding) + 1), minlength=self.size)


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is stored about the cells, laid out over the whole chart."""

    since: Ints
    """The act that last wrote or reviewed the cell."""
    reviewed: Bools
    redefined: Bools
    mark: NDArray[np.object_]

    @classmethod
    def of(cls, grid: _Grid, cells: pd.DataFrame, codes: pd.DataFrame) -> "_Rows":
        frames.require(cells, frames.CELLS, "cells")
        number = grid.at(cells)
        at, rows = number[number >= 0], cells.loc[number >= 0]
        written, review = rows["written_in"].to_numpy(), rows["reviewed_in"].to_numpy()
        now = codes["definition_hash"].to_numpy(object)[at % max(len(codes), 1)]
        then = rows["definition_hash"].fillna("").to_numpy(object)
        out = cls(
            np.zeros(grid.size, np.int64),
            np.zeros(grid.size, bool),
            np.zeros(grid.size, bool),
            np.full(grid.size, "", dtype=object),
        )
        out.since[at] = np.maximum(written, review)
        out.reviewed[at] = (review > 0) & (review >= written)
        out.redefined[at] = (then != "") & (then != now)
        out.mark[at] = rows["mark"].fillna("").to_numpy(object)
        return out

    def marked(self, mark: str) -> Bools:
        return np.asarray(self.mark == mark, bool)


def _cited(
    grid: _Grid, statements: pd.DataFrame, evidence: pd.DataFrame, since: Ints
) -> tuple[Ints, Ints]:
    """Count the cited codings of each cell that were withdrawn, and changed, since."""
    frames.require(statements, frames.STATEMENTS, "statements")
    frames.require(evidence, frames.EVIDENCE, "evidence")
    statement = frames.places(evidence["statement_id"], statements["statement_id"])
    cell_of = np.append(grid.at(statements), -1)
    cell = cell_of[statement]
    late = (cell >= 0) & (evidence["changed_in"].to_numpy() > np.append(since, 0)[cell])
    gone = evidence["withdrawn"].to_numpy(bool)
    return (
        grid.distinct_codings(evidence, np.where(late & gone, cell, -1)),
        grid.distinct_codings(evidence, np.where(late & ~gone, cell, -1)),
    )


def _new(
    grid: _Grid,
    case_codings: pd.DataFrame,
    coding_acts: pd.DataFrame,
    since: Ints,
    filled: Bools,
) -> Ints:
    """Count the codings that came to each filled cell since."""
    frames.require(case_codings, frames.CASE_CODINGS, "case_codings")
    frames.require(coding_acts, frames.CODING_ACTS, "coding_acts")
    cell = grid.at(case_codings)
    coding, acted = frames.numbered(case_codings["coding_id"], coding_acts["coding_id"])
    made = np.zeros(len(coding) + len(acted), np.int64)
    made[acted] = coding_acts["made_in"].to_numpy()
    late = (cell >= 0) & np.append(filled, False)[cell] & (made[coding] > np.append(since, 0)[cell])
    return grid.distinct_codings(case_codings, np.where(late, cell, -1))


def _finished_cases(cases: pd.DataFrame, spans: pd.DataFrame, finished: pd.DataFrame) -> Bools:
    """Return which cases have spans, all in transcript versions that a run has finished."""
    frames.require(spans, frames.SPANS, "spans")
    frames.require(finished, frames.FINISHED, "finished")
    case = frames.places(spans["case_id"], cases["case_id"])
    ended = finished["transcript_version_id"].drop_duplicates()
    done = frames.places(spans["transcript_version_id"], ended) >= 0
    has, open_ = np.zeros(len(cases), bool), np.zeros(len(cases), bool)
    has[case[case >= 0]] = True
    open_[case[(case >= 0) & ~done]] = True
    return has & ~open_


def _reasons(counts: Ints) -> "pd.Series[str]":
    """Return in words why each cell is stale: counts withdrawn, changed, redefined, new."""
    reasons = np.full(len(counts), "", dtype=object)
    told = np.flatnonzero(counts.any(axis=1))
    if len(told):
        kinds, which = np.unique(counts[told], axis=0, return_inverse=True)
        reasons[told] = np.array([_reason(*k) for k in kinds.tolist()], dtype=object)[which.ravel()]
    return pd.Series(reasons, dtype="str")


def _reason(withdrawn: int, changed: int, redefined: int, new: int) -> str:
    """Say why a cell is stale.

    >>> _reason(1, 0, 1, 2)
    '1 coding it cites was withdrawn; the definition of the code changed; 2 new codings since'
    """
    said = []
    if withdrawn:
        said.append(f"{_codings(withdrawn)} it cites {_was(withdrawn)} withdrawn")
    if changed:
        said.append(f"{_codings(changed)} it cites {_was(changed)} changed")
    if redefined:
        said.append("the definition of the code changed")
    if new:
        said.append(f"{new} new coding{'s' if new > 1 else ''} since")
    return "; ".join(said)


def _codings(number: int) -> str:
    return f"{number} coding{'s' if number > 1 else ''}"


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
