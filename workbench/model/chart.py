"""The chart: cells, their statements, and the kinds of silence (law 7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

StatementKind = Literal["summary", "verbatim", "comment"]
STATEMENT_KINDS: tuple[StatementKind, ...] = ("summary", "verbatim", "comment")

Mark = Literal["not asked", "nothing said"]
MARKS: tuple[Mark, ...] = ("not asked", "nothing said")
"""What a person says about a cell that holds no statement."""

NOT_INDEXED = "not indexed"
NOTHING_SAID = "nothing said"
NOT_ASKED = "not asked"
NOT_CHARTED = "indexed, not charted"
CHARTED = "charted"
STALE = "stale"
REVIEWED = "reviewed"
FILLED = (CHARTED, STALE, REVIEWED)
STATES = (NOT_INDEXED, NOTHING_SAID, NOT_ASKED, NOT_CHARTED, CHARTED, STALE, REVIEWED)


@dataclass(frozen=True, slots=True)
class Statement:
    """One line of a cell: the analyst's summary, the person's words, or a comment."""

    statement_id: str
    kind: StatementKind
    text: str
    evidence: tuple[str, ...] = ()
    """Ids of the codings it rests on; a comment may have none."""


Seen = tuple[str, int, int, str]
"""A coding as a cell's writer saw it: id, where its words in the case start and stop, and code.

The code's id is empty where an older workbench noted the coding.
"""


def seen_text(codings: Iterable[Seen]) -> str:
    """Return the codings that a cell was written from as one text, in a fixed order.

    >>> seen_text([("b", 7, 9, "tools"), ("a", 0, 4, "")])
    'a:0:4 b:7:9:tools'
    """
    return " ".join(":".join(map(str, one if one[3] else one[:3])) for one in sorted(codings))


def seen_codings(text: str) -> list[Seen]:
    """Return what `seen_text` wrote down.

    >>> seen_codings("a:0:4 b:7:9:tools")
    [('a', 0, 4, ''), ('b', 7, 9, 'tools')]
    """
    parts = (one.split(":") for one in text.split())
    return [(coding, int(start), int(stop), "".join(code)) for coding, start, stop, *code in parts]


class Differences(NamedTuple):
    """What came to a cell since it was last written or reviewed; ids of codings."""

    gone: tuple[str, ...]
    changed: tuple[str, ...]
    new: tuple[str, ...]


def differences(
    then: Iterable[Seen], here: Iterable[str], anywhere: Mapping[str, Seen]
) -> Differences:
    """Return how the codings of a cell differ from those it was written from.

    `here` are the codings of the cell now, `anywhere` those of the case, whatever their
    code: a coding that was seen is gone only if the case has it no more.

    >>> differences([("a", 0, 4, "x"), ("b", 5, 9, "x")], ["c"], {"b": ("b", 5, 8, "x")})
    Differences(gone=('a',), changed=('b',), new=('c',))
    """
    seen = {one[0]: one for one in then}
    return Differences(
        tuple(i for i in seen if i not in anywhere),
        tuple(i for i, one in seen.items() if i in anywhere and _differs(one, anywhere[i])),
        tuple(i for i in dict.fromkeys(here) if i not in seen),
    )


def _differs(then: Seen, now: Seen) -> bool:
    return then[1:3] != now[1:3] or (then[3] != "" and then[3] != now[3])
