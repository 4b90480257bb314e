"""Commands that see codings under another framework version: migrate, questions, answer, …"""

from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Json, Reason, Where, Who, labelled
from workbench.cli.projects import opened, say
from workbench.errors import BadValue

Run = Annotated[str, typer.Argument(metavar="RUN", help="The run that was carried.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(migrate)
    app.command()(questions)
    app.command()(answer)
    app.command("look-again")(look_again)
    app.command()(confirm)


def unanswered(number: int) -> str:
    """Return what a table says of codings that wait for an answer; nothing where none does."""
    if not number:
        return ""
    wait = "coding of another version waits" if number == 1 else "codings of other versions wait"
    return f" {number} {wait} for an answer: workbench framework questions."


def migrate(
    where: Where,
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="NAME@VERSION, or the name of a run.")
    ],
    target: Annotated[str, typer.Argument(metavar="TO", help="NAME@VERSION.")],
    name: Annotated[
        str | None, typer.Option(metavar="NAME", help="What to call the new run.")
    ] = None,
    who: Who = None,
) -> None:
    """Carry the codings, statements and marks of a framework version to another."""
    with opened(where, who) as project:
        report = floor.edits.migrate(project, source, target, name=name)
    for line in report.lines():
        show.line(line)


def questions(where: Where, run: Run, as_json: Json = False) -> None:
    """List the codings of which a person must say what they are under another version."""
    with opened(where) as project:
        frame = floor.views.questions(project, run)
    show.table(frame, as_json=as_json, keep=["coding_id"], empty="Nothing waits for an answer.")


def answer(
    where: Where,
    run: Run,
    codings: Annotated[
        list[str] | None, typer.Argument(metavar="[CODING...]", help="Ids; else all that fit.")
    ] = None,
    code: Annotated[str | None, typer.Option(metavar="CODE", help="What they are.")] = None,
    none: Annotated[bool, typer.Option("--none", help="They are nothing there.")] = False,
    of: Annotated[
        str | None, typer.Option(metavar="CODE", help="Only of this code of the old version.")
    ] = None,
    words: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Only with these words in the quote.")
    ] = None,
    cases: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="ATTRIBUTE=VALUE", help="Only of cases with this value."),
    ] = None,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Say what codings are under the version of a carried run: one, some, or all that fit."""
    if none == (code is not None):
        raise BadValue("An answer", code or "", "--code CODE, or --none")
    fitting = labelled("An attribute of cases", cases or [])
    with opened(where, who) as project:
        floor.edits.answer_migration(
            project, run, codings or [], code, reason, of=of, words=words, where=fitting
        )
        say(project)


def look_again(
    where: Where,
    reference: Annotated[str | None, typer.Argument(metavar="[NAME@VERSION]")] = None,
    as_json: Json = False,
) -> None:
    """List the carried codings whose code is defined otherwise now."""
    with opened(where) as project:
        frame = floor.views.look_again(project, reference)
    show.table(frame, as_json=as_json, keep=["coding_id"], empty="Nothing is to be looked at.")


def confirm(
    where: Where,
    codings: Annotated[list[str], typer.Argument(metavar="CODING...")],
    who: Who = None,
) -> None:
    """Say that codings still hold under the definition that their code has now."""
    with opened(where, who) as project:
        floor.edits.confirm_coding(project, codings)
        say(project)
