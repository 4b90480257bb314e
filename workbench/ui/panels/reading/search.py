"""Search over all transcripts: hits in context that lead to their places."""

from itertools import groupby
from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import word_search
from workbench.project.door import Project
from workbench.project.word_search import Found, ShownHit
from workbench.ui import parts, session, show
from workbench.ui.kept import kept
from workbench.ui.words import _, n_

KEY = "hits"
_AROUND = 60
"""Characters of context on each side of a hit."""
_AT_FIRST, _MORE = 100, 300
_QUERY = "search words"


def panel(project: Project, view: str) -> None:
    """Show the search and what it finds."""
    asked = session.addressed("words")
    if asked is not None:
        st.session_state[_QUERY] = asked
    else:
        st.session_state.setdefault(_QUERY, session.remembered(_QUERY, ""))
    words = st.text_input(
        _("Search all transcripts"),
        key=_QUERY,
        placeholder=_("a word, a phrase, or the start of a word with *"),
    )
    with st.container(horizontal=True):
        whole = st.checkbox(_("whole words"), value=True, key="search whole")
        case = st.checkbox(_("match case"), key="search case")
        regex = st.checkbox(_("regular expression"), key="search regex")
    options = {"whole_words": whole, "match_case": case, "regex": regex}
    session.remember(_QUERY, words)
    session.remember("search options", options)
    session.put_address("words", words.strip() or None)
    if words.strip():
        _found(project, words, options, view)
    else:
        st.caption(_("Each hit is shown in context; a click on it goes to its place."))


def _found(project: Project, words: str, options: dict[str, Any], view: str) -> None:
    asked = (words, *options.values())
    if session.remembered("search asked", None) != asked:
        session.remember("search asked", asked)
        session.remember("search shown", _AT_FIRST)
    most = session.remembered("search shown", _AT_FIRST)
    found = kept(project, ("hits", asked, most), lambda: _search(project, words, most, options))
    if isinstance(found, WorkbenchError):
        show.error(found)
        return
    if not found.total:
        st.info(_("Nothing in the transcripts reads so."))
        return
    hits = n_("{n} hit", "{n} hits", found.total)
    many = n_("in {n} transcript", "in {n} transcripts", len(found.counts))
    st.markdown(f"**{hits}** {many}")
    if found.total > most and st.button(
        _("Show more: {n} are not listed", n=found.total - most), width="stretch"
    ):
        session.remember("search shown", most + _MORE)
        st.rerun()
    groups = [
        {"head": f"{name} ({found.counts[name]})", "rows": [_row(hit) for hit in of]}
        for name, of in groupby(found.hits, key=lambda hit: hit.transcript)
    ]
    data = {"view": view, "label": _("What was found"), "groups": groups}
    parts.part("ways", KEY, data)


def _search(
    project: Project, words: str, most: int, options: dict[str, Any]
) -> Found | WorkbenchError:
    """Return what was found, or why nothing could be: neither is searched for again."""
    try:
        return word_search.found(project, words, most=most, context=_AROUND, **options)
    except WorkbenchError as problem:
        return problem


def _row(hit: ShownHit) -> dict[str, object]:
    turn = _("turn {n}", n=hit.turn) if hit.turn else ""
    before, after = show.whole_words(hit.before, hit.after, _AROUND)
    return {
        "where": " · ".join(filter(None, (turn, hit.speaker))),
        "pieces": [f"…{before}", hit.match, f"{after}…"],
        "go": {"transcript": hit.transcript, "start": hit.start, "stop": hit.stop},
    }


def painted(project: Project, transcript: str) -> list[tuple[int, int]]:
    """Return the hits of the search that stands, in one transcript; none where it is no search."""
    words = session.remembered(_QUERY, "")
    if not words.strip():
        return []
    options: dict[str, Any] = session.remembered("search options", {})
    return kept(
        project,
        ("painted", words, *options.values(), transcript),
        lambda: _places(project, transcript, words, options),
    )


def _places(
    project: Project, transcript: str, words: str, options: dict[str, Any]
) -> list[tuple[int, int]]:
    try:
        return word_search.places(project, transcript, words, **options)
    except WorkbenchError:
        return []
