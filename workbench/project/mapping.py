"""The ladder as a project shows it: its table, support, coverage, and typologies."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from sqlalchemy.engine import Connection

from workbench.errors import AmbiguousName
from workbench.model import frames
from workbench.model.ladder import LadderTemplate, template_of
from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.stages.mapping import ladder as climbing
from workbench.stages.mapping import typology as placing
from workbench.store import frames as stored
from workbench.store import records
from workbench.store.records import Row


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

    @property
    def table(self) -> pd.DataFrame:
        """The ladder as papers print it, with the case's label."""
        table = climbing.table(
            self.nodes, self.node_edges, self.feeds, self.statements, self.template
        )
        label = self.cases.set_index("case_id")["case"]
        return table.assign(case_id=table["case_id"].map(label)).rename(columns={"case_id": "case"})


def ladder_frames(connection: Connection, name: str | None = None) -> LadderFrames | None:
    """Return the frames of a ladder, by default of the only one; None where there is none yet.

    Raises:
        AmbiguousName: there are several and none is named.
    """
    if name is not None:
        rows = [Names(connection).ladder(name)]
    else:
        rows = records.find(connection, "ladder")
    if len(rows) > 1:
        raise AmbiguousName("ladder", "the ladder", [r["name"] for r in rows])
    return next(iter(_frames_of(connection, rows)), None)


def ladder_names(project: Project) -> list[str]:
    """Return the names of the ladders, in the order they were made."""
    with project.reading() as connection:
        return [str(row["name"]) for row in records.find(connection, "ladder")]


def every_ladder(connection: Connection) -> list[LadderFrames]:
    """Return the frames of all ladders, in the order they were made."""
    return _frames_of(connection, records.find(connection, "ladder"))


def _frames_of(connection: Connection, ladders: Sequence[Row]) -> list[LadderFrames]:
    if not ladders:
        return []
    edges, feeds = stored.node_edges(connection), stored.feeds(connection)
    versions = {r["framework_version_id"] for r in ladders}
    said = {v: stored.statements(connection, v) for v in versions}
    whole = LadderFrames(
        name="",
        template=template_of(ladders[0]["template"]),
        nodes=stored.nodes(connection),
        node_edges=edges,
        feeds=feeds,
        statements=said[ladders[0]["framework_version_id"]],
        evidence=stored.evidence(connection),
        cases=stored.cases(connection),
    )
    found = []
    for row in ladders:
        nodes = whole.nodes.loc[whole.nodes["ladder_id"] == row["id"]].reset_index(drop=True)
        one = replace(
            whole,
            name=row["name"],
            template=template_of(row["template"]),
            nodes=nodes,
            node_edges=edges.loc[edges["child_id"].isin(nodes["node_id"])],
            feeds=feeds.loc[feeds["node_id"].isin(nodes["node_id"])],
            statements=said[row["framework_version_id"]],
        )
        found.append(one)
    return found


def ladder_table(project: Project, ladder: str | None = None) -> pd.DataFrame:
    """Return the ladder as papers print it, a row per path, with the case's label."""
    with project.reading() as connection:
        held = ladder_frames(connection, ladder)
    return pd.DataFrame() if held is None else held.table


def ladder_tables(project: Project) -> pd.DataFrame:
    """Return the tables of all ladders, one after the other (see `one_below_the_other`)."""
    with project.reading() as connection:
        held = every_ladder(connection)
    return one_below_the_other([(h.name, h.table) for h in held])


def one_below_the_other(tables: Sequence[tuple[str, pd.DataFrame]]) -> pd.DataFrame:
    """Return tables of ladders as one; of several, with the ladder's name first."""
    if len(tables) < 2:
        return tables[0][1] if tables else pd.DataFrame()
    parts = [t.drop(columns="ladder", errors="ignore") for _, t in tables]
    for part, (name, _) in zip(parts, tables, strict=True):
        part.insert(0, "ladder", pd.Series(name, index=part.index, dtype="str"))
    whole = pd.concat(parts, ignore_index=True)
    words: list[str] = list(whole.select_dtypes("str").columns)
    return whole.assign(**{c: whole[c].fillna("") for c in words})


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
    """All typologies of a project, as `stages.mapping.typology` wants them; id → name."""

    names: dict[str, str]
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
        names = {t["id"]: t["name"] for t in records.find(connection, "typology")}
        types = records.find(connection, "case_type")
        placements = records.find(connection, "placement")
        held_cases = stored.cases(connection)
    return Typologies(
        names,
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
    """Return, for each typology, the cases that stand in none of its types."""
    held = typologies(project)
    columns: frames.Columns = {"typology": "str", **frames.CASES}
    found = [frames.empty(columns)]
    for typology_id, name in held.names.items():
        types = held.types.loc[held.types["typology_id"] == typology_id]
        left = placing.unplaced(types, held.placements, held.cases)
        found.append(left.assign(typology=pd.Series(name, index=left.index, dtype="str")))
    return pd.concat(found, ignore_index=True)[list(columns)]


def typology_members(project: Project) -> pd.DataFrame:
    """Return one row per type: typology, type, how many cases of how many, which, their ids."""
    held = typologies(project)
    found = placing.members(held.types, held.placements, held.cases)
    found.insert(0, "typology", held.types["typology_id"].map(held.names).astype("str"))
    label = held.cases.set_index("case_id")["case"].to_dict()
    names = [tuple(label[c] for c in ids) for ids in found["case_ids"]]
    return found.assign(members=pd.Series(names, dtype="object", index=found.index))
