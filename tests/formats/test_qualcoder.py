"""QualCoder's databases are read: what is where its words are comes in, whatever counted it."""

import hashlib
import shutil
import zipfile
from pathlib import Path

import pytest
from foreign_databases import QUALCODER_V3, QualCoder, small_qualcoder
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import BrokenFile, UnknownFormat
from workbench.formats import database_tools, qualcoder
from workbench.formats.refi.project import RefiProject


@pytest.fixture
def made(tmp_path) -> QualCoder:
    return QualCoder(tmp_path / "a.qda" / "data.qda")


def coded(held: RefiProject) -> list[tuple[str, int, int, str, str]]:
    """Return code, start, stop, quote and coder of each coding."""
    names = {c.guid: c.name for c in held.codes}
    return [
        (names[c.code], s.start, s.stop, s.quote, c.coder)
        for s in held.selections
        for c in s.codings
    ]


def left_out(held: RefiProject) -> list[tuple[str, str, int]]:
    return [(o.what, o.why, o.count) for o in held.report.left_out]


@pytest.mark.parametrize(("schema", "version"), [(QUALCODER_V3, "v3"), (None, "v16")])
def test_a_project_is_read_whole(tmp_path, schema, version) -> None:
    file = tmp_path / "sheds.qda" / "data.qda"
    held = qualcoder.read(small_qualcoder(file, *([schema, version] if schema else [])))
    assert (held.name, held.origin, held.created) == ("sheds", "QualCoder", "2024-05-01T10:00:00")
    assert [u.name for u in held.users] == ["ane", "bo"]
    tree = {c.guid: c for c in held.codes}
    assert [
        (c.name, c.description, c.colour, c.codable, tree[c.parent].name if c.parent else "")
        for c in held.codes
    ] == [
        ("Sheds", "All of them.", "", False, ""),
        ("Room", "How full it is.", "#ff8800", True, "Sheds"),
        ("Tools", "", "", True, ""),
    ]
    assert coded(held) == [
        ("Room", 15, 23, "The shed", "ane"),
        ("Room", 15, 23, "The shed", "bo"),
        ("Tools", 0, 8, "I: Well?", "ane"),
    ]
    comments = [(s.description, s.quote, s.author) for s in held.selections if s.description]
    assert comments == [("Is it?", "The shed", "bo"), ("So?", "is full", "bo")]
    (source,) = held.sources
    words = "I: Well?\nKari: The shed is full."
    assert (source.text, source.content, source.description) == (
        words,
        words.encode(),
        "Read aloud.",
    )
    (variable,) = held.variables
    assert (variable.name, variable.kind) == ("Years", "integer")
    (case,) = held.cases
    assert (case.name, case.description, case.values) == (
        "Kari", "Came late.", {variable.guid: "12"},
    )  # fmt: skip
    assert (case.sources, case.selections) == ((source.guid,), ())
    assert [(n.name, n.text, n.author, n.anchors) for n in held.notes] == [
        ("Why", "Ask her.", "bo", ())
    ]
    assert held.report.notes == [f"The database is of QualCoder's schema {version}."]
    assert held.report.left_out == held.report.guesses == []


@pytest.mark.parametrize(
    ("start", "stop", "quote", "place"),
    [
        (5, 7, "bc", (4, 6)),
        (4, 6, "bc", (4, 6)),
        (4, 6, "de", None),
        (8, 13, "de fg", (7, 12)),
        (8, 13, "de\u2029fg", (7, 12)),
        (8, 14, "de\nfg", (7, 12)),
    ],
    ids=["by hand", "by search", "other words", "a line end", "as Qt writes it", "CR and LF"],
)
def test_a_coding_stands_where_its_words_are(made, start, stop, quote, place) -> None:
    made.text(1, "a", "a 👩 bc de\r\nfg")
    made.code(1, "Room")
    made.coding(1, 1, start, stop, quote)
    held = qualcoder.read(made.path)
    assert held.sources[0].text == "a 👩 bc de\nfg"
    assert [(s.start, s.stop) for s in held.selections] == ([place] if place else [])
    why = "the words at their position are not those that QualCoder kept"
    assert left_out(held) == ([] if place else [("codings", why, 1)])
    assert held.sources[0].content == "a 👩 bc de\r\nfg".encode()


