"""The header of a transcript, and who its speakers are."""

from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.model.transcript import ROLES
from workbench.project import edits, transcript_header
from workbench.project.door import Project
from workbench.ui import forms, show
from workbench.ui.words import _


def panel(project: Project, transcript: str) -> None:
    """Show the speakers with their roles, and the header as a form."""
    held = transcript_header.header(project, transcript)
    roles = {
        "participant": _("participant"),
        "interviewer": _("interviewer"),
        "unknown": _("not known"),
    }
    st.markdown(f"**{_('Who speaks')}**")
    if not held.speakers:
        st.caption(_("No speakers were found in this text."))
    for speaker in held.speakers:
        label, role = st.columns([3, 3], vertical_alignment="center")
        label.markdown(show.plain(speaker.label, 60))
        kinds: list[Any] = list(ROLES)
        chosen = role.selectbox(
            _("Role of {who}", who=show.plain(speaker.label, 40)),
            kinds,
            index=kinds.index(speaker.role),
            format_func=lambda r: roles[r],
            label_visibility="collapsed",
            key=f"role {transcript} {speaker.label} {speaker.row_version}",
        )
        if chosen != speaker.role:
            with show.problems():
                edits.set_speaker_role(
                    project, transcript, speaker.label, chosen, row_version=speaker.row_version
                )
                st.rerun()
    st.markdown(f"**{_('The interview')}**")
    _header(project, transcript, held)
    if held.source:
        st.caption(show.plain(_("From {file}, read as {layout}.", **_source(held))))


def _source(held: transcript_header.HeldHeader) -> dict[str, str]:
    return {"file": held.source, "layout": held.layout}


def _header(project: Project, transcript: str, held: transcript_header.HeldHeader) -> None:
    labels = {
        "title": _("Title"),
        "date": _("Date, as 2024-01-31"),
        "duration_minutes": _("Minutes"),
        "order_number": _("Number in the series"),
        "mode": _("How it was held"),
        "setting": _("Where"),
        "interviewer": _("Interviewer"),
        "language": _("Language"),
    }
    name = f"header {transcript}"
    base = forms.opened(name, forms.Read(held.fields, {"transcript": held.row_version}))
    with st.form(name, border=False):
        columns = st.columns(2)
        typed = {}
        for number, (field, label) in enumerate(labels.items()):
            column = columns[number % 2]
            typed[field] = column.text_input(
                label, base.values[field], key=forms.key(name, field)
            ).strip()
        if st.form_submit_button(_("Store it"), type="primary"):
            changed = forms.changed(base, typed)
            if changed:
                _store(project, transcript, changed, base.version, name)


def _store(
    project: Project, transcript: str, changed: dict[str, str], version: int, form: str
) -> None:
    try:
        edits.describe_transcript(project, transcript, changed, row_version=version)
    except WorkbenchError as problem:
        show.error(problem)
        return
    forms.close(form)
    st.rerun()
