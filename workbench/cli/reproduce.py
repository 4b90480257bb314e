"""Commands about printed tables: reproduce, seal."""

from pathlib import Path
from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Json
from workbench.errors import BadValue
from workbench.model.report import counted

Studies = Annotated[list[Path] | None, typer.Argument(metavar="STUDY...", help="Study folders.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(reproduce)


def reproduce(
    studies: Studies = None,
    every: Annotated[bool, typer.Option("--all", help="All studies that are shipped.")] = False,
    cells: Annotated[
        bool, typer.Option("--cells", help="List every cell, not only those that differ.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.xlsx", help="Write a report for Excel.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Rebuild studies from their transcripts and list every printed cell that differs.

    Exits with 1 unless every cell is equal to what was printed, or explained by an entry of
    the register that still holds.
    """
    chosen = [*(studies or ()), *(floor.reproducing.shipped_studies() if every else ())]
    if not chosen:
        raise BadValue("The list of studies", "", "study folders, or --all")
    done = [floor.reproducing.reproduce(folder) for folder in chosen]
    if report:
        floor.reproducing.write_report(report, done)
    if as_json:
        show.one_record([floor.reproducing.as_data(d) for d in done])
    else:
        for one in done:
            _tell(one, cells)
        if report:
            show.line(f"Wrote {report}.")
    if not all(d.reproduces for d in done):
        raise typer.Exit(1)


def _tell(one: "floor.reproducing.Reproduction", every_cell: bool) -> None:
    show.line(f"{one.study}: {one.title}")
    show.table(one.tables.drop(columns="study"), as_json=False)
    differing = one.cells.loc[~one.cells["verdict"].isin(["equal", "explained", "stated"])]
    listed = one.cells if every_cell else differing
    if len(listed):
        columns = ["cell", "row", "column", "published", "rebuilt", "verdict", "why"]
        show.table(listed, as_json=False, columns=columns)
    register = one.register
    if len(register):
        shown = register if every_cell else register.loc[~register["holds"]]
        if len(shown):
            show.table(shown, as_json=False, columns=["entry", "what", "holds", "sums", "why"])
        holding = int(register["holds"].sum())
        show.line(f"Register: {holding} of {counted(len(register), 'entries')} hold.")
    for problem in (*one.passed_over, *one.broken):
        show.line(f"Passed over: {problem}" if problem in one.passed_over else f"Broken: {problem}")
    good = len(one.cells) - len(differing)
    verdict = "reproduced" if one.reproduces else "NOT reproduced"
    show.line(f"{one.study}: {verdict}, {good} of {counted(len(one.cells), 'cells')} as printed.\n")
