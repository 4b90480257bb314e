"""Figures of the sample: how many cases, and what their attributes come to."""

from collections.abc import Mapping

import pandas as pd

from workbench.errors import BadValue
from workbench.model.published import Figure
from workbench.project.figures.registry import figure
from workbench.project.figures.sources import Sources, as_text


@figure("cases")
def cases(sources: Sources, filters: Mapping[str, str]) -> Figure:
    """How many cases there are, or those with some attributes (group=GP; sex=woman)."""
    return Figure(len(sources.cases_where(filters)))


@figure("mean")
def mean(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The mean of a numeric attribute over cases."""
    return Figure(float(_numbers(sources, attribute, filters).mean()))


@figure("least")
def least(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The least value of a numeric attribute."""
    return Figure(float(_numbers(sources, attribute, filters).min()))


@figure("greatest")
def greatest(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The greatest value of a numeric attribute."""
    return Figure(float(_numbers(sources, attribute, filters).max()))


@figure("total")
def total(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The sum of a numeric attribute."""
    return Figure(float(_numbers(sources, attribute, filters).sum()))


@figure("first")
def first(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The first value of an attribute in its order, such as the first date."""
    return Figure(_texts(sources, attribute, filters)[0])


@figure("last")
def last(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The last value of an attribute in its order, such as the last date."""
    return Figure(_texts(sources, attribute, filters)[-1])


@figure("values")
def values(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The values that an attribute takes."""
    return Figure(tuple(dict.fromkeys(_texts(sources, attribute, filters))))


def _numbers(sources: Sources, attribute: str, filters: Mapping[str, str]) -> pd.Series:
    of = sources.cases_where(filters)
    found = sources.attribute(attribute).loc[of.index].dropna()
    if found.empty or not all(
        isinstance(v, int | float) and not isinstance(v, bool) for v in found
    ):
        raise BadValue("A figure", attribute, "an attribute that is a number in these cases")
    return found.astype("float64")


def _texts(sources: Sources, attribute: str, filters: Mapping[str, str]) -> list[str]:
    of = sources.cases_where(filters)
    found = sorted(v for v in map(as_text, sources.attribute(attribute).loc[of.index]) if v)
    if not found:
        raise BadValue("A figure", attribute, "an attribute that has values in these cases")
    return found
