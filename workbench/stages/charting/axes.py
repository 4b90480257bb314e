"""The two axes of a chart: the label of each case's row and of each code's column."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from numbers import Real

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.errors import UnknownName, few
from workbench.model import frames
from workbench.model.evidence_ids import EvidenceIds

Ints = NDArray[np.int64]

BY_CASE = "case"
NOT_STATED = "(not stated)"
"""The row of the cases whose attribute has no value."""


@dataclass(frozen=True, slots=True)
class Axes:
    """Rows and columns of one chart; every label is there once."""

    by: str
    case_ids: "pd.Series[str]"
    row_of_case: Ints
    rows: tuple[str, ...]
    code_ids: "pd.Series[str]"
    columns: tuple[str, ...]

    @property
    def shape(self) -> tuple[int, int]:
        """Return the number of rows and of columns."""
        return len(self.rows), len(self.columns)

    def place(self, frame: pd.DataFrame) -> tuple[pd.DataFrame, Ints, Ints]:
        """Return the rows of a frame that lie in the chart, with their row and column.

        The frame has the columns case_id and code_id.
        """
        case = frames.places(frame["case_id"], self.case_ids)
        column = frames.places(frame["code_id"], self.code_ids)
        inside = np.flatnonzero((case >= 0) & (column >= 0))
        kept = frame if len(inside) == len(frame) else frame.iloc[inside]
        return kept, self.row_of_case[case[inside]], column[inside]

    def evidence(self, row: Ints, column: Ints, ids: "pd.Series[str]") -> EvidenceIds:
        """Return coding ids by cell, the cells named by their labels."""
        return EvidenceIds(row, column, ids, self.rows, self.columns)


def axes(cases: pd.DataFrame, codes: pd.DataFrame, by: str, category: str | None) -> Axes:
    """Return the axes of a chart of `cases` by `codes`, both in their order.

    Raises:
        UnknownName: the cases have no attribute `by`, or no code stands in `category`.
    """
    frames.require(cases, frames.CASES, "cases")
    frames.require(codes, frames.CODES, "codes")
    columns = pd.Series(_column_labels(codes, by), dtype="str")
    shown = np.flatnonzero(in_category(codes, category))
    row_of_case, rows = _rows(cases, by)
    return Axes(
        by,
        cases["case_id"],
        row_of_case,
        tuple(rows),
        codes["code_id"].iloc[shown],
        tuple(columns.iloc[shown]),
    )


def _rows(cases: pd.DataFrame, by: str) -> tuple[Ints, list[str]]:
    """Return the row of each case, and the labels of the rows."""
    if by == BY_CASE:
        return np.arange(len(cases), dtype=np.int64), _told_apart(cases["case"])
    attributes = [c for c in cases.columns if c not in frames.CASES]
    if by not in attributes:
        hint = f"The cases have: {few(attributes)}." if attributes else ""
        raise UnknownName("attribute", by, attributes, hint=hint)
    labels = [attribute_label(v) for v in cases[by]]
    value_of = dict(zip(labels, cases[by], strict=True))
    rows = sorted(value_of, key=lambda label: attribute_rank(value_of[label]))
    number = {label: n for n, label in enumerate(rows)}
    return np.array([number[label] for label in labels], np.int64), rows


def attribute_label(value: object) -> str:
    """Return how a value of an attribute is written at its row.

    >>> attribute_label(12.0), attribute_label(True), attribute_label(None)
    ('12', 'yes', '(not stated)')
    """
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if value is None or value is pd.NA or value != value:
        return NOT_STATED
    if isinstance(value, float | np.floating) and value.is_integer():
        return str(int(value))
    return str(value).strip() or NOT_STATED


def attribute_rank(value: object) -> tuple[int, float, str]:
    """Return where a value stands: numbers in their order, then text in its own, then none.

    >>> sorted(["b", 3, None, "A", 1.5], key=attribute_rank)
    [1.5, 3, 'A', 'b', None]
    """
    if attribute_label(value) == NOT_STATED:
        return 2, 0.0, ""
    if isinstance(value, Real):
        return 0, float(value), ""
    return 1, 0.0, str(value).casefold()


def in_category(codes: pd.DataFrame, category: str | None) -> NDArray[np.bool_]:
    """Return which codes stand in a category, given by its name or id; without one, all.

    Raises:
        UnknownName: no code stands in it.
    """
    if category is None:
        return np.ones(len(codes), bool)
    found = ((codes["category"] == category) | (codes["category_id"] == category)).to_numpy(bool)
    if not found.any():
        names = codes["category"].dropna().unique().tolist()
        raise UnknownName("category with codes", category, names)
    return found


def _column_labels(codes: pd.DataFrame, by: str) -> list[str]:
    """Return the codes' names; the number goes before a name that two codes have.

    The name of the first column, `by`, is taken too.
    """
    names = codes["code"].fillna("").tolist()
    numbers = codes["number"].fillna("").tolist()
    count = Counter([*names, by])
    return _told_apart(
        f"{number} {name}".strip() if count[name] > 1 else name
        for number, name in zip(numbers, names, strict=True)
    )


def _told_apart(labels: Iterable[str]) -> list[str]:
    """Return the labels, the second of the same made “label (2)”.

    >>> _told_apart(["A", "A", "B"])
    ['A', 'A (2)', 'B']
    """
    given = list(labels)
    taken, out = set(given), list[str]()
    seen: Counter[str] = Counter()
    for label in given:
        seen[label] += 1
        told, n = label, seen[label]
        while n > 1 and told in taken:
            told, n = f"{label} ({n})", n + 1
        taken.add(told)
        out.append(told)
    return out
