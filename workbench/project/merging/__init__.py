"""Two copies of a project become one: what a merge would do, asked and planned.

`rules` say what makes rows the same thing, `three_way` and `order` what a row and a list
become, `bundles` what comes from one side as a whole, `plan` what all rows become together
(these are pure). `sides` reads the two copies, `writing` writes a plan, `settling` tries it until
it keeps the laws, and `telling` puts it into words.
"""

from contextlib import ExitStack
from dataclasses import dataclass

from workbench.project.merging.planned import TAKEN_TOGETHER, Plan
from workbench.project.merging.rules import Row
from workbench.project.merging.settling import Settling
from workbench.project.merging.sides import Sides, called, read
from workbench.project.merging.telling import (
    Choices,
    MergeReport,
    read_answers,
    tell,
    write_questions,
)
from workbench.project.merging.words import NOT_SHOWN
from workbench.project.opening import Project
from workbench.store.history import Act

__all__ = [
    "NOT_SHOWN",
    "TAKEN_TOGETHER",
    "Choices",
    "MergeReport",
    "Plan",
    "Sides",
    "called",
    "joined",
    "preview",
    "read",
    "read_answers",
    "tell",
    "write_questions",
]


@dataclass(frozen=True, slots=True)
class Joined:
    """What a merge does: told, planned, and what it notes of the other copy."""

    report: MergeReport
    plan: Plan
    news: list[Row]
    """The acts that it brings."""
    same: dict[str, dict[str, str]]
    """Table → id of a row there → id of the row here that is the same thing."""


def joined(act: Act, other: Project, answer: Choices, *, keep: bool) -> Joined:
    """Join another copy in an act; nothing is written unless it is to `keep` and all is answered.

    Raises:
        Refused: see `edits.merge`.
    """
    name, here = called(other.where), act.connection
    with other.reading(whole=True) as there:
        sides = read(here, there, name)
        plan = sides.plan(answer)
        if sides.brings(plan):
            plan = Settling(act, there, sides, answer, name).settled(keep=keep)
        report = tell(name, act.who, (here, there), sides, plan, answer)
        return Joined(report, plan, sides.news, sides.found_same(plan))


def preview(project: Project, other: Project, choices: Choices | None = None) -> MergeReport:
    """Return what a merge of another copy would bring here and ask; nothing of it is kept.

    Raises:
        Refused: the two projects have no act in common.
    """
    with ExitStack() as stack:
        if not project.rehearses:
            stack.enter_context(project.rehearsing())
        act = stack.enter_context(project.acting("merge project"))
        return joined(act, other, choices or Choices(), keep=False).report
