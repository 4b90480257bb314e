"""What becomes of a difference between two sides: a decision, or a change of the framework."""

from collections.abc import Mapping, Sequence
from typing import Any

from workbench.errors import BadValue, Refused
from workbench.model.coding import CHOICES, OUTCOMES_OF, Choice
from workbench.model.report import counted
from workbench.project.edits.decisions import Said, put_decisions
from workbench.project.edits.draft_codes import put_changed, put_merged, put_parts
from workbench.project.edits.draft_rows import OpenDraft
from workbench.project.edits.indexing import put_codings, run_for
from workbench.project.edits.notes import put_memo
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.project.quoted import quotes_within
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("decide difference")
def decide_difference(
    act: Act,
    run: str,
    first: Sequence[str],
    second: Sequence[str],
    choice: Choice,
    reason: str,
    *,
    result: str | None = None,
    instead: tuple[str, int, int] | None = None,
    read: Mapping[str, int] | None = None,
) -> list[str]:
    """Decide on a difference in a run of consensus; return the ids of the decisions.

    `first` and `second` are the ids of the codings of side A and of side B, as
    `views.differences` has them (`codings`, `other_codings`); one may be empty. A, B, both and
    neither keep or drop them; *other* says that all were changed: into the coding `result`, or
    `instead` into a code from one character to another, or into nothing that is named. What
    stands is coded in the run of consensus; the codings themselves stay as they are in their
    runs. An earlier decision of that run on a coding is changed, and what it had coded is
    withdrawn where no other decision leads to it. `read` has the row versions of the decisions
    as they were read, by coding; 0 where there was none.

    Raises:
        Refused: the run is none of consensus, no coding is given, or one side alone coded and
            both or neither is chosen.
        BadValue: there is no such choice, no reason, or a result of another choice.
        ChangedMeanwhile: somebody else decided after `read`.
    """
    names = Names(act.connection)
    held, version = run_for(act, names, run, None)
    if held["kind"] != "consensus":
        raise Refused(
            f"“{held['name']}” is no run of consensus. Differences are decided in one: start it, "
            "or name it."
        )
    _check(first, second, choice, reason, result or instead)
    of = [
        (names.by_id_start("coding", coding), outcome)
        for ids, outcome in zip((first, second), OUTCOMES_OF[choice], strict=True)
        for coding in ids
    ]
    before = _decided(act, held, [str(coding["id"]) for coding, _ in of], read or {})
    became = str(names.by_id_start("coding", result)["id"]) if result else None
    if instead is not None:
        text = str(of[0][0]["transcript_version_id"])
        became = _coded(act, names, held, version, (text, *instead))
    said = []
    for coding, outcome in of:
        led = became if outcome == "changed" else None
        if outcome == "kept":
            place = tuple(coding[column] for column in _PLACE)
            led = _coded(act, names, held, version, place)
        said.append(Said(coding, outcome, led))
    made = put_decisions(act, held, said, reason.strip(), act.who)
    _take_back(act, held, before)
    words = short(str(said[0].coding["quote"]))
    act.says(f"Decided the difference at “{words}”: {choice}, {reason.strip()}")
    return made


_PLACE = ("transcript_version_id", "code_id", "start", "stop")


def _check(
    first: Sequence[str], second: Sequence[str], choice: str, reason: str, result: object
) -> None:
    """Refuse a decision that makes no sense."""
    if choice not in CHOICES:
        raise BadValue("The choice", choice, ", ".join(CHOICES))
    if not reason.strip():
        raise BadValue("The reason", reason, "some words")
    if not first and not second:
        raise Refused("A difference has codings. Name those of one side or of both.")
    if not (first and second) and choice in ("both", "neither"):
        raise Refused("One side alone coded there. Choose A or B, or other.")
    if result is not None and choice != "other":
        raise BadValue("A result", result, "left out, but for the choice “other”")


def _decided(act: Act, run: Row, codings: Sequence[str], read: Mapping[str, int]) -> set[str]:
    """Return what decisions of a run on codings led to, if they are as they were read."""
    found = records.by_column(act.connection, "decision", "coding_id", codings)
    results = set()
    for coding in codings:
        held = next((d for d in found.get(coding, ()) if d["run_id"] == run["id"]), None)
        records.as_read("decision", held, read.get(coding))
        if held is not None and held["result_id"]:
            results.add(str(held["result_id"]))
    return results


def _coded(act: Act, names: Names, run: Row, version: Row, place: tuple[Any, ...]) -> str | None:
    """Return the coding of a run at a place (`_PLACE`), made if it is not there yet.

    None where the text was corrected since: the place is of an older version.
    """
    at = dict(zip(_PLACE, place, strict=True))
    held = records.one(act.connection, "coding", run_id=run["id"], **at)
    if held is not None:
        return str(held["id"])
    text, code, start, stop = place
    transcript = str(names.by_id_start("transcript_version", text)["transcript_id"])
    if names.transcript(transcript)["id"] != text:
        return None
    (made,) = put_codings(
        act, names, run, version, [(transcript, start, stop, code, act.who, False)]
    )
    return made.coding_id


