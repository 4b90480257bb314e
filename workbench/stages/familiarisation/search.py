"""Search: every place where a word, a phrase or a pattern stands in the texts.

The texts are scanned as they are stored; positions need no translation. A query of
several words is a phrase, as in a concordance. Letters are never folded: *får* does
not find *far*. Only the two ways in which Unicode writes the same letter (å as one
sign, or as a with a ring) are taken for the same.
"""

import re
import time
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple, Protocol

import regex as expressions

from workbench.errors import BadValue, SearchTooSlow

_LETTER = r"[\w\u0300-\u036f]"
"""What continues a word: letters, digits, and the marks that combine with them."""

_QUERY = re.compile(r'"([^"]*)"|“([^”]*)”|(\S+)')
_LONGEST_QUERY = 1_000
_MOST_SECONDS = 5.0
"""So long a regular expression may take over all the texts of one search."""


class Match(Protocol):
    """A place where a pattern stands."""

    def span(self) -> tuple[int, int]:
        """Return its start and stop."""

    def group(self) -> str:
        """Return its words."""


class Pattern(Protocol):
    """A compiled query."""

    def finditer(self, string: str, /) -> Iterator[Match]:
        """Yield its matches in a text, in order."""


def pattern(
    words: str, *, regex: bool = False, whole_words: bool = True, ignore_case: bool = True
) -> Pattern:
    r"""Return the compiled pattern of a query.

    Words stand for themselves, one after another: a query of several words is a
    phrase. White space in it matches any white space, line breaks too. A word that
    ends in `*` is the beginning of a word (`wait*` finds *waiting*, whole); inside
    quotation marks a `*` is a star. With `regex` the query is a regular expression, as
    Python and the library `regex` write them, which says itself (`\b`) where words end.
    Such an expression can be written so that it backtracks without end; looking for it
    raises `SearchTooSlow` after some seconds, counted from its first text.

    Raises:
        BadValue: the query is empty, too long, a bare `*`, or no regular expression.

    >>> find("Waiting. We waited\na year.", pattern("wait* a"))
    [(12, 20)]
    """
    if not words.strip():
        raise BadValue("The search", words, "at least one word")
    if len(words) > _LONGEST_QUERY:
        raise BadValue("The search", words[:40] + "…", f"at most {_LONGEST_QUERY} characters")
    if regex:
        return _expression(words, ignore_case)
    parts = [_word(w, prefix, whole_words, ignore_case) for w, prefix in _parts(words)]
    return re.compile(r"\s+".join(parts))


def find(text: str, pattern: Pattern) -> list[tuple[int, int]]:
    """Return start and stop of each match, in order; matches of no length are skipped.

    Raises:
        SearchTooSlow: the pattern is a regular expression that took too long.
    """
    spans = (m.span() for m in pattern.finditer(text))
    return [(start, stop) for start, stop in spans if stop > start]


class Hit(NamedTuple):
    """One match; `before` and `after` are the text around it."""

    transcript_version_id: str
    start: int
    stop: int
    before: str
    match: str
    after: str


def hits(texts: Iterable[tuple[str, str]], pattern: Pattern, *, context: int = 40) -> Iterator[Hit]:
    """Yield the matches in the order of the texts, which are (transcript_version_id, text).

    `before` and `after` hold up to `context` characters around the match; matches of no
    length are skipped. Plain words take time in proportion to the length of the texts.

    Raises:
        SearchTooSlow: the pattern is a regular expression that took too long.
    """
    for version, text in texts:
        for match in pattern.finditer(text):
            start, stop = match.span()
            if stop > start:
                before, after = text[max(start - context, 0) : start], text[stop : stop + context]
                yield Hit(version, start, stop, before, match.group(), after)


class _Timed:
    """A regular expression with the time that it has left."""

    def __init__(self, words: str, compiled: Any) -> None:
        self._words, self._compiled = words, compiled
        self._until: float | None = None

    def finditer(self, string: str, /) -> Iterator[Match]:
        """Yield its matches in a text, in order.

        Raises:
            SearchTooSlow: the time is over.
        """
        now = time.monotonic()
        if self._until is None:
            self._until = now + _MOST_SECONDS
        try:
            if self._until <= now:
                raise TimeoutError
            yield from self._compiled.finditer(string, timeout=self._until - now)
        except TimeoutError:
            raise SearchTooSlow(self._words, _MOST_SECONDS) from None


def _expression(words: str, ignore_case: bool) -> Pattern:
    flags = expressions.IGNORECASE if ignore_case else 0
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # hints on style are not for the researcher
            return _Timed(words, expressions.compile(words, flags))
    except (expressions.error, ValueError, OverflowError, RecursionError) as wrong:
        wanted = f"a regular expression ({wrong}), or search for plain words"
        raise BadValue("The regular expression", words, wanted) from None


def _parts(words: str) -> list[tuple[str, bool]]:
    """Split a query into words, each with whether it is only the beginning of one."""
    parts: list[tuple[str, bool]] = []
    for match in _QUERY.finditer(words):
        quoted, bare = match.group(1) or match.group(2) or "", match.group(3)
        parts += [(w, False) for w in quoted.split()]
        if bare == "*":
            raise BadValue("The search", words, "the beginning of a word before each *")
        if bare:
            parts.append((bare.removesuffix("*"), bare.endswith("*")))
    if not parts:
        raise BadValue("The search", words, "at least one word")
    return parts


def _word(word: str, prefix: bool, whole: bool, ignore_case: bool) -> str:
    """Return the expression of one word, in both of Unicode's spellings of it."""
    spellings = {unicodedata.normalize(form, word) for form in ("NFC", "NFD")} | {word}
    written = (_spelling(s, whole, ignore_case) for s in sorted(spellings))
    said = f"(?:{'|'.join(written)})" if len(spellings) > 1 else next(written)
    if prefix:
        return said + _LETTER + "*"
    return said + f"(?!{_LETTER})" if whole and re.match(_LETTER, word[-1]) else said


def _spelling(word: str, whole: bool, ignore_case: bool) -> str:
    """Return one spelling; what must not stand before it is looked at after its first letter.

    So the expression begins with a letter, and the search runs from one such letter to
    the next instead of looking back at every character: three times faster.
    """
    first, rest = _letter(word[0], ignore_case), word[1:]
    before = f"(?<!{_LETTER}.)" if whole and re.match(_LETTER, word[0]) else ""
    return first + before + "".join(_letter(c, ignore_case) for c in rest)


def _letter(letter: str, ignore_case: bool) -> str:
    """Return a letter in both cases, as a class: quicker than the flag for a whole pattern."""
    cases = {letter, letter.lower(), letter.upper(), letter.title()} if ignore_case else {letter}
    single = sorted(c for c in cases if len(c) == 1)
    return re.escape(letter) if len(single) == 1 else f"[{''.join(single)}]"
