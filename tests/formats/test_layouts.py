"""Turns of running texts: which layout, who speaks, from where to where, and when."""

import pytest

from workbench.formats import transcripts
from workbench.formats.layouts import labels
from workbench.model.transcript import Reading, Turn

Row = tuple[str | None, str, int | None, int | None]


def read(text: str, name: str = "a.txt", interviewers: tuple[str, ...] = ()) -> Reading:
    return transcripts.read(text.encode(), name, interviewers=interviewers)


def rows(reading: Reading) -> list[Row]:
    return [
        (t.speaker, reading.text[t.words_start : t.stop], t.begin_ms, t.end_ms)
        for t in reading.turns
    ]


def said(reading: Reading) -> list[tuple[str | None, str]]:
    return [(speaker, words) for speaker, words, _, _ in rows(reading)]


# --- Speaker: text ---------------------------------------------------------------------


def test_turns_have_exact_positions_and_run_on_over_paragraphs_without_a_label() -> None:
    got = read("Researcher 1: How do you decide?\nAna: Mostly by asking.\n\nThen I write.\n\n")
    assert got.turns == (
        Turn("Researcher 1", 0, 14, 32),
        Turn("Ana", 33, 38, 70),
    )
    assert got.text[33:70] == "Ana: Mostly by asking.\n\nThen I write."
    assert (got.layout, got.unparsed) == ("speaker: text", 0)


def test_french_spacing_tabs_and_markdown() -> None:
    assert said(read("Camille : Bonjour ?\nAna\u00a0: Oui.\n")) == [
        ("Camille", "Bonjour ?"),
        ("Ana", "Oui."),
    ]
    assert said(read("Interviewer:\tSo?\nP1:\tYes.\n")) == [("Interviewer", "So?"), ("P1", "Yes.")]
    got = read("**Interviewer:** So?\n\n**Ana**: Yes.\n", "a.md")
    assert said(got) == [("Interviewer", "So?"), ("Ana", "Yes.")]
    assert all(got.text.startswith(str(t.speaker), t.start) for t in got.turns)


def test_header_line_with_date_length_and_person() -> None:
    got = read("12-May-2024 - 10:36 - 1h09m31s - Ana\n\nInterviewer: Yes?\nAna: Yes.\n")
    assert got.header.date == "2024-05-12"
    assert got.header.duration_minutes == pytest.approx(69 + 31 / 60)
    assert (got.unparsed, len(got.turns)) == (0, 2)


def test_what_only_looks_like_a_label_stays_with_the_turn_around_it() -> None:
    words = (
        "See this:\nhttps://example.org/a\nhttps: is a scheme\n10:15: we left\n10:15 it was\n"
        "Note: he coughs.\none thing: no\nAnd then he said to me: never\n"
        "What I mean is this: nothing\nIn 2021: we moved"
    )
    got = read(f"I: Go on.\nAna: {words}\nI: Why?\nAna: So.\n")
    assert said(got) == [("I", "Go on."), ("Ana", words), ("I", "Why?"), ("Ana", "So.")]


def test_a_name_that_opens_one_line_only_is_a_speaker_where_every_line_has_one() -> None:
    got = read("I: Who?\nKari: Me.\n" * 10 + "Ola: And me.\n")
    assert [t.speaker for t in got.turns] == ["I", "Kari"] * 10 + ["Ola"]
    assert got.guesses == ("Taken for speakers though they stand only once: “Ola”.",)


def test_a_word_that_opens_one_line_of_a_long_talk_is_not_a_speaker_and_this_is_said() -> None:
    talk = "I: Why?\nKari: So.\nMore of it.\n" * 10
    got = read(talk + "Budget: three cows.\n" + talk)
    assert {t.speaker for t in got.turns} == {"I", "Kari"}
    assert got.guesses == ("Taken for words, not for speakers, as they stand only once: “Budget”.",)


def test_a_numbered_label_like_the_others_counts_though_it_stands_once() -> None:
    talk = "I: Why?\nFarmer 1: So.\nMore of it.\n" * 10
    got = read(talk + "Farmer 2: And I.\nMore.\n" + talk)
    assert ("Farmer 2", "And I.\nMore.") in said(got)


def test_labels_are_one_whatever_their_case_and_spaces() -> None:
    got = read("Kari  Li: a\nOLA: b\nkari li : c\nOla: d\nKARI LI: e\n")
    assert [t.speaker for t in got.turns] == ["Kari  Li", "OLA", "Kari  Li", "OLA", "Kari  Li"]
    assert [(s.label, s.turns) for s in got.speakers] == [("Kari  Li", 3), ("OLA", 2)]


def test_a_turn_without_words_is_a_turn() -> None:
    got = read("I:\nAna: Yes.\nI: \n\nAna: No.")
    assert got.turns[0] == Turn("I", 0, 2, 2)
    assert got.text[got.turns[2].start : got.turns[2].stop] == "I:"
    assert said(got) == [("I", ""), ("Ana", "Yes."), ("I", ""), ("Ana", "No.")]


