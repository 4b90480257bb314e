"""From the places where turns begin to turns."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from workbench.formats.layouts import labels
from workbench.formats.sentences import number_of
from workbench.model.transcript import Header, Turn, clock


class Mark(NamedTuple):
    """A place in the text at which what came before ends.

    `at` is the beginning of the line. A mark with `turn` opens a turn: its label (or
    its words) begin at `start`, its words at or after `words`. A mark without is a
    line that is known and belongs to nobody.
    """

    at: int
    start: int
    words: int
    speaker: str | None = None
    begin_ms: int | None = None
    end_ms: int | None = None
    turn: bool = True


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What one layout made of a text; the fields are those of `Reading`."""

    layout: str
    turns: tuple[Turn, ...]
    header: Header = field(default_factory=Header)
    unparsed: int = 0
    guesses: tuple[str, ...] = ()


def turns(text: str, marks: Iterable[Mark]) -> tuple[Turn, ...]:
    """Return one turn per mark that opens one; it goes on to the next mark.

    White space around a turn, and between label and words, belongs to neither. One
    speaker keeps one label: the one written first.

    >>> turns("A: x\\n\\nB: y\\n", [Mark(0, 0, 2, "A"), Mark(6, 6, 8, "B")])[0]
    Turn(speaker='A', start=0, words_start=3, stop=4, begin_ms=None, end_ms=None)
    """
    ordered = list(marks)
    written: dict[str, str] = {}
    keys: dict[str, str] = {}
    out = []
    ends = [mark.at for mark in ordered[1:]] + [len(text)] * bool(ordered)
    for mark, after in zip(ordered, ends, strict=True):
        if not mark.turn:
            continue
        speaker = mark.speaker
        if speaker is not None:
            if speaker not in keys:
                keys[speaker] = written.setdefault(labels.key(speaker), speaker)
            speaker = keys[speaker]
        words = text[mark.words : after]
        said = words.rstrip()
        words_start = mark.words + len(said) - len(said.lstrip())
        stop = mark.words + len(said)
        if not said:
            words_start = stop = mark.start + len(text[mark.start : mark.words].rstrip())
        out.append(Turn(speaker, mark.start, words_start, stop, mark.begin_ms, mark.end_ms))
    return tuple(out)


_FILLED = re.compile(r"\S[^\n]*")


def filled_lines(text: str, start: int = 0, stop: int | None = None) -> int:
    """Return how many lines between two positions have anything in them.

    >>> filled_lines("a\\n \\n\\nb c\\n")
    2
    """
    return sum(1 for _ in _FILLED.finditer(text, start, len(text) if stop is None else stop))


def backwards(turns: Sequence[Turn]) -> tuple[str, ...]:
    """Return a sentence when the times of the turns go backwards."""
    latest, places = -1, []
    for turn in turns:
        if turn.begin_ms is not None:
            if turn.begin_ms < latest:
                places.append(turn.begin_ms)
            latest = turn.begin_ms
    if not places:
        return ()
    where = number_of(len(places), "place")
    return (f"Time goes backwards in {where}, first to {clock(places[0])}; times kept as found.",)
