"""The steps of a framework version as a table that people read."""

import pandas as pd

from workbench.model import frames
from workbench.model.framework import FrameworkVersion, Thing


def rows(parent: FrameworkVersion | None, child: FrameworkVersion) -> pd.DataFrame:
    """Return `frames.STEPS`: the steps of a version, with number and name of what they tell of.

    An id that the version does not have (a parent that is not at hand) stands for itself.
    """
    names = {"before": _names(parent) if parent else {}, "after": _names(child)}
    found = [
        (
            n,
            s.kind,
            s.thing,
            tuple(names["before"].get((s.thing, i), i) for i in s.before),
            tuple(names["after"].get((s.thing, i), i) for i in s.after),
            s.author,
            s.date,
            s.reason,
            s.before,
            s.after,
        )
        for n, s in enumerate(child.steps, 1)
    ]
    columns = {
        name: pd.Series([row[at] for row in found], dtype=dtype)
        for at, (name, dtype) in enumerate(frames.STEPS.items())
    }
    return pd.DataFrame(columns)


def _names(version: FrameworkVersion) -> dict[tuple[Thing, str], str]:
    named: dict[tuple[Thing, str], str] = {}
    for category in version.categories:
        named["category", category.category_id] = f"{category.number} {category.name}".strip()
    for code in version.codes:
        named["code", code.code_id] = f"{code.number} {code.name}".strip()
    return named
