"""Operations on the evidence of links and findings, and on verifications."""

from typing import cast

from workbench.model.finding import VerificationOutcome
from workbench.project import edits
from workbench.project.door import Project
from workbench.ui.operations.registry import operation


@operation
def uncite_link(project: Project, link: str, codings: list[str]) -> None:
    """Take codings out of the evidence of a link."""
    edits.uncite_link(project, link, codings)


@operation
def uncite_finding(project: Project, finding: str, codings: list[str]) -> None:
    """Take codings out of the evidence of a finding."""
    edits.uncite_finding(project, finding, codings)


@operation
def verify(
    project: Project,
    coding: str,
    outcome: str,
    finding: str | None = None,
    quotation: str | None = None,
    note: str = "",
    row_version: int | None = None,
) -> None:
    """Say that a quotation was held against its transcript, and what came of it."""
    came = cast("VerificationOutcome", outcome)  # the act refuses any other word
    edits.verify(
        project,
        coding,
        finding=finding,
        quotation=quotation,
        outcome=came,
        note=note,
        row_version=row_version,
    )


@operation
def unverify(project: Project, verification: str) -> None:
    """Take an entry back, so that its quotation is to be verified again."""
    edits.unverify(project, verification)
