"""When in a recording the turns of its transcript begin, as time marks tell it."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from workbench.model.transcript import Turn

Times = tuple[tuple[int, int], ...]
"""Positions in a text, and milliseconds from the start of its recording, in order."""


def timed(turns: Sequence[Turn], times: Times) -> tuple[tuple[Turn, ...], int]:
    """Return turns with the times at which they begin, and how many marks no turn begins at.

    A mark is that of a turn where it stands between the words before the turn and its own. A
    turn that has a time in the text keeps it.

    >>> turns = Turn("A", 0, 3, 9), Turn("B", 10, 13, 20)
    >>> timed(turns, ((10, 5_000), (15, 7_000)))[0][1].begin_ms
    5000
    """
    begins: dict[int, int] = {}
    starts = [turn.words_start for turn in turns]
    ends = [0, *(turn.stop for turn in turns)]
    for place, time in times:
        at = bisect_left(starts, place)
        if at < len(turns) and ends[at] <= place:
            begins.setdefault(at, time)
    made = tuple(
        replace(turn, begin_ms=begins[n]) if n in begins and turn.begin_ms is None else turn
        for n, turn in enumerate(turns)
    )
    return made, len(times) - len(begins)
