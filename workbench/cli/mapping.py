"""Commands of mapping: ladders, nodes, facets, typologies."""

import json
from pathlib import Path
from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import (
    Case,
    Field,
    Framework,
    Json,
    Ladder,
    Node,
    Note,
    Reason,
    Transcript,
    Value,
    Where,
    Who,
)
from workbench.cli.projects import opened, say
from workbench.errors import BadValue, MissingFile
from workbench.model.report import counted
from workbench.project.door import Project

_NO_LADDER = "Start a ladder: workbench ladder PROJECT NAME."
_NO_TYPOLOGY = "Add a typology: workbench typology PROJECT FILE."
_NO_NODE = "Add a node: workbench node add PROJECT LABEL --level 2."
_SHOWN = ("tree", "table", "support", "unused", "groups", "types", "unplaced")

node_app = typer.Typer(
    help="Nodes of a ladder: elements, dimensions, categories, themes.", no_args_is_help=True
)
case_app = typer.Typer(
    help="Cases, their attributes, and which words are theirs.", no_args_is_help=True
)


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
            elif lines:
                show.line("\n".join(lines))
            else:
                show.aside(f"Nothing to show. {_why_empty(project, what)}")
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
        empty = _why_empty(project, what) if frame.empty else ""
    show.table(frame, as_json=as_json, empty=empty)


def _why_empty(project: Project, what: str) -> str:
    """Say what is still to be made, or that nothing is left to do."""
    if what in ("types", "unplaced"):
        held = floor.mapping.typologies(project).names
        return "Every case stands in a type of each typology." if held else _NO_TYPOLOGY
    if not floor.mapping.ladder_names(project):
        return _NO_LADDER
    return "Nothing is left over." if what == "unused" else _NO_NODE


def add_ladder(
    where: Where,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    template: Annotated[
        str, typer.Option(metavar="NAME", help="framework, elo-kyngas or graneheim-lundman.")
    ] = "framework",
    objective: Annotated[str, typer.Option(metavar="TEXT")] = "",
    framework: Framework = None,
    who: Who = None,
) -> None:
    """Start a ladder; its template names the levels."""
    with opened(where, who) as project:
        floor.edits.add_ladder(
            project, name, template=template, objective=objective, framework=framework
        )
        say(project)


def add_typology(
    where: Where,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="JSON: name, dimensions, types.")],
    who: Who = None,
) -> None:
    """Add a typology from JSON: {"name", "dimensions": {…: […]}, "types": {…: {…: …}}}."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        name, dimensions, types = said["name"], said["dimensions"], said["types"]
    except FileNotFoundError as error:
        raise MissingFile(path) from error
    except PermissionError as error:
        raise BadValue("A typology file", path.name, "one that may be read") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        wanted = f"JSON as “workbench help mapping” shows it ({error})"
        raise BadValue("A typology file", path.name, wanted) from error
    with opened(where, who) as project:
        floor.edits.add_typology(project, name, dimensions, types)
        say(project)


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


@node_app.command("connect")
def connect(
    where: Where,
    child: Annotated[str, typer.Argument(metavar="CHILD", help="The node below.")],
    parent: Annotated[str, typer.Argument(metavar="PARENT", help="The node above.")],
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Put a node under one of a higher level."""
    with opened(where, who) as project:
        floor.edits.connect(project, child, parent, reason=reason)
        say(project)


@node_app.command("feed")
def feed(
    where: Where,
    node: Node,
    statements: Annotated[list[str], typer.Argument(metavar="STATEMENT...", help="Their ids.")],
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
    scheme: Annotated[str, typer.Argument(metavar="SCHEME", help="Such as “ring”.")],
    value: Value,
    basis: Annotated[str, typer.Option(metavar="TEXT", help="On whose word.")] = "",
    who: Who = None,
) -> None:
    """Classify a node a second way, such as the ring it is drawn in."""
    with opened(where, who) as project:
        floor.edits.set_facet(project, node, scheme, value, basis=basis)
        say(project)


@case_app.command("add")
def add_case(
    where: Where,
    cases: Annotated[list[str], typer.Argument(metavar="CASE...")],
    who: Who = None,
) -> None:
    """Add cases by name."""
    with opened(where, who) as project:
        new = floor.edits.add_cases(project, {c: {} for c in cases})
    show.line(f"{counted(new, 'new cases')}.")


@case_app.command("set")
def set_attribute(
    where: Where,
    case: Case,
    attribute: Field,
    value: Value,
    kind: Annotated[
        str | None,
        typer.Option(
            "--type",
            metavar="TYPE",
            help="For a new one: text, integer, float, boolean, date, category.",
        ),
    ] = None,
    who: Who = None,
) -> None:
    """Set an attribute of a case."""
    with opened(where, who) as project:
        floor.edits.set_attribute(project, case, attribute, value, kind=kind)  # type: ignore[arg-type]  # checked there
        say(project)


@case_app.command("assign")
def assign(
    where: Where,
    case: Case,
    transcript: Transcript,
    speaker: Annotated[
        str | None, typer.Option(metavar="LABEL", help="Only this speaker's turns.")
    ] = None,
    start: Annotated[int | None, typer.Option(metavar="N", help="From this character.")] = None,
    stop: Annotated[int | None, typer.Option(metavar="N", help="Up to this one.")] = None,
    who: Who = None,
) -> None:
    """Say that a transcript, a speaker's turns or a range of it is a case's."""
    with opened(where, who) as project:
        floor.edits.assign_case(project, case, transcript, speaker=speaker, start=start, stop=stop)
        say(project)
