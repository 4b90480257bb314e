"""Indexing: runs, and codings in them."""

from collections.abc import Sequence

from workbench.errors import BadValue, OutsideText, Refused
from workbench.model.coding import RUN_KINDS, Coding, RunKind
from workbench.model.report import counted
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.stages.indexing.quotes import locate
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("start run")
def start_run(
    act: Act,
    name: str,
    framework: str | None = None,
    *,
    kind: RunKind = "final",
    blind: bool = False,
    coder: str | None = None,
) -> str:
    """Start a pass of indexing under one framework version and return its id."""
    act.says(f"Started the run “{name}”")
    version = Names(act.connection).version(framework)
    return put_run(act, name, version, kind=kind, blind=blind, coder=coder)


def put_run(
    act: Act,
    name: str,
    version: Row,
    *,
    kind: RunKind = "final",
    blind: bool = False,
    coder: str | None = None,
    origin: Row | None = None,
) -> str:
    """Do what `start_run` does, inside an act that does more.

    A run that is carried from another, its `origin`, is of the same coder.
    """
    if not name.strip():
        raise BadValue("The name of a run", name, "a name")
    if kind not in RUN_KINDS:
        raise BadValue("The kind of a run", kind, ", ".join(RUN_KINDS))
    if records.one(act.connection, "run", name=name) is not None:
        raise Refused(f"There is a run called “{name}” already. Choose another name.")
    row = {
        "name": name,
        "framework_version_id": version["id"],
        "kind": kind,
        "blind": blind,
        "person_id": put_person(act, coder) if coder else None,
    }
    if origin is not None:
        row |= {"person_id": origin["person_id"], "from_id": origin["id"]}
    (run_id,) = records.insert(act, "run", [row])
    return run_id


def run_for(act: Act, names: Names, run: str | None, framework: str | None) -> tuple[Row, Row]:
    """Return the run to code in and its framework version.

    A named run; else the only run of the framework version; else, where there is none
    yet, a final run that is made and called “indexing NAME@VERSION”.

    Raises:
        Refused: the version has several runs, or the named run has another version.
    """
    if run is not None:
        row = names.run(run)
        version = names.version(str(row["framework_version_id"]))
        if framework is not None and names.version(framework)["id"] != version["id"]:
            raise Refused(f"The run “{run}” indexes with {version['reference']}, not {framework}.")
        return row, version
    version = names.version(framework)
    runs = records.find(act.connection, "run", framework_version_id=version["id"])
    if len(runs) > 1:
        several = ", ".join(f"“{r['name']}”" for r in runs)
        raise Refused(f"{version['reference']} has several runs ({several}). Name one.")
    if runs:
        return runs[0], version
    name = f"indexing {version['reference']}"
    return {"id": put_run(act, name, version), "name": name}, version


@edit("code")
def code(
    act: Act,
    transcript: str,
    start: int,
    stop: int,
    code: str,
    *,
    coder: str | None = None,
    run: str | None = None,
    framework: str | None = None,
    uncertain: bool = False,
) -> Coding:
    """Give a code to the characters `start:stop` of a transcript's current version.

    Raises:
        OutsideText: the text has no such segment.
        Refused: the same coder gave the same code to the same segment in the same run.
    """
    names = Names(act.connection)
    row, version = run_for(act, names, run, framework)
    made = put_codings(
        act, names, row, version, [(transcript, start, stop, code, coder or act.who, uncertain)]
    )
    if not made:
        raise Refused("That segment has that code already, by that coder and in that run.")
    act.says(f"Coded “{short(made[0].quote)}” as {code}")
    return made[0]


@edit("code quote")
def code_quote(
    act: Act,
    transcript: str,
    quote: str,
    code: str,
    *,
    before: str = "",
    after: str = "",
    coder: str | None = None,
    run: str | None = None,
    framework: str | None = None,
    uncertain: bool = False,
) -> Coding:
    """Give a code to the one place in a transcript where the words `quote` stand.

    Raises:
        QuoteNotFound, QuoteNotUnique: the words are nowhere, or in several places.
    """
    names = Names(act.connection)
    row, version = run_for(act, names, run, framework)
    found = names.transcript(transcript)
    start, stop = locate(names.text(found["id"]), quote, before, after, transcript=found["name"])
    made = put_codings(
        act, names, row, version, [(transcript, start, stop, code, coder or act.who, uncertain)]
    )
    if not made:
        raise Refused("That quote has that code already, by that coder and in that run.")
    act.says(f"Coded “{short(quote)}” as {code}")
    return made[0]


@edit("code several")
def code_several(
    act: Act,
    transcript: str,
    start: int,
    stop: int,
    codes: Sequence[str],
    *,
    coder: str | None = None,
    run: str | None = None,
    framework: str | None = None,
    uncertain: bool = False,
) -> list[Coding]:
    """Give several codes to the characters `start:stop`; return the codings that are new.

    Codes that the segment has already, by that coder and in that run, are left out. No
    codes are no act.

    Raises:
        OutsideText: the text has no such segment.
        Refused: the segment has all of them already.
    """
    if not codes:
        return []
    names = Names(act.connection)
    row, version = run_for(act, names, run, framework)
    who = coder or act.who
    wanted = [(transcript, start, stop, one, who, uncertain) for one in codes]
    made = put_codings(act, names, row, version, wanted)
    if not made:
        raise Refused("That segment has these codes already, by that coder and in that run.")
    said = ", ".join(names.code(version, c.code_id)["name"] for c in made)
    act.says(f"Coded “{short(made[0].quote)}” as {said}")
    return made


