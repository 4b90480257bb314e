"""Arguments and options that several commands share."""

from typing import Annotated

import typer

Where = Annotated[str, typer.Argument(metavar="PROJECT", help="A project file or database URL.")]
Json = Annotated[bool, typer.Option("--json", help="Print a list of objects, one a row.")]
Who = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help="Who does it (else WORKBENCH_USER, or the login)."),
]
Framework = Annotated[
    str | None,
    typer.Option("--framework", metavar="NAME@VERSION", help="Needed where there are several."),
]
Run = Annotated[str | None, typer.Option("--run", help="The run to code in.")]
Coder = Annotated[str | None, typer.Option("--coder", metavar="NAME", help="Who codes.")]
Ladder = Annotated[str | None, typer.Option("--ladder", help="Needed where there are several.")]
