"""Arguments and options that several commands share."""

from collections.abc import Sequence
from typing import Annotated

import typer

from workbench.errors import BadValue

Where = Annotated[str, typer.Argument(metavar="PROJECT", help="A project file or database URL.")]
Transcript = Annotated[
    str, typer.Argument(metavar="TRANSCRIPT", help="The name of a transcript, or of its file.")
]
Case = Annotated[str, typer.Argument(metavar="CASE", help="The name of a case.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="The number or name of a code.")]
Node = Annotated[str, typer.Argument(metavar="NODE", help="The label of a node.")]
Field = Annotated[str, typer.Argument(metavar="FIELD")]
Value = Annotated[str, typer.Argument(metavar="VALUE")]
Label = Annotated[str, typer.Argument(metavar="NAME")]
Text = Annotated[str, typer.Argument(metavar="TEXT")]

Place = Annotated[int, typer.Argument(metavar="N", help="Its new place, from 1.")]
Pairs = Annotated[list[str], typer.Argument(metavar="FIELD=VALUE...")]

Json = Annotated[bool, typer.Option("--json", help="Print a list of objects, one a row.")]
Who = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help="Who does it (else WORKBENCH_USER, or the login)."),
]
Framework = Annotated[
    str | None,
    typer.Option("--framework", metavar="NAME@VERSION", help="Needed where there are several."),
]
Run = Annotated[str | None, typer.Option("--run", metavar="RUN", help="The run to code in.")]
Coder = Annotated[str | None, typer.Option("--coder", metavar="NAME", help="Who codes.")]
Coders = Annotated[
    list[str] | None,
    typer.Option("--coder", metavar="NAME", help="Compare people instead; say it twice."),
]
OnlyTranscripts = Annotated[
    list[str] | None, typer.Option("--transcript", metavar="NAME", help="Only these.")
]
Seed = Annotated[
    int | None,
    typer.Option("--seed", metavar="N", help="Where the draw begins; else the round's number."),
]
Kind = Annotated[str, typer.Option("--kind", help="summary, verbatim or comment.")]
Evidence = Annotated[
    list[str] | None,
    typer.Option("--evidence", help="Id of a coding; repeat, or “all” of the cell."),
]
NewText = Annotated[str | None, typer.Option("--text", help="The new words.")]
NewKind = Annotated[str | None, typer.Option("--kind", help="summary, verbatim or comment.")]
NewEvidence = Annotated[list[str] | None, typer.Option("--evidence", help="All its codings anew.")]
Ladder = Annotated[
    str | None, typer.Option("--ladder", metavar="NAME", help="Needed where there are several.")
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the history.")]
Date = Annotated[str, typer.Option("--date", metavar="DATE", help="Such as 2021-02-28.")]


def labelled(what: str, said: Sequence[str], *, blank: bool = False) -> dict[str, str]:
    """Return what was said as NAME=VALUE, each name once; only if `blank` without a value.

    Raises:
        BadValue: one is not said so, or a name is there twice.
    """
    pairs = [(text, *(part.strip() for part in text.partition("="))) for text in said]
    for text, name, equals, value in pairs:
        if not (name and equals and (value or blank)):
            raise BadValue(what, text, "what it is and its value, such as month=2022-10")
    found = {name: value for _, name, _, value in pairs}
    if len(found) < len(pairs):
        raise BadValue(what, ", ".join(said), "each name once")
    return found


def pairs(said: list[str]) -> dict[str, str]:
    """Return what is given as FIELD=VALUE.

    Raises:
        BadValue: one has no equals sign.

    >>> pairs(["mode=video", "setting=at = home"])
    {'mode': 'video', 'setting': 'at = home'}
    """
    for one in said:
        if "=" not in one:
            raise BadValue("A field", one, "FIELD=VALUE")
    return {field.strip(): value for field, _, value in (one.partition("=") for one in said)}
