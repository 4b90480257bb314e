"""Citing: words of a transcript under a statement, coded in the same act where they were not."""

from workbench.errors import OutsideText, Refused
from workbench.project.edits.cells import Chart, cite
from workbench.project.edits.indexing import put_codings, run_for
from workbench.project.edits.registry import edit
from workbench.project.edits.wording import short
from workbench.project.names import Names
from workbench.project.transcript_page import visible_to
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


@edit("cite words")
def cite_words(
    act: Act,
    case: str,
    code: str,
    transcript: str,
    start: int,
    stop: int,
    *,
    statement: str | None = None,
    run: str | None = None,
    framework: str | None = None,
    row_version: int | None = None,
) -> list[str]:
    """Write the characters `start:stop` into a cell as quotations, or cite them for a statement.

    Where no coding of the cell holds the words, they are coded with its code first, by who
    acts: in `run`, or in the only run there is. Without a `statement` of the cell each
    stretch of the case's own words becomes a verbatim statement at its end. Returns the ids
    of the statements that rest on the words.

    Raises:
        OutsideText: the text has no such segment.
        Refused: the words are not the case's, or the statement is of another cell; they are
            not coded, and the framework version has several runs, or the run does not count
            for its chart.
        ChangedMeanwhile: somebody else changed the statement after `row_version` was read.
    """
    names = Names(act.connection)
    chart = Chart(act, framework, names)
    case_row, code_row = names.case(case), names.code(chart.version, code)
    held = _statement(chart, case_row, code_row, statement) if statement else None
    if held is not None:
        records.as_read("statement", held, row_version)
    place = _place(names, transcript, start, stop)
    said = _own_words(chart, place, case_row)
    coding = _holding(chart, place, case_row, code_row)
    if coding is None:
        coding = _coded(act, names, chart, place, code_row, run)
        chart = Chart(act, str(chart.version["id"]), names)  # a run that was empty counts now
    where = f"{case_row['label']} × {code_row['name']}"
    if held is None:
        act.says(f"Quoted in {where}: “{short(said[0])}”")
        return [chart.write(case, code, words, "verbatim", [coding]) for words in said]
    _put_under(chart, held, case_row, code_row, coding)
    act.says(f"Cited “{short(said[0])}” in {where}")
    return [str(held["id"])]


def _statement(chart: Chart, case: Row, code: Row, statement: str) -> Row:
    held = chart.names.by_id_start("statement", statement)
    cell = chart.held(case, code)
    if cell is None or held["cell_id"] != cell["id"]:
        raise Refused(
            f"The statement “{short(held['text'])}” stands in another cell than "
            f"{case['label']} × {code['name']}. Name the cell that it stands in."
        )
    return held


def _place(names: Names, transcript: str, start: int, stop: int) -> Row:
    """Return a segment as codings have it, without a code."""
    text = names.transcript(transcript)
    if not 0 <= start < stop <= int(text["length"]):
        raise OutsideText(text["name"], start, stop, int(text["length"]))
    of = {"transcript": text["name"], "transcript_version_id": text["id"]}
    return {**of, "start": start, "stop": stop, "quote": names.text(text["id"])[start:stop]}


def _own_words(chart: Chart, place: Row, case: Row) -> list[str]:
    """Return the case's own words in a segment, one text a stretch."""
    said = [w.strip() for w in chart.codings.words(place, case["id"]) if w.strip()]
    if not said:
        raise Refused(
            f"“{short(place['quote'])}” are not words of “{case['label']}”. Choose words of the "
            "case, or assign these to it first."
        )
    return said


def _holding(chart: Chart, place: Row, case: Row, code: Row) -> str | None:
    """Return the shortest coding of the cell that holds a segment, if one does."""
    version = str(chart.version["reference"])
    known = {r["id"] for r in visible_to(chart.act.connection, chart.act.who, version)}
    holding = [
        c
        for c in chart.codings.at(case["id"], code["code_id"])
        if c["transcript_version_id"] == place["transcript_version_id"]
        and c["start"] <= place["start"]
        and c["stop"] >= place["stop"]
        and c["run_id"] in known
    ]
    return str(min(holding, key=lambda c: c["stop"] - c["start"])["id"]) if holding else None


def _coded(act: Act, names: Names, chart: Chart, place: Row, code: Row, run: str | None) -> str:
    """Code a segment with the cell's code and return the coding's id."""
    row, version = run_for(act, names, run, str(chart.version["reference"]))
    segment = (place["transcript"], place["start"], place["stop"])
    made = put_codings(act, names, row, version, [(*segment, code["code_id"], act.who, False)])
    counting = Chart(act, str(version["id"]), names).codings.run_ids
    if not made or row["id"] not in counting:
        raise Refused(
            f"The run “{row['name']}” does not count for the chart of {version['reference']}, "
            "because runs of a more settled kind are begun. Name one of those."
        )
    return made[0].coding_id


def _put_under(chart: Chart, statement: Row, case: Row, code: Row, coding: str) -> None:
    """Let a statement rest on a coding, if it does not yet."""
    under = {"statement_id": statement["id"], "coding_id": coding}
    if records.exists(chart.act.connection, "statement_evidence", **under):
        return
    cite(chart.act, statement["id"], [coding])
    if statement["kind"] != "comment":
        cell, *_ = chart.cell(case["id"], code["code_id"])
        chart.written(cell, case, code)
