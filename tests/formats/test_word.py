"""Word files as python-docx and LibreOffice read them back."""

import zipfile
from pathlib import Path

import docx
import pandas as pd
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt
from lxml import etree

from workbench.errors import BadValue, CannotWrite
from workbench.formats import word
from workbench.formats.word.writing import ends
from workbench.model import frames
from workbench.model.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    Picture,
    Quotation,
    Said,
    Table,
    Turned,
    cell,
    line,
)

A, B = "0000-aaaaaaaa", "0000-bbbbbbbb"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PLACES = {A: "Ana, turn 3", B: "Bo, turn 5"}
ODD = "a\x00b\x1f\ufffe < & > 🌱 שלום\ttab\nline"


def written(path: Path, *blocks: Block, **options: object):
    word.write(Document("Title", blocks, PLACES), path / "d.docx", **options)
    return docx.Document(str(path / "d.docx"))


def said(document) -> list[tuple[str, str]]:
    """Style and text of each paragraph outside tables, in order."""
    return [(p.style.name, p.text) for p in document.paragraphs]


def test_each_block_is_set_in_its_named_style(tmp_path: Path):
    document = written(
        tmp_path,
        Heading("A report", 0),
        Heading("Part", 1),
        Heading("Deep", 7),
        Paragraph(line("Plain, ", Said("strong", "strong"), ", ", Said("soft", "emphasis"))),
        Paragraph(line("A note."), "note"),
        Paragraph(line("What it means."), "definition"),
        Paragraph(line("One of many."), "item"),
        Quotation("We wait.", "Ana, turn 3", A, "age: 34"),
    )
    assert said(document) == [
        ("Title", "A report"),
        ("Heading 1", "Part"),
        ("Heading 4", "Deep"),
        ("Normal", "Plain, strong, soft"),
        ("Note", "A note."),
        ("Definition", "What it means."),
        ("Item", "One of many."),
        ("Quotation", "“We wait.” — Ana, turn 3 (age: 34) [aaaaaaaa]"),
    ]
    runs = {r.text: r.style.name for p in document.paragraphs for r in p.runs}
    assert runs["strong"] == "Strong"
    assert runs["soft"] == "Emphasis"
    assert runs["Ana, turn 3"] == "Citation"
    assert runs["[aaaaaaaa]"] == "Reference"


def test_text_of_users_is_text_whatever_it_holds(tmp_path: Path):
    document = written(tmp_path, Heading(ODD, 1), Table(ODD, (ODD,), ((cell(ODD),),)))
    shown = "a␀b␟\ufffd < & > 🌱 שלום\ttab\nline"
    assert [p.text for p in document.paragraphs] == [shown, shown, ""]
    (table,) = document.tables
    assert [[c.text for c in row.cells] for row in table.rows] == [[shown], [shown]]
    assert document.core_properties.title == "Title"


def test_text_that_is_read_from_the_right_is_set_from_the_right(tmp_path: Path):
    first, second = Paragraph(line("שלום, Anna")), Paragraph(line("12 Anna, שלום"))
    document = written(tmp_path, first, second, Heading("سلام", 1))
    sides = [p._p.pPr.find(qn("w:bidi")) is not None for p in document.paragraphs]
    runs = [p._p.find(f".//{qn('w:rtl')}") is not None for p in document.paragraphs]
    assert sides == runs == [True, False, True]


def test_letters_that_are_read_from_the_right_are_as_large_and_bold_as_others(tmp_path: Path):
    styles = written(tmp_path, Heading("سلام", 1)).styles
    for name, size in (("Heading 1", "34"), ("Quotation", None), ("Faint", "18")):
        held = styles[name].element.rPr
        sizes = [held.find(qn(f"w:{s}")) for s in ("sz", "szCs")] if held is not None else []
        assert [s.get(qn("w:val")) for s in sizes if s is not None] == ([size] * 2 if size else [])
    assert styles["Heading 1"].element.rPr.find(qn("w:bCs")) is not None


