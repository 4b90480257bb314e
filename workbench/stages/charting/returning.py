"""A cell that comes back in a file: which line is which statement, and what changed on which side.

A file shows the statements of a cell one below the other: a summary as plain text, a
verbatim between quotation marks, a comment in italics.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import NamedTuple

from workbench.model.chart import StatementKind
from workbench.model.chart_file import CLOSING, OPENING, Held, Line, LineLook

QUOTATION_MARKS = ((OPENING, CLOSING), ('"', '"'), ("«", "»"), ("„", "“"), ("”", "”"))
"""What a person, or the program, may put around the participant's words."""

ALIKE = 0.5
"""From this likeness on a line is taken for a changed statement where there are several."""


_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff\u2400-\u241f\u2421]")


class Now(NamedTuple):
    """A statement as a file says it now; a new one has no id, or one that the base has not."""

    statement_id: str
    kind: StatementKind
    text: str


class Unclear(Exception):
    """The lines of a cell cannot be told apart; the sentence that says why goes into a report."""


class Conflict(NamedTuple):
    """A statement that both sides changed, each in its way; None where one withdrew it."""

    base: Held
    here: Held | None
    file: Now | None


@dataclass(slots=True)
class Outcome:
    """What a file says of one cell, held against the base and against the project."""

    changed: list[Now] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    added: list[Now] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    order: list[str] = field(default_factory=list)
    """The ids of the statements in the order of the file, where only the file changed it."""
    order_unclear: bool = False
    """Whether both sides changed the order, each in its way."""
    changed_here: list[str] = field(default_factory=list)
    """The ids of statements that the project alone changed or withdrew, additions too."""
    same: int = 0
    """How many statements nobody changed, or both in the same way."""

    @property
    def nothing(self) -> bool:
        """Whether the file brings nothing new."""
        return not (self.changed or self.withdrawn or self.added or self.conflicts or self.order)


def three_way(
    base: Sequence[Held],
    here: Sequence[Held],
    now: Sequence[Now],
    taken: Collection[str] = (),
) -> Outcome:
    """Return what the file changed in a cell since `base`, and where the project did too.

    `here` is what the project says now. What both sides changed in the same way is no
    change any more, so that a file that is taken back twice changes nothing the second time:
    `taken` are the ids of additions of the file that came in before, whatever became of them.
    """
    found = Outcome()
    held = {h.statement_id: h for h in here}
    said = {n.statement_id: n for n in now if n.statement_id}
    for before in base:
        mine, theirs = held.get(before.statement_id), said.get(before.statement_id)
        if _same(mine, theirs):
            found.same += mine is not None
            continue
        if _same(before, theirs):
            found.changed_here.append(before.statement_id)
            continue
        if not _same(before, mine):
            found.conflicts.append(Conflict(before, mine, theirs))
        elif theirs is None:
            found.withdrawn.append(before.statement_id)
        else:
            found.changed.append(theirs)
    known = {h.statement_id for h in base}
    there = [(h.kind, h.text.strip()) for h in here if h.statement_id not in known]
    for new in (n for n in now if n.statement_id not in known):
        if new.statement_id in taken and not _same(held.get(new.statement_id), new):
            found.changed_here.append(new.statement_id)
        elif (new.kind, new.text) in there:
            there.remove((new.kind, new.text))
            found.same += 1
        else:
            found.added.append(new)
    _compare_order(found, base, here, now)
    return found


def _same(one: Held | Now | None, other: Held | Now | None) -> bool:
    if one is None or other is None:
        return one is other
    return (one.kind, one.text.strip()) == (other.kind, other.text.strip())


def _compare_order(
    found: Outcome, base: Sequence[Held], here: Sequence[Held], now: Sequence[Now]
) -> None:
    everywhere = set.intersection(*({s.statement_id for s in side} for side in (base, here, now)))
    before, mine, theirs = (
        [s.statement_id for s in side if s.statement_id in everywhere] for side in (base, here, now)
    )
    if theirs in (before, mine):
        return
    if mine == before:
        found.order = theirs
    else:
        found.order_unclear = True


# --- which line is which statement --------------------------------------------------


def shown(held: Held) -> tuple[Line, ...]:
    """Return the lines in which a file shows a statement.

    >>> shown(Held("s", "verbatim", "Rain.\\nMuch."))
    (Line(text='“Rain.', look='plain'), Line(text='Much.”', look='plain'))
    """
    text = held.text
    if held.kind == "verbatim":
        text = OPENING + text + CLOSING
    lines = [Line(t, "italic" if held.kind == "comment" else "plain") for t in text.split("\n")]
    if held.label:
        first: LineLook = "mixed" if held.kind == "comment" else "plain"
        lines[0] = Line(f"{held.label}: {lines[0].text}", first)
    return tuple(lines)


