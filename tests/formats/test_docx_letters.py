"""docx: the running text in reading order, with what Word users leave in it."""

import io
import zipfile

import pytest

from workbench.errors import BrokenFile, EncryptedFile, FileTooLarge, WorkbenchError
from workbench.formats import transcripts
from workbench.formats.docx import letters

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
LIMIT = 1_000_000


def docx(body: str, parts: dict[str, str] | None = None, main: str = "word/document.xml") -> bytes:
    spaces = f'xmlns:w="{W}" xmlns:mc="{MC}" xmlns:v="urn:v"'
    document = f"<w:document {spaces}><w:body>{body}</w:body></w:document>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(main, document)
        for name, content in (parts or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def p(*runs: str) -> str:
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def text(body: str) -> str:
    return letters(docx(body), "a.docx", LIMIT).text


def test_paragraphs_and_tables_come_in_the_order_of_the_body() -> None:
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>" + cell.format(p("Int")) + cell.format(p("Why?")) + "</w:tr>"
    two = "<w:tr>" + cell.format(p("P1")) + cell.format(p("So.") + p("And so.")) + "</w:tr>"
    body = p("Before") + f"<w:tbl>{row}{two}</w:tbl>" + p("After")
    assert text(body) == "Before\nInt\tWhy?\nP1\tSo.\nAnd so.\nAfter"


def test_a_table_in_a_cell_stays_in_its_cell() -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr></w:tbl>"
    body = f"<w:tbl><w:tr><w:tc>{inner}{p('')}</w:tc><w:tc>{p('c')}</w:tc></w:tr></w:tbl>"
    assert text(body) == "a\tb\n\tc"


def test_tabs_breaks_hyphens_and_runs() -> None:
    body = (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t xml:space='preserve'>Ana: </w:t>"
        "<w:tab/><w:t>yes</w:t><w:br/><w:t>no</w:t><w:br w:type='page'/><w:noBreakHyphen/>"
        "<w:softHyphen/><w:cr/><w:t>x</w:t></w:r></w:p>"
    )
    assert text(body) == "Ana: \tyes\nno\u2011\u00ad\nx"


def test_tracked_insertions_stay_and_deletions_go_counted() -> None:
    body = (
        "<w:p><w:r><w:t>We </w:t></w:r><w:ins><w:r><w:t>really </w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>moved </w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>did.</w:t></w:r>"
        "</w:moveTo></w:p>"
    ).replace("<w:t>", "<w:t xml:space='preserve'>")
    got = letters(docx(body), "a.docx", LIMIT)
    assert got.text == "We really did."
    assert got.left_out == ("2 tracked deletions left out.",)


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    first = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>Ana: I </w:t></w:r></w:p>"
    assert text(first + p("see.") + p("Ola: Yes.")) == "Ana: I see.\nOla: Yes."
    assert text(p("Ola: Yes.") + first) == "Ola: Yes.\nAna: I "


def test_a_deleted_table_row_goes() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{p('gone')}</w:tc></w:tr>"
    assert text(f"<w:tbl>{gone}<w:tr><w:tc>{p('x')}</w:tc></w:tr></w:tbl>") == "x"


def test_content_controls_links_and_fields_keep_their_words() -> None:
    body = (
        "<w:sdt><w:sdtPr><w:alias/></w:sdtPr><w:sdtContent>"
        + p("In a control.")
        + "</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink><w:r><w:instrText>PAGE</w:instrText>"
        "</w:r><w:fldSimple><w:r><w:t>7</w:t></w:r></w:fldSimple><w:sdt><w:sdtContent><w:r><w:t>!</w:t>"
        "</w:r></w:sdtContent></w:sdt></w:p>"
    )
    assert text(body) == "In a control.\nlink7!"


def test_a_text_box_is_read_once_and_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{p('Boxed.')}{p('Twice.')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>Around </w:t><mc:AlternateContent><mc:Choice><w:drawing>"
        f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent><w:t>it.</w:t></w:r></w:p>"
    )
    got = letters(docx(body + p("Next.")), "a.docx", LIMIT)
    assert got.text == "Around it.\nBoxed.\nTwice.\nNext."
    assert got.left_out == ()


def test_what_stands_outside_the_running_text_is_counted() -> None:
    body = (
        "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Word</w:t><w:footnoteReference/><w:footnoteReference/>"
        "<w:endnoteReference/><w:commentReference/><w:drawing/></w:r></w:p>"
    )
    header = f'<w:hdr xmlns:w="{W}"><w:p><w:r><w:t>Page</w:t></w:r></w:p></w:hdr>'
    got = letters(docx(body, {"word/header1.xml": header}), "a.docx", LIMIT)
    assert got.text == "Word"
    assert set(got.left_out) == {
        "1 list number or bullet left out.",
        "2 footnotes left out.",
        "1 endnote left out.",
        "1 comment left out.",
        "1 picture left out.",
        "1 page header or footer left out.",
    }


def test_hidden_text_is_kept_and_said() -> None:
    body = (
        "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>psst</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='true'/></w:rPr><w:t>!</w:t></w:r>"
        "<w:r><w:rPr><w:vanish w:val='0'/></w:rPr></w:r></w:p>"
    )
    got = letters(docx(body), "a.docx", LIMIT)
    assert (got.text, got.guesses) == (
        "psst!",
        ("2 stretches of hidden text came in with the text.",),
    )


def test_the_main_part_is_found_by_its_relation() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Type="http://x/officeDocument" Target="/word/document2.xml"/>'
        "</Relationships>"
    )
    data = docx(p("Here."), {"_rels/.rels": rels}, main="word/document2.xml")
    assert transcripts.read(data, "a.docx").text == "Here."


