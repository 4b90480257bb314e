"""Answers to what a page asks, which stay while another page is looked at."""

import streamlit as st

from workbench.ui import session

_KEPT = "answers"


def held(start: str) -> dict[str, str]:
    """Return question → answer, of the widgets whose keys begin with `start`.

    Streamlit forgets a widget that is not shown; it begins with its answer when it is again.
    """
    kept: dict[str, str] = dict(session.remembered(_KEPT, {}))
    for name, value in kept.items():
        if name.startswith(start):
            st.session_state.setdefault(name, value)
    for key, answer in st.session_state.items():
        if str(key).startswith(start) and answer:
            kept[str(key)] = str(answer)
    session.remember(_KEPT, kept)
    return {n.removeprefix(start): v for n, v in kept.items() if n.startswith(start)}
