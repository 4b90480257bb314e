"""What the parts of the page Charting draw: the chart, its readings, what is open, one cell."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from workbench.project import cell_page, views
from workbench.project.case_words import CaseWords
from workbench.project.cell_page import CellPage, Quoted
from workbench.project.chart_page import ChartCode, Said, WholeChart
from workbench.project.code_list import ListedCode
from workbench.project.door import Project
from workbench.ui import outbox, session
from workbench.ui.sentences import sentence
from workbench.ui.words import _

VIEW = "charting"
WORDS = f"{VIEW}:words"
"""The transcript of the case whose cell is open."""
LEFT = "chart"
"""The key of whichever part stands left of the cell."""
FIGURES = ("counts", "cases", "characters")

Data = dict[str, Any]


class Shown(NamedTuple):
    """What the researcher chose to see; `case` and `code` are numbers of a row and a column.

    `attribute` puts rows together; `by` is it where a row stands for a group of cases, of
    which `group` is the one that is chosen.
    """

    chart: WholeChart
    listed: Mapping[str, ListedCode]
    category: str | None
    values: str
    attribute: str | None
    beside: Sequence[str]
    by: str | None
    case: int | None
    code: int | None
    group: str | None
    choice: int
    """The number of the choice in the browser, which later ones outrun."""


def left(project: Project, shown: Shown, look: str) -> tuple[str, Data]:
    """Return the name of the part that stands left, and what it draws."""
    if look == "code":
        return "cuts", _theme_cut(project, shown)
    if look == "case":
        return "cuts", _case_cut(project, shown)
    if look == "open":
        return "opencells", _open(shown)
    if shown.by:
        return "chart", _by_group(project, shown)
    return "chart", _by_case(project, shown)


def _base(shown: Shown) -> Data:
    chart = shown.chart
    return {
        "view": VIEW,
        "framework": chart.reference,
        "runs": list(chart.runs),
        "selected": {
            "case": None if shown.case is None else chart.cases[shown.case].case_id,
            "code": None if shown.code is None else chart.codes[shown.code].code_id,
            "n": shown.choice,
        },
        "seen": outbox.acknowledged(),
    }


def _columns(shown: Shown) -> list[int]:
    return shown.chart.columns(shown.category)


def _head(shown: Shown, code: ChartCode) -> list[str]:
    listed = shown.listed[code.code_id]
    return [code.code_id, code.number, code.name, listed.colour, listed.category]


def _values(shown: Shown, case: int) -> list[str]:
    chart = shown.chart
    return [chart.cases[case].values[chart.attributes.index(a)] for a in shown.beside]


def _by_case(project: Project, shown: Shown) -> Data:
    chart, columns = shown.chart, _columns(shown)
    cells = [
        [
            [c.state, sentence(c.reason), c.codings, [_said(shown, s) for s in c.statements]]
            for c in (chart.cell(row, column) for column in columns)
        ]
        for row in range(len(chart.cases))
    ]
    return {
        **_base(shown),
        "shows": shown.values,
        "columns": [_head(shown, chart.codes[n]) for n in columns],
        "rows": [[c.case_id, c.label, _values(shown, n)] for n, c in enumerate(chart.cases)],
        "groups": [list(g) for g in chart.grouped(shown.attribute)],
        "beside": list(shown.beside),
        "cells": cells,
        **_figures(project, shown),
    }


def _by_group(project: Project, shown: Shown) -> Data:
    """Return a chart whose rows are groups of cases: figures, and no cells to write in."""
    found = _figures(project, shown)
    rows = found.pop("labels")
    return {
        **_base(shown),
        "shows": shown.values,
        "columns": [_head(shown, shown.chart.codes[n]) for n in _columns(shown)],
        "rows": [[f"={label}", label, []] for label in rows],
        "groups": [["", list(range(len(rows)))]],
        "beside": [],
        "cells": None,
        "group": shown.group,
        **found,
    }


def _figures(project: Project, shown: Shown) -> Data:
    """Return the figures of the rows and columns shown, with their totals."""
    if shown.values == "statements" or (shown.values == "states" and shown.by is None):
        return {}
    held = session.remembered("figures", None)
    key = (shown.chart.act, shown.chart.reference, shown.values, shown.by, shown.category)
    if held is None or held[0] != key:
        held = (key, _counted(project, shown))
        session.remember("figures", held)
    return dict(held[1])


def _counted(project: Project, shown: Shown) -> Data:
    asked: dict[str, Any] = {
        "by": shown.by or "case",
        "values": shown.values,
        "category": shown.category,
    }
    frame = views.chart(project, shown.chart.reference, **asked)
    found: Data = {"labels": list(frame.index), "figures": frame.to_numpy().tolist()}
    if shown.values in FIGURES:
        totals = views.margins(project, shown.chart.reference, **asked)
        found["totals"] = {
            "rows": totals.rows.tolist(),
            "columns": totals.columns.tolist(),
            "all": totals.total,
        }
    found["unit"] = _unit(shown.values)
    return found


def _unit(values: str) -> str:
    return {
        "counts": _("codings"),
        "cases": _("cases with at least one coding"),
        "characters": _("distinct coded characters"),
        "states": _("cells in each state"),
    }[values]


# --- readings -----------------------------------------------------------------------------


def _choices(shown: Shown) -> Data:
    chart = shown.chart
    return {
        "codes": [_head(shown, c) for c in chart.codes],
        "cases": [[c.case_id, c.label] for c in chart.cases],
    }


def _theme_cut(project: Project, shown: Shown) -> Data:
    """Return what all cases say on one code, by the rows' groups."""
    chart = shown.chart
    code = shown.code if shown.code is not None else _columns(shown)[0]
    about = shown.listed[chart.codes[code].code_id]
    parts = [
        [g.heading, [_entry(shown, row, code, chart.cases[row].label, row) for row in g.rows]]
        for g in chart.grouped(shown.attribute)
    ]
    return {
        **_base(shown),
        **_choices(shown),
        "cut": "code",
        "of": about.code_id,
        "title": f"{about.number} {about.name}".strip(),
        "about": about.definition,
        "parts": _with_places(project, parts),
    }


