"""What a project of another tool holds, in the terms of REFI-QDA: values without guesses.

They come of a file of that format, whichever tool wrote it, or of the database of QualCoder
or RQDA.

Identifiers are in lower case and without braces. Positions are code points of the text as it
is stored here. Times are in ISO 8601, empty where the file has none; a coder or author is the
identifier of a user, empty where the file names nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from workbench.formats.refi.counting import Placed
from workbench.formats.refi.kept import Kept
from workbench.formats.refi.times import Times
from workbench.model.case import AttributeType
from workbench.model.report import ImportReport

SourceKind = Literal["text", "PDF", "audio", "video"]
PartKind = Literal["picture", "recording", "video", "PDF", "graph"]
DocumentKind = Literal["pages", "formatted"]
AnchorKind = Literal["project", "code", "case", "source", "selection", "note", "other"]
"""What a note can be about; of what nothing here is like, “other”."""

Anchor = tuple[AnchorKind, str]
"""What a note is about, and its identifier, of a project empty."""


@dataclass(frozen=True, slots=True)
class RefiUser:
    """Somebody who worked in the project; `name` is never empty, and no two are alike."""

    guid: str
    name: str


@dataclass(frozen=True, slots=True)
class RefiCode:
    """A code, or a folder of codes (not codable), under its parent."""

    guid: str
    name: str
    description: str = ""
    colour: str = ""
    """#rrggbb, or empty."""
    codable: bool = True
    parent: str = ""
    is_case: bool = False
    """Whether a case has the same identifier, as NVivo writes cases."""


@dataclass(frozen=True, slots=True)
class RefiVariable:
    """An attribute; `kind` is one that all its values have."""

    guid: str
    name: str
    kind: AttributeType
    description: str = ""


@dataclass(frozen=True, slots=True)
class RefiCase:
    """A case with its words: whole sources, and selections.

    `values` go from the identifier of a variable to the value as text.
    """

    guid: str
    name: str
    description: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    selections: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """Codes that a tool gave to the case, not to words."""
    other_sources: tuple[str, ...] = ()
    """Sources without a text, as pictures."""
    other_selections: tuple[str, ...] = ()
    """Selections without words, as parts of pictures."""


@dataclass(frozen=True, slots=True)
class RefiSource:
    """One text, and how the positions in it were counted."""

    guid: str
    name: str
    kind: SourceKind
    text: str
    content: bytes
    """What the text was read from, byte for byte."""
    filename: str
    encoding: str
    description: str = ""
    creator: str = ""
    created: str = ""
    placed: Placed | None = None
    """None where nothing was selected."""
    times: Times = ()
    recording: str = ""
    """The part that it is a transcript of; empty where it is of none."""


@dataclass(frozen=True, slots=True)
class RefiCoding:
    """One coder gave one code to a selection."""

    guid: str
    code: str
    coder: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class RefiSelection:
    """A segment `start:stop` of a source; without codings it is a comment or a mark."""

    guid: str
    source: str
    start: int
    stop: int
    quote: str
    name: str = ""
    description: str = ""
    author: str = ""
    created: str = ""
    codings: tuple[RefiCoding, ...] = ()

    @property
    def has_own_name(self) -> bool:
        """Whether it is named by other words than it begins with."""
        name = squeezed(self.name)
        return bool(name) and not squeezed(self.quote).startswith(name)


def squeezed(text: str) -> str:
    """Return words without the blanks, and without the sign that they go on."""
    return "".join(text.removesuffix("…").removesuffix("...").split())


@dataclass(frozen=True, slots=True)
class RefiNote:
    """A memo and what it is about."""

    guid: str
    name: str
    text: str
    description: str = ""
    author: str = ""
    created: str = ""
    anchors: tuple[Anchor, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    """Identifier of a variable → value as text."""

    @property
    def words(self) -> str:
        """All that it says: what it is described with, then its text."""
        return "\n\n".join(filter(None, (self.description, self.text)))


@dataclass(frozen=True, slots=True)
class RefiSet:
    """Codes, sources and notes that somebody put together."""

    guid: str
    name: str
    description: str = ""
    codes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RefiLink:
    """Two things that somebody connected; one of them may be missing."""

    guid: str
    name: str
    direction: str
    origin: str
    target: str
    colour: str = ""
    """#rrggbb or #rgb, or empty."""
    notes: tuple[str, ...] = ()
    """Notes about it."""
    about: Anchor | None = None
    """What one end is, where the other is a note."""


@dataclass(frozen=True, slots=True)
class RefiPart:
    """Something that nothing here is like, as the XML has it (see `parts`), with its file.

    `filename` and `content` are empty where there is no file, or where it is not in the archive.
    """

    kind: PartKind
    guid: str
    name: str
    xml: str
    filename: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class RefiDocument:
    """How a text or note is laid out: the PDF of its pages, or a formatted document.

    It is `of` a source or note. `areas` are those of the pages that have no words of their own,
    as XML (see `documents`). `filename` and `content` are empty where there is no file.
    """

    kind: DocumentKind
    of: str
    name: str
    areas: str = ""
    filename: str = ""
    content: bytes = b""


@dataclass(frozen=True, slots=True)
class RefiChange:
    """Who changed a source, selection or note last, and when; either may be missing."""

    of: str
    user: str
    moment: str


@dataclass(frozen=True, slots=True)
class RefiProject:
    """All of a project that a framework analysis can use, and what it could not."""

    name: str
    origin: str
    """The tool that wrote the file, as it calls itself."""
    description: str
    created: str
    users: tuple[RefiUser, ...]
    codes: tuple[RefiCode, ...]
    variables: tuple[RefiVariable, ...]
    cases: tuple[RefiCase, ...]
    sources: tuple[RefiSource, ...]
    selections: tuple[RefiSelection, ...]
    notes: tuple[RefiNote, ...]
    links: tuple[RefiLink, ...]
    sets: tuple[RefiSet, ...]
    report: ImportReport
    kept: Kept | None = None
    """What this tool wrote beside the standard."""
    parts: tuple[RefiPart, ...] = ()
    documents: tuple[RefiDocument, ...] = ()
    changes: tuple[RefiChange, ...] = ()
    in_notes: tuple[RefiSelection, ...] = ()
    """Selections of the texts of notes, which are their sources, without blanks at their ends."""
