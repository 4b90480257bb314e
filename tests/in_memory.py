"""A temporary folder in memory: the tests make thousands of small files and wait for each."""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  # the folder of Linux that is kept in memory
ENOUGH = 2 * 2**30


def folder() -> Path | None:
    """Make everything temporary go to a new folder in memory, and return it.

    None where there is no such memory or too little of it, or where TMPDIR says where
    temporary files are to go: TMPDIR=/tmp keeps them for a look.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK):
        return None
    if shutil.disk_usage(MEMORY).free < ENOUGH:
        return None
    made = Path(tempfile.mkdtemp(prefix="workbench-tests-", dir=MEMORY))
    made.chmod(0o755)  # PostgreSQL runs as a user of its own below it
    os.environ["TMPDIR"] = tempfile.tempdir = str(made)
    return made