@edit("code places")
def code_places(
    act: Act,
    places: Sequence[tuple[str, int, int]],
    code: str,
    *,
    coder: str | None = None,
    run: str | None = None,
    framework: str | None = None,
    uncertain: bool = False,
) -> int:
    """Give one code to many places, such as the hits of a search; return how many are new.

    A place is a transcript with start and stop. Those that have the code already, by that
    coder and in that run, stay as they are.

    Raises:
        OutsideText: one of them is no segment of its text; then none is coded.
    """
    if not places:
        return 0
    names = Names(act.connection)
    row, version = run_for(act, names, run, framework)
    who = coder or act.who
    wanted = [(name, start, stop, code, who, uncertain) for name, start, stop in places]
    made = put_codings(act, names, row, version, wanted)
    act.says(f"Coded {counted(len(made), 'places')} as {names.code(version, code)['name']}")
    return len(made)


Wanted = tuple[str, int, int, str, str, bool]
"""transcript, start, stop, code, coder, uncertain"""


def put_codings(
    act: Act, names: Names, run: Row, version: Row, wanted: list[Wanted]
) -> list[Coding]:
    """Add codings of one run and return those that are new, in order.

    One that is there already (same coder, code and segment) is left out.
    """
    people = {coder: put_person(act, coder) for coder in dict.fromkeys(w[4] for w in wanted)}
    rows, made, taken = [], [], _taken(act, names, run, wanted)
    for transcript, start, stop, code_name, coder, uncertain in wanted:
        place = names.transcript(transcript)
        if not 0 <= start < stop <= int(place["length"]):
            raise OutsideText(place["name"], start, stop, int(place["length"]))
        code_id = names.code(version, code_name)["code_id"]
        key = (place["id"], code_id, people[coder], start, stop)
        if key in taken:
            continue
        taken.add(key)
        quote = names.text(place["id"])[start:stop]
        rows.append(
            {
                "run_id": run["id"],
                "transcript_version_id": place["id"],
                "code_id": code_id,
                "person_id": people[coder],
                "start": start,
                "stop": stop,
                "quote": quote,
                "uncertain": uncertain,
            }
        )
        made.append((place["id"], code_id, coder, start, stop, quote, uncertain))
    ids = records.insert(act, "coding", rows, checked=False)
    return [
        Coding(coding_id, version_id, code_id, str(run["id"]), coder, start, stop, quote, uncertain)
        for coding_id, (version_id, code_id, coder, start, stop, quote, uncertain) in zip(
            ids, made, strict=True
        )
    ]


_KEY = ("transcript_version_id", "code_id", "person_id", "start", "stop")
_FEW = 50
"""So many codings are asked for one by one."""


def _taken(
    act: Act, names: Names, run: Row, wanted: list[Wanted]
) -> set[tuple[str, str, str, int, int]]:
    """Return the keys of the run's codings that are wanted, or of all in their transcripts.

    A few are asked for one by one: a text may have very many codings.
    """
    where: list[dict[str, str | int]] = []
    if len(wanted) <= _FEW:
        for transcript, start, stop in dict.fromkeys(w[:3] for w in wanted):
            place = names.transcript(transcript)
            if 0 <= start < stop <= int(place["length"]):
                where.append({_KEY[0]: place["id"], "start": start, "stop": stop})
    else:
        places = {names.transcript(t)["id"] for t in dict.fromkeys(w[0] for w in wanted)}
        where = [{_KEY[0]: place} for place in places]
    return {
        (row[_KEY[0]], row[_KEY[1]], row[_KEY[2]], row["start"], row["stop"])
        for one in where
        for row in records.find(act.connection, "coding", *_KEY, run_id=run["id"], **one)
    }


def held_coding(
    act: Act,
    run_id: str,
    transcript_version_id: str,
    code_id: str,
    coder: str,
    start: int,
    stop: int,
) -> str:
    """Return the id of the one coding that a coder gave a segment with a code in a run."""
    of = {"transcript_version_id": transcript_version_id, "code_id": code_id, "run_id": run_id}
    where = {**of, "person_id": put_person(act, coder), "start": start, "stop": stop}
    return str(records.find(act.connection, "coding", "id", **where)[0]["id"])


@edit("finish transcript")
def finish(act: Act, run: str, transcripts: list[str]) -> int:
    """Say that a run has looked at whole transcripts, so that silence means silence.

    Returns how many were not marked yet.
    """
    names = Names(act.connection)
    row = names.run(run)
    done = put_finished(act, str(row["id"]), [names.transcript(t)["id"] for t in transcripts])
    act.says(f"Finished {counted(done, 'transcripts')} in the run “{row['name']}”")
    return done


def put_finished(act: Act, run_id: str, transcript_version_ids: list[str]) -> int:
    """Do what `finish` does, inside an act that does more."""
    held = {
        f["transcript_version_id"] for f in records.find(act.connection, "finished", run_id=run_id)
    }
    fresh = [
        {"run_id": run_id, "transcript_version_id": v}
        for v in dict.fromkeys(transcript_version_ids)
        if v not in held
    ]
    records.insert(act, "finished", fresh)
    return len(fresh)
