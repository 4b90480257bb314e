"""Operations on ladders and typologies, and the words that a page of mapping asks for."""

from typing import Any

from workbench.project import edits, ladder_board, ladder_groups
from workbench.project.door import Project
from workbench.ui.operations.registry import operation


@operation
def add_node(
    project: Project,
    ladder: str,
    label: str,
    level: int,
    statements: list[str],
    over: list[str],
) -> str:
    """Add a node over what was picked."""
    return edits.add_node(project, label, level, ladder=ladder, statements=statements, over=over)


@operation
def rename_node(project: Project, node: str, label: str, row_version: int | None = None) -> None:
    """Give a node another label."""
    edits.rename_node(project, node, label, row_version=row_version)


@operation
def note_node(project: Project, node: str, note: str, row_version: int | None = None) -> None:
    """Write a node's note."""
    edits.change_node(project, node, note=note, row_version=row_version)


@operation
def place_node(project: Project, node: str, position: int) -> None:
    """Give a node another place among those of its level."""
    edits.change_node(project, node, position=position)


@operation
def withdraw_node(project: Project, node: str) -> None:
    """Take a node out of its ladder."""
    edits.withdraw_node(project, node)


@operation
def feed_node(project: Project, node: str, statements: list[str]) -> None:
    """Let statements feed a node."""
    edits.feed(project, node, statements)


@operation
def unfeed_node(project: Project, node: str, statements: list[str]) -> None:
    """Let statements feed a node no longer."""
    edits.unfeed(project, node, statements)


@operation
def connect_nodes(project: Project, children: list[str], parent: str) -> None:
    """Put nodes under one of a higher level, too."""
    if len(children) == 1:
        edits.connect(project, children[0], parent)
    else:
        edits.connect_several(project, children, parent)


@operation
def disconnect_nodes(project: Project, child: str, parent: str) -> None:
    """Take a node from under another."""
    edits.disconnect(project, child, parent)


@operation
def move_node(project: Project, node: str, parent: str, away_from: str | None = None) -> None:
    """Put a node under another parent and take it from under the old one."""
    edits.move_node(project, node, parent, away_from=away_from)


@operation
def words_of_statements(project: Project, ladder: str, statements: list[str]) -> dict[str, Any]:
    """Return statements with the words they rest on; reads only."""
    return _plain(ladder_board.said(project, ladder, statements))


@operation
def words_below_node(project: Project, ladder: str, node: str) -> dict[str, Any]:
    """Return what feeds a node or one below it, with the words; reads only."""
    return _plain(ladder_board.said_below(project, ladder, node))


def _plain(found: ladder_board.Below) -> dict[str, Any]:
    said = [{**one._asdict(), "quotes": [list(q) for q in one.quotes]} for one in found.said]
    return {"said": said, "of": found.of}


@operation
def words_of_codings(project: Project, codings: list[str]) -> list[list[str]]:
    """Return codings in words; reads only."""
    return [list(one) for one in ladder_groups.words(project, codings)]


@operation
def place_case(
    project: Project, typology: str, case: str, type: str, reason: str, row_version: int
) -> None:
    """Place a case in a type."""
    edits.place_case(project, typology, case, type, reason=reason, row_version=row_version)


@operation
def unplace_case(project: Project, typology: str, case: str, row_version: int) -> None:
    """Take a case out of its type."""
    edits.unplace_case(project, typology, case, row_version=row_version)
