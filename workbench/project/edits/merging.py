"""Another copy of the project comes in: what it did since the two went apart."""

from workbench.errors import Unanswered
from workbench.model.report import counted
from workbench.project.edits.registry import edit
from workbench.project.merging import Choices, MergeReport, joined
from workbench.project.opening import Project
from workbench.store import foreign
from workbench.store.collecting import uncollected
from workbench.store.history import Act


@edit("merge project")
def merge(act: Act, other: Project, choices: Choices | None = None) -> MergeReport:
    """Take over what another copy of this project did since the two went apart.

    What only one side changed is as that side has it, what both changed in the same way
    is so. What does not fit together is asked, and comes as the side has it that `choices`
    say. The acts of the other copy are kept, and shown under this one. Nothing happens
    where they are all here already.

    Raises:
        Refused: the projects have no act in common; or texts were removed from one of them
            for good; or what would come out breaks a law, whichever side is taken.
        Unanswered: both sides changed something in two ways, and `choices` do not say which
            is taken.
    """
    with uncollected():
        found = joined(act, other, choices or Choices(), keep=True)
    report, plan = found.report, found.plan
    if plan.unanswered:
        raise Unanswered(report.source, len(plan.unanswered))
    if not report.acts:
        return report
    act.stands = True
    brought = foreign.keep(act.connection, act.seq, found.news, found.same)
    act.says(f"Merged {report.source}: {counted(report.acts, 'acts')}")
    act.report = {**report.as_dict(), "brought": brought}
    return report
