"""Attributes of cases: their names, their types, and the values that cases have."""

from collections.abc import Iterator, Mapping

from workbench.errors import BadValue, Refused, UnknownName, WorkbenchError
from workbench.model.case import (
    ATTRIBUTE_TYPES,
    CASE_COLUMNS,
    AttributeType,
    attribute_type,
    attribute_value,
)
from workbench.model.report import counted
from workbench.project.edits.registry import edit
from workbench.project.names import Names, as_name
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


def set_values(
    act: Act, said: str, values: Mapping[str, str], kind: AttributeType | None = None
) -> None:
    """Give an attribute's values to cases, by id; those that are so already stay, empty ones go."""
    name = attribute_name(said)
    attribute = _attribute(act, name, [v for v in values.values() if v], kind)
    for value in filter(None, values.values()):
        attribute_value(name, attribute["type"], value)
    _put(act, str(attribute["id"]), values)


def attribute_name(name: str) -> str:
    """Return the name of an attribute, without blanks at its ends.

    Raises:
        BadValue: it is blank, or a column that every table of cases has.
    """
    said = as_name("The name of an attribute", name)
    if said.casefold() in CASE_COLUMNS:
        raise BadValue("The name of an attribute", name, "another: every table of cases has it")
    return said


def attribute_types(act: Act) -> dict[str, AttributeType]:
    """Return the attributes of cases with their types."""
    return {a["name"]: a["type"] for a in records.find(act.connection, "attribute")}


def put_attribute(act: Act, name: str, kind: AttributeType) -> None:
    """Declare an attribute of cases, of which no case has a value yet."""
    _attribute(act, attribute_name(name), [], kind)


def _attribute(act: Act, name: str, values: list[str], kind: AttributeType | None = None) -> Row:
    held = records.one(act.connection, "attribute", name=name)
    if held is not None:
        return held
    row = {
        "name": name,
        "type": kind or attribute_type(values),
        "position": records.highest(act.connection, "attribute", "position") + 1,
    }
    (new,) = records.insert(act, "attribute", [row])
    return {**row, "id": new}


@edit("set attribute")
def set_attribute(
    act: Act,
    case: str,
    attribute: str,
    value: str,
    *,
    kind: AttributeType | None = None,
    row_version: int | None = None,
) -> None:
    """Set one attribute of one case; `kind` declares the type of a new attribute.

    An empty text takes the value away.

    Raises:
        ChangedMeanwhile: somebody else changed the value after `row_version` was read (0
            where the case had none).
    """
    _refuse_kind(kind)
    row = Names(act.connection).case(case)
    if row_version is not None:
        records.as_read("attribute value", _value_held(act, row["id"], attribute), row_version)
    set_values(act, attribute, {row["id"]: value if value.strip() else ""}, kind)
    act.says(f"“{row['label']}”: {attribute} is {value.strip() or 'not stated'}")


def _value_held(act: Act, case_id: str, attribute: str) -> Row | None:
    known = records.one(act.connection, "attribute", name=attribute_name(attribute))
    if known is None:
        return None
    where = {"case_id": case_id, "attribute_id": known["id"]}
    return records.one(act.connection, "attribute_value", **where)


Grid = Mapping[str, Mapping[str, str]]
"""case → attribute → value as text."""


@edit("set attributes")
def set_attributes(
    act: Act, cases: Grid, *, kinds: Mapping[str, AttributeType] | None = None
) -> int:
    """Set many attributes of cases that are here, all or none; return how many are other now.

    An empty text takes the value away. `kinds` declares the types of new attributes,
    which may have no value yet; one that it does not name takes the narrowest type that all
    its values have.

    Raises:
        WrongUse: a case is not here, or a value is not of its attribute's type; the error
            names the first such cell and says how many more there are.
        Refused: `kinds` gives another type than an attribute has.
    """
    done = put_values(act, cases, kinds or {})
    act.says(
        f"Set {counted(done, 'values')} of {counted(len(cases), 'cases')}"
        if cases
        else f"Declared {', '.join(f'“{name}”' for name in kinds or {})}"
    )
    return done


def put_values(act: Act, cases: Grid, kinds: Mapping[str, AttributeType]) -> int:
    """Do what `set_attributes` does, inside an act that does more."""
    names = Names(act.connection)
    known = _declared(act, cases, kinds)
    wrong: list[WorkbenchError] = []
    wanted: dict[str, dict[str, str]] = {name: {} for name in known}
    for case, name, value in _cells(cases):
        try:
            wanted[name][names.case(case)["id"]] = _read(known[name], case, value)
        except WorkbenchError as error:
            wrong.append(error)
    if wrong:
        if len(wrong) > 1:
            wrong[0].and_also(f"{counted(len(wrong) - 1, 'more cells')} cannot be taken either.")
        raise wrong[0]
    return sum(_put(act, str(known[n]["id"]), values) for n, values in wanted.items())


