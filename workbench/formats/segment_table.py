"""Lists of coded segments: MAXQDA's coded segments, ATLAS.ti's quotations, Taguette's tags.

One row is the words of a segment, its document and its code, or several of these. The list
has no text around the words and no position that holds outside of its tool.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import BadFile, BadTable
from workbench.formats import tables
from workbench.model.report import ImportReport

_HEADS: dict[str, tuple[str, ...]] = {
    "document": ("document name", "document", "dokumentname", "dokument", "dokumentnavn"),
    "code": ("code", "codes", "tag", "code path", "kode", "koder"),
    "quote": (
        *("segment", "coded segment", "quotation content", "content", "text content"),
        *("segmenttekst", "sitat", "innhold"),
    ),
    "coder": ("author", "created by", "creator", "autor", "forfatter", "coder", "koder av"),
    "comment": ("comment", "kommentar", "memo"),
}
_NUMBERED = re.compile(r"^D?\s?\d+\s?: ?(?=\S)")
_PATHS = (" > ", "\\")
_SEVERAL = re.compile(r"\n|; ")


@dataclass(frozen=True, slots=True)
class ListedSegment:
    """One segment: its words, where they stand, and the codes that they have, each a path."""

    line: int
    document: str
    codes: tuple[tuple[str, ...], ...]
    quote: str
    coder: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class SegmentList:
    """A list of coded segments."""

    name: str
    segments: tuple[ListedSegment, ...]
    report: ImportReport


def recognises(path: Path) -> bool:
    """Tell by its first row whether a table is a list of coded segments."""
    try:
        rows = tables.beginning(path)
        first = next((fields for _, fields in rows if any(f.strip() for f in fields)), [])
    except BadFile:
        return False
    return tables.kind(first) is None and {"document", "code", "quote"} <= set(_columns(first))


def read(path: Path) -> SegmentList:
    """Return the segments of a list; those without words, document or code are left out.

    Raises:
        BadTable: it has no columns of documents, codes and words, or no rows.
        BadFile: it cannot be read at all.
    """
    report = ImportReport(path.name)
    rows = [(line, r) for line, r in tables.records_of(path, report) if any(f.strip() for f in r)]
    columns = _columns(rows[0][1]) if rows else {}
    lacking = [name for name in ("document", "code", "quote") if name not in columns]
    if lacking or len(rows) < 2:
        problem = "it has no rows of coded segments, with document, code and words."
        raise BadTable(path, "the file", problem, "Export the list again.")
    segments = tuple(_segments(rows[1:], columns, report))
    return SegmentList(path.stem, segments, report)


def _columns(head: Sequence[str]) -> dict[str, int]:
    names = [" ".join(f.replace("_", " ").split()).casefold() for f in head]
    found = {}
    for meaning, called in _HEADS.items():
        place = next((names.index(c) for c in called if c in names), None)
        if place is not None:
            found[meaning] = place
    return found


def _segments(
    rows: Sequence[tuple[int, list[str]]], columns: dict[str, int], report: ImportReport
) -> Iterator[ListedSegment]:
    for line, fields in rows:
        said = {k: fields[i].strip() if i < len(fields) else "" for k, i in columns.items()}
        codes = _codes(said["code"])
        if not (said["document"] and codes and said["quote"]):
            why = "they have no document, no code or no words"
            report.leave_out("segments", why, report.source)
            continue
        yield ListedSegment(
            line,
            _NUMBERED.sub("", said["document"]),
            codes,
            said["quote"],
            said.get("coder", ""),
            said.get("comment", ""),
        )


def _codes(said: str) -> tuple[tuple[str, ...], ...]:
    """Return the codes in one field, each from the top to its own name.

    >>> _codes("Access > Waiting"), _codes("Price\\nAccess")
    ((('Access', 'Waiting'),), (('Price',), ('Access',)))
    """
    found = []
    for one in _SEVERAL.split(said):
        path = (one,)
        for separator in _PATHS:
            if separator in one:
                path = tuple(one.split(separator))
                break
        plain = tuple(name for p in path if (name := " ".join(p.split()).lstrip("○●").strip()))
        if plain and plain not in found:
            found.append(plain)
    return tuple(found)
