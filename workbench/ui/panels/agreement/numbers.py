"""The table of agreement: per code, per category and overall; a row opens its differences."""

import math
from collections.abc import Hashable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from workbench.project import agreement_page
from workbench.project.agreement_page import OF_SETS, Comparison
from workbench.project.door import Project
from workbench.ui import parts, session, show
from workbench.ui.kept import kept
from workbench.ui.panels.agreement import choice
from workbench.ui.sentences import sentence
from workbench.ui.words import _

KEY = "agreement numbers"
_INTERVAL_OF = ("alpha", "alpha_u")
ALL, OF_CATEGORY = "*all", "category:"


def table(project: Project, of: Comparison) -> pd.DataFrame:
    """Return the table of agreement for the one who works here, made once a state."""
    make = partial(agreement_page.table, project, of)
    return kept(project, ("agreement", project.who, of), make)


def panel(project: Project, of: Comparison) -> None:
    """Show the numbers, and go to the differences of the code whose row is chosen."""
    found = table(project, of)
    _follow(found)
    st.caption(choice.told(found.attrs, of))
    if of.unit == "character":
        caution()
    notes: dict[str, int] = {}
    columns = _columns(found, of)
    levels = {"code": _("Codes"), "category": _("Categories"), "overall": _("Overall")}
    rows, breaks, level = [], [], ""
    for n, row in enumerate(found.to_dict("records")):
        if row["level"] != level:
            level = row["level"]
            breaks.append([n, levels[level]])
        go = {"of": row["of"]}
        rows.append([{"text": named(row), "go": go}, *_cells(row, list(columns)[1:], notes)])
    data = {
        "label": _("Agreement"),
        "columns": [head for head, _hint in columns.values()],
        "hints": [hint for _head, hint in columns.values()],
        "rows": rows,
        "breaks": breaks,
        "figures": True,
        "picks": True,
    }
    parts.part("listing", KEY, data)
    footnotes(notes)
    _sets(rows_of_sets(found))


def rows_of_sets(found: pd.DataFrame) -> list[tuple[str, dict[str, float]]]:
    """Return the rows of which α of sets of codes has a value: name, and the values."""
    if not all(c in found for c in OF_SETS):
        return []
    known = found.loc[found[list(OF_SETS)].notna().all(axis=1)]
    return [(named(row), {c: row[c] for c in OF_SETS}) for row in known.to_dict("records")]


def _sets(rows: Sequence[tuple[str, Mapping[str, float]]]) -> None:
    """Tell α of sets: of rows with several codes, of which a unit may have more than one."""
    if rows:
        told = " · ".join(
            f"{show.plain(name)} {of['alpha_jaccard']:.3f} / {of['alpha_masi']:.3f}"
            for name, of in rows
        )
        st.caption(_("α of sets of codes, by Jaccard’s distance / by MASI: {told}.", told=told))


def caution() -> None:
    """Say what characters hide."""
    st.warning(
        _(
            "The longer the text, the better characters agree, and each counts as a decision "
            "though nobody made one: look at turns first."
        )
    )


def _follow(found: pd.DataFrame) -> None:
    """Open the differences of the row that was chosen."""
    went = parts.told(KEY)
    rows = found.loc[found["of"] == went.get("of")].to_dict("records")
    if rows:
        open_differences(rows[0])


def open_differences(row: Mapping[Hashable, Any], pair: int = 0) -> None:
    """Go to the differences of a row of the table, and of the pair of that number."""
    of = {"code": row["of"], "category": f"{OF_CATEGORY}{row['of']}"}
    session.ask("of", str(of.get(row["level"], ALL)))
    session.ask("pair", str(pair))
    session.ask("view", "differences")
    st.rerun()


def named(row: Mapping[Hashable, Any]) -> str:
    """Return what a row is called."""
    overall = {"any code": _("any code"), "all codes": _("all codes")}
    if row["level"] == "overall":
        return overall[str(row["of"])]
    return f"{row['number']} {row['name']}".strip()


