"""Beside every page: which project, who works, and in what language."""

import streamlit as st

from workbench.project import team, views
from workbench.project.door import Project
from workbench.ui import session, show, words
from workbench.ui.words import LANGUAGES, _


def show_project(project: Project) -> None:
    """Show the project's title and let the researcher say who works here."""
    with st.sidebar:
        title = views.settings(project).get("title", "") or session.file_name()
        st.markdown(f"**{show.plain(title, 80)}**")
        _who(project)


def show_language() -> None:
    """Let the researcher choose the language of the interface."""
    with st.sidebar:
        chosen = st.selectbox(
            _("Language"),
            list(LANGUAGES),
            index=list(LANGUAGES).index(words.language()),
            format_func=LANGUAGES.__getitem__,
            key="choose:language",
        )
        if chosen != words.language():
            words.choose(chosen)
            st.rerun()


def _who(project: Project) -> None:
    called = {p.handle: p.name for p in team.people(project)}
    here = session.who()
    handles = [*called, *([] if here in called else [here])]
    chosen = st.selectbox(
        _("You work as"),
        handles,
        index=handles.index(here),
        format_func=lambda h: f"{called[h]} ({h})" if called.get(h) else h,
        key=f"choose:who:{session.key()}",
        help=_("The history writes this name beside what you do. Add people on the page Project."),
    )
    if chosen != here:
        session.work_as(str(chosen))
        st.rerun()
