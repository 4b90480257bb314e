"""The command line run in this process, and the pages of the manual as things to run."""

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from workbench.cli.main import main

PAGES = Path(__file__).parents[1] / "workbench" / "help"
README = Path(__file__).parents[1] / "README.md"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def workbench(*args: str | Path, cwd: Path | None = None, who: str = "ingrid") -> Ran:
    """Run `workbench ARGS` as the installed program runs it, output into a pipe."""
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.object(sys, "argv", ["workbench", *map(str, args)]),
        mock.patch.dict(os.environ, {"WORKBENCH_USER": who, "COLUMNS": "80"}),
        contextlib.chdir(cwd or Path.cwd()),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
            code = 0
        except SystemExit as error:
            code = error.code if isinstance(error.code, int) else int(error.code is not None)
    return Ran(code, out.getvalue(), err.getvalue())


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of a page: the language, the file it is, and its lines."""

    page: str
    line: int
    language: str
    file: str
    text: str

    def commands(self) -> Iterator[tuple[str, str]]:
        """Yield each command of a console block with the output the page shows."""
        for part in re.split(r"^\$ ", self.text, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield command, output


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a Markdown page; ```csv codings.csv is a file."""
    text = page.read_text(encoding="utf-8")
    return [
        Block(page.stem, text[: m.start()].count("\n") + 1, m[1], m[2].strip(), m[3])
        for m in re.finditer(r"^```(\w*)([^\n]*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    ]


def matches(shown: str, printed: str) -> bool:
    """Tell whether an output is the one shown, where … stands for anything.

    On a line of its own … stands for any number of lines, within a line for any words.
    """
    pattern = ""
    for line in shown.splitlines():
        within = r"[^\n]*".join(re.escape(part) for part in line.split("…"))
        pattern += r"(?:[^\n]*\n)*?" if line == "…" else rf"{within}\n"
    return re.fullmatch(pattern, printed) is not None
