"""Findings: what is claimed, the cases that carry it, and those that speak against it."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from workbench.errors import ChangedMeanwhile, WorkbenchError
from workbench.model import link as model
from workbench.project import edits, finding_page, findings, link_page
from workbench.project.door import Project
from workbench.project.finding_page import Cited, ShownFinding
from workbench.ui import session, show
from workbench.ui.dialogs import dialog
from workbench.ui.kept import kept
from workbench.ui.panels import case_groups, evidence, networks, quote_choice
from workbench.ui.words import _, n_


def panel(project: Project) -> None:
    """Show the list of findings, and the one that is chosen."""
    table = kept(project, "findings", lambda: findings.findings(project))
    if table.empty:
        show.empty(
            _("No findings yet"),
            _("State one: a sentence that the analysis claims, with the words for and against."),
        )
        _new_button()
        return
    rows = {str(r.finding_id): r for r in table.itertuples()}
    chosen = _chosen(list(rows))
    left, right = st.columns([5, 8], gap="medium")
    with left:
        _new_button()
        _list(rows, chosen)
    with right:
        _finding(project, rows[chosen])


def _chosen(ids: Sequence[str]) -> str:
    """Return the finding that the address asks for, or that was looked at last."""
    asked, held = session.addressed("finding"), session.remembered("finding", None)
    if asked and asked not in ids:
        session.not_here(_("Finding"), asked)
    chosen = str(next((i for i in (asked, held) if i in ids), ids[0]))
    session.remember("finding", chosen)
    session.put_address("finding", chosen)
    return chosen


def _new_button() -> None:
    if st.button(_("State a finding"), key="new finding", type="primary"):
        dialog(_("State a finding"), new_form)


def _list(rows: dict[str, Any], chosen: str) -> None:
    """Show every finding in a line with its cases, from which it is opened."""
    lines = []
    for finding_id, row in rows.items():
        against = _(", {n} against", n=row.against) if row.against else ""
        lines.append(
            {
                "choose": {"finding": finding_id},
                "here": finding_id == chosen,
                "arrow": f"{row.number}.",
                "sign": "",
                "label": row.finding,
                "cases": n_("{n} case", "{n} cases", row.cases) + against,
            }
        )
    evidence.shown("findings", [{"title": _("Findings"), "links": lines}])


def new_form() -> None:
    """Show the form that states a finding."""
    project = session.project()
    given = _fields("new", None)
    if st.button(_("State it"), type="primary", key="save new finding"):
        try:
            new = edits.add_finding(
                project, given["title"], text=given["text"], node=given["node"] or None
            )
        except WorkbenchError as problem:
            show.error(problem)
            return
        session.ask("finding", new)
        st.rerun()


def _fields(key: str, held: ShownFinding | None) -> dict[str, str]:
    project = session.project()
    title = st.text_input(
        _("The finding in a sentence"), value=held.title if held else "", key=f"title {key}"
    )
    text = st.text_area(
        _("More about it"), value=held.text if held else "", key=f"text {key}", height=110
    )
    label = link_page.told_apart(link_page.nodes(project))
    about = held.node_id if held and held.node_id in label else None
    node = st.selectbox(
        _("The theme or node it is about"),
        list(label),
        index=list(label).index(about) if about else None,
        format_func=lambda n: label[n],
        placeholder=_("none"),
        key=f"node {key}",
    )
    return {"title": title, "text": text, "node": node or ""}


def _finding(project: Project, row: Any) -> None:
    held = finding_page.finding(project, str(row.finding_id))
    st.markdown(f"##### {show.plain(held.title)}")
    if held.text:
        st.markdown(show.plain(held.text))
    counts = [
        n_("{n} case for it", "{n} cases for it", row.cases),
        n_("in {n} passage", "in {n} passages", row.mentions),
        n_("{n} case against it", "{n} cases against it", row.against),
    ]
    if row.node:
        reach = n_(
            "{n} case speaks of “{node}”",
            "{n} cases speak of “{node}”",
            row.node_cases,
            node=show.plain(row.node),
        )
        counts.append(reach)
    st.caption(" · ".join(counts))
    _buttons(project, held)
    _cases(row)
    _groups(project, held)
    out = {"name": "uncite_finding", "given": {"finding": held.finding_id}}
    sides = {side: [c for c in held.cited if c.stance == side] for side in model.STANCES}
    evidence.shown(
        f"finding {held.finding_id}",
        [
            {
                "title": _("Words for it"),
                "quotes": [_cited(c) for c in sides["for"]],
                "out": out,
                "none": _("No words are cited for it yet."),
            },
            {
                "title": _("Words against it"),
                "quotes": [_cited(c) for c in sides["against"]],
                "against": True,
                "out": out,
                "none": _("No contrary words are cited: look for them before it is reported."),
            },
        ],
    )


def _cited(cited: Cited) -> dict[str, Any]:
    return {**evidence.quote_data(cited.quote), "note": cited.note}


def _buttons(project: Project, held: ShownFinding) -> None:
    row = st.columns(4)
    if row[0].button(_("Change"), key="change finding", width="stretch"):
        dialog(_("Change the finding"), change_form, held)
    if row[1].button(_("Cite words"), key="cite finding", width="stretch"):
        dialog(_("Cite words"), cite_form, held, width="large")
    if row[2].button(_("Trace"), key="trace finding", width="stretch"):
        session.ask("show", "trace")
        session.ask("trace", held.finding_id)
        st.rerun()
    if row[3].button(
        _("Withdraw"),
        key="withdraw finding",
        width="stretch",
        help=_("Take it back with its evidence; Ctrl+Z brings it again."),
    ):
        with show.problems():
            edits.withdraw_finding(project, held.finding_id)
            st.rerun()


def change_form(held: ShownFinding) -> None:
    """Show the form that changes a finding; of two changes at once the second is asked."""
    key = f"{held.finding_id} {held.row_version}"
    given: dict[str, Any] = _fields(key, held)
    given["place"] = _place(held, key)
    read = f"version {key}"
    if not st.button(_("Save"), type="primary", key="save finding"):
        return
    version = session.remembered(read, held.row_version)
    try:
        edits.change_finding(session.project(), held.finding_id, **given, row_version=version)
    except ChangedMeanwhile:
        now = finding_page.finding(session.project(), held.finding_id)
        session.remember(read, now.row_version)
        show.meanwhile(f"{now.title} {now.text}")
        return
    except WorkbenchError as problem:
        show.error(problem)
        return
    st.rerun()


def _place(held: ShownFinding, key: str) -> int | None:
    """Return the place in the list that is wanted, or None where it is to stay."""
    project = session.project()
    table = kept(project, "findings", lambda: findings.findings(project))
    places = {str(r.finding_id): n for n, r in enumerate(table.itertuples(), 1)}
    now = places[held.finding_id]
    if len(places) < 2:
        return None
    wanted = st.number_input(
        _("Its place in the list"), 1, len(places), value=now, key=f"place {key}"
    )
    return None if wanted == now else int(wanted)


def cite_form(held: ShownFinding) -> None:
    """Show the form that puts words under a finding, for it or against it."""
    project, name = session.project(), f"cite {held.finding_id}"
    st.markdown(f"**{show.plain(held.title)}**")
    below = networks.codings_of(project, held.node_id) if held.node_id else ()
    without = [c.quote.coding_id for c in held.cited]
    beside = {_("below its node"): list(below)}
    chosen = quote_choice.choose(project, name, beside, without=without)
    note = st.text_input(_("How these words bear on it"), key=f"note {name}")
    if st.button(_("Cite them"), type="primary", disabled=not chosen, key=f"save {name}"):
        try:
            edits.cite_for_finding(
                project,
                held.finding_id,
                quote_choice.ids(chosen, "for"),
                against=quote_choice.ids(chosen, "against"),
                note=note,
                row_version=0,
            )
        except WorkbenchError as problem:
            show.error(problem)
            return
        quote_choice.empty(name)
        st.rerun()


def _cases(row: Any) -> None:
    """Name the cases on each side."""
    for told, cases in (
        (_("Supported by"), row.supported_by),
        (_("Contradicted by"), row.contradicted_by),
    ):
        if cases:
            st.markdown(f"{told}: {show.plain(', '.join(cases))}")


def _groups(project: Project, held: ShownFinding) -> None:
    """Show how many cases of each group of an attribute are on each side."""
    attributes = list(case_groups.groups(project))
    if not attributes:
        return
    with st.expander(_("By group of cases")):
        by = session.choose(_("Attribute"), attributes, "by")
        table = kept(
            project,
            ("finding groups", held.finding_id, by),
            lambda: findings.finding_groups(project, held.finding_id, by),
        )
        columns = {
            "group": _("Group"),
            "cases": _("For it"),
            "against": _("Against it"),
            "node_cases": _("Speak of its theme"),
            "of": _("Cases in the group"),
        }
        st.dataframe(table[list(columns)].rename(columns=columns), hide_index=True)
        st.caption(
            _(
                "Leads to patterns, not shares of a population: the cases were chosen with a "
                "purpose."
            )
        )
