"""Sentences from below, said in the language of the page.

The floors below the page speak plain English: errors, reports of imports, the history. A
sentence of theirs is recognised by the templates that `locale.below` read from the source,
and is said in the session's language with its parts put in: names and the text of users as
they stand, words of ours in the language too. What is not recognised, or can be read in two
ways, stays in English as it came.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from string import Formatter

from workbench.ui import words
from workbench.ui.words import LOCALE

CONTEXT = "below"
"""The context in the catalogue of what comes from below."""
AS_WRITTEN = frozenset({"name", "names", "n", "path", "value", "text", "time"})
"""Parts that are put in as they stand; all others are said in the language in turn."""
_OURS = frozenset({"summary"})
"""Parts that are sentences of ours, though they stand between quotes."""
_INSIDE = "{where}: {problem}"
"""Follows the name of a file, and never begins a sentence: a file may be called “The row”."""
_END = re.compile(r"(?<=[.?!…]) ")
_LISTS = {"; ": "; ", ", ": ", ", " and ": " og ", " or ": " eller ", ", or ": " eller "}
_SEVERAL = re.compile("”[^“]*“")
_PROSE = re.compile(r"\b(?:the|is|are|was|not|but|that|which|this|give|has|have|be|cannot)\b")
"""Words of a sentence, which a name seldom has: it may be that a name took in a sentence."""
_VALUE = re.compile(r"['\"\d\[({+-]|True$|False$|None$|nan$|inf$")
_PATH = re.compile(r"[./\\@]")
_WORD = re.compile(r"[.\w+−±-]+")
_BETWEEN = re.compile("(?<=”)(?: and | or |, or )(?=“)")
_NUMBER = re.compile(r"\d[\d,]*")
_LONGEST, _DEEPEST, _VARIED, _MOST, _SAYS_LITTLE = 2000, 5, 3, 40, 8


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence with places: texts and names of places in turn, a text first and last."""

    text: str
    many: str
    """The text with the plural of a noun that is counted."""
    said: str
    """Which of both this one is."""
    texts: tuple[str, ...]
    places: tuple[str, ...]
    ours: frozenset[str]
    """The places whose parts are said in turn."""
    quoted: frozenset[str]
    """The places between quotes that hold text of users."""

    @property
    def weight(self) -> int:
        """Return how many letters of a sentence the template itself says."""
        return sum(map(len, self.texts))

    @property
    def says_little(self) -> bool:
        """Whether this is a word or two beside a name, such as “in {name}”."""
        letters = any(c.isalpha() for text in self.texts for c in text)
        return bool(self.places) and not self.many and letters and self.weight < _SAYS_LITTLE

    def swallows(self, parts: Mapping[str, str], depth: int) -> bool:
        """Whether a part has more words than a name has, or, of a whole sentence, than one."""
        for name, part in parts.items():
            most = 2 if depth or name in self.ours else 0
            bare = name not in (self.ours if depth else self.quoted)
            if bare and part.replace(", ", "").count(" ") > most:
                return True
        return False

    def is_strained(self, name: str, part: str) -> bool:
        """Whether a part that stands as it is does not look like what stands there."""
        if name in self.quoted:
            return bool(_SEVERAL.search(part))
        if name.startswith("path"):
            return not _PATH.search(part)
        return bool(_PROSE.search(part)) or (name.startswith("value") and not _VALUE.match(part))

    def readings(self, sentence: str) -> Iterator[dict[str, str]]:
        """Yield the ways a sentence can be read as this one: the parts by their places."""
        first, last = self.texts[0], self.texts[-1]
        if not (sentence.startswith(first) and sentence.endswith(last)):
            return
        if not self.places:
            if sentence == first:
                yield {}
            return
        inside = sentence[len(first) : len(sentence) - len(last)]
        if len(sentence) >= len(first) + len(last) and all(t in inside for t in self.texts[1:-1]):
            yield from self._splits(inside, 0)

    def _splits(self, rest: str, number: int) -> Iterator[dict[str, str]]:
        name, before = self.places[number], self.texts[number]
        if number == len(self.places) - 1:
            if rest or before.endswith("“"):
                yield {name: rest}
            return
        after = self.texts[number + 1]
        at = rest.find(after)
        while at >= 0:
            if at or before.endswith("“"):
                for others in self._splits(rest[at + len(after) :], number + 1):
                    yield {name: rest[:at], **others}
            at = rest.find(after, at + 1)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence in another language, and how well it was understood."""

    text: str
    unsaid: int
    """How many letters of ours were not recognised."""
    weight: int
    """How many letters of ours were."""
    strained: int = 0
    """How many letters are in parts that hardly are names: they may have taken in a sentence."""

    own: int = 0
    """How many of the letters of ours are in the sentence itself, not in its parts."""

    @property
    def rank(self) -> tuple[int, int, int]:
        """Return what the best reading of a sentence has least of."""
        return self.unsaid + self.strained, -self.weight, -self.own


def sentence(text: str) -> str:
    """Return a sentence from below in the session's language; else as it came."""
    return in_language(words.language(), text) if text else text


