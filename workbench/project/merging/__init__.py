"""Two copies of a project become one: what a merge would do, asked and planned.

`rules` say what makes rows the same thing, `three_way` and `order` what a row and a list
become, `plan` what all rows become together (these are pure), `sides` reads the two copies,
and `telling` puts the plan into words. `edits.merge` writes it.
"""

from workbench.project.merging.planned import Plan
from workbench.project.merging.sides import Sides, called, read
from workbench.project.merging.telling import (
    Choices,
    MergeReport,
    read_answers,
    tell,
    write_questions,
)
from workbench.project.opening import Project

__all__ = [
    "Choices",
    "MergeReport",
    "Plan",
    "Sides",
    "called",
    "preview",
    "read",
    "read_answers",
    "tell",
    "write_questions",
]


def preview(project: Project, other: Project, choices: Choices | None = None) -> MergeReport:
    """Return what a merge of another copy would bring here and ask; nothing is written.

    Raises:
        Refused: the two projects have no act in common.
    """
    answer = choices or Choices()
    with project.reading(whole=True) as here, other.reading(whole=True) as there:
        name = called(other.where)
        sides = read(here, there, name)
        return tell(name, here, there, sides, sides.plan(answer), answer)
