"""What makes a function a figure: a name, and the parameters that a cell may give."""

import difflib
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from workbench.checks import claims, reproduction
from workbench.errors import BadValue, WorkbenchError
from workbench.model.published import Figure, PublishedCell
from workbench.project.figures.sources import Sources

Compute = Callable[..., Figure]
FORMULA = "formula"
"""A figure worked out from other figures: `of` is `is=expression` (see `checks.claims`)."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """One figure: what it says of itself, and the parameters it takes."""

    name: str
    says: str
    compute: Compute
    needed: tuple[str, ...]
    optional: tuple[str, ...]
    filters: bool


BY_NAME: dict[str, Recipe] = {}
"""name → figure, without the formula."""


def figure(name: str) -> Callable[[Compute], Compute]:
    """Make a function of `Sources` and keyword texts the figure called `name`.

    Its parameters are the keys of the column `of`, a space for each underscore; those
    without a default are needed. A parameter `filters` takes all other keys: attributes
    of cases, or labels of counts.
    """

    def enter(compute: Compute) -> Compute:
        parameters = list(inspect.signature(compute).parameters.values())[1:]
        plain = [p for p in parameters if p.name != "filters"]
        says = (compute.__doc__ or "").strip().partition("\n")[0]
        BY_NAME[name] = Recipe(
            name,
            says,
            compute,
            tuple(p.name.replace("_", " ") for p in plain if p.default is p.empty),
            tuple(p.name.replace("_", " ") for p in plain if p.default is not p.empty),
            len(plain) < len(parameters),
        )
        return compute

    return enter


def one_of(what: str, said: str, known: Iterable[str]) -> str:
    """Return what a cell says, once it is one of the words known there; raises BadValue.

    A word with a slip in it would else count nothing and be told as a plain 0.
    """
    if said not in known:
        raise BadValue(what, said, f"one of {', '.join(known)}")
    return said


def whole(what: str, said: str) -> int:
    """Return the whole number from 1 that a cell says; raises BadValue.

    >>> whole("A rank", "2")
    2
    """
    if not re.fullmatch(r"[1-9][0-9]{0,8}", said):
        raise BadValue(what, said, "a whole number such as 1")
    return int(said)


def rebuilt(
    cells: Iterable[PublishedCell], sources: Sources
) -> tuple[dict[str, Figure], dict[str, str]]:
    """Return the figure of each cell that has one, and why others could not be rebuilt.

    Formulas come last, one after the other, so that each may use those before it.
    """
    figures: dict[str, Figure] = {}
    problems: dict[str, str] = {}
    known: dict[str, str] = {}
    for cell in sorted((c for c in cells if c.figure), key=lambda c: c.figure == FORMULA):
        try:
            found = (
                _formula(cell, figures, known) if cell.figure == FORMULA else _one(cell, sources)
            )
        except WorkbenchError as error:
            problems[cell.cell] = str(error)
        else:
            figures[cell.cell], known[cell.cell] = found, reproduction.shown(found)
    return figures, problems


def _one(cell: PublishedCell, sources: Sources) -> Figure:
    recipe = BY_NAME.get(cell.figure)
    if recipe is None:
        near = difflib.get_close_matches(cell.figure, [*BY_NAME, FORMULA]) or ["cases", "codings"]
        wanted = f"one that “workbench help studies” lists, such as {' or '.join(near)}"
        raise BadValue("A figure", cell.figure, wanted)
    given = dict(cell.of)
    missing = [k for k in recipe.needed if k not in given]
    if missing:
        raise BadValue(f"What “{cell.figure}” is of", _said(cell), f"{', '.join(missing)} too")
    known = {*recipe.needed, *recipe.optional}
    unknown = [k for k in given if k not in known and not recipe.filters]
    if unknown:
        takes = ", ".join([*recipe.needed, *recipe.optional]) or "nothing"
        raise BadValue(f"What “{cell.figure}” is of", unknown[0], takes)
    named = {k.replace(" ", "_"): v for k, v in given.items() if k in known}
    filters = {k: v for k, v in given.items() if k not in known}
    return recipe.compute(sources, **named, **({"filters": filters} if recipe.filters else {}))


def _formula(
    cell: PublishedCell, figures: Mapping[str, Figure], known: Mapping[str, str]
) -> Figure:
    given = dict(cell.of)
    if set(given) != {"is"}:
        raise BadValue("A formula", _said(cell), "is=… and nothing else")
    found = claims.value(given["is"], known, known)
    behind = {i for n in claims.names(given["is"]) for i in figures[n].evidence}
    value = found if isinstance(found, str) else float(found)
    return Figure(value, tuple(sorted(behind)))


def _said(cell: PublishedCell) -> str:
    return "; ".join(f"{key}={value}" for key, value in cell.of)
