"""Times before the words, as MAXQDA, easytranscript, InqScribe and NVivo write them."""

import pytest

from workbench.formats import transcripts
from workbench.model.transcript import Reading

Row = tuple[str | None, str, int | None, int | None]


def read(text: str) -> Reading:
    return transcripts.read(text.encode(), "a.txt")


def rows(reading: Reading) -> list[Row]:
    return [
        (t.speaker, reading.text[t.words_start : t.stop], t.begin_ms, t.end_ms)
        for t in reading.turns
    ]


@pytest.mark.parametrize("written", ["#{}#", "[{}]", "{{{}}}"])
def test_a_time_before_a_paragraph_is_its_beginning(written: str) -> None:
    text = f"{written.format('00:00:01-5')} Hei du.\n\n{written.format('01:05')} Ja.\nNei.\n"
    got = read(text)
    assert rows(got) == [
        (None, "Hei du.", 1500, None),
        (None, "Ja.", 65000, None),
        (None, "Nei.", None, None),
    ]
    assert (got.text, got.layout) == (text, "time: text")


@pytest.mark.parametrize(
    ("first", "second", "begins"),
    [("00.12", "12.05", (12000, 725000)), ("00.00.12", "1.02.07", (12000, 3727000))],
)
def test_times_may_have_points_in_square_brackets_and_this_is_said(
    first: str, second: str, begins: tuple[int, int]
) -> None:
    told = f"Times with points, as [{first}], were read as those with colons are."
    for text in (
        f"[{first}] We came early.\n[{second}] Then we left.\n",
        f"[{first}] Int: We came early.\n[{second}] Ana: Then we left.\n",
        f"Int [{first}]: We came early.\nAna [{second}]: Then we left.\n",
    ):
        got = read(text)
        assert [t[-2] for t in rows(got)] == [*begins]
        assert [t[1] for t in rows(got)] == ["We came early.", "Then we left."]
        assert told in got.guesses


@pytest.mark.parametrize("written", ["[12.75]", "(12.30)", "12.30", "[1.2]", "[12.30.99]"])
def test_other_numbers_with_points_are_no_times(written: str) -> None:
    got = read(f"{written} It cost so much.\n{written} Then we left.\n")
    assert [t[-2] for t in rows(got)] == [None, None]
    assert got.text.count(written) == 2
    assert not any("points" in guess for guess in got.guesses)


def test_inqscribe_has_hundredths_of_seconds_in_square_brackets() -> None:
    got = read("[00:00:01.00] Shall we start?\n[00:00:04.12] Yes.\n")
    assert rows(got) == [(None, "Shall we start?", 1000, None), (None, "Yes.", 4120, None)]


def test_a_time_after_a_label_is_the_beginning_and_one_at_the_end_the_end() -> None:
    got = read("I: #00:00:01# Why?\nP1: #00:00:05-5# So. #00:00:09-0#\nI: Well? #00:00:10-1#\n")
    assert rows(got) == [
        ("I", "Why?", 1000, None),
        ("P1", "So.", 5500, 9000),
        ("I", "Well?", 9000, 10100),
    ]


def test_a_time_on_a_line_of_its_own_is_that_of_the_turn_below_and_nobodys_words() -> None:
    got = read("[00:00:01]\nI: Why?\n\n[00:00:05]\nP1: So.\n[00:10] And so.\n[00:00:20]\n")
    assert rows(got) == [
        ("I", "Why?", 1000, None),
        ("P1", "So.\n[00:10] And so.\n[00:00:20]", 5000, None),
    ]
    assert got.unparsed == 0
    got = read("[00:00:01.25]\nHei du.\n\n[00:00:05]\nJa.\n")
    assert rows(got) == [(None, "Hei du.", 1250, None), (None, "Ja.", 5000, None)]


def test_times_without_brackets_count_where_most_paragraphs_have_one() -> None:
    got = read("1:06 Shall we start?\n1:15 Yes.\n1:32:03 Done.\nAt last.\n")
    assert rows(got) == [
        (None, "Shall we start?", 66000, None),
        (None, "Yes.", 75000, None),
        (None, "Done.", 5523000, None),
        (None, "At last.", None, None),
    ]
    talk = "10:15 we left.\nAll of us.\nIt was late.\n11:30 we came.\nHome.\n"
    assert {t.begin_ms for t in read(talk).turns} == {None}


def test_one_time_in_a_text_is_no_layout() -> None:
    assert rows(read("[00:12] Hei.\nJa.\n"))[0] == (None, "[00:12] Hei.", None, None)


def test_time_going_backwards_is_said_once() -> None:
    got = read("[00:30] a\n[00:10] b\n[00:40] c\n")
    assert [said for said in got.guesses if "backwards" in said] == [
        "Time goes backwards in 1 place, first to 0:00:10; times kept as found."
    ]


def test_nothing_but_times_stays_a_text_with_turns() -> None:
    assert [words for _, words, _, _ in rows(read("[00:01]\n[00:02]\n"))] == ["[00:01]", "[00:02]"]
