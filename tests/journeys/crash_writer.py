"""Writes codings until it is killed: the child of `test_crash`.

Each line on standard input is the path of a project. For each, a process of its own is
forked (the imports are done once), opens the project, gives codes and says the id of
each coding on standard output as soon as the edit has returned. When that process has
ended, by a signal or by itself, “ended” is said.
"""

import os
import sys

from workbench.project import edits
from workbench.project.door import open_project

WRITES = 200


def say(line: str) -> None:
    """Write a line in one piece, so that a killed process leaves no half of one."""
    os.write(1, f"{line}\n".encode())


def write(path: str) -> None:
    """Give one code to one character after the other, saying what was acknowledged."""
    project = open_project(path, who="bo")
    say(f"process {os.getpid()}")
    for place in range(WRITES):
        made = edits.code(project, "long", place, place + 1, "1.1")
        say(f"coding {made.coding_id}")


def main() -> None:
    """Fork one writer a line, and wait for its end."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            write(line.rstrip("\n"))
            os._exit(0)
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
