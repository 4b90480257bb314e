"""What the team knows of its transcripts: the topics noted so far, and what is unread."""

from typing import NamedTuple

from workbench.project import notes
from workbench.project.opening import Project
from workbench.project.transcript_page import transcript_names


class Noted(NamedTuple):
    """One memo of a topic; without a transcript, it is noted elsewhere in the project."""

    memo_id: str
    transcript: str
    start: int | None
    stop: int | None
    text: str
    person: str


class Topic(NamedTuple):
    """One title of memos, with every memo that bears it."""

    title: str
    places: tuple[Noted, ...]

    @property
    def transcripts(self) -> int:
        """How many transcripts it was noted in."""
        return len({place.transcript for place in self.places if place.transcript})


def topics(project: Project) -> list[Topic]:
    """Return the titles of all memos, the most frequent first, then by alphabet.

    Titles that differ in capitals or blanks only are one; it is called as it was first.
    """
    called: dict[str, str] = {}
    held: dict[str, list[Noted]] = {}
    for memo in notes.memos(project):
        title = " ".join(memo["title"].split())
        if title:
            called.setdefault(title.casefold(), title)
            place = Noted(*(memo[field] for field in Noted._fields))
            held.setdefault(title.casefold(), []).append(place)
    found = [Topic(called[key], tuple(places)) for key, places in held.items()]
    return sorted(found, key=lambda topic: (-len(topic.places), topic.title.casefold()))


def unread(project: Project, person: str | None = None) -> list[str]:
    """Return the transcripts that nobody, or that one person, has read or listened to."""
    done = {r["transcript"] for r in notes.readings(project) if person in (None, r["person"])}
    return [name for name in transcript_names(project) if name not in done]
