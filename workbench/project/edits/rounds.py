"""Rounds of indexing: the same transcripts, by two people or more, each in a run of their own."""

from collections.abc import Sequence

from sqlalchemy.engine import Connection

from workbench.errors import BadValue, Refused, UnknownName
from workbench.model.report import counted
from workbench.project.edits.indexing import put_run
from workbench.project.edits.registry import edit
from workbench.project.names import Names, as_name
from workbench.stages.indexing import drawing
from workbench.store import passages, records
from workbench.store.history import Act
from workbench.store.records import Row

MOST_SEED = 2**31 - 1


@edit("plan round")
def plan_round(
    act: Act,
    name: str,
    coders: Sequence[str],
    framework: str | None = None,
    *,
    transcripts: Sequence[str] = (),
    number: int | None = None,
    share: float | None = None,
    by: str | None = None,
    seed: int | None = None,
    blind: bool = True,
) -> str:
    """Plan a round, begin a run for each of its coders, and return the round's id.

    Its transcripts are named; or so many are drawn at random, or the fewest that are a
    `share` (over 0, to 1) of all: see `drawing.drawn`. `by` is the attribute of cases that the
    draw is stratified by. Without a `seed` it is the number of the round, so that the
    next round draws others. The runs are independent and called “NAME, CODER”.

    Raises:
        Refused: there is a round or run of that name, there are no two coders, it is not said
            which transcripts, or it is said twice.
        BadValue: number, share or seed are none.
        UnknownName: there is no such framework version, transcript or attribute.
    """
    name = as_name("The name of a round", name)
    people = list(dict.fromkeys(as_name("A coder", coder) for coder in coders))
    if len(people) < 2:
        raise Refused("A round is of two coders or more. Name another one.")
    _refuse_taken(act.connection, "round", name)
    if (bool(transcripts), number is not None, share is not None).count(True) != 1:
        raise Refused(
            "Name the transcripts of the round, or say how many to draw, or which share of them."
        )
    names = Names(act.connection)
    version = names.version(framework)
    if transcripts:
        if by is not None or seed is not None:
            raise Refused("Transcripts that are named are not drawn. Leave the attribute and seed.")
        chosen = list(dict.fromkeys(str(names.transcript(t)["transcript_id"]) for t in transcripts))
        drawing_of: Row = {"seed": None, "drawn_from": None, "attribute": ""}
    else:
        chosen, drawing_of = _drawn(act.connection, number, share, by, seed)
    row = {"name": name, "framework_version_id": version["id"], "blind": blind, **drawing_of}
    (round_id,) = records.insert(act, "round", [row])
    runs = [
        put_run(act, _run_name(name, coder), version, kind="independent", blind=blind, coder=coder)
        for coder in people
    ]
    records.insert(act, "round_run", [{"round_id": round_id, "run_id": r} for r in runs])
    of = [{"round_id": round_id, "transcript_id": t} for t in chosen]
    records.insert(act, "round_transcript", of)
    act.says(
        f"Planned the round “{name}” of {counted(len(chosen), 'transcripts')} for "
        f"{', '.join(people)}"
    )
    return round_id


@edit("rename round")
def rename_round(act: Act, name: str, new: str, *, row_version: int | None = None) -> None:
    """Give a round another name, and those of its runs that are called after it.

    Raises:
        Refused: there is another round or run of that name.
        ChangedMeanwhile: somebody else changed the round after `row_version` was read.
    """
    names, new = Names(act.connection), as_name("The name of a round", new)
    row = names.round(name)
    if new != row["name"]:
        _refuse_taken(act.connection, "round", new)
    records.update(act, "round", row["id"], {"name": new}, row_version=row_version)
    before = str(row["name"])
    for run in _runs(act.connection, row):
        held = str(run["name"])
        called = _run_name(new, held.removeprefix(_run_name(before, "")))
        if held.startswith(_run_name(before, "")) and called != held:
            _refuse_taken(act.connection, "run", called)
            records.update(act, "run", run["id"], {"name": called})
    act.says(f"Renamed the round “{before}” to “{new}”")


