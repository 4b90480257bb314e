"""Tables that others published and that are of no kind known here: see ../shared/real.

What must come in is counted from the sheets themselves, and where a sheet states totals of
its own, from those.
"""

import warnings
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from builders import by_id, rows

from workbench.errors import BadTable
from workbench.project import imports

REFINEMENTS = "novelqualcodes/insect_study/records/refinements.xlsx"
ISSUES = "rqi-relf/data/issue-data.xlsx"

Rows = list[dict[str, object]]


def sheet(path: Path, name: str) -> Rows:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a validation that openpyxl does not know
        book = openpyxl.load_workbook(path, data_only=True)
    header, *body = book[name].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in body]


def values(project, attribute: str) -> Counter[object]:
    """Return how many cases have each value of an attribute."""
    names = by_id(project, "attribute", "name")
    held = rows(project, "attribute_value", "attribute_id", "value")
    return Counter(value for own, value in held if names[own] == attribute)


@pytest.mark.parametrize(
    ("name", "columns"),
    [
        (REFINEMENTS, "interview_num, refinement_type, refinement, reason, other"),
        (ISSUES, "ID, Quality Factor mention, Quality Factor 1, Quality Factor 2"),
    ],
)
def test_a_table_of_no_known_kind_is_refused_with_its_columns_and_where_to_look(
    garden, shared, name, columns
) -> None:
    before, acts = garden.live(), garden.acts()
    with pytest.raises(BadTable) as refused:
        imports.import_files(garden.project, [shared / "real" / name])
    said = str(refused.value)
    assert f": line 1: the columns {columns}" in said
    assert said.endswith(
        "fit no table known here. See “workbench help tables” for the columns of each."
    )
    assert (garden.live(), garden.acts()) == (before, acts)


def test_the_refinements_of_an_interview_guide_come_in_when_their_columns_are_named(
    empty, shared
) -> None:
    path = shared / "real" / REFINEMENTS
    written = sheet(path, "Sheet1")
    report = imports.import_files(
        empty, [path], texts=["refinement", "reason"], key="interview_num"
    )
    said = {str(r[column]).strip() for r in written for column in ("refinement", "reason")}
    assert {text for (text,) in rows(empty, "transcript_version", "text")} == said
    assert len(said) == 6
    assert {label for (label,) in rows(empty, "case", "label")} == {"6", "9", "13"}
    assert values(empty, "refinement_type") == {"add": 3}
    assert (report.counts["transcripts"], report.counts["cases"], report.left_out) == (6, 3, [])
    assert empty.check() == []


def test_the_codes_of_a_hundred_issues_come_in_as_often_as_the_file_itself_states(
    empty, shared
) -> None:
    path = shared / "real" / ISSUES
    report = imports.import_files(empty, [path], texts=["Activity"], key="ID")
    stated = {r["Quality Factors"]: r["#"] for r in sheet(path, "Statistics")}
    found = values(empty, "Quality Factor 1") + values(empty, "Quality Factor 2")
    assert found == stated
    assert sum(stated.values()) == 101
    impact = sheet(path, "Impact")
    assert (impact[-1]["Activity"], report.counts["transcripts"]) == ("Total", impact[-1]["Total"])
    assert report.counts["cases"] == 100
    assert [(o.what, o.count) for o in report.left_out] == [("sheets", 2)]
    assert empty.check() == []