def test_the_strict_namespace_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    document = f'<w:document xmlns:w="{strict}"><w:body>{p("Strict.")}</w:body></w:document>'
    assert letters(_alone(document), "a.docx", LIMIT).text == "Strict."


def _alone(document: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", document)
    return out.getvalue()


def test_turns_of_a_teams_document_come_out_of_line_breaks_in_a_paragraph() -> None:
    body = (
        "<w:p><w:r><w:t>Kim Lee   0:03</w:t><w:br/><w:t>Let us begin.</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>Jo Park   0:19</w:t><w:br/><w:t>Fine.</w:t></w:r></w:p>"
    )
    got = transcripts.read(docx(body), "a.docx")
    assert [(t.speaker, got.text[t.words_start : t.stop], t.begin_ms) for t in got.turns] == [
        ("Kim Lee", "Let us begin.", 3000),
        ("Jo Park", "Fine.", 19000),
    ]
    assert got.layout == "Teams"


def test_entities_are_never_expanded() -> None:
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
        f'<w:document xmlns:w="{W}"><w:body><w:p><w:t>&b;</w:t></w:p></w:body></w:document>'
    )
    with pytest.raises(BrokenFile, match="entities"):
        letters(_alone(bomb), "a.docx", LIMIT)


def test_deep_nesting_is_a_broken_file() -> None:
    with pytest.raises(BrokenFile):
        text("<w:sdt>" * 5000 + "</w:sdt>" * 5000)


def test_an_archive_that_unpacks_too_far_is_refused() -> None:
    body = p("a" * 6_000_000)
    with pytest.raises(BrokenFile, match="times its size"):
        letters(docx(body), "a.docx", 25_000_000)
    with pytest.raises(FileTooLarge):
        letters(docx(body), "a.docx", 1_000_000)


def test_a_lying_size_in_the_archive_is_caught() -> None:
    data = bytearray(docx(p("word " * 1000)))
    at = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")
    with pytest.raises(WorkbenchError):
        letters(bytes(data), "a.docx", LIMIT)


def test_a_locked_archive_is_encrypted() -> None:
    data = bytearray(docx(p("x")))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    with pytest.raises(EncryptedFile):
        transcripts.read(bytes(data), "a.docx")


@pytest.mark.parametrize("keep", [30, 120, 300])
def test_a_cut_file_is_broken(keep: int) -> None:
    with pytest.raises(BrokenFile):
        transcripts.read(docx(p("word " * 500))[:keep], "a.docx")


def test_words_beside_paragraphs_do_no_harm() -> None:
    assert text("<w:r><w:t>loose</w:t></w:r><w:tc/><w:tr/><w:txbxContent/>" + p("x")) == "x"
