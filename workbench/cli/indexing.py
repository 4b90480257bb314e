"""Commands of indexing: code, quote, codings, runs, frequencies, co-occurrence."""

from typing import Annotated, Any

import typer

from workbench import project as floor
from workbench.cli import show
from workbench.cli.migrating import unanswered
from workbench.cli.options import Code, Coder, Framework, Json, Run, Transcript, Where, Who
from workbench.cli.projects import opened, say
from workbench.errors import BadValue
from workbench.model.report import counted

_CODING = (
    "transcript",
    "turn",
    "speaker",
    "start",
    "stop",
    "number",
    "code",
    "coder",
    "run",
    "quote",
    "coding_id",
)

_UNPLACED = ("transcript", "number", "code", "coder", "fate", "quote", "now", "coding_id")
_UNPLACED_MEMOS = ("transcript", "title", "text", "person", "fate", "quote", "now", "memo_id")

run_app = typer.Typer(help="Runs: passes of indexing.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    for command in (code, quote, codings, frequencies, withdraw):
        app.command()(command)
    app.command("code-hits")(code_hits)
    app.command("code-in-vivo")(code_in_vivo)
    app.command("change-coding")(change_coding)
    app.command("unplaced")(unplaced)
    app.command("place-coding")(place_coding)
    app.command("place-memo")(place_memo)
    app.command("co-occurrence")(co_occurrence)
    app.add_typer(run_app, name="run")


Uncertain = Annotated[bool, typer.Option("--uncertain", help="Flag it for a second look.")]


def code(
    where: Where,
    transcript: Transcript,
    start: Annotated[int, typer.Argument(metavar="START", help="Characters before it.")],
    stop: Annotated[int, typer.Argument(metavar="STOP", help="Characters up to its end.")],
    codes: Annotated[
        list[str], typer.Argument(metavar="CODE...", help="Numbers or names of codes.")
    ],
    coder: Coder = None,
    run: Run = None,
    framework: Framework = None,
    uncertain: Uncertain = False,
    who: Who = None,
) -> None:
    """Give codes to the characters START to STOP of a transcript (see “search”)."""
    chosen: Any = {"coder": coder, "run": run, "framework": framework, "uncertain": uncertain}
    with opened(where, who or coder) as project:
        if len(codes) == 1:
            made = [floor.edits.code(project, transcript, start, stop, codes[0], **chosen)]
        else:
            made = floor.edits.code_several(project, transcript, start, stop, codes, **chosen)
    for one in made:
        show.line(f"Coded “{one.quote}” by {one.coder} [{one.coding_id}]")


def code_in_vivo(
    where: Where,
    transcript: Transcript,
    start: Annotated[int, typer.Argument(metavar="START", help="Characters before it.")],
    stop: Annotated[int, typer.Argument(metavar="STOP", help="Characters up to its end.")],
    name: Annotated[str, typer.Option(help="Else the words themselves.")] = "",
    category: Annotated[str | None, typer.Option(help="Where the code stands, or: top.")] = None,
    coder: Coder = None,
    run: Run = None,
    framework: Framework = None,
    uncertain: Uncertain = False,
    who: Who = None,
) -> None:
    """Make a new code of a draft out of the characters START to STOP, and code them with it."""
    with opened(where, who or coder) as project:
        floor.edits.code_in_vivo(
            project,
            transcript,
            start,
            stop,
            name=name,
            category=category,
            coder=coder,
            run=run,
            framework=framework,
            uncertain=uncertain,
        )
        say(project)


def code_hits(
    where: Where,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="As in “search”.")],
    code: Code,
    regex: Annotated[bool, typer.Option(help="WORDS is a regular expression.")] = False,
    parts: Annotated[bool, typer.Option(help="Find parts of words too.")] = False,
    match_case: Annotated[bool, typer.Option(help="Tell capitals from small letters.")] = False,
    coder: Coder = None,
    run: Run = None,
    framework: Framework = None,
    uncertain: Uncertain = False,
    who: Who = None,
) -> None:
    """Give a code to every place that “search” finds."""
    with opened(where, who or coder) as project:
        hits = project.search(words, regex=regex, whole_words=not parts, match_case=match_case)
        places = zip(hits["transcript"], hits["start"], hits["stop"], strict=True)
        floor.edits.code_places(
            project,
            [(name, int(start), int(stop)) for name, start, stop in places],
            code,
            coder=coder,
            run=run,
            framework=framework,
            uncertain=uncertain,
        )
        say(project)


