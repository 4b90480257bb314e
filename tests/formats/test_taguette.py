import csv
import html
import json
import sqlite3
from collections import Counter
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from foreign_databases import TAGUETTE
from hypothesis import given
from hypothesis import strategies as st

from workbench.errors import (
    AmbiguousName,
    BadFile,
    BrokenFile,
    MissingFile,
    UnknownFormat,
    UnknownName,
)
from workbench.formats import taguette
from workbench.model.report import Guess, LeftOut


class Database:
    """A file as Taguette writes it, filled by hand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.run(TAGUETTE)
        self.insert("projects", 1, "Waiting", "Who waits", "2022-02-03 08:00:53.304249")
        self.insert("project_members", 1, "bo", "ADMIN")

    @contextmanager
    def open(self):
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA journal_mode = MEMORY")
            yield connection
            connection.commit()

    def run(self, script: str) -> None:
        with self.open() as connection:
            connection.executescript(script)

    def insert(self, table: str, *values: object) -> None:
        with self.open() as connection:
            marks = ", ".join("?" * len(values))
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)

    def document(self, number: int, contents: object, *, project: int = 1) -> None:
        when = "2022-02-16 14:19:40.661560"
        name = f"T{number}"
        self.insert(
            "documents", number, name, "", f"{name}.odt", when, project, "LEFT_TO_RIGHT", contents
        )

    def highlight(self, number: int, document: int, first: object, last: int, snippet: str) -> None:
        self.insert("highlights", number, document, first, last, snippet)


@pytest.fixture
def database(tmp_path) -> Database:
    return Database(tmp_path / "p.sqlite3")


# --- the published project -------------------------------------------------------


@pytest.fixture(scope="session")
def published(shared) -> Path:
    return shared / "real" / "swj2022" / "thematic-analysis"


@pytest.fixture(scope="session")
def usability(published) -> taguette.TaguetteProject:
    return taguette.read(published / "SERDIF_P2_ThematicAnalysis.sqlite3")


def test_every_highlight_of_the_published_project_matches(usability) -> None:
    assert usability.report.counts == {
        "documents": 17,
        "tags": 22,
        "highlights": 1794,
        "taggings": 1930,
    }
    assert usability.report.left_out == []
    assert usability.report.guesses == []
    assert usability.report.notes == ["Highlights without a tag, which give no coding: 1."]
    texts = {d.document_id: d.text for d in usability.documents}
    assert all(texts[h.document_id][h.start : h.stop] == h.quote for h in usability.highlights)


def test_tags_of_the_published_project_are_those_of_its_last_codebook(usability, published):
    file = published / "codebooks" / "codebook_20220303_8.csv"
    with file.open(encoding="utf-8", newline="") as stream:
        codebook = {
            row["tag"]: (row["description"], int(row["number of highlights"]))
            for row in csv.DictReader(stream)
        }
    counts = Counter(tag for h in usability.highlights for tag in h.tag_ids)
    assert len(codebook) == 22
    assert {t.path: (t.description, counts[t.tag_id]) for t in usability.tags} == codebook


def test_the_published_project_tells_who_and_when(usability) -> None:
    assert usability.name == "Usability Study Analysis - February 2022"
    assert usability.created == "2022-02-03T08:00:53+00:00"
    assert usability.coders == ("admin",)
    assert {h.coder for h in usability.highlights} == {"admin"}
    assert all("2022-02-16" <= h.created[:10] <= "2022-03-03" for h in usability.highlights)


def test_the_published_project_is_recognised(published) -> None:
    assert taguette.recognises(published / "SERDIF_P2_ThematicAnalysis.sqlite3")


# --- positions -------------------------------------------------------------------


def test_a_highlight_over_two_paragraphs_takes_the_break_between_them(database) -> None:
    database.document(1, "<p>Kø på <b>røntgen</b> 👩</p><p>Ja &amp; nei</p>")
    database.insert("tags", 7, 1, "waiting.queue", "Standing in line")
    raw = "Kø på røntgen 👩Ja & nei"
    first, last = len("Kø på ".encode()), len(raw[: raw.index(" nei")].encode())
    database.highlight(3, 1, first, last, "<p><b>røntgen</b> 👩</p><p>Ja &amp;</p>")
    database.insert("highlight_tags", 3, 7)
    project = taguette.read(database.path)
    assert project.documents == (
        taguette.TaguetteDocument(
            1, "T1", "", "T1.odt", "2022-02-16T14:19:40+00:00", "Kø på røntgen 👩\nJa & nei"
        ),
    )
    assert project.tags == (taguette.TaguetteTag(7, "waiting.queue", "Standing in line"),)
    assert project.highlights == (
        taguette.TaguetteHighlight(3, 1, 6, 20, "røntgen 👩\nJa &", (7,), "bo", ""),
    )
    assert project.report.guesses == [
        Guess("1 highlights are by bo", "the project has no other member", "likely")
    ]


@pytest.mark.parametrize(
    ("first", "last", "snippet", "why"),
    [
        (0, 3, "<p>på</p>", "the words at their position are not those that Taguette kept"),
        (0, 3, "<p>kø.</p>", "the words at their position are not those that Taguette kept"),
        (0, 2, "<p>kø</p>", "their position is not in the text"),
        (0, 99, "<p>kø å</p>", "their position is not in the text"),
        (3, 3, "", "their position is not in the text"),
        (6, 3, "", "their position is not in the text"),
        (3, 4, "", "there are no words at their position"),
    ],
)
def test_a_highlight_that_does_not_fit_is_left_out_and_not_moved(
    database, first, last, snippet, why
) -> None:
    database.document(1, "<p>kø å</p>")
    database.highlight(1, 1, first, last, snippet)
    database.highlight(2, 1, 0, 3, "<p>\n kø</p>")
    project = taguette.read(database.path)
    assert [h.highlight_id for h in project.highlights] == [2]
    assert project.report.left_out == [LeftOut("highlights", f"in “T1” {why}", 1)]


# letters that differ from one another: where they land shows any shift
LETTERS = "abcæøåÆéñ’—日本👩🏽🔬𝄞\u00a0&<>\"'\u0301"
NODE = st.lists(st.sampled_from(LETTERS), min_size=1, max_size=6, unique=True)


def written(letters: str, how: int) -> str:
    """Write letters as HTML: plain, as decimal, or as hexadecimal references."""
    if how == 0:
        return html.escape(letters, quote=False)
    if how == 1:
        return "".join(f"&#{ord(c)};" for c in letters)
    return "".join(f"&#x{ord(c):x};" if c in "&<>" or ord(c) > 127 else c for c in letters)


@st.composite
def marked_documents(draw):
    """Return (HTML, its text nodes, [(first, last) in code points of the text nodes])."""
    letters = draw(st.permutations(LETTERS))
    places = sorted(draw(st.sets(st.integers(1, len(letters) - 1), max_size=6)))
    nodes = [
        "".join(letters[a:b]) for a, b in zip([0, *places], [*places, len(letters)], strict=True)
    ]
    document, raw = "", ""
    for node in nodes:
        node = draw(st.sampled_from(["", " ", "\n"])) + node + draw(st.sampled_from(["", " "]))
        inside = written(node, draw(st.integers(0, 2)))
        tag = draw(st.sampled_from(["p", "b", "li", "h2", "em", ""]))
        document += f"<{tag}>{inside}</{tag}>" if tag else inside
        raw += node
        between = draw(st.sampled_from(["", "<br>", "<br/>\n", "\n", "<img src='x'>"]))
        document += between
        raw += "\n" if "\n" in between else ""
    visible = [i for i, letter in enumerate(raw) if not letter.isspace()]
    edges = st.lists(st.sampled_from(visible), min_size=2, max_size=2).map(sorted)
    return document, raw, [(a, b + 1) for a, b in draw(st.lists(edges, min_size=1, max_size=4))]


@given(marked_documents())
def test_byte_positions_of_any_document_come_back_as_the_same_letters(tmp_path_factory, marked):
    contents, raw, places = marked
    database = Database(tmp_path_factory.mktemp("t") / "p.sqlite3")
    database.document(1, contents)
    for number, (a, b) in enumerate(places):
        first, last = len(raw[:a].encode()), len(raw[:b].encode())
        database.highlight(number, 1, first, last, f"<p>{html.escape(raw[a:b])}</p>")
    project = taguette.read(database.path)
    assert project.report.counts["highlights"] == len(places)
    text = project.documents[0].text
    assert [c for c in text if c not in " \n\t"] == [c for c in raw if c not in " \n"]
    for highlight in project.highlights:
        a, b = places[highlight.highlight_id]
        assert highlight.start == text.index(raw[a])
        assert highlight.stop == text.index(raw[b - 1]) + 1
        assert highlight.quote == text[highlight.start : highlight.stop]


# --- people ----------------------------------------------------------------------


def added(highlight: int) -> str:
    return json.dumps({"type": "highlight_add", "highlight_id": highlight, "tags": [7]})


def test_who_made_a_highlight_is_read_from_what_was_done(database) -> None:
    database.insert("project_members", 1, "ane", "TAG")
    database.insert("users", "ane", "secret-hash", "ane@example.org")
    database.document(1, "<p>abc</p>")
    for number in (1, 2, 3):
        database.highlight(number, 1, number - 1, number, "<p>" + "abc"[number - 1] + "</p>")
    for login, payload in (
        ("ane", added(1)),
        ("bo", added(2)),
        ("bo", added(1)),
        ("bo", "[" * 5000 + "highlight_add"),
        ("bo", '["highlight_add"]'),
    ):
        database.insert("commands", None, "2022-02-16 10:00:00", login, 1, 1, payload)
    project = taguette.read(database.path)
    assert [(h.coder, h.created) for h in project.highlights] == [
        ("ane", "2022-02-16T10:00:00+00:00"),
        ("bo", "2022-02-16T10:00:00+00:00"),
        ("", ""),
    ]
    assert project.coders == ("ane", "bo")
    assert project.report.guesses == [
        Guess(
            "1 highlights are by those who made them", "somebody else changed them later", "unsure"
        )
    ]
    assert project.report.notes == [
        "The project does not tell who made 1 of its highlights.",
        "Highlights without a tag, which give no coding: 3.",
    ]
    assert "secret" not in repr(project)


# --- what is left out ------------------------------------------------------------


def test_pictures_and_taggings_of_unknown_tags_are_reported(database) -> None:
    database.document(1, "<p>abc<img src='/static/missing.png'></p>")
    database.highlight(1, 1, 0, 3, "<p>abc</p>")
    database.insert("highlight_tags", 1, 99)
    assert taguette.read(database.path).report.left_out == [
        LeftOut("pictures", "“T1” names them, and Taguette does not keep them", 1),
        LeftOut("taggings", "their tag is not in the project", 1),
    ]


def test_of_several_projects_the_named_one_is_read(database) -> None:
    database.insert("projects", 2, "Another", "", None)
    database.document(1, "<p>abc</p>")
    database.document(2, "<p>xyz</p>", project=2)
    database.insert("tags", 7, 1, "waiting", "")
    for document, words in ((1, "abc"), (2, "xyz")):
        database.highlight(document, document, 0, 3, f"<p>{words}</p>")
    database.insert("highlight_tags", 1, 7)
    with pytest.raises(AmbiguousName, match="Waiting, Another"):
        taguette.read(database.path)
    with pytest.raises(UnknownName):
        taguette.read(database.path, "Third")
    project = taguette.read(database.path, "Another")
    assert ([d.text for d in project.documents], project.created) == (["xyz"], "")
    assert [(h.quote, h.tag_ids) for h in project.highlights] == [("xyz", ())]
    assert project.report.left_out == []


# --- files that are something else ---------------------------------------------


def test_other_files_are_not_recognised(tmp_path) -> None:
    text = tmp_path / "a.sqlite3"
    text.write_text("Anna: Hello")
    other = tmp_path / "b.sqlite3"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE documents (id)")
    for path in (text, other):
        assert not taguette.recognises(path)
        with pytest.raises(UnknownFormat):
            taguette.read(path)
    assert not taguette.recognises(tmp_path / "none")
    assert not taguette.recognises(tmp_path)
    with pytest.raises(MissingFile):
        taguette.read(tmp_path / "none")


def test_a_project_that_is_still_being_written_is_refused(database) -> None:
    Path(f"{database.path}-wal").write_bytes(b"x")
    with pytest.raises(BrokenFile, match="close Taguette first"):
        taguette.read(database.path)


def test_reading_leaves_the_file_and_its_folder_as_they_are(database) -> None:
    before = database.path.read_bytes()
    taguette.read(database.path)
    assert database.path.read_bytes() == before
    assert [p.name for p in database.path.parent.iterdir()] == ["p.sqlite3"]


def test_a_project_that_another_program_has_locked_can_be_read(database) -> None:
    with closing(sqlite3.connect(database.path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert taguette.read(database.path).name == "Waiting"


def test_a_name_with_signs_of_an_address_is_only_a_name(tmp_path) -> None:
    database = Database(tmp_path / "a?mode=rwc#%20.sqlite3")
    assert taguette.read(database.path).name == "Waiting"


@pytest.mark.parametrize("contents", [None, b"<p>bytes</p>"])
def test_values_of_the_wrong_type_are_refused(database, contents) -> None:
    database.document(1, contents)
    with pytest.raises(BrokenFile):
        taguette.read(database.path)


def test_text_that_is_not_utf8_is_refused(database) -> None:
    database.run("UPDATE projects SET description = CAST(x'ff41' AS TEXT)")
    with pytest.raises(BrokenFile):
        taguette.read(database.path)


def test_a_view_in_the_place_of_a_table_is_not_read(database) -> None:
    database.run("ALTER TABLE tags RENAME TO old; CREATE VIEW tags AS SELECT * FROM old")
    assert not taguette.recognises(database.path)


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> bytes:
    database = Database(tmp_path_factory.mktemp("sound") / "p.sqlite3")
    database.document(1, "<p>abc</p>")
    database.highlight(1, 1, 0, 3, "<p>abc</p>")
    return database.path.read_bytes()


@given(st.integers(0, 60_000), st.binary(min_size=1, max_size=40))
def test_damaged_databases_are_refused_by_name_or_every_quote_is_where_it_says(
    tmp_path_factory, sound, place, noise
) -> None:
    place %= len(sound)
    file = tmp_path_factory.mktemp("t") / "p.sqlite3"
    file.write_bytes(sound[:place] + noise + sound[place + len(noise) :])
    try:
        found = taguette.read(file)
    except (BadFile, AmbiguousName) as refused:
        found = str(refused)
    if isinstance(found, str):
        several = "could be more than one Taguette project"
        assert found.startswith(f"{file}: ") or several in found
    else:
        texts = {d.document_id: d.text for d in found.documents}
        for h in found.highlights:
            assert h.quote == texts[h.document_id][h.start : h.stop] != ""
