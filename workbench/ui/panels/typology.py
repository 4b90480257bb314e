"""Typologies: begin one, and place the cases."""

from typing import Any

import pandas as pd
import streamlit as st

from workbench.errors import Refused
from workbench.project import edits, typology_page
from workbench.project.door import Project
from workbench.project.typology_page import ShownTypology
from workbench.ui import outbox, parts, session, show
from workbench.ui.dialogs import dialog
from workbench.ui.words import _

_TYPE, _MEANS, _WAS = " type", " definition", " was"
"""Columns of the form beside the dimensions, whose names have no blanks around them."""


def view(project: Project) -> None:
    """Show one typology with its cases, and a form that begins another."""
    names = typology_page.typology_names(project)
    if not names:
        show.empty(
            _("No typology yet"),
            _(
                "A typology sorts the cases by two dimensions or more; each case stands in one "
                "type. Begin one here."
            ),
        )
        _begin(project)
        return
    bar = st.columns([4, 1.5, 2, 4.5], vertical_alignment="bottom")
    with bar[0]:
        name = session.choose(_("Typology"), names, "typology", collapsed=True)
    held = typology_page.shown_typology(project, name)
    if bar[1].button(
        _("Change"), key="change typology", help=_("Its dimensions and types"), width="stretch"
    ):
        dialog(_("Change the typology"), change_form, held, width="large")
    with bar[2], st.popover(_("New typology"), width="stretch"):
        _begin(project)
    with bar[3]:
        left = sum(not one.type for one in held.cases)
        st.caption(
            _("{n} of {all} cases are not placed yet.", n=left, all=len(held.cases))
            if left
            else _("Every case is placed.")
        )
    parts.part("types", "types", types_data(held))


def types_data(held: ShownTypology) -> dict[str, Any]:
    """Return what the part “types” draws."""
    return {
        "typology": held.name,
        "types": [one._asdict() for one in held.types],
        "cases": [list(one) for one in held.cases],
        "seen": outbox.acknowledged(),
    }


def _begin(project: Project) -> None:
    """Begin a typology: first its dimensions, then its types, each a place on all of them."""
    name = st.text_input(_("Name"), key="new typology")
    said = st.text_area(
        _("Dimensions"),
        key="new dimensions",
        placeholder=_("one a line, such as\nwho: oneself, others\nwhen: at once, next day"),
        help=_("A line is a dimension: its name, a colon, and its values with commas between."),
    )
    dimensions = dimensions_of(said)
    if len(dimensions) < 1:
        st.caption(_("Write at least one dimension with two values; then name the types."))
        return
    columns: dict[str, Any] = {_TYPE: st.column_config.TextColumn(_("Type"))}
    for dimension, values in dimensions.items():
        columns[dimension] = st.column_config.SelectboxColumn(show.plain(dimension), options=values)
    given = st.data_editor(
        every_place(dimensions),
        column_config=columns,
        num_rows="dynamic",
        hide_index=True,
        key=f"new types {said}",
    )
    if st.button(_("Begin the typology"), type="primary"):
        with show.problems():
            edits.add_typology(project, name, dimensions, types_of(given))
            session.ask("typology", name.strip())
            st.rerun()


def change_form(held: ShownTypology) -> None:
    """Show the form that changes a typology; a type that goes must have no cases."""
    form = f"typology {held.name}"
    name = st.text_input(_("Name"), held.name, key=f"{form} name")
    lines = lines_of(held.dimensions)
    said = st.text_area(
        _("Dimensions"),
        lines,
        key=f"{form} dimensions",
        help=_("A line is a dimension: its name, a colon, and its values with commas between."),
    )
    dimensions = held.dimensions if said == lines else dimensions_of(said)
    columns: dict[str, Any] = {
        _WAS: None,
        _TYPE: st.column_config.TextColumn(_("Type")),
        _MEANS: st.column_config.TextColumn(_("Definition"), width="medium"),
    }
    for dimension, values in dimensions.items():
        columns[dimension] = st.column_config.SelectboxColumn(show.plain(dimension), options=values)
    given = st.data_editor(
        held_types(held, dimensions),
        column_config=columns,
        num_rows="dynamic",
        hide_index=True,
        key=f"{form} types {said}",
    )
    st.caption(_("Cases stay in a type that gets another name or other values."))
    if st.button(_("Save"), type="primary", key="save typology"):
        with show.problems():
            edits.change_typology(
                session.project(),
                held.name,
                name=name,
                dimensions=dimensions,
                **changed_types(given),
                read=(held.dimensions, {t.name: t.values for t in held.types}),
            )
            session.ask("typology", name.strip())
            st.rerun()