def change_coding(
    where: Where,
    coding: Annotated[str, typer.Argument(metavar="ID")],
    start: Annotated[int | None, typer.Option(metavar="N", help="Its new start.")] = None,
    stop: Annotated[int | None, typer.Option(metavar="N", help="Its new end.")] = None,
    code: Annotated[str | None, typer.Option(metavar="CODE", help="Another code.")] = None,
    uncertain: Annotated[
        bool | None, typer.Option("--uncertain/--certain", help="Flag it, or take the flag off.")
    ] = None,
    who: Who = None,
) -> None:
    """Change a coding's ends, code or flag; cells written from it become stale."""
    with opened(where, who) as project:
        floor.edits.change_coding(
            project, coding, start=start, stop=stop, code=code, uncertain=uncertain
        )
        say(project)


def unplaced(
    where: Where,
    transcript: Annotated[str | None, typer.Argument(metavar="[TRANSCRIPT]")] = None,
    memos: Annotated[bool, typer.Option("--memos", help="List memos instead.")] = False,
    as_json: Json = False,
) -> None:
    """List the codings that wait for a place since their text was corrected: words then and now."""
    with opened(where) as project:
        if memos:
            frame = floor.views.unplaced_memos(project, transcript)
        else:
            frame = project.unplaced(transcript)
    columns, what = (_UNPLACED_MEMOS, "memo") if memos else (_UNPLACED, "coding")
    show.table(frame, as_json=as_json, columns=columns, empty=f"Every {what} has its place.")


def place_coding(
    where: Where,
    codings: Annotated[list[str], typer.Argument(metavar="ID...", help="See “unplaced”.")],
    start: Annotated[int | None, typer.Option(metavar="N", help="Else as suggested.")] = None,
    stop: Annotated[int | None, typer.Option(metavar="N", help="Else as suggested.")] = None,
    words: Annotated[
        str | None, typer.Option(metavar="WORDS", help="On these words, nearest to there.")
    ] = None,
    who: Who = None,
) -> None:
    """Place codings that wait on the words that stand in the corrected text now."""
    if words is not None and (len(codings) > 1 or start is not None):
        raise BadValue("The place", words, "words for one coding, without --start and --stop")
    if (start is None) != (stop is None) or (start is not None and len(codings) > 1):
        given = f"--start {start} --stop {stop}"
        raise BadValue("The place", given, "both ends, and one coding; or neither")
    with opened(where, who) as project:
        if len(codings) > 1:
            floor.edits.place_codings(project, codings)
        else:
            floor.edits.place_coding(project, codings[0], start, stop, words=words)
        say(project)


def place_memo(
    where: Where,
    memo: Annotated[str, typer.Argument(metavar="ID", help="See “unplaced --memos”.")],
    start: Annotated[int | None, typer.Option(metavar="N", help="Else as suggested.")] = None,
    stop: Annotated[int | None, typer.Option(metavar="N", help="Else as suggested.")] = None,
    who: Who = None,
) -> None:
    """Place a memo that waits beside the words that stand in the corrected text now."""
    if (start is None) != (stop is None):
        raise BadValue("The place", f"--start {start} --stop {stop}", "both ends, or neither")
    with opened(where, who) as project:
        floor.edits.place_memo(project, memo, start, stop)
        say(project)


def quote(
    where: Where,
    transcript: Transcript,
    words: Annotated[str, typer.Argument(metavar="WORDS", help="As they stand in the transcript.")],
    code: Code,
    before: Annotated[str, typer.Option(help="Words before, where the quote recurs.")] = "",
    after: Annotated[str, typer.Option(help="Words after, where the quote recurs.")] = "",
    coder: Coder = None,
    run: Run = None,
    framework: Framework = None,
    uncertain: Uncertain = False,
    who: Who = None,
) -> None:
    """Give a code to the place where some words stand."""
    with opened(where, who or coder) as project:
        made = floor.edits.code_quote(
            project,
            transcript,
            words,
            code,
            before=before,
            after=after,
            coder=coder,
            run=run,
            framework=framework,
            uncertain=uncertain,
        )
    show.line(f"Coded characters {made.start}-{made.stop} by {made.coder} [{made.coding_id}]")


