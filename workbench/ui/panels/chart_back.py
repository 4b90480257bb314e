"""A chart that a colleague edited comes back: look what is new, answer, and take it in."""

from typing import cast

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.model.chart_file import (
    CLOSING,
    OPENING,
    Answer,
    ChartBack,
    Compared,
    What,
    Wording,
)
from workbench.model.report import ImportReport, counted
from workbench.project import chart_back, edits
from workbench.project.door import Project
from workbench.ui import answers, differences, jobs, parts, session, show
from workbench.ui.kept import kept
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_

_BACK, _ROUND, _SHOWN = "chart back", "chart back round", "chart back shown"
_SEEN = "chart back seen"
"""The newest act when the page was last shown."""
_AT_FIRST, _MORE = 100, 500
MOST = 25
"""Conflicts that are shown at once; the next come when these are answered."""


def panel(project: Project) -> None:
    """Show where the workbook goes in, what it would bring, and the button that takes it in."""
    back: ChartBack | None = session.remembered(_BACK, None)
    if back is None:
        _upload(project)
        return
    given = _held()
    try:
        name = f"chart back {_round()} {sorted(given.items())}"
        report = kept(project, name, lambda: chart_back.look(project, back, given))
    except WorkbenchError as problem:
        show.error(problem)
        _leave()
        return
    _look(project, back, report, given)


def _round() -> int:
    """Return the number of the upload, under which its answers stand."""
    return int(session.remembered(_ROUND, 0))


def _upload(project: Project) -> None:
    st.markdown(
        _(
            "Somebody edited a workbook that was saved here (*Save as*, *Excel*) in Excel or "
            "LibreOffice. Drag it here: each statement is compared with what it was and with what "
            "it is here now. Nothing is stored until you take it in."
        )
    )
    sent = st.file_uploader(
        _("The edited workbook"),
        type=["xlsx"],
        key=f"chart back file {_round()}",
        label_visibility="collapsed",
    )
    if sent is None:
        return
    with st.spinner(_("Reading the workbook …")):
        back = jobs.read_once(sent.name, sent.getvalue(), chart_back.read)
    if back is not None:
        session.remember(_BACK, back)
        session.remember(_SEEN, [act["seq"] for act in project.history(1)])
        st.rerun()


def _leave() -> None:
    if st.button(_("Leave it"), key="chart back leave", width="stretch"):
        _forget()
        st.rerun()


def _forget() -> None:
    session.remember(_BACK, None)
    session.remember(_SHOWN, _AT_FIRST)
    session.remember(_ROUND, _round() + 1)


def _look(
    project: Project, back: ChartBack, report: ImportReport, given: dict[str, Answer]
) -> None:
    """Show what the workbook would bring, its questions, and the buttons."""
    compared = report.chart
    if compared is None:
        return
    st.markdown(f"**{show.plain(report.source)}** · {show.plain(back.base.framework)}")
    st.markdown(_in_numbers(compared.rows, compared.same))
    for note in report.notes:
        st.warning(show.plain(sentence(note)))
    _ask(compared.conflicts, given)
    _table([row for row in compared.rows if row.what != "conflict"])
    _left_out(report)
    brings = any(what not in _NO_CHANGE for what in report.counts)
    newest = [act["seq"] for act in project.history(1)]
    changed_since = session.remembered(_SEEN, newest) != newest
    session.remember(_SEEN, newest)
    take, leave = st.columns(2)
    with leave:
        _leave()
    if take.button(
        _("Take it in"),
        type="primary",
        disabled=not brings,
        key="chart back take",
        width="stretch",
    ):
        if changed_since:
            st.warning(_("Somebody changed the project meanwhile. Look again, then take it in."))
            return
        with show.problems(), st.spinner(_("Taking it in …")):
            edits.take_chart_back(project, back, answers=given)
            _forget()
            st.toast(show.plain(sentence(project.did)))
            st.rerun()
    left = len(compared.unanswered)
    if left:
        st.caption(
            n_(
                "{n} conflict has no answer: its statement stays as it is here.",
                "{n} conflicts have no answer: their statements stay as they are here.",
                left,
            )
        )
    st.caption(_("Nothing of this is stored yet. It will be one act in the history."))


_NO_CHANGE = ("open conflicts", "conflicts without change")


def _in_numbers(rows: list[Compared], same: int) -> str:
    """Return how many statements there are of each kind."""
    number = {what: sum(row.what == what for row in rows) for what in _names()}
    said = [f"{name}: **{number[what]}**" for what, name in _names().items()]
    return " · ".join([*said, f"{_('The same')}: **{same}**"])


