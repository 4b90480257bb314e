"""Ratings: a table that raters filled in, and how far they agree on its scale."""

from typing import Any, cast

import pandas as pd
import streamlit as st

from workbench.errors import WorkbenchError
from workbench.project import rating
from workbench.project.door import Project
from workbench.project.rating import Level, Ratings
from workbench.ui import downloads, jobs, parts, session, show
from workbench.ui.kept import kept
from workbench.ui.panels.agreement import numbers
from workbench.ui.words import _, n_

KEY, APART = "ratings", "ratings apart"
_HELD, _ROUND, _PICKED = "ratings", "ratings round", "ratings picked"


def panel(project: Project) -> None:
    """Show where the table goes in, or how far its raters agree."""
    st.caption(
        _(
            "People rated the same cells on a scale: how strong a driver is in a case, say. The "
            "first column names what was rated, each other column is a rater’s; an empty field "
            "was left out. Nothing of the table is stored in the project: it is gone when you "
            "leave it or close the browser."
        )
    )
    held: Ratings | None = session.remembered(_HELD, None)
    if held is None:
        _upload()
    else:
        _look(project, held)


def _upload() -> None:
    sent = st.file_uploader(
        _("The table of ratings (csv or xlsx)"),
        type=["csv", "tsv", "xlsx"],
        key=f"ratings file {session.remembered(_ROUND, 0)}",
    )
    held = jobs.read_once(sent.name, sent.getvalue(), rating.read) if sent else None
    if held is not None:
        session.remember(_HELD, held)
        session.remember(_PICKED, 0)
        st.rerun()


def _leave() -> None:
    session.remember(_HELD, None)
    session.remember(_ROUND, session.remembered(_ROUND, 0) + 1)


def _look(project: Project, held: Ratings) -> None:
    """Show the choices, and the numbers or why there are none."""
    of, scale, order, save, leave = st.columns([3, 2, 3, 1.4, 1.4], vertical_alignment="bottom")
    many = n_("{n} thing rated", "{n} things rated", len(held.things))
    of.markdown(f"**{show.plain(held.source)}** · {many}")
    with scale:
        level = _level()
    values = _order(order) if level == "ordinal" else ()
    leave.button(_("Leave it"), key="ratings leave", on_click=_leave, width="stretch")
    try:
        found = kept(
            project,
            ("ratings", held, level, values),
            lambda: rating.agreement_of(held, level, values),
        )
    except WorkbenchError as problem:
        show.error(problem)
        return
    with save:
        downloads.ratings_button(_("Excel"), held, level, values)
    _numbers(held, found)


def level_names() -> dict[Level, str]:
    """Return what each level of a scale is called."""
    return {
        "nominal": _("nominal"),
        "ordinal": _("ordinal"),
        "interval": _("interval"),
        "ratio": _("ratio"),
    }


def _level() -> Level:
    names = level_names()
    chosen = session.choose(
        _("Level of the scale"),
        rating.LEVELS,
        "level",
        shown=lambda level: names[cast("Level", level)],
        first="ordinal",
        help=_(
            "How far apart two ratings are. Nominal: the same or not. Ordinal: how many ratings "
            "lie between them. Interval: their difference. Ratio: their difference as a part of "
            "their sum."
        ),
    )
    return cast("Level", chosen)


def _order(column: Any) -> tuple[str, ...]:
    said = column.text_input(
        _("Words from low to high"),
        placeholder=_("weak, some, strong"),
        help=_("With commas between. Numbers have an order of their own."),
        key=f"ratings order {session.key()}",
        persist_state="session",
    )
    return rating.in_order(said)


def _numbers(held: Ratings, found: pd.DataFrame) -> None:
    """Show the table, why figures have no value, and what the raters of a row differ on."""
    went = parts.told(KEY).get("row")
    if went is not None:
        session.remember(_PICKED, int(went))
    at = min(int(session.remembered(_PICKED, 0)), len(found) - 1)
    said = found.attrs
    level, values = level_names()[said["level"]], show.plain(", ".join(said["values"]))
    st.caption(_("level: {level} · values: {values}", level=level, values=values))
    notes: dict[str, int] = {}
    rows = [
        [
            {"text": row["raters"], "go": {"row": n}},
            f"{row['units']:,}",
            f"{len(row['apart']):,}",
            *(numbers.cell(row, figure, notes) for figure in ("percent", "alpha")),
        ]
        for n, row in enumerate(found.to_dict("records"))
    ]
    heads = numbers.heads()
    columns = {
        _("Raters"): "",
        heads["units"][0]: _("What two of them rated"),
        _("Apart"): _("What they rated differently; a click on a row lists it below"),
        heads["percent"][0]: _("Pairs of raters that gave the same value"),
        "α": _("Krippendorff’s alpha, {level}", level=level),
    }
    data = {
        "label": _("Agreement of ratings"),
        "columns": list(columns),
        "hints": list(columns.values()),
        "rows": rows,
        "figures": True,
        "picks": True,
        "picked": at,
        "tall": True,
    }
    parts.part("listing", KEY, data)
    numbers.footnotes(notes)
    _alone(said["alone"])
    _apart(held, found.iloc[at])


def _alone(names: list[str]) -> None:
    """Say what no two rated."""
    if names:
        told = n_(
            "{n} thing was rated by fewer than two and does not count: {names}.",
            "{n} things were rated by fewer than two and do not count: {names}.",
            len(names),
            names=show.plain(", ".join(names)),
        )
        st.caption(told)


def _apart(held: Ratings, row: "pd.Series[Any]") -> None:
    """List what the raters of a row rated differently, with the value of each rater."""
    raters = show.plain(row["raters"])
    st.markdown("##### " + _("Rated differently by {raters}", raters=raters))
    apart = rating.differing(held, row["apart"])
    if apart.empty:
        st.caption(
            _("They agree on all that two of them rated.")
            if row["units"]
            else _("There is nothing that two of them rated.")
        )
        return
    data = {
        "label": _("Rated differently"),
        "columns": [_("What was rated"), *held.raters],
        "rows": apart.to_numpy().tolist(),
        "tall": True,
    }
    parts.part("listing", APART, data)