@lru_cache(maxsize=4096)
def in_language(language: str, text: str) -> str:
    """Return a sentence from below in a language; as it came where it is not recognised."""
    if language == "en":
        return text
    said = read(language, text)
    return said.text if said else text


def read(language: str, text: str) -> Said | None:
    """Return how a sentence from below is said; None where it is not recognised."""
    return _read(language, text, 0) if len(text) <= _LONGEST else None


@lru_cache(maxsize=1 << 16)
def _read(language: str, text: str, depth: int) -> Said | None:
    if not text or depth > _DEEPEST:
        return None
    found = [*_whole(language, text, depth), *_in_turn(language, text, depth)]
    best = _best(found)
    if (not best or best[0].unsaid or best[0].strained) and depth <= _VARIED:
        best = _best([*best, *_otherwise(language, text, depth)])
    return best[0] if len(best) == 1 else None


def _best(found: Iterable[Said]) -> list[Said]:
    """Return the best of several readings; more than one where none is the best."""
    by_text: dict[str, Said] = {}
    for said in found:
        if said.text not in by_text or said.rank < by_text[said.text].rank:
            by_text[said.text] = said
    least = min((said.rank for said in by_text.values()), default=None)
    return [said for said in by_text.values() if said.rank == least]


def _whole(language: str, text: str, depth: int) -> list[Said]:
    """Return the best readings of a text as one sentence or one phrase."""
    found: list[Said] = []
    for key, template in (*_beginning(text[:1] or " "), *_beginning("")):
        if key not in text or (template.text == _INSIDE and not depth):
            continue
        for number, parts in enumerate(template.readings(text)):
            if template.says_little and template.swallows(parts, depth):
                continue
            said = _filled(language, template, parts, depth)
            if said and not (said.unsaid and template.says_little and not depth):
                found.append(said)
            if number > _MOST:
                return []
    return _best(found)


def _filled(language: str, template: Template, parts: Mapping[str, str], depth: int) -> Said | None:
    told, unsaid, weight, strained = dict(parts), 0, template.weight, 0
    for name, part in parts.items():
        said = _read(language, part, depth + 1) if name in template.ours else None
        if said:
            told[name], unsaid, weight = said.text, unsaid + said.unsaid, weight + said.weight
            strained += said.strained
        elif name in template.ours:
            unsaid += len(part)
        elif template.is_strained(name, part):
            strained += len(part)
        if name.startswith("names"):
            told[name] = _BETWEEN.sub(lambda found: _LISTS[found[0]], part)
    catalogue = words.catalogue(language)
    if not template.many:
        text = catalogue.pgettext(CONTEXT, template.text)
        return Said(text.format(**told), unsaid, weight, strained, template.weight)
    if not _NUMBER.fullmatch(told["n"]):
        return None
    n = int(told["n"].replace(",", ""))
    many = catalogue.npgettext(CONTEXT, template.text, template.many, n)
    return Said(many.format(**told), unsaid, weight, strained, template.weight)


