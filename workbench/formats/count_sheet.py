"""Sheets of counts as other tools export them, in csv, tsv or xlsx.

Names stand in the first row and the first column, whole numbers between them, and totals
in a last row and column of some. What a tool writes around its names tells its sheets from
others and from tables written by hand; totals are held against the sums.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import BadFile, BadTable
from workbench.formats import contents, tables
from workbench.model.count_matrix import CountMatrix
from workbench.model.report import ImportReport, counted

MAX_CELLS = 500_000
_LOOKED_AT = 50
"""Rows of which two with text must be found to recognise a sheet."""
_NAMED = 5
"""Totals that the report names one by one."""

Naming = Callable[[str], str | None]
"""Returns the name in what a tool writes for it, or None where it writes something else."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How one tool writes a sheet of counts."""

    tool: str
    row: Naming
    column: Naming
    totals: tuple[str, ...] = ("Total", "Totals")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in a sheet of counts, before its tool says what it means.

    `file` is its name; `row_labels` and `column_labels` are as they stand in it, without
    those of totals.
    """

    file: str
    row_labels: tuple[str, ...]
    column_labels: tuple[str, ...]
    matrix: CountMatrix


@dataclass(frozen=True, slots=True)
class _Header:
    """Place → label of the columns, and the place of the totals."""

    line: int
    labels: dict[int, str]
    totals: int | None


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of counts, None where a field is empty, and the total stated for it."""

    label: str
    counts: list[int | None]
    stated: int | None


def recognises(path: Path | str, shape: Shape) -> bool:
    """Tell whether a file is a sheet of that shape, by its first two rows with text."""
    try:
        records = _filled(tables.beginning(path)[:_LOOKED_AT])
        rows = [fields for (_, fields), _ in zip(records, range(2), strict=False)]
    except BadFile:
        return False
    return len(rows) > 1 and _fits(rows[0], rows[1], shape)


def _fits(header: Sequence[str], row: Sequence[str], shape: Shape) -> bool:
    labels = [f.strip() for f in header[1:] if f.strip()]
    named = [shape.column(label) for label in labels]
    known = all(n or _is_total(said, shape) for n, said in zip(named, labels, strict=True))
    first = row[0].strip() if row else ""
    return (
        not header[0].strip()
        and any(named)
        and known
        and (shape.row(first) is not None or _is_total(first, shape))
    )


def read(path: Path | str, shape: Shape) -> Sheet:
    """Return the names, counts and stated totals of a sheet.

    Raises:
        BadTable: a name is not written as this tool writes names, a count is not a whole
            number from 0, totals stand twice, or there are no counts or too many.
        BadFile: the file cannot be read at all.
    """
    report = ImportReport(str(path))
    records = _filled(tables.records_of(path, report))
    header = _header(str(path), next(records, None), shape)
    rows, totals = _body(str(path), records, header, shape)
    if not rows:
        raise BadTable(path, f"line {header.line}", "no counts stand below the names.")
    blank = sum(c is None for row in rows for c in row.counts)
    if blank:
        because = f"{shape.tool} writes nothing where nothing is counted"
        report.guess(f"{counted(blank, 'empty cells')} taken as 0", because, "likely", _file(path))
    row_labels, columns = tuple(row.label for row in rows), tuple(header.labels.values())
    matrix = CountMatrix(
        tool=shape.tool,
        name=Path(path).stem,
        labels=("code", "case"),
        labels_because="",
        rows=_names(row_labels, shape.row, "rows", report),
        columns=_names(columns, shape.column, "columns", report),
        counts=tuple(tuple(c or 0 for c in row.counts) for row in rows),
        row_totals=tuple(row.stated for row in rows) if header.totals is not None else (),
        column_totals=tuple(totals[i] for i in header.labels) if totals else (),
        total=totals[header.totals] if totals and header.totals is not None else None,
        sha256=hashlib.sha256(contents.of(path, tables.MAX_BYTES)).hexdigest(),
        report=report,
    )
    _say_totals(matrix)
    return Sheet(_file(path), row_labels, columns, matrix)


