"""How often properties over whole projects are tried: often in CI, a few times by hand."""

import os

from hypothesis import settings


def often(number: int, **more: object) -> settings:
    """Return settings with so many examples in CI, and a third of them elsewhere."""
    return settings(max_examples=number if os.environ.get("CI") else -(-number // 3), **more)
