"""Mapping: ladders from statements to themes, and their nodes."""

from collections.abc import Sequence
from typing import Any

from workbench.errors import BadValue, Refused
from workbench.model.ladder import (
    FIRST_LEVEL,
    LAST_LEVEL,
    LadderTemplate,
    chosen_template,
    template_of,
)
from workbench.model.report import counted
from workbench.project.edits.climbing import put_edge, put_feed
from workbench.project.edits.order import put_in_place
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.names import Names, as_name
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("add ladder")
def add_ladder(
    act: Act,
    name: str,
    *,
    template: str | None = None,
    objective: str = "",
    framework: str | None = None,
) -> str:
    """Start a ladder, whose template names its levels, and return its id.

    `template` is what `ladder.template_of` reads; without one, the project's setting
    `method` says it.

    Raises:
        BadValue: the template is none, or a name of a level cannot be taken.
        Refused: there is a ladder of that name.
    """
    name = as_name("The name of a ladder", name)
    if records.exists(act.connection, "ladder", name=name):
        raise Refused(f"There is a ladder called “{name}” already. Choose another name.")
    act.says(f"Started the ladder “{name}”")
    return put_ladder(act, name, template=template, objective=objective, framework=framework)


def put_ladder(
    act: Act,
    name: str,
    *,
    template: str | None = None,
    objective: str = "",
    framework: str | None = None,
) -> str:
    """Do what `add_ladder` does, inside an act that does more; a known name is that ladder."""
    name = as_name("The name of a ladder", name)
    held = records.one(act.connection, "ladder", name=name)
    if held is not None:
        return str(held["id"])
    levels = template_of(template) if template is not None else usual_template(act)
    version = Names(act.connection).version(framework)["id"] if framework else None
    row = {
        "name": name,
        "template": levels.key,
        "objective": objective,
        "framework_version_id": version,
    }
    (ladder_id,) = records.insert(act, "ladder", [row])
    return ladder_id


def usual_template(act: Act) -> LadderTemplate:
    """Return what names the levels of a new ladder, as the setting `method` says."""
    said = records.one(act.connection, "setting", key="method")
    return chosen_template(said["value"] if said else "")


@edit("rename ladder")
def rename_ladder(act: Act, ladder: str, name: str, *, row_version: int | None = None) -> None:
    """Give a ladder another name.

    Raises:
        Refused: there is another ladder of that name.
    """
    row = Names(act.connection).ladder(ladder)
    name = _free_name(act, row, name)
    records.update(act, "ladder", row["id"], {"name": name}, row_version=row_version)
    act.says(f"Renamed the ladder “{row['name']}” to “{name}”")


def _free_name(act: Act, ladder: Row, name: str) -> str:
    """Return a name for a ladder, which no other may have."""
    name = as_name("The name of a ladder", name)
    other = records.one(act.connection, "ladder", name=name)
    if other is not None and other["id"] != ladder["id"]:
        raise Refused(f"There is a ladder called “{name}” already. Choose another name.")
    return name


@edit("change ladder")
def change_ladder(
    act: Act,
    ladder: str,
    *,
    name: str | None = None,
    template: str | None = None,
    objective: str | None = None,
    row_version: int | None = None,
) -> None:
    """Change a ladder's name, what its levels are called, and its objective; the rest stays.

    Its nodes stay on their levels: only headers change (see `ladder.template_of`).

    Raises:
        BadValue: the name is blank, or the template none.
        Refused: there is another ladder of that name.
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
    """
    row = Names(act.connection).ladder(ladder)
    new: dict[str, Any] = {}
    if name is not None:
        new["name"] = _free_name(act, row, name)
    if template is not None:
        new["template"] = template_of(template).key
    if objective is not None:
        new["objective"] = objective.strip()
    records.update(act, "ladder", row["id"], new, row_version=row_version)
    act.says(f"Changed the ladder “{row['name']}”")


@edit("withdraw ladder")
def withdraw_ladder(act: Act, ladder: str) -> None:
    """Take a ladder back that has no nodes.

    Raises:
        Refused: it has some.
    """
    row = Names(act.connection).ladder(ladder)
    held = records.count(act.connection, "node", ladder_id=row["id"])
    if held:
        raise Refused(f"“{row['name']}” has {counted(held, 'nodes')}. Withdraw them first.")
    records.withdraw(act, "ladder", [row["id"]])
    act.says(f"Withdrew the ladder “{row['name']}”")


@edit("add node")
def add_node(
    act: Act,
    label: str,
    level: int | None,
    *,
    ladder: str,
    under: Sequence[str] = (),
    over: Sequence[str] = (),
    statements: Sequence[str] = (),
    note: str = "",
    reason: str = "",
) -> str:
    """Add an element (level 2), dimension, category or theme (5) and return its id.

    Without a level it is a free concept, such as an outcome, that only links reach.
    `under` names nodes of a higher level, `over` nodes of a lower one, `statements` ids of
    statements that feed it.
    """
    names = Names(act.connection)
    ladder_row = names.ladder(ladder)
    node = put_node(act, ladder_row["id"], label, level, note)
    for parent in under:
        put_edge(act, node, names.node(parent, ladder_row["id"]), reason)
    for child in over:
        put_edge(act, names.node(child, ladder_row["id"]), node, reason)
    for statement in statements:
        put_feed(act, names, node, names.by_id_start("statement", statement), reason)
    act.says(f"Added “{label}” to the ladder “{ladder}”")
    return str(node["id"])


