"""The network as files: a page of its own, a graph for other programs, a workbook."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from workbench.project import door, outputs
from workbench.project.door import Project
from workbench.ui import session
from workbench.ui.words import _

_MIMES = {
    ".html": "text/html",
    ".graphml": "application/xml",
    ".gexf": "application/xml",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def panel(project: Project) -> None:
    """Show a button for each file; each is made when it is asked for."""
    stem = session.file_name().rpartition(".")[0] or "network"
    for ending, told in (
        (".html", _("A page that opens anywhere (HTML)")),
        (".graphml", _("For Gephi, yEd, Cytoscape (GraphML)")),
        (".gexf", _("For Gephi, with types (GEXF)")),
        (".xlsx", _("All links in a table (Excel)")),
    ):
        st.download_button(
            told,
            data=_maker(session.key(), ending),
            file_name=f"{stem}-network{ending}",
            mime=_MIMES[ending],
            width="stretch",
            key=f"save network {ending}",
        )
    st.caption(_("The picture as SVG: the camera on its upper right."))


def _maker(key: str, ending: str) -> Callable[[], bytes]:
    """Return what makes a file; it opens the project anew, as it runs when it is asked for."""

    def make() -> bytes:
        where = session.place(key) or ""
        with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
            path = Path(folder) / f"network{ending}"
            with door.open_project(where) as project:
                outputs.export(project, path, what="links" if ending == ".xlsx" else "chart")
            return path.read_bytes()

    return make
