"""The command line: parse, call, print. Every act is a function of `project.edits`."""

import functools
import os
import re
import sys

import typer
from typer.main import get_command

from workbench import __version__
from workbench.cli import (
    agreeing,
    cases,
    charting,
    charting_by_two,
    differing,
    findings,
    frameworks,
    importing,
    indexing,
    interpretation,
    mapping,
    merging,
    people,
    projects,
    pseudonyms,
    reading,
    reproduce,
    rounds,
    studies,
)
from workbench.cli.contents import ByStage
from workbench.cli.show import aside
from workbench.errors import WorkbenchError

app = typer.Typer(
    name="workbench",
    cls=ByStage,
    help="Framework analysis of interviews: from transcripts to charts, themes and links.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for room in (
    projects,
    importing,
    reading,
    cases,
    indexing,
    rounds,
    agreeing,
    differing,
    charting,
    charting_by_two,
    mapping,
    interpretation,
    findings,
    people,
    merging,
    reproduce,
):
    room.add_to(app)
app.add_typer(frameworks.app, name="framework")
app.add_typer(studies.app, name="study")
app.add_typer(pseudonyms.app, name="pseudonyms")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"workbench {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the version."
    ),
) -> None:
    """Hold the options that stand before a command."""


_STOPPED = 130
"""What typer returns for Control-C."""


def _wrong_use(error: typer.TyperException) -> str:
    """Return a complaint about the words of a command as one sentence and where to look."""
    said = error.format_message()
    if "\n" in said:  # no command was named: this is the help itself
        return said
    said = re.sub(r", unable to parse.*", "", said).rstrip(".")
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "workbench"
    return f"{said}. See “{command} --help”."


@functools.cache
def command() -> ByStage:
    """Return the whole command line, built once."""
    built = get_command(app)
    assert isinstance(built, ByStage)  # noqa: S101  # it is what `app` was told to be
    return built


def main() -> None:
    """Run a command; what goes wrong is one sentence and an exit code."""
    try:
        code = command()(prog_name="workbench", standalone_mode=False)
        if code == _STOPPED:
            aside("Stopped. Acts that were finished are kept, the one at hand is not.")
        sys.exit(code)
    except typer.TyperException as error:
        aside(_wrong_use(error))
        sys.exit(error.exit_code)
    except WorkbenchError as error:
        aside(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except Exception as error:
        if os.environ.get("WORKBENCH_DEBUG"):
            raise
        aside(
            f"Something went wrong that the workbench did not foresee ({type(error).__name__}). "
            "Nothing of this act was stored. Please report it; WORKBENCH_DEBUG=1 shows details."
        )
        sys.exit(1)
