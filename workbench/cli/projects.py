"""Commands about a project as a whole: new, export, check, history, demo."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

import workbench
from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Framework, Json, Where, Who
from workbench.model.report import counted
from workbench.project import backups, door, opening
from workbench.project.door import Project


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    for command in (new, export, check, history, undo, redo, backup, upgrade, demo, ui):
        app.command()(command)
    app.command("help")(manual)


@contextmanager
def opened(where: str, who: str | None = None) -> Iterator[Project]:
    """Open a project and close it again; say so when it had to be upgraded."""
    with door.open_project(where, who=who) as project:
        if project.store.upgraded_from:
            show.aside(
                f"{where} was of an older schema and has been upgraded; "
                f"a copy as it was is {project.store.backup}.{_sealed(project)}"
            )
        yield project


def _sealed(project: opening.Project) -> str:
    """Return what an upgrade says of acts that were not sealed as they were written."""
    late = project.store.sealed_late
    if not late:
        return ""
    return (
        f" What it held, {counted(late, 'acts')}, was sealed now: the check finds what is "
        "altered by hand from here on, not what was altered before."
    )


def say(project: Project, made: str = "") -> None:
    """Print what the history says of the act that was just done, and the id it made."""
    if not project.did:
        show.line("Nothing changed: it was so already.")
    else:
        show.line(f"{project.did} [{made}]" if made else f"{project.did.rstrip('.')}.")


def new(where: Where, who: Who = None) -> None:
    """Make an empty project: a file (such as study.fwb) or a PostgreSQL database."""
    workbench.create(where, who=who).close()
    show.line(f"Made {where}. Next: workbench import {where} FILE...")


def export(
    where: Where,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...")],
    framework: Framework = None,
    what: Annotated[
        str,
        typer.Option(
            help="A table: chart, codings, quotations, statements, cases, states, ladder, links, "
            "frequencies. As docx: analysis, codebook, theme, case, template. As html: transcript."
        ),
    ] = "chart",
    by: Annotated[str, typer.Option(help="case, or an attribute that groups cases.")] = "case",
    values: Annotated[
        str, typer.Option(help="statements, counts, cases, characters or states.")
    ] = "statements",
    category: Annotated[str | None, typer.Option(help="Only the codes of one category.")] = None,
    of: Annotated[
        str | None, typer.Option(metavar="NAME", help="The one theme, case or transcript.")
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(metavar="FILE.docx", help="As docx: a document with the styles to use."),
    ] = None,
    safe_for_excel: Annotated[
        bool, typer.Option(help="In csv: put an apostrophe before text Excel would run.")
    ] = False,
    run: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="In qdpx: only this run; may be repeated."),
    ] = None,
) -> None:
    """Write files by their endings: xlsx, csv, parquet, docx, html, svg, graphml, zip, qdpx …"""
    with opened(where) as project, show.progress("Writing") as progress:
        for told in project.export(
            *files,
            framework=framework,
            what=what,
            by=by,
            values=values,
            category=category,
            of=of,
            template=template,
            safe_for_excel=safe_for_excel,
            runs=tuple(run or ()),
            progress=progress,
        ):
            show.line(told)


def check(where: Where, as_json: Json = False) -> None:
    """Hold the project against the ten laws; exit code 1 when one is broken."""
    with opened(where) as project:
        findings = project.check()
    broken = [f for f in findings if f.severity == "broken"]
    if as_json:
        rows = ({k: getattr(f, k) for k in f.__slots__} for f in findings)
        show.records(rows)
    else:
        for finding in findings:
            show.line(f"{finding.severity}: {finding.sentence()}")
        still_open = counted(len(findings) - len(broken), "findings")
        show.line(
            f"{counted(len(broken), 'violations')} of the laws, {still_open} open."
            if broken
            else f"All ten laws hold; {still_open} open."
        )
    if broken:
        raise typer.Exit(1)


def history(
    where: Where,
    most: Annotated[int, typer.Option("-n", help="How many, newest first.")] = 20,
    as_json: Json = False,
) -> None:
    """Show who did what when, newest first; under a merge, what it brought."""
    with opened(where) as project:
        acts = project.history(most)
    if as_json:
        show.records(acts)
        return
    for act in acts:
        mark = " (undone)" if act["undone"] else ""
        at = act["at"][:16].replace("T", " ")
        show.line(f"{act['seq']:>5}  {at} UTC  {act['who']}: {act['summary']}{mark}")
        for one in reversed(act["merged"]):
            at = one["at"][:16].replace("T", " ")
            show.line(f"         {at} UTC  {one['who']}: {one['summary']}")


def undo(
    where: Where,
    mine: Annotated[bool, typer.Option("--mine", help="Only what I did.")] = False,
    who: Who = None,
) -> None:
    """Take back the newest act (with --mine, the newest of one's own)."""
    with opened(where, who) as project:
        show.line(f"Undone: {project.undo(only_mine=mine)}")


def redo(
    where: Where,
    mine: Annotated[bool, typer.Option("--mine", help="Only what I undid.")] = False,
    who: Who = None,
) -> None:
    """Do again what the newest undo (with --mine, the newest of one's own) took back."""
    with opened(where, who) as project:
        show.line(f"Done again: {project.redo(only_mine=mine)}")


def backup(
    where: Where,
    held: Annotated[bool, typer.Option("--list", help="Only list those that are there.")] = False,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it there, for somebody to work in.")
    ] = None,
) -> None:
    """Write a complete copy of a project's file beside it; it may be in use meanwhile."""
    with opened(where) as project:
        made = None if held else backups.make(project, to)
        copies = backups.held(project)
    if made is not None:
        show.line(f"Wrote {made}.")
    for copy in copies if held else ():
        show.line(f"{copy.at:%Y-%m-%d %H:%M} UTC  {copy.size / 1e6:.1f} MB  {copy.path}")


def upgrade(where: Where) -> None:
    """Bring a shared database of an older workbench up to date."""
    with opening.upgrade(where) as project:
        was, sealed = project.store.upgraded_from, _sealed(project)
    show.line(f"{where} is up to date" + (f" (was schema {was}).{sealed}" if was else "."))


def demo(
    folder: Annotated[Path, typer.Argument(metavar="[FOLDER]")] = Path("demo"),
) -> None:
    """Build the sample study through all stages and write its outputs into FOLDER."""
    for told in floor.demonstration.build(folder):
        show.line(told)


def manual(page: Annotated[str | None, typer.Argument(metavar="[PAGE]")] = None) -> None:
    """Show a page of the manual, or the list of pages."""
    show.line(floor.manual.page(page) if page else floor.manual.contents())


def ui(
    where: Annotated[
        str | None, typer.Argument(metavar="[PROJECT]", help="What a new window opens.")
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="Where it listens on this machine (else the first free).")
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open a browser window.")] = True,
) -> None:
    """Open the workbench in the browser; it listens on this machine only."""
    from workbench.cli import serving

    if where is not None:
        with opened(where):
            pass
    free = serving.free_port(port)
    show.line(f"The workbench is at http://127.0.0.1:{free} (Control-C stops it).")
    serving.serve(where, free, open_browser=browser)