def _body(
    path: str, records: Iterable[tuple[int, list[str]]], header: _Header, shape: Shape
) -> tuple[list[_Row], list[int | None] | None]:
    """Return the rows of counts, and the row of totals where there is one."""
    rows: list[_Row] = []
    totals: list[int | None] | None = None
    for line, fields in records:
        label = fields[0].strip()
        counts = _counts(path, line, fields, header)
        if not _is_total(label, shape):
            if shape.row(label) is None:
                raise BadTable(path, f"line {line}", *_strange(label, shape))
            stated = counts[header.totals] if header.totals is not None else None
            rows.append(_Row(label, [counts[i] for i in header.labels], stated))
        elif totals is None:
            totals = counts
        else:
            raise BadTable(path, f"line {line}", "a second row of totals stands here.")
        if len(rows) * len(header.labels) > MAX_CELLS:
            raise BadTable(path, f"line {line}", f"there are more than {MAX_CELLS:,} counts.")
    return rows, totals


def _file(path: Path | str) -> str:
    return Path(path).name


def _filled(records: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    return ((line, fields) for line, fields in records if any(f.strip() for f in fields))


def _is_total(label: str, shape: Shape) -> bool:
    return label.strip() in shape.totals


def _header(path: str, first: tuple[int, list[str]] | None, shape: Shape) -> _Header:
    if first is None:
        raise BadTable(path, "the file", "it has no rows.")
    line, fields = first
    if fields[0].strip():
        problem = f"“{fields[0].strip()[:40]}” stands above the names of the rows."
        raise BadTable(path, f"line {line}", problem, "Leave the first field of the sheet empty.")
    labels: dict[int, str] = {}
    totals: int | None = None
    for place, field in enumerate(fields):
        label = field.strip()
        if _is_total(label, shape):
            if totals is not None:
                raise BadTable(path, f"line {line}", "a second column of totals stands here.")
            totals = place
        elif shape.column(label) is not None:
            labels[place] = label
        elif label:
            raise BadTable(path, f"line {line}", *_strange(label, shape))
    if not labels:
        raise BadTable(path, f"line {line}", "no columns are named here.")
    return _Header(line, labels, totals)


def _strange(label: str, shape: Shape) -> tuple[str, str]:
    said = f"“{label[:40]}” is" if label else "an empty field is"
    return f"{said} not a name as {shape.tool} writes it.", "Export the sheet again."


def _counts(path: str, line: int, fields: list[str], header: _Header) -> list[int | None]:
    """Return the numbers of one row by their place; None where a field is empty."""
    found: list[int | None] = [None] * (max([*header.labels, header.totals or 0]) + 1)
    for place, field in enumerate(fields[1:], 1):
        said = field.strip()
        if not said:
            continue
        if place not in header.labels and place != header.totals:
            problem = f"“{said[:40]}” stands in a column that has no name."
            raise BadTable(path, f"line {line}, column {place + 1}", problem)
        if not re.fullmatch(r"[0-9]{1,9}", said):
            raise BadTable(
                path,
                f"line {line}, column {place + 1}",
                f"“{said[:40]}” is not a whole number.",
                "Export counts, not shares.",
            )
        found[place] = int(said)
    return found


def _names(
    labels: tuple[str, ...], naming: Naming, what: str, report: ImportReport
) -> tuple[str, ...]:
    """Return the names in labels; those that stand there again get a number."""
    plain = [" ".join((naming(label) or "").split()) for label in labels]
    taken, times = set(plain), Counter[str]()
    found: list[str] = []
    for name in plain:
        times[name] += 1
        told = name
        while times[name] > 1 and told in taken:
            told = f"{name} ({times[name]})"
            times[name] += told in taken
        taken.add(told)
        found.append(told)
    again = [name for name, told in zip(plain, found, strict=True) if name != told]
    if again:
        said = ", ".join(f"“{n}”" for n in dict.fromkeys(again[:_NAMED]))
        more = f" and {len(again) - _NAMED} more" if len(again) > _NAMED else ""
        report.notes.append(
            f"Several {what} have one name: {said}{more}. They are kept apart with a number "
            "behind it."
        )
    return tuple(found)


def _say_totals(matrix: CountMatrix) -> None:
    """Note how the stated totals compare with the sums (law 8)."""
    stated = list(matrix.stated_totals())
    wrong = matrix.disagreements
    for total in wrong[:_NAMED]:
        matrix.report.notes.append(
            f"“{matrix.name}” states {total.stated} as the total of {total.where}, and its "
            f"cells come to {total.summed}."
        )
    if len(wrong) > _NAMED:
        matrix.report.notes.append(
            f"{len(wrong) - _NAMED} more totals of “{matrix.name}” differ from the sums."
        )
    if stated and not wrong:
        said = counted(len(stated), "totals")
        matrix.report.notes.append(f"{said} stated in “{matrix.name}” equal the sums of its cells.")
