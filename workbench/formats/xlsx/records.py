"""Records: what one row of a table holds, and the rows of a sheet that it takes."""

from collections.abc import Sequence

from workbench.formats.xlsx import text
from workbench.formats.xlsx.written import Limits

Value = str | float | bool | None
Record = Sequence[Value]

SAMPLE = 1000
"""How many records tell the widths of the columns."""
NARROWEST, WIDEST = 9.0, 64.0


def physical_rows(record: Record, limits: Limits) -> list[Record]:
    """Return the rows that a record takes: one, or more where a text outgrows a cell.

    Further rows repeat the first field, so that they can be found and filtered.
    """
    most = limits.characters
    if not any(isinstance(v, str) and len(v) > most // 2 for v in record):
        return [record]
    pieces = [_pieces(v, most) for v in record]
    height = max(map(len, pieces))
    first = pieces[0] * height if len(pieces[0]) == 1 else pieces[0]
    return [[p[k] if k < len(p) else None for p in (first, *pieces[1:])] for k in range(height)]


def _pieces(value: Value, most: int) -> list[Value]:
    if not isinstance(value, str) or text.units(value) <= most:
        return [value]
    found = text.cuts(value, most)
    last = len(found) - 1
    return [text.marked(value[s], first=k == 0, last=k == last) for k, s in enumerate(found)]


def blocks(count: int, repeated: int, most: int) -> list[list[int]]:
    """Return the columns of each sheet: all, or blocks that repeat the first ones.

    >>> blocks(5, 1, 3)
    [[0, 1, 2], [0, 3, 4]]
    """
    if count <= most:
        return [list(range(count))]
    step = max(1, most - repeated)
    kept = list(range(repeated))
    return [kept + list(range(at, min(at + step, count))) for at in range(repeated, count, step)]


def width(head: str, column: Sequence[Value], widest: float) -> float:
    """Return how wide a column is to be, in digits; its first values tell."""
    sample = column[:SAMPLE]
    longest = max((text.longest(v) for v in sample if isinstance(v, str)), default=0.0)
    numbers = max((len(f"{v:.12g}") for v in sample if isinstance(v, int | float)), default=0)
    words = max(map(len, head.split()), default=0) + 4.0
    return min(max(longest * 1.05 + 2, numbers + 2, words, NARROWEST), widest)
