"""Familiarisation: a transcript to read, and beside it what is noticed in it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from workbench.project import transcript_page
from workbench.project.door import Project
from workbench.project.transcript_page import ShownText
from workbench.ui import outbox, parts, session, show
from workbench.ui.panels.reading import about, correction, log, memos, search, talk, topics
from workbench.ui.reading import ShownPart, choose_part, memo_data, text_data
from workbench.ui.words import _

VIEW = "familiarisation"
_SEEN, _FOCUS = "place seen", "familiarisation focus"
_WAYS = (search.KEY, log.KEY, talk.KEY, topics.KEY)
"""Keys of the parts that lead to places."""


def page(project: Project) -> None:
    """Show one transcript, and beside it the part that was chosen."""
    names = transcript_page.transcript_names(project)
    if not names:
        show.empty(_("No transcripts yet"), _("Bring some in on the page Project, under Import."))
        return
    entered = "choose:view:familiarisation" not in st.session_state
    _follow()
    which, tabs = st.columns([2, 5], vertical_alignment="center")
    with which:
        transcript = session.choose(_("Transcript"), names, "transcript", collapsed=True)
    with tabs:
        chosen = session.tab("familiarisation", _parts())
    reading, beside = st.columns([3, 2], gap="small")
    with reading:
        text = transcript_page.shown_text(project, transcript)
        _place(text, entered=entered)
        part = choose_part(VIEW, text, session.remembered(_FOCUS, None))
        parts.part("transcript", "transcript", text_data(VIEW, part, may={"memo": True}))
    with beside, show.problems():
        _beside(project, chosen, text)
    with reading:
        hits = search.painted(project, transcript) if chosen == "search" else []
        parts.part("marks", "marks", _marks(project, part, hits))


def _parts() -> dict[str, str]:
    return {
        "memos": _("Memos"),
        "search": _("Search"),
        "about": _("About it"),
        "log": _("Reading log"),
        "talk": _("Speakers"),
        "topics": _("Topics"),
        "correct": _("Correct it"),
    }


def _beside(project: Project, chosen: str, text: ShownText) -> None:
    match chosen:
        case "search":
            search.panel(project, VIEW)
        case "about":
            about.panel(project, text.name)
        case "correct":
            correction.panel(project, text)
        case "log":
            log.panel(project, text.name)
        case "talk":
            talk.panel(project, text.name)
        case "topics":
            topics.panel(project, VIEW)
        case _:
            memos.panel(project, text, VIEW)


# --- going to a place ---------------------------------------------------------------------


def _follow() -> None:
    """Go where a part beside the transcript was asked to go."""
    for key in _WAYS:
        went = parts.told(key)
        if not went:
            continue
        session.ask("transcript", str(went["transcript"]))
        if "start" in went:
            session.put_address("start", str(went["start"]))
            session.put_address("stop", str(went["stop"]))
            _focus(int(went["start"]), int(went["stop"]), f"go{went['n']}")
            session.remember(_SEEN, _asked())


def _asked() -> tuple[str | None, ...]:
    return tuple(st.query_params.get(name) for name in ("transcript", "start", "stop"))


def _place(text: ShownText, *, entered: bool) -> None:
    """Open the place of the address where it is new; forget it with another transcript."""
    name, start, stop = asked = _asked()
    if start is None:
        return
    seen = session.remembered(_SEEN, None)
    if seen is not None and not entered and seen[0] != name and seen[1:] == asked[1:]:
        session.put_address("start", None)
        session.put_address("stop", None)
        return
    if seen == asked and not entered:
        return
    session.remember(_SEEN, asked)
    if start.isdecimal() and (stop or "").isdecimal() and int(start) < text.length:
        runs = st.session_state.get("runs", 0)
        _focus(int(start), int(str(stop)), f"{':'.join(filter(None, asked))} {runs}")


def _focus(start: int, stop: int, ask: str) -> None:
    session.remember(_FOCUS, {"ask": ask, "start": start, "stop": stop})


def _marks(project: Project, part: ShownPart, hits: list[tuple[int, int]]) -> Mapping[str, Any]:
    """Return what the part “marks” draws: memos, hits, and the place to go to."""
    return {
        "view": VIEW,
        "version": part.text.version_id,
        "part": part.number,
        "marks": [],
        "codes": {},
        "memos": memo_data(project, part, ("title", "text", "row_version")),
        "hits": [hit for hit in hits if part.meets(*hit)],
        "seen": outbox.acknowledged(),
        "focus": session.remembered(_FOCUS, None),
    }
