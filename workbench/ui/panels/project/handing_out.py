"""The project for other tools: REFI-QDA projects and codebooks as files."""

from pathlib import Path

import streamlit as st

from workbench.project import code_list
from workbench.project.door import Project
from workbench.ui import downloads, session
from workbench.ui.words import _


def panel(project: Project) -> None:
    """Show buttons that hand out one framework version with all that was done under it."""
    references = code_list.references(project)
    chosen = None
    if references:
        at = code_list.in_use(project)
        first = references.index(at) if at in references else 0
        chosen = st.selectbox(_("Framework"), references, index=first, key="hand out")
    stem = Path(session.file_name()).stem or "project"
    what = {"framework": chosen} if chosen else {}
    label = _("Project for NVivo, MAXQDA, ATLAS.ti … (qdpx)")
    downloads.button(label, f"{stem}.qdpx", "hand out qdpx", **what)
    if chosen:
        name = f"{chosen.replace('@', '-')}.qdc"
        downloads.button(_("Codebook for them (qdc)"), name, "hand out qdc", **what)
    st.caption(
        _(
            "Texts, cases, codes and codings with their coders go along; each cell of the chart is "
            "a note there. What cannot go along is listed in the file (manifest.json)."
        )
    )
