"""What stands behind a node or a link: its words for and against, with case and place."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from workbench.project import edits, link_page, quoted
from workbench.project.door import Project
from workbench.project.link_page import ShownLink
from workbench.project.quoted import Quote
from workbench.ui import outbox, parts, places, session, show
from workbench.ui.kept import kept
from workbench.ui.panels import link_forms, picked, quote_choice
from workbench.ui.panels.network_choice import basis_words, sign_words
from workbench.ui.words import _, n_


def quote_data(quote: Quote) -> dict[str, Any]:
    """Return one quotation as the part “evidence” draws it."""
    return {
        "id": quote.coding_id,
        "words": quote.words,
        "cases": ", ".join(quote.cases) or _("no case"),
        "place": quote_choice.place_of(quote),
        "opens": {"transcript": quote.transcript, "coding": quote.coding_id},
        "code": quote.code,
        "gone": _("this coding was withdrawn") if quote.withdrawn else "",
    }


def shown(key: str, sections: Sequence[Mapping[str, Any]]) -> None:
    """Mount the part, and do what it asks for: pick something, or open it elsewhere."""
    data = {"key": key, "sections": list(sections), "seen": outbox.acknowledged()}
    parts.part("evidence", key, data)
    follow(parts.told(key))


def follow(asked: Mapping[str, Any]) -> None:
    """Go where a part asks to go."""
    if picked.from_asked(asked):
        st.rerun()
    if isinstance(asked.get("choose"), Mapping):
        for name, value in asked["choose"].items():
            session.ask(str(name), str(value))
        st.rerun()
    places.follow(asked)


def of_node(project: Project, graph: Any, node: str, theme: str) -> None:
    """Show a node: where it stands, its links, and the words that reach it."""
    of = graph.nodes[node]
    st.markdown(f"##### {show.plain(of['label'])}")
    where = [theme, *(v for values in of["facets"].values() for v in values)]
    said = [show.plain(w) for w in dict.fromkeys(where) if w]
    said.append(n_("{n} case", "{n} cases", of["cases"]))
    st.caption(" · ".join(said))
    note = next((n.note for n in link_page.nodes(project) if n.node_id == node), "")
    if note:
        st.markdown(show.plain(note))
    _under(node)
    links = [line(graph, (node, t), "→", _label(graph, t)) for t in graph.successors(node)]
    links += [line(graph, (s, node), "←", _label(graph, s)) for s in graph.predecessors(node)]
    links.sort(key=lambda one: -int(one["weight"]))
    ids = of["evidence"]
    words = kept(project, ("quotes", ids), lambda: quoted.quotes(project, ids))
    shown(
        "picked",
        [
            {"title": _("Links"), "links": links, "none": _("No link touches it.")},
            {
                "title": _("Words behind it"),
                "quotes": [quote_data(q) for q in words],
                "none": _("No words reach it yet."),
            },
        ],
    )


def _label(graph: Any, node: str) -> str:
    return str(graph.nodes[node]["label"])


def line(graph: Any, pair: tuple[str, str], arrow: str, label: str) -> dict[str, Any]:
    """Return one link as a line of the part, which picks it."""
    edge = graph.edges[pair]
    against = _(", {n} against", n=edge["against"]) if edge["against"] else ""
    return {
        "pick": list(pair),
        "arrow": arrow,
        "sign": edge["sign"],
        "label": label,
        "cases": n_("{n} case", "{n} cases", edge["weight"]) + against,
        "weight": edge["weight"],
    }


def _under(thing: str) -> None:
    """Show what can be done with what is picked, whatever it is."""
    row = st.columns(2)
    if row[0].button(_("Trace"), key=f"trace {thing}", width="stretch"):
        session.ask("show", "trace")
        session.ask("trace", thing)
        st.rerun()
    if row[1].button(_("Back to all links"), key="unpick", width="stretch"):
        picked.pick(None)
        st.rerun()


def of_pair(project: Project, graph: Any, pair: tuple[str, str]) -> None:
    """Show every link from one node to another, with what can be done with it."""
    held = link_page.links_of_pair(project, *pair)
    edge = graph.edges[pair]
    source, target = (show.plain(graph.nodes[n]["label"]) for n in pair)
    st.markdown(f"##### {source} → {target}")
    counts = [n_("{n} case for it", "{n} cases for it", edge["weight"])]
    counts.append(n_("in {n} passage", "in {n} passages", edge["mentions"]))
    counts.append(n_("{n} case against it", "{n} cases against it", edge["against"]))
    st.caption(" · ".join(counts))
    _under(held[0].link_id if held else pair[0])
    for link in held:
        with st.container(border=len(held) > 1):
            _link(project, link)


def _link(project: Project, link: ShownLink) -> None:
    does = sign_words()[link.sign]
    st.markdown(f"**{does}**" + (f": {show.plain(link.relation)}" if link.relation else ""))
    bases = ", ".join(basis_words()[b] for b in link.basis)
    told = [_("on the word of: {bases}", bases=bases)]
    if link.groups:
        told.append(_("groups: {groups}", groups=show.plain(", ".join(link.groups))))
    told.append(_("by {who}, {day}", who=show.plain(link.who), day=link.at[:10]))
    st.caption(" · ".join(told))
    if link.note:
        st.markdown(show.plain(link.note))
    row = st.columns(3)
    if row[0].button(_("Change"), key=f"change {link.link_id}", width="stretch"):
        link_forms.change(link)
    if row[1].button(_("Cite more"), key=f"cite {link.link_id}", width="stretch"):
        link_forms.cite(link)
    if row[2].button(
        _("Withdraw"),
        key=f"withdraw {link.link_id}",
        width="stretch",
        help=_("Take this link back with its evidence; Ctrl+Z brings it again."),
    ):
        with show.problems():
            edits.withdraw_link(project, link.link_id)
            picked.pick(None)
            st.rerun()
    out = {"name": "uncite_link", "given": {"link": link.link_id}}
    shown(
        f"link {link.link_id}",
        [
            {
                "title": _("For it"),
                "quotes": [quote_data(q) for q in link.speaks_for],
                "out": out,
                "none": _("No words are cited for it."),
            },
            {
                "title": _("Against it"),
                "quotes": [quote_data(q) for q in link.against],
                "against": True,
                "out": out,
                "none": _("No words are cited against it."),
            },
        ],
    )
