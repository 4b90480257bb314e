"""The template of Word documents: which named styles they use, and how these look.

A researcher restyles a template in Word; a style that it lacks is added with our look.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from workbench.errors import BadValue, WorkbenchError
from workbench.formats.files import replacing
from workbench.formats.package import Package
from workbench.formats.word.letters import element, paragraph, run

FONT = "Calibri"
INK, FAINT, ACCENT = "1F2933", "6B7785", "1F4E5F"
_SAMPLE = "Words set in this style look like this."
_LIMIT = 20_000_000
_FAULTS = (OSError, BadZipFile, KeyError, ValueError, AttributeError, SyntaxError, IndexError)
"""What python-docx raises at a file that is none of Word's."""


@dataclass(frozen=True, slots=True)
class Look:
    """One style: points, colour, and spaces before and after in points."""

    base: str = "Normal"
    size: float | None = None
    colour: str = ""
    bold: bool | None = None
    italic: bool | None = None
    before: float = 0
    after: float = 4
    indent: float = 0
    keep: bool = False


PARAGRAPHS: Mapping[str, Look] = {
    "Normal": Look("", 10.5, INK, after=6),
    "Title": Look(size=24, colour=ACCENT, bold=True, after=12),
    "Heading 1": Look(size=17, colour=ACCENT, bold=True, before=20, after=8, keep=True),
    "Heading 2": Look(size=13.5, colour=ACCENT, bold=True, before=14, after=5, keep=True),
    "Heading 3": Look(size=11.5, colour=INK, bold=True, before=10, after=4, keep=True),
    "Heading 4": Look(size=10.5, colour=INK, bold=True, italic=True, before=8, keep=True),
    "Quotation": Look(italic=False, before=2, after=6, indent=0.7),
    "Definition": Look(after=4),
    "Item": Look(indent=0.5, after=3),
    "Note": Look(size=9.5, colour=FAINT, after=6),
    "Caption": Look(size=9.5, colour=INK, bold=True, before=8, after=4, keep=True),
    "Table Text": Look(size=9, after=1),
    "Table Head": Look("Table Text", 9, ACCENT, bold=True, after=1),
    "Evidence": Look(size=8, after=1),
    "Break": Look(size=2, after=0),
}
"""The styles of paragraphs that documents use."""
CHARACTERS: Mapping[str, Look] = {
    "Strong": Look("", bold=True),
    "Emphasis": Look("", italic=True),
    "Citation": Look("", colour=ACCENT),
    "Reference": Look("", 7.5, FAINT),
    "Faint": Look("", 9, FAINT),
}
"""The styles of stretches within a paragraph."""
TABLE = "Framework Table"


def opened(template: Path | None) -> Any:
    """Return an empty document with the styles and page of a template, ours by default.

    Raises:
        BadValue: the template is no Word document, or cannot be read.
    """
    document = docx.Document() if template is None else _read(template)
    if template is None:
        _set_page(document)
    for name, look in PARAGRAPHS.items():
        _ensure(document, name, look, WD_STYLE_TYPE.PARAGRAPH, anew=template is None)
    for name, look in CHARACTERS.items():
        _ensure(document, name, look, WD_STYLE_TYPE.CHARACTER, anew=template is None)
    _ensure_table(document)
    body = document.element.body
    for child in list(body):
        if child.tag != qn("w:sectPr"):
            body.remove(child)
    return document


def write_template(path: Path) -> None:
    """Write a document that has every style once, to restyle in Word and give back.

    Raises:
        CannotWrite: the file cannot be written.
    """
    document = opened(None)
    ids = style_ids(document)
    parts = [paragraph(ids["Title"], run("Template"))]
    note = "Change the styles, the margins, header and footer; the text of this file is not used."
    parts.append(paragraph(ids["Note"], run(note)))
    for name in PARAGRAPHS:
        if name != "Break":
            parts.append(paragraph(ids[name], run(f"{name}. {_SAMPLE}")))
    for name in CHARACTERS:
        parts.append(paragraph(ids["Normal"], run(f"{name}. {_SAMPLE}", ids[name])))
    for part in parts:
        document.element.body.insert(len(document.element.body) - 1, part)
    document.add_table(2, 2, style=TABLE)
    document.add_paragraph()
    document.core_properties.author = ""
    document.core_properties.comments = ""
    document.core_properties.title = "Template"
    with replacing(path) as beside:
        document.save(str(beside))


