"""The sentences that the floors below make, for `collect`: English templates and words.

The floors below speak plain English and know of no language. Most of what they say is read
from their source (see `following`); what is put together there out of pieces that no reading
shows, and the words of ours that are put into sentences, stand here.
"""

import ast
import json
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

from workbench.model import (
    case,
    chart,
    coding,
    finding,
    framework,
    link,
    memo,
    transcript,
    undefined,
)
from workbench.model.report import counted
from workbench.ui.locale.following import read
from workbench.ui.locale.sources import Source
from workbench.ui.locale.templates import written

_WORKBENCH = Path(__file__).parents[2]
_FORMATS = _WORKBENCH / "formats"
_ELSEWHERE = (
    *("ui", "cli", "store/migrations", "project/study_out", "project/demonstration.py"),
    "project/rating_file.py",
)
"""The doors speak for themselves; what the others say is not shown on a page."""
_TABLES = (
    "store/schema.py",
    "store/charting_tables.py",
    "store/mapping_tables.py",
    "store/round_tables.py",
)
_ALSO = (
    "{what} cannot be {value}",
    "law {n}: {problem}",
    "{name}, line {n}: {problem}",
    "Worked in a blind run",
    "Charted in a blind round",
    "it is blind and not open yet",
    "it stands in this cell, cited by no statement",
    "the words speak for it",
    "the words speak against it",
    "they are blind and somebody else's",
    "undo: {summary}",
    "redo: {summary}",
    "set {counted}",
    "added {counted}",
    "renamed {counted}",
    "{where}: {problem}",
    "{path}: {problem}",
    "{what}, because {because}",
    "({n} more lines have problems.)",
    "{name} read “{text}”",
    "{name} listened to “{text}”",
    "{counted} it was written from is gone",
    "{counted} it was written from are gone",
    "{counted} it was written from changed",
    "the definition of the code changed",
    "the code “{name}”",
    "the category “{name}”",
    "was “{name}” in {name2}",
    "has another {names}",
    "stands under another heading",
    "stands before “{name}” now",
    "changed places",
    "had the number “{name}”",
    "{counted} since",
    "somebody else has it open",
    "the definition of “{name}” is another in {name2}",
    "the name is {n} % alike",
    "the definition is {n} % alike",
    "the same name",
    "{what}: changed on both sides",
    "withdrawn on one side, changed or used on the other",
    "two new things of one name: one thing, or two?",
    "put in another order on both sides",
    "corrected on both sides: which text is the current one?",
    "the type of one side does not fit values of the other: whose type and values?",
    "one side took away what it rests on in the other: whose evidence?",
    "levels of one side do not fit what stands under what in the other: whose are taken?",
    "dimensions, types and cases of both sides do not fit: whose are taken?",
    "made in two ways that cannot be one: whose version is taken?",
    "released here, so that it never changes: it stays as it is here, or undo its release first, "
    "and merge again",
    "words of cases and codings of both sides do not fit: whose are taken?",
    "marked on one side, written in on the other: whose cell is taken?",
    "two things in one place: whose is taken?",
    "not there",
    "withdrawn",
    "a coding in a blind run, not shown",
    "an own cell of a blind round, not shown",
    "a statement in an own cell of a blind round, not shown",
    "a memo at a coding in a blind run, not shown",
    "what goes with a coding in a blind run, not shown",
    "and {n} more",
    "type: {what}",
    "“{name}”: level {n}",
    "“{name}”: no level",
    "“{name}” stands under “{name2}”",
    "“{name}” stands in “{name2}”",
    "“{name}”: released",
    "“{name}”: draft",
    "cites {names}",
    "cites against it {names}",
    "dimension “{name}”: {names}",
    "type “{name}”: {names}",
    "Split “{name}” into {names}",
    "Merged {names} into “{name}”",
    "Went over into one another: {names} became {names2}",
    "Added the code “{name}”",
    "Added the category “{name}”",
    "Retired the code “{name}”",
    "Retired the category “{name}”",
    "The objective is another",
    "The definition of “{name}” is another",
    "The use when of “{name}” is another",
    "The not when of “{name}” is another",
    "The example of “{name}” is another",
    "The origin of “{name}” is another",
    "Moved “{name}” from “{name2}” to “{name3}”",
    "Moved “{name}” from “{name2}” to the top",
    "Moved “{name}” from the top to “{name2}”",
    "“{name}” has another place or number",
    "From {path} to {path2}, neither made from the other: what has the same id is the same.",
    "From {path} to {path2}, which share no ids: what is called alike is taken to be the same.",
    *(
        f"From {{path}} to {{path2}}{over}{later}, as the steps between them tell it{besides}."
        for over in ("", ", over {path3} that both come from")
        for later in ("", ", with steps of {names} that were adopted later")
        for besides in ("", "; {names2} tells none, and ids are compared there")
    ),
    *(
        f"Answered for {{path}} that {what}{because}"
        for what in (
            *("“{quote}” is {name}", "“{quote}” is nothing there"),
            *("{counted} are {name}", "{counted} are nothing there"),
        )
        for because in ("", ": {text}")
    ),
    "positions count code points",
    "positions count UTF-16 units",
    "a line end counts as one",
    "a line end counts as two",
    "the byte order mark counts",
    "the byte order mark does not count",
    "UTF-16 units count here as code points do",
    "the last position is inside",
    "the last position is outside",
    "{n} of {n2} selections then have the words of their names",
    "“{name}” is known to count so",
    "most selections then begin and end with whole words",
    "most positions are only then in the text",
    "nothing else tells, and the standard or most tools count so",
)
"""What is put together out of others, or cut out of them."""
_NOUNS = (
    "cases",
    "changed statements",
    "new statements",
    "withdrawn statements",
    "cells",
    "codings",
    "decisions",
    "facets",
    "ladders",
    "marks of cells",
    "matrices",
    "meetings",
    "memos",
    "placements",
    "cells of rounds of charting",
    "readings",
    "spans",
    "typologies",
    "footnotes",
    "endnotes",
    "comments",
    "embedded documents",
    "references of cases",
    "PDFs without a file",
    "anchors of notes",
    "values",
    "pictures",
    "embedded objects",
    "footnotes or endnotes",
    "page headers or footers",
    "text boxes",
    "link addresses",
    "list numbers or bullets",
    "tracked deletions",
    "stretches of deleted text",
    "stretches of hidden text",
    "cues without words",
    "lines above the first cue",
    "notes",
    "style blocks",
    "region blocks",
    "time marks",
    "formatted texts",
    "graphs",
    "sets",
    "descriptions of attributes",
    "last changes",
    "transcripts of recordings",
)
"""What imports count by the kinds of tables, and readers by the elements of documents."""
_WORDS = (
    *case.ATTRIBUTE_TYPES,
    *chart.MARKS,
    *chart.STATES,
    *chart.STATEMENT_KINDS,
    *coding.RUN_KINDS,
    *coding.OUTCOMES,
    *finding.VERIFICATION_OUTCOMES,
    *framework.STEP_KINDS,
    *framework.ORIGINS,
    *link.STANCES,
    *memo.MEMO_KINDS,
    *memo.PERSON_ROLES,
    *transcript.ROLES,
    *undefined.REASONS,
    "certain",
    " ".join(link.SIGNS),
    *(field.name.replace("_", " ") for field in fields(transcript.Header)),
    *("objective", "colours", "method", "stages", "synthetic", "duration minutes", "order number"),
    *("name", "role", "credentials", "occupation", "experience"),
    "citation",
    "month",
    "printed cells",
    "register entries",
    "timestamp",
    "under",
    "above",
    "open",
    "remove originals",
    "undo",
    "redo",
    *("value", "label", "handle", "position", "definition", "use when", "not when", "example"),
    *("origin", "colour", "uncertain", "result", "level", "note", "basis", "sign", "relation"),
    *("decision records", "findings", "verifications", "finished mark"),
    *("members of sets", "notes beside links", "things in graphs", "lines in graphs"),
    "codings of pictures, recordings and pages",
    "notes beside pictures, recordings and pages",
)


