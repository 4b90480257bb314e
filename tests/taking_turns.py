"""Longer tests take turns, so that a second run of all is short; `make test` says how many wait.

With `--within SECONDS` a run has as many tests as it has time for in each of its processes: all
short ones, all that are new, failed last, or stand in a file that was changed, all that need a
browser, and of the others those that passed longest ago, which have a quarter of the time
whatever the first take. A run without it has all tests. Each
run keeps in pytest's cache how long each test took and when it passed.
"""

import hashlib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHORT = 0.1
"""Seconds up to which a test is in every run."""
LEAST = 0.25
"""The share of the time that those which take turns have, however long the others take."""
_KEY = "workbench/turns"
_BROWSER = "tests/browser/"


class Turns:
    """Chooses the tests of a run, and keeps how they went."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._within: float | None = config.getoption("--within")
        self._cache = getattr(config, "cache", None)
        held = self._cache.get(_KEY, None) if self._cache else None
        self._run: int = held["run"] + 1 if held else 1
        self._tests: dict[str, list[Any]] = held["tests"] if held else {}
        """Seconds, number of the run, and hash of the file of each test that passed last."""
        self._took: Counter[str] = Counter()
        self._failed: set[str] = set()
        self._waiting = 0

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Take out the tests whose turn comes in a later run."""
        if self._within is None:
            return
        processes = int(getattr(self._config, "workerinput", {}).get("workercount", 1))
        free = self._within * processes
        free -= sum(self._tests.get(i.nodeid, [0])[0] for i in items if not self._may_wait(i))
        free = max(free, LEAST * self._within * processes)
        left: set[str] = set()
        may_wait = [item.nodeid for item in items if self._may_wait(item)]
        for test in sorted(may_wait, key=lambda t: (self._tests[t][1], self._tests[t][0], t)):
            took = self._tests[test][0]
            if took > free:
                left.add(test)
            else:
                free -= took
        waiting = [item for item in items if item.nodeid in left]
        items[:] = [item for item in items if item.nodeid not in left]
        self._config.hook.pytest_deselected(items=waiting)
        self._waiting = len(waiting)
        if hasattr(self._config, "workeroutput"):
            self._config.workeroutput["waiting"] = self._waiting

    def _may_wait(self, item: pytest.Item) -> bool:
        took, _, file = self._tests.get(item.nodeid, (0.0, 0, ""))
        known = took > SHORT and not item.nodeid.startswith(_BROWSER)
        return known and file == _hash(item.path)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        """Hear from a process how many tests wait."""
        self._waiting = max(self._waiting, getattr(node, "workeroutput", {}).get("waiting", 0))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add up how long a test takes, and note whether it failed."""
        self._took[report.nodeid] += report.duration
        if report.failed:
            self._failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Keep how the tests of this run went; one process does it for all."""
        if hasattr(self._config, "workerinput") or not self._took or not self._cache:
            return
        for test, seconds in self._took.items():
            file = self._config.rootpath / test.partition("::")[0]
            self._tests[test] = [round(seconds, 3), self._run, _hash(file)]
        for test in self._failed:
            del self._tests[test]
        self._cache.set(_KEY, {"run": self._run, "tests": self._tests})

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say how many tests wait for a later run."""
        if self._waiting:
            terminalreporter.write_line(
                f"{self._waiting} longer tests, which passed in an earlier run, wait for their "
                "turn in a later one. `make test ALL=yes` runs all."
            )


@cache
def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else ""
