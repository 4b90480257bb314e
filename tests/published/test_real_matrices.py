"""Other people's studies, rebuilt from the files of their own tools and held against facts.

The folders are made in a temporary place; nothing of the data is kept in the project.
What is printed is known apart from what is rebuilt: the novel codes of each interview from
the study's own account (../shared/real/README.md), totals from the sheet that states them,
highlights of each tag from the codebook that was published beside the project.
"""

import csv
import dataclasses
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from console import workbench
from trying import some

from workbench.checks import reproduction
from workbench.formats import published
from workbench.model.published import PublishedCell
from workbench.project import door, figures, studies
from workbench.project.door import Project

REAL = "real"
INSECTS = "novelqualcodes/insect_study/matrices"
ATLAS = "sqaa/codebook-statistics.xlsx"
TAGUETTE = "swj2022/thematic-analysis/SERDIF_P2_ThematicAnalysis.sqlite3"
CODEBOOK = "swj2022/thematic-analysis/codebooks/codebook_20220303_8.csv"
FRAMEWORK = "usability-study-analysis-february-2022@1"
RUN = "Usability Study Analysis - February 2022 (Taguette)"

NOVEL = (5, 4, 3, 1, 1, 1, 0, 1, 0, 0, 1, 0, 1, 0, 0)
"""Codes that the interviews of the insect study were the first to have, in their order."""

Printed = tuple[str, object, str, str]
"""A printed cell: its name, value, figure, and what of."""


def in_of(said: str) -> str:
    """Return a value as it is written in the column `of`."""
    return said.replace(";", ";;")


def print_cells(folder: Path, cells: list[Printed]) -> None:
    (folder / "published").mkdir(parents=True)
    with (folder / "published" / "table.csv").open("w", encoding="utf-8", newline="") as stream:
        out = csv.writer(stream)
        out.writerow(["cell", "row", "column", "value", "figure", "of", "where"])
        for name, value, figure, of in cells:
            out.writerow([name, name, "number", value, figure, of, "known apart"])


