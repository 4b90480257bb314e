"""What makes a function a figure: a name, and the parameters that a cell may give."""

import inspect
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


def rebuilt(
    cells: Iterable[PublishedCell], sources: Sources
) -> tuple[dict[str, Figure], dict[str, str]]:
    """Return the figure of each cell that has one, and why others could not be rebuilt.

    Formulas come last, one after the other, so that each may use those before it.
    """
    figures: dict[str, Figure] = {}
    problems: dict[str, str] = {}
    cells = [c for c in cells if c.figure]
    for cell in [c for c in cells if c.figure != FORMULA] + [
        c for c in cells if c.figure == FORMULA
    ]:
        try:
            known = {name: reproduction.shown(f) for name, f in figures.items()}
            figures[cell.cell] = (
                _formula(cell, figures, known) if cell.figure == FORMULA else _one(cell, sources)
            )
        except WorkbenchError as error:
            problems[cell.cell] = str(error)
    return figures, problems


def _one(cell: PublishedCell, sources: Sources) -> Figure:
    recipe = BY_NAME.get(cell.figure)
    if recipe is None:
        raise BadValue("A figure", cell.figure, ", ".join([*sorted(BY_NAME), FORMULA]))
    given = dict(cell.of)
    missing = [k for k in recipe.needed if k not in given]
    if missing:
        raise BadValue(f"The figure “{cell.figure}”", dict(cell.of), f"{', '.join(missing)} too")
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
        raise BadValue("A formula", dict(cell.of), "is=… and nothing else")
    found = claims.value(given["is"], known, known)
    behind = {i for n in claims.names(given["is"]) for i in figures[n].evidence}
    value = found if isinstance(found, str) else float(found)
    return Figure(value, tuple(sorted(behind)))