def _in_turn(language: str, text: str, depth: int) -> list[Said]:
    """Return the readings of a text as one sentence after another."""
    found = []
    for cut in _END.finditer(text):
        for first in _whole(language, text[: cut.start()], depth):
            rest = _read(language, text[cut.end() :], depth + 1) if not first.unsaid else None
            if rest:
                both, weight = f"{first.text} {rest.text}", first.weight + rest.weight
                strained, own = first.strained + rest.strained, first.own + rest.own
                found.append(Said(both, rest.unsaid, weight, strained, own))
    return found


def _otherwise(language: str, text: str, depth: int) -> list[Said]:
    """Return the readings of a text without its full stop, of other case, or of a list."""
    small, large = text[0].lower() + text[1:], text[0].upper() + text[1:]
    found = []
    for other in dict.fromkeys((text, small, large)):
        for whole in (other, other.removesuffix(".") + "." * (not other.endswith("."))):
            ways = [*_whole(language, whole, depth), *_in_turn(language, whole, depth)]
            found += [_as_came(said, text) for said in ways]
        found += [_as_came(said, text) for said in _listed(language, other, depth)]
    return found


def _as_came(said: Said, text: str) -> Said:
    """Give a sentence a first letter and an end like those of a text."""
    told = said.text.removesuffix(".") + "." * text.endswith(".")
    first = told[:1].upper() if text[0].isupper() else told[:1].lower()
    return replace(said, text=first + told[1:])


def _listed(language: str, text: str, depth: int) -> list[Said]:
    """Return the reading of a text as a list of phrases."""
    for between, told_between in _LISTS.items():
        if between not in text:
            continue
        say = _one_of if depth else _phrase
        each = [say(language, one, depth + 1) for one in text.split(between)]
        told = [said for said in each if said and not said.unsaid]
        if len(told) == len(each):
            joined = told_between.join(said.text for said in told)
            return [Said(joined, 0, sum(said.weight for said in told))]
    return []


def _phrase(language: str, text: str, depth: int) -> Said | None:
    """Return one of several; none of them is a list."""
    return None if any(between in text for between in _LISTS) else _read(language, text, depth)


def _one_of(language: str, text: str, depth: int) -> Said | None:
    """Return one of several; a single word that is not known stands as it is."""
    known = _phrase(language, text, depth)
    return known or (Said(text, 0, 0) if _WORD.fullmatch(text) else None)


@cache
def templates() -> tuple[Template, ...]:
    """Return what the floors below may say."""
    told = json.loads((LOCALE / "below.json").read_text("utf-8"))
    return tuple(
        _template(one, many, said)
        for one, many in ((t, "") if isinstance(t, str) else t for t in told)
        for said in dict.fromkeys((one, many or one))
    )


@cache
def _beginning(letter: str) -> tuple[tuple[str, Template], ...]:
    """Return the templates that begin with a letter, or those that begin with a place.

    Before each stands the longest text in it, without which nothing can be read as it.
    """
    return tuple((max(t.texts, key=len), t) for t in templates() if t.texts[0][:1] == letter)


def _template(one: str, many: str, said: str) -> Template:
    """Return a template with its places; those between quotes hold text of users."""
    texts, places, before = [""], list[str](), ""
    ours, held = set(), set()
    for text, name, _spec, _conversion in Formatter().parse(said):
        texts[-1] += text
        before += text
        if name is not None:
            quoted = before.count("“") > before.count("”")
            kind = name.rstrip("0123456789")
            if kind in _OURS or not (quoted or kind in AS_WRITTEN):
                ours.add(name)
            elif quoted:
                held.add(name)
            places.append(name)
            texts.append("")
    return Template(one, many, said, tuple(texts), tuple(places), frozenset(ours), frozenset(held))
