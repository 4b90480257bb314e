"""Import: files are looked at first, and brought in when the researcher has seen the report."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.model.report import Guess, ImportReport, counted
from workbench.project import code_list, team
from workbench.project.door import Project
from workbench.project.edits.transcripts import offers_correction
from workbench.ui import jobs, places, show
from workbench.ui.jobs import Job
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_

_ENDINGS = [
    *("txt", "md", "docx", "odt", "rtf", "vtt", "srt", "html", "htm", "pdf"),
    *("csv", "tsv", "xlsx", "yaml", "yml"),
]
_OF_TOOLS = ["sqlite3", "db", "qdpx", "qde", "qdc", "qda", "rqda", "zip"]
_ROUND = "import round"


def panel(project: Project) -> None:
    """Show where files go in, or what is becoming of those that went."""
    job = jobs.mine()
    if job is None:
        _upload()
    elif not job.over:
        _waiting(job)
    elif job.kind == "look":
        _decision(project, job)
    else:
        _brought(job)


def _upload() -> None:
    st.markdown(
        _(
            "Drag transcripts, frameworks, codebooks, tables, or projects and spreadsheets of "
            "other tools here: QualCoder (data.qda, or a zip of its folder), RQDA, Taguette, "
            "REFI-QDA (qdpx), NVivo, MAXQDA, ATLAS.ti. You see what would come in before "
            "anything is stored."
        )
    )
    number = st.session_state.setdefault(_ROUND, 0)
    sent = st.file_uploader(
        _("Files"),
        type=[*_ENDINGS, *_OF_TOOLS],
        accept_multiple_files=True,
        key=f"import files {number}",
        label_visibility="collapsed",
    )
    if sent:
        folder, files = jobs.put_aside((one.name, one.getvalue()) for one in sent)
        st.session_state[_ROUND] = number + 1
        jobs.start("look", folder, files, {})
        st.rerun()
    st.caption(
        _(
            "What each kind of file may look like is in the manual: see Help, “Tables” and "
            "“Other tools” too."
        )
    )


def _waiting(job: Job) -> None:
    """Show how far a look or an import has come, twice a second, until it is over."""
    st.markdown(_("Looking at the files …") if job.kind == "look" else _("Bringing the files in …"))
    show_progress(job)
    st.caption(_("You can go to another page meanwhile; the result waits here."))
    if st.button(_("Stop it"), key="import stop"):
        jobs.forget()
        st.rerun()


@st.fragment(run_every=0.5)
def show_progress(job: Job) -> None:
    """Show how far a piece of work has come, twice a second, until it is over."""
    st.progress(job.share, show.plain(job.at, 80) or " ")
    if job.over:
        st.rerun()


def show_problem(job: Job, problem: Exception) -> None:
    """Show why a piece of work failed."""
    known = isinstance(problem, WorkbenchError)
    show.error(job.said(str(problem)) if known else show.unforeseen(problem))


def _decision(project: Project, job: Job) -> None:
    """Show what would come in, and let the researcher decide."""
    st.markdown(f"**{n_('{n} file', '{n} files', len(job.files))}** · {_names(job.files)}")
    chosen = _options(project, job.options)
    if dict(chosen) != dict(job.options):
        jobs.start("look", job.folder, job.files, chosen)
        st.rerun()
    _outcome(job)
    if job.report is not None and offers_correction(job.report):
        st.markdown(_("A transcript of that name is here with another text."))
        if st.button(_("Correct it with this file"), key="import offer"):
            jobs.start("look", job.folder, job.files, {**chosen, "correct": True})
            st.rerun()
    if job.report is not None and job.report.chart and job.report.chart.unanswered:
        number = len(job.report.chart.unanswered)
        st.markdown(
            n_(
                "{n} statement was changed in the file and here; it stays as it is here.",
                "{n} statements were changed in the file and here; they stay as they are here.",
                number,
            )
        )
        places.link("charting", _("Answer on the page Charting instead"), look="back")
    bring, leave = st.columns(2)
    nothing = job.report is None or not any(job.report.counts.values())
    if bring.button(
        _("Bring in"), type="primary", disabled=nothing, width="stretch", key="import bring"
    ):
        jobs.start("bring", job.folder, job.files, chosen)
        st.rerun()
    if leave.button(_("Leave it"), width="stretch", key="import leave"):
        jobs.forget()
        st.rerun()
    st.caption(_("Nothing of this is stored yet."))


def _names(files: Sequence[Path]) -> str:
    shown = [show.plain(file.name, 60) for file in files[:8]]
    return ", ".join(shown) + (" …" if len(files) > len(shown) else "")


def _options(project: Project, held: Mapping[str, Any]) -> dict[str, Any]:
    """Let the researcher say how files are taken; what is not said is found in them."""
    before = {
        "import cases": held.get("case_by", "auto"),
        "import interviewers": ", ".join(held.get("interviewers", ())),
        "import coder": held.get("coder", ""),
        "import run": held.get("run", ""),
        "import framework": held.get("framework", ""),
        "import key": held.get("key", ""),
        "import texts": "; ".join(held.get("texts", ())),
    }
    for widget, value in before.items():
        st.session_state.setdefault(widget, value)
    rules = {
        "auto": _("as it seems right"),
        "file": _("one a file"),
        "speaker": _("one a speaker"),
        "none": _("none"),
    }
    with st.expander(_("How they are taken"), expanded=bool(held)):
        cases, people = st.columns(2)
        rule = cases.radio(
            _("Cases"), list(rules), format_func=lambda r: rules[r], key="import cases"
        )
        said = people.text_input(
            _("Interviewers, with commas between"),
            help=_("Labels such as I, Interviewer and Moderator are known."),
            key="import interviewers",
        )
        left, middle, right = st.columns(3)
        handles = [p.handle for p in team.people(project)]
        coder = left.selectbox(
            _("Coder of codings in tables"),
            ["", *handles],
            format_func=lambda h: h or _("as the table says"),
            key="import coder",
        )
        run = middle.text_input(_("Run of these codings"), key="import run")
        versions = code_list.references(project)
        framework = right.selectbox(
            _("Framework of tables"),
            ["", *versions],
            format_func=lambda v: v or _("as the table says"),
            key="import framework",
        )
        one, other = st.columns(2)
        key = one.text_input(
            _("Answers: the column that tells rows apart"),
            help=_("For a table of cases with open-ended answers, one row a case."),
            key="import key",
        )
        texts = other.text_input(
            _("Answers: the columns of answers, with semicolons between"), key="import texts"
        )
    interviewers = tuple(filter(None, (label.strip() for label in said.split(","))))
    given = {
        "case_by": rule if rule != "auto" else None,
        "interviewers": interviewers,
        "coder": coder,
        "run": run.strip(),
        "framework": framework,
        "key": key.strip(),
        "texts": tuple(filter(None, (column.strip() for column in texts.split(";")))),
        "correct": held.get("correct", False),
    }
    return {name: value for name, value in given.items() if value}


def _outcome(job: Job) -> None:
    if job.problem is not None:
        show_problem(job, job.problem)
    if job.report is not None:
        report(job.report, job)


def report(told: ImportReport, job: Job) -> None:
    """Show what came in, what was left out, guessed and could not be read."""
    came = [sentence(counted(number, what)) for what, number in told.counts.items() if number]
    if came:
        st.success(show.plain(", ".join(came)))
    else:
        st.warning(_("Nothing comes in."))
    for failed in told.failed:
        show.error(job.said(failed))
    _list(
        _("Left out"),
        [
            f"{sentence(counted(o.count, o.what))}: {sentence(o.why)} {_where(o.where)}"
            for o in told.left_out
        ],
        job,
    )
    _list(
        _("Guessed"),
        [f"{_guessed(g)} ({sentence(g.confidence)}) {_where(g.where)}" for g in told.guesses],
        job,
    )
    _list(_("Noted"), [sentence(job.said(note)) for note in told.notes], job)


def _guessed(guess: Guess) -> str:
    what, because = sentence(guess.what), sentence(guess.because)
    return _("{what}, because {why}", what=what, why=because) if because else what


def _where(files: Sequence[str]) -> str:
    more = f" + {len(files) - 3}" if len(files) > 3 else ""
    return f"[{', '.join(files[:3])}{more}]" if files else ""


def _list(title: str, lines: Sequence[str], job: Job) -> None:
    if lines:
        st.markdown(f"**{title}**")
        st.markdown("\n".join(f"- {show.plain(job.said(line))}" for line in lines))


def _brought(job: Job) -> None:
    st.markdown(_("This is stored now:") if job.report is not None else _("Nothing came in."))
    _outcome(job)
    again, read = st.columns(2, vertical_alignment="center")
    if again.button(_("Bring more in"), type="primary", width="stretch", key="import again"):
        jobs.forget()
        st.rerun()
    with read:
        came = job.report.counts if job.report is not None else {}
        if came.get("transcripts") or came.get("corrected transcripts"):
            places.link("familiarisation", _("Read the transcripts"))
    if job.report is not None:
        if came.get("corrected transcripts"):
            st.caption(_("Each correction is one act in the history; undo takes it back."))
        else:
            st.caption(_("It is one act in the history; undo takes it back."))
