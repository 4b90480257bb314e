"""What this tool kept beside the standard, joined with what the XML says.

The XML has the last word: somebody may have worked on it elsewhere. What is kept only gives
back to the letter what the XML says less well.
"""

from collections.abc import Mapping
from dataclasses import replace

from workbench.formats.refi.kept import Kept, shown
from workbench.formats.refi.nodes import clean, one_line
from workbench.formats.refi.project import RefiCase, RefiNote, RefiProject, RefiVariable
from workbench.formats.refi.values import value_node


def restored(held: RefiProject) -> RefiProject:
    """Return a project with names, values and notes as they were when it was written here.

    Notes that only show a cell of the chart are left away, unless somebody changed them.
    """
    kept = held.kept
    if kept is None:
        return held
    names = {
        **{p.guid: p.handle for p in kept.people},
        **{t.guid: t.name for t in kept.texts},
        **{c.guid: c.name for c in kept.cases},
        **{a.guid: a.name for a in kept.attributes},
    }
    variables = tuple(_variable(v, names, kept) for v in held.variables)
    types = {v.guid: v for v in variables}
    return replace(
        held,
        users=tuple(replace(u, name=_name(u.guid, u.name, names)) for u in held.users),
        sources=tuple(replace(s, name=_name(s.guid, s.name, names)) for s in held.sources),
        cases=tuple(
            replace(c, name=_name(c.guid, c.name, names), values=_values(c, types, kept))
            for c in held.cases
        ),
        variables=variables,
        notes=_notes(held.notes, kept),
    )


def _name(own: str, found: str, names: Mapping[str, str]) -> str:
    """Return a name to the letter, if the XML has the same, or has told it from another."""
    said = names.get(own, found)
    written = one_line(said)
    return said if found == written or found.startswith(f"{written} (") else found


def _variable(found: RefiVariable, names: Mapping[str, str], kept: Kept) -> RefiVariable:
    types = {a.guid: a.type for a in kept.attributes}
    is_category = types.get(found.guid) == "category" and found.kind == "text"
    name = _name(found.guid, found.name, names)
    return replace(found, name=name, kind="category" if is_category else found.kind)


def _values(case: RefiCase, variables: Mapping[str, RefiVariable], kept: Kept) -> dict[str, str]:
    """Return the values of a case as they were written down, where they mean what the XML has."""
    found = dict(case.values)
    for attribute in kept.attributes:
        variable = variables.get(attribute.guid)
        value = attribute.values.get(case.guid)
        if variable is None or value is None:
            continue
        written = "".join(str(n.inside) for n in value_node(variable.kind, value)).strip()
        if written == found.get(attribute.guid, ""):
            found[attribute.guid] = value
    return found


def _notes(notes: tuple[RefiNote, ...], kept: Kept) -> tuple[RefiNote, ...]:
    memos = {m.guid: m for m in kept.memos}
    cells = {c.note: clean(shown(c.mark, c.statements)).strip() for c in kept.cells}
    found = []
    for note in notes:
        memo = memos.get(note.guid)
        if note.guid in cells and note.text == cells[note.guid] and not note.description:
            continue
        if memo is not None and note.text == clean(memo.text).strip():
            note = replace(note, text=memo.text)
        if memo is not None and note.name == one_line(memo.title):
            note = replace(note, name=memo.title)
        found.append(note)
    return tuple(found)