def read(base: Sequence[Held], lines: Sequence[Line]) -> list[Now]:
    """Return the statements that the lines of a cell are now, in their order.

    A statement whose lines stand there as before, here or elsewhere in the cell, is the
    same. Between two such, a line that is like one of the statements missing there, or of the
    same kind as the only one there, is that statement changed; what is left over is new.

    Raises:
        Unclear: which line belongs to which statement, or its kind, cannot be said.
    """
    blocks = [shown(h) for h in base]
    if [_key(line) for block in blocks for line in block] == [*map(_key, lines)]:
        return [*map(_as_before, base)]
    anchors = _anchors(blocks, lines)
    taken = {j for i, at in anchors.items() for j in range(at, at + len(blocks[i]))}
    moved = _moved(blocks, lines, anchors, taken)
    found = {at: _as_before(base[i]) for i, at in (anchors | moved).items()}
    missing = [i for i in range(len(base)) if i not in anchors and i not in moved]
    for first, last, start, stop in _gaps(anchors, blocks, len(base), len(lines)):
        free = [_Free(j, lines[j]) for j in range(start, stop) if j not in taken]
        gone = [base[i] for i in missing if first <= i < last]
        found |= _between(gone, free)
    return [found[at] for at in sorted(found)]


class _Free(NamedTuple):
    """A line that is no statement of the base as it stood, and its number in the cell."""

    at: int
    line: Line


def _as_before(held: Held) -> Now:
    return Now(held.statement_id, held.kind, held.text)


def _key(line: Line) -> Line:
    """Return a line without what programs add or drop: spaces at its ends, escapes.

    A character that no spreadsheet can hold and the picture shown in its place are the same.
    """
    text = _UNFIT.sub("\ufffd", line.text.replace("x005F_", "")).strip()
    return Line(text, line.look if text else "plain")


def _stands(block: Sequence[Line], lines: Sequence[Line], at: int) -> bool:
    return [*map(_key, block)] == [*map(_key, lines[at : at + len(block)])]


def _anchors(blocks: Sequence[Sequence[Line]], lines: Sequence[Line]) -> dict[int, int]:
    """Return which statements stand where as before: as many as stand in the same order."""
    most = [[0] * (len(lines) + 1) for _ in range(len(blocks) + 1)]
    for i in reversed(range(len(blocks))):
        for j in reversed(range(len(lines))):
            most[i][j] = max(most[i + 1][j], most[i][j + 1])
            if _stands(blocks[i], lines, j):
                most[i][j] = max(most[i][j], 1 + most[i + 1][j + len(blocks[i])])
    found, i, j = {}, 0, 0
    while i < len(blocks) and j < len(lines):
        if _stands(blocks[i], lines, j) and most[i][j] == 1 + most[i + 1][j + len(blocks[i])]:
            found[i] = j
            i, j = i + 1, j + len(blocks[i])
        elif most[i][j] == most[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _moved(
    blocks: Sequence[Sequence[Line]],
    lines: Sequence[Line],
    anchors: dict[int, int],
    taken: set[int],
) -> dict[int, int]:
    """Return where further statements stand as before, out of their order; takes their lines."""
    found = {}
    for i, block in enumerate(blocks):
        if i in anchors:
            continue
        for at in range(len(lines) - len(block) + 1):
            own = range(at, at + len(block))
            if taken.isdisjoint(own) and _stands(block, lines, at):
                found[i] = at
                taken.update(own)
                break
    return found


def _gaps(
    anchors: dict[int, int], blocks: Sequence[Sequence[Line]], statements: int, lines: int
) -> Iterator[tuple[int, int, int, int]]:
    """Yield what lies between statements as before: from and to which statement, and line."""
    first, start = 0, 0
    for i, at in sorted(anchors.items()):
        yield first, i, start, at
        first, start = i + 1, at + len(blocks[i])
    yield first, statements, start, lines


def _between(gone: Sequence[Held], free: Sequence[_Free]) -> dict[int, Now]:
    """Return the statements of the lines between two that stand as before."""
    spoken = [f for f in free if f.line.text.strip()]
    if not spoken:
        return {}
    long = [len(shown(h)) for h in gone]
    if max(long, default=1) > 1:
        if len(free) != sum(long):
            raise Unclear(
                "a statement of several lines was changed, and it cannot be told where it ends"
            )
        cut: dict[int, Now] = {}
        rest = list(free)
        for held, number in zip(gone, long, strict=True):
            own, rest = rest[:number], rest[number:]
            cut[own[0].at] = _changed(held, [f.line for f in own])
        return cut
    groups = _groups(spoken)
    pairs = _pairs(gone, groups)
    return {
        group[0].at: _changed(pairs.get(n), [f.line for f in group])
        for n, group in enumerate(groups)
    }


def _groups(free: Sequence[_Free]) -> list[list[_Free]]:
    """Return the lines by statement: one each, but a quotation until it is closed."""
    groups: list[list[_Free]] = []
    rest = list(free)
    while rest:
        last = 0
        if rest[0].line.text.strip().startswith(OPENING):
            closed = (n for n, f in enumerate(rest) if f.line.text.strip().endswith(CLOSING))
            last = next(closed, 0)
        groups.append(rest[: last + 1])
        rest = rest[last + 1 :]
    return groups


def _pairs(gone: Sequence[Held], groups: Sequence[Sequence[_Free]]) -> dict[int, Held]:
    """Return which group of lines is which missing statement, changed: the likest, in order."""
    like = [[_likeness(h, g) for g in groups] for h in gone]
    best = [[0.0] * (len(groups) + 1) for _ in range(len(gone) + 1)]
    for i in reversed(range(len(gone))):
        for j in reversed(range(len(groups))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], like[i][j] + best[i + 1][j + 1])
    pairs: dict[int, Held] = {}
    i = j = 0
    while i < len(gone) and j < len(groups):
        if like[i][j] and best[i][j] == like[i][j] + best[i + 1][j + 1]:
            pairs[j] = gone[i]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs | _rewritten(gone, groups, pairs)


