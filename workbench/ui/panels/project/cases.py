"""Cases and their attributes in a grid; which words are a case's."""

from typing import Any

import streamlit as st

from workbench.errors import ChangedMeanwhile, WorkbenchError
from workbench.model.case import ATTRIBUTE_TYPES
from workbench.project import case_list, edits
from workbench.project.case_list import CaseGrid
from workbench.project.door import Project
from workbench.ui import downloads, session, show
from workbench.ui.panels.project import grid, spans
from workbench.ui.words import _, n_

_BASE, _ROUND = "cases read", "cases round"


def panel(project: Project) -> None:
    """Show the grid of cases, what else can be done with them, and the words of one."""
    fresh = case_list.grid(project)
    if not fresh.cases and not fresh.attributes:
        st.caption(
            _(
                "No cases yet. Transcripts make cases when they come in; or type their names into "
                "the grid, or paste them from Excel."
            )
        )
    _grid(project, fresh)
    _tools(project, fresh)
    wordless = case_list.wordless(project)
    if wordless:
        shown = ", ".join(wordless[:8]) + (" …" if len(wordless) > 8 else "")
        told = n_("{n} case has no words yet:", "{n} cases have no words yet:", len(wordless))
        st.caption(f"{told} {show.plain(shown)}")
    if fresh.cases:
        st.divider()
        spans.panel(project, fresh)


def types() -> dict[str, str]:
    """Return what the types of attributes are called."""
    return {
        "text": _("text"),
        "category": _("category"),
        "integer": _("whole number"),
        "float": _("number"),
        "boolean": _("yes or no"),
        "date": _("date"),
    }


# --- the grid -----------------------------------------------------------------------------


def _grid(project: Project, fresh: CaseGrid) -> None:
    """Show the grid; it stays as it was read for as long as it holds unsaved words."""
    editor = f"cases {st.session_state.setdefault(_ROUND, 0)}"
    base = (
        session.remembered(_BASE, fresh) if grid.is_dirty(st.session_state.get(editor)) else fresh
    )
    session.remember(_BASE, base)
    frame, columns = grid.frame(base)
    told = types()
    config = {
        key: st.column_config.TextColumn(
            _("Case") if name is None else show.plain(name),
            help=None if name is None else told[kind],
            pinned=name is None,
            required=name is None,
        )
        for key, (name, kind) in columns.items()
    }
    edited = st.data_editor(
        frame,
        key=editor,
        column_config=config,
        num_rows="add",
        hide_index=True,
        height=min(36 * (len(frame) + 2) + 4, 520),
    )
    wanted = grid.difference(base, edited)
    save, drop, told_of = st.columns([2, 2, 6], vertical_alignment="center")
    changes = wanted.number
    if save.button(_("Store the changes"), type="primary", disabled=not changes, width="stretch"):
        _store(project, wanted)
    if drop.button(_("Drop them"), disabled=not changes, width="stretch"):
        _anew()
    told_of.caption(
        n_("{n} change is not stored yet", "{n} changes are not stored yet", changes)
        if changes
        else _("Click a cell and type, or paste cells copied in Excel. A last row adds a case.")
    )
    if base != fresh:
        _other(project, wanted, fresh)


def _store(project: Project, wanted: grid.Changes) -> None:
    try:
        edits.change_cases(
            project, wanted.cells, added=wanted.added, labels=wanted.labels, read=wanted.read
        )
    except ChangedMeanwhile:
        return  # both are shown below the grid
    except WorkbenchError as problem:
        show.error(problem)
        return
    _anew()


def _anew() -> None:
    st.session_state[_ROUND] += 1
    st.rerun()


def _other(project: Project, wanted: grid.Changes, fresh: CaseGrid) -> None:
    """Show where somebody else changed what is changed here too, and let them choose."""
    now = {case.label: case.values for case in fresh.cases}
    both = [
        (case, name, now[case].get(name, ""), value)
        for case, values in wanted.cells.items()
        for name, value in values.items()
        if case in now and now[case].get(name, "") not in (wanted.read[case][name], value)
    ]
    if not both:
        return
    with st.container(border=True):
        st.markdown(f"**{_('Somebody else changed these cells after you opened them:')}**")
        for case, name, theirs, mine in both:
            st.text(f"{case} · {name}: {_('theirs')} “{theirs}”, {_('yours')} “{mine}”")
        keep, take = st.columns(2)
        if keep.button(_("Store mine"), key="cases mine", width="stretch"):
            _store(project, wanted.reading(now))
        if take.button(_("Keep theirs, store the rest"), key="cases theirs", width="stretch"):
            _store(
                project, wanted.without((case, name) for case, name, _t, _m in both).reading(now)
            )


# --- beside the grid ----------------------------------------------------------------------


def _tools(project: Project, held: CaseGrid) -> None:
    row = st.columns([2, 2, 2, 2, 2], vertical_alignment="center")
    with row[0].popover(_("New attribute"), width="stretch"):
        _new_attribute(project)
    with row[1].popover(_("Change an attribute"), width="stretch", disabled=not held.attributes):
        _attribute(project, held)
    with row[2]:
        if st.button(
            _("Bring a table in"),
            width="stretch",
            help=_("A csv or xlsx with the column case, and one for each attribute"),
        ):
            session.ask("view", "import")
            st.rerun()
    with row[3]:
        downloads.button(_("Cases as csv"), "cases.csv", "cases csv", what="cases")
    with row[4]:
        downloads.button(_("Cases as Excel"), "cases.xlsx", "cases xlsx", what="cases")


def _new_attribute(project: Project) -> None:
    told = types()
    with st.form("new attribute", border=False, clear_on_submit=False):
        name = st.text_input(_("Name"), key="new attribute name")
        kind: Any = st.selectbox(
            _("What it holds"), ATTRIBUTE_TYPES, format_func=lambda k: told[k], key="new kind"
        )
        if st.form_submit_button(_("Add it"), type="primary"):
            with show.problems():
                edits.set_attributes(project, {}, kinds={name: kind})
                _anew()


def _attribute(project: Project, held: CaseGrid) -> None:
    told = types()
    names = [a.name for a in held.attributes]
    chosen = st.selectbox(_("Attribute"), names, key="attribute chosen")
    if chosen is None:
        return
    (one,) = (a for a in held.attributes if a.name == chosen)
    with st.form(f"attribute {chosen}", border=False):
        name = st.text_input(_("Its name"), value=one.name)
        if st.form_submit_button(_("Rename it")):
            with show.problems():
                edits.rename_attribute(project, chosen, name, row_version=one.row_version)
                _anew()
    with st.form(f"type {chosen}", border=False):
        kinds: list[Any] = list(ATTRIBUTE_TYPES)
        kind = st.selectbox(
            _("What it holds"),
            kinds,
            index=kinds.index(one.type),
            format_func=lambda k: told[k],
        )
        if st.form_submit_button(_("Change its type")):
            with show.problems():
                edits.change_attribute_type(project, chosen, kind, row_version=one.row_version)
                _anew()
    if st.button(_("Take it away, with its values"), key="attribute away"):
        with show.problems():
            edits.withdraw_attribute(project, chosen)
            _anew()
