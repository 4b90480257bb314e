"""The codes of a project or codebook as a list, parents before their children."""

from collections.abc import Iterator

from lxml import etree

from workbench.formats.refi.elements import child, children, description, inside, named, own
from workbench.formats.refi.project import RefiCode
from workbench.formats.refi.schema import COLOUR
from workbench.model.framework import stable_id
from workbench.model.report import ImportReport


def read_codes(root: etree._Element, report: ImportReport) -> tuple[RefiCode, ...]:
    """Return the codes under a `CodeBook` element; what is wrong with them is noted.

    A code without an identifier, or with one that another code has, gets one made of its
    place and name, so that no code is lost.
    """
    found: list[RefiCode] = []
    known: set[str] = set()
    odd = 0
    cases = {own(case) for case in inside(root, "Cases", "Case")}
    for element, parent in _under(child(_codebook(root), "Codes"), ""):
        guid, name = own(element), named(element)
        if not guid or guid in known:
            report.notes.append(_no_name(guid, name))
            guid = stable_id(parent, "code", f"{name}\x1f{len(found)}")
        known.add(guid)
        written = element.get("color", "").strip()
        colour = colour_of(written)
        odd += bool(written) and not colour
        found.append(
            RefiCode(
                guid,
                name or "code without a name",
                description(element),
                colour,
                element.get("isCodable", "true").strip().casefold() not in ("false", "0"),
                parent,
                guid in cases,
            )
        )
        element.set("guid", guid)
    if odd:
        report.leave_out("colours", "they are not written as #rrggbb", report.source, odd)
    return tuple(found)


def _no_name(guid: str, name: str) -> str:
    if guid:
        return (
            f"Two codes have one identifier; codings of both are given to the first, not “{name}”."
        )
    return f"The code “{name}” has no identifier."


def _codebook(root: etree._Element) -> etree._Element | None:
    codes = child(root, "Codes")
    return root if codes is not None else child(root, "CodeBook")


def _under(codes: etree._Element | None, parent: str) -> Iterator[tuple[etree._Element, str]]:
    """Yield each code with the identifier of its parent, which is read before."""
    for element in children(codes, "Code"):
        yield element, parent
        yield from _under(element, own(element))


def colour_of(written: str) -> str:
    """Return a colour as #rrggbb; nothing for what is none.

    >>> colour_of("#0aF"), colour_of("#aabbccdd"), colour_of("rgba(1, 2, 3, 0)")
    ('#00aaff', '', '')
    """
    if not COLOUR.fullmatch(written):
        return ""
    digits = written[1:].casefold()
    return "#" + ("".join(2 * d for d in digits) if len(digits) == 3 else digits)
