"""Links from one page to another, with the address of what they open."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.navigation.page import Page

from workbench.ui import session

_PAGES = "_pages"


def know(pages: dict[str, Page]) -> None:
    """Remember the pages of this run by their addresses."""
    st.session_state[_PAGES] = pages


def link(address: str, label: str, **opens: str) -> None:
    """Show a link to a page; `opens` says what it shows there, such as transcript="Ola"."""
    pages = st.session_state.get(_PAGES, {})
    if address in pages:
        st.page_link(pages[address], label=label, query_params=opens or None)
    else:
        st.markdown(label)


def follow(said: Mapping[str, Any]) -> None:
    """Go to the page that a part of a page asks for, and open there what it says."""
    page, opens = said.get("page"), said.get("opens")
    if isinstance(page, str) and isinstance(opens, Mapping):
        go(page, **{str(k): str(v) for k, v in opens.items() if v})


def go(address: str, **opens: str) -> None:
    """Go to a page and open something there; a page that nobody knows is passed over."""
    page = st.session_state.get(_PAGES, {}).get(address)
    if page is not None:
        session.forget_asked(*opens)
        st.switch_page(page, query_params=opens)
