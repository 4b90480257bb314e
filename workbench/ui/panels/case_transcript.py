"""The transcript of a case, where the chart else stands: its words are cited in the open cell."""

from typing import Any

import streamlit as st

from workbench.project import transcript_page
from workbench.project.case_words import CaseWords, case_words
from workbench.project.door import Project
from workbench.ui import chart_data, parts, session, show
from workbench.ui.chart_data import LEFT, WORDS, Shown
from workbench.ui.reading import choose_part, text_data
from workbench.ui.words import _


def panel(project: Project, shown: Shown) -> None:
    """Show a transcript of the case whose cell is open, with what has the cell's code."""
    if shown.case is None or shown.code is None:
        show.empty(
            _("No cell is open"),
            _("Choose one in the chart; then the transcript of its case stands here."),
        )
        parts.part("casewords", LEFT, chart_data.words(shown, None, None))
        return
    chart = shown.chart
    case = chart.cases[shown.case]
    cell = (chart.reference, case.case_id, chart.codes[shown.code].code_id)
    held = case_words(project, *cell)
    if held is None:
        show.empty(
            _("No words of a transcript are of this case"),
            _("Assign it some on the page Project, or import its transcript there."),
        )
        parts.part("casewords", LEFT, chart_data.words(shown, None, None))
        return
    bar = st.columns(2)
    with bar[0]:
        transcript = session.choose(_("Transcript"), held.transcripts, "transcript", collapsed=True)
    if transcript != held.transcript:
        held = case_words(project, *cell, transcript) or held
    with bar[1]:
        run = _run(project, held)
    text = transcript_page.shown_text(project, held.transcript)
    part = choose_part(WORDS, text, _focus(cell, held))
    parts.part("transcript", "case transcript", text_data(WORDS, part, may={"cite": True}))
    parts.part("casewords", LEFT, chart_data.words(shown, held, run, part.number))


def _focus(cell: tuple[str, ...], held: CaseWords) -> dict[str, Any] | None:
    """Return where to open a long transcript for a cell: at what has its code, or is the case's."""
    start = next((m.start for m in held.marks), held.own[0][0] if held.own else None)
    return None if start is None else {"ask": " ".join((*cell, held.version_id)), "start": start}


def _run(project: Project, held: CaseWords) -> str | None:
    """Let the researcher choose the run in which words are coded, where there are several."""
    names = [name for name, _coder in held.runs]
    if len(names) < 2:
        return names[0] if names else None
    own = next((name for name, coder in reversed(held.runs) if coder == project.who), names[-1])
    return session.choose(
        _("Run"),
        names,
        "run",
        first=own,
        collapsed=True,
        help=_("Words that are cited and not coded yet are coded in this run."),
    )
