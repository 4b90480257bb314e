"""The cases as a page shows them: a grid of attributes, and the words that are a case's."""

from typing import NamedTuple

import sqlalchemy as sa

from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import passages, records
from workbench.store.schema import ROWS


class HeldAttribute(NamedTuple):
    """One attribute of cases with its declared type."""

    name: str
    type: str
    row_version: int


class HeldCase(NamedTuple):
    """One case; `values` has the attributes that it has a value of, as text."""

    case_id: str
    label: str
    values: dict[str, str]
    row_version: int


class CaseGrid(NamedTuple):
    """The cases and their attributes, each in its order."""

    attributes: tuple[HeldAttribute, ...]
    cases: tuple[HeldCase, ...]


class HeldSpan(NamedTuple):
    """One stretch of a transcript that is a case's; `whole` if it is all of the text."""

    transcript: str
    start: int
    stop: int
    turn: int | None
    speaker: str
    words: str
    whole: bool


def grid(project: Project) -> CaseGrid:
    """Return the cases with their attributes, in the order of the chart's rows."""
    with project.reading() as connection:
        cases = records.find(connection, "case")
        attributes = sorted(records.find(connection, "attribute"), key=lambda a: a["position"])
        values = records.find(connection, "attribute_value")
    name = {a["id"]: a["name"] for a in attributes}
    held: dict[str, dict[str, str]] = {c["id"]: {} for c in cases}
    for value in values:
        if value["case_id"] in held and value["attribute_id"] in name:
            held[value["case_id"]][name[value["attribute_id"]]] = value["value"]
    cases.sort(key=lambda c: (c["position"], c["id"]))
    return CaseGrid(
        tuple(HeldAttribute(a["name"], a["type"], a["row_version"]) for a in attributes),
        tuple(HeldCase(c["id"], c["label"], held[c["id"]], c["row_version"]) for c in cases),
    )


def spans(project: Project, case: str) -> list[HeldSpan]:
    """Return the stretches of the current texts that are a case's, in order.

    Raises:
        UnknownName: there is no such case.
    """
    s = ROWS["case_span"]
    with project.reading() as connection:
        row = Names(connection).case(case)
        query = (
            sa.select(s.c.transcript_version_id, s.c.start, s.c.stop)
            .where(~s.c.withdrawn, s.c.case_id == row["id"])
            .order_by(s.c.start)
        )
        held: dict[str, list[tuple[int, int]]] = {}
        for version, start, stop in connection.execute(query):
            held.setdefault(version, []).append((start, stop))
        found = []
        for _, version, name, length in passages.transcripts(connection):
            if version in held:
                text, turns = passages.text(connection, version)
                for start, stop in held[version]:
                    whole = (start, stop) == (0, length)
                    words = " ".join(text[start:stop][:_WORDS].split())
                    place = (None, "") if whole else turns.at(start)
                    found.append(HeldSpan(name, start, stop, *place, words, whole))
    return found


_WORDS = 120
"""Letters of a stretch that are shown."""


def wordless(project: Project) -> list[str]:
    """Return the cases that no words of any transcript belong to."""
    c, s = ROWS["case"], ROWS["case_span"]
    having = sa.select(s.c.case_id).where(~s.c.withdrawn)
    query = sa.select(c.c.label).where(~c.c.withdrawn, c.c.id.not_in(having))
    with project.reading() as connection:
        return list(connection.execute(query.order_by(c.c.position)).scalars())
