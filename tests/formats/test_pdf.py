"""pdf: words of pages; headers, footers and hyphens go by a rule that the report tells."""

import zlib

import pytest
from pdf_files import made

from workbench.errors import BadFile, BrokenFile, EncryptedFile, FileTooLarge, WorkbenchError
from workbench.formats import pdf, transcripts
from workbench.model.transcript import Reading

pytest.importorskip("pypdfium2")


def read(*pages: list[str]) -> Reading:
    return transcripts.read(made(*pages), "a.pdf")


def test_headers_footers_and_numbers_go_and_speakers_stay() -> None:
    got = read(
        ["Farm study 2024", "I: Why (all of) them?", "Ana: So it", "Printed 1 May", "Page 1 of 3"],
        ["Farm study 2024", "is, in the end.", "I: Å?", "Printed 2 May", "Page 2 of 3"],
        ["Farm study 2024", "Ana: Yes.", "Printed 3 May", "Page 3 of 3"],
    )
    assert got.text == "I: Why (all of) them?\nAna: So it\nis, in the end.\nI: Å?\nAna: Yes."
    assert [(t.speaker, got.text[t.words_start : t.stop]) for t in got.turns] == [
        ("I", "Why (all of) them?"),
        ("Ana", "So it\nis, in the end."),
        ("I", "Å?"),
        ("Ana", "Yes."),
    ]
    assert got.left_out == ("9 page headers or footers left out.",)
    assert "“Farm study 2024” most often" in got.guesses[0]
    assert [got.text[at:].split()[0] for at in got.pages] == ["I:", "is,", "Ana:"]


def test_a_line_on_two_pages_stays_but_the_pages_number_goes() -> None:
    got = read(["Farm", "I: Why?", "- 1 -"], ["Farm", "Ana: So.", "4", "2"])
    assert got.text == "Farm\nI: Why?\nFarm\nAna: So.\n4"


def test_hyphens_at_line_ends_go_before_a_small_letter_only_and_are_told() -> None:
    got = read(
        ["I: What did the inter-", "view with Anne-", "Marie say?", "Ana: It was a well-"],
        ["kept thing - so", "they say."],
    )
    assert got.text == (
        "I: What did the interview with Anne-Marie say?\n"
        "Ana: It was a wellkept thing - so\nthey say."
    )
    assert "2 hyphens at ends of lines left out before a small letter, first in “interview”." in (
        got.guesses
    )


def test_pages_begin_where_their_first_letters_stand() -> None:
    data = made(["I: Why?", "1"], [], ["Ana: So.", "3"])
    letters, begins = pdf.letters(data, "a.pdf", 10**6)
    assert letters.text == "I: Why?\n\nAna: So."
    assert begins == (0, 8, 9)
    assert transcripts.read(data, "a.pdf").pages == (0, 8, 9)
    assert letters.left_out == (
        "2 page headers or footers left out.",
        "1 page of pictures left out.",
    )


def test_pictures_damage_and_size_end_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BrokenFile, match="pictures without letters"):
        read([], [])
    for broken in (b"%PDF-1.7\n1 0 obj\n", made(["a"])[:60]):
        with pytest.raises(BrokenFile, match="cannot be opened"):
            transcripts.read(broken, "a.pdf")
    data = made(["word " * 20] * 40)
    with pytest.raises(FileTooLarge):
        pdf.letters(data, "a.pdf", 500)
    monkeypatch.setattr(pdf, "MOST_PAGES", 1)
    with pytest.raises(BrokenFile, match="it has 2 pages; up to 1 are read"):
        read(["a"], ["b"])


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_SECONDS", 0.001)
    with pytest.raises(BrokenFile, match="take longer"):
        read(["a"], ["b"])


def test_a_page_that_unpacks_to_very_much_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_SECONDS", 2)
    words = zlib.compress(b"BT /F1 11 Tf 14 TL 60 780 Td " + b"(a) Tj T* " * 4_000_000 + b"ET", 9)
    plain = made(["x"])
    start, stop = plain.index(b"<< /Length"), plain.index(b"endstream")
    head = f"<< /Filter /FlateDecode /Length {len(words)} >> stream\n".encode()
    with pytest.raises(WorkbenchError):
        transcripts.read(plain[:start] + head + words + b"\n" + plain[stop:], "a.pdf")


def test_without_what_reads_it_the_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "find_spec", lambda _: None)
    with pytest.raises(BadFile, match="pip install pypdfium2"):
        read(["I: Why?"])


def test_spoilt_bytes_end_in_a_reading_or_an_error_of_ours() -> None:
    whole = made(["I: Why?", "Ana: So."], ["I: Well?"])
    outcomes = set()
    for at in range(10, len(whole), 97):
        try:
            outcomes.add(bool(transcripts.read(whole[:at] + b"9<" + whole[at + 3 :], "a.pdf").text))
        except WorkbenchError:
            outcomes.add(False)
    assert outcomes == {True, False}


def test_a_password_is_told() -> None:
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /O ({'o' * 32}) /U ({'u' * 32}) /P -4 >>"
    locked = made(["I: Why?"]).replace(b"/Root", f"{lock} /ID [<61> <61>] /Root".encode())
    with pytest.raises(EncryptedFile):
        transcripts.read(locked, "a.pdf")
