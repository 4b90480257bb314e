"""What is a speaker's label, and what only looks like one.

A line that begins with words and a colon may open a turn (“Ana: Yes.”) or may not
(“One thing: we never asked.”). A label counts when it is a word for a role, when it
was named, or when it recurs; a label that stands only once counts where the text
leaves little doubt.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from workbench.formats.layouts.vocabulary import (
    INTERVIEWER,
    NOT_SPEAKERS,
    PARTICIPANT,
    PARTICLES,
    SENTENCE_WORDS,
    SOMEBODY,
)

Part = Literal["interviewer", "participant", "somebody"]
"""What a word for a role says: who asks, who answers, or just that somebody speaks."""

_NUMBER = re.compile(
    r"(?:[\s._#-]*\d{1,3}|[\s_-]+(?:one|two|three|four|five|six|en|to|tre|fire|fem|seks|[a-f]))$"
)
_FORBIDDEN = re.compile(r"[?!;\"“”„«»…=<>{}|\\@%+*~^$€£]")
MOST_LETTERS, MOST_WORDS = 40, 5


@lru_cache(maxsize=4096)
def key(label: str) -> str:
    """Return a label as it is compared: case and white space do not matter.

    >>> key("  Researcher  1 ")
    'researcher 1'
    """
    return " ".join(label.casefold().split())


@lru_cache(maxsize=4096)
def part(label: str) -> Part | None:
    """Return what a label says about the role, None when it is no word for one.

    >>> part("Int. One"), part("P03"), part("Kari (interviewer)"), part("Kari")
    ('interviewer', 'participant', 'interviewer', None)
    """
    whole, inside = key(label), ""
    if found := re.fullmatch(r"([^()]*?)\s*\(([^()]*)\)", whole):
        whole, inside = found.group(1), found.group(2)
    for words in filter(None, (whole, inside)):
        base = _NUMBER.sub("", words).strip(" ._-#")
        first = base.split()[0] if len(base.split()) == 2 else ""
        for name in (base, first if len(first) > 5 else ""):
            if name in INTERVIEWER:
                return "interviewer"
            if name in PARTICIPANT:
                return "participant"
            if name in SOMEBODY:
                return "somebody"
    return None


@lru_cache(maxsize=4096)
def possible(label: str) -> bool:
    """Say whether words could be a label at all, wherever they stand.

    >>> [possible(w) for w in ("Ana", "Researcher 1", "https", "10", "Then he said to me that I")]
    [True, True, False, False, False]
    """
    words = label.split()
    if not words or len(label) > MOST_LETTERS or len(words) > MOST_WORDS:
        return False
    if _FORBIDDEN.search(label) or not any(letter.isalpha() for letter in label):
        return False
    if re.search(r"[^\W\d_]{5,}\.\s", label) or label[-1] in ",'’-":
        return False
    if part(label):
        return True
    if key(label).strip(" .") in NOT_SPEAKERS or _NUMBER.sub("", key(label)) in NOT_SPEAKERS:
        return False
    lower = [word for word in words[1:] if word[0].islower() and word not in PARTICLES]
    if words[0][0].islower():
        return len(words) <= 2 and not SENTENCE_WORDS & set(words)
    return not (lower and SENTENCE_WORDS & {word.casefold() for word in words})


def like_a_name(label: str) -> bool:
    """Say whether every word begins like a name: with a capital, a digit, or no case at all.

    >>> [like_a_name(w) for w in ("Ana", "P03", "Ludwig van Beethoven", "Case study", "In 2021")]
    [True, True, True, False, False]
    """
    words = label.split()
    if "," in label or words[0].casefold() in SENTENCE_WORDS:
        return False
    return all(not word[0].islower() or (word in PARTICLES and word != words[0]) for word in words)


def _shape(label: str) -> str:
    """Return a label without its numbers, so that “P1” and “P12” are alike.

    >>> _shape("Participant 12")
    'participant #'
    """
    return re.sub(r"\d+", "#", key(label))


@dataclass(frozen=True, slots=True)
class Accepted:
    """The labels of one text: how each is written (by key), and which needed a guess."""

    written: dict[str, str]
    once: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    def guesses(self) -> tuple[str, ...]:
        """Return what an import report should say about labels that stand only once."""
        out = []
        if self.once:
            out.append(f"Taken for speakers though they stand only once: {_listed(self.once)}.")
        if self.refused:
            out.append(
                f"Taken for words, not for speakers, as they stand only once: "
                f"{_listed(self.refused)}."
            )
        return tuple(out)


def _listed(labels: Sequence[str], most: int = 5) -> str:
    shown = ", ".join(f"“{label}”" for label in labels[:most])
    return shown + (f" and {len(labels) - most:,} more" if len(labels) > most else "")


def accept(found: Sequence[str], lines: int, named: Collection[str] = ()) -> Accepted:
    """Choose among the labels found at the beginning of lines.

    `found` has one label per line that has one, in the order of the text; `lines` is
    the number of lines with anything in them; `named` are labels known to be speakers.

    >>> accept(["I", "Ana", "I", "Note", "Ana"], lines=9).written
    {'i': 'I', 'ana': 'Ana'}
    """
    first: dict[str, str] = {}
    times: Counter[str] = Counter()
    for label in found:
        name = key(label)
        first.setdefault(name, label)
        times[name] += 1
    sure_names = {key(name) for name in named}
    written = {
        name: label
        for name, label in first.items()
        if name in sure_names or (possible(label) and _certain(label, times[name]))
    }
    single = {
        name: label
        for name, label in first.items()
        if name not in written and times[name] == 1 and possible(label) and like_a_name(label)
    }
    shapes = {_shape(label) for label in written.values() if re.search(r"\d", label)}
    clear = _leave_no_doubt(len(written), sum(times[n] for n in written) + len(single), lines)
    taken = {n: w for n, w in single.items() if clear or _shape(w) in shapes}
    refused = tuple(label for name, label in single.items() if name not in taken)
    kept = {name: label for name, label in first.items() if name in written or name in taken}
    return Accepted(kept, tuple(taken.values()) if written else (), refused)


def _certain(label: str, times: int) -> bool:
    """Say whether a label counts without a look at the rest of the text."""
    if part(label) is not None:
        return times > 1 or len(label) > 1 or label.isupper()
    return times >= (2 if like_a_name(label) else 3)


def _leave_no_doubt(sure: int, heads: int, lines: int) -> bool:
    """Say whether a name that opens a single line is a speaker's all the same.

    It is when (nearly) every line opens with a label, and in a short text, or one
    with a single other speaker, when a good part of the lines do.
    """
    return heads >= 0.95 * lines or (heads >= 0.25 * lines and (sure < 2 or heads <= 12))
