"""Names of sheets that Excel takes."""

import re
from collections.abc import Iterator

from workbench.formats.xlsx import text

MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\n\t]")
_RESERVED = "history"


class SheetNames:
    """The names of one workbook's sheets, unique without regard to case."""

    def __init__(self) -> None:
        self._taken: set[str] = {_RESERVED}

    def take(self, wanted: str) -> str:
        """Return the wanted name, or the nearest to it that is possible and free.

        >>> names = SheetNames()
        >>> names.take("Cost/benefit"), names.take("cost-benefit"), names.take("History")
        ('Cost-benefit', 'cost-benefit 2', 'History 2')
        """
        return next(self.series(wanted))

    def series(self, wanted: str) -> Iterator[str]:
        """Yield free names for a sheet and those it goes on in: “Name”, “Name 2”, …"""
        stem = _possible(wanted)
        number = 1
        while True:
            name = _with_number(stem, number)
            number += 1
            if name.casefold() not in self._taken:
                self._taken.add(name.casefold())
                yield name


def _possible(wanted: str) -> str:
    shown = " ".join(_FORBIDDEN.sub("-", text.visible(wanted)).split())
    return _cut(shown, MOST).strip("' ") or "Sheet"


def _with_number(stem: str, number: int) -> str:
    if number == 1:
        return stem
    ending = f" {number}"
    return _cut(stem, MOST - len(ending)).rstrip("' ") + ending


def _cut(name: str, most: int) -> str:
    while text.units(name) > most:
        name = name[:-1]
    return name
