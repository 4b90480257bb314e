"""What the project says about itself, and what it calls the steps and the levels."""

import html

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.model.ladder import chosen_template
from workbench.model.method import STAGE_TEMPLATES
from workbench.model.palette import PALETTES, USUAL, Palette, chosen_palette
from workbench.project import edits, overview, stages
from workbench.project.door import Project
from workbench.ui import forms, level_names, show
from workbench.ui.words import _

_FORM = "settings"
_WORDS = ("title", "objective", "authors", "language", "doi", "synthetic")
_CHOSEN = {"stages": stages.DEFAULT, "method": "framework", "colours": USUAL}


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
    return {"stages": steps, "method": method, "colours": _colours(values["colours"])}


def _colours(held: str) -> str:
    """Let the researcher choose a palette, and show its colours on white and on black."""
    words = {
        "usual": _("The usual ones: ten strong colours"),
        "colour-blind": _("For colour-blind eyes: eight colours that all eyes tell apart"),
        "muted": _("Muted: ten quiet tones"),
    }
    options = list(PALETTES)
    chosen = st.selectbox(
        _("Colours of the categories"),
        options,
        index=options.index(chosen_palette(held).key),
        format_func=lambda one: words.get(one, one),
        key=forms.key(_FORM, "colours"),
        help=_("A code that has a colour of its own keeps it."),
    )
    st.html(swatches(PALETTES[chosen]))
    if chosen == "colour-blind":
        st.caption(
            _(
                "Tested on eyes without red, green or blue cones as simulated by {source}.",
                source="Machado, Oliveira & Fernandes (2009)",
            )
        )
    return chosen


def swatches(palette: Palette) -> str:
    """Return the colours of a palette as HTML, on white and on black; none is a user's word."""
    dots = "".join(
        f'<span style="display:inline-block;width:18px;height:18px;margin:3px;'
        f'border-radius:4px;background:{colour}"></span>'
        for colour in palette.colours
    )
    rows = "".join(
        f'<div style="background:{paper};padding:2px 4px;line-height:0">{dots}</div>'
        for paper in ("#ffffff", "#000000")
    )
    label = html.escape(_("The colours on white and on black"), quote=True)
    return f'<div role="img" aria-label="{label}" style="width:fit-content">{rows}</div>'
