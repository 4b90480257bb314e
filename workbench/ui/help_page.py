"""The manual beside a page."""

import streamlit as st

from workbench.project import manual
from workbench.ui.words import _


def button(title: str, name: str) -> None:
    """Show a button that tells how to work on a page, and opens the manual."""
    if st.button(_("Help"), key="help", width="stretch", help=_("How to work on this page")):
        st.dialog(_("Manual"), width="medium")(_page)(title, name)


def _page(title: str, name: str) -> None:
    """Show how to work on a page of the app, then a page of the manual; others can be chosen."""
    told = manual.section("browser", title)
    if told:
        st.markdown(f"## {title}\n\n{told}")
        st.divider()
    titles = manual.titles()
    chosen = st.selectbox(
        _("Page of the manual"),
        list(titles),
        index=list(titles).index(name),
        format_func=lambda n: titles[n],
    )
    st.markdown(manual.page(chosen))
