"""What makes a function an act: a verb, one transaction, one entry in the history."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from workbench.project.opening import Project
from workbench.store.history import Act

P = ParamSpec("P")
R = TypeVar("R")

ACTS: dict[str, Callable[..., Any]] = {}
"""verb → function; the history knows no other verbs but undo and redo (law 9)."""


def edit(
    verb: str,
) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[Concatenate[Project, P], R]]:
    """Turn `function(act, …)` into an act `function(project, …)` called `verb`.

    All that the function writes is one transaction: it happens whole or not at all.
    """

    def wrap(function: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Project, P], R]:
        @functools.wraps(function)
        def acting(project: Project, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with project.acting(verb) as act:
                return function(act, *args, **kwargs)

        ACTS[verb] = acting
        return acting

    return wrap
