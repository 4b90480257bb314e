"""Code × pair as a heat map: who differs from whom, and on what."""

import math
from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

import streamlit as st

from workbench.project import agreement_page, agreement_picture
from workbench.project.agreement_page import Comparison
from workbench.project.agreement_picture import CONFIG, Map
from workbench.project.door import Project
from workbench.ui import parts, session, words
from workbench.ui.kept import kept
from workbench.ui.panels.agreement import choice, numbers
from workbench.ui.sentences import sentence
from workbench.ui.words import _

_CHART = "agreement map"
_TABLE = "agreement pairs"
_PLAIN = ("prevalence", "bias", "kappa_se", "kappa_max")
"""What is no coefficient: a map of it would be read as one."""


def panel(project: Project, of: Comparison) -> None:
    """Show the map; a click on a cell opens the differences of its code and pair."""
    of = of._replace(resamples=0, bands="")
    made = kept(
        project,
        ("agreement by pair", project.who, of),
        lambda: _held(agreement_page.by_pair(project, of)),
    )
    shown, said = made
    _follow(shown)
    st.caption(choice.told(said, of))
    if of.unit == "character":
        numbers.caution()
    known = numbers.heads()
    options = [c for c in of.shown if c not in _PLAIN]
    column, hint = st.columns([2, 5], vertical_alignment="bottom")
    with column:
        coefficient = session.choose(
            _("Coefficient"),
            options,
            "coefficient",
            shown=lambda c: known[c][0],
            first="alpha" if "alpha" in options else None,
        )
    with hint:
        st.caption(
            f"{known[coefficient][1]}. "
            + _(
                "A stronger colour is a higher number, and not a better one; blank is undefined: "
                "point there for the reason. A click opens the differences."
            )
        )
    dark = st.context.theme.type == "dark"
    figure = kept(
        project,
        ("agreement map", project.who, of, coefficient, dark, words.language()),
        partial(
            agreement_picture.picture,
            shown,
            coefficient,
            numbers.named,
            partial(_said, coefficient),
            dark=dark,
        ),
    )
    st.plotly_chart(
        figure,
        width="content" if figure.layout.width else "stretch",
        theme=None,
        key=f"{_CHART} {session.remembered('map turn', 0)}",
        on_select="rerun",
        selection_mode="points",
        config=CONFIG,
        alt=_("Agreement of each code and each two sides; the table below holds the same."),
    )
    with st.expander(_("The map as a table")):
        _table(shown, coefficient)


def _held(table: Any) -> tuple[Map, dict[Any, Any]]:
    return agreement_picture.of_pairs(table), dict(table.attrs)


def _said(coefficient: str, row: Mapping[Hashable, Any]) -> str:
    """Return what is said of a cell of the map: code, pair, value or why there is none."""
    value = row[coefficient]
    head = numbers.heads()[coefficient][0]
    told = (
        f"{head} {value:.3f}"
        if math.isfinite(value)
        else _("undefined: {why}", why=sentence(str(row["undefined"].get(coefficient, ""))))
    )
    by_side = " / ".join(f"{n:,}" for n in row["by_side"])
    counts = _("n {units}; by side {numbers}", units=f"{row['units']:,}", numbers=by_side)
    return f"{numbers.named(row)}\n{row['side']} / {row['other']}\n{told}\n{counts}"


def _follow(shown: Map) -> None:
    """Open the differences of the cell that was clicked, in the map or in the table."""
    turn = session.remembered("map turn", 0)
    state = st.session_state.get(f"{_CHART} {turn}") or {}
    points = state.get("selection", {}).get("points", [])
    went = parts.told(_TABLE)
    if points and points[0].get("customdata"):
        row, pair = points[0]["customdata"][:2]
        session.remember("map turn", turn + 1)
    elif went:
        row, pair = went["row"], went["pair"]
    else:
        return
    numbers.open_differences(shown.rows[int(row)], int(pair))


def _table(shown: Map, coefficient: str) -> None:
    notes: dict[str, int] = {}
    rows = [
        [
            {"text": numbers.named(row), "go": {"row": n, "pair": 0}},
            *(_way(numbers.cell(c, coefficient, notes), n, pair) for pair, c in enumerate(cells)),
        ]
        for n, (row, cells) in enumerate(zip(shown.rows, shown.cells, strict=True))
    ]
    data = {
        "label": _("The map as a table"),
        "columns": [_("Code"), *(" / ".join(pair) for pair in shown.pairs)],
        "rows": rows,
        "figures": True,
        "tall": True,
    }
    parts.part("listing", _TABLE, data)
    numbers.footnotes(notes)


def _way(cell: str | dict[str, Any], row: int, pair: int) -> str | dict[str, Any]:
    """Return a number as a way to its differences, where there are several pairs."""
    return {"text": cell, "go": {"row": row, "pair": pair}} if isinstance(cell, str) else cell
