"""The manual beside a page."""

import streamlit as st

from workbench.project import manual
from workbench.ui.words import _


def button(name: str) -> None:
    """Show a button that opens a page of the manual."""
    if st.button(_("Help"), key="help", width="stretch", help=_("The manual's page on this step")):
        _opened(name)


def _opened(name: str) -> None:
    st.dialog(_("Manual"), width="large")(_page)(name)


def _page(name: str) -> None:
    """Show a page of the manual; the others can be chosen."""
    titles = manual.titles()
    chosen = st.selectbox(
        _("Page of the manual"),
        list(titles),
        index=list(titles).index(name),
        format_func=lambda n: titles[n],
    )
    st.markdown(manual.page(chosen))
