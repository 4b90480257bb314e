"""Intervals by the bootstrap: the documents drawn anew, never units within them."""

import numpy as np
from numpy.typing import NDArray

from workbench.model import undefined

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def draws(documents: Bools, resamples: int, seed: int) -> Floats | None:
    """Return how often each document is taken in each draw; those that are not compared never.

    None where there are no draws, or fewer than two documents to draw from.
    """
    many = int(documents.sum())
    if many < 2 or not resamples:
        return None
    generator, places = np.random.default_rng(seed), np.flatnonzero(documents)
    out = np.zeros((resamples, len(documents)))
    for draw in out:
        taken = places[generator.integers(many, size=many)]
        draw[:] = np.bincount(taken, minlength=len(documents))
    return out


def interval(drawn: Floats | None, value: Floats) -> tuple[Floats, Floats, NDArray[np.object_]]:
    """Return the ends of the 95 % interval of each figure, and why where there is none.

    `drawn` has a row a draw. Draws without a value are left out; where more than half have
    none, there is no interval. Where the figure itself has no value, nothing is said.

    Source: B. Efron, R. Tibshirani (1993), An Introduction to the Bootstrap, ch. 13.
    """
    low, high = np.full(value.shape, np.nan), np.full(value.shape, np.nan)
    why = np.full(value.shape, "", dtype=object)
    known = np.isfinite(value)
    if drawn is None:
        why[known] = undefined.ONE_TRANSCRIPT
        return low, high, why
    held = np.isfinite(drawn).sum(axis=0)
    rare = held < len(drawn) / 2
    why[known & rare] = undefined.RARE
    good = np.flatnonzero(known & ~rare)
    ordered = np.sort(drawn[:, good], axis=0)  # what has no value comes last
    for out, share in ((low, 0.025), (high, 0.975)):
        place = share * (held[good] - 1)
        below = np.floor(place).astype(np.int64)
        above = np.minimum(below + 1, held[good] - 1)
        column = np.arange(len(good))
        least, most = ordered[below, column], ordered[above, column]
        out[good] = least + (place - below) * (most - least)
    return low, high, why