def held_types(held: ShownTypology, dimensions: dict[str, list[str]]) -> pd.DataFrame:
    """Return a row for each type: what it is called, its values as far as they still are ones.

    A dimension that has another name by now keeps the values of the one in its place.
    """
    places = list(held.dimensions)
    rows = []
    for one in held.types:
        values = {}
        for at, (dimension, options) in enumerate(dimensions.items()):
            before = dimension if dimension in places or at >= len(places) else places[at]
            value = one.values.get(before)
            values[dimension] = value if value in options else None
        rows.append({_WAS: one.name, _TYPE: one.name, _MEANS: one.definition, **values})
    return pd.DataFrame(rows, columns=[_WAS, _TYPE, _MEANS, *dimensions], dtype="object")


def changed_types(given: pd.DataFrame) -> dict[str, Any]:
    """Return types, definitions and renamed types as `edits.change_typology` takes them.

    Raises:
        Refused: two rows have one name.
    """
    types: dict[str, dict[str, str]] = {}
    definitions, renamed = {}, {}
    for row in given.where(given.notna(), "").to_dict("records"):
        plain = {str(k): str(v) for k, v in row.items()}
        was, name = plain.pop(_WAS), plain.pop(_TYPE).strip()
        means = plain.pop(_MEANS)
        if not name and not was:
            continue
        if name in types:
            raise Refused(f"Two types are called “{name}”. Choose another name for one of them.")
        types[name], definitions[name] = plain, means
        if was and was != name:
            renamed[was] = name
    return {"types": types, "definitions": definitions, "renamed": renamed}


def lines_of(dimensions: dict[str, list[str]]) -> str:
    """Return dimensions as lines that `dimensions_of` reads.

    >>> lines_of({"who": ["oneself", "others"], "when": ["at once"]})
    'who: oneself, others\\nwhen: at once'
    """
    return "\n".join(f"{name}: {', '.join(values)}" for name, values in dimensions.items())


def dimensions_of(said: str) -> dict[str, list[str]]:
    """Return the dimensions that lines name, each with its values.

    >>> dimensions_of("who: oneself, others\\n\\nno values here")
    {'who': ['oneself', 'others']}
    """
    found: dict[str, list[str]] = {}
    for line in said.splitlines():
        name, _colon, values = line.partition(":")
        options = [v.strip() for v in values.split(",") if v.strip()]
        if name.strip() and options:
            found[name.strip()] = list(dict.fromkeys(options))
    return found


def every_place(dimensions: dict[str, list[str]]) -> pd.DataFrame:
    """Return a row for each combination of values, without a name yet, 24 at most."""
    places: list[dict[str, str]] = [{}]
    for dimension, values in dimensions.items():
        places = [{**place, dimension: value} for place in places for value in values]
    rows = [{_TYPE: "", **place} for place in places[:24]]
    return pd.DataFrame(rows, columns=[_TYPE, *dimensions], dtype="str")


def types_of(given: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return the named types of the form, each with its values."""
    rows = given.fillna("").to_dict("records")
    return {
        str(row[_TYPE]).strip(): {str(k): str(v) for k, v in row.items() if k != _TYPE}
        for row in rows
        if str(row[_TYPE]).strip()
    }
