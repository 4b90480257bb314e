"""How the positions of one source are counted, found out from its selections.

The standard counts code points and is silent about byte order marks, line ends and whether
the last position is inside. Tools differ, so that each source is asked. What is asked first
decides, and what it leaves open is asked on:

1. the words that selections are named by must stand at their positions;
2. the tool that wrote the file, where it is known how it counts;
3. selections start and end at the borders of words, most of them;
4. positions lie in the text;
5. the standard, and where that is silent what most tools do.

Ways to count that give the same segments for all selections of a source are one.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import numpy as np

from workbench.formats.refi.counting import (
    Aspect,
    Confidence,
    Counting,
    Evidence,
    Marked,
    Placed,
    Segment,
    Unit,
)
from workbench.formats.textfile import stored
from workbench.model.segments import Ints

_ASPECTS: tuple[Aspect, ...] = ("unit", "line_end", "mark_counts", "inclusive")
_UNITS: tuple[Unit, ...] = ("code points", "UTF-16 units")
_FURTHEST = 2**52
_ENOUGH, _MARGIN = 3, 0.1
"""By how many borders of words, and which share of all, one way must be ahead of another."""
_LETTERS = 4
"""A shorter name proves nothing."""
_SPARE = 200

_OWN = "framework workbench"
"""What this tool calls itself: its files count so for certain, unless names say otherwise."""
_OF_TOOLS: tuple[tuple[str, dict[str, object]], ...] = (
    ("nvivo", {"unit": "UTF-16 units", "line_end": 2, "mark_counts": False, "inclusive": False}),
    ("atlas.ti", {"line_end": 1, "mark_counts": False, "inclusive": False}),
    (
        _OWN,
        {"unit": "code points", "line_end": 1, "mark_counts": False, "inclusive": False},
    ),
    ("qualcoder", {"unit": "code points", "mark_counts": False, "inclusive": False}),
)
"""How tools count, as far as files of theirs, or their sources, have shown it."""


class RawText:
    """A text as it stood in its file, with the way from its positions to the stored text's.

    `raw` has its line ends, and its byte order mark if it had one. In XML a line end is one
    letter whatever was written: `line_ends_lost` says that it may have been two.
    """

    def __init__(self, raw: str, *, line_ends_lost: bool = False) -> None:
        self.text = stored(raw)
        points = np.frombuffer(raw.encode("utf-32-le", "surrogatepass"), np.uint32)
        marks = len(raw) - len(raw.lstrip("\ufeff"))
        self.mark = marks > 0
        self.astral = bool((points >= 0x10000).any())
        carriage, feed = points == 0x0D, points == 0x0A
        before_feed = carriage & np.append(feed[1:], False)
        self._line_end = before_feed
        self.lost = line_ends_lost and not before_feed.any() and bool(feed.any())
        if self.lost:
            self._line_end = feed
        self.pairs = bool(self._line_end.any())
        self._points = points
        kept = ~before_feed
        kept[:marks] = False
        self._stored = _running(kept.astype(np.int64))

    def ways(self) -> list[Counting]:
        """Return the ways to count that can differ in this text, the likelier first."""
        units = _UNITS if self.astral else _UNITS[:1]
        line_ends = (1, 2) if self.lost else (2, 1) if self.pairs else (2,)
        return [
            Counting(inclusive, mark, line_end, unit)
            for inclusive, mark, line_end, unit in product(
                (False, True), (False, True) if self.mark else (False,), line_ends, units
            )
        ]

    def segments(self, marked: Sequence[Marked], way: Counting) -> list[Segment | None]:
        """Return where selections stand in the stored text, counted in one way."""
        offsets = self._offsets(way)
        starts, inside = self._before(offsets, [m.start for m in marked])
        ends, ends_inside = self._before(offsets, [m.end for m in marked])
        length = int(offsets[-1])
        found: list[Segment | None] = []
        for n, m in enumerate(marked):
            last = m.end + way.inclusive
            if not 0 <= m.start < last <= length or not inside[n]:
                found.append(None)
                continue
            stop = int(ends[n]) + 1 if way.inclusive else int(ends[n])
            if not way.inclusive and not ends_inside[n]:
                found.append(None)
                continue
            segment = int(self._stored[starts[n]]), int(self._stored[stop])
            found.append(segment if segment[0] < segment[1] else None)
        return found

    def places(self, positions: Sequence[int], way: Counting) -> list[int | None]:
        """Return where positions are in the stored text, counted in one way; None outside it."""
        offsets = self._offsets(way)
        letters, exact = self._before(offsets, positions)
        return [
            int(self._stored[letter]) if sure and 0 <= position <= int(offsets[-1]) else None
            for position, letter, sure in zip(positions, letters, exact, strict=True)
        ]

    def _offsets(self, way: Counting) -> Ints:
        """Return the position before each letter of the raw text; last, the end's."""
        width = np.ones(len(self._points), np.int64)
        if way.unit == "UTF-16 units":
            width += self._points >= 0x10000
        if self.lost:
            width[self._line_end] = way.line_end
        elif way.line_end == 1:
            width[self._line_end] = 0
        if self.mark and not way.mark_counts:
            width[0] = 0
        return _running(width)

    def _before(self, offsets: Ints, positions: Sequence[int]) -> tuple[Ints, list[bool]]:
        """Return the letter before which, or in which, positions are; whether it is before."""
        wanted = np.array([min(max(p, 0), _FURTHEST) for p in positions], np.int64)
        at = np.searchsorted(offsets, wanted, "right") - 1
        exact = (offsets[at] == wanted) | np.append(self._line_end, False)[at]
        return at, [bool(e) for e in exact]