def test_words_that_stand_at_both_places_are_taken_by_hand_and_the_report_says_so(made) -> None:
    made.text(1, "a", "👩 no no no")
    made.code(1, "Room")
    made.coding(1, 1, 3, 5, "no")
    made.text(2, "b", "👩nononono")
    made.coding(1, 2, 4, 6, "no")
    held = qualcoder.read(made.path)
    assert [(s.start, s.stop) for s in held.selections] == [(2, 4), (3, 5)]
    assert held.report.guesses == []
    made.text(3, "c", "👩aaaa")
    made.coding(1, 3, 2, 3, "a")
    held = qualcoder.read(made.path)
    assert [(s.start, s.stop) for s in held.selections] == [(2, 4), (3, 5), (1, 2)]
    (guess,) = held.report.guesses
    assert (guess.what, guess.confidence) == ("1 coding could stand at another place too", "unsure")


@given(
    before=st.text("ab👩é\n ", max_size=12),
    words=st.text("abcd👩é ", min_size=1, max_size=8).filter(str.strip),
    after=st.text("ab👩é\n ", max_size=12),
    line_end=st.sampled_from(["\n", "\r\n"]),
    unit=st.sampled_from(["UTF-16", "code points"]),
)
def test_whatever_counted_the_quote_is_the_slice(
    tmp_path_factory, before, words, after, line_end, unit
) -> None:
    made = QualCoder(tmp_path_factory.mktemp("q") / "data.qda")
    made.text(1, "a", (before + words + after).replace("\n", line_end))
    made.code(1, "Room")
    told = before.replace("\n", line_end) if unit == "code points" else before
    size = (lambda t: len(t.encode("utf-16-le")) // 2) if unit == "UTF-16" else len
    start = size(told)
    made.coding(1, 1, start, start + size(words), words)
    (selection,) = qualcoder.read(made.path).selections
    assert selection.quote.split() == words.split()
    assert (before + words + after)[selection.start : selection.stop] == selection.quote


def test_sub_codes_stand_under_their_codes_and_circles_at_the_top(made) -> None:
    made.code(1, "Room")
    made.code(2, "Door", supercid=1)
    made.code(3, "Lost", catid=9)
    made.code(4, "Round", supercid=5)
    made.code(5, "About", supercid=4)
    held = qualcoder.read(made.path)
    names = {c.guid: c.name for c in held.codes}
    assert [(c.name, names.get(c.parent, "")) for c in held.codes] == [
        ("Room", ""), ("Door", "Room"), ("Lost", ""), ("Round", ""), ("About", ""),
    ]  # fmt: skip
    assert held.report.notes[-1] == (
        "Codes whose category is not there, or is below them, stand at the top: 3."
    )


def test_cases_have_parts_of_texts_and_whole_texts(made) -> None:
    made.text(1, "group", "Ane: Yes.\nBo: No 👩.")
    made.insert("cases", caseid=1, name="Ane")
    made.insert("cases", caseid=2, name=" ")
    made.insert("cases", caseid=3, name="All")
    made.insert("case_text", caseid=1, fid=1, pos0=0, pos1=9, memo="She smiled.", owner="bo")
    made.insert("case_text", caseid=2, fid=1, pos0=10, pos1=20)
    made.insert("case_text", caseid=3, fid=1, pos0=0, pos1=18)
    made.insert("case_text", caseid=3, fid=9, pos0=0, pos1=1)
    held = qualcoder.read(made.path)
    quotes = {s.guid: s.quote for s in held.selections}
    assert [(c.name, [quotes[s] for s in c.selections], len(c.sources)) for c in held.cases] == [
        ("Ane", ["Ane: Yes."], 0), ("Case 2", ["Bo: No 👩."], 0), ("All", [], 1),
    ]  # fmt: skip
    assert [s.description for s in held.selections] == ["She smiled.", ""]
    assert left_out(held) == [("stretches of cases", "their text did not come in", 1)]


def test_attributes_of_texts_go_to_their_case_or_make_one(made) -> None:
    for number in (1, 2, 3):
        made.text(number, f"t{number}", "Words.")
    made.insert("cases", caseid=1, name="Ane")
    made.insert("cases", caseid=2, name="Two")
    made.insert("case_text", caseid=1, fid=1, pos0=0, pos1=6)
    made.insert("case_text", caseid=2, fid=2, pos0=0, pos1=3)
    made.insert("attribute_type", name="Age", caseOrFile="file", valuetype="numeric")
    made.insert("attribute_type", name="Home", caseOrFile="case", valuetype="character")
    for number, value in ((1, "41"), (2, "7"), (3, "old"), (9, "8")):
        made.insert("attribute", name="Age", attr_type="file", value=value, id=number)
    made.insert("attribute", name="Home", attr_type="case", value="Vik", id=1)
    made.insert("attribute", name="Home", attr_type="case", value="", id=2)
    made.insert("attribute", name="None", attr_type="case", value="x", id=1)
    made.insert("attribute", name="Home", attr_type="journal", value="x", id=1)
    held = qualcoder.read(made.path)
    names = {v.guid: v.name for v in held.variables}
    assert [(v.name, v.kind) for v in held.variables] == [("Age", "text"), ("Home", "text")]
    assert [(c.name, {names[v]: s for v, s in c.values.items()}) for c in held.cases] == [
        ("Ane", {"Age": "41", "Home": "Vik"}), ("Two", {}), ("t3", {"Age": "old"}),
    ]  # fmt: skip
    assert sorted(left_out(held)) == [
        ("values", "only cases have attributes here", 1),
        ("values", "the text that they describe did not come in", 1),
        ("values", "their attribute is not in the file", 1),
        ("values", "they describe a text that is not one case alone", 1),
    ]


def test_what_is_no_text_is_counted(made) -> None:
    made.text(1, "a", "Words.")
    made.text(2, "p", None, mediapath="/images/p.png")
    made.text(3, "r", None, mediapath="audio:/r.mp3")
    made.text(4, "v", "", mediapath="/video/v.mp4")
    made.text(5, "e", None, mediapath="/docs/e.docx")
    made.code(1, "Room")
    made.coding(1, 1, 0, 5, "Words", important=1)
    made.coding(1, 2, 0, 5, "Words")
    made.coding(7, 1, 0, 5, "Words")
    made.coding(1, 1, "x", 5, "Words")
    made.coding(1, 1, 0, 5, "Words", memo="Again.")
    made.insert("code_image", imid=1, id=2)
    made.insert("code_av", avid=1, id=3)
    made.insert("graph", grid=1, name="g")
    made.insert("stored_sql", title="q")
    made.insert("annotation", fid=2, pos0=0, pos1=1, memo="?")
    held = qualcoder.read(made.path)
    assert len(held.selections) == 1
    assert sorted(left_out(held)) == [
        ("annotations", "their position is not in a text that came in", 1),
        ("codings", "the same coder gave the same code to the same selection", 1),
        ("codings", "their code is not in the codebook", 1),
        ("codings", "their position is no number", 1),
        ("codings", "their text did not come in", 1),
        ("codings of pictures", "only texts come in", 1),
        ("codings of recordings", "only texts come in", 1),
        ("graphs", "drawings of other tools are not taken over", 1),
        ("marks of importance", "codings have none here", 1),
        ("pictures", "only texts come in", 1),
        ("recordings", "only texts come in", 1),
        ("stored queries", "they are queries of a database", 1),
        ("texts", "there are no words of theirs in the database", 1),
        ("videos", "only texts come in", 1),
    ]


def test_the_folder_the_file_and_a_zip_are_one_project(tmp_path) -> None:
    file = small_qualcoder(tmp_path / "sheds.qda" / "data.qda")
    folder = file.parent
    packed = Path(shutil.make_archive(str(tmp_path / "sent"), "zip", tmp_path, "sheds.qda"))
    here = tmp_path / "copy.qda"
    shutil.copy(file, here)
    for path, name in ((file, "sheds"), (folder, "sheds"), (packed, "sheds"), (here, "copy")):
        assert database_tools.tool(path) == "QualCoder"
        held = qualcoder.read(path)
        assert (held.name, len(coded(held))) == (name, 3)
    assert database_tools.sha256(folder) == hashlib.sha256(file.read_bytes()).hexdigest()
    assert database_tools.tool(tmp_path) is None


def test_a_database_that_is_open_elsewhere_is_refused(tmp_path) -> None:
    file = small_qualcoder(tmp_path / "a.qda" / "data.qda")
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(file, "a.qda/data.qda")
        archive.writestr("a.qda/data.qda-wal", b"pages")
    with pytest.raises(BrokenFile, match="pack it again"):
        qualcoder.read(packed)
    file.with_name("data.qda-journal").write_bytes(b"pages")
    with pytest.raises(BrokenFile, match="close QualCoder first"):
        qualcoder.read(file)


def test_a_zip_with_two_projects_is_none(tmp_path) -> None:
    file = small_qualcoder(tmp_path / "a.qda" / "data.qda")
    packed = tmp_path / "a.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(file, "a.qda/data.qda")
        archive.write(file, "b.qda/data.qda")
    assert database_tools.tool(packed) is None


def test_another_database_is_refused(tmp_path) -> None:
    other = QualCoder(tmp_path / "a.qda")
    other.run("DROP TABLE code_text")
    assert database_tools.tool(other.path) is None
    with pytest.raises(UnknownFormat):
        qualcoder.read(other.path)
