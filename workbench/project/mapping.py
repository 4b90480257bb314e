"""The ladder as a project shows it: its table, support, coverage, and typologies."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.model import frames
from workbench.model.ladder import TEMPLATES, LadderTemplate
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.stages.mapping import ladder as climbing
from workbench.stages.mapping import typology as placing
from workbench.store import frames as stored
from workbench.store import records


@dataclass(frozen=True)
class LadderFrames:
    """One ladder's frames, and the names of its levels."""

    name: str
    template: LadderTemplate
    nodes: pd.DataFrame
    node_edges: pd.DataFrame
    feeds: pd.DataFrame
    statements: pd.DataFrame
    evidence: pd.DataFrame
    cases: pd.DataFrame

    @property
    def below(self) -> pd.DataFrame:
        """`frames.REACHED`: what stands below each node."""
        return climbing.reached(
            self.nodes, self.node_edges, self.feeds, self.statements, self.evidence
        )


def ladder_frames(connection: Connection, name: str | None = None) -> LadderFrames | None:
    """Return the frames of a ladder, by default the first; None where there is none yet."""
    if name is not None:
        row = Names(connection).ladder(name)
    else:
        ladders = records.find(connection, "ladder")
        if not ladders:
            return None
        row = ladders[0]
    nodes = stored.nodes(connection)
    statements = stored.statements(connection)
    if row["framework_version_id"]:
        statements = stored.statements(connection, row["framework_version_id"])
    nodes = nodes.loc[nodes["ladder_id"] == row["id"]].reset_index(drop=True)
    edges, feeds = stored.node_edges(connection), stored.feeds(connection)
    return LadderFrames(
        name=row["name"],
        template=TEMPLATES[row["template"]],
        nodes=nodes,
        node_edges=edges.loc[edges["child_id"].isin(nodes["node_id"])],
        feeds=feeds.loc[feeds["node_id"].isin(nodes["node_id"])],
        statements=statements,
        evidence=stored.evidence(connection),
        cases=stored.cases(connection),
    )


def ladder_table(project: Project, ladder: str | None = None) -> pd.DataFrame:
    """Return the ladder as papers print it, a row per path, with the case's label first."""
    with project.reading() as connection:
        held = ladder_frames(connection, ladder)
    if held is None:
        return pd.DataFrame()
    table = climbing.table(held.nodes, held.node_edges, held.feeds, held.statements, held.template)
    return table.assign(
        case_id=table["case_id"].map(held.cases.set_index("case_id")["case"])
    ).rename(columns={"case_id": "case"})


def ladder_support(project: Project, ladder: str | None = None) -> pd.DataFrame:
    """Return `frames.SUPPORT` of a ladder, with each level's name beside."""
    with project.reading() as connection:
        held = ladder_frames(connection, ladder)
    if held is None:
        return frames.empty(frames.SUPPORT)
    support = climbing.support(held.nodes, held.node_edges, held.below)
    names = [held.template.level_name(level) for level in support["level"]]
    return support.assign(level_name=pd.Series(names, dtype="str"))


def ladder_unused(project: Project, ladder: str | None = None) -> pd.DataFrame:
    """Return statements and nodes that the ladder has not taken up."""
    with project.reading() as connection:
        held = ladder_frames(connection, ladder)
    if held is None:
        return frames.empty(frames.FINDINGS)
    return climbing.unused(held.nodes, held.node_edges, held.feeds, held.statements, held.template)


def ladder_tree(project: Project, ladder: str | None = None) -> list[str]:
    """Return the ladder as indented lines from the themes down, with counts of cases."""
    with project.reading() as connection:
        held = ladder_frames(connection, ladder)
    if held is None:
        return []
    return climbing.tree(held.nodes, held.node_edges, held.below, held.template)


def themes_by_group(
    project: Project, attribute: str, ladder: str | None = None, level: int | None = None
) -> pd.DataFrame:
    """Return `frames.GROUP_SUPPORT`: how many cases of each group reach each node."""
    with project.reading() as connection:
        held = ladder_frames(connection, ladder)
    if held is None:
        return frames.empty(frames.GROUP_SUPPORT)
    return climbing.by_group(held.nodes, held.below, held.cases, attribute, level)


@dataclass(frozen=True)
class Typologies:
    """All typologies of a project, as `stages.mapping.typology` wants them."""

    dimension_values: pd.DataFrame
    types: pd.DataFrame
    type_values: pd.DataFrame
    placements: pd.DataFrame
    cases: pd.DataFrame


def typologies(project: Project) -> Typologies:
    """Return every typology with its dimensions, types and placements."""
    with project.reading() as connection:
        dimensions = [
            (d["typology_id"], d["name"], value)
            for d in records.find(connection, "dimension")
            for value in json.loads(d["options"])
        ]
        types = records.find(connection, "case_type")
        placements = records.find(connection, "placement")
        held_cases = stored.cases(connection)
    return Typologies(
        _frame(dimensions, frames.DIMENSION_VALUES),
        _frame(
            [(t["id"], t["typology_id"], t["name"], t["definition"]) for t in types], frames.TYPES
        ),
        _frame(
            [(t["id"], d, v) for t in types for d, v in json.loads(t["options"]).items()],
            frames.TYPE_VALUES,
        ),
        _frame(
            [
                tuple(p[k] for k in ("typology_id", "case_id", "case_type_id", "reason"))
                for p in placements
            ],
            frames.PLACEMENTS,
        ),
        held_cases,
    )


def _frame(rows: Sequence[tuple[str, ...]], columns: frames.Columns) -> pd.DataFrame:
    return (
        pd.DataFrame(rows, columns=list(columns)).astype(columns) if rows else frames.empty(columns)
    )


def unplaced(project: Project) -> pd.DataFrame:
    """Return the cases that stand in no type of a typology."""
    held = typologies(project)
    return placing.unplaced(held.types, held.placements, held.cases)


def typology_members(project: Project) -> pd.DataFrame:
    """Return the cases in each type."""
    held = typologies(project)
    return placing.members(held.types, held.placements, held.cases)
