"""The central chart, themes by group, typologies and pictures, as the page of mapping has them."""

import hashlib
import json

import openpyxl
import pandas as pd
import pytest
from builders import ANNA, BO, VERSION, Garden
from lxml import html

from workbench import errors
from workbench.project import (
    central_chart,
    edits,
    ladder_board,
    ladder_groups,
    ladder_pictures,
    table_files,
    typology_page,
)
from workbench.project.edits.people import put_person
from workbench.project.names import Names
from workbench.store import records


def code(garden: Garden, name: str) -> str:
    found = ladder_board.columns(garden.project, "findings")
    return next(c.code_id for c in found if c.name.endswith(name))


def test_the_central_chart_has_the_statements_and_the_nodes_that_they_reach(garden):
    chosen = [code(garden, "Barriers"), code(garden, "Shared work")]
    frame = central_chart.central_chart(
        garden.project, "findings", VERSION, chosen, levels=[2, 5], attributes=["plot"]
    )
    assert list(frame.columns) == [
        "plot",
        "Barriers",
        "Barriers: element",
        "Barriers: theme",
        "Shared work",
        "Shared work: element",
        "Shared work: theme",
    ]
    assert frame.loc["gardener", "Barriers"] == (
        "“Rain keeps me away.”\nA locked gate shuts people out."
    )
    assert frame.loc["gardener", ["Barriers: element", "Barriers: theme"]].tolist() == [
        "Locked out",
        "Access",
    ]
    assert frame.loc[ANNA, ["plot", "Shared work: element", "Shared work: theme"]].tolist() == [
        3,
        "Lists",
        "",
    ]
    assert frame.loc[BO, ["Barriers", "Shared work: element"]].tolist() == ["", ""]


def test_a_case_that_reaches_two_nodes_shows_both_in_their_order(garden):
    edits.feed(garden.project, "Locked out", [garden.statements["list"]])
    frame = central_chart.central_chart(
        garden.project, "findings", VERSION, [code(garden, "Shared work")], levels=[2]
    )
    assert frame.loc[ANNA, "Shared work: element"] == "Locked out; Lists"


def test_the_version_of_a_ladder_is_known_or_none(garden):
    edits.add_ladder(garden.project, "every")
    assert central_chart.version_of(garden.project, "findings") == VERSION
    assert central_chart.version_of(garden.project, "every") is None
    assert central_chart.attributes(garden.project) == ["plot", "member"]


def test_a_table_goes_out_as_excel_and_as_csv_and_says_where_it_came_from(garden, tmp_path):
    frame = pd.DataFrame({"case": ["Ana"], "said": ["=1+1"]})
    book, rows = tmp_path / "a.xlsx", tmp_path / "a.csv"
    table_files.write(garden.project, frame, book, "central", VERSION)
    held = openpyxl.load_workbook(book)
    assert [[c.value for c in row] for row in held.worksheets[0].iter_rows(max_row=2)] == [
        ["case", "said"],
        ["Ana", "=1+1"],
    ]
    said = {p.name: p.value for p in held.custom_doc_props.props}
    assert said["Workbench: Project"] == "The garden"
    assert (said["Workbench: What"], said["Workbench: Framework"]) == ("central", VERSION)
    table_files.write(garden.project, frame, rows, "central")
    assert rows.read_bytes().decode("utf-8-sig") == "case,said\r\nAna,=1+1\r\n"
    told = json.loads((tmp_path / "a.csv.manifest.json").read_text(encoding="utf-8"))
    assert (told["what"], told["framework"]) == ("central", "")
    assert told["sha256"] == hashlib.sha256(rows.read_bytes()).hexdigest()
    with pytest.raises(errors.BadValue, match=r"\.xlsx, \.csv"):
        table_files.write(garden.project, frame, tmp_path / "a.pdf")


def test_a_figure_goes_out_as_a_page_that_says_where_it_came_from(garden, tmp_path):
    heat = ladder_pictures.heat(garden.project, VERSION)
    table_files.write_figure(garden.project, heat, tmp_path / "a.html", 'the "heat"', VERSION)
    page = html.document_fromstring((tmp_path / "a.html").read_bytes())
    told = json.loads(page.find(".//meta[@name='workbench-manifest']").get("content"))
    assert (told["what"], told["framework"]) == ('the "heat"', VERSION)


