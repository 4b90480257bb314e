"""Codebooks as tables: one code a row, in csv, tsv or xlsx.

Where codes stand under others, the table says it in one of five ways: a path in the name
(“A / B”), a column of parents, a column of levels, names indented by blanks, or names in
columns further and further to the right. Which one it is, is concluded from the table and
told in the report. What has others below it is a category.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import BadFile, BadTable
from workbench.formats import tables
from workbench.formats.framework_ids import slug
from workbench.model.framework import Category, Code, FrameworkVersion, stable_id
from workbench.model.report import ImportReport

ENDINGS = (".csv", ".tsv", ".xlsx")

_HEADS: dict[str, tuple[str, ...]] = {
    "name": ("code", "tag", "name", "code name", "code system", "kode", "kodenavn", "navn"),
    "path": ("path", "code path", "full path", "hierarchy", "sti", "kodesti"),
    "parent": (
        *("parent", "parent code", "parent name", "parent category", "category", "code group"),
        *("overkode", "overordnet", "forelder", "kategori", "overordnet kode"),
    ),
    "level": ("level", "depth", "nivå"),
    "definition": (
        *("definition", "description", "memo", "comment", "code memo", "meaning"),
        *("definisjon", "beskrivelse", "forklaring", "notat", "kommentar", "kodememo"),
    ),
    "use": ("use when", "when to use", "include", "inclusion", "brukes når", "bruk når"),
    "not": ("not when", "when not to use", "exclude", "exclusion", "brukes ikke når"),
    "example": ("example", "examples", "eksempel", "eksempler"),
    "colour": ("color", "colour", "farge"),
}
"""What columns may be called, in English and Norwegian; the first that is there counts."""

_OWN_HEADS = {"code", "tag", "kode", "kodenavn", "code name", "code system", *_HEADS["path"]}
"""Columns that only a codebook has, or that tell one together with what else is there."""
_STRANGERS = {
    *("segment", "content", "quotation content", "document", "document name", "quote", "case"),
    *("transcript", "text", "dokument", "dokumentnavn"),
}
"""Columns that no codebook has: the table is of what was coded."""
_SEPARATORS = (" / ", " > ", " \\ ", "\\\\", "\\", "::", " » ", "|")
_CIRCLES = "○●◦•"
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_DEEPEST = 30

Way = str
"""How a table says what stands under what, in words."""


@dataclass(frozen=True, slots=True)
class Codebook:
    """A framework version, and what was concluded on the way to it."""

    version: FrameworkVersion
    report: ImportReport


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row: the names from the top to its own, and what else it says."""

    line: int
    path: tuple[str, ...]
    said: dict[str, str]


def read(path: Path, framework: str, version: str) -> FrameworkVersion:
    """Return the framework version that a codebook is (see `codebook`)."""
    return codebook(path, framework, version).version


def recognises(path: Path) -> bool:
    """Tell by its first row whether a table is a codebook."""
    try:
        first = next((r for _, r in tables.beginning(path) if any(f.strip() for f in r)), [])
    except BadFile:
        return False
    names = {_plain(field) for field in first} - {""}
    if names & _STRANGERS or tables.kind(first) is not None:
        return False
    named = names & {*_HEADS["name"], *_HEADS["path"]}
    telling = names & _OWN_HEADS or names & {*_HEADS["definition"], *_HEADS["parent"]}
    return bool(named and telling)


def codebook(path: Path, framework: str, version: str) -> Codebook:
    """Return what a codebook in a table holds.

    Codes that stand under nothing are in the order of their names, because such a table
    has none: Taguette puts the code with most highlights first. A code keeps its id in
    another version while it keeps its name and place.

    Raises:
        BadTable: it has no column of names, a name is missing or stands twice.
        BadFile: it cannot be read at all.
    """
    report = ImportReport(path.name)
    rows = [(line, r) for line, r in tables.records_of(path, report) if any(f.strip() for f in r)]
    if not rows:
        raise BadTable(path, "the file", "it has no rows.", "Write the column names first.")
    (line, head), body = rows[0], rows[1:]
    columns = _columns(head)
    at = columns.get("path", columns.get("name"))
    if at is None:
        wanted = f"a codebook has the names of codes in a column {', '.join(_HEADS['name'][:3])}."
        raise BadTable(path, f"line {line}", wanted, "Name one so.")
    if not body:
        raise BadTable(path, f"line {line}", "there are no codes below the names of columns.")
    way, paths = _paths(str(path), head, columns, at, body)
    entries = [
        _Entry(number, names, {k: _field(r, i).strip() for k, i in columns.items()})
        for (number, r), names in zip(body, paths, strict=True)
    ]
    _refuse_twice(str(path), entries)
    found = _version(framework, version, entries)
    _tell(report, head, columns, way, found)
    return Codebook(found, report)


