"""How much of a long list of trials is run: all of it in CI, a part of it by hand."""

import datetime
import os
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import settings

_T = TypeVar("_T")
_ALL = bool(os.environ.get("CI"))


def often(number: int, **more: object) -> settings:
    """Return settings with so many examples in CI, and a third of them elsewhere."""
    return settings(max_examples=number if _ALL else -(-number // 3), **more)


def some(cases: Sequence[_T], later: int = 0) -> Sequence[_T]:
    """Return all cases in CI, and every third elsewhere: all of them in three days.

    Lists whose same place takes long are given another day by `later`.
    """
    return cases if _ALL else cases[(datetime.date.today().toordinal() + later) % 3 :: 3]
