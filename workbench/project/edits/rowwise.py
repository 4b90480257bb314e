"""A hand-written table is taken row by row: whole or not at all, its report beside it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from workbench.errors import BadTable, WorkbenchError
from workbench.formats import table_rows
from workbench.formats.tables import Table
from workbench.model.report import ImportReport, counted
from workbench.store.history import Act

AnyRow = TypeVar("AnyRow", bound=table_rows.AnyRow)

_PASSED_OVER: ContextVar[list[str] | None] = ContextVar("passed over", default=None)


@contextmanager
def passing_over() -> Iterator[list[str]]:
    """Pass over rows that fail, inside this block, and note why in the list it gives.

    For holding a study against its printed tables, where one broken row should cost the
    cells that rest on it and no others. What is kept of such a row is undefined.
    """
    said: list[str] = []
    token = _PASSED_OVER.set(said)
    try:
        yield said
    finally:
        _PASSED_OVER.reset(token)


def each(table: Table, rows: Iterable[AnyRow], do: Callable[[AnyRow], None]) -> None:
    """Do something with each row; what fails is told with its line, the first in full.

    Raises:
        BadTable: at least one row failed; nothing of the table is kept.
    """
    passed_over = _PASSED_OVER.get()
    failed: list[tuple[int, WorkbenchError]] = []
    for row in rows:
        try:
            do(row)
        except WorkbenchError as error:
            failed.append((row.line, error))
    if failed and passed_over is not None:
        name = table.path.rpartition("/")[2]
        passed_over += [f"{name}, line {line}: {error}" for line, error in failed]
    elif failed:
        line, first = failed[0]
        more = f" ({len(failed) - 1} more lines have problems.)" if len(failed) > 1 else ""
        raise BadTable(table.path, f"line {line}", f"{first}{more}") from first


def done(act: Act, table: Table, what: str, number: int, here: int = 0) -> ImportReport:
    """Close an import: its counts, its sentence, its report; `here` were here already."""
    report = table.report
    report.counts = {what: number}
    if here:
        report.notes.append(f"Here already and left as they are: {counted(here, what)}.")
    act.says(f"Imported {counted(number, what)} from {table.path.rpartition('/')[2]}")
    act.report = report.as_dict()
    return report