def _columns(head: Sequence[str]) -> dict[str, int]:
    """Return the places of the columns that are known."""
    names = [_plain(field) for field in head]
    found: dict[str, int] = {}
    for meaning, called in _HEADS.items():
        place = next((names.index(c) for c in called if c in names), None)
        if place is not None:
            found[meaning] = place
    return found


def _plain(field: str) -> str:
    return " ".join(field.replace("_", " ").split()).casefold()


def _field(fields: Sequence[str], place: int) -> str:
    return fields[place] if place < len(fields) else ""


def _name(field: str) -> str:
    """Return a name without blanks at its ends and the circle of ATLAS.ti."""
    return " ".join(field.split()).lstrip(_CIRCLES).strip()


# --- what stands under what ----------------------------------------------------------


def _paths(
    file: str,
    head: Sequence[str],
    columns: dict[str, int],
    at: int,
    body: list[tuple[int, list[str]]],
) -> tuple[Way, list[tuple[str, ...]]]:
    """Return how the table says what stands under what, and the names above each code."""
    names = [_field(r, at) for _, r in body]
    beside = _unnamed_beside(head, at)
    if beside and any(_field(r, i).strip() for _, r in body for i in beside):
        depths = [_depth_to_the_right(file, line, r, [at, *beside]) for line, r in body]
        return "names stand further to the right", _nested(file, body, depths)
    if "path" in columns:
        separator = _separator(names) or "/"
        return f"the path is parted by “{separator.strip()}”", _parted(names, separator)
    if "parent" in columns:
        return _by_column(head[columns["parent"]]), _under_parents(columns, at, body)
    if "level" in columns:
        depths = [_level(file, line, r, columns["level"], at) for line, r in body]
        return _by_column(head[columns["level"]]), _nested(file, body, depths)
    blanks = [len(n.expandtabs(4)) - len(n.expandtabs(4).lstrip()) for n in names]
    if any(blanks):
        told = [(blank, _name(n)) for blank, n in zip(blanks, names, strict=True)]
        return "names are indented", _nested(file, body, _steps(told))
    if separator := _separator(names, only_if_nested=True):
        return f"names are parted by “{separator.strip()}”", _parted(names, separator)
    return "", [(_name(n),) for n in names]


def _by_column(name: str) -> Way:
    return f"the column “{name.strip()}” says so"


def _unnamed_beside(head: Sequence[str], at: int) -> list[int]:
    """Return the columns without a name that follow that of the names."""
    found = []
    for place in range(at + 1, len(head)):
        if head[place].strip():
            break
        found.append(place)
    return found


def _depth_to_the_right(
    file: str, line: int, fields: Sequence[str], places: Sequence[int]
) -> tuple[int, str]:
    there = [(n, _field(fields, i)) for n, i in enumerate(places) if _field(fields, i).strip()]
    if len(there) > 1:
        raise BadTable(file, f"line {line}", "two names of codes stand in one row.")
    return (there[0][0], _name(there[0][1])) if there else (0, "")


def _level(file: str, line: int, fields: Sequence[str], place: int, at: int) -> tuple[int, str]:
    said = _field(fields, place).strip()
    if not re.fullmatch(r"[0-9]{1,2}", said):
        problem = f"“{said[:20]}” is no level."
        raise BadTable(file, f"line {line}", problem, "Write a whole number, such as 1.")
    return int(said), _name(_field(fields, at))


