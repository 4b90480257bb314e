"""Commands about what a report prints: reproduce, quotation, count."""

from pathlib import Path
from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Json, Note, Where, Who, labelled
from workbench.cli.projects import opened, say
from workbench.errors import BadValue
from workbench.model.published import GOOD, VERDICTS
from workbench.model.report import counted

Studies = Annotated[list[Path] | None, typer.Argument(metavar="STUDY...", help="Study folders.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(reproduce)
    app.command()(quotation)
    app.command()(count)


def reproduce(
    studies: Studies = None,
    every: Annotated[bool, typer.Option("--all", help="All studies that are shipped.")] = False,
    cells: Annotated[
        bool, typer.Option("--cells", help="List every cell, not only those that differ.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE.xlsx", help="Write a report for Excel.")
    ] = None,
    seal: Annotated[
        bool,
        typer.Option("--seal", help="First write what stands behind each cell into its evidence."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Rebuild studies from their transcripts and list every printed cell that differs.

    Exits with 1 unless every cell is equal to what was printed, or explained by an entry of
    the register that still holds.
    """
    chosen = [*(studies or ()), *(floor.reproducing.shipped_studies() if every else ())]
    if not chosen:
        raise BadValue("What to reproduce", "nothing", "study folders, or --all")
    if report:
        floor.reproducing.can_report(report)
    sealed = [(folder, floor.sealing.seal(folder)) for folder in chosen] if seal else []
    done = [floor.reproducing.reproduce(folder) for folder in chosen]
    if report:
        floor.reproducing.write_report(report, done)
    for folder, number in sealed:
        show.aside(f"{folder}: sealed {counted(number, 'cells')} anew.")
    if as_json:
        show.one_record([floor.reproducing.as_data(d) for d in done])
    else:
        for one in done:
            _tell(one, cells)
        if report:
            show.line(f"Wrote {report}.")
    if not all(d.reproduces for d in done):
        raise typer.Exit(1)


def quotation(
    where: Where,
    coding: Annotated[str, typer.Argument(metavar="CODING", help="The id of a coding.")],
    number: Annotated[int, typer.Option(metavar="N", help="Its number in the report.")],
    report: Annotated[str, typer.Option(metavar="NAME", help="Which report prints it.")] = "",
    under: Annotated[
        str | None, typer.Option(metavar="NODE", help="The category or theme it stands under.")
    ] = None,
    speaker: Annotated[str, typer.Option(metavar="TEXT", help="Whose words it says.")] = "",
    participant: Annotated[str, typer.Option(metavar="TEXT", help="The number it gives.")] = "",
    note: Note = "",
    who: Who = None,
) -> None:
    """Enter the words of a coding as a quotation of a report, as it prints them."""
    with opened(where, who) as project:
        new = floor.edits.quote_in_report(
            project,
            coding,
            number=number,
            report=report,
            node=under,
            speaker=speaker,
            participant=participant,
            note=note,
        )
        say(project, new)


def count(
    where: Where,
    series: Annotated[str, typer.Argument(metavar="SERIES", help="What is counted: letters.")],
    number: Annotated[int, typer.Argument(metavar="N")],
    labels: Annotated[
        list[str] | None,
        typer.Argument(metavar="LABEL=VALUE...", help="Of what: month=2022-10 centre=A03."),
    ] = None,
    who: Who = None,
) -> None:
    """Record one count that stands beside the interviews; “counts” shows them."""
    said = labelled("A label", labels or ())
    with opened(where, who) as project:
        new = floor.edits.record_count(project, series, number, said)
        say(project, new)


def _tell(one: "floor.reproducing.Reproduction", every_cell: bool) -> None:
    show.line(f"{one.study}: {one.title}")
    show.table(one.tables.drop(columns="study"), as_json=False)
    differing = one.cells.loc[~one.cells["verdict"].isin(GOOD)]
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
        show.line(f"Register: of {counted(len(register), 'entries')} {holding} held.")
    for problem in one.passed_over:
        show.line(f"Passed over: {problem}")
    for problem in one.broken:
        show.line(f"Broken: {problem}")
    verdict = "reproduced" if one.reproduces else "NOT reproduced"
    found = one.cells["verdict"].value_counts()
    equal = f"{found.get('equal', 0)} of {counted(len(one.cells), 'cells')} as printed"
    others = (f"{found[v]} {v}" for v in VERDICTS if v != "equal" and v in found)
    show.line(f"{one.study}: {verdict}, {', '.join((equal, *others))}.\n")
