"""Charting by two: plan a round, see how far both are, and open its cells one by one."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from workbench.project import (
    case_list,
    cell_page,
    charting_rounds,
    code_list,
    edits,
    team,
    views,
)
from workbench.project.agreement_page import Comparison
from workbench.project.charting_rounds import DECIDED, OPEN, TO_WRITE, WAITING, CellOfTwo
from workbench.project.door import Project
from workbench.ui import forms, parts, session, show
from workbench.ui.dialogs import dialog
from workbench.ui.panels.agreement import deciding_cell, own_version
from workbench.ui.panels.agreement.planning import blind_field, progress, seed_field
from workbench.ui.words import _, n_

KEY = "cells of two"
_NEW = "new charting"
_SHORT = 6
"""Letters of the names of cases that need little room beside those of codes."""


def panel(project: Project, of: Comparison) -> None:
    """Show a round: how far both are, its cells, and the one that is chosen."""
    left, right = st.columns([6, 2], vertical_alignment="center")
    left.caption(
        _(
            "Two people write the same cells of the chart, each an own version. A blind round "
            "opens when both have finished all of its cells; then you decide what stands."
        )
    )
    if right.button(_("Plan a round"), key="plan charting", type="primary", width="stretch"):
        dialog(_("Plan a round of charting"), _form, of.framework)
    every = views.charting_rounds(project)
    if every.empty:
        show.empty(_("Nobody charts by two yet"), _("Plan a round: it says which cells, and who."))
        return
    known = list(dict.fromkeys(reversed(every["round"].tolist())))
    name = session.choose(_("Round"), known, "charting") if len(known) > 1 else known[0]
    rows = every.loc[every["round"] == name]
    _round(rows)
    cells = charting_rounds.cells_of_two(project, name)
    at = _chosen(project, cells)
    list_, beside = st.columns([4, 9], gap="medium")
    with list_:
        _list(project, cells, at)
    with beside:
        _cell(project, name, rows.iloc[0]["framework"], cells, at)


def _round(rows: pd.DataFrame) -> None:
    first = rows.iloc[0]
    many = int(first["cells"])
    told = [show.plain(first["round"]), show.plain(first["framework"])]
    told.append(n_("{n} cell", "{n} cells", many))
    told.append(
        _("named")
        if pd.isna(first["seed"])
        else _(
            "drawn at random of {many}, seed {seed}",
            many=int(first["drawn_from"]),
            seed=int(first["seed"]),
        )
    )
    if first["blind"]:
        told.append(_("blind, open now") if first["open"] else _("blind until both have finished"))
    st.caption(" · ".join(told))
    columns = st.columns(3)
    for column, side, (_n, row) in zip(columns, "AB", rows.iterrows(), strict=False):
        progress(column, f"{side}: {row['person']}", int(row["finished"]), many)
    decided = int(first["decided"])
    columns[2].progress(decided / many, text=_("decided: {n} of {many}", n=decided, many=many))


def _key(cell: CellOfTwo) -> str:
    return f"{cell.case_id} {cell.code_id}"


def _chosen(project: Project, cells: Sequence[CellOfTwo]) -> int:
    """Return the number of the cell that is looked at: asked for, held, or the next to do."""
    went, asked = parts.told(KEY).get("cell"), session.addressed("cell")
    keys = {_key(cell): n for n, cell in enumerate(cells)}
    if asked and asked not in keys:
        session.not_here(_("Cell"), asked)
    held = session.remembered("cell of two", None)
    known = next((keys[str(k)] for k in (went, asked, held) if k in keys), None)
    if known is None:
        known = next_open(project, cells, -1) or 0
    session.remember("cell of two", _key(cells[known]))
    session.put_address("cell", _key(cells[known]))
    return known


def next_open(project: Project, cells: Sequence[CellOfTwo], at: int) -> int | None:
    """Return the next cell with something to do for who looks, from behind one; or None."""
    order = [*range(at + 1, len(cells)), *range(max(at, 0))]
    todo = (TO_WRITE, OPEN)
    return next((n for n in order if cells[n].state_for(project.who) in todo), None)


def _states() -> dict[str, str]:
    return {
        TO_WRITE: _("to write"),
        WAITING: _("waits for the other"),
        OPEN: _("to decide"),
        DECIDED: "✓ " + _("decided"),
    }


def _list(project: Project, cells: Sequence[CellOfTwo], at: int) -> None:
    called = _states()
    rows = [
        [
            {"text": cell.case, "go": {"cell": _key(cell)}},
            cell.code,
            called[cell.state_for(project.who)] + _of_evidence(cell),
        ]
        for cell in cells
    ]
    data = {
        "label": _("Cells of the round"),
        "columns": [_("Case"), _("Code"), _("State")],
        "rows": rows,
        "picks": True,
        "first": "34%" if max(len(cell.case) for cell in cells) > _SHORT else "17%",
        "picked": at,
        "tall": True,
    }
    parts.part("listing", KEY, data)


def _of_evidence(cell: CellOfTwo) -> str:
    """Return, on a line of its own, which share of the cited codings both cite."""
    value = cell.overlap.codings if cell.overlap else None
    return "" if value is None else "\n" + _("evidence {share}", share=f"{value:.2f}")


def _cell(project: Project, name: str, framework: str, cells: Sequence[CellOfTwo], at: int) -> None:
    cell = cells[at]
    st.markdown(f"##### {show.plain(cell.case)} × {show.plain(cell.code)}")
    held = cell_page.cell_page(project, framework, cell.case_id, cell.code_id)
    if held.rules["definition"]:
        st.caption(show.plain(held.rules["definition"]))

    def onward() -> None:
        """Go to the next cell with something to do, if there is another."""
        after = next_open(project, cells, at)
        if after is not None:
            session.ask("cell", _key(cells[after]))
        st.rerun()

    if cell.state_for(project.who) == TO_WRITE and own_version.of(project, cell) is not None:
        own_version.panel(project, name, cell, held, onward)
    else:
        deciding_cell.panel(project, name, cell, held, onward)


def _form(framework: str) -> None:
    """Let the researcher say who charts which cells, and plan it."""
    project = session.project()
    name = st.text_input(_("Name"), key=forms.key(_NEW, "name"))
    people = st.multiselect(
        _("Which two"),
        [p.handle for p in team.people(project)],
        accept_new_options=True,
        max_selections=2,
        placeholder=_("choose, or type a name"),
        key=forms.key(_NEW, "people"),
        help=_("The first is side A, the second side B."),
    )
    left, right = st.columns(2)
    cases = left.multiselect(
        _("Cases"),
        [c.label for c in case_list.grid(project).cases],
        placeholder=_("all cases"),
        key=forms.key(_NEW, "cases"),
    )
    listed = {c.code_id: c for c in code_list.listed_codes(project, framework)}
    codes = right.multiselect(
        _("Codes"),
        list(listed),
        format_func=lambda c: f"{listed[c].number} {listed[c].name}".strip(),
        placeholder=_("all codes"),
        key=forms.key(_NEW, "codes"),
    )
    drawn = _drawing()
    blind = blind_field(_NEW)
    st.caption(_("It is charted with {framework}.", framework=show.plain(framework)))
    if st.button(_("Plan it"), type="primary", key="plan it"):
        with show.problems():
            edits.plan_charting(
                project, name, people, framework, cases=cases, codes=codes, blind=blind, **drawn
            )
            forms.close(_NEW)
            st.rerun()


def _drawing() -> dict[str, Any]:
    """Let the researcher say how many of these cells are drawn, if not all are taken."""
    left, right = st.columns(2)
    number = left.number_input(
        _("How many cells to draw"),
        min_value=1,
        value=None,
        step=1,
        key=forms.key(_NEW, "number"),
        help=_("At random, of those above that have codings; left empty, all of them are taken."),
    )
    seed = seed_field(right, _NEW, disabled=number is None)
    if number is None:
        return {}
    return {"number": int(number), "seed": seed}
