"""The attributes that group cases, for filters and tables by group."""

import pandas as pd

from workbench.project import views
from workbench.project.door import Project
from workbench.ui.kept import kept

_MOST = 12
"""Values of an attribute that still make groups."""


def groups(project: Project) -> dict[str, list[str]]:
    """Return the attributes that group cases, each with its values: two to twelve of them."""
    return kept(project, "groups", lambda: _groups(views.cases(project)))


def _groups(cases: pd.DataFrame) -> dict[str, list[str]]:
    out = {}
    for name in cases.columns[2:]:
        values = sorted({str(v) for v in cases[name].dropna() if str(v)})
        if 2 <= len(values) <= _MOST:
            out[str(name)] = values
    return out
