"""vtt and srt: one line of text per run of one speaker, with times; nothing said is lost."""

import pytest

from workbench.errors import BrokenFile, EmptyFile
from workbench.formats import transcripts
from workbench.model.transcript import Reading, Turn

Row = tuple[str | None, str, int | None, int | None]


def rows(reading: Reading) -> list[Row]:
    return [
        (t.speaker, reading.text[t.words_start : t.stop], t.begin_ms, t.end_ms)
        for t in reading.turns
    ]


def vtt(body: str) -> Reading:
    return transcripts.read(("WEBVTT\n\n" + body).encode(), "a.vtt")


def srt(body: str) -> Reading:
    return transcripts.read(body.encode(), "a.srt")


def test_voice_tags_name_the_speaker_and_a_run_of_cues_is_one_line() -> None:
    got = vtt(
        "5c1f0d1e-0000-4000-8000-000000000001/12-0\n00:00:03.120 --> 00:00:05.480\n"
        "<v Kim Lee>Let us\nbegin.</v>\n\n"
        "5c1f0d1e-0000-4000-8000-000000000001/13-0\n00:00:05.500 --> 00:00:06.000\n"
        "<v Kim Lee>Right.</v>\n\n"
        "00:06.100 --> 00:07.000 align:start\n<v.loud Jo Park>Fine.\n"
    )
    assert got.text == "Kim Lee: Let us begin. Right.\nJo Park: Fine."
    assert got.turns == (
        Turn("Kim Lee", 0, 9, 29, 3120, 6000),
        Turn("Jo Park", 30, 39, 44, 6100, 7000),
    )
    assert got.layout == "Teams VTT"
    assert (got.left_out, got.unparsed) == ((), 0)


def test_two_speakers_in_one_cue_both_stay() -> None:
    got = vtt("00:01.000 --> 00:02.000\n<v Kim>Yes?</v> mm <v Jo>No.</v>\n")
    assert rows(got) == [
        ("Kim", "Yes?", 1000, 2000),
        (None, "mm", 1000, 2000),
        ("Jo", "No.", 1000, 2000),
    ]


def test_names_inside_the_words_are_zooms_and_go_on_where_they_are_missing() -> None:
    got = vtt(
        "1\n00:00:10.000 --> 00:00:12.000\nHello?\n\n"
        "2\n00:00:16.240 --> 00:00:19.150\nKim Lee: Can you hear me?\n\n"
        "3\n00:00:19.400 --> 00:00:20.010\nYou there.\n\n"
        "4\n00:00:21.000 --> 00:00:22.000\nJo Park: It is 10:15: yes.\nkim lee: Good.\n"
    )
    assert got.text == (
        "Hello?\nKim Lee: Can you hear me? You there.\nJo Park: It is 10:15: yes.\nkim lee: Good."
    )
    assert rows(got) == [
        (None, "Hello?", 10000, 12000),
        ("Kim Lee", "Can you hear me? You there.", 16240, 20010),
        ("Jo Park", "It is 10:15: yes.", 21000, 22000),
        ("Kim Lee", "Good.", 21000, 22000),
    ]
    assert got.layout == "Zoom VTT"


def test_notes_styles_and_regions_are_counted_and_streams_notes_tell_length_and_language() -> None:
    got = vtt(
        'NOTE duration:"00:42:30.0000000"\n\nNOTE language:en-us\n\nNOTE Confidence: 0.87\n\n'
        "STYLE\n::cue { color: red }\n\nREGION\nid:a\n\n00:01.000 --> 00:02.000\nYes.\n"
    )
    assert got.text == "Yes."
    assert (got.header.duration_minutes, got.header.language) == (42.5, "en-us")
    assert got.left_out == (
        "3 notes left out.",
        "1 style block left out.",
        "1 region block left out.",
    )
    assert got.layout == "VTT"


def test_entities_are_decoded_markup_goes_and_other_angle_brackets_stay() -> None:
    got = vtt(
        "00:01.000 --> 00:02.000\n<c.yellow>A &amp; B</c> &lt;b&gt; <i>x</i><00:01.500> <laughs> "
        "1 < 2 &copy; &#229;\n"
    )
    assert got.text == "A & B <b> x <laughs> 1 < 2 &copy; å"


def test_words_after_a_blank_line_inside_a_cue_are_kept_and_counted() -> None:
    got = srt(
        "1\n00:00:01,000 --> 00:00:02,500\nI: One\n\ntwo\nthree\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nP: B\n"
    )
    assert got.text == "I: One two three\nP: B"
    assert got.unparsed == 2


def test_srt_without_names_has_a_line_per_cue() -> None:
    got = srt(
        "1\r\n00:00:01,000 --> 00:00:02,500\r\nHei du.\r\n\r\n"
        "2\r\n00:01:03,5 --> 01:00:04,50\r\n- Ja.\r\n- {\\an8}Nei.\r\n"
    )
    assert rows(got) == [(None, "Hei du.", 1000, 2500), (None, "- Ja. - Nei.", 63500, 3604500)]
    assert got.layout == "SRT"
    assert got.speakers == ()


def test_noscribe_cuts_fractions_short_and_has_a_title_and_its_own_notes() -> None:
    got = transcripts.read(
        b"WEBVTT Talk on farms\n\nNOTE\nTranscribed with noScribe vers. 0.5\n\n"
        b"1\n00:00:00.32 --> 00:00:04.5\n<v S00>Shall we?\n\n"
        b"2\n00:00:10.01 --> 00:00:11.02\n<v S01>Yes.\n",
        "a.vtt",
    )
    assert rows(got) == [("S00", "Shall we?", 320, 4500), ("S01", "Yes.", 10010, 11020)]
    assert (got.header.title, got.left_out) == ("Talk on farms", ("1 note left out.",))


def test_srt_with_names() -> None:
    got = srt(
        "1\n00:00:01,000 --> 00:00:02,000\nI: Hei?\n\n2\n00:00:03,000 --> 00:00:04,000\nP1: Ja.\n"
    )
    assert [(s.label, s.role) for s in got.speakers] == [
        ("I", "interviewer"),
        ("P1", "participant"),
    ]


def test_title_and_language_stand_in_the_first_block() -> None:
    got = transcripts.read(
        b"WEBVTT - Farm talk\nKind: captions\nLanguage: nb\n\n00:01.000 --> 00:02.000\nJa.", "a.vtt"
    )
    assert (got.header.title, got.header.language, got.text) == ("Farm talk", "nb", "Ja.")


def test_time_going_backwards_is_said() -> None:
    got = vtt("00:05.000 --> 00:06.000\nB\n\n00:01.000 --> 00:02.000\nA\n")
    assert got.text == "B\nA"
    assert any("backwards in 1 place, first to 0:00:01" in said for said in got.guesses)


def test_cues_without_words_are_counted() -> None:
    got = vtt("00:01.000 --> 00:02.000\n\n00:02.000 --> 00:03.000\nA\n")
    assert (got.text, got.left_out) == ("A", ("1 cue without words left out.",))


def test_a_file_without_cues_is_broken_and_one_without_words_empty() -> None:
    with pytest.raises(BrokenFile):
        vtt("Nothing here.\n")
    with pytest.raises(EmptyFile):
        vtt("00:01.000 --> 00:02.000\n<v Kim></v>\n")
