"""Interpretation: the network of links, the chain of evidence, findings and their check."""

from collections.abc import Callable

import streamlit as st

from workbench.project.door import Project
from workbench.ui import session
from workbench.ui.panels import (
    case_groups,
    chains,
    findings,
    linking,
    network_view,
    verification,
)
from workbench.ui.words import _

NETWORK, LINK, TRACE = "network", "link", "trace"
FINDINGS, VERIFICATION = "findings", "verification"


def page(project: Project) -> None:
    """Show one of the things that interpretation is made of."""
    views: dict[str, tuple[str, Callable[[Project], None]]] = {
        NETWORK: (_("Network"), network_view.panel),
        LINK: (_("New link"), _new_link),
        TRACE: (_("Trace"), chains.panel),
        FINDINGS: (_("Findings"), findings.panel),
        VERIFICATION: (_("Verification"), verification.panel),
    }
    chosen = _chosen({name: told for name, (told, _panel) in views.items()})
    views[chosen][1](project)


def _chosen(told: dict[str, str]) -> str:
    """Let the researcher choose what to see; an address of a node or a link asks for these."""
    key = "interpretation shows"
    asked = session.addressed("show")
    if asked in told:
        st.session_state[key] = asked
    elif session.asks("node") or session.asks("link"):
        st.session_state[key] = NETWORK
    elif session.asks("finding"):
        st.session_state[key] = FINDINGS
    elif st.session_state.get(key) not in told:
        st.session_state[key] = session.remembered("show", NETWORK)
    chosen = st.segmented_control(
        _("Show"),
        list(told),
        format_func=lambda name: told[name],
        required=True,
        key=key,
        label_visibility="collapsed",
    )
    session.remember("show", chosen)
    session.put_address("show", chosen)
    return str(chosen)


def _new_link(project: Project) -> None:
    groups = case_groups.groups(project)
    named = [value for values in list(groups.values())[:1] for value in values]
    linking.panel(project, named)
