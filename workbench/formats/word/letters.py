"""Text as WordprocessingML: of users, so that every letter of it is only text."""

import re
import unicodedata
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from workbench.formats.graphml import visible

_BREAKS = re.compile(r"(\r\n|[\n\r\t])")


def element(tag: str, *children: Any, **attributes: object) -> Any:  # lxml ships no types
    """Return an element such as `w:p`; `val="x"` is its attribute `w:val`."""
    out = OxmlElement(tag, attrs={qn(f"w:{k}"): str(v) for k, v in attributes.items()})
    out.extend(children)
    return out


def from_right(text: str) -> bool:
    """Whether a text is read from the right: by its first letter that says so.

    >>> from_right("12 שלום"), from_right("no, שלום"), from_right("")
    (True, False, False)
    """
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind != "L" for kind in kinds if kind in ("L", "R", "AL")), False)


def run(text: str, style: str = "", *properties: Any) -> Any:
    """Return a run in a character style; lines and tabs are kept as such.

    What XML forbids is made visible.
    """
    out, wanted = element("w:r"), list(properties)
    if style:
        wanted.insert(0, element("w:rStyle", val=style))
    if from_right(text):
        wanted.append(element("w:rtl"))
    if wanted:
        out.append(element("w:rPr", *wanted))
    for part in _BREAKS.split(text):
        if _BREAKS.fullmatch(part):
            out.append(element("w:tab" if part == "\t" else "w:br"))
        elif part:
            words = element("w:t")
            words.text = visible(part)
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            out.append(words)
    return out


def paragraph(style: str, *runs: Any, first: str = "", keep: bool = False) -> Any:
    """Return a paragraph; `first` are the words that say from which side it is read."""
    wanted = [element("w:pStyle", val=style)]
    if keep:
        wanted.append(element("w:keepNext"))
    if from_right(first):
        wanted.append(element("w:bidi"))
    return element("w:p", element("w:pPr", *wanted), *runs)
