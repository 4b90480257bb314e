"""Transcripts as tables: number, time, speaker, words, in any order of columns.

The first row may name the columns, as NVivo's do (Timespan, Content, Speaker); where it
does not, they are told by what stands in them. Of text with tabs or commas only what
has such a first row is a table. An empty cell for the speaker, as merged cells leave it,
goes on with the speaker above.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from workbench.formats.layouts import labels
from workbench.formats.layouts.cutting import Arrangement, backwards
from workbench.formats.layouts.heading import title_line
from workbench.formats.layouts.times import milliseconds
from workbench.formats.sentences import number_of
from workbench.formats.textfile import Cell
from workbench.model.transcript import Header, Turn

Row = Sequence[Cell]

_NAMES = {
    word: what
    for what, words in {
        "time": "timespan|time|times|timestamp|time stamp|start|start time|begin|tid|tidspunkt|"
        "tidskode|zeit|zeitmarke|zeitspanne|temps|durée",
        "end": "end|end time|stop|slutt|ende",
        "speaker": "speaker|speakers|speaker name|name|who|person|participant|taler|navn|hvem|"
        "sprecher|sprecherin|wer|locuteur",
        "words": "content|text|transcript|transcription|utterance|words|innhold|tekst|ytring|"
        "transkripsjon|inhalt|transkript|contenu|texte",
        "number": "no|no.|nr|nr.|#|number|line|row|turn|id|linje|rad|zeile|ligne|nummer",
    }.items()
    for word in words.split("|")
}
_CLOCK = r"\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.,]\d{1,7})?|\d{1,6}"
_TIMES = re.compile(
    rf"[\[#(]?({_CLOCK})[\])#]?(?:[ \t]*(?:-->|[-–/])[ \t]*[\[#(]?({_CLOCK})[\])#]?)?"
)
_NUMBER = re.compile(r"\d{1,6}[.):]?")
_FIELD = re.compile(r'(?:"((?:[^"]|"")*+)"|([^",\n]*+))(,|\n|\Z)')
_LINE = re.compile(r"\w[^\n]*")
_MOST_COLUMNS, _LONGEST_NAME = 12, 60


class _Table(NamedTuple):
    rows: list[Row]
    columns: Mapping[str, int]
    headed: bool = True
    guesses: tuple[str, ...] = ()


def arrangement(text: str, body: int, rows: Sequence[Row]) -> Arrangement | None:
    """Return the turns of a text most of which stands in a table, None when it does not.

    `rows` are those that the file itself has; without any, tabs and commas make them.
    """
    table = _of_file(text, [row for row in rows if row[0].start >= body]) if rows else None
    table = table or _by_tabs(text, body) or _by_commas(text, body)
    if table is None:
        return None
    made, filled = _turns(text, table)
    said = sum(turn.stop - turn.words_start for turn in made)
    if len(made) < 2 or 4 * said < len(text) - body:
        return None
    header, unparsed = _outside(text, body, table)
    told = (f"{number_of(filled, 'row')} without a speaker went to the speaker of the row above.",)
    guesses = table.guesses + (told if filled else ()) + backwards(made)
    return Arrangement("table", made, header, unparsed, guesses)


def times(words: str) -> tuple[int | None, int | None]:
    """Return begin and end of a timespan in milliseconds, None for what it does not say.

    Figures without a colon are minutes and seconds, as NVivo takes them.

    >>> times("0:00.0 - 0:07.4"), times("75"), times("9203"), times("1:6"), times("soon")
    ((0, 7400), (75000, None), (5523000, None), (66000, None), (None, None))
    """
    found = _TIMES.fullmatch(words.strip())
    if not found:
        return None, None
    begin, end = (_milliseconds(clock) if clock else None for clock in found.groups())
    return begin, end


def _milliseconds(clock: str) -> int:
    if ":" in clock:
        return milliseconds(clock)
    return milliseconds(f"{clock[:-2] or 0}:{clock[-2:]}")


def _of_file(text: str, rows: list[Row]) -> _Table | None:
    """Return the rows of the widest table of a document that are as wide as its first ones."""
    if not rows:
        return None
    widest = max(_spread(row) for row in rows)
    chosen = [row for row in rows if _spread(row) == widest]
    if not 2 <= widest <= _MOST_COLUMNS:
        return None
    return _named(text, chosen) or _guessed(text, chosen)


def _spread(row: Row) -> int:
    return row[-1].column + 1


def _words(text: str, cell: Cell | None) -> str:
    return text[cell.start : cell.stop].strip() if cell else ""


def _cell(row: Row, column: int | None) -> Cell | None:
    return next((cell for cell in row if cell.column == column), None)


def _named(text: str, rows: list[Row]) -> _Table | None:
    """Return a table by the names in its first row, which is not one of its rows then."""
    if not rows:
        return None
    columns: dict[str, int] = {}
    for cell in rows[0]:
        what = _NAMES.get(" ".join(_words(text, cell).casefold().rstrip(":").split()))
        if what:
            columns.setdefault(what, cell.column)
    if "words" not in columns or not {"time", "speaker"} & set(columns):
        return None
    return _Table(rows, columns)


def _guessed(text: str, rows: list[Row]) -> _Table | None:
    """Return a table whose columns are told by what stands in them."""
    by_column: dict[int, list[str]] = {}
    for row in rows:
        for cell in row:
            by_column.setdefault(cell.column, []).append(_words(text, cell))
    filled = {column: [w for w in words if w] for column, words in by_column.items()}
    longest = max(filled, key=lambda column: sum(map(len, filled[column])))
    columns = {"words": longest}
    for column, words in filled.items():
        if column != longest and words and (what := _kind(words)):
            columns.setdefault(what, column)
    if not {"speaker", "time"} & set(columns):
        return None
    told = [
        f"The table does not name its columns; what is said was taken from column {longest + 1}."
    ]
    if "speaker" in columns:
        told.append(f"Speakers were taken from column {columns['speaker'] + 1} of the table.")
    if "time" in columns:
        told.append(f"Times were taken from column {columns['time'] + 1} of the table.")
    return _Table(rows, columns, headed=False, guesses=tuple(told))


def _kind(words: Sequence[str]) -> str | None:
    most = 0.8 * len(words)
    if sum(_NUMBER.fullmatch(w) is not None for w in words) >= most:
        return "number"
    if sum(":" in w and _TIMES.fullmatch(w) is not None for w in words) >= most:
        return "time"
    names = [w.rstrip(" :") for w in words]
    possible = sum(labels.possible(name) for name in names if name)
    again = len({labels.key(name) for name in names}) < len(names)
    if possible >= most and (again or all(labels.part(name) for name in names if name)):
        return "speaker"
    return None


def _by_tabs(text: str, body: int) -> _Table | None:
    rows = _tabbed(text, body) if "\t" in text else iter(())
    first = next(rows, None)
    if first is None or _named(text, [first]) is None:
        return None
    return _named(text, [first, *rows])


def _tabbed(text: str, body: int) -> Iterator[Row]:
    """Yield the rows of text with tabs; a line without one goes on with the row above."""
    row: list[Cell] = []
    at = body
    for line in text[body:].split("\n"):
        if 0 < line.count("\t") < _MOST_COLUMNS:
            if row:
                yield row
            row, start = [], at
            for column, words in enumerate(line.split("\t")):
                row.append(Cell(column, start, start + len(words)))
                start += len(words) + 1
        elif row and line.strip():
            row[-1] = row[-1]._replace(stop=at + len(line))
        at += len(line) + 1
    if row:
        yield row


def _by_commas(text: str, body: int) -> _Table | None:
    """Return a table with commas, if the first line names its columns; quotes stay outside."""
    at = body + len(text[body:]) - len(text[body:].lstrip())
    first = text[at : at + 200].partition("\n")[0]
    if not 1 <= first.count(",") < _MOST_COLUMNS:
        return None
    rows: list[Row] = []
    row: list[Cell] = []
    while at <= len(text) and (found := _FIELD.match(text, at)):
        which = 1 if found.group(1) is not None else 2
        row.append(Cell(len(row), *found.span(which)))
        if found.group(3) != ",":
            rows.append(row)
            row = []
            if len(rows) == 1 and _named(text, rows) is None:
                return None
        if found.end() == at:
            break
        at = found.end()
    return _named(text, rows)


def _turns(text: str, table: _Table) -> tuple[tuple[Turn, ...], int]:
    """Return a turn for each row with words, and how many had to take the speaker above."""
    out: list[Turn] = []
    written: dict[str, str] = {}
    speaker: str | None = None
    filled = 0
    for row in table.rows[int(table.headed) :]:
        words, who = (_cell(row, table.columns.get(what)) for what in ("words", "speaker"))
        name = _words(text, who).rstrip(" :")[:_LONGEST_NAME].partition("\n")[0]
        if words is None or not _words(text, words):
            continue
        if name:
            speaker = written.setdefault(labels.key(name), name)
        else:
            filled += speaker is not None
        start = (
            words.start
            + len(text[words.start : words.stop])
            - len(text[words.start : words.stop].lstrip())
        )
        stop = start + len(_words(text, words))
        labelled = name and who and who.column + 1 == words.column
        begin, end = times(_words(text, _cell(row, table.columns.get("time"))))
        if "end" in table.columns:
            end = times(_words(text, _cell(row, table.columns["end"])))[0]
        opens = who.start if labelled and who else start
        out.append(Turn(speaker, opens, start, stop, begin, end))
    return tuple(out), filled


def _outside(text: str, body: int, table: _Table) -> tuple[Header, int]:
    """Return the title above the table, and how many lines of the text are none of its rows."""
    first, at, unparsed = table.rows[0][0].start, body, 0
    lines = [line for line in text[body:first].split("\n") if line.strip()]
    header = Header(title=title_line(lines[0]) if lines else None)
    words = table.columns["words"]
    for row in table.rows:
        unparsed += _lines(text, at, row[0].start)
        unparsed += not _words(text, _cell(row, words)) and any(_words(text, c) for c in row)
        at = max(cell.stop for cell in row)
    return header, unparsed + _lines(text, at, len(text)) - (header.title is not None)


def _lines(text: str, start: int, stop: int) -> int:
    return sum(1 for _ in _LINE.finditer(text, start, stop))
