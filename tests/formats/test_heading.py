"""The block of fields at the top of a text, and what is a turn in spite of its form."""

import pytest

from workbench.formats import transcripts
from workbench.formats.layouts.times import iso_date, milliseconds, minutes
from workbench.model.transcript import Header, Reading


def read(text: str) -> Reading:
    return transcripts.read(text.encode(), "a.txt")


def said(reading: Reading) -> list[tuple[str | None, str]]:
    return [(t.speaker, reading.text[t.words_start : t.stop]) for t in reading.turns]


FULL = (
    "Title: Interview 3\nDate: 2021-02-28\nInterviewer: Kari Nordmann\nDuration: 59 min\n"
    "Language: nb\nSetting: a café, after work: noisy\nMode: in person\nOrder: 3\nFarm: dairy\n"
)


def test_every_field_comes_into_the_header_and_the_text_stays_whole() -> None:
    text = FULL + "\nInterviewer: So, how is it?\nOla: Fine.\n"
    got = read(text)
    assert got.header == Header(
        title="Interview 3",
        date="2021-02-28",
        duration_minutes=59.0,
        mode="in person",
        setting="a café, after work: noisy",
        interviewer="Kari Nordmann",
        language="nb",
        order=3,
    )
    assert said(got) == [("Interviewer", "So, how is it?"), ("Ola", "Fine.")]
    assert (got.text, got.unparsed) == (text, 0)


def test_norwegian_words_without_a_blank_line_after_them() -> None:
    got = read(
        "Dato: 28.02.2021\nIntervjuer: Kari Nordmann\nVarighet: 1 t 5 min\n"
        "Språk: nb\nSted: Fjøset\n"
        "Kari: Hvorfor?\nOla: Fordi.\nKari: Ja?\nOla: Ja.\n"
    )
    assert got.header == Header(
        date="2021-02-28",
        duration_minutes=65.0,
        setting="Fjøset",
        interviewer="Kari Nordmann",
        language="nb",
    )
    assert [(s.label, s.role, s.reason) for s in got.speakers] == [
        ("Kari", "interviewer", "header"),
        ("Ola", "participant", "not an interviewer"),
    ]
    assert len(got.turns) == 4


def test_a_title_may_stand_above_the_fields() -> None:
    got = read("# Interview 3\n\nDate: 2021-02-28\nDuration: 59\n\nI: So?\nOla: Yes.\n")
    assert (got.header.title, got.header.duration_minutes, got.unparsed) == ("Interview 3", 59.0, 0)
    assert len(got.turns) == 2


def test_front_matter_of_markdown() -> None:
    got = read('---\ntitle: "Farm talk"\ndate: 2021-02-28\n---\n\nI: So?\nOla: Yes.\n')
    assert (got.header.title, got.header.date) == ("Farm talk", "2021-02-28")
    assert len(got.turns) == 2


@pytest.mark.parametrize(
    "text",
    [
        "Interviewer: So, how did it begin?\nParticipant: With a cow.\n\nInterviewer: And?\n",
        "Interviewer: Hello\nRespondent: Hello\n\nInterviewer: And?\nRespondent: Mm\n",
        "Interviewer: So, how did it begin?\nAna: With a cow.\nInterviewer: And?\nAna: So.\n",
        "Date: 2021-02-28\nMode: phone\nInterviewer: How so?\nAna: A cow.\n\nInterviewer: And?\n",
        "Note: invented.\nInterviewer: Tell me how it all began, please.\nAna: A cow.\nAna: So.\n",
    ],
)
def test_talk_is_never_eaten_as_a_heading(text: str) -> None:
    got = read(text)
    assert got.header.interviewer is None
    assert got.turns[0].speaker == "Interviewer"
    assert len(got.turns) == sum(
        line.split(":")[0] in ("Interviewer", "Ana", "Participant", "Respondent")
        for line in text.split("\n")
    )


def test_speakers_right_under_the_fields_are_not_fields() -> None:
    got = read("Date: 2021-02-28\nMode: by phone\nAna: Hello\nKari: Hello\nAna: So\nKari: So\n")
    assert [t.speaker for t in got.turns] == ["Ana", "Kari", "Ana", "Kari"]
    assert (got.header.mode, got.unparsed) == ("by phone", 0)


def test_participants_of_the_heading_are_speakers_though_they_stand_once() -> None:
    long = "I: Why?\nPer: So.\nMore.\n" * 20
    got = read(f"Date: 2021-02-28\nParticipants: Per, Ola\n\n{long}Ola: Me too.\nMore.\n{long}")
    assert ("Ola", "Me too.\nMore.") in said(got)


def test_a_field_that_cannot_be_understood_is_said() -> None:
    got = read("Date: some day in spring\nDuration: long\nMode: phone\n\nI: So?\nOla: Yes.\n")
    assert (got.header.date, got.header.duration_minutes, got.header.mode) == (None, None, "phone")
    assert got.guesses[:2] == (
        "The date “some day in spring” at the top was not understood.",
        "The duration “long” at the top was not understood.",
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("2021-02-28", "2021-02-28"),
        ("28.02.2021", "2021-02-28"),
        ("28/2/2021", "2021-02-28"),
        ("2/28/2021", "2021-02-28"),
        ("03/03/2021", "2021-03-03"),
        ("02/03/2021", None),
        ("28 February 2021", "2021-02-28"),
        ("February 28th, 2021", "2021-02-28"),
        ("28. februar 2021 kl. 10", "2021-02-28"),
        ("12-May-2024 - 10:36", "2024-05-12"),
        ("31.02.2021", None),
        ("28 Foo 2021", None),
        ("soon", None),
    ],
)
def test_dates(words: str, expected: str | None) -> None:
    assert iso_date(words) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("59 min", 59.0),
        ("59", 59.0),
        ("1h30m", 90.0),
        ("1 hour 5 minutes", 65.0),
        ("1,5 timer", 90.0),
        ("27m 42s", 27.7),
        ("1:05", 65.0),
        ("48:30", 48.5),
        ("01:10:30", 70.5),
        ("about an hour", None),
        ("5 meetings", None),
    ],
)
def test_durations(words: str, expected: float | None) -> None:
    assert minutes(words) == expected


@pytest.mark.parametrize(
    ("clock", "expected"),
    [("0:03", 3000), ("1:02:07", 3727000), ("00:00:10.01", 10010), ("00:06:12-9", 372900)],
)
def test_times_of_a_recording(clock: str, expected: int) -> None:
    assert milliseconds(clock) == expected
