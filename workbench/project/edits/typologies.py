"""Typologies: dimensions, types, and the one type in which each case stands."""

import json
from collections.abc import Mapping, Sequence

from workbench.errors import BadValue, ChangedMeanwhile, Refused, UnknownName, few
from workbench.model.report import counted
from workbench.project.edits.registry import edit
from workbench.project.names import Names, as_name
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("add typology")
def add_typology(
    act: Act,
    name: str,
    dimensions: Mapping[str, Sequence[str]],
    types: Mapping[str, Mapping[str, str]],
    *,
    definitions: Mapping[str, str] | None = None,
) -> str:
    """Add a typology: dimensions with their values, types as one value of each; return its id.

    `definitions` says what types mean.
    """
    means = definitions or {}
    described = {label: (means.get(label, ""), options) for label, options in types.items()}
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
    _refuse_misfits(dimensions, {label: options for label, (_, options) in types.items()})
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


def _refuse_misfits(
    dimensions: Mapping[str, Sequence[str]], types: Mapping[str, Mapping[str, str]]
) -> None:
    """Check that each type has one of the values on each dimension."""
    for label, options in types.items():
        for dimension, values in dimensions.items():
            if options.get(dimension) not in values:
                raise Refused(
                    f"The type “{label}” needs one of {', '.join(values)} on the dimension "
                    f"“{dimension}”."
                )


Types = Mapping[str, Mapping[str, str]]
Dimensions = Mapping[str, Sequence[str]]


@edit("change typology")
def change_typology(
    act: Act,
    typology: str,
    *,
    name: str | None = None,
    dimensions: Dimensions | None = None,
    types: Types | None = None,
    definitions: Mapping[str, str] | None = None,
    renamed: Mapping[str, str] | None = None,
    read: tuple[Dimensions, Types] | None = None,
) -> None:
    """Change a typology's name, its dimensions, or its types; what is not given stays.

    `dimensions` and `types` are all that there are to be, in their order: one that is
    missing goes, a new one comes. `renamed` maps types to other names, `definitions` names
    of types to what they mean. Cases stay in a type that gets another name or other values.

    Raises:
        BadValue: a name is blank, a dimension has no values, or one twice.
        Refused: a name is taken, or was another type's until now; a type has no value, or
            an undeclared one, on a dimension; cases stand in a type that would go.
        UnknownName: there is no such typology, or no type of a name in `renamed` or
            `definitions`.
        ChangedMeanwhile: somebody else changed the dimensions or types that were `read`.
    """
    row = Names(act.connection).typology(typology)
    held = _Held(act, row)
    if read is not None and not held.says(*read):
        raise ChangedMeanwhile("typology")
    if name is not None:
        records.update(act, "typology", row["id"], {"name": _free_name(act, row, name)})
    renamed = {old: as_name("The name of a type", new) for old, new in (renamed or {}).items()}
    held.refuse_unknown(renamed)
    if dimensions is None:
        dimensions = held.dimensions
    if types is None:
        kept = {renamed.get(label, label): options for label, options in held.types.items()}
        types = {t: {d: v for d, v in o.items() if d in dimensions} for t, o in kept.items()}
    types = {as_name("The name of a type", label): options for label, options in types.items()}
    _refuse_bad_dimensions(dimensions)
    _refuse_undeclared(dimensions, types)
    _refuse_misfits(dimensions, types)
    held.put_dimensions(dimensions)
    held.put_types(types, definitions or {}, renamed)
    act.says(f"Changed the typology “{row['name']}”")


def _free_name(act: Act, typology: Row, name: str) -> str:
    name = as_name("The name of a typology", name)
    other = records.one(act.connection, "typology", name=name)
    if other is not None and other["id"] != typology["id"]:
        raise Refused(f"There is a typology called “{name}” already. Choose another name.")
    return name


def _refuse_bad_dimensions(dimensions: Dimensions) -> None:
    if not dimensions:
        raise Refused("A typology needs a dimension. Give one with its values.")
    for dimension, values in dimensions.items():
        as_name("The name of a dimension", dimension)
        if not values or not all(v.strip() for v in values) or len(set(values)) != len(values):
            wanted = "at least one value, none blank, none twice"
            raise BadValue(f"The dimension “{dimension}”", ", ".join(values), wanted)


