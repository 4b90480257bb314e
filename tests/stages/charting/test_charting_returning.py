"""A cell that comes back: which line is which statement, and who changed what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.model.chart_file import Held, Line
from workbench.stages.charting.returning import (
    Conflict,
    Now,
    Unclear,
    read,
    shown,
    three_way,
)

RAIN = Held("r", "verbatim", "Rain keeps me away.")
GATE = Held("g", "summary", "A locked gate shuts people out.")
ASIDE = Held("a", "comment", "He laughs here.")
LONG = Held("l", "summary", "First line.\nSecond line.")
CELL = [RAIN, GATE, ASIDE]


def lines(*held: Held) -> list[Line]:
    return [line for h in held for line in shown(h)]


def as_now(*held: Held) -> list[Now]:
    return [Now(h.statement_id, h.kind, h.text) for h in held]


def test_a_statement_is_shown_as_its_kind():
    assert lines(*CELL) == [
        Line("“Rain keeps me away.”", "plain"),
        Line("A locked gate shuts people out.", "plain"),
        Line("He laughs here.", "italic"),
    ]
    assert shown(Held("m", "comment", "Hm.", "1.2 Locks")) == (Line("1.2 Locks: Hm.", "mixed"),)


def test_an_untouched_cell_says_what_it_said():
    labelled = Held("m", "comment", "Hm.", "1.2 Locks")
    assert read([*CELL, LONG, labelled], lines(*CELL, LONG, labelled)) == as_now(
        *CELL, LONG, labelled
    )


def test_what_no_spreadsheet_can_hold_is_no_change():
    odd = Held("o", "summary", "one\x0btwo \ud83d\r")
    assert read([odd], [Line("one␋two \ufffd␍", "plain")]) == as_now(odd)


def test_escapes_and_spaces_at_the_ends_are_no_change():
    odd = Held("o", "summary", "file_x005F_name")
    assert read([odd], [Line(" file_name ", "plain")]) == as_now(odd)


def test_a_changed_line_keeps_its_statement():
    there = lines(*CELL)
    there[1] = Line("A locked gate shuts most people out.", "plain")
    assert read(CELL, there) == [
        Now("r", "verbatim", "Rain keeps me away."),
        Now("g", "summary", "A locked gate shuts most people out."),
        Now("a", "comment", "He laughs here."),
    ]


def test_the_only_statement_may_be_written_quite_anew():
    assert read([GATE], [Line("Nobody has a key.", "plain")]) == [
        Now("g", "summary", "Nobody has a key.")
    ]


def test_a_further_line_is_a_new_statement_and_a_missing_one_is_gone():
    there = [*lines(RAIN), Line("Keys are few.", "plain"), *lines(ASIDE)]
    assert read([RAIN, ASIDE], there) == [
        Now("r", "verbatim", "Rain keeps me away."),
        Now("", "summary", "Keys are few."),
        Now("a", "comment", "He laughs here."),
    ]
    assert read(CELL, lines(RAIN, ASIDE)) == as_now(RAIN, ASIDE)
    assert read(CELL, []) == []


def test_of_two_lines_for_one_statement_the_liker_is_the_statement():
    there = [Line("Keys are few.", "plain"), Line("A locked gate shuts people in.", "plain")]
    assert read([GATE], there) == [
        Now("", "summary", "Keys are few."),
        Now("g", "summary", "A locked gate shuts people in."),
    ]


def test_a_line_is_a_statement_changed_only_between_the_same_neighbours():
    there = [*lines(ASIDE), Line("A locked gate shuts people in.", "plain")]
    assert read([GATE, ASIDE], there) == [
        *as_now(ASIDE),
        Now("", "summary", "A locked gate shuts people in."),
    ]


def test_of_two_equal_statements_one_line_is_the_first():
    assert read([GATE, GATE._replace(statement_id="twin")], lines(GATE)) == as_now(GATE)


def test_quite_other_words_are_the_statement_only_in_its_own_place_and_kind():
    there = [Line("A locked gate shuts people in.", "plain"), Line("Keys are few.", "plain")]
    assert read([RAIN, GATE], there) == [
        Now("g", "summary", "A locked gate shuts people in."),
        Now("", "summary", "Keys are few."),
    ]
    assert read([GATE], [Line("“nobody has a key”", "plain")]) == [
        Now("", "verbatim", "nobody has a key")
    ]


def test_lines_may_change_places():
    assert read(CELL, lines(ASIDE, RAIN, GATE)) == as_now(ASIDE, RAIN, GATE)


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        (Line("“Rain.”", "plain"), "verbatim", "Rain."),
        (Line('"Rain."', "plain"), "verbatim", "Rain."),
        (Line("«Regn.»", "plain"), "verbatim", "Regn."),
        (Line("Rain.", "italic"), "comment", "Rain."),
        (Line("“Rain.”", "italic"), "comment", "“Rain.”"),
        (Line("Rain, “much” of it.", "plain"), "summary", "Rain, “much” of it."),
    ],
)
def test_the_kind_comes_from_the_look(line, kind, text):
    assert read([], [line]) == [Now("", kind, text)]


def test_a_summary_that_was_quoted_stays_a_summary():
    quoted = Held("q", "summary", "“Rain”")
    assert read([quoted], [Line("“Rains”", "plain")]) == [Now("q", "summary", "“Rains”")]


def test_half_a_line_in_italics_is_not_guessed_at():
    with pytest.raises(Unclear, match="partly italic"):
        read([GATE], [Line("Half of it.", "mixed")])


def test_a_statement_of_several_lines_is_known_by_their_number():
    there = [Line("First line.", "plain"), Line("Another line.", "plain"), *lines(GATE)]
    assert read([LONG, GATE], there) == [
        Now("l", "summary", "First line.\nAnother line."),
        *as_now(GATE),
    ]
    with pytest.raises(Unclear, match="several lines"):
        read([LONG, GATE], [Line("First line only.", "plain"), *lines(GATE)])


def test_a_new_quotation_goes_on_until_it_is_closed():
    there = [Line("“Rain.", "plain"), Line("Much rain.”", "plain"), Line("So.", "plain")]
    assert read([], there) == [Now("", "verbatim", "Rain.\nMuch rain."), Now("", "summary", "So.")]


def test_the_column_before_a_merge_is_no_part_of_the_text():
    labelled = Held("m", "summary", "Locks are old.", "1.2 Locks")
    assert read([labelled], [Line("1.2 Locks: Locks are new.", "plain")]) == [
        Now("m", "summary", "Locks are new.")
    ]
    aside = Held("m", "comment", "Locks are old.", "1.2 Locks")
    assert read([aside], [Line("1.2 Locks: Locks are new.", "mixed")]) == [
        Now("m", "comment", "Locks are new.")
    ]


WORDS = st.text(st.sampled_from("ab c“”é🌱"), min_size=1, max_size=12).filter(str.strip)
KINDS = st.sampled_from(["summary", "verbatim", "comment"])


@given(st.lists(st.tuples(KINDS, WORDS, st.sampled_from(["", "1.2 Locks"])), max_size=6))
def test_whatever_was_written_is_read_again(given_statements):
    held = [Held(str(n), *said) for n, said in enumerate(given_statements)]
    assert [n[1:] for n in read(held, lines(*held))] == [h[1:3] for h in held]


@given(st.lists(WORDS, unique_by=str.strip, max_size=6), st.data())
def test_whatever_is_taken_out_is_gone_and_no_other(texts, data):
    held = [Held(str(n), "summary", f"{n} {t}") for n, t in enumerate(texts)]
    kept = [h for h in held if data.draw(st.booleans())]
    assert read(held, lines(*kept)) == as_now(*kept)


# --- three ways ---------------------------------------------------------------------


def test_what_one_side_changed_goes_in():
    new = [Now("r", "verbatim", "Rain."), Now("g", "summary", GATE.text), Now("", "comment", "Hm.")]
    found = three_way(CELL, CELL, new)
    assert found.changed == [Now("r", "verbatim", "Rain.")]
    assert found.withdrawn == ["a"]
    assert found.added == [Now("", "comment", "Hm.")]
    assert not found.conflicts


def test_what_only_the_project_changed_stays():
    here = [RAIN._replace(text="Rain."), ASIDE]
    assert three_way(CELL, here, as_now(*CELL)).nothing


def test_what_both_changed_alike_is_no_change():
    now = [Now("r", "verbatim", "Rain."), *as_now(GATE), Now("", "comment", "Hm.")]
    here = [RAIN._replace(text="Rain."), GATE, Held("new", "comment", "Hm.")]
    assert three_way(CELL, here, now).nothing


def test_what_both_changed_otherwise_is_a_conflict():
    changed = Now("r", "verbatim", "Rain.")
    mine = RAIN._replace(text="Rain keeps me")
    found = three_way([RAIN], [mine], [changed])
    assert found.conflicts == [Conflict(RAIN, mine, changed)]
    assert three_way([RAIN], [], [changed]).conflicts == [Conflict(RAIN, None, changed)]
    assert three_way([RAIN], [mine], []).conflicts == [Conflict(RAIN, mine, None)]


def test_another_kind_is_a_change():
    now = [Now("g", "comment", GATE.text)]
    assert three_way([GATE], [GATE], now).changed == now


def test_an_order_goes_in_where_the_project_kept_its_own():
    now = as_now(ASIDE, RAIN, GATE)
    assert three_way(CELL, CELL, now).order == ["a", "r", "g"]
    assert three_way(CELL, [ASIDE, RAIN, GATE], now).order == []
    otherwise = three_way(CELL, [GATE, RAIN, ASIDE], now)
    assert (otherwise.order, otherwise.order_unclear) == ([], True)
