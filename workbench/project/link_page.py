"""Links as a page shows them: all that was said of one pair of nodes, with the words."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from workbench.model.ladder import template_of
from workbench.project.opening import Project
from workbench.project.quoted import Quote, quotes_within
from workbench.store import history, records
from workbench.store.records import Row


class ShownLink(NamedTuple):
    """One link with its evidence; `row_version` is what a change of it must name."""

    link_id: str
    source_id: str
    source: str
    target_id: str
    target: str
    sign: str
    basis: tuple[str, ...]
    relation: str
    groups: tuple[str, ...]
    note: str
    who: str
    at: str
    row_version: int
    speaks_for: tuple[Quote, ...]
    against: tuple[Quote, ...]


def links_of_pair(project: Project, source_id: str, target_id: str) -> list[ShownLink]:
    """Return the live links from one node to another, in the order they were made."""
    with project.reading() as connection:
        rows = records.find(connection, "link", source_id=source_id, target_id=target_id)
        ends = records.by_ids(connection, "node", [source_id, target_id], "id", "label")
        label = {str(n["id"]): str(n["label"]) for n in ends}
        cited = records.by_column(connection, "link_evidence", "link_id", [r["id"] for r in rows])
        ids = [e["coding_id"] for of in cited.values() for e in of]
        said = {q.coding_id: q for q in quotes_within(connection, ids)}
        place = {coding: number for number, coding in enumerate(said)}
        made = {r["made_in"]: history.made_by(connection, int(r["made_in"])) for r in rows}
    return [_shown(row, label, cited[row["id"]], said, place, made[row["made_in"]]) for row in rows]


def _shown(
    row: Row,
    label: dict[str, str],
    cited: list[Row],
    said: dict[str, Quote],
    place: dict[str, int],
    made: dict[str, str],
) -> ShownLink:
    sides = {
        stance: sorted(
            (said[e["coding_id"]] for e in cited if e["stance"] == stance),
            key=lambda q: place[q.coding_id],
        )
        for stance in ("for", "against")
    }
    return ShownLink(
        row["id"],
        row["source_id"],
        label[row["source_id"]],
        row["target_id"],
        label[row["target_id"]],
        row["sign"],
        tuple(filter(None, row["basis"].split(","))),
        row["relation"],
        tuple(filter(None, row["groups"].split(","))),
        row["note"],
        made["who"],
        made["at"],
        row["row_version"],
        tuple(sides["for"]),
        tuple(sides["against"]),
    )


def ends_of(project: Project, link_id: str) -> tuple[str, str] | None:
    """Return the ids of both ends of a live link; None where there is no such link."""
    with project.reading() as connection:
        row = records.one(connection, "link", id=link_id)
    return (str(row["source_id"]), str(row["target_id"])) if row else None


class ShownNode(NamedTuple):
    """One node of a ladder, for choosing it; `level` is what its method calls its level."""

    node_id: str
    label: str
    ladder: str
    level: str
    note: str


def nodes(project: Project) -> list[ShownNode]:
    """Return all nodes by ladder, the highest level first, then by label; concepts last."""
    with project.reading() as connection:
        ladders, rows = (records.find(connection, table) for table in ("ladder", "node"))
    name = {r["id"]: r["name"] for r in ladders}
    template = {r["id"]: template_of(r["template"]) for r in ladders}
    place = {r["id"]: number for number, r in enumerate(ladders)}
    rows.sort(key=lambda r: (place[r["ladder_id"]], -(r["level"] or 0), r["label"]))
    return [
        ShownNode(
            r["id"],
            r["label"],
            name[r["ladder_id"]],
            "" if r["level"] is None else template[r["ladder_id"]].level_name(int(r["level"])),
            r["note"],
        )
        for r in rows
    ]


def told_apart(shown: Sequence[ShownNode]) -> dict[str, str]:
    """Return a name for each node by its id, with level and ladder where another is called so."""
    often = Counter(node.label for node in shown)
    return {
        n.node_id: n.label
        if often[n.label] == 1
        else f"{n.label} ({', '.join(w for w in (n.level, n.ladder) if w)})"
        for n in shown
    }
