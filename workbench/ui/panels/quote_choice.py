"""Choosing words that speak for something, or against it, among codings."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from workbench.model.link import Stance
from workbench.project import quoted
from workbench.project.door import Project
from workbench.project.quoted import Quote
from workbench.ui import session
from workbench.ui.kept import kept
from workbench.ui.words import _, n_

Basket = dict[str, Stance]
"""Coding id → whether it speaks for or against."""


def basket(name: str) -> Basket:
    """Return what is chosen under that name so far."""
    held: Basket = session.remembered(f"basket {name}", {})
    return held


def empty(name: str) -> None:
    """Choose nothing under that name any more."""
    session.remember(f"basket {name}", {})
    session.remember(f"basket shown {name}", None)


def drop(name: str, codings: Sequence[str]) -> None:
    """Choose these no more."""
    left = {c: side for c, side in basket(name).items() if c not in codings}
    session.remember(f"basket {name}", left)
    session.remember(f"basket shown {name}", None)


def choose(
    project: Project,
    name: str,
    beside: Mapping[str, Sequence[str]],
    *,
    without: Sequence[str] = (),
) -> Basket:
    """Let the researcher tick words for and against; return all that is ticked.

    `beside` are lists of coding ids by what they are called, such as “below both”; a search
    finds others. What is ticked stays when another list is looked at. Codings of `without`
    are left out.
    """
    row = st.columns([3, 3], vertical_alignment="bottom")
    search = _("found by words")
    lists = {**{told: list(ids) for told, ids in beside.items() if ids}, search: []}
    which = row[0].selectbox(_("Passages"), list(lists), key=f"list {name}")
    if which == search:
        words = row[1].text_input(_("Words in the passage"), key=f"words {name}")
        ids = quoted.codings_saying(project, words) if words.strip() else []
    else:
        ids = lists[str(which)]
    ids = [i for i in ids if i not in without][: quoted.MOST]
    held = basket(name)
    shown = list(dict.fromkeys([*held, *ids]))
    if not shown:
        st.caption(_("Passages are listed here: tick those that speak for it, or against it."))
        return held
    key = ("quotes", tuple(shown))
    found = {q.coding_id: q for q in kept(project, key, lambda: quoted.quotes(project, shown))}
    return _ticked(name, [found[i] for i in shown if i in found])


def _ticked(name: str, quotes: Sequence[Quote]) -> Basket:
    """Show the table with its ticks; its rows stay in place while it is ticked."""
    ids = tuple(q.coding_id for q in quotes)
    before: tuple[tuple[str, ...], Basket] | None
    before = session.remembered(f"basket shown {name}", None)
    if before is None or set(before[0]) != set(ids):
        before = (ids, dict(basket(name)))
        session.remember(f"basket shown {name}", before)
    order = {i: n for n, i in enumerate(before[0])}
    rows = sorted(quotes, key=lambda q: order[q.coding_id])
    table = pd.DataFrame(
        {
            "for": [before[1].get(q.coding_id) == "for" for q in rows],
            "against": [before[1].get(q.coding_id) == "against" for q in rows],
            "words": [q.words for q in rows],
            "case": [", ".join(q.cases) for q in rows],
            "transcript": [q.transcript for q in rows],
            "turn": pd.array([q.turn for q in rows], dtype="Int64"),
            "code": [q.code for q in rows],
        },
        index=[q.coding_id for q in rows],
    )
    edited = st.data_editor(
        table,
        key=f"ticks {name} {hash(before[0])}",
        hide_index=True,
        disabled=["words", "case", "transcript", "turn", "code"],
        height=min(390, 40 + 36 * len(rows)),
        column_config={
            "for": st.column_config.CheckboxColumn(_("For"), width=60),
            "against": st.column_config.CheckboxColumn(_("Against"), width=70),
            "words": st.column_config.TextColumn(_("Words"), width="large"),
            "case": st.column_config.TextColumn(_("Case"), width="small"),
            "transcript": st.column_config.TextColumn(_("Transcript"), width="small"),
            "turn": st.column_config.NumberColumn(_("Turn"), width=60),
            "code": st.column_config.TextColumn(_("Code"), width="small"),
        },
    )
    chosen: Basket = {}
    for coding, speaks_for, against in zip(
        edited.index, edited["for"], edited["against"], strict=True
    ):
        if against:
            chosen[str(coding)] = "against"
        elif speaks_for:
            chosen[str(coding)] = "for"
    session.remember(f"basket {name}", chosen)
    _count(chosen)
    return chosen


def _count(chosen: Basket) -> None:
    stances = list(chosen.values())
    told = [
        n_("{n} passage for it", "{n} passages for it", stances.count("for")),
        n_("{n} against it", "{n} against it", stances.count("against")),
    ]
    st.caption(" · ".join(told))


def ids(chosen: Basket, stance: Stance) -> list[str]:
    """Return the codings that were ticked on one side."""
    return [coding for coding, side in chosen.items() if side == stance]
