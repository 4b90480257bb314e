"""Export: reports as Word documents, tables, coded transcripts, projects for other tools."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import case_list, code_list, documents, transcript_page
from workbench.project.door import Project
from workbench.ui import downloads, jobs, session, show
from workbench.ui.panels.project.bringing import show_problem, show_progress
from workbench.ui.words import _

_WRITTEN = "act that a project file was written after"


def panel(project: Project) -> None:
    """Show what can be taken out, each with its button; a file is made when it is asked for."""
    references = code_list.references(project)
    if not references:
        show.empty(
            _("Nothing to report yet"),
            _("Reports and tables are of a framework version. Add one on the page Framework."),
        )
        _for_tools(project, None)
        return
    first, other = st.columns(2, gap="large")
    with first:
        reference = _version(project, references)
        _report(project, reference)
    with other:
        _tables(reference)
        _transcript(project, reference)
        _for_tools(project, reference)


def _version(project: Project, references: Sequence[str]) -> str:
    return session.choose_version(references, first=code_list.in_use(project))


def _report(project: Project, reference: str) -> None:
    st.markdown(f"**{_('Report (Word)')}**")
    names = {
        "analysis": _("The whole analysis"),
        "codebook": _("Codebook"),
        "theme": _("Themes"),
        "case": _("Cases"),
    }
    what = st.selectbox(_("Report"), list(names), format_func=lambda k: names[k], key="report of")
    of = _one(project, what)
    template, good = _template()
    if good:
        downloads.button(
            _("The report as a Word document"),
            f"{what}.docx",
            "report docx",
            what=what,
            framework=reference,
            of=of,
            template=template,
        )
    downloads.button(_("A template to restyle"), "template.docx", "template docx", what="template")


def _one(project: Project, what: str) -> str | None:
    """Let the researcher choose one theme or case; None stands for all."""
    if what == "theme":
        named = documents.nodes(project)
    elif what == "case":
        named = {c.case_id: c.label for c in case_list.grid(project).cases}
    else:
        return None
    return st.selectbox(
        _("Which one"),
        [None, *named],
        format_func=lambda i: named[i] if i else _("all"),
        key=f"report of which {what}",
    )


def _template() -> tuple[bytes | None, bool]:
    """Let the researcher give a template; return it, and whether a report can be made."""
    given = st.file_uploader(
        _("Template with your own styles"),
        type=["docx"],
        key="report template",
        help=_("A Word document whose styles, margins, header and footer the report takes on."),
    )
    if given is None:
        return None, True
    content = given.getvalue()
    try:
        documents.check_template(content, given.name)
    except WorkbenchError as problem:
        show.error(problem)
        return None, False
    st.caption(_("The report is set in the styles of {name}.", name=show.plain(given.name)))
    return content, True


def _tables(reference: str) -> None:
    st.markdown(f"**{_('Tables')}**")
    of: dict[str, Any] = {"framework": reference}
    downloads.button(
        _("All tables, with what each column means (zip)"), "tables.zip", "tables zip", **of
    )
    downloads.button(
        _("Quotations with attributes (Excel)"),
        "quotations.xlsx",
        "quotations xlsx",
        what="quotations",
        **of,
    )


def _transcript(project: Project, reference: str) -> None:
    names = transcript_page.transcript_names(project)
    st.markdown(f"**{_('Coded transcript')}**")
    if not names:
        st.caption(_("No transcripts yet"))
        return
    transcript = session.choose(_("Transcript"), names, "transcript")
    downloads.button(
        _("The transcript as a page (HTML)"),
        "transcript.html",
        "transcript html",
        what="transcript",
        framework=reference,
        of=transcript,
    )


def _for_tools(project: Project, reference: str | None) -> None:
    st.markdown(f"**{_('For other tools (REFI-QDA)')}**")
    stem = Path(session.file_name()).stem or "project"
    of = {"framework": reference} if reference else {}
    _project_file(project, f"{stem}.qdpx", of)
    if reference:
        name = f"{reference.replace('@', '-')}.qdc"
        downloads.button(_("Codebook for them (qdc)"), name, "codebook qdc", **of)
    st.caption(
        _(
            "Texts, cases, codes and codings with their coders go along; each cell of the chart is "
            "a note there. What cannot go along is listed in the file (manifest.json)."
        )
    )


def _project_file(project: Project, file_name: str, of: dict[str, Any]) -> None:
    """Show the way to a project file: writing it, which takes its time, and then saving it."""
    job = jobs.mine("out")
    if job is not None and dict(job.options) != of:
        jobs.forget("out")
        job = None
    if job is None or job.problem is not None:
        if job is not None and job.problem is not None:
            show_problem(job, job.problem)
        label = _("Project for NVivo, MAXQDA, ATLAS.ti … (qdpx)")
        if st.button(label, key="project qdpx", width="stretch"):
            _write(project, file_name, of)
        return
    if not job.over:
        st.markdown(_("Writing the project …"))
        show_progress(job)
        if st.button(_("Stop it"), key="export stop"):
            jobs.forget("out")
            st.rerun()
        return
    if session.remembered(_WRITTEN, None) != _newest(project):
        st.caption(_("The project has changed since it was written."))
    (path,) = job.files
    label = _("Save {name}", name=show.plain(path.name, 60))
    content = path.read_bytes()
    st.download_button(
        label, content, path.name, key="save qdpx", width="stretch", on_click="ignore"
    )
    if st.button(_("Write it anew"), key="export anew", width="stretch"):
        _write(project, file_name, of)


def _write(project: Project, file_name: str, of: dict[str, Any]) -> None:
    session.remember(_WRITTEN, _newest(project))
    jobs.write(file_name, of)
    st.rerun()


def _newest(project: Project) -> int:
    """Return the number of the newest act; 0 where there is none."""
    return next((int(act["seq"]) for act in project.history(1)), 0)
