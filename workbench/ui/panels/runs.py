"""Runs: start one, say that a transcript is finished in one."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.model.coding import RUN_KINDS
from workbench.project import edits, team
from workbench.project.door import Project
from workbench.ui import session, show
from workbench.ui.words import _


def kinds() -> dict[str, str]:
    """Return what each kind of run is for, in words."""
    return {
        "independent": _("one coder's own reading"),
        "consensus": _("what coders agreed on"),
        "final": _("the coding that counts"),
    }


def panel(project: Project, version: str, runs: Sequence[dict[str, Any]]) -> None:
    """Show the runs of a framework version, and a form that starts one."""
    told = kinds()
    lines = []
    for run in runs:
        of = f" · {show.plain(run['coder'])}" if run["coder"] else ""
        shut = " · " + _("blind") if run["blind"] else ""
        lines.append(f"- **{show.plain(run['name'])}** · {told[run['kind']]}{of}{shut}")
    st.markdown("\n".join(lines))
    with st.form("start run", border=False):
        name = st.text_input(_("Name of a new run"), key="new run name")
        kind = st.selectbox(_("What it is"), RUN_KINDS, format_func=lambda k: told[k])
        handles = [p.handle for p in team.people(project)]
        coder = st.selectbox(
            _("Whose run"), ["", *handles], format_func=lambda h: h or _("the team's")
        )
        blind = st.checkbox(
            _("Blind: others see it only when a run of consensus or a final one is started")
        )
        if any(run["kind"] != "independent" for run in runs):
            st.caption(_("There is such a run already: a blind one would be seen at once."))
        if st.form_submit_button(_("Start it"), type="primary"):
            _started(project, version, name, kind, coder, blind=blind)


def _started(
    project: Project, version: str, name: str, kind: Any, coder: str, *, blind: bool
) -> None:
    try:
        edits.start_run(project, name, version, kind=kind, blind=blind, coder=coder or None)
    except WorkbenchError as problem:
        show.error(problem)
        return
    session.ask("run", name)
    st.rerun()


def finish_button(project: Project, run: str, transcript: str, *, finished: bool) -> None:
    """Show whether a run has looked at the whole transcript, or let the coder say so."""
    if finished:
        st.markdown(_("✓ finished in this run"))
        return
    if st.button(
        _("I have read it to the end"),
        width="stretch",
        help=_("Then a code that is not here counts as “nothing said”, not as “not indexed”."),
    ):
        with show.problems():
            edits.finish(project, run, [transcript])
            st.rerun()