def _case_cut(project: Project, shown: Shown) -> Data:
    """Return what one case says on all codes, by category."""
    chart = shown.chart
    row = shown.case if shown.case is not None else 0
    case = chart.cases[row]
    headings = dict.fromkeys(shown.listed[c.code_id].category for c in chart.codes)
    parts = [
        [
            heading,
            [
                _entry(shown, row, n, f"{c.number} {c.name}".strip(), None)
                for n, c in enumerate(chart.codes)
                if shown.listed[c.code_id].category == heading
            ],
        ]
        for heading in headings
    ]
    said = zip(chart.attributes, case.values, strict=True)
    return {
        **_base(shown),
        **_choices(shown),
        "cut": "case",
        "of": case.case_id,
        "title": case.label,
        "about": " · ".join(f"{name}: {value}" for name, value in said),
        "parts": _with_places(project, parts),
    }


def _said(shown: Shown, one: Said) -> list[Any]:
    """Return a statement: id, kind, words, whether it is bare, that it is stored, its label."""
    statement, kind, words, label = one
    return [statement, kind, words, statement in shown.chart.bare, False, label]


def _entry(shown: Shown, row: int, column: int, label: str, of: int | None) -> list[Any]:
    """Return one cell as text to read: whose it is, where, its state and its statements."""
    chart = shown.chart
    cell = chart.cell(row, column)
    beside = [] if of is None else _values(shown, of)
    ids = [chart.cases[row].case_id, chart.codes[column].code_id]
    return [label, beside, *ids, cell.state, [list(s) for s in cell.statements]]


def _with_places(project: Project, parts: list[list[Any]]) -> list[list[Any]]:
    """Put beside each statement where its evidence stands."""
    said = [s for __, entries in parts for entry in entries for s in entry[5]]
    where = cell_page.places(project, [s[0] for s in said])
    for statement in said:
        statement.append([list(place) for place in where.get(statement[0], [])])
    return parts


# --- what is open -------------------------------------------------------------------------


