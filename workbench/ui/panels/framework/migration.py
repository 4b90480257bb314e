"""Codings of other versions under the one that is open: carry them, answer what is asked."""

import pandas as pd
import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import case_list, edits, framework_versions, migration, views
from workbench.project.door import Project
from workbench.ui import show
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_


def panel(project: Project, reference: str) -> None:
    """Show what can be carried to a version, what is asked of it, and what to look at again."""
    _carry(project, reference)
    for run, waiting in migration.carried_runs(project, reference).items():
        if waiting:
            _questions(project, reference, run)
    _look_again(project, reference)


def _carry(project: Project, reference: str) -> None:
    tree = framework_versions.framework_versions_tree(project)
    others = [
        str(version)
        for version, codings in zip(tree["version"], tree["codings"], strict=True)
        if codings and version != reference
    ]
    if not others:
        st.caption(_("Nothing is coded under another version."))
        return
    source = st.selectbox(_("Codings of"), others, key="carry from")
    if st.button(_("Carry to {version}", version=show.plain(reference)), type="primary"):
        with show.problems():
            report = edits.migrate(project, str(source), reference)
            nothing = _("Nothing was coded since: there is nothing new to carry.")
            st.toast(show.plain(sentence(project.did)) if report.counts else nothing)
            st.rerun()


def _questions(project: Project, reference: str, run: str) -> None:
    """Show the questions of one run, and a form that answers one of them or all of a code."""
    asked = migration.questions(project, run)
    asked = asked.loc[asked["why"] != ""]
    if asked.empty:
        return
    said = n_("{n} coding waits for an answer", "{n} codings wait for an answer", len(asked))
    st.markdown(f"**{show.plain(run)}**: {said}")
    code = st.selectbox(_("Code"), asked["code"].unique(), key=f"asked code {run}")
    some = asked.loc[asked["code"] == code]
    st.caption(show.plain(sentence(some["why"].iloc[0])))
    whole, some = len(some), _fitting(project, some, run)
    st.caption(_("{n} of {whole} codings", n=len(some), whole=whole))
    if some.empty:
        return
    with st.form(f"answer {run}", border=False):
        which = _which(some, run)
        to = [*some["to"].iloc[0]]
        others = [o for o in _codes(project, reference) if o not in to]
        answer = st.selectbox(
            _("What they are"),
            [*to, "", *others],
            format_func=lambda one: one or _("nothing here"),
            key=f"answer code {run}",
        )
        reason = st.text_input(_("Why"), key=f"answer reason {run}")
        if st.form_submit_button(_("Answer"), type="primary"):
            _answered(project, reference, run, which, answer, reason)


def _fitting(project: Project, some: pd.DataFrame, run: str) -> pd.DataFrame:
    """Let the researcher keep only questions with some words, or of cases with some value."""
    with st.expander(_("Only some of them")):
        words = st.text_input(_("with these words"), key=f"asked with {run}").strip()
        grid = case_list.grid(project)
        attribute = st.selectbox(
            _("of cases by"),
            ["", *(a.name for a in grid.attributes)],
            format_func=lambda name: name or _("all cases"),
            key=f"asked by {run}",
        )
        if attribute:
            values = dict.fromkeys(c.values[attribute] for c in grid.cases if attribute in c.values)
            value = st.selectbox(_("whose value is"), values, key=f"asked value {run} {attribute}")
            fitting = {c.label for c in grid.cases if c.values.get(attribute) == value}
            some = some.loc[[not fitting.isdisjoint(cases) for cases in some["cases"]]]
    if words:
        some = some.loc[[words.casefold() in quote.casefold() for quote in some["quote"]]]
    return some


def _which(some: pd.DataFrame, run: str) -> list[str]:
    """Let the researcher choose one coding, or all; return the ids."""
    quotes = dict(zip(some["coding_id"], some["quote"], strict=True))
    chosen = st.selectbox(
        _("Words"),
        ["", *quotes],
        format_func=lambda one: quotes.get(one, _("all of them")),
        key=f"asked words {run}",
    )
    return [chosen] if chosen else list(quotes)


def _codes(project: Project, reference: str) -> dict[str, str]:
    """Return number and name → id of the codes of a version."""
    return {
        f"{c.number} {c.name}".strip(): c.code_id for c in views.framework(project, reference).codes
    }


def _answered(
    project: Project, reference: str, run: str, ids: list[str], answer: str, reason: str
) -> None:
    code = _codes(project, reference)[answer] if answer else None
    try:
        edits.answer_migration(project, run, ids, code, reason)
    except WorkbenchError as problem:
        show.error(problem)
        return
    st.rerun()


def _look_again(project: Project, reference: str) -> None:
    """Show the codings whose code is defined otherwise now, and a button that confirms one."""
    held = migration.look_again(project, reference)
    if held.empty:
        return
    said = n_("{n} coding to look at again", "{n} codings to look at again", len(held))
    st.markdown(f"**{said}**")
    rows = {row["coding_id"]: row for row in held.to_dict("records")}
    one = st.selectbox(
        _("Words"), rows, format_func=lambda i: rows[i]["quote"], key="look again at"
    )
    st.caption(show.plain(f"{rows[one]['code']}: {sentence(rows[one]['look'])}"))
    if st.button(_("It still holds")):
        with show.problems():
            edits.confirm_coding(project, [one])
            st.rerun()