def test_times_before_or_after_the_label() -> None:
    got = read(
        "[00:00:01] Kari: Hei?\n(00:05) Ola: Hei.\nKari [00:10]: Ja?\nOla (01:02:03): Nei.\n"
        "#01:02:05-5# Kari: Jo.\n"
    )
    assert rows(got) == [
        ("Kari", "Hei?", 1000, None),
        ("Ola", "Hei.", 5000, None),
        ("Kari", "Ja?", 10000, None),
        ("Ola", "Nei.", 3723000, None),
        ("Kari", "Jo.", 3725500, None),
    ]


def test_marks_of_inline_codes_stay_in_the_words() -> None:
    text = "I: Why?\nAna: (QCODE)It was full.(/QCODE){#queue} So.\nI: Yes.\n"
    got = read(text)
    assert [words for _, words, *_ in rows(got)] == [
        "Why?",
        "(QCODE)It was full.(/QCODE){#queue} So.",
        "Yes.",
    ]
    assert got.text == text


def test_a_title_is_known_and_other_lines_above_the_first_turn_are_counted() -> None:
    got = read("Interview on the farm\nSome words.\nMore words.\n\nI: Yes?\nAna: Yes.\n")
    assert (got.header.title, got.unparsed) == ("Interview on the farm", 2)


# --- no speakers, or one ---------------------------------------------------------------


def test_without_speakers_every_paragraph_is_a_turn_without_one() -> None:
    got = read("First line.\n\n  Second: a thing.\n \nThird.\n")
    assert said(got) == [(None, "First line."), (None, "Second: a thing."), (None, "Third.")]
    assert (got.layout, got.speakers, got.unparsed) == ("paragraphs", (), 0)


def test_lines_wrapped_by_hand_make_one_paragraph() -> None:
    line = "word " * 13
    wrapped = f"{line}\n{line}\n{line}\nend.\n\n{line}\n{line}\nend.\n"
    assert len(read(wrapped).turns) == 2
    assert len(read("One.\nTwo.\n\nThree.\n").turns) == 3


def test_where_only_the_moderator_has_a_label_other_paragraphs_are_not_hers() -> None:
    got = read("I read this.\nIt is clear.\nMODERATOR: Go on.\nOkay.\nMODERATOR: Yes.\nDone.\n")
    assert said(got) == [
        (None, "I read this."),
        (None, "It is clear."),
        ("MODERATOR", "Go on."),
        (None, "Okay."),
        ("MODERATOR", "Yes."),
        (None, "Done."),
    ]
    assert got.layout == "paragraphs, one speaker labelled"


# --- Otter, Teams, Zoom ----------------------------------------------------------------


def test_otter_with_title_lists_and_footer() -> None:
    text = (
        "Farm talk\n\nSUMMARY KEYWORDS\ncows, milk\n\nSPEAKERS\nP03, Int One\n\n"
        "Int One  0:00  \nShall we start?\n\nP03  1:02:07  \nYes.\nAnd more.\n\n"
        "Unknown Speaker  1:02:10\nMm.\n\n1:02:12\nHello.\n\nTranscribed by https://otter.ai\n"
    )
    got = read(text)
    assert got.layout == "Otter"
    assert rows(got) == [
        ("Int One", "Shall we start?", 0, None),
        ("P03", "Yes.\nAnd more.", 3727000, None),
        ("Unknown Speaker", "Mm.", 3730000, None),
        (None, "Hello.", 3732000, None),
    ]
    assert [(s.label, s.role) for s in got.speakers] == [
        ("Int One", "interviewer"),
        ("P03", "participant"),
        ("Unknown Speaker", "unknown"),
    ]
    assert (got.text, got.header.title, got.unparsed) == (text, "Farm talk", 0)


def test_teams_with_title_date_length_and_notices() -> None:
    got = read(
        "Call-20260101_090000-Meeting Transcript\nJanuary 1, 2026, 9:00AM\n27m 42s\n\n"
        "Kim Lee started transcription\n\nKim Lee   0:03\nLet us begin.\nRight.\n"
        "Jo Park   0:19\nFine.\nJo Park   0:25\nAnd so.\nKim Lee stopped transcription\n"
    )
    assert got.layout == "Teams"
    assert rows(got) == [
        ("Kim Lee", "Let us begin.\nRight.", 3000, None),
        ("Jo Park", "Fine.", 19000, None),
        ("Jo Park", "And so.", 25000, None),
    ]
    assert (got.header.date, got.header.duration_minutes) == ("2026-01-01", 27.7)
    assert got.unparsed == 0


def test_older_teams_has_times_then_name_then_text() -> None:
    got = read(
        "0:0:0.0 --> 0:0:4.5\nKim Lee\nLet us begin.\nYes.\n\n0:1:5.0 --> 0:1:6.5\nJo Park\nFine.\n"
    )
    assert got.layout == "Teams"
    assert rows(got) == [
        ("Kim Lee", "Let us begin.\nYes.", 0, 4500),
        ("Jo Park", "Fine.", 65000, 66500),
    ]


