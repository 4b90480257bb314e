"""The front door: content decides, and what cannot be read is refused in one sentence."""

import io
import zipfile

import pytest

from workbench.errors import (
    BinaryFile,
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    NotWhatItClaims,
    UnknownFormat,
)
from workbench.formats import transcripts

TEXT = b"I: Why?\nAna: Because.\n"
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nYes.\n"
SRT = b"1\n00:00:01,000 --> 00:00:02,000\nYes.\n"
RTF = rb"{\rtf1\ansi I: Why?\par Ana: Because.\par}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def archive(**parts: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return out.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARAGRAPH = "<w:p><w:r><w:t>I: Why?</w:t></w:r></w:p>"
DOCX = archive(
    word__document_xml=f'<w:document xmlns:w="{W}"><w:body>{PARAGRAPH}</w:body></w:document>'
)
EMPTY_DOCX = archive(
    word__document_xml=f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>'
)
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
ODT = archive(
    mimetype="application/vnd.oasis.opendocument.text",
    content_xml=f'<o:d xmlns:o="{OASIS}office:1.0" xmlns:t="{OASIS}text:1.0"><o:body><o:text>'
    "<t:p>I: Why?</t:p></o:text></o:body></o:d>",
)
XLSX = archive(xl__workbook_xml="<workbook/>")
ZIP = archive(a="x")
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
PDF = b"%PDF-1.7\n1 0 obj\n"
EXE = b"MZ\x90\0\x03\0\0\0" + b"\0" * 60
JPG = b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 20

KINDS = {
    "text": TEXT,
    "vtt": VTT,
    "srt": SRT,
    "rtf": RTF,
    "docx": DOCX,
    "odt": ODT,
    "xlsx": XLSX,
    "zip": ZIP,
    "png": PNG,
    "pdf": PDF,
    "exe": EXE,
    "jpeg": JPG,
    "ole": OLE,
    "doc": OLE + "WordDocument".encode("utf-16-le"),
    "empty": b" \r\n",
    "binary": b"ab\0\0\x01\x02" * 10,
}


@pytest.mark.parametrize("kind", KINDS)
def test_sniffing_goes_by_content(kind: str) -> None:
    assert transcripts.sniff(KINDS[kind], "whatever.bin") == kind


def test_sniffing_knows_texts_in_sixteen_bits_and_with_marks() -> None:
    assert transcripts.sniff(VTT.decode().encode("utf-16")) == "vtt"
    assert transcripts.sniff(b"\xef\xbb\xbf" + SRT) == "srt"
    assert transcripts.sniff(TEXT.decode().encode("utf-16-be")) == "text"
    assert transcripts.sniff(b"MZ: I am a person.\nI: Yes?") == "text"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text"),
        ("a.MD", "text"),
        ("a", "text"),
        ("a.docx", "docx"),
        ("a.odt", "odt"),
        ("a.rtf", "rtf"),
        ("a.vtt", "vtt"),
        ("a.srt", "srt"),
    ],
)
def test_what_keeps_its_promise_is_read_without_a_word(name: str, kind: str) -> None:
    got = transcripts.read(KINDS[kind], name)
    assert got.text
    assert not any("was read as" in said for said in got.guesses)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.txt", "vtt"), ("a.txt", "srt"), ("a.srt", "vtt"), ("a", "docx")]
)
def test_what_is_read_as_something_its_name_does_not_say_is_told(name: str, kind: str) -> None:
    got = transcripts.read(KINDS[kind], name)
    assert any(f"was read as {transcripts.NAMES[kind]}" in said for said in got.guesses)


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("a.txt", "docx", "a Word document"),
        ("a.txt", "rtf", "rich text"),
        ("a.md", "odt", "an OpenDocument text"),
        ("a.docx", "text", "plain text"),
        ("a.docx", "rtf", "rich text"),
        ("a.docx", "odt", "an OpenDocument text"),
        ("a.docx", "xlsx", "a spreadsheet"),
        ("a.docx", "doc", "an old Word document"),
        ("a.docx", "pdf", "a PDF"),
        ("a.txt", "pdf", "a PDF"),
        ("a.docx", "binary", "not a text at all"),
        ("a.odt", "docx", "a Word document"),
        ("a.odt", "text", "plain text"),
        ("a.rtf", "text", "plain text"),
        ("a.rtf", "docx", "a Word document"),
        ("a.vtt", "text", "plain text"),
        ("a.srt", "text", "plain text"),
        ("a.vtt", "png", "a picture"),
    ],
)
def test_name_and_content_that_disagree_are_refused(name: str, kind: str, found: str) -> None:
    with pytest.raises(NotWhatItClaims) as caught:
        transcripts.read(KINDS[kind], name)
    assert caught.value.found.startswith(found)
    assert caught.value.path == name


@pytest.mark.parametrize(
    ("name", "kind", "looks_like"),
    [
        ("a.txt", "png", "a picture (png)"),
        ("a.txt", "zip", "a zip archive"),
        ("a.txt", "exe", "a program"),
        ("a.md", "jpeg", "a picture (jpeg)"),
        ("a.txt", "ole", "an old Office document"),
        ("a.doc", "doc", "an old Word document"),
        ("a.txt", "binary", "not a text"),
        ("a", "xlsx", "a spreadsheet"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_looks_like(
    name: str, kind: str, looks_like: str
) -> None:
    with pytest.raises(BinaryFile, match=r"this looks like|this is") as caught:
        transcripts.read(KINDS[kind], name)
    assert looks_like in str(caught.value)


@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_an_office_file_in_an_ole_container_has_a_password(name: str) -> None:
    with pytest.raises(EncryptedFile):
        transcripts.read(OLE + "EncryptedPackage".encode("utf-16-le"), name)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"", "a.docx"),
        (b" \n\t\r\n", "a.txt"),
        (b"\xef\xbb\xbf\n", "a.txt"),
        ("\u00a0\u200b\n".encode(), "a.txt"),
        ("  \n".encode("utf-16"), "a.txt"),
        (EMPTY_DOCX, "a.docx"),
        (rb"{\rtf1\ansi\par }", "a.rtf"),
        (b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Kim></v>\n", "a.vtt"),
    ],
)
def test_nothing_but_white_space_is_empty(data: bytes, name: str) -> None:
    with pytest.raises(EmptyFile):
        transcripts.read(data, name)


def test_the_limit_is_the_callers() -> None:
    assert transcripts.read(TEXT, "a.txt", max_bytes=len(TEXT)).turns
    with pytest.raises(FileTooLarge) as caught:
        transcripts.read(TEXT, "a.txt", max_bytes=len(TEXT) - 1)
    assert (caught.value.size, caught.value.limit) == (len(TEXT), len(TEXT) - 1)


def test_unknown_endings_are_refused_with_the_known_ones() -> None:
    with pytest.raises(UnknownFormat, match=r"\.txt, \.md, \.docx, \.odt, \.rtf, \.vtt, \.srt"):
        transcripts.read(TEXT, "a.xyz")


def test_an_archive_without_the_parts_of_a_document_is_broken() -> None:
    with pytest.raises(BrokenFile, match="missing"):
        transcripts.read(ZIP, "a.docx")


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_cut_archives_are_broken(kind: str) -> None:
    with pytest.raises(BrokenFile):
        transcripts.read(KINDS[kind][:-30], f"a.{kind}")