def _running(width: Ints) -> Ints:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(width, dtype=np.int64)])


_Way = tuple[Counting, list[Segment | None]]


def placed(raw: RawText, marked: Sequence[Marked], origin: str = "") -> Placed:
    """Return how the selections of a source are counted and where they stand.

    `origin` is what the file says of the tool that wrote it.

    >>> placed(RawText("a 👩 bc de"), [Marked(5, 7, "bc de")]).counting.unit
    'code points'
    >>> placed(RawText("a 👩 bc de"), [Marked(5, 10, "bc de")]).segments
    ((4, 9),)
    """
    ways = [(way, raw.segments(marked, way)) for way in raw.ways()]
    different: dict[tuple[Segment | None, ...], _Way] = {}
    for way, segments in ways:
        different.setdefault(tuple(segments), (way, segments))
    known = _known_ways(origin, raw.ways())
    told = [segments for way, segments in ways if way in known]
    own = origin.strip().casefold().startswith(_OWN)
    left, evidence, sure = _asked(raw.text, marked, list(different.values()), told, own=own)
    way, segments = left[0]
    named, fitting = _named(marked), _score(raw.text, marked, segments)[0]
    matters = frozenset(
        aspect for aspect in _ASPECTS if any(_apart(way, segments, o, aspect) for o in ways)
    )
    return Placed(way, evidence, sure, matters, tuple(segments), named, fitting)


def usual(raw: RawText, origin: str) -> Counting:
    """Return how the tool of that name counts in a text; of an unknown one, how most do."""
    ways = raw.ways()
    return next(iter(_known_ways(origin, ways)), ways[0])


def _apart(way: Counting, segments: list[Segment | None], other: _Way, aspect: Aspect) -> bool:
    """Tell whether another way, which differs in one aspect only, gives other segments."""
    differs = {a for a in _ASPECTS if getattr(way, a) != getattr(other[0], a)}
    return differs == {aspect} and other[1] != segments


def _known_ways(origin: str, ways: list[Counting]) -> list[Counting]:
    """Return the ways in which a tool is known to count; none when nothing is known of it."""
    tool = origin.strip().casefold()
    known = next((fields for name, fields in _OF_TOOLS if name in tool), {})
    for aspect, value in known.items():
        ways = [w for w in ways if getattr(w, aspect) == value] or ways
    return ways if known else []


def _asked(
    text: str,
    marked: Sequence[Marked],
    ways: list[_Way],
    by_origin: list[list[Segment | None]],
    *,
    own: bool,
) -> tuple[list[_Way], tuple[Evidence, ...], Confidence]:
    """Return the ways that are left when all were asked, who decided, and how sure it is."""
    if len(ways) == 1:
        return ways, (), "certain"
    evidence: list[Evidence] = []
    left, ahead = _by_names(text, marked, ways)
    if len(left) < len(ways):
        evidence.append("names")
    written_here = [one for one in left if one[1] in by_origin]
    if own and written_here:
        return written_here, tuple(evidence) or ("origin",), "certain"
    spoken, contradicted = _by_words(text, left), False
    told = [one for one in left if one[1] in by_origin]
    if told and not any(one in told for one in spoken):
        told, contradicted = [], True
    judges: tuple[tuple[Evidence, list[_Way]], ...] = (
        ("origin", told),
        ("words", spoken),
        ("length", _by_length(left)),
    )
    for judge, believed in judges:
        fewer = [one for one in left if one in believed]
        if 0 < len(fewer) < len(left):
            left = fewer
            evidence.append(judge)
    if len(left) > 1:
        return left, (*evidence, "standard"), "unsure"
    if evidence == ["names"] and ahead:
        return left, ("names",), "certain"
    return left, tuple(evidence), "unsure" if contradicted else "likely"


