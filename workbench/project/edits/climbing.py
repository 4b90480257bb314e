"""The rungs of a ladder: which node stands under which, and which statements feed one."""

from collections.abc import Sequence

from workbench.errors import Refused
from workbench.model.report import counted
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("connect nodes")
def connect(act: Act, child: str, parent: str, *, reason: str = "") -> None:
    """Put a node under one of a higher level; a node may have several parents."""
    names = Names(act.connection)
    below, above = names.node(child), names.node(parent)
    put_edge(act, below, above, reason)
    act.says(f"Put “{below['label']}” under “{above['label']}”")


@edit("connect several nodes")
def connect_several(act: Act, children: Sequence[str], parent: str, *, reason: str = "") -> None:
    """Put several nodes under one of a higher level, all or none."""
    names = Names(act.connection)
    above = names.node(parent)
    for child in dict.fromkeys(children):
        put_edge(act, names.node(child), above, reason)
    act.says(f"Put {counted(len(set(children)), 'nodes')} under “{above['label']}”")


def put_edge(act: Act, child: Row, parent: Row, reason: str = "") -> None:
    """Do what `connect` does, inside an act that does more.

    Raises:
        Refused: the parent is not on a higher level, or in another ladder.
    """
    if child["ladder_id"] != parent["ladder_id"]:
        raise Refused(f"“{child['label']}” and “{parent['label']}” are in different ladders.")
    if child["level"] is None or parent["level"] is None or child["level"] >= parent["level"]:
        raise Refused(
            f"“{parent['label']}” is not on a higher level than “{child['label']}”, so it "
            "cannot stand above it."
        )
    where = {"child_id": child["id"], "parent_id": parent["id"]}
    if records.one(act.connection, "node_edge", **where) is None:
        row = {**where, "reason": reason, "person_id": put_person(act, act.who)}
        records.insert(act, "node_edge", [row])


@edit("disconnect nodes")
def disconnect(act: Act, child: str, parent: str) -> None:
    """Take a node from under another; both stay in the ladder.

    Raises:
        Refused: it does not stand there.
    """
    names = Names(act.connection)
    below, above = names.node(child), names.node(parent)
    cut_edge(act, below, above)
    act.says(f"Took “{below['label']}” from under “{above['label']}”")


def cut_edge(act: Act, child: Row, parent: Row) -> None:
    """Do what `disconnect` does, inside an act that does more."""
    where = {"child_id": child["id"], "parent_id": parent["id"]}
    held = records.one(act.connection, "node_edge", **where)
    if held is None:
        raise Refused(
            f"“{child['label']}” does not stand under “{parent['label']}”. Look at the ladder "
            "again: somebody may have moved it."
        )
    records.withdraw(act, "node_edge", [held["id"]])


@edit("move node")
def move_node(
    act: Act, node: str, parent: str, *, away_from: str | None = None, reason: str = ""
) -> None:
    """Put a node under another parent and take it from under the old one, in one act.

    `away_from` is the parent that it leaves; without it, the only one that it has.

    Raises:
        Refused: it stands under several others and none is named; or it does not stand
            under `away_from`, or cannot stand under `parent` (see `connect`).
    """
    names = Names(act.connection)
    row, new = names.node(node), names.node(parent)
    old = names.node(away_from) if away_from is not None else _only_parent(act, row, new)
    put_edge(act, row, new, reason)
    if old is not None and old["id"] != new["id"]:
        cut_edge(act, row, old)
    act.says(f"Moved “{row['label']}” to “{new['label']}”")


def _only_parent(act: Act, node: Row, besides: Row) -> Row | None:
    """Return the parent of a node that has one, other than `besides`; None if it has none."""
    edges = records.find(act.connection, "node_edge", "parent_id", child_id=node["id"])
    ids = [e["parent_id"] for e in edges if e["parent_id"] != besides["id"]]
    parents = records.by_ids(act.connection, "node", ids)
    if len(parents) > 1:
        said = ", ".join(sorted(f"“{p['label']}”" for p in parents))
        raise Refused(f"“{node['label']}” stands under {said}. Say which of them it leaves.")
    return parents[0] if parents else None


@edit("feed node")
def feed(act: Act, node: str, statements: Sequence[str], *, reason: str = "") -> None:
    """Let statements of cells feed a node."""
    names = Names(act.connection)
    row = names.node(node)
    for statement in statements:
        put_feed(act, names, row, names.by_id_start("statement", statement), reason)
    act.says(f"Fed “{row['label']}” with {counted(len(statements), 'statements')}")


def put_feed(act: Act, names: Names, node: Row, statement: Row, reason: str = "") -> None:
    """Do what `feed` does for one statement, inside an act that does more.

    A comment may feed a node too, but it speaks for no case.

    Raises:
        Refused: the ladder is of one framework version, the statement of another.
    """
    _refuse_another_version(names, node, statement)
    where = {"node_id": node["id"], "statement_id": statement["id"]}
    if records.one(act.connection, "node_statement", **where) is None:
        row = {**where, "reason": reason, "person_id": put_person(act, act.who)}
        records.insert(act, "node_statement", [row])


def _refuse_another_version(names: Names, node: Row, statement: Row) -> None:
    ladder = names.ladder(node["ladder_id"])
    version = ladder["framework_version_id"]
    found = names.by_id_start("cell", statement["cell_id"])["framework_version_id"]
    if version and found != version:
        ours, other = (names.version(v)["reference"] for v in (version, found))
        raise Refused(
            f"The ladder “{ladder['name']}” is of {ours}, and the statement for "
            f"“{node['label']}” of {other}. Feed it with statements of {ours}."
        )


@edit("unfeed node")
def unfeed(act: Act, node: str, statements: Sequence[str]) -> None:
    """Let statements feed a node no longer; they stay in their cells.

    Raises:
        Refused: one of them does not feed it; then all stay.
    """
    names = Names(act.connection)
    row = names.node(node)
    fed = records.find(act.connection, "node_statement", "id", "statement_id", node_id=row["id"])
    held = {f["statement_id"]: f["id"] for f in fed}
    said = [names.by_id_start("statement", one) for one in statements]
    for statement in said:
        if statement["id"] not in held:
            raise Refused(f"“{short(statement['text'])}” does not feed “{row['label']}”.")
    done = records.withdraw(act, "node_statement", dict.fromkeys(held[s["id"]] for s in said))
    act.says(f"Took {counted(done, 'statements')} out of “{row['label']}”")