def codings(where: Where, framework: Framework = None, as_json: Json = False) -> None:
    """List every coding with its words."""
    with opened(where) as project:
        frame = floor.views.codings(project, framework)
    show.table(
        frame,
        as_json=as_json,
        columns=_CODING,
        empty="Code some words: workbench quote PROJECT TRANSCRIPT WORDS CODE.",
    )


def frequencies(where: Where, framework: Framework = None, as_json: Json = False) -> None:
    """Show how often each code was used: codings, transcripts, cases, coders."""
    with opened(where) as project:
        frame = floor.views.frequencies(project, framework)
    show.table(frame, as_json=as_json, note=unanswered(frame.attrs["unanswered"]).strip())


def co_occurrence(
    where: Where,
    unit: Annotated[str, typer.Option(help="overlap, turn or case.")] = "overlap",
    framework: Framework = None,
    as_json: Json = False,
) -> None:
    """Show which codes meet, in a stretch of text, in a turn, or in a case."""
    with opened(where) as project:
        pairs = floor.views.co_occurrence(project, framework, unit=unit)  # type: ignore[arg-type]  # checked there
    show.table(pairs, as_json=as_json)


def withdraw(
    where: Where,
    things: Annotated[
        list[str],
        typer.Argument(
            metavar="ID...",
            help="A coding, statement, node, link, memo, reading, finding or verification; or "
            "many codings.",
        ),
    ],
    who: Who = None,
) -> None:
    """Take back a coding, statement, node, link, memo, reading or finding; nothing is lost."""
    with opened(where, who) as project:
        if len(things) > 1:
            floor.edits.withdraw_codings(project, things)
            say(project)
            return
        (thing,) = things
        kind = floor.views.kind_of(project, thing)
        {
            "coding": floor.edits.withdraw_coding,
            "statement": floor.edits.withdraw_statement,
            "node": floor.edits.withdraw_node,
            "link": floor.edits.withdraw_link,
            "memo": floor.edits.withdraw_memo,
            "reading": floor.edits.withdraw_reading,
            "finding": floor.edits.withdraw_finding,
            "verification": floor.edits.unverify,
        }[kind](project, thing)
    show.line(f"Withdrew the {kind} {thing}.")


@run_app.command("list")
def list_runs(where: Where, as_json: Json = False) -> None:
    """List the runs, with their framework version and how far they are."""
    with opened(where) as project:
        frame = floor.views.runs(project)
    show.table(frame, as_json=as_json, empty="The first coding starts one.")


@run_app.command("start")
def start_run(
    where: Where,
    name: Annotated[str, typer.Argument(metavar="NAME")],
    framework: Framework = None,
    kind: Annotated[str, typer.Option(help="independent, consensus or final.")] = "final",
    blind: Annotated[bool, typer.Option("--blind", help="Coders see only their own.")] = False,
    coder: Coder = None,
    who: Who = None,
) -> None:
    """Start a pass of indexing under one framework version."""
    with opened(where, who) as project:
        floor.edits.start_run(project, name, framework, kind=kind, blind=blind, coder=coder)  # type: ignore[arg-type]  # checked there
        say(project)


@run_app.command("finish")
def finish_run(
    where: Where,
    run: Annotated[str, typer.Argument(metavar="RUN")],
    transcripts: Annotated[list[str], typer.Argument(metavar="TRANSCRIPT...")],
    who: Who = None,
) -> None:
    """Say that a run has looked at whole transcripts, so that silence means silence."""
    with opened(where, who) as project:
        done = floor.edits.finish(project, run, transcripts)
    show.line(f"{counted(done, 'transcripts')} finished in “{run}”.")


@run_app.command("decide")
def decide(
    where: Where,
    run: Annotated[str, typer.Argument(metavar="RUN", help="The consensus run.")],
    coding: Annotated[str, typer.Argument(metavar="CODING", help="The id of a coding.")],
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="kept, dropped or changed.")],
    reason: Annotated[str, typer.Argument(metavar="REASON")],
    result: Annotated[
        str | None, typer.Option(metavar="CODING", help="The id of the coding it became.")
    ] = None,
    who: Who = None,
) -> None:
    """Record what a consensus made of one coding, and why."""
    with opened(where, who) as project:
        floor.edits.decide(project, run, coding, outcome, reason, result=result)  # type: ignore[arg-type]  # checked there
        say(project)
