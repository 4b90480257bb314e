"""Mapping: from the statements of the chart up the ladder to themes, and what stands beside."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from workbench.project import ladder_board, mapping
from workbench.project.door import Project
from workbench.ui import session, show
from workbench.ui.panels import (
    board,
    central,
    ladder_figures,
    ladder_forms,
    theme_groups,
    typology,
)
from workbench.ui.words import _


def page(project: Project) -> None:
    """Show the ladder that was chosen, in the view that was chosen."""
    node = _asked_node(project)
    ladders = mapping.ladder_names(project)
    names = {
        "board": _("Board"),
        "central": _("Central chart"),
        "typology": _("Typology"),
        "groups": _("Groups"),
        "figures": _("Figures"),
    }
    bar = st.columns([5.7, 1.4, 1.0, 1.3, 2.4], vertical_alignment="bottom")
    with bar[0]:
        chosen = _view(names, node)
    if chosen == "typology":
        typology.view(project)
        return
    if not ladders:
        _without_ladder()
        return
    with bar[1]:
        ladder = session.choose(_("Ladder"), ladders, "ladder", collapsed=True)
    with bar[2]:
        ladder_forms.change_button(project, ladder)
    with bar[3]:
        ladder_forms.new_button()
    if chosen == "board":
        with bar[4]:
            column = board.choose_column(project, ladder)
        board.view(project, ladder, column, node)
        return
    views: dict[str, Callable[[], None]] = {
        "central": partial(central.view, project, ladder),
        "groups": partial(theme_groups.view, project, ladder),
        "figures": partial(ladder_figures.view, project, ladder),
    }
    views[chosen]()


def _without_ladder() -> None:
    show.empty(
        _("No ladder yet"),
        _(
            "A ladder climbs from the statements of the chart to themes. Begin one here; "
            "the template says what its levels are called."
        ),
    )
    ladder_forms.begin_form()


def _asked_node(project: Project) -> str | None:
    """Return the id of the node that the address asks for, and choose its ladder."""
    asked = session.addressed("node")
    found = ladder_board.ladder_of(project, asked) if asked else None
    if found is None:
        if asked:
            session.not_here(_("Node"), asked)
        return None
    ladder, node = found
    session.ask("ladder", ladder)
    return node


def _view(names: dict[str, str], node: str | None) -> str:
    """Let the researcher choose a view; an address that opens a node opens the board."""
    key = "choose:view"
    asked = "board" if node else session.addressed("view")
    if asked in names:
        st.session_state[key] = asked
    elif st.session_state.get(key) not in names:
        st.session_state[key] = session.remembered("view", "board")
    chosen = st.segmented_control(
        _("View"),
        list(names),
        key=key,
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    shown = chosen if chosen in names else str(session.remembered("view", "board"))
    session.remember("view", shown)
    session.put_address("view", shown if shown != "board" else None)
    return shown
