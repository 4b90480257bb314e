"""What a workbook only shows: its rows by what they said, to tell where somebody changed them."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workbench.formats.xlsx.text import visible
from workbench.model.chart_file import NotRead
from workbench.model.report import counted

_TRUTHS = {"=TRUE()": "yes", "=FALSE()": "no"}
"""How LibreOffice saves what is true or false."""
_BY_HAND = "this sheet is only shown, so what was changed in it is not taken; change the project"
_COLUMNS = "its columns are not those of the export; nothing of it is taken"


def words(value: object) -> str:
    """Return what a cell says, in the same words whichever program saved it last.

    >>> words(3), words(3.0), words(True), words(None), words(" a_x005F_b ")
    ('3', '3', 'yes', '', 'a_b')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:.12g}"
    said = str(value)
    lines = visible(said.replace("\r\n", "\n").replace("x005F_", "")).split("\n")
    return _TRUTHS.get(said) or "\n".join(line.strip() for line in lines).strip()


def row_print(values: Sequence[object]) -> str:
    """Return a short hash of a row, in which empty cells at its end do not count."""
    said = "\x1f".join(map(words, values)).rstrip("\x1f")
    return hashlib.sha256(said.encode()).hexdigest()[:12] if said else ""


def changed_rows(tables: Mapping[str, Sequence[str]], book: Any) -> Iterator[NotRead]:
    """Yield what was changed on the sheets that are no charts: sheet → prints of its rows.

    Rows may have changed places. Columns may not: nothing more is said of such a sheet.
    """
    for name, prints in tables.items():
        if name not in book.sheetnames:
            yield NotRead("sheets", f"“{name}”", "it is gone, or has another name")
            continue
        now = [row_print([c.value for c in row]) for row in book[name].iter_rows()]
        if now[:1] != [*prints[:1]]:
            yield NotRead("sheets", f"“{name}”", _COLUMNS)
            continue
        left, changed = Counter(prints[1:]), 0
        for number, print_ in enumerate(now[1:], 2):
            if left[print_]:
                left[print_] -= 1
            elif print_:
                changed += 1
                yield NotRead("rows", f"“{name}”, row {number}", _BY_HAND)
        gone = left.total() - changed
        if gone > 0:
            yield NotRead(
                "sheets",
                f"“{name}”",
                f"{counted(gone, 'rows')} of it {'is' if gone == 1 else 'are'} gone",
            )
