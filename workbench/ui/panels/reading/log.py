"""The reading log: who read, or listened to, which transcript when; and who has not."""

import datetime

import streamlit as st

from workbench.model.memo import READING_WAYS
from workbench.project import edits, familiarity, notes
from workbench.project.door import Project
from workbench.ui import parts, show
from workbench.ui.words import _, n_

KEY = "reading log"


def panel(project: Project, transcript: str) -> None:
    """Show a form for one's own reading, the log of the transcript, and what is unread."""
    ways = {"read": _("read"), "listened": _("listened")}
    _new(project, transcript, ways)
    log = notes.readings(project)
    mine = [entry for entry in log if entry["transcript"] == transcript]
    st.markdown(f"**{_('Who has read this one')}**")
    if not mine:
        st.caption(_("Nobody yet."))
    for entry in sorted(mine, key=lambda e: e["date"], reverse=True):
        own = entry["person"] == project.who
        told, away = st.columns([5, 2] if own else [99, 1], vertical_alignment="center")
        note = f" · {entry['note']}" if entry["note"] else ""
        said = f"{entry['date'] or '–'} · {entry['person']} · {ways[entry['how']]}{note}"
        told.markdown(show.plain(said))
        if own and away.button(
            _("Take back"), key=f"reading {entry['reading_id']}", width="stretch"
        ):
            with show.problems():
                edits.withdraw_reading(project, entry["reading_id"])
                st.rerun()
    _unread(project)


def _new(project: Project, transcript: str, ways: dict[str, str]) -> None:
    with st.form(f"reading {transcript}", border=True):
        how, date = st.columns(2)
        way = how.selectbox(_("I have"), READING_WAYS, format_func=lambda w: ways[w])
        day = date.date_input(_("on"), value=datetime.datetime.now(datetime.UTC).date())
        note = st.text_input(_("Note"))
        if st.form_submit_button(_("Write it into the log"), type="primary"):
            with show.problems():
                said = day.isoformat() if isinstance(day, datetime.date) else ""
                edits.log_reading(project, transcript, how=str(way), date=said, note=note.strip())
                st.rerun()


def _unread(project: Project) -> None:
    nobody, me = familiarity.unread(project), familiarity.unread(project, project.who)
    if not me:
        st.success(_("You have read every transcript."))
        return
    if nobody:
        st.markdown(
            f"**{n_('{n} transcript nobody has read', '{n} nobody has read', len(nobody))}**"
        )
    st.markdown(f"**{n_('{n} you have not read', '{n} you have not read', len(me))}**")
    rows = [
        [{"text": name, "go": {"transcript": name}}, _("nobody") if name in nobody else _("others")]
        for name in me
    ]
    data = {
        "label": _("What you have not read"),
        "columns": [_("Transcript"), _("Read by")],
        "rows": rows,
        "empty": "",
        "tall": True,
    }
    parts.part("listing", KEY, data)