def _steps(told: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Return depths counted from 0 for widths of blanks: deeper than the last is one more."""
    open_widths: list[int] = []
    found = []
    for width, name in told:
        while open_widths and open_widths[-1] >= width:
            open_widths.pop()
        found.append((len(open_widths), name))
        open_widths.append(width)
    return found


def _nested(
    file: str, body: list[tuple[int, list[str]]], depths: list[tuple[int, str]]
) -> list[tuple[str, ...]]:
    """Return the path of each name from depths; the first may be 0 or 1."""
    least = min(depth for depth, _ in depths)
    above: list[str] = []
    found = []
    for (line, _), (depth, name) in zip(body, depths, strict=True):
        if depth - least > len(above):
            problem = "this code stands deeper than its level, with none above it."
            raise BadTable(file, f"line {line}", problem, "Write the code above it first.")
        above = [*above[: depth - least], name]
        found.append(tuple(above))
    return found


def _separator(names: Sequence[str], *, only_if_nested: bool = False) -> str:
    """Return what parts the paths: what most names have; nothing where none has it.

    With `only_if_nested` half of the parted names must stand under another that is there, or
    beside one under the same.
    """
    best = max(_SEPARATORS, key=lambda s: sum(s in n for n in names))
    parted = [n for n in names if best in n]
    if not parted:
        return ""
    if only_if_nested:
        held = {_name(n) for n in names}
        heads = [_name(n.rpartition(best)[0]) for n in parted]
        nested = sum(h in held or heads.count(h) > 1 for h in heads)
        return best if nested * 2 >= len(parted) else ""
    return best


def _parted(names: Sequence[str], separator: str) -> list[tuple[str, ...]]:
    found = []
    for name in names:
        parts = [_name(p) for p in name.split(separator)]
        found.append(tuple(p for p in parts if p) or ("",))
    return found


def _under_parents(
    columns: dict[str, int], at: int, body: list[tuple[int, list[str]]]
) -> list[tuple[str, ...]]:
    """Return the paths by the column of parents; a parent without a row is one all the same."""
    names = [_name(_field(r, at)) for _, r in body]
    parents = [_name(_field(r, columns["parent"])) for _, r in body]
    of = {n.casefold(): p for n, p in zip(names, parents, strict=True) if n}
    spelled = {n.casefold(): n for n in [*parents, *names] if n}
    found = []
    for name, parent in zip(names, parents, strict=True):
        path, at_name, seen = [name], parent, {name.casefold()}
        while at_name and at_name.casefold() not in seen and len(path) < _DEEPEST:
            path.insert(0, spelled[at_name.casefold()])
            seen.add(at_name.casefold())
            at_name = of.get(at_name.casefold(), "")
        found.append(tuple(path))
    return found


def _refuse_twice(file: str, entries: Sequence[_Entry]) -> None:
    seen: set[tuple[str, ...]] = set()
    for entry in entries:
        own = tuple(slug(n) for n in entry.path)
        if not own[-1] or len(own) > _DEEPEST:
            problem = "the code has no name." if not own[-1] else "it stands under too many."
            raise BadTable(file, f"line {entry.line}", problem, "Each code has a name of its own.")
        if own in seen:
            problem = f"the code “{entry.path[-1]}” stands twice."
            remedy = "Each code has a name of its own."
            raise BadTable(file, f"line {entry.line}", problem, remedy)
        seen.add(own)


# --- the framework -------------------------------------------------------------------


def _version(framework: str, version: str, entries: list[_Entry]) -> FrameworkVersion:
    if all(len(e.path) == 1 for e in entries):
        entries = sorted(entries, key=lambda e: e.path[0].casefold())
    known = {tuple(slug(n) for n in e.path): e for e in entries}
    under: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    names: dict[tuple[str, ...], str] = {}
    for entry in entries:
        own = tuple(slug(n) for n in entry.path)
        for depth in range(1, len(own) + 1):
            if own[:depth] not in names:
                names[own[:depth]] = entry.path[depth - 1]
                under.setdefault(own[: depth - 1], []).append(own[:depth])
    categories: list[Category] = []
    codes: list[Code] = []
    for number, own in _walk(under, (), ""):
        said = known[own].said if own in known else {}
        above = stable_id(framework, "category", "/".join(own[:-1])) if own[:-1] else None
        definition = said.get("definition", "")
        if own in under:
            guid = stable_id(framework, "category", "/".join(own))
            categories.append(Category(guid, number, names[own], definition, above))
        else:
            guid, paint = stable_id(framework, "code", "/".join(own)), said.get("colour", "")
            codes.append(
                Code(
                    guid,
                    number,
                    names[own],
                    definition,
                    use_when=said.get("use", ""),
                    not_when=said.get("not", ""),
                    example=said.get("example", ""),
                    origin="inductive",
                    colour=paint.lower() if _COLOUR.fullmatch(paint) else "",
                    category_id=above,
                )
            )
    return FrameworkVersion(framework, version, tuple(categories), tuple(codes))


def _walk(
    under: dict[tuple[str, ...], list[tuple[str, ...]]], at: tuple[str, ...], number: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for n, own in enumerate(under.get(at, []), 1):
        yield f"{number}{n}", own
        yield from _walk(under, own, f"{number}{n}.")


def _tell(
    report: ImportReport,
    head: Sequence[str],
    columns: dict[str, int],
    way: Way,
    version: FrameworkVersion,
) -> None:
    """Note what was concluded, and the columns that were passed over."""
    if way:
        report.guess("codes stand under one another", way, "likely", report.source)
    if version.categories:
        what = f"what has others below it is a category ({len(version.categories)} of them)"
        report.guess(what, "a table does not tell codes from headings", "likely", report.source)
    used = {*columns.values()}
    others = [f"“{h.strip()}”" for i, h in enumerate(head) if h.strip() and i not in used]
    if others:
        why = f"{', '.join(others)} has no meaning in a codebook"
        report.leave_out("columns", why, report.source, len(others))
