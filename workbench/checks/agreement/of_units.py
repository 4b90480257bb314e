"""Agreement on units that are given: what is counted, the coefficients, and sets of codes."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workbench.checks.agreement import counts as counting
from workbench.checks.agreement.compared import Choices, Compared, Unit
from workbench.checks.agreement.counts import Counts
from workbench.checks.agreement.intervals import draws, interval
from workbench.checks.agreement.sets import DISTANCES, Given, given
from workbench.checks.agreement.units import (
    Marks,
    Targets,
    characters,
    compared,
    counted,
    marks,
)
from workbench.model import undefined

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Why = list[dict[str, str]]


def of_units(held: Compared, unit: Unit, choices: Choices) -> pd.DataFrame:
    """Return the figures of each row of the table of agreement, without its labels."""
    every = [
        held.targets(children=choices.children),
        Targets.grouped(held.category, len(held.categories)),
        Targets.whole(len(held.codes)),
    ]
    if unit == "character":
        each = [
            characters(held.numbered, held.lengths, held.present, of, uncoded=choices.uncoded)
            for of in every
        ]
        table, why, taken = _counted(each, choices)
        table["kappa_se"] = np.nan
        for row in why:
            row["kappa_se"] = undefined.DEPENDENT
        _add_sets(table, why, None, taken, choices, len(held.codes))
    else:
        made = marks(held.numbered, held.units, len(held.codes))
        counts = compared(made, held.units, uncoded=choices.uncoded)
        first = counted(made, held.units, every[0], counts)
        with ThreadPoolExecutor(1) as beside:
            sets = beside.submit(lambda: list(_sets(held, made, counts, first.ratings)))
            others = [counted(made, held.units, of, counts) for of in every[1:]]
            table, why, taken = _counted([first, *others], choices)
            _add_sets(table, why, sets.result(), taken, choices, len(held.codes))
    table["undefined"] = pd.Series(why, dtype="object")
    return table


def _counted(each: Sequence[Counts], choices: Choices) -> tuple[pd.DataFrame, Why, Floats | None]:
    """Return the columns of the coefficients, why some have no value, and the draws."""
    codes, categories, any_code = each
    whole = codes.beside(categories).beside(any_code)
    taken = draws(whole.units > 0, choices.resamples, choices.seed)
    return *_coefficients(whole, codes.pooled(), taken, choices), taken


def _coefficients(
    whole: Counts, pooled: Counts, taken: Floats | None, choices: Choices
) -> tuple[pd.DataFrame, Why]:
    """Return the columns of the coefficients, the last row being all codes as one."""
    parts = [
        (_total(part), part.drawn(taken) if taken is not None else None, part)
        for part in (whole, pooled)
    ]
    size = whole.shares.shape[1] + 1
    by_side = np.concatenate([total.given[0] for total, *_ in parts], axis=-1).T
    units = np.repeat([parts[0][0].units[0], parts[1][0].units[0]], [size - 1, 1])
    columns: dict[str, object] = {
        "units": units.round().astype(np.int64),
        "by_side": _tuples(by_side.round().astype(np.int64)),
    }
    for name, figure in (("prevalence", counting.prevalence), ("bias", counting.bias)):
        columns[name] = np.concatenate([figure(total)[0] for total, *_ in parts])
    why: Why = [{} for _ in range(size)]
    for name, coefficient in counting.COEFFICIENTS.items():
        value = np.concatenate([coefficient(total)[0] for total, *_ in parts])
        columns[name] = value
        for row in np.flatnonzero(~np.isfinite(value)).tolist():
            of = parts[0][0].only(row) if row < size - 1 else parts[1][0]
            why[row][name] = counting.why_undefined(name, of)
        if name in counting.NO_INTERVAL or not choices.resamples:
            continue
        drawn = None
        if taken is not None:
            drawn = np.concatenate([coefficient(d) for _, d, _ in parts if d is not None], axis=1)
        add_interval(columns, why, name, value, drawn)
    return pd.DataFrame(columns), why


def add_interval(
    columns: dict[str, object], why: Why, name: str, value: Floats, drawn: Floats | None
) -> None:
    """Add the two ends of the interval of a column, and why where there is none."""
    low, high, because = interval(drawn, value)
    columns[f"{name}_low"], columns[f"{name}_high"] = low, high
    for row in np.flatnonzero(because != "").tolist():
        why[row][f"{name}_low"] = str(because[row])


def _sets(held: Compared, made: Marks, counts: Bools, ratings: Floats) -> Iterator[Given | None]:
    """Yield the sets of each category's codes, and then of all codes."""
    units = held.units
    order = np.argsort(made.unit * units.present.shape[1] + made.coder, kind="stable")
    made = Marks(made.unit[order], made.code[order], made.coder[order])
    category = held.category[made.code]
    short = np.int16 if len(held.categories) < 2**15 else np.int64  # sorted four times as fast
    order = np.argsort(category.astype(short), kind="stable")
    ends = np.searchsorted(category[order], np.arange(len(held.categories) + 1))
    for number, (low, high) in enumerate(pairwise(ends.tolist())):
        some = order[low:high]
        own = Marks(made.unit[some], made.code[some], made.coder[some])
        yield given(own, units, np.flatnonzero(held.category == number), counts, ratings)
    yield given(made, units, np.arange(len(held.codes)), counts, ratings)


def _add_sets(
    table: pd.DataFrame,
    why: Why,
    sets: Sequence[Given | None] | None,
    taken: Floats | None,
    choices: Choices,
    codes: int,
) -> None:
    """Add α of sets to the rows of categories and to that of all codes."""
    columns = {
        f"alpha_{kind}{end}": np.full(len(table), np.nan)
        for kind in DISTANCES
        for end in (("", "_low", "_high") if choices.resamples else ("",))
    }
    rows = [*range(codes, len(table) - 2), len(table) - 1]
    for row in range(len(table)):
        if row not in rows:
            why[row] |= dict.fromkeys((f"alpha_{kind}" for kind in DISTANCES), undefined.NO_SETS)
    for row, of in zip(rows, sets or [None] * len(rows), strict=True):
        if of is None:
            said = undefined.NO_UNIT_SETS if sets is None else undefined.MANY_SETS
            why[row] |= dict.fromkeys((f"alpha_{kind}" for kind in DISTANCES), said)
            continue
        times = of.drawn(taken) if taken is not None and of.is_drawn else None
        plain = of.plain() if times is None else {}
        for kind in DISTANCES:
            name = f"alpha_{kind}"
            drawn = None
            if taken is not None and times is not None:
                value, each = of.alphas(kind, taken, times)
                drawn = each[:, None]
            else:
                value = plain[kind]
            columns[name][row] = value
            if not np.isfinite(value):
                why[row][name] = undefined.NO_VARIATION if of.times[2].any() else undefined.NO_PAIRS
            if not choices.resamples:
                continue
            low, high, because = interval(drawn, np.array([value]))
            columns[f"{name}_low"][row], columns[f"{name}_high"][row] = low[0], high[0]
            if because[0]:
                said = undefined.MANY_SETS if taken is not None and times is None else because[0]
                why[row][f"{name}_low"] = str(said)
    for name, values in columns.items():
        table[name] = values


def _total(counts: Counts) -> Counts:
    return counts.drawn(np.ones((1, len(counts.units))))


def _tuples(rows: NDArray[np.int64]) -> pd.Series:
    return pd.Series([tuple(row) for row in rows.tolist()], dtype="object")
