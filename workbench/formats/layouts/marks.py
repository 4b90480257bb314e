"""Times at the beginning of what is said: `[00:00:12] So`, `Ana: #00:00:12-5# So`.

MAXQDA, easytranscript, InqScribe and NVivo write them so, or on a line of their own
above the words. The line belongs to nobody then, and its time to the turn below it.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from workbench.formats.layouts.cutting import Arrangement, backwards
from workbench.formats.layouts.times import CLOCK, WITH_POINTS, milliseconds
from workbench.model.transcript import Turn

_MARK = (
    rf"(?:#(?P<hash>{CLOCK})#|\[(?P<square>{CLOCK})\]|\{{(?P<curly>{CLOCK})\}}"
    rf"|\[(?P<points>{WITH_POINTS})\])"
)
_FIRST = re.compile(rf"{_MARK}[ \t\u00a0]*")
_BARE = re.compile(r"(?P<bare>\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)(?:[ \t\u00a0]+|(?=\n|\Z))")
_ALONE = re.compile(rf"(?:^|\n)[ \t]*{_MARK}[ \t]*\Z")
_FEWEST = 2


def with_begins(text: str, body: int, plain: Arrangement) -> Arrangement:
    """Return the arrangement with the times before the words, when there are two or more.

    Times without brackets count only where at least half of the paragraphs begin with one
    and nobody is named.
    """
    found = [_FIRST.match(text, turn.words_start, turn.stop) for turn in plain.turns]
    below = _from_above(text, body, plain.turns)
    if sum(one is not None for one in found) + len(below) < _FEWEST:
        bare = _bare(text, plain)
        if not bare:
            return plain
        found, below = bare, {}
    made = _timed(text, plain.turns, found, below)
    if not made:
        return plain
    layout = "time: text" if plain.layout == "paragraphs" else plain.layout
    above = int(0 in below and plain.unparsed > 0)
    return replace(
        plain,
        layout=layout,
        turns=made,
        unparsed=plain.unparsed - above,
        guesses=tuple(dict.fromkeys(plain.guesses + backwards(made))),
    )


def _bare(text: str, plain: Arrangement) -> list[re.Match[str] | None]:
    if plain.layout != "paragraphs":
        return []
    found = [_BARE.match(text, turn.words_start, turn.stop) for turn in plain.turns]
    number = sum(one is not None for one in found)
    return found if number >= max(_FEWEST, len(found) / 2) else []


def _from_above(text: str, body: int, turns: Sequence[Turn]) -> dict[int, tuple[int, int]]:
    """Return, by the turn below it, where a line with nothing but a time begins, and its time."""
    out = {}
    after = body
    for number, turn in enumerate(turns):
        line = max(after, turn.start - 80)
        stop = line + len(text[line : turn.start].rstrip())
        alone = _ALONE.search(text, line, stop)
        if alone and not turn.start == turn.words_start == stop:
            out[number] = (alone.start(), _ms(alone))
        after = turn.words_start
    return out


def _timed(
    text: str,
    turns: Sequence[Turn],
    found: Sequence[re.Match[str] | None],
    below: dict[int, tuple[int, int]],
) -> tuple[Turn, ...]:
    out: list[Turn] = []
    waits: int | None = None
    for number, (turn, mark) in enumerate(zip(turns, found, strict=True)):
        begin = below[number][1] if number in below else waits
        waits = None
        words = turn.words_start
        if mark:
            begin = _ms(mark)
            words = min(mark.end(), turn.stop)
            if turn.speaker is None and not text[words : turn.stop].strip():
                waits = begin
                continue
            words += len(text[words : turn.stop]) - len(text[words : turn.stop].lstrip())
        if number + 1 in below:
            kept = max(words, below[number + 1][0])
            turn = replace(turn, stop=words + len(text[words:kept].rstrip()))
        if turn.begin_ms is None and begin is not None:
            turn = replace(turn, begin_ms=begin)
        out.append(replace(turn, words_start=min(words, turn.stop)))
    return tuple(out)


def _ms(found: re.Match[str]) -> int:
    clocks = found.groupdict()
    points = clocks.pop("points", None)
    if points:
        return milliseconds(points.replace(".", ":"))
    return milliseconds(next(clock for clock in clocks.values() if clock))
