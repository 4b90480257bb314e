"""What differs between a terminal and a pipe, with the program as it is installed."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from console import workbench

P = "garden.fwb"
PROGRAM = [sys.executable, "-m", "workbench"]
SHOUT = "[bold]Cara[/bold] \x1b[31mred\x9b31m\x07"
SEEN = "[bold]Cara[/bold] ␛[31mred�31m␇"


@pytest.fixture
def folder(garden: tuple[bytes, dict[str, str]], tmp_path: Path) -> Path:
    (tmp_path / P).write_bytes(garden[0])
    return tmp_path


def in_terminal(words: list[str], cwd: Path, kind: str = "dumb") -> str:
    """Run the program with all its output on a terminal; a dumb one knows no colours."""
    pty = pytest.importorskip("pty", reason="pseudo-terminals are Unix's")
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": kind, "COLUMNS": "100"}
    with subprocess.Popen(
        [*PROGRAM, *words], cwd=cwd, stdout=theirs, stderr=theirs, env=environment
    ) as process:
        os.close(theirs)
        read = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:
                break
            if not more:
                break
            read += more
    os.close(ours)
    assert process.returncode == 0, read
    return read.decode()


def test_names_that_would_move_the_cursor_are_made_visible(folder: Path) -> None:
    workbench("case", "add", P, SHOUT, cwd=folder)
    for words in (["cases", P], ["history", P, "-n", "1"], ["states", P]):
        out = workbench(*words, cwd=folder).out
        assert not set(out) & {"\x1b", "\x9b", "\x07"}
    assert SEEN in workbench("cases", P, cwd=folder).out
    assert SEEN in workbench("trace", P, f"{SHOUT} × 1.1", cwd=folder).out
    missing = workbench("trace", P, f"{SHOUT}? × 1.1", cwd=folder)
    assert missing.code == 2
    assert "\x1b" not in missing.err


def test_json_has_the_name_itself_and_no_control_character(folder: Path) -> None:
    workbench("case", "add", P, SHOUT, cwd=folder)
    out = workbench("cases", P, "--json", cwd=folder).out
    assert not set(out) & {"\x1b", "\x9b", "\x07"}
    assert json.loads(out)[-1]["case"] == SHOUT


def test_a_line_of_a_table_stays_a_line_in_a_pipe(folder: Path) -> None:
    workbench("statement", P, "gardener", "1.1", "Two\nlines\tand a tab.", cwd=folder)
    lines = workbench("statements", P, cwd=folder).out.splitlines()
    assert {line.count("\t") for line in lines} == {6}


def test_on_a_terminal_a_table_is_drawn_and_markup_is_only_text(folder: Path) -> None:
    workbench("case", "add", P, SHOUT, cwd=folder)
    seen = in_terminal(["cases", P], folder)
    assert "\t" not in seen
    assert "───" in seen
    assert SEEN in seen
    assert "\x1b[31m" not in seen


def test_a_table_that_is_too_wide_is_written_field_by_field_with_its_words_whole(
    garden: tuple[bytes, dict[str, str]], folder: Path
) -> None:
    lines = in_terminal(["codings", P], folder).replace("\r", "").splitlines()
    assert f"coding_id   {garden[1]['rain']}" in lines
    assert "quote       Rain keeps me away." in lines
    assert lines.count("") == lines.count("code        Barriers") + 5


def test_progress_is_for_a_terminal_and_never_in_a_pipe(folder: Path) -> None:
    files = []
    for n in range(3):
        file = folder / f"t{n}.txt"
        file.write_text(f"I: How many?\nP{n}: There are {n}.\n")
        files.append(file.name)
    piped = subprocess.run(
        [*PROGRAM, "import", "piped.fwb", *files], cwd=folder, capture_output=True, text=True
    )
    assert (piped.returncode, piped.stderr) == (0, "")
    assert piped.stdout.startswith("3 files: 3 transcripts, 6 turns, ")
    assert "Reading" not in piped.stdout
    assert "Reading" in in_terminal(["import", "seen.fwb", *files], folder, "xterm")


def test_the_installed_program_exits_as_its_main_says(folder: Path) -> None:
    version = subprocess.run([*PROGRAM, "--version"], capture_output=True, text=True)
    assert version.stdout.startswith("workbench ")
    wrong = subprocess.run(
        [*PROGRAM, "chart", "no.fwb"], cwd=folder, capture_output=True, text=True
    )
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert wrong.stderr.startswith("no.fwb is not a project")


def test_a_reader_that_goes_away_is_no_traceback(folder: Path) -> None:
    with subprocess.Popen(
        [*PROGRAM, "help", "tables"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
    assert b"Traceback" not in said
    assert b"did not foresee" not in said
