"""The board of a ladder: statements of a column at the left, the levels beside it."""

from typing import Any

from workbench.project import ladder_board
from workbench.project.door import Project
from workbench.project.ladder_board import Board, BoardCode
from workbench.ui import outbox, parts, places, session, show
from workbench.ui.words import _

EVERY = "all"


def choose_column(project: Project, ladder: str) -> str | None:
    """Let the researcher choose a column of the chart, by its id; None for all of them."""
    names = {c.code_id: c for c in ladder_board.columns(project, ladder)}
    column = session.choose(
        _("Column of the chart"),
        [*names, EVERY],
        "column",
        shown=lambda key: _called(names.get(key)),
        collapsed=True,
        help=_("Work down one column at a time."),
    )
    return None if column == EVERY else column


def _called(code: BoardCode | None) -> str:
    if code is None:
        return _("All columns")
    return _("{name} ({n} unused)", name=code.name, n=code.unused) if code.unused else code.name


def view(project: Project, ladder: str, column: str | None, node: str | None) -> None:
    """Show a ladder with the statements of a column; `node` is what the address opens."""
    held = ladder_board.board(project, ladder, column)
    if not held.statements and not held.nodes:
        show.empty(
            _("No statements yet"),
            _("A ladder climbs from the statements of the chart. Write some on the page Charting."),
        )
        return
    parts.part("board", "board", board_data(held, node))
    places.follow(parts.told("board"))


def board_data(held: Board, node: str | None) -> dict[str, Any]:
    """Return what the part “board” draws."""
    if node is not None:
        session.remember("opened node", {"ask": node})
    return {
        "project": session.key(),
        "ladder": held.ladder,
        "levels": {str(level): name for level, name in held.levels.items()},
        "statements": [list(one) for one in held.statements],
        "nodes": [list(one) for one in held.nodes],
        "seen": outbox.acknowledged(),
        "focus": session.remembered("opened node", None),
    }
