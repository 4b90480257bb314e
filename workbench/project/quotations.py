"""The quotations of a project as a table: one row a coding, with all that is known of it."""

from collections.abc import Iterable
from typing import Any

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.model import frames
from workbench.model.framework import Category, Code, FrameworkVersion
from workbench.project import lists
from workbench.project.framework_rows import as_version
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.project.reports.citing import Citations
from workbench.store import frames as stored

BETWEEN = "; "
"""What stands between the cases, or their values, of words that several share."""
_FIRST = ("citation", "quote", "case", "transcript", "turn", "speaker")
_LAST = ("number", "code", "framework", "run", "coder", "coding_id")


def quotations(project: Project, version: str | None = None) -> pd.DataFrame:
    """Return one row per live coding, of one framework version or of all.

    Columns: citation, quote, case, transcript, turn, speaker; the attributes of the case; the
    way down to the code, from the topmost category (`path 1`, `path 2` …); number, code,
    framework, run, coder and coding_id. Words that several cases share name them all.
    """
    with project.reading() as connection:
        codings = stored.of_rows(lists.codings(connection, version), lists.CODINGS)
        citations = Citations(connection, codings)
        cases = stored.cases(connection)
        paths = _paths(connection)
    cited = [citations.of(coding) for coding in codings["coding_id"]]
    label = dict(zip(cases["case_id"], cases["case"], strict=True))
    out = codings.assign(
        citation=pd.Series([c.citation for c in cited], dtype="str"),
        case=pd.Series([BETWEEN.join(label[i] for i in c.cases) for c in cited], dtype="str"),
    )[list(_FIRST)]
    for name in (str(c) for c in cases.columns if c not in frames.CASES):
        values = dict(zip(cases["case_id"], cases[name].tolist(), strict=True))
        held = [_value([values[i] for i in c.cases]) for c in cited]
        out[_free(name, [*out.columns, *_LAST])] = _typed(held, cases[name].dtype)
    ways = [
        paths.get((f, c), ()) for f, c in zip(codings["framework"], codings["code_id"], strict=True)
    ]
    for depth in range(max(map(len, ways), default=0)):
        level = [way[depth] if depth < len(way) else "" for way in ways]
        out[f"path {depth + 1}"] = pd.Series(level, dtype="str")
    return pd.concat([out, codings[list(_LAST)]], axis="columns")


def _value(values: list[object]) -> object:
    """Return the value of one case as it is; those of several as one text."""
    if len(values) <= 1:
        return values[0] if values else None
    return BETWEEN.join("" if pd.isna(v) else str(v) for v in values)  # type: ignore[call-overload]  # a value of a cell, never a list


def _typed(values: list[object], dtype: Any) -> "pd.Series[Any]":
    """Return a column in its attribute's type, or as it is where several cases share words."""
    column = pd.Series(values, dtype="object")
    try:
        return column.astype(dtype)
    except (TypeError, ValueError):
        return column


def _free(name: str, taken: Iterable[str]) -> str:
    """Return the name of a column; one that is taken says that it is of the case.

    >>> _free("age", ["code"]), _free("code", ["code"])
    ('age', 'case: code')
    """
    held = set(taken)
    while name in held:
        name = f"case: {name}"
    return name


def _paths(connection: Connection) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what each code stands under, from the top, and the code itself last."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in Names(connection).versions():
        version = as_version(connection, row)
        for code in version.codes:
            found[version.reference, code.code_id] = path(version, code)
    return found


def path(version: FrameworkVersion, code: Code) -> tuple[str, ...]:
    """Return the categories and codes above a code, from the top, and the code itself last."""
    codes = {c.code_id: c for c in version.codes}
    categories = {c.category_id: c for c in version.categories}
    way: list[Code | Category] = [code]
    while (above := codes.get(code.parent_id or "")) and above not in way:
        way.append(above)
        code = above
    head = categories.get(code.category_id or "")
    while head and head not in way:
        way.append(head)
        head = categories.get(head.parent_id or "")
    return tuple(f"{thing.number} {thing.name}".strip() for thing in reversed(way))
