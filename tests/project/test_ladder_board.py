"""The board of a ladder: the same figures as its tables, and the words behind them."""

import pytest
from builders import ANNA, BO, VERSION, Garden, version

from workbench import errors
from workbench.project import edits, ladder_board, mapping


def codes(garden: Garden) -> dict[str, str]:
    return {c.name: c.code_id for c in ladder_board.columns(garden.project, "findings")}


def nodes(garden: Garden) -> dict[str, ladder_board.BoardNode]:
    return {n.label: n for n in ladder_board.board(garden.project, "findings").nodes}


def test_the_columns_are_the_codes_with_statements_and_how_many_are_unused(garden):
    found = ladder_board.columns(garden.project, "findings")
    assert [(c.name, c.statements, c.unused) for c in found] == [
        ("1.1 Reasons to come", 1, 1),
        ("1.2 Barriers", 2, 0),
        ("2.1 Shared work", 3, 1),
    ]


def test_a_column_has_its_statements_by_case_with_the_nodes_they_feed(garden):
    board = ladder_board.board(garden.project, "findings", codes(garden)["2.1 Shared work"])
    lists = nodes(garden)["Lists"].node_id
    assert [(s.case, s.kind, s.text, s.code, s.nodes) for s in board.statements] == [
        (ANNA, "summary", "A list shares the work out.", "2.1 Shared work", (lists,)),
        (BO, "summary", "The list does not hold.", "2.1 Shared work", ()),
        (BO, "comment", "He laughs here.", "2.1 Shared work", ()),
    ]
    assert board.levels == {
        1: "statement",
        2: "element",
        3: "dimension",
        4: "category",
        5: "theme",
    }


def test_every_node_has_its_counts_and_what_it_lacks(garden):
    edits.add_node(garden.project, "Left alone", 3, ladder="findings")
    held = nodes(garden)
    assert {
        label: (n.level, n.cases, n.statements, n.alone, n.bare) for label, n in held.items()
    } == {
        "Locked out": (2, 1, 2, False, False),
        "Lists": (2, 1, 1, True, False),
        "Left alone": (3, 0, 0, True, True),
        "Weather and locks": (4, 1, 2, False, False),
        "Access": (5, 1, 2, False, False),
    }
    assert held["Locked out"].parents == (held["Weather and locks"].node_id,)


def test_the_figures_are_those_of_the_tables(garden):
    edits.connect(garden.project, "Lists", "Weather and locks")
    edits.feed(garden.project, "Lists", [garden.statements["aside"], garden.statements["helps"]])
    table = mapping.ladder_support(garden.project)
    expected = dict(
        zip(table["node"], zip(table["cases"], table["statements"], strict=True), strict=True)
    )
    assert expected["Access"] == (2, 4)
    assert {n.label: (n.cases, n.statements) for n in nodes(garden).values()} == expected


def test_below_a_node_stand_its_statements_with_the_words_they_rest_on(garden):
    node = nodes(garden)["Weather and locks"].node_id
    found, of = ladder_board.said_below(garden.project, "findings", node)
    assert of == 2
    assert ladder_board.said_below(garden.project, "findings", node, 1) == (found[:1], 2)
    assert [(s.case, s.text, [q.words for q in s.quotes]) for s in found] == [
        ("gardener", "Rain keeps me away.", ["Rain keeps me away."]),
        (
            "gardener",
            "A locked gate shuts people out.",
            ["Rain keeps me away.", "The gate is locked after six, and nobody has a key."],
        ),
    ]
    assert {q.transcript for s in found for q in s.quotes} == {"gardener"}
    assert found[0].quotes[0].coding_id == garden.codings["rain"]


def test_a_withdrawn_statement_is_told_no_more(garden):
    said = garden.statements["list"]
    assert [s.case for s in ladder_board.said(garden.project, "findings", [said]).said] == [ANNA]
    edits.withdraw_statement(garden.project, said)
    assert ladder_board.said(garden.project, "findings", [said]) == ((), 0)
    assert nodes(garden)["Lists"].bare


def test_a_ladder_of_one_framework_leaves_the_statements_of_others_out(garden):
    edits.add_ladder(garden.project, "every")
    assert len(ladder_board.board(garden.project, "every").statements) == 6
    edits.add_framework(garden.project, version("other"))
    edits.write_statement(
        garden.project, "gardener", "1.1", "Of another", kind="comment", framework="other@1"
    )
    assert len(ladder_board.board(garden.project, "every").statements) == 7
    assert len(ladder_board.board(garden.project, "findings").statements) == 6


def test_a_node_is_found_by_id_or_label_with_its_ladder(garden):
    held = nodes(garden)["Lists"]
    assert ladder_board.ladder_of(garden.project, "Lists") == ("findings", held.node_id)
    assert ladder_board.ladder_of(garden.project, held.node_id) == ("findings", held.node_id)
    assert ladder_board.ladder_of(garden.project, "Nowhere") is None


def test_an_unknown_ladder_is_told(garden):
    with pytest.raises(errors.UnknownName, match="no ladder “climb”"):
        ladder_board.board(garden.project, "climb")


def test_levels_are_called_as_the_template_says(garden):
    edits.add_ladder(garden.project, "content", template="elo-kyngas", framework=VERSION)
    assert ladder_board.levels(garden.project, "content") == {
        1: "summary",
        2: "condensed text",
        3: "key element",
        4: "category",
        5: "main category",
    }
    assert ladder_board.used_levels(garden.project, "content") == []
    assert ladder_board.used_levels(garden.project, "findings") == [2, 4, 5]
