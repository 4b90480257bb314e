"""Coefficients of codes that a unit has or has not, for many codes at once, from counts.

A count is a sum over documents, so it can be drawn anew for an interval and costs nothing
to add. Each function takes `Counts` and returns one figure a code, nan where it has none;
`why_undefined` says why.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from workbench.model import undefined

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Counts:
    """What two or more coders did to units, by document (or draw) and code.

    `units` are those that two coders or more looked at, `ratings` the looks at them, both by
    document alone; `given` counts the units that each coder gave the code (… × coders ×
    codes). `shares` sums the share of a unit's coders who gave it, `pairs` the ways in
    which two of them gave it over one less than its coders, and `apart` the share of its
    pairs of coders who were not of one mind. Characters count like units.
    """

    units: Floats
    ratings: Floats
    given: Floats
    shares: Floats
    pairs: Floats
    apart: Floats

    @property
    def coders(self) -> int:
        """How many coders are compared."""
        return int(self.given.shape[-2])

    def drawn(self, times: Floats) -> "Counts":
        """Return the sums over documents, each taken so often; a row of `times` is a draw."""
        draws, (_, coders, codes) = len(times), self.given.shape
        given = times @ self.given.reshape(len(self.given), -1)
        return Counts(
            times @ self.units,
            times @ self.ratings,
            given.reshape(draws, coders, codes),
            times @ self.shares,
            times @ self.pairs,
            times @ self.apart,
        )

    def pooled(self) -> "Counts":
        """Return the counts of all codes as of one, each unit once for each code."""
        many = self.shares.shape[-1]
        return Counts(
            self.units * many,
            self.ratings * many,
            self.given.sum(axis=-1, keepdims=True),
            self.shares.sum(axis=-1, keepdims=True),
            self.pairs.sum(axis=-1, keepdims=True),
            self.apart.sum(axis=-1, keepdims=True),
        )

    def only(self, code: int) -> "Counts":
        """Return the counts of one code."""
        some = slice(code, code + 1)
        return Counts(
            self.units,
            self.ratings,
            self.given[..., some],
            self.shares[..., some],
            self.pairs[..., some],
            self.apart[..., some],
        )

    def beside(self, other: "Counts") -> "Counts":
        """Return the same units with the codes of another beside these."""
        return Counts(
            self.units,
            self.ratings,
            np.concatenate([self.given, other.given], axis=-1),
            np.concatenate([self.shares, other.shares], axis=-1),
            np.concatenate([self.pairs, other.pairs], axis=-1),
            np.concatenate([self.apart, other.apart], axis=-1),
        )


def percent(counts: Counts) -> Floats:
    """Return the share of pairs of coders that agree on a unit."""
    return 1 - _over(counts.apart, _units(counts))


def positive(counts: Counts) -> Floats:
    """Return how likely another coder gave the code where one did.

    Source: D. Cicchetti, A. Feinstein (1990), J. Clinical Epidemiology 43:551-558.
    """
    return _over(counts.pairs, counts.given.sum(axis=-2))


def negative(counts: Counts) -> Floats:
    """Return how likely another coder did not give the code where one did not."""
    total = counts.given.sum(axis=-2)
    ratings = counts.ratings[..., None]
    return _over(ratings - 2 * total + counts.pairs, ratings - total)


def prevalence(counts: Counts) -> Floats:
    """Return the share of units with the code, the mean of the coders."""
    return _over(counts.shares, _units(counts))


def bias(counts: Counts) -> Floats:
    """Return how much more of the units the first coder gave the code than the second.

    Of more coders it is that of the one with most above the one with fewest.

    Source: T. Byrt, J. Bishop, J. Carlin (1993), J. Clinical Epidemiology 46:423-429.
    """
    if counts.coders == 2:
        return _over(counts.given[..., 0, :] - counts.given[..., 1, :], _units(counts))
    return _over(counts.given.max(axis=-2) - counts.given.min(axis=-2), _units(counts))


def cohen_kappa(counts: Counts) -> Floats:
    """Return Cohen's kappa of two coders (see `nominal.cohen_kappa`)."""
    _, _, expected = _margins(counts)
    return _above(percent(counts), expected)


def kappa_max(counts: Counts) -> Floats:
    """Return the highest kappa that the two coders' numbers leave possible."""
    first, second, expected = _margins(counts)
    return _above(1 - np.abs(first - second), expected)


