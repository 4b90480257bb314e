"""The framework: its versions, the tree of its categories and codes, what each of them says."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import code_list, edits, framework_page, views
from workbench.project.door import Project
from workbench.project.framework_page import Entry
from workbench.ui import parts, session, show
from workbench.ui.panels.framework import entry as entry_panel
from workbench.ui.panels.framework import migration, versions
from workbench.ui.words import _

VIEW = "framework tree"


def page(project: Project) -> None:
    """Show one version: its tree at the left, what is picked in it at the right."""
    references = code_list.references(project)
    if not references:
        show.empty(
            _("No framework yet"),
            _("Begin one here, or bring one in as a file on the page Project."),
        )
        versions.begin(project, None)
        return
    versions.follow()
    bar = st.columns([4, 2, 2, 2, 2, 2], vertical_alignment="bottom")
    with bar[0]:
        reference = session.choose_version(references, first=code_list.in_use(project))
    held = views.framework(project, reference)
    draft = held.state != "released"
    steps = held.parent is not None
    with bar[1].popover(_("Versions"), width="stretch"):
        versions.tree(project)
    with bar[2].popover(_("New draft"), width="stretch"):
        versions.begin(project, reference)
    with bar[3].popover(_("Differences"), width="stretch"):
        versions.differences(project, reference)
    with bar[4].popover(_("Codings"), width="stretch"):
        migration.panel(project, reference)
    if draft:
        with bar[5].popover(_("Release"), width="stretch"):
            versions.release(project, reference)
    else:
        bar[5].markdown(_("✓ released"))
    entries = framework_page.entries(project, reference)
    left, right = st.columns([3, 2], gap="medium")
    with left:
        picked = _tree(reference, entries, may=draft)
        if draft:
            _adding(project, reference, entries, picked, steps=steps)
    with right:
        _entry(project, reference, entries, picked, draft=draft, steps=steps)


def _tree(reference: str, entries: Sequence[Entry], *, may: bool) -> Entry | None:
    """Show the tree and return what is picked in it."""
    said = parts.told(VIEW)
    if said:
        session.put_address("code", str(said.get("id", "")))
        session.remember("entry", said.get("id"))
    wanted = session.addressed("code")
    asked = wanted or session.remembered("entry", None)
    session.remember("entry", asked)
    picked = next((e for e in entries if e.id == asked), None)
    if wanted and picked is None:
        session.not_here(_("Code"), wanted)
    if not entries:
        show.empty(_("No categories or codes yet"), _("Add a category below, then codes in it."))
        return None
    parts.part("tree", VIEW, tree_data(reference, entries, picked, may=may))
    return picked


def tree_data(
    reference: str, entries: Sequence[Entry], picked: Entry | None, *, may: bool
) -> dict[str, Any]:
    """Return what the part “tree” shows."""
    return {
        "view": VIEW,
        "label": reference,
        "framework": reference,
        "picked": picked.id if picked else None,
        "may": may,
        "rows": [
            {
                **{f: getattr(e, f) for f in ("thing", "id", "depth", "number", "name")},
                **{f: getattr(e, f) for f in ("heading", "below", "codings", "version")},
                "ink": e.colour,
                "bare": not e.definition,
            }
            for e in entries
        ],
    }


def _adding(
    project: Project,
    reference: str,
    entries: Sequence[Entry],
    picked: Entry | None,
    *,
    steps: bool,
) -> None:
    """Show two buttons below the tree: one opens a form for a code, one for a category."""
    heads = {e.id: f"{e.number} {e.name}".strip() for e in entries if e.thing == "category"}
    here = (picked.id if picked.thing == "category" else picked.heading) if picked else ""
    number = session.remembered("entries added", 0)  # the forms are emptied by what is added
    new_code, new_category = st.columns(2)
    with (
        new_code.popover(_("New code"), width="stretch"),
        st.form(f"add code {number}", border=False),
    ):
        name = st.text_input(_("Name of a new code"))
        options = ["", *heads]
        under = st.selectbox(
            _("In the category"),
            options,
            index=options.index(here) if here in options else min(1, len(heads)),
            format_func=lambda h: heads.get(h, _("none")),
        )
        definition = st.text_area(_("Definition"), height=68)
        reason = entry_panel.why("new code why") if steps else ""
        if st.form_submit_button(_("Add code"), type="primary"):
            _added(
                lambda: edits.add_code(
                    project,
                    reference,
                    name,
                    category=under or None,
                    definition=definition,
                    reason=reason,
                )
            )
    with (
        new_category.popover(_("New category"), width="stretch"),
        st.form(f"add category {number}", border=False),
    ):
        name = st.text_input(_("Name of a new category"))
        reason = entry_panel.why("new category why") if steps else ""
        if st.form_submit_button(_("Add category"), type="primary"):
            _added(lambda: edits.add_category(project, reference, name, reason=reason))


def _added(act: Callable[[], str]) -> None:
    try:
        made = act()
    except WorkbenchError as problem:
        show.error(problem)
        return
    session.remember("entry", made)
    session.remember("entries added", session.remembered("entries added", 0) + 1)
    st.rerun()


def _entry(
    project: Project,
    reference: str,
    entries: Sequence[Entry],
    picked: Entry | None,
    *,
    draft: bool,
    steps: bool,
) -> None:
    if picked is None:
        st.caption(_("Choose a category or a code in the tree."))
    elif draft:
        entry_panel.editing(project, reference, picked, entries, steps=steps)
    else:
        entry_panel.reading(picked)
