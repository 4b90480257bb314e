"""Text in a spreadsheet cell: what a cell can hold, and how much room it takes."""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from unicodedata import east_asian_width

_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ESCAPE = re.compile(r"(?<=_)(?=x[0-9A-Fa-f]{4}_)")

_SLACK = 0.96
"""The share of a column that lines may fill, since programs and screens differ."""
_SHORT = 30
"""Texts of up to so many letters repeat, and are measured once."""
_PER_THOUSANDTH = 1.92 / 1000
"""Digits of column width per thousandth of an em, at 10 points."""


class _Extents(dict[str, float]):
    """How wide a letter is in Arial, in digits; looked up once a letter."""

    def __missing__(self, letter: str) -> float:
        wide = 1000 if east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF else 0
        thousandths = wide or next((w for w, of in _LETTERS if letter in of), 0)
        upper = 722 if letter.isupper() else 556
        self[letter] = (thousandths or upper) * _PER_THOUSANDTH
        return self[letter]


_LETTERS = (
    (222, "ijl'|"),
    (278, " !,./:;It[]f\\"),
    (350, 'r()-`“”‘’"*{}'),
    (500, "cksvxyzJ"),
    (600, "FTZøL+<=>~"),
    (667, "ABEKPSVXY&"),
    (778, "GOQ"),
    (833, "mM"),
    (889, "%æ"),
    (1000, "—…@ÆWœ"),
)
_EXTENTS = _Extents()
_SPACE, _NARROWEST, _WIDEST = _EXTENTS[" "], _EXTENTS["i"], _EXTENTS["W"]

CONTINUES = "[continues in the row below]"
CONTINUED = "[continued from the row above]"
_PARAGRAPH = 16_000
"""LibreOffice breaks longer paragraphs in cells of several, as the marks make them."""
_MARKS = len(CONTINUES) + len(CONTINUED) + 2


def visible(text: str) -> str:
    """Return the text with each character that a cell cannot hold made visible.

    Control characters become their Unicode pictures, lone surrogates and
    noncharacters become �; tabs and line feeds stay. The length stays the same.

    >>> visible("a\\x00b\\rc")
    'a␀b␍c'
    """
    return _UNFIT.sub(_picture, text) if _UNFIT.search(text) else text


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else "\ufffd"


def fragments(text: str) -> list[str]:
    """Return the text in pieces, none of which a spreadsheet takes for more than text.

    Two things are otherwise read as code: `_x0041_`, which stands for the letter A
    inside xlsx files, and a text from `<r>` to `</r>`, which XlsxWriter takes for
    markup of its own. Nearly every text is one piece.

    >>> fragments("file_x0041_b"), fragments("<r>1</r>")
    (['file_', 'x0041_b'], ['<', 'r>1</r>'])
    """
    if text.startswith("<r>") and text.endswith("</r>"):
        return [text[0], *fragments(text[1:])]
    return _ESCAPE.split(text) if "_x" in text else [text]


def units(text: str) -> int:
    """Return the length as Excel counts it: UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def lines(text: str, width: float) -> int:
    """Return about how many lines the text takes in a column `width` digits wide."""
    return _known_lines(text, width) if len(text) <= _SHORT else _all_lines(text, width)


def _all_lines(text: str, width: float) -> int:
    return sum(_lines(p, width * _SLACK) for p in text.split("\n"))


_known_lines = lru_cache(maxsize=1 << 16)(_all_lines)


def _lines(paragraph: str, width: float) -> int:
    """Return the lines of a paragraph broken between words, and inside longer ones."""
    if len(paragraph) * _WIDEST <= width:
        return 1
    count, across = 1, 0.0
    for word in paragraph.split(" "):
        wide = extent(word)
        if across and across + _SPACE + wide <= width:
            across += _SPACE + wide
        else:
            broken = math.ceil(wide / width) - 1 if wide > width else 0
            count += broken + (across > 0)
            across = wide - broken * width
    return count


def longest(text: str) -> float:
    """Return how wide the widest paragraph is on one line, in digits."""
    return max(
        sum(map(extent, words)) + _SPACE * (len(words) - 1)
        for words in (p.split(" ") for p in text.split("\n"))
    )


def extent(word: str) -> float:
    """Return about how wide a word is, in digits of the same font."""
    return _known_extent(word) if len(word) <= _SHORT else _extent(word)


def _extent(word: str) -> float:
    return sum(map(_EXTENTS.__getitem__, word))


_known_extent = lru_cache(maxsize=1 << 16)(_extent)


def shortened(text: str, most: int) -> str:
    """Return the text, or as much of it as fits with … at its end."""
    if units(text) <= most:
        return text
    return text[: _fits_until(text, 0, most - 1, math.inf, math.inf)] + "…"


def cuts(
    text: str, most_units: int, most_lines: float = math.inf, width: float = math.inf
) -> list[slice]:
    """Return the whole text as one slice if a cell holds it, or else the slices that do.

    They leave room for the two marks of a continuation, each on a line of its own.
    """
    if units(text) <= most_units and (most_lines == math.inf or lines(text, width) <= most_lines):
        return [slice(0, len(text))]
    room = min(most_units - _MARKS, _PARAGRAPH)
    return list(parts(text, max(1, room), max(1, most_lines - 2), width))


def marked(part: str, *, first: bool, last: bool) -> str:
    """Return a part of a text with what tells that it goes on."""
    before = "" if first else CONTINUED + "\n"
    return before + part + ("" if last else "\n" + CONTINUES)


def parts(text: str, most_units: int, most_lines: float, width: float) -> Iterator[slice]:
    """Yield where to cut a text so that every part fits a cell; joined, they are the text.

    Parts end at a line feed or else a space where there is one in their second half.
    """
    start = 0
    while start < len(text):
        stop = _fits_until(text, start, most_units, most_lines, width)
        if stop < len(text):
            stop = _good_end(text, start, stop)
        yield slice(start, stop)
        start = stop


def _fits_until(text: str, start: int, most_units: int, most_lines: float, width: float) -> int:
    """Return the furthest stop, by halving, at which text[start:stop] still fits."""
    low, high = start + 1, min(len(text), start + most_units)
    if most_lines != math.inf:
        high = min(high, start + math.ceil(most_lines * width / _NARROWEST))
    while low < high:
        middle = (low + high + 1) // 2
        part = text[start:middle]
        if units(part) <= most_units and (
            most_lines == math.inf or lines(part, width) <= most_lines
        ):
            low = middle
        else:
            high = middle - 1
    return low


def _good_end(text: str, start: int, stop: int) -> int:
    half = start + (stop - start) // 2
    for mark in "\n ":
        found = text.rfind(mark, half, stop)
        if found >= 0:
            return found + 1
    return stop
