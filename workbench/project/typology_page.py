"""One typology as a page shows it: dimensions, types, and where each case stands."""

import json
from typing import NamedTuple

from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import records


class ShownType(NamedTuple):
    """One type, with its value on each dimension."""

    name: str
    definition: str
    values: dict[str, str]


class PlacedCase(NamedTuple):
    """One case: the name of its type, empty where it has none, and why; 0 is no placement."""

    case: str
    type: str
    reason: str
    row_version: int


class ShownTypology(NamedTuple):
    """One typology; `dimensions` has the values of each."""

    name: str
    dimensions: dict[str, list[str]]
    types: tuple[ShownType, ...]
    cases: tuple[PlacedCase, ...]


def typology_names(project: Project) -> list[str]:
    """Return the names of the typologies, in the order they were made."""
    with project.reading() as connection:
        return [str(row["name"]) for row in records.find(connection, "typology")]


def shown_typology(project: Project, name: str) -> ShownTypology:
    """Return one typology with every case.

    Raises:
        UnknownName: there is no such typology.
    """
    with project.reading() as connection:
        row = Names(connection).typology(name)
        of = {"typology_id": row["id"]}
        dimensions = records.find(connection, "dimension", **of)
        types = records.find(connection, "case_type", **of)
        placed = {p["case_id"]: p for p in records.find(connection, "placement", **of)}
        cases = records.find(connection, "case", "id", "label", "position")
    for rows in (dimensions, types, cases):
        rows.sort(key=lambda r: (r["position"], r["id"]))
    called = {t["id"]: str(t["name"]) for t in types}
    stand = [
        (str(c["label"]), placed[c["id"]])
        if c["id"] in placed and placed[c["id"]]["case_type_id"] in called
        else (str(c["label"]), None)
        for c in cases
    ]
    return ShownTypology(
        str(row["name"]),
        {str(d["name"]): [str(v) for v in json.loads(d["options"])] for d in dimensions},
        tuple(
            ShownType(called[t["id"]], str(t["definition"]), dict(json.loads(t["options"])))
            for t in types
        ),
        tuple(
            PlacedCase(
                case,
                called[p["case_type_id"]] if p else "",
                str(p["reason"]) if p else "",
                int(p["row_version"]) if p else 0,
            )
            for case, p in stand
        ),
    )
