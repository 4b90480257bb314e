"""A search over all transcripts as a page shows it: the first hits in context, and all counts."""

from typing import NamedTuple

from workbench.project.opening import Project
from workbench.stages.familiarisation import search as searching
from workbench.store import passages

MOST_PAINTED = 2_000
"""Hits that are painted in one transcript; a page with more is slow and shows nothing more."""


class ShownHit(NamedTuple):
    """One place where the words stand; `before` and `after` are the text around it."""

    transcript: str
    turn: int | None
    speaker: str
    start: int
    stop: int
    before: str
    match: str
    after: str


class Found(NamedTuple):
    """What a search found: hits by transcript as they came in, at most so many of them."""

    hits: tuple[ShownHit, ...]
    counts: dict[str, int]
    """How many hits each transcript has, those with none left out."""

    @property
    def total(self) -> int:
        """How many hits there are in all."""
        return sum(self.counts.values())


def found(
    project: Project,
    words: str,
    *,
    regex: bool = False,
    whole_words: bool = True,
    match_case: bool = False,
    context: int = 60,
    most: int = 100,
    within: str | None = None,
) -> Found:
    """Return where words stand in the current texts, of all transcripts or `within` one.

    Several words are a phrase; `*` at the end of a word stands for any ending.

    Raises:
        BadValue: the words are no search (see `stages.familiarisation.search.pattern`).
        SearchTooSlow: they are a regular expression that took too long.
    """
    pattern = searching.pattern(
        words, regex=regex, whole_words=whole_words, ignore_case=not match_case
    )
    shown: list[ShownHit] = []
    counts: dict[str, int] = {}
    with project.reading() as connection:
        for _, version, name, _ in passages.transcripts(connection):
            if within not in (None, name):
                continue
            text, turns = passages.text(connection, version)
            hits = searching.find(text, pattern)
            if hits:
                counts[name] = len(hits)
            for start, stop in hits[: max(most - len(shown), 0)]:
                before, after = text[max(start - context, 0) : start], text[stop : stop + context]
                match = text[start:stop]
                shown.append(ShownHit(name, *turns.at(start), start, stop, before, match, after))
    return Found(tuple(shown), counts)


def places(project: Project, transcript: str, words: str, **options: bool) -> list[tuple[int, int]]:
    """Return start and stop of every hit in one transcript, in order.

    Raises:
        BadValue, SearchTooSlow: see `found`.
    """
    hits = found(project, words, most=MOST_PAINTED, within=transcript, **options).hits
    return [(hit.start, hit.stop) for hit in hits]
