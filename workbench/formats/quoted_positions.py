"""Positions in the texts of other tools, proved by the words that are stored with them.

A tool may count in more than one way: what was coded by hand in units of the screen, what
was coded by search in letters. So each segment is asked by itself: it stands where its
stored words stand. Nothing is moved to where its words may be instead.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from workbench.formats.quoted_words import letters
from workbench.formats.refi.counting import Counting, Marked, Segment, Unit
from workbench.formats.refi.offsets import RawText


@dataclass(frozen=True, slots=True)
class Quoted:
    """A segment as a tool keeps it: its ends, and the words between them."""

    start: int
    stop: int
    quote: str


@dataclass(frozen=True, slots=True)
class Found:
    """Where a segment stands in the stored text, and whether another place fits as well."""

    segment: Segment
    alone: bool = True


class Counted:
    """One text with the ways in which its positions may be counted, the likeliest first.

    `text` is the text as it is stored here.
    """

    def __init__(self, raw: str, units: Sequence[Unit]) -> None:
        self._raw = RawText(raw)
        self.text = self._raw.text
        astral = sum(ord(letter) > 0xFFFF for letter in raw)
        self._lengths = len(self.text), len(raw), len(raw) + astral
        ways = [w for w in self._raw.ways() if not w.inclusive]
        self._ways: list[Counting] = []
        for unit in units:
            self._ways += [w for w in ways if w.unit == unit]
        self._ways = self._ways or ways

    def proved(self, quoted: Sequence[Quoted]) -> list[Found | None]:
        """Return where each segment has its words; None where no way of counting has them."""
        each = self._each([Marked(q.start, q.stop) for q in quoted])
        return [self._proved(q, of) for q, of in zip(quoted, each, strict=True)]

    def unproved(self, ends: Sequence[tuple[int, int]]) -> list[Found | None]:
        """Return where segments without words stand in the likeliest way, if they do."""
        each = self._each([Marked(start, stop) for start, stop in ends])
        return [
            Found(of[0], len({s for s in of if s}) == 1) if of and of[0] else None for of in each
        ]

    def is_all(self, start: int, stop: int) -> bool:
        """Tell whether a stretch is the whole text, whichever way its end is counted.

        The last position may be inside, or the end of a text that was longer once.
        """
        ends = {end - inside for end in self._lengths for inside in (0, 1)}
        return start == 0 and (stop in ends or stop > max(ends))

    def _each(self, marked: list[Marked]) -> list[list[Segment | None]]:
        """Return the segments of each mark, one for each way to count."""
        if not marked or not self.text:
            return [[] for _ in marked]
        ways = [self._raw.segments(marked, way) for way in self._ways]
        return [list(of) for of in zip(*ways, strict=True)]

    def _proved(self, quoted: Quoted, segments: Sequence[Segment | None]) -> Found | None:
        wanted = letters(quoted.quote)
        fitting = dict.fromkeys(
            s for s in segments if s and wanted and letters(self.text[slice(*s)]) == wanted
        )
        return Found(next(iter(fitting)), len(fitting) == 1) if fitting else None
