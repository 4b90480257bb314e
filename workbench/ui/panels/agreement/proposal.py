"""A difference that ends in the framework: a rule, a split or a merge in its draft."""

from typing import Any

import streamlit as st

from workbench.project import code_list, deciding, edits
from workbench.project.deciding import Difference
from workbench.project.door import Project
from workbench.ui import forms, places, session, show
from workbench.ui.dialogs import dialog
from workbench.ui.words import _

_FORM = "proposal"
_LAST = "proposed last"


def panel(project: Project, framework: str, one: Difference) -> None:
    """Offer the change of the framework, and lead to what was proposed last.

    That need not be from this difference: a merge in the version that is compared ends it.
    """
    if st.button(_("Change the framework instead"), key="propose", help=_told()):
        forms.close(_FORM)
        dialog(_("Change the framework for this difference"), _form, framework, one)
    made = session.remembered(_LAST, None)
    if made:
        draft, code = made
        places.link(
            "framework",
            _("Proposed in {draft}: look at it there", draft=show.plain(draft)),
            framework=draft,
            code=code,
        )


def _told() -> str:
    return _("What is unclear becomes a rule, a split or a merge in the draft, with these words.")


def _form(framework: str, one: Difference) -> None:
    """Let the researcher say what is to change, and why."""
    project = session.project()
    drafts = deciding.drafts(project, framework)
    if not drafts:
        _begin(project, framework)
        return
    draft = drafts[0]
    if len(drafts) > 1:
        draft = st.selectbox(_("Draft"), drafts, key=forms.key(_FORM, "draft"))
    else:
        st.caption(_("It lands in the draft {draft}.", draft=show.plain(draft)))
    codes = {
        c.code_id: f"{c.number} {c.name}".strip() for c in code_list.listed_codes(project, draft)
    }
    first = next((i for i in one.code_ids if i in codes), None)
    code = st.selectbox(
        _("Code"),
        list(codes),
        index=list(codes).index(first) if first else 0,
        format_func=codes.__getitem__,
        key=forms.key(_FORM, f"code {draft}"),
    )
    proposed = _proposed({i: name for i, name in codes.items() if i != code})
    reason = st.text_area(_("Why"), key=forms.key(_FORM, "why"), height=80)
    st.caption(_("A memo at the code keeps the reason and the words of both sides."))
    if st.button(_("Put it in the draft"), type="primary", key="put proposal", disabled=not codes):
        ids = [i for side in one.codings for i in side]
        with show.problems():
            edits.propose_from_difference(project, ids, str(code), reason, draft=draft, **proposed)
            forms.close(_FORM)
            session.remember(_LAST, (draft, proposed.get("merge_into") or code))
            st.rerun()


def _begin(project: Project, framework: str) -> None:
    """Let the researcher begin the draft that the change is to land in."""
    st.markdown(
        _(
            "The framework has no draft. Begin one as a copy of {framework}.",
            framework=show.plain(framework),
        )
    )
    number = framework.rpartition("@")[2]
    version = st.text_input(
        _("Version"),
        value=str(int(number) + 1) if number.isdecimal() else "",
        key=forms.key(_FORM, "version"),
    )
    if st.button(_("Begin the draft"), type="primary", key="begin proposal draft"):
        with show.problems():
            edits.begin_draft(project, framework, version)
            st.rerun(scope="fragment")


def _proposed(others: dict[str, str]) -> dict[str, Any]:
    """Return what is proposed, as `edits.propose_from_difference` takes it."""
    ways = {
        "use_when": _("A rule more: use when …"),
        "not_when": _("A rule more: not when …"),
        "definition": _("Another definition"),
        "split": _("Split into several"),
        "merge_into": _("Merge into another"),
    }
    way = st.selectbox(
        _("What is to change"),
        list(ways),
        format_func=ways.__getitem__,
        key=forms.key(_FORM, "way"),
    )
    field = forms.key(_FORM, way)
    if way == "split":
        lines = st.text_area(_("Names of the parts, one a line"), key=field).splitlines()
        return {"split": [line.strip() for line in lines if line.strip()]}
    if way == "merge_into":
        chosen = st.selectbox(
            _("Merge into"),
            list(others),
            index=None,
            format_func=lambda i: others.get(i, i),
            accept_new_options=True,
            placeholder=_("a code, or a new name"),
            key=field,
        )
        return {"merge_into": chosen or ""}
    return {way: st.text_area(_("The words"), key=field, height=100)}
