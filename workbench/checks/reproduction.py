"""Printed tables held against what a project says: cell by cell, and the register.

A cell is *equal*; *explained* where it differs and an entry of the register says why;
only *stated* where no project can compute it and an entry speaks of it; it *differs*,
or was *not rebuilt*. Two ways tie cells and entries, so that neither can go missing: a
cell names the entries that speak of it, and an entry names its cells. Where no figure
vouches for what is printed, an entry must: its claims turn false with any other value.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal

from workbench.checks import claims
from workbench.errors import BadValue
from workbench.model.published import (
    GOOD,
    Figure,
    Judged,
    Printed,
    PublishedCell,
    RegisterEntry,
    Verdict,
)

_ROUNDED = Context(prec=60)
_LARGEST = Decimal(10) ** 18


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the register after it was looked at; `sums` shows both sides of each."""

    entry: RegisterEntry
    holds: bool
    sums: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """All cells and entries of one study, judged."""

    cells: tuple[Judged, ...]
    register: tuple[Entry, ...]

    @property
    def reproduces(self) -> bool:
        """Whether every cell is equal, explained or stated, and every entry holds."""
        return all(c.verdict in GOOD for c in self.cells) and all(e.holds for e in self.register)

    @property
    def differing(self) -> tuple[str, ...]:
        """The names of the cells and entries that are not as they should be."""
        cells = (c.cell.cell for c in self.cells if c.verdict not in GOOD)
        return (*cells, *(e.entry.entry for e in self.register if not e.holds))


def judge(
    printed: Printed,
    figures: Mapping[str, Figure],
    problems: Mapping[str, str],
    words: Mapping[str, str],
) -> Account:
    """Hold all printed cells against the figures of a project.

    `figures` has what was rebuilt by the name of the cell, `problems` why it was not, and
    `words` says of each coding what `seal` is made of.
    """
    own = {cell: shown(figure) for cell, figure in figures.items()}
    said = {c.cell: c.value for c in printed.cells}
    speaks_of = {e.entry: _named(e) for e in printed.register}
    entries = {e.entry: _looked_at(e, said, own) for e in printed.register}
    pinned = {
        (e.entry, c)
        for e in printed.register
        for c in speaks_of[e.entry]
        if c in said and _pins(e, c, said, own)
    }
    cells = [_held(c, figures, problems, words, speaks_of, entries, pinned) for c in printed.cells]
    differ = {j.cell.cell for j in cells if j.verdict in ("explained", "differs")}
    names_back = {c.cell: set(c.register) for c in printed.cells}
    register = [_tied(entries[e.entry], speaks_of, names_back, differ) for e in printed.register]
    return Account(tuple(cells), tuple(register))


def shown(figure: Figure) -> str:
    """Return a figure as a person would print it, a set with semicolons."""
    value = figure.value
    if isinstance(value, tuple):
        return "; ".join(sorted(value))
    if isinstance(value, float):
        return f"{Decimal(str(value)) + 0:.10f}".rstrip("0").rstrip(".")
    return str(value)


def same(printed: str, figure: Figure) -> bool:
    """Tell whether a printed value and a figure say the same.

    Numbers are rounded to the printed decimals, either way at a half; thousands may be
    separated; a set may stand in any order; words are the same letter by letter, but for
    the blanks between them.

    >>> same("28.8 %", Figure(28.8000001)), same("B; A", Figure(("A", "B")))
    (True, True)
    >>> same("2", Figure("02"))
    False
    """
    if isinstance(figure.value, tuple):
        wanted = {" ".join(p.split()) for p in printed.split(";") if p.strip()}
        return wanted == {" ".join(p.split()) for p in figure.value}
    if isinstance(figure.value, str):
        return printed.split() == figure.value.split()
    said, own = claims.as_value(printed), Decimal(str(figure.value))
    if not isinstance(said, Decimal) or not own.is_finite() or abs(own) > _LARGEST:
        return False
    digits = Decimal(1).scaleb(int(said.as_tuple().exponent))
    ways = (ROUND_HALF_UP, ROUND_HALF_EVEN)
    return said in {own.quantize(digits, way, _ROUNDED) for way in ways}


def seal(evidence: Iterable[str], words: Mapping[str, str]) -> str:
    """Return how many codings stand behind a figure, and a mark of what they say.

    The mark changes as soon as one of them has other words, another place or another
    code, or when one is missing.
    """
    said = sorted(words.get(coding, "?") for coding in set(evidence))
    if not said:
        return ""
    mark = hashlib.sha256(json.dumps(said).encode()).hexdigest()[:10]
    return f"{len(said)} {mark}"


