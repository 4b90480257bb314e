"""Which words of a text stand where in its corrected version.

Two versions are compared line by line, then sentence by sentence, then word by word;
at the ends of what is alike, letter by letter. What lies inside a run of like words is
carried; what does not is a question.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate
from typing import Literal, NamedTuple

from workbench.model.transcript import Turn

Fate = Literal["moved", "changed", "gone"]
FATES: tuple[Fate, ...] = ("moved", "changed", "gone")

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_SENTENCES = re.compile(r"[^.?!\n]*[.?!\n]+\s*|[^.?!\n]+")
_WORDS = re.compile(r"\w+|\s+|[^\w\s]")
_SURE = 3
"""So many words in a row that are alike tell their place by themselves."""


class Block(NamedTuple):
    """A run of letters that both texts have: where it begins in each, and how many."""

    old: int
    new: int
    length: int


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a segment: *moved*, the same words; *changed*; *gone*.

    `start:stop` is its place in the new text: of the same words, or of what stands where
    they stood. What is gone has a place of no length.
    """

    fate: Fate
    start: int
    stop: int


Piece = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two versions of a text and the letters that they share, in order.

    `sure` are the blocks of whole words that are enough to be told from any other place;
    what lies between two of them is sought between the same two in the other text.
    """

    old: str
    new: str
    blocks: tuple[Block, ...]
    sure: tuple[Block, ...]

    def carry(self, segments: Iterable[tuple[int, int]]) -> list[Carried]:
        """Return what became of each segment `start:stop` of the old text, in order.

        A segment is moved when its words stand in the new text in one piece and nowhere
        else between what is alike around them. An edit at its very border lies outside.
        """
        ends = [b.old for b in self.blocks]
        sure = [b.old for b in self.sure]
        return [self._carried(start, stop, ends, sure) for start, stop in segments]

    def _carried(self, start: int, stop: int, ends: list[int], sure: list[int]) -> Carried:
        inside = _last(self.sure, sure, start)
        if inside and stop <= inside.old + inside.length:
            shift = inside.new - inside.old
            return self._whole(start, stop, start + shift)
        old, new = self._around(start, stop, sure)
        quote = self.old[start:stop]
        if _alone(self.old[slice(*old)], quote) and _alone(self.new[slice(*new)], quote):
            return self._whole(start, stop, self.new.index(quote, *new))
        first, last = self._place(start, stop, ends)
        first, last = _trimmed(self.new, first, last)
        if first >= last:
            return Carried("gone", first, first)
        return Carried("changed", first, last)

    def _whole(self, start: int, stop: int, first: int) -> Carried:
        """Return the same letters at another place, unless a mark now joins on to them."""
        last = first + stop - start
        joined = _joins(self.new, first, last) and not _joins(self.old, start, stop)
        return Carried("changed" if joined else "moved", first, last)

    def _around(self, start: int, stop: int, sure: list[int]) -> tuple[tuple[int, int], ...]:
        """Return the stretches, old and new, in which the words of a segment must stand."""
        before, after = bisect_right(sure, start) - 1, bisect_right(sure, stop - 1) - 1
        low, low_new = 0, 0
        if before >= 0:
            block = self.sure[before]
            low = min(start, block.old + block.length)
            low_new = block.new + low - block.old
        if after >= 0 and stop <= self.sure[after].old + self.sure[after].length:
            block = self.sure[after]
            return (low, stop), (low_new, block.new + stop - block.old)
        if after + 1 < len(self.sure):
            block = self.sure[after + 1]
            return (low, block.old), (low_new, block.new)
        return (low, len(self.old)), (low_new, len(self.new))

    def _place(self, start: int, stop: int, ends: list[int]) -> tuple[int, int]:
        """Return where what stands in place of a segment begins and ends."""
        at = bisect_right(ends, start) - 1
        low = self.blocks[at] if at >= 0 else Block(0, 0, 0)
        first = low.new + min(start - low.old, low.length)
        if start > low.old + low.length and at + 1 < len(ends) and ends[at + 1] < stop:
            first = self.blocks[at + 1].new
        till = bisect_right(ends, stop - 1) - 1
        high = self.blocks[till] if till >= 0 else Block(0, 0, 0)
        if stop <= high.old + high.length:
            return first, high.new + stop - high.old
        following = [(b.old, b.new) for b in self.blocks[till + 1 : till + 2]]
        next_old, next_new = following[0] if following else (len(self.old), len(self.new))
        if stop == next_old or high.old + high.length <= start:
            return first, next_new
        return first, high.new + high.length

    def stretch(self, start: int, stop: int) -> tuple[int, int]:
        """Return where a stretch of the old text lies in the new one, words new to it too.

        The beginning and the end of the text stay so; a stretch that is gone has no length.
        """
        ends = [b.old for b in self.blocks]
        first, last = self._place(start, stop, ends) if start < stop else (start, start)
        first = 0 if start == 0 else first
        last = len(self.new) if stop == len(self.old) else last
        return first, max(first, last)


Said = tuple[str | None, int, int]
"""A turn: speaker, start, stop."""


def shares(
    alignment: Alignment, stretches: Sequence[Piece], turns: Sequence[Said], now: Sequence[Said]
) -> list[Piece]:
    """Return where the stretches of one case lie in the new text, in order, none twice.

    `turns` are those of the old text, `now` of the new. A case that has all turns of a
    speaker has all turns of that speaker again. A turn that is a stretch stays a whole one
    where the same speaker has it. Other stretches follow their letters. What is gone is left
    out.

    >>> text = align("A: Yes.\\nB: No.", "A: Yes, I do!\\nB: No.")
    >>> shares(text, [(0, 7)], [("A", 0, 7), ("B", 8, 13)], [("A", 0, 13), ("B", 14, 19)])
    [(0, 13)]
    """
    held = set(stretches)
    speaking = {speaker for speaker, _, _ in now}
    whole = {
        speaker
        for speaker, _, _ in turns
        if speaker in speaking
        and speaker is not None
        and all((a, b) in held for who, a, b in turns if who == speaker)
    }
    given = {(a, b) for who, a, b in turns if who in whole}
    speaker_of = {(a, b): who for who, a, b in turns}
    found = [(a, b) for who, a, b in now if who in whole]
    for piece in sorted(held - given):
        first, last = alignment.stretch(*piece)
        for who, start, stop in now if piece in speaker_of else ():
            if who == speaker_of[piece] and start <= first and last <= stop:
                first, last = start, stop
        if first < last:
            found.append((first, last))
    return _united(found)


def timed(alignment: Alignment, turns: Sequence[Turn], now: Sequence[Turn]) -> tuple[Turn, ...]:
    """Return the turns of the new text; those without times have those of the turn they were.

    That is the first turn of the same speaker whose words, or what stands in their place,
    begin in it.
    """
    times: dict[tuple[str | None, int], Turn] = {}
    old = [t for t in turns if t.begin_ms is not None and t.words_start < t.stop]
    starts = [t.start for t in now]
    for turn, to in zip(old, alignment.carry((t.words_start, t.stop) for t in old), strict=True):
        at = bisect_right(starts, to.start) - 1
        if to.fate != "gone" and at >= 0 and to.start < now[at].stop:
            times.setdefault((turn.speaker, at), turn)
    found = []
    for at, turn in enumerate(now):
        was = times.get((turn.speaker, at))
        if was is not None and turn.begin_ms is None:
            turn = replace(turn, begin_ms=was.begin_ms, end_ms=was.end_ms)
        found.append(turn)
    return tuple(found)


def paged(alignment: Alignment, begins: Iterable[int]) -> tuple[int, ...]:
    """Return where in the new text the pages begin that began at these positions.

    A page whose first letters are gone begins where they stood.
    """
    olds, found = [b.old for b in alignment.blocks], []
    for position in begins:
        block = _last(alignment.blocks, olds, position) or Block(0, 0, 0)
        found.append(block.new + min(position - block.old, block.length))
    return tuple(found)


def _united(pieces: Iterable[Piece]) -> list[Piece]:
    united: list[Piece] = []
    for start, stop in sorted(pieces):
        if united and start < united[-1][1]:
            united[-1] = united[-1][0], max(stop, united[-1][1])
        else:
            united.append((start, stop))
    return united


def align(old: str, new: str) -> Alignment:
    """Return the letters that two versions of a text share.

    difflib, as it needs nothing installed: 40,000 characters with 200 edits take a thirtieth
    of a second, as only lines and sentences that differ are compared word by word.

    >>> align("I come here.", "I often come here.").carry([(2, 11)])
    [Carried(fate='moved', start=8, stop=17)]
    """
    levels = (_LINES, _SENTENCES, _WORDS)
    whole = _joined(_like(old, new, 0, 0, levels))
    sure = tuple(b for b in whole if _certain(old, new, b))
    return Alignment(old, new, tuple(_extended(old, new, whole)), sure)


def _like(
    old: str, new: str, at: int, there: int, levels: Sequence[re.Pattern[str]]
) -> Iterator[Block]:
    """Yield what two stretches have in common, the coarsest pieces first."""
    if old == new:
        yield Block(at, there, len(old))
        return
    pieces, others = levels[0].findall(old), levels[0].findall(new)
    begins = list(accumulate(map(len, pieces), initial=at))
    begins_there = list(accumulate(map(len, others), initial=there))
    told = SequenceMatcher(None, pieces, others, autojunk=False).get_opcodes()
    for kind, a, b, c, d in told:
        if kind == "equal":
            yield Block(begins[a], begins_there[c], begins[b] - begins[a])
        elif kind == "replace" and len(levels) > 1:
            mine = old[begins[a] - at : begins[b] - at]
            its = new[begins_there[c] - there : begins_there[d] - there]
            yield from _like(mine, its, begins[a], begins_there[c], levels[1:])


def _joined(blocks: Iterable[Block]) -> list[Block]:
    """Return blocks with those that follow on each other in both texts made one."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if last and (last.old + last.length, last.new + last.length) == block[:2]:
            out[-1] = Block(last.old, last.new, last.length + block.length)
        elif block.length:
            out.append(block)
    return out


