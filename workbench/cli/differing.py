"""Commands of one difference: what was decided, and what it changes in the framework."""

from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli.options import Coders, Framework, Reason, Where, Who
from workbench.cli.projects import opened, say

difference_app = typer.Typer(
    help="One difference of two runs: decide on it, or change the framework.", no_args_is_help=True
)
InDifference = Annotated[
    str, typer.Argument(metavar="CODING", help="A coding in it, or TRANSCRIPT:START, as listed.")
]
Sides = Annotated[
    list[str] | None,
    typer.Option("--side", metavar="RUN", help="Say it twice; else the independent runs."),
]
Rule = Annotated[str, typer.Option(metavar="TEXT", help="Added behind what is there.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.add_typer(difference_app, name="difference")


@difference_app.command("decide")
def decide(
    where: Where,
    run: Annotated[str, typer.Argument(metavar="RUN", help="The run of consensus.")],
    coding: InDifference,
    choice: Annotated[
        str, typer.Argument(metavar="CHOICE", help="A (the first side), B, both, neither, other.")
    ],
    reason: Annotated[str, typer.Argument(metavar="REASON")],
    side: Sides = None,
    coder: Coders = None,
    framework: Framework = None,
    result: Annotated[
        str | None, typer.Option(metavar="CODING", help="For “other”: what they became.")
    ] = None,
    who: Who = None,
) -> None:
    """Decide on a difference, with a reason; both originals stay as they are."""
    with opened(where, who) as project:
        first, second = floor.views.difference_with(
            project, coding, side or (), coders=coder or (), framework=framework
        )
        floor.edits.decide_difference(project, run, first, second, choice, reason, result=result)  # type: ignore[arg-type]  # checked there
        say(project)


@difference_app.command("propose")
def propose(
    where: Where,
    coding: InDifference,
    code: Annotated[str, typer.Argument(metavar="CODE", help="A code of the draft.")],
    reason: Reason = "",
    side: Sides = None,
    coder: Coders = None,
    framework: Framework = None,
    draft: Annotated[
        str | None, typer.Option(metavar="NAME@VERSION", help="Where there are several.")
    ] = None,
    use_when: Rule = "",
    not_when: Rule = "",
    definition: Annotated[str, typer.Option(metavar="TEXT", help="In place of its own.")] = "",
    split: Annotated[
        list[str] | None, typer.Option("--split", metavar="NAME", help="A part; say it twice.")
    ] = None,
    merge_into: Annotated[
        str, typer.Option("--merge-into", metavar="CODE", help="Another code, or a new name.")
    ] = "",
    who: Who = None,
) -> None:
    """Change the framework's draft for a difference: a rule, a split or a merge, with its words."""
    with opened(where, who) as project:
        first, second = floor.views.difference_with(
            project, coding, side or (), coders=coder or (), framework=framework
        )
        memo = floor.edits.propose_from_difference(
            project,
            [*first, *second],
            code,
            reason,
            draft=draft,
            use_when=use_when,
            not_when=not_when,
            definition=definition,
            split=split or (),
            merge_into=merge_into,
        )
        say(project, memo)
