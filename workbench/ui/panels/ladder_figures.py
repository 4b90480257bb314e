"""Figures of mapping: the themes as rings or boxes, cases × codes as a heat map."""

from functools import partial

import streamlit as st

from workbench.project import central_chart, code_list, ladder_pictures
from workbench.project.door import Project
from workbench.project.ladder_pictures import Picture
from workbench.ui import session, show
from workbench.ui.downloads import figure_button
from workbench.ui.kept import kept
from workbench.ui.panels.central import downloads
from workbench.ui.words import _


def view(project: Project, ladder: str) -> None:
    """Show one figure, the table beside it, and hand both out."""
    kinds = {"sunburst": _("Rings"), "treemap": _("Boxes"), "heat": _("Cases × codes")}
    bar = st.columns([3, 3, 6], vertical_alignment="bottom")
    with bar[0]:
        kind = session.choose(_("Figure"), list(kinds), "figure", shown=kinds.__getitem__)
    version: str | None = None
    if kind == "heat":
        of = central_chart.version_of(project, ladder)
        versions = code_list.references(project)
        if not versions:
            show.empty(_("No framework yet"), _("Begin one on the page Framework."))
            return
        with bar[1]:
            version = session.choose_version(versions, first=of)
        make = partial(ladder_pictures.heat, project, version)
        made = kept(project, ("heat map", version), make)
        note = _("How many codings each case has in each code; dark is many.")
    else:
        make = partial(ladder_pictures.themes, project, ladder, kind)
        made = kept(project, ("themes", ladder, kind), make)
        note = _(
            "Three levels at a time: click on a node to go in, on the middle or the top to come "
            "out. A node under two others is drawn under both; areas are cases of the lowest "
            "nodes."
        )
    with bar[2]:
        st.caption(note)
    if made.table.empty:
        show.empty(_("Nothing to draw yet"), _("Make nodes on the board, or code transcripts."))
        return
    _show(made, kinds[kind] if version else f"{ladder} {kinds[kind]}", version)


def _show(made: Picture, name: str, framework: str | None) -> None:
    picture, table = st.columns([4, 3])
    ending = str(session.remembered("picture", "SVG"))
    with picture:
        how = ladder_pictures.config(name, ending.lower())
        st.plotly_chart(made.figure, key=f"figure {name}", config=how)
    with table:
        st.dataframe(
            made.table,
            hide_index=True,
            height=400,
            column_config={
                "node": st.column_config.TextColumn(_("Node"), width=190),
                "level": st.column_config.TextColumn(_("Level"), width=80),
                "cases": st.column_config.NumberColumn(_("Cases"), width=55),
                "statements": st.column_config.NumberColumn(_("Statements"), width=85),
            },
        )
        downloads(made.table.set_index(made.table.columns[0]), name, framework, across=True)
        figure_button(_("The figure as one HTML file"), made, name, framework)
        chosen = st.radio(
            _("The camera above the figure saves it as"),
            ["SVG", "PNG"],
            index=["SVG", "PNG"].index(ending),
            horizontal=True,
        )
        if chosen != ending:
            session.remember("picture", chosen)
            st.rerun()
