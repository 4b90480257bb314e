"""A run that has not the time for all tests has the right ones."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = """
from taking_turns import Turns

def pytest_addoption(parser):
    parser.addoption("--within", type=float)

def pytest_configure(config):
    config.pluginmanager.register(Turns(config), "turns")
"""
SHORT, LONG = "test_s.py::test_short", [f"test_l.py::test_long[{n}]" for n in range(4)]
LONG_TESTS = """
import pytest

@pytest.mark.parametrize("n", range(4))
def test_long(n):
    pass
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with tests of which a first run is over, a short one and four of 2, 3, 4 and 5 s."""
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_s.py").write_text("def test_short():\n    pass\n")
    (tmp_path / "test_l.py").write_text(LONG_TESTS)
    assert ran(tmp_path) == {SHORT, *LONG}
    lasting(tmp_path, {test: 2.0 + n for n, test in enumerate(LONG)})
    return tmp_path


def ran(folder: Path, *options: str, passing: bool = True) -> set[str]:
    """Return the tests that a run has."""
    return {test for test, _ in told(folder, *options, passing=passing)[0]}


def told(folder: Path, *options: str, passing: bool = True) -> tuple[set[tuple[str, str]], str]:
    """Return the tests that a run has, each with its outcome, and all that the run prints."""
    env = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
    env["PYTHONPATH"] = str(Path(__file__).parent)
    command = [sys.executable, "-m", "pytest", "-q", "-rA", "--rootdir", ".", *options]
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == (0 if passing else 1), done.stdout + done.stderr
    lines = re.findall(r"^(PASSED|FAILED) (\S+)", done.stdout, re.MULTILINE)
    return {(test, outcome) for outcome, test in lines}, done.stdout


def lasting(folder: Path, seconds: dict[str, float]) -> None:
    """Say how long tests took."""
    file = folder / ".pytest_cache" / "v" / "workbench" / "turns"
    held = json.loads(file.read_text())
    for test, took in seconds.items():
        held["tests"][test][0] = took
    file.write_text(json.dumps(held))


def test_those_that_waited_longest_come_first_and_the_short_ones_always(folder: Path):
    assert ran(folder, "--within", "6") == {SHORT, *LONG[:2]}
    lasting(folder, {LONG[0]: 2.0, LONG[1]: 3.0})
    assert ran(folder, "--within", "9.5") == {SHORT, *LONG[2:]}
    lasting(folder, {LONG[2]: 4.0, LONG[3]: 5.0})
    assert ran(folder, "--within", "4") == {SHORT, LONG[0]}


def test_how_many_wait_is_said_before_the_closing_line(folder: Path):
    *before, closing = told(folder, "--within", "6")[1].strip().splitlines()
    (said,) = (line for line in before if "longer tests" in line)
    assert said.startswith("2 longer tests, which passed in an earlier run, wait for their turn")
    assert closing.startswith("3 passed, 2 deselected in ")


def test_several_processes_have_the_time_of_all_and_agree(folder: Path):
    tests, said = told(folder, "--within", "3", "-n", "2")
    assert {test for test, _ in tests} == {SHORT, *LONG[:2]}
    assert "2 longer tests, which passed" in said


def test_without_a_limit_all_run(folder: Path):
    assert ran(folder) == {SHORT, *LONG}
    assert "longer tests" not in told(folder)[1]


def test_what_failed_runs_again_and_again(folder: Path):
    failing = "__import__('time').sleep(0.2 * (n == 3)); assert n != 3"
    (folder / "test_l.py").write_text(LONG_TESTS.replace("pass", failing))
    tests, _ = told(folder, passing=False)
    assert (LONG[3], "FAILED") in tests
    lasting(folder, {test: 2.0 + n for n, test in enumerate(LONG[:3])})
    for _ in range(2):
        assert ran(folder, "--within", "0", passing=False) == {SHORT, LONG[3]}


def test_a_changed_file_has_no_test_that_waits_until_each_has_passed(folder: Path):
    with (folder / "test_l.py").open("a") as file:
        file.write("\n\ndef test_new():\n    pass\n")
    new = "test_l.py::test_new"
    assert ran(folder, "--within", "0", "-k", "short or 1 or new") == {SHORT, LONG[1], new}
    lasting(folder, {LONG[1]: 3.0})
    assert ran(folder, "--within", "0") == {SHORT, new, LONG[0], LONG[2], LONG[3]}


def test_those_in_the_browser_do_not_wait(folder: Path):
    place = folder / "tests" / "browser"
    place.mkdir(parents=True)
    (place / "test_b.py").write_text("def test_shown():\n    pass\n")
    shown = "tests/browser/test_b.py::test_shown"
    assert shown in ran(folder)
    lasting(folder, {shown: 50.0, **dict.fromkeys(LONG, 20.0)})
    assert ran(folder, "--within", "51") == {SHORT, shown}
    # those that take turns have a quarter of the time, whatever the others take
    lasting(folder, {shown: 50.0, LONG[0]: 2.0, LONG[1]: 2.0})
    assert ran(folder, "--within", "8") == {SHORT, shown, LONG[0]}
