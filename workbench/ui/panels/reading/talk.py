"""How much each speaker says: words and time."""

from typing import Any

import pandas as pd
import streamlit as st

from workbench.project import views
from workbench.project.door import Project
from workbench.ui import parts
from workbench.ui.kept import kept
from workbench.ui.reading import clock
from workbench.ui.words import _

KEY = "speakers"


def panel(project: Project, transcript: str) -> None:
    """Show words and speaking time in the transcript, and in all of them."""
    spoken: pd.DataFrame = kept(project, "speakers", lambda: views.speakers(project))
    rows = spoken.to_dict("records")
    here = [row for row in rows if row["transcript"] == transcript]
    _table(f"{KEY} here", _("Who speaks here"), [_cells(row) for row in here], named=False)
    with st.expander(_("All transcripts")):
        linked = [
            [{"text": row["transcript"], "go": {"transcript": row["transcript"]}}, *_cells(row)]
            for row in rows
        ]
        _table(KEY, _("Who speaks in all transcripts"), linked, named=True)
    if not any(row["timed_turns"] for row in here):
        st.caption(_("This transcript has no times: how long they speak is not known."))


def _table(key: str, label: str, rows: list[list[Any]], *, named: bool) -> None:
    heads = [_("Speaker"), _("Role"), _("Turns"), _("Words"), _("Share"), _("Time")]
    data = {
        "label": label,
        "columns": [*([_("Transcript")] if named else []), *heads],
        "rows": rows,
        "empty": _("No speakers were found in this text."),
        "tall": named,
    }
    parts.part("listing", key, data)


def _cells(row: dict[Any, Any]) -> list[str]:
    roles = {"participant": _("participant"), "interviewer": _("interviewer")}
    seconds, share = row["seconds"], row["word_share"]
    return [
        row["speaker"] or "–",
        roles.get(row["role"], _("not known")),
        str(row["turns"]),
        f"{row['words']:,}",
        "–" if pd.isna(share) else f"{share:.0%}",
        "–" if pd.isna(seconds) else clock(int(seconds * 1000)),
    ]
