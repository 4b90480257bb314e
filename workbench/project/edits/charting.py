"""Charting: statements in cells, with the codings they rest on."""

import re
from collections.abc import Sequence

from workbench.errors import BadValue, Refused
from workbench.model.chart import MARKS, STATEMENT_KINDS, Mark, StatementKind
from workbench.model.framework import definition_hash
from workbench.project.edits.people import put_person
from workbench.project.edits.registry import edit
from workbench.project.names import Names
from workbench.store import records
from workbench.store.history import Act
from workbench.store.records import Row

ALL = "all"
"""In place of evidence ids: all codings of the cell's code in its case."""


class Chart:
    """The cells of one framework version during one act."""

    def __init__(self, act: Act, framework: str | None, names: Names | None = None) -> None:
        self.act, self.names = act, names or Names(act.connection)
        self.version = self.names.version(framework)
        self._spans: dict[str, dict[str, list[tuple[int, int]]]] = {}

    def cell(self, case: str, code: str) -> tuple[Row, Row, Row]:
        """Return the cell of a case and a code, made if new, and both of these."""
        case_row, code_row = self.names.case(case), self.names.code(self.version, code)
        where = {
            "framework_version_id": self.version["id"],
            "case_id": case_row["id"],
            "code_id": code_row["code_id"],
        }
        held = records.one(self.act.connection, "cell", **where)
        if held is None:
            new = {**where, "mark": "", "written_in": 0, "definition_hash": ""}
            (cell_id,) = records.insert(self.act, "cell", [new])
            held = {**new, "id": cell_id, "reviewed_in": 0}
        return held, case_row, code_row

    def spans(self, case_id: str) -> dict[str, list[tuple[int, int]]]:
        """Return the stretches that belong to a case, by transcript version."""
        if case_id not in self._spans:
            by_text: dict[str, list[tuple[int, int]]] = {}
            for s in records.find(self.act.connection, "case_span", case_id=case_id):
                by_text.setdefault(s["transcript_version_id"], []).append((s["start"], s["stop"]))
            self._spans[case_id] = by_text
        return self._spans[case_id]

    def in_case(self, coding: Row, case_id: str) -> bool:
        """Whether any of a coding's words are the case's."""
        spans = self.spans(case_id).get(coding["transcript_version_id"], [])
        return any(s < coding["stop"] and coding["start"] < e for s, e in spans)

    def codings_at(self, case_id: str, code_id: str) -> list[Row]:
        """Return the live codings of a code, under this version, in a case."""
        runs = records.find(
            self.act.connection, "run", "id", framework_version_id=self.version["id"]
        )
        of_version = {r["id"] for r in runs}
        return [
            c
            for text in self.spans(case_id)
            for c in records.find(
                self.act.connection, "coding", transcript_version_id=text, code_id=code_id
            )
            if c["run_id"] in of_version and self.in_case(c, case_id)
        ]

    def evidence(self, given: Sequence[str], case: Row, code: Row) -> list[Row]:
        """Return the codings that are cited, each of which lies in the case.

        Raises:
            Refused: one lies elsewhere, or “all” was asked for and there is none.
        """
        if list(given) == [ALL]:
            found = self.codings_at(case["id"], code["code_id"])
            if not found:
                raise Refused(
                    f"There is no coding of “{code['name']}” in “{case['label']}” to cite. "
                    "Code the words first."
                )
            return found
        cited = [self.names.by_id_start("coding", i) for i in dict.fromkeys(given)]
        for coding in cited:
            if not self.in_case(coding, case["id"]):
                raise Refused(
                    f"The coding {coding['id']} is not of words of “{case['label']}”, so no "
                    "statement about that case can rest on it."
                )
        return cited

    def written(self, cell: Row, code: Row, **also: object) -> None:
        """Note on a cell which act wrote it and which definition was read."""
        said = {"written_in": self.act.seq, "definition_hash": definition_hash(code), **also}
        records.update(self.act, "cell", cell["id"], said)

    def write(
        self, case: str, code: str, text: str, kind: StatementKind, evidence: Sequence[str]
    ) -> str:
        """Add a statement at the end of a cell and return its id."""
        cell, case_row, code_row = self.cell(case, code)
        cited = self.evidence(evidence, case_row, code_row)
        refuse_unfounded(text, kind, cited)
        held = records.find(self.act.connection, "statement", "position", cell_id=cell["id"])
        row = {
            "cell_id": cell["id"],
            "position": max((int(s["position"]) for s in held), default=0) + 1,
            "kind": kind,
            "text": text.strip(),
            "person_id": put_person(self.act, self.act.who),
        }
        (statement_id,) = records.insert(self.act, "statement", [row])
        cite(self.act, statement_id, [c["id"] for c in cited])
        self.written(cell, code_row, mark="")
        return statement_id


def cite(act: Act, statement_id: str, coding_ids: Sequence[str]) -> None:
    """Put codings under a statement as its evidence."""
    rows = [{"statement_id": statement_id, "coding_id": c} for c in coding_ids]
    records.insert(act, "statement_evidence", rows)


def refuse_unfounded(text: str, kind: StatementKind, cited: Sequence[Row]) -> None:
    """Check that a statement may stand as it is.

    Raises:
        BadValue: the kind is unknown, or the text is empty.
        Refused: a summary or verbatim without evidence (law 5), or a verbatim statement
            whose words are not in its evidence, letter by letter.
    """
    if kind not in STATEMENT_KINDS:
        raise BadValue("The kind of a statement", kind, ", ".join(STATEMENT_KINDS))
    if not text.strip():
        raise BadValue("A statement", text, "some words")
    if kind != "comment" and not cited:
        raise Refused(
            f"A {kind} statement needs the words it rests on: cite at least one coding "
            f"(“{ALL}” cites every coding of the cell), or make it a comment."
        )
    if kind == "verbatim" and not any(text.strip() in c["quote"] for c in cited):
        raise Refused(
            f"“{_short(text)}” does not stand letter by letter in the codings it cites. "
            "Copy the words as they are, or make it a summary."
        )


