"""Bytes become letters: byte order marks, UTF-8, UTF-16 without a mark, Windows-1252."""

import pytest

from workbench.errors import BinaryFile, BrokenFile
from workbench.formats.textfile import letters

NORSK = "Kari: På gården får vi mye gjort.\nI: Å?\n"


@pytest.mark.parametrize(
    ("mark", "codec", "encoding"),
    [
        (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
        (b"\xff\xfe", "utf-16-le", "UTF-16 (little-endian)"),
        (b"\xfe\xff", "utf-16-be", "UTF-16 (big-endian)"),
        (b"\xff\xfe\0\0", "utf-32-le", "UTF-32 (little-endian)"),
        (b"\0\0\xfe\xff", "utf-32-be", "UTF-32 (big-endian)"),
    ],
)
def test_byte_order_mark_decides_and_does_not_stay_in_the_text(
    mark: bytes, codec: str, encoding: str
) -> None:
    got = letters(mark + NORSK.encode(codec), "a.txt")
    assert (got.text, got.encoding, got.guesses) == (NORSK, encoding, ())


def test_utf8_without_a_mark_needs_no_guess() -> None:
    got = letters("Ola: Ja 🐄.".encode(), "a.txt")
    assert (got.text, got.encoding, got.guesses) == ("Ola: Ja 🐄.", "UTF-8", ())


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_known_by_its_nuls_and_said(codec: str) -> None:
    got = letters(NORSK.encode(codec), "a.txt")
    assert got.text == NORSK
    assert got.encoding.startswith("UTF-16")
    assert len(got.guesses) == 1


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "said", ["A", "Ja", "Å nei…", "Сам, да и нет", "我们 在 家 里 等 了 很 久"]
)
def test_a_short_text_in_utf16_is_read_whatever_its_script(said: str, codec: str) -> None:
    assert letters(said.encode(codec), "a.txt").text == said


@pytest.mark.parametrize(
    "data",
    [b"abc\0", b"\0abc", b"ab\0c", b"Ola: Ja.\0\0", b"Ola: Ja\0", b"K\xe5re: Ja\0", b"ab\0c\0d"],
)
def test_a_short_text_with_a_nul_is_not_taken_for_utf16(data: bytes) -> None:
    with pytest.raises(BinaryFile):
        letters(data, "a.txt")


def test_windows_1252_is_read_and_its_odd_letters_are_shown_in_context() -> None:
    got = letters("Kari: På låven, ærlig talt. Øl, ñ è é.".encode("cp1252"), "a.txt")
    assert got.text == "Kari: På låven, ærlig talt. Øl, ñ è é."
    assert got.encoding == "Windows-1252"
    assert got.guesses == (
        "The bytes are not UTF-8 and were read as Windows-1252 (cp1252). Check the odd letters: "
        "å in “Kari: På låven, ærli”, æ in “: På låven, ærlig talt. Ø”, "
        "Ø in “ærlig talt. Øl, ñ è é.”, ñ in “g talt. Øl, ñ è é.”, è in “talt. Øl, ñ è é.”.",
    )


def test_bytes_without_a_letter_in_windows_1252_are_kept_and_counted() -> None:
    got = letters(b"Ola: f\xe5r \x81 og \x9d.", "a.txt")
    assert got.text == "Ola: får \x81 og \x9d."
    assert got.guesses[0].endswith("kept as control letters: 2.")


def test_one_spoilt_byte_does_not_turn_utf8_into_windows_1252() -> None:
    data = "åæø åæø åæø ".encode() + b"\xe5" + b" slutt"
    got = letters(data, "a.txt")
    assert got.text == "åæø åæø åæø å slutt"
    assert got.encoding == "UTF-8, damaged"
    assert "UTF-8 but for 1 byte," in got.guesses[0]


def test_line_ends_become_lf_and_nothing_else_is_normalised() -> None:
    assert letters(b"a\r\nb\rc\x0cd e\xcc\x81", "a.txt").text == "a\nb\nc\x0cd e\u0301"


@pytest.mark.parametrize(
    "data", [b"abc\0def", bytes(range(1, 32)) * 4, b"\0\0\0\0", b"a\0\0\0b\0\0\0" * 4]
)
def test_nuls_and_control_letters_are_no_text(data: bytes) -> None:
    with pytest.raises(BinaryFile):
        letters(data, "a.txt")


@pytest.mark.parametrize(
    "data", [b"\xff\xfea", b"\xff\xfe\x00\xd8a\0", b"\0\0\xfe\xff\x7f\xff\xff\xff"]
)
def test_a_mark_that_the_bytes_do_not_keep_is_a_broken_file(data: bytes) -> None:
    with pytest.raises(BrokenFile, match="UTF-"):
        letters(data, "a.txt")
