"""A new link: from two nodes with words for and against, or from two passages."""

from collections.abc import Mapping, Sequence

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import edits, link_page, quoted
from workbench.project.door import Project
from workbench.ui import session, show
from workbench.ui.kept import kept
from workbench.ui.panels import link_forms, networks, quote_choice
from workbench.ui.words import _

NAME = "new link"
_ROUND = "new link round"


def panel(project: Project, known_groups: Sequence[str]) -> None:
    """Show the two ways to a new link, and the form that they share."""
    nodes = kept(project, "nodes", lambda: link_page.nodes(project))
    if len(nodes) < 2:
        show.empty(
            _("There are fewer than two nodes to link"),
            _("Build elements, categories and themes on the page Mapping first."),
        )
        return
    ways = {"nodes": _("Begin with two nodes"), "quotes": _("Begin with two passages")}
    way = st.segmented_control(
        _("How to begin"),
        list(ways),
        format_func=lambda w: ways[w],
        default="nodes",
        required=True,
        key="new link way",
        label_visibility="collapsed",
    )
    label = link_page.told_apart(nodes)
    if way == "quotes":
        ends, cited = _from_quotes(project, label)
    else:
        ends, cited = _from_nodes(label), []
    if ends is not None:
        _form(project, ends, cited, known_groups)


def _form(
    project: Project, ends: tuple[str, str], cited: Sequence[str], known_groups: Sequence[str]
) -> None:
    """Show what is said of the link, and the passages to cite; draw it when it is wanted."""
    source, target = ends
    turn = session.remembered(_ROUND, 0)
    left, right = st.columns([4, 7], gap="medium")
    with left:
        said = link_forms.fields(f"{NAME} {turn}", known_groups)
    with right:
        beside = link_forms.passages_beside(project, source, target)
        basket = quote_choice.choose(project, NAME, beside, without=cited)
    with left:
        wanted = st.button(_("Draw the link"), type="primary", key="draw link", width="stretch")
    if not wanted:
        return
    try:
        link = edits.add_link(
            project,
            source,
            target,
            **said._asdict(),
            evidence=[*cited, *quote_choice.ids(basket, "for")],
            against=quote_choice.ids(basket, "against"),
        )
    except WorkbenchError as problem:
        show.error(problem)
        return
    quote_choice.empty(NAME)
    session.remember(_ROUND, turn + 1)
    session.ask("show", "network")
    session.ask("link", link)
    st.rerun()


def _node(label: Mapping[str, str], name: str, told: str) -> str | None:
    return st.selectbox(
        told,
        list(label),
        index=None,
        format_func=lambda node: label[node],
        placeholder=_("type to find a node"),
        key=name,
        persist_state="session",
    )


def _from_nodes(label: Mapping[str, str]) -> tuple[str, str] | None:
    row = st.columns(2)
    with row[0]:
        source = _node(label, "new link source", _("The node that acts"))
    with row[1]:
        target = _node(label, "new link target", _("The node acted upon"))
    if source is None or target is None:
        st.caption(_("Choose both nodes; then their passages are listed to cite."))
        return None
    return source, target


def _from_quotes(
    project: Project, label: Mapping[str, str]
) -> tuple[tuple[str, str] | None, list[str]]:
    """Let two passages say which nodes are linked; return the nodes and the passages."""
    row = st.columns(2)
    with row[0]:
        source, first = _from_quote(project, label, "source", _("Passage on the node that acts"))
    with row[1]:
        target, second = _from_quote(project, label, "target", _("Passage on the node acted upon"))
    cited = list(dict.fromkeys(c for c in (first, second) if c is not None))
    if source is None or target is None:
        st.caption(_("Find a passage on each side; the nodes above it are offered."))
        return None, cited
    return (source, target), cited


def _from_quote(
    project: Project, label: Mapping[str, str], end: str, told: str
) -> tuple[str | None, str | None]:
    words = st.text_input(
        told,
        placeholder=_("words in the passage"),
        key=f"new link words {end}",
        persist_state="session",
    )
    ids = quoted.codings_saying(project, words) if words.strip() else []
    found = {q.coding_id: q for q in quoted.quotes(project, ids)}
    coding = st.selectbox(
        _("Passage"),
        list(found),
        index=None,
        format_func=lambda c: _quote_words(found[c]),
        placeholder=_("none found yet") if not found else _("choose one"),
        key=f"new link quote {end}",
        disabled=not found,
        label_visibility="collapsed",
    )
    if coding is None:
        return None, None
    st.markdown(f"> {show.plain(found[coding].words)}")
    graph = networks.whole(project)
    above = [n for n in label if n in graph and coding in graph.nodes[n]["evidence"]]
    if not above:
        st.caption(_("No node rests on this passage yet: choose the one it speaks of."))
    with st.container():
        node = _node(
            {n: label[n] for n in above} or label,
            f"new link node {end} {coding}",
            _("The node that acts") if end == "source" else _("The node acted upon"),
        )
    return node, coding


def _quote_words(quote: quoted.Quote) -> str:
    """Return a passage in one line, with whose and where it is."""
    flat = " ".join(quote.words.split())
    short = flat if len(flat) <= 90 else flat[:89].rstrip() + "…"
    where = ", ".join((*quote.cases, quote.transcript))
    return f"{short} ({where})"
