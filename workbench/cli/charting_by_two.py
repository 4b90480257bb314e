"""Commands of charting by two: plan, write one's own version, compare, decide."""

from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import (
    Case,
    Code,
    Evidence,
    Framework,
    Json,
    Kind,
    NewEvidence,
    NewKind,
    NewText,
    Seed,
    Text,
    Where,
    Who,
)
from workbench.cli.projects import opened, say

charting_app = typer.Typer(
    help="Two people write the same cells alone; then the versions are compared, and decided.",
    no_args_is_help=True,
)
Round = Annotated[str, typer.Argument(metavar="ROUND", help="The name of a round of charting.")]
Statement = Annotated[
    str, typer.Argument(metavar="ID", help="An own statement, as “charting cell” shows it.")
]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.add_typer(charting_app, name="charting")


@charting_app.command("plan")
def plan(
    where: Where,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    person: Annotated[
        list[str], typer.Option("--person", metavar="NAME", help="Who charts; say it twice.")
    ],
    framework: Framework = None,
    case: Annotated[
        list[str] | None, typer.Option("--case", metavar="CASE", help="Which; may recur.")
    ] = None,
    code: Annotated[
        list[str] | None, typer.Option("--code", metavar="CODE", help="Which; may recur.")
    ] = None,
    number: Annotated[
        int | None, typer.Option(metavar="N", help="Draw so many of the cells with codings.")
    ] = None,
    seed: Seed = None,
    shown: Annotated[
        bool, typer.Option("--not-blind", help="Both see one another's versions at once.")
    ] = False,
    who: Who = None,
) -> None:
    """Plan a round of charting: which cells, and which two people write them."""
    with opened(where, who) as project:
        floor.edits.plan_charting(
            project,
            name,
            person,
            framework,
            cases=case or (),
            codes=code or (),
            number=number,
            seed=seed,
            blind=not shown,
        )
        say(project)


@charting_app.command("list")
def listed(where: Where, as_json: Json = False) -> None:
    """List the rounds of charting, and how far each person is."""
    with opened(where) as project:
        frame = floor.views.charting_rounds(project)
    if not as_json:
        numbers = frame[["seed", "drawn_from"]].astype("object")
        frame[["seed", "drawn_from"]] = numbers.where(numbers.notna(), "")
    show.table(frame, as_json=as_json, empty="Plan one: workbench charting plan PROJECT NAME …")


@charting_app.command("write")
def write(
    where: Where,
    of: Round,
    case: Case,
    code: Code,
    text: Text,
    kind: Kind = "summary",
    evidence: Evidence = None,
    who: Who = None,
) -> None:
    """Write a statement into your own version of a cell."""
    with opened(where, who) as project:
        new = floor.edits.write_own_statement(
            project,
            of,
            case,
            code,
            text,
            kind=kind,  # type: ignore[arg-type]  # checked there
            evidence=tuple(evidence) if evidence else ("all",),
        )
        say(project, new)


@charting_app.command("change")
def change(
    where: Where,
    statement: Statement,
    text: NewText = None,
    kind: NewKind = None,
    evidence: NewEvidence = None,
    who: Who = None,
) -> None:
    """Change a statement of your own version."""
    with opened(where, who) as project:
        floor.edits.change_own_statement(
            project,
            statement,
            text=text,
            kind=kind,  # type: ignore[arg-type]  # checked there
            evidence=evidence,
        )
        say(project)


@charting_app.command("withdraw")
def withdraw(where: Where, statement: Statement, who: Who = None) -> None:
    """Take a statement out of your own version."""
    with opened(where, who) as project:
        floor.edits.withdraw_own_statement(project, statement)
        say(project)


@charting_app.command("finish")
def finish(
    where: Where,
    of: Round,
    case: Annotated[str | None, typer.Argument(metavar="[CASE]")] = None,
    code: Annotated[str | None, typer.Argument(metavar="[CODE]")] = None,
    back: Annotated[bool, typer.Option("--not-yet", help="Take it back.")] = False,
    who: Who = None,
) -> None:
    """Say that your version of a cell is finished, or of all cells of the round."""
    with opened(where, who) as project:
        floor.edits.finish_own_cells(project, of, case, code, finished=not back)
        say(project)


@charting_app.command("differences")
def differences(where: Where, of: Round, as_json: Json = False, who: Who = None) -> None:
    """Show both versions of each cell side by side, and how far they rest on the same words."""
    with opened(where, who) as project:
        frame = floor.views.charting_differences(project, of)
    first, second = frame.attrs["sides"]
    note = (
        f"{frame.attrs['framework']}; A: {first}, B: {second}; codings: cited by both, of those "
        "that either cites; characters: covered by both, of those that either covers."
    )
    if not as_json:
        frame = frame.drop(columns=["both", "only_first", "only_second"])
        numbers = frame[["shared_characters", "all_characters"]].astype("object")
        frame[["shared_characters", "all_characters"]] = numbers.where(numbers.notna(), "")
    show.table(frame, as_json=as_json, note=note)


@charting_app.command("cell")
def cell(
    where: Where, of: Round, case: Case, code: Code, as_json: Json = False, who: Who = None
) -> None:
    """Show the statements of both versions of a cell with the words that each cites."""
    with opened(where, who) as project:
        rows = floor.charting_rounds.statements_of_two(project, of, case, code)
    show.rows(
        rows,
        ("side", "person", "kind", "text", "evidence", "words", "own_statement"),
        as_json=as_json,
        keep=["own_statement"],
        empty="Nobody whose version you may see has written anything here.",
    )


@charting_app.command("decide")
def decide(
    where: Where,
    of: Round,
    case: Case,
    code: Code,
    choice: Annotated[
        str, typer.Argument(metavar="CHOICE", help="A (the first person), B, both, neither, other.")
    ],
    reason: Annotated[str, typer.Argument(metavar="REASON")],
    text: Annotated[str, typer.Option(metavar="TEXT", help="For “other”: what stands.")] = "",
    kind: Kind = "summary",
    evidence: Evidence = None,
    who: Who = None,
) -> None:
    """Decide on a cell, with a reason, and write what stands into the chart."""
    instead = [(text, kind, tuple(evidence or ("all",)))] if text else []
    with opened(where, who) as project:
        floor.edits.decide_cell(project, of, case, code, choice, reason, instead=instead)  # type: ignore[arg-type]  # checked there
        say(project)