def test_a_number_leads_to_the_codings_behind_it(tmp_path: Path):
    document = written(
        tmp_path,
        Paragraph(line(Said("Two cases.", evidence=(A, B)), Said(" One.", evidence=(B,)))),
        Table("Counts", ("Code", "Cases"), ((cell("Waiting"), cell(2, (A, B))),)),
    )
    texts = [text for _, text in said(document)]
    assert texts[0] == "Two cases.[1] One.[2]"
    assert document.tables[0].rows[1].cells[1].text == "2[1]"
    assert texts[-2:] == [
        "[1]  Ana, turn 3 [aaaaaaaa]; Bo, turn 5 [bbbbbbbb]",
        "[2]  Bo, turn 5 [bbbbbbbb]",
    ]
    body = document.element.body
    led = [h.get(qn("w:anchor")) for h in body.iter(qn("w:hyperlink"))]
    marks = [m.get(qn("w:name")) for m in body.iter(qn("w:bookmarkStart"))]
    assert led == ["evidence_1", "evidence_2", "evidence_1"]
    assert marks == ["evidence_1", "evidence_2"]


def test_without_numbers_there_is_no_list_of_evidence(tmp_path: Path):
    assert said(written(tmp_path, Paragraph(line("No number.")))) == [("Normal", "No number.")]


def test_ends_of_ids_are_as_long_as_they_must_be():
    assert ends(["11-x", "22-x"], least=1) == {"11-x": "1-x", "22-x": "2-x"}
    assert ends(["same", "same"]) == {"same": "same"}


def test_a_table_has_its_columns_its_head_and_a_row_of_lines(tmp_path: Path):
    lines = (line("first"), line(Said("second", "emphasis")))
    document = written(tmp_path, Table("Who", ("Case", "Says"), ((cell("Ana"), lines),), (1, 3)))
    (table,) = document.tables
    assert table.style.name == "Framework Table"
    assert [[c.text for c in r.cells] for r in table.rows] == [
        ["Case", "Says"],
        ["Ana", "first\nsecond"],
    ]
    head, row = table._tbl.tr_lst
    assert head.trPr.find(qn("w:tblHeader")) is not None
    assert row.trPr is None
    first, second = (int(c.get(qn("w:w"))) for c in table._tbl.tblGrid)
    assert second == pytest.approx(3 * first, abs=3)
    assert said(document)[0] == ("Caption", "Who")


def test_pages_that_lie_on_their_side_are_between_pages_that_stand(tmp_path: Path):
    document = written(
        tmp_path, Heading("One", 1), Turned((Heading("Two", 1),)), Heading("Three", 1)
    )
    lie = [s.orientation == WD_ORIENT.LANDSCAPE for s in document.sections]
    assert lie == [False, True, False]
    sizes = [(s.page_width.cm, s.page_height.cm) for s in document.sections]
    assert [(round(w, 1), round(h, 1)) for w, h in sizes] == [(21, 29.7), (29.7, 21), (21, 29.7)]
    words = [b.findtext(f".//{qn('w:t')}") or "break" for b in document.element.body[:-1]]
    assert words == ["One", "break", "Two", "break", "Three"]


def test_a_table_is_as_wide_as_the_page_that_it_stands_on(tmp_path: Path):
    table = Table("", ("A", "B"), ())
    document = written(tmp_path, table, Turned((table,)), table)
    widths = [sum(int(c.get(qn("w:w"))) for c in t._tbl.tblGrid) / 567 for t in document.tables]
    assert widths == pytest.approx([21 - 4.6, 29.7 - 4.6, 21 - 4.6], abs=0.1)  # in cm


