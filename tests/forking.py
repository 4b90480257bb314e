"""A process that has loaded the app once, and parts into a server for each test.

To load it takes longer than many a test. The servers are those of `workbench ui` but for that;
`test_newcomer` has one that starts alone.
"""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from importlib import import_module
from pathlib import Path
from typing import IO

HOUSE = Path(__file__).resolve().parents[1]
LOADED = (
    "streamlit.web.bootstrap",
    "streamlit.web.server.starlette",
    "plotly.graph_objects",
    "pandas",
    "workbench.cli.main",
    "workbench.cli.serving",
    "workbench.ui.shell",
    *(
        f"workbench.ui.pages.{page.stem}"
        for page in sorted((HOUSE / "workbench" / "ui" / "pages").glob("[a-z]*.py"))
    ),
)


class Loaded:
    """The process that has loaded the app; asked for a server, it parts into one."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(HOUSE)},
        )

    def serve(self, arguments: list[str], who: str, folder: Path, log: Path) -> int:
        """Run `workbench` with these arguments in a folder; return the number of its process."""
        wish = {"arguments": arguments, "who": who, "folder": str(folder), "log": str(log)}
        print(json.dumps(wish), file=_open(self.process.stdin), flush=True)
        return int(_open(self.process.stdout).readline())

    def stop(self) -> None:
        _open(self.process.stdin).close()
        self.process.wait(20)
        _open(self.process.stdout).close()


def serve_alone(arguments: list[str], who: str, folder: Path, log: Path) -> int:
    """Run `workbench` as a person starts it, all loaded anew; return the number of its process."""
    with log.open("w") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "workbench", *arguments],
            stdout=told,
            stderr=subprocess.STDOUT,
            env={**os.environ, "WORKBENCH_USER": who, "PYTHONPATH": str(HOUSE)},
            cwd=folder,
        )
    threading.Thread(target=process.wait, daemon=True).start()
    return process.pid


def is_running(process: int) -> bool:
    """Whether there is a process of that number."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def end(process: int) -> None:
    """Ask a process to end, and wait until it has."""
    os.kill(process, signal.SIGTERM)
    for _ in range(400):
        if not is_running(process):
            return
        time.sleep(0.05)
    raise AssertionError("the server did not stop")


def _open(end_of: IO[str] | None) -> IO[str]:
    assert end_of is not None
    return end_of


def _run(arguments: list[str], who: str, folder: str, log: str) -> None:
    for number, way, place in ((0, os.O_RDONLY, os.devnull), (1, os.O_WRONLY | os.O_CREAT, log)):
        os.dup2(os.open(place, way), number)
    os.dup2(1, 2)
    os.chdir(folder)
    os.environ["WORKBENCH_USER"] = who
    sys.argv = ["workbench", *arguments]
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    import_module("workbench.cli.main").main()


def main() -> None:
    """Load the app; then part into a server for each line that comes, and say its number."""
    for name in LOADED:
        import_module(name)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        process = os.fork()
        if not process:
            try:
                _run(**json.loads(line))
            finally:
                os._exit(0)
        print(process, flush=True)


if __name__ == "__main__":
    main()
