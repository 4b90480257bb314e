"""Agreement where a unit has several codes at once: each coder's codes are one value, a set.

A set is a row of an array of booleans, one column a code. Two sets without any code are
the same; a set without codes is wholly another than one with some.
"""

from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Distance = Literal["jaccard", "masi"]


def distances(sets: Bools, others: Bools, kind: Distance = "masi") -> Floats:
    """Return how far each set is from each of the others: 0 is the same, 1 shares no code.

    Jaccard's distance is the share of the codes of either that are not in both. MASI is
    1 − likeness × shape, likeness being 1 − Jaccard's distance and shape 1 for the same
    sets, ⅔ where one holds the other, ⅓ where they cross, 0 where they share nothing.

    Source: R. Passonneau (2006), Measuring agreement on set-valued items (MASI), LREC,
    831-836.

    >>> a, b = np.array([[True, True, False]]), np.array([[True, False, False]])
    >>> distances(a, b, "jaccard").item(), round(distances(a, b).item(), 3)
    (0.5, 0.667)
    """
    sizes, of = sets.sum(axis=1, dtype=np.float32), others.sum(axis=1, dtype=np.float32)
    both = sets.astype(np.float32) @ others.astype(np.float32).T
    either = sizes[:, None] + of[None, :] - both
    like = np.where(either > 0, both / np.maximum(either, 1), 1).astype(np.float64)
    if kind == "jaccard":
        return np.asarray(1 - like)
    least = np.minimum(sizes[:, None], of[None, :])
    shape = np.where(both == either, 1.0, np.where(both == least, 2 / 3, 1 / 3))
    return np.asarray(1 - like * shape)
