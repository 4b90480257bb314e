"""Forms over the page, which run on their own while they are filled in."""

from collections.abc import Callable
from typing import Any, Literal

import streamlit as st

from workbench.ui import session


def dialog(
    title: str,
    body: Callable[..., None],
    *given: Any,
    width: Literal["small", "medium", "large"] = "medium",
) -> None:
    """Open a form; `body` gets what is given, and takes the project of the session anew.

    A form runs without the page around it, so that it closes what it opened.
    """

    def run() -> None:
        try:
            body(*given)
        finally:
            session.close_projects()

    st.dialog(title, width=width)(run)()
