"""Commands of mapping: ladders, nodes, facets, typologies."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import (
    Case,
    Framework,
    Json,
    Ladder,
    Node,
    Note,
    Reason,
    Value,
    Where,
    Who,
    pairs,
)
from workbench.cli.projects import opened, say
from workbench.errors import BadValue, MissingFile
from workbench.project.door import Project

_NO_LADDER = "Start a ladder: workbench ladder PROJECT NAME."
_NO_TYPOLOGY = "Add a typology: workbench typology PROJECT FILE."
_NO_NODE = "Add a node: workbench node add PROJECT LABEL --level 2."
_SHOWN = ("tree", "table", "support", "unused", "groups", "types", "unplaced", "central")

node_app = typer.Typer(
    help="Nodes of a ladder: elements, dimensions, categories, themes.", no_args_is_help=True
)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("map")(show_map)
    app.command("ladder")(add_ladder)
    app.command("typology")(add_typology)
    app.command("place")(place)
    app.command("unplace")(unplace)
    app.add_typer(node_app, name="node")


def show_map(
    where: Where,
    what: Annotated[str, typer.Option("--show", help=", ".join(_SHOWN))] = "tree",
    by: Annotated[str | None, typer.Option(help="For groups: the attribute.")] = None,
    level: Annotated[
        int | None, typer.Option(help="For groups and central: only this level (5: themes).")
    ] = None,
    code: Annotated[
        list[str] | None, typer.Option(help="For central: a column of the chart; repeat.")
    ] = None,
    ladder: Ladder = None,
    as_json: Json = False,
) -> None:
    """Show the ladder: tree, table, support, what is unused, groups, types, central chart."""
    if what not in _SHOWN:
        raise BadValue("What to show", what, ", ".join(_SHOWN))
    with opened(where) as project:
        if what == "tree":
            lines = floor.mapping.ladder_tree(project, ladder)
            if as_json:
                show.records(lines)
            elif lines:
                show.line("\n".join(lines))
            else:
                show.aside(f"Nothing to show. {_why_empty(project, what)}")
            return
        if what == "groups":
            if by is None:
                raise BadValue("--by", by, "the attribute that groups the cases")
            frame = floor.mapping.themes_by_group(project, by, ladder, level)
        elif what == "central":
            if not code:
                raise BadValue("--code", None, "a column of the chart; repeat it for several")
            frame = floor.central_chart.of_ladder(project, code, ladder, level).reset_index()
        else:
            frame = {
                "table": lambda: floor.mapping.ladder_table(project, ladder),
                "support": lambda: floor.mapping.ladder_support(project, ladder),
                "unused": lambda: floor.mapping.ladder_unused(project, ladder),
                "types": lambda: floor.mapping.typology_members(project),
                "unplaced": lambda: floor.mapping.unplaced(project),
            }[what]()
        empty = _why_empty(project, what) if frame.empty else ""
    show.table(frame, as_json=as_json, empty=empty)


def _why_empty(project: Project, what: str) -> str:
    """Say what is still to be made, or that nothing is left to do."""
    if what in ("types", "unplaced", "central"):
        held = floor.mapping.typologies(project).names
        return "Every case stands in a type of each typology." if held else _NO_TYPOLOGY
    if not floor.mapping.ladder_names(project):
        return _NO_LADDER
    return "Nothing is left over." if what == "unused" else _NO_NODE


def add_ladder(
    where: Where,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    template: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help="What its levels are called: framework, elo-kyngas, graneheim-lundman, or four "
            "own names such as “finding / pattern / domain / message”.",
        ),
    ] = None,
    objective: Annotated[str | None, typer.Option(metavar="TEXT")] = None,
    framework: Framework = None,
    rename: Annotated[
        str | None, typer.Option(metavar="NAME", help="Start none: give this one another name.")
    ] = None,
    change: Annotated[
        bool,
        typer.Option("--change", help="Start none: give this one another template or objective."),
    ] = False,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Start none: take this one back, if it is empty.")
    ] = False,
    who: Who = None,
) -> None:
    """Start a ladder, whose template names the levels; or rename, change or withdraw one."""
    with opened(where, who) as project:
        if withdraw:
            floor.edits.withdraw_ladder(project, name)
        elif change:
            floor.edits.change_ladder(
                project, name, name=rename, template=template, objective=objective
            )
        elif rename is not None:
            floor.edits.rename_ladder(project, name, rename)
        else:
            floor.edits.add_ladder(
                project, name, template=template, objective=objective or "", framework=framework
            )
        say(project)


def add_typology(
    where: Where,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="JSON: name, dimensions, types.")],
    change: Annotated[
        str | None, typer.Option(metavar="NAME", help="Add none: let this one be as FILE says.")
    ] = None,
    renamed: Annotated[
        list[str] | None,
        typer.Option(metavar="OLD=NEW", help="With --change: a type with a new name; repeat."),
    ] = None,
    who: Who = None,
) -> None:
    """Add a typology from JSON, or change one: its name, dimensions with values, and types."""
    said = _typology_file(path)
    with opened(where, who) as project:
        if change is None:
            floor.edits.add_typology(project, **said)
        else:
            floor.edits.change_typology(project, change, **said, renamed=pairs(renamed or []))
        say(project)


def _typology_file(path: Path) -> dict[str, Any]:
    """Return what a file says of a typology; types need no definitions."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return {
            "name": str(said["name"]),
            "dimensions": {d: [str(v) for v in o] for d, o in said["dimensions"].items()},
            "types": {t: {d: str(v) for d, v in o.items()} for t, o in said["types"].items()},
            "definitions": {t: str(d) for t, d in said.get("definitions", {}).items()},
        }
    except FileNotFoundError as error:
        raise MissingFile(path) from error
    except PermissionError as error:
        raise BadValue("A typology file", path.name, "one that may be read") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        wanted = f"JSON as “workbench help mapping” shows it ({error})"
        raise BadValue("A typology file", path.name, wanted) from error


