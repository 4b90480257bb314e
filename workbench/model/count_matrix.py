"""Counts that another tool exported: codes by cases or by documents."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbench.model.report import ImportReport


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total that a file states, beside the sum of the cells it is of."""

    where: str
    stated: int
    summed: int


@dataclass(frozen=True, slots=True)
class CountMatrix:
    """One matrix of counts as another tool exported it.

    `counts[i][j]` says how often row `i` met column `j`; names stand once each.
    `labels` tells what a row and a column are, such as code and document, and
    `labels_because` why, where that is a guess. Totals are those that the file states:
    an empty tuple where it has none, None for one that is left blank.
    """

    tool: str
    name: str
    labels: tuple[str, str]
    labels_because: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    row_totals: tuple[int | None, ...]
    column_totals: tuple[int | None, ...]
    total: int | None
    sha256: str
    report: ImportReport

    def cells(self) -> Iterator[tuple[str, str, int]]:
        """Yield row, column and count of every cell, row by row."""
        for row, counts in zip(self.rows, self.counts, strict=True):
            for column, count in zip(self.columns, counts, strict=True):
                yield row, column, count

    def stated_totals(self) -> Iterator[StatedTotal]:
        """Yield every total that the file states beside the sum of its cells."""
        for name, stated, counts in zip(self.rows, self.row_totals, self.counts, strict=False):
            if stated is not None:
                yield StatedTotal(f"row “{name}”", stated, sum(counts))
        columns = [sum(column) for column in zip(*self.counts, strict=True)]
        for name, stated, summed in zip(self.columns, self.column_totals, columns, strict=False):
            if stated is not None:
                yield StatedTotal(f"column “{name}”", stated, summed)
        if self.total is not None:
            yield StatedTotal("the whole matrix", self.total, sum(map(sum, self.counts)))

    @property
    def disagreements(self) -> tuple[StatedTotal, ...]:
        """Return the stated totals that differ from the sums."""
        return tuple(t for t in self.stated_totals() if t.stated != t.summed)
