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
    seen_codings,
)
from workbench.model.report import counted

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_SEEN: frames.Columns = {
    "cell": "int64",
    "case_id": "str",
    "coding_id": "str",
    "start": "int64",
    "stop": "int64",
    "code_id": "str",
}


def states(
    cases: pd.DataFrame,
    codes: pd.DataFrame,
    cells: pd.DataFrame,
    statements: pd.DataFrame,
    case_codings: pd.DataFrame,
    finished: pd.DataFrame,
    spans: pd.DataFrame,
) -> pd.DataFrame:
    """Return one row per case and code, case by case (`frames.CELL_STATES`).

    A cell with statements (comments aside: they are the analyst's) is *stale* when what
    it was last written or reviewed from is not what is there now: a coding that was
    seen then is gone, has another code, or covers other words of the case; a new coding
    came to the cell; the code's definition is another; or it was carried from another
    framework version and must be looked at again (a column `look` says why). Otherwise it
    is *reviewed* if nobody wrote in it after the review, and *charted* if not.

    A cell without statements is *not asked* if so marked; *indexed, not charted* if it
    has codings; *nothing said* if so marked, or if a run has finished every transcript
    version the case has spans in; and else *not indexed*.
    """
    grid = _Grid(cases["case_id"], codes["code_id"])
    rows = _Rows.of(grid, cells, codes)
    filled = grid.has(statements.loc[statements["kind"] != "comment"])
    indexed = grid.distinct_codings(case_codings, grid.at(case_codings))
    gone, changed, new = _differences(grid, cells, case_codings, filled)
    looks = rows.look != ""
    stale = filled & ((gone > 0) | (changed > 0) | (new > 0) | rows.redefined | looks)
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
    said = np.column_stack([gone, changed, rows.redefined, new]) * stale[:, None]
    return pd.DataFrame(
        {
            "case_id": cases["case_id"].array.take(np.arange(len(cases)).repeat(len(codes))),
            "code_id": codes["code_id"].array.take(np.tile(np.arange(len(codes)), len(cases))),
            "state": pd.array(STATES, dtype="str").take(state),
            "reason": _joined(rows.look, filled, _reasons(said)),
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

    reviewed: Bools
    redefined: Bools
    mark: NDArray[np.object_]
    look: NDArray[np.object_]

    @classmethod
    def of(cls, grid: _Grid, cells: pd.DataFrame, codes: pd.DataFrame) -> "_Rows":
        frames.require(cells, frames.CELLS, "cells")
        number = grid.at(cells)
        at, rows = number[number >= 0], cells.loc[number >= 0]
        written, review = rows["written_in"].to_numpy(), rows["reviewed_in"].to_numpy()
        now = codes["definition_hash"].to_numpy(object)[at % max(len(codes), 1)]
        then = rows["definition_hash"].fillna("").to_numpy(object)
        out = cls(
            np.zeros(grid.size, bool),
            np.zeros(grid.size, bool),
            np.full(grid.size, "", dtype=object),
            np.full(grid.size, "", dtype=object),
        )
        out.reviewed[at] = (review > 0) & (review >= written)
        out.redefined[at] = (then != "") & (then != now)
        out.mark[at] = rows["mark"].fillna("").to_numpy(object)
        if "look" in rows:
            out.look[at] = rows["look"].to_numpy(object)
        return out

    def marked(self, mark: str) -> Bools:
        return np.asarray(self.mark == mark, bool)


def _differences(
    grid: _Grid, cells: pd.DataFrame, case_codings: pd.DataFrame, filled: Bools
) -> tuple[Ints, Ints, Ints]:
    """Count, for each filled cell, codings that are gone, changed and new since it was read.

    A coding that was seen counts as there wherever in the case it is coded now.
    """
    frames.require(case_codings, frames.CASE_CODINGS, "case_codings")
    if not filled.any():
        return (none := np.zeros(grid.size, np.int64)), none, none
    seen, now = _seen(grid, cells, filled), _extents(case_codings)
    met = seen.merge(now, on=["case_id", "coding_id"], how="left", suffixes=("", "_now"))
    lost = met["start_now"].isna().to_numpy()
    elsewhere = (met["start"] != met["start_now"]) | (met["stop"] != met["stop_now"])
    recoded = (met["code_id"] != "") & (met["code_id"] != met["code_id_now"])
    moved = ~lost & (elsewhere | recoded).to_numpy(bool)
    there = case_codings[["case_id", "code_id", "coding_id"]].drop_duplicates()
    there = there.assign(cell=grid.at(there))
    there = there.loc[(there["cell"] >= 0) & np.append(filled, False)[there["cell"]]]
    known = there.merge(
        seen[["cell", "coding_id"]], on=["cell", "coding_id"], how="left", indicator=True
    )
    fresh = (known["_merge"] == "left_only").to_numpy()

    def count(cells_of: "pd.Series[int]") -> Ints:
        return np.bincount(cells_of.to_numpy(np.int64), minlength=grid.size)

    return (
        count(met.loc[lost, "cell"]),
        count(met.loc[moved, "cell"]),
        count(known.loc[fresh, "cell"]),
    )


def _seen(grid: _Grid, cells: pd.DataFrame, filled: Bools) -> pd.DataFrame:
    """Return one row per coding that each filled cell was written or reviewed from."""
    number = grid.at(cells)
    rows = [
        (cell, case, *coding)
        for cell, case, text in zip(number, cells["case_id"], cells["seen"], strict=True)
        if cell >= 0 and filled[cell]
        for coding in seen_codings(str(text))
    ]
    return pd.DataFrame(rows, columns=list(_SEEN)).astype(_SEEN) if rows else frames.empty(_SEEN)


def _extents(case_codings: pd.DataFrame) -> pd.DataFrame:
    """Return where each coding starts and stops within each case, and its code."""
    return case_codings.groupby(["case_id", "coding_id"], as_index=False).agg(
        start=("start", "min"), stop=("stop", "max"), code_id=("code_id", "first")
    )


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
    """Return in words why each cell is stale: counts gone, changed, redefined, new."""
    reasons = np.full(len(counts), "", dtype=object)
    told = np.flatnonzero(counts.any(axis=1))
    if len(told):
        kinds, which = np.unique(counts[told], axis=0, return_inverse=True)
        reasons[told] = np.array([_reason(*k) for k in kinds.tolist()], dtype=object)[which.ravel()]
    return pd.Series(reasons, dtype="str")


def _joined(
    look: NDArray[np.object_], filled: Bools, reasons: "pd.Series[str]"
) -> "pd.Series[str]":
    """Return the reasons of stale cells, those to look again before those that were found."""
    told = np.where(filled, look, "")
    both = ["; ".join(filter(None, two)) for two in zip(told, reasons.to_list(), strict=True)]
    return pd.Series(both, dtype="str") if told.any() else reasons


def _reason(gone: int, changed: int, redefined: int, new: int) -> str:
    """Say why a cell is stale.

    >>> _reason(1, 0, 1, 2)
    '1 coding it was written from is gone; the definition of the code changed; 2 new codings since'
    """
    said = []
    if gone:
        are = "is" if gone == 1 else "are"
        said.append(f"{counted(gone, 'codings')} it was written from {are} gone")
    if changed:
        said.append(f"{counted(changed, 'codings')} it was written from changed")
    if redefined:
        said.append("the definition of the code changed")
    if new:
        said.append(f"{counted(new, 'new codings')} since")
    return "; ".join(said)
