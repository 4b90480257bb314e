"""Indexing: the transcript, the codes, and what is coded with them."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from workbench.project import code_list, transcript_page
from workbench.project.code_list import ListedCode
from workbench.project.door import Project
from workbench.project.transcript_page import Mark, ShownText
from workbench.ui import outbox, parts, reading, session, show
from workbench.ui.panels import code_hits, coding_progress, filters, waiting
from workbench.ui.panels import runs as run_panel
from workbench.ui.reading import ShownPart
from workbench.ui.words import _

VIEW = "indexing"


def page(project: Project) -> None:
    """Show one transcript with its codings, and the palette of codes."""
    names = transcript_page.transcript_names(project)
    versions = code_list.references(project)
    if not names:
        show.empty(_("No transcripts yet"), _("Bring some in on the page Project."))
        return
    if not versions:
        show.empty(_("No framework yet"), _("Begin one on the page Framework."))
        return
    coding_progress.follow()
    bar = st.columns([3, 3, 5, 3], vertical_alignment="bottom")
    with bar[0]:
        transcript = session.choose(_("Transcript"), names, "transcript")
    with bar[1]:
        version = session.choose_version(versions, first=code_list.in_use(project))
    runs = transcript_page.visible_runs(project, version)
    with bar[2]:
        run = _run(project, runs)
    text = transcript_page.shown_text(project, transcript)
    codes = code_list.listed_codes(project, version)
    tools = st.columns([2, 2, 2, 2, 3], vertical_alignment="center")
    with tools[0].popover(_("Show only …"), width="stretch"):
        held = transcript_page.marks(project, transcript, filters.runs_shown(runs, run))
        shown = filters.panel(held, codes)
    with tools[1].popover(_("Find and code"), width="stretch"):
        code_hits.panel(project, version, codes, run)
    with tools[2].popover(_("Runs"), width="stretch"):
        run_panel.panel(project, version, runs)
    with tools[3].popover(_("All transcripts"), width="stretch"):
        coding_progress.panel(project, version)
    with tools[4]:
        if run is not None:
            done = transcript_page.is_finished(project, run, text.version_id)
            run_panel.finish_button(project, run, transcript, finished=done)
    with bar[3]:
        _progress(text, held)
    filters.told(held, shown)
    waiting.places(project, transcript)
    waiting.look_again(project, version, transcript)
    words, palette = st.columns([5, 2], gap="small")
    focus = _focus(shown)
    with words:
        part = reading.choose_part(VIEW, text, focus)
        parts.part("transcript", "transcript", reading.text_data(VIEW, part, may={"code": True}))
        given = marks_data(project, part, shown, codes, version, run, focus)
        parts.part("marks", "marks", given)
    with palette:
        parts.part("palette", "palette", palette_data(project, version, codes))


def _run(project: Project, runs: Sequence[dict[str, Any]]) -> str | None:
    """Let the researcher choose the run to code in; None where there is none yet."""
    if not runs:
        st.selectbox(_("Run"), [_("made with the first coding")], disabled=True)
        return None
    names = [str(r["name"]) for r in runs]
    told = run_panel.kinds()
    kinds = {str(r["name"]): told[str(r["kind"])] for r in runs}
    own = next((str(r["name"]) for r in reversed(runs) if r["coder"] == project.who), names[-1])
    return session.choose(
        _("Run"), names, "run", shown=lambda n: f"{n} ({kinds.get(n, '')})", first=own
    )


def _progress(text: ShownText, held: Sequence[Mark]) -> None:
    said = [t for t in text.turns if t.role == "participant" and t.words.strip()]
    if said:
        done = len(said) - len(transcript_page.uncoded_turns(text, held))
        told = _("{done} of {n} participant turns coded", done=done, n=len(said))
        st.progress(done / len(said), told)


def _focus(held: Sequence[Mark]) -> dict[str, Any] | None:
    """Return the place to go to: that of the coding in the address, once it is new there."""
    asked = session.addressed("coding")
    mark = next((m for m in held if m.coding_id == asked), None)
    if asked and mark is None:
        session.not_here(_("Coding"), asked)
    if mark is not None:
        session.remember("focus", {"ask": asked, "start": mark.start, "stop": mark.stop})
    found: dict[str, Any] | None = session.remembered("focus", None)
    return found


def marks_data(
    project: Project,
    part: ShownPart,
    held: Sequence[Mark],
    codes: Sequence[ListedCode],
    version: str,
    run: str | None,
    focus: dict[str, Any] | None,
) -> dict[str, Any]:
    """Return what the part “marks” draws over a part of a transcript."""
    return {
        "view": VIEW,
        "version": part.text.version_id,
        "part": part.number,
        "marks": [list(m) for m in held if part.meets(m.start, m.stop)],
        "memos": reading.memo_data(project, part),
        "codes": {c.code_id: [c.number, c.name, c.colour] for c in codes},
        "framework": version,
        "run": run,
        "seen": outbox.acknowledged(),
        "focus": focus,
    }


def palette_data(project: Project, version: str, codes: Sequence[ListedCode]) -> dict[str, Any]:
    """Return what the part “palette” lists."""
    draft = code_list.is_draft(project, version)
    return {
        "view": VIEW,
        "project": session.key(),
        "framework": version,
        "codes": [{"id": c.code_id, **c._asdict()} for c in codes],
        "categories": code_list.headings(project, version) if draft else [],
        "may": {"code": True, "add": draft, "why": ""},
    }
