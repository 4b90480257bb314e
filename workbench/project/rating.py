"""How far raters agree who rated the same cells on a scale: a table beside the chart."""

from collections.abc import Callable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd

from workbench.checks.agreement import nominal
from workbench.checks.agreement.nominal import Level as Level
from workbench.errors import BadValue, Refused, Undefined
from workbench.formats import ratings_table
from workbench.formats.ratings_table import Ratings as Ratings

LEVELS: tuple[Level, ...] = ("nominal", "ordinal", "interval", "ratio")


def agreement_of_ratings(
    path: Path | str, level: Level = "ordinal", order: Sequence[str] = ()
) -> pd.DataFrame:
    """Return how far raters agree: a row of all of them, then one of each two.

    The file is a csv or xlsx: the first column names what was rated, each other column is a
    rater's, an empty field is left out. `order` are the values from low to high, where they
    are words on an ordinal scale; numbers have an order of their own.

    Columns: `raters`; `units` that two of them rated; `apart`, the names of those that they
    rated differently; `percent`, pairs of raters that gave the same value; `alpha`
    (Krippendorff's, at the level); `undefined`, column → why it has no value. `attrs` has the
    level, the values, and `alone`, the names of what no two rated.

    Raises:
        BadTable: the file is no such table.
        BadValue: there is no such level, or a value is none of the scale.
        Refused: it is not said which of the values is higher.
    """
    return agreement_of(read(path), level, order)


def read(path: Path | str) -> Ratings:
    """Return the ratings of a csv or xlsx; raises as `ratings_table.read`."""
    return ratings_table.read(Path(path))


def agreement_of(
    held: Ratings, level: Level = "ordinal", order: Sequence[str] = ()
) -> pd.DataFrame:
    """Return what `agreement_of_ratings` does, of ratings that were read; raises likewise."""
    if level not in LEVELS:
        raise BadValue("The level", level, ", ".join(LEVELS))
    given = {value for rater in held.given for value in rater if value is not None}
    scale = _scale(given, level, [value.strip() for value in order])
    sets = [tuple(range(len(held.raters)))]
    if len(held.raters) > 2:
        sets += combinations(sets[0], 2)
    frame = pd.DataFrame([_row(held, of, level, scale) for of in sets])
    rated = [sum(r[n] is not None for r in held.given) for n in range(len(held.things))]
    alone = [name for name, number in zip(held.things, rated, strict=True) if number < 2]
    frame.attrs = {"level": level, "values": list(scale), "alone": alone}
    return frame


def in_order(said: str) -> tuple[str, ...]:
    """Return the values of a scale that are named from low to high, with commas between.

    >>> in_order(" weak, some,, strong ")
    ('weak', 'some', 'strong')
    """
    return tuple(value.strip() for value in said.split(",") if value.strip())


def differing(held: Ratings, names: Sequence[str]) -> pd.DataFrame:
    """Return what has these names, a row each: what was rated, then each rater's value or “”."""
    wanted = set(names)
    return pd.DataFrame(
        [
            [name, *(given[n] or "" for given in held.given)]
            for n, name in enumerate(held.things)
            if name in wanted
        ],
        columns=["what was rated", *held.raters],
    )


def _row(held: Ratings, of: Sequence[int], level: Level, scale: dict[str, float]) -> dict[str, Any]:
    """Return what some of the raters have in common."""
    numbers = sorted(set(scale.values()))
    given = [[None if v is None else scale[v] for v in held.given[rater]] for rater in of]
    counts = nominal.counts(given, numbers)
    figures: dict[str, float] = {}
    why: dict[str, str] = {}
    kinds: dict[str, Callable[[], float]] = {
        "percent": lambda: nominal.percent(counts),
        "alpha": lambda: nominal.alpha(counts, level, numbers),
    }
    for name, figure in kinds.items():
        try:
            figures[name] = figure()
        except Undefined as problem:
            figures[name], why[name] = float("nan"), problem.reason
    apart = [name for name, row in zip(held.things, counts, strict=True) if (row > 0).sum() > 1]
    return {
        "raters": " / ".join(held.raters[rater] for rater in of),
        "units": int((counts.sum(axis=1) >= 2).sum()),
        "apart": apart,
        **figures,
        "undefined": why,
    }


def _scale(given: set[str], level: Level, order: Sequence[str]) -> dict[str, float]:
    """Return each value and where it stands: its number, or its place in the order."""
    numbers = {value: _number(value) for value in given}
    words = sorted(value for value, number in numbers.items() if number is None)
    if order:
        if level in ("interval", "ratio"):
            raise Refused(
                f"The values of a scale at the level {level} are numbers; leave the order."
            )
        twice = next((value for value in order if order.count(value) > 1), None)
        if twice is not None:
            raise Refused(f"“{twice}” stands in the order twice. Name each value once.")
        strange = sorted(given - set(order))
        if strange:
            raise BadValue("A rating", strange[0], "one of " + ", ".join(order))
        return {value: float(place) for place, value in enumerate(order)}
    if words and level == "ordinal":
        raise Refused(
            f"Say which is higher: “{words[0]}” is no number. Name all values in order, from low "
            "to high."
        )
    if words and level != "nominal":
        raise BadValue("A rating", words[0], f"a number, as the level is {level}")
    if words:
        return {value: float(place) for place, value in enumerate(sorted(given))}
    found = {value: number for value, number in numbers.items() if number is not None}
    if level == "ratio" and min(found.values(), default=0.0) < 0:
        lowest = min(found, key=lambda value: found[value])
        raise BadValue("A rating", lowest, "0 or more, as the level is ratio")
    return dict(sorted(found.items(), key=lambda one: one[1]))


def _number(value: str) -> float | None:
    """Return the number that a field is, with a comma or a point; None for any other word."""
    plain = value.replace(",", ".", 1)
    if not plain.replace(".", "", 1).removeprefix("-").isdecimal() or not plain.isascii():
        return None
    return float(plain)
