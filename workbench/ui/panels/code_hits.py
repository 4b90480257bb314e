"""Find words in all transcripts, look at each hit, and code those that fit in one act."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import edits, views
from workbench.project.code_list import ListedCode
from workbench.project.door import Project
from workbench.ui import show
from workbench.ui.kept import kept
from workbench.ui.words import _, n_

MOST = 300
"""Hits that are shown at once: more than a person looks through."""


def panel(project: Project, version: str, codes: Sequence[ListedCode], run: str | None) -> None:
    """Show a search, its hits to tick, and the code to give them."""
    words = st.text_input(_("Words, a phrase, or the start of a word with *"), key="hits words")
    with st.container(horizontal=True):
        whole = st.checkbox(_("whole words"), value=True, key="hits whole")
        regex = st.checkbox(_("regular expression"), key="hits regex")
    if not words.strip():
        st.caption(_("Each hit is listed with the words around it; tick those that fit."))
        return
    asked = ("hits to code", words, whole, regex)
    found = kept(project, asked, lambda: _search(project, words, whole, regex))
    if isinstance(found, WorkbenchError):
        show.error(found)
        return
    if found.empty:
        st.info(_("Nothing in the transcripts reads so."))
        return
    if len(found) == MOST:
        st.caption(_("The first {most} hits are shown.", most=MOST))
    ticked = _ticked(found)
    _code(project, version, codes, run, found.iloc[ticked])


def _search(
    project: Project, words: str, whole: bool, regex: bool
) -> pd.DataFrame | WorkbenchError:
    """Return the hits, or why there can be none: neither is searched for again."""
    try:
        return views.search(project, words, regex=regex, whole_words=whole, context=90, most=MOST)
    except WorkbenchError as problem:
        return problem


def _ticked(found: pd.DataFrame) -> list[int]:
    """Show the hits and return the places of those that are ticked."""
    columns = {
        "transcript": _("Transcript"),
        "speaker": _("Speaker"),
        "before": _("Before"),
        "match": _("Words"),
        "after": _("After"),
    }
    chosen = st.dataframe(
        found[list(columns)].rename(columns=columns),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        height=320,
        key="hits table",
    )
    return list(chosen["selection"]["rows"])


def _code(
    project: Project,
    version: str,
    codes: Sequence[ListedCode],
    run: str | None,
    hits: pd.DataFrame,
) -> None:
    called = {c.code_id: f"{c.number} {c.name}".strip() for c in codes}
    row = st.columns([4, 2], vertical_alignment="bottom")
    code = row[0].selectbox(
        _("Code"), list(called), format_func=lambda c: called[c], key="hits code"
    )
    told = n_("Code {n} hit", "Code {n} hits", len(hits))
    if row[1].button(told, type="primary", disabled=hits.empty, width="stretch"):
        places = [
            (str(t), int(a), int(b))
            for t, a, b in zip(hits["transcript"], hits["start"], hits["stop"], strict=True)
        ]
        with show.problems():
            new = edits.code_places(project, places, str(code), run=run, framework=version)
            st.success(n_("{n} hit is coded now.", "{n} hits are coded now.", new))
