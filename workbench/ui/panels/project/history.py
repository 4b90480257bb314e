"""Who did what when, the way back, whether all is as it was written, and copies."""

from typing import Any

import streamlit as st

from workbench.errors import Refused, WorkbenchError
from workbench.project import backups
from workbench.project.checking import Finding
from workbench.project.door import Project
from workbench.ui import parts, session, show
from workbench.ui.kept import kept
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_

_AT_FIRST, _MORE = 50, 200
_CHECKED = "checked"


def panel(project: Project) -> None:
    """Show the history with undo and redo, the check, and the backups."""
    acts = project.history()
    _ways(project)
    shown = [line for act in _filtered(acts) for line in _with_merged(act)]
    many = session.remembered("history shown", _AT_FIRST)
    parts.part(
        "listing",
        "history",
        {
            "label": _("History"),
            "columns": [_("No."), _("When (UTC)"), _("Who"), _("What")],
            "rows": [_row(act) for act in shown[:many]],
            "off": [n for n, act in enumerate(shown[:many]) if act["undone"]],
            "empty": _("Nothing was done here yet."),
            "tall": True,
        },
    )
    if len(shown) > many and st.button(
        n_("{n} more", "{n} more", len(shown) - many), key="history more"
    ):
        session.remember("history shown", many + _MORE)
        st.rerun()
    check, copies = st.columns(2, gap="medium")
    with check, st.container(border=True):
        _check(project)
    with copies, st.container(border=True):
        _backups(project)


def _row(act: dict[str, Any]) -> list[str]:
    said = sentence(act["summary"])
    if act["undone"]:
        said += f"  ({_('undone')})"
    if not act["seq"]:
        said = f"↳ {said}"
    return [str(act["seq"] or ""), act["at"][:16].replace("T", " "), act["who"], said]


def _with_merged(act: dict[str, Any]) -> list[dict[str, Any]]:
    """Return an act, and below it those that it brought from another copy, newest first."""
    brought = ({**one, "seq": 0, "undone": act["undone"]} for one in reversed(act["merged"]))
    return [act, *brought]


def _ways(project: Project) -> None:
    row = st.columns(4)
    doings = [
        (_("Undo my newest"), project.undo, True),
        (_("Redo mine"), project.redo, True),
        (_("Undo anybody's newest"), project.undo, False),
        (_("Redo anybody's"), project.redo, False),
    ]
    for column, (label, do, mine) in zip(row, doings, strict=True):
        if column.button(label, width="stretch", key=f"history {label}"):
            try:
                said = do(only_mine=mine)
            except WorkbenchError as problem:
                show.error(problem)
            else:
                st.toast(show.plain(sentence(said)))
                st.rerun()


def _filtered(acts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    people = list(dict.fromkeys(act["who"] for act in acts))
    if len(people) < 2:
        return acts
    who = st.selectbox(
        _("By whom"), ["", *people], format_func=lambda p: p or _("everybody"), key="history who"
    )
    return [act for act in acts if who in ("", act["who"])]


def _check(project: Project) -> None:
    st.markdown(f"**{_('Is everything as it was written?')}**")
    st.caption(
        _("Every quotation at its place, every text and release unchanged, every act sealed.")
    )
    if st.button(_("Check the project"), width="stretch"):
        session.remember(_CHECKED, len(project.history()))
    if session.remembered(_CHECKED, None) != len(project.history()):
        return
    with st.spinner(_("Checking …")):
        findings = kept(project, "check", project.check)
    broken = [f for f in findings if f.severity == "broken"]
    if not broken:
        st.success(_("All ten laws hold."))
    for finding in findings[:_AT_FIRST]:
        shown = st.error if finding.severity == "broken" else st.warning
        shown(show.plain(_told(finding)))
    if len(findings) > _AT_FIRST:
        st.caption(_("{n} more findings are not shown.", n=len(findings) - _AT_FIRST))


def _told(finding: Finding) -> str:
    """Return what a law says of the project, as `Finding.sentence` has it."""
    return _(
        "Law {n} ({law}): {what} {thing} {problem}.",
        n=finding.law,
        law=sentence(finding.of_law),
        what=sentence(finding.what.replace("_", " ")),
        thing=sentence(finding.thing),
        problem=sentence(finding.problem),
    )


def _backups(project: Project) -> None:
    st.markdown(f"**{_('Backups')}**")
    try:
        copies = backups.held(project)
    except Refused as problem:
        st.markdown(show.plain(sentence(str(problem))))
        return
    if st.button(_("Make a backup now"), width="stretch"):
        with show.problems(), st.spinner(_("Writing …")):
            made = backups.make(project)
            st.toast(show.plain(made.name))
            copies = backups.held(project)
    st.caption(_("A complete copy beside the project; it can be opened as a project of its own."))
    for copy in copies:
        told, go = st.columns([5, 2], vertical_alignment="center")
        told.markdown(
            f"{copy.at:%Y-%m-%d %H:%M} UTC · {copy.size / 1e6:.1f} MB  \n"
            + show.plain(copy.path.name)
        )
        if go.button(_("Open it"), key=f"backup {copy.path.name}", width="stretch"):
            session.enter(str(copy.path))
            st.rerun()
