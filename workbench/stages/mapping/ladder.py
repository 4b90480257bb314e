"""The ladder: the climb from statements to themes, and what every node rests on.

Nodes and steps form a graph, not a column: a statement may feed several nodes, a node
may stand under several others, and a step may skip a level. The functions take the
nodes that are to be shown; steps and feeds with an end outside them are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import networkx as nx
import pandas as pd

from workbench.errors import Refused, UnknownName, few
from workbench.model import frames
from workbench.model.ladder import FIRST_LEVEL, LadderTemplate

Route = tuple[str, ...]
"""Node ids from below upwards."""

NO_GROUP = "(no group)"


@dataclass(frozen=True, slots=True)
class _Climb:
    """The checked graph: labels, levels, and the parents of every node, in frame order."""

    labels: Mapping[str, str]
    levels: Mapping[str, int]
    parents: Mapping[str, Route]

    def children(self) -> dict[str, list[str]]:
        below: dict[str, list[str]] = {node: [] for node in self.labels}
        for child, parents in self.parents.items():
            for parent in parents:
                below[parent].append(child)
        return below

    def downwards(self) -> list[str]:
        """Return the nodes so that every parent comes before its children."""
        return sorted(self.labels, key=lambda node: -self.levels[node])

    def routes(self) -> dict[str, list[Route]]:
        """Return, for each node, every way from it up to a node without parent."""
        routes: dict[str, list[Route]] = {}
        for node in self.downwards():
            above = [route for parent in self.parents[node] for route in routes[parent]]
            routes[node] = [(node, *route) for route in above] or [(node,)]
        return routes

    def reach(self) -> pd.DataFrame:
        """Return one row per node and node that stands over it, itself included."""
        over: dict[str, dict[str, None]] = {}
        for node in self.downwards():
            over[node] = {node: None}
            for parent in self.parents[node]:
                over[node] |= over[parent]
        pairs = [(below, above) for below, aboves in over.items() for above in aboves]
        return pd.DataFrame(pairs, columns=["fed", "node_id"], dtype="str")


def table(
    nodes: pd.DataFrame,
    node_edges: pd.DataFrame,
    feeds: pd.DataFrame,
    statements: pd.DataFrame,
    template: LadderTemplate,
) -> pd.DataFrame:
    """Return the ladder as papers print it: one row per path from a statement upwards.

    The columns carry the template's level names, each node's column followed by one
    with its id (“element”, “element id”), up to the highest level in use. A level that
    a path skips is empty. A statement that feeds two nodes has two rows, and so has
    everything below a node with two parents, which shows the same id in both.

    Raises:
        Refused: the steps run in a circle or do not lead upwards.
    """
    climb = _climb(nodes, node_edges)
    frames.require(feeds, frames.FEEDS, "feeds")
    frames.require(statements, frames.STATEMENTS, "statements")
    levels = range(FIRST_LEVEL, max(climb.levels.values(), default=FIRST_LEVEL) + 1)
    routes, fed = climb.routes(), _fed(climb, feeds)
    rows = [
        [row.statement_id, row.case_id, row.kind, row.text, *_stations(climb, route, levels)]
        for row in statements.itertuples(index=False)
        for node in fed.get(str(row.statement_id), ())
        for route in routes[node]
    ]
    names = [template.level_name(level) for level in levels]
    columns = ["statement_id", "case_id", "kind", template.level_name(1)]
    columns += [column for name in names for column in (name, f"{name} id")]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def reached(
    nodes: pd.DataFrame,
    node_edges: pd.DataFrame,
    feeds: pd.DataFrame,
    statements: pd.DataFrame,
    evidence: pd.DataFrame,
) -> pd.DataFrame:
    """Return `frames.REACHED`: every node with the statements and codings below it.

    A comment is the analyst's own word: it may feed a node and stand in the table, but
    it speaks for no case, so it is not here. Withdrawn codings are not here either.

    Raises:
        Refused: the steps run in a circle or do not lead upwards.
    """
    frames.require(feeds, frames.FEEDS, "feeds")
    frames.require(statements, frames.STATEMENTS, "statements")
    frames.require(evidence, frames.EVIDENCE, "evidence")
    above = _climb(nodes, node_edges).reach()
    said = statements.loc[statements["kind"] != "comment", ["statement_id", "case_id"]]
    live = evidence.loc[~evidence["withdrawn"].astype(bool), ["statement_id", "coding_id"]]
    rows = (
        feeds.rename(columns={"node_id": "fed"})[["statement_id", "fed"]]
        .merge(above, on="fed")
        .merge(said, on="statement_id")
        .merge(live, on="statement_id", how="left")
    )
    return rows[list(frames.REACHED)].drop_duplicates(ignore_index=True)


def support(nodes: pd.DataFrame, node_edges: pd.DataFrame, below: pd.DataFrame) -> pd.DataFrame:
    """Return `frames.SUPPORT`: each node with the cases and the evidence that carry it.

    `below` is what `reached` returns, whole or only the rows of some cases. `cases`
    counts distinct cases, so that one case heard through three elements of a theme is
    one (law 6). A node that nothing reaches has zeros.
    """
    frames.require(below, frames.REACHED, "reached")
    climb = _climb(nodes, node_edges)
    children = {node: len(of) for node, of in climb.children().items()}
    ids = {
        column: below.groupby("node_id")[column].agg(_distinct).to_dict()
        for column in ("case_id", "statement_id", "coding_id")
    }
    known = nodes.loc[nodes["node_id"].isin(list(climb.labels))]
    out = known[["node_id", "ladder_id", "ladder", "level", "node"]].reset_index(drop=True)
    keys = [str(node) for node in out["node_id"]]
    case_ids, statement_ids, coding_ids = (
        [ids[column].get(key, ()) for key in keys]
        for column in ("case_id", "statement_id", "coding_id")
    )
    return out.assign(
        level=out["level"].astype("int64"),
        children=_counts(children[key] for key in keys),
        statements=_counts(map(len, statement_ids)),
        cases=_counts(map(len, case_ids)),
        codings=_counts(map(len, coding_ids)),
        case_ids=pd.Series(case_ids, dtype="object"),
        statement_ids=pd.Series(statement_ids, dtype="object"),
        evidence=pd.Series(coding_ids, dtype="object"),
    )[list(frames.SUPPORT)]


def unused(
    nodes: pd.DataFrame,
    node_edges: pd.DataFrame,
    feeds: pd.DataFrame,
    statements: pd.DataFrame,
    template: LadderTemplate,
) -> pd.DataFrame:
    """Return `frames.FINDINGS`: statements and nodes that the ladder has not taken up.

    A summary or verbatim that feeds nothing; a node with no statement anywhere below
    it; a node without a parent, unless it stands on its ladder's highest level in use.
    Comments are notes to the team: they need not feed anything, and carry no node.
    """
    frames.require(statements, frames.STATEMENTS, "statements")
    climb = _climb(nodes, node_edges)
    fed = _fed(climb, feeds)
    said = statements.loc[statements["kind"] != "comment"]
    rows = [
        ("statement", str(row.statement_id), str(row.text), "feeds no node")
        for row in said.itertuples(index=False)
        if str(row.statement_id) not in fed
    ]
    first = {node for one in said["statement_id"] for node in fed.get(str(one), ())}
    reach = climb.reach()
    carried = set(reach.loc[reach["fed"].isin(first), "node_id"])
    tops = _tops(nodes)
    for node, label in climb.labels.items():
        name = template.level_name(climb.levels[node])
        if node not in carried:
            rows.append((name, node, label, "has no statement below it"))
        if not climb.parents[node] and climb.levels[node] < tops[node]:
            rows.append((name, node, label, "stands under nothing"))
    return pd.DataFrame(rows, columns=list(frames.FINDINGS), dtype="str")


def tree(
    nodes: pd.DataFrame,
    node_edges: pd.DataFrame,
    below: pd.DataFrame,
    template: LadderTemplate,
) -> list[str]:
    """Return the ladder from the top as indented lines, each with its counts.

    A node with two parents is printed under both, and both lines say so.
    """
    climb = _climb(nodes, node_edges)
    carried = support(nodes, node_edges, below)
    counts = {
        str(row.node_id): f"{_many(row.cases, 'case')}, {_many(row.statements, 'statement')}"
        for row in carried.itertuples(index=False)
    }
    children = climb.children()
    lines: list[str] = []

    def add(node: str, depth: int) -> None:
        shared = " (also elsewhere)" if len(climb.parents[node]) > 1 else ""
        name = template.level_name(climb.levels[node])
        label = " ".join(climb.labels[node].split())
        lines.append(f"{'  ' * depth}{label} [{name}]: {counts[node]}{shared}")
        for child in children[node]:
            add(child, depth + 1)

    for node in climb.downwards():
        if not climb.parents[node]:
            add(node, 0)
    return lines


def by_group(
    nodes: pd.DataFrame,
    below: pd.DataFrame,
    cases: pd.DataFrame,
    attribute: str,
    level: int | None = None,
) -> pd.DataFrame:
    """Return `frames.GROUP_SUPPORT`: for each node and group, the cases that reach it.

    `attribute` is the column of `cases` that says the group; cases without one are a
    group of their own. `of` is the size of the group: the figures are leads to patterns
    in a purposive sample, never shares of a population. Zeros stay in.

    Raises:
        UnknownName: the cases have no such attribute.
    """
    frames.require(below, frames.REACHED, "reached")
    group_of = groups(cases, attribute)
    sizes = pd.Series(group_of).value_counts()
    shown = nodes if level is None else nodes.loc[nodes["level"] == level]
    labelled = below.assign(group=below["case_id"].map(group_of).fillna(NO_GROUP))
    sets = {
        column: labelled.groupby(["node_id", "group"])[column].agg(_distinct).to_dict()
        for column in ("case_id", "coding_id")
    }
    rows = []
    for node in shown.itertuples(index=False):
        for group in sorted(sizes.index):
            who = sets["case_id"].get((node.node_id, group), ())
            words = sets["coding_id"].get((node.node_id, group), ())
            rows.append((node.node_id, node.node, group, len(who), sizes[group], who, words))
    return pd.DataFrame(rows, columns=list(frames.GROUP_SUPPORT)).astype(frames.GROUP_SUPPORT)


def groups(cases: pd.DataFrame, attribute: str) -> dict[str, str]:
    """Return the group of every case by one of its attributes.

    Raises:
        UnknownName: the cases have no such attribute.
    """
    frames.require(cases, frames.CASES, "cases")
    attributes = [str(c) for c in cases.columns if c not in frames.CASES]
    if attribute not in attributes:
        hint = f"The cases have: {few(attributes)}." if attributes else ""
        raise UnknownName("attribute", attribute, attributes, hint=hint)
    values = cases[attribute].map(lambda v: NO_GROUP if pd.isna(v) or v == "" else str(v))
    return dict(zip(cases["case_id"].astype(str), values, strict=True))


def _climb(nodes: pd.DataFrame, node_edges: pd.DataFrame) -> _Climb:
    """Return the graph of the nodes that stand on a level, after checking it."""
    frames.require(nodes, frames.NODES, "nodes")
    frames.require(node_edges, frames.NODE_EDGES, "node edges")
    placed = nodes.loc[nodes["level"].notna()]
    labels = dict(zip(placed["node_id"].astype(str), placed["node"].astype(str), strict=True))
    levels = dict(zip(labels, placed["level"].astype(int), strict=True))
    up: dict[str, dict[str, None]] = {node: {} for node in labels}
    for edge in node_edges.itertuples(index=False):
        if edge.child_id in labels and edge.parent_id in labels:
            up[str(edge.child_id)][str(edge.parent_id)] = None
    climb = _Climb(labels, levels, {node: tuple(parents) for node, parents in up.items()})
    _refuse_circles(climb)
    _refuse_descents(climb)
    return climb


def _refuse_circles(climb: _Climb) -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((c, p) for c, parents in climb.parents.items() for p in parents)
    try:
        circle = nx.find_cycle(graph)
    except nx.NetworkXNoCycle:
        return
    names = [climb.labels[step[0]] for step in circle]
    raise Refused(
        "The ladder runs in a circle: "
        + " under ".join(f"“{name}”" for name in [*names, names[0]])
        + ". Take one of these steps away."
    )


def _refuse_descents(climb: _Climb) -> None:
    for child, parents in climb.parents.items():
        for parent in parents:
            if climb.levels[child] >= climb.levels[parent]:
                raise Refused(
                    f"“{climb.labels[child]}” (level {climb.levels[child]}) stands under "
                    f"“{climb.labels[parent]}” (level {climb.levels[parent]}). A node stands "
                    "under a node of a higher level; change a level or take the step away."
                )


def _fed(climb: _Climb, feeds: pd.DataFrame) -> dict[str, list[str]]:
    """Return the nodes that each statement feeds, each once."""
    frames.require(feeds, frames.FEEDS, "feeds")
    out: dict[str, dict[str, None]] = {}
    for feed in feeds.itertuples(index=False):
        if feed.node_id in climb.labels:
            out.setdefault(str(feed.statement_id), {})[str(feed.node_id)] = None
    order = {node: place for place, node in enumerate(climb.labels)}
    return {said: sorted(into, key=order.__getitem__) for said, into in out.items()}


def _stations(climb: _Climb, route: Route, levels: Iterable[int]) -> list[str]:
    """Return label and id for each level of a path, empty where it skips the level."""
    at = {climb.levels[node]: node for node in route}
    ids = [at.get(level, "") for level in levels]
    return [text for node in ids for text in (climb.labels.get(node, ""), node)]


def _tops(nodes: pd.DataFrame) -> dict[str, int]:
    """Return, for each node, the highest level in use in its ladder."""
    placed = nodes.loc[nodes["level"].notna()]
    highest = placed.groupby("ladder_id", dropna=False)["level"].transform("max").astype(int)
    return dict(zip(placed["node_id"].astype(str), highest, strict=True))


def _distinct(ids: "pd.Series[str]") -> tuple[str, ...]:
    return tuple(sorted(set(ids.dropna())))


def _counts(numbers: Iterable[int]) -> "pd.Series[int]":
    return pd.Series(list(numbers), dtype="int64")


def _many(number: object, noun: str) -> str:
    """Say a number with its noun.

    >>> _many(1, "case"), _many(0, "case")
    ('1 case', '0 cases')
    """
    return f"{number} {noun}{'' if number == 1 else 's'}"
