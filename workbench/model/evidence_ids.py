"""What travels with every figure of a chart: the codings behind each cell."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray


class EvidenceIds(Mapping[tuple[str, str], tuple[str, ...]]):
    """The coding ids behind every cell of a chart: (row label, column label) → ids.

    Immutable, so that pandas may copy a chart's `attrs` without copying the ids.
    A cell without evidence is absent; `ids.get(("Case 1", "Waiting"), ())`. What stands
    behind a million cells is put together when it is asked for.
    """

    __slots__ = ("_cells", "_columns", "_cuts", "_ids", "_listed", "_members", "_rows")

    def __init__(
        self,
        row: NDArray[np.int64],
        column: NDArray[np.int64],
        ids: "pd.Series[str]",
        rows: Sequence[str],
        columns: Sequence[str],
    ) -> None:
        """Take each id with the numbers of its row and column; each counts once a cell.

        In a cell they stand in the order in which they first appear.
        """
        member, self._ids = pd.factorize(ids)
        many = max(len(self._ids), 1)
        keys = np.sort((row * len(columns) + column) * many + member)
        keys = keys[np.diff(keys, prepend=-1) > 0]
        cells, self._members = np.divmod(keys, many)
        begins = np.flatnonzero(np.diff(cells, prepend=-1))
        self._cells, self._cuts = cells[begins], np.append(begins, len(keys))
        self._rows = {label: at for at, label in enumerate(rows)}
        self._columns = {label: at for at, label in enumerate(columns)}
        self._listed: list[str] | None = None

    @classmethod
    def gather(
        cls, rows: "pd.Series[str]", columns: "pd.Series[str]", ids: "pd.Series[str]"
    ) -> "EvidenceIds":
        """Return the ids by cell, each with the labels of its row and column.

        >>> a, b, c = (pd.Series(list(v)) for v in ("RRS", "CCC", "xyx"))
        >>> EvidenceIds.gather(a, b, c)[("R", "C")]
        ('x', 'y')
        """
        row, row_labels = pd.factorize(rows)
        column, column_labels = pd.factorize(columns)
        return cls(row, column, ids, row_labels.tolist(), column_labels.tolist())

    def __getitem__(self, cell: tuple[str, str]) -> tuple[str, ...]:
        row, column = cell
        key = self._rows[row] * len(self._columns) + self._columns[column]
        at = int(np.searchsorted(self._cells, key))
        if at == len(self._cells) or self._cells[at] != key:
            raise KeyError(cell)
        if self._listed is None:
            self._listed = self._ids.take(self._members).tolist()
        return tuple(self._listed[self._cuts[at] : self._cuts[at + 1]])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        rows, columns = list(self._rows), list(self._columns)
        row, column = np.divmod(self._cells, max(len(columns), 1))
        return ((rows[r], columns[c]) for r, c in zip(row.tolist(), column.tolist(), strict=True))

    def __len__(self) -> int:
        return len(self._cells)

    def __deepcopy__(self, memo: object) -> "EvidenceIds":
        return self

    def __repr__(self) -> str:
        return f"EvidenceIds({dict(self)!r})"
