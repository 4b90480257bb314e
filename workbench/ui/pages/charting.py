"""Charting: cases by codes, each cell with its statements and what they rest on."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import chart_page, code_list, migration
from workbench.project.chart_page import WholeChart
from workbench.project.door import Project
from workbench.ui import chart_data, parts, places, session, show, take_out
from workbench.ui.chart_data import LEFT, Shown
from workbench.ui.panels import case_transcript, chart_back
from workbench.ui.words import _, n_

ALL = "all"
MOST_TEXTS, MOST_FIGURES = 900, 6000
"""Most cells that are shown together; more are shown a category at a time."""
LOOKS = ("chart", "code", "case", "open", "words", "back")
VALUES = ("statements", "counts", "cases", "characters", "states")


def page(project: Project) -> None:
    """Show a category of the chart, and beside it the cell that is chosen."""
    _follow()
    versions = code_list.references(project)
    if not versions:
        show.empty(_("No framework yet"), _("Begin one on the page Framework."))
        return
    bar = st.columns([3, 3, 2, 1.3, 1.3], vertical_alignment="bottom")
    with bar[0]:
        version = session.choose_version(versions, first=code_list.in_use(project), collapsed=True)
    chart = chart_page.whole_chart(project, version, session.remembered("chart", None))
    session.remember("chart", chart)
    if not chart.cases:
        show.empty(_("No cases yet"), _("Bring transcripts or cases in on the page Project."))
        return
    if not chart.codes:
        show.empty(_("This framework has no codes yet"), _("Add some on the page Framework."))
        return
    listed = {c.code_id: c for c in code_list.listed_codes(project, version)}
    chosen = _chosen(chart)
    with bar[2]:
        values = session.choose(_("Show"), VALUES, "values", shown=_value_name, collapsed=True)
    with bar[1]:
        category = _category(chart, values, listed)
    with bar[3]:
        attribute, beside = _rows(chart, values)
    by = attribute if attribute and values != "statements" else None
    with bar[4]:
        take_out.buttons(version, values, category, by or "case")
    waiting = migration.unanswered(project, version)
    if waiting:
        said = n_("{n} coding waits for an answer", "{n} codings wait for an answer", waiting)
        st.caption(f"{said}: {_('Framework')} › {_('Codings')}")
    shown = Shown(chart, listed, category, values, attribute, beside, by, *chosen)
    look = _look()
    if look == "back":
        chart_back.panel(project)
        return
    left, right = st.columns([5, 3], gap="small")
    with left:
        if look == "words":
            case_transcript.panel(project, shown)
        else:
            name, data = chart_data.left(project, shown, look)
            parts.part(name, LEFT, data)
    with right:
        parts.part("celleditor", "celleditor", chart_data.cell(project, shown, look))


def _follow() -> None:
    """Go where the cell was asked to go: to a coding's transcript, or to one beside it."""
    said = parts.told("celleditor")
    if said.get("look") in LOOKS:
        session.ask("look", str(said["look"]))
    places.follow(said)


def _chosen(chart: WholeChart) -> tuple[int | None, int | None, str | None, int]:
    """Return row, column and group that are chosen: by a hand, in the address, or before.

    The last is the number under which the browser told its choice.
    """
    said = parts.told(LEFT)
    asked = {k: v for k in ("case", "code") if (v := session.addressed(k))}
    held: dict[str, Any] = session.remembered("cell", {})
    if said:
        held = said
    elif asked:
        held = {**held, **asked, "group": None}
    fresh = bool(said or asked)
    case = _number(held.get("case"), chart.case_number, tell=fresh)
    code = _number(held.get("code"), chart.code_number, tell=fresh)
    group, told = held.get("group"), held.get("n")
    number = told if isinstance(told, int) else 0
    session.remember(
        "cell",
        {
            "case": None if case is None else chart.cases[case].case_id,
            "code": None if code is None else chart.codes[code].code_id,
            "group": group,
            "n": number,
        },
    )
    session.put_address("case", None if case is None else chart.cases[case].label)
    session.put_address("code", None if code is None else _short(chart, code))
    if fresh and code is not None and st.session_state.get("choose:category") != ALL:
        st.session_state["choose:category"] = chart.codes[code].category_id
    return case, code, group if isinstance(group, str) else None, number


