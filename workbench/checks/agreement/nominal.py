"""Coefficients of agreement on units that are given: from tables and from counts of values.

A *table* is square, for two coders: the rows are the values that the first gave, the
columns those of the second, in the same order; a cell counts units. *Counts* have one
row a unit and one column a value: how many coders gave it to the unit. Coders may be
missing from a unit. A value that nobody used belongs among the columns if it could have
been used: AC1 and Brennan–Prediger depend on how many there are.

Agreement is a share from 0 to 1; a coefficient is 1 where all agree and 0 where they
agree as often as chance alone would make them. Where it has no value, `Undefined` says why.
"""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from workbench.errors import Undefined
from workbench.model import undefined

Floats = NDArray[np.float64]
Numbers = NDArray[Any]
Level = Literal["nominal", "ordinal", "interval", "ratio"]


def counts(ratings: Sequence[Sequence[object]], values: Sequence[object]) -> Floats:
    """Return the counts of ratings, one sequence a coder; None is a unit that a coder left out.

    >>> counts([["a", "b"], ["a", None]], ["a", "b"]).tolist()
    [[2.0, 0.0], [0.0, 1.0]]
    """
    place = {value: at for at, value in enumerate(values)}
    out = np.zeros((len(ratings[0]), len(values)))
    for coder in ratings:
        given = [(unit, place[value]) for unit, value in enumerate(coder) if value is not None]
        for unit, value in given:
            out[unit, value] += 1
    return out


def table(first: Sequence[object], second: Sequence[object], values: Sequence[object]) -> Floats:
    """Return the table of two coders; a unit that either left out is left out.

    >>> table(["a", "b", "b"], ["a", "a", None], ["a", "b"]).tolist()
    [[1.0, 0.0], [1.0, 0.0]]
    """
    place = {value: at for at, value in enumerate(values)}
    out = np.zeros((len(values), len(values)))
    for one, other in zip(first, second, strict=True):
        if one is not None and other is not None:
            out[place[one], place[other]] += 1
    return out


def cohen_kappa(table: Numbers, disagreement: Numbers | None = None) -> float:
    """Return Cohen's kappa; with weights of disagreement (0 on the diagonal) the weighted one.

    Raises:
        Undefined: there is no unit, or both coders gave every unit the same value.

    Source: J. Cohen (1960), Educational and Psychological Measurement 20:37-46; (1968),
    Psychological Bulletin 70:213-220.

    >>> round(cohen_kappa(np.array([[20, 5], [10, 15]])), 9)  # (.7 - .5) / (1 - .5)
    0.4
    """
    shares, rows, columns = _shares(table)
    weights = 1 - np.eye(len(shares)) if disagreement is None else np.asarray(disagreement, float)
    expected = float((weights * np.outer(rows, columns)).sum())
    if expected == 0:
        raise Undefined(undefined.NO_VARIATION)
    return 1 - float((weights * shares).sum()) / expected


def kappa_max(table: Numbers) -> float:
    """Return the highest kappa that the coders' own shares of each value leave possible.

    Raises:
        Undefined: as `cohen_kappa`.

    Source: J. Cohen (1960), p. 42.
    """
    _, rows, columns = _shares(table)
    return _above(float(np.minimum(rows, columns).sum()), float(rows @ columns))


def kappa_se(table: Numbers) -> float:
    """Return the standard error of kappa over many independent units.

    Raises:
        Undefined: as `cohen_kappa`.

    Source: J. Fleiss, J. Cohen, B. Everitt (1969), Psychological Bulletin 72:323-327.

    >>> round(kappa_se(np.array([[40, 10], [10, 40]])), 9)  # 2 √(.8 · .2 / 100)
    0.08
    """
    shares, rows, columns = _shares(table)
    kappa, expected = cohen_kappa(table), float(rows @ columns)
    both = rows + columns
    agreed = float((np.diag(shares) * (1 - both * (1 - kappa)) ** 2).sum())
    crossed = shares * (columns[:, None] + rows[None, :]) ** 2
    apart = (1 - kappa) ** 2 * float(crossed.sum() - np.trace(crossed))
    spread = agreed + apart - (kappa - expected * (1 - kappa)) ** 2
    return float(np.sqrt(max(spread, 0.0) / np.sum(table)) / (1 - expected))


def percent(counts: Numbers) -> float:
    """Return the share of pairs of coders that agree, the mean over units that two coded.

    Raises:
        Undefined: no unit has two coders.
    """
    held = np.asarray(counts, float)
    held = held[held.sum(axis=1) >= 2]
    if not len(held):
        raise Undefined(undefined.NO_PAIRS)
    coders = held.sum(axis=1)
    return float(((held * (held - 1)).sum(axis=1) / (coders * (coders - 1))).mean())


def brennan_prediger(counts: Numbers) -> float:
    """Return agreement above that of coders who choose among all values evenly.

    With two values it is PABAK, kappa as if both were as frequent and used alike; also
    known as Bennett's S and, for several coders, as Randolph's kappa.

    Raises:
        Undefined: no unit has two coders, or there is one value to choose.

    Source: R. Brennan, D. Prediger (1981), Educational and Psychological Measurement
    41:687-699; T. Byrt, J. Bishop, J. Carlin (1993), J. Clinical Epidemiology 46:423-429.
    """
    values = np.shape(counts)[1]
    return _above(percent(counts), 1 / max(values, 1))


