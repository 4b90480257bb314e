"""Commands about frameworks: list, tree, show, steps, diff, new, add, release.

Those on drafts are in `drafts`, those on codings under another version in `migrating`.
"""

from pathlib import Path
from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import drafts, migrating, show
from workbench.cli.options import Json, Where, Who
from workbench.cli.projects import opened
from workbench.errors import BadValue
from workbench.model.report import counted
from workbench.project.door import opened_or_made

app = typer.Typer(help="Frameworks: categories and codes in versions.", no_args_is_help=True)
drafts.add_to(app)
migrating.add_to(app)

Reference = Annotated[str | None, typer.Argument(metavar="NAME@VERSION")]


@app.command("list")
def list_versions(where: Where, as_json: Json = False) -> None:
    """List the framework versions of a project."""
    with opened(where) as project:
        frame = floor.views.frameworks(project)
    show.table(frame, as_json=as_json, empty="Add one: workbench framework add PROJECT FILE.")


@app.command()
def tree(where: Where, as_json: Json = False) -> None:
    """List the framework versions, each below the one it was made from, with their codings."""
    with opened(where) as project:
        frame = floor.views.framework_versions_tree(project)
    if not as_json:
        deep = zip(frame["depth"], frame["version"], strict=True)
        frame["version"] = [f"{'  ' * depth}{version}" for depth, version in deep]
        frame = frame.drop(columns="depth")
    show.table(frame, as_json=as_json, empty="Add one: workbench framework add PROJECT FILE.")


@app.command("show")
def show_version(
    where: Where,
    reference: Reference = None,
    as_yaml: Annotated[bool, typer.Option("--yaml", help="As a file of frameworks/.")] = False,
    as_json: Json = False,
) -> None:
    """Show a framework version as a tree (or as YAML, or its codes as JSON)."""
    with opened(where) as project:
        version = floor.views.framework(project, reference)
        if as_json:
            show.table(floor.views.codes(project, reference), as_json=True)
        elif as_yaml:
            parent = floor.views.parent_of(project, version)
            show.line(floor.framework_files.text(version, parent))
        else:
            made = f", made from {version.parent}" if version.parent else ""
            made += f" in {counted(len(version.steps), 'steps')}" if version.steps else ""
            show.line(f"{version.reference} ({version.state}{made}): {version.objective}")
            show.line("\n".join(floor.views.framework_tree(version)))


@app.command("steps")
def list_steps(where: Where, reference: Reference = None, as_json: Json = False) -> None:
    """List the steps that lead from its parent to a framework version, and why."""
    with opened(where) as project:
        frame = floor.views.framework_steps(project, reference)
    version, parent = frame.attrs["framework"], frame.attrs["parent"]
    none = f"{version} was made from no other version; those that were name a “parent”."
    untold = f"Nobody told how {version} was made from {parent}; its file can hold “steps”."
    note = f"{version}, made from {parent}; before: codes of the parent, after: of this version."
    show.table(frame, as_json=as_json, note=note, empty=untold if parent else none)


@app.command()
def diff(
    where: Where,
    a: Annotated[str, typer.Argument(metavar="NAME@VERSION")],
    b: Annotated[str, typer.Argument(metavar="NAME@VERSION")],
    as_json: Json = False,
) -> None:
    """List what is different from one framework version to another, in words."""
    with opened(where) as project:
        frame = floor.views.framework_diff(project, a, b)
    note = frame.attrs["note"]
    show.table(frame, as_json=as_json, note=note, empty=f"Nothing differs. {note}")


@app.command("new")
def new_file(path: Annotated[Path, typer.Argument(metavar="FILE")]) -> None:
    """Write a small commented framework file to start from."""
    if path.suffix.lower() not in (".yaml", ".yml"):
        raise BadValue("A framework file", path.name, "a name that ends in .yaml")
    floor.framework_files.write_example(path)
    show.line(f"Wrote {path}. Edit it, then: workbench framework add PROJECT {path}")


@app.command()
def add(
    where: Where,
    path: Annotated[Path, typer.Argument(metavar="FILE")],
    name: Annotated[str | None, typer.Option(help="Call the framework this.")] = None,
    number: Annotated[
        str | None, typer.Option("--version", help="The version that a codebook is; else 1.")
    ] = None,
    who: Who = None,
) -> None:
    """Add a framework version from a YAML file or a codebook (csv, qdc).

    Makes the project if needed.
    """
    report = None
    if floor.framework_files.is_codebook(path):
        version = floor.framework_files.read_codebook(path, name, number)
    elif floor.framework_files.is_refi_codebook(path):
        version, report = floor.framework_files.read_refi_codebook(path, name, number)
    elif number is not None:
        wanted = "a codebook (csv, tsv, xlsx, qdc); a YAML file says its own"
        raise BadValue("--version", number, wanted)
    else:
        version = floor.framework_files.read(path, name)
    with opened_or_made(where, who=who) as project:
        floor.edits.add_framework(project, version)
    show.line(
        f"Added {version.reference}: {counted(len(version.categories), 'categories')}, "
        f"{counted(len(version.codes), 'codes')}."
    )
    for told in report.lines()[1:] if report else ():
        show.line(told)


@app.command()
def release(where: Where, reference: Reference = None, who: Who = None) -> None:
    """Fix a framework version for good; changes then need a new version."""
    with opened(where, who) as project:
        version = floor.views.framework(project, reference)
        fixed = floor.edits.release(project, version.reference)
    show.line(f"Released {version.reference} with the hash {fixed}.")
