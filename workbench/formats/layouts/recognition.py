"""Which layout a text is in: told by what stands in it, never by its file name."""

from collections.abc import Sequence
from dataclasses import fields, replace

from workbench.formats.layouts import headings, plain, rows, timed
from workbench.formats.layouts.heading import heading
from workbench.formats.layouts.roles import speakers
from workbench.formats.textfile import Letters
from workbench.model.transcript import Header, Reading


def arranged(letters: Letters, interviewers: Sequence[str] = ()) -> Reading:
    """Return the reading of a text: its heading, its turns, and who speaks.

    `interviewers` are labels that the user says are interviewers.

    >>> reading = arranged(Letters("Researcher 1: How?\\nAna: By asking.", "UTF-8"))
    >>> [(turn.speaker, turn.start, turn.stop) for turn in reading.turns], reading.layout
    ([('Researcher 1', 0, 18), ('Ana', 19, 34)], 'speaker: text')
    """
    text = letters.text
    top = heading(text)
    named = [*interviewers, *top.people]
    if top.header.interviewer:
        named += [name.strip() for name in top.header.interviewer.split(",")]
    found = (
        rows.arrangement(text, top.body, letters.rows)
        or headings.arrangement(text, top.body, letters.headings)
        or timed.arrangement(text, top.body)
        or plain.arrangement(text, top.body, named=named, wrapped=letters.wrapped_by_hand)
    )
    header = _together(top.header, found.header)
    who, guessed = speakers(text, found.turns, interviewers, header.interviewer)
    return Reading(
        text=text,
        turns=found.turns,
        header=header,
        speakers=who,
        layout=found.layout,
        encoding=letters.encoding,
        unparsed=found.unparsed,
        guesses=letters.guesses + top.guesses + found.guesses + guessed,
        left_out=letters.left_out,
    )


def _together(first: Header, second: Header) -> Header:
    """Return one header of two; where both say something, the first is right."""
    missing = {
        field.name: getattr(second, field.name)
        for field in fields(Header)
        if getattr(first, field.name) is None
    }
    return replace(first, **missing)