def drawn() -> Picture:
    nodes = pd.DataFrame(
        [
            ("n1", "Locked <out> & away", "outside", "outside", 0.0, 0.6, 2, (A, B)),
            ("n2", "Use", "inside", "inside", 0.0, -0.6, 1, (A,)),
        ],
        columns=list(frames.DRAWN_NODES),
    )
    edge = ("n1", "n2", "−", "", "participant", "", 1, 1, 0, False, ("l",), (A,), ())
    edges = pd.DataFrame([edge], columns=list(frames.DRAWN_EDGES))
    bands = pd.DataFrame(
        [("inside", "ring", 0.0, 0.5), ("outside", "ring", 0.5, 1.0)], columns=list(frames.BANDS)
    )
    return Picture("The network", nodes, edges, bands)


def test_the_network_is_drawn_in_shapes_with_its_names_as_text(tmp_path: Path):
    document = written(tmp_path, drawn())
    spaces = {
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    }
    body = document.element.body
    boxes = etree.XPath("//w:txbxContent/w:p", namespaces=spaces)(body)
    names = [" ".join(t.text for t in box.iter(qn("w:t"))) for box in boxes]
    assert names == ["INSIDE", "OUTSIDE", "Locked <out> & away", "Use"]
    points = etree.XPath("//a:prstGeom[@prst='ellipse']", namespaces=spaces)(body)
    assert len(points) == 2 + 2  # rings and drivers
    arrows = etree.XPath("//a:ln[a:tailEnd]/a:solidFill/a:srgbClr/@val", namespaces=spaces)(body)
    assert arrows == ["c1440e"]  # weakens
    ids = etree.XPath("//wp:docPr/@id | //wps:cNvPr/@id", namespaces=spaces)(body)
    assert len(ids) == len(set(ids)) == 1 + 2 + 2 + 1 + 2 + 2
    (told,) = etree.XPath("//wp:docPr/@descr", namespaces=spaces)(body)
    assert told.startswith("A drawing of 2 drivers and 1 links.")


def test_nothing_stands_out_of_the_drawing_and_names_without_room_are_left_out(tmp_path: Path):
    picture = drawn()
    crowd = [
        (f"c{n}", f"A long name of number {n}", "inside", "inside", 0.02 * n, 0.0, n, ())
        for n in range(20)
    ]
    far = ("far", "Incomprehensibilities", "outside", "outside", -1.0, 0.0, 1, ())
    nodes = pd.DataFrame([far, *crowd], columns=list(frames.DRAWN_NODES))
    crowded = Picture("", nodes, picture.edges, picture.bands)
    body = written(tmp_path, crowded).element.body
    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    whole, *shapes = body.iter(f"{a}xfrm")
    wide, high = (int(whole.find(f"{a}ext").get(k)) for k in ("cx", "cy"))
    for shape in shapes:
        (x, y), (w, h) = (
            [int(shape.find(f"{a}{part}").get(k)) for k in keys]
            for part, keys in (("off", "xy"), ("ext", ("cx", "cy")))
        )
        assert min(x, y) >= -2
        assert x + w <= wide + 2
        assert y + h <= high + 2
    names = [" ".join(t.text for t in box.iter(qn("w:t"))) for box in body.iter(f"{_W}txbxContent")]
    assert "Incomprehensibilities" in names
    assert "A long name of number 19" in names  # of the most cases, so it comes first
    assert len(names) < 2 + 1 + 20


def test_an_arrow_ends_at_the_rim_of_the_driver_it_leads_to(tmp_path: Path):
    document = written(tmp_path, drawn())
    a = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    (path,) = document.element.body.iter(f"{a}path")
    (shape,) = (p.getparent().getparent().getparent() for p in [path])
    top = int(shape.find(f"{a}xfrm/{a}off").get("y"))
    end = top + int(list(path.iter(f"{a}pt"))[-1].get("y"))
    places = [x for x in document.element.body.iter(f"{a}xfrm") if x.getparent() is not shape]
    points = [
        x
        for x in places
        if (g := x.getparent().find(f"{a}prstGeom")) is not None and g.get("prst") == "ellipse"
    ]
    use = min(points, key=lambda x: int(x.find(f"{a}ext").get("cx")))
    assert int(use.find(f"{a}off").get("y")) - end == pytest.approx(0, abs=40_000)  # a millimetre


