"""Commands of mapping: ladders, nodes, facets, typologies."""

import json
from pathlib import Path
from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Framework, Json, Ladder, Where, Who
from workbench.cli.projects import opened
from workbench.errors import BadValue

_SHOWN = ("tree", "table", "support", "unused", "groups", "types", "unplaced")

node_app = typer.Typer(help="Nodes of a ladder: elements, dimensions, categories, themes.")
case_app = typer.Typer(help="Cases, their attributes, and which words are theirs.")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("map")(show_map)
    app.command("ladder")(add_ladder)
    app.command("typology")(add_typology)
    app.command("place")(place)
    app.add_typer(node_app, name="node")
    app.add_typer(case_app, name="case")


def show_map(
    where: Where,
    what: Annotated[str, typer.Option("--show", help=", ".join(_SHOWN))] = "tree",
    by: Annotated[str | None, typer.Option(help="For groups: the attribute.")] = None,
    level: Annotated[
        int | None, typer.Option(help="For groups: only this level (5: themes).")
    ] = None,
    ladder: Ladder = None,
    as_json: Json = False,
) -> None:
    """Show the ladder: tree, table, support of each node, what is unused, groups, types."""
    if what not in _SHOWN:
        raise BadValue("What to show", what, ", ".join(_SHOWN))
    with opened(where) as project:
        if what == "tree":
            lines = floor.mapping.ladder_tree(project, ladder)
            if as_json:
                show.records(lines)
            else:
                show.line("\n".join(lines) or "No ladder yet.")
            return
        if what == "groups":
            if by is None:
                raise BadValue("--by", by, "the attribute that groups the cases")
            frame = floor.mapping.themes_by_group(project, by, ladder, level)
        else:
            frame = {
                "table": lambda: floor.mapping.ladder_table(project, ladder),
                "support": lambda: floor.mapping.ladder_support(project, ladder),
                "unused": lambda: floor.mapping.ladder_unused(project, ladder),
                "types": lambda: floor.mapping.typology_members(project),
                "unplaced": lambda: floor.mapping.unplaced(project),
            }[what]()
    show.table(frame, as_json=as_json)


def add_ladder(
    where: Where,
    name: str,
    template: Annotated[
        str, typer.Option(help="framework, elo-kyngas or graneheim-lundman.")
    ] = "framework",
    objective: str = "",
    framework: Framework = None,
    who: Who = None,
) -> None:
    """Start a ladder; its template names the levels."""
    with opened(where, who) as project:
        floor.edits.add_ladder(
            project, name, template=template, objective=objective, framework=framework
        )


def add_typology(
    where: Where,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="JSON: name, dimensions, types.")],
    who: Who = None,
) -> None:
    """Add a typology from JSON: {"name", "dimensions": {…: […]}, "types": {…: {…: …}}}."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        name, dimensions, types = said["name"], said["dimensions"], said["types"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadValue("A typology file", path.name, f"JSON as the help says ({error})") from None
    with opened(where, who) as project:
        floor.edits.add_typology(project, name, dimensions, types)


def place(
    where: Where,
    typology: str,
    case: str,
    type_name: Annotated[str, typer.Argument(metavar="TYPE")],
    reason: str = "",
    who: Who = None,
) -> None:
    """Place a case in one type of a typology."""
    with opened(where, who) as project:
        floor.edits.place_case(project, typology, case, type_name, reason=reason)


@node_app.command("add")
def add_node(
    where: Where,
    label: str,
    level: Annotated[int | None, typer.Option(help="2 element … 5 theme; none: a concept.")] = None,
    ladder: Annotated[str, typer.Option(help="Which ladder.")] = "findings",
    under: Annotated[list[str] | None, typer.Option(help="A node above; may be repeated.")] = None,
    statement: Annotated[list[str] | None, typer.Option(help="Id of one that feeds it.")] = None,
    note: str = "",
    reason: str = "",
    who: Who = None,
) -> None:
    """Add an element, dimension, category or theme."""
    with opened(where, who) as project:
        new = floor.edits.add_node(
            project,
            label,
            level,
            ladder=ladder,
            under=under or (),
            statements=statement or (),
            note=note,
            reason=reason,
        )
    show.line(f"Added “{label}” [{new}]")


@node_app.command("rename")
def rename_node(where: Where, node: str, label: str, who: Who = None) -> None:
    """Give a node another label; the history keeps the earlier one."""
    with opened(where, who) as project:
        floor.edits.rename_node(project, node, label)


@node_app.command("connect")
def connect(where: Where, child: str, parent: str, reason: str = "", who: Who = None) -> None:
    """Put a node under one of a higher level."""
    with opened(where, who) as project:
        floor.edits.connect(project, child, parent, reason=reason)


@node_app.command("feed")
def feed(where: Where, node: str, statements: list[str], reason: str = "", who: Who = None) -> None:
    """Let statements feed a node."""
    with opened(where, who) as project:
        floor.edits.feed(project, node, statements, reason=reason)


@node_app.command("facet")
def facet(
    where: Where, node: str, scheme: str, value: str, basis: str = "", who: Who = None
) -> None:
    """Classify a node a second way, such as the ring it is drawn in."""
    with opened(where, who) as project:
        floor.edits.set_facet(project, node, scheme, value, basis=basis)


@case_app.command("add")
def add_case(where: Where, cases: list[str], who: Who = None) -> None:
    """Add cases by name."""
    with opened(where, who) as project:
        new = floor.edits.add_cases(project, {c: {} for c in cases})
    show.line(f"{new} new cases.")


@case_app.command("set")
def set_attribute(
    where: Where,
    case: str,
    attribute: str,
    value: str,
    kind: Annotated[str | None, typer.Option("--type", help="For a new attribute.")] = None,
    who: Who = None,
) -> None:
    """Set an attribute of a case."""
    with opened(where, who) as project:
        floor.edits.set_attribute(project, case, attribute, value, kind=kind)  # type: ignore[arg-type]  # checked there


@case_app.command("assign")
def assign(
    where: Where,
    case: str,
    transcript: str,
    speaker: Annotated[str | None, typer.Option(help="Only this speaker's turns.")] = None,
    start: Annotated[int | None, typer.Option(min=0)] = None,
    stop: Annotated[int | None, typer.Option(min=1)] = None,
    who: Who = None,
) -> None:
    """Say that a transcript, a speaker's turns or a range of it is a case's."""
    with opened(where, who) as project:
        floor.edits.assign_case(project, case, transcript, speaker=speaker, start=start, stop=stop)
