"""What the part “transcript” draws, for every page that shows one."""

from collections.abc import Mapping
from typing import Any

from workbench.project import notes
from workbench.project.door import Project
from workbench.project.transcript_page import ShownText, ShownTurn


def clock(milliseconds: int | None) -> str:
    """Return a time of a recording as hours, minutes and seconds.

    >>> clock(3_725_400)
    '1:02:05'
    """
    if milliseconds is None:
        return ""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def text_data(
    view: str, text: ShownText, *, may: Mapping[str, bool], height: str = ""
) -> dict[str, Any]:
    """Return the turns of a transcript for the view of that name."""
    return {
        "view": view,
        "transcript": text.name,
        "version": text.version_id,
        "title": text.name,
        "turns": [_turn(turn) for turn in text.turns],
        "may": dict(may),
        "height": height,
    }


def _turn(turn: ShownTurn) -> list[object]:
    return [turn.number, turn.speaker, turn.role, clock(turn.begin_ms), turn.start, turn.words]


def memo_data(project: Project, text: ShownText) -> list[list[object]]:
    """Return the memos at words of a transcript as the part “marks” takes them."""
    return [
        [memo["memo_id"], memo["start"], memo["stop"], memo["title"], memo["text"]]
        for memo in notes.memos(project, text.name)
    ]
