"""Rounds: plan one, see how far each coder is, and how agreement went from round to round."""

from typing import Any

import pandas as pd
import streamlit as st

from workbench.errors import Refused
from workbench.project import case_list, edits, team, transcript_page, views
from workbench.project.agreeing_over_time import NOT_OPEN
from workbench.project.agreement_page import Comparison
from workbench.project.door import Project
from workbench.ui import forms, places, session, show
from workbench.ui.dialogs import dialog
from workbench.ui.kept import kept
from workbench.ui.panels.agreement.planning import blind_field, progress, seed_field
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_

_NEW = "new round"
_NEXT = 3
"""Transcripts of one's own that are offered to go on with."""


def panel(project: Project, of: Comparison) -> None:
    """Show the rounds, the newest first; the button above plans another one."""
    left, right = st.columns([6, 2], vertical_alignment="center")
    left.caption(
        _(
            "In a round two people or more index the same transcripts, each in a run of their own. "
            "A blind round opens when all have finished, or when a run of consensus is begun."
        )
    )
    if right.button(_("Plan a round"), key="plan round", type="primary", width="stretch"):
        dialog(_("Plan a round"), _form, of.framework)
    every = views.rounds(project)
    if every.empty:
        show.empty(_("No round yet"), _("Plan one: it draws the transcripts and begins the runs."))
        return
    names = list(dict.fromkeys(every["round"]))
    for name in reversed(names):
        with st.container(border=True):
            _round(project, every.loc[every["round"] == name])
    _over_time(project)


def _round(project: Project, rows: pd.DataFrame) -> None:
    first = rows.iloc[0]
    head, change = st.columns([6, 1.4], vertical_alignment="center")
    head.markdown(f"**{show.plain(first['round'])}** · {show.plain(first['framework'])}")
    with change.popover(_("Change"), key=f"change {first['round']}", width="stretch"):
        _change(project, str(first["round"]))
    many = int(first["transcripts"])
    told = [
        n_("{n} transcript", "{n} transcripts", many),
        _("{share} of all", share=f"{first['share']:.0%}"),
        _drawn(first),
    ]
    if first["blind"]:
        told.append(_("blind, open now") if first["open"] else _("blind until all have finished"))
    st.caption(" · ".join(told))
    for column, (_n, row) in zip(st.columns(max(len(rows), 3)), rows.iterrows(), strict=False):
        progress(column, row["coder"], int(row["finished"]), many)
    own = rows.loc[rows["coder"] == project.who]
    if not own.empty:
        _go_on(project, own.iloc[0])


def _change(project: Project, name: str) -> None:
    """Let the researcher rename a round, or take it back."""
    with st.form(f"rename {name}", border=False):
        new = st.text_input(_("Name"), value=name)
        if st.form_submit_button(_("Rename"), width="stretch"):
            with show.problems():
                edits.rename_round(project, name, new)
                st.rerun()
    st.divider()
    st.caption(_("Runs that were worked in stay, with all their codings; blind ones stay blind."))
    if st.button(_("Take the round back"), key=f"withdraw {name}", width="stretch"):
        with show.problems():
            edits.withdraw_round(project, name)
            st.rerun()


def _drawn(row: Any) -> str:
    if pd.isna(row["seed"]):
        return _("named")
    seed = int(row["seed"])
    if row["drawn"] == "at random":
        return _("drawn at random, seed {seed}", seed=seed)
    by = str(row["drawn"]).removeprefix("by ")
    return _("drawn by {attribute}, seed {seed}", attribute=show.plain(by), seed=seed)


def _go_on(project: Project, own: Any) -> None:
    """Lead the reader to the next transcripts that are not finished in the own run."""
    table = views.round_transcripts(project, own["round"])
    left = list(table.loc[(table["run"] == own["run"]) & ~table["finished"], "transcript"])
    if not left:
        st.caption(_("You have finished your part."))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            n_("{n} transcript left for you:", "{n} transcripts left for you:", len(left)),
            width="content",
        )
        for name in left[:_NEXT]:
            places.link(
                "indexing",
                _("Index {transcript}", transcript=show.plain(name)),
                transcript=name,
                framework=own["framework"],
                run=own["run"],
            )


def _over_time(project: Project) -> None:
    """Show the last rows of each round that can be compared: over all codes."""
    try:
        found = kept(
            project, "agreement by round", lambda: views.agreement_by_round(project, resamples=0)
        )
    except Refused:
        return
    st.markdown(f"##### {_('From round to round')}")
    last = found.loc[found["level"] == "overall"]
    names = {
        "round": _("Round"),
        "framework": _("Framework"),
        "name": _("Codes"),
        "units": _("Turns"),
        "percent": _("Per cent"),
        "kappa": "κ",
        "alpha": "α",
    }
    st.dataframe(last[list(names)].rename(columns=names).round(3), hide_index=True)
    for name, why in found.attrs["left_out"].items():
        st.caption(f"{show.plain(name)}: {show.plain(_said(why))}")


def _said(why: str) -> str:
    return _("it is blind and not open yet") if why == NOT_OPEN else sentence(why)


def _form(framework: str) -> None:
    """Let the researcher say who indexes what, and plan it."""
    project = session.project()
    texts = transcript_page.transcript_names(project)
    name = st.text_input(_("Name"), key=forms.key(_NEW, "name"))
    coders = st.multiselect(
        _("Who takes part"),
        [p.handle for p in team.people(project)],
        accept_new_options=True,
        placeholder=_("choose, or type a name"),
        key=forms.key(_NEW, "coders"),
    )
    how = st.radio(
        _("Which transcripts"),
        ("drawn", "named"),
        format_func={"drawn": _("Draw some at random"), "named": _("Name them")}.__getitem__,
        horizontal=True,
        key=forms.key(_NEW, "how"),
    )
    chosen = _drawing(project, len(texts)) if how == "drawn" else _naming(texts)
    blind = blind_field(_NEW)
    st.caption(_("It is indexed with {framework}.", framework=show.plain(framework)))
    if st.button(_("Plan it"), type="primary", key="plan it", disabled=not texts):
        with show.problems():
            edits.plan_round(project, name, coders, framework, blind=blind, **chosen)
            forms.close(_NEW)
            st.rerun()


def _naming(texts: list[str]) -> dict[str, Any]:
    chosen = st.multiselect(
        _("Transcripts"),
        texts,
        placeholder=_("choose one or more"),
        key=forms.key(_NEW, "texts"),
    )
    return {"transcripts": chosen}


def _drawing(project: Project, many: int) -> dict[str, Any]:
    """Let the researcher say how many are drawn, and from which groups alike."""
    left, middle, right = st.columns(3)
    number = left.number_input(
        _("How many"),
        min_value=1,
        max_value=max(1, many),
        value=max(1, -(-many // 5)),
        key=forms.key(_NEW, "number"),
        help=_("{n} is all of them.", n=many),
    )
    by = middle.selectbox(
        _("From each group alike"),
        ["", *(a.name for a in case_list.grid(project).attributes)],
        format_func=lambda a: a or _("no groups"),
        key=forms.key(_NEW, "by"),
    )
    seed = seed_field(right, _NEW)
    return {"number": int(number), "by": by or None, "seed": seed}
