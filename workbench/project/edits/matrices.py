"""A matrix of another tool comes in: each of its cells is a count of a series."""

from collections.abc import Iterable, Mapping

from workbench.errors import BadValue, Refused
from workbench.model.count_matrix import CountMatrix
from workbench.model.report import ImportReport, counted
from workbench.project.edits.registry import edit
from workbench.project.edits.reporting import labels_text, put_counts
from workbench.store import records
from workbench.store.history import Act

Count = tuple[str, Mapping[str, str], int]
"""Series, labels and number."""
_TAKEN = frozenset({"series", "count"})
"""Words that mean something else where counts are named."""


@edit("import matrix")
def import_matrix(
    act: Act,
    matrix: CountMatrix,
    *,
    series: str | None = None,
    labels: tuple[str, str] | None = None,
) -> ImportReport:
    """Bring in the counts of a matrix, those that are 0 too.

    `series` is the file's name unless it is given; several matrices may make one series.
    `labels` says what its rows and columns are, where the file does not, or not rightly.

    Raises:
        BadValue: a label is empty or taken, or both are the same.
        Refused: the series has another count with the same labels.
    """
    name = (series or matrix.name).strip()
    row, column = _labels(labels or matrix.labels)
    wanted: list[Count] = [(name, {row: r, column: c}, n) for r, c, n in matrix.cells()]
    _refuse_other_counts(act, name, wanted)
    put = put_counts(act, wanted)
    new = sum(fresh for _, fresh in put)
    report = matrix.report
    report.counts = {"matrices": 1, "counts": new}
    if matrix.labels_because and not labels:
        what = f"rows taken as “{row}”, columns as “{column}”"
        report.guess(what, matrix.labels_because, "likely", matrix.name)
    if new < len(put):
        here = counted(len(put) - new, "counts")
        report.notes.append(f"Here already and left as they are: {here} of “{matrix.name}”.")
    size = f"{len(matrix.rows)} × {len(matrix.columns)} counts"
    report.notes.append(f"“{matrix.name}” has {size} and the SHA-256 {matrix.sha256}.")
    report.notes.append(f"The series is “{name}”, with the labels {row} and {column}.")
    act.says(f"Imported the {matrix.tool} matrix “{matrix.name}”: {counted(new, 'counts')}")
    act.report = report.as_dict()
    return report


def _labels(given: Iterable[str]) -> tuple[str, str]:
    row, column = (said.strip() for said in given)
    if not row or not column or row == column or {row, column} & _TAKEN:
        wanted = f"two different words, and neither of {', '.join(sorted(_TAKEN))}"
        raise BadValue("The labels of a matrix", f"{row},{column}", wanted)
    return row, column


def _refuse_other_counts(act: Act, series: str, wanted: Iterable[Count]) -> None:
    """Refuse a matrix that would change a count: one of two would be lost unseen."""
    of = records.find(act.connection, "tally", "labels", "count", series=series)
    held = {t["labels"]: int(t["count"]) for t in of}
    for _, labels, count in wanted:
        here = held.get(labels_text(labels), count)
        if here != count:
            said = ", ".join(f"{k}={v}" for k, v in labels.items())
            raise Refused(
                f"The series “{series}” has {here} for {said}, and the matrix says {count}. "
                "Give the matrix a series of its own, or record the count by itself."
            )
