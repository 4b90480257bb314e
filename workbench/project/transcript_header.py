"""What is said of one transcript beside its words: the header, and who its speakers are."""

from typing import NamedTuple

from workbench.project.names import Names
from workbench.project.opening import Project
from workbench.store import records

FIELDS = (
    "title",
    "date",
    "duration_minutes",
    "mode",
    "setting",
    "interviewer",
    "language",
    "order_number",
)
"""The fields of a header."""


class HeldSpeaker(NamedTuple):
    """One label of a transcript and what it was taken for."""

    label: str
    role: str
    row_version: int


class HeldHeader(NamedTuple):
    """The header of a transcript; fields are text, empty where nothing is said."""

    fields: dict[str, str]
    speakers: tuple[HeldSpeaker, ...]
    source: str
    layout: str
    row_version: int


def header(project: Project, transcript: str) -> HeldHeader:
    """Return the header of a transcript, its speakers, and what file it came from.

    Raises:
        UnknownName: there is no such transcript.
    """
    with project.reading() as connection:
        version = Names(connection).transcript(transcript)
        (row,) = records.by_ids(connection, "transcript", [version["transcript_id"]])
        (came,) = records.by_ids(
            connection, "transcript_version", [version["id"]], "source_name", "layout"
        )
        speakers = records.find(
            connection, "speaker", *HeldSpeaker._fields, transcript_id=row["id"]
        )
    return HeldHeader(
        {field: _text(row[field]) for field in FIELDS},
        tuple(HeldSpeaker(**speaker) for speaker in speakers),
        came["source_name"],
        came["layout"],
        row["row_version"],
    )


def _text(value: str | float | None) -> str:
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