@edit("withdraw round")
def withdraw_round(act: Act, name: str, *, row_version: int | None = None) -> list[str]:
    """Take a round back, and return the names of its runs that stay.

    A run stays, as one in no round, if anything was coded, finished or decided in it, or was
    carried from it; the others go with the round. Who may see a run that stays is as if the round
    stood (see `blindness`).

    Raises:
        ChangedMeanwhile: somebody else changed the round after `row_version` was read.
    """
    row, connection = Names(act.connection).round(name), act.connection
    records.as_read("round", row, row_version)
    runs = _runs(connection, row)
    kept = [str(run["name"]) for run in runs if _worked_in(connection, str(run["id"]))]
    for table in ("round_run", "round_transcript"):
        rows = records.find(connection, table, "id", round_id=row["id"])
        records.withdraw(act, table, [r["id"] for r in rows])
    records.withdraw(act, "round", [row["id"]])
    records.withdraw(act, "run", [run["id"] for run in runs if run["name"] not in kept])
    what = f"Withdrew the round “{row['name']}”"
    told = ", ".join(f"“{one}”" for one in kept)
    act.says(f"{what}; what was worked in stays: {told}" if kept else what)
    return kept


def _run_name(name: str, coder: str) -> str:
    return f"{name}, {coder}"


def _refuse_taken(connection: Connection, table: str, name: str) -> None:
    if not records.exists(connection, table, name=name):
        return
    if table == "run":
        raise Refused(f"There is a run called “{name}” already. Choose another name.")
    raise Refused(f"There is a round called “{name}” already. Choose another name.")


def _runs(connection: Connection, row: Row) -> list[Row]:
    of = records.find(connection, "round_run", "run_id", round_id=row["id"])
    return records.by_ids(connection, "run", [str(r["run_id"]) for r in of])


def _worked_in(connection: Connection, run_id: str) -> bool:
    """Whether a run has anything that would be lost with it."""
    return records.exists(connection, "run", from_id=run_id) or any(
        records.exists(connection, table, run_id=run_id)
        for table in ("coding", "finished", "decision")
    )


def _drawn(
    connection: Connection,
    number: int | None,
    share: float | None,
    by: str | None,
    seed: int | None,
) -> tuple[list[str], Row]:
    """Return the ids of transcripts that are drawn, and what the round keeps of the draw."""
    every = {str(n): str(t) for t, _, n, _ in passages.transcripts(connection)}
    wanted = _wanted(number, share, len(every))
    sown = seed_of(connection, "round", seed)
    chosen = drawing.drawn(_strata(connection, by, list(every)), wanted, sown)
    kept: Row = {"seed": sown, "drawn_from": len(every), "attribute": by or ""}
    return [every[n] for n in chosen], kept


def _wanted(number: int | None, share: float | None, of: int) -> int:
    """Return how many transcripts are to be drawn."""
    if not of:
        raise Refused("There is no transcript to draw. Import some first.")
    if share is not None:
        if not 0 < share <= 1:
            raise BadValue("The share of transcripts", share, "over 0, to 1")
        return drawing.how_many(share, of)
    if number is None or not 0 < number <= of:
        raise BadValue("The number of transcripts to draw", number, f"1 to {of}")
    return number


def seed_of(connection: Connection, table: str, seed: int | None) -> int:
    """Return the seed, or the number that the round will have among those of its table."""
    if seed is None:
        return records.count(connection, table) + 1
    if not 0 <= seed <= MOST_SEED:
        raise BadValue("The seed", seed, f"0 to {MOST_SEED}")
    return seed


def _strata(connection: Connection, by: str | None, names: Sequence[str]) -> dict[str, str]:
    """Return the stratum of each transcript, all the same without an attribute."""
    if by is None:
        return dict.fromkeys(names, "")
    attribute = records.one(connection, "attribute", name=by)
    if attribute is None:
        known = [str(a["name"]) for a in records.find(connection, "attribute", "name")]
        raise UnknownName("attribute", by, known)
    value = {
        v["case_id"]: str(v["value"])
        for v in records.find(connection, "attribute_value", attribute_id=attribute["id"])
    }
    called = {version: str(name) for _, version, name, _ in passages.transcripts(connection)}
    spans = records.find(connection, "case_span", "case_id", "transcript_version_id")
    said = [
        (called[s["transcript_version_id"]], value[s["case_id"]])
        for s in spans
        if s["transcript_version_id"] in called and s["case_id"] in value
    ]
    return drawing.strata(said, names)
