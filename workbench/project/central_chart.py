"""The central chart of a project: chosen columns and derived nodes, a row a case."""

from collections.abc import Sequence

import pandas as pd

from workbench.errors import AmbiguousName
from workbench.project.mapping import ladder_frames
from workbench.project.material import Material
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.stages.charting import chart as charting
from workbench.stages.mapping import central
from workbench.store import frames as stored
from workbench.store import records


def version_of(project: Project, ladder: str) -> str | None:
    """Return the framework version whose statements feed a ladder; None where it takes all."""
    with project.reading() as connection:
        names = Names(connection)
        held = names.ladder(ladder)["framework_version_id"]
        return None if held is None else str(names.version(held)["reference"])


def attributes(project: Project) -> list[str]:
    """Return the names of the attributes of the cases."""
    with project.reading() as connection:
        return [str(c) for c in stored.cases(connection).columns if c not in ("case_id", "case")]


def of_ladder(
    project: Project, codes: Sequence[str], ladder: str | None = None, level: int | None = None
) -> pd.DataFrame:
    """Return the central chart of a ladder, by default the only one, with one level beside.

    Raises:
        AmbiguousName: there are several ladders and none is named.
        UnknownName: there is none, or no such code.
    """
    with project.reading() as connection:
        names = Names(connection)
        known = [str(row["name"]) for row in records.find(connection, "ladder")]
        if ladder is None and len(known) > 1:
            raise AmbiguousName("ladder", "the ladder", known)
        held = names.ladder(ladder or next(iter(known), ""))
        version = str(names.version(held["framework_version_id"])["reference"])
    return central_chart(
        project, str(held["name"]), version, codes, levels=[] if level is None else [level]
    )


def central_chart(
    project: Project,
    ladder: str,
    version: str,
    codes: Sequence[str],
    *,
    levels: Sequence[int] = (),
    attributes: Sequence[str] = (),
) -> pd.DataFrame:
    """Return one row a case: attributes, then each code's statements and the nodes they reach.

    `codes` are ids, numbers or names. Columns are called as the codes, and “code: level” for
    what a level of the ladder holds of them, its labels joined by “; ”.

    Raises:
        UnknownName: there is no such ladder, framework version or code.
    """
    with project.reading() as connection:
        m = Material(connection, version)
        wanted = [m.names.code(m.version, code)["code_id"] for code in codes]
        chosen = m.codes.loc[m.codes["code_id"].isin(wanted)]
        said, _ = charting.chart(
            m.cases, chosen, m.case_codings.head(0), statements=m.statements, evidence=m.evidence
        )
        held = ladder_frames(connection, ladder)
        if held is None:
            return said
        below = held.below if levels else None
        statements, nodes, template = held.statements, held.nodes, held.template
    ids, case_ids = list(chosen["code_id"]), list(m.cases["case_id"])
    columns: dict[str, list[object]] = {name: m.cases[name].tolist() for name in attributes}
    reached = {
        level: _by_cell(central.derived(nodes, below, statements, level))
        for level in levels
        if below is not None
    }
    for at, code in enumerate(ids):
        name = str(said.columns[at])
        columns[name] = said.iloc[:, at].tolist()
        for level, cells in reached.items():
            labels = ["; ".join(cells.get((case, code), ())) for case in case_ids]
            columns[f"{name}: {template.level_name(level)}"] = list(labels)
    return pd.DataFrame(columns, index=said.index, dtype="object")


def _by_cell(found: pd.DataFrame) -> dict[tuple[str, str], tuple[str, ...]]:
    columns = (found[c].tolist() for c in central.REACHES)
    return {(case, code): labels for case, code, labels in zip(*columns, strict=True)}
