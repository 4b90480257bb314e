"""The central chart: chosen columns and what the ladder makes of them, a row a case."""

from functools import partial

import pandas as pd
import streamlit as st

from workbench.project import central_chart, code_list, ladder_board
from workbench.project.door import Project
from workbench.ui import parts, session, show
from workbench.ui.downloads import table_button
from workbench.ui.kept import kept
from workbench.ui.words import _

_AT_FIRST = 3
"""Columns that are shown before any is chosen."""


def view(project: Project, ladder: str) -> None:
    """Show the central chart of a ladder, and hand it out."""
    codes = {c.code_id: c.name for c in ladder_board.columns(project, ladder)}
    version = central_chart.version_of(project, ladder)
    if not codes:
        show.empty(_("No statements yet"), _("Write some on the page Charting."))
        return
    bar = st.columns([5, 3, 3], vertical_alignment="bottom")
    with bar[0]:
        chosen = several(_("Columns of the chart"), codes, "central codes", list(codes)[:_AT_FIRST])
    levels = {str(n): name for n, name in ladder_board.levels(project, ladder).items() if n > 1}
    with bar[1]:
        beside = several(
            _("Beside them, of the ladder"), levels, "central levels", list(levels)[1:2]
        )
    known = central_chart.attributes(project)
    with bar[2]:
        facts = several(_("Attributes"), dict(zip(known, known, strict=True)), "central facts", [])
    if version is None:
        version = session.choose_version(code_list.references(project))
    if not chosen:
        show.empty(_("No column chosen"), _("Choose one or more above."))
        return
    make = partial(
        central_chart.central_chart,
        project,
        ladder,
        version,
        chosen,
        levels=[int(n) for n in beside],
        attributes=facts,
    )
    what = ("central chart", ladder, version, tuple(chosen), tuple(beside), tuple(facts))
    frame = kept(project, what, make)
    parts.part("sheet", "central chart", sheet_data(frame))
    downloads(frame, _("central chart"), version)


def sheet_data(frame: pd.DataFrame) -> dict[str, object]:
    """Return what the part “sheet” draws of a table whose index names the rows."""
    cells = frame.map(lambda value: "" if pd.isna(value) else str(value))
    rows = [[str(name), *row] for name, row in zip(cells.index, cells.to_numpy(), strict=True)]
    return {
        "label": _("Central chart"),
        "heads": [_("Case"), *map(str, frame.columns)],
        "rows": rows,
    }


def several(label: str, options: dict[str, str], name: str, first: list[str]) -> list[str]:
    """Let the researcher choose several; what was chosen is remembered in this project."""
    key = f"choose:{name}"
    if key not in st.session_state:
        held = session.remembered(name, first)
        st.session_state[key] = [one for one in held if one in options]
    else:
        st.session_state[key] = [one for one in st.session_state[key] if one in options]
    chosen = st.multiselect(
        label,
        list(options),
        key=key,
        format_func=options.__getitem__,
        placeholder=_("choose one or more"),
    )
    session.remember(name, chosen)
    return [one for one in options if one in chosen]


def downloads(
    frame: pd.DataFrame, name: str, framework: str | None, *, across: bool = False
) -> None:
    """Show buttons that hand a table out, over the whole width or at its left.

    The file is made when it is asked for; `framework` is the version that it is of.
    """
    whole = frame.reset_index()
    for column, (ending, label) in zip(
        st.columns([1, 1] if across else [2, 2, 8]),
        {".xlsx": _("Save as Excel"), ".csv": _("Save as CSV")}.items(),
        strict=False,
    ):
        with column:
            table_button(label, whole, name, ending, framework)