def style_ids(document: Any) -> dict[str, str]:
    """Return the id in the document of each style that is used, by name."""
    wanted = (*PARAGRAPHS, *CHARACTERS, TABLE)
    return {name: str(document.styles[name].style_id) for name in wanted}


def _read(template: Path) -> Any:
    wanted = (
        "a Word document (.docx) with your styles; “workbench export PROJECT template.docx "
        "--what template” writes one to begin with"
    )
    try:
        package = Package(template, template.name, _LIMIT)
        for part in package.parts:
            package.bytes(part)
        package.close()
        document = docx.Document(str(template))
        if document.element.body.sectPr is None:
            document.element.body.append(element("w:sectPr"))
    except (WorkbenchError, OpcError, *_FAULTS) as error:
        raise BadValue("The template", template.name, wanted) from error
    return document


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    section.top_margin = section.bottom_margin = Cm(2.2)
    footer = section.footer.paragraphs[0]
    footer.alignment = 1
    for part in ("begin", " PAGE ", "end"):
        inside = (
            element("w:fldChar", fldCharType=part)
            if part in ("begin", "end")
            else element("w:instrText")
        )
        if part not in ("begin", "end"):
            inside.text = part
        footer._p.append(element("w:r", inside))


def _ensure(document: Any, name: str, look: Look, kind: Any, *, anew: bool) -> None:
    """Give the document a style where it lacks it; with `anew`, our look to one it has."""
    held = {s.name for s in document.styles if s.type == kind}
    if name in held and not anew:
        return
    if name in held:
        style = document.styles[name]
        for part in (qn("w:rPr"), qn("w:pPr")):
            found = style.element.find(part)
            kept = [] if found is None else [c for c in found if c.tag == qn("w:outlineLvl")]
            if found is not None:
                style.element.remove(found)
            if kept:
                style.element.append(element("w:pPr", *kept))
    else:
        _refuse_other_kind(document, name)
        style = document.styles.add_style(name, kind)
    if look.base and kind == WD_STYLE_TYPE.PARAGRAPH:
        style.base_style = document.styles[look.base]
    style.hidden, style.quick_style = False, True
    _dress(style, look, kind)


def _refuse_other_kind(document: Any, name: str) -> None:
    """Check that the template has no style of that name for something else; raises BadValue."""
    if any(s.name == name for s in document.styles):
        wanted = "paragraphs" if name in PARAGRAPHS else "characters"
        raise BadValue(f"The style “{name}” of the template", "for something else", wanted)


def _dress(style: Any, look: Look, kind: Any) -> None:
    font = style.font
    if look.size:
        font.size = Pt(look.size)
    if look.colour:
        font.color.rgb = RGBColor.from_string(look.colour)
    if look.bold is not None:
        font.bold = look.bold
    if look.italic is not None:
        font.italic = look.italic
    if style.name == "Normal":
        font.name = FONT
        fonts = style.element.rPr.rFonts
        for which in ("cs", "eastAsia"):
            fonts.set(qn(f"w:{which}"), FONT)
    _dress_other_scripts(style)
    if kind == WD_STYLE_TYPE.PARAGRAPH:
        spaces = style.paragraph_format
        spaces.space_before, spaces.space_after = Pt(look.before), Pt(look.after)
        spaces.left_indent = Cm(look.indent)
        spaces.keep_with_next = look.keep or None


def _dress_other_scripts(style: Any) -> None:
    """Give letters that are read from the right the size, weight and slant of the others."""
    held = style.element.rPr
    for name in () if held is None else ("b", "i", "sz"):
        found = held.find(qn(f"w:{name}"))
        if found is not None:
            found.addnext(
                element(f"w:{name}Cs", **{k.rpartition("}")[2]: v for k, v in found.items()})
            )


def _ensure_table(document: Any) -> None:
    """Give the document a table of thin lines under its rows, where it has none of ours."""
    if any(s.name == TABLE for s in document.styles):
        return
    style = document.styles.add_style(TABLE, WD_STYLE_TYPE.TABLE)
    line = {"val": "single", "sz": 4, "space": 0, "color": "C3CCD4"}
    edges = [element(f"w:{edge}", **line) for edge in ("top", "bottom", "insideH")]
    room = [element(f"w:{edge}", w=70, type="dxa") for edge in ("top", "left", "bottom", "right")]
    style.element.append(
        element("w:tblPr", element("w:tblBorders", *edges), element("w:tblCellMar", *room))
    )
    fill = element("w:shd", val="clear", color="auto", fill="EEF2F5")
    style.element.append(element("w:tblStylePr", element("w:tcPr", fill), type="firstRow"))
