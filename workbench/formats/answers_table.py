"""Cases with open-ended answers: one row a case, as a survey or a spreadsheet has them.

One column tells the rows apart. Columns of sentences are answers, each a text of its own;
the others are attributes. What is not said by hand is concluded from the values and told.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workbench.errors import BadFile, BadTable
from workbench.formats import tables
from workbench.model.report import ImportReport

_KEYS = (
    *("id", "case", "respondent", "respondent id", "participant", "participant id", "key"),
    *("response id", "responseid", "nr", "number", "name", "code"),
    *("deltaker", "deltakernummer", "informant", "løpenummer", "nummer", "navn"),
)
_WORDS, _LONG, _DIFFERENT = 4, 12, 0.5
"""Words of an answer on average, or of the longest; and which share of the values differ."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """One row: the case, its answers by column, its attributes by column."""

    line: int
    case: str
    answers: dict[str, str]
    attributes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Answers:
    """A table of answers; `columns` are those of the answers, in their order."""

    path: str
    key: str
    columns: tuple[str, ...]
    rows: tuple[Answerer, ...]
    report: ImportReport


def recognises(path: Path) -> bool:
    """Tell whether a table has a column that tells its rows apart, and one of sentences."""
    try:
        head, body = _read(path, tables.beginning(path), ImportReport(""))
        key = _key(str(path), head, body, None)[0]
        return bool(_of_words(head, body, key))
    except BadFile:
        return False


def read(path: Path, key: str | None = None, texts: Sequence[str] = ()) -> Answers:
    """Return the answers in a csv, tsv or xlsx file.

    `key` is the column that tells rows apart, `texts` are those of answers; what is not
    given is concluded.

    Raises:
        BadTable: there is no such column, it has a value twice or none in a row, or no
            column has answers.
        BadFile: the file cannot be read at all.
    """
    report = ImportReport(path.name)
    head, body = _read(path, tables.records_of(path, report), report)
    place, because = _key(str(path), head, body, key)
    if because:
        what = f"rows are told apart by the column “{head[place]}”"
        report.guess(what, because, "likely", path.name)
    chosen = [_place(str(path), head, name) for name in texts]
    if not chosen:
        chosen = _of_words(head, body, place)
        said = ", ".join(f"“{head[i]}”" for i in chosen)
        if chosen:
            what = f"each answer in {said} is a text of its own, the other columns are attributes"
            report.guess(what, "their values are sentences", "unsure", path.name)
    if not chosen or place in chosen:
        problem = "no column has answers in words."
        raise BadTable(path, "line 1", problem, "Name the columns of answers (--texts).")
    rows = tuple(_rows(str(path), head, body, place, chosen))
    return Answers(str(path), head[place], tuple(head[i] for i in chosen), rows, report)


def _read(
    path: Path, records: Iterable[tuple[int, list[str]]], report: ImportReport
) -> tuple[dict[int, str], list[tuple[int, list[str]]]]:
    """Return the columns that have a name, by their place, and the rows with any value."""
    found = [(line, r) for line, r in records if any(f.strip() for f in r)]
    if len(found) < 2:
        raise BadTable(path, "the file", "it has no rows.", "Write the column names first.")
    (line, first), body = found[0], found[1:]
    head = {i: " ".join(f.split()) for i, f in enumerate(first) if f.strip()}
    folded = [h.casefold() for h in head.values()]
    twice = next((h for h in head.values() if folded.count(h.casefold()) > 1), None)
    if twice is not None:
        problem = f"the column “{twice}” stands twice."
        raise BadTable(path, f"line {line}", problem, "Rename one.")
    if len(head) > tables.MAX_COLUMNS or len(body) > tables.MAX_ROWS:
        raise BadTable(path, "the file", "there are too many rows or columns.")
    if any(_value(r, i) for _, r in body for i in range(len(r)) if i not in head):
        report.leave_out("columns", "they have no name", path.name)
    return head, body


def _value(fields: Sequence[str], place: int) -> str:
    return fields[place].strip() if place < len(fields) else ""


def _place(path: str, head: dict[int, str], name: str) -> int:
    wanted = " ".join(name.split()).casefold()
    found = next((i for i, h in head.items() if h.casefold() == wanted), None)
    if found is None:
        known = ", ".join(f"“{h}”" for h in head.values())
        raise BadTable(path, "line 1", f"there is no column “{name}”.", f"Columns here: {known}.")
    return found


def _key(
    path: str, head: dict[int, str], body: Sequence[tuple[int, list[str]]], given: str | None
) -> tuple[int, str]:
    """Return the place of the column that tells rows apart, and why it is it if not given."""
    if given is not None:
        return _place(path, head, given), ""
    alone = [i for i in head if _tells_apart([_value(r, i) for _, r in body])]
    called = [i for i in alone if head[i].casefold() in _KEYS]
    if called:
        return min(called, key=lambda i: _KEYS.index(head[i].casefold())), "it is called so"
    short = [i for i in alone if all(len(_value(r, i)) <= 60 for _, r in body)]
    if not short:
        problem = "no column has another value in every row, to tell them apart."
        raise BadTable(path, "line 1", problem, "Name the column that does (--key).")
    return short[0], "no two rows have the same value there"


def _tells_apart(values: Sequence[str]) -> bool:
    return all(values) and len({v.casefold() for v in values}) == len(values)


def _of_words(head: dict[int, str], body: Sequence[tuple[int, list[str]]], key: int) -> list[int]:
    """Return the places of the columns whose values are sentences."""
    found = []
    for place in head:
        values = [v for _, r in body if (v := _value(r, place))]
        if place == key or not values:
            continue
        sizes = [len(v.split()) for v in values]
        many = sum(sizes) / len(sizes) >= _WORDS and max(sizes) >= _LONG
        if many and len(set(values)) >= _DIFFERENT * len(values):
            found.append(place)
    return found


def _rows(
    path: str,
    head: dict[int, str],
    body: Sequence[tuple[int, list[str]]],
    key: int,
    texts: Sequence[int],
) -> list[Answerer]:
    seen: dict[str, int] = {}
    found = []
    for line, fields in body:
        case = " ".join(_value(fields, key).split())
        if not case:
            raise BadTable(path, f"line {line}", f"the column “{head[key]}” is empty here.")
        if case.casefold() in seen:
            problem = f"“{case[:40]}” stands in line {seen[case.casefold()]} already."
            raise BadTable(path, f"line {line}", problem, "Name a column that tells rows apart.")
        seen[case.casefold()] = line
        answers = {head[i]: v for i in texts if (v := _value(fields, i))}
        others = [i for i in head if i != key and i not in texts]
        attributes = {head[i]: v for i in others if (v := _value(fields, i))}
        found.append(Answerer(line, case, answers, attributes))
    return found
