"""One cell of a chart: its statements or figure, its state in words, its evidence."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from workbench.formats.flat import missing, one_text
from workbench.formats.xlsx import text
from workbench.formats.xlsx.book import ChartBook
from workbench.formats.xlsx.pages import Cell, OpenBook, Place, Run
from workbench.formats.xlsx.table import values
from workbench.model import chart
from workbench.model.chart_file import CLOSING, OPENING
from workbench.model.transcript import at_time, on_page

At = tuple[str, str]
"""A cell: case id, code id."""

_ROOM_FOR_MORE = 40


@dataclass(frozen=True, slots=True)
class Said:
    """One statement of a cell, with the codings it rests on and whether these are withdrawn."""

    kind: str
    text: str
    evidence: tuple[tuple[str, bool], ...]
    label: str = ""
    """The column in which it stood before that was merged with others."""
    statement_id: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is known of every cell, by case and code."""

    statements: Mapping[At, Sequence[Said]]
    codings: Mapping[At, Sequence[str]]
    states: Mapping[At, tuple[str, str]]
    figures: Mapping[At, tuple[object, Sequence[str]]] | None
    where: Mapping[str, str]
    """Coding id → transcript and turn, for the notes."""

    def state(self, at: At) -> tuple[str, str]:
        """Return the state of a cell and the reason for it."""
        unsaid = chart.NOT_CHARTED if self.codings.get(at) else chart.NOT_INDEXED
        return self.states.get(at, (chart.CHARTED if self.statements.get(at) else unsaid, ""))


def contents(book: ChartBook) -> Contents:
    """Return the frames of a book arranged by cell."""
    return Contents(
        _statements(book),
        _grouped(book.codings),
        {
            (case, code): (one_text(state), one_text(reason))
            for case, code, state, reason in _rows(
                book.states, "case_id", "code_id", "state", "reason"
            )
        },
        None if book.figures is None else _figures(book),
        _places(book.quotes),
    )


def _places(quotes: pd.DataFrame) -> dict[str, str]:
    """Return coding id → transcript, turn with its time, and page, as a note cites them."""
    nothing = dict.fromkeys(("begin_ms", "page"))
    quotes = quotes.assign(**{c: n for c, n in nothing.items() if c not in quotes})
    found = {}
    for coding, transcript, turn, *at in _rows(quotes, "coding_id", "transcript", "turn", *nothing):
        begin_ms, page = (None if missing(one) else int(one) for one in at)
        said = "" if missing(turn) else f", turn {turn:g}{at_time(begin_ms)}"
        found[coding] = one_text(transcript) + said + on_page(page)
    return found


def _rows(frame: pd.DataFrame, *columns: str) -> Iterator[tuple]:  # type: ignore[type-arg]  # of any types
    return zip(*(frame[c].tolist() for c in columns), strict=True)


def _statements(book: ChartBook) -> dict[At, list[Said]]:
    evidence: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for statement, coding, withdrawn in _rows(
        book.evidence, "statement_id", "coding_id", "withdrawn"
    ):
        evidence[statement].append((coding, bool(withdrawn)))
    found: dict[At, list[Said]] = defaultdict(list)
    ordered = book.statements.sort_values("position", kind="stable")
    if "label" not in ordered:
        ordered = ordered.assign(label="")
    for statement, case, code, kind, said, label in _rows(
        ordered, "statement_id", "case_id", "code_id", "kind", "text", "label"
    ):
        rests_on = tuple(evidence[statement])
        found[case, code].append(Said(kind, one_text(said), rests_on, label, statement))
    return dict(found)


def _grouped(codings: pd.DataFrame) -> dict[At, list[str]]:
    found: dict[At, dict[str, None]] = defaultdict(dict)
    for coding, case, code in _rows(codings, "coding_id", "case_id", "code_id"):
        found[case, code][coding] = None
    return {at: list(ids) for at, ids in found.items()}


def _figures(book: ChartBook) -> dict[At, tuple[object, Sequence[str]]]:
    assert book.figures is not None  # noqa: S101  # the only caller has looked
    codings = _grouped(book.codings)
    given = book.figures
    ids = given["evidence"].tolist() if "evidence" in given else [None] * len(given)
    return {
        (case, code): (value, codings.get((case, code), ()) if own is None else tuple(own))
        for (case, code, value), own in zip(
            _rows(given, "case_id", "code_id", "value"), ids, strict=True
        )
    }


def cell_of(open_book: OpenBook, known: Contents, at: Mapping[str, Place], where: At) -> Cell:
    """Return what the chart shows of one case and code, with a link to its first evidence."""
    state, reason = known.state(where)
    groups = _evidence_groups(known, where)
    cell = Cell(
        fill={chart.STALE: "stale", chart.REVIEWED: "reviewed"}.get(state, ""),
        note=_note(open_book, known, state, reason, groups),
        to=next((at[i] for _, ids in groups for i, _ in ids if i in at), None),
    )
    if known.figures is not None:
        return _with_figure(open_book, known, where, state, cell)
    said = known.statements.get(where, ())
    open_book.tally["statements"] += len(said)
    open_book.tally["charted cells"] += bool(said)
    if said:
        return replace(cell, runs=tuple(_runs(open_book, said)))
    return replace(cell, runs=in_words(known, where, state))


