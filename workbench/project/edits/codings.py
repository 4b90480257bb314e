"""Codings change and go: another code, other words, a flag; one or many withdrawn."""

from collections.abc import Sequence
from typing import Any

from workbench.errors import OutsideText, Refused
from workbench.model.report import counted
from workbench.project.edits.founded import refuse_unfounded
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("change coding")
def change_coding(
    act: Act,
    coding_id: str,
    *,
    start: int | None = None,
    stop: int | None = None,
    code: str | None = None,
    uncertain: bool | None = None,
    row_version: int | None = None,
) -> None:
    """Give a coding other ends, another code or another flag; what is not given stays.

    The quote follows the ends. Cells that were written from the coding become stale, but
    for the flag, which changes nothing that they say.

    Raises:
        OutsideText: the text has no such segment.
        Refused: it would be a second coding of the same code, segment, coder and run; or a
            statement, link or finding that cites it could not stand (`refuse_unfounded`).
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
    """
    names = Names(act.connection)
    held = names.by_id_start("coding", coding_id)
    version = names.version(names.run(held["run_id"])["framework_version_id"])
    new: dict[str, Any] = {
        "start": held["start"] if start is None else start,
        "stop": held["stop"] if stop is None else stop,
        "code_id": held["code_id"] if code is None else names.code(version, code)["code_id"],
    }
    new["quote"] = _words(names, held["transcript_version_id"], new["start"], new["stop"])
    _refuse_twin(act, held, new)
    flag = bool(held["uncertain"]) if uncertain is None else uncertain
    records.update(act, "coding", held["id"], {**new, "uncertain": flag}, row_version=row_version)
    if new["quote"] != held["quote"] or new["start"] != held["start"]:
        refuse_unfounded(act, [held["id"]])
    said = []
    if new["code_id"] != held["code_id"]:
        said.append(f"the code is {names.code(version, new['code_id'])['name']}")
    if (new["start"], new["stop"]) != (held["start"], held["stop"]):
        said.append(f"the words are “{short(new['quote'])}”")
    if flag != bool(held["uncertain"]):
        said.append("it is uncertain" if flag else "it is certain")
    act.says(f"Changed the coding of “{short(held['quote'])}”: {', '.join(said)}")


def put_place(
    act: Act,
    names: Names,
    held: Row,
    version: Row,
    start: int,
    stop: int,
    row_version: int | None = None,
) -> str:
    """Put a coding on a segment of another version of its transcript; return its new words.

    Raises:
        OutsideText, Refused, ChangedMeanwhile: as `change_coding` does.
    """
    quote = _words(names, version["id"], start, stop)
    place = {"transcript_version_id": version["id"], "start": start, "stop": stop}
    _refuse_twin(act, {**held, **place}, {**held, **place})
    records.update(act, "coding", held["id"], {**place, "quote": quote}, row_version=row_version)
    refuse_unfounded(act, [held["id"]])
    return quote


def _words(names: Names, transcript_version_id: str, start: int, stop: int) -> str:
    """Return the words of a segment of a text."""
    text = names.text(transcript_version_id)
    if not 0 <= start < stop <= len(text):
        version = names.by_id_start("transcript_version", transcript_version_id)
        name = names.by_id_start("transcript", version["transcript_id"])["name"]
        raise OutsideText(name, start, stop, len(text))
    return text[start:stop]


def _refuse_twin(act: Act, held: Row, new: Row) -> None:
    """Check that no other coding of the coder and the run is what this one would be."""
    same = ("run_id", "transcript_version_id", "person_id")
    where = {**{n: held[n] for n in same}, **{n: new[n] for n in ("start", "stop", "code_id")}}
    twins = records.find(act.connection, "coding", "id", **where)
    if any(t["id"] != held["id"] for t in twins):
        raise Refused(
            "That segment has that code already, by that coder and in that run. Withdraw one "
            "of the two codings instead."
        )


@edit("withdraw coding")
def withdraw_coding(act: Act, coding_id: str) -> None:
    """Take a coding back; statements that cite it become stale, nothing is lost."""
    row = Names(act.connection).by_id_start("coding", coding_id)
    records.withdraw(act, "coding", [row["id"]])
    act.says(f"Withdrew the coding of “{short(row['quote'])}”")


@edit("withdraw codings")
def withdraw_codings(act: Act, ids: Sequence[str]) -> int:
    """Take many codings back, all or none, and return how many.

    Statements that cite them become stale, nothing is lost.
    """
    names = Names(act.connection)
    found = dict.fromkeys(str(names.by_id_start("coding", one)["id"]) for one in ids)
    done = records.withdraw(act, "coding", found)
    act.says(f"Withdrew {counted(done, 'codings')}")
    return done
