"""The command line: parse, call, print. Every act is a function of `project.edits`."""

import os
import sys

import typer

from workbench import __version__
from workbench.cli import (
    charting,
    frameworks,
    indexing,
    interpretation,
    mapping,
    people,
    projects,
    reading,
)
from workbench.cli.show import aside
from workbench.errors import WorkbenchError

app = typer.Typer(
    name="workbench",
    help="Framework analysis of interviews: from transcripts to charts, themes and links.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
for room in (projects, reading, indexing, charting, mapping, interpretation, people):
    room.add_to(app)
app.add_typer(frameworks.app, name="framework")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"workbench {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: bool = typer.Option(False, "--version", callback=_version, is_eager=True),
) -> None:
    """Hold the options that stand before a command."""


def main() -> None:
    """Run a command; what goes wrong is one sentence and an exit code."""
    try:
        app()
    except WorkbenchError as error:
        aside(str(error))
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        aside("Stopped. Acts that were finished are kept, the one at hand is not.")
        sys.exit(130)
    except Exception as error:
        if os.environ.get("WORKBENCH_DEBUG"):
            raise
        aside(
            f"Something went wrong that the workbench did not foresee ({type(error).__name__}). "
            "Nothing of this act was stored. Please report it; WORKBENCH_DEBUG=1 shows details."
        )
        sys.exit(1)
