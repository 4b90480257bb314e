"""Commands that change a draft: framework begin, draft, code …, category …"""

from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli.options import Code, Reason, Where, Who
from workbench.cli.projects import opened, say

Draft = Annotated[
    str, typer.Argument(metavar="NAME@VERSION", help="The draft; a release never changes.")
]
Category = Annotated[
    str, typer.Argument(metavar="CATEGORY", help="The number or name of a category.")
]
NewName = Annotated[str, typer.Argument(metavar="NAME")]
Given = Annotated[str | None, typer.Option(metavar="TEXT")]
Text = Annotated[str, typer.Option(metavar="TEXT")]
Origin = Annotated[
    str | None, typer.Option(metavar="ORIGIN", help="a priori, inductive or analytic.")
]
InCategory = Annotated[
    str | None, typer.Option("--category", metavar="CATEGORY", help="The category to stand in.")
]
Below = Annotated[
    str | None, typer.Option("--below", metavar="CODE", help="The code to stand below.")
]
Under = Annotated[
    str | None, typer.Option("--under", metavar="CATEGORY", help="The category to stand under.")
]
Top = Annotated[bool, typer.Option("--top", help="Under no heading.")]
Place = Annotated[
    int | None, typer.Option("--place", metavar="N", help="1 for the first there; else the last.")
]
Objective = Annotated[str | None, typer.Option(metavar="TEXT", help="What it is to find out.")]

code_app = typer.Typer(help="The codes of a draft.", no_args_is_help=True)
category_app = typer.Typer(help="The categories of a draft.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(begin)
    app.command()(draft)
    app.add_typer(code_app, name="code")
    app.add_typer(category_app, name="category")


def begin(
    where: Where,
    name: NewName,
    version: Annotated[str, typer.Argument(metavar="VERSION")] = "1",
    objective: Objective = None,
    who: Who = None,
) -> None:
    """Begin a framework with an empty draft."""
    with opened(where, who) as project:
        floor.edits.begin_framework(project, name, version, objective=objective or "")
        say(project)


def draft(
    where: Where,
    parent: Annotated[str, typer.Argument(metavar="NAME@VERSION", help="What it begins as.")],
    version: Annotated[str, typer.Argument(metavar="VERSION")],
    name: Annotated[
        str | None, typer.Option("--new", metavar="NAME", help="A framework of another name.")
    ] = None,
    objective: Objective = None,
    who: Who = None,
) -> None:
    """Begin a draft as a copy of another version."""
    with opened(where, who) as project:
        floor.edits.begin_draft(project, parent, version, objective=objective, framework=name)
        say(project)


@code_app.command("add")
def add_code(
    where: Where,
    draft: Draft,
    name: NewName,
    category: InCategory = None,
    below: Below = None,
    definition: Text = "",
    use_when: Text = "",
    not_when: Text = "",
    example: Text = "",
    origin: Origin = None,
    colour: Annotated[str, typer.Option(metavar="#RRGGBB")] = "",
    number: Text = "",
    place: Place = None,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Add a code to a draft."""
    with opened(where, who) as project:
        floor.edits.add_code(
            project,
            draft,
            name,
            category=category,
            below=below,
            definition=definition,
            use_when=use_when,
            not_when=not_when,
            example=example,
            origin=origin or "a priori",  # type: ignore[arg-type]  # checked there
            colour=colour,
            number=number,
            place=place,
            reason=reason,
        )
        say(project)


@code_app.command("change")
def change_code(
    where: Where,
    draft: Draft,
    code: Code,
    name: Given = None,
    number: Given = None,
    definition: Given = None,
    use_when: Given = None,
    not_when: Given = None,
    example: Given = None,
    origin: Origin = None,
    colour: Annotated[str | None, typer.Option(metavar="#RRGGBB")] = None,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Change what a code of a draft is called and says; what is not given stays."""
    with opened(where, who) as project:
        floor.edits.change_code(
            project,
            draft,
            code,
            name=name,
            number=number,
            definition=definition,
            use_when=use_when,
            not_when=not_when,
            example=example,
            origin=origin,  # type: ignore[arg-type]  # checked there
            colour=colour,
            reason=reason,
        )
        say(project)


@code_app.command("move")
def move_code(
    where: Where,
    draft: Draft,
    code: Code,
    category: InCategory = None,
    below: Below = None,
    top: Top = False,
    place: Place = None,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Move a code of a draft under another heading, or to another place under its own."""
    to = "" if top else category
    with opened(where, who) as project:
        floor.edits.move_code(
            project, draft, code, category=to, below=below, place=place, reason=reason
        )
        say(project)


@code_app.command("merge")
def merge_codes(
    where: Where,
    draft: Draft,
    codes: Annotated[list[str], typer.Argument(metavar="CODE...")],
    into: Annotated[str, typer.Option(metavar="CODE", help="One of them, or a new name.")],
    definition: Given = None,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Make one code of several; codings and statements under the draft go along."""
    with opened(where, who) as project:
        floor.edits.merge_codes(project, draft, codes, into, definition=definition, reason=reason)
        say(project)


@code_app.command("split")
def split_code(
    where: Where,
    draft: Draft,
    code: Code,
    parts: Annotated[list[str], typer.Argument(metavar="NAME...", help="Two names or more.")],
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Make several codes of one; codings under the draft stay with the first."""
    with opened(where, who) as project:
        floor.edits.split_code(project, draft, code, parts, reason=reason)
        say(project)


@code_app.command("retire")
def retire_code(
    where: Where, draft: Draft, code: Code, reason: Reason = "", who: Who = None
) -> None:
    """Take a code out of a draft, where nothing is coded with it."""
    with opened(where, who) as project:
        floor.edits.retire_code(project, draft, code, reason=reason)
        say(project)


@category_app.command("add")
def add_category(
    where: Where,
    draft: Draft,
    name: NewName,
    under: Under = None,
    definition: Text = "",
    number: Text = "",
    place: Place = None,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Add a category to a draft."""
    with opened(where, who) as project:
        floor.edits.add_category(
            project,
            draft,
            name,
            under=under,
            definition=definition,
            number=number,
            place=place,
            reason=reason,
        )
        say(project)


@category_app.command("change")
def change_category(
    where: Where,
    draft: Draft,
    category: Category,
    name: Given = None,
    number: Given = None,
    definition: Given = None,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Change what a category of a draft is called and says; what is not given stays."""
    with opened(where, who) as project:
        floor.edits.change_category(
            project,
            draft,
            category,
            name=name,
            number=number,
            definition=definition,
            reason=reason,
        )
        say(project)


@category_app.command("move")
def move_category(
    where: Where,
    draft: Draft,
    category: Category,
    under: Under = None,
    top: Top = False,
    place: Place = None,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Move a category of a draft under another, or to another place where it is."""
    to = "" if top else under
    with opened(where, who) as project:
        floor.edits.move_category(project, draft, category, under=to, place=place, reason=reason)
        say(project)


@category_app.command("retire")
def retire_category(
    where: Where,
    draft: Draft,
    category: Category,
    with_codes: Annotated[
        bool, typer.Option("--with-codes", help="And all that stands under it.")
    ] = False,
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Take a category out of a draft: an empty one, or with its codes."""
    with opened(where, who) as project:
        floor.edits.retire_category(project, draft, category, with_codes=with_codes, reason=reason)
        say(project)
