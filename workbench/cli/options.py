"""Arguments and options that several commands share."""

from typing import Annotated

import typer

Where = Annotated[str, typer.Argument(metavar="PROJECT", help="A project file or database URL.")]
Transcript = Annotated[
    str, typer.Argument(metavar="TRANSCRIPT", help="The name of a transcript, or of its file.")
]
Case = Annotated[str, typer.Argument(metavar="CASE", help="The name of a case.")]
Code = Annotated[str, typer.Argument(metavar="CODE", help="The number or name of a code.")]
Node = Annotated[str, typer.Argument(metavar="NODE", help="The label of a node.")]
Field = Annotated[str, typer.Argument(metavar="FIELD")]
Value = Annotated[str, typer.Argument(metavar="VALUE")]
Text = Annotated[str, typer.Argument(metavar="TEXT")]

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
Ladder = Annotated[
    str | None, typer.Option("--ladder", metavar="NAME", help="Needed where there are several.")
]
Note = Annotated[str, typer.Option("--note", metavar="TEXT")]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why, for the history.")]
Date = Annotated[str, typer.Option("--date", metavar="DATE", help="Such as 2021-02-28.")]
