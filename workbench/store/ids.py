"""Ids of new rows: UUIDs of version 7, which sort by the time they were made.

Sorted ids keep the database's indexes appending instead of scattering. Source:
RFC 9562, section 5.7. Python 3.14 has `uuid.uuid7`; this serves the versions before.
"""

import os
import threading
import time
from collections.abc import Iterator


def ids_in_order() -> Iterator[str]:
    """Yield ids without end, each larger than the one before."""
    last = 0
    while True:
        now = time.time_ns() // 1_000_000
        last = max(last, now)
        for count, noise in enumerate(_noise()):
            yield _uuid7(last, count, noise)
        last += 1


def _noise() -> Iterator[int]:
    """Yield 4096 numbers of 62 random bits, read from the system in one go."""
    many = os.urandom(8 * 4096)
    for at in range(0, len(many), 8):
        yield int.from_bytes(many[at : at + 8], "big") >> 2


def _uuid7(milliseconds: int, count: int, noise: int) -> str:
    """Write 48 bits of time, 12 of count and 62 of noise as a version 7 UUID."""
    high = f"{milliseconds:012x}"
    low = f"{(0b10 << 62) | noise:016x}"
    return f"{high[:8]}-{high[8:]}-7{count:03x}-{low[:4]}-{low[4:]}"


_ids = ids_in_order()
_turn = threading.Lock()


def fresh_id() -> str:
    """Return an id that no row has, whichever thread or process asks."""
    with _turn:
        return next(_ids)


def _start_anew() -> None:
    """Give a forked process ids of its own."""
    global _ids, _turn
    _ids, _turn = ids_in_order(), threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)
