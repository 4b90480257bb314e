"""The network: the picture or its tables, and beside them what stands behind what is picked."""

from typing import Any

import streamlit as st

from workbench.project import interpreting, network_picture
from workbench.project.door import Project
from workbench.project.network_picture import Pick, Tongue
from workbench.ui import parts, room, session, show, words
from workbench.ui.kept import kept
from workbench.ui.panels import (
    case_groups,
    evidence,
    network_choice,
    network_files,
    network_tables,
    networks,
    picked,
)
from workbench.ui.panels.network_choice import Choice
from workbench.ui.words import _, n_

_PICTURE = "network"
_LEAST, _MOST = 560, 1100
"""How many pixels the longer side of the picture has."""
_ABOVE = 200
"""How many pixels of the window stand above the picture and below it."""


def panel(project: Project) -> None:
    """Show the network in the way that is chosen."""
    graph = networks.whole(project)
    if not graph.number_of_edges():
        _no_links(graph)
        return
    row = st.columns([9, 3.4, 2.6, 2.2, 2.8], vertical_alignment="center")
    with row[0]:
        how = _how()
    chosen = network_choice.choice(
        row[1:4],
        networks.ladders(graph),
        networks.first_ladder(graph),
        network_picture.schemes(graph),
        case_groups.groups(project),
    )
    with row[4].popover(_("Save as"), width="stretch"):
        network_files.panel()
    with show.problems():
        _shown(project, graph, chosen, how)


def _no_links(graph: Any) -> None:
    if len(graph) < 2:
        next_step = _("Build elements, categories and themes on the page Mapping first.")
    else:
        next_step = _("Choose “New link” above: one node acts on another, on somebody’s word.")
    show.empty(_("No links yet"), next_step)


def _shown(project: Project, graph: Any, chosen: Choice, how: str) -> None:
    part = networks.of(project, chosen)
    picked.from_asked(parts.told(_PICTURE))
    held = picked.picked(project, graph)
    if how == "links" and held is None:
        _open(graph, part, held)
        network_tables.links(project, chosen)
        return
    left, right = st.columns(room.COLUMNS, gap="medium")
    with left:
        room_told = room.ask()
        match how:
            case "picture" if not room_told:
                st.caption(_("The picture is being drawn …"))
            case "picture":
                _picture(project, graph, part, chosen, held)
            case "links":
                network_tables.links(project, chosen)
            case "loops":
                network_tables.loops(project, chosen)
            case _:
                network_tables.best_linked(project, chosen)
    with right:
        _beside(project, graph, part, held)


def _how() -> str:
    ways = {
        "picture": _("Picture"),
        "links": _("Links in words"),
        "loops": _("Loops and bridges"),
        "places": _("Best linked"),
    }
    chosen = st.segmented_control(
        _("Look at"),
        list(ways),
        default="picture",
        required=True,
        format_func=lambda w: ways[w],
        key=f"network how {session.key()}",
        label_visibility="collapsed",
        persist_state="session",
    )
    return str(chosen)


def _side() -> int:
    width, height = room.known() or (_LEAST, _LEAST + _ABOVE)
    return int(max(_LEAST, min(width, height - _ABOVE, _MOST)))


def _picture(project: Project, graph: Any, part: Any, chosen: Choice, held: Pick | None) -> None:
    if not len(part):
        show.empty(_("Nothing is left to draw"), _("Take a filter out."))
        return
    dark, side = st.context.theme.type == "dark", _side()
    order = kept(
        project,
        ("order", chosen.scheme),
        lambda: interpreting.values_as_entered(project, chosen.scheme),
    )
    quotes = networks.quotes(project, chosen)
    drawing = kept(
        project,
        ("drawing", chosen, held, dark, side, words.language()),
        lambda: network_picture.picture(
            part,
            shape=chosen.shape,
            scheme=chosen.scheme,
            order=order,
            kinds=network_choice.kinds(chosen, project),
            quotes=quotes,
            picked=held,
            dark=dark,
            side=side,
            tongue=Tongue(_, n_),
        ),
    )
    label = _("The network as a picture; “Links in words” holds the same as a table.")
    shown = repr((project.where, chosen.shape, chosen.scheme, chosen.filters))
    file = f"{session.file_name().rpartition('.')[0] or 'network'}-network"
    parts.part(
        "network", _PICTURE, {"drawing": drawing, "label": label, "file": file, "shown": shown}
    )
    linked = sum(1 for n in graph if graph.degree(n))
    said = network_choice.told(len(part), linked, part.number_of_edges(), graph.number_of_edges())
    filters = n_("{n} filter", "{n} filters", chosen.chosen) if chosen.chosen else ""
    st.caption(
        " · ".join(t for t in (said, filters) if t)
        + "  \n"
        + _(
            "A click on a node or an arrow opens its words; the wheel looks closer, which makes "
            "room for all names; drag to move about."
        )
    )


def _beside(project: Project, graph: Any, part: Any, held: Pick | None) -> None:
    """Show what is picked; else all links as a table, from which one can be picked."""
    _open(graph, part, held)
    if held is None:
        network_tables.listed(part)
        return
    inside = held in part if isinstance(held, str) else part.has_edge(*held)
    if not inside:
        st.caption(_("The filters leave this out of the picture."))
    if isinstance(held, str):
        theme = network_picture.over(project, top=True).get(held, "")
        evidence.of_node(project, graph, held, theme)
    else:
        evidence.of_pair(project, graph, held)


def _open(graph: Any, part: Any, held: Pick | None) -> None:
    """Show a list, searched by typing, from which a node or a link is opened by the keyboard."""
    label = {n: str(of["label"]) for n, of in graph.nodes(data=True)}
    told: dict[Pick, str] = {n: label[n] for n in sorted(part, key=lambda n: label[n])}
    for pair in part.edges:
        told[pair] = f"{label[pair[0]]} → {label[pair[1]]}"
    if held is not None and held not in told:
        told[held] = label[held] if isinstance(held, str) else " → ".join(label[n] for n in held)
    key = "open in network"
    st.session_state[key] = held
    st.selectbox(
        _("Open a node or a link"),
        list(told),
        format_func=lambda what: told[what],
        placeholder=_("type to find one"),
        label_visibility="collapsed",
        key=key,
        on_change=lambda: picked.pick(st.session_state[key]),
    )
