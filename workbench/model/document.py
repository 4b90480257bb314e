"""A report as blocks: what a writer of documents sets, whatever the format.

Numbers and quotations carry the ids of the codings they rest on (law 5).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Look = Literal["plain", "strong", "emphasis", "faint"]


@dataclass(frozen=True, slots=True)
class Said:
    """A stretch of text in one look; `evidence` are the codings that it rests on."""

    text: str
    look: Look = "plain"
    evidence: tuple[str, ...] = ()


Line = tuple[Said, ...]
Lines = tuple[Line, ...]
"""What a cell of a table holds: one line below the other."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 0 is the title of the document."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `style` is what it is, which the template gives its look."""

    line: Line
    style: Literal["body", "note", "definition", "item"] = "body"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a transcript, where they stand, and what is known of who said them."""

    words: str
    citation: str
    coding_id: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; `widths` are shares of the page's width."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Lines, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing of a network: `frames.DRAWN_NODES`, `frames.DRAWN_EDGES`, `frames.BANDS`."""

    caption: str
    nodes: Any
    edges: Any
    bands: Any


@dataclass(frozen=True, slots=True)
class Turned:
    """Blocks on pages that lie on their side."""

    blocks: tuple["Heading | Paragraph | Quotation | Table | Picture", ...]


Block = Heading | Paragraph | Quotation | Table | Picture | Turned


@dataclass(frozen=True, slots=True)
class Document:
    """A whole report; `citations` says of each coding behind a number where it stands."""

    title: str
    blocks: tuple[Block, ...]
    citations: Mapping[str, str] = field(default_factory=dict)


def line(*parts: str | Said) -> Line:
    """Return a line of these parts.

    >>> line("a", Said("b", "strong"))
    (Said(text='a', look='plain', evidence=()), Said(text='b', look='strong', evidence=()))
    """
    return tuple(Said(p) if isinstance(p, str) else p for p in parts)


def cell(said: object, evidence: tuple[str, ...] = ()) -> Lines:
    """Return a cell of one line; an empty text is an empty cell."""
    return ((Said(str(said), evidence=evidence),),) if str(said) else ()
