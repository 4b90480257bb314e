"""The grid of cases as a frame for the editor, and what was changed in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from workbench.project.case_list import CaseGrid

Cells = dict[str, dict[str, str]]
"""case → attribute → value."""

_CASE = "case"


@dataclass(frozen=True)
class Changes:
    """What is changed in a grid; cases go by the labels they were read with."""

    cells: Cells = field(default_factory=dict)
    added: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    read: Cells = field(default_factory=dict)
    """What the changed cells of cases that are here held when they were read."""

    @property
    def number(self) -> int:
        """How many things are changed."""
        return sum(map(len, self.cells.values())) + len(self.added) + len(self.labels)

    def without(self, cells: Iterable[tuple[str, str]]) -> "Changes":
        """Return the changes but for those of some cells."""
        gone = set(cells)
        return replace(
            self,
            cells={
                case: {n: v for n, v in values.items() if (case, n) not in gone}
                for case, values in self.cells.items()
            },
        )

    def reading(self, now: Mapping[str, Mapping[str, str]]) -> "Changes":
        """Return the changes as they are over what the cells hold now."""
        return replace(
            self,
            read={
                case: {name: now[case].get(name, "") for name in values}
                for case, values in self.cells.items()
                if case in now
            },
        )


def frame(held: CaseGrid) -> tuple[pd.DataFrame, dict[str, tuple[str | None, str]]]:
    """Return the grid, and what each of its columns is: attribute and type, None for the case.

    Columns go by keys of their own, so that no name of an attribute can be taken for another.
    """
    columns: dict[str, tuple[str | None, str]] = {_CASE: (None, "text")}
    columns |= {f"a{n}": (a.name, a.type) for n, a in enumerate(held.attributes)}
    rows = [
        [case.label, *(case.values.get(a.name, "") for a in held.attributes)] for case in held.cases
    ]
    return pd.DataFrame(rows, columns=list(columns), dtype="str"), columns


def is_dirty(state: Any) -> bool:
    """Tell whether an editor holds changes."""
    return bool(state) and bool(state.get("edited_rows") or state.get("added_rows"))


def difference(held: CaseGrid, edited: pd.DataFrame) -> Changes:
    """Return what an edited grid changes; rows without a case's name are passed over."""
    names = [a.name for a in held.attributes]
    cells: Cells = {}
    read: Cells = {}
    labels: dict[str, str] = {}
    added: list[str] = []
    for number, row in enumerate(edited.itertuples(index=False, name=None)):
        label, *typed = ["" if pd.isna(value) else str(value).strip() for value in row]
        if number < len(held.cases):
            case = held.cases[number]
            if label not in ("", case.label):
                labels[case.label] = label
            was = {name: case.values.get(name, "") for name in names}
            new = {n: v for n, v in zip(names, typed, strict=True) if v != was[n].strip()}
            if new:
                cells[case.label] = new
                read[case.label] = {name: was[name] for name in new}
        elif label:
            added.append(label)
            new = {n: v for n, v in zip(names, typed, strict=True) if v}
            if new:
                cells[label] = new
    return Changes(cells, tuple(added), labels, read)
