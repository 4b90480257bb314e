"""From two own transcripts to a chart in Excel, by the five commands that the README shows."""

import re
import shlex
from pathlib import Path

import openpyxl
import pytest
from console import README, Ran, workbench

OLA = """\
Interviewer: How was it to get the scan?
Ola: Easy for once. They told me that the machine was just down the hall.
Interviewer: And before that?
Ola: Before that I waited eleven weeks for a letter.
"""
KARI = """\
Interviewer: How was it to get the scan?
Kari: I never got it. Mine got lost between two offices.
Interviewer: Who found it?
Kari: Nobody found it. I gave up and paid.
"""
QUOTE = "the machine was just down the hall"


def five_commands() -> list[list[str]]:
    """Return the commands of the README's section on one's own transcripts, as words."""
    section = re.search(
        r"^## From your own transcripts.*?^```console\n(.*?)^```",
        README.read_text(encoding="utf-8"),
        re.MULTILINE | re.DOTALL,
    )
    assert section is not None
    lines = [line.removeprefix("$ ") for line in section[1].splitlines() if line.startswith("$ ")]
    return [shlex.split(line) for line in lines]


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Ran]]:
    """The folder in which a newcomer typed the five commands, and what each said."""
    folder = tmp_path_factory.mktemp("newcomer")
    (folder / "ola.txt").write_text(OLA, encoding="utf-8")
    (folder / "kari.txt").write_text(KARI, encoding="utf-8")
    return folder, [workbench(*words[1:], cwd=folder, who="me") for words in five_commands()]


def test_the_readme_shows_five_commands_that_each_succeed(journey: tuple[Path, list[Ran]]) -> None:
    _, ran = journey
    assert len(ran) == 5
    assert [(r.code, r.err) for r in ran] == [(0, "")] * 5
    assert all(r.out.strip() for r in ran)


def test_the_import_says_what_came_in(journey: tuple[Path, list[Ran]]) -> None:
    _, ran = journey
    words = len((OLA + KARI).split())
    assert ran[0].out == f"2 files: 2 transcripts, 8 turns, {words} words, 2 cases.\n"


def test_the_workbook_has_the_coding_in_its_cell_and_in_its_evidence(
    journey: tuple[Path, list[Ran]],
) -> None:
    folder, _ = journey
    book = openpyxl.load_workbook(folder / "chart.xlsx")
    evidence = [row for row in book["Evidence"].iter_rows(values_only=True) if any(row)]
    (coding,) = (dict(zip(evidence[0], row, strict=True)) for row in evidence[1:])
    assert coding["Quote"] == QUOTE
    assert coding["Transcript"] == coding["Case"] == "ola"
    assert (coding["Start"], coding["Stop"]) == (OLA.index(QUOTE), OLA.index(QUOTE) + len(QUOTE))
    assert coding["Speaker"] == "Ola"
    assert coding["Coder"] == "me"
    assert coding["Code"] == "1.1 Easy access"

    chart = [row for row in book["Access"].iter_rows(values_only=True) if any(row)]
    cells = {row[0]: dict(zip(chart[0], row, strict=True)) for row in chart[1:]}
    assert cells.keys() == {"ola", "kari"}
    assert "indexed, not charted" in str(cells["ola"]["1.1 Easy access"])
    assert cells["kari"]["1.1 Easy access"] is None


def test_what_is_in_the_chart_can_be_traced_and_undone(journey: tuple[Path, list[Ran]]) -> None:
    folder, _ = journey
    traced = workbench("trace", "study.fwb", "ola × 1.1", cwd=folder)
    assert QUOTE in traced.out
    assert workbench("check", "study.fwb", cwd=folder).code == 0
    undone = [workbench("undo", "study.fwb", cwd=folder).out.split(":")[0] for _ in range(3)]
    assert undone == ["Undone"] * 3
    assert workbench("transcripts", "study.fwb", "--json", cwd=folder).out == "[]\n"