def gwet_ac1(counts: Numbers) -> float:
    """Return Gwet's AC1, whose chance falls where one value is nearly always given.

    Raises:
        Undefined: no unit has two coders, or there is one value to choose.

    Source: K. Gwet (2008), British J. Mathematical and Statistical Psychology 61:29-48.
    """
    agreed, used = percent(counts), _used(counts)
    if len(used) < 2:
        raise Undefined(undefined.ONE_VALUE)
    return _above(agreed, float((used * (1 - used)).sum() / (len(used) - 1)))


def fleiss_kappa(counts: Numbers) -> float:
    """Return Fleiss' kappa for any number of coders; for two it is Scott's pi.

    Raises:
        Undefined: no unit has two coders, or all gave every unit the same value.

    Source: J. Fleiss (1971), Psychological Bulletin 76:378-382; where coders are missing,
    as K. Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed., ch. 2.
    """
    agreed, used = percent(counts), _used(counts)
    return _above(agreed, float((used**2).sum()))


def conger_kappa(counts: Numbers, coders: Numbers) -> float:
    """Return Conger's kappa: Cohen's for more than two, each coder with shares of the own.

    `coders` has one row a coder and one column a value: how many units got it.

    Raises:
        Undefined: as `fleiss_kappa`, or a coder coded nothing.

    Source: A. Conger (1980), Psychological Bulletin 88:322-328.
    """
    agreed, held = percent(counts), np.asarray(coders, float)
    if (held.sum(axis=1) == 0).any():
        raise Undefined(undefined.NO_PAIRS)
    shares = held / held.sum(axis=1, keepdims=True)
    expected = float((shares.mean(axis=0) ** 2 - shares.var(axis=0, ddof=1) / len(shares)).sum())
    return _above(agreed, expected)


def scott_pi(table: Numbers) -> float:
    """Return Scott's pi, whose chance knows one share of each value for both coders.

    Raises:
        Undefined: as `cohen_kappa`.

    Source: W. Scott (1955), Public Opinion Quarterly 19:321-325.
    """
    shares, rows, columns = _shares(table)
    return _above(float(np.trace(shares)), float((((rows + columns) / 2) ** 2).sum()))


def alpha(
    counts: Numbers, level: Level = "nominal", values: Sequence[float] | None = None
) -> float:
    """Return Krippendorff's alpha of values at a level of measurement; coders may be missing.

    Columns stand in the order of their values; for interval and ratio `values` says what
    they are. Units with one coder do not count.

    Raises:
        Undefined: no unit has two coders, or all gave every unit the same value.

    Source: K. Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    held = np.asarray(counts, float)
    held = held[held.sum(axis=1) >= 2]
    if not len(held):
        raise Undefined(undefined.NO_PAIRS)
    totals = held.sum(axis=0)
    apart = _DISTANCES[level](totals, np.asarray(values if values is not None else [], float))
    return alpha_of_distances(held, apart)


def alpha_of_distances(counts: Numbers, apart: Floats) -> float:
    """Return Krippendorff's alpha where `apart` says how far each value is from each other.

    Raises:
        Undefined: as `alpha`.
    """
    held = np.asarray(counts, float)
    held = held[held.sum(axis=1) >= 2]
    if not len(held):
        raise Undefined(undefined.NO_PAIRS)
    pairs = (held / (held.sum(axis=1, keepdims=True) - 1)).T @ held
    totals = held.sum(axis=0)
    expected = float(totals @ apart @ totals) / float(totals.sum() - 1)
    if expected == 0:
        raise Undefined(undefined.NO_VARIATION)
    return 1 - float((pairs * apart).sum()) / expected


def _nominal(totals: Floats, _: Floats) -> Floats:
    return 1 - np.eye(len(totals))


def _ordinal(totals: Floats, _: Floats) -> Floats:
    """Return how many values lie between two, the two themselves half, squared."""
    middle = np.cumsum(totals) - totals / 2
    return np.asarray((middle[:, None] - middle[None, :]) ** 2)


def _interval(_: Floats, values: Floats) -> Floats:
    return np.asarray((values[:, None] - values[None, :]) ** 2)


def _ratio(_: Floats, values: Floats) -> Floats:
    sums = values[:, None] + values[None, :]
    return np.asarray(((values[:, None] - values[None, :]) / np.where(sums, sums, 1)) ** 2)


_DISTANCES: dict[Level, Callable[[Floats, Floats], Floats]] = {
    "nominal": _nominal,
    "ordinal": _ordinal,
    "interval": _interval,
    "ratio": _ratio,
}


def _shares(table: Numbers) -> tuple[Floats, Floats, Floats]:
    """Return the table as shares of all units, and its sums by row and by column."""
    held = np.asarray(table, float)
    if not held.sum():
        raise Undefined(undefined.NO_PAIRS)
    shares = held / held.sum()
    return shares, shares.sum(axis=1), shares.sum(axis=0)


def _used(counts: Numbers) -> Floats:
    """Return how often each value was given: the mean over units of its share in a unit."""
    held = np.asarray(counts, float)
    coders = held.sum(axis=1)
    held, coders = held[coders > 0], coders[coders > 0]
    return np.asarray((held / coders[:, None]).mean(axis=0))


def _above(agreed: float, expected: float) -> float:
    if np.isclose(expected, 1, rtol=0, atol=1e-12):
        raise Undefined(undefined.NO_VARIATION)
    return (agreed - expected) / (1 - expected)
