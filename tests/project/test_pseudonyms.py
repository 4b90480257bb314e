"""From a proposal over a table that a person edits to replaced names and their key."""

import csv
from pathlib import Path

import builders
import pytest
from builders import GROUP, Garden

from workbench.errors import BadFile, BadTable, BadValue, CannotWrite, Refused
from workbench.formats import pseudonym_table
from workbench.formats.keyfile import KeyRow
from workbench.formats.pseudonym_table import NameRow
from workbench.project import edits, pseudonyms
from workbench.project.edits.pseudonyms import Chosen

TABLE = "name,kind,replacement,where\nAnna,person,Liv,\nBo,person,,\nRain,,Snow,transcripts\n"


@pytest.fixture
def names(tmp_path: Path) -> Path:
    path = tmp_path / "names.csv"
    path.write_text(TABLE)
    return path


def test_a_proposal_says_where_every_name_stands(garden: Garden, tmp_path: Path) -> None:
    builders.bring(
        garden.project, ("kari", "I: Well?\nKari: I met Ola. Then Ola Moe left, on 90 11.\n")
    )
    edits.add_memo(garden.project, "Ask Ola.")
    acts, given, path = garden.acts(), tmp_path / "given.csv", tmp_path / "names.csv"
    given.write_text("name,replacement,where\nMoe,Vik,transcripts\nNobody,,\n")
    assert pseudonyms.propose(garden.project, path, given=given, patterns=[r"\d\d \d\d"]) == 7
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    assert [row[:5] for row in rows] == [
        ["name", "kind", "replacement", "where", "hits"],
        ["Moe", "given", "Vik", "transcripts", "kari 1"],
        ["Nobody", "given", "Name 1", "", ""],
        ["Anna", "speaker", "Person 1", "transcripts; cases", "group 2; speaker 1; case 1"],
        ["Bo", "speaker", "Person 2", "transcripts; cases", "group 2; speaker 1; case 1"],
        [
            "Kari",
            "speaker",
            "Person 3",
            "transcripts; headers; cases",
            "kari 1; speaker 1; transcript 1; case 1",
        ],
        ["90 11", "pattern", "Number 1", "transcripts", "kari 1"],
        ["Ola", "recurring", "Name 2", "transcripts; memos", "kari 2; memo 1"],
    ]
    # 30 characters on each side, at most three hits
    assert rows[1][5] == "ll? Kari: I met Ola. Then Ola [Moe] left, on 90 11."
    assert rows[3][5].endswith("Rain h | [Anna]")
    assert garden.acts() == acts


def test_a_table_that_stands_there_is_not_written_over(garden: Garden, names: Path) -> None:
    with pytest.raises(CannotWrite, match="which may hold your choices"):
        pseudonyms.propose(garden.project, names)
    assert names.read_text() == TABLE


def test_hits_tell_what_each_place_becomes(garden: Garden, names: Path) -> None:
    edits.begin_draft(garden.project, builders.VERSION, "2")
    edits.change_code(garden.project, "garden@2", "Tools", definition="Says Anna.")
    found = [
        (h.name, h.place, h.of, h.match, h.becomes) for h in pseudonyms.hits(garden.project, names)
    ]
    assert found == [
        ("Rain", "transcripts", "gardener", "Rain", "Snow"),
        ("Anna", "transcripts", "group", "Anna", "Liv"),
        ("Anna", "transcripts", "group", "Anna", "Liv"),
        ("Rain", "transcripts", "group", "Rain", "Snow"),
        ("Anna", "transcripts", "speaker", "Anna", "Liv"),
        ("Anna", "cases", "case", "Anna", "Liv"),
        ("Rain", "transcripts", "statement", "Rain", "Snow"),
        ("Anna", "frameworks", "code version", "Anna", ""),
    ]
    first = pseudonyms.hits(garden.project, names, context=5)[1]
    assert (first.before, first.start, first.after) == ("ork?\n", GROUP.index("Anna"), ": We ")


