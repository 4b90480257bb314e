"""Commands about findings and the verification of what is quoted."""

from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Json, Note, Where, Who
from workbench.cli.projects import opened, say
from workbench.errors import BadValue

_SHOWN = ("list", "evidence", "groups")
_LIST = (
    "number",
    "finding",
    "node",
    "cases",
    "mentions",
    "against",
    "node_cases",
    "supported_by",
    "contradicted_by",
)
_VERIFICATION = (
    "place",
    "words",
    "transcript",
    "turn",
    "speaker",
    "before",
    "after",
    "state",
    "outcome",
    "verified_by",
    "at",
    "note",
    "coding_id",
    "verification_id",
)
_NO_FINDING = "State one: workbench finding add PROJECT TITLE."

Finding = Annotated[str, typer.Argument(metavar="FINDING", help="Its title or its id.")]
Codings = Annotated[list[str], typer.Argument(metavar="CODING...", help="Their ids.")]
About = Annotated[
    str | None, typer.Option("--about", metavar="NODE", help="The theme or driver it is about.")
]

finding_app = typer.Typer(
    help="Findings: what is claimed, with the words for it and against it.", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.add_typer(finding_app, name="finding")
    for command in (findings, verify, verification):
        app.command()(command)


@finding_app.command("add")
def add_finding(
    where: Where,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What is claimed, shortly.")],
    text: Annotated[str, typer.Option(metavar="TEXT", help="The claim in full.")] = "",
    about: About = None,
    who: Who = None,
) -> None:
    """State a finding; “cite” gives it the words for it and against it."""
    with opened(where, who) as project:
        say(project, floor.edits.add_finding(project, title, text=text, node=about))


@finding_app.command("change")
def change_finding(
    where: Where,
    finding: Finding,
    title: Annotated[str | None, typer.Option(metavar="TITLE", help="Its new title.")] = None,
    text: Annotated[str | None, typer.Option(metavar="TEXT", help="The claim in full.")] = None,
    about: Annotated[
        str | None,
        typer.Option("--about", metavar="NODE", help='What it is about; "" for nothing.'),
    ] = None,
    place: Annotated[
        int | None, typer.Option(metavar="N", help="Its place in the list, from 1.")
    ] = None,
    who: Who = None,
) -> None:
    """Change what a finding says, what it is about, or its place in the list."""
    with opened(where, who) as project:
        floor.edits.change_finding(
            project, finding, title=title, text=text, node=about, place=place
        )
        say(project)


@finding_app.command("cite")
def cite(
    where: Where,
    finding: Finding,
    codings: Annotated[
        list[str] | None, typer.Argument(metavar="[CODING...]", help="Ids of codings for it.")
    ] = None,
    against: Annotated[
        list[str] | None, typer.Option(help="Id of a coding against it; repeat.")
    ] = None,
    note: Note = "",
    who: Who = None,
) -> None:
    """Cite codings for a finding, and --against it with a --note on how that was resolved."""
    with opened(where, who) as project:
        floor.edits.cite_for_finding(
            project, finding, codings or (), against=against or (), note=note
        )
        say(project)


@finding_app.command("uncite")
def uncite(where: Where, finding: Finding, codings: Codings, who: Who = None) -> None:
    """Take codings from under a finding."""
    with opened(where, who) as project:
        floor.edits.uncite_finding(project, finding, codings)
        say(project)


def findings(
    where: Where,
    what: Annotated[str, typer.Option("--show", help=", ".join(_SHOWN))] = "list",
    finding: Annotated[
        str | None, typer.Option(metavar="FINDING", help="For evidence, groups: only this one.")
    ] = None,
    by: Annotated[str | None, typer.Option(help="For groups: the attribute.")] = None,
    as_json: Json = False,
) -> None:
    """Show the findings: the cases for each and against, its evidence, both by group."""
    if what not in _SHOWN:
        raise BadValue("What to show", what, ", ".join(_SHOWN))
    if what == "groups" and by is None:
        raise BadValue("--by", "", "an attribute of the cases, to group them by")
    with opened(where) as project:
        if what == "groups":
            frame = floor.findings.finding_groups(project, finding, str(by))
        elif what == "evidence":
            frame = floor.findings.finding_evidence(project, finding)
        else:
            frame = floor.findings.findings(project)
    columns = _LIST if what == "list" else ()
    show.table(frame, as_json=as_json, columns=columns, keep=("coding_id",), empty=_NO_FINDING)


def verify(
    where: Where,
    coding: Annotated[str, typer.Argument(metavar="CODING", help="The id of a coding.")],
    finding: Annotated[
        str | None, typer.Option(metavar="FINDING", help="Where this finding cites it.")
    ] = None,
    quotation: Annotated[
        str | None, typer.Option(metavar="ID", help="Where a report quotes it.")
    ] = None,
    outcome: Annotated[str, typer.Option(help="as said, differs, out of context")] = "as said",
    note: Note = "",
    who: Who = None,
) -> None:
    """Say that you held quoted words against the transcript, and what came of it."""
    with opened(where, who) as project:
        new = floor.edits.verify(
            project,
            coding,
            finding=finding,
            quotation=quotation,
            outcome=outcome,  # type: ignore[arg-type]  # checked there
            note=note,
        )
        say(project, new)


def verification(
    where: Where,
    left: Annotated[bool, typer.Option("--open", help="Only what is open or stale.")] = False,
    as_json: Json = False,
) -> None:
    """List every quotation of findings and reports in its context, and who verified it."""
    with opened(where) as project:
        frame = floor.verifications.verification_list(project)
    if left:
        frame = frame.loc[frame["state"] != floor.verifications.DONE]
    show.table(
        frame,
        as_json=as_json,
        columns=_VERIFICATION,
        empty="Every quotation that there is has been verified." if left else "Nothing is quoted.",
    )