def _cells(cases: Grid) -> Iterator[tuple[str, str, str]]:
    """Yield case, attribute and value of each cell of a grid, names as they are stored."""
    for case, values in cases.items():
        for name, value in values.items():
            yield case, attribute_name(name), value.strip()


def _declared(act: Act, cases: Grid, kinds: Mapping[str, AttributeType]) -> dict[str, Row]:
    """Return the attributes of a grid by name, those that are new made."""
    given: dict[str, list[str]] = {attribute_name(name): [] for name in kinds}
    for _, name, value in _cells(cases):
        given.setdefault(name, []).extend([value] if value else [])
    said = {attribute_name(name): kind for name, kind in kinds.items()}
    known = {}
    for name, values in given.items():
        kind = said.get(name)
        _refuse_kind(kind)
        known[name] = _attribute(act, name, values, kind)
        if kind not in (None, known[name]["type"]):
            raise Refused(
                f"The attribute “{name}” is {known[name]['type']}, not {kind}. Change its type "
                "first."
            )
    return known


def _refuse_kind(kind: str | None) -> None:
    if kind is not None and kind not in ATTRIBUTE_TYPES:
        raise BadValue("The type of an attribute", kind, ", ".join(ATTRIBUTE_TYPES))


def _read(attribute: Row, case: str, value: str) -> str:
    """Return a value that its attribute can have, or nothing; an error names the case."""
    try:
        if value:
            attribute_value(attribute["name"], attribute["type"], value)
    except BadValue as error:
        raise BadValue(f"{error.what} of “{case}”", value, error.wanted) from None
    return value


def _put(act: Act, attribute_id: str, values: Mapping[str, str]) -> int:
    """Give cases, by id, the values of one attribute; return how many are other now."""
    rows = records.find(act.connection, "attribute_value", attribute_id=attribute_id)
    held = {str(v["case_id"]): v for v in rows}
    fresh, gone, done = [], [], 0
    for case_id, value in values.items():
        row = held.get(case_id)
        if (row["value"] if row else "") == value:
            continue
        done += 1
        if row is None:
            fresh.append({"case_id": case_id, "attribute_id": attribute_id, "value": value})
        elif value:
            records.update(act, "attribute_value", row["id"], {"value": value})
        else:
            gone.append(row["id"])
    records.withdraw(act, "attribute_value", gone)
    records.insert(act, "attribute_value", fresh)
    return done


def _named(act: Act, attribute: str) -> Row:
    """Return the attribute of that name or id."""
    rows = records.find(act.connection, "attribute")
    for row in rows:
        if attribute in (row["name"], row["id"]):
            return row
    raise UnknownName("attribute", attribute, [str(r["name"]) for r in rows])


@edit("rename attribute")
def rename_attribute(
    act: Act, attribute: str, name: str, *, row_version: int | None = None
) -> None:
    """Give an attribute of cases another name.

    Raises:
        BadValue: it is blank, or a column that every table of cases has.
        Refused: there is another attribute of that name.
    """
    row, name = _named(act, attribute), attribute_name(name)
    other = records.one(act.connection, "attribute", name=name)
    if other is not None and other["id"] != row["id"]:
        raise Refused(f"There is an attribute “{name}” already. Choose another name.")
    records.update(act, "attribute", row["id"], {"name": name}, row_version=row_version)
    act.says(f"Renamed the attribute “{row['name']}” to “{name}”")


@edit("change attribute type")
def change_attribute_type(
    act: Act, attribute: str, kind: AttributeType, *, row_version: int | None = None
) -> None:
    """Declare another type for an attribute; its values stay as they are written.

    Raises:
        BadValue: a case has a value that is not of that type; the error names the first and
            says how many more there are.
    """
    _refuse_kind(kind)
    row = _named(act, attribute)
    values = records.find(act.connection, "attribute_value", attribute_id=row["id"])
    ids = [v["case_id"] for v in values]
    label = {c["id"]: c["label"] for c in records.by_ids(act.connection, "case", ids)}
    wrong: list[BadValue] = []
    for value in values:
        try:
            _read({**row, "type": kind}, label[value["case_id"]], value["value"])
        except BadValue as error:
            wrong.append(error)
    if wrong:
        if len(wrong) > 1:
            more = counted(len(wrong) - 1, "more values")
            wrong[0].and_also(f"{more} cannot be taken either.")
        raise wrong[0]
    records.update(act, "attribute", row["id"], {"type": kind}, row_version=row_version)
    act.says(f"The attribute “{row['name']}” is {kind}")


@edit("withdraw attribute")
def withdraw_attribute(act: Act, attribute: str) -> None:
    """Take an attribute away, with the values that cases have of it."""
    row = _named(act, attribute)
    values = records.find(act.connection, "attribute_value", "id", attribute_id=row["id"])
    records.withdraw(act, "attribute_value", [v["id"] for v in values])
    records.withdraw(act, "attribute", [row["id"]])
    act.says(f"Withdrew the attribute “{row['name']}” with {counted(len(values), 'values')}")
