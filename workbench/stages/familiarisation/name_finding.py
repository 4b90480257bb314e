"""Words that may be names: a person strikes out those that are none.

They come from a list, from the labels of speakers, from regular expressions, from a language
model if one is installed, and from capitals within sentences.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from workbench.errors import BadValue, MissingExtra
from workbench.model.transcript import Turn
from workbench.stages.familiarisation import search
from workbench.stages.familiarisation.pseudonyms import MARKS, find

SPEAKER, PATTERN, RECURRING, COMMON = "speaker", "pattern", "recurring", "common"
OTHER = "name"

_LETTERS = rf"(?:[^\W\d_][{MARKS}]*)+"
_WORD = re.compile(rf"{_LETTERS}(?:['’-]{_LETTERS})*")
_OWNER = re.compile("['’][sS]$")
_BEGINS = frozenset(".?!:…\n\"“”„«»'‘’–—-*[")
"""Behind these a sentence, or the words of somebody else, may begin."""
_NO_NAMES = re.compile(
    "I|I['’](m|ve|d|ll)|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May"
    "|June|July|August|September|October|November|December"
)
_ROLES = re.compile(
    "interviewer|moderator|facilitator|participant|respondent|informant|speaker|unknown|researcher"
    "|intervjuer|deltaker|ukjent|forsker|taler"
)


class Candidate(NamedTuple):
    """A word or words that may be a name, of what kind, and a pseudonym if one was given."""

    name: str
    kind: str
    replacement: str = ""


class Said(NamedTuple):
    """One transcript: its text, its turns, and the labels of its speakers."""

    text: str
    turns: Sequence[Turn]
    labels: Sequence[str]


Entities = Callable[[str], Iterable[tuple[str, str]]]
"""Text → names and their kinds."""


def candidates(
    texts: Sequence[Said],
    *,
    given: Iterable[Candidate] = (),
    patterns: Sequence[str] = (),
    entities: Entities | None = None,
    least: int = 2,
) -> list[Candidate]:
    """Return what may be names, each once: those given first, then as the module says.

    A given name that stands nowhere is among them too; `least` is how often a capitalised
    word must stand within sentences. Those of them that are common words too come last.

    Raises:
        BadValue: a pattern is no regular expression.
        SearchTooSlow: one took too long.
    """
    found: dict[str, Candidate] = {}
    for one in [
        *given,
        *(Candidate(name, SPEAKER) for name in of_labels(t for s in texts for t in s.labels)),
        *(Candidate(name, PATTERN) for p in patterns for name in _matching(texts, p)),
        *_told(texts, entities),
        *_recurring(texts, least),
    ]:
        found.setdefault(unicodedata.normalize("NFC", " ".join(one.name.split())), one)
    return [one._replace(name=name) for name, one in found.items() if name]


def of_labels(labels: Iterable[str]) -> list[str]:
    """Return the words of speakers' labels that may be names: no single letters, no roles.

    >>> of_labels(["I", "P1", "Anna", "Moderator", "Bo Ås"])
    ['Anna', 'Bo', 'Ås']
    """
    words = [m.group() for label in labels for m in _WORD.finditer(label)]
    return list(
        dict.fromkeys(
            w for w in words if len(w) > 1 and _capital(w) and not _ROLES.fullmatch(w.lower())
        )
    )


def recurring(texts: Sequence[Said], least: int = 2) -> list[str]:
    """Return the capitalised words that stand so often within a sentence, commonest first.

    Words at the start of a sentence, line or turn do not count. A genitive counts as its
    name where that stands somewhere too.
    """
    counts = Counter(word for said in texts for word in _within_sentences(said))
    for word in sorted(counts):
        stem = word[:-1] if word[-1] in "sS" else ""
        if stem in counts:
            counts[stem] += counts.pop(word)
    often = [(word, n) for word, n in counts.items() if n >= least]
    return [word for word, _ in sorted(often, key=lambda pair: (-pair[1], pair[0]))]


def _recurring(texts: Sequence[Said], least: int) -> list[Candidate]:
    """Return what recurs, first the words that are seldom written small in the same texts."""
    small = Counter(m.group() for said in texts for m in _WORD.finditer(said.text))
    capital = Counter(word for said in texts for word in _within_sentences(said))
    found = [
        Candidate(name, COMMON if small[name.lower()] > capital[name] else RECURRING)
        for name in recurring(texts, least)
    ]
    return sorted(found, key=lambda one: one.kind == COMMON)


def _within_sentences(said: Said) -> Iterator[str]:
    starts = {at for turn in said.turns for at in (turn.start, turn.words_start)}
    labels = {at for turn in said.turns for at in range(turn.start, turn.words_start)}
    for match in _WORD.finditer(said.text):
        word = _OWNER.sub("", match.group())
        if len(word) < 2 or not _capital(word) or _NO_NAMES.fullmatch(match.group()):
            continue
        at = match.start()
        while at > 0 and said.text[at - 1] in " \t\u00a0":
            at -= 1
        begins = at == 0 or said.text[at - 1] in _BEGINS or match.start() in starts
        if not begins and match.start() not in labels:
            yield unicodedata.normalize("NFC", word)


def _capital(word: str) -> bool:
    return word[0].isupper()


def _matching(texts: Sequence[Said], pattern: str) -> list[str]:
    compiled = search.pattern(pattern, regex=True, ignore_case=False)
    places = ((s.text, a, b) for s in texts for a, b in search.find(s.text, compiled))
    return list(dict.fromkeys(text[a:b].strip() for text, a, b in places))


def _told(texts: Sequence[Said], entities: Entities | None) -> Iterator[Candidate]:
    if entities is not None:
        for said in texts:
            for name, kind in entities(said.text):
                yield Candidate(_OWNER.sub("", name.strip()), kind)


_KINDS = {
    "PER": "person",
    "PERSON": "person",
    "LOC": "place",
    "GPE": "place",
    "GPE_LOC": "place",
    "GPE_ORG": "organisation",
    "ORG": "organisation",
}
"""What language models call what may tell who somebody is; other kinds are passed over."""


def language_model(name: str) -> Entities:
    """Return what finds names with a language model of spaCy, such as “nb_core_news_sm”.

    Raises:
        MissingExtra: spaCy is not installed.
        BadValue: the model is not.
    """
    try:
        import spacy
    except ImportError as error:
        raise MissingExtra("Finding names with a language model", "names") from error
    try:
        model: Any = spacy.load(name)
    except (OSError, ValueError) as error:
        wanted = f"one that is installed (python -m spacy download {name})"
        raise BadValue("A language model", name, wanted) from error

    def entities(text: str) -> Iterator[tuple[str, str]]:
        for one in model(text).ents:
            if one.label_ in _KINDS and one.text.strip():
                yield one.text, _KINDS[one.label_]

    return entities


CALLED: Mapping[str, str] = {
    SPEAKER: "Person",
    "person": "Person",
    "place": "Place",
    "organisation": "Organisation",
    PATTERN: "Number",
}


def with_replacements(found: Sequence[Candidate], texts: Iterable[str]) -> list[Candidate]:
    """Return candidates, those without a pseudonym with one of their kind: “Person 1”, …

    Common words get none: they stay as they are until somebody gives them one.

    No pseudonym is one that stands in a text already, or that was given.

    >>> found = [Candidate("Kari", "person"), Candidate("Bø", "place", "Vik")]
    >>> [one.replacement for one in with_replacements(found, ["Person 1 said so."])]
    ['Person 2', 'Vik']
    """
    held = "\n".join(texts)
    taken = {one.replacement for one in found}
    number: Counter[str] = Counter()

    def fresh(called: str) -> str:
        while True:
            number[called] += 1
            replacement = f"{called} {number[called]}"
            if replacement not in taken and not find(held, [replacement]).hits:
                return replacement

    return [
        one
        if one.replacement or one.kind == COMMON
        else one._replace(replacement=fresh(CALLED.get(one.kind, "Name")))
        for one in found
    ]
