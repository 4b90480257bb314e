"""Typologies: cases sorted into types by their values on several dimensions.

The rules (Ritchie & Lewis 2003, ch. 9): a type says its place on every dimension, no
two types share a place, and each case is in exactly one type or on the list of those
that could not be placed.
"""

from collections.abc import Iterator
from itertools import combinations

import pandas as pd

from workbench.model import frames

CASE_VALUES: frames.Columns = {"case_id": "str", "dimension": "str", "value": "str"}
"""One value that a case has on a dimension."""

_Finding = tuple[str, str, str, str]


def members(types: pd.DataFrame, placements: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Return one row per type: its cases, how many, and of how many cases there are.

    A case that stands in two types is counted in both; `problems` tells of it.
    """
    frames.require(types, frames.TYPES, "types")
    placed = _known(placements, cases)
    of = {key: tuple(sorted(set(ids))) for key, ids in placed.groupby("type_id")["case_id"]}
    who = [of.get(type_id, ()) for type_id in types["type_id"]]
    return types[["type_id", "type"]].assign(
        cases=pd.Series([len(ids) for ids in who], index=types.index, dtype="int64"),
        of=len(cases),
        case_ids=pd.Series(who, index=types.index, dtype="object"),
    )


def unplaced(types: pd.DataFrame, placements: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Return the cases that are in none of these types, in the order of the cases."""
    frames.require(types, frames.TYPES, "types")
    placed = _known(placements, cases)
    ours = placed.loc[placed["type_id"].isin(types["type_id"]), "case_id"]
    left = cases.loc[~cases["case_id"].isin(ours), list(frames.CASES)]
    return left.reset_index(drop=True)


def proposed(type_values: pd.DataFrame, case_values: pd.DataFrame) -> pd.DataFrame:
    """Return (case_id, type_id) for each case whose values fit a type on all its dimensions.

    A proposal for a person to accept: a case that fits two types has two rows, and one
    that lacks a value on some dimension fits none of the types that need it.
    """
    frames.require(type_values, frames.TYPE_VALUES, "type values")
    frames.require(case_values, CASE_VALUES, "case values")
    needed = type_values.groupby("type_id")["dimension"].nunique()
    met = (
        type_values.merge(case_values, on=["dimension", "value"])
        .groupby(["case_id", "type_id"])["dimension"]
        .nunique()
        .reset_index(name="met")
    )
    fits = met.loc[met["met"] == met["type_id"].map(needed)]
    return fits[["case_id", "type_id"]].reset_index(drop=True)


def problems(
    dimension_values: pd.DataFrame,
    types: pd.DataFrame,
    type_values: pd.DataFrame,
    placements: pd.DataFrame,
    cases: pd.DataFrame,
) -> pd.DataFrame:
    """Return `frames.FINDINGS`: everything about one typology that breaks its rules.

    The frames are those of one typology; `cases` are all that it should place.
    """
    frames.require(dimension_values, frames.DIMENSION_VALUES, "dimension values")
    frames.require(types, frames.TYPES, "types")
    frames.require(type_values, frames.TYPE_VALUES, "type values")
    options = _values_by(dimension_values, "dimension")
    names = dict(zip(types["type_id"], types["type"], strict=True))
    rows = [
        *_too_few_dimensions(options),
        *_misplaced_values(names, type_values, options),
        *_shared_places(names, type_values, options),
        *_misplaced_cases(names, placements, cases),
    ]
    return pd.DataFrame(rows, columns=list(frames.FINDINGS), dtype="str")


def _too_few_dimensions(options: dict[str, set[str]]) -> Iterator[_Finding]:
    if len(options) < 2:
        said = f"has {len(options) or 'no'} dimension{'s' * (not options)}; it needs two or more"
        yield "typology", "", "", said
    for dimension, values in options.items():
        if len(values) < 2:
            yield "dimension", "", dimension, "has only one value, so it tells no types apart"


def _misplaced_values(
    names: dict[str, str], type_values: pd.DataFrame, options: dict[str, set[str]]
) -> Iterator[_Finding]:
    for type_id, name in names.items():
        own = type_values.loc[type_values["type_id"] == type_id]
        for row in own.itertuples(index=False):
            dimension, value = str(row.dimension), str(row.value)
            if dimension not in options:
                yield "type", type_id, name, f"has a value on “{dimension}”, no dimension here"
            elif value not in options[dimension]:
                yield "type", type_id, name, f"“{value}” is no value of “{dimension}”"
        for dimension in options:
            if dimension not in set(own["dimension"]):
                yield "type", type_id, name, f"has no value on “{dimension}”"


def _shared_places(
    names: dict[str, str], type_values: pd.DataFrame, options: dict[str, set[str]]
) -> Iterator[_Finding]:
    place = {
        type_id: _values_by(type_values.loc[type_values["type_id"] == type_id], "dimension")
        for type_id in names
    }
    for one, other in combinations(names, 2):
        if options and all(place[one].get(d, set()) & place[other].get(d, set()) for d in options):
            said = f"has the same place as “{names[other]}” on every dimension"
            yield "type", one, names[one], said


def _misplaced_cases(
    names: dict[str, str], placements: pd.DataFrame, cases: pd.DataFrame
) -> Iterator[_Finding]:
    placed = _known(placements, cases)
    types_of = placed.groupby("case_id")["type_id"].agg(lambda ids: list(dict.fromkeys(ids)))
    for case in cases.itertuples(index=False):
        own = list(types_of.get(case.case_id, []))
        inside = [names[type_id] for type_id in own if type_id in names]
        if len(inside) < len(own):
            yield "case", str(case.case_id), str(case.case), "is placed in a type that is not here"
        if not inside:
            yield "case", str(case.case_id), str(case.case), "is in no type"
        elif len(inside) > 1:
            said = " and ".join(f"“{name}”" for name in inside)
            yield "case", str(case.case_id), str(case.case), f"is in {said}; it can be in one"


def _known(placements: pd.DataFrame, cases: pd.DataFrame) -> pd.DataFrame:
    """Return the placements of cases that are here."""
    frames.require(placements, frames.PLACEMENTS, "placements")
    frames.require(cases, frames.CASES, "cases")
    return placements.loc[placements["case_id"].isin(cases["case_id"])]


def _values_by(frame: pd.DataFrame, column: str) -> dict[str, set[str]]:
    return {str(key): set(of["value"]) for key, of in frame.groupby(column, sort=False)}
