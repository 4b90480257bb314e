"""What the project says about itself, and what it calls the steps and the levels."""

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.model.ladder import FIRST_LEVEL, TEMPLATES
from workbench.model.method import STAGE_TEMPLATES
from workbench.project import edits, overview, stages
from workbench.project.door import Project
from workbench.ui import forms, show
from workbench.ui.words import _

_FORM = "settings"
_WORDS = ("title", "objective", "authors", "language", "doi", "synthetic")
_CHOSEN = {"stages": stages.DEFAULT, "method": "framework"}


def panel(project: Project) -> None:
    """Show the settings as a form; all that is changed is stored at once."""
    held = overview.settings(project)
    keys = (*_WORDS, *_CHOSEN)
    fresh = forms.Read(
        {key: held[key].value if key in held else _CHOSEN.get(key, "") for key in keys},
        {key: held[key].row_version if key in held else 0 for key in keys},
    )
    base = forms.opened(_FORM, fresh)
    with st.form(_FORM):
        words, chosen = st.columns(2, gap="large")
        with words:
            typed = _words(base.values)
        with chosen:
            typed |= _templates(base.values)
            _names(base.values)
        if st.form_submit_button(_("Store the settings"), type="primary"):
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
    return {
        "stages": _choice(
            "stages",
            _("What the steps of the method are called"),
            {key: template.title for key, template in STAGE_TEMPLATES.items()},
            values,
        ),
        "method": _choice(
            "method",
            _("What the levels of a new ladder are called"),
            {key: template.title for key, template in TEMPLATES.items()},
            values,
        ),
    }


def _choice(key: str, label: str, options: dict[str, str], values: dict[str, str]) -> str:
    held = values[key] if values[key] in options else _CHOSEN[key]
    return str(
        st.selectbox(
            label,
            list(options),
            index=list(options).index(held),
            format_func=options.__getitem__,
            key=forms.key(_FORM, key),
        )
    )


def _names(values: dict[str, str]) -> None:
    """Show the names that the chosen templates give."""
    steps = STAGE_TEMPLATES.get(values["stages"], STAGE_TEMPLATES[stages.DEFAULT])
    ladder = TEMPLATES.get(values["method"], TEMPLATES["framework"])
    st.caption(_("Steps now: {names}", names=" → ".join(steps.names.values())))
    levels = " → ".join(ladder.levels[FIRST_LEVEL - 1 :])
    st.caption(_("Levels now: {names}. Source: {source}.", names=levels, source=ladder.source))
