"""Names in texts and what stands in their place: every hit, the new text, the new places.

A name is found as a whole word, in either of Unicode's spellings, and in capitals. What is
added to it (*Hansens*, *Hansen’s*, *Hansen-*) is no part of the hit, and so stays.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

MARKS = "\u0300-\u036f"
"""Accents that combine with the letter before them."""
_LETTER = rf"(?:[^\W_]|[{MARKS}])"
_ENDING = "(?:['’]?[sS])?"


class Pseudonym(NamedTuple):
    """A name, and what is to stand in its place."""

    name: str
    replacement: str


class Hit(NamedTuple):
    """One place of a text where the name of that number stands, its ending aside."""

    number: int
    start: int
    stop: int


class Overlap(NamedTuple):
    """A hit that gave way to one of a longer name which shares letters with it."""

    hit: Hit
    kept: Hit


class Found(NamedTuple):
    """The hits of a text in order, none over another, and those that gave way."""

    hits: tuple[Hit, ...]
    overlaps: tuple[Overlap, ...]


def find(text: str, names: Sequence[str], *, any_case: bool = False) -> Found:
    """Return where names stand in a text; a hit is numbered by the place of its name.

    With `any_case` small letters are taken for capitals too, as in the names of files.

    Of hits that share letters the longest stays, of those the first. One that lies wholly
    within it (*Kari* in *Kari Moe*) is none; one that reaches beyond it is told, as a part
    of the name stays in the text.

    >>> find("Moe: Kari Moes hund, Moen.", ["Moe", "Kari Moe"]).hits
    (Hit(number=0, start=0, stop=3), Hit(number=1, start=5, stop=13))
    """
    wanted = [
        Hit(number, *match.span(1))
        for number, name in enumerate(names)
        for pattern in _patterns(name, any_case)
        for match in pattern.finditer(text)
    ]
    wanted.sort(key=lambda h: (h.start - h.stop, h.start, h.number))
    kept: list[Hit] = []
    overlaps = []
    for hit in wanted:
        at = bisect_right(kept, hit.stop - 1, key=lambda h: h.start) - 1
        over = [k for k in kept[max(at - 1, 0) : at + 1] if k.stop > hit.start]
        if not over:
            kept.insert(at + 1, hit)
        elif not any(k.start <= hit.start and hit.stop <= k.stop for k in over):
            overlaps.append(Overlap(hit, over[0]))
    return Found(tuple(kept), tuple(sorted(overlaps, key=lambda o: o.hit[1:])))


@lru_cache(maxsize=4096)
def _patterns(name: str, any_case: bool) -> tuple[re.Pattern[str], ...]:
    """Return the expressions of a name, one a spelling; group 1 is the name.

    Each begins with a letter, and looks back from there: so the search runs from one such
    letter to the next.
    """
    words = name.split()
    spelled = [unicodedata.normalize(f, " ".join(words)) for f in ("NFC", "NFD")]
    spellings = dict.fromkeys([*spelled, *(s.upper() for s in spelled)])
    flags = re.IGNORECASE if any_case else 0
    return tuple(re.compile(_spelling(s), flags) for s in spellings if s)


def _spelling(name: str) -> str:
    first, rest = name[0], name[1:]
    before = f"(?<!{_LETTER}.)" if re.match(_LETTER, first) else ""
    behind = "".join(r"\s+" if c == " " else re.escape(c) for c in rest)
    after = f"{_ENDING}(?!{_LETTER})" if re.match(_LETTER, name[-1]) else f"(?![{MARKS}])"
    return f"({re.escape(first)}{before}{behind}){after}"


@dataclass(frozen=True, slots=True)
class Replaced:
    """A text with pseudonyms in it, and where in it stands what stood in the text before."""

    text: str
    hits: tuple[Hit, ...]
    """In the text before."""
    places: tuple[tuple[int, int], ...]
    """Where the pseudonym of each hit stands."""

    def start(self, position: int) -> int:
        """Return where begins now what began at a position; within a name, its pseudonym."""
        at = bisect_right(self.hits, position, key=lambda h: h.start) - 1
        if at < 0:
            return position
        (first, last), hit = self.places[at], self.hits[at]
        return first if position < hit.stop else last + position - hit.stop

    def stop(self, position: int) -> int:
        """Return where ends now what ended at a position; within a name, its pseudonym."""
        at = bisect_left(self.hits, position, key=lambda h: h.start) - 1
        if at < 0:
            return position
        return self.places[at][1] + max(position - self.hits[at].stop, 0)

    def touched(self, start: int, stop: int) -> bool:
        """Whether a name stands in a stretch of the text before, or reaches into it."""
        at = bisect_left(self.hits, stop, key=lambda h: h.start) - 1
        return at >= 0 and start < self.hits[at].stop

    def cut(self, start: int, stop: int) -> bool:
        """Whether a stretch of the text before begins or ends within a name."""
        return any(h.start < at < h.stop for at in (start, stop) for h in self._at(at))

    def _at(self, position: int) -> tuple[Hit, ...]:
        at = bisect_right(self.hits, position, key=lambda h: h.start)
        return self.hits[max(at - 1, 0) : at]


def replace(text: str, names: Sequence[Pseudonym], *, any_case: bool = False) -> Replaced:
    """Return a text with every name replaced; a name in capitals gives a pseudonym in capitals.

    >>> done = replace("HANSENS bil. Så kom Hansen.", [Pseudonym("Hansen", "Vik")])
    >>> done.text, done.start(8), done.stop(27)
    ('VIKS bil. Så kom Vik.', 5, 21)
    """
    hits = find(text, [n.name for n in names], any_case=any_case).hits
    parts, places, done, length = list[str](), list[tuple[int, int]](), 0, 0
    for hit in hits:
        between, now = (
            text[done : hit.start],
            written(text[hit.start : hit.stop], names[hit.number]),
        )
        parts += [between, now]
        places.append((length + len(between), length + len(between) + len(now)))
        done, length = hit.stop, places[-1][1]
    return Replaced("".join([*parts, text[done:]]), hits, tuple(places))


def written(words: str, pseudonym: Pseudonym) -> str:
    """Return a pseudonym as it stands in place of words: in capitals where the name is."""
    shouted = words.isupper() and not pseudonym.name.isupper()
    return pseudonym.replacement.upper() if shouted else pseudonym.replacement


def clashes(names: Iterable[Pseudonym]) -> list[tuple[Pseudonym, str]]:
    """Return the pseudonyms that hold a name which is replaced, each with that name.

    Such a name would stand in the text afterwards, and be taken for itself.

    >>> clashes([Pseudonym("Kari", "Anne"), Pseudonym("Anne", "Liv")])
    [(Pseudonym(name='Kari', replacement='Anne'), 'Anne')]
    """
    said = list(names)
    known = [n.name for n in said]
    return [(n, known[h[0].number]) for n in said if (h := find(n.replacement, known).hits)]
