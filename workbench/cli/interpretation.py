"""Commands of interpretation: network, link."""

from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import Json, Note, Where, Who
from workbench.cli.projects import opened, say
from workbench.errors import BadValue

_LINK = (
    "source_node",
    "sign",
    "target_node",
    "relation",
    "basis",
    "groups",
    "weight",
    "mentions",
    "against",
    "on_authors",
    "links",
)
_SHOWN = ("links", "degree", "betweenness", "cycles", "bridges", "communities", "paths")

link_app = typer.Typer(help="Links: one node acts on another.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(network)
    app.add_typer(link_app, name="link")


def network(
    where: Where,
    what: Annotated[str, typer.Option("--show", help=", ".join(_SHOWN))] = "links",
    source: Annotated[str | None, typer.Option("--from", help="For paths.")] = None,
    target: Annotated[str | None, typer.Option("--to", help="For paths.")] = None,
    by: Annotated[str | None, typer.Option(help="The attribute of --group.")] = None,
    group: Annotated[list[str] | None, typer.Option(help="Only what these groups say.")] = None,
    basis: Annotated[list[str] | None, typer.Option(help="participant, quote, authors …")] = None,
    sign: Annotated[list[str] | None, typer.Option(help="+, - or ±.")] = None,
    facet: Annotated[str | None, typer.Option(help="SCHEME=VALUE.")] = None,
    ladder: Annotated[str | None, typer.Option(help="Only the nodes of this ladder.")] = None,
    as_json: Json = False,
) -> None:
    """Show the network of links: weights are cases; cycles, paths, degree, bridges."""
    if what not in _SHOWN:
        raise BadValue("What to show", what, ", ".join(_SHOWN))
    if facet is not None and "=" not in facet:
        raise BadValue("A facet", facet, "SCHEME=VALUE")
    with opened(where) as project:
        frame = floor.interpreting.table(
            project,
            what,
            source=source,
            target=target,
            by=by,
            groups=tuple(group or ()),
            basis=tuple(basis or ()),
            sign=tuple(sign or ()),
            facet=(facet.split("=", 1)[0], facet.split("=", 1)[1]) if facet else None,
            ladder=ladder,
        )
    show.table(
        frame,
        as_json=as_json,
        columns=_LINK if what == "links" else (),
        empty="Link two nodes: workbench link add PROJECT SOURCE TARGET SIGN.",
    )


Evidence = Annotated[list[str] | None, typer.Option(help="Id of a coding for it; repeat.")]
Against = Annotated[list[str] | None, typer.Option(help="Id of a coding against it; repeat.")]


@link_app.command("add")
def add_link(
    where: Where,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="The node that acts.")],
    target: Annotated[str, typer.Argument(metavar="TARGET", help="The node acted upon.")],
    sign: Annotated[str, typer.Argument(metavar="SIGN", help="+, - or ±.")],
    basis: Annotated[list[str] | None, typer.Option(help="participant (default), quote …")] = None,
    evidence: Evidence = None,
    against: Against = None,
    relation: Annotated[str, typer.Option(help="In a few words.")] = "",
    group: Annotated[list[str] | None, typer.Option(help="Who says so; repeat.")] = None,
    note: Note = "",
    who: Who = None,
) -> None:
    """Say that one node strengthens (+), weakens (-) or acts both ways (±) on another."""
    with opened(where, who) as project:
        new = floor.edits.add_link(
            project,
            source,
            target,
            sign,
            basis=tuple(basis or ("participant",)),  # type: ignore[arg-type]  # checked there
            evidence=evidence or (),
            against=against or (),
            relation=relation,
            groups=group or (),
            note=note,
        )
        say(project, new)


Link = Annotated[str, typer.Argument(metavar="LINK", help="Its id.")]
Codings = Annotated[list[str], typer.Argument(metavar="CODING...", help="Their ids.")]


@link_app.command("cite")
def cite(
    where: Where,
    link: Link,
    codings: Annotated[
        list[str] | None, typer.Argument(metavar="[CODING...]", help="Ids of codings for it.")
    ] = None,
    against: Against = None,
    who: Who = None,
) -> None:
    """Add codings for a link, and --against it."""
    with opened(where, who) as project:
        floor.edits.cite_for_link(project, link, codings or (), against=against or ())
        say(project)


@link_app.command("change")
def change_link(
    where: Where,
    link: Link,
    sign: Annotated[str | None, typer.Option(metavar="SIGN", help="+, - or ±.")] = None,
    basis: Annotated[list[str] | None, typer.Option(help="All its bases anew; repeat.")] = None,
    relation: Annotated[str | None, typer.Option(metavar="TEXT")] = None,
    group: Annotated[list[str] | None, typer.Option(help="All its groups anew; repeat.")] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT")] = None,
    who: Who = None,
) -> None:
    """Change a link's sign, basis, relation, groups or note."""
    with opened(where, who) as project:
        floor.edits.change_link(
            project,
            link,
            sign=sign,
            basis=basis,  # type: ignore[arg-type]  # checked there
            relation=relation,
            groups=group,
            note=note,
        )
        say(project)


@link_app.command("uncite")
def uncite(where: Where, link: Link, codings: Codings, who: Who = None) -> None:
    """Take codings out of a link's evidence."""
    with opened(where, who) as project:
        floor.edits.uncite_link(project, link, codings)
        say(project)