def test_a_template_gives_its_looks_and_what_it_lacks_is_added(tmp_path: Path):
    own = docx.Document()
    own.styles["Heading 1"].font.size = Pt(33)
    own.styles.add_style("Quotation", WD_STYLE_TYPE.PARAGRAPH).font.size = Pt(7)
    own.sections[0].header.paragraphs[0].text = "Our institute"
    own.add_paragraph("Text of the template.")
    own.core_properties.author = "Somebody else"
    own.save(str(tmp_path / "own.docx"))
    document = written(
        tmp_path,
        Heading("Part", 1),
        Quotation("We wait.", "Ana, turn 3", A),
        Turned((Heading("Side", 1),)),
        template=tmp_path / "own.docx",
    )
    assert document.styles["Heading 1"].font.size == Pt(33)
    assert document.styles["Quotation"].font.size == Pt(7)
    assert document.styles["Citation"].type == WD_STYLE_TYPE.CHARACTER
    assert [s.header.paragraphs[0].text for s in document.sections] == ["Our institute"] * 3
    assert "Text of the template." not in [t for _, t in said(document)]
    assert document.core_properties.author == ""


def test_the_template_that_is_written_has_every_style_and_can_be_given_back(tmp_path: Path):
    word.write_template(tmp_path / "t.docx")
    names = {p.style.name for p in docx.Document(str(tmp_path / "t.docx")).paragraphs}
    assert {"Title", "Heading 4", "Quotation", "Definition", "Item", "Note", "Evidence"} <= names
    document = written(tmp_path, Heading("Part", 1), template=tmp_path / "t.docx")
    assert said(document) == [("Heading 1", "Part")]


@pytest.mark.parametrize("content", [b"no zip", b"PK\x03\x04", b""])
def test_a_template_that_is_no_word_document_is_refused(tmp_path: Path, content: bytes):
    (tmp_path / "own.docx").write_bytes(content)
    with pytest.raises(BadValue, match=r"The template cannot be 'own\.docx'; give a Word document"):
        written(tmp_path, template=tmp_path / "own.docx")
    assert not (tmp_path / "d.docx").exists()


def test_a_template_that_unpacks_to_too_much_is_refused(tmp_path: Path):
    word.write_template(tmp_path / "own.docx")
    with zipfile.ZipFile(tmp_path / "own.docx", "a", zipfile.ZIP_DEFLATED) as out:
        out.writestr("word/more.xml", b" " * 90_000_000)
    with pytest.raises(BadValue, match="The template"):
        written(tmp_path, template=tmp_path / "own.docx")


def test_a_style_of_the_template_that_is_for_something_else_is_told(tmp_path: Path):
    own = docx.Document()
    own.styles.add_style("Citation", WD_STYLE_TYPE.PARAGRAPH)
    own.save(str(tmp_path / "own.docx"))
    with pytest.raises(BadValue, match=r"The style “Citation” of the template .* characters"):
        written(tmp_path, template=tmp_path / "own.docx")


def test_what_the_file_says_of_itself_stands_among_its_properties(tmp_path: Path):
    given = {"Workbench: Project": "Garden <&> \x00", "Workbench: Made": "now"}
    written(tmp_path, Heading("Part", 1), properties=given)
    with zipfile.ZipFile(tmp_path / "d.docx") as package:
        root = etree.fromstring(package.read("docProps/custom.xml"))
        types = package.read("[Content_Types].xml").decode()
    assert {p.get("name"): p[0].text for p in root} == {
        "Workbench: Project": "Garden <&> ␀",
        "Workbench: Made": "now",
    }
    assert "custom-properties+xml" in types


def test_a_folder_that_is_not_there_is_told(tmp_path: Path):
    with pytest.raises(CannotWrite):
        word.write(Document("T", ()), tmp_path / "no" / "d.docx")