def _open(shown: Shown) -> Data:
    chart = shown.chart
    label = {c.case_id: c.label for c in chart.cases}
    name = {c.code_id: f"{c.number} {c.name}".strip() for c in chart.codes}
    category = {c.code_id: c.category_id for c in chart.codes}
    bare = [
        [case, code, label[case], name[code], said[2], said[1]]
        for (case, code), statements in chart.statements.items()
        for said in statements
        if said[0] in chart.bare and case in label and code in name
    ]
    return {
        **_base(shown),
        "category": shown.category,
        "categoryName": next(
            (c.category for c in shown.listed.values() if category[c.code_id] == shown.category), ""
        ),
        "open": [
            [
                *(c.case_id, c.code_id, label[c.case_id], name[c.code_id]),
                *(c.state, sentence(c.reason), c.codings),
            ]
            for c in chart.open_cells()
        ],
        "here": [k for k, of in category.items() if shown.category in (None, of)],
        "bare": bare,
        "counts": chart.counted(range(len(chart.codes))),
    }


# --- the transcript beside a cell ---------------------------------------------------------


def words(shown: Shown, held: CaseWords | None, run: str | None, part: int = 1) -> Data:
    """Return what is marked in a transcript beside the cell that is chosen, if there is one.

    `part` is the part of the transcript that is shown.
    """
    if held is None or shown.code is None:
        return {**_base(shown), "words": None}
    code = shown.listed[shown.chart.codes[shown.code].code_id]
    marked = {
        "version": held.version_id,
        "part": part,
        "marks": [list(m) for m in held.marks],
        "codes": {code.code_id: [code.number, code.name, code.colour]},
        "own": [list(stretch) for stretch in held.own],
        "run": run,
        "seen": outbox.acknowledged(),
    }
    return {**_base(shown), "words": marked}


# --- one cell -----------------------------------------------------------------------------


def cell(project: Project, shown: Shown, look: str) -> Data:
    """Return the cell that is chosen with all that stands behind it, or nothing.

    `look` is what stands left of it.
    """
    base = {"view": VIEW, "seen": outbox.acknowledged(), "framework": shown.chart.reference}
    base |= {"look": look}
    if shown.by and shown.group and shown.code is not None:
        return {**base, "evidence": _of_group(project, shown, shown.group, shown.code)}
    if shown.case is None or shown.code is None:
        return {**base, "cell": None}
    chart = shown.chart
    case, code = chart.cases[shown.case].case_id, chart.codes[shown.code].code_id
    state = chart.cell(shown.case, shown.code).state
    held = cell_page.cell_page(project, chart.reference, case, code)
    return {**base, "cell": _cell(held, state, shown.listed[code].colour)}


def _cell(held: CellPage, state: str, colour: str) -> Data:
    return {
        "framework": held.framework,
        "case": held.case_id,
        "caseName": held.case,
        "attributes": [list(a) for a in held.attributes],
        "code": held.code_id,
        "number": held.number,
        "codeName": held.code,
        "colour": colour,
        "rules": dict(held.rules),
        "rulesBefore": dict(held.rules_before) if held.rules_before else None,
        "redefined": held.redefined,
        "state": state,
        "mark": held.mark,
        "row": held.row_version,
        "statements": [
            [
                *(s.statement_id, s.kind, s.text, s.row_version),
                *(list(s.evidence), s.who, s.at[:10], s.label),
            ]
            for s in held.statements
        ],
        "codings": _quotes(held.codings),
        "changes": [[c.what, c.coding_id, c.before, c.who, c.at[:10]] for c in held.changes],
    }


def _quotes(held: Iterable[Quoted]) -> list[list[Any]]:
    return [
        [
            q.coding_id,
            list(q.words),
            q.transcript,
            q.turn,
            q.speaker,
            q.coder,
            q.run,
            q.code,
            q.uncertain,
            q.where,
        ]
        for q in held
    ]


def _of_group(project: Project, shown: Shown, group: str, column: int) -> Data:
    """Return the codings behind a figure of a group."""
    chart, code = shown.chart, shown.chart.codes[column]
    frame = views.chart(project, chart.reference, by=shown.by or "case", values="counts")
    ids = frame.attrs["evidence"].get((group, str(frame.columns[column])), ())
    return {
        "group": group,
        "by": shown.by,
        "codeName": f"{code.number} {code.name}".strip(),
        "codings": _quotes(cell_page.quoted(project, list(ids))),
    }
