"""Areas of PDF pages: those that are selections of its text too give these what they hold.

ATLAS.ti writes a coding of a PDF twice, for the area and for the words in it, which have one
identifier. An area alone has no words, and is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from workbench.formats.refi.elements import child, children, description, inside, named, own
from workbench.formats.refi.project import RefiCoding, RefiSelection
from workbench.formats.refi.selections import Reader, selected
from workbench.model.report import ImportReport


@dataclass(slots=True)
class _Held:
    """What the areas of one identifier hold."""

    codings: list[RefiCoding]
    comments: list[str]


def with_areas(
    root: etree._Element, reader: Reader, selections: list[RefiSelection], report: ImportReport
) -> list[RefiSelection]:
    """Return selections of texts with the codings and comments of the areas that they are."""
    held: dict[str, _Held] = {}
    known = {s.guid for s in selections}
    for source, area in _areas(root, known):
        codings, said = reader.codings(area, own(area)), description(area)
        if own(area) in known:
            of_area = held.setdefault(own(area), _Held([], []))
            of_area.codings += codings
            of_area.comments.append(said)
        else:
            _tell(named(source), len(codings), bool(said), report)
    found, twice = [], 0
    for selection in selections:
        of_area = held.get(selection.guid, _Held([], []))
        there = {(c.code, c.coder) for c in selection.codings}
        more = [c for c in of_area.codings if (c.code, c.coder) not in there]
        twice += len(of_area.codings) - len(more)
        comments = filter(None, dict.fromkeys((selection.description, *of_area.comments)))
        found.append(
            replace(
                selection,
                codings=(*selection.codings, *more),
                description="\n\n".join(comments),
            )
        )
    if twice:
        report.notes.append(
            f"Codings of PDFs that the file has twice, of the area and of its text: {twice}; "
            "each came in once."
        )
    return found


def _areas(
    root: etree._Element, known: set[str]
) -> Iterator[tuple[etree._Element, etree._Element]]:
    """Yield each area with its PDF, but for those whose selection of the text was told."""
    for source in inside(root, "Sources", "PDFSource"):
        told = {own(e) for e in selected(child(source, "Representation"))} - known
        for area in children(source, "PDFSelection"):
            if own(area) not in told:
                yield source, area


def _tell(name: str, codings: int, described: bool, report: ImportReport) -> None:
    """Note an area that has no words."""
    why = "only areas with a selection of the text have words"
    report.leave_out("areas of PDF pages", why, name)
    for what, number in (("codings", codings), ("comments", int(described))):
        if number:
            report.leave_out(what, "their selection did not come in", name, number)
