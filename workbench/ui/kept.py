"""What a page worked out stays at hand until the project changes."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from workbench.project.door import Project
from workbench.ui import session

T = TypeVar("T")

_KEPT = "worked out"
_MOST = 40
"""Things kept for one state of a project."""


_PROJECTS = 3
"""Projects of which something is kept for every session."""
_FOR_ALL: dict[tuple[str, str], tuple[Any, dict[Hashable, Any]]] = {}
"""Place and person → state of the project → what was made of it; the newest last."""


def kept(project: Project, what: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` made of the project in its present state, made once a state.

    `what` names it with all that it depends on besides the project.
    """
    held = _in_state(project, session.remembered(_KEPT, None))
    session.remember(_KEPT, held)
    return _made(held[1], what, make)


def kept_for_all(project: Project, what: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` made, once for all sessions of a person; it may be made ahead.

    What it returns is only read.
    """
    of = (project.where, project.who)
    held = _in_state(project, _FOR_ALL.pop(of, None))
    _FOR_ALL[of] = held
    while len(_FOR_ALL) > _PROJECTS:
        _FOR_ALL.pop(next(iter(_FOR_ALL)), None)
    return _made(held[1], what, make)


def _in_state(
    project: Project, held: tuple[Any, dict[Hashable, Any]] | None
) -> tuple[Any, dict[Hashable, Any]]:
    """Return what is held of the project in its present state, or nothing yet."""
    newest = project.history(1)
    state = ((newest[0]["seq"], newest[0]["at"]) if newest else None, project.where, project.who)
    return held if held and held[0] == state and len(held[1]) < _MOST else (state, {})


def _made(held: dict[Hashable, Any], what: Hashable, make: Callable[[], T]) -> T:
    if what not in held:
        held[what] = make()
    made: T = held[what]
    return made
