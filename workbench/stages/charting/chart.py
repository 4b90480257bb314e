"""The chart: cases down, codes across, and in each cell what is asked for.

Every value comes with the ids of the codings behind it (law 5), and can be counted
again from them.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import BadValue
from workbench.model import frames, segments
from workbench.model.chart import STATES
from workbench.model.evidence_ids import EvidenceIds
from workbench.stages.charting.axes import BY_CASE, Axes, axes

Ints = NDArray[np.int64]

Values = Literal["statements", "counts", "cases", "characters", "states"]
VALUES: tuple[Values, ...] = ("statements", "counts", "cases", "characters", "states")
FIGURES: tuple[Values, ...] = ("counts", "cases", "characters")


@dataclass(frozen=True, slots=True)
class Margins:
    """Totals of a chart of figures, each of the row, column or chart taken together."""

    rows: "pd.Series[int]"
    columns: "pd.Series[int]"
    total: int


def chart(
    cases: pd.DataFrame,
    codes: pd.DataFrame,
    case_codings: pd.DataFrame,
    *,
    statements: pd.DataFrame | None = None,
    evidence: pd.DataFrame | None = None,
    states: pd.DataFrame | None = None,
    values: Values = "statements",
    by: str = BY_CASE,
    category: str | None = None,
) -> tuple[pd.DataFrame, EvidenceIds]:
    """Return a chart and, for each (row label, column label), the coding ids behind it.

    One row per case, or per value of the attribute `by`; one column per code of the
    framework, or of one `category` (its name or id); in their order, empty ones too.

    values:
        statements: the cell's statements, one a line; those of a group say whose, and
            those of columns that were merged in which they stood (a column `label`).
            Needs `statements` and `evidence`; its evidence is that of the statements.
        counts: distinct codings.
        cases: distinct cases with at least one coding.
        characters: distinct characters under a coding, in the cases' own words.
        states: the cell's state, of `states` (`frames.CELL_STATES`); for a group, how
            many cells are in each state.

    A figure of a group is taken over its cases together: a coding that two of them
    share counts once.

    Raises:
        BadValue: `values` is none of the five.
        UnknownName: there is no such attribute or category.
    """
    if values not in VALUES:
        raise BadValue("The values of a chart", values, "one of " + ", ".join(VALUES))
    frames.require(case_codings, frames.CASE_CODINGS, "case_codings")
    grid = axes(cases, codes, by, category)
    if values == "statements":
        said = frames.empty(frames.STATEMENTS) if statements is None else statements
        rests = frames.empty(frames.EVIDENCE) if evidence is None else evidence
        return _statements(grid, cases, said, rests)
    coded, row, column = grid.place(case_codings)
    ids = grid.evidence(row, column, coded["coding_id"])
    if values == "states":
        found = frames.empty(frames.CELL_STATES) if states is None else states
        return _states(grid, found), ids
    cell = row * grid.shape[1] + column
    figures = _figure(values, coded, cell, grid.shape[0] * grid.shape[1])
    return _wide(grid, figures), ids


def margins(
    cases: pd.DataFrame,
    codes: pd.DataFrame,
    case_codings: pd.DataFrame,
    *,
    values: Values = "counts",
    by: str = BY_CASE,
    category: str | None = None,
) -> Margins:
    """Return the totals of a chart of figures.

    A total is the same figure, counted anew over the whole row, column or chart: a case
    counts once in the total of a row however many codes it has, a character once under
    however many codes. It rests on the evidence of all the cells it covers.

    Raises:
        BadValue: statements and states have no totals.
    """
    if values not in FIGURES:
        raise BadValue("The values of a total", values, "one of " + ", ".join(FIGURES))
    frames.require(case_codings, frames.CASE_CODINGS, "case_codings")
    grid = axes(cases, codes, by, category)
    coded, row, column = grid.place(case_codings)
    of_rows = _figure(values, coded, row, grid.shape[0])
    of_columns = _figure(values, coded, column, grid.shape[1])
    total = _figure(values, coded, np.zeros_like(row), 1)
    return Margins(
        pd.Series(of_rows, index=_row_index(grid), name=values),
        pd.Series(of_columns, index=pd.Index(grid.columns, dtype="str"), name=values),
        int(total[0]),
    )


def statement_text(kind: str, text: str) -> str:
    """Return a statement as it stands in a chart without type styles.

    >>> print(statement_text("verbatim", "I waited"), statement_text("comment", "ask again"))
    “I waited” [comment: ask again]
    """
    if kind == "verbatim":
        return f"“{text}”"
    return f"[comment: {text}]" if kind == "comment" else text


def _figure(values: Values, coded: pd.DataFrame, group: Ints, size: int) -> Ints:
    """Return one figure of the codings in each group 0 … size-1."""
    if values == "characters":
        document = pd.factorize(coded["transcript_version_id"])[0].astype(np.int64)
        start, stop = coded["start"].to_numpy(), coded["stop"].to_numpy()
        return segments.distinct_length(group, document, start, stop, size)
    member = pd.factorize(coded["coding_id" if values == "counts" else "case_id"])[0]
    pairs = np.sort(group * (len(member) + 1) + member)
    pairs = pairs[np.diff(pairs, prepend=-1) > 0]
    return np.bincount(pairs // (len(member) + 1), minlength=size).astype(np.int64)


def _statements(
    grid: Axes, cases: pd.DataFrame, statements: pd.DataFrame, evidence: pd.DataFrame
) -> tuple[pd.DataFrame, EvidenceIds]:
    """Return the chart of statements and the live codings they rest on."""
    frames.require(statements, frames.STATEMENTS, "statements")
    frames.require(evidence, frames.EVIDENCE, "evidence")
    said, row, column = grid.place(statements)
    case = frames.places(said["case_id"], cases["case_id"])
    order = np.lexsort((said["position"].to_numpy(), case, column, row))
    said, row, column = said.iloc[order], row[order], column[order]
    kinds, texts = said["kind"].tolist(), said["text"].tolist()
    lines = [statement_text(k, t) for k, t in zip(kinds, texts, strict=True)]
    if "label" in said:
        labels = said["label"].tolist()
        lines = [f"{one}: {line}" if one else line for one, line in zip(labels, lines, strict=True)]
    if grid.by != BY_CASE:
        whose = cases["case"].iloc[case[order]]
        lines = [f"{name}: {line}" for name, line in zip(whose, lines, strict=True)]
    cells = np.full(grid.shape[0] * grid.shape[1], "", dtype=object)
    cell = row * grid.shape[1] + column
    begins = np.flatnonzero(np.diff(cell, prepend=-1)).tolist()
    cuts = pairwise([*begins, len(lines)])
    cells[cell[begins]] = ["\n".join(lines[a:b]) for a, b in cuts]
    live = evidence.loc[~evidence["withdrawn"].astype(bool)]
    at = frames.places(live["statement_id"], said["statement_id"])
    ids = grid.evidence(row[at[at >= 0]], column[at[at >= 0]], live["coding_id"].loc[at >= 0])
    return _wide(grid, cells).astype("str"), ids


def _states(grid: Axes, states: pd.DataFrame) -> pd.DataFrame:
    """Return the chart of states; of a group, how many cells are in each."""
    frames.require(states, frames.CELL_STATES, "states")
    found, row, column = grid.place(states)
    state = frames.places(found["state"], pd.Series(STATES, dtype="str"))
    cell, size = row * grid.shape[1] + column, grid.shape[0] * grid.shape[1]
    if grid.by == BY_CASE:
        words = np.full(size, "", dtype=object)
        words[cell] = np.array(STATES, dtype=object)[state]
        return _wide(grid, words).astype("str")
    counts = np.bincount(cell * len(STATES) + state, minlength=size * len(STATES))
    kinds, which = np.unique(counts.reshape(size, len(STATES)), axis=0, return_inverse=True)
    told = np.array([_states_told(k.tolist()) for k in kinds] or [""], dtype=object)
    return _wide(grid, told[which.ravel()]).astype("str")


def _states_told(counts: list[int]) -> str:
    """Return counts of states in words, the most frequent first."""
    present = [(n, state) for n, state in zip(counts, STATES, strict=True) if n]
    return ", ".join(f"{n} {state}" for n, state in sorted(present, key=lambda p: -p[0]))


def _wide(grid: Axes, cells: NDArray[np.generic]) -> pd.DataFrame:
    columns = pd.Index(grid.columns, dtype="str")
    return pd.DataFrame(cells.reshape(grid.shape), index=_row_index(grid), columns=columns)


def _row_index(grid: Axes) -> "pd.Index[str]":
    return pd.Index(grid.rows, dtype="str", name=grid.by)
