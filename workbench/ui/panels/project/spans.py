"""One case: which words are its, its place, and its way out."""

import streamlit as st

from workbench.project import case_list, edits, transcript_header, transcript_page
from workbench.project.case_list import CaseGrid, HeldSpan
from workbench.project.door import Project
from workbench.ui import places, session, show
from workbench.ui.words import _

_SHOWN = 40


def panel(project: Project, held: CaseGrid) -> None:
    """Show the words of one case, and let them be given and taken."""
    labels = [case.label for case in held.cases]
    left, right = st.columns([3, 2], gap="medium")
    with left:
        case = session.choose(_("The words of"), labels, "case")
        _words(project, case)
    with right:
        _give(project, case)
        _place(project, case, labels)


def _words(project: Project, case: str) -> None:
    found = case_list.spans(project, case)
    if not found:
        st.caption(_("No words are this case's yet. Give it a transcript, or one speaker of it."))
    for number, span in enumerate(found[:_SHOWN]):
        line, away = st.columns([8, 2], vertical_alignment="center")
        with line:
            places.link("familiarisation", _said(span), **_address(span))
        if away.button(_("Take away"), key=f"span {case} {number}", width="stretch"):
            with show.problems():
                edits.unassign_case(
                    project, case, span.transcript, start=span.start, stop=span.stop
                )
                st.rerun()
    if len(found) > _SHOWN:
        st.caption(_("{n} more stretches are not shown.", n=len(found) - _SHOWN))


def _said(span: HeldSpan) -> str:
    if span.whole:
        return show.plain(_("{transcript}: all of it", transcript=span.transcript))
    if span.turn is None:
        return show.plain(f"{span.transcript}: “{span.words}”", 110)
    told = _("{transcript}, turn {n}", transcript=span.transcript, n=span.turn)
    return show.plain(f"{told}: “{span.words}”", 110)


def _address(span: HeldSpan) -> dict[str, str]:
    if span.whole:
        return {"transcript": span.transcript}
    place = {"start": str(span.start), "stop": str(span.stop)}
    return {"transcript": span.transcript, **place}


def _give(project: Project, case: str) -> None:
    names = transcript_page.transcript_names(project)
    if not names:
        return
    with st.container(border=True):
        transcript = st.selectbox(_("Give words of"), names, key="give transcript")
        held = transcript_header.header(project, str(transcript))
        speakers = [speaker.label for speaker in held.speakers]
        who = st.selectbox(
            _("Which"),
            ["", *speakers],
            format_func=lambda label: _("what {who} says", who=label) if label else _("all of it"),
            key="give speaker",
        )
        if st.button(_("Give it to this case"), width="stretch", type="primary"):
            with show.problems():
                edits.assign_case(project, case, str(transcript), speaker=who or None)
                st.rerun()


def _place(project: Project, case: str, labels: list[str]) -> None:
    with st.popover(_("Its place, and its way out"), width="stretch"):
        place = st.number_input(
            _("Place in the rows of the chart"),
            1,
            len(labels),
            labels.index(case) + 1,
            key=f"place {case}",
        )
        if st.button(_("Move it there")):
            with show.problems():
                edits.move_case(project, case, int(place))
                st.rerun()
        if st.button(
            _("Take the case back"), help=_("Refused while statements or counts are its.")
        ):
            with show.problems():
                edits.withdraw_case(project, case)
                st.rerun()
