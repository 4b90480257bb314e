"""Commands about studies as folders: study init, study export."""

from pathlib import Path
from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Json, Where
from workbench.cli.projects import opened

app = typer.Typer(help="Studies: a whole analysis as a folder of files.", no_args_is_help=True)

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder that is new or empty.")]


@app.command("init")
def init(
    folder: Folder,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the study is called.")
    ] = None,
) -> None:
    """Write a small commented study that works, to start an own one from."""
    floor.studies.init(folder, title)
    show.line(f"Wrote {folder}. Its README.md leads on; first: workbench reproduce {folder}")


@app.command("export")
def export(where: Where, folder: Folder, as_json: Json = False) -> None:
    """Write a project as a study, and tell what a study cannot say."""
    with opened(where) as project:
        report = project.export_study(folder)
    if as_json:
        show.one_record(report.as_dict())
        return
    for said in report.lines():
        show.line(said)