def copy(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(file, to)


def insects(real: Path, folder: Path) -> None:
    """Fifteen matrices of NVivo, one an interview, whose order is that of the file names."""
    files = sorted((real / INSECTS).glob("*.xlsx"))
    assert len(files) == len(NOVEL)
    said, cells = [], list[Printed]()
    for n, (file, novel) in enumerate(zip(files, NOVEL, strict=True), 1):
        copy(file, folder / "matrices" / file.name)
        said.append(f"  - {{file: matrices/{file.name}, series: insects, labels: [code, talk]}}\n")
        header = openpyxl.load_workbook(file).active["B1"].value.removeprefix("A : ")
        of = f"series=insects; of=code; by=talk; at={header}"
        cells.append((f"novel-{n}", novel, "new labels", of))
    cells += [
        ("codes", 18, "labels", "series=insects; by=code"),
        ("interviews", 15, "labels", "series=insects; by=talk"),
        ("saturation", 18, "formula", "is=" + " + ".join(name for name, *_ in cells)),
    ]
    (folder / "study.yaml").write_text(f"title: Insects\nimports:\n{''.join(said)}", "utf-8")
    print_cells(folder, cells)


def atlas(real: Path, folder: Path) -> None:
    """A code-document table of ATLAS.ti, with every total that it states itself."""
    copy(real / ATLAS, folder / "table.xlsx")
    (folder / "study.yaml").write_text(
        "title: Quality\nimports: [{file: table.xlsx, series: sqaa}]\n", "utf-8"
    )
    sheet = openpyxl.load_workbook(real / ATLAS)["Statistics"]
    header, *body, totals = sheet.iter_rows(values_only=True)
    seen: set[str] = set()
    cells: list[Printed] = []
    for n, row in enumerate(body, 1):
        name = str(row[0]).split("\nGr=")[0].removeprefix("○ ")
        again = " (2)" if name in seen else ""
        seen.add(name)
        cells.append((f"code-{n}", row[-1], "count", f"series=sqaa; code={in_of(name + again)}"))
    for n, (label, total) in enumerate(zip(header[1:-1], totals[1:-1], strict=True), 1):
        document = str(label).split("\nGr=")[0]
        cells.append((f"document-{n}", total, "count", f"series=sqaa; document={document}"))
    cells += [
        ("whole", totals[-1], "count", "series=sqaa"),
        ("codes", 807, "labels", "series=sqaa; by=code"),
        ("documents", 14, "labels", "series=sqaa; by=document"),
    ]
    print_cells(folder, cells)


def taguette(real: Path, folder: Path) -> None:
    """A project of Taguette, with the codebook that was published beside it."""
    copy(real / TAGUETTE, folder / "project.sqlite3")
    (folder / "study.yaml").write_text("title: Usability\nimports: [project.sqlite3]\n", "utf-8")
    with (real / CODEBOOK).open(encoding="utf-8-sig", newline="") as stream:
        codebook = [
            (row["tag"], int(row["number of highlights"])) for row in csv.DictReader(stream)
        ]
    cells: list[Printed] = [
        (f"tag-{n}", highlights, "codings", f"framework={FRAMEWORK}; code={in_of(tag)}")
        for n, (tag, highlights) in enumerate(codebook, 1)
    ]
    cells += [
        ("tags", 22, "codes", f"framework={FRAMEWORK}"),
        ("codings", 1930, "codings", f"framework={FRAMEWORK}"),
        ("transcripts", 17, "cases", ""),
        ("read", 17, "indexed", f"run={RUN}"),
    ]
    print_cells(folder, cells)


@dataclass(frozen=True, slots=True)
class Study:
    """One study folder, how many cells it prints, and the project built from it."""

    folder: Path
    cells: int
    project: Project


MAKERS: dict[str, tuple[Callable[[Path, Path], None], int]] = {
    "insects": (insects, 15 + 3),
    "atlas": (atlas, 807 + 14 + 3),
    "taguette": (taguette, 22 + 4),
}


@pytest.fixture(scope="module", params=some([*MAKERS], 2))
def study(
    request: pytest.FixtureRequest, shared: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Study]:
    """Each of the three, its project built from the folder."""
    make, cells = MAKERS[request.param]
    home = tmp_path_factory.mktemp(request.param)
    make(shared / REAL, home / request.param)
    with door.create(home / "built.fwb", who="anna") as project:
        studies.build(project, home / request.param)
        yield Study(home / request.param, cells, project)


@pytest.fixture
def made(shared: Path, tmp_path: Path) -> Callable[[str], Path]:
    """Make one of the studies for a test that changes it."""

    def making(name: str) -> Path:
        MAKERS[name][0](shared / REAL, tmp_path / name)
        return tmp_path / name

    return making


def differing(folder: Path) -> set[str]:
    """Reproduce a study that does not hold; return the cells that the command names."""
    ran = workbench("reproduce", folder, "--json")
    assert (ran.code, ran.err) == (1, "")
    (told,) = json.loads(ran.out)
    return {c["cell"] for c in told["cells"] if c["verdict"] != "equal"}


def test_the_study_is_reproduced_cell_by_cell(study: Study) -> None:
    ran = workbench("reproduce", study.folder)
    assert (ran.code, ran.err) == (0, "")
    end = f"{study.folder.name}: reproduced, {study.cells} of {study.cells} cells as printed."
    assert ran.out.splitlines()[-2] == end


def test_a_printed_cell_that_says_another_number_is_the_one_that_is_named(study: Study) -> None:
    printed = published.read(study.folder)
    with study.project.reading() as connection:
        sources = figures.Sources(connection)
        rebuilt, problems = figures.rebuilt(printed.cells, sources)
        words = sources.words

    def named(cells: Iterable[PublishedCell]) -> tuple[str, ...]:
        said = dataclasses.replace(printed, cells=tuple(cells))
        return reproduction.judge(said, rebuilt, problems, words).differing

    others = [dataclasses.replace(c, value=str(int(c.value) + 1)) for c in printed.cells]
    assert named(printed.cells) == ()
    assert named(others) == tuple(c.cell for c in printed.cells)
    for at in range(0, len(others), max(1, len(others) // 30)):
        one = [*printed.cells[:at], others[at], *printed.cells[at + 1 :]]
        assert named(one) == (others[at].cell,)


def test_the_command_exits_with_1_and_names_the_changed_cell(study: Study, tmp_path: Path) -> None:
    folder = tmp_path / "changed"
    shutil.copytree(study.folder, folder)
    table = folder / "published" / "table.csv"
    first, second, *rest = table.read_text("utf-8").splitlines()
    fields = next(csv.reader([second]))
    fields[3] = str(int(fields[3]) + 1)
    with table.open("w", encoding="utf-8", newline="") as stream:
        stream.write(f"{first}\n")
        csv.writer(stream).writerow(fields)
        stream.write("\n".join(rest) + "\n")
    assert differing(folder) == {fields[0]}


def test_the_rebuilt_project_keeps_the_laws(study: Study) -> None:
    assert [f for f in study.project.check() if f.severity == "broken"] == []


def rewrite(file: Path, cell: str, value: int) -> None:
    book = openpyxl.load_workbook(file)
    assert book.worksheets[0][cell].value != value
    book.worksheets[0][cell] = value
    book.save(file)


def test_one_more_code_in_one_interview_is_found(made: Callable[[str], Path]) -> None:
    folder = made("insects")
    file = sorted((folder / "matrices").glob("*.xlsx"))[6]
    with_none = next(
        f"B{n}"
        for n, row in enumerate(openpyxl.load_workbook(file).active.iter_rows(), 1)
        if row[0].value == "18 : Sees only some insects as pests"
    )
    rewrite(file, with_none, 1)
    assert differing(folder) == {"novel-7", "novel-13"}


def test_one_count_of_the_table_changes_its_code_its_document_and_the_whole(
    made: Callable[[str], Path],
) -> None:
    folder = made("atlas")
    rewrite(folder / "table.xlsx", "D10", 5)
    assert differing(folder) == {"code-9", "document-3", "whole"}


def test_a_total_that_the_table_states_wrongly_is_said_on_import(
    made: Callable[[str], Path], tmp_path: Path
) -> None:
    file = made("atlas") / "table.xlsx"
    said = workbench("import", "right.fwb", file, cwd=tmp_path)
    assert "822 totals stated in “table” equal the sums of its cells." in said.out
    rewrite(file, "P809", 2960)
    said = workbench("import", "wrong.fwb", file, cwd=tmp_path)
    wrong = "“table” states 2960 as the total of the whole matrix, and its cells come to 2959."
    assert said.code == 0
    assert wrong in said.out


def test_one_tagging_taken_from_the_project_changes_its_tag_and_the_whole(
    made: Callable[[str], Path],
) -> None:
    folder = made("taguette")
    with closing(sqlite3.connect(folder / "project.sqlite3")) as connection:
        gone = connection.execute(
            "DELETE FROM highlight_tags WHERE rowid = (SELECT min(h.rowid) FROM highlight_tags h "
            "JOIN tags t ON t.id = h.tag_id WHERE t.path = 'System issue')"
        )
        assert gone.rowcount == 1
        connection.commit()
    cells = published.read(folder).cells
    (tag,) = [c.cell for c in cells if dict(c.of).get("code") == "System issue"]
    assert differing(folder) == {tag, "codings"}
