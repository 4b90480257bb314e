"""The order of rows that stand in a list: one takes another place, the others make room."""

from workbench.errors import BadValue
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


def in_order(rows: list[Row]) -> list[Row]:
    """Return the rows in the order of their positions, the older first where two are equal."""
    return sorted(rows, key=lambda row: (row["position"], row["id"]))


def put_in_place(act: Act, table: str, rows: list[Row], row: Row, place: int) -> None:
    """Give a row the place, from 1, in the list of `rows`, of which it is one.

    The rows share out the positions that they have, so that other rows of the table,
    which may stand between them, stay where they are.

    Raises:
        BadValue: the list has no such place.
    """
    if not 1 <= place <= len(rows):
        raise BadValue(f"The place of a {table}", place, f"a number from 1 to {len(rows)}")
    others = [r for r in in_order(rows) if r["id"] != row["id"]]
    wanted = [*others[: place - 1], row, *others[place - 1 :]]
    last = 0
    for held, position in zip(wanted, sorted(int(r["position"]) for r in rows), strict=True):
        last = max(position, last + 1)
        records.update(act, table, str(held["id"]), {"position": last})
