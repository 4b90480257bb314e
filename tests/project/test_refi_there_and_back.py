"""Any project, written for others and read again, is the same but for what is told."""

import itertools
import tempfile
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import builders
import pytest
from drawn_projects import made, projects, segment
from hypothesis import Phase, find, given, settings
from likeness import differing, plain
from openpyxl import load_workbook
from refi_round import there_and_back
from trying import often

from workbench.model.transcript import with_lf
from workbench.project import studies
from workbench.project.door import create

SERIAL = itertools.count()
EVIDENCE = "Evidence"


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    return tmp_path_factory.mktemp("properties")


def segments(drawn: dict) -> list[list[tuple[int, int]]]:
    """Return the codings of each text as they are made of what was drawn."""
    found: list[list[tuple[int, int]]] = [[] for _ in drawn["texts"]]
    for number, one, other, *_ in drawn["codings"]:
        found[number].append(segment(with_lf(drawn["texts"][number]), one, other))
    return found


def some(drawn: dict, alike: Callable[[int, int, int, int], bool]) -> bool:
    """Whether two codings of a text stand so to one another, the first beginning earlier."""
    pairs = (pair for of in segments(drawn) for pair in combinations(sorted(of), 2))
    return any(alike(*one, *other) for one, other in pairs)


WANTED = {
    "emoji": lambda drawn: any("🌱" in text or "👩" in text for text in drawn["texts"]),
    "line ends of Windows": lambda drawn: any("\r\n" in text for text in drawn["texts"]),
    "overlapping": lambda drawn: some(drawn, lambda a, b, c, d: a < c < b < d),
    "nested": lambda drawn: some(drawn, lambda a, b, c, d: a < c < d < b),
    "all": lambda drawn: all(of(drawn) for what, of in WANTED.items() if what != "all"),
}


@pytest.mark.parametrize("what", WANTED)
def test_what_is_drawn_has_what_makes_it_hard(what) -> None:
    """Within so many draws as a run of the properties makes."""
    few = settings(max_examples=400, phases=[Phase.generate], database=None, derandomize=True)
    find(projects(), WANTED[what], settings=few)


@given(drawn=projects())
@often(60)
def test_any_project_written_and_read_again_is_the_same_but_for_what_is_told(place, drawn) -> None:
    n = next(SERIAL)
    with (
        tempfile.TemporaryDirectory(dir=place) as folder,
        create(Path(folder) / f"a{n}.fwb", who="anna") as first,
        create(Path(folder) / f"b{n}.fwb", who="zoe") as second,
    ):
        made(first, drawn)
        told = there_and_back(first, Path(folder), second)
        assert told <= {"original files"}
        assert set(differing(first, second)) <= {"original"}
        assert plain(first)["code_version"]


@given(drawn=projects())
@often(18)
def test_any_project_as_a_study_folder_is_the_same_but_for_what_is_told(place, drawn) -> None:
    n = next(SERIAL)
    with (
        tempfile.TemporaryDirectory(dir=place) as folder,
        create(Path(folder) / f"a{n}.fwb", who="anna") as first,
        create(Path(folder) / f"b{n}.fwb", who="zoe") as second,
    ):
        made(first, drawn)
        told = {o.what for o in first.export_study(Path(folder) / "out").left_out}
        studies.build(second, Path(folder) / "out")
        assert plain(second)["transcript_version"] == plain(first)["transcript_version"]
        assert not {"coding", "case_span", "statement"} & set(differing(first, second)) - told
        assert second.check() == []


@given(drawn=projects())
@often(12)
def test_any_project_in_excel_has_its_quotes_and_comes_back_unchanged(place, drawn) -> None:
    n = next(SERIAL)
    with (
        tempfile.TemporaryDirectory(dir=place) as folder,
        create(Path(folder) / f"a{n}.fwb", who="anna") as project,
    ):
        made(project, drawn)
        path, before = Path(folder) / "chart.xlsx", builders.live(project)
        project.export(path)
        book = load_workbook(path)
        head, *rows = book[EVIDENCE].iter_rows(values_only=True) if EVIDENCE in book else [()]
        at = [head.index(name) for name in ("Coding", "Start", "Stop") if head]
        listed = {tuple(row[i] for i in at) for row in rows}
        assert listed <= {(c["id"], c["start"], c["stop"]) for c in before["coding"]}
        assert {e["coding_id"] for e in before["statement_evidence"]} <= {i for i, *_ in listed}
        report = project.import_files(path)
        assert report.counts == {}
        assert builders.live(project) == before
