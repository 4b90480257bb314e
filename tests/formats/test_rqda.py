"""RQDA's databases are read: what is live, where its words are."""

import pytest
from foreign_databases import Rqda, small_rqda

from workbench.errors import UnknownFormat
from workbench.formats import database_tools, rqda


@pytest.fixture
def made(tmp_path) -> Rqda:
    return Rqda(tmp_path / "a.rqda")


def left_out(held) -> list[tuple[str, str, int]]:
    return [(o.what, o.why, o.count) for o in held.report.left_out]


def test_a_project_is_read_whole_and_what_was_deleted_stays_away(tmp_path) -> None:
    path = small_rqda(tmp_path / "sheds.rqda")
    assert database_tools.tool(path) == "RQDA"
    held = rqda.read(path)
    assert (held.name, held.origin) == ("sheds", "RQDA")
    tree = {c.guid: c for c in held.codes}
    assert [
        (c.name, c.description, c.colour, c.codable, tree[c.parent].name if c.parent else "")
        for c in held.codes
    ] == [
        ("Sheds", "All of them.", "", False, ""),
        ("Room", "How full it is.", "#ff8800", True, "Sheds"),
        ("Tools", "", "", True, ""),
    ]
    assert [
        (s.start, s.stop, s.quote, s.description, [(tree[c.code].name, c.coder) for c in s.codings])
        for s in held.selections
    ] == [
        (15, 23, "The shed", "Is it?", [("Room", "default")]),
        (0, 8, "I: Well?", "", [("Tools", "bo")]),
    ]
    (source,) = held.sources
    (case,) = held.cases
    (variable,) = held.variables
    assert (source.name, source.description) == ("shed", "Read aloud.")
    assert (variable.name, variable.kind) == ("Years", "integer")
    assert (case.name, case.description, case.values, case.sources) == (
        "Kari", "Came late.", {variable.guid: "12"}, (source.guid,),
    )  # fmt: skip
    assert [(n.name, n.text, n.anchors) for n in held.notes] == [
        ("Why", "Ask her.", ()),
        ("Annotation (character 24)", "So?", (("source", source.guid),)),
    ]
    assert left_out(held) == [("rows", "they were deleted in RQDA", 4)]


def test_positions_count_letters_and_a_coding_of_other_words_is_left_out(made) -> None:
    made.live("source", name="a", id=1, file="👩 bc\nde")
    made.live("freecode", name="Room", id=1)
    made.coding(1, 1, 2, 4, "bc")
    made.coding(1, 1, 3, 5, "bc")
    held = rqda.read(made.path)
    assert [(s.start, s.stop, s.quote) for s in held.selections] == [(2, 4, "bc")]
    why = "the words at their position are not those that RQDA kept"
    assert left_out(held) == [("codings", why, 1)]


def test_a_code_in_two_categories_stands_under_the_first(made) -> None:
    for number, name in ((1, "A"), (2, "B")):
        made.live("codecat", name=name, catid=number)
    made.live("freecode", name="Room", id=1)
    made.live("freecode", name="Free", id=2)
    made.live("treecode", cid=1, catid=2)
    made.live("treecode", cid=1, catid=1)
    made.live("treecode", cid=2, catid=7)
    held = rqda.read(made.path)
    names = {c.guid: c.name for c in held.codes}
    assert [(c.name, names.get(c.parent, "")) for c in held.codes] == [
        ("A", ""), ("B", ""), ("Room", "B"), ("Free", ""),
    ]  # fmt: skip
    assert left_out(held) == [("places of codes", "a code stands under one category here", 1)]


def test_values_without_a_status_are_live_and_na_is_none(made) -> None:
    made.live("cases", name="Ane", id=1)
    made.live("cases", name="Bo", id=2)
    made.live("attributes", name="Home", **{"class": "character"})
    made.insert("caseAttr", variable="Home", value="Vik", caseID=1)
    made.live("caseAttr", variable="Home", value="NA", caseID=2)
    made.live("caseAttr", variable="Home", value="Os", caseID=2, status=0)
    held = rqda.read(made.path)
    (variable,) = held.variables
    assert [c.values for c in held.cases] == [{variable.guid: "Vik"}, {}]


def test_what_has_no_place_here_is_counted(made) -> None:
    made.live("coding2", cid=1)
    made.live("filecat", name="F", catid=1)
    made.live("annotation", fid=9, position=1, annotation="?")
    assert left_out(rqda.read(made.path)) == [
        ("annotations", "their text did not come in, or they have no words", 1),
        ("second codings", "RQDA keeps them beside the codings of the project", 1),
        ("categories of files", "nothing here is like them", 1),
    ]


def test_a_text_that_is_not_utf_8_is_read_as_windows_1252(made) -> None:
    with made.open() as connection:
        query = "INSERT INTO source (name, id, file, status) VALUES ('a', 1, CAST(? AS TEXT), 1)"
        connection.execute(query, ["Går det?".encode("cp1252")])
    held = rqda.read(made.path)
    assert held.sources[0].text == "Går det?"
    assert held.report.notes == [
        "Some texts of the database are not UTF-8 and were read as Windows-1252 (cp1252). "
        "Check the odd letters."
    ]


def test_another_database_is_refused(made) -> None:
    made.run("DROP TABLE coding")
    with pytest.raises(UnknownFormat):
        rqda.read(made.path)
