"""One category or code: read it, and in a draft change, merge, split or retire it."""

from collections.abc import Sequence

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.model.framework import ORIGINS
from workbench.project import edits
from workbench.project.door import Project
from workbench.project.framework_page import Entry
from workbench.ui import forms, session, show
from workbench.ui.words import _, n_

FIELDS = ("name", "number", "definition", "use_when", "not_when", "example")
_LONG = ("definition", "use_when", "not_when", "example")


def labels() -> dict[str, str]:
    """Return what the fields of a code are called."""
    return {
        "name": _("Name"),
        "number": _("Number"),
        "definition": _("Definition"),
        "use_when": _("Use when"),
        "not_when": _("Not when"),
        "example": _("Example"),
    }


def origins() -> dict[str, str]:
    """Return what it is called where a code comes from."""
    return {
        "a priori": _("a priori"),
        "inductive": _("inductive"),
        "analytic": _("analytic"),
    }


def reading(entry: Entry) -> None:
    """Show a category or code of a released version."""
    st.subheader(show.plain(f"{entry.number} {entry.name}"))
    for field in _LONG:
        said = getattr(entry, field)
        if said:
            st.caption(labels()[field])
            st.text(said)
    if entry.thing == "code":
        st.caption(origins()[entry.origin])
        _used(entry)


def _used(entry: Entry) -> None:
    coded = n_("{n} coding", "{n} codings", entry.codings)
    said = n_("{n} statement", "{n} statements", entry.statements)
    st.caption(_("{codings} and {statements} in this version", codings=coded, statements=said))


def why(key: str) -> str:
    """Ask for the reason of a step from the parent."""
    return st.text_input(_("Why"), key=key)


def editing(
    project: Project, reference: str, entry: Entry, every: Sequence[Entry], *, steps: bool
) -> None:
    """Show the form of a category or code of a draft, and what else can be done with it.

    With `steps` the draft was made from another version, and a change may say why.
    """
    fields = FIELDS if entry.thing == "code" else ("name", "number", "definition")
    name = f"entry {entry.id}"
    fresh = forms.Read({f: str(getattr(entry, f)) for f in fields}, {"row": entry.version})
    base = forms.opened(name, fresh)
    with st.form(name, border=False):
        typed = {}
        for field in fields:
            told, held, key = labels()[field], base.values[field], forms.key(name, field)
            if field in _LONG:
                typed[field] = st.text_area(told, held, key=key, height="content")
            else:
                typed[field] = st.text_input(told, held, key=key)
        origin = entry.origin
        if entry.thing == "code":
            origin = st.selectbox(
                _("Where it comes from"),
                ORIGINS,
                index=ORIGINS.index(entry.origin),
                format_func=origins().__getitem__,
            )
            colour = st.color_picker(_("Colour"), entry.colour)
        reason = why(forms.key(name, f"why {base.version}")) if steps else ""
        if st.form_submit_button(_("Save"), type="primary"):
            given = forms.changed(base, typed) | ({"reason": reason} if reason.strip() else {})
            if entry.thing == "code":
                given |= {"origin": origin} if origin != entry.origin else {}
                given |= {"colour": colour} if colour != entry.colour else {}
            _saved(project, reference, entry, given, base.version, name)
    if entry.thing == "code":
        _used(entry)
        _merge(project, reference, entry, every)
        _split(project, reference, entry)
    _retire(project, reference, entry)


def _saved(
    project: Project, reference: str, entry: Entry, given: dict[str, str], read: int, name: str
) -> None:
    act = edits.change_code if entry.thing == "code" else edits.change_category
    try:
        act(project, reference, entry.id, **given, row_version=read)  # type: ignore[arg-type]  # fields by name
    except WorkbenchError as problem:
        show.error(problem)
        return
    forms.close(name)
    st.rerun()


def _merge(project: Project, reference: str, entry: Entry, every: Sequence[Entry]) -> None:
    others = {e.id: f"{e.number} {e.name}" for e in every if e.thing == "code" and e != entry}
    with st.popover(_("Merge with others"), width="stretch"), st.form("merge", border=False):
        st.markdown(_("Codings and statements of this version go along."))
        chosen = st.multiselect(
            _("Codes that go into this one"),
            list(others),
            format_func=others.__getitem__,
            placeholder=_("choose one or more"),
        )
        reason = why("merge why")
        if st.form_submit_button(_("Merge"), type="primary") and chosen:
            with show.problems():
                edits.merge_codes(project, reference, [entry.id, *chosen], entry.id, reason=reason)
                st.rerun()


def _split(project: Project, reference: str, entry: Entry) -> None:
    with st.popover(_("Split into several"), width="stretch"), st.form("split", border=False):
        st.markdown(_("The first keeps the codings and statements; look through them afterwards."))
        names = st.text_area(_("Names of the parts, one a line"), entry.name)
        reason = why("split why")
        if st.form_submit_button(_("Split"), type="primary"):
            parts = [line.strip() for line in names.splitlines() if line.strip()]
            with show.problems():
                edits.split_code(
                    project, reference, entry.id, parts, row_version=entry.version, reason=reason
                )
                st.rerun()


def _retire(project: Project, reference: str, entry: Entry) -> None:
    told = _("Retire this code") if entry.thing == "code" else _("Retire this category")
    with st.popover(told, width="stretch"), st.form("retire", border=False):
        reason = why("retire why")
        with_codes = entry.thing == "category" and st.checkbox(_("together with its codes"))
        if st.form_submit_button(_("Retire"), type="primary"):
            with show.problems():
                if entry.thing == "code":
                    edits.retire_code(project, reference, entry.id, reason=reason)
                else:
                    edits.retire_category(
                        project, reference, entry.id, with_codes=with_codes, reason=reason
                    )
                session.remember("entry", None)
                st.rerun()
