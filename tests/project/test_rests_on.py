"""From words, and from all between, the chain leads up to what rests on them."""

import pytest
from builders import Garden

from workbench import errors
from workbench.project import edits
from workbench.project.rests_on import rests_on


def told(step) -> list[tuple[str, str]]:
    return [(s.what, s.text) for s in step.walk()]


LINK = ("link", "Locked out → Use of the garden (−)")
CLIMB = [
    ("element", "Locked out"),
    ("category", "Weather and locks"),
    ("theme", "Access"),
    LINK,
]


def test_words_carry_statements_the_nodes_these_feed_and_the_links_that_cite_them(garden):
    assert told(rests_on(garden.project, garden.codings["gate"])) == [
        ("coding", "The gate is locked after six, and nobody has a key."),
        ("summary statement", "A locked gate shuts people out."),
        ("cell", "gardener × 1.2 Barriers"),
        *CLIMB,
        LINK,
    ]


def test_a_coding_says_where_it_is_and_on_which_side_of_a_link_it_speaks(garden):
    step = rests_on(garden.project, garden.codings["july"])
    assert (step.where, step.who) == ("group, turn 4", "anna")
    assert [(s.what, s.reason) for s in step.under] == [("link", "the words speak against it")]


def test_a_statement_a_node_and_a_link_are_climbed_from_too(garden):
    assert told(rests_on(garden.project, "Locked out")) == CLIMB
    assert told(rests_on(garden.project, garden.link)) == [LINK]
    assert told(rests_on(garden.project, garden.statements["list"]))[1:] == [
        ("cell", "group: Anna × 2.1 Shared work"),
        ("element", "Lists"),
    ]


def test_a_cell_carries_what_its_statements_feed(garden):
    rows = garden.live()["statement"]
    cell = next(s["cell_id"] for s in rows if s["id"] == garden.statements["list"])
    assert told(rests_on(garden.project, cell)) == [
        ("cell", "group: Anna × 2.1 Shared work"),
        ("summary statement", "A list shares the work out."),
        ("element", "Lists"),
    ]


def test_what_was_withdrawn_rests_on_nothing(garden: Garden):
    edits.withdraw_link(garden.project, garden.link)
    edits.withdraw_statement(garden.project, garden.statements["gate"])
    assert told(rests_on(garden.project, garden.codings["gate"])) == [
        ("coding", "The gate is locked after six, and nobody has a key.")
    ]


def test_a_quotation_of_a_report_rests_on_its_words_and_on_its_node(garden):
    edits.quote_in_report(
        garden.project, garden.codings["tools"], report="R1", number=3, node="Lists"
    )
    assert told(rests_on(garden.project, garden.codings["tools"]))[1:] == [("quotation", "R1 3")]
    assert told(rests_on(garden.project, "Lists"))[1:] == [("quotation", "R1 3")]


def test_what_nothing_answers_to_is_told(garden):
    with pytest.raises(errors.UnknownName):
        rests_on(garden.project, "00000000-0000-0000-0000-000000000000")