def next_position(act: Act, ladder_id: str) -> int:
    """Return the place of the next node of a ladder."""
    return records.highest(act.connection, "node", "position", ladder_id=ladder_id) + 1


def put_node(
    act: Act,
    ladder_id: str,
    label: str,
    level: int | None,
    note: str = "",
    *,
    position: int | None = None,
) -> Row:
    """Add a node inside an act that does more, at the ladder's end, and return its row.

    An act that adds many says the `position`, so that the end is looked up once.
    """
    if not label.strip():
        raise BadValue("The label of a node", label, "some words")
    _refuse_level(level)
    row = {
        "ladder_id": ladder_id,
        "level": level,
        "label": label.strip(),
        "note": note,
        "position": position or next_position(act, ladder_id),
        "person_id": put_person(act, act.who),
    }
    (node_id,) = records.insert(act, "node", [row])
    return {**row, "id": node_id}


@edit("rename node")
def rename_node(act: Act, node: str, label: str, *, row_version: int | None = None) -> None:
    """Give a node another label; the history keeps the earlier ones."""
    if not label.strip():
        raise BadValue("The label of a node", label, "some words")
    row = Names(act.connection).node(node)
    records.update(act, "node", row["id"], {"label": label.strip()}, row_version=row_version)
    act.says(f"Renamed “{row['label']}” to “{label}”")


@edit("change node")
def change_node(
    act: Act,
    node: str,
    *,
    note: str | None = None,
    level: int | None = None,
    position: int | None = None,
    row_version: int | None = None,
) -> None:
    """Change a node's note, level, or place among those of its level; the rest stays.

    Places are counted from 1.

    Raises:
        BadValue: there is no such level or place.
        Refused: on that level it would not stand above all that is under it, or not under
            all that is above it.
        ChangedMeanwhile: somebody else changed the node after `row_version` was read.
    """
    row = Names(act.connection).node(node)
    records.as_read("node", row, row_version)
    new: dict[str, Any] = {} if note is None else {"note": note}
    if level is not None:
        _refuse_level(level)
        _refuse_climbing_down(act, row, level)
        new["level"] = level
    records.update(act, "node", row["id"], new)
    if position is not None:
        of = {"ladder_id": row["ladder_id"], "level": new.get("level", row["level"])}
        put_in_place(act, "node", records.find(act.connection, "node", **of), row, position)
    act.says(f"Changed “{row['label']}”")


def _refuse_level(level: int | None) -> None:
    if level is not None and not FIRST_LEVEL <= level <= LAST_LEVEL:
        raise BadValue("The level of a node", level, f"{FIRST_LEVEL} to {LAST_LEVEL}, or none")


def _refuse_climbing_down(act: Act, node: Row, level: int) -> None:
    """Check that all edges of a node would still climb if it were on a level."""
    for mine, other, sign, side in (
        ("child_id", "parent_id", 1, "under"),
        ("parent_id", "child_id", -1, "above"),
    ):
        edges = records.find(act.connection, "node_edge", other, **{mine: node["id"]})
        for end in records.by_ids(act.connection, "node", [e[other] for e in edges]):
            if (end["level"] - level) * sign <= 0:
                raise Refused(
                    f"“{node['label']}” stands {side} “{end['label']}” (level {end['level']}), "
                    f"so it cannot be on level {level}. Take the two apart first."
                )


@edit("withdraw node")
def withdraw_node(act: Act, node: str) -> None:
    """Take a node out of its ladder, with its edges and facets.

    Raises:
        Refused: it is linked, a finding is about it, or a quotation of a report stands
            under it.
    """
    row = Names(act.connection).node(node)
    find = records.find
    linked = find(act.connection, "link", "id", source_id=row["id"]) or find(
        act.connection, "link", "id", target_id=row["id"]
    )
    if linked:
        raise Refused(f"“{row['label']}” is linked to other nodes. Withdraw its links first.")
    quoted = find(act.connection, "quotation", "number", "report", node_id=row["id"])
    if quoted:
        numbers = ", ".join(f"{q['number']} {q['report']}".strip() for q in quoted)
        raise Refused(
            f"{counted(len(quoted), 'quotations')} ({numbers}) of a report stand under "
            f"“{row['label']}”. Enter them under another node first."
        )
    claimed = find(act.connection, "finding", "title", node_id=row["id"])
    if claimed:
        raise Refused(
            f"The finding “{claimed[0]['title']}” is about “{row['label']}”. "
            "Let it be about another node, or about none, first."
        )
    for table, column in (
        ("node_edge", "child_id"),
        ("node_edge", "parent_id"),
        ("node_statement", "node_id"),
        ("facet", "node_id"),
    ):
        resting = find(act.connection, table, "id", **{column: row["id"]})
        records.withdraw(act, table, [r["id"] for r in resting])
    records.withdraw(act, "node", [row["id"]])
    act.says(f"Withdrew “{row['label']}”")