def heads() -> dict[str, tuple[str, str]]:
    """Return for each column its head, and what it says."""
    return {
        "units": (_("n"), _("Units compared")),
        "by_side": (_("By side"), _("To how many units each side gave the code")),
        "prevalence": (_("Prev."), _("The share of units with the code, mean of the sides")),
        "bias": (_("Bias"), _("How much more the first side gave it than the second")),
        "percent": (_("Per cent"), _("Pairs of sides that agree on a unit")),
        "positive": (_("Pos."), _("How likely the other gave it where one did")),
        "negative": (_("Neg."), _("How likely the other did not where one did not")),
        "kappa": ("κ", _("Cohen’s kappa, of two sides")),
        "kappa_max": (_("κ max"), _("The most that their numbers allow")),
        "kappa_se": (_("κ SE"), _("Standard error of kappa, for independent units")),
        "pabak": ("PABAK", _("Kappa as if the code were on half of the units")),
        "ac1": ("AC1", _("Gwet’s AC1, which does not fall where a code is rare")),
        "fleiss": (_("Fleiss’ κ"), _("Fleiss’ kappa, of any number of sides")),
        "alpha": ("α", _("Krippendorff’s alpha, nominal")),
        "alpha_u": ("α_U", _("Do the same stretches have the code?")),
        "u_alpha": ("uα", _("Stretches and codes")),
        "binary_u_alpha": ("|uα", _("Stretches alone")),
        "cu_alpha": ("cuα", _("Codes where both have one")),
        "k_u_alpha": ("(k)uα", _("How well one code is told from the others")),
        "band": (_("In words"), ""),
    }


def band_words() -> dict[str, str]:
    """Return what the known bands say, in words of the page; own ones stay as they are."""
    return {
        "poor": _("poor"),
        "slight": _("slight"),
        "fair": _("fair"),
        "moderate": _("moderate"),
        "substantial": _("substantial"),
        "almost perfect": _("almost perfect"),
        "not reliable": _("not reliable"),
        "tentative": _("tentative"),
        "reliable": _("reliable"),
    }


def _columns(found: pd.DataFrame, of: Comparison) -> dict[str, tuple[str, str]]:
    """Return the columns that are shown: name → head, hint."""
    known = heads()
    out = {"name": (_("Code"), "")}
    out |= {c: known[c] for c in ("units", "by_side", "prevalence", "bias")}
    for column in of.shown_of(len(found.attrs["sides"])):
        out[column] = known[column]
        if column in _INTERVAL_OF and f"{column}_low" in found:
            head = _("95 % of {name}", name=known[column][0])
            out[f"{column}_low"] = head, _("Interval by drawing transcripts anew")
    if "band" in found:
        out["band"] = known["band"]
    return out


def _cells(row: Mapping[Hashable, Any], columns: list[str], notes: dict[str, int]) -> list[Any]:
    cells: list[Any] = []
    for column in columns:
        if column == "by_side":
            cells.append(" / ".join(f"{n:,}" for n in row[column]))
        elif column == "units":
            cells.append(f"{row[column]:,}")
        elif column == "band":
            cells.append(band_words().get(row[column], row[column]))
        elif column.endswith("_low"):
            high = row[f"{column.removesuffix('_low')}_high"]
            cells.append(cell(row, column, notes, f"{row[column]:.3f} – {high:.3f}"))
        else:
            cells.append(cell(row, column, notes))
    return cells


def cell(
    row: Mapping[Hashable, Any], column: str, notes: dict[str, int], said: str = ""
) -> str | dict[str, Any]:
    """Return a number, or a dash with the number of the note that says why there is none."""
    if math.isfinite(row[column]):
        return said or f"{round(row[column], 3) + 0:.3f}"  # + 0: never “-0.000”
    why = sentence(str(row["undefined"].get(column, "")))
    number = notes.setdefault(why, len(notes) + 1)
    return {"text": "–", "mark": str(number), "title": why}


def footnotes(notes: Mapping[str, int]) -> None:
    """Say why figures have no value."""
    if notes:
        told = " · ".join(f"({n}) {why}" for why, n in notes.items())
        st.caption(_("– is undefined: {why}.", why=told))
