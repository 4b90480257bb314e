"""Themes × groups: how many cases of each group reach a node, who does not, and who dissents."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from workbench.project import central_chart, ladder_board, ladder_groups
from workbench.project.door import Project
from workbench.project.ladder_groups import GroupCell
from workbench.ui import parts, places, session, show
from workbench.ui.kept import kept
from workbench.ui.panels.central import downloads
from workbench.ui.words import _


def view(project: Project, ladder: str) -> None:
    """Show the table of a ladder's nodes by the groups of an attribute."""
    known = central_chart.attributes(project)
    if not known:
        show.empty(
            _("The cases have no attributes yet"),
            _("Groups are the values of an attribute. Add one on the page Project."),
        )
        return
    names = ladder_board.levels(project, ladder)
    used = ladder_board.used_levels(project, ladder)
    if not used:
        show.empty(_("No nodes yet"), _("Make some on the board."))
        return
    bar = st.columns([3, 3, 6], vertical_alignment="bottom")
    with bar[0]:
        attribute = session.choose(_("Groups of cases by"), known, "by", first=_first(known))
    with bar[1]:
        level = session.choose(
            _("Level"),
            [str(n) for n in reversed(used)],
            "level",
            shown=lambda n: names[int(n)].capitalize(),
        )
    with bar[2]:
        st.caption(
            _(
                "Counts are of cases. The sample is purposive: a pattern here is a lead to look "
                "into, never a share of a population."
            )
        )
    make = partial(ladder_groups.group_cells, project, attribute, ladder, int(level))
    cells = kept(project, ("groups", attribute, ladder, level), make)
    parts.part("groups", "groups", groups_data(cells, names[int(level)].capitalize()))
    places.follow(parts.told("groups"))
    downloads(as_table(cells), _("themes by group"), None)


def _first(known: Sequence[str]) -> str:
    return "group" if "group" in known else known[0]


def groups_data(cells: Sequence[GroupCell], level: str) -> dict[str, Any]:
    """Return what the part “groups” draws."""
    return {"label": _("Groups"), "corner": level, "cells": [list(one) for one in cells]}


def as_table(cells: Sequence[GroupCell]) -> pd.DataFrame:
    """Return the cells as rows for a file."""
    rows = [
        {
            "node": one.node,
            "group": one.group,
            "cases": len(one.reach),
            "of": len(one.reach) + len(one.silent),
            "reach": "; ".join(one.reach),
            "do not reach": "; ".join(one.silent),
            "against": "; ".join(one.against),
        }
        for one in cells
    ]
    return pd.DataFrame(rows).set_index("node") if rows else pd.DataFrame()