def _refuse_undeclared(dimensions: Dimensions, types: Types) -> None:
    for label, options in types.items():
        for dimension in [d for d in options if d not in dimensions]:
            raise Refused(
                f"The type “{label}” has a value on “{dimension}”, which is no dimension: "
                f"give it on {', '.join(dimensions)}."
            )


class _Held:
    """The dimensions and types of one typology as they stand, and what is to become of them."""

    def __init__(self, act: Act, typology: Row) -> None:
        self.act, self.typology = act, typology
        self._of = {"typology_id": typology["id"]}
        self._dimensions = self._rows("dimension")
        self._types = self._rows("case_type")
        self.dimensions: Dimensions = {
            str(d["name"]): json.loads(d["options"]) for d in self._dimensions
        }
        self.types: Types = {str(t["name"]): json.loads(t["options"]) for t in self._types}

    def _rows(self, table: str) -> list[Row]:
        found = records.find(self.act.connection, table, **self._of)
        return sorted(found, key=lambda row: (row["position"], row["id"]))

    def says(self, dimensions: Dimensions, types: Types) -> bool:
        """Whether the typology says this, in whatever order."""
        listed = {d: list(values) for d, values in dimensions.items()}
        return (listed, {t: dict(o) for t, o in types.items()}) == (self.dimensions, self.types)

    def refuse_unknown(self, renamed: Mapping[str, str]) -> None:
        for old in renamed:
            if old not in self.types:
                raise UnknownName("type", old, list(self.types))

    def put_dimensions(self, dimensions: Dimensions) -> None:
        gone = [d["id"] for d in self._dimensions if d["name"] not in dimensions]
        records.withdraw(self.act, "dimension", gone)
        there = {str(d["name"]): str(d["id"]) for d in self._dimensions}
        for position, (name, values) in enumerate(dimensions.items(), 1):
            said = {"name": name, "options": _json(list(values)), "position": position}
            self._put("dimension", there.get(name), said)

    def put_types(
        self, types: Types, definitions: Mapping[str, str], renamed: Mapping[str, str]
    ) -> None:
        for name in definitions:
            if name not in types:
                raise UnknownName("type", name, list(types))
        now = {str(t["id"]): renamed.get(t["name"], str(t["name"])) for t in self._types}
        before = {str(t["name"]): str(t["id"]) for t in self._types}
        for type_id, name in now.items():
            if before.get(name, type_id) != type_id:
                raise Refused(
                    f"“{name}” is the name of another type. Rename that one, or take it out, "
                    "in a step of its own first."
                )
        if len(set(now.values())) != len(now):
            raise Refused("Two types cannot have one name. Choose another for one of them.")
        for name in types:
            if name in before and now[before[name]] != name:
                raise Refused(
                    f"“{name}” was the name of another type until now. Add it in a step of its own."
                )
        gone = [t for t in self._types if now[t["id"]] not in types]
        self._refuse_placed(gone)
        records.withdraw(self.act, "case_type", [t["id"] for t in gone])
        there = {name: i for i, name in now.items()}
        for position, (name, options) in enumerate(types.items(), 1):
            said = {"name": name, "options": _json(dict(options)), "position": position}
            if name in definitions:
                said["definition"] = definitions[name].strip()
            self._put("case_type", there.get(name), said)

    def _put(self, table: str, row_id: str | None, said: Mapping[str, object]) -> None:
        if row_id is not None:
            records.update(self.act, table, row_id, said)
            return
        usual = {"definition": ""} if table == "case_type" else {}
        records.insert(self.act, table, [{**self._of, **usual, **said}])

    def _refuse_placed(self, gone: Sequence[Row]) -> None:
        """Check that no case stands in a type that is to go."""
        for row in gone:
            placed = records.find(
                self.act.connection, "placement", "case_id", case_type_id=row["id"]
            )
            if placed:
                ids = [p["case_id"] for p in placed]
                cases = records.by_ids(self.act.connection, "case", ids, "label", "position")
                cases.sort(key=lambda case: int(case["position"]))
                raise Refused(
                    f"{counted(len(placed), 'cases')} ({few(c['label'] for c in cases)}) stand in "
                    f"the type “{row['name']}”. Place them in another type first."
                )


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
