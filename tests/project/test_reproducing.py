"""What `reproduce` promises: it names whatever is altered, and nothing else.

The study is that of `laundry`, its printed cells sealed. Everything in it is altered, one
thing at a time: each printed value, each row of the register, each coding in four ways.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import laundry
import pytest
from trying import some

from workbench.checks import reproduction
from workbench.checks.reproduction import Account
from workbench.errors import BadFile, BadTable, Refused
from workbench.formats import published
from workbench.project import figures, reproducing
from workbench.project.figures import Sources
from workbench.project.reproducing import Reproduction

CELLS = [
    line.split(",")[0]
    for text in (laundry.CELLS, laundry.FINDINGS)
    for line in text.splitlines()[1:]
]
ENTRIES = ["X1", "X2", "X3"]
CODINGS = {
    "r1": ("machines are old.", "ben"),
    "r2": ("You wait an hour", "ben"),
    "r3": ("It keeps the peace.", "ben"),
    "r4": ("The list is always", "ada"),
    "r5": ("Two machines stand there", "ada"),
    "r6": ("wash at night.", "ada"),
}
"""Coding → other words of its transcript, and the other transcript."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """The study folder with its seals, and what the figures of its project are made of."""

    folder: Path
    sources: Sources

    def held(self, folder: Path) -> Account:
        """Hold the project against the tables of a copy of the folder."""
        printed = published.read(folder)
        rebuilt, problems = figures.rebuilt(printed.cells, self.sources)
        return reproduction.judge(printed, rebuilt, problems, self.sources.words)


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sealed]:
    folder = laundry.write(tmp_path_factory.mktemp("studies"))
    laundry.seal(folder, dict(reproducing.seals(folder)))
    with reproducing.rebuilding(folder) as (project, refs, _, _), project.reading() as connection:
        yield Sealed(folder, Sources(connection, refs))


@pytest.fixture
def study(sealed: Sealed, tmp_path: Path) -> Path:
    """A copy of the sealed folder to alter."""
    return Path(shutil.copytree(sealed.folder, tmp_path / "laundry"))


def alter(file: Path, key: str, name: str, **columns: str) -> None:
    """Change columns of the one row whose `key` is `name`."""
    laundry.rewrite(file, lambda rows: [{**r, **(columns if r[key] == name else {})} for r in rows])


def remove(file: Path, key: str, name: str) -> None:
    laundry.rewrite(file, lambda rows: [r for r in rows if r[key] != name])


def table_of(study: Path, cell: str) -> Path:
    first, second = sorted((study / "published").glob("*.csv"))
    return first if f"\n{cell}," in first.read_text("utf-8") else second


# --- as it stands -----------------------------------------------------------------------


def test_the_study_reproduces_with_all_that_has_words_behind_it_sealed(sealed):
    done = reproducing.reproduce(sealed.folder)
    assert (done.reproduces, done.account.differing) == (True, ())
    assert (done.passed_over, done.broken) == ((), ())
    assert (done.study, done.title) == ("laundry", "The laundry room")
    assert [j.cell.cell for j in done.account.cells] == CELLS
    with_words = {j.cell.cell for j in done.account.cells if j.evidence}
    assert {j.cell.cell for j in done.account.cells if j.cell.evidence} == with_words
    assert len(with_words) == 19
    assert done.tables.to_dict("records") == [
        {
            "table": "1-sample",
            "study": "laundry",
            "cells": 10,
            "equal": 9,
            "explained": 0,
            "stated": 1,
            "differs": 0,
            "not rebuilt": 0,
        },
        {
            "table": "2-findings",
            "study": "laundry",
            "cells": 18,
            "equal": 17,
            "explained": 1,
            "stated": 0,
            "differs": 0,
            "not rebuilt": 0,
        },
    ]


def test_seals_are_the_same_whenever_and_under_whatever_ids_a_study_is_rebuilt(sealed):
    first, second = (dict(reproducing.seals(sealed.folder)) for _ in range(2))
    assert first == second
    printed = {c.cell: c.evidence for c in published.read(sealed.folder).cells}
    assert {c: s for c, s in first.items() if s} == {c: s for c, s in printed.items() if s}


def test_every_cell_is_told_with_the_codings_behind_it(sealed):
    done = reproducing.reproduce(sealed.folder)
    told = reproducing.as_data(done)
    assert list(told) == [
        "study",
        "title",
        "reproduces",
        "cells",
        "register",
        "passed_over",
        "broken",
    ]
    cells = {c["cell"]: c for c in told["cells"]}
    assert all(len(c["evidence"]) == c["codings"] for c in cells.values())
    assert (cells["old"]["codings"], cells["all-codings"]["codings"]) == (2, 6)
    assert set(cells["old"]["evidence"]) < set(cells["all-codings"]["evidence"])
    assert done.cells.attrs["evidence"]["old"] == tuple(cells["old"]["evidence"])


# --- any one printed value -----------------------------------------------------------------


def altered_values(value: str) -> list[str]:
    """Return other values: of the next number, of fewer and more words."""
    found = (
        [re.sub(r"\d+", lambda n: str(int(n[0]) + 1), value, count=1)]
        if value[:1].isdigit()
        else []
    )
    found += [f"{value}; Ben", f"not {value}", "0"]
    if ";" in value:
        found.append(value.partition("; ")[2])
    return found


@pytest.mark.parametrize("cell", CELLS)
def test_any_altered_value_is_named(sealed, study, cell):
    file = table_of(study, cell)
    (line,) = [c for c in published.read(study).cells if c.cell == cell]
    for value in altered_values(line.value):
        alter(file, "cell", cell, value=value)
        account = sealed.held(study)
        assert not account.reproduces, value
        assert {cell, *line.register} & set(account.differing), value
        others = set(account.differing) - {cell, *line.register}
        assert others <= {c.cell for c in published.read(study).cells if c.register}


@pytest.mark.parametrize("cell", CELLS)
def test_any_removed_cell_that_the_register_speaks_of_is_missed(sealed, study, cell):
    (line,) = [c for c in published.read(study).cells if c.cell == cell]
    remove(table_of(study, cell), "cell", cell)
    differing = set(sealed.held(study).differing)
    needed = {"share"} if cell in ("washes", "washes-jan") else set()
    unexplained = {"washes"} if "X1" in line.register and cell != "washes" else set()
    stated = {"planned"} if "X2" in line.register and cell != "planned" else set()
    assert differing == {*line.register} | needed | unexplained | stated


@pytest.mark.parametrize("cell", CELLS)
def test_any_altered_seal_is_named(sealed, study, cell):
    (line,) = [c for c in published.read(study).cells if c.cell == cell]
    alter(table_of(study, cell), "cell", cell, evidence="2 0123456789")
    assert sealed.held(study).differing == ((cell,) if line.figure else ())


@pytest.mark.parametrize("cell", CELLS)
def test_any_cell_of_another_figure_is_named(sealed, study, cell):
    (line,) = [c for c in published.read(study).cells if c.cell == cell]
    alter(table_of(study, cell), "cell", cell, figure="labels", of="series=washes; by=month,room")
    account = sealed.held(study)
    if line.value == "4":
        assert account.reproduces
    else:
        assert cell in account.differing
        assert not account.reproduces


# --- any one row of the register ---------------------------------------------------------------


@pytest.mark.parametrize("entry", ENTRIES)
def test_any_entry_that_is_removed_is_missed_by_its_cells(sealed, study, entry):
    remove(study / "register.csv", "id", entry)
    account = sealed.held(study)
    assert not account.reproduces
    assert account.differing == tuple(
        c.cell for c in published.read(study).cells if entry in c.register
    )


@pytest.mark.parametrize("entry", ENTRIES)
def test_any_entry_of_another_id_is_named_with_its_cells(sealed, study, entry):
    alter(study / "register.csv", "id", entry, id="X99")
    cells = tuple(c.cell for c in published.read(study).cells if entry in c.register)
    assert sealed.held(study).differing == (*cells, "X99")


@pytest.mark.parametrize("entry", ENTRIES)
def test_any_number_or_word_of_an_entry_that_is_changed_is_named(sealed, study, entry):
    (line,) = [e for e in published.read(study).register if e.entry == entry]
    places = [*re.finditer(r'\b\d+\b|"\w+"', line.holds)]
    assert places
    for place in places:
        other = '"nine"' if place[0].startswith('"') else str(int(place[0]) + 1)
        said = line.holds[: place.start()] + other + line.holds[place.end() :]
        alter(study / "register.csv", "id", entry, holds=said)
        account = sealed.held(study)
        assert entry in account.differing, said
        assert not account.reproduces


@pytest.mark.parametrize("entry", ENTRIES)
def test_any_part_of_an_entry_that_is_left_out_is_missed(sealed, study, entry):
    (line,) = [e for e in published.read(study).register if e.entry == entry]
    for column, said in (("holds", ""), ("explains", "")):
        alter(study / "register.csv", "id", entry, **{column: said})
        if column == "holds":
            with pytest.raises(BadTable):
                published.read(study)
            alter(study / "register.csv", "id", entry, holds=line.holds)
        else:
            assert ("washes" in sealed.held(study).differing) is bool(line.explains)


# --- any one coding ------------------------------------------------------------------------------


def altered(study: Path, coding: str, how: str) -> None:
    words, transcript = CODINGS[coding]
    file = study / "codings.csv"
    match how:
        case "removed":
            remove(file, "ref", coding)
        case "other words":
            alter(file, "ref", coding, quote=words)
        case "other code":
            alter(file, "ref", coding, code="2.2")
        case "other transcript":
            alter(file, "ref", coding, transcript=transcript)


@pytest.mark.parametrize("how", ["removed", "other words", "other code", "other transcript"])
@pytest.mark.parametrize("coding", some([*CODINGS]))
def test_an_altered_coding_is_named_by_the_cells_that_rest_on_it_and_no_others(
    sealed, study, coding, how
):
    resting = {
        j.cell.cell
        for j in sealed.held(sealed.folder).cells
        if sealed.sources.refs.codings[coding] in j.evidence
    }
    altered(study, coding, how)
    done = reproducing.reproduce(study)
    assert not done.reproduces
    assert set(done.account.differing) - set(ENTRIES) == resting
    assert resting >= {"all-codings", "coders"}


def test_a_row_that_cannot_be_taken_costs_what_rests_on_it_and_is_told(study):
    altered(study, "r3", "other transcript")
    done = reproducing.reproduce(study)
    first, *others = done.passed_over
    assert first.startswith("codings.csv, line 4: ")
    assert [o.partition(", ")[0] for o in others] == ["statements.csv", "ladder.csv", "links.csv"]
    assert not done.reproduces


def test_a_row_passed_over_keeps_a_study_from_reproducing_though_no_cell_rests_on_it(study):
    with (study / "readings.csv").open("a", encoding="utf-8") as file:
        file.write("kim,nowhere,read,2024-05-01\n")
    done = reproducing.reproduce(study)
    assert done.account.reproduces
    assert not done.reproduces
    (said,) = done.passed_over
    assert said.startswith("readings.csv, line 4: There is no transcript “nowhere”")


# --- folders of all kinds ------------------------------------------------------------------


def test_a_study_without_a_register_is_held_against_its_tables(tmp_path):
    study = laundry.write(tmp_path)
    (study / "register.csv").unlink()
    for name in ("planned", "people", "washes", "washes-jan", "washes-feb"):
        alter(table_of(study, name), "cell", name, register="")
    done = reproducing.reproduce(study)
    assert len(done.register) == 0
    assert set(done.account.differing) == {"planned", "washes", "old", "waiting", "all-codings"}


def test_a_register_of_no_entries_is_as_none(tmp_path):
    study = laundry.write(tmp_path, register="id,what,kind,holds\n")
    shutil.rmtree(study / "published")
    (study / "published").mkdir()
    (study / "published" / "t.csv").write_text("cell,row,column,value,figure\na,a,n,2,cases\n")
    done = reproducing.reproduce(study)
    assert (done.reproduces, len(done.register)) == (True, 0)
    assert reproducing.as_data(done)["register"] == []


def test_a_folder_that_is_no_study_or_prints_nothing_is_told_so(tmp_path):
    with pytest.raises(BadFile, match="this is no study: a study is a folder with"):
        reproducing.reproduce(tmp_path / "nowhere")
    study = laundry.write(tmp_path)
    shutil.rmtree(study / "published")
    with pytest.raises(Refused, match="prints no table"):
        reproducing.reproduce(study)


def test_a_study_that_cannot_be_built_is_one_refusal(tmp_path):
    study = laundry.write(tmp_path, cases="case,group\nAda,Tenant\nAda,Owner\n")
    with pytest.raises(BadFile, match="“Ada” stands on line 2 already"):
        reproducing.reproduce(study)


def test_a_folder_is_named_even_where_it_is_given_as_a_dot(sealed, monkeypatch):
    monkeypatch.chdir(sealed.folder)
    done = reproducing.reproduce(Path())
    assert done.study == "laundry"
    assert isinstance(done, Reproduction)


def test_studies_that_print_tables_are_found_below_a_folder(tmp_path):
    laundry.write(tmp_path / "a")
    bare = laundry.write(tmp_path / "b")
    shutil.rmtree(bare / "published")
    assert reproducing.printed_studies(tmp_path / "a") == [tmp_path / "a" / "laundry"]
    assert reproducing.printed_studies(tmp_path / "b") == []
    assert reproducing.printed_studies(tmp_path / "nowhere") == []
