"""The cases of another tool's project: their words, and the values of their attributes."""

from workbench.errors import BadValue
from workbench.model.case import CASE_COLUMNS, AttributeType, attribute_value
from workbench.model.report import Guess
from workbench.project.edits.attributes import attribute_types, put_attribute, set_values
from workbench.project.edits.cases import CaseBook
from workbench.project.edits.refi_came import Came
from workbench.store import records


def put_cases(came: Came, book: CaseBook) -> None:
    """Store the cases, their words, and the values of their attributes."""
    values: dict[str, dict[str, str]] = {}
    for case in came.held.cases:
        if case.name not in book.ids:
            came.report.count("cases")
        came.cases[case.guid] = case_id = book.make(case.name)
        stretches: dict[str, list[tuple[int, int]]] = {}
        for source in case.sources:
            if source in came.texts:
                stored = came.texts[source]
                stretches.setdefault(stored.version_id, []).append((0, stored.length))
        for guid in case.selections:
            selection = came.selections.get(guid)
            if selection is not None and selection.source in came.texts:
                version_id = came.texts[selection.source].version_id
                stretches.setdefault(version_id, []).append((selection.start, selection.stop))
        for version_id, of_text in stretches.items():
            book.give(case.name, version_id, of_text)
        for guid, value in case.values.items():
            values.setdefault(guid, {})[case_id] = value
    for variable in came.held.variables:
        of = values.get(variable.guid, {})
        name = _attribute(came, variable.name, variable.kind, list(of.values()))
        set_values(came.act, name, of, variable.kind)
        attribute = records.one(came.act.connection, "attribute", "id", name=name)
        if attribute is not None:
            came.attributes[variable.guid] = own = str(attribute["id"])
            came.descriptions |= {own: variable.description} if variable.description else {}


def _attribute(came: Came, name: str, kind: AttributeType, values: list[str]) -> str:
    """Return a name under which an attribute can have these values, declared if it is new."""
    known = attribute_types(came.act)
    called, number = name, 2
    while called.casefold() in CASE_COLUMNS or not _all_fit(known.get(called, kind), values):
        called, number = f"{name} ({number})", number + 1
    if called not in known:
        put_attribute(came.act, called, kind)
    if called != name:
        what = f"the attribute “{name}” is called “{called}”"
        because = "an attribute of that name cannot have its values"
        came.report.guesses.append(Guess(what, because, "certain"))
    return called


def _all_fit(kind: AttributeType, values: list[str]) -> bool:
    try:
        for value in values:
            attribute_value("", kind, value)
    except BadValue:
        return False
    return True
