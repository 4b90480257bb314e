"""A coding that carries a claim cannot change unnoticed: the shipped studies, from their files.

Every coding that a link or a quotation cites stands behind a printed cell that is sealed.
A few of them are altered in a copy of the folder, and the whole study is rebuilt.
"""

import csv
import shutil
from pathlib import Path

import pytest
import sample_studies
from trying import some

from workbench.checks import reproduction
from workbench.formats import published
from workbench.project import figures, reproducing

ROOT = Path(__file__).parents[2]
STUDIES = [folder.name for folder in reproducing.shipped_studies()]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def cited(folder: Path) -> set[str]:
    """Return the refs of the codings that the links and quotations of a study cite."""
    refs = {row["coding"] for row in rows(folder / "quotations.csv")}
    links = rows(folder / "links.csv") if (folder / "links.csv").exists() else []
    return refs | {
        ref for row in links for side in ("for", "against") for ref in row[side].split(";") if ref
    }


@pytest.mark.parametrize("name", STUDIES)
def test_every_coding_that_carries_a_claim_is_under_the_seal_of_a_printed_cell(
    name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    built = sample_studies.sample(tmp_path_factory, name)
    printed = published.read(built.folder)
    with built.copy(tmp_path / "s.fwb") as project, project.reading() as connection:
        sources = figures.Sources(connection, built.refs)
        rebuilt, _ = figures.rebuilt(printed.cells, sources)
        sealed = {c.cell for c in printed.cells if c.evidence}
        assert sealed == {cell for cell, figure in rebuilt.items() if figure.evidence}
        for cell in printed.cells:
            if cell.cell in sealed:
                now = reproduction.seal(rebuilt[cell.cell].evidence, sources.words)
                assert cell.evidence == now, cell.cell
        under_seal = {coding for cell in sealed for coding in rebuilt[cell].evidence}
        claims = cited(built.folder)
        assert len(claims) >= 15
        assert {built.refs.codings[ref] for ref in claims} <= under_seal


def altered(row: dict[str, str], how: str) -> list[dict[str, str]]:
    match how:
        case "removed":
            return []
        case "other code":
            return [{**row, "code": "2.1" if row["code"] != "2.1" else "2.2"}]
        case "fewer words":
            return [{**row, "quote": row["quote"][: len(row["quote"]) // 2].rstrip()}]
    return [{**row, "uncertain": "yes", "quote": "words that nobody said"}]


@pytest.mark.parametrize(
    ("name", "ref", "cell", "how"),
    some(
        [
            ("low-value-imaging", "c0013", "p23-d50-sign", "other code"),
            ("return-letters", "r078", "p24-quote-1-speaker", "removed"),
            ("return-letters", "r078", "p24-quote-1-speaker", "other code"),
            ("return-letters", "r078", "p24-quote-1-speaker", "fewer words"),
            ("return-letters", "r078", "p24-quote-1-speaker", "words not there"),
        ],
        2,
    ),
)
def test_a_coding_altered_in_its_file_makes_the_study_fail_and_names_the_cell(
    tmp_path: Path, name: str, ref: str, cell: str, how: str
) -> None:
    shutil.copytree(ROOT / "frameworks", tmp_path / "frameworks")
    folder = tmp_path / "sample_transcripts" / name
    shutil.copytree(ROOT / "sample_transcripts" / name, folder)
    file = folder / "codings.csv"
    held = rows(file)
    changed = [new for row in held for new in (altered(row, how) if row["ref"] == ref else [row])]
    assert changed != held
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(held[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(changed)
    done = reproducing.reproduce(folder)
    assert not done.reproduces
    assert cell in done.account.differing