def kappa_se(counts: Counts) -> Floats:
    """Return the standard error of kappa over many independent units (see `nominal.kappa_se`).

    nan where a coder gave every unit the same answer: kappa is 0 then, and cannot vary.
    """
    first, second, expected = _margins(counts)
    units = _units(counts)
    both = _over(counts.pairs / 2, units)
    kappa = _above(percent(counts), expected)
    neither = 1 - first - second + both
    agreed = both * (1 - (first + second) * (1 - kappa)) ** 2
    agreed += neither * (1 - (2 - first - second) * (1 - kappa)) ** 2
    apart = (first - both) * (second + 1 - first) ** 2 + (second - both) * (first + 1 - second) ** 2
    spread = agreed + (1 - kappa) ** 2 * apart - (kappa - expected * (1 - kappa)) ** 2
    varied = (first > 0) & (first < 1) & (second > 0) & (second < 1)
    error = np.sqrt(_over(np.maximum(spread, 0), units)) / (1 - expected)
    return np.where(varied, error, np.nan)


def pabak(counts: Counts) -> Floats:
    """Return kappa as if the code were on half the units and both gave it as often."""
    return 2 * percent(counts) - 1


def gwet_ac1(counts: Counts) -> Floats:
    """Return Gwet's AC1 (see `nominal.gwet_ac1`)."""
    share = prevalence(counts)
    return _above(percent(counts), 2 * share * (1 - share))


def fleiss_kappa(counts: Counts) -> Floats:
    """Return Fleiss' kappa; for two coders it is Scott's pi."""
    share = prevalence(counts)
    return _above(percent(counts), share**2 + (1 - share) ** 2)


def scott_pi(counts: Counts) -> Floats:
    """Return Scott's pi of two coders."""
    return fleiss_kappa(counts) if counts.coders == 2 else np.full(counts.pairs.shape, np.nan)


def alpha(counts: Counts) -> Floats:
    """Return Krippendorff's alpha, nominal (see `nominal.alpha`)."""
    total, ratings = counts.given.sum(axis=-2), counts.ratings[..., None]
    return 1 - _over((ratings - 1) * (total - counts.pairs), total * (ratings - total))


COEFFICIENTS: dict[str, Callable[[Counts], Floats]] = {
    "percent": percent,
    "positive": positive,
    "negative": negative,
    "kappa": cohen_kappa,
    "kappa_max": kappa_max,
    "kappa_se": kappa_se,
    "pabak": pabak,
    "ac1": gwet_ac1,
    "scott": scott_pi,
    "fleiss": fleiss_kappa,
    "alpha": alpha,
}
"""Column → its figure, in the order in which they are shown."""
NO_INTERVAL = ("kappa_max", "kappa_se")
_TWO = ("kappa", "kappa_max", "kappa_se", "scott")


def why_undefined(name: str, counts: Counts) -> str:
    """Return why a coefficient of `COEFFICIENTS` has no value for these counts, of one code."""
    if not counts.units.sum():
        return undefined.NO_PAIRS
    if name in _TWO and counts.coders != 2:
        return undefined.NOT_TWO
    if name == "kappa_se" and np.isfinite(cohen_kappa(counts)).all():
        return undefined.ONE_CODER
    return {"positive": undefined.NOT_USED, "negative": undefined.ALWAYS_USED}.get(
        name, undefined.NO_VARIATION
    )


def _units(counts: Counts) -> Floats:
    return counts.units[..., None]


def _margins(counts: Counts) -> tuple[Floats, Floats, Floats]:
    """Return each of two coders' shares, and the agreement that these alone would make."""
    if counts.coders != 2:
        none = np.full(counts.pairs.shape, np.nan)
        return none, none, none
    units = _units(counts)
    first, second = (_over(counts.given[..., coder, :], units) for coder in range(2))
    return first, second, first * second + (1 - first) * (1 - second)


def _above(agreed: Floats, expected: Floats) -> Floats:
    return _over(agreed - expected, 1 - expected)


def _over(part: Floats, whole: Floats) -> Floats:
    """Return part / whole, nan where the whole is nothing but what rounding leaves."""
    part, whole = np.broadcast_arrays(part, whole)
    out = np.full(part.shape, np.nan)
    np.divide(part, whole, out=out, where=np.abs(whole) > 1e-12)
    return out
