r"""rtf: `\'e4`, `\u8230?`, `\par`, tables; what is kept and dropped is said."""

import pytest

from workbench.errors import BrokenFile
from workbench.formats import transcripts
from workbench.formats.rtf import letters

FONTS = rb"{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fswiss\fcharset238{\*\falt X}Arial CE;}}"


def rtf(body: bytes) -> bytes:
    return rb"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + rb"\uc1\pard\f0 " + body + b"}"


def text(body: bytes) -> str:
    return letters(rtf(body), "a.rtf").text


def test_letters_of_code_pages_fonts_and_unicode() -> None:
    assert text(rb"w\'e4r \u8230?\par {\f1 \'e8aj}\par \u-10179?\u-8704?\emdash") == (
        "wär …\nčaj\n😀—"
    )


def test_raw_bytes_beyond_ascii_follow_the_code_page() -> None:
    assert text(b"f\xe5r") == "får"


def test_cells_of_a_row_are_joined_with_tabs() -> None:
    row = rb"\trowd\cellx1\cellx2\intbl Int|1\cell Why?\cell\row "
    assert text(row + rb"\pard After") == "Int|1\tWhy?\nAfter"


def test_binary_data_of_pictures_is_no_text_and_a_backslash_is() -> None:
    got = letters(rtf(rb"a{\pict\bin6 }{{x}}} C:\\bin b"), "a.rtf")
    assert got.text == "a C:\\bin b"
    assert got.left_out == ("1 picture left out.",)


def test_what_is_left_out_and_what_is_kept_is_said() -> None:
    got = letters(
        rtf(
            rb"We{\footnote under} went{\v  psst}{\deleted  not}{\*\annotation hm}"
            rb"{\field{\*\fldinst{HYPERLINK \"http://x\"}}{\fldrslt{ home}}}."
        ),
        "a.rtf",
    )
    assert got.text == "We went psst not home."
    assert got.left_out == (
        "1 footnote left out.",
        "1 comment left out.",
        "1 link address left out.",
    )
    assert got.guesses == (
        "1 stretch of deleted text came in with the text.",
        "1 stretch of hidden text came in with the text.",
    )


def test_f4_markers_give_times_in_rtf() -> None:
    body = rb"I: Wie kam das? #00:00:06-9#\par B: Das war (...) \'e4hnlich. #00:00:18-0#\par "
    got = transcripts.read(rtf(body), "a.rtf")
    assert got.layout == "f4"
    assert [
        (t.speaker, got.text[t.words_start : t.stop], t.begin_ms, t.end_ms) for t in got.turns
    ] == [("I", "Wie kam das?", 0, 6900), ("B", "Das war (...) ähnlich.", 6900, 18000)]


def test_letters_without_meaning_are_marked_and_counted() -> None:
    got = letters(rtf(rb"a\u-10179?b\'81\u0?c"), "a.rtf")
    assert got.text == "a\ufffdb\ufffd\ufffdc"
    assert got.guesses[0].startswith("3 letters")


@pytest.mark.parametrize("body", [rb"\u9999999999?", rb"\uc x", rb"\u99999999999999999999 x"])
def test_numbers_out_of_range_are_a_broken_file(body: bytes) -> None:
    with pytest.raises(BrokenFile):
        text(body)


@pytest.mark.parametrize(
    ("body", "read", "left_out"),
    [
        (rb"{\field{\*\fldinst{" * 40_000, "", ("40,000 link addresses left out.",)),
        (rb"{\field{\*\fldinst{HYPERLINK " * 40_000, "", ("40,000 link addresses left out.",)),
        (rb"{\fonttbl" + rb"\f1" * 200_000, "", ()),
        (rb"{\fonttbl" + rb"\f1\fcharset0" * 60_000 + rb"}Yes", "Yes", ()),
        (rb"{" * 200_000 + rb"Yes", "Yes", ()),
        (rb"}" * 200_000 + rb"after the end", "", ()),
        (rb"\bin" * 100_000 + rb"{\pict}Yes", "Yes", ("1 picture left out.",)),
    ],
)
def test_hostile_repetition_is_read_to_its_end(
    body: bytes, read: str, left_out: tuple[str, ...]
) -> None:
    """Each of these takes minutes, or for ever, where the work grows with the square."""
    got = letters(rb"{\rtf1" + body, "a.rtf")
    assert (got.text, got.guesses, got.left_out) == (read, (), left_out)
