"""Names on the page of the project: found, chosen, and replaced once the key was taken."""

import json

import builders
import pandas as pd
import pytest

import workbench
from workbench.project.pseudonyms import NameRow
from workbench.ui import session
from workbench.ui.panels.project import names

SAID = "I: Who?\nTorunn: Kåre. On Sundays Kåre comes, and Kåre stays.\n"
WHERE = ("transcripts", "memos")


@pytest.fixture
def named(empty):
    with workbench.open(empty, who="ingrid") as project:
        builders.bring(project, ("talk; of two", SAID))
    return empty


def button(at, label):
    return next(b for b in at.button if b.label == label)


def found(at):
    """Return the table of names as it is shown."""
    assert not at.exception
    return next(f.value for f in at.dataframe if "replacement" in f.value.columns)


def test_names_are_found_with_the_places_in_which_they_stand(page, named):
    at = page("project", named, view="names")
    at.text_area(key="names given").set_value("Sundays\n\n Sundays ")
    button(at, "Find names").click().run()
    table = found(at)
    assert table[["replace", "name", "replacement", "kind", "hits"]].to_numpy().tolist() == [
        [True, "Sundays", "Name 1", "given", 1],
        [True, "Torunn", "Person 1", "speaker", 2],  # the text and the label; the case is the talk
        [True, "Kåre", "Name 2", "capital letter", 3],
    ]
    hits = next(f.value for f in at.dataframe if "Becomes" in f.value.columns)
    assert [tuple(row) for row in hits[["Where", "Name", "Becomes"]].to_numpy()] == [
        ("Transcripts", "Torunn", "Person 1"),
        ("Transcripts", "Kåre", "Name 2"),
        ("Transcripts", "Sundays", "Name 1"),
        ("Transcripts", "Kåre", "Name 2"),
        ("Transcripts", "Kåre", "Name 2"),
        ("Transcripts", "Torunn", "Person 1"),
    ]


def test_an_expression_that_is_none_is_told_in_a_sentence(page, named):
    at = page("project", named, view="names")
    at.text_area(key="names patterns").set_value("(")
    button(at, "Find names").click().run()
    assert not at.exception
    assert len(at.error) == 1
    assert not at.dataframe


def test_names_are_replaced_only_when_the_key_was_taken(page, named):
    at = page("project", named, view="names")
    button(at, "Find names").click().run()
    at.text_input(key="names secret").set_value("a tree")
    at.text_input(key="names secret again").set_value("a bush")
    button(at, "Make the key").click().run()
    assert [e.value for e in at.error] == ["The two passphrases are not the same."]
    at.text_input(key="names secret again").set_value("a tree")
    button(at, "Make the key").click().run()
    assert not at.error
    assert button(at, "Replace the names").disabled
    held = f"held:{session.key_of(str(named))}:names key"
    at.session_state[held]["taken"] = True
    at.run()
    assert json.loads(at.session_state[held]["key"])["what"].startswith("key of a")
    button(at, "Replace the names").click().run()
    assert not at.exception
    assert "1 new version" in at.success[0].value
    with workbench.open(named) as project:
        assert project.history(1)[0]["verb"] == "pseudonymise"
        assert project.search("Kåre").empty
    assert not [f for f in at.dataframe if "replacement" in f.value.columns]


def test_a_row_counts_where_it_has_a_name_and_is_ticked():
    rows = [NameRow("Kåre", "recurring", "Name 1")]
    edited = pd.DataFrame(
        [
            [True, "Kåre", " Ola  Bø "],
            [False, "Liv", "Siv"],
            [None, "Per", "Pål"],
            [True, None, ""],
            [True, "Liv", "Åse"],
        ],
        columns=["replace", "name", "replacement"],
    )
    assert names.rows_of(edited, rows, WHERE) == [
        NameRow("Kåre", "recurring", "Ola Bø", WHERE),
        NameRow("Liv", "", "", WHERE),
        NameRow("Per", "", "", WHERE),
        NameRow("Liv", "", "Åse", WHERE),
    ]
    assert [r.replacement for r in names.rows_of(edited, rows, ())] == [""] * 4


def test_what_would_go_is_looked_at_with_the_key_first(page, named):
    at = page("project", named, view="names")
    button(at, "See what would go").click().run()
    assert [e.value for e in at.error] == [
        "Give the key first: no name in it may be left in the project."
    ]


def test_the_page_is_norwegian_where_that_is_chosen(page, named):
    at = page("project", named, view="names")
    at.session_state["language"] = "nb"
    at.run()
    button(at, "Finn navn").click().run()
    assert found(at)["kind"].to_list() == ["taler", "stor bokstav"]
