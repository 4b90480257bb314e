"""The cells of a chart during one act: what they hold, rest on and were written from."""

from collections.abc import Iterable, Sequence

from workbench.errors import BadValue, Refused
from workbench.model.chart import STATEMENT_KINDS, StatementKind, seen_text
from workbench.model.framework import definition_hash
from workbench.project import blindness
from workbench.project.cell_codings import CellCodings
from workbench.project.edits.people import put_person
from workbench.project.edits.wording import short
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
        self.codings = CellCodings(act.connection, self.version["id"])

    def cell(self, case: str, code: str) -> tuple[Row, Row, Row]:
        """Return the cell of a case and a code, made if new, and both of these."""
        case_row, code_row = self.names.case(case), self.names.code(self.version, code)
        held = self.held(case_row, code_row)
        if held is None:
            where = self._where(case_row, code_row)
            new = {**where, "mark": "", "written_in": 0, "definition_hash": "", "seen": ""}
            (cell_id,) = records.insert(self.act, "cell", [new])
            held = {**new, "id": cell_id, "reviewed_in": 0}
        return held, case_row, code_row

    def _where(self, case: Row, code: Row) -> dict[str, str]:
        return {
            "framework_version_id": self.version["id"],
            "case_id": case["id"],
            "code_id": code["code_id"],
        }

    def held(self, case: Row, code: Row) -> Row | None:
        """Return the cell of a case and a code, if it was worked in."""
        return records.one(self.act.connection, "cell", **self._where(case, code))

    def as_read(self, case: str, code: str, row_version: int | None) -> None:
        """Check that nobody worked on a cell since its `row_version` was read (0: no cell)."""
        held = self.held(self.names.case(case), self.names.code(self.version, code))
        records.as_read("cell", held, row_version)

    def statements(self, cell: Row) -> list[Row]:
        """Return the statements of a cell that are the participants', not comments."""
        held = records.find(self.act.connection, "statement", cell_id=cell["id"])
        return [s for s in held if s["kind"] != "comment"]

    def evidence(self, given: Sequence[str], case: Row, code: Row) -> list[Row]:
        """Return the codings that are cited, each of which is of the case's words.

        Raises:
            Refused: one is of other words, or of a run that does not count for this
                framework version; or “all” was asked for and there is none.
        """
        if list(given) == [ALL]:
            found = self._at(case["id"], code)
            if not found:
                raise Refused(
                    f"There is no coding of “{code['name']}” in “{case['label']}” to cite. "
                    "Code the words first."
                )
            return found
        rows = [self.names.by_id_start("coding", i) for i in given]
        cited = list({row["id"]: row for row in rows}.values())
        for coding in cited:
            if not self.codings.parts(coding, case["id"]):
                raise Refused(
                    f"The coding {coding['id']} is not of words of “{case['label']}”, so no "
                    "statement about that case can rest on it."
                )
            if coding["run_id"] not in self.codings.run_ids:
                raise Refused(
                    f"The coding {coding['id']} is not of a run that counts for the chart of "
                    f"{self.version['reference']}; cite one that is."
                )
        return cited

    def written(self, cell: Row, case: Row, code: Row) -> None:
        """Note on a cell which act wrote it, from which codings and which definition.

        A mark goes: the cell holds words now.
        """
        said = {"written_in": self.act.seq, "mark": "", **self._read(cell, case, code)}
        records.update(self.act, "cell", cell["id"], said)

    def reviewed(self, cell: Row, case: Row, code: Row) -> None:
        """Note on a cell which act reviewed it, with which codings and which definition."""
        records.update(
            self.act,
            "cell",
            cell["id"],
            {"reviewed_in": self.act.seq, **self._read(cell, case, code)},
        )

    def _read(self, cell: Row, case: Row, code: Row) -> dict[str, str]:
        """Return what a writer or reviewer has before the eyes: definition and codings.

        These are the cell's codings, and whatever its statements cite besides. There is no
        reason any more to look at the cell again.
        """
        find, connection = records.find, self.act.connection
        ids = [
            e["coding_id"]
            for s in self.statements(cell)
            for e in find(connection, "statement_evidence", "coding_id", statement_id=s["id"])
        ]
        return self.read(case["id"], code, ids)

    def read(self, case_id: str, code: Row, cited: Sequence[str]) -> dict[str, str]:
        """Return what a cell has whose statements, comments aside, cite these codings."""
        there = self._at(case_id, code)
        known = {c["id"] for c in there}
        there += [
            c
            for c in records.by_ids(
                self.act.connection, "coding", [i for i in cited if i not in known]
            )
            if not c["withdrawn"] and self.codings.parts(c, case_id)
        ]
        seen = seen_text(self.codings.seen(c, case_id) for c in there)
        return {"definition_hash": definition_hash(code), "seen": seen, "look": ""}

    def _at(self, case_id: str, code: Row) -> list[Row]:
        """Return the codings of a cell that who acts may see."""
        shut = blindness.hidden(self.act.connection, self.act.who)
        return [c for c in self.codings.at(case_id, code["code_id"]) if c["run_id"] not in shut]

    def write(
        self,
        case: str,
        code: str,
        text: str,
        kind: StatementKind,
        evidence: Sequence[str],
        who: str | None = None,
    ) -> str:
        """Add a statement at the end of a cell, by who acts or by `who`, and return its id.

        A comment is the analyst's: it leaves mark, review and staleness as they are.
        """
        cell, case_row, code_row = self.cell(case, code)
        cited = self.evidence(evidence, case_row, code_row)
        self.refuse_unfounded(text, kind, cited, case_row)
        row = {
            "cell_id": cell["id"],
            "position": records.highest(
                self.act.connection, "statement", "position", cell_id=cell["id"]
            )
            + 1,
            "kind": kind,
            "text": text.strip(),
            "person_id": put_person(self.act, who or self.act.who),
        }
        (statement_id,) = records.insert(self.act, "statement", [row])
        cite(self.act, statement_id, [c["id"] for c in cited])
        if kind != "comment":
            self.written(cell, case_row, code_row)
        return statement_id

    def refuse_unfounded(
        self, text: str, kind: StatementKind, cited: Sequence[Row], case: Row
    ) -> None:
        """Check that a statement may stand as it is.

        Raises:
            BadValue: the kind is unknown, or the text is empty.
            Refused: a summary or verbatim without evidence (law 5), or a verbatim
                statement whose words the case did not say, letter by letter, in them.
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
        said = [words for c in cited for words in self.codings.words(c, case["id"])]
        if kind == "verbatim" and not any(text.strip() in words for words in said):
            raise Refused(
                f"“{short(text)}” does not stand letter by letter in what “{case['label']}” "
                "says in the codings it cites. Copy the words, or make it a summary."
            )


def given(kind: str, evidence: Sequence[str]) -> Sequence[str]:
    """Return what a statement of a kind cites; a comment need not rest on “all” there is.

    >>> given("comment", ["all"]), given("summary", ["all"])
    ((), ['all'])
    """
    return () if kind == "comment" and list(evidence) == [ALL] else evidence


def cite(act: Act, statement_id: str, coding_ids: Sequence[str]) -> None:
    """Put codings under a statement as its evidence."""
    cite_several(act, [(statement_id, coding_ids)])


def cite_several(act: Act, evidence: Iterable[tuple[str, Sequence[str]]]) -> None:
    """Put codings under statements as their evidence."""
    rows = [{"statement_id": s, "coding_id": c} for s, codings in evidence for c in codings]
    records.insert(act, "statement_evidence", rows)


STATEMENT_OF = {"statement_evidence": "statement_id", "own_evidence": "own_statement_id"}
"""Table of evidence → its column of the statement."""


def cite_anew(
    act: Act, table: str, statement_id: str, old: Sequence[Row], coding_ids: Iterable[str]
) -> None:
    """Have the evidence of a statement be just these codings; `old` are its rows so far."""
    wanted, before = set(coding_ids), {str(e["coding_id"]) for e in old}
    records.withdraw(act, table, [e["id"] for e in old if e["coding_id"] not in wanted])
    column = STATEMENT_OF[table]
    fresh = [{column: statement_id, "coding_id": c} for c in sorted(wanted - before)]
    records.insert(act, table, fresh)
