"""What rests on words still rests on them, after codings or the words of cases changed.

An act changes its rows first and then asks here; what is refused takes the whole act back.
"""

from collections.abc import Collection, Iterable

from workbench.errors import Refused
from workbench.project.cell_codings import CellCodings
from workbench.project.edits.interpretation import in_some_case
from workbench.project.edits.wording import short
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row


def refuse_unfounded(act: Act, coding_ids: Collection[str]) -> None:
    """Check that what cites these codings, statement, link or finding, may do so as they are now.

    Raises:
        Refused: a statement cites words that are not its case's; the words of a verbatim
            one do not stand in what it cites; a link or finding cites words of no case.
    """
    cited = records.by_column(
        act.connection, "statement_evidence", "coding_id", list(coding_ids), "statement_id"
    )
    for statement in _live(act, "statement", _values(cited, "statement_id")):
        _refuse_statement(act, statement)
    for table, refuse in (("link", _refuse_link), ("finding", _refuse_finding)):
        claimed = records.by_column(
            act.connection, f"{table}_evidence", "coding_id", list(coding_ids), f"{table}_id"
        )
        ids = [coding for coding, evidence in claimed.items() if evidence]
        for coding in records.by_ids(act.connection, "coding", ids):
            if not in_some_case(act, coding):
                for claim in _live(act, table, _values(claimed, f"{table}_id", coding["id"])):
                    refuse(act, claim)


def cited_with(act: Act, case_id: str) -> list[str]:
    """Return ids of the codings, withdrawn ones too, that a case's statements cite, or any claim.

    Claims are links and findings.
    """
    find, by_column = records.find, records.by_column
    cells = [c["id"] for c in find(act.connection, "cell", "id", case_id=case_id)]
    statements = _values(by_column(act.connection, "statement", "cell_id", cells, "id"), "id")
    evidence = by_column(
        act.connection, "statement_evidence", "statement_id", statements, "coding_id"
    )
    claims = [
        row
        for table in ("link_evidence", "finding_evidence")
        for row in find(act.connection, table, "coding_id")
    ]
    return _values({**evidence, "": claims}, "coding_id")


def _values(found: dict[str, list[Row]], column: str, only: str | None = None) -> list[str]:
    """Return what stands in a column of rows by key: of all of them, or of those of one key."""
    some = found.values() if only is None else [found[only]]
    return list(dict.fromkeys(str(row[column]) for rows in some for row in rows))


def _live(act: Act, table: str, ids: Iterable[str]) -> list[Row]:
    return [r for r in records.by_ids(act.connection, table, list(ids)) if not r["withdrawn"]]


def _refuse_statement(act: Act, statement: Row) -> None:
    (cell,) = records.by_ids(act.connection, "cell", [statement["cell_id"]])
    (case,) = records.by_ids(act.connection, "case", [cell["case_id"]])
    codings = CellCodings(act.connection, cell["framework_version_id"])
    evidence = records.find(act.connection, "statement_evidence", statement_id=statement["id"])
    cited = records.by_ids(act.connection, "coding", [e["coding_id"] for e in evidence])
    words = [codings.words(coding, case["id"]) for coding in cited]
    told = f"{statement['kind']} statement “{short(statement['text'])}” about “{case['label']}”"
    if not all(words):
        raise Refused(
            f"The {told} would cite words that are not of that case. Give it other evidence, "
            "or withdraw it, first."
        )
    if statement["kind"] == "verbatim" and not any(
        statement["text"] in said for many in words for said in many
    ):
        raise Refused(
            f"The {told} would not stand letter by letter in what it cites any more. Change "
            "or withdraw it first."
        )


def _refuse_link(act: Act, link: Row) -> None:
    ends = [link["source_id"], link["target_id"]]
    label = {n["id"]: n["label"] for n in records.by_ids(act.connection, "node", ends)}
    source, target = (label[e] for e in ends)
    raise Refused(
        f"The link from “{source}” to “{target}” would cite words that belong to no case. "
        "Take them out of its evidence first."
    )


def _refuse_finding(_: Act, finding: Row) -> None:
    raise Refused(
        f"The finding “{finding['title']}” would cite words that belong to no case. "
        "Take them from under it first."
    )
