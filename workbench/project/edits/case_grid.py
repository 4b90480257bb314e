"""The grid of cases, changed in one act: values, names, and cases that are new."""

from collections.abc import Mapping, Sequence

from workbench.errors import ChangedMeanwhile, Refused
from workbench.model.report import counted
from workbench.project.edits.attributes import Grid, put_values
from workbench.project.edits.cases import CaseBook, put_label
from workbench.project.edits.registry import edit
from workbench.project.names import Names, as_name
from workbench.store import records
from workbench.store.history import Act


@edit("change cases")
def change_cases(
    act: Act,
    cells: Grid,
    *,
    added: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
    read: Grid | None = None,
) -> None:
    """Change a grid of cases, all of it or nothing.

    `cells` gives attributes of cases their new values, an empty text takes one away; cases
    go by the labels they have before, or are to have when they are `added`. `labels` says
    what cases are called from now on. `read` has the values that the changed cells had when
    they were read, and guards them against being overwritten unseen.

    Raises:
        ChangedMeanwhile: a cell has another value than was read; the error names it.
        Refused: a case that is added, or the new name of one, is here already.
        WrongUse: a case is not here, or a value is not of its attribute's type.
    """
    _refuse_unread(act, read or {})
    book, new = CaseBook(act), [as_name("The name of a case", label) for label in added]
    for label in new:
        if label in book.ids:
            raise Refused(f"There is a case called “{label}” already. Choose another name.")
        book.make(label)
    cases = {case.strip() if case.strip() in new else case: cells[case] for case in cells}
    done = put_values(act, cases, {})
    for case, label in (labels or {}).items():
        put_label(act, case, label)
    _say(act, done, len(new), len(labels or {}))


def _refuse_unread(act: Act, read: Grid) -> None:
    names = Names(act.connection)
    attributes = {a["name"]: a["id"] for a in records.find(act.connection, "attribute")}
    for case, values in read.items():
        of = {"case_id": names.case(case)["id"]}
        for attribute, value in values.items():
            of["attribute_id"] = attributes.get(attribute, "")
            held = records.one(act.connection, "attribute_value", **of)
            if (held["value"] if held else "") != value:
                raise ChangedMeanwhile(f"attribute “{attribute}” of “{case}”")


def _say(act: Act, values: int, new: int, renamed: int) -> None:
    told = [
        *([f"set {counted(values, 'values')}"] if values else []),
        *([f"added {counted(new, 'cases')}"] if new else []),
        *([f"renamed {counted(renamed, 'cases')}"] if renamed else []),
    ]
    said = ", ".join(told)
    act.says(said[:1].upper() + said[1:])
