"""Commands about cases: their labels, their words, their attributes."""

from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Case, Field, Label, Place, Transcript, Value, Where, Who, labelled
from workbench.cli.projects import opened, say
from workbench.model.report import counted

case_app = typer.Typer(
    help="Cases, their attributes, and which words are theirs.", no_args_is_help=True
)
attribute_app = typer.Typer(help="Attributes that cases have.", no_args_is_help=True)

Speaker = Annotated[str | None, typer.Option(metavar="LABEL", help="Only this speaker's turns.")]
Start = Annotated[int | None, typer.Option(metavar="N", help="From this character.")]
Stop = Annotated[int | None, typer.Option(metavar="N", help="Up to this one.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.add_typer(case_app, name="case")
    app.add_typer(attribute_app, name="attribute")


@case_app.command("add")
def add_case(
    where: Where,
    cases: Annotated[list[str], typer.Argument(metavar="CASE...")],
    who: Who = None,
) -> None:
    """Add cases by name."""
    with opened(where, who) as project:
        new = floor.edits.add_cases(project, {c: {} for c in cases})
    show.line(f"{counted(new, 'new cases')}.")


@case_app.command("set")
def set_attribute(
    where: Where,
    case: Case,
    attribute: Field,
    value: Value,
    kind: Annotated[
        str | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="For a new one: text, integer, float, boolean, date, category.",
        ),
    ] = None,
    who: Who = None,
) -> None:
    """Set an attribute of a case."""
    with opened(where, who) as project:
        floor.edits.set_attribute(project, case, attribute, value, kind=kind)  # type: ignore[arg-type]  # checked there
        say(project)


@case_app.command("assign")
def assign(
    where: Where,
    case: Case,
    transcript: Transcript,
    speaker: Speaker = None,
    start: Start = None,
    stop: Stop = None,
    who: Who = None,
) -> None:
    """Say that a transcript, a speaker's turns or a range of it is a case's."""
    with opened(where, who) as project:
        floor.edits.assign_case(project, case, transcript, speaker=speaker, start=start, stop=stop)
        say(project)


@case_app.command("unassign")
def unassign(
    where: Where,
    case: Case,
    transcript: Transcript,
    speaker: Speaker = None,
    start: Start = None,
    stop: Stop = None,
    who: Who = None,
) -> None:
    """Say that a transcript, a speaker's turns or a range of it is not a case's."""
    with opened(where, who) as project:
        floor.edits.unassign_case(
            project, case, transcript, speaker=speaker, start=start, stop=stop
        )
        say(project)


@case_app.command("describe")
def describe(
    where: Where,
    case: Case,
    values: Annotated[
        list[str], typer.Argument(metavar="FIELD=VALUE...", help="FIELD= takes a value away.")
    ],
    kinds: Annotated[
        list[str] | None,
        typer.Option("--type", metavar="FIELD=TYPE", help="For a new attribute; repeat."),
    ] = None,
    who: Who = None,
) -> None:
    """Set several attributes of a case at once."""
    given = labelled("An attribute", values, blank=True)
    said = labelled("A type", kinds or ())
    with opened(where, who) as project:
        floor.edits.set_attributes(project, {case: given}, kinds=said)  # type: ignore[arg-type]  # checked there
        say(project)


@case_app.command("change")
def change_case(
    where: Where,
    case: Case,
    values: Annotated[list[str] | None, typer.Argument(metavar="[ATTRIBUTE=VALUE...]")] = None,
    label: Annotated[str, typer.Option(metavar="NAME", help="What it is called now.")] = "",
    who: Who = None,
) -> None:
    """Give a case another name and other attributes in one act."""
    given = labelled("An attribute", values or (), blank=True)
    with opened(where, who) as project:
        floor.edits.change_cases(project, {case: given}, labels={case: label} if label else {})
        say(project)


@case_app.command("rename")
def rename_case(where: Where, case: Case, label: Label, who: Who = None) -> None:
    """Give a case another name."""
    with opened(where, who) as project:
        floor.edits.rename_case(project, case, label)
        say(project)


@case_app.command("move")
def move_case(where: Where, case: Case, place: Place, who: Who = None) -> None:
    """Give a case another place in the rows of a chart."""
    with opened(where, who) as project:
        floor.edits.move_case(project, case, place)
        say(project)


@case_app.command("withdraw")
def withdraw_case(where: Where, case: Case, who: Who = None) -> None:
    """Take a case back of which nothing was written."""
    with opened(where, who) as project:
        floor.edits.withdraw_case(project, case)
        say(project)


@attribute_app.command("rename")
def rename_attribute(where: Where, attribute: Field, name: Label, who: Who = None) -> None:
    """Give an attribute another name."""
    with opened(where, who) as project:
        floor.edits.rename_attribute(project, attribute, name)
        say(project)


@attribute_app.command("type")
def change_type(
    where: Where,
    attribute: Field,
    kind: Annotated[
        str,
        typer.Argument(metavar="TYPE", help="text, integer, float, boolean, date, category."),
    ],
    who: Who = None,
) -> None:
    """Declare another type for an attribute, which all its values must have."""
    with opened(where, who) as project:
        floor.edits.change_attribute_type(project, attribute, kind)  # type: ignore[arg-type]  # checked there
        say(project)


@attribute_app.command("withdraw")
def withdraw_attribute(where: Where, attribute: Field, who: Who = None) -> None:
    """Take an attribute away, with its values."""
    with opened(where, who) as project:
        floor.edits.withdraw_attribute(project, attribute)
        say(project)
