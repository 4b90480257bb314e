"""“Speaker: text”, the commonest layout, with or without times; and bare paragraphs.

Covers `Ana: Yes.`, `Ana :`, `Ana:<tab>`, `**Ana:**`, `[00:01:02] Ana:`,
`Ana [00:01:02]:` and `00:01:02<tab>Ana:<tab>`; what follows without a label goes on
with the turn. The markers of f4, easytranscript and MAXQDA at the end of a paragraph
(`#00:06:12-9#`) are the end of one turn and the beginning of the next.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from workbench.formats.layouts import labels
from workbench.formats.layouts.cutting import (
    Arrangement,
    Mark,
    backwards,
    filled_lines,
    turns,
)
from workbench.formats.layouts.heading import summary_line, title_line
from workbench.formats.layouts.marks import with_begins
from workbench.formats.layouts.times import CLOCK, WITH_POINTS, milliseconds
from workbench.model.transcript import Header, Turn

_LINE = re.compile(
    r"^[ \t\u00a0]*+"
    rf"(?:(?:[\[({{#<]?(?P<before>{CLOCK})(?:[\])}}#>]|(?=[ \t\u00a0-]))"
    rf"|\[(?P<first>{WITH_POINTS})\])"
    r"[ \t\u00a0]*+(?:[-–][ \t]*+)?)?"
    r"\*{0,3}+\[?"
    r"(?P<label>[^\W_][^\n:：\t\[\](*]{0,48}+(?:\([^\n:：()]{1,30}\)[ \u00a0]?)?)"
    rf"\*{{0,3}}+[ \t\u00a0]*+(?:(?:[\[(](?P<inner>{CLOCK})[\])]|\[(?P<later>{WITH_POINTS})\])"
    r"[ \t\u00a0]*+)?\]?\*{0,3}+"
    r"(?P<colon>[:：])\*{0,3}+(?!//)[ \t\u00a0]*+",
    re.MULTILINE,
)
_CAPTION = re.compile(rf"{CLOCK}\t[^\n\t:]{{1,60}}:\t")
_END_MARK = re.compile(r"#(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[-.,](\d{1,3}))?#(?=[ \t]*(?:\n|\Z))")
_POINTS = re.compile(rf"\[{WITH_POINTS}\]")
_START: int | None = 0
_PARAGRAPH = re.compile(r"\S[^\n]*")
_BLOCK = re.compile(r"\S[^\n]*(?:\n[ \t]*[^\s][^\n]*)*")


class _Opening(NamedTuple):
    """A line that may open a turn; there are thousands in a text."""

    at: int
    start: int
    words: int
    label: str
    begin_ms: int | None


def arrangement(
    text: str, body: int = 0, *, named: Collection[str] = (), wrapped: bool = False
) -> Arrangement:
    """Return the turns of a text whose speakers, if any, stand before a colon.

    `body` is where the heading ends; `named` are labels known beforehand; `wrapped`
    says that the format may break a paragraph over several lines.
    """
    found = list(openings(text, body))
    lines = filled_lines(text, body)
    accepted = labels.accept([o.label for o in found], lines, named)
    chosen = [o for o in found if labels.key(o.label) in accepted.written]
    if not chosen:
        out = _paragraphs(text, body, wrapped)
    elif len(accepted.written) == 1 and _others_speak(text, body, chosen, lines):
        out = _one_named(text, body, chosen)
    else:
        out = _spoken(text, body, chosen)
    out = replace(out, guesses=accepted.guesses() + out.guesses)
    return _with_points_told(text, body, _with_end_marks(text, with_begins(text, body, out)))


def _with_points_told(text: str, body: int, found: Arrangement) -> Arrangement:
    """Return an arrangement that says so where times have points, as numbers have them too."""
    times = sum(turn.begin_ms is not None for turn in found.turns)
    first = _POINTS.search(text, body) if times else None
    if first is None:
        return found
    said = f"Times with points, as {first.group()}, were read as those with colons are."
    return replace(found, guesses=(*found.guesses, said))


def openings(text: str, body: int = 0) -> Iterator[_Opening]:
    """Yield every line that has the form of a label and a colon, choosing nothing yet."""
    for found in _LINE.finditer(text, body):
        label = found.group("label").rstrip()
        if label[-1].isdigit() and _in_a_number(text, found.end("colon"), label):
            continue
        points = (found.group("first") or found.group("later") or "").replace(".", ":")
        clock = found.group("before") or found.group("inner") or points
        yield _Opening(
            found.start(),
            found.start("label"),
            found.end(),
            label,
            milliseconds(clock) if clock else None,
        )


def _in_a_number(text: str, after: int, label: str) -> bool:
    """Say whether the colon stands between digits, as in “at 10:15” and not in “P1:2 cows”."""
    return text[after : after + 1].isdigit() and labels.part(label) is None


def _spoken(text: str, body: int, chosen: list[_Opening]) -> Arrangement:
    """Return a text in which every turn has a label and runs on to the next."""
    made = turns(text, (_mark(opening) for opening in chosen))
    header, unparsed = _before(text, body, chosen[0].at)
    layout = "Zoom captions" if _CAPTION.match(text, chosen[0].at) else "speaker: text"
    return Arrangement(layout, made, header, unparsed, backwards(made))


def _mark(opening: _Opening) -> Mark:
    return Mark(opening.at, opening.start, opening.words, opening.label, opening.begin_ms)


def _before(text: str, body: int, first: int) -> tuple[Header, int]:
    """Return what the lines between heading and first turn say, and how many say nothing."""
    lines = [line for line in text[body:first].split("\n") if line.strip()]
    header, unparsed = Header(), 0
    for line in lines:
        known = summary_line(line)
        if known:
            header = replace(known, title=header.title)
        elif not body and header.title is None and title_line(line):
            header = replace(header, title=title_line(line))
        elif re.search(r"\w", line):
            unparsed += 1
    return header, unparsed


def _others_speak(text: str, body: int, chosen: list[_Opening], lines: int) -> bool:
    """Say whether, in a text with one labelled speaker, the other lines are not hers.

    So it is in think-aloud protocols, where only the moderator has a label: talk
    stands before the first label, or most lines have none.
    """
    before = filled_lines(text, body, chosen[0].at)
    asks = labels.part(chosen[0].label) == "interviewer"
    return asks and (before >= 2 or lines - before > 3 * len(chosen))


def _one_named(text: str, body: int, chosen: list[_Opening]) -> Arrangement:
    marks = {opening.at: _mark(opening) for opening in chosen}
    lines = (
        marks.get(text.rfind("\n", 0, found.start()) + 1)
        or Mark(found.start(), found.start(), found.start())
        for found in _PARAGRAPH.finditer(text, body)
    )
    made = turns(text, lines)
    said = (
        f"Only “{made and chosen[0].label}” is labelled; the paragraphs without a label were "
        "left without a speaker."
    )
    return Arrangement("paragraphs, one speaker labelled", made, guesses=(said,))


def _paragraphs(text: str, body: int, wrapped: bool) -> Arrangement:
    pattern = _BLOCK if wrapped and _is_wrapped(text, body) else _PARAGRAPH
    starts = (found.start() for found in pattern.finditer(text, body))
    made = turns(text, (Mark(at, at, at) for at in starts))
    said = "No speakers were recognised: every paragraph is a turn without a speaker."
    return Arrangement("paragraphs", made, guesses=(said,) if made else ())


def _is_wrapped(text: str, body: int) -> bool:
    """Say whether lines were broken by hand: those inside paragraphs are of one length."""
    lines = text[body:].split("\n")
    inner = [len(line) for line, after in pairwise(lines) if line.strip() and after.strip()]
    return bool(inner) and sum(40 <= n <= 110 for n in inner) >= 0.8 * len(inner)


def _with_end_marks(text: str, plain: Arrangement) -> Arrangement:
    """Return the arrangement with the times that stand at the end of paragraphs, if any."""
    marks = [(found.start(), found.end(), _end_ms(found)) for found in _END_MARK.finditer(text)]
    if not marks or (len(marks) < 2 and len(plain.turns) > 2):
        return plain
    timed: list[Turn] = []
    at, before = 0, _START
    for turn in plain.turns:
        end, stop = None, turn.stop
        while at < len(marks) and marks[at][0] < turn.stop:
            end = marks[at][2]
            if marks[at][1] >= turn.stop:
                stop = marks[at][0]
            at += 1
        timed.append(_ending(text, turn, stop, before, end))
        before = end
    return replace(plain, layout="f4", turns=tuple(timed), guesses=plain.guesses + backwards(timed))


def _ending(text: str, turn: Turn, stop: int, begin: int | None, end: int | None) -> Turn:
    stop = turn.words_start + len(text[turn.words_start : stop].rstrip())
    begin = begin if turn.begin_ms is None else turn.begin_ms
    return replace(turn, stop=stop, begin_ms=begin, end_ms=end)


def _end_ms(found: re.Match[str]) -> int:
    first, second, third, fraction = found.groups()
    hours, mins, seconds = (first, second, third) if third else ("0", first, second)
    return milliseconds(f"{hours}:{mins}:{seconds}.{fraction or 0}")
