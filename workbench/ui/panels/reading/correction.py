"""The text of the transcript that is read is put right, and codings go along or wait."""

import streamlit as st

from workbench.errors import ChangedMeanwhile, WorkbenchError
from workbench.model.report import ImportReport
from workbench.project import imports, transcript_page
from workbench.project.door import Project
from workbench.project.transcript_page import ShownText
from workbench.ui import forms, places, session, show
from workbench.ui.panels import waiting
from workbench.ui.words import _, n_


def panel(project: Project, text: ShownText) -> None:
    """Show the text to be put right, and what became of its codings when it was."""
    st.caption(
        _(
            "Put words right here, or drop a corrected file on the page Project. The text becomes "
            "a new version; the one before is kept. Codings go along where their words are the "
            "same; the others wait on the page Indexing."
        )
    )
    done: ImportReport | None = session.remembered(_done(text), None)
    if done is not None:
        st.success(_("Version {n} is stored.", n=text.number))
        _outcome(done)
        if any(_waits(done)):
            places.link("indexing", _("See what waits"), transcript=text.name)
    name = f"correct {text.transcript_id}"
    base = _begun_on(name, text)
    with st.form(name, border=False):
        words = st.text_area(
            _("Text"),
            transcript_page.whole_text(project, text.name),
            height=420,
            key=forms.key(name, "text"),
        )
        reason = st.text_input(_("Why"), key=forms.key(name, "reason"))
        look, correct = st.columns([3, 2])
        looked = look.form_submit_button(_("See what becomes of codings"), width="stretch")
        if correct.form_submit_button(_("Correct"), type="primary", width="stretch"):
            _correct(project, text, words, reason, base)
    if looked:
        with show.problems(), project.rehearsing():
            told = imports.correct_text(project, text.name, words, version_id=base)
            _outcome(told)
            waiting.preview(project, text.name)
            st.caption(_("Nothing of this is stored yet."))


def _done(text: ShownText) -> str:
    return f"corrected {text.version_id}"


def _begun_on(name: str, text: ShownText) -> str:
    """Return the version that typing began on; if it is old, let the researcher choose."""
    begun = any(str(widget).startswith(f"{name}:") for widget in st.session_state)
    base = str(session.remembered(name, text.version_id)) if begun else text.version_id
    if base != text.version_id:
        st.warning(_("Somebody else corrected this text after you opened it."))
        mine, theirs = st.columns(2)
        if mine.button(_("Keep what I typed"), key=f"{name} keep mine", width="stretch"):
            base = text.version_id
        if theirs.button(_("Show what is stored"), key=f"{name} take theirs", width="stretch"):
            forms.close(name)
            st.rerun()
    session.remember(name, base)
    return base


def _correct(project: Project, text: ShownText, words: str, reason: str, base: str) -> None:
    try:
        told = imports.correct_text(project, text.name, words, reason=reason, version_id=base)
    except ChangedMeanwhile:
        st.rerun()
    except WorkbenchError as problem:
        show.error(problem)
        return
    now = transcript_page.shown_text(project, text.name)
    session.remember(_done(now), told)
    forms.close(f"correct {text.transcript_id}")
    st.rerun()


def _waits(told: ImportReport) -> tuple[int, int]:
    """Return how many codings and how many memos wait."""
    codings = sum(told.counts.get(f"{fate} codings", 0) for fate in ("changed", "gone"))
    return codings, sum(o.count for o in told.left_out if o.what == "memos")


def _outcome(told: ImportReport) -> None:
    """Show how many codings go along and how many wait."""
    along = told.counts.get("moved codings", 0)
    codings, memos = _waits(told)
    said = [n_("{n} coding goes along", "{n} codings go along", along)]
    if codings:
        said.append(n_("{n} coding waits for a place", "{n} codings wait for a place", codings))
    if memos:
        said.append(n_("{n} memo waits for a place", "{n} memos wait for a place", memos))
    st.markdown(" · ".join(said))
