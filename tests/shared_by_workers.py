"""Folders that one worker fills for the whole run, and all workers read."""

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest


def folder(factory: pytest.TempPathFactory, name: str, fill: Callable[[Path], object]) -> Path:
    """Return the folder of that name, filled by whoever asks for it first.

    Others wait for it. What lies in it is read, or copied, never written.
    """
    base = factory.getbasetemp()
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    there, claimed = place / f"{name} once", place / f"{name} being made"
    while not there.exists():
        try:
            claimed.mkdir()
        except FileExistsError:
            time.sleep(0.1)
            continue
        try:
            if not there.exists():
                _fill(place / f"{name} begun", fill).rename(there)
        finally:
            claimed.rmdir()
    return there


def _fill(begun: Path, fill: Callable[[Path], object]) -> Path:
    shutil.rmtree(begun, ignore_errors=True)
    begun.mkdir()
    fill(begun)
    return begun
