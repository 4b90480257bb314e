"""Another copy of the project: look what it brings and asks, answer, and join the two."""

import shutil
from pathlib import Path

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import door, edits, merging, opening
from workbench.project.door import Project
from workbench.ui import answers, jobs, parts, session, show
from workbench.ui.panels.project.opening import placed
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_

_OTHER = "other copy"
_LARGEST = 200
"""MB of a copy that is sent; a larger one is named, and read where it lies."""
_SENT, _SENDING = "folder of the other copy", "round of the other copy"


def panel(project: Project) -> None:
    """Show where the other copy is chosen, what it would bring, and the button that joins."""
    st.markdown(
        _(
            "Somebody worked in a copy of this project. What only one of you changed is taken "
            "over; what both changed in two ways, or does not fit together, is asked. Nothing is "
            "stored until you join them."
        )
    )
    _choose(project)
    place = session.remembered(_OTHER, "")
    if not place:
        return
    try:
        with door.open_project(place, who=project.who) as other:
            joined = _look(project, other)
    except WorkbenchError as problem:
        sent = session.remembered(_SENT, None)
        show.error(str(problem).replace(f"{sent}/", "") if sent else problem)
        return
    if joined:
        _leave_sent()
        st.toast(show.plain(sentence(project.did)))
        st.rerun()


def _choose(project: Project) -> None:
    with st.form("choose copy", border=False):
        name, go = st.columns([5, 1], vertical_alignment="bottom")
        said = name.text_input(
            _("The other copy: its file, or the address of its database"),
            key="copy place",
            placeholder="study.fwb",
        )
        if go.form_submit_button(_("Look at it"), width="stretch") and said.strip():
            folder = Path(project.where).parent if project.store.is_file else Path.cwd()
            _leave_sent()
            session.remember(_OTHER, placed(said.strip(), str(folder)))
    number = session.remembered(_SENDING, 0)
    sent = st.file_uploader(
        _("Or put its file here"),
        type=["fwb"],
        max_upload_size=_LARGEST,
        key=f"copy file {number}",
    )
    if sent is not None:
        _leave_sent()
        folder, (path,) = jobs.put_aside([(sent.name, sent.getvalue())])
        session.remember(_SENT, folder)
        session.remember(_OTHER, str(path))
        session.remember(_SENDING, number + 1)
        st.rerun()


def _leave_sent() -> None:
    """Forget the other copy; if it was sent, its file goes."""
    folder = session.remembered(_SENT, None)
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
    session.remember(_SENT, None)
    session.remember(_OTHER, "")


def _look(project: Project, other: opening.Project) -> bool:
    """Show what a merge would bring, its questions, and the button; whether they are joined."""
    given = _held()
    report = merging.preview(project, other, merging.Choices(given))
    name = show.plain(report.source)
    if not report.acts:
        st.success(_("{name}: nothing that is not here already.", name=name))
        return False
    since = n_("{n} act since the two went apart", "{n} acts since the two went apart", report.acts)
    st.markdown(f"**{name}**: {since}")
    titles = {
        "what": _("What"),
        "new": _("New"),
        "changed": _("Changed"),
        "withdrawn": _("Withdrawn"),
    }
    if report.counts:
        data = {
            "label": _("What"),
            "columns": list(titles.values()),
            "rows": [
                [sentence(row["what"]), *(f"{row[n]:,}" for n in list(titles)[1:])]
                for row in report.counts
            ],
        }
        parts.part("listing", "merge counts", data)
    for note in report.notes:
        st.markdown(f"- {show.plain(sentence(note))}")
    left = [q for q in report.questions if q["question"] not in given]
    either = [q["question"] for q in left if q["choices"] == "mine or theirs"]
    if len(either) > 1:
        said = {"mine": _("as it is here"), "theirs": _("as it is there")}
        for column, (answer, words) in zip(st.columns(2), said.items(), strict=True):
            column.button(
                _("All open ones: {answer}", answer=words),
                key=f"merge all {answer}",
                on_click=_answer_all,
                args=(either, answer),
                width="stretch",
            )
    for number, question in enumerate(report.questions, 1):
        _ask(number, question)
    if left:
        st.caption(n_("{n} question is open.", "{n} questions are open.", len(left)))
    if st.button(_("Join them"), type="primary", disabled=bool(left), key="join copies"):
        with show.problems(), st.spinner(_("Joining …")):
            edits.merge(project, other, merging.Choices(given))
            return True
    return False


def _held() -> dict[str, str]:
    """Return question → answer, of those that were answered in this page."""
    return answers.held(_key(""))


def _answer_all(questions: list[str], answer: str) -> None:
    for question in questions:
        st.session_state[_key(question)] = answer


def _key(question: str) -> str:
    return f"answer {session.key()} {question}"


def _side(question: dict[str, str], side: str) -> str:
    """Return what a question says of one side; words of ours are said in the language."""
    said = question[side]
    if question["question"].partition(":")[0] in merging.TAKEN_TOGETHER:
        return "\n".join(map(sentence, said.splitlines()))
    gone = question["about"].startswith("withdrawn") and said == "withdrawn"
    return sentence(said) if gone or said in merging.NOT_SHOWN else said


def _ask(number: int, question: dict[str, str]) -> None:
    """Show one question with both sides and the choice."""
    with st.container(border=True):
        noun, quote, name = question["thing"].partition("“")
        called = f"{sentence(noun.strip())} {quote}{name}" if quote else sentence(noun)
        st.markdown(f"**{number}. {show.plain(called)}**")
        st.caption(show.plain(sentence(question["about"])))
        here, there = st.columns(2)
        for column, title, side in ((here, _("Here"), "mine"), (there, _("There"), "theirs")):
            column.caption(title)
            column.text(_side(question, side) or "—")
        said = {
            "mine": _("as it is here"),
            "theirs": _("as it is there"),
            "one": _("one thing"),
            "two": _("two things"),
        }
        st.radio(
            _("Answer to question {n}", n=number),
            question["choices"].split(" or "),
            index=None,
            format_func=lambda choice: said[choice],
            key=_key(question["question"]),
            horizontal=True,
            label_visibility="collapsed",
        )
