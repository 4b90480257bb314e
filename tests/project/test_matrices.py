"""Matrices of other tools in a project: counts of a series, none of them changed unseen."""

from pathlib import Path

import builders
import pytest

from workbench import errors
from workbench.formats import nvivo_matrix
from workbench.project import edits, imports, views

MATRIX = ",A : Anna,B : Bo\n1 : Rain,2,0\n2 : Gate,1,3\n"


@pytest.fixture
def project(tmp_path):
    with builders.create(tmp_path / "counts.fwb", who="anna") as made:
        yield made


@pytest.fixture
def file(tmp_path) -> Path:
    path = tmp_path / "weather.csv"
    path.write_text(MATRIX, encoding="utf-8")
    return path


def held(project) -> dict[tuple[str, str], int]:
    """Return series and labels → count."""
    return {(t["series"], t["labels"]): t["count"] for t in builders.live(project)["tally"]}


ALL = {
    ("weather", '{"case": "Anna", "code": "Rain"}'): 2,
    ("weather", '{"case": "Bo", "code": "Rain"}'): 0,
    ("weather", '{"case": "Anna", "code": "Gate"}'): 1,
    ("weather", '{"case": "Bo", "code": "Gate"}'): 3,
}


def test_every_cell_is_a_count_and_what_rows_are_is_said_to_be_guessed(project, file):
    report = imports.import_files(project, [file])
    assert held(project) == ALL
    assert report.counts == {"matrices": 1, "counts": 4}
    assert [(g.what, g.confidence) for g in report.guesses] == [
        ("rows taken as “code”, columns as “case”", "likely")
    ]
    assert project.history()[0]["verb"] == "import matrix"
    assert any("2 × 2 counts" in note for note in report.notes)


def test_a_series_and_labels_that_are_given_are_taken_and_nothing_is_guessed(project, file):
    report = imports.import_files(project, [file], series="all", labels=("theme", "group"))
    assert set(held(project)) == {
        ("all", f'{{"group": "{g}", "theme": "{t}"}}')
        for g in ("Anna", "Bo")
        for t in ("Rain", "Gate")
    }
    assert report.guesses == []


def test_the_same_matrix_again_changes_nothing_and_says_so(project, file):
    imports.import_files(project, [file])
    acts = len(project.history())
    report = imports.import_files(project, [file])
    assert (held(project), len(project.history())) == (ALL, acts)
    assert report.counts["counts"] == 0
    assert "Here already and left as they are: 4 counts of “weather”." in report.notes


def test_matrices_of_one_series_are_joined(project, file):
    other = file.with_name("more.csv")
    other.write_text(",A : Cato\n1 : Rain,7\n", encoding="utf-8")
    imports.import_files(project, [file, other], series="weather")
    assert held(project) == ALL | {("weather", '{"case": "Cato", "code": "Rain"}'): 7}


def test_a_matrix_that_says_another_count_is_refused_and_nothing_of_it_is_kept(project, file):
    imports.import_files(project, [file])
    file.write_text(",A : Anna,B : New\n1 : Rain,2,9\n2 : Gate,5,9\n", encoding="utf-8")
    with pytest.raises(errors.Refused) as caught:
        imports.import_files(project, [file])
    assert "has 1 for code=Gate, case=Anna, and the matrix says 5" in str(caught.value)
    assert held(project) == ALL
    imports.import_files(project, [file], series="second")
    assert len(held(project)) == 8


@pytest.mark.parametrize("labels", [("", "b"), ("a", " "), ("a", "a "), ("count", "b")])
def test_labels_that_tell_nothing_apart_are_refused(project, file, labels):
    with pytest.raises(errors.BadValue):
        edits.import_matrix(project, nvivo_matrix.read(file), labels=labels)
    assert held(project) == {}


def test_a_table_written_by_hand_is_not_taken_for_a_matrix(project, file):
    file.write_text("series,code,count\nweather,Rain,2\n", encoding="utf-8")
    imports.import_files(project, [file])
    assert project.history()[0]["verb"] == "import counts"


# --- the view -----------------------------------------------------------------------------


def rows(frame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


@pytest.fixture
def two(project, file):
    imports.import_files(project, [file])
    edits.record_count(project, "letters", 4, {"month": "2022-10", "centre": "A"})
    edits.record_count(project, "letters", 5, {"month": "2022-11"})
    return project


def test_without_a_wish_the_series_are_listed_with_their_sums(two):
    shown = views.counts(two)
    assert list(shown) == ["series", "labels", "counts", "count"]
    assert rows(shown) == [
        ("weather", "case; code", 4, 6),
        ("letters", "centre; month", 2, 9),
    ]


def test_one_series_is_every_count_of_it_in_the_order_it_came(two):
    shown = views.counts(two, "weather")
    assert list(shown) == ["series", "case", "code", "count"]
    assert rows(shown) == [
        ("weather", "Anna", "Rain", 2),
        ("weather", "Bo", "Rain", 0),
        ("weather", "Anna", "Gate", 1),
        ("weather", "Bo", "Gate", 3),
    ]


def test_sums_are_by_the_labels_that_are_asked_for(two):
    assert rows(views.counts(two, "weather", ["code"])) == [
        ("weather", "Rain", 2),
        ("weather", "Gate", 4),
    ]
    assert rows(views.counts(two, by=["centre"])) == [
        ("weather", "", 6),
        ("letters", "A", 4),
        ("letters", "", 5),
    ]


def test_a_label_that_is_called_as_a_column_stands_beside_it(project):
    edits.record_count(project, "odd", 3, {"count": "x", "series": "y"})
    shown = views.counts(project, "odd")
    assert list(shown) == ["series", "count (2)", "series (2)", "count"]
    assert rows(shown) == [("odd", "x", "y", 3)]


def test_an_unknown_series_or_label_is_named_with_what_is_there(two):
    with pytest.raises(errors.UnknownName, match="Did you mean “weather”"):
        views.counts(two, "wether")
    with pytest.raises(errors.UnknownName, match="Labels here: case, code"):
        views.counts(two, "weather", ["month"])


def test_a_project_without_counts_has_an_empty_list(project):
    assert rows(views.counts(project)) == []
