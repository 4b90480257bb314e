"""What the part “transcript” draws, for every page that shows one."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import streamlit as st

from workbench.model import transcript
from workbench.project import notes
from workbench.project.door import Project
from workbench.project.transcript_page import ShownText, ShownTurn, in_parts
from workbench.ui import session
from workbench.ui.words import _


class ShownPart(NamedTuple):
    """The part of a transcript that a page shows: all of it unless it is very long.

    `start` and `stop` are the stretch of the text that is the part's.
    """

    text: ShownText
    number: int
    start: int
    stop: int

    def meets(self, start: int | None, stop: int | None) -> bool:
        """Whether a place has something in this part."""
        return start is None or stop is None or (start < self.stop and stop > self.start)


def choose_part(view: str, text: ShownText, focus: Mapping[str, Any] | None) -> ShownPart:
    """Let the researcher turn over the parts of a very long transcript; return the one shown.

    A new place to go to (`ask`, `start`) turns to the part that it is in.
    """
    parts = in_parts(text)
    if len(parts) == 1:
        return ShownPart(text, 1, 0, text.length)
    starts = [0, *(part.turns[0].start for part in parts[1:]), text.length]
    asked = focus["ask"] if focus else ""
    version, went, number = session.remembered(f"part:{view}", (None, "", 1))
    key = f"part:{view}:{text.version_id}"
    if (version, went) != (text.version_id, asked) or key not in st.session_state:
        if focus and asked != went:
            number = bisect_right(starts[:-1], focus["start"])
        elif version != text.version_id:
            number = 1
        st.session_state[key] = number
    bar = st.columns([3, 2], vertical_alignment="center")
    with bar[0]:
        number = st.pagination(len(parts), key=key)
    session.remember(f"part:{view}", (text.version_id, asked, number))
    bar[1].caption(_("A long text: part {number} of {n}", number=number, n=len(parts)))
    return ShownPart(parts[number - 1], number, starts[number - 1], starts[number])


def clock(milliseconds: int | None) -> str:
    """Return a time of a recording as hours, minutes and seconds.

    >>> clock(3_725_400)
    '1:02:05'
    """
    if milliseconds is None:
        return ""
    return transcript.clock(milliseconds)


def text_data(
    view: str, part: ShownPart, *, may: Mapping[str, bool], height: str = ""
) -> dict[str, Any]:
    """Return the turns of a transcript for the view of that name."""
    text = part.text
    return {
        "view": view,
        "transcript": text.name,
        "version": text.version_id,
        "part": part.number,
        "title": text.name,
        "turns": [_turn(turn) for turn in text.turns],
        "may": dict(may),
        "height": height,
    }


def _turn(turn: ShownTurn) -> list[object]:
    return [turn.number, turn.speaker, turn.role, clock(turn.begin_ms), turn.start, turn.words]


def memo_data(
    project: Project, part: ShownPart, fields: Sequence[str] = ("title", "text")
) -> list[list[object]]:
    """Return the memos at words of a part of a transcript as the part “marks” takes them."""
    return [
        [memo[field] for field in ("memo_id", "start", "stop", *fields)]
        for memo in notes.memos(project, part.text.name)
        if part.meets(memo["start"], memo["stop"])
    ]
