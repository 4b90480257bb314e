"""How the positions of a source are counted, and where its selections stand: values only."""

from dataclasses import dataclass
from typing import Literal

Unit = Literal["code points", "UTF-16 units"]
Evidence = Literal["names", "origin", "words", "length", "standard"]
Confidence = Literal["certain", "likely", "unsure"]
Aspect = Literal["unit", "line_end", "mark_counts", "inclusive"]
Segment = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Counting:
    """One way to count."""

    inclusive: bool = False
    mark_counts: bool = False
    """Whether the byte order mark is a position."""
    line_end: int = 2
    """How many positions the line end CR LF takes."""
    unit: Unit = "code points"


@dataclass(frozen=True, slots=True)
class Marked:
    """One selection as the file has it."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """How a source counts, how that was found, and where each selection stands.

    `segments` are code points of the stored text; None where a position is not in it, or
    inside a letter, or where there are no words. Of `named` selections, `fitting` have the
    words that they are named by.
    """

    counting: Counting
    evidence: tuple[Evidence, ...]
    """What decided, the first first; empty when there was one way only."""
    confidence: Confidence
    matters: frozenset[Aspect]
    """What of the counting, counted otherwise, would give other segments."""
    segments: tuple[Segment | None, ...]
    named: int = 0
    fitting: int = 0

    def said(self) -> str:
        """Return the counting in words, without what makes no difference here.

        >>> way = Counting(unit="UTF-16 units")
        >>> Placed(way, ("names",), "certain", frozenset(["unit"]), ((4, 9),)).said()
        'positions count UTF-16 units; the last position is outside'
        """
        way, told = self.counting, []
        if "unit" in self.matters:
            told.append(f"positions count {way.unit}")
        if "line_end" in self.matters:
            told.append(f"a line end counts as {'two' if way.line_end == 2 else 'one'}")
        if "mark_counts" in self.matters:
            told.append(f"the byte order mark {'counts' if way.mark_counts else 'does not count'}")
        last = f"the last position is {'inside' if way.inclusive else 'outside'}"
        return "; ".join([*(told or ["UTF-16 units count here as code points do"]), last])
