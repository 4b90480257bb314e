"""Tables of ratings: what several people said of the same things, on one scale.

The first column names what was rated (a cell of the chart, a case), each other column is a
rater's; an empty field is one that the rater left out.
"""

from dataclasses import dataclass
from pathlib import Path

from workbench.errors import BadTable
from workbench.formats import tables
from workbench.model.report import ImportReport


@dataclass(frozen=True, slots=True)
class Ratings:
    """What was rated, who rated, and `given[rater][thing]` as it stands; None is left out."""

    things: tuple[str, ...]
    raters: tuple[str, ...]
    given: tuple[tuple[str | None, ...], ...]
    source: str
    """What the file is called."""


def read(path: Path) -> Ratings:
    """Return the ratings of a csv or xlsx.

    Raises:
        BadTable: it has no two raters, no rows, or names a rater or thing twice or not at all.
        BadFile: it cannot be read at all.
    """
    report = ImportReport(path.name)
    rows = [(n, [f.strip() for f in r]) for n, r in tables.records_of(path, report)]
    rows = [(n, r) for n, r in rows if any(r)]
    if len(rows) < 2:
        raise BadTable(path, "the file", "it has no ratings.", "Write one thing a row.")
    (line, head), body = rows[0], rows[1:]
    raters = [name for name in head[1:] if name]
    if len(raters) < 2:
        remedy = "The first column names what was rated, each other one is a rater's."
        raise BadTable(path, f"line {line}", "it names no two raters.", remedy)
    _refuse_twice(path, f"line {line}", "the rater", raters)
    if head[1 : 1 + len(raters)] != raters:
        raise BadTable(path, f"line {line}", "a column has no name.", "Write whose it is.")
    wide = 1 + len(raters)
    for number, row in body:
        if not row[0]:
            raise BadTable(path, f"line {number}", "nothing says what was rated.")
        if any(row[wide:]):
            raise BadTable(path, f"line {number}", "it has more fields than there are columns.")
    things = [row[0] for _, row in body]
    _refuse_twice(path, "the first column", "the thing", things)
    given = [[*row, *[""] * wide][1:wide] for _, row in body]
    by_rater = tuple(
        tuple(field or None for field in column) for column in zip(*given, strict=True)
    )
    return Ratings(tuple(things), tuple(raters), by_rater, path.name)


def _refuse_twice(path: Path, where: str, what: str, names: list[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise BadTable(path, where, f"{what} “{twice}” is there twice.", "Each has one.")