def _number(name: object, find: Callable[[str], int], *, tell: bool) -> int | None:
    """Return where a name stands; one that nothing has is told, if it was just asked for."""
    if not isinstance(name, str) or not name:
        return None
    try:
        return find(name)
    except WorkbenchError as problem:
        if tell:
            show.error(problem)
        return None


def _short(chart: WholeChart, code: int) -> str:
    """Return what a code is called in an address: its number, where only it has that."""
    number = chart.codes[code].number
    alone = number and sum(number in (c.number, c.name) for c in chart.codes) == 1
    return number if alone else chart.codes[code].code_id


def _value_name(values: str) -> str:
    return {
        "statements": _("Statements"),
        "counts": _("Numbers of codings"),
        "cases": _("Numbers of cases"),
        "characters": _("Coded characters"),
        "states": _("States"),
    }[values]


def _category(chart: WholeChart, values: str, listed: dict[str, Any]) -> str | None:
    """Let the researcher choose a category, or all where these are few; None is all."""
    names = {
        c.category_id: listed[c.code_id].category or _("Without a category") for c in chart.codes
    }
    most = MOST_TEXTS if values == "statements" else MOST_FIGURES
    options = list(names)
    if len(options) > 1 and len(chart.cases) * len(chart.codes) <= most:
        options.append(ALL)
    chosen = session.choose(
        _("Category"),
        options,
        "category",
        shown=lambda c: names.get(c, _("All categories")),
        collapsed=True,
    )
    return None if chosen == ALL else chosen


def _rows(chart: WholeChart, values: str) -> tuple[str | None, list[str]]:
    """Let the researcher say how rows are grouped and what stands beside the cases."""
    with st.popover(_("Rows"), width="stretch"):
        if not chart.attributes:
            st.caption(_("The cases have no attributes yet. Give them some on the page Project."))
            return None, []
        attribute = _together(chart, values)
        held = [
            a for a in session.remembered("beside", chart.attributes[:1]) if a in chart.attributes
        ]
        beside = st.multiselect(
            _("Beside the name of a case"),
            chart.attributes,
            default=held,
            key="beside",
            max_selections=4,
            placeholder=_("choose one or more"),
        )
        session.remember("beside", beside)
    return attribute or None, list(beside)


def _together(chart: WholeChart, values: str) -> str:
    """Let the researcher put rows together by an attribute; empty is by none.

    What a popover holds is drawn only when it opens, and knows then no value that was set
    before: the value goes in as the one to begin with, under a new key where the address asks.
    """
    options, asked = ["", *chart.attributes], session.addressed("by")
    if asked in options:
        session.remember("by", asked)
        session.remember("by times", session.remembered("by times", 0) + 1)
    held = session.remembered("by", "")
    chosen = st.selectbox(
        _("Together by") if values == "statements" else _("One row for each"),
        options,
        index=options.index(held) if held in options else 0,
        key=f"together:{session.remembered('by times', 0)}",
        format_func=lambda a: a or (_("nothing") if values == "statements" else _("case")),
    )
    session.remember("by", chosen)
    session.put_address("by", chosen or None)
    return chosen


def _look() -> str:
    """Let the researcher choose between the chart and the ways to read it."""
    names = {
        "chart": _("Chart"),
        "code": _("Down a code"),
        "case": _("Across a case"),
        "open": _("What is open"),
        "words": _("Transcript"),
        "back": _("Back from Excel"),
    }
    asked = session.addressed("look")
    if asked in LOOKS:
        st.session_state["charting:look"] = asked
    elif st.session_state.get("charting:look") not in LOOKS:
        st.session_state["charting:look"] = session.remembered("look", "chart")
    chosen = st.segmented_control(
        _("How to look at it"),
        LOOKS,
        required=True,
        key="charting:look",
        format_func=names.__getitem__,
        label_visibility="collapsed",
    )
    session.remember("look", chosen)
    session.put_address("look", chosen)
    return str(chosen)
