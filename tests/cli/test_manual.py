"""What the manual shows is run, and has to come out as it is shown."""

import contextlib
import doctest
import re
import shlex
from pathlib import Path

import pytest
from console import PAGES, README, Ran, blocks, matches, workbench
from trying import some

from workbench.cli.main import command
from workbench.formats import tables
from workbench.model.published import VERDICTS
from workbench.project import manual, study_page
from workbench.project.figures import BY_NAME

ALL = sorted(PAGES.glob("*.md"))
NAMES = [page.stem for page in ALL]
WITH_PYTHON = [page for page in ALL if any(b.language == "python" for b in blocks(page))]


@pytest.mark.parametrize("page", some(ALL), ids=lambda page: page.stem)
def test_every_command_of_a_page_prints_what_the_page_shows(
    page: Path, demo: Path, demo_ran: tuple[Path, Ran]
) -> None:
    """The demo itself ran once for all pages."""
    for block in blocks(page):
        if block.file:
            file = demo / block.file
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(block.text, encoding="utf-8")
        for line, shown in block.commands() if block.language == "console" else ():
            program, *words = shlex.split(line)
            assert program == "workbench"
            ran = demo_ran[1] if words == ["demo"] else workbench(*words, cwd=demo)
            printed = ran.out + ran.err
            where = f"{page.name}, line {block.line}: $ {line}"
            assert matches(shown, printed), f"{where}\nshown:\n{shown}\nprinted:\n{printed}"


@pytest.mark.parametrize("page", WITH_PYTHON, ids=[page.stem for page in WITH_PYTHON])
def test_every_python_example_of_a_page_gives_what_the_page_shows(page: Path, demo: Path) -> None:
    names: dict[str, object] = {}
    for block in blocks(page):
        if block.language == "python":
            test = doctest.DocTestParser().get_doctest(
                block.text, names, page.stem, str(page), block.line
            )
            said: list[str] = []
            with contextlib.chdir(demo):
                doctest.DocTestRunner(verbose=False).run(test, out=said.append, clear_globs=False)
            names |= test.globs
            assert not said, "".join(said)


def test_a_page_that_shows_something_else_would_be_noticed() -> None:
    assert matches("a … d\n…\nend\n", "a b c d\n1\n2\nend\n")
    assert matches("…\nend\n", "end\n")
    assert not matches("a … d\n", "a b\n")
    assert not matches("a\n", "a\nb\n")
    assert not matches("a\n…\nend\n", "a\nend\nmore\n")


@pytest.mark.parametrize("page", ALL, ids=NAMES)
def test_a_page_begins_with_its_title_and_commands_are_where_they_are_run(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(r"# [A-Z].+\n\n", text)
    in_blocks = sum(b.text.count("\n$ ") + b.text.startswith("$ ") for b in blocks(page))
    assert len(re.findall(r"^\$ ", text, re.MULTILINE)) == in_blocks
    assert {b.language for b in blocks(page)} <= {
        "console",
        "python",
        "text",
        "csv",
        "yaml",
        "json",
    }


def _named(page: Path) -> list[str]:
    """Return what stands after `workbench` where a command is set as code."""
    text = page.read_text(encoding="utf-8")
    return re.findall(r"(?:`|\$ |bin/)workbench ([a-z-]+(?: [a-z]+)?)", text)


@pytest.mark.parametrize("page", [*ALL, README], ids=[*NAMES, "README"])
def test_every_command_that_a_page_names_is_there(page: Path) -> None:
    for words in _named(page):
        first, _, second = words.partition(" ")
        found = command().commands.get(first)
        assert found is not None, words
        if second and hasattr(found, "commands"):
            assert second in found.commands, words
        if first == "help" and second:
            assert second in NAMES, words


def test_the_manual_lists_every_page_with_its_title() -> None:
    ran = workbench("help")
    listed = dict(line.split(maxsplit=1) for line in ran.out.splitlines()[1:])
    titles = {p.stem: p.read_text(encoding="utf-8").splitlines()[0].lstrip("# ") for p in ALL}
    assert listed == titles
    assert tuple(listed) == manual.ORDER


@pytest.mark.parametrize("name", NAMES)
def test_help_prints_a_page_as_it_is(name: str) -> None:
    assert workbench("help", name).out.strip() == (PAGES / f"{name}.md").read_text("utf-8").strip()


def test_the_page_of_tables_gives_every_column_of_every_table() -> None:
    sections = re.split(r"^## ", (PAGES / "tables.md").read_text("utf-8"), flags=re.MULTILINE)
    told = {s.partition("\n")[0]: s for s in sections}
    for kind, columns in tables.COLUMNS.items():
        assert set(columns.known) <= set(re.findall(r"`([^`]+)`", told[kind])), kind
        header, row, *_ = re.search(r"```csv [^\n]*\n(.*?)```", told[kind], re.DOTALL)[1].split(
            "\n"
        )
        assert tables.kind(header.split(",")) == kind
        assert header.count(",") == row.count(",")


def test_the_page_of_studies_gives_every_column_field_verdict_and_figure() -> None:
    page = (PAGES / "studies.md").read_text("utf-8")
    renew = (
        'python -c "from pathlib import Path; from workbench.project.study_page import renewed; '
        "p = Path('workbench/help/studies.md'); p.write_text(renewed(p.read_text()))\""
    )
    assert study_page.renewed(page) == page, f"write its tables anew: {renew}"
    assert all(f"\n## {heading}\n\n" in page for heading in study_page.parts())
    assert set(study_page.MEANS) == set(VERDICTS)
    figures = page.partition("## The figures")[2]
    for name, figure in BY_NAME.items():
        row = re.search(rf"^\| `{name}` \|.*$", figures, re.MULTILINE)[0]
        assert all(f"`{key}`" in row for key in (*figure.needed, *figure.optional))


@pytest.mark.parametrize("what", ["| `series` |", "| `codings` |", "| equal |"])
def test_a_page_of_studies_that_lacks_something_would_be_noticed(what: str) -> None:
    page = (PAGES / "studies.md").read_text("utf-8")
    assert what in page
    broken = page.replace(what, "")
    assert study_page.renewed(broken) == page
