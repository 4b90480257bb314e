"""Ids of new rows: UUIDs of version 7, which sort by the time they were made.

Sorted ids keep the database's indexes appending instead of scattering. Source:
RFC 9562, section 5.7. Python 3.14 has `uuid.uuid7`; this serves the versions before.
"""

import os
import threading
import time
from collections.abc import Iterator
from itertools import islice


def ids_in_order() -> Iterator[str]:
    """Yield ids without end, each larger than the one before."""
    last = 0
    while True:
        now = time.time_ns() // 1_000_000
        last = max(last, now)
        yield from _of_one_moment(last)
        last += 1


_VARIANT = {digit: "89ab"[int(digit, 16) % 4] for digit in "0123456789abcdef"}
"""A random digit → one that begins with the two bits of the UUID's variant."""


def _of_one_moment(milliseconds: int) -> Iterator[str]:
    """Yield 4096 UUIDs of version 7: 48 bits of time, 12 of count and 62 of noise."""
    high, noise = f"{milliseconds:012x}", os.urandom(8 * 4096).hex()
    before = f"{high[:8]}-{high[8:]}-7"
    for count in range(4096):
        at = 16 * count
        variant, some, more = _VARIANT[noise[at]], noise[at + 1 : at + 4], noise[at + 4 : at + 16]
        yield f"{before}{count:03x}-{variant}{some}-{more}"


_ids = ids_in_order()
_turn = threading.Lock()


def fresh_id() -> str:
    """Return an id that no row has, whichever thread or process asks."""
    return fresh_ids(1)[0]


def fresh_ids(number: int) -> list[str]:
    """Return so many ids that no row has, each larger than the one before."""
    with _turn:
        return list(islice(_ids, number))


def _start_anew() -> None:
    """Give a forked process ids of its own."""
    global _ids, _turn
    _ids, _turn = ids_in_order(), threading.Lock()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_start_anew)
