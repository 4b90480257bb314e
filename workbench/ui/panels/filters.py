"""Which codings a transcript shows: by code, coder and run."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from workbench.project.code_list import ListedCode
from workbench.project.transcript_page import Mark
from workbench.ui import show
from workbench.ui.words import _


def runs_shown(runs: Sequence[dict[str, Any]], run: str | None) -> list[str]:
    """Let the researcher choose the runs to look at; by default the one that is coded in."""
    names = [str(r["name"]) for r in runs]
    chosen = st.multiselect(
        _("Runs"), names, placeholder=_("the one you code in"), key="shown runs"
    )
    held = [name for name in chosen if name in names]
    return held or ([run] if run else names)


def told(held: Sequence[Mark], shown: Sequence[Mark]) -> None:
    """Say what is shown where that is not simply all of the run that is coded in."""
    said = []
    chosen = st.session_state.get("shown runs")
    if chosen:
        said.append(_("the runs {names}", names=", ".join(map(show.plain, chosen))))
    if len(shown) < len(held):
        said.append(_("{n} of {whole} codings", n=len(shown), whole=len(held)))
    if said:
        st.caption(_("Shown only: {what}", what=" · ".join(said)))


def panel(held: Sequence[Mark], codes: Sequence[ListedCode]) -> list[Mark]:
    """Let the researcher choose codes and coders; return the codings to show."""
    called = {c.code_id: f"{c.number} {c.name}".strip() for c in codes}
    used = [c.code_id for c in codes if any(m.code_id == c.code_id for m in held)]
    chosen = st.multiselect(
        _("Codes"),
        used,
        format_func=lambda c: called.get(c, c),
        placeholder=_("all codes"),
        key="shown codes",
    )
    coders = sorted({m.coder for m in held})
    people = st.multiselect(_("Coders"), coders, placeholder=_("all coders"), key="shown coders")
    unsure = st.checkbox(_("Only what is flagged as uncertain"), key="shown uncertain")
    return [
        m
        for m in held
        if (not chosen or m.code_id in chosen)
        and (not people or m.coder in people)
        and (not unsure or m.uncertain)
    ]
