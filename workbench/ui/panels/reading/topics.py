"""The topics noted so far: titles of memos, with the places where they were noted."""

import streamlit as st

from workbench.project import familiarity
from workbench.project.door import Project
from workbench.project.familiarity import Noted, Topic
from workbench.ui import parts
from workbench.ui.words import _, n_

KEY = "topics"


def panel(project: Project, view: str) -> None:
    """Show each topic with how many memos and transcripts it has, and its places."""
    topics = familiarity.topics(project)
    if not topics:
        st.caption(_("No memo has a title yet. Give one while you write it: it is a topic then."))
        return
    st.caption(_("A topic is the title of a memo; memos of the same title are one topic."))
    groups = [{"head": _head(topic), "rows": [_row(p) for p in topic.places]} for topic in topics]
    parts.part("ways", KEY, {"view": view, "label": _("Topics"), "groups": groups})


def _head(topic: Topic) -> str:
    memos = n_("{n} memo", "{n} memos", len(topic.places))
    texts = n_("{n} transcript", "{n} transcripts", topic.transcripts)
    return f"{topic.title} · {memos}, {texts}"


def _row(place: Noted) -> dict[str, object]:
    where = place.transcript or _("in the project")
    at = {} if place.start is None else {"start": place.start, "stop": place.stop}
    return {
        "where": f"{where} · {place.person}",
        "pieces": [place.text],
        "go": {"transcript": place.transcript, **at} if place.transcript else None,
    }
