"""Pseudonyms from proposal to key: a table of names is written, edited by a person, applied."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from sqlalchemy.engine import Connection

from workbench.errors import BadTable, BadValue, CannotWrite, Refused, few
from workbench.formats import files, keyfile, pseudonym_table
from workbench.formats.keyfile import KeyRow
from workbench.formats.pseudonym_table import NameRow
from workbench.model.report import ImportReport
from workbench.model.transcript import Turn
from workbench.project import edits, name_places
from workbench.project.edits.pseudonyms import Chosen
from workbench.project.name_places import ANY_CASE, REPLACEABLE, Held
from workbench.project.opening import Project
from workbench.stages.familiarisation.name_finding import COMMON as COMMON
from workbench.stages.familiarisation.name_finding import (
    Candidate,
    Said,
    candidates,
    language_model,
    with_replacements,
)
from workbench.stages.familiarisation.pseudonyms import Pseudonym, find, written
from workbench.store import records

__all__ = [
    "NameHit",
    "NameRow",
    "apply",
    "chosen",
    "hits",
    "hits_of",
    "key_for",
    "propose",
    "proposed",
    "real_names",
]

_A_LETTER = "at least one letter"
_SHOWN = 3
"""So many hits of a name stand in context in the proposal; `hits` gives all."""


def propose(
    project: Project,
    path: Path,
    *,
    given: Path | None = None,
    patterns: Sequence[str] = (),
    model: str | None = None,
    least: int = 2,
) -> int:
    """Write a table of what may be names, with pseudonyms, for a person to edit; return how many.

    `given` is a table of known names, `patterns` are regular expressions, `model` is a
    language model of spaCy, `least` how often a capitalised word stands within sentences.

    Raises:
        CannotWrite: something stands at `path`, or nothing can be written there.
        BadFile: the table of known names cannot be read.
        BadValue, SearchTooSlow, MissingExtra: see `name_finding`.
    """
    if files.stands(path):
        raise CannotWrite(path, "a file stands there, which may hold your choices; name another")
    known = pseudonym_table.read(given) if given is not None else []
    rows = proposed(project, given=known, patterns=patterns, model=model, least=least)
    return pseudonym_table.write(rows, path)


def proposed(
    project: Project,
    *,
    given: Sequence[NameRow] = (),
    patterns: Sequence[str] = (),
    model: str | None = None,
    least: int = 2,
) -> list[NameRow]:
    """Return what may be names, with pseudonyms, as `propose` writes it.

    Raises:
        BadValue, SearchTooSlow, MissingExtra: see `name_finding`.
    """
    with project.reading() as connection:
        texts, said = _said(connection)
        other = list(name_places.written(connection))
    found = candidates(
        said,
        given=[Candidate(row.name, row.kind or "given", row.replacement) for row in given],
        patterns=patterns,
        entities=language_model(model) if model else None,
        least=least,
    )
    everything = [*texts, *other]
    told = with_replacements(found, (held.text for held in everything))
    by_name = _by_name([one.name for one in told], everything)
    where = {row.name: row.where for row in given}
    return [_row(one, by_name[n], where.get(one.name, ())) for n, one in enumerate(told)]


def _said(connection: Connection) -> tuple[list[Held], list[Said]]:
    """Return the texts, and each with its turns and labels."""
    texts, said = list(name_places.texts(connection)), []
    for held in texts:
        (version,) = records.by_ids(
            connection, "transcript_version", [held.row_id], "transcript_id", "turns"
        )
        speakers = records.find(
            connection, "speaker", "label", transcript_id=version["transcript_id"]
        )
        said.append(
            Said(
                held.text,
                [Turn(*t) for t in json.loads(version["turns"])],
                [str(s["label"]) for s in speakers],
            )
        )
    return texts, said


def _by_name(names: Sequence[str], everything: Iterable[Held]) -> list[list[tuple[Held, int, int]]]:
    """Return the hits of each name, every name sought for itself."""
    found: list[list[tuple[Held, int, int]]] = [[] for _ in names]
    for held in everything:
        for number, name in enumerate(names):
            hits = find(held.text, [name], any_case=held.place in ANY_CASE).hits
            found[number] += [(held, h.start, h.stop) for h in hits]
    return found


def _row(one: Candidate, hits: Sequence[tuple[Held, int, int]], where: Sequence[str]) -> NameRow:
    places = [held.place for held, _, _ in hits]
    counted = Counter(_of(held) for held, _, _ in hits)
    return NameRow(
        one.name,
        one.kind,
        one.replacement,
        tuple(where) or tuple(p for p in REPLACEABLE if p in places),
        "; ".join(f"{name} {number}" for name, number in counted.items()),
        " | ".join(_around(*hit) for hit in hits[:_SHOWN]),
        len(hits),
    )


def _of(held: Held) -> str:
    """Return what to call the thing that holds a text: a transcript by its name."""
    return held.transcript or held.table.replace("_", " ")


def _around(held: Held, start: int, stop: int, context: int = 30) -> str:
    """Return a hit with the words around it, on one line."""
    before, after = held.text[max(start - context, 0) : start], held.text[stop : stop + context]
    return " ".join(f"{before}[{held.text[start:stop]}]{after}".split())


class NameHit(NamedTuple):
    """One place where a name of a table stands, and what will stand there.

    `becomes` is empty where it stays: in a framework, or in a place that is not chosen.
    """

    name: str
    place: str
    of: str
    start: int
    before: str
    match: str
    after: str
    becomes: str


def hits(project: Project, path: Path, *, context: int = 30) -> list[NameHit]:
    """Return every place where a name of a table stands, in the order of the places.

    Raises:
        BadFile: the table cannot be read.
    """
    return hits_of(project, _rows(path), context=context)


def hits_of(project: Project, rows: Sequence[NameRow], *, context: int = 30) -> list[NameHit]:
    """Return every place where one of these names stands, in the order of the places."""
    with project.reading() as connection:
        everything = [*name_places.texts(connection), *name_places.written(connection)]
    return [hit for held in everything for hit in _hits(held, rows, context)]


def _hits(held: Held, rows: Sequence[NameRow], context: int) -> Iterator[NameHit]:
    here = [r for r in rows if held.place in _where(r)]
    for hit in find(held.text, [r.name for r in here], any_case=held.place in ANY_CASE).hits:
        row, words = here[hit.number], held.text[hit.start : hit.stop]
        yield _told(held, row, hit.start, hit.stop, context, written(words, _pair(row)))
    if held.place not in REPLACEABLE:
        for hit in find(held.text, [r.name for r in rows]).hits:
            yield _told(held, rows[hit.number], hit.start, hit.stop, context, "")


def _told(held: Held, row: NameRow, start: int, stop: int, context: int, becomes: str) -> NameHit:
    text = held.text
    return NameHit(
        row.name,
        held.place,
        _of(held),
        start,
        text[max(start - context, 0) : start],
        text[start:stop],
        text[stop : stop + context],
        becomes,
    )


def _pair(row: NameRow) -> Pseudonym:
    return Pseudonym(row.name, row.replacement)


def _where(row: NameRow) -> tuple[str, ...]:
    """Return the places in which a row has its name replaced."""
    return (row.where or REPLACEABLE) if row.replacement else ()


def _rows(path: Path) -> list[NameRow]:
    rows = pseudonym_table.read(path)
    for row in rows:
        for place in row.where:
            if place not in REPLACEABLE:
                raise BadTable(
                    path,
                    f"the name “{row.name}”",
                    f"“{place}” is no place of names.",
                    f"Places are {', '.join(REPLACEABLE)}.",
                )
    return rows


def apply(
    project: Project,
    path: Path,
    key: Path,
    passphrase: str,
    *,
    reason: str = "pseudonymised",
) -> ImportReport:
    """Replace the names of a table that have a pseudonym, and note them in the key.

    The key is written first, so that no name is replaced which nobody can tell afterwards;
    when nothing is replaced it stays as it was. A key that stands there is added to.

    Raises:
        BadFile: the table or the key cannot be read, or the passphrase does not open it.
        CannotWrite: the key cannot be written, or would stand in the project's place.
        BadValue: the passphrase is empty.
        Refused: the key calls a name otherwise; and as `edits.pseudonymise` does.
    """
    rows = _rows(path)
    if not passphrase:
        raise BadValue("The passphrase", passphrase, _A_LETTER)
    if project.rehearses:
        return edits.pseudonymise(project, chosen(rows), reason=reason)
    _refuse_own_files(project, path, key)
    with _kept(key, _added(key, passphrase, rows), passphrase):
        return edits.pseudonymise(project, chosen(rows), reason=reason)


def chosen(rows: Sequence[NameRow]) -> list[Chosen]:
    """Return the names of a table that have a pseudonym, as `edits.pseudonymise` takes them."""
    return [Chosen(row.name, row.replacement, _where(row)) for row in rows if row.replacement]


def key_for(rows: Sequence[NameRow], passphrase: str, held: bytes | None = None) -> bytes:
    """Return the key for the names of a table that have a pseudonym, as the bytes of its file.

    With `held`, those of a key from before, they are added to it.

    Raises:
        BadFile: it is no key, or the passphrase does not open it.
        BadValue: the passphrase is empty.
        Refused: the key calls a name otherwise.
    """
    if not passphrase:
        raise BadValue("The passphrase", passphrase, _A_LETTER)
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder) / "names.key"
        if held is not None:
            key.write_bytes(held)
        keyfile.write(_added(key, passphrase, rows), key, passphrase)
        return key.read_bytes()


def _refuse_own_files(project: Project, path: Path, key: Path) -> None:
    others = [path, Path(project.where)] if project.store.is_file else [path]
    if any(key.resolve() == other.resolve() for other in others):
        raise CannotWrite(key, "the key needs a file of its own; name another")


def _added(key: Path, passphrase: str, rows: Sequence[NameRow]) -> list[KeyRow]:
    """Return what the key holds, and the names of a table that it does not."""
    rows = [row for row in rows if row.replacement]
    held = keyfile.read(key, passphrase) if files.stands(key) else []
    called = {row.name: row.replacement for row in held}
    other = [r.name for r in rows if called.get(r.name, r.replacement) != r.replacement]
    if other:
        raise Refused(
            f"The key calls {few(other)} otherwise than the table does. Use the pseudonym of the "
            "key, or write another key."
        )
    return [*held, *(KeyRow(*row[:3]) for row in rows if row.name not in called)]


@contextmanager
def _kept(key: Path, rows: Sequence[KeyRow], passphrase: str) -> Iterator[None]:
    """Write a key, and put back what stood there when the work inside fails."""
    before = key.read_bytes() if files.stands(key) else None
    keyfile.write(rows, key, passphrase)
    try:
        yield
    except BaseException:
        if before is None:
            key.unlink(missing_ok=True)
        else:
            with files.replacing(key) as beside:
                beside.write_bytes(before)
        raise


def real_names(key: Path, passphrase: str) -> list[KeyRow]:
    """Return what a key holds.

    Raises:
        BadFile: it is no key, or the passphrase does not open it.
    """
    return keyfile.read(key, passphrase)
