"""odt: the running text in reading order, deleted text and annotations apart."""

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from workbench.errors import BrokenFile, EncryptedFile
from workbench.formats import transcripts
from workbench.formats.odt import letters

LIMIT = 1_000_000
SPACES = "".join(
    f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("svg", "svg-compatible"),
    )
)


def odt(body: str, parts: dict[str, str] | None = None) -> bytes:
    content = (
        f"<office:document-content{SPACES}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        for name, part in (parts or {}).items():
            archive.writestr(name, part)
    return out.getvalue()


def text(body: str) -> str:
    return letters(odt(body), "a.odt", LIMIT).text


def test_paragraphs_headings_lists_and_tables_in_order() -> None:
    body = (
        "<text:h>Talk</text:h><text:list><text:list-item><text:p>one</text:p></text:list-item>"
        "<text:list-item><text:p>two</text:p></text:list-item></text:list>"
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Who</text:p>"
        "</table:table-cell><table:table-cell><text:p>What</text:p></table:table-cell></table:table-row>"
        "</table:table-header-rows><table:table-row><table:table-cell><text:p>I</text:p></table:table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table><text:p>End</text:p>"
    )
    got = letters(odt(body), "a.odt", LIMIT)
    assert got.text == "Talk\none\ntwo\nWho\tWhat\nI\t\nEnd"
    assert got.left_out == ("2 list numbers or bullets left out.",)


def test_tabs_spaces_and_line_breaks() -> None:
    body = (
        "<text:p>\n  Ana:<text:tab/>so<text:s text:c='3'/>it  \n is<text:line-break/>"
        "<text:span>now <text:span>then</text:span></text:span><text:s/>.</text:p>"
    )
    assert text(body) == "Ana:\tso   it is\nnow then ."


def test_an_absurd_number_of_spaces_is_cut() -> None:
    assert len(text("<text:p>a<text:s text:c='999999999'/>b</text:p>")) == 1002
    assert text("<text:p>a<text:s text:c='x'/>b</text:p>") == "a b"


def test_deleted_tracked_text_stays_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>never</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        "<text:p>We <text:change/>did<text:change-start/> really<text:change-end/>.</text:p>"
    )
    got = letters(odt(body), "a.odt", LIMIT)
    assert got.text == "We did really."
    assert got.left_out == ("1 tracked deletion left out.",)


def test_annotations_notes_and_pictures_are_counted_and_the_text_around_them_stays() -> None:
    body = (
        "<text:p>We<office:annotation><text:p>check!</text:p></office:annotation> all"
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>foot</text:p>"
        "</text:note-body></text:note> went<draw:frame><draw:image/>"
        "<svg:desc>a cow</svg:desc></draw:frame>"
        " home.</text:p>"
    )
    styles = "<s xmlns:style='urn:x'><style:header><p>Page head</p></style:header></s>"
    got = letters(odt(body, {"styles.xml": styles}), "a.odt", LIMIT)
    assert got.text == "We all went home."
    assert set(got.left_out) == {
        "1 comment left out.",
        "1 footnote or endnote left out.",
        "1 picture left out.",
        "1 page header or footer left out.",
    }


def test_a_text_box_follows_its_paragraph() -> None:
    body = (
        "<text:p>a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>b"
        "</text:p><text:p>c</text:p>"
    )
    assert text(body) == "ab\nbox\nc"


def test_a_document_with_a_password_is_encrypted() -> None:
    manifest = "<m><manifest:encryption-data xmlns:manifest='urn:m'/></m>"
    with pytest.raises(EncryptedFile):
        transcripts.read(odt("<text:p>x</text:p>", {"META-INF/manifest.xml": manifest}), "a.odt")
    with pytest.raises(EncryptedFile):
        transcripts.read(odt("", {"encrypted-package": "x"}), "a.odt")


def test_a_spreadsheet_inside_is_broken_as_a_text() -> None:
    data = odt("").replace(b"office:text", b"office:cell")
    with pytest.raises(BrokenFile):
        letters(_sound(data), "a.odt", LIMIT)


def _sound(data: bytes) -> bytes:
    """Write the archive anew, so that its checksums are right again."""
    content = data[
        data.index(b"<office:document-content") : data.index(b"</office:document-content>") + 26
    ]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", content)
    return out.getvalue()


def _letters_of(path: Path) -> str:
    """All text in the paragraphs of a file, by another way than the reader's."""
    root = etree.fromstring(zipfile.ZipFile(path).read("content.xml"))
    space = {"t": "urn:oasis:names:tc:opendocument:xmlns:text:1.0"}
    paragraphs = root.xpath("//t:p | //t:h", namespaces=space)
    return "".join("".join("".join(p.itertext()) for p in paragraphs).split())


def test_the_published_think_aloud_transcripts_keep_every_letter(shared: Path) -> None:
    files = sorted((shared / "real" / "swj2022" / "transcripts").glob("*.odt"))
    assert len(files) == 17
    for path in files:
        got = transcripts.read(path.read_bytes(), path.name)
        assert "".join(got.text.split()) == _letters_of(path), path.name
        assert "".join(
            "".join(got.text[t.start : t.stop] for t in got.turns).split()
        ) == _letters_of(path), path.name
        assert [(s.label, s.role) for s in got.speakers] == [("MODERATOR", "interviewer")], (
            path.name
        )
        moderated = got.text.count("MODERATOR:")
        assert got.speakers[0].turns == moderated > 0, path.name
        assert len(got.turns) > 100
        assert got.unparsed == 0
        assert {t.begin_ms for t in got.turns} == {None}  # these files have no times
