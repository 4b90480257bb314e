"""How far indexing has come, transcript by transcript."""

import streamlit as st

from workbench.project import progress
from workbench.project.door import Project
from workbench.ui import places, show
from workbench.ui.words import _


def panel(project: Project, version: str) -> None:
    """Show each transcript with its turns coded, its codings, and the runs that finished it."""
    rows = progress.by_transcript(project, version)
    done = sum(row.coded_turns for row in rows)
    turns = sum(row.turns for row in rows)
    st.markdown(_("**{done} of {turns} participant turns have a code.**", done=done, turns=turns))
    for row in rows:
        line = st.columns([3, 4, 2, 3], vertical_alignment="center")
        with line[0]:
            places.link("indexing", show.plain(row.transcript), transcript=row.transcript)
        share = row.coded_turns / row.turns if row.turns else 0.0
        line[1].progress(share, f"{row.coded_turns} / {row.turns}")
        line[2].markdown(_("{n} codings", n=row.codings))
        line[3].markdown(show.plain(", ".join(row.finished_in)) or _("not finished"))
