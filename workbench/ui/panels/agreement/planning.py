"""What the panels of rounds share: the seed of a draw, how far somebody is, who may see what."""

from typing import Any

import streamlit as st

from workbench.ui import forms, show
from workbench.ui.words import _


def seed_field(place: Any, form: str, *, disabled: bool = False) -> int | None:
    """Let the researcher say where a draw begins; None leaves it to the round's number."""
    seed = place.number_input(
        _("Seed"),
        min_value=0,
        value=None,
        step=1,
        key=forms.key(form, "seed"),
        disabled=disabled,
        help=_("Where the draw begins; left empty, it is the number of the round."),
    )
    return None if seed is None else int(seed)


def blind_field(form: str) -> bool:
    """Let the researcher say whether nobody sees the others' work before all have finished."""
    return st.checkbox(_("Blind"), value=True, key=forms.key(form, "blind"))


def progress(place: Any, who: str, done: int, many: int) -> None:
    """Show how many of so many somebody has finished."""
    place.progress(
        done / many, text=_("{who}: {n} of {many}", who=show.plain(who), n=done, many=many)
    )
