"""What a page worked out stays at hand until the project changes."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

from workbench.project.door import Project
from workbench.ui import session

T = TypeVar("T")

_KEPT = "worked out"
_MOST = 40
"""Things kept for one state of a project."""


def kept(project: Project, what: Hashable, make: Callable[[], T]) -> T:
    """Return what `make` made of the project in its present state, made once a state.

    `what` names it with all that it depends on besides the project.
    """
    newest = project.history(1)
    state = (newest[0]["seq"] if newest else 0, project.where)
    held: tuple[Any, dict[Hashable, Any]] = session.remembered(_KEPT, (None, {}))
    if held[0] != state or len(held[1]) >= _MOST:
        held = (state, {})
        session.remember(_KEPT, held)
    if what not in held[1]:
        held[1][what] = make()
    made: T = held[1][what]
    return made