def _names() -> dict[What, str]:
    return {
        "conflict": _("Changed on both sides"),
        "new": _("New in the file"),
        "changed": _("Changed in the file"),
        "withdrawn": _("Taken out in the file"),
        "changed here": _("Changed only here"),
    }


# --- what both sides changed --------------------------------------------------------------


def _held() -> dict[str, Answer]:
    """Return statement → answer, of the conflicts that were answered in this page."""
    return cast("dict[str, Answer]", answers.held(_key("")))


def _key(statement_id: str) -> str:
    return f"back {session.key()} {_round()} {statement_id}"


def _ask(conflicts: list[Compared], given: dict[str, Answer]) -> None:
    """Show the conflicts with their three texts, and the choices."""
    asked = [row for row in conflicts if row.answer is None or row.statement_id in given]
    if not asked:
        return
    st.subheader(_("Which text stands?"))
    open_ones = [row for row in asked if row.answer is None]
    said = _answers()
    if len(open_ones) > 1:
        columns = st.columns(len(said))
        for column, answer in zip(columns, said, strict=True):
            column.button(
                _("All open ones: {answer}", answer=said[answer]),
                key=f"chart back all {answer}",
                on_click=_answer_all,
                args=([row.statement_id for row in open_ones], answer),
                width="stretch",
            )
    for number, row in enumerate(asked[: MOST + len(asked) - len(open_ones)], 1):
        _one(number, row)


def _answers() -> dict[Answer, str]:
    return {"mine": _("as it is here"), "theirs": _("as in the file"), "both": _("both")}


def _answer_all(statements: list[str], answer: Answer) -> None:
    for statement_id in statements:
        st.session_state[_key(statement_id)] = answer


def _one(number: int, row: Compared) -> None:
    """Show one conflict from all sides, and the choice."""
    said = _answers()
    with st.container(border=True):
        st.markdown(f"**{number}. {show.plain(row.case)} × {show.plain(row.code)}**")
        was = _worded(row.was)
        sides = ((_("As it was"), row.was), (_("Here"), row.here), (_("In the file"), row.file))
        for column, (title, wording) in zip(st.columns(3), sides, strict=True):
            column.caption(title)
            _before, now = differences.compared(was, _worded(wording))
            column.markdown(now or f"*{_('taken out')}*")
        two = row.here and row.file
        st.radio(
            _("Answer to question {n}", n=number),
            list(said) if two else ["mine", "theirs"],
            index=None,
            format_func=lambda answer: said[answer],
            key=_key(row.statement_id),
            horizontal=True,
            label_visibility="collapsed",
        )


def _worded(wording: Wording | None) -> str:
    """Return a statement as the file shows it; a comment says that it is one."""
    if wording is None:
        return ""
    if wording.kind == "verbatim":
        return OPENING + wording.text + CLOSING
    comment = f" ({sentence('comment')})" if wording.kind == "comment" else ""
    return wording.text + comment


# --- what else is different ---------------------------------------------------------------


def _table(rows: list[Compared]) -> None:
    """Show what only one side changed, with both texts side by side."""
    if not rows:
        return
    names = _names()
    st.subheader(_("What only one side changed"))
    many = int(session.remembered(_SHOWN, _AT_FIRST))
    parts.part(
        "listing",
        "chart back rows",
        {
            "label": _("What only one side changed"),
            "columns": [
                _("What"),
                _("Case"),
                _("Code"),
                _("Here"),
                _("In the file"),
                _("Place in the file"),
            ],
            "rows": [
                [
                    names[row.what],
                    row.case,
                    row.code,
                    _worded(row.here),
                    _worded(row.file),
                    row.place,
                ]
                for row in rows[:many]
            ],
            "tall": True,
        },
    )
    more = len(rows) - many
    if more > 0 and st.button(n_("{n} more", "{n} more", more), key="chart back more"):
        session.remember(_SHOWN, many + _MORE)
        st.rerun()


def _left_out(report: ImportReport) -> None:
    """List what is not taken in, and why."""
    if not report.left_out:
        return
    st.subheader(_("Not taken in"))
    lines = [
        f"- {show.plain(sentence(counted(o.count, o.what)))}: {show.plain(sentence(o.why))} "
        f"({show.plain(_places(o.where))})"
        for o in report.left_out
    ]
    st.markdown("\n".join(lines))


def _places(where: tuple[str, ...]) -> str:
    more = f" + {len(where) - 5}" if len(where) > 5 else ""
    return f"{', '.join(map(sentence, where[:5]))}{more}"
