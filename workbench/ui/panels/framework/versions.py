"""The versions of frameworks: the tree of them, a new one, release, differences."""

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import code_list, edits, framework_versions
from workbench.project.door import Project
from workbench.ui import parts, session, show
from workbench.ui.panels.framework import proposing
from workbench.ui.sentences import sentence
from workbench.ui.words import _

KEY = "versions"


def follow() -> None:
    """Open the version that was chosen in the tree of versions."""
    went = parts.told(KEY)
    if went:
        session.ask("framework", str(went["framework"]))


def tree(project: Project) -> None:
    """Show which version was made from which, with its state and numbers."""
    rows = [
        [
            {
                "text": row["version"],
                "go": {"framework": row["version"]},
                "depth": row["depth"],
            },
            _("released") if row["state"] == "released" else _("draft"),
            *(f"{row[what]:,}" for what in ("categories", "codes", "codings")),
        ]
        for row in framework_versions.framework_versions_tree(project).to_dict("records")
    ]
    data = {
        "label": _("Versions"),
        "columns": [_("Version"), _("State"), _("Categories"), _("Codes"), _("Codings")],
        "rows": rows,
        "tall": True,
    }
    parts.part("listing", KEY, data)


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
    st.caption(show.plain(sentence(found.attrs["note"])))
    if found.attrs["by"] != "steps":
        proposing.panel(project, str(other), reference)
    if found.empty:
        st.markdown(_("No difference."))
        return
    heads = {"difference": _("Difference"), "before": _("Before"), "after": _("After")}
    heads |= {"reason": _("Why"), "codings": _("Codings"), "cells": _("Cells")}
    found = found.assign(difference=found["difference"].map(sentence))
    data = {
        "label": _("Differences"),
        "columns": list(heads.values()),
        "rows": found[list(heads)].astype(str).to_numpy().tolist(),
        "tall": True,
    }
    parts.part("listing", "differences", data)
