"""What a paper prints, cell by cell, and what is known to disagree in it."""

import re
from dataclasses import dataclass
from typing import Literal

EntryKind = Literal["computed", "stated"]
ENTRY_KINDS: tuple[EntryKind, ...] = ("computed", "stated")
"""A computed entry of the register compares figures that can be rebuilt; a stated one what
papers say, which nothing can be held against but their own words."""

Verdict = Literal["equal", "explained", "stated", "differs", "not rebuilt"]
VERDICTS: tuple[Verdict, ...] = ("equal", "explained", "stated", "differs", "not rebuilt")
GOOD: frozenset[Verdict] = frozenset({"equal", "explained", "stated"})


CELL_NAME = r"[^\W\d_][\w.-]*|\d[\w.]*-[\w.-]+"
"""What a cell can be called, so that claims of the register can name it: p23-cases."""


def is_cell_name(said: str) -> bool:
    """Tell whether a claim can name a cell so.

    >>> is_cell_name("p24-letters.back"), is_cell_name("2-1"), is_cell_name("two words")
    (True, True, False)
    """
    return re.fullmatch(CELL_NAME, said) is not None


@dataclass(frozen=True, slots=True)
class PublishedCell:
    """One printed cell, and the figure of the project to hold against it.

    `figure` names how it is rebuilt and `of` says of what; without a figure the cell is
    only stated, and must be named in the register. `register` holds the entries that
    speak of it. `evidence` seals the words behind the figure (see `reproduction.seal`).
    """

    cell: str
    table: str
    row: str
    column: str
    value: str
    figure: str = ""
    of: tuple[tuple[str, str], ...] = ()
    where: str = ""
    note: str = ""
    register: tuple[str, ...] = ()
    evidence: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One contradiction inside or between papers.

    `holds` says in comparisons what is so (see `checks.claims`), `explains` names the
    cells that may differ from what is rebuilt because of it.
    """

    entry: str
    what: str
    kind: EntryKind
    holds: str
    explains: tuple[str, ...] = ()
    treatment: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """What a project says for one cell; `evidence` are the codings behind it.

    A tuple of texts is a set: its order does not count.
    """

    value: int | float | str | tuple[str, ...]
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """All that a study holds itself against."""

    cells: tuple[PublishedCell, ...] = ()
    register: tuple[RegisterEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """One cell after it was held against what was rebuilt."""

    cell: PublishedCell
    rebuilt: str
    verdict: Verdict
    why: str = ""
    evidence: tuple[str, ...] = ()
