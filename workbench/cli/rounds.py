"""Commands of rounds: who indexes the same transcripts, and how far they are."""

from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Framework, Json, Seed, Where, Who
from workbench.cli.projects import opened, say

round_app = typer.Typer(
    help="Rounds of indexing: the same transcripts, twice or more.", no_args_is_help=True
)
InRound = Annotated[str, typer.Argument(metavar="ROUND")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(rounds)
    app.add_typer(round_app, name="round")


def rounds(
    where: Where,
    name: Annotated[
        str | None, typer.Argument(metavar="[ROUND]", help="Show its transcripts.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the rounds with their coders and how far each is; or the transcripts of one."""
    with opened(where) as project:
        if name is not None:
            show.table(floor.views.round_transcripts(project, name), as_json=as_json)
            return
        frame = floor.views.rounds(project)
    if not as_json:
        frame["share"] = [f"{share:.0%}" for share in frame["share"]]
    show.table(frame, as_json=as_json, empty="Plan one: workbench round plan PROJECT NAME …")


@round_app.command("plan")
def plan(
    where: Where,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    coder: Annotated[
        list[str], typer.Option("--coder", metavar="NAME", help="Who takes part; say it twice.")
    ],
    framework: Framework = None,
    transcript: Annotated[
        list[str] | None, typer.Option("--transcript", metavar="NAME", help="Which; may recur.")
    ] = None,
    number: Annotated[
        int | None, typer.Option(metavar="N", help="Draw so many transcripts at random.")
    ] = None,
    share: Annotated[
        float | None, typer.Option(metavar="PART", help="Draw this part of all: 0.2 is a fifth.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="ATTRIBUTE", help="Draw from each group of cases alike."),
    ] = None,
    seed: Seed = None,
    shown: Annotated[
        bool, typer.Option("--not-blind", help="Coders see one another's codings at once.")
    ] = False,
    who: Who = None,
) -> None:
    """Plan a round, and begin a run of its own for each coder."""
    with opened(where, who) as project:
        floor.edits.plan_round(
            project,
            name,
            coder,
            framework,
            transcripts=transcript or (),
            number=number,
            share=share,
            by=by,
            seed=seed,
            blind=not shown,
        )
        say(project)


@round_app.command("rename")
def rename(
    where: Where,
    name: InRound,
    new: Annotated[str, typer.Argument(metavar="NAME", help="Its new name.")],
    who: Who = None,
) -> None:
    """Give a round another name, and the runs that are called after it."""
    with opened(where, who) as project:
        floor.edits.rename_round(project, name, new)
        say(project)


@round_app.command("withdraw")
def withdraw(where: Where, name: InRound, who: Who = None) -> None:
    """Take a round back; its runs that were worked in stay, with all their codings."""
    with opened(where, who) as project:
        floor.edits.withdraw_round(project, name)
        say(project)
