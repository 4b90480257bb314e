"""Work that takes longer than a page should wait: it goes on while other pages are looked at."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

_WORKER = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workbench")
_HELD: dict[str, "Future[Any]"] = {}
"""What was begun in this server, by name; the newest of a name."""


def begin(name: str, work: Callable[[], Any]) -> None:
    """Begin a piece of work, or leave it alone where it is under way."""
    if not is_under_way(name):
        _HELD[name] = _WORKER.submit(work)


def is_under_way(name: str) -> bool:
    """Whether work of that name was begun and has not come to its end."""
    return name in _HELD and not _HELD[name].done()


def has_ended(name: str) -> bool:
    """Whether work of that name has come to its end, good or bad."""
    return name in _HELD and _HELD[name].done()


def result(name: str) -> Any:
    """Return what the work has made.

    Raises:
        Exception: whatever ended it.
    """
    return _HELD[name].result()
