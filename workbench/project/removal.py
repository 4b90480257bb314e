"""What goes when earlier texts are removed, what stands in the way, and which names would stay."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy.engine import Connection

from workbench.model.report import counted
from workbench.project import blindness, name_places
from workbench.project.name_places import ANY_CASE, PLACES, Held
from workbench.stages.familiarisation.pseudonyms import find
from workbench.store import audit, removing

_PLACE = {
    (table, column): place
    for place, tables in PLACES.items()
    for table, columns in tables.items()
    for column in columns
} | {("transcript_version", "source_name"): "headers"}
_AROUND = 30


class NameLeft(NamedTuple):
    """A name that would stay in the project: which, in which place, and the words around it."""

    name: str
    place: str
    of: str
    before: str
    match: str
    after: str


class Going(NamedTuple):
    """What goes, in numbers, and what stands in the way.

    `files` are those of current texts that are not the text itself: documents, with what
    else is in them. `codings` and `memos` wait for a place on earlier texts.
    """

    texts: int
    files: int
    acts: int
    codings: int
    memos: int
    left: tuple[NameLeft, ...]

    def lines(self) -> list[str]:
        """Return in sentences what would go, and what stands in the way."""
        files = f", {counted(self.files, 'files of current texts')}" if self.files else ""
        found = [
            f"To go for good: {counted(self.texts, 'earlier texts')}{files}, and the content of "
            f"{counted(self.acts, 'entries of the history')}."
        ]
        if self.codings or self.memos:
            found.append(
                f"In the way: {counted(self.codings, 'codings')} and "
                f"{counted(self.memos, 'memos')} on earlier texts."
            )
        if self.left:
            found.append(
                f"In the way: {counted(len(self.left), 'names of the key')} that would stay."
            )
        return found


def going(connection: Connection, names: Sequence[str]) -> Going:
    """Return what would go, and where any of these names would stay.

    Of what is shut to who reads, the words around a name are not told.
    """
    texts = list(removing.earlier(connection))
    untold = blindness.shut_own_statements(connection)
    return Going(
        sum(not one.current for one in texts),
        sum(one.current for one in texts),
        removing.entries(connection),
        len(audit.codings_on_old_texts(connection)),
        removing.memos_on_earlier(connection),
        tuple(
            hit._replace(before="", after="") if held.row_id in untold else hit
            for held in _staying(connection)
            for hit in _hits(held, names)
        ),
    )


def _staying(connection: Connection) -> Iterator[Held]:
    """Yield every text that stays: those of transcripts, and all that is written beside."""
    yield from name_places.texts(connection)
    for table, row_id, column, text in removing.kept(connection):
        place = _PLACE.get((table, column), table.replace("_", " "))
        yield Held(place, table, row_id, column, _words(text))


def _words(text: str) -> str:
    """Return what stands in a text, or in the JSON that it is.

    >>> _words('[["\\\\u00c5se",0]]'), _words("[laughs]"), _words("Well.")
    ('Åse', '[laughs]', 'Well.')
    """
    if text[:1] not in "[{":
        return text
    try:
        return "\n".join(_strings(json.loads(text)))
    except ValueError:
        return text


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, dict):
        for key, value in held.items():
            yield from (key, *_strings(value))
    elif isinstance(held, list):
        for value in held:
            yield from _strings(value)


def _hits(held: Held, names: Sequence[str]) -> Iterator[NameLeft]:
    of = held.transcript or held.table.replace("_", " ")
    for hit in find(held.text, names, any_case=held.place in ANY_CASE).hits:
        start, stop = hit.start, hit.stop
        yield NameLeft(
            names[hit.number],
            held.place,
            of,
            held.text[max(start - _AROUND, 0) : start],
            held.text[start:stop],
            held.text[stop : stop + _AROUND],
        )
