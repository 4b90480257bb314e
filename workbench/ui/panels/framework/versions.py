"""The versions of frameworks: the tree of them, a new one, release, differences."""

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import code_list, edits, framework_versions
from workbench.project.door import Project
from workbench.ui import places, session, show
from workbench.ui.words import _, n_


def tree(project: Project) -> None:
    """Show which version was made from which, with its state and numbers."""
    for row in framework_versions.framework_versions_tree(project).to_dict("records"):
        state = _("released") if row["state"] == "released" else _("draft")
        told = ", ".join(
            (
                state,
                n_("{n} category", "{n} categories", row["categories"]),
                n_("{n} code", "{n} codes", row["codes"]),
                n_("{n} coding", "{n} codings", row["codings"]),
            )
        )
        line = st.columns([1 + row["depth"], 12, 14], vertical_alignment="center")
        with line[1]:
            places.link("framework", show.plain(row["version"]), framework=row["version"])
        line[2].caption(told)


def begin(project: Project, current: str | None) -> None:
    """Show a form that begins a draft: from the version that is open, or of a new framework."""
    with st.form("begin", border=False):
        anew = current is None or _anew(current)
        name = st.text_input(
            _("Name of the framework"), key="begin name", help=_("For a new framework")
        )
        version = st.text_input(_("Version"), "" if current else "1", key="begin version")
        objective = st.text_input(_("What it is for"), key="begin objective")
        if st.form_submit_button(_("Begin"), type="primary"):
            _begun(project, None if anew else current, name, version, objective)


def _anew(current: str) -> bool:
    """Let the researcher say whether a draft is of a new framework, or from the open version."""
    ways = [_("from {version}", version=current), _("a new framework")]
    return bool(st.radio(_("Begin a draft"), ways, key="begin way") == ways[1])


def _begun(project: Project, parent: str | None, name: str, version: str, objective: str) -> None:
    try:
        if parent is None:
            made = edits.begin_framework(project, name, version or "1", objective=objective)
        else:
            made = edits.begin_draft(project, parent, version, objective=objective or None)
    except WorkbenchError as problem:
        show.error(problem)
        return
    session.ask("framework", made)
    st.rerun()


def release(project: Project, reference: str) -> None:
    """Show what a release means, and the button that does it."""
    st.markdown(_("A released version never changes. A change means a new draft from it."))
    if st.button(_("Release {version}", version=show.plain(reference)), type="primary"):
        with show.problems():
            edits.release(project, reference)
            st.rerun()


def differences(project: Project, reference: str) -> None:
    """Show in words what is different between two versions."""
    others = [r for r in code_list.references(project) if r != reference]
    if not others:
        st.caption(_("There is no other version yet."))
        return
    other = st.selectbox(_("Compare with"), others, key="compare with")
    found = framework_versions.framework_diff(project, str(other), reference)
    st.caption(show.plain(found.attrs["note"]))
    if found.empty:
        st.markdown(_("No difference."))
        return
    heads = {"difference": _("Difference"), "before": _("Before"), "after": _("After")}
    heads["reason"] = _("Why")
    st.dataframe(found[list(heads)].rename(columns=heads), hide_index=True, row_height=60)