def test_zoom_captions_with_the_time_of_day_count_from_the_first() -> None:
    got = read("[Kim Lee] 10:15:23\nHello there\nyou\n\n[Jo Park] 10:15:40\nHi\n")
    assert rows(got) == [
        ("Kim Lee", "Hello there\nyou", 0, None),
        ("Jo Park", "Hi", 17000, None),
    ]
    assert got.layout == "Zoom captions"
    assert "counted from the first caption, 10:15:23" in got.guesses[0]


def test_zoom_captions_with_tabs() -> None:
    got = read("00:00:16\tKim Lee:\tCan you hear me?\n00:00:19\tJo Park:\tYes\n")
    assert rows(got) == [
        ("Kim Lee", "Can you hear me?", 16000, None),
        ("Jo Park", "Yes", 19000, None),
    ]
    assert got.layout == "Zoom captions"


# --- f4, easytranscript, MAXQDA --------------------------------------------------------


def test_f4_markers_end_a_turn_and_begin_the_next() -> None:
    text = (
        "I: Wie kam das? #00:00:06-9#\nB: Das war (...) #00:00:12.5# anders. #00:00:18-0#\n\n"
        "I: Und? #01:00#\nB: Nichts.\nI: So.  #01:30,25# \n"
    )
    got = read(text)
    assert got.layout == "f4"
    assert rows(got) == [
        ("I", "Wie kam das?", 0, 6900),
        ("B", "Das war (...) #00:00:12.5# anders.", 6900, 18000),
        ("I", "Und?", 18000, 60000),
        ("B", "Nichts.", 60000, None),
        ("I", "So.", None, 90250),
    ]
    assert got.text == text


def test_f4_without_labels_has_a_turn_per_paragraph() -> None:
    got = read("Erst so. #00:00:05-0#\nDann so. #00:00:09-1#\n")
    assert rows(got) == [(None, "Erst so.", 0, 5000), (None, "Dann so.", 5000, 9100)]


def test_time_going_backwards_is_said() -> None:
    got = read("I: a #00:00:30-0#\nB: b #00:00:10-0#\nI: c #00:00:40-0#\n")
    assert any("Time goes backwards in 1 place, first to 0:00:10" in said for said in got.guesses)


# --- roles -----------------------------------------------------------------------------


def roles(text: str, *interviewers: str) -> dict[str, tuple[str, str]]:
    got = read(text, interviewers=interviewers)
    return {s.label: (s.role, s.reason) for s in got.speakers}


@pytest.mark.parametrize(
    "label",
    [
        "I",
        "Int",
        "Int.",
        "Int One",
        "Interviewer",
        "INTERVIEWER",
        "Interviewer 1",
        "Moderator",
        "moderator",
        "Facilitator",
        "Researcher 2",
        "Intervjuer",
        "Forsker",
        "Intervieweur",
        "Q",
        "Kari (interviewer)",
    ],
)
def test_words_for_those_who_ask(label: str) -> None:
    assert roles(f"{label}: So.\nAna: Yes?\n") == {
        label: ("interviewer", "label"),
        "Ana": ("participant", "not an interviewer"),
    }


def test_the_user_names_the_interviewer_whatever_the_case() -> None:
    assert roles("Kari: So.\nOla: Yes?\nPer: No.\n", " kari ") == {
        "Kari": ("interviewer", "named by the user"),
        "Ola": ("participant", "not an interviewer"),
        "Per": ("participant", "not an interviewer"),
    }


def test_of_two_unknown_speakers_the_one_who_asks_more_and_says_less_is_guessed() -> None:
    text = "Kari: Why?\nOla: We had many reasons for it.\nKari: Which?\nOla: The cows, mostly.\n"
    got = read(text)
    assert [(s.label, s.role, s.reason) for s in got.speakers] == [
        ("Kari", "interviewer", "asks most"),
        ("Ola", "participant", "not an interviewer"),
    ]
    assert any("“Kari” was taken for the interviewer" in said for said in got.guesses)


@pytest.mark.parametrize(
    "text",
    [
        "Kari: Why?\nOla: Why not?\nKari: Which?\nOla: This one, do you think?\n",
        "Kari: Why, I ask you, all of you who are here?\nOla: So.\nKari: Which?\nOla: This.\n",
        "Kari: Why?\nOla: So it is.\nPer: So.\nKari: Which?\nOla: This one.\nPer: Yes.\n",
    ],
)
def test_where_it_is_not_clear_who_asks_nobody_is_guessed(text: str) -> None:
    got = read(text)
    assert {s.role for s in got.speakers} == {"unknown"}
    assert not got.guesses


def test_words_for_those_who_answer_need_no_interviewer() -> None:
    assert roles("P1: So.\nP2: Yes.\nGuro: Mm.\nGuro: No.\n") == {
        "P1": ("participant", "label"),
        "P2": ("participant", "label"),
        "Guro": ("unknown", "nothing says"),
    }


@pytest.mark.parametrize(
    "label", ["https", "http", "10", "Note", "A very long label with too many words", "x" * 41]
)
def test_what_can_never_be_a_label(label: str) -> None:
    assert not labels.possible(label)