def _by_names(text: str, marked: Sequence[Marked], ways: list[_Way]) -> tuple[list[_Way], bool]:
    """Return the ways under which most names are their words, and whether that is beyond doubt."""
    scores = [_score(text, marked, segments) for _, segments in ways]
    best = max(scores)
    if not best[0]:
        return ways, False
    others = [s for s in scores if s != best]
    ahead = min((_ahead(best, other) for other in others), default=0)
    return [w for w, s in zip(ways, scores, strict=True) if s == best], (
        ahead > 1 or best[0] == _named(marked)
    )


_Score = tuple[int, int, int, int]


def _ahead(best: _Score, other: _Score) -> int:
    return next(b - o for b, o in zip(best, other, strict=True) if b != o)


def _named(marked: Sequence[Marked]) -> int:
    return sum(len(_named_by(m.name)[1]) >= _LETTERS for m in marked)


def _score(text: str, marked: Sequence[Marked], segments: Sequence[Segment | None]) -> _Score:
    """Count the names that their words begin with, white space aside and letter by letter, and
    those that are all of their words, likewise."""
    found = [0, 0, 0, 0]
    for m, segment in zip(marked, segments, strict=True):
        name, tight, spaced_name, whole = _named_by(m.name)
        if segment is None or len(tight) < _LETTERS:
            continue
        start, stop = segment
        quote = text[start : min(stop, start + 4 * len(name) + _SPARE)]
        tight_quote = _tight(quote)
        if not tight_quote.startswith(tight):
            continue
        spaced = _OTHER_SPACE.sub(" ", quote)
        found[0] += 1
        found[1] += spaced.startswith(spaced_name)
        found[2] += whole and tight_quote == tight
        found[3] += whole and spaced == spaced_name
    return found[0], found[1], found[2], found[3]


_OTHER_SPACE = re.compile(r"[^\S ]")


@lru_cache(maxsize=10_000)
def _named_by(written: str) -> tuple[str, str, str, bool]:
    """Return a name without what says that it was cut, tight, spaced, and whether it was not.

    Each way to count asks for the names of a source again.
    """
    name, whole = _whole(written)
    return name, _tight(name), _OTHER_SPACE.sub(" ", name), whole


def _whole(name: str) -> tuple[str, bool]:
    """Return a name without the dots that say it was cut, and whether it was not.

    >>> _whole("I'm a single mum…")
    ("I'm a single mum", False)
    """
    cut = re.sub(r"\s*(…|\.\.\.)\s*$", "", name)
    return cut, cut == name


def _tight(text: str) -> str:
    return "".join(text.split())


def _by_words(text: str, ways: list[_Way]) -> list[_Way]:
    """Return the ways that no other surpasses in segments that begin and end with words."""
    borders = [sum(_borders(text, segment) for segment in segments) for _, segments in ways]
    most, all_of_them = max(borders), 2 * len(ways[0][1])
    return [
        way
        for way, number in zip(ways, borders, strict=True)
        if most - number < max(_ENOUGH, _MARGIN * all_of_them)
    ]


def _borders(text: str, segment: Segment | None) -> int:
    """Count the ends of a segment at which a word, and none before or after it, stands."""
    if segment is None:
        return 0
    start, stop = segment
    begins = not text[start].isspace() and not (start and text[start - 1].isalnum())
    ends = not text[stop - 1].isspace() and not (stop < len(text) and text[stop].isalnum())
    return begins + ends


def _by_length(ways: list[_Way]) -> list[_Way]:
    """Return the ways that place most selections."""
    places = [sum(segment is not None for segment in segments) for _, segments in ways]
    return [way for way, number in zip(ways, places, strict=True) if number == max(places)]
