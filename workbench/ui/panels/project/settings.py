"""What the project says about itself, and what it calls the steps and the levels."""

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.model.ladder import chosen_template
from workbench.model.method import STAGE_TEMPLATES
from workbench.project import edits, overview, stages
from workbench.project.door import Project
from workbench.ui import forms, level_names, show
from workbench.ui.words import _

_FORM = "settings"
_WORDS = ("title", "objective", "authors", "language", "doi", "synthetic")
_CHOSEN = {"stages": stages.DEFAULT, "method": "framework"}


def panel(project: Project) -> None:
    """Show the settings; all that is changed is stored at once."""
    held = overview.settings(project)
    keys = (*_WORDS, *_CHOSEN)
    fresh = forms.Read(
        {key: held[key].value if key in held else _CHOSEN.get(key, "") for key in keys},
        {key: held[key].row_version if key in held else 0 for key in keys},
    )
    base = forms.opened(_FORM, fresh)
    with st.container(border=True):
        words, chosen = st.columns(2, gap="large")
        with words:
            typed = _words(base.values)
        with chosen:
            typed |= _templates(base.values)
        if st.button(_("Store the settings"), type="primary"):
            changed = forms.changed(base, typed)
            if changed:
                _store(project, changed, {key: base.versions[key] for key in changed})


def _store(project: Project, changed: dict[str, str], versions: dict[str, int]) -> None:
    try:
        edits.change_settings(project, changed, row_versions=versions)
    except WorkbenchError as problem:
        show.error(problem)
        return
    forms.close(_FORM)
    st.rerun()


def _words(values: dict[str, str]) -> dict[str, str]:
    labels = {
        "title": _("Title"),
        "objective": _("Objective: what is asked"),
        "authors": _("Authors"),
        "language": _("Language of the material"),
        "doi": _("DOI of the publication"),
        "synthetic": _("What is invented here, if anything is"),
    }
    typed = {}
    for key in _WORDS:
        field = st.text_area if key in ("objective", "synthetic") else st.text_input
        typed[key] = field(labels[key], values[key], key=forms.key(_FORM, key)).strip()
    return typed


def _templates(values: dict[str, str]) -> dict[str, str]:
    titles = {key: template.title for key, template in STAGE_TEMPLATES.items()}
    held = values["stages"] if values["stages"] in titles else stages.DEFAULT
    steps = st.selectbox(
        _("What the steps of the method are called"),
        list(titles),
        index=list(titles).index(held),
        format_func=titles.__getitem__,
        key=forms.key(_FORM, "stages"),
    )
    names = " → ".join(STAGE_TEMPLATES[steps].names.values())
    st.caption(_("Steps: {names}.", names=show.plain(names)))
    method = level_names.ask(
        _("What the levels of a new ladder are called"),
        chosen_template(values["method"]).key,
        lambda field: forms.key(_FORM, field),
    )
    return {"stages": steps, "method": method}
