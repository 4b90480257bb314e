"""How far indexing has come, transcript by transcript."""

import streamlit as st

from workbench.project import progress
from workbench.project.door import Project
from workbench.ui import parts, session
from workbench.ui.words import _

KEY = "coding progress"


def follow() -> None:
    """Open the transcript that was chosen in the table."""
    went = parts.told(KEY)
    if went:
        session.ask("transcript", str(went["transcript"]))


def panel(project: Project, version: str) -> None:
    """Show each transcript with its turns coded, its codings, and the runs that finished it."""
    rows = progress.by_transcript(project, version)
    done = sum(row.coded_turns for row in rows)
    turns = sum(row.turns for row in rows)
    st.markdown(_("**{done} of {turns} participant turns have a code.**", done=done, turns=turns))
    data = {
        "label": _("All transcripts"),
        "columns": [_("Transcript"), _("Turns coded"), _("Codings"), _("Finished in")],
        "rows": [
            [
                {"text": row.transcript, "go": {"transcript": row.transcript}},
                _("{done} of {n}", done=row.coded_turns, n=row.turns),
                f"{row.codings:,}",
                "; ".join(row.finished_in) or _("not finished"),
            ]
            for row in rows
        ],
        "tall": True,
    }
    parts.part("listing", KEY, data)
