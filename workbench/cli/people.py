"""Commands about the team and the project's own words: person, set, memo, decision."""

from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Date, Field, Json, Pairs, Text, Value, Where, Who, pairs
from workbench.cli.projects import opened, say

Handle = Annotated[str, typer.Argument(metavar="HANDLE", help="A short name, as in --as.")]

person_app = typer.Typer(help="People of the team.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("set")(change_setting)
    app.command("settings")(change_settings)
    app.command()(memo)
    app.command()(memos)
    app.command("change-memo")(change_memo)
    app.command()(decision)
    app.command()(decisions)
    app.add_typer(person_app, name="person")


@person_app.command("add")
def add_person(
    where: Where,
    handle: Handle,
    name: Annotated[str, typer.Option(metavar="TEXT", help="The whole name.")] = "",
    role: Annotated[str, typer.Option(help="owner, coder or reader.")] = "coder",
    credentials: Annotated[str, typer.Option(metavar="TEXT")] = "",
    occupation: Annotated[str, typer.Option(metavar="TEXT")] = "",
    experience: Annotated[str, typer.Option(metavar="TEXT")] = "",
    who: Who = None,
) -> None:
    """Add a member of the team."""
    with opened(where, who) as project:
        floor.edits.add_person(
            project,
            handle,
            name=name,
            role=role,  # type: ignore[arg-type]  # checked there
            credentials=credentials,
            occupation=occupation,
            experience=experience,
        )
        say(project)


@person_app.command("list")
def people(where: Where, as_json: Json = False) -> None:
    """List the team."""
    with opened(where) as project:
        found = floor.team.people(project)
    show.rows(
        [person._asdict() for person in found],
        floor.team.Person._fields,
        as_json=as_json,
        columns=("handle", "name", "role", "credentials", "occupation"),
        empty="Add one: workbench person add PROJECT HANDLE.",
    )


@person_app.command("change")
def change_person(
    where: Where, handle: Handle, field: Field, value: Value, who: Who = None
) -> None:
    """Set a field of a person's profile: name, role, credentials, occupation, experience."""
    with opened(where, who) as project:
        floor.edits.change_person(project, handle, field, value)
        say(project)


@person_app.command("profile")
def change_profile(where: Where, handle: Handle, fields: Pairs, who: Who = None) -> None:
    """Set several fields of a person's profile at once, such as role=reader name="Bo Ås"."""
    with opened(where, who) as project:
        floor.edits.change_profile(project, handle, pairs(fields))
        say(project)


def change_settings(where: Where, fields: Pairs, who: Who = None) -> None:
    """Set several things that the project says about itself at once, such as title="Sheds"."""
    with opened(where, who) as project:
        floor.edits.change_settings(project, pairs(fields))
        say(project)


def change_setting(where: Where, key: Field, value: Value, who: Who = None) -> None:
    """Set what the project says about itself.

    FIELD is title, objective, synthetic, doi, authors, language, method (what the levels
    of a new ladder are called), stages, or colours (usual, colour-blind or muted).
    """
    with opened(where, who) as project:
        floor.edits.change_setting(project, key, value)
        say(project)


def memo(
    where: Where,
    text: Text,
    kind: Annotated[
        str, typer.Option(help="method, reflexive, analytic, field note.")
    ] = "analytic",
    title: Annotated[str, typer.Option(metavar="TEXT")] = "",
    anchor: Annotated[
        str, typer.Option(metavar="KIND", help="What it is about: case, code, coding …")
    ] = "project",
    anchor_id: Annotated[str | None, typer.Option("--id", metavar="ID", help="Its id.")] = None,
    start: Annotated[
        int | None, typer.Option(metavar="N", help="In a transcript_version: from here.")
    ] = None,
    stop: Annotated[int | None, typer.Option(metavar="N", help="Up to here.")] = None,
    who: Who = None,
) -> None:
    """Write a memo, about the project or about anything in it."""
    with opened(where, who) as project:
        new = floor.edits.add_memo(
            project,
            text,
            kind=kind,  # type: ignore[arg-type]  # checked there
            title=title,
            anchor=anchor,
            anchor_id=anchor_id,
            start=start,
            stop=stop,
        )
        say(project, new)


def memos(
    where: Where,
    transcript: Annotated[
        str | None, typer.Option(metavar="TRANSCRIPT", help="Only those in the margin of this.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the memos, or those in the margin of one transcript."""
    with opened(where) as project:
        rows = floor.notes.memos(project, transcript)
    show.rows(
        rows,
        floor.notes.MEMOS,
        as_json=as_json,
        columns=("kind", "title", "text", "person", "anchor", "transcript", "start", "memo_id"),
        empty="Write one: workbench memo PROJECT TEXT.",
    )


def change_memo(
    where: Where,
    memo: Annotated[str, typer.Argument(metavar="ID")],
    text: Annotated[str | None, typer.Option(help="The new words.")] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT")] = None,
    kind: Annotated[
        str | None, typer.Option(help="method, reflexive, analytic, field note.")
    ] = None,
    who: Who = None,
) -> None:
    """Change a memo's words, title or kind."""
    with opened(where, who) as project:
        floor.edits.change_memo(project, memo, text=text, title=title, kind=kind)  # type: ignore[arg-type]  # checked there
        say(project)


def decisions(where: Where, as_json: Json = False) -> None:
    """List what the team decided, when, and who was there."""
    with opened(where) as project:
        rows = floor.notes.meetings(project)
    show.rows(
        rows,
        floor.notes.MEETINGS,
        as_json=as_json,
        columns=("date", "title", "text", "stage", "present"),
        empty="Record one: workbench decision PROJECT TITLE TEXT.",
    )


def decision(
    where: Where,
    title: Annotated[str, typer.Argument(metavar="TITLE")],
    text: Text,
    date: Date = "",
    present: Annotated[list[str] | None, typer.Option(help="Who was there; repeat.")] = None,
    stage: Annotated[
        str,
        typer.Option(metavar="STEP", help="Its step: read, index, chart and so on."),
    ] = "",
    who: Who = None,
) -> None:
    """Record what the team decided, when, and who was there."""
    with opened(where, who) as project:
        floor.edits.record_decision(
            project, title, text, date=date, present=present or (), stage=stage
        )
        say(project)