def test_groups_are_told_with_who_reaches_who_does_not_and_the_words(garden):
    cells = ladder_groups.group_cells(garden.project, "plot", "findings", 2)
    told = {(c.node, c.group): (c.reach, c.silent) for c in cells}
    assert told == {
        ("Locked out", "12"): (("gardener",), ()),
        ("Locked out", "3"): ((), (ANNA,)),
        ("Locked out", "(no group)"): ((), (BO,)),
        ("Lists", "12"): ((), ("gardener",)),
        ("Lists", "3"): ((ANNA,), ()),
        ("Lists", "(no group)"): ((), (BO,)),
    }
    words = next(c.evidence for c in cells if c.reach == (ANNA,))
    assert [w.words for w in ladder_groups.words(garden.project, words)] == [
        "We have a list on the shed. It works well."
    ]


def test_words_against_a_finding_are_dissent_at_its_node_and_above(garden):
    assert not any(c.against for c in ladder_groups.group_cells(garden.project, "plot", "findings"))
    with garden.project.reading() as connection:
        node = Names(connection).node("Locked out")["id"]
    with garden.project.acting("add finding") as act:
        person = put_person(act, "anna")
        said = {"title": "Locks decide", "node_id": node, "position": 1, "person_id": person}
        (finding,) = records.insert(act, "finding", [said])
        of = {"finding_id": finding, "coding_id": garden.codings["list"], "stance": "against"}
        records.insert(act, "finding_evidence", [of])
    cells = ladder_groups.group_cells(garden.project, "plot", "findings")
    assert {(c.node, c.against) for c in cells if c.against} == {
        ("Locked out", (ANNA,)),
        ("Weather and locks", (ANNA,)),
        ("Access", (ANNA,)),
    }


def test_a_typology_shows_its_types_and_where_each_case_stands(garden):
    held = typology_page.shown_typology(garden.project, "ways")
    assert held.dimensions == {"often": ["yes", "no"]}
    assert [(t.name, t.values) for t in held.types] == [
        ("Regular", {"often": "yes"}),
        ("Rare", {"often": "no"}),
    ]
    assert [(c.case, c.type, c.row_version) for c in held.cases] == [
        ("gardener", "Regular", 1),
        (ANNA, "", 0),
        (BO, "", 0),
    ]
    edits.place_case(garden.project, "ways", "gardener", "Rare", reason="Only in June.")
    (first, *_) = typology_page.shown_typology(garden.project, "ways").cases
    assert first == ("gardener", "Rare", "Only in June.", 2)
    assert typology_page.typology_names(garden.project) == ["ways"]


def test_a_node_under_two_is_drawn_under_both_and_areas_add_up(garden):
    edits.add_node(garden.project, "Sharing", 4, ladder="findings", under=["Access"])
    edits.connect(garden.project, "Locked out", "Sharing")
    edits.connect(garden.project, "Lists", "Sharing")
    made = ladder_pictures.themes(garden.project, "findings", "sunburst")
    assert made.table[["node", "cases"]].values.tolist() == [
        ["Access", 2],
        ["Weather and locks", 1],
        ["Locked out", 1],
        ["Sharing", 2],
        ["Locked out", 1],
        ["Lists", 1],
    ]
    (rings,) = made.figure.data
    assert (list(rings["values"]), rings.branchvalues) == ([3, 1, 1, 2, 1, 1], "total")


def test_a_heat_map_counts_codings_and_shows_markup_as_it_stands(garden):
    edits.rename_node(garden.project, "Lists", "<b>Lists</b>")
    edits.rename_node(garden.project, "Locked out", "<i>Locked</i> out")
    (boxes,) = ladder_pictures.themes(garden.project, "findings", "treemap").figure.data
    assert {"&lt;b&gt;Lists&lt;/b&gt;", "&lt;i&gt;Locked&lt;/i&gt; out"} <= set(boxes.labels)
    heat = ladder_pictures.heat(garden.project, VERSION)
    assert heat.table.loc[heat.table["case"] == "gardener", "Barriers"].tolist() == [2]
    page = heat.as_html("<i>Heat</i>").decode()
    assert "<title>&lt;i&gt;Heat&lt;/i&gt;</title>" in page
    assert "default-src 'none'" in page
    assert 'src="http' not in page