def beside(known: Contents, where: At, cell: Cell) -> tuple[Cell, Cell]:
    """Return the cell without its link, and the number of its codings with it."""
    number = len({i for _, ids in _evidence_groups(known, where) for i, _ in ids})
    count = Cell(value=number or None, look="link", fill=cell.fill, to=cell.to)
    return replace(cell, to=None), count


def _with_figure(open_book: OpenBook, known: Contents, where: At, state: str, cell: Cell) -> Cell:
    value, _ = (known.figures or {}).get(where, (None, ()))
    if missing(value):
        return replace(cell, runs=in_words(known, where, state))
    open_book.tally["figures"] += 1
    if isinstance(value, str):
        return replace(cell, runs=((open_book.label(value), "plain"),))
    [[number]] = values(open_book, pd.DataFrame({"value": [value]}))
    if isinstance(number, str):
        return replace(cell, runs=((number, "plain"),))
    return replace(cell, value=number)


def _runs(open_book: OpenBook, said: Sequence[Said]) -> Iterator[Run]:
    for number, statement in enumerate(said):
        shown = open_book.shown(statement.text)
        if statement.kind == "verbatim":
            shown = OPENING + shown + CLOSING
        line_end = "\n" if number < len(said) - 1 else ""
        if statement.label:
            yield f"{open_book.label(statement.label)}: ", "grey"
        yield shown + line_end, "italic" if statement.kind == "comment" else "plain"


def in_words(known: Contents, where: At, state: str) -> tuple[Run, ...]:
    """Return the state of a cell that shows nothing else; not indexed stays blank."""
    if state == chart.NOT_INDEXED:
        return ()
    number = len(known.codings.get(where, ()))
    counted = f" ({number} coding{'s' * (number != 1)})" if state == chart.NOT_CHARTED else ""
    return ((state + counted, "grey"),)


def _evidence_groups(known: Contents, where: At) -> list[tuple[str, Sequence[tuple[str, bool]]]]:
    """Return what each part of a cell rests on: a heading, and codings with withdrawn or not."""
    said = known.statements.get(where, ())
    if known.figures is not None:
        ids = known.figures.get(where, (None, known.codings.get(where, ())))[1]
    elif said:
        return [
            (f"Statement {n}" if len(said) > 1 else "", s.evidence)
            for n, s in enumerate(said, 1)
            if s.evidence
        ]
    else:
        ids = known.codings.get(where, ())
    return [("", [(i, False) for i in ids])] if ids else []


def _note(
    open_book: OpenBook,
    known: Contents,
    state: str,
    reason: str,
    groups: Sequence[tuple[str, Sequence[tuple[str, bool]]]],
) -> str:
    worth_saying = state in (chart.STALE, chart.REVIEWED) or reason
    opening = f"{state.capitalize()}{': ' * bool(reason)}{reason}" if worth_saying else ""
    lines = [line for heading, ids in groups for line in _evidence_lines(known, heading, ids)]
    return note_text(open_book.shown(opening), lines, open_book.limits.characters)


def _evidence_lines(
    known: Contents, heading: str, ids: Sequence[tuple[str, bool]]
) -> Iterator[tuple[str, int]]:
    number = f"{len(ids)} coding{'s' * (len(ids) != 1)}"
    yield (f"{heading}, {number}:" if heading else f"Evidence, {number}:"), 0
    for coding, withdrawn in ids:
        where = known.where.get(coding, "")
        gone = "(withdrawn) " if withdrawn else ""
        yield text.visible(f"{gone}{where}{': ' * bool(where)}{coding}"), 1


def note_text(opening: str, lines: Sequence[tuple[str, int]], most: int) -> str:
    """Return a note of an opening and lines, each worth so many codings, that a note holds.

    >>> note_text("", [("Evidence, 2 codings:", 0), ("a" * 36, 1), ("b" * 36, 1)], 90)
    'Evidence, 2 codings:\\n… and 2 more, see Evidence'
    """
    whole = "\n".join(filter(None, [opening, *(line for line, _ in lines)]))
    if text.units(whole) <= most:
        return whole
    kept = text.shortened(opening, max(1, most - _ROOM_FOR_MORE))
    shown = 0
    for line, codings in lines:
        longer = f"{kept}\n{line}" if kept else line
        if text.units(longer) > most - _ROOM_FOR_MORE:
            break
        kept, shown = longer, shown + codings
    more = sum(codings for _, codings in lines) - shown
    return f"{kept}\n… and {more:,} more, see Evidence" if more else kept
