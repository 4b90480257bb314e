"""Commands that give people and places other names, and take the real ones out for good.

pseudonyms propose, hits, apply, key, seal, remove, unseal.
"""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Json, Reason, Where, Who
from workbench.cli.projects import opened
from workbench.errors import WrongUse
from workbench.model.report import counted
from workbench.project.door import Project

app = typer.Typer(
    help="Pseudonyms: find names, replace them everywhere, keep the key.", no_args_is_help=True
)

Names = Annotated[Path, typer.Argument(metavar="NAMES.csv", help="The table of names.")]
PASSPHRASE = "WORKBENCH_PASSPHRASE"  # noqa: S105  # the name of the variable that holds it
_HIT = ("name", "place", "of", "start", "before", "match", "after", "becomes")


@app.command()
def propose(
    where: Where,
    table: Names,
    names: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A table of known names (column: name).")
    ] = None,
    regex: Annotated[
        list[str] | None,
        typer.Option(metavar="EXPRESSION", help="What looks so is a name; may be repeated."),
    ] = None,
    model: Annotated[
        str | None, typer.Option(metavar="NAME", help="A language model of spaCy, if installed.")
    ] = None,
    least: Annotated[
        int, typer.Option(min=1, help="How often a capitalised word stands within sentences.")
    ] = 2,
) -> None:
    """Write a table of what may be names, for you to edit; nothing is replaced.

    Delete the rows that are no names, or empty their pseudonym, and give other pseudonyms
    if you like. The column “where” says in which places each is replaced.
    """
    with opened(where) as project:
        number = floor.pseudonyms.propose(
            project, table, given=names, patterns=regex or (), model=model, least=least
        )
    show.line(
        f"Wrote {counted(number, 'possible names')} to {table}. Edit it, then: workbench "
        f"pseudonyms apply {where} {table} --key FILE."
    )


@app.command()
def hits(
    where: Where,
    table: Names,
    context: Annotated[int, typer.Option(help="Characters shown on each side.")] = 30,
    as_json: Json = False,
) -> None:
    """List every place where a name of a table stands, and what will stand there."""
    with opened(where) as project:
        found = floor.pseudonyms.hits(project, table, context=context)
    rows = [hit._asdict() for hit in found]
    show.rows(rows, _HIT, as_json=as_json, empty="None of these names stands in the project.")


@app.command()
def apply(
    where: Where,
    table: Names,
    key: Annotated[
        Path, typer.Option("--key", metavar="FILE", help="Where the real names are kept.")
    ],
    reason: Reason = "pseudonymised",
    who: Who = None,
) -> None:
    """Replace the names of a table everywhere, as one act; the key is encrypted.

    The passphrase of the key is asked for, or taken from WORKBENCH_PASSPHRASE.
    """
    secret = _passphrase(new=not key.exists())
    with opened(where, who) as project:
        report = floor.pseudonyms.apply(project, table, key, secret, reason=reason)
    for line in report.lines():
        show.line(line)


@app.command("key")
def real_names(
    key: Annotated[Path, typer.Argument(metavar="FILE", help="A key.")],
    as_json: Json = False,
) -> None:
    """Show the real names that a key holds, with their pseudonyms."""
    rows = [row._asdict() for row in floor.pseudonyms.real_names(key, _passphrase(new=False))]
    show.rows(rows, ("name", "kind", "replacement"), as_json=as_json)


Key = Annotated[
    Path, typer.Option("--key", metavar="FILE", help="The key: no name in it may be left.")
]
Rehearse = Annotated[
    bool, typer.Option("--rehearse", help="Say what would go and which names would stay.")
]
Name = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="The name of the project, as you mean it (else asked for)."),
]
Anyway = Annotated[bool, typer.Option("--anyway", help="Names that would stay may stay.")]
Backups = Annotated[
    bool, typer.Option("--backups", help="Delete the copies beside the project too.")
]
_LEFT = ("name", "place", "of", "before", "match", "after")


@app.command()
def seal(
    where: Where,
    sealed: Annotated[Path, typer.Argument(metavar="FILE", help="Where the texts are sealed.")],
    key: Key,
    rehearse: Rehearse = False,
    name: Name = None,
    anyway: Anyway = False,
    backups: Backups = False,
    who: Who = None,
) -> None:
    """Seal the earlier texts in a file that the key's passphrase opens, and remove them.

    They go from the project for good, with what its history says; the file, kept elsewhere,
    is the only way to them. Nothing of it can be undone.
    """
    secret = _passphrase(new=False)
    with opened(where, who) as project:
        said = _meant(project, key, secret, rehearse=rehearse, name=name)
        if said is not None:
            report = floor.originals.seal(
                project, key, secret, sealed, name=said, anyway=anyway, delete_backups=backups
            )
            for line in report.lines():
                show.line(line)


@app.command()
def remove(
    where: Where,
    key: Key,
    rehearse: Rehearse = False,
    name: Name = None,
    anyway: Anyway = False,
    backups: Backups = False,
    who: Who = None,
) -> None:
    """Remove the earlier texts for good: nobody can bring them back.

    They go from the project with what its history says. Nothing of it can be undone.
    """
    secret = _passphrase(new=False)
    with opened(where, who) as project:
        said = _meant(project, key, secret, rehearse=rehearse, name=name)
        if said is not None:
            report = floor.originals.remove(
                project, key, secret, name=said, anyway=anyway, delete_backups=backups
            )
            for line in report.lines():
                show.line(line)


@app.command()
def unseal(
    sealed: Annotated[Path, typer.Argument(metavar="FILE", help="A file of sealed texts.")],
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="An empty or a new folder.")],
) -> None:
    """Write the texts that a file holds, and the files that they came from, into a folder."""
    written = floor.originals.unseal(sealed, _passphrase(new=False), folder)
    show.line(f"Wrote {counted(len(written), 'files')} into {folder}.")


def _meant(
    project: Project, key: Path, secret: str, *, rehearse: bool, name: str | None
) -> str | None:
    """Return the name that was given for the project, none in a rehearsal.

    Where it is asked for, or rehearsed, what would go is said first.

    Raises:
        WrongUse: there is no terminal to ask on, and no name.
    """
    if name is not None and not rehearse:
        return name
    going = floor.originals.going(project, key, secret)
    called = floor.originals.name_of(project)
    if rehearse:
        for line in going.lines():
            show.line(line)
        if going.left:
            show.rows([one._asdict() for one in going.left], _LEFT, as_json=False)
        show.line("This was a rehearsal: nothing was removed.")
        return None
    if not sys.stdin.isatty():
        raise WrongUse(f"Nothing was removed. Say that you mean it: --name {called}.")
    for line in going.lines():
        show.aside(line)
    return str(typer.prompt(f"Type {called} to remove them for good", err=True))


def _passphrase(*, new: bool) -> str:
    """Return the passphrase of a key; one of a new key is asked for twice.

    Raises:
        WrongUse: there is no terminal to ask on, and no variable.
    """
    held = os.environ.get(PASSPHRASE)
    if held:
        return held
    if not sys.stdin.isatty():
        raise WrongUse(
            f"The passphrase of the key is asked for on a terminal, and there is none. Set "
            f"{PASSPHRASE}."
        )
    return str(typer.prompt("Passphrase", hide_input=True, confirmation_prompt=new, err=True))
