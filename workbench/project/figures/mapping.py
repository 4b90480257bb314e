"""Figures of the ladder: its shape, its tree, the rings, and who stands behind a node."""

from collections.abc import Iterable

from workbench.errors import BadValue, UnknownName
from workbench.model.published import Figure
from workbench.project.figures.registry import figure
from workbench.project.figures.sources import Sources
from workbench.store import records


@figure("nodes")
def nodes(sources: Sources, ladder: str, level: str = "", under: str = "") -> Figure:
    """How many nodes a ladder has, or on one level, or under one node."""
    held = sources.ladder(ladder)
    found = held.nodes
    if level:
        found = found.loc[found["level"] == _level(held.template.levels, level)]
    if under:
        node = str(sources.node(under)["id"])
        found = found.loc[found["node_id"].isin(sources.under(node) - {node})]
    behind = {i for n in found["node_id"] for i in sources.behind_node(str(n))}
    return Figure(len(found), tuple(sorted(behind)))


@figure("tops")
def tops(sources: Sources, ladder: str) -> Figure:
    """The labels of a ladder's highest level in use."""
    held = sources.ladder(ladder).nodes
    found = held.loc[held["level"] == held["level"].max()]
    return _labelled(sources, found["node_id"], found["node"])


@figure("label")
def label(sources: Sources, node: str) -> Figure:
    """What a node is called."""
    row = sources.node(node)
    return Figure(str(row["label"]), sources.behind_node(str(row["id"])))


@figure("under")
def under(sources: Sources, node: str) -> Figure:
    """The labels of the nodes one step below a node, or none."""
    return _neighbours(sources, node, "parent_id", "child_id")


@figure("above")
def above(sources: Sources, node: str) -> Figure:
    """The labels of the nodes one step above a node, or none."""
    return _neighbours(sources, node, "child_id", "parent_id")


@figure("climb")
def climb(sources: Sources, ladder: str) -> Figure:
    """How many statements feed a ladder and how many nodes stand on each level: 1 → 4 → 2."""
    held = sources.ladder(ladder)
    levels = held.nodes["level"].dropna().astype(int).value_counts().sort_index()
    standing = held.feeds["statement_id"].isin(held.statements["statement_id"])
    counts = [held.feeds.loc[standing, "statement_id"].nunique(), *levels]
    behind = {i for n in held.nodes["node_id"] for i in sources.behind_node(str(n))}
    return Figure(" → ".join(str(n) for n in counts), tuple(sorted(behind)))


@figure("facet")
def facet(sources: Sources, node: str, scheme: str, say: str = "value") -> Figure:
    """What a second classification says of a node: its values, or their basis, or none."""
    row = sources.node(node)
    found = records.find(sources.connection, "facet", node_id=row["id"], scheme=scheme)
    if say not in ("value", "basis"):
        raise BadValue("What to say of a facet", say, "value or basis")
    said = tuple(sorted({str(f[say]) for f in found if f[say]}))
    return Figure(said or ("none",), sources.behind_node(str(row["id"])))


@figure("reach")
def reach(sources: Sources, node: str, group: str = "", by: str = "group") -> Figure:
    """How many cases, of a group, carry a node with statements."""
    ids = sources.behind_node(str(sources.node(node)["id"]))
    if group:
        ids = sources.spoken_in(ids, group, by)
    of = sources.group_of(by) if group else {}
    cases = {c for i in ids for c in sources.cases_of.get(i, ()) if not group or of[c] == group}
    return Figure(len(cases), ids)


@figure("supported")
def supported(sources: Sources, node: str, group: str, by: str = "group") -> Figure:
    """Whether a group carries a node with statements: yes or no."""
    ids = sources.behind_node(str(sources.node(node)["id"]))
    spoken = sources.spoken_in(ids, group, by)
    return Figure("yes" if spoken else "no", spoken)


@figure("supporters")
def supporters(sources: Sources, node: str, by: str = "group") -> Figure:
    """The groups that carry a node with statements."""
    ids = sources.behind_node(str(sources.node(node)["id"]))
    of = sources.group_of(by)
    groups = {of[c] for i in ids for c in sources.cases_of.get(i, ()) if of[c]}
    return Figure(tuple(sorted(groups)) or ("none",), ids)


@figure("faceted")
def faceted(sources: Sources, scheme: str, value: str) -> Figure:
    """How many nodes have a value in a second classification."""
    held = records.find(sources.connection, "facet", scheme=scheme)
    if not held:
        known = {str(f["scheme"]) for f in records.find(sources.connection, "facet")}
        raise UnknownName("scheme", scheme, sorted(known))
    nodes = {str(f["node_id"]) for f in held if f["value"] == value}
    behind = {i for n in nodes for i in sources.behind_node(n)}
    return Figure(len(nodes), tuple(sorted(behind)))


def _neighbours(sources: Sources, node: str, here: str, there: str) -> Figure:
    row = sources.node(node)
    ids = sources.edges.loc[sources.edges[here] == row["id"], there]
    labels = dict(zip(sources.network[0]["node_id"], sources.network[0]["node"], strict=True))
    return _labelled(sources, ids, [labels[i] for i in ids])


def _labelled(sources: Sources, ids: Iterable[str], labels: Iterable[str]) -> Figure:
    behind = {i for n in ids for i in sources.behind_node(str(n))}
    return Figure(tuple(sorted(map(str, labels))) or ("none",), tuple(sorted(behind)))


def _level(levels: tuple[str, ...], said: str) -> int:
    known = {name: at for at, name in enumerate(levels)}
    known |= {str(at): at for at in known.values()}
    if said not in known:
        raise BadValue("A level", said, f"a number, or one of {', '.join(levels[1:])}")
    return known[said]