@edit("write statement")
def write_statement(
    act: Act,
    case: str,
    code: str,
    text: str,
    *,
    kind: StatementKind = "summary",
    evidence: Sequence[str] = (ALL,),
    framework: str | None = None,
) -> str:
    """Add a statement to the cell of a case and a code; return its id.

    `evidence` holds ids of codings that lie in the case, or just “all”. A comment needs
    none.
    """
    given = () if kind == "comment" and list(evidence) == [ALL] else evidence
    statement_id = Chart(act, framework).write(case, code, text, kind, given)
    act.says(f"Wrote in {case} × {code}: “{_short(text)}”")
    return statement_id


@edit("change statement")
def change_statement(
    act: Act,
    statement_id: str,
    *,
    text: str | None = None,
    kind: StatementKind | None = None,
    evidence: Sequence[str] | None = None,
    row_version: int | None = None,
) -> None:
    """Change a statement's words, kind or evidence; what is not given stays.

    Raises:
        ChangedMeanwhile: somebody else changed it after `row_version` was read.
    """
    names = Names(act.connection)
    held = names.by_id_start("statement", statement_id)
    cell = names.by_id_start("cell", held["cell_id"])
    chart = Chart(act, cell["framework_version_id"], names)
    case, code = names.case(cell["case_id"]), names.code(chart.version, cell["code_id"])
    old = records.find(act.connection, "statement_evidence", statement_id=held["id"])
    wanted = [e["coding_id"] for e in old] if evidence is None else list(evidence)
    cited = _still_cited(chart, wanted, case, code, evidence is None)
    new_text, new_kind = text if text is not None else held["text"], kind or held["kind"]
    refuse_unfounded(new_text, new_kind, cited)
    records.update(
        act,
        "statement",
        held["id"],
        {"text": new_text.strip(), "kind": new_kind},
        row_version=row_version,
    )
    keep = {c["id"] for c in cited}
    records.withdraw(
        act, "statement_evidence", [e["id"] for e in old if e["coding_id"] not in keep]
    )
    cite(act, held["id"], sorted(keep - {e["coding_id"] for e in old}))
    chart.written(cell, code)
    act.says(f"Changed a statement in {case['label']} × {code['name']}")


def _still_cited(
    chart: Chart, wanted: Sequence[str], case: Row, code: Row, as_before: bool
) -> list[Row]:
    """Return the cited codings; evidence kept as before may since have been withdrawn."""
    if as_before:
        return records.by_ids(chart.act.connection, "coding", wanted)
    return chart.evidence(wanted, case, code)


@edit("withdraw statement")
def withdraw_statement(act: Act, statement_id: str) -> None:
    """Take a statement out of its cell; its evidence stays coded."""
    names = Names(act.connection)
    held = names.by_id_start("statement", statement_id)
    cell = names.by_id_start("cell", held["cell_id"])
    version = names.version(str(cell["framework_version_id"]))
    records.withdraw(act, "statement", [held["id"]])
    Chart(act, version["reference"], names).written(cell, names.code(version, cell["code_id"]))
    act.says(f"Withdrew the statement “{_short(held['text'])}”")


@edit("mark cell")
def mark_cell(
    act: Act, case: str, code: str, mark: Mark | None, *, framework: str | None = None
) -> None:
    """Say of an empty cell that it was not asked, or that nothing was said; None unmarks."""
    put_mark(Chart(act, framework), case, code, mark)
    act.says(f"Marked {case} × {code} as {mark or 'open'}")


def put_mark(chart: Chart, case: str, code: str, mark: Mark | None) -> None:
    """Do what `mark_cell` does, inside an act that does more.

    Raises:
        Refused: the cell holds statements, or codings say that something was said.
    """
    if mark is not None and mark not in MARKS:
        raise BadValue("The mark of a cell", mark, ", ".join(MARKS))
    cell, case_row, code_row = chart.cell(case, code)
    if mark and records.find(chart.act.connection, "statement", "id", cell_id=cell["id"]):
        raise Refused(f"{case} × {code} holds statements, so it cannot be “{mark}”.")
    if mark and chart.codings_at(case_row["id"], code_row["code_id"]):
        raise Refused(f"{case} × {code} has codings, so it cannot be “{mark}”.")
    chart.written(cell, code_row, mark=mark or "")


@edit("review cell")
def review_cell(act: Act, case: str, code: str, *, framework: str | None = None) -> None:
    """Say that a charted cell was held against its evidence as it stands now."""
    put_review(Chart(act, framework), case, code)
    act.says(f"Reviewed {case} × {code}")


def put_review(chart: Chart, case: str, code: str) -> None:
    """Do what `review_cell` does, inside an act that does more.

    Raises:
        Refused: there is no statement to review.
    """
    cell, _, code_row = chart.cell(case, code)
    if not records.find(chart.act.connection, "statement", "id", cell_id=cell["id"]):
        raise Refused(f"{case} × {code} holds no statement to review.")
    said = {"reviewed_in": chart.act.seq, "definition_hash": definition_hash(code_row)}
    records.update(chart.act, "cell", cell["id"], said)


def _short(text: str) -> str:
    flat = re.sub(r"\s+", " ", text).strip()
    return flat if len(flat) <= 40 else flat[:39] + "…"