def test_a_table_is_applied_and_its_key_tells_who_is_who(
    garden: Garden, names: Path, tmp_path: Path
) -> None:
    key = tmp_path / "names.key"
    report = pseudonyms.apply(garden.project, names, key, "secret")
    assert report.counts["new versions"] == 2
    kept = [KeyRow("Anna", "person", "Liv"), KeyRow("Rain", "", "Snow")]
    assert pseudonyms.real_names(key, "secret") == kept
    names.write_text("name,replacement\nBo,Per\nAnna,Liv\n")
    pseudonyms.apply(garden.project, names, key, "secret")
    assert pseudonyms.real_names(key, "secret") == [*kept, KeyRow("Bo", "", "Per")]
    assert "Bo:" not in str([v["text"] for v in garden.live()["transcript_version"]][-1])


@pytest.mark.parametrize(
    ("table", "passphrase", "error", "said"),
    [
        ("name,replacement\nBo,Per\n", "wrong", BadFile, "does not open it"),
        ("name,replacement\nBo,Per\n", "", BadValue, "The passphrase"),
        ("name,replacement\nAnna,Eva\n", "secret", Refused, "The key calls Anna otherwise"),
        ("name,replacement\nNobody,Eva\n", "secret", Refused, "None of these names"),
        ("name,replacement\nBo,\n", "secret", Refused, "None of these names"),
        ("name,replacement,where\nBo,Per,texts\n", "secret", BadTable, "“texts” is no place"),
    ],
)
def test_what_fails_leaves_key_and_project_as_they_were(
    table: str,
    passphrase: str,
    error: type[Exception],
    said: str,
    garden: Garden,
    names: Path,
    tmp_path: Path,
) -> None:
    key = tmp_path / "names.key"
    pseudonyms.apply(garden.project, names, key, "secret")
    before, content = garden.live(), key.read_bytes()
    names.write_text(table)
    with pytest.raises(error, match=said):
        pseudonyms.apply(garden.project, names, key, passphrase)
    assert (garden.live(), key.read_bytes()) == (before, content)


def test_a_key_that_is_not_needed_is_not_made(garden: Garden, names: Path, tmp_path: Path) -> None:
    key = tmp_path / "names.key"
    names.write_text("name,replacement\nNobody,Eva\n")
    with pytest.raises(Refused):
        pseudonyms.apply(garden.project, names, key, "secret")
    assert not key.exists()
    names.write_text(TABLE)
    with garden.project.rehearsing():
        pseudonyms.apply(garden.project, names, key, "secret")
    assert not key.exists()


def test_the_key_takes_no_place_of_another_file(garden: Garden, names: Path) -> None:
    for taken in (names, Path(garden.project.where)):
        before = taken.read_bytes()
        with pytest.raises(CannotWrite, match="a file of its own"):
            pseudonyms.apply(garden.project, names, taken, "secret")
        assert taken.read_bytes() == before


def test_what_the_history_says_of_the_act_holds_no_name(
    garden: Garden, names: Path, tmp_path: Path
) -> None:
    pseudonyms.apply(garden.project, names, tmp_path / "names.key", "secret")
    (entry, *_) = garden.project.history(newest=1)
    assert not any(word in str(entry) for word in ("Anna", "Liv", "Rain", "Snow", "secret"))


def test_texts_of_users_are_data_in_names_and_pseudonyms(garden: Garden, tmp_path: Path) -> None:
    odd = [Chosen("Anna", "<b>\\1 $& '; --"), Chosen("Tools", "{0} %s")]
    edits.pseudonymise(garden.project, odd)
    path = tmp_path / "odd.csv"
    pseudonym_table.write([NameRow("<b>\\1 $& '; --", "", "Liv")], path)
    assert len(pseudonyms.hits(garden.project, path)) == 4
    assert garden.project.check() == []
