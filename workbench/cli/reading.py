"""Commands that show what there is: transcripts, cases, search, trace, coverage."""

from pathlib import Path
from typing import Annotated

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.options import (
    Date,
    Field,
    Framework,
    Json,
    Note,
    Pairs,
    Reason,
    Transcript,
    Value,
    Where,
    Who,
    pairs,
)
from workbench.cli.projects import opened, say
from workbench.errors import BadValue

_NO_TEXTS = "Bring transcripts in: workbench import PROJECT FILE..."
_TURN = ("transcript", "position", "speaker", "start", "stop")
_OPEN = ("turns", "transcripts", "cells", "statements", "filling")


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    for command in (
        search,
        trace,
        transcripts,
        speakers,
        cases,
        coverage,
        header,
        describe,
        speaker,
    ):
        app.command()(command)
    app.command("correct")(correct)
    app.command("reading")(log_reading)
    app.command("readings")(readings)


def correct(
    where: Where,
    transcript: Transcript,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The corrected text.")],
    reason: Reason = "",
    who: Who = None,
) -> None:
    """Give a transcript a corrected text as its next version; its codings go along.

    Those whose words changed wait for a place: see “unplaced”.
    """
    with opened(where, who) as project:
        report = project.correct(transcript, file, reason=reason)
    for line in report.lines():
        show.line(line)


def search(
    where: Where,
    words: Annotated[list[str], typer.Argument(metavar="WORDS")],
    regex: Annotated[bool, typer.Option(help="WORDS is a regular expression.")] = False,
    parts: Annotated[bool, typer.Option(help="Find parts of words too.")] = False,
    match_case: Annotated[bool, typer.Option(help="Tell capitals from small letters.")] = False,
    context: Annotated[int, typer.Option(help="Characters shown on each side.")] = 40,
    most: Annotated[int | None, typer.Option("-n", help="Stop after so many hits.")] = None,
    as_json: Json = False,
) -> None:
    """Find a word, a phrase or word* in all transcripts, in context, with positions."""
    with opened(where) as project:
        hits = project.search(
            " ".join(words),
            regex=regex,
            whole_words=not parts,
            match_case=match_case,
            context=context,
            most=most,
        )
    show.table(hits, as_json=as_json)


def trace(
    where: Where,
    thing: Annotated[str, typer.Argument(metavar="ID", help="An id, a node, or “case × code”.")],
    framework: Framework = None,
    up: Annotated[bool, typer.Option("--up", help="What rests on it, instead.")] = False,
    as_json: Json = False,
) -> None:
    """Follow a cell, node, link or finding down to the words; or --up to what rests on it."""
    with opened(where) as project:
        step = (
            floor.rests_on.rests_on(project, thing)
            if up
            else floor.trace.trace(project, thing, framework=framework)
        )
    if as_json:
        show.one_record(step.as_dict())
    else:
        show.line("\n".join(step.lines()))


def transcripts(where: Where, as_json: Json = False) -> None:
    """List the transcripts, and how much of what participants say is coded."""
    with opened(where) as project:
        frame = floor.views.transcripts(project)
    show.table(frame, as_json=as_json, empty=_NO_TEXTS)


def speakers(where: Where, as_json: Json = False) -> None:
    """Show words and speaking time of each speaker in each transcript."""
    with opened(where) as project:
        frame = floor.views.speakers(project)
    show.table(frame, as_json=as_json, empty=_NO_TEXTS)


def cases(where: Where, as_json: Json = False) -> None:
    """List the cases with their attributes."""
    with opened(where) as project:
        frame = floor.views.cases(project).drop(columns="case_id")
    show.table(frame, as_json=as_json, keep=[*map(str, frame.columns)], empty=_NO_TEXTS)


def coverage(
    where: Where,
    of: Annotated[str, typer.Option(help=", ".join(_OPEN))] = "filling",
    framework: Framework = None,
    as_json: Json = False,
) -> None:
    """Show what is still open: uncoded turns, uncharted cells, statements without words."""
    if of not in _OPEN:
        raise BadValue("Coverage", of, ", ".join(_OPEN))
    with opened(where) as project:
        frame = floor.views.coverage(project, framework)[of]
    columns = _TURN if of == "turns" else ()
    show.table(frame, as_json=as_json, columns=columns, empty="Nothing is open here.")


def header(
    where: Where, transcript: Transcript, field: Field, value: Value, who: Who = None
) -> None:
    """Set a field of a transcript's header.

    FIELD is title, date, duration_minutes, mode, setting, interviewer, language or
    order_number.
    """
    with opened(where, who) as project:
        floor.edits.change_header(project, transcript, field, value)
        say(project)


def describe(where: Where, transcript: Transcript, fields: Pairs, who: Who = None) -> None:
    """Set several fields of a transcript's header at once, such as mode=video."""
    with opened(where, who) as project:
        floor.edits.describe_transcript(project, transcript, pairs(fields))
        say(project)


def speaker(
    where: Where,
    transcript: Transcript,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="As it stands in the text.")],
    role: Annotated[
        str, typer.Argument(metavar="ROLE", help="interviewer, participant or unknown.")
    ],
    who: Who = None,
) -> None:
    """Say that a speaker is an interviewer or a participant."""
    with opened(where, who) as project:
        floor.edits.set_speaker_role(project, transcript, label, role)  # type: ignore[arg-type]  # checked there
        say(project)


def log_reading(
    where: Where,
    transcript: Transcript,
    listened: Annotated[bool, typer.Option("--listened", help="To the recording.")] = False,
    date: Date = "",
    note: Note = "",
    who: Who = None,
) -> None:
    """Note that somebody read (or listened to) a transcript."""
    how = "listened" if listened else "read"
    with opened(where, who) as project:
        floor.edits.log_reading(project, transcript, how=how, date=date, note=note)
        say(project)


def readings(where: Where, as_json: Json = False) -> None:
    """List who read, or listened to, which transcript."""
    with opened(where) as project:
        rows = floor.notes.readings(project)
    show.rows(
        rows,
        floor.notes.READINGS,
        as_json=as_json,
        columns=("person", "transcript", "how", "date", "note", "reading_id"),
        empty="Note one: workbench reading PROJECT TRANSCRIPT.",
    )