def place(
    where: Where,
    typology: Annotated[str, typer.Argument(metavar="TYPOLOGY")],
    case: Case,
    type_name: Annotated[str, typer.Argument(metavar="TYPE")],
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Place a case in one type of a typology."""
    with opened(where, who) as project:
        floor.edits.place_case(project, typology, case, type_name, reason=reason)
        say(project)


def unplace(
    where: Where,
    typology: Annotated[str, typer.Argument(metavar="TYPOLOGY")],
    case: Case,
    who: Who = None,
) -> None:
    """Take a case out of its type."""
    with opened(where, who) as project:
        floor.edits.unplace_case(project, typology, case)
        say(project)


@node_app.command("add")
def add_node(
    where: Where,
    label: Annotated[str, typer.Argument(metavar="LABEL")],
    level: Annotated[
        int | None,
        typer.Option(metavar="N", help="2 element, 3, 4, 5 theme; without it, a free concept."),
    ] = None,
    ladder: Annotated[str, typer.Option(metavar="NAME", help="Which ladder.")] = "findings",
    under: Annotated[
        list[str] | None, typer.Option(metavar="NODE", help="A node above it; repeat.")
    ] = None,
    over: Annotated[
        list[str] | None, typer.Option(metavar="NODE", help="A node below it; repeat.")
    ] = None,
    statement: Annotated[
        list[str] | None, typer.Option(metavar="ID", help="A statement that feeds it; repeat.")
    ] = None,
    note: Note = "",
    reason: Reason = "",
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
            over=over or (),
            statements=statement or (),
            note=note,
            reason=reason,
        )
        say(project, new)


@node_app.command("rename")
def rename_node(
    where: Where,
    node: Node,
    label: Annotated[str, typer.Argument(metavar="LABEL")],
    who: Who = None,
) -> None:
    """Give a node another label; the history keeps the earlier one."""
    with opened(where, who) as project:
        floor.edits.rename_node(project, node, label)
        say(project)


Child = Annotated[str, typer.Argument(metavar="CHILD", help="The node below.")]
Parent = Annotated[str, typer.Argument(metavar="PARENT", help="The node above.")]
Statements = Annotated[list[str], typer.Argument(metavar="STATEMENT...", help="Their ids.")]
Scheme = Annotated[str, typer.Argument(metavar="SCHEME", help="Such as “ring”.")]


@node_app.command("connect")
def connect(
    where: Where,
    child: Child,
    parent: Parent,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Put a node under one of a higher level."""
    with opened(where, who) as project:
        floor.edits.connect(project, child, parent, reason=reason)
        say(project)


@node_app.command("gather")
def gather(
    where: Where,
    parent: Parent,
    children: Annotated[list[str], typer.Argument(metavar="CHILD...", help="The nodes below.")],
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Put several nodes under one of a higher level."""
    with opened(where, who) as project:
        floor.edits.connect_several(project, children, parent, reason=reason)
        say(project)


@node_app.command("feed")
def feed(
    where: Where,
    node: Node,
    statements: Statements,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Let statements feed a node."""
    with opened(where, who) as project:
        floor.edits.feed(project, node, statements, reason=reason)
        say(project)


@node_app.command("facet")
def facet(
    where: Where,
    node: Node,
    scheme: Scheme,
    value: Value,
    basis: Annotated[str, typer.Option(metavar="TEXT", help="On whose word.")] = "",
    who: Who = None,
) -> None:
    """Classify a node a second way, such as the ring it is drawn in."""
    with opened(where, who) as project:
        floor.edits.set_facet(project, node, scheme, value, basis=basis)
        say(project)


@node_app.command("disconnect")
def disconnect(where: Where, child: Child, parent: Parent, who: Who = None) -> None:
    """Take a node from under another."""
    with opened(where, who) as project:
        floor.edits.disconnect(project, child, parent)
        say(project)


@node_app.command("move")
def move_node(
    where: Where,
    node: Node,
    parent: Parent,
    away_from: Annotated[
        str | None, typer.Option("--from", metavar="NODE", help="Which of several it leaves.")
    ] = None,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Put a node under another parent in place of the old one."""
    with opened(where, who) as project:
        floor.edits.move_node(project, node, parent, away_from=away_from, reason=reason)
        say(project)


@node_app.command("change")
def change_node(
    where: Where,
    node: Node,
    note: Annotated[str | None, typer.Option(metavar="TEXT")] = None,
    level: Annotated[int | None, typer.Option(metavar="N", help="2 element to 5 theme.")] = None,
    place: Annotated[
        int | None, typer.Option(metavar="N", help="Its place among those of its level, from 1.")
    ] = None,
    who: Who = None,
) -> None:
    """Change a node's note, its level, or its place among those of its level."""
    with opened(where, who) as project:
        floor.edits.change_node(project, node, note=note, level=level, position=place)
        say(project)


@node_app.command("unfeed")
def unfeed(where: Where, node: Node, statements: Statements, who: Who = None) -> None:
    """Let statements feed a node no longer."""
    with opened(where, who) as project:
        floor.edits.unfeed(project, node, statements)
        say(project)


@node_app.command("unfacet")
def unfacet(where: Where, node: Node, scheme: Scheme, who: Who = None) -> None:
    """Take a node's second classification away."""
    with opened(where, who) as project:
        floor.edits.unset_facet(project, node, scheme)
        say(project)
