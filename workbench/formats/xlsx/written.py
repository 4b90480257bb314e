"""What a workbook can hold, and what is told of one that was written."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Limits:
    """What one sheet of a workbook can hold; the defaults are Excel's."""

    rows: int = 1_048_576
    columns: int = 16_384
    characters: int = 32_767
    """UTF-16 units in a cell, and in a note."""
    links: int = 65_530
    points: float = 409.0
    """The greatest height of a row."""


EXCEL = Limits()


@dataclass(frozen=True, slots=True)
class WrittenSheet:
    """One sheet of a written workbook; `rows` leaves out the header."""

    name: str
    holds: str
    rows: int


@dataclass(frozen=True, slots=True)
class WrittenBook:
    """What a written workbook holds, and what a reader of it must know."""

    path: Path
    sheets: tuple[WrittenSheet, ...]
    counts: dict[str, int]
    """How many cases, codes, statements, codings, links and notes were written."""
    left_out: tuple[str, ...]
    """Sheets that would have had no rows."""
    notes: tuple[str, ...]
    """Sentences about continuations, limits and whatever was given but is not shown."""
