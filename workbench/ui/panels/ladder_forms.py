"""Begin a ladder, and change what one and its levels are called."""

import streamlit as st

from workbench.errors import ChangedMeanwhile, WorkbenchError
from workbench.model.ladder import chosen_template
from workbench.project import code_list, edits, ladder_board, mapping, overview
from workbench.project.door import Project
from workbench.project.ladder_board import ShownLadder
from workbench.ui import forms, level_names, session, show
from workbench.ui.dialogs import dialog
from workbench.ui.words import _

_NEW = "new ladder"


def change_button(project: Project, ladder: str) -> None:
    """Show the button that changes the ladder that is shown."""
    if st.button(
        _("Change"), key="change ladder", help=_("Its name and its levels"), width="stretch"
    ):
        dialog(_("Change the ladder"), change_form, ladder_board.shown_ladder(project, ladder))


def new_button() -> None:
    """Show the button that begins another ladder."""
    if st.button(_("New ladder"), key="new ladder button", width="stretch"):
        dialog(_("New ladder"), begin_form)


def begin_form() -> None:
    """Let the researcher name a ladder and its levels, and begin it."""
    project = session.project()
    versions = code_list.references(project)
    first = "" if mapping.ladder_names(project) else "findings"
    name = st.text_input(_("Name"), value=first, key=forms.key(_NEW, "name"))
    usual = overview.settings(project).get("method")
    template = level_names.ask(
        _("Names of the levels"),
        chosen_template(usual.value if usual else "").key,
        lambda field: forms.key(_NEW, field),
    )
    of = st.selectbox(
        _("Of which framework"),
        [*reversed(versions), ""],
        format_func=lambda v: v or _("every framework"),
        help=_("The statements of its chart feed the ladder."),
        key=forms.key(_NEW, "framework"),
    )
    objective = st.text_input(
        _("Objective"), help=_("What this ladder is to answer."), key=forms.key(_NEW, "objective")
    )
    if st.button(_("Begin the ladder"), type="primary"):
        with show.problems():
            edits.add_ladder(
                project, name, template=template, objective=objective, framework=of or None
            )
            forms.close(_NEW)
            session.ask("ladder", name.strip())
            st.rerun()


def change_form(held: ShownLadder) -> None:
    """Show the form that changes a ladder; of two changes at once the second is asked."""
    project = session.project()
    form = f"ladder {held.id} {held.row_version}"
    name = st.text_input(_("Name"), value=held.name, key=forms.key(form, "name"))
    template = level_names.ask(
        _("Names of the levels"), held.template, lambda field: forms.key(form, field)
    )
    objective = st.text_input(
        _("Objective"),
        value=held.objective,
        help=_("What this ladder is to answer."),
        key=forms.key(form, "objective"),
    )
    st.caption(_("Nodes stay on their levels; only what the levels are called changes."))
    if not st.button(_("Save"), type="primary", key="save ladder"):
        return
    read = f"version {form}"
    version = session.remembered(read, held.row_version)
    try:
        edits.change_ladder(
            project,
            held.name,
            name=name,
            template=template,
            objective=objective,
            row_version=version,
        )
    except ChangedMeanwhile:
        now = ladder_board.shown_ladder(project, held.name)
        session.remember(read, now.row_version)
        show.meanwhile(f"{now.name}: {level_names.in_order(now.template)}")
    except WorkbenchError as problem:
        show.error(problem)
    else:
        session.ask("ladder", name.strip())
        st.rerun()
