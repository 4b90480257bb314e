"""The operations that a browser may ask for, by name.

An operation arrives as a name and plain data from a browser; names and types are checked
against the signature before anything happens.
"""

import inspect
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any

from workbench.errors import WrongUse
from workbench.project.door import Project

Operation = Callable[..., Any]
KNOWN: dict[str, Operation] = {}


def operation(function: Operation) -> Operation:
    """Let browsers ask for this by the function's name."""
    KNOWN[function.__name__] = function
    return function


def carry_out(project: Project, name: str, given: Mapping[str, Any]) -> tuple[Any, str]:
    """Do what was asked; return what it made and what to say of it, often nothing.

    Raises:
        WrongUse: there is no such operation, or it does not take what was given.
        WorkbenchError: whatever the act refuses.
    """
    function = KNOWN.get(name)
    if function is None:
        raise WrongUse(f"The page asked for something that the workbench has not: {name[:40]}.")
    _refuse_misfit(name, function, given)
    made = function(project, **given)
    return (made.made, made.says) if isinstance(made, Said) else (made, "")


class Said:
    """What an operation made, with a sentence for the researcher."""

    def __init__(self, says: str, made: Any = None) -> None:
        self.says, self.made = says, made


def _refuse_misfit(name: str, function: Operation, given: Mapping[str, Any]) -> None:
    hints = typing.get_type_hints(function)
    known = {k: p for k, p in inspect.signature(function).parameters.items() if k != "project"}
    missing = [k for k, p in known.items() if p.default is p.empty and k not in given]
    wrong = [k for k, v in given.items() if k not in known or not _fits(v, hints[k])]
    if missing or wrong:
        raise WrongUse(f"The page asked for “{name}” wrongly ({', '.join(missing + wrong)}).")


def _fits(value: object, kind: Any) -> bool:
    """Tell whether plain data is of an annotated type: str, int, bool, list, dict, unions."""
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return any(_fits(value, one) for one in inner)
    if origin is list:
        return isinstance(value, list) and all(_fits(v, inner[0]) for v in value)
    if origin is dict:
        return isinstance(value, dict) and all(_fits(v, inner[1]) for v in value.values())
    if kind is None or kind is types.NoneType:
        return value is None
    if kind is Any:
        return True
    return type(value) is kind