def _held(
    cell: PublishedCell,
    figures: Mapping[str, Figure],
    problems: Mapping[str, str],
    words: Mapping[str, str],
    speaks_of: Mapping[str, set[str]],
    entries: Mapping[str, Entry],
    pinned: Collection[tuple[str, str]],
) -> Judged:
    lost = [e for e in cell.register if cell.cell not in speaks_of.get(e, ())]
    if lost:
        why = f"the register has no entry {', '.join(lost)} that names this cell"
        return Judged(cell, "", "not rebuilt", why)
    loose = not any((e, cell.cell) in pinned for e in cell.register)
    if not cell.figure:
        if cell.register and loose:
            return Judged(cell, "", "not rebuilt", _unpinned(cell))
        false = [e for e in cell.register if not entries[e].holds]
        if false:
            return Judged(cell, "", "differs", f"{', '.join(false)} no longer holds")
        if cell.register:
            return Judged(cell, "", "stated", f"see {', '.join(cell.register)}")
        why = "nothing is held against it: give it a figure, or an entry of the register"
        return Judged(cell, "", "not rebuilt", why)
    if cell.cell in problems or cell.cell not in figures:
        return Judged(cell, "", "not rebuilt", problems.get(cell.cell, "it has no figure"))
    figure = figures[cell.cell]
    verdict, why = _compared(cell, figure, words, entries)
    if verdict == "explained" and loose:
        verdict, why = "differs", _unpinned(cell)
    return Judged(cell, shown(figure), verdict, why, figure.evidence)


def _compared(
    cell: PublishedCell, figure: Figure, words: Mapping[str, str], entries: Mapping[str, Entry]
) -> tuple[Verdict, str]:
    now = seal(figure.evidence, words)
    if cell.evidence and cell.evidence != now:
        behind = now.partition(" ")[0] or "no"
        was = cell.evidence.partition(" ")[0]
        return "differs", f"the words behind it changed: {was} codings then, {behind} now"
    if same(cell.value, figure):
        return "equal", ""
    because = [e for e in cell.register if cell.cell in entries[e].entry.explains]
    if because and all(entries[e].holds for e in because):
        return "explained", f"see {', '.join(because)}"
    return "differs", _no_number(cell.value, figure)


def _pins(entry: RegisterEntry, cell: str, said: Mapping[str, str], own: Mapping[str, str]) -> bool:
    """Tell whether the claims of an entry turn false when the cell prints another value."""
    value = claims.as_value(said[cell])
    others = [f"{value} ?"] if isinstance(value, str) else [str(value + 1), str(value - 1)]
    return not any(_looked_at(entry, {**said, cell: other}, own).holds for other in others)


def _unpinned(cell: PublishedCell) -> str:
    value = claims.as_value(cell.value)
    claim = f"{cell.cell} = {value}" if not isinstance(value, str) else f'{cell.cell} = "{value}"'
    return f"{', '.join(cell.register)} would hold for another value too; claim {claim}"


def _no_number(printed: str, figure: Figure) -> str:
    """Say so where a number was rebuilt and what is printed cannot be read as one."""
    number = isinstance(figure.value, int | float)
    if number and not isinstance(claims.as_value(printed), Decimal):
        return f"“{printed}” is not a number such as 1,260 or 28.8 %"
    return ""


def _named(entry: RegisterEntry) -> set[str]:
    """Return the cells that an entry speaks of; what cannot be read names none."""
    try:
        return claims.names(entry.holds) | set(entry.explains)
    except BadValue:
        return set(entry.explains)


def _looked_at(entry: RegisterEntry, said: Mapping[str, str], own: Mapping[str, str]) -> Entry:
    try:
        found = claims.check(entry.holds, said, own)
    except BadValue as error:
        return Entry(entry, False, "", str(error))
    sums = "; ".join(f"{c.said} [{c.left}, {c.right}]" for c in found)
    if not found:
        return Entry(entry, False, "", "it claims nothing")
    false = [c.said for c in found if not c.holds]
    why = f"no longer so: {'; '.join(false)}" if false else ""
    return Entry(entry, not false, sums, why)


def _tied(
    entry: Entry,
    speaks_of: Mapping[str, set[str]],
    names_back: Mapping[str, set[str]],
    differ: set[str],
) -> Entry:
    """Return an entry, not holding when a cell of it does not name it or no longer differs."""
    if not entry.holds:
        return entry
    name = entry.entry.entry
    loose = sorted(c for c in speaks_of[name] if name not in names_back.get(c, ()))
    agree = sorted(c for c in entry.entry.explains if c not in differ)
    if loose:
        return _fails(entry, f"it speaks of {', '.join(loose)}, which do not name it back")
    if agree:
        return _fails(entry, f"it explains {', '.join(agree)}, where nothing differs any more")
    return entry


def _fails(entry: Entry, why: str) -> Entry:
    return Entry(entry.entry, False, entry.sums, why)
