"""html: noScribe's pages with the times of their anchors, and pages as plain text."""

import pytest

from workbench.errors import BinaryFile, EmptyFile, NotWhatItClaims
from workbench.formats import transcripts
from workbench.model.transcript import Reading, Turn

Row = tuple[str | None, str, int | None, int | None]


def page(body: str, head: str = "") -> Reading:
    whole = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return transcripts.read(whole.encode(), "a.html")


def rows(reading: Reading) -> list[Row]:
    return [
        (t.speaker, reading.text[t.words_start : t.stop], t.begin_ms, t.end_ms)
        for t in reading.turns
    ]


NOSCRIBE = (
    "<p>farm.mp3</p><p>Transcribed with noScribe vers. 0.5<br>Audio source: farm.mp3</p>"
    '<p><a name="ts_320_4510_S00">[00:00:00] S00: Shall we &lt;start&gt;?</a></p>'
    '<p><a name="ts_4600_6000_S01">S01: Yes.</a> <a name="ts_6100_7000_S01">And so.</a></p>'
    '<p><a name="ts_7100_8000_S00">Good.</a></p>'
)


def test_noscribe_anchors_give_speakers_and_times_to_the_millisecond() -> None:
    got = page(NOSCRIBE, "<style>p { color: red }</style><title>x</title>")
    assert got.text == (
        "farm.mp3\nTranscribed with noScribe vers. 0.5\nAudio source: farm.mp3\n"
        "[00:00:00] S00: Shall we <start>?\nS01: Yes. And so.\nGood."
    )
    assert rows(got) == [
        ("S00", "Shall we <start>?", 320, 4510),
        ("S01", "Yes. And so.", 4600, 7000),
        ("S00", "Good.", 7100, 8000),
    ]
    assert (got.layout, got.header.title, got.unparsed) == ("noScribe", "farm.mp3", 0)
    assert got.turns[0] == Turn("S00", 79, 84, 101, 320, 4510)


def test_a_name_put_in_the_place_of_a_number_names_all_of_that_speakers_turns() -> None:
    got = page(
        '<p><a name="ts_0_900_S00">Kari: Why?</a></p><p><a name="ts_950_990_S01">So.</a></p>'
        '<p><a name="ts_1000_2000_S00">Note that: I ask.</a></p>'
        '<p><a name="ts_3000_4000_S00">Kari: Well?</a></p><p>By hand.</p>'
    )
    assert rows(got) == [
        ("Kari", "Why?", 0, 900),
        ("S01", "So.", 950, 990),
        ("Kari", "Note that: I ask.", 1000, 2000),
        ("Kari", "Well?\nBy hand.", 3000, 4000),
    ]


def test_a_page_of_another_program_is_read_as_its_text() -> None:
    got = page(
        '<p>I: Why?</p><p><a name="top">Ana</a>: S\u00e5.<script>x()</script></p><img src="x">'
    )
    assert got.text == "I: Why?\nAna: S\u00e5."
    assert rows(got) == [("I", "Why?", None, None), ("Ana", "S\u00e5.", None, None)]
    assert got.left_out == ("1 picture left out.",)


def test_names_that_are_none_of_noscribes_give_no_times() -> None:
    got = page('<a name="ts_1_2">I: x</a><p><a name="ts_-1_5_S0">P: y</a><a name="ts_1_2_S0"> </a>')
    assert [t.begin_ms for t in got.turns] == [None, None]


def test_a_page_under_another_name_is_told_and_a_text_is_no_page() -> None:
    html = b"<html><p>I: Why?</p></html>"
    assert "a page (html)" in transcripts.read(html, "a.txt").guesses[-1]
    for name in ("a.vtt", "a.docx"):
        with pytest.raises(NotWhatItClaims):
            transcripts.read(html, name)
    for other in (b"I: Why?", b"WEBVTT\n\n00:01.000 --> 00:02.000\nYes.\n"):
        with pytest.raises(NotWhatItClaims):
            transcripts.read(other, "a.html")


def test_empty_binary_and_very_deep_pages_end_in_a_sentence_or_a_reading() -> None:
    with pytest.raises(EmptyFile):
        page("<p> </p>")
    with pytest.raises(BinaryFile):
        transcripts.read(b"<html>" + b"a" * 3000 + b"\0b\0\0" * 10, "a.html")
    deep = "<div>" * 100_000 + "I: Why?" + "</div>" * 100_000
    assert "I: Why?" in page(deep).text
    assert len(page("<p>" + "<a name='ts_1_2_S0'>S0: word</a> " * 9_000).turns) == 1
