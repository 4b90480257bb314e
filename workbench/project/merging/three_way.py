"""One row in three states (where the copies parted, here, there) becomes one row, or questions."""

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from workbench.project.merging.rules import KEPT_HERE, Row, groups


class Clash(NamedTuple):
    """Columns that were changed here and there, each in its own way.

    `withdrawn` stands alone: the row was withdrawn on one side and changed on the other.
    """

    columns: tuple[str, ...]


class Met(NamedTuple):
    """The row that two copies give, with what is here where they clash."""

    row: Row | None
    clashes: tuple[Clash, ...] = ()


WITHDRAWN = Clash(("withdrawn",))


def meet(table: str, base: Row | None, mine: Row | None, theirs: Row | None) -> Met:
    """Return what a row is after a merge.

    What only one side changed is as that side has it; what both changed in the same way is
    so; what they changed in two ways clashes, by the columns that go together (`rules`).
    The place in a list is left as it is here (see `order`).
    """
    if theirs is None or same(table, theirs, base):
        return Met(mine)
    if mine is None or same(table, mine, base) or same(table, mine, theirs):
        return Met(_placed(mine, theirs))
    if _gone(base):
        if _gone(theirs):
            return Met(mine)
        if _gone(mine):
            return Met(_placed(mine, theirs))
        return _joined(table, base, mine, theirs)
    if _gone(mine) and _gone(theirs):
        return Met(mine)
    if _gone(mine) or _gone(theirs):
        stays = theirs if _gone(mine) else mine
        unchanged = base is not None and _content(table, stays) == _content(table, base)
        if unchanged:
            return Met(mine if _gone(mine) else {**mine, "withdrawn": True})
        return Met(mine, (WITHDRAWN,))
    return _joined(table, base, mine, theirs)


def same(table: str, one: Row | None, other: Row | None) -> bool:
    """Whether two states of a row say the same, the place in a list aside."""
    if one is None or other is None:
        return one is other
    return one["withdrawn"] == other["withdrawn"] and _content(table, one) == _content(table, other)


def take(row: Row, of: Row, columns: Sequence[str]) -> Row:
    """Return a row with some columns as another has them."""
    return {**row, **{c: of[c] for c in columns}}


def _placed(mine: Row | None, theirs: Row) -> Row:
    """Return their row at the place in its list that it has here."""
    kept: Row = {n: mine[n] for n in ("position", "number") if mine and n in mine and n in theirs}
    if "number" in kept and "sha256" not in theirs:
        del kept["number"]  # only the number of a text is a place
    return {**theirs, **kept}


def _gone(row: Row | None) -> bool:
    return row is None or bool(row["withdrawn"])


def _content(table: str, row: Row) -> tuple[tuple[Hashable, ...], ...]:
    return tuple(_of(row, group) for group in groups(table, tuple(row)))


def _of(row: Row, group: Sequence[str]) -> tuple[Hashable, ...]:
    return tuple(row[n] for n in group)


def _joined(table: str, base: Row | None, mine: Row, theirs: Row) -> Met:
    """Return the row of two that live, group by group of columns."""
    row, clashes = dict(mine), []
    kept = KEPT_HERE.get(table, ()) if base is None else ()
    for group in groups(table, tuple(mine)):
        here, there = _of(mine, group), _of(theirs, group)
        then = None if base is None else _of(base, group)
        if here == there or there == then or group[0] in kept:
            continue
        if here == then or (base is None and not any(here)):
            row.update(zip(group, there, strict=True))
        elif base is None and not any(there):
            continue
        else:
            clashes.append(Clash(group))
    return Met(row, tuple(clashes))
