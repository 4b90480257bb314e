"""The codes of a draft: added, changed, moved, merged, split and retired."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from workbench.errors import AmbiguousName, BadValue, Refused, UnknownName
from workbench.model.framework import ORIGINS, Code, Origin
from workbench.model.report import counted
from workbench.project.edits.draft_rows import OpenDraft
from workbench.project.edits.draft_work import join, refuse_when_used, withdraw_marks
from workbench.project.edits.drafting import as_place
from workbench.project.edits.registry import edit
from workbench.project.names import as_name
from workbench.stages.framework import drafting
from workbench.store import records
from workbench.store.history import Act
from workbench.store.ids import fresh_id
from workbench.store.records import Row

PART_FIELDS = ("name", "definition", "use_when", "not_when", "example", "origin", "colour")
"""What a part of a split may be given."""


@edit("add code")
def add_code(
    act: Act,
    draft: str,
    name: str,
    *,
    category: str | None = None,
    below: str | None = None,
    definition: str = "",
    use_when: str = "",
    not_when: str = "",
    example: str = "",
    origin: Origin = "a priori",
    colour: str = "",
    number: str = "",
    place: int | None = None,
    reason: str = "",
) -> str:
    """Add a code to a draft, at the end or at a `place` from 1, and return its id.

    It stands in a `category`, or `below` another code, or at the top.

    Raises:
        Refused: the name is that of a code beside it, or its number is taken.
    """
    opened = OpenDraft(act, draft)
    fields = {"name": name, "definition": definition, "use_when": use_when, "not_when": not_when}
    fields |= {"example": example, "origin": origin, "colour": colour, "number": number}
    new = put_code(opened, fields, category=category, below=below, place=place, reason=reason)
    act.says(f"Added the code “{new.name}” to {opened.reference}")
    return new.code_id


def put_code(
    opened: OpenDraft,
    fields: Mapping[str, str],
    *,
    category: str | None = None,
    below: str | None = None,
    place: int | None = None,
    reason: str = "",
) -> Code:
    """Do what `add_code` does, inside an act that does more."""
    in_category, under = opened.heading(category, below)
    new = Code(code_id=fresh_id(), category_id=in_category, parent_id=under, **_as_fields(fields))
    opened.write(drafting.add(opened.draft, new, as_place(place), opened.by(reason)))
    return new


@edit("change code")
def change_code(
    act: Act,
    draft: str,
    code: str,
    *,
    name: str | None = None,
    number: str | None = None,
    definition: str | None = None,
    use_when: str | None = None,
    not_when: str | None = None,
    example: str | None = None,
    origin: Origin | None = None,
    colour: str | None = None,
    row_version: int | None = None,
    reason: str = "",
) -> None:
    """Change what a code of a draft is called and says; what is not given stays.

    Raises:
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
        Refused: the name is that of a code beside it, or its number is taken.
    """
    opened = OpenDraft(act, draft)
    row = opened.code(code)
    records.as_read("code_version", row, row_version)
    fields = {"name": name, "number": number, "definition": definition, "use_when": use_when}
    fields |= {"not_when": not_when, "example": example, "origin": origin, "colour": colour}
    put_changed(opened, row, {f: v for f, v in fields.items() if v is not None}, reason)
    act.says(f"Changed the code “{row['name']}” of {opened.reference}")


def put_changed(opened: OpenDraft, row: Row, fields: Mapping[str, Any], reason: str) -> None:
    """Do what `change_code` does, inside an act that does more."""
    by = opened.by(reason)
    opened.write(drafting.change(opened.draft, "code", row["code_id"], _as_fields(fields), by))


@edit("move code")
def move_code(
    act: Act,
    draft: str,
    code: str,
    *,
    category: str | None = None,
    below: str | None = None,
    place: int | None = None,
    row_version: int | None = None,
    reason: str = "",
) -> None:
    """Move a code of a draft to a `category` (“”: to the top) or `below` a code, to a `place`.

    Without either it stays under its heading and changes places there; without a place
    (from 1) it stands last. Codes below it go along.

    Raises:
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
        Refused: it would stand below itself, or beside another of its name.
    """
    opened = OpenDraft(act, draft)
    row = opened.code(code)
    records.as_read("code_version", row, row_version)
    where = (row["category_id"], row["parent_id"])
    if category is not None or below is not None:
        where = opened.heading(category, below)
    opened.write(
        drafting.move_code(opened.draft, row["code_id"], *where, as_place(place), opened.by(reason))
    )
    act.says(f"Moved the code “{row['name']}” of {opened.reference}")


@edit("merge codes")
def merge_codes(
    act: Act,
    draft: str,
    codes: Sequence[str],
    into: str,
    *,
    definition: str | None = None,
    reason: str = "",
) -> str:
    """Make one code of several of a draft and return its id.

    `into` is a code of the draft, which then is one of them and gives the words and the
    place; or a new name: then the place is that of the first, and the definition is empty
    unless it is given here. Codings and cells that the draft has of them already are the
    one's from then on (see `draft_work.join`).

    Raises:
        Refused: there are not two, or one is a part of a split, others of which stay.
    """
    opened = OpenDraft(act, draft)
    made = put_merged(opened, codes, into, definition, reason)
    along = f", with {counted(made.moved, 'codings')}" if made.moved else ""
    others = [f"“{name}”" for name in made.others]
    act.says(f"Merged {' and '.join(others)} into “{made.name}” in {opened.reference}{along}")
    return made.one


class Merged(NamedTuple):
    """The id and name of a code that others were merged into, their names, codings moved."""

    one: str
    name: str
    others: list[str]
    moved: int


def put_merged(
    opened: OpenDraft, codes: Sequence[str], into: str, definition: str | None, reason: str
) -> Merged:
    """Do what `merge_codes` does, inside an act that does more."""
    rows = {str(r["code_id"]): r for r in (opened.code(c) for c in codes)}
    target = _one_of(into, list(rows.values())) or _held(opened, into)
    fields: dict[str, Any] = {} if definition is None else {"definition": definition.strip()}
    if target is None:
        target_id, said = fresh_id(), as_name("The name of a code", into)
        fields["name"] = said
    else:
        target_id, said = str(target["code_id"]), str(target["name"])
        rows.setdefault(target_id, target)
    if len(rows) < 2:
        raise Refused("A merge makes one code of two or more. Name another one.")
    merged, one = drafting.merge(opened.draft, list(rows), target_id, fields, opened.by(reason))
    opened.write(merged)
    moved = join(opened.act, opened.row, merged.became, list(rows))
    return Merged(one, said, [str(r["name"]) for i, r in rows.items() if i != target_id], moved)


def _one_of(name: str, rows: Sequence[Row]) -> Row | None:
    """Return which of some codes is meant, if one of them is."""
    fold = name.strip().casefold()
    found = [r for r in rows if name in (r["code_id"], r["number"]) or r["name"].casefold() == fold]
    return found[0] if len(found) == 1 else None


def _held(opened: OpenDraft, name: str) -> Row | None:
    """Return the code of the draft that is called so, if there is just one."""
    try:
        return opened.code(name.strip())
    except (UnknownName, AmbiguousName):
        return None


@edit("split code")
def split_code(
    act: Act,
    draft: str,
    code: str,
    parts: Sequence[str | Mapping[str, str]],
    *,
    row_version: int | None = None,
    reason: str = "",
) -> list[str]:
    """Make two or more codes of one of a draft and return their ids, in order.

    Each part is a name, or its fields (`PART_FIELDS`). The first keeps the id, what it is
    not given, and the codings and cells that the draft has of the code; the others follow
    it and begin empty, but for its origin and colour.

    Raises:
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
        Refused: there are not two parts, or the code was merged in the draft.
    """
    opened = OpenDraft(act, draft)
    row = opened.code(code)
    records.as_read("code_version", row, row_version)
    names, ids = put_parts(opened, row, parts, reason)
    said = " and ".join(f"“{name}”" for name in names)
    act.says(f"Split “{row['name']}” of {opened.reference} into {said}")
    return ids


def put_parts(
    opened: OpenDraft, row: Row, parts: Sequence[str | Mapping[str, str]], reason: str
) -> tuple[list[str], list[str]]:
    """Do what `split_code` does, inside an act that does more; return names and ids of parts."""
    if len(parts) < 2:
        raise Refused("A split makes two codes or more. Name the parts.")
    first, *others = [_as_part(p) for p in parts]
    same = {f: row[f] for f in ("category_id", "parent_id", "origin", "colour")}
    fresh = [Code(**{**same, **p, "code_id": fresh_id(), "number": ""}) for p in others]
    opened.write(drafting.split(opened.draft, row["code_id"], first, fresh, opened.by(reason)))
    names = [str(p["name"]) for p in (first, *others)]
    return names, [str(row["code_id"]), *(c.code_id for c in fresh)]


def _as_part(part: str | Mapping[str, str]) -> dict[str, Any]:
    fields = {"name": part} if isinstance(part, str) else dict(part)
    for field in fields:
        if field not in PART_FIELDS:
            raise UnknownName("field of a part", field, PART_FIELDS)
    return _as_fields({"name": "", **fields})


@edit("retire code")
def retire_code(act: Act, draft: str, code: str, *, reason: str = "") -> None:
    """Take a code out of a draft.

    Raises:
        Refused: it has codings or statements in the draft, or codes below it.
    """
    opened = OpenDraft(act, draft)
    row = opened.code(code)
    refuse_when_used(act, opened.row, [row])
    made = drafting.retire_code(opened.draft, row["code_id"], opened.by(reason))
    withdraw_marks(act, opened.row, [row["code_id"]])
    opened.write(made)
    join(act, opened.row, made.became, list(made.became))
    act.says(f"Retired the code “{row['name']}” of {opened.reference}")


def _as_fields(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a code as they are stored, without blanks at their ends.

    Raises:
        BadValue: a name is empty, a colour is none, or an origin is not known.
    """
    fields = {field: str(value).strip() for field, value in given.items()}
    if "name" in fields:
        fields["name"] = as_name("The name of a code", str(given["name"]))
    if fields.get("origin", ORIGINS[0]) not in ORIGINS:
        raise BadValue("The origin of a code", fields["origin"], ", ".join(ORIGINS))
    if fields.get("colour") and not re.fullmatch(r"#[0-9a-fA-F]{6}", fields["colour"]):
        raise BadValue("The colour of a code", fields["colour"], "one such as #1f77b4")
    return fields
