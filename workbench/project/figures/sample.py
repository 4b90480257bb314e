"""Figures of the sample: how many cases, and what their attributes come to."""

import re
from collections.abc import Mapping

import pandas as pd

from workbench.errors import BadValue
from workbench.model.published import Figure
from workbench.project.figures.registry import figure
from workbench.project.figures.sources import Sources, as_text
from workbench.store import records


@figure("cases")
def cases(sources: Sources, filters: Mapping[str, str]) -> Figure:
    """How many cases there are, or those with some attributes (group=GP; sex=woman)."""
    return Figure(len(sources.cases_where(filters)))


@figure("share")
def share(sources: Sources, filters: Mapping[str, str]) -> Figure:
    """What part of all cases, in per cent, has some attributes (area=urban)."""
    if sources.cases.empty:
        raise BadValue("A share", "no cases", "a project that has cases")
    return Figure(100 * len(sources.cases_where(filters)) / len(sources.cases))


@figure("transcripts")
def transcripts(sources: Sources, filters: Mapping[str, str]) -> Figure:
    """How many transcripts there are, or those with words of cases with some attributes."""
    speaking = set(sources.cases_where(filters)["case_id"])
    if not filters:
        return Figure(len(records.find(sources.connection, "transcript", "id")))
    return Figure(sum(1 for of in sources.speaking.values() if of & speaking))


@figure("mean")
def mean(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The mean of a numeric attribute over cases."""
    return Figure(float(_numbers(sources, attribute, filters).mean()))


@figure("mean of transcripts")
def mean_of_transcripts(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The mean of a numeric attribute over transcripts, each counted once, such as minutes.

    What all who speak in a group interview have in common would weigh more over cases.
    """
    numbers = _numbers(sources, attribute, filters)
    of = dict(zip(sources.cases.loc[numbers.index, "case_id"], numbers, strict=True))
    each = [{of[c] for c in cases if c in of} for cases in sources.speaking.values()]
    if any(len(values) > 1 for values in each):
        raise BadValue(
            "A figure", attribute, "an attribute that is the same for a whole transcript"
        )
    found = [value for values in each for value in values]
    if not found:
        raise BadValue("A figure", attribute, "an attribute of cases that have transcripts")
    return Figure(sum(found) / len(found))


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


@figure("first month")
def first_month(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The month of the first date of an attribute, as 2021-02."""
    return Figure(_month(_texts(sources, attribute, filters)[0], attribute))


@figure("last month")
def last_month(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The month of the last date of an attribute, as 2021-06."""
    return Figure(_month(_texts(sources, attribute, filters)[-1], attribute))


@figure("values")
def values(sources: Sources, attribute: str, filters: Mapping[str, str]) -> Figure:
    """The values that an attribute takes."""
    return Figure(tuple(dict.fromkeys(_texts(sources, attribute, filters))))


def _month(said: str, attribute: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", said):
        raise BadValue("A figure", attribute, "an attribute that is a date in these cases")
    return said[:7]


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
    found = sources.attribute(attribute).loc[of.index].dropna()
    said = [v for v in map(as_text, sorted(found)) if v]
    if not said:
        raise BadValue("A figure", attribute, "an attribute that has values in these cases")
    return said
