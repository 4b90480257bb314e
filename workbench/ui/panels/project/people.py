"""The team: who is in it, with the profile that a report needs."""

from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.model.memo import PERSON_ROLES
from workbench.project import edits
from workbench.project.door import Project
from workbench.project.team import people
from workbench.ui import forms, parts, session, show
from workbench.ui.words import _

_FIELDS = ("name", "role", "credentials", "occupation", "experience")


def roles() -> dict[str, str]:
    """Return what the roles are called."""
    return {"owner": _("owner"), "coder": _("coder"), "reader": _("reader")}


def panel(project: Project) -> None:
    """Show a form for one of the team, one for somebody new, and the team as a table."""
    team = [person._asdict() for person in people(project)]
    left, right = st.columns(2, gap="medium")
    with left, st.container(border=True):
        if team:
            handle = session.choose(_("Profile of"), [p["handle"] for p in team], "person")
            _profile(project, next(p for p in team if p["handle"] == handle))
        else:
            st.caption(_("Add somebody to write a profile."))
    with right, st.container(border=True):
        _new(project)
    _table(team)


def _table(team: list[dict[str, Any]]) -> None:
    told = roles()
    columns = [_("Handle"), _("Name"), _("Role"), _("Credentials"), _("Occupation")]
    fields = ("handle", "name", "role", "credentials", "occupation")
    parts.part(
        "listing",
        "people",
        {
            "label": _("The team"),
            "columns": [*columns, _("Experience")],
            "rows": [
                [
                    *(told.get(p[f], p[f]) if f == "role" else p[f] for f in fields),
                    p["experience"],
                ]
                for p in team
            ],
            "empty": _("Nobody is in the team yet. Who works here first is added by working."),
        },
    )


def _profile(project: Project, person: dict[str, Any]) -> None:
    name = f"profile {person['handle']}"
    fresh = forms.Read({f: person[f] for f in _FIELDS}, {"person": person["row_version"]})
    base = forms.opened(name, fresh)
    with st.form(name, border=False):
        typed = _fields(name, base.values)
        if st.form_submit_button(_("Store the profile"), type="primary"):
            changed = forms.changed(base, typed)
            if changed:
                _store(project, person["handle"], changed, base.version, name)


def _store(project: Project, handle: str, changed: dict[str, str], version: int, form: str) -> None:
    try:
        edits.change_profile(project, handle, changed, row_version=version)
    except WorkbenchError as problem:
        show.error(problem)
        return
    forms.close(form)
    st.rerun()


def _fields(form: str, values: dict[str, str]) -> dict[str, str]:
    told = roles()
    labels = {
        "name": _("Name"),
        "credentials": _("Credentials"),
        "occupation": _("Occupation"),
        "experience": _("Experience"),
    }
    role = values["role"] if values["role"] in PERSON_ROLES else PERSON_ROLES[1]
    typed = {
        "role": str(
            st.selectbox(
                _("Role"),
                PERSON_ROLES,
                index=PERSON_ROLES.index(role),
                format_func=lambda r: told[r],
                key=forms.key(form, "role"),
            )
        )
    }
    for field, label in labels.items():
        typed[field] = st.text_input(label, values[field], key=forms.key(form, field)).strip()
    return {field: typed[field] for field in _FIELDS}


def _new(project: Project) -> None:
    with st.form("new person", border=False):
        handle = st.text_input(
            _("Add somebody: a short name"), key="new person:handle", placeholder="kari"
        )
        typed = _fields("new person", {**dict.fromkeys(_FIELDS, ""), "role": "coder"})
        if st.form_submit_button(_("Add to the team"), type="primary"):
            try:
                edits.add_person(project, handle, **typed)  # type: ignore[arg-type]  # checked there
            except WorkbenchError as problem:
                show.error(problem)
                return
            forms.close("new person")
            session.ask("person", handle.strip())
            st.rerun()
