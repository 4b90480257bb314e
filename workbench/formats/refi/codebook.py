"""Codes of REFI-QDA as a framework version, from a project or a codebook of its own (.qdc)."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.formats.refi import schema
from workbench.formats.refi.beside import sets
from workbench.formats.refi.codes import read_codes
from workbench.formats.refi.package import opened
from workbench.formats.refi.project import RefiCode, RefiSet
from workbench.model.framework import Category, Code, FrameworkVersion, stable_id
from workbench.model.report import ImportReport

_WRAPPERS = ("nodes", "codes", "code system", "codebook")
"""What tools call a folder around all codes."""


@dataclass(frozen=True, slots=True)
class RefiCodebook:
    """A codebook: its codes, sets of them, and what is to be said about it."""

    origin: str
    codes: tuple[RefiCode, ...]
    sets: tuple[RefiSet, ...]
    report: ImportReport


def read(path: Path | str) -> RefiCodebook:
    """Return the codebook of a .qdc, or of a project.

    Raises:
        UnknownFormat: it is neither.
        BadFile: it cannot be read, or is made so that nobody should read it.
    """
    with opened(path) as exchange:
        report = ImportReport(exchange.path.name, notes=list(exchange.notes))
        schema.note_departures(exchange.root, exchange.kind, report)
        codes = read_codes(exchange.root, report)
        origin = " ".join(exchange.root.get("origin", "").split())
        return RefiCodebook(origin, codes, sets(exchange.root), report)


def framework(
    codes: Sequence[RefiCode],
    name: str,
    version: str = "1",
    *,
    description: str = "",
    taken: Collection[str] = (),
    report: ImportReport | None = None,
) -> tuple[FrameworkVersion, dict[str, str]]:
    """Return codes as a draft version, and the identifier of each code → the id it has there.

    Folders are categories, a folder inside a code is a code, and a folder around everything
    that is called “Nodes” or the like is left away. Codes that are cases are left away where
    nothing else stands under them. Ids are the identifiers, but where they are `taken`.
    """
    kept = _Tree(codes)
    ids = {c.guid: _id(c, name, taken) for c in kept.codes}
    categories, made = [], []
    for number, code, category, parent in kept.walk():
        if kept.is_folder(code, parent):
            above = ids.get(category) if category else None
            categories.append(Category(ids[code.guid], number, code.name, code.description, above))
        else:
            made.append(
                Code(
                    ids[code.guid],
                    number,
                    code.name,
                    code.description,
                    origin="inductive",
                    colour=code.colour,
                    category_id=ids.get(category) if category else None,
                    parent_id=ids.get(parent) if parent else None,
                )
            )
    if report is not None:
        kept.tell(report)
    found = FrameworkVersion(name, version, tuple(categories), tuple(made), description=description)
    return found, {c.guid: ids[c.guid] for c in kept.codes}


def _id(code: RefiCode, name: str, taken: Collection[str]) -> str:
    usable = schema.GUID.fullmatch(code.guid) and code.guid not in taken
    return code.guid if usable else stable_id(name, "code", code.guid)


class _Tree:
    """The codes that become a framework, in their order and under their parents."""

    def __init__(self, codes: Sequence[RefiCode]) -> None:
        under: dict[str, list[RefiCode]] = {}
        for code in codes:
            under.setdefault(code.parent, []).append(code)
        self.cases = _only_cases(codes)
        self.wrapper = ""
        top = [c for c in under.get("", []) if c.guid not in self.cases]
        if len(top) == 1 and not top[0].codable and top[0].name.casefold() in _WRAPPERS:
            self.wrapper = top[0].guid
        left_away = self.cases | {self.wrapper}
        self.codes = [c for c in codes if c.guid not in left_away]
        self._wrapped = under.get(self.wrapper, []) if self.wrapper else []
        self._under = under
        self.folders_in_codes = 0

    def is_folder(self, code: RefiCode, parent: str) -> bool:
        """Tell whether a code is a category: a folder that stands in no code."""
        return not code.codable and not parent

    def walk(self) -> Iterator[tuple[str, RefiCode, str, str]]:
        """Yield number, code, and identifiers of category and code that it stands in."""
        self.folders_in_codes = 0
        top = [*self._wrapped, *(c for c in self._under.get("", []) if c.guid != self.wrapper)]
        yield from self._walk(top, "", "", "")

    def _walk(
        self, codes: Sequence[RefiCode], number: str, category: str, parent: str
    ) -> Iterator[tuple[str, RefiCode, str, str]]:
        own = [c for c in codes if c.guid not in self.cases]
        for n, code in enumerate(own, 1):
            told = f"{number}{n}"
            yield told, code, category, parent
            self.folders_in_codes += bool(parent) and not code.codable
            folder = self.is_folder(code, parent)
            inner = (code.guid, "") if folder else (category, code.guid)
            yield from self._walk(self._under.get(code.guid, []), f"{told}.", *inner)

    def tell(self, report: ImportReport) -> None:
        """Note what was left away, and what became something else."""
        if self.cases:
            why = "cases of the same identifiers are in the file"
            report.leave_out("codes", why, report.source, len(self.cases))
        if self.folders_in_codes:
            report.notes.append(
                f"Folders that stand in a code came in as codes: {self.folders_in_codes}."
            )
        if self.wrapper:
            report.notes.append("The folder around all codes was left away.")


def _only_cases(codes: Sequence[RefiCode]) -> frozenset[str]:
    """Return the codes that are cases, and under which only such stand."""
    needed: set[str] = set()
    parent_of = {c.guid: c.parent for c in codes}
    for code in codes:
        if not code.is_case and code.codable:
            at = code.guid
            while at and at not in needed:
                needed.add(at)
                at = parent_of.get(at, "")
    return frozenset(c.guid for c in codes if c.is_case and c.guid not in needed)
