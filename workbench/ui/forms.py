"""Forms that are filled in over a while: what was read when they were opened stays at hand.

A form's words live in the browser until they are sent. When somebody else stores the same
thing meanwhile, the form stays as it is, and the researcher sees both and chooses.
"""

from collections.abc import Mapping
from typing import NamedTuple

import streamlit as st

from workbench.ui import session, show
from workbench.ui.words import _


class Read(NamedTuple):
    """The fields of a form as they were read, and the versions of the rows they stand in."""

    values: dict[str, str]
    versions: dict[str, int]

    @property
    def version(self) -> int:
        """The version of the one row that all fields stand in."""
        return next(iter(self.versions.values()))


def opened(name: str, fresh: Read) -> Read:
    """Return what the form of that name was opened with; tell when it is other by now.

    `name` also begins the keys of the form's widgets (see `key`).
    """
    begun = any(str(widget).startswith(f"{name}:") for widget in st.session_state)
    base: Read = session.remembered(name, fresh) if begun else fresh
    if base.values != fresh.values:
        base = _choice(name, base, fresh)
    session.remember(name, base)
    return base


def key(name: str, field: str) -> str:
    """Return the key of the widget of a field."""
    return f"{name}:{field}"


def close(name: str) -> None:
    """Forget what was typed: the form opens anew with what is stored."""
    session.remember(name, None)
    for widget in [w for w in st.session_state if str(w).startswith(f"{name}:")]:
        del st.session_state[widget]


def changed(base: Read, typed: Mapping[str, str]) -> dict[str, str]:
    """Return the fields that the researcher changed."""
    return {field: value for field, value in typed.items() if value != base.values[field]}


def _choice(name: str, base: Read, fresh: Read) -> Read:
    """Show what somebody else stored since, and let the researcher choose."""
    with st.container(border=True):
        st.markdown(f"**{_('Somebody else changed this after you opened it:')}**")
        for field, value in fresh.values.items():
            if value != base.values.get(field):
                st.text(f"{field}: {value or '–'}")
        mine, theirs = st.columns(2)
        if mine.button(_("Keep what I typed"), key=f"{name} keep mine", width="stretch"):
            return fresh
        if theirs.button(_("Show what is stored"), key=f"{name} take theirs", width="stretch"):
            close(name)
            st.rerun()
    return base


def save_failed(problem: Exception) -> None:
    """Say in one sentence why nothing was stored; the form keeps what was typed."""
    show.error(str(problem))