def _rewritten(
    gone: Sequence[Held], groups: Sequence[Sequence[_Free]], pairs: Mapping[int, Held]
) -> dict[int, Held]:
    """Return the statements that are quite other words of the same kind, the only ones there.

    Between two lines that are known, one statement is missing and one line is left over.
    """
    found: dict[int, Held] = {}
    bounds = [(-1, -1), *((n, gone.index(h)) for n, h in sorted(pairs.items()))]
    ends = [*bounds[1:], (len(groups), len(gone))]
    for (group, held), (next_group, next_held) in zip(bounds, ends, strict=True):
        if next_group - group == next_held - held == 2:
            alone, left = gone[held + 1], groups[group + 1]
            if _changed(None, [f.line for f in left]).kind == alone.kind:
                found[group + 1] = alone
    return found


def _likeness(held: Held, group: Sequence[_Free]) -> float:
    """Return how like a line is to a statement, 1 at most; 0 for too little."""
    text = "\n".join(f.line.text for f in group)
    before = "\n".join(line.text for line in shown(held))
    ratio = SequenceMatcher(None, before, text, autojunk=False).ratio()
    return ratio if ratio >= ALIKE else 0.0


def _changed(held: Held | None, lines: Sequence[Line]) -> Now:
    """Return the statement that some lines are now, with the id of the one it was."""
    label = f"{held.label}: " if held and held.label else ""
    looks = {line.look for line in lines if line.text.strip()}
    text = "\n".join(line.text for line in lines).strip()
    if label and text.startswith(label):
        text = text.removeprefix(label)
        if held and held.kind == "comment":
            looks.discard("mixed")
            looks = looks or {"italic"}
    statement_id = held.statement_id if held else ""
    if looks == {"italic"}:
        return Now(statement_id, "comment", text)
    if looks != {"plain"}:
        raise Unclear(
            f"“{_short(text)}” is partly italic: make all of it italic (a comment) or nothing of it"
        )
    inside = _unquoted(text)
    if inside is None or (held and held.kind == "summary" and _unquoted(held.text) is not None):
        return Now(statement_id, "summary", text)
    return Now(statement_id, "verbatim", inside)


def _unquoted(text: str) -> str | None:
    """Return what stands between the quotation marks around a text, if there are any.

    >>> _unquoted("“Rain.”"), _unquoted("«Regn.»"), _unquoted("Rain.")
    ('Rain.', 'Regn.', None)
    """
    for opening, closing in QUOTATION_MARKS:
        if len(text) > 2 and text.startswith(opening) and text.endswith(closing):
            return text[1:-1].strip()
    return None


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:39] + "…"
