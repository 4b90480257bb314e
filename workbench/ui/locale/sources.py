"""What stands in a source: functions, calls, constants and what is raised, with their places."""

import ast
import re
from dataclasses import dataclass, field

from workbench.ui.locale.templates import LETTERS

_YIELDING = ("store/audit.py", "store/triggers.py")
"""Modules that yield tuples with what is told as the last."""
_PLAIN_ERRORS = frozenset({"Refused", "WrongUse", "StoreError", "WorkbenchError", "Unclear"})
"""Errors that take their sentence as it is."""
Function = ast.FunctionDef


@dataclass(frozen=True)
class Place:
    """Where an expression stands: its module and its functions, the innermost last."""

    module: str
    functions: tuple[Function, ...] = ()


@dataclass
class Source:
    """The modules below, and what is found in them."""

    functions: dict[str, list[tuple[Place, Function]]] = field(default_factory=dict)
    raised: list[tuple[Place, ast.expr]] = field(default_factory=list)
    calls: dict[str, list[tuple[Place, ast.Call]]] = field(default_factory=dict)
    constants: dict[str, list[tuple[Place, ast.expr]]] = field(default_factory=dict)
    found: dict[str, None] = field(default_factory=dict)
    """The templates, in their order."""
    nouns: dict[str, None] = field(default_factory=dict)
    told: set[tuple[str, str, int]] = field(default_factory=set)
    """The functions and parameters that are followed already."""

    def hear(self, text: str) -> None:
        """Note a template; elements of XML and HTML, and regular expressions are none."""
        if not (text.startswith("{{") or "(?" in text or "<" in text):
            told = text.strip()
            if LETTERS.search(re.sub(r"\{\w+\}", "", told)):
                self.found.setdefault(told)


def indexed(texts: dict[str, str]) -> Source:
    """Return what stands in modules, given by their names; nothing is followed yet."""
    source = Source()
    for name, text in texts.items():
        _index(source, Place(name), ast.parse(text))
    return source


def _index(source: Source, place: Place, node: ast.AST) -> None:
    """Note functions, calls, constants and what is raised, with where they stand."""
    for child in ast.iter_child_nodes(node):
        inner = place
        match child:
            case ast.FunctionDef():
                name = (
                    node.name
                    if child.name == "__init__" and isinstance(node, ast.ClassDef)
                    else child.name
                )
                inner = Place(place.module, (*place.functions, child))
                source.functions.setdefault(name, []).append((inner, child))
            case ast.Call():
                source.calls.setdefault(last_name(child.func), []).append((place, child))
                source.raised += [(place, said) for said in _messages(place, child)]
                source.raised += [
                    (place, k.value) for k in child.keywords if k.arg == "labels_because"
                ]
            case ast.Return(value=ast.expr() as said) if place.module == "store/standing.py":
                source.raised.append((place, said))
            case ast.Yield(value=ast.Tuple(elts=[*_, said])) if place.module in _YIELDING:
                source.raised.append((place, said))
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if not place.functions:
                source.constants.setdefault(name, []).append((place, value))
            case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value) if (
                not place.functions
            ):
                source.constants.setdefault(name, []).append((place, value))
        _index(source, inner, child)


def _messages(place: Place, call: ast.Call) -> list[ast.expr]:
    """Return what a call hands to an error as its sentence, or as parts of it."""
    called = ast.unparse(call.func)
    if called == "super().__init__" and place.module == "errors.py":
        return call.args[len(call.args) > 1 :]
    if called.rpartition(".")[2] in _PLAIN_ERRORS:
        return call.args[:1]
    return []


def last_name(called: ast.expr) -> str:
    """Return the name behind the last dot of what is called."""
    return ast.unparse(called).rpartition(".")[2]
