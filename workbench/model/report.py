"""What an import brought in, left out and guessed (law 8)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from workbench.model.chart_file import Comparison

_LINK = re.compile("( of | in | without | above )")
"""Between a noun and what belongs to it."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that did not come in: how many of what, why, and from which files."""

    what: str
    why: str
    count: int = 1
    where: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Guess:
    """Something that was concluded rather than read, from what, and how sure it is."""

    what: str
    because: str
    confidence: str
    """“certain”, “likely” or “unsure”."""
    where: tuple[str, ...] = ()


@dataclass(slots=True)
class ImportReport:
    """Counts of what came in, and every omission and guess, of one import."""

    source: str
    counts: dict[str, int] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    """The sentence of each file of several that could not be read; nothing of it is kept."""
    chart: Comparison | None = field(default=None, compare=False)
    """A chart that came back, statement by statement."""

    def count(self, what: str, number: int = 1) -> None:
        """Add to the number of things of one kind that came in."""
        self.counts[what] = self.counts.get(what, 0) + number

    def leave_out(self, what: str, why: str, where: str, count: int = 1) -> None:
        """Note an omission in one file, with the like ones of other files."""
        for n, known in enumerate(self.left_out):
            if (known.what, known.why) == (what, why):
                files = known.where if where in known.where else (*known.where, where)
                self.left_out[n] = replace(known, count=known.count + count, where=files)
                return
        self.left_out.append(LeftOut(what, why, count, (where,)))

    def guess(self, what: str, because: str, confidence: str, where: str) -> None:
        """Note a guess in one file, with the like ones of other files."""
        for n, known in enumerate(self.guesses):
            if (known.what, known.because, known.confidence) == (what, because, confidence):
                self.guesses[n] = replace(known, where=(*known.where, where))
                return
        self.guesses.append(Guess(what, because, confidence, (where,)))

    def add(self, others: "Iterable[ImportReport]") -> "ImportReport":
        """Take over what other reports say, in their order."""
        for other in others:
            for what, number in other.counts.items():
                self.count(what, number)
            self.left_out += other.left_out
            self.guesses += other.guesses
            self.notes += [note for note in other.notes if note not in self.notes]
            self.failed += other.failed
            if other.chart:
                mine = self.chart or Comparison()
                rows, same = mine.rows + other.chart.rows, mine.same + other.chart.same
                self.chart = Comparison(rows, same)
        return self

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain data, as the history keeps it: a chart is left out."""
        told = asdict(replace(self, chart=None))
        del told["chart"]
        return told

    def lines(self) -> list[str]:
        """Return the report in sentences, one a line, for a person."""
        came = ", ".join(counted(n, what) for what, n in self.counts.items()) or "nothing"
        return (
            [f"{self.source}: {came}."]
            + [
                f"  Left out: {counted(o.count, o.what)}: {o.why}{_files(o.where)}."
                for o in self.left_out
            ]
            + [f"  Guessed ({g.confidence}): {_because(g)}{_files(g.where)}." for g in self.guesses]
            + [f"  {note}" for note in self.notes]
        )


_ONE = {"matrices": "matrix", "people": "person"}
"""Nouns of which one is called otherwise than by leaving off an s."""


def counted(number: int, what: str) -> str:
    """Return a number with its noun, in whichever number the noun is given.

    >>> counted(1, "marks of cells"), counted(2, "file"), counted(1, "categories")
    ('1 mark of cells', '2 files', '1 category')
    >>> counted(1, "names in cases"), counted(2, "name in cases")
    ('1 name in cases', '2 names in cases')
    >>> counted(2, "cue without words"), counted(3, "footnote or endnote"), counted(1, "people")
    ('2 cues without words', '3 footnotes or endnotes', '1 person')
    """
    return f"{number} {one_of(what) if number == 1 else _several(what)}"


def one_of(what: str) -> str:
    """Return a noun, with what belongs to it, as there is one of it.

    >>> one_of("link addresses"), one_of("stretches of hidden text"), one_of("text boxes")
    ('link address', 'stretch of hidden text', 'text box')
    """
    return _of_each_noun(what, _singular)


def _several(what: str) -> str:
    return _of_each_noun(what, lambda noun: _plural(_singular(noun)))


def _of_each_noun(what: str, form: Callable[[str], str]) -> str:
    nouns, link, rest = _LINK.split(what, maxsplit=1) if _LINK.search(what) else (what, "", "")
    return " or ".join(map(form, nouns.split(" or "))) + link + rest


def _singular(noun: str) -> str:
    if noun in _ONE:
        return _ONE[noun]
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "xes")):
        return noun[:-2]
    return noun if noun.endswith("ss") else noun.removesuffix("s")


def _plural(noun: str) -> str:
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    if noun in _ONE.values():
        return next(several for several, one in _ONE.items() if one == noun)
    return noun + ("es" if noun.endswith(("ss", "ch", "x")) else "s")


def _because(guess: Guess) -> str:
    return f"{guess.what}, because {guess.because}" if guess.because else guess.what


def _files(where: tuple[str, ...]) -> str:
    """Return the files a line is about: three by name, the others as a number.

    >>> _files(("a", "b", "c", "d"))
    ' (in a, b, c and 1 more)'
    """
    if not where:
        return ""
    more = f" and {len(where) - 3} more" if len(where) > 3 else ""
    return f" (in {', '.join(where[:3])}{more})"
