"""The fields of one row of a hand-written table, read with an error that names line and column."""

import re
from collections.abc import Callable, Sequence
from typing import TypeVar

from workbench.errors import BadTable, BadValue
from workbench.formats.tables import Row, Table
from workbench.model.case import attribute_value

_Word = TypeVar("_Word", bound=str)
_RowType = TypeVar("_RowType")


class Fields:
    """The fields of one row, read with an error that names line and column."""

    def __init__(self, table: Table, row: Row) -> None:
        self.table, self.row = table, row

    def refused(self, column: str, problem: str, remedy: str = "") -> BadTable:
        """Return the error for one field of the row."""
        return self.table.refused(self.row, column, problem, remedy)

    def words(self, column: str) -> str:
        """Return a text as it stands; nothing where the table has no such column."""
        return self.row.values.get(column, "")

    def name(self, column: str) -> str:
        """Return a text without blanks at its ends."""
        return self.words(column).strip()

    def needed(self, column: str) -> str:
        """Return a text that must not be blank, as it stands."""
        if not self.name(column):
            raise self.refused(column, "this must not be empty.")
        return self.words(column)

    def needed_name(self, column: str) -> str:
        """Return a name that must not be blank."""
        return self.needed(column).strip()

    def several(self, column: str, separators: str = ";") -> tuple[str, ...]:
        """Return the parts of a list, empty ones left out."""
        parts = re.split(f"[{separators}]", self.words(column))
        return tuple(p.strip() for p in parts if p.strip())

    def one_of(self, column: str, choices: Sequence[_Word]) -> _Word:
        """Return the choice that must be made; capitals and blanks do not count."""
        return self.choice(column, self.needed_name(column), choices)

    def choice(self, column: str, said: str, choices: Sequence[_Word]) -> _Word:
        """Return the choice that a word names."""
        for word in choices:
            if word == " ".join(said.casefold().split()):
                return word
        raise self.refused(column, f"“{said}” is not one of {', '.join(choices)}.")

    def position(self, column: str) -> int | None:
        """Return a number of characters, or none where nothing is given."""
        said = self.name(column)
        if not said:
            return None
        if not re.fullmatch(r"[0-9]{1,12}", said):
            raise self.refused(column, f"“{said}” is not a number of characters, such as 120.")
        return int(said)

    def stretch(self) -> tuple[int | None, int | None]:
        """Return the positions of a row that may have some: both, or neither."""
        start, stop = self.position("start"), self.position("stop")
        if (start is None) != (stop is None):
            raise self.refused("stop" if stop is None else "start", "start and stop go together.")
        if start is not None and stop is not None and start >= stop:
            raise self.refused("stop", f"{stop} is not after the start, {start}.")
        return start, stop

    def whole(self, column: str) -> int:
        """Return a whole number from 0 that must be given."""
        said = self.needed_name(column)
        if not re.fullmatch(r"[0-9]{1,9}", said):
            raise self.refused(column, f"“{said}” is not a whole number, such as 12.")
        return int(said)

    def yes(self, column: str) -> bool:
        """Tell whether a field says yes; empty is no."""
        said = self.name(column)
        try:
            return bool(said) and bool(attribute_value(column, "boolean", said))
        except BadValue as error:
            raise self.refused(column, f"“{said}” is neither yes nor no.") from error

    def date(self, column: str) -> str:
        """Return a date as ISO text; nothing stays nothing."""
        said = self.name(column)
        try:
            return str(attribute_value(column, "date", said)) if said else ""
        except BadValue as error:
            raise self.refused(column, f"“{said}” is not a date like 2021-02-28.") from error


def each(table: Table, read: Callable[[Fields], _RowType]) -> tuple[_RowType, ...]:
    """Return every row of a table, read."""
    return tuple(read(Fields(table, row)) for row in table.rows)


def once(
    table: Table,
    found: tuple[_RowType, ...],
    name: Callable[[_RowType], str],
    column: str = "ref",
) -> tuple[_RowType, ...]:
    """Return the rows, once no two of them have one name; empty names are none."""
    first: dict[str, int] = {}
    for row, typed in zip(table.rows, found, strict=True):
        if name(typed) and first.setdefault(name(typed), row.line) != row.line:
            raise table.refused(
                row, column, f"“{name(typed)}” stands on line {first[name(typed)]} already."
            )
    return found
