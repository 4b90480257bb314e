"""Codes and sets of codes as elements, in a project and in a codebook of their own."""

from collections.abc import Iterator, Mapping, Sequence

from workbench.formats.refi.nodes import Identifiers, Node, one_line, refs, said
from workbench.formats.refi.project import AnchorKind, RefiCode, RefiSet
from workbench.formats.refi.schema import COLOUR


def codes(
    codes: Sequence[tuple[str, RefiCode]],
    note_refs: Mapping[tuple[AnchorKind, str], Sequence[str]],
) -> Iterator[Node]:
    """Yield codes, each with those that stand in it; one whose parent is missing at the top."""
    known = {code.guid for _, code in codes}
    under: dict[str, list[tuple[str, RefiCode]]] = {}
    for own, code in codes:
        under.setdefault(code.parent if code.parent in known else "", []).append((own, code))

    def of(parent: str) -> Iterator[Node]:
        for own, code in under.pop(parent, ()):
            given = {
                "guid": own,
                "name": one_line(code.name),
                "isCodable": "true" if code.codable else "false",
                "color": code.colour if COLOUR.fullmatch(code.colour) else "",
            }
            inside = [
                *said("Description", code.description),
                *refs("NoteRef", note_refs.get(("code", code.guid), ())),
            ]
            yield Node("Code", given, [*inside, *of(code.guid)])

    return of("")


def set_of_codes(one: RefiSet, ids: Identifiers) -> Node:
    """Return a set with those of its codes that are in the file."""
    given = {"guid": ids.allot("set", one.guid), "name": one_line(one.name)}
    there = filter(None, dict.fromkeys(ids.held("code", code) for code in one.codes))
    members = [Node("MemberCode", {"guid": own}) for own in there]
    return Node("Set", given, [*said("Description", one.description), *members])