def _extended(old: str, new: str, blocks: list[Block]) -> list[Block]:
    """Return blocks with the letters beside them that are alike too, in words that differ."""
    out: list[Block] = []
    edge = edge_new = 0
    for number, (a, b, length) in enumerate(blocks):
        start, start_new = a, b
        while start > edge and start_new > edge_new and old[start - 1] == new[start_new - 1]:
            start, start_new = start - 1, start_new - 1
        stop, stop_new = a + length, b + length
        follows = number + 1 < len(blocks)
        most, most_new = blocks[number + 1][:2] if follows else (len(old), len(new))
        while stop < most and stop_new < most_new and old[stop] == new[stop_new]:
            stop, stop_new = stop + 1, stop_new + 1
        out.append(Block(start, start_new, stop - start))
        edge, edge_new = stop, stop_new
    return _joined(out)


def _certain(old: str, new: str, block: Block) -> bool:
    """Whether a block tells its place: several words, or an end that both texts share."""
    if block.old == 0 == block.new:
        return True
    if block.old + block.length == len(old) and block.new + block.length == len(new):
        return True
    words = re.findall(r"\w+", old[block.old : block.old + block.length])
    return len(words) >= _SURE


def _last(blocks: Sequence[Block], begins: list[int], position: int) -> Block | None:
    at = bisect_right(begins, position) - 1
    return blocks[at] if at >= 0 else None


def _alone(text: str, quote: str) -> bool:
    """Whether a quote stands in a text, and only once."""
    at = text.find(quote)
    return at >= 0 and text.find(quote, at + 1) < 0


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    while start < stop and text[stop - 1].isspace():
        stop -= 1
    while start < stop and text[start].isspace():
        start += 1
    return start, stop


def _joins(text: str, start: int, stop: int) -> bool:
    """Whether a letter is cut at an end: by an accent, or by what joins emoji.

    >>> _joins("cafe\\u0301", 0, 4), _joins("cafe\\u0301", 0, 5)
    (True, False)
    """
    after, first = text[stop : stop + 1], text[start : start + 1]
    before, last = text[max(start - 1, 0) : start], text[stop - 1 : stop]
    return _hangs_on(after) or _hangs_on(first) or "\u200d" in (before, last)


def _hangs_on(letter: str) -> bool:
    """Whether a sign belongs to the letter before it: accents, joiners, tones of skin."""
    return letter != "" and (
        unicodedata.category(letter).startswith("M")
        or letter == "\u200d"
        or "\U0001f3fb" <= letter <= "\U0001f3ff"
    )
