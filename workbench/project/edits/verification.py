"""Verification: quotations held against the transcripts, by whom, and what came of it."""

from workbench.errors import BadValue, Refused
from workbench.model.finding import VERIFICATION_OUTCOMES, VerificationOutcome
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("verify quotation")
def verify(
    act: Act,
    coding: str,
    *,
    finding: str | None = None,
    quotation: str | None = None,
    outcome: VerificationOutcome = "as said",
    note: str = "",
    row_version: int | None = None,
) -> str:
    """Say that the words of a coding were held against the transcript; return the entry's id.

    They were read where a finding or a report quotes them (`quotation` is the id of one);
    without either, the entry holds wherever they are quoted. Each person has one entry a
    place: who verifies again changes it.

    Raises:
        Refused: the finding does not cite the coding, or the report quotes another.
        ChangedMeanwhile: who acts verified it elsewhere after `row_version` of the entry
            was read (0 where there was none).
    """
    names = Names(act.connection)
    row = names.by_id_start("coding", coding)
    claim = names.finding(finding) if finding else None
    quoted = names.by_id_start("quotation", quotation) if quotation else None
    act.says(f"Verified “{str(row['quote'])[:40]}”: {outcome}")
    records.as_read("verification", _entry(act, _where(act, row, claim, quoted)), row_version)
    return put_verification(act, row, claim, quoted, outcome, note)


def put_verification(
    act: Act,
    coding: Row,
    finding: Row | None,
    quotation: Row | None,
    outcome: str,
    note: str = "",
    person: str = "",
) -> str:
    """Do what `verify` does, inside an act that does more; without a person, who acts."""
    if outcome not in VERIFICATION_OUTCOMES:
        raise BadValue("What came of it", outcome, ", ".join(VERIFICATION_OUTCOMES))
    _refuse_elsewhere(act, coding, finding, quotation)
    where = _where(act, coding, finding, quotation, person)
    text = records.by_ids(
        act.connection, "transcript_version", [coding["transcript_version_id"]], "sha256"
    )[0]
    said = {
        "outcome": outcome,
        "note": note,
        "sha256": text["sha256"],
        "start": coding["start"],
        "stop": coding["stop"],
    }
    held = _entry(act, where)
    if held is None:
        return records.insert(act, "verification", [{**where, **said}])[0]
    records.update(act, "verification", held["id"], said)
    return str(held["id"])


def _where(
    act: Act, coding: Row, finding: Row | None, quotation: Row | None, person: str = ""
) -> Row:
    """Return what tells one person's entry for a place from every other."""
    return {
        "coding_id": coding["id"],
        "finding_id": finding["id"] if finding else None,
        "quotation_id": quotation["id"] if quotation else None,
        "person_id": put_person(act, person or act.who),
    }


def _entry(act: Act, where: Row) -> Row | None:
    return records.one(act.connection, "verification", **where)


def _refuse_elsewhere(act: Act, coding: Row, finding: Row | None, quotation: Row | None) -> None:
    if finding and quotation:
        raise Refused("Verify one place at a time: what a finding cites, or what a report quotes.")
    if finding:
        cited = {"finding_id": finding["id"], "coding_id": coding["id"]}
        if not records.exists(act.connection, "finding_evidence", **cited):
            raise Refused(
                f"The finding “{finding['title']}” does not cite the coding {coding['id']}. "
                "Cite it first."
            )
    if quotation and quotation["coding_id"] != coding["id"]:
        raise Refused(
            f"Number {quotation['number']} of the report quotes another coding, "
            f"{quotation['coding_id']}. Verify that one."
        )


@edit("withdraw verification")
def unverify(act: Act, verification: str) -> None:
    """Take one entry back, so that its place is to be verified again."""
    row = Names(act.connection).by_id_start("verification", verification)
    records.withdraw(act, "verification", [row["id"]])
    act.says("Withdrew a verification")