def _take_back(act: Act, run: Row, results: set[str]) -> None:
    """Withdraw what decisions of a run had coded in it and no decision leads to any more."""
    ids = sorted(results)
    led = records.by_column(act.connection, "decision", "result_id", ids)
    held = records.by_ids(act.connection, "coding", ids)
    of_run = [str(c["id"]) for c in held if c["run_id"] == run["id"] and not c["withdrawn"]]
    records.withdraw(act, "coding", [i for i in of_run if not led.get(i)])


@edit("propose from difference")
def propose_from_difference(
    act: Act,
    codings: Sequence[str],
    code: str,
    reason: str,
    *,
    draft: str | None = None,
    use_when: str = "",
    not_when: str = "",
    definition: str = "",
    split: Sequence[str] = (),
    merge_into: str = "",
) -> str:
    """Make of a difference a change of the framework's draft, and return the id of its memo.

    The `code` of the draft gets a new rule (`use_when` and `not_when` are added behind what is
    there, `definition` takes its place), is `split` into parts of these names, or is merged
    into a code or a new name. The memo is anchored to the code; it says the reason, and word
    for word the `codings` behind it, with their ids. Without `draft` it is the only draft of
    the framework that the codings were made with.

    Raises:
        Refused: no coding is given, nothing is proposed, or more than one thing; the framework
            has no draft or several; or as `change_code`, `split_code` and `merge_codes`.
        BadValue: there is no reason.
    """
    names = Names(act.connection)
    if not reason.strip():
        raise BadValue("The reason", reason, "some words")
    if not codings:
        raise Refused("A proposal rests on codings. Name those of the difference.")
    rows = [names.by_id_start("coding", one) for one in dict.fromkeys(codings)]
    rules = {"use_when": use_when, "not_when": not_when, "definition": definition}
    rules = {field: text.strip() for field, text in rules.items() if text.strip()}
    if (bool(rules), bool(split), bool(merge_into)).count(True) != 1:
        raise Refused("Propose one thing: a rule, a split, or a merge.")
    opened = OpenDraft(act, draft or _only_draft(names, rows))
    row = opened.code(code)
    about = str(row["code_id"])
    if split:
        put_parts(opened, row, split, reason)
        what = f"split of “{row['name']}” into {' and '.join(f'“{s.strip()}”' for s in split)}"
    elif merge_into:
        merged = put_merged(opened, [code], merge_into, None, reason)
        about, what = merged.one, f"merge of “{row['name']}” into “{merged.name}”"
    else:
        put_changed(opened, row, _with_rules(row, rules), reason)
        what = f"new rule for “{row['name']}”"
    text = f"{reason.strip()}\n\n{_cases(act, rows)}"
    act.says(f"Proposed for {opened.reference} from {counted(len(rows), 'codings')}: {what}")
    title = f"Proposal for {opened.reference}: {what}"
    return put_memo(act, text, "analytic", title, act.who, "code", about)


def _only_draft(names: Names, codings: Sequence[Row]) -> str:
    """Return the reference of the only open draft of the framework that codings were made with."""
    run = names.run(str(codings[0]["run_id"]))
    reference, drafts = open_drafts(names, str(run["framework_version_id"]))
    framework = reference.rpartition("@")[0]
    if not drafts:
        raise Refused(f"“{framework}” has no draft. Begin one from {reference}.")
    if len(drafts) > 1:
        raise Refused(f"“{framework}” has several drafts ({', '.join(drafts)}). Name one.")
    return drafts[0]


def open_drafts(names: Names, version_id: str) -> tuple[str, list[str]]:
    """Return the reference of a framework version, and those of its framework's open drafts."""
    versions = names.versions()
    own = next(v for v in versions if v["id"] == version_id)
    above = {v["parent_id"] for v in versions}
    return str(own["reference"]), [
        str(v["reference"])
        for v in versions
        if v["framework_id"] == own["framework_id"] and v["state"] == "draft"
        if v["id"] not in above
    ]


def _with_rules(row: Row, rules: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a code with new rules: behind those it has, but for a definition."""
    return {
        field: text if field == "definition" or not row[field] else f"{row[field]}\n{text}"
        for field, text in rules.items()
    }


def _cases(act: Act, rows: Sequence[Row]) -> str:
    """Return the codings behind a proposal, one a line, in order of place."""
    names = {r["id"]: str(r["name"]) for r in records.find(act.connection, "run", "id", "name")}
    run = {str(r["id"]): names[r["run_id"]] for r in rows}
    return "\n".join(
        f"- “{q.words}” ({', '.join(filter(None, ('; '.join(q.cases), q.transcript)))}); "
        f"{q.coder} in “{run[q.coding_id]}”: {q.code} [{q.coding_id}]"
        for q in quotes_within(act.connection, list(run))
    )
