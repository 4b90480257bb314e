"""The time marks of a transcript: when in a recording its turns begin."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from workbench.formats.refi.counting import Placed
from workbench.formats.refi.elements import children, whole
from workbench.formats.refi.offsets import RawText, usual
from workbench.formats.refi.texts import Bearer
from workbench.model.report import ImportReport
from workbench.model.transcript import Turn

Times = tuple[tuple[int, int], ...]
"""Positions in a text, and milliseconds from the start of its recording, in order."""


def number_of_marks(alike: Sequence[Bearer]) -> int:
    """Return how many time marks a text has."""
    return sum(1 for bearer in alike for _ in children(bearer.element, "SyncPoint"))


def of_text(
    alike: Sequence[Bearer], raw: RawText, how: Placed | None, origin: str, report: ImportReport
) -> Times:
    """Return the time marks of a text, at positions of the stored text.

    They are counted as its selections are; where it has none, as `origin` does. The report
    tells those that are no numbers or outside the text.
    """
    points = [point for bearer in alike for point in children(bearer.element, "SyncPoint")]
    told = [(whole(point.get("position")), whole(point.get("timeStamp"))) for point in points]
    marks = [(p, t) for p, t in told if p is not None and t is not None and t >= 0]
    found = raw.places([p for p, _ in marks], how.counting if how else usual(raw, origin))
    inside = [(p, t) for p, (_, t) in zip(found, marks, strict=True) if p is not None]
    if len(inside) < len(points):
        why = "they have no time, or stand outside the text"
        report.leave_out("time marks", why, alike[0].name, len(points) - len(inside))
    return tuple(sorted(inside))


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
