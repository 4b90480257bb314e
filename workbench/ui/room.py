"""How much room the browser has for a picture: asked on any page, before a picture needs it."""

import streamlit as st

from workbench.ui import parts

COLUMNS = (8, 5)
"""Widths of the column of a picture and of that beside it."""
_SHARE = COLUMNS[0] / sum(COLUMNS)
_ROOM, _ASKED = "room", "room asked"


def known() -> tuple[int, int] | None:
    """Return the width of a picture's column and the height of the window, in pixels."""
    return st.session_state.get(_ROOM)


def ask() -> bool:
    """Let the browser tell, once and when it changes much; the page runs again for it.

    Return whether to draw: not while the first answer is waited for.
    """
    _hear("room here")
    asked = st.session_state.setdefault(_ASKED, False)
    st.session_state[_ASKED] = True
    _mount("room here", share=1.0)
    return bool(known() or asked)


@st.fragment
def ask_ahead() -> None:
    """Let the browser tell once, on a page without a picture; of the page only this runs again."""
    _hear("room ahead")
    if known() is None:
        _mount("room ahead", share=_SHARE)


def _hear(key: str) -> None:
    match parts.told(key).get("room"):
        case [int() as width, int() as height]:
            st.session_state[_ROOM] = (width, height)


def _mount(key: str, *, share: float) -> None:
    parts.part("room", key, {"known": known(), "share": share}, height=1)
