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
    app.command()(propose)
    app.command()(adopt)
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


A = Annotated[str, typer.Argument(metavar="NAME@VERSION")]


def propose(where: Where, a: A, b: A, as_json: Json = False) -> None:
    """List what of one framework version may be what of another, where no steps tell it."""
    with opened(where) as project:
        frame = floor.views.proposed_steps(project, a, b)
    columns = ("number", "thing", "step", "before", "after", "confidence", "because")
    note = (
        "Adopt them with: workbench framework adopt. Those called possible only --with their "
        "number."
    )
    show.table(frame, as_json=as_json, columns=columns, note=note, empty="Both are empty.")


def adopt(
    where: Where,
    a: A,
    b: A,
    besides: Annotated[
        list[int] | None, typer.Option("--with", metavar="N", help="This possible row too.")
    ] = None,
    without: Annotated[
        list[int] | None, typer.Option(metavar="N", help="Not this row of “propose”.")
    ] = None,
    same: Annotated[
        list[str] | None,
        typer.Option(metavar="OLD=NEW", help="One code is, or went into, another."),
    ] = None,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Say that proposed steps hold between two framework versions; neither version changes."""
    with opened(where, who) as project:
        found = floor.views.proposed_steps(project, a, b)
        numbers = {n for n in found["number"] if n is not None}
        for number in {*(besides or ()), *(without or ())} - numbers:
            raise BadValue("The number of a proposed step", str(number), "one that “propose” lists")
        pairs = [
            (row["thing"], row["before_id"], row["after_id"])
            for row in found.to_dict("records")
            if row["number"] is not None
            and row["number"] not in (without or ())
            and (row["confidence"] != "possible" or row["number"] in (besides or ()))
        ]
        for text in same or []:
            old, equals, new = (part.strip() for part in text.partition("="))
            if not (old and equals and new):
                raise BadValue("Codes that are the same", text, "two codes, such as 1.2=1.3")
            one, other = floor.views.code_ids(project, (a, old), (b, new))
            pairs.append(("code", one, other))
        floor.edits.adopt_steps(project, a, b, pairs, reason=reason)
        say(project)


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
