"""Trace: what a thing rests on, down to the words, and what rests on it."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import chain, link_page, rests_on, trace
from workbench.project.chain import Seen
from workbench.project.chain_step import DECISION, OWN_VERSION, Step
from workbench.project.door import Project
from workbench.ui import parts, places, session, show
from workbench.ui.kept import kept
from workbench.ui.panels import networks
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_

OUR_REASONS = (trace.UNCITED, *rests_on.SPEAKING.values())
"""Reasons that nobody wrote: they are said in the language of the page."""


def panel(project: Project) -> None:
    """Let the researcher name a thing; show both chains from it."""
    thing = _thing(project)
    if not thing:
        show.empty(
            _("Nothing is traced yet"),
            _(
                "Choose a node or a link above, or type the id of anything; on the pages, "
                "“Trace” beside a passage or a node leads here."
            ),
        )
        return
    try:
        down = trace.trace(project, thing)
        ends = down.what in ("case", DECISION)
        up = rests_on.rests_on(project, down.id) if down.id and not ends else None
    except WorkbenchError as problem:
        show.error(problem)
        return
    seen = chain.seen(project, *(s for s in (down, up) if s is not None))
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown("##### " + _("What it rests on"))
        passages = len(down.coding_ids())
        st.caption(n_("{n} passage below it", "{n} passages below it", passages))
        _drawn("down", _("What it rests on"), down, seen)
    with right:
        st.markdown("##### " + _("What rests on it"))
        if up is not None and up.under:
            _drawn("up", _("What rests on it"), up, seen)
        else:
            st.caption(_("Nothing rests on it yet."))


def _thing(project: Project) -> str:
    """Let the researcher choose a node or a link, or type what is to be traced."""
    nodes = kept(project, "nodes", lambda: link_page.nodes(project))
    told = link_page.told_apart(nodes)
    graph = networks.whole(project)
    for source, target, of in graph.edges(data=True):
        for link in of["links"]:
            ends = (graph.nodes[n]["label"] for n in (source, target))
            told[link] = f"{' → '.join(ends)} ({of['sign']})"
    asked, held = session.addressed("trace"), "trace thing"
    if asked is not None:
        st.session_state[held] = asked
    elif held not in st.session_state:
        st.session_state[held] = session.remembered("trace", None)
    given = st.session_state[held]
    options = list(told) if given is None or given in told else [given, *told]
    chosen = st.selectbox(
        _("Trace"),
        options,
        format_func=lambda i: told.get(i, i),
        placeholder=_("a node or a link; or type an id, or “case × code”"),
        accept_new_options=True,
        key=held,
    )
    session.remember("trace", chosen)
    session.put_address("trace", chosen)
    return str(chosen or "").strip()


def kinds() -> dict[str, str]:
    """Return what a step is, in words; levels of ladders have their own."""
    return {
        "coding": _("passage"),
        "cell": _("cell"),
        "case": _("case"),
        "summary statement": _("summary"),
        "verbatim statement": _("verbatim"),
        "comment": _("comment"),
        "concept": _("concept"),
        "link": _("link"),
        "evidence for": _("for it"),
        "evidence against": _("against it"),
        "finding": _("finding"),
        "quotation": _("quoted in a report"),
        DECISION: _("decided by two"),
        OWN_VERSION: _("own version"),
        "version A": _("version A"),
        "version B": _("version B"),
        "own summary": _("summary"),
        "own verbatim": _("verbatim"),
        "own comment": _("comment"),
    }


def _stands() -> dict[str, str]:
    """Return what was decided, in words."""
    return {
        "A": _("A stands"),
        "B": _("B stands"),
        "both": _("Both"),
        "neither": _("Neither"),
        "other": _("Something else"),
    }


def _drawn(key: str, title: str, step: Step, seen: Mapping[str, Seen]) -> None:
    data = {"key": key, "title": title, "step": as_data(step, seen)}
    parts.part("chain", f"chain {key}", data)
    places.follow(parts.told(f"chain {key}"))


def as_data(step: Step, seen: Mapping[str, Seen]) -> dict[str, Any]:
    """Return a step as the part “chain” draws it, with all that is under it."""
    made = ", ".join(x for x in (step.who, step.at[:10]) if x)
    reason = sentence(step.reason) if step.reason in OUR_REASONS else step.reason
    told = [
        sentence(step.where),
        _("because {reason}", reason=reason) if reason else "",
        made,
    ]
    at = seen.get(step.id)
    return {
        "kind": kinds().get(step.what, step.what),
        "text": _stands()[step.text] if step.what == DECISION else step.text,
        "quoted": step.what == "coding",
        "told": " · ".join(t for t in told if t),
        "opens": {"page": at.page, "opens": at.opens} if at else None,
        "under": [as_data(one, seen) for one in step.under],
    }
