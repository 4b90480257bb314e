"""Printed tables beside what was rebuilt, cell by cell, with the words behind each."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from workbench.model.published import VERDICTS, Judged
from workbench.project import reproducing
from workbench.project.quoted import Quote
from workbench.project.reproducing import Reproduction
from workbench.ui import session, show
from workbench.ui.panels import evidence
from workbench.ui.words import _, n_

ALL = "*all"
"""The choice of all tables at once."""
_COLOURS = {
    "equal": "",
    "explained": "background-color: rgba(217, 138, 0, 0.30)",
    "stated": "background-color: rgba(47, 111, 159, 0.25)",
    "differs": "background-color: rgba(193, 40, 30, 0.38)",
    "not rebuilt": "background-color: rgba(125, 135, 148, 0.38)",
}


def verdicts() -> dict[str, str]:
    """Return what each verdict is called."""
    return {
        "equal": _("equal"),
        "explained": _("explained"),
        "stated": _("stated"),
        "differs": _("differs"),
        "not rebuilt": _("not rebuilt"),
    }


def meanings() -> dict[str, str]:
    """Return what each verdict means, in a sentence."""
    return {
        "equal": _("The rebuilt study says what is printed."),
        "explained": _("It says something else, and an entry of the register says why."),
        "stated": _("No project can compute it; an entry of the register speaks of it."),
        "differs": _(
            "It says something else, or the words behind it are others than when it was sealed."
        ),
        "not rebuilt": _("It could not be computed."),
    }


def workbook(done: Reproduction) -> bytes:
    """Return the whole comparison as an xlsx file."""
    with tempfile.TemporaryDirectory(prefix="workbench-") as folder:
        path = Path(folder) / "reproduction.xlsx"
        reproducing.write_report(path, [done])
        return path.read_bytes()


def report_button(done: Reproduction) -> None:
    """Offer the whole comparison as a workbook."""
    st.download_button(
        _("Save as Excel"),
        data=lambda: workbook(done),
        file_name=f"{done.study}-reproduction.xlsx",
        mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        width="stretch",
        key="save reproduction",
    )


def panel(done: Reproduction, words: dict[str, Quote]) -> None:
    """Show one printed table, and the cell that is chosen in it."""
    tables = list(dict.fromkeys(j.cell.table for j in done.account.cells))
    row = st.columns([6, 4], vertical_alignment="bottom")
    asked = next((j for j in done.account.cells if session.asks_for("cell", j.cell.cell)), None)
    if asked is not None:
        session.ask("table", asked.cell.table)
    with row[0]:
        table = session.choose(
            _("Printed table"), [ALL, *tables], "table", shown=lambda t: _told(done, t)
        )
    only = row[1].toggle(
        _("Only cells that are not equal"), key="only differing", persist_state="session"
    )
    cells = [j for j in done.account.cells if table in (ALL, j.cell.table)]
    if only:
        cells = [j for j in cells if j.verdict != "equal"]
    if not cells:
        st.success(_("Every cell of this table is equal."))
        return
    left, right = st.columns([8, 5], gap="medium")
    with left:
        chosen = _cells(cells, f"{done.study} {table} {only}", _asked(cells))
    with right:
        session.put_address("cell", None if chosen is None else cells[chosen].cell.cell)
        if chosen is None:
            st.caption(_("Choose a row to see what stands behind the cell."))
        else:
            _cell(done, cells[chosen], words)


def _asked(cells: Sequence[Judged]) -> int | None:
    """Return the place of the cell that the address asks for."""
    asked = session.addressed("cell")
    return next((n for n, j in enumerate(cells) if j.cell.cell == asked), None)


def _told(done: Reproduction, table: str) -> str:
    """Return a table's name with how its cells came out, the good ones in one number."""
    came = Counter(j.verdict for j in done.account.cells if table in (ALL, j.cell.table))
    name = _("all tables") if table == ALL else table
    called = verdicts()
    odd = [f"{came[v]} {called[v]}" for v in VERDICTS if v != "equal" and came[v]]
    cells = n_("{n} cell", "{n} cells", came.total())
    return f"{name}: {cells}, {', '.join(odd) or _('all equal')}"


def _cells(cells: Sequence[Judged], key: str, first: int | None) -> int | None:
    """Show the cells of a table and return the place of the chosen one."""
    called = verdicts()
    many = len({j.cell.table for j in cells}) > 1
    shown = pd.DataFrame(
        {
            **({_("Table"): [j.cell.table for j in cells]} if many else {}),
            _("Row"): [j.cell.row for j in cells],
            _("Column"): [j.cell.column for j in cells],
            _("Published"): [j.cell.value for j in cells],
            _("Ours"): [j.rebuilt for j in cells],
            _("Came out"): [called[j.verdict] for j in cells],
        }
    )
    colour = {called[v]: css for v, css in _COLOURS.items()}
    marked = [_("Published"), _("Ours"), _("Came out")]

    def styles(row: "pd.Series[Any]") -> list[str]:
        css = colour[row[_("Came out")]]
        return [css if name in marked else "" for name in row.index]

    event = st.dataframe(
        shown.style.apply(styles, axis=1),
        hide_index=True,
        height=min(640, 38 + 35 * len(shown)),
        on_select="rerun",
        selection_mode="single-row",
        key=f"cells {key}",
        selection_default={"selection": {"rows": [] if first is None else [first]}},
        column_config={
            name: st.column_config.TextColumn(width=width)
            for name, width in (
                (_("Table"), 90),
                (_("Row"), 160),
                (_("Column"), 110),
                (_("Published"), 105),
                (_("Ours"), 105),
                (_("Came out"), 85),
            )
        },
    )
    rows = event["selection"]["rows"]
    return int(rows[0]) if rows and rows[0] < len(cells) else None


def _cell(done: Reproduction, judged: Judged, words: dict[str, Quote]) -> None:
    """Show a cell: both values, what came of it and why, the register, and the words."""
    cell = judged.cell
    st.markdown(f"##### {show.plain(cell.row)} · {show.plain(cell.column)}")
    both = st.columns(2)
    both[0].caption(_("Published"))
    both[0].markdown(f"**{show.plain(cell.value) or '–'}**")
    both[1].caption(_("Ours"))
    both[1].markdown(f"**{show.plain(judged.rebuilt) or '–'}**")
    st.markdown(f"**{verdicts()[judged.verdict]}**: {meanings()[judged.verdict]}")
    if judged.why:
        st.markdown(show.plain(judged.why))
    if cell.where:
        st.caption(_("Printed in: {where}", where=show.plain(cell.where)))
    for entry in done.account.register:
        if entry.entry.entry in cell.register:
            st.markdown(f"**{show.plain(entry.entry.entry)}** {show.plain(entry.entry.what)}")
            st.caption(show.plain(entry.sums))
    quotes = [words[i] for i in judged.evidence if i in words]
    data = [{**evidence.quote_data(q), "opens": None} for q in quotes]
    none = _("No words stand behind it: it is a fact of the study’s tables.")
    evidence.shown("cell", [{"title": _("Words behind our figure"), "quotes": data, "none": none}])
