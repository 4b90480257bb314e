"""Mapping: the ladder from statements to themes, facets and typologies."""

import json
from collections.abc import Mapping, Sequence

from workbench.errors import BadValue, Refused
from workbench.model.ladder import FIRST_LEVEL, LAST_LEVEL, TEMPLATES
from workbench.model.report import counted
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
    template: str = "framework",
    objective: str = "",
    framework: str | None = None,
) -> str:
    """Start a ladder, whose template names its levels, and return its id.

    Raises:
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
    template: str = "framework",
    objective: str = "",
    framework: str | None = None,
) -> str:
    """Do what `add_ladder` does, inside an act that does more; a known name is that ladder."""
    name = as_name("The name of a ladder", name)
    held = records.one(act.connection, "ladder", name=name)
    if held is not None:
        return str(held["id"])
    if template not in TEMPLATES:
        raise BadValue("The template of a ladder", template, ", ".join(TEMPLATES))
    version = Names(act.connection).version(framework)["id"] if framework else None
    row = {
        "name": name,
        "template": template,
        "objective": objective,
        "framework_version_id": version,
    }
    (ladder_id,) = records.insert(act, "ladder", [row])
    return ladder_id


@edit("add node")
def add_node(
    act: Act,
    label: str,
    level: int | None,
    *,
    ladder: str,
    under: Sequence[str] = (),
    statements: Sequence[str] = (),
    note: str = "",
    reason: str = "",
) -> str:
    """Add an element (level 2), dimension, category or theme (5) and return its id.

    Without a level it is a free concept, such as an outcome, that only links reach.
    `under` names nodes of a higher level, `statements` ids of statements that feed it.
    """
    names = Names(act.connection)
    ladder_row = names.ladder(ladder)
    node = put_node(act, ladder_row["id"], label, level, note)
    for parent in under:
        put_edge(act, node, names.node(parent, ladder_row["id"]), reason)
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
    if level is not None and not FIRST_LEVEL <= level <= LAST_LEVEL:
        raise BadValue("The level of a node", level, f"{FIRST_LEVEL} to {LAST_LEVEL}, or none")
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


@edit("withdraw node")
def withdraw_node(act: Act, node: str) -> None:
    """Take a node out of its ladder, with its edges and facets.

    Raises:
        Refused: it is linked, or a quotation of a report stands under it.
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


@edit("connect nodes")
def connect(act: Act, child: str, parent: str, *, reason: str = "") -> None:
    """Put a node under one of a higher level; a node may have several parents."""
    names = Names(act.connection)
    below, above = names.node(child), names.node(parent)
    put_edge(act, below, above, reason)
    act.says(f"Put “{below['label']}” under “{above['label']}”")


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


@edit("set facet")
def set_facet(
    act: Act,
    node: str,
    scheme: str,
    value: str,
    *,
    basis: str = "",
    row_version: int | None = None,
) -> None:
    """Classify a node a second way (the ring it is drawn in, say), and on what basis.

    Raises:
        ChangedMeanwhile: somebody else changed the facet after `row_version` was read (0
            where the node had none of the scheme).
    """
    row = Names(act.connection).node(node)
    put_facet(act, row, scheme, value, basis, row_version=row_version)
    act.says(f"“{row['label']}”: {scheme} is {value}")


def put_facet(
    act: Act,
    node: Row,
    scheme: str,
    value: str,
    basis: str = "",
    *,
    row_version: int | None = None,
) -> None:
    """Do what `set_facet` does, inside an act that does more."""
    if not scheme.strip() or not value.strip():
        raise BadValue("A facet", f"{scheme}: {value}", "a scheme and a value")
    held = records.one(act.connection, "facet", node_id=node["id"], scheme=scheme)
    records.as_read("facet", held, row_version)
    if held is None:
        row = {"node_id": node["id"], "scheme": scheme, "value": value, "basis": basis}
        records.insert(act, "facet", [row])
    elif (held["value"], held["basis"]) != (value, basis):
        records.update(act, "facet", held["id"], {"value": value, "basis": basis})


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
