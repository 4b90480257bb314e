"""Typologies: dimensions, types, and the one type in which each case stands."""

import json
from collections.abc import Mapping, Sequence

from workbench.errors import BadValue, Refused
from workbench.project.edits.registry import edit
from workbench.project.names import Names, as_name
from workbench.store import records
from workbench.store.history import Act


@edit("add typology")
def add_typology(
    act: Act,
    name: str,
    dimensions: Mapping[str, Sequence[str]],
    types: Mapping[str, Mapping[str, str]],
) -> str:
    """Add a typology: dimensions with their values, types as one value of each; return its id."""
    described = {label: ("", options) for label, options in types.items()}
    act.says(f"Added the typology “{name}”")
    return put_typology(act, name, dimensions, described)


def put_typology(
    act: Act,
    name: str,
    dimensions: Mapping[str, Sequence[str]],
    types: Mapping[str, tuple[str, Mapping[str, str]]],
) -> str:
    """Do what `add_typology` does, inside an act that does more; types have definitions.

    Raises:
        BadValue: it has no name.
        Refused: the name is taken, or a type has no value, or an undeclared one, on a
            dimension.
    """
    name = as_name("The name of a typology", name)
    if records.one(act.connection, "typology", name=name) is not None:
        raise Refused(f"There is a typology called “{name}” already. Choose another name.")
    for label, (_, options) in types.items():
        for dimension, values in dimensions.items():
            if options.get(dimension) not in values:
                raise Refused(
                    f"The type “{label}” needs one of {', '.join(values)} on the dimension "
                    f"“{dimension}”."
                )
    (typology_id,) = records.insert(act, "typology", [{"name": name}])
    of = {"typology_id": typology_id}
    records.insert(
        act,
        "dimension",
        [
            {**of, "name": d, "options": _json(list(values)), "position": n}
            for n, (d, values) in enumerate(dimensions.items(), 1)
        ],
    )
    records.insert(
        act,
        "case_type",
        [
            {
                **of,
                "name": label,
                "definition": definition,
                "options": _json(dict(options)),
                "position": n,
            }
            for n, (label, (definition, options)) in enumerate(types.items(), 1)
        ],
    )
    return typology_id


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@edit("place case")
def place_case(
    act: Act,
    typology: str,
    case: str,
    type_name: str,
    *,
    reason: str = "",
    row_version: int | None = None,
) -> None:
    """Place a case in one type of a typology; an earlier placement is changed.

    Raises:
        ChangedMeanwhile: somebody else placed the case after `row_version` was read (0
            where the case was not placed).
    """
    names = Names(act.connection)
    put_placement(act, names, typology, case, type_name, reason, row_version=row_version)
    act.says(f"Placed “{case}” in the type “{type_name}”")


def put_placement(
    act: Act,
    names: Names,
    typology: str,
    case: str,
    type_name: str,
    reason: str = "",
    *,
    row_version: int | None = None,
) -> None:
    """Do what `place_case` does, inside an act that does more."""
    typology_row, case_row = names.typology(typology), names.case(case)
    of = {"typology_id": typology_row["id"]}
    found = records.one(act.connection, "case_type", name=type_name, **of)
    if found is None:
        known = [t["name"] for t in records.find(act.connection, "case_type", **of)]
        raise BadValue(f"A type of “{typology}”", type_name, ", ".join(known))
    where = {**of, "case_id": case_row["id"]}
    to = {"case_type_id": found["id"], "reason": reason}
    held = records.one(act.connection, "placement", **where)
    records.as_read("placement", held, row_version)
    if held is None:
        records.insert(act, "placement", [{**where, **to}])
    else:
        records.update(act, "placement", held["id"], to)


@edit("unplace case")
def unplace_case(act: Act, typology: str, case: str, *, row_version: int | None = None) -> None:
    """Take a case out of its type, back on the list of the unplaced.

    Raises:
        Refused: it stands in no type.
        ChangedMeanwhile: somebody else placed the case after `row_version` was read.
    """
    names = Names(act.connection)
    of, row = names.typology(typology), names.case(case)
    where = {"typology_id": of["id"], "case_id": row["id"]}
    held = records.one(act.connection, "placement", **where)
    records.as_read("placement", held, row_version)
    if held is None:
        raise Refused(f"“{row['label']}” stands in no type of “{of['name']}”.")
    records.withdraw(act, "placement", [held["id"]])
    act.says(f"Took “{row['label']}” out of its type of “{of['name']}”")