def sentences() -> Iterator[str | tuple[str, str]]:
    """Yield the templates of what comes from below; a counted noun has one and many."""
    source = read({str(p.relative_to(_WORKBENCH)): p.read_text("utf-8") for p in _files()})
    described = [text for path in sorted(_FORMATS.glob("*.json")) for text in _described(path)]
    told = (*_tables(source), *_verbs(source), *described)
    every = (*source.found, *_ALSO, *_WORDS, *told)
    yield from dict.fromkeys(every)
    pairs = {
        (f"{{n}}{counted(1, noun)[1:]}", f"{{n}}{counted(2, noun)[1:]}")
        for noun in (*source.nouns, *_NOUNS)
    }
    yield from sorted(pairs)


def _described(path: Path) -> list[str]:
    """Return what a schema of a file says that its fields must be."""
    found: list[str] = []

    def look(at: Any, top: bool) -> None:
        if isinstance(at, dict):
            if not top and isinstance(at.get("description"), str):
                found.append(written((at["description"],)))
            for one in at.values():
                look(one, False)
        if isinstance(at, list):
            for one in at:
                look(one, False)

    look(json.loads(path.read_text("utf-8")), True)
    return found


def _tables(source: Source) -> list[str]:
    """Return how the tables of the store are called in a sentence."""
    found = []
    for place, call in source.calls.get("rows", ()):
        if place.module in _TABLES and isinstance(call.args[0], ast.Constant):
            found.append(str(call.args[0].value).replace("_", " "))
    return found


def _verbs(source: Source) -> list[str]:
    """Return the verbs of the acts: what the history says where nothing else is left."""
    acts = [call.args[0] for _, call in source.calls.get("edit", ())]
    return [str(verb.value) for verb in acts if isinstance(verb, ast.Constant)]


def _files() -> list[Path]:
    return [
        path
        for path in sorted(_WORKBENCH.rglob("*.py"))
        if not str(path.relative_to(_WORKBENCH)).startswith(_ELSEWHERE)
    ]
