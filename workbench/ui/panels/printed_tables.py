"""Printed tables beside what was rebuilt, cell by cell, with the words behind each."""

import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from workbench.model.published import VERDICTS, Judged
from workbench.project import reproducing
from workbench.project.quoted import Quote
from workbench.project.reproducing import Reproduction
from workbench.ui import parts, session, show
from workbench.ui.panels import evidence
from workbench.ui.sentences import sentence
from workbench.ui.words import _, n_

ALL = "*all"
"""The choice of all tables at once."""
LIST = "printed cells"


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
    chosen = _chosen(done.study, cells)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        _cells(cells, chosen)
    with right:
        session.put_address("cell", None if chosen is None else cells[chosen].cell.cell)
        if chosen is None:
            st.caption(_("Choose a row to see what stands behind the cell."))
        else:
            _cell(done, cells[chosen], words)


def _chosen(study: str, cells: Sequence[Judged]) -> int | None:
    """Return the place of the cell that was chosen, or that the address asks for."""
    went = parts.told(LIST)
    wanted = went["cell"] if went else session.addressed("cell")
    if wanted is not None:
        session.remember(f"{LIST} {study}", wanted)
    held = session.remembered(f"{LIST} {study}", None)
    return next((n for n, j in enumerate(cells) if j.cell.cell == held), None)


def _told(done: Reproduction, table: str) -> str:
    """Return a table's name with how its cells came out, the good ones in one number."""
    came = Counter(j.verdict for j in done.account.cells if table in (ALL, j.cell.table))
    name = _("all tables") if table == ALL else table
    called = verdicts()
    odd = [f"{came[v]} {called[v]}" for v in VERDICTS if v != "equal" and came[v]]
    cells = n_("{n} cell", "{n} cells", came.total())
    return f"{name}: {cells}, {', '.join(odd) or _('all equal')}"


def _cells(cells: Sequence[Judged], chosen: int | None) -> None:
    """Show the cells of a table, one a row; of several tables, each with its table's name."""
    called = verdicts()
    many = len({j.cell.table for j in cells}) > 1
    heads = [_("Row"), _("Column"), _("Published"), _("Ours"), _("Came out")]
    data = {
        "label": _("Printed cells"),
        "columns": [*heads[:2], *([_("Table")] if many else []), *heads[2:]],
        "rows": [
            [
                {"text": j.cell.row, "go": {"cell": j.cell.cell}},
                j.cell.column,
                *([j.cell.table] if many else []),
                j.cell.value,
                j.rebuilt,
                called[j.verdict],
            ]
            for j in cells
        ],
        "tones": ["" if j.verdict == "equal" else j.verdict.replace(" ", "-") for j in cells],
        "picks": True,
        "picked": chosen,
        "fits": True,
    }
    parts.part("listing", LIST, data)


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
        st.markdown(show.plain(sentence(judged.why)))
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
