"""The network as files: a page of its own, a graph for other programs, a workbook."""

import streamlit as st

from workbench.ui import downloads, session
from workbench.ui.words import _


def panel() -> None:
    """Show a button for each file; each is made when it is asked for."""
    stem = session.file_name().rpartition(".")[0] or "network"
    for ending, told in (
        (".html", _("A page that opens anywhere (HTML)")),
        (".svg", _("A figure for print, every name in it (SVG)")),
        (".graphml", _("For Gephi, yEd, Cytoscape (GraphML)")),
        (".gexf", _("For Gephi, with types (GEXF)")),
        (".xlsx", _("All links in a table (Excel)")),
    ):
        what = "links" if ending == ".xlsx" else "chart"
        downloads.button(told, f"{stem}-network{ending}", f"save network {ending}", what=what)
    st.caption(_("The picture as it stands here, SVG or PNG: on its upper right."))
