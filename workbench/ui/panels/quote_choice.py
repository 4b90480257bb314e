"""Choosing words that speak for something, or against it, among codings."""

from collections.abc import Mapping, Sequence

import streamlit as st

from workbench.model.link import STANCES, Stance
from workbench.project import quoted
from workbench.project.door import Project
from workbench.project.quoted import Quote
from workbench.ui import parts, session
from workbench.ui.kept import kept
from workbench.ui.words import _, n_

Basket = dict[str, Stance]
"""Coding id → whether it speaks for or against."""


def place_of(quote: Quote) -> str:
    """Return where a passage stands, in words."""
    turn = "" if quote.turn is None else _(", turn {n}", n=quote.turn)
    return f"{quote.transcript}{turn}"


def basket(name: str) -> Basket:
    """Return what is chosen under that name so far."""
    held: Basket = session.remembered(f"basket {name}", {})
    return held


def empty(name: str) -> None:
    """Choose nothing under that name any more, whatever the browser told last."""
    session.remember(f"basket {name}", {})
    turn = session.remembered(f"basket round {name}", 0)
    session.remember(f"basket round {name}", turn + 1)


def choose(
    project: Project,
    name: str,
    beside: Mapping[str, Sequence[str]],
    *,
    without: Sequence[str] = (),
) -> Basket:
    """Let the researcher choose words for and against; return all that is chosen.

    `beside` are lists of coding ids by what they are called, such as “below both”; a search
    finds others. What is chosen stays when another list is looked at. Codings of `without`
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
    shown = [*(i for i in held if i not in ids), *ids]
    if not shown:
        st.caption(
            _("Passages are listed here: say of each that bears on it on which side it speaks.")
        )
        return held
    key = ("quotes", tuple(shown))
    found = {q.coding_id: q for q in kept(project, key, lambda: quoted.quotes(project, shown))}
    return _chosen(name, [found[i] for i in shown if i in found])


def _chosen(name: str, quotes: Sequence[Quote]) -> Basket:
    """Show the passages with what is chosen, and return what is chosen now."""
    held, turn = basket(name), session.remembered(f"basket round {name}", 0)
    data = {
        "key": f"{session.key()} {name}",
        "round": turn,
        "chosen": held,
        "quotes": [
            {
                "id": q.coding_id,
                "words": q.words,
                "cases": ", ".join(q.cases) or _("no case"),
                "place": place_of(q),
                "code": q.code,
            }
            for q in quotes
        ],
    }
    parts.part("pick", f"pick {name}", data)
    told = parts.told(f"pick {name}")
    if told.get("round") == turn and isinstance(told.get("chosen"), Mapping):
        held = {str(c): side for c, side in told["chosen"].items() if side in STANCES}
        session.remember(f"basket {name}", held)
    stances = list(held.values())
    counts = [
        n_("{n} passage for it", "{n} passages for it", stances.count("for")),
        n_("{n} against it", "{n} against it", stances.count("against")),
    ]
    st.caption(" · ".join(counts))
    return held


def ids(chosen: Basket, stance: Stance) -> list[str]:
    """Return the codings that were ticked on one side."""
    return [coding for coding, side in chosen.items() if side == stance]
